"""Whatever people answer, each is asked once and a need ends at the desk."""

from dataclasses import dataclass, field
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from depot.domain.opco.finding import Finding
from depot.domain.opco.notice import OpcoNotice
from tests.builders import NOW
from tests.unit.domain.opco.turns import KNOWN, found, passed, told
from tests.world import days


findings = st.lists(st.sampled_from(KNOWN), unique=True).map(lambda opcos: found(*opcos))


ACTS = ["taking", "contacted", "remind", "pass", "name", "declare"]


acts = st.lists(st.sampled_from(ACTS), min_size=1, max_size=25)


@dataclass
class Post:
    """Plays people and the sweep; remembers who was told, reminded, named.

    Who lost the need to a declaration, without having passed it on, may be next again:
    its link opens no more.
    """

    notice: OpcoNotice
    told: list[str | None] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    reminded: list[int] = field(default_factory=list)

    def act(self, what: str, choice: int, now: datetime) -> None:
        before = self.notice
        match what:
            case "taking" | "contacted":
                self.notice = before.answered("taking" if what == "taking" else "contacted", now)
            case "remind" if before.reminder_at is not None and before.reminder_at <= now:
                self.notice = before.reminded(now)
                self.reminded.append(before.turn)
            case "pass":
                self.notice = before.passed_on(None, remind_at=now + days(3), now=now)
            case "name" if recipients := before.recipients(KNOWN):
                to = recipients[choice % len(recipients)]
                self.notice = before.passed_on(to, remind_at=now + days(3), now=now)
                self.named.append(to)
            case "declare" if before.declarable and before.finding:
                finding = before.finding.declaring((None, *KNOWN)[choice], now)
                if finding == before.finding:
                    return
                self.notice = before.declared(finding, remind_at=now + days(3), now=now)
                if self.notice.turn != before.turn and self.notice.addressee:
                    self.named.append(self.notice.addressee)
                    assert self.notice.addressee not in self.notice.declined
                if self.notice.turn != before.turn and before.addressee:
                    self.lost.append(before.addressee)
        if self.notice.turn != before.turn:
            self.told.append(self.notice.addressee)


@given(findings, acts, st.data())
def test_whatever_people_answer_one_is_asked_at_a_time_and_nobody_twice_by_itself(
    finding: Finding, whats: list[str], data: st.DataObject
) -> None:
    post = Post(told(finding))
    post.told.append(post.notice.addressee)
    for day, what in enumerate(whats, start=1):
        before = post.notice
        post.act(what, data.draw(st.integers(0, 3)), NOW + days(2 * day))
        notice = post.notice

        assert notice.state == "told"
        assert notice.addressee in {None, *KNOWN}
        assert notice.version - before.version in {0, 1}
        assert notice.turn - before.turn in {0, 1}
        assert (notice.turn != before.turn) == (notice.letter_id != before.letter_id)
        assert notice.answer != "not_ours" or notice.addressee is None

    assert len(post.told) == post.notice.turn
    assert len(post.reminded) == len(set(post.reminded)), "one reminder a turn"
    for opco in KNOWN:
        by_itself = post.told.count(opco) - post.named.count(opco)
        assert by_itself <= 1 + post.lost.count(opco), "never twice by itself"


@given(findings)
def test_without_a_name_a_need_ends_at_the_desk_after_each_candidate_was_asked(
    finding: Finding,
) -> None:
    notice = told(finding)
    asked = [notice.addressee]
    while notice.answer != "not_ours":
        notice = passed(notice)
        asked.append(notice.addressee)

    assert {opco for opco in asked if opco} == set(finding.opcos)
    assert len([opco for opco in asked if opco]) == len(finding.opcos)
    assert notice.addressee is None
