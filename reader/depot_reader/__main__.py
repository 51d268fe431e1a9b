"""The command line: ``python -m depot_reader --help``."""

import logging
import sys
import time
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from depot_reader.errors import Later, ReaderError
from depot_reader.follow import follow
from depot_reader.mirror import Mirror
from depot_reader.site import Site, new_session


_LOG: Final = logging.getLogger("depot_reader")
_EXIT_CODES: Final = """exit codes:
  0 in step   2 wrong command   3 site unreachable   4 damaged file   5 no feed this reader can read
  6 database missing, locked, of another site or no mirror   130 interrupted
With --every, 3 and 4 are logged and tried again at the next turn."""


def main(args: Sequence[str] | None = None, *, sleep: Callable[[float], None] = time.sleep) -> int:
    """Do what the arguments say; give the exit code."""
    asked = _parser().parse_args(args)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO)
    logging.getLogger("urllib3").setLevel(logging.ERROR)  # its warnings: each try
    try:
        if asked.command == "status":
            _status(asked.database)
        else:
            _run(asked, sleep)
    except ReaderError as error:
        _LOG.error("%s", error)
        return error.code
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        "depot_reader",
        description="Keep a copy of a feed of offers in SQLite.",
        epilog=_EXIT_CODES,
        formatter_class=RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    following = commands.add_parser("follow", help="bring the mirror up to date, then keep it so")
    following.add_argument("site", help="address of the site, such as https://depot.example")
    rhythm = following.add_mutually_exclusive_group()
    rhythm.add_argument("--once", action="store_true", help="stop once in step")
    rhythm.add_argument(
        "--every", type=_seconds, default=10.0, metavar="SECONDS", help="default 10"
    )
    status = commands.add_parser("status", help="say how far the mirror is; asks nobody")
    for command in (following, status):
        command.add_argument("--database", type=Path, default=Path("offers.db"), metavar="FILE")
    return parser


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 1 <= seconds <= 86_400:  # noqa: PLR2004 - the index is cached for two; segments last days
        raise ValueError(text)
    return seconds


def _run(asked: Namespace, sleep: Callable[[float], None]) -> None:
    with new_session() as session:
        site = Site(asked.site, session)
        with Mirror.open_for(asked.database, site.url) as mirror:
            while True:
                try:
                    _turn(site, mirror)
                except Later as error:
                    if asked.once:
                        raise
                    _LOG.warning("%s", error)
                if asked.once:
                    return
                sleep(asked.every)


def _turn(site: Site, mirror: Mirror) -> None:
    steps = follow(site, mirror, datetime.now(UTC).isoformat(timespec="seconds"))
    if steps.restarted or steps.segments:
        start = "started again from the snapshot, " if steps.restarted else ""
        status = mirror.status()
        _LOG.info(
            "%s%d segments, cursor %s, %d live offers",
            *(start, steps.segments, status.cursor, status.live),
        )


def _status(database: Path) -> None:
    with Mirror.existing(database) as mirror:
        for name, value in mirror.status()._asdict().items():
            sys.stdout.write(f"{name} {'never' if value is None else value}\n")


if __name__ == "__main__":
    sys.exit(main())
