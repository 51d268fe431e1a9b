"""A partner that reads no feed is told each change, once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.domain.errors import JobRefused, SourceUnavailable
from depot.domain.feed.record import OfferRecord, Tombstone, record_of
from depot.feed.dialects.la_bonne_alternance import written
from depot.usecases.feed.publish_feed import Change, Publisher
from depot.usecases.partners.push_jobs import JobPusher, Pushed
from tests.builders import NOW, a_company, a_recruiter, an_offer
from tests.fakes import MemoryJobs, MemoryObjects


def a_job(record: OfferRecord) -> dict[str, Any] | None:
    return written(record, f"https://depot.example/offres/{record.id}", origin="depot")


def live(offer_id: str = "o1", **over: Any) -> OfferRecord:
    return record_of(an_offer(offer_id, **over))


def ended(offer_id: str = "o1", reason: Any = "filled") -> Tombstone:
    return Tombstone(id=offer_id, reason=reason, at=NOW)


@dataclass
class Feed:
    """A feed, and a partner that is told of it."""

    objects: MemoryObjects = field(default_factory=MemoryObjects)
    jobs: MemoryJobs = field(default_factory=MemoryJobs)

    @property
    def publisher(self) -> Publisher:
        return Publisher(self.objects)

    def say(self, *changes: Change) -> None:
        self.publisher.publish(changes, NOW)
        self.publisher.snapshot(NOW)

    def push(self, enough_time: Callable[[], bool] = lambda: True) -> Pushed:
        return JobPusher(self.publisher, self.jobs, a_job, enough_time).run(NOW)

    @property
    def statuses(self) -> dict[str, str]:
        return {
            str(job["identifier"]["partner_job_id"]): job["offer"]["status"]
            for job in self.jobs.kept.values()
        }


@dataclass
class Choking(MemoryJobs):
    """A partner that fails on one job, whenever it comes."""

    on: str = field(kw_only=True)

    def create(self, job: Mapping[str, Any]) -> str:
        if job["identifier"]["partner_job_id"] == self.on:
            raise SourceUnavailable("status 500")
        return super().create(job)


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [line.message for line in caplog.records if line.levelname == "ERROR"]


@pytest.fixture
def feed() -> Feed:
    return Feed()


def test_what_is_published_is_written_once(feed: Feed) -> None:
    feed.say(live(), live("o2"))

    assert feed.push() == Pushed(written=2)
    assert feed.push() == Pushed()
    assert feed.statuses == {"o1": "Active", "o2": "Active"}
    assert feed.jobs.calls == 2


def test_a_change_is_written_over_the_same_job(feed: Feed) -> None:
    feed.say(live())
    feed.push()
    feed.say(live(openings=3))

    assert feed.push() == Pushed(written=1)
    (job,) = feed.jobs.kept.values()
    assert job["offer"]["opening_count"] == 3


@pytest.mark.parametrize(
    ("reason", "status"), [("filled", "Filled"), ("expired", "Cancelled"), ("removed", "Cancelled")]
)
def test_an_offer_that_left_is_ended_there_and_forgotten_here(
    feed: Feed, reason: str, status: str
) -> None:
    feed.say(live())
    feed.push()
    feed.say(ended(reason=reason))

    assert feed.push() == Pushed(withdrawn=1)
    assert feed.statuses == {"o1": status}
    assert [key for key in feed.objects.kept if "o1" in key and key.startswith("push/")] == []


def test_an_offer_nobody_was_told_of_is_not_withdrawn(feed: Feed) -> None:
    feed.say(ended())

    assert feed.push() == Pushed()
    assert feed.jobs.calls == 0


def test_an_offer_whose_place_is_unknown_waits(feed: Feed) -> None:
    unknown = a_recruiter(company=None)
    feed.say(live(recruiter=unknown))
    assert feed.push() == Pushed()

    feed.say(live(recruiter=a_recruiter(company=a_company())))
    assert feed.push() == Pushed(written=1)


def test_a_partner_that_does_not_answer_is_told_the_next_time(feed: Feed) -> None:
    feed.jobs.fails = [SourceUnavailable("down")]
    feed.say(live(), live("o2"))

    assert feed.push() == Pushed(written=1)
    assert feed.push() == Pushed(written=1)


def test_a_job_the_partner_fails_on_holds_up_nobody_and_is_given_up_after_three_runs(
    feed: Feed, caplog: pytest.LogCaptureFixture
) -> None:
    feed.jobs = Choking(on="o2")
    feed.say(live("o1"), live("o2"), live("o3"))
    runs = [feed.push()]
    for number in (4, 5, 6):
        feed.say(live(f"o{number}"))
        runs.append(feed.push())

    assert [run.written for run in runs] == [2, 1, 1, 1]
    assert [run.refused for run in runs] == [0, 0, 1, 0]
    assert errors(caplog) == ["job given up"]


def test_a_withdrawal_the_partner_refuses_is_tried_again_then_a_person_is_told(
    feed: Feed, caplog: pytest.LogCaptureFixture
) -> None:
    feed.say(live())
    feed.push()
    feed.say(ended())
    for _ in range(2):
        feed.jobs.fails = [JobRefused(409)]
        feed.push()
    assert errors(caplog) == []

    assert feed.push().withdrawn == 1
    assert feed.statuses == {"o1": "Filled"}

    feed.say(live("o2"))
    feed.push()
    feed.say(ended("o2"))
    for _ in range(3):
        feed.jobs.fails = [JobRefused(409)]
        feed.push()
    assert errors(caplog) == ["job given up"]


def test_an_offer_whose_place_is_known_no_more_is_withdrawn(feed: Feed) -> None:
    feed.say(live(recruiter=a_recruiter(company=a_company())))
    feed.push()
    feed.say(live(recruiter=a_recruiter(company=None)))

    assert feed.push().withdrawn == 1
    assert feed.statuses == {"o1": "Cancelled"}


def test_a_partner_that_is_down_for_long_costs_no_job(
    feed: Feed, caplog: pytest.LogCaptureFixture
) -> None:
    feed.say(live("o1"))
    for _ in range(5):
        feed.jobs.fails = [SourceUnavailable("down")]
        feed.push()
    feed.say(live("o1", openings=2), live("o2"))

    assert feed.push().written == 3
    assert feed.statuses == {"o1": "Active", "o2": "Active"}
    assert errors(caplog) == ["partner told nothing"] * 5


def test_a_run_cut_short_is_resumed_and_writes_nothing_twice(feed: Feed) -> None:
    feed.say(live("o1"), live("o2"), live("o3"))
    turns = iter([True, True, False])

    assert feed.push(lambda: next(turns)) == Pushed(written=2, unfinished=True)
    assert feed.push() == Pushed(written=1)
    assert feed.jobs.calls == 3


def test_a_refused_job_is_not_insisted_upon_until_it_changes(feed: Feed) -> None:
    feed.jobs.fails = [JobRefused(400)]
    feed.say(live())

    assert feed.push() == Pushed(refused=1)
    assert feed.push() == Pushed()
    feed.say(live(openings=2))
    assert feed.push() == Pushed(written=1)


def test_a_job_the_partner_forgot_is_written_anew(feed: Feed) -> None:
    feed.say(live())
    feed.push()
    feed.jobs.kept.clear()
    feed.say(live(openings=2))

    assert feed.push() == Pushed(written=1)
    assert feed.statuses == {"o1": "Active"}


def test_who_is_later_than_the_segments_starts_again_from_the_snapshot(feed: Feed) -> None:
    feed.say(live("o1"), live("o2"))
    feed.push()
    feed.say(ended("o1"), live("o3"))
    feed.publisher.tidy(NOW + timedelta(days=8))

    assert feed.push() == Pushed(written=1, withdrawn=1)
    assert feed.statuses == {"o1": "Cancelled", "o2": "Active", "o3": "Active"}


CHANGES = st.lists(
    st.lists(
        st.builds(
            lambda n, posts: live(f"o{n}", openings=posts), st.integers(1, 4), st.integers(1, 3)
        )
        | st.builds(lambda n: ended(f"o{n}"), st.integers(1, 4)),
        min_size=1,
        max_size=3,
    ),
    max_size=8,
)


@given(CHANGES, st.lists(st.sampled_from(["ok", "down", "short"]), max_size=8))
def test_whatever_happened_meanwhile_the_partner_ends_with_what_is_live(
    batches: Iterable[list[Change]], runs: list[str]
) -> None:
    feed, after = Feed(), dict[str, OfferRecord]()
    for rank, batch in enumerate(batches):
        feed.say(*batch)
        for change in batch:
            after.pop(change.id, None)
            if isinstance(change, OfferRecord):
                after[change.id] = change
        outcome = runs[rank] if rank < len(runs) else "ok"
        feed.jobs.fails = [SourceUnavailable("down")] * 99 if outcome == "down" else []
        feed.push(lambda short=outcome == "short": not short)
    feed.jobs.fails = []
    feed.push()

    active = {
        job["identifier"]["partner_job_id"]: job["offer"]["opening_count"]
        for job in feed.jobs.kept.values()
        if job["offer"]["status"] == "Active"
    }
    assert active == {record.id: record.openings for record in after.values()}
