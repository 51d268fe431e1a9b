"""Entity <-> item: nothing is lost, and the attributes beside it are what the indexes need."""

from datetime import UTC, datetime, timedelta, timezone
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from depot.domain.cfa.cfa_contact import CfaAnswer, CfaContact, CfaReply
from depot.domain.cfa.matching import Match
from depot.domain.cfa.rounds import CfaRound
from depot.domain.dossier.erasure import Erasure
from depot.domain.dossier.link_request import LinkForm, LinkRequest
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.employer.notice import EmployerNotice
from depot.domain.employer.objection import Objection
from depot.domain.feed.receipt import PartnerReceipt, ReceiptStep
from depot.domain.feed.record import OfferRecord
from depot.domain.firm.company import KnownCompany
from depot.domain.letters.letter import Letter, LetterKind, write
from depot.domain.letters.refusal import CentreAsked, MailRefusal, Why
from depot.domain.life.offer import Offer
from depot.domain.model import Entity
from depot.domain.opco.finding import Evidence, Finding
from depot.domain.opco.notice import OpcoNotice
from depot.storage import items, schema
from tests.builders import BAKER, SIRET, USUAL
from tests.strategies import companies, emails, instants, lines, offers, recruiters


KINDS: tuple[LetterKind, ...] = ("deposit_received", "reminder", "opco_need", "cfa_need")

ids = st.from_regex(r"[0-9a-f]{32}", fullmatch=True)
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | lines,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(lines, inner, max_size=3),
    max_leaves=8,
)
letters = st.builds(
    write,
    st.sampled_from(KINDS),
    about=ids,
    recruiter_id=ids,
    to=emails,
    reply_to=st.none() | emails,
    facts=st.dictionaries(lines, json_values, max_size=4),
    now=instants,
)
findings = st.builds(
    Finding,
    outcome=st.sampled_from(["identified", "multiple", "unknown"]),
    opcos=st.tuples(lines),
    evidence=st.tuples(
        st.builds(Evidence, source=lines, asked=st.just("0843"), opcos=st.tuples(lines, lines))
    ),
)
waiting = st.builds(OpcoNotice, recruiter_id=ids, offer_id=ids, created_at=instants)
told = st.builds(OpcoNotice.told, waiting, findings, remind_at=instants, now=instants)
notices = st.one_of(
    waiting,
    told,
    st.builds(OpcoNotice.answered, told, st.sampled_from(["taking", "contacted"]), instants),
    st.builds(OpcoNotice.passed_on, told, lines, remind_at=instants, now=instants),
    st.builds(OpcoNotice.reminded, told, instants),
    st.builds(OpcoNotice.again, told, instants),
)
silent = st.builds(EmployerNotice, recruiter_id=ids, offer_id=ids, created_at=instants)
employers = st.one_of(
    silent,
    st.builds(EmployerNotice.answered, silent, st.sampled_from(["confirmed", "removed"]), instants),
    st.builds(EmployerNotice.reminded, silent, instants),
)
centres = st.builds(
    Match,
    siren=st.just(SIRET[:9]),
    siret=st.just(SIRET),
    name=lines,
    city=lines,
    email=emails,
    title=lines,
    distance_km=st.floats(0, 100),
    kinship=st.sampled_from(["exact", "parent", "sibling"]),
    level=st.sampled_from(["", "3"]),
    rotated=st.booleans(),
)
rounds = st.builds(
    CfaRound,
    recruiter_id=ids,
    offer_id=ids,
    number=st.integers(1, 12),
    chosen=st.none() | st.lists(centres, max_size=2).map(tuple),
    created_at=instants,
)
contacts = st.builds(
    CfaContact,
    recruiter_id=ids,
    offer_id=ids,
    centre=centres,
    letter_id=ids,
    asked_at=instants,
    follow_up_at=st.none() | instants,
)
followed = st.builds(CfaContact.followed_up, contacts, instants)
answered = st.builds(
    CfaContact.answered,
    contacts,
    st.builds(
        CfaReply,
        answer=st.sampled_from(get_args(CfaAnswer)),
        candidates=st.none() | st.integers(1, 99),
        word=st.none() | lines,
        back_on=st.none() | st.dates(),
    ),
    instants,
)
subjects = st.sampled_from([SIRET[:9], "a" * 32])
refusals = st.builds(
    MailRefusal, subject=subjects, why=st.sampled_from(get_args(Why)), since=instants
)
objections = st.builds(
    Objection,
    siren=st.just(SIRET[:9]),
    depositor=st.just(SIRET[:9]),
    romes=st.sampled_from([(), ("D1102",), ("D1102", "D1104")]),
    every=st.booleans(),
    said_at=instants,
)
stamps = st.builds(CentreAsked, siren=st.just(SIRET[:9]), asked_at=instants)
receipts = st.builds(
    PartnerReceipt,
    recruiter_id=ids,
    offer_id=ids,
    partner=st.sampled_from(["parcoursup", "la-bonne-alternance"]),
    partner_name=lines,
    steps=st.tuples(st.builds(ReceiptStep, state=st.just("shown"), at=instants, url=lines)),
)
requests = st.builds(
    LinkRequest.of, st.builds(LinkForm, email=emails) | st.just(LinkForm(siret=SIRET)), instants
)
erasures = st.builds(Erasure.of, ids, st.sampled_from(["asked", "unused", "employer"]), instants)
known = st.builds(KnownCompany, company=companies, found_at=instants)
changed = st.one_of(
    st.builds(Offer.remind, offers, instants),
    offers.map(lambda offer: offer.extend(offer.published_at + timedelta(days=1), USUAL)),
    st.builds(Offer.close, offers, st.just("filled"), st.just("with_depot"), instants),
    st.builds(Offer.expire, offers, instants),
    st.builds(Letter.claim, letters, instants),
    st.builds(Letter.sent, letters, lines, instants),
    st.builds(Letter.failed, letters),
    st.builds(CfaRound.done, rounds, st.just("asked"), st.lists(st.just(SIRET[:9]), max_size=2)),
    st.builds(Recruiter.with_one_more_offer, recruiters, instants),
    st.builds(Recruiter.reached_by, recruiters, lines, lines, emails, instants),
    st.builds(Recruiter.renewed, recruiters, instants),
    st.builds(Recruiter.forgotten, recruiters, instants),
    st.builds(LinkRequest.done, requests),
    st.builds(Erasure.passed, erasures, instants, letter_waits=st.booleans()),
)
entities = st.one_of(
    *(recruiters, offers, letters, notices, employers, rounds, contacts, known, changed),
    *(followed, answered, refusals, stamps, receipts, requests, erasures, objections),
)


