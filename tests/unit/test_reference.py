"""The reference data that is shipped, and the local samples."""

import csv
import gzip
import json
import re
from pathlib import Path

import pytest

from depot.domain.identifiers import LA_POSTE, luhn
from depot.domain.life.metiers import Metier
from depot.domain.opco.finding import Finding
from depot.reference import rows
from depot.reference.metiers import ShippedMetiers, former_codes
from depot.reference.opcos import ActivityHints, ShippedOpcoTable, opco_names, register_names
from depot.reference.places import region_names, region_of, regions
from depot.usecases.opco.identify_opco import Agreements, identify_opco
from local.metiers import SHEETS
from local.standin.companies import ANSWERS, FAULT_SIRETS
from local.standin.siro import FILE
from tests.builders import NOW, SIRET, a_company


ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "local/data/cfa_catalogue.jsonl.gz"
KEYS = [
    "siren",
    "siret",
    "name",
    "city",
    "email",
    "title",
    "level",
    "romes",
    "lat",
    "lon",
    "qualiopi",
]
FICTITIOUS = sorted(
    unit["siege"]["siret"]
    for file in ANSWERS.glob("fictif-*.json")
    for unit in json.loads(file.read_text("utf-8"))["results"]
)


def outcome(*idccs: str) -> Finding:
    return identify_opco(
        SIRET,
        a_company(idccs=idccs),
        sources=[Agreements(ShippedOpcoTable())],
        claim=None,
        now=NOW,
    )


def trainings() -> list[dict[str, object]]:
    return [json.loads(line) for line in gzip.decompress(CATALOGUE.read_bytes()).splitlines()]


def test_every_appellation_of_rome_4_is_shipped_once() -> None:
    codes = [row[0] for row in rows("appellations.csv")]

    assert len(codes) == len(set(codes)) == 13_120
    assert codes == sorted(codes, key=int)


def test_every_appellation_can_be_read() -> None:
    table = ShippedMetiers()

    metiers = [table.get(row[0]) for row in rows("appellations.csv")]

    assert all(metier and metier.label == metier.label.strip() != "" for metier in metiers)
    assert len({metier.rome for metier in metiers if metier}) == 1_584
    assert len({metier.parent for metier in metiers if metier}) == 532


def test_every_code_of_rome_4_has_a_former_one_which_is_a_code_of_its_own() -> None:
    table = former_codes()

    assert len(table) == 1_584
    assert len(set(table.values())) == 532
    assert all(table[former] == former for former in table.values())
    assert {row[2] for row in rows("appellations.csv")} == table.keys()


def test_a_metier_is_found_by_its_code() -> None:
    assert ShippedMetiers().get("11573") == Metier(
        code="11573", label="Boulanger / Boulangère", rome="D1102", parent="D1102"
    )


@pytest.mark.parametrize("code", ["", "0", "99999999", "D1102", "ogr", " 11573"])
def test_a_code_that_is_no_appellation_finds_nothing(code: str) -> None:
    assert ShippedMetiers().get(code) is None


def test_every_departement_is_shipped_once_with_its_region() -> None:
    assert len(rows("departements.csv")) == len(regions()) == 109
    assert [regions()[code] for code in ("24", "35", "2A", "971")] == ["75", "53", "94", "01"]


@pytest.mark.parametrize(
    ("insee", "name"),
    [
        ("24322", "Nouvelle-Aquitaine"),
        ("2A004", "Corse"),
        ("97105", "Guadeloupe"),
        ("98818", "Nouvelle-Calédonie"),
        ("99999", None),
        (None, None),
    ],
)
def test_a_commune_is_in_a_region_that_has_a_name(insee: str | None, name: str | None) -> None:
    assert set(regions().values()) <= set(region_names())
    assert region_of(insee) == name


def test_every_rome_code_has_a_sheet_that_names_its_main_appellation() -> None:
    with SHEETS.open(encoding="utf-8", newline="") as file:
        sheets = list(csv.DictReader(file))
    table = ShippedMetiers()

    assert [sheet["rome"] for sheet in sheets] == sorted(
        {row[2] for row in rows("appellations.csv")}
    )
    for sheet in sheets:
        main = table.get(sheet["main"])
        assert main is not None
        assert main.rome == sheet["rome"]
        assert main.label.replace("’", "'") == sheet["label"]
        assert all(line == line.strip() != "" for line in sheet["definition"].split("\n"))


def test_five_rome_codes_cannot_be_apprenticed_and_a_sentence_says_why() -> None:
    table = dict(rows("not_apprenticeable.csv"))

    assert set(table) == {"G1605", "I1201", "K2202", "L1102", "N4104"}
    assert set(table) <= {row[2] for row in rows("appellations.csv")}
    assert all(re.fullmatch(r"Aucun diplôme ni titre [^.]+\.", why) for why in table.values())


@pytest.mark.parametrize(
    ("code", "refused"),
    [
        ("11573", []),
        ("17846", ["G1605"]),
        ("10826", []),  # G1602, whose former code is G1605
    ],
)
def test_a_refusal_holds_for_that_very_rome_code_not_for_the_former_one(
    code: str, refused: list[str]
) -> None:
    table = ShippedMetiers()
    metiers = filter(None, [table.get(code)])

    assert [metier.rome for metier in metiers if not table.apprenticeable(metier)] == refused


