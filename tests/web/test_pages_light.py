"""What pages weigh: their style sheets, what is loaded on demand."""

import gzip
import json
import os
import re
import subprocess
from itertools import accumulate
from pathlib import Path

import pytest

from depot.reference.metiers import ShippedMetiers
from local import web
from tests.web.built import pages, scripts_of


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return web.build(tmp_path_factory.mktemp("site") / "web")


def zipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def sheet_of(site: Path, page: str) -> str:
    """The stylesheet of a page."""
    (link,) = (link for link in scripts_of(site, page) if link.endswith(".css"))
    return (site / link[1:]).read_text(encoding="utf-8")


def test_the_stylesheet_of_a_page_keeps_what_it_uses(site: Path) -> None:
    dsfr = (web.DSFR / "dsfr.min.css").read_text(encoding="utf-8")
    known = set(re.findall(r"(--[\w-]+):", dsfr))
    for name, tags in pages(site):
        css = sheet_of(site, name)
        for used in set(" ".join(tags.values("class")).split()):
            alone = re.compile(rf"(?:^|[}},])\.{used}[{{,:]")
            assert not alone.search(dsfr) or alone.search(css), f"{name}: {used}"
        read = set(re.findall(r"var\((--[\w-]+)\)", css))
        given = set(re.findall(r"(--[\w-]+):", css))
        assert (read & known) <= given, name


def test_what_only_another_page_shows_weighs_nothing(site: Path) -> None:
    assert ".twins" in sheet_of(site, "index.html")
    assert ".twins" not in sheet_of(site, "opco.html")
    assert len(sheet_of(site, "404.html")) < len(sheet_of(site, "index.html")) / 2


def test_dark_colours_follow_the_browser(site: Path) -> None:
    css = sheet_of(site, "index.html")
    assert "data-fr-theme" not in css
    assert "@media (prefers-color-scheme:dark){:root:root{" in css


def test_the_brand_of_the_state_is_shown_only_when_set(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not list(site.rglob("*.woff2"))
    assert "fr-logo" not in sheet_of(site, "index.html")
    copy = tmp_path / "source"
    for path in (path for path in web.WEB.rglob("*") if path.is_file()):
        target = copy / path.relative_to(web.WEB)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        target.write_text(text.replace("state_brand = false", "state_brand = true"), "utf-8")
    monkeypatch.setattr(web, "WEB", copy)

    branded = web.build(tmp_path / "branded")

    assert {path.stem for path in branded.rglob("*.woff2")} == set(web.FONTS)
    assert "République<br>Française" in (branded / "index.html").read_text(encoding="utf-8")


def test_the_form_is_light(site: Path) -> None:
    first_paint = [site / "index.html", next(site.rglob("index.css"))]
    scripts = [site / link[1:] for link in scripts_of(site, "index.html") if link.endswith(".js")]

    assert sum(map(zipped, first_paint)) <= 20_000
    assert sum(map(zipped, first_paint + scripts)) <= 50_000
    assert zipped(site / "data" / "metiers.json") <= 250_000


def test_the_communes_of_every_postcode_are_in_a_small_file(site: Path) -> None:
    files = sorted((site / "data" / "communes").iterdir())
    tables = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}

    assert tables["24"]["24330"][:2] == ["Bassillac et Auberoche", "Boulazac Isle Manoire"]
    assert tables["75"]["75007"] == ["Paris"]
    assert sum(len(names) for table in tables.values() for names in table.values()) == 35_493
    assert all(code.startswith(name) for name, table in tables.items() for code in table)
    assert max(map(zipped, files)) <= 6_000


def test_every_metier_of_the_index_has_its_sheet_in_the_folder_the_forms_name(site: Path) -> None:
    folders = {
        attributes["data-folder"]
        for _, tags in pages(site)
        for _, attributes in tags.found
        if "data-folder" in attributes
    }
    (folder,) = folders
    index = json.loads((site / "data" / "metiers.json").read_bytes())

    for rome in index["romes"]:
        sheets = json.loads((site / folder[1:] / f"{rome[:3]}.json").read_bytes())
        assert sheets[rome]["label"]
        assert all(sheets[rome]["definition"])
    assert folder.startswith("/assets/")
    assert max(map(zipped, (site / folder[1:]).iterdir())) <= 16_000


def test_the_index_tells_of_each_appellation_its_code_and_of_each_code_its_main_one(
    site: Path,
) -> None:
    index = json.loads((site / "data" / "metiers.json").read_bytes())
    codes = list(accumulate(index["codes"]))
    labels = index["labels"].split("\n")
    table = ShippedMetiers()

    assert sum(index["counts"]) == len(codes) == len(labels)
    rank = 0
    for rome, count in zip(index["romes"], index["counts"], strict=True):
        for code, label in zip(codes[rank:], labels[rank : rank + count], strict=False):
            metier = table.get(str(code))
            assert metier is not None
            assert (metier.rome, metier.label) == (rome, label)
        rank += count
    assert labels[codes.index(11573)] == "Boulanger / Boulangère"
    assert index["refused"].keys() == {"G1605", "I1201", "K2202", "L1102", "N4104"}


def test_the_scripts_pass_their_own_tests(site: Path) -> None:
    tests = sorted(str(path) for path in Path(__file__).parent.glob("*.test.mjs"))
    index = site / "data" / "metiers.json"

    ran = subprocess.run(
        ["node", "--test", *tests],
        env={**os.environ, "METIERS_JSON": str(index)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout
