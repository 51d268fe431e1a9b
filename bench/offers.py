"""Live offers as varied as real ones, the same at every run."""

from collections.abc import Iterator
from csv import reader
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from itertools import count, islice
from random import Random
from typing import Final
from uuid import UUID, uuid5

from depot.domain.feed.record import OfferRecord, record_of
from depot.domain.firm.company import Address, Point
from depot.domain.firm.workplace import Workplace
from depot.domain.life.metiers import Metier
from depot.domain.life.offer import Level, Need, Offer, publish
from depot.reference.metiers import ShippedMetiers


NOW: Final = datetime(2026, 11, 25, 10, tzinfo=UTC)
LEVELS: Final[tuple[Level | None, ...]] = ("3", "4", "5", "6", None)
_NAMESPACE: Final = UUID(int=0)
_SAID: Final = """
nous recherchons un apprenti motivé pour rejoindre notre équipe vous apprendrez le métier aux
côtés d’un maître d’apprentissage expérimenté préparation des commandes accueil des clients
entretien du poste respect des règles d’hygiène et de sécurité horaires du matin travail un samedi
sur deux permis souhaité mais pas obligatoire ambiance familiale atelier neuf machines récentes
formation assurée sur place possibilité d’embauche à la fin du contrat débutants acceptés envie
d’apprendre goût du travail bien fait ponctualité esprit d’équipe logement possible primes panier
repas véhicule de service chantiers dans tout le département
"""
_WORDS: Final = _SAID.split()
_FAMILIES: Final = ("MARTIN", "BERNARD", "THOMAS", "PETIT", "ROBERT", "DURAND", "DUBOIS", "MOREAU")
_AND: Final = ("ET", "ET", "ET", "&")
_STREETS: Final = ("DE LA GARE", "DU FOUR", "VICTOR HUGO", "DES LILAS", "PASTEUR", "JEAN JAURES")


def records(number: int) -> Iterator[OfferRecord]:
    """So many, in no order."""
    luck = Random(1)  # noqa: S311 - the same at every run
    return map(record_of, islice(offers(luck), number))


def offers(luck: Random) -> Iterator[Offer]:
    """One after the other, without end."""
    metiers = _metiers()
    return (_offer(luck, rank, metiers) for rank in count())


def lines(number: int) -> Iterator[bytes]:
    """So many finished records, in the order of ids; those of 20,000 offers, over and over."""
    known = [each.model_dump_json().encode() for each in records(min(number, 20_000))]
    ids = sorted(offer_id(rank) for rank in range(number))
    start = len(b'{"id":"') + 32
    for rank, each in enumerate(ids):
        yield b'{"id":"' + each.encode() + known[rank % len(known)][start:]


def offer_id(rank: int) -> str:
    """As the service derives them."""
    return uuid5(_NAMESPACE, str(rank)).hex


def _metiers() -> list[Metier]:
    text = (files("depot.reference") / "data" / "appellations.csv").read_text("utf-8")
    codes = [row[0] for row in reader(text.splitlines())]
    found = (ShippedMetiers().get(code) for code in codes)
    return [metier for metier in found if metier]


def _offer(luck: Random, rank: int, metiers: list[Metier]) -> Offer:
    words = luck.choices(_WORDS, k=luck.randrange(15, 120))
    need = Need(
        metier=luck.choice(metiers),
        level=luck.choice(LEVELS),
        openings=luck.choice((1, 1, 1, 2, 3)),
        description=_said(luck, words) if luck.random() < 0.7 else None,  # noqa: PLR2004
    )
    return publish(
        need,
        offer_id=offer_id(rank),
        recruiter_id="bench",
        workplace=_workplace(luck),
        phone=f"+336{luck.randrange(10**8):08d}",
        provenance=None,
        now=NOW - timedelta(seconds=luck.random() * 28 * 86_400),
    )


def _said(luck: Random, words: list[str]) -> str:
    """In sentences or, as often, as a list: a line each."""
    cuts = range(0, len(words), luck.choice((8, 200)))
    return "\n- ".join(" ".join(words[at : at + cuts.step]) for at in cuts)


def _workplace(luck: Random) -> Workplace:
    family, postcode = luck.choice(_FAMILIES), f"{luck.randrange(1000, 96_000):05d}"
    city = f"{luck.choice(_FAMILIES)}VILLE"
    street = f"{luck.randrange(200)} RUE {luck.choice(_STREETS)}"
    address = Address(
        label=f"{street} {postcode} {city}", postcode=postcode, city=city, insee=postcode
    )
    return Workplace(
        siret=_siret(luck),
        name=f"{family} {luck.choice(_WORDS).upper()}",
        legal_name=f"SARL {family} {luck.choice(_AND)} FILS {luck.randrange(10_000)}",
        address=address,
        location=Point(latitude=luck.uniform(42, 51), longitude=luck.uniform(-4, 8)),
        naf=f"{luck.randrange(10, 99)}.{luck.randrange(10, 99)}Z",
    )


def _siret(luck: Random) -> str:
    siren = f"{luck.randrange(10**8):08d}"
    siren += _check(siren)
    nic = f"{luck.randrange(10**4):04d}"
    return siren + nic + _check(siren + nic)


def _check(digits: str) -> str:
    """The digit that makes them pass Luhn's test."""
    doubled = (int(digit) * (2 - rank % 2) for rank, digit in enumerate(reversed(digits)))
    return str(-sum(number // 10 + number % 10 for number in doubled) % 10)
