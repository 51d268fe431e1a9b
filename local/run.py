"""Everything at once: emulator, deployment, pages, stand-ins. For `make local`, tests and bench.

with stack(Places(4666, 4680)) as facts:
    requests.get(facts["emulator"], headers={"Host": facts["host"]})
"""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final

from local.checks import check
from local.child import child
from local.deploy import deploy
from local.emulator import REGION, emulator
from local.places import Places
from local.seed import import_catalogue, seed, warm
from local.standin import geocoding


# With LIVE=1, the public ones that need no key; not the file of SIRO, 109 MB at each start.
PUBLIC_APIS: Final = {
    "companies": "https://recherche-entreprises.api.gouv.fr",
    "geocoding": "https://data.geopf.fr/geocodage",
    # These need one: not asked.
    "api_entreprise": "",
    "siro": "",
}

Say = Callable[[str], None]
Facts = dict[str, Any]


def _silent(_: str) -> None:
    """Say nothing."""


@contextmanager
def stack(
    places: Places | None = None, *, live: bool = False, say: Say = _silent
) -> Iterator[Facts]:
    """Start everything, give what there is to know of it, stop everything.

    ``live``: ask the public APIs that need no key instead of the stand-in. Raises ``Unready`` when
    something must be done first.
    """
    places = places or Places.from_env()
    check(places)
    _tidy(places)
    places.home.mkdir(parents=True, exist_ok=True)
    with ExitStack() as running:
        began = time.monotonic()
        say("Starting the emulator and the stand-in APIs")
        running.enter_context(emulator(places))
        running.enter_context(
            child(
                "local.standin",
                *("--port", str(places.standin_port), "--emulator", places.emulator),
                log=places.home / "standin.log",
                env=os.environ,
            )
        )
        say("Deploying the CDK app (longer when the code has changed)")
        outputs = deploy(places, apis=_standins(places) | (PUBLIC_APIS if live else {}))
        say("Uploading the pages, importing the synthetic catalogue of trainings")
        seed(places, outputs)
        facts = _facts(places, outputs)
        import_catalogue(places, facts["functions"])
        warm(places, facts["functions"])
        places.facts.write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
        running.callback(places.facts.unlink, missing_ok=True)
        say(f"Ready in {time.monotonic() - began:.0f} s")
        yield facts


def _tidy(places: Places) -> None:
    """Forget the folders that instances on other ports, tests mostly, left a day ago or more."""
    yesterday = time.time() - 86_400
    for folder in Places().home.glob("[0-9]*"):
        if folder != places.home and folder.stat().st_mtime < yesterday:
            shutil.rmtree(folder, ignore_errors=True)


def _standins(places: Places) -> dict[str, str]:
    """Where the stand-in answers for each API, under the paths of the real one."""
    api = f"{places.standin}/api"
    return {
        **dict.fromkeys(("companies", "api_entreprise", "siro_file", "siro"), places.standin),
        "geocoding": f"{places.standin}{geocoding.PREFIX}",
        "formations": api,
        "rco": api,
    }


def _facts(places: Places, outputs: dict[str, Any]) -> Facts:
    site = outputs["Url"]
    return {
        "site": site,
        "host": site.removeprefix("http://"),
        "api": f"{site}/api",
        "feed": f"{site}/feed/v1/index.json",
        "mailbox": f"{places.standin}/boite",
        "emulator": places.emulator,
        "standin": places.standin,
        "region": REGION,
        "pid": os.getpid(),
        "tables": json.loads(outputs["Tables"]),
        "functions": json.loads(outputs["Functions"]),
        "web_bucket": outputs["WebBucket"],
        "feed_bucket": outputs["FeedBucket"],
        "data_bucket": outputs["DataBucket"],
        "link_secret": outputs["LinkSecret"],
        "failure_queue": outputs["FailureQueue"],
        "api_id": outputs["ApiId"],
        "distribution_id": outputs["DistributionId"],
        "logs": str(places.home),
    }
