"""Needs, their findings, and who is told of them."""

from depot.domain.opco.finding import Evidence, Finding, fold
from depot.domain.opco.notice import OpcoNotice
from tests.builders import NOW
from tests.world import AKTO, EP, OCAPIAT, days


LATER = NOW + days(1)


REMIND = NOW + days(3)


KNOWN = (EP, AKTO, OCAPIAT)


def found(*opcos: str) -> Finding:
    """What one source that names these OPCOs leads to."""
    confidence = (None, "certain", "shared")[min(len(opcos), 2)]
    said = {"asked": "0001", "opcos": opcos, "confidence": confidence}
    return fold([Evidence(source="idcc", at=NOW, **said)], NOW)


IDENTIFIED = found(EP)


MULTIPLE = found(EP, AKTO)


UNKNOWN = found()


WAITING = OpcoNotice(recruiter_id="r1", offer_id="o1", created_at=NOW)


def told(finding: Finding = IDENTIFIED, notice: OpcoNotice = WAITING) -> OpcoNotice:
    return notice.told(finding, remind_at=REMIND, now=NOW)


def passed(notice: OpcoNotice, named: str | None = None) -> OpcoNotice:
    return notice.passed_on(named, remind_at=REMIND + days(1), now=LATER)
