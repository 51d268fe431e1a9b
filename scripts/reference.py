"""Rebuild the reference data from a folder of source files (docs/sources.md says which).

    python -m scripts.reference FOLDER

The same sources always give the same bytes: lines are sorted and end with a line feed, the archive
carries no date. Only columns that are used are kept: fewer bytes in the package, and nothing whose
licence is unclear.
"""

import argparse
import csv
import gzip
import json
import re
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import fmean


Row = dict[str, str]
Degrees = tuple[float, float]

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "layers/common/python/depot/reference/data"
PAGES = ROOT / "web/data"
LOCAL = ROOT / "local/data"
RECORDED = ROOT / "tests/data/recherche_entreprises"

APPELLATIONS = ("ogr", "label", "rome", "parent", "rare")
FORMER_CODES = ("rome", "former")
SHEETS = ("rome", "main", "label", "definition")
AGREEMENTS = ("idcc", "opco", "share", "rank", "status")
OPCOS = ("register", "opco", "siren", "site")
DEPARTEMENTS = ("code", "region", "name")
REGIONS = ("code", "name")
COMMUNES = ("postcode", "insee", "name", "lat", "lon")


def main(arguments: Sequence[str] | None = None) -> None:
    """Rebuild every file."""
    parser = argparse.ArgumentParser(description="Rebuild the reference data.")
    parser.add_argument(
        "sources", type=Path, help="folder holding rome/, opco/, geo/, cfa/, samples/"
    )
    sources: Path = parser.parse_args(arguments).sources
    write_csv(SHIPPED / "appellations.csv", APPELLATIONS, appellations(sources))
    write_csv(SHIPPED / "former_codes.csv", FORMER_CODES, former_codes(sources))
    write_csv(PAGES / "fiches.csv", SHEETS, sheets(sources))
    write_csv(SHIPPED / "idcc_opco.csv", AGREEMENTS, agreements(sources))
    write_csv(SHIPPED / "opcos.csv", OPCOS, opcos(sources))
    write_csv(SHIPPED / "departements.csv", DEPARTEMENTS, departements(sources))
    write_csv(SHIPPED / "regions.csv", REGIONS, regions(sources))
    write_csv(SHIPPED / "communes.csv", COMMUNES, communes(sources))
    write_json_lines(LOCAL / "cfa_catalogue.jsonl.gz", trainings(sources))
    copy_recorded(sources)


def appellations(sources: Path) -> list[Sequence[str]]:
    """List the appellations: OGR code, long label, ROME code, former code, seldom used (O, N)."""
    rows = _read(sources / "rome/appellation_v460.csv", ",")
    return sorted(
        (
            (
                row["code_ogr"],
                row["libelle_appellation_long"],
                row["code_rome"],
                row["code_rome_parent"],
                row["peu_usite"],
            )
            for row in rows
        ),
        key=lambda line: int(line[0]),
    )


def former_codes(sources: Path) -> list[Sequence[str]]:
    """List the codes of the ROME 4.0, each with the code of the ROME 3 it was taken from."""
    rows = _read(sources / "rome/code_rome_v460.csv", ",")
    return [*sorted((row["code_rome"], row["code_rome_parent"]) for row in rows)]


def sheets(sources: Path) -> Sequence[Sequence[str]]:
    """List the sheets: ROME code, its main appellation, label, definition (a sentence a line)."""
    rows = _read(sources / "rome/appellation_v460.csv", ",")
    main = {
        row["code_rome"]: row["code_ogr"] for row in rows if row["classification"] == "PRINCIPALE"
    }
    lines = (sources / "rome/fiches_v460.jsonl").read_text(encoding="utf-8").splitlines()
    found = map(json.loads, lines)
    return sorted(
        (
            sheet["code"],
            main[sheet["code"]],
            sheet["libelle"],
            re.sub(" +", " ", sheet["definition"]),
        )
        for sheet in found
    )


def agreements(sources: Path) -> list[Sequence[str]]:
    """List the OPCOs of each agreement by share of firms, under the names the public knows."""
    rows = _read(sources / "opco/idcc_opco.csv", ";")
    return sorted(
        (
            (row["idcc"], row["opco_lba"], row["part_opco"], row["rang"], row["statut"])
            for row in rows
        ),
        key=lambda line: (line[0], int(line[3])),
    )


