"""What partners say: late, twice, in any order."""

from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from depot.domain.feed.receipt import Partner, PartnerReceipt, ReceiptStep, latest
from tests.builders import NOW


PARTNER = Partner("la-bonne-alternance", "La bonne alternance")
steps = st.lists(
    st.builds(
        ReceiptStep,
        state=st.sampled_from(["fetched", "shown", "refused", "withdrawn"]),
        at=st.integers(0, 3).map(lambda hours: NOW + timedelta(hours=hours)),
        url=st.sampled_from([None, "https://a.example", "https://b.example"]),
    ),
    min_size=1,
    max_size=8,
)


def receipt(*told: ReceiptStep) -> PartnerReceipt:
    return PartnerReceipt(
        recruiter_id="r1",
        offer_id="o1",
        partner=PARTNER.slug,
        partner_name=PARTNER.name,
        steps=latest(told),
    )


@given(steps, st.integers())
def test_what_is_kept_depends_on_no_order_and_no_repetition(
    told: list[ReceiptStep], seed: int
) -> None:
    shuffled = [*told, *told[:3]]
    Random(seed).shuffle(shuffled)

    found = receipt(shuffled[0])
    for step in shuffled[1:]:
        found = found.told(PARTNER, [step])

    assert found.steps == latest(told)
    assert found.told(PARTNER, told) is found


@given(steps)
def test_where_an_offer_stands_is_the_latest_step(told: list[ReceiptStep]) -> None:
    kept = latest(told)

    assert kept[-1].at == max(step.at for step in told)
    assert [step.at for step in kept] == sorted(step.at for step in kept)
    assert {step.state for step in kept} == {step.state for step in told}
    assert len(kept) == len({step.state for step in told})


def test_an_older_arrival_completes_and_never_overwrites() -> None:
    shown = ReceiptStep(state="shown", at=NOW, url="https://a.example")
    fetched = ReceiptStep(state="fetched", at=NOW - timedelta(hours=1))
    before = ReceiptStep(state="shown", at=NOW - timedelta(days=1), url="https://old.example")

    found = receipt(shown).told(PARTNER, [fetched, before])

    assert found.steps == (fetched, shown)
    assert found.version == 2


def test_a_new_name_is_taken_in() -> None:
    found = receipt(ReceiptStep(state="fetched", at=NOW)).told(Partner(PARTNER.slug, "LBA"), [])

    assert found.partner_name == "LBA"
