"""Partners' formats, made of the one record: held to what each of them publishes or recorded."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from depot.domain.feed.record import OfferRecord, record_of
from depot.feed.dialects import france_travail, job_xml, la_bonne_alternance
from depot.feed.dialects.france_travail_columns import COLUMNS
from depot.feed.dialects.prose import shortened
from depot.reference.places import regions
from tests.builders import NOW, PASTRY_COOK, a_company, a_recruiter, an_offer
from tests.strategies import records


URL = "https://depot.example/offres/o1"
HEADER = job_xml.header(1, NOW, "https://depot.example")
# Schemas of API Alternance, as its SDK publishes them; where a type may be null, so may its enum.
CONTRACT = json.loads(
    (Path(__file__).parents[1] / "data" / "contracts" / "api_alternance_jobs.json").read_text()
)
ROOT = "urn:api-alternance"
REGISTRY: Registry[Any] = Registry().with_resource(
    ROOT, Resource.from_contents(CONTRACT, default_specification=DRAFT202012)
)
# The longest each text may be, as France Travail's partners publish its fields.
LONGEST = {
    "Par_ref_offre": 50,
    "Par_URL_offre": 300,
    "Libelle_metier_OGR": 293,
    "Description": 4000,
    "Qua_libelle": 100,
    "SCN_cle": 5,
    "Off_salaire_cpt_commentaire": 36,
    "COM_cle": 5,
    "COM_libelle": 100,
    "DEP_cle": 3,
    "REG_cle": 2,
    "CPO_cle": 5,
    "Off_client_final_nom": 52,
    "Off_etab_enseigne": 52,
    "Tel_correspondant": 15,
}


def follows(name: str, document: object) -> None:
    """Raise when a document is not what a schema of API Alternance says."""
    schema = {"$ref": f"{ROOT}#/components/schemas/{name}"}
    Draft202012Validator(schema, registry=REGISTRY).validate(document)


def a_record(**need: Any) -> OfferRecord:
    return record_of(an_offer(**need))


def nowhere() -> OfferRecord:
    """The record of an offer whose firm is still to be verified."""
    return record_of(an_offer(recruiter=a_recruiter(company=None)))


def test_la_bonne_alternance_reads_a_job_as_its_api_gives_it() -> None:
    job = la_bonne_alternance.job(a_record(level="3", openings=2), URL)

    follows("JobOfferRead", job)
    assert job
    assert job["offer"]["rome_codes"] == ["D1102"]
    assert job["offer"]["target_diploma"]["european"] == "3"
    assert job["offer"]["opening_count"] == 2
    assert job["workplace"]["location"]["geopoint"]["coordinates"] == [0.721, 45.184]
    assert job["apply"] == {"url": URL, "phone": "+33199001234", "recipient_id": None}
    # Live to the end of its last day in Paris.
    assert job["offer"]["publication"]["expiration"] == "2026-12-21T23:00:00.000Z"


@given(records)
def test_any_offer_written_to_la_bonne_alternance_is_accepted_by_its_schema(
    record: OfferRecord,
) -> None:
    job = la_bonne_alternance.written(record, URL, origin="depot")

    assert (job is None) == (record.workplace.latitude is None)
    if job:
        follows("JobOfferWrite", job)
        assert len(job["offer"]["description"]) >= 30
        assert "<script" not in job["offer"]["description"]


@pytest.mark.parametrize(
    ("reason", "status"),
    [("filled", "Filled"), ("cancelled", "Cancelled"), ("expired", "Cancelled")],
)
def test_an_offer_withdrawn_is_said_so_to_la_bonne_alternance(reason: str, status: str) -> None:
    job = la_bonne_alternance.written(a_record(), URL, origin="depot")

    assert job
    follows("JobOfferWrite", ended := la_bonne_alternance.withdrawn(job, reason))
    assert ended["offer"]["status"] == status


def test_an_offer_without_a_place_waits_before_it_is_told() -> None:
    record = nowhere()

    assert la_bonne_alternance.job(record, URL) is None
    assert la_bonne_alternance.written(record, URL, origin="depot") is None
    assert france_travail.row(record, URL, partner="DEPOT", regions=regions()) is None
    assert job_xml.job(record, URL) is None


def test_france_travail_reads_an_offer_in_its_columns() -> None:
    record = a_record(level="5", openings=3)

    row = france_travail.row(record, URL, partner="DEPOT", regions=regions())

    assert row
    assert {name: row[name] for name in ("Code_rome", "Code_OGR", "Qua_cle", "SCN_cle")} == {
        "Code_rome": "D1102",
        "Code_OGR": "11573",
        "Qua_cle": "7",
        "SCN_cle": "1071C",
    }
    assert (row["DEP_cle"], row["REG_cle"], row["COM_cle"]) == ("24", "75", "24322")
    assert row["Off_date_creation"] == "23/11/2026"
    assert row["Off_date_fin_publication"] == "21/12/2026"
    assert (row["Type_mouvement"], row["NTC_cle"], row["OST_poste_restant_nb"]) == ("C", "E2", "3")


@given(records)
def test_any_line_for_france_travail_fits_its_columns(record: OfferRecord) -> None:
    row = france_travail.row(record, URL, partner="DEPOT", regions=regions())

    if row:
        assert row.keys() <= set(COLUMNS)
        assert {name for name, most in LONGEST.items() if len(row.get(name, "")) > most} == set()


@given(records)
def test_the_file_for_france_travail_says_each_line_once_and_the_same_bytes_each_time(
    record: OfferRecord,
) -> None:
    row = france_travail.row(record, URL, partner="DEPOT", regions=regions())
    rows = [*([row] if row else []), france_travail.gone("o2", partner="DEPOT")]

    packed = france_travail.archive(rows)

    assert packed == france_travail.archive(rows)
    with zipfile.ZipFile(io.BytesIO(packed)) as zipped:
        text = zipped.read("offres.csv").decode()
    read = list(csv.DictReader(io.StringIO(text), delimiter="|"))
    assert [len(line) for line in read] == [124] * len(rows)
    assert read == [dict.fromkeys(COLUMNS, "") | line for line in rows]


def test_an_offer_that_left_is_one_line_that_says_so() -> None:
    gone = france_travail.gone("o1", partner="DEPOT")

    assert gone == {
        "Par_ref_offre": "E2-o1",
        "Par_cle": "DEPOT",
        "Par_nom": "DEPOT",
        "Type_mouvement": "S",
    }


def test_an_activity_of_another_nomenclature_is_not_passed_for_one_of_the_old() -> None:
    company = a_company(naf="10.71J", naf_nomenclature="NAF2025")
    record = record_of(an_offer(recruiter=a_recruiter(company=company)))

    row = france_travail.row(record, URL, partner="DEPOT", regions=regions())

    assert row
    assert row["SCN_cle"] == ""


@given(records)
def test_the_job_xml_is_read_by_any_parser_and_says_all_that_is_wanted(record: OfferRecord) -> None:
    made = job_xml.job(record, URL)

    if made:
        document = ET.fromstring(HEADER + made + job_xml.FOOTER)  # noqa: S314 - our own
        (job,) = document.iter("job")
        wanted = ("title", "date", "referencenumber", "requisitionid", "url", "company")
        assert {name for name in wanted if job.find(name) is None} == set()
        assert job.findtext("country") == "FR"
        assert job.findtext("referencenumber") == record.id
        assert "@" not in (job.findtext("description") or "")


def test_the_job_xml_describes_in_html_whatever_was_typed() -> None:
    typed = "</script><script>alert(1)</script>\n<3 & équipe ]]> fin"
    made = job_xml.job(a_record(description=typed), URL)

    assert made
    job = ET.fromstring(made)  # noqa: S314 - our own
    assert (job.findtext("description") or "").startswith(
        "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;<br>&lt;3 &amp; équipe ]]&gt; fin<br>"
    )


def test_every_value_of_the_job_xml_is_cdata_without_its_end() -> None:
    record = a_record()
    place = record.workplace.model_copy(update={"name": "A ]]> B & <C>"})
    made = job_xml.job(record.model_copy(update={"workplace": place}), URL)

    assert made
    assert b"<company><![CDATA[A ]]]]><![CDATA[> B & <C>]]></company>" in made
    assert ET.fromstring(made).findtext("company") == "A ]]> B & <C>"  # noqa: S314 - our own
    assert all(made.count(b"<%s><![CDATA[" % name) == 1 for name in (b"title", b"date", b"url"))


def test_the_job_xml_names_who_publishes_it() -> None:
    document = ET.fromstring(HEADER + job_xml.FOOTER)  # noqa: S314 - our own

    assert [(each.tag, each.text) for each in document] == [
        ("publisher", "depot"),
        ("publisherurl", "https://depot.example/"),
        ("lastBuildDate", "Mon, 23 Nov 2026 10:00:00 GMT"),
    ]


def test_the_words_say_what_the_record_says() -> None:
    record = a_record(openings=2, other_metiers=(PASTRY_COOK,), level="3")

    assert job_xml.described(record) == (
        "2 postes en apprentissage : Boulanger / Boulangère, AU BON PAIN, PERIGUEUX (24000).\n"
        "Convient aussi : Pâtissier / Pâtissière.\n"
        "Début : dès que possible.\n"
        "Diplôme visé : CAP, BEP (Infrabac)."
    )


def test_what_is_too_long_is_cut_between_two_words() -> None:
    assert shortened("un deux trois", 13) == "un deux trois"
    assert shortened("un deux trois", 12) == "un deux…"