def communes(sources: Path) -> list[Sequence[str]]:
    """List the communes, once a postcode: INSEE code, official name, degrees.

    Paris, Lyon and Marseille are one commune each; at a postcode of theirs, the place is that of
    its arrondissement. A commune whose place the source does not know is put in the middle of its
    postcode, when others share it.
    """
    rows = [
        (postcode, row)
        for row in _read(sources / "geo/communes_cog2026_cp_coord.csv", ",")
        for postcode in row["codes_postaux"].split(";")
        if postcode
    ]
    arrondissements = {
        postcode: row for postcode, row in rows if row["type"] == "arrondissement-municipal"
    }
    places: defaultdict[str, list[Degrees]] = defaultdict(list)
    for postcode, row in rows:
        if row["latitude"]:
            places[postcode].append((float(row["latitude"]), float(row["longitude"])))
    return sorted(
        (
            (
                postcode,
                row["code_insee"],
                row["nom"],
                *_degrees(arrondissements.get(postcode, row), places[postcode]),
            )
            for postcode, row in rows
            if row["type"] != "arrondissement-municipal"
        ),
        key=lambda line: (line[0], line[1]),
    )


def _degrees(row: Row, around: Sequence[Degrees]) -> tuple[str, str]:
    if row["latitude"] or not around:
        return row["latitude"], row["longitude"]
    latitudes, longitudes = zip(*around, strict=True)
    return f"{fmean(latitudes):.5f}", f"{fmean(longitudes):.5f}"


def departements(sources: Path) -> Sequence[Sequence[str]]:
    """List the départements, overseas ones included: code, code of the région (INSEE), name."""
    text = (sources / "geo/departements.json").read_text(encoding="utf-8")
    found: list[dict[str, str]] = json.loads(text)
    return sorted((each["code"], each["region"], each["nom"]) for each in found)


def regions(sources: Path) -> list[tuple[str, str]]:
    """List the régions, overseas collectivities included, with their names."""
    text = (sources / "geo/regions.json").read_text(encoding="utf-8")
    found: list[dict[str, str]] = json.loads(text)
    return sorted((each["code"], each["nom"]) for each in found)


def opcos(sources: Path) -> list[list[str]]:
    """List the OPCOs: name in France compétences' register, name the public knows, SIREN, site."""
    rows = _read(sources / "opco/opco_liste.csv", ";")
    return sorted(
        [row["libelle_france_competences"], row["libelle_lba"], row["siren"], row["site"]]
        for row in rows
    )


def trainings(sources: Path) -> list[dict[str, object]]:
    """List the synthetic catalogue: a training of a fictitious centre each, no diploma code."""
    rows = _read(sources / "cfa/catalogue_formations_SYNTHETIQUE.csv", ";")
    return sorted(
        map(_training, rows),
        key=lambda line: (str(line["siret"]), str(line["title"]), str(line["romes"])),
    )


def _training(row: Row) -> dict[str, object]:
    siret = row["etablissement_formateur_siret"]
    return {
        "siren": siret[:9],
        "siret": siret,
        "name": row["etablissement_formateur_raison_sociale"],
        "city": row["commune"],
        "email": row["email"],
        "title": row["intitule"],
        "level": row["niveau"],
        "romes": sorted(row["rome_codes"].split(",")),
        "lat": float(row["latitude"]),
        "lon": float(row["longitude"]),
        "qualiopi": row["qualiopi"] == "oui",
    }


def copy_recorded(sources: Path) -> None:
    """Copy the recorded answers of API Recherche d'entreprises, as they are."""
    RECORDED.mkdir(parents=True, exist_ok=True)
    for answer in sorted((sources / "samples/recherche_entreprises").glob("search-*.json")):
        shutil.copyfile(answer, RECORDED / answer.name)


def write_csv(path: Path, header: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """Write a table: comma, line feed, UTF-8, quotes only where needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)


def write_json_lines(path: Path, lines: Iterable[dict[str, object]]) -> None:
    """Write one compact JSON object a line, gzip'd without date or name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(
        json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines
    )
    # Not gzip.compress: its header differs between versions of Python.
    with path.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as archive:
        archive.write(text.encode())


def _read(path: Path, delimiter: str) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter)


if __name__ == "__main__":
    main()