def test_every_couple_of_agreement_and_opco_is_shipped_once() -> None:
    table = rows("idcc_opco.csv")

    assert len(table) == len({(idcc, opco) for idcc, opco, *_ in table}) == 1_052
    assert len({opco for _, opco, *_ in table}) == 11
    assert all(len(idcc) == 4 and idcc.isdigit() for idcc, *_ in table)


def test_the_shares_of_an_agreement_add_up_and_come_largest_first() -> None:
    table = ShippedOpcoTable()

    for idcc in {row[0] for row in rows("idcc_opco.csv")}:
        shares = table.shares(idcc)
        assert [share.rank for share in shares] == list(range(1, len(shares) + 1))
        assert sum(share.share for share in shares) == pytest.approx(1, abs=0.001)


def test_an_agreement_nobody_counted_has_no_opco() -> None:
    assert ShippedOpcoTable().shares("0000") == ()


@pytest.mark.parametrize(
    ("idccs", "expected", "opcos"),
    [
        (("0843",), "identified", ("Opco entreprises de proximité",)),
        (("1596",), "identified", ("Constructys",)),
        (("1090", "9999"), "identified", ("Opco Mobilités",)),
        (("9999",), "unknown", ()),
        ((), "unknown", ()),
    ],
)
def test_the_table_names_the_opco_of_the_trades_very_small_firms_are_in(
    idccs: tuple[str, ...], expected: str, opcos: tuple[str, ...]
) -> None:
    finding = outcome(*idccs)

    assert (finding.outcome, finding.opcos) == (expected, opcos)


@pytest.mark.parametrize("idccs", [("8231",), ("0843", "1979")])
def test_an_agreement_that_two_opcos_share_or_two_agreements_give_candidates(
    idccs: tuple[str, ...],
) -> None:
    finding = outcome(*idccs)

    assert finding.outcome == "multiple"
    assert len(finding.opcos) == 2


def test_one_name_for_each_opco_in_every_table() -> None:
    assert len(opco_names()) == len(register_names()) == 11
    assert {opco for _, opco, *_ in rows("idcc_opco.csv")} == opco_names()
    assert {opco for _, opco in rows("naf_opco.csv")} <= opco_names()


def test_an_activity_hints_and_never_answers() -> None:
    hints = ActivityHints()

    [answer] = hints.ask(SIRET, a_company(naf="10.71C"))
    assert answer.opcos == ("Opco entreprises de proximité", "OCAPIAT")
    assert answer.confidence == "hint"
    assert hints.ask(SIRET, a_company(naf="99.00Z"))[0].opcos == ()
    assert hints.ask(SIRET, a_company(naf=None)) == hints.ask(SIRET, None) == ()


def test_hints_speak_of_divisions_once_each_and_of_two_opcos_at_most() -> None:
    table = [tuple(row) for row in rows("naf_opco.csv")]
    divisions = [division for division, _ in table]

    assert table == list(dict.fromkeys(table))
    assert divisions == sorted(divisions)
    assert all(len(division) == 2 and division.isdigit() for division in divisions)
    assert max(map(divisions.count, divisions)) == 2
    assert not {"74", "82", "84", "95"} & {*divisions}, "they say nothing, or not in both NAF"


def test_the_stand_in_of_siro_speaks_of_firms_and_opcos_we_know() -> None:
    lines = [line.split("|") for line in FILE.read_text("utf-8").splitlines()[1:]]

    assert all(luhn(siret) or siret.startswith(LA_POSTE) for siret, *_ in lines)
    assert {owner for _, _, owner, _ in lines} <= register_names().keys()


@pytest.mark.parametrize("siret", [*FICTITIOUS, *FAULT_SIRETS])
def test_a_fictitious_siret_is_valid_and_belongs_to_nobody(siret: str) -> None:
    assert siret.startswith("00009")
    assert luhn(siret)
    assert luhn(siret[:9])
    assert siret[:9] != LA_POSTE


def test_fictitious_firms_say_so_in_their_name() -> None:
    for file in ANSWERS.glob("fictif-*.json"):
        assert "FICTI" in file.read_text("utf-8") or "[NON-DIFFUSIBLE]" in file.read_text("utf-8")
    assert len(FICTITIOUS) == len(set(FICTITIOUS)) == 14


def test_the_local_catalogue_holds_every_synthetic_training() -> None:
    lines = trainings()

    assert len(lines) == 8_577
    assert len({line["siret"] for line in lines}) == 2_904
    assert all(list(line) == KEYS for line in lines)


def test_the_local_catalogue_can_reach_nobody() -> None:
    lines = trainings()

    assert all(str(line["email"]).endswith("@example.org") for line in lines)
    assert all("fictif" in str(line["name"]) for line in lines)
    assert all(luhn(str(line["siret"])) for line in lines)


def test_the_local_catalogue_speaks_of_known_metiers_and_levels() -> None:
    known = {code for row in rows("appellations.csv") for code in row[2:4]}
    lines = trainings()

    assert {code for line in lines for code in line["romes"]} <= known  # type: ignore[attr-defined]
    assert {line["level"] for line in lines} == {"3", "4", "5", "6", "7"}
    assert {line["qualiopi"] for line in lines} == {True, False}
