"""France Travail's file of offers: CSV, ``|`` between 124 columns, a header, zipped.

One line an offer, ``C`` while it is live, ``S`` once after it left. What an intake by France
Travail really needs (its key for us, its code of why an offer goes) comes with an agreement. What
an offer does not say (hours, length of the contract) is left empty, never made up.

The offers whose commune is still to be verified are left out: the file has no line without one.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from depot.domain.feed.record import OfferRecord
from depot.domain.life.lifetime import paris_day
from depot.domain.opco.routing import departement_of
from depot.feed.dialects.france_travail_columns import COLUMNS
from depot.feed.dialects.prose import described, shortened


Row = dict[str, str]

# Qualification by European level, as La bonne alternance's export has it: conventional.
_QUALIFICATIONS: Final[Mapping[str, tuple[str, str]]] = {
    "3": ("6", "Employé qualifié"),
    "4": ("6", "Employé qualifié"),
    "5": ("7", "Technicien"),
    "6": ("8", "Agent de maîtrise"),
    "7": ("9", "Cadre"),
}
_SALARY: Final = "Salaire selon barème légal apprenti"
_NAME: Final = 52
_DESCRIPTION: Final = 4000
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the oldest a zip can say: equal offers, equal bytes


def row(record: OfferRecord, url: str, *, partner: str, regions: Mapping[str, str]) -> Row | None:
    """One live offer.

    ``partner`` is the key France Travail knows us by; ``regions`` are by département.
    """
    place = record.workplace
    if place.insee_code is None:
        return None
    departement = departement_of(place.insee_code)
    return {
        **_partner(record.id, partner),
        **_said(record),
        "Par_URL_offre": url,
        "COM_cle": place.insee_code,
        "COM_libelle": place.city or "",
        "CPO_cle": place.postcode or "",
        "DEP_cle": departement,
        "REG_cle": regions.get(departement, ""),
        "Coordonnee_geo_loc_1": _number(place.latitude),
        "Coordonnee_geo_loc_2": _number(place.longitude),
        "Type_mouvement": "C",
    }


def gone(offer_id: str, *, partner: str) -> Row:
    """An offer that was in an earlier file and left."""
    return {**_partner(offer_id, partner), "Type_mouvement": "S"}


def archive(rows: Iterable[Row], name: str = "offres.csv") -> bytes:
    """The file as it is deposited: equal rows give equal bytes."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", delimiter="|", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        about = zipfile.ZipInfo(name, _EPOCH)
        about.compress_type = zipfile.ZIP_DEFLATED
        zipped.writestr(about, text.getvalue().encode())
    return packed.getvalue()


def _partner(offer_id: str, partner: str) -> Row:
    return {"Par_ref_offre": f"E2-{offer_id}", "Par_cle": partner, "Par_nom": partner}


def _said(record: OfferRecord) -> Row:
    key, label = _QUALIFICATIONS.get(record.level or "", ("", ""))
    place = record.workplace
    name = shortened(place.name or place.legal_name or "", _NAME)
    return {
        "Code_rome": record.metier.rome,
        "Code_OGR": record.metier.ogr,
        "Libelle_metier_OGR": record.metier.label,
        "Description": shortened(" ".join(described(record).split()), _DESCRIPTION),
        "Exp_cle": "D",
        "Qua_cle": key,
        "Qua_libelle": label,
        "SCN_cle": _naf(record),
        "TSA_cle": "X",
        "Off_salaire_cpt_commentaire": _SALARY,
        "NTC_cle": "E2",
        "TCO_cle": "CDD",
        "Off_date_creation": _day(paris_day(record.published_at)),
        "Off_date_modification": _day(paris_day(record.updated_at)),
        "Off_date_fin_publication": _day(record.ends_on),
        "OST_poste_restant_nb": str(record.openings),
        "Off_client_final_siret": place.siret,
        "Off_client_final_nom": name,
        "Date_debut_contrat": _day(record.start_on) if record.start_on else "",
        "Off_etab_siret": place.siret,
        "Off_etab_enseigne": name,
        "Tel_correspondant": record.apply.phone,
        "Mode_diffusion": "O",
        "Mode_presentation": "TEL",
    }


def _naf(record: OfferRecord) -> str:
    place = record.workplace
    known = place.naf if place.naf_nomenclature == "NAFRev2" else None
    return (known or "").replace(".", "")


def _number(value: float | None) -> str:
    return "" if value is None else str(value)


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")
