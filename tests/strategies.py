"""What people and catalogues may hold, for hypothesis."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from depot.domain.dossier.contact import Contact
from depot.domain.dossier.recruiter import Recruiter
from depot.domain.feed.record import OfferRecord, Tombstone, record_of
from depot.domain.firm.company import Address, Company, Point
from depot.domain.firm.places import Located
from depot.domain.life.offer import Level, Need, Offer, publish
from tests.builders import BAKER, CHOCOLATE_MAKER, PASTRY_COOK, SIRET, a_contact, a_recruiter


LEVELS: tuple[Level, ...] = ("3", "4", "5", "6", "7")
# What has broken a mail, a page or a log somewhere.
HOSTILE = [
    "<script>alert(1)</script>",
    "</p><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "[ici](https://evil.example)",
    "![x](https://evil.example/x.png)",
    "<https://evil.example>",
    "https://evil.example",
    "**gras** _italique_ `code` ~~barré~~",
    "# titre",
    "- puce",
    "1. liste",
    "1) liste",
    "> citation",
    "    indenté",
    "===",
    "---",
    "```",
    "&lt;b&gt; &amp; &#60;",
    "{{ 7 * 7 }} {% raw %} {# rien #}",
    "\r\nBcc: victime@example.org",
    "\nSubject: autre",
    "\u202ecod.exe\u202c",
    "\u2066isolé\u2069",
    "a\u200bb\u200d\ufeffc",
    "\x00\x07\x1b[31m",
    "\\",
    "ligne\u2028séparée\u2029ici\x85là",
    "e\u0301 \ufb2c ﬁ",
    "𝔸 👩‍🍳 עברית العربية",
]

instants = st.datetimes(
    datetime(2025, 1, 1),  # noqa: DTZ001 - hypothesis adds the time zone itself
    datetime(2045, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
days = st.dates(date(2025, 1, 1), date(2045, 12, 31))
# Any text, lone surrogates included, often with something hostile in the middle.
texts = st.text(st.characters() | st.sampled_from("e\u0301\u200b \n"), max_size=80)
hostile_texts = st.lists(st.one_of(st.sampled_from(HOSTILE), texts), max_size=4).map("".join)
emails = st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,8})?@[a-z]{2,8}\.(example\.org|fr)", fullmatch=True)


def _typed(text: str) -> str:
    """Text a model can hold: pydantic refuses lone surrogates."""
    return text.encode("utf-8", "ignore").decode()


lines = hostile_texts.map(_typed)
# The directory gives no address.
firms = lines.map(lambda line: line.replace("@", ""))
points = st.builds(Point, latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))
addresses = st.builds(
    Address,
    label=firms,
    postcode=st.none() | st.just("24000"),
    city=st.none() | firms,
    insee=st.none() | st.just("24322"),
)
companies = st.builds(
    Company,
    siret=st.just(SIRET),
    name=firms,
    legal_name=firms,
    address=addresses,
    location=st.none() | points,
    naf=st.none() | st.just("10.71C"),
    naf_nomenclature=st.none() | st.sampled_from(["NAFRev2", "NAF2025"]),
    idccs=st.just(("0843",)),
    active=st.just(value=True),
    diffusible=st.just(value=True),
)
contacts: st.SearchStrategy[Contact] = st.builds(a_contact, email=emails)
needs = st.builds(
    Need,
    metier=st.just(BAKER),
    other_metiers=st.lists(
        st.sampled_from([PASTRY_COOK, CHOCOLATE_MAKER]), max_size=2, unique=True
    ).map(tuple),
    start_on=st.none() | days,
    level=st.none() | st.sampled_from(LEVELS),
    openings=st.integers(1, 10),
    description=st.none() | st.builds("{} {} {}".format, lines, emails, lines) | lines,
    ask_cfa=st.booleans(),
)
recruiters: st.SearchStrategy[Recruiter] = st.builds(
    a_recruiter, contact=contacts, company=st.none() | companies
)


places = st.none() | st.tuples(
    addresses,
    st.none() | st.builds(Located, point=points, precision=..., source=st.just("geocoder")),
)


def _published(
    recruiter: Recruiter,
    need: Need,
    elsewhere: tuple[Address, Located | None] | None,
    offer_id: str,
    now: datetime,
) -> Offer:
    firm = recruiter.workplace
    return publish(
        need,
        offer_id=offer_id,
        recruiter_id=recruiter.id,
        workplace=firm.moved(*elsewhere) if elsewhere else firm,
        phone=recruiter.contact.phone,
        provenance=None,
        now=now,
    )


offers = st.builds(
    _published,
    recruiters,
    needs,
    places,
    st.from_regex(r"[0-9a-f]{32}", fullmatch=True),
    instants,
)
records = offers.map(record_of)
tombstones = st.builds(
    Tombstone,
    id=st.from_regex(r"[0-9a-f]{32}", fullmatch=True),
    reason=st.sampled_from(["filled", "cancelled", "expired", "removed"]),
    at=instants,
)
segments: st.SearchStrategy[list[OfferRecord | Tombstone]] = st.lists(
    records | tombstones, max_size=5
)
