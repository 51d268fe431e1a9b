"""The feed record: what partners read of an offer.

The one definition: every encoding derives from it. Whatever a person or a directory wrote is
cleaned here, once for all encodings (domain/text.py), and no e-mail is left in it, ever. The phone
is public: the form says so before the deposit.

A field added later begins with a default: lines the release before wrote are read with it, and
written anew.
"""

from datetime import date, datetime
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, computed_field

from depot.domain.e_mails import without_e_mails
from depot.domain.employer.provenance import Role
from depot.domain.firm.company import NafNomenclature, Precision
from depot.domain.identifiers import RomeCode, Siret
from depot.domain.life.metiers import Metier
from depot.domain.life.offer import Level, Offer
from depot.domain.model import Value
from depot.domain.text import clean_line, clean_paragraphs


_WITHHELD: Final = "[adresse retirée]"


def _line(text: object) -> object:
    return without_e_mails(clean_line(text), _WITHHELD) if isinstance(text, str) else text


def _paragraphs(text: object) -> object:
    return without_e_mails(clean_paragraphs(text), _WITHHELD) if isinstance(text, str) else text


# Before pydantic's own check, which refuses lone surrogates.
Line = Annotated[str, BeforeValidator(_line)]
"""One line somebody wrote, as everybody may read it."""
Lines = Annotated[str, BeforeValidator(_paragraphs)]
"""The same, of several."""


class RecordMetier(Value):
    """ROME 4.0 appellation: its OGR code, its label, its ROME code."""

    ogr: Line
    label: Line
    rome: RomeCode


class RecordWorkplace(Value):
    """Where the apprentice will work.

    ``name`` and the address are the depositor's own words where they were typed, else the
    directory's. What was not typed is null while the firm is being verified. ``legal_name`` and
    ``naf`` are the directory's alone: null while the firm is being verified, and for ever when it
    hides from public directories, so null does not mean "to verify". ``naf`` is the establishment's
    activity, of the list ``naf_nomenclature`` names: the same code means other things in other
    lists, and INSEE changes lists on 2027-01-01.
    """

    siret: Siret
    name: Line | None
    legal_name: Line | None
    address: Line | None
    postcode: Line | None
    city: Line | None
    insee_code: Line | None
    latitude: float | None
    longitude: float | None
    location_precision: Precision | None
    naf: Line | None
    naf_nomenclature: NafNomenclature | None


class RecordApply(Value):
    """How a candidate reaches the firm: phone, E.164."""

    phone: Line


class RecordDepositor(Value):
    """Who deposited an offer for its employer: an OPCO, a chamber or a CFA; never a person."""

    role: Role
    organisation: Line


class OfferRecord(Value):
    """One live offer. ``ends_on`` is its last day in Paris.

    No ``depositor`` means the employer deposited it itself.

    ``start_on`` null means as soon as possible. ``other_metiers``, two at most, would do as well.
    """

    id: Line
    title: Line
    description: Lines | None
    metier: RecordMetier
    other_metiers: tuple[RecordMetier, ...]
    level: Level | None
    start_on: date | None
    openings: int
    published_at: datetime
    updated_at: datetime
    ends_on: date
    workplace: RecordWorkplace
    apply: RecordApply
    depositor: RecordDepositor | None

    @computed_field
    def romes(self) -> tuple[RomeCode, ...]:
        """ROME codes of the métiers, each once, the main one first."""
        return tuple(dict.fromkeys(metier.rome for metier in (self.metier, *self.other_metiers)))


class Tombstone(Value):
    """An offer that left the feed, why and when."""

    id: str
    reason: Literal["filled", "cancelled", "expired", "removed"]
    at: datetime


def _workplace(offer: Offer) -> RecordWorkplace:
    place = offer.workplace
    address, location = place.address, place.location
    return RecordWorkplace(
        siret=place.siret,
        name=place.name,
        legal_name=place.legal_name,
        address=address.label if address else None,
        postcode=address.postcode if address else None,
        city=address.city if address else None,
        insee_code=address.insee if address else None,
        latitude=location.latitude if location else None,
        longitude=location.longitude if location else None,
        location_precision=place.precision if location else None,
        naf=place.naf,
        naf_nomenclature=place.naf_nomenclature,
    )


def _metier(metier: Metier) -> RecordMetier:
    return RecordMetier(ogr=metier.code, label=metier.label, rome=metier.rome)


def record_of(offer: Offer) -> OfferRecord:
    """Say an offer as partners read it."""
    need = offer.need
    return OfferRecord(
        id=offer.id,
        title=need.metier.label,
        description=need.description,
        metier=_metier(need.metier),
        other_metiers=tuple(map(_metier, need.other_metiers)),
        level=need.level,
        start_on=need.start_on,
        openings=need.openings,
        published_at=offer.published_at,
        updated_at=offer.updated_at,
        ends_on=offer.ends_on,
        workplace=_workplace(offer),
        apply=RecordApply(phone=offer.phone),
        depositor=RecordDepositor(**from_.model_dump()) if (from_ := offer.provenance) else None,
    )


def change_of(offer: Offer) -> OfferRecord | Tombstone:
    """What partners must learn of an offer in its present state."""
    if offer.state == "live":
        return record_of(offer)
    reason = "removed" if offer.state == "withdrawn" else offer.state
    return Tombstone(id=offer.id, reason=reason, at=offer.updated_at)
