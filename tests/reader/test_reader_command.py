"""The reference reader's command line: exit codes, one line a fact, rhythm; and a busy site."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from depot.feed.index import INDEX_KEY, segment_key
from depot_reader.__main__ import main
from tests.partner import Feed, record
from tests.reader.served import Answer, OnAPort, Spoil, mirrored, on_a_port


@pytest.fixture
def feed() -> Feed:
    return Feed()


@pytest.fixture
def port(feed: Feed) -> Iterator[OnAPort]:
    feed.publish(record("o1"))
    with on_a_port(feed.objects) as port:
        yield port


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "offers.db"


@pytest.fixture(autouse=True)
def _every_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)


def follow(database: Path, url: str, *options: str, **over: Any) -> int:
    return main(["follow", url, "--database", str(database), *options], **over)


def test_once_brings_a_mirror_in_step_and_status_says_so(
    port: OnAPort,
    database: Path,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert follow(database, f"{port.url}/", "--once") == 0
    assert caplog.messages == [
        "started again from the snapshot, 1 segments, cursor 1, 1 live offers"
    ]

    assert main(["status", "--database", str(database)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"site {port.url}\ncursor 1\nlive 1\nwithdrawn 0\nseen_at 20")


def test_every_so_often_it_looks_again_until_it_is_told_to_stop(
    feed: Feed, port: OnAPort, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    slept: list[float] = []
    index = feed.objects.kept[INDEX_KEY]

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        match len(slept):
            case 1:
                feed.publish(record("o2"))
                feed.objects.kept[segment_key(2)] += b"!"
            case 2:
                feed.objects.kept[segment_key(2)] = feed.objects.kept[segment_key(2)][:-1]
            case 4:
                raise KeyboardInterrupt

    assert follow(database, port.url, "--every", "7", sleep=sleep) == 130
    assert slept == [7] * 4
    assert set(mirrored(database)) == {"o1", "o2"}
    assert index != feed.objects.kept[INDEX_KEY]
    assert caplog.messages == [
        "started again from the snapshot, 1 segments, cursor 1, 1 live offers",
        "/feed/v1/changes/000000000002.ndjson.gz is damaged: its size or digest is not the index’s",
        "1 segments, cursor 2, 2 live offers",
    ]


def test_a_busy_site_is_asked_again(port: OnAPort, database: Path) -> None:
    port.spoil = lambda number, told: told if number > 2 else (503, {"Retry-After": "0"}, b"")

    assert follow(database, port.url, "--once") == 0
    assert port.asked == ["/feed/v1/index.json"] * 3 + ["/feed/v1/changes/000000000001.ndjson.gz"]


def test_a_file_that_breaks_off_on_its_way_is_asked_again(port: OnAPort, database: Path) -> None:
    def spoil(number: int, told: Answer) -> Answer:
        status, headers, body = told
        return told if number != 2 else (status, {**headers, "Content-Length": "9999"}, body[:-1])

    port.spoil = spoil
    assert follow(database, port.url, "--once") == 0
    assert set(mirrored(database)) == {"o1"}
    assert len(port.asked) == 3


FORBIDDEN: Answer = (403, {}, b"")


def wrong(kind: str) -> Spoil:
    """An answer that is no good, from some request on."""

    def spoil(number: int, told: Answer) -> Answer:
        status, headers, body = told
        answers: dict[str, Answer] = {
            "forbidden": FORBIDDEN,
            "unchanged, to who did not ask": (304, {}, b""),
            "its files forbidden": told if number == 1 else FORBIDDEN,
            "its files cut": told if number == 1 else (status, headers, body[:-1]),
            "missing": (404, {}, b""),
            "something else": (200, {}, b"{}"),
        }
        return answers[kind]

    return spoil


@pytest.mark.parametrize(
    ("kind", "code", "said"),
    [
        ("forbidden", 3, "answers 403"),
        ("unchanged, to who did not ask", 3, "answers 304"),
        ("its files forbidden", 3, "answers 403"),
        ("its files cut", 4, "is damaged"),
        ("missing", 5, "no feed here"),
        ("something else", 5, "no feed here"),
    ],
)
def test_what_went_wrong_is_one_line_and_an_exit_code(
    port: OnAPort,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    *,
    kind: str,
    code: int,
    said: str,
) -> None:
    port.spoil = wrong(kind)

    assert follow(tmp_path / "offers.db", port.url, "--once") == code
    (line,) = caplog.messages
    assert said in line
    assert "\n" not in line


def test_nobody_there_is_a_code_too(
    database: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("depot_reader.site._RETRY", 0)  # without the fifteen seconds it insists
    assert follow(database, "http://127.0.0.1:9", "--once") == 3
    assert len(caplog.messages) == 1


def test_a_mirror_of_another_site_is_left_alone(port: OnAPort, database: Path) -> None:
    assert follow(database, port.url, "--once") == 0

    assert follow(database, "http://127.0.0.1:9", "--once") == 6
    assert set(mirrored(database)) == {"o1"}


def test_there_is_no_status_of_what_does_not_exist(database: Path) -> None:
    assert main(["status", "--database", str(database)]) == 6
    assert not database.exists()


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["follow"],
        ["follow", "https://depot.example", "--every", "0"],
        ["follow", "https://depot.example", "--every", "often"],
        ["follow", "https://depot.example", "--once", "--every", "9"],
    ],
)
def test_a_wrong_command_says_what_is_right(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(words)

    assert stopped.value.code == 2
    assert "usage: depot_reader" in capsys.readouterr().err


def test_what_is_no_address_is_refused(database: Path) -> None:
    assert follow(database, "depot.example", "--once") == 5