@given(entities)
def test_an_item_gives_back_the_very_entity(entity: Entity) -> None:
    assert items.from_item(items.to_item(entity)) == entity


@given(entities)
def test_the_keys_alone_say_which_entity_it_is(entity: Entity) -> None:
    item = items.to_item(entity)
    kind, owner, own_id = items.identity(item)

    assert kind is type(entity)
    assert items.key(kind, owner, own_id).items() <= item.items()
    assert item[schema.ENTITY]["S"] == item[schema.SORT_KEY]["S"].partition("#")[0]


@given(entities)
def test_an_item_is_in_the_due_index_exactly_while_something_is_due(entity: Entity) -> None:
    item = items.to_item(entity)
    due_at = getattr(entity, "due_at", None)

    assert (schema.DUE_AT in item) is (schema.DUE_SHARD in item) is (due_at is not None)
    if due_at:
        assert item[schema.DUE_AT]["S"] == items.instant(due_at)
        assert item[schema.DUE_SHARD]["S"] in items.shards()


@given(entities)
def test_an_item_is_in_the_index_of_live_offers_exactly_while_its_offer_is(entity: Entity) -> None:
    item = items.to_item(entity)
    live = isinstance(entity, Offer) and entity.state == "live"

    assert (schema.LIVE_SIRET in item) is (schema.LIVE_ROME in item) is live
    if isinstance(entity, Offer) and live:
        assert item[schema.LIVE_SIRET]["S"] == entity.workplace.siret
        assert item[schema.LIVE_ROME]["S"] == entity.need.metier.rome


@given(entities)
def test_every_key_of_an_index_is_a_text_dynamodb_takes(entity: Entity) -> None:
    """DynamoDB refuses an empty key and one above 1,024 bytes (sort) or 2,048 (partition)."""
    item = items.to_item(entity)
    keys = {part for index in schema.INDEXES.values() for keys in index.values() for part in keys}

    assert {schema.PARTITION_KEY, schema.SORT_KEY} <= item.keys()
    for name in ({schema.PARTITION_KEY, schema.SORT_KEY} | keys) & item.keys():
        assert item[name].keys() == {"S"}, name
        assert 1 <= len(item[name]["S"].encode()) <= 1024, name


@given(entities)
def test_an_item_of_a_dossier_is_in_its_partition_and_any_other_says_when_it_is_purged(
    entity: Entity,
) -> None:
    """Erasure goes by partition, so what is written elsewhere is nobody's or goes by itself."""
    item = items.to_item(entity)
    tag = item[schema.ENTITY]["S"]

    if tag in schema.OF_A_DOSSIER:
        owner = entity.id if isinstance(entity, Recruiter) else entity.recruiter_id
        assert item[schema.PARTITION_KEY]["S"] == owner
    else:
        assert tag in schema.APART
        apart = (f"{tag}#", "CENTRE#", "ADDRESS#")  # of centres and digests, not of recruiters
        assert item[schema.PARTITION_KEY]["S"].startswith(apart)
        # That somebody wants no more mail is kept for ever, by a SIREN or a digest alone.
        assert schema.EXPIRES in item or tag == schema.REFUSAL


@given(offers)
def test_an_offer_s_item_holds_the_record_partners_read(offer: Offer) -> None:
    record = OfferRecord.model_validate_json(items.to_item(offer)[schema.RECORD]["S"])

    assert (record.id, record.metier.ogr, record.apply.phone) == (offer.id, BAKER.code, offer.phone)


@given(st.lists(instants, min_size=2), st.integers(-12, 14))
def test_instants_sort_as_text_whatever_their_offset(moments: list[datetime], hours: int) -> None:
    zone = timezone(timedelta(hours=hours))
    ordered = sorted(moments)

    texts = [items.instant(moment.astimezone(zone)) for moment in ordered]

    assert texts == sorted(texts)
    assert len(set(texts)) == len(set(moments))
    assert {len(text) for text in texts} == {len("2026-11-23T10:00:00.000000+00:00")}


@given(stamps)
def test_whose_turn_it_is_is_forgotten_once_it_no_longer_matters(stamp: CentreAsked) -> None:
    expires = int(items.to_item(stamp)[schema.EXPIRES]["N"])

    assert timedelta(days=399) < datetime.fromtimestamp(expires, UTC) - stamp.asked_at


@given(refusals)
def test_a_refusal_never_expires_and_names_nobody(refusal: MailRefusal) -> None:
    item = items.to_item(refusal)

    assert schema.EXPIRES not in item
    assert "@" not in str(item)
