"""The built pages: whole, fit for a strict content security policy, light, reproducible."""

import gzip
import json
import os
import re
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import accumulate
from pathlib import Path
from typing import get_args

import pytest

from depot.domain.life import states as life
from depot.reference.metiers import ShippedMetiers
from local import web


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return web.build(tmp_path_factory.mktemp("site") / "web")


class Tags(HTMLParser):
    """Every tag of a page, with its attributes."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes in self.found if attribute in attributes]


def pages(site: Path) -> Iterator[tuple[str, Tags]]:
    for name in web.PAGES:
        yield name, Tags(site / name)


def files(site: Path) -> dict[str, bytes]:
    found = (path for path in site.rglob("*") if path.is_file())
    return {str(path.relative_to(site)): path.read_bytes() for path in found}


def zipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def scripts_of(site: Path, page: str) -> list[str]:
    wanted = {"modulepreload", "stylesheet"}
    return [
        attributes.get("src") or attributes["href"]
        for tag, attributes in Tags(site / page).found
        if tag == "script" or attributes.get("rel") in wanted
    ]


def test_the_same_sources_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    assert files(web.build(tmp_path / "again")) == files(site)


def test_a_build_leaves_nothing_of_the_one_before(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "old.html").write_text("old")

    web.build(tmp_path / "web")

    assert not (tmp_path / "web" / "old.html").exists()


def test_no_page_needs_inline_code(site: Path) -> None:
    for name, tags in pages(site):
        for tag, attributes in tags.found:
            assert tag != "style", name
            assert tag != "script" or "src" in attributes, name
            assert not any(key == "style" or key.startswith("on") for key in attributes), name


def test_no_script_makes_html_or_code_of_text(site: Path) -> None:
    sinks = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|Function\(")
    for path in site.rglob("*.js"):
        assert not sinks.search(path.read_text(encoding="utf-8")), path.name


# Newer than the oldest browsers of web/README.md, by what would stop the page or change its looks.
TOO_RECENT = {
    "js": re.compile(
        r"\?\?=|\|\|=|&&=|randomUUID\(|structuredClone|\.at\(|\.findLast|Object\.(?:hasOwn|groupBy)"
        r"|\.toSorted\(|\.toReversed\(|\.requestSubmit\(|AbortSignal\.|Promise\.any|\(\?<[=!]"
        r"|static \{|^await |(?<![.\w])visualViewport",
        re.MULTILINE,
    ),
    "css": re.compile(
        r":(?:is|where|has)\(|(?:^|[;{\s])(?:inset(?:-\w+)*|aspect-ratio|accent-color):"
        r"|\d[sd]v[hw]\b|@(?:layer|container|property)|color-mix"
    ),
}


def test_nothing_is_too_recent_for_the_oldest_browsers(site: Path) -> None:
    for kind, too_recent in TOO_RECENT.items():
        for path in site.rglob(f"*.{kind}"):
            assert not (found := too_recent.search(_code(path))), f"{path.name}: {found}"


def _code(path: Path) -> str:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"(?m)\s//\s.*$", "", text) if path.suffix == ".js" else text


def test_reasons_of_a_closure_are_those_of_the_api(site: Path) -> None:
    phrases = next(site.rglob("phrases.js")).read_text(encoding="utf-8")
    table = phrases.partition("REASONS = {")[2].partition("\n};")[0]
    for outcome, reasons in life.REASONS.items():
        said = table.partition(f"{outcome}: {{")[2].partition("}")[0]
        assert set(re.findall(r"(\w+):", said)) == reasons


def test_channels_of_a_closure_and_moments_of_a_history_are_those_of_the_api(site: Path) -> None:
    phrases = next(site.rglob("phrases.js")).read_text(encoding="utf-8")
    table = phrases.partition("CHANNELS = {")[2].partition("\n};")[0]
    for reason, channels in life.CHANNELS.items():
        said = table.partition(f"{reason}: {{")[2].partition("}")[0]
        assert set(re.findall(r"(\w+):", said)) == channels
    history = next(site.rglob("history-phrases.js")).read_text(encoding="utf-8")
    done = history.partition("DONE = {")[2].partition("}")[0]
    assert set(re.findall(r"(\w+):", done)) == {"publish", *life.MOVES}
    who = history.partition("WHO = {")[2].partition("}")[0]
    assert set(re.findall(r"(\w+):", who)) == set(get_args(life.By.model_fields["who"].annotation))


def test_the_pages_say_e_mail(site: Path) -> None:
    for path in (*site.rglob("*.html"), *site.rglob("*.js")):
        assert "ourriel" not in path.read_text(encoding="utf-8"), path.name


def test_a_wrong_address_leads_home(site: Path) -> None:
    tags = Tags(site / "404.html")
    assert ("a", {"class": "fr-btn", "href": "/"}) in tags.found
    assert not [tag for tag, _ in tags.found if tag == "script"]
    assert (site / "404.html").stat().st_size < 6_000  # it travels inside a CloudFront function


def test_the_token_goes_to_the_api_only(site: Path) -> None:
    for path in site.rglob("*.js"):
        if path.name != "api.js":
            assert "Authorization:" not in path.read_text(encoding="utf-8")
    calls = [path for path in site.rglob("*.js") if "fetch(" in path.read_text(encoding="utf-8")]
    names = {"api.js", "communes.js", "metier-index.js", "metier-sheet.js", "statistics.js"}
    assert {path.name for path in calls} == names


def test_every_link_inside_the_site_leads_somewhere(site: Path) -> None:
    for name, tags in pages(site):
        for link in tags.values("href") + tags.values("src"):
            if link.startswith("/") and link != "/" and not link.startswith("/feed/"):
                assert (site / link[1:].partition("?")[0]).is_file(), f"{name}: {link}"
            if link.startswith("#"):
                assert link[1:] in tags.values("id"), f"{name}: {link}"
    for css in site.rglob("*.css"):
        for linked in re.findall(r"url\(([^\"')]+)\)", css.read_text(encoding="utf-8")):
            assert (css.parent / linked).is_file(), linked


def test_every_module_a_page_needs_is_told_at_once(site: Path) -> None:
    scripted = [name for name, tags in pages(site) if "script" in dict(tags.found)]
    assert {"index.html", "gerer.html", "lien.html"} <= set(scripted)
    for page in scripted:
        told = {Path(link).name for link in scripts_of(site, page)}
        for script in (name for name in told if name.endswith(".js")):
            source = next(site.rglob(script)).read_text(encoding="utf-8")
            assert set(re.findall(r'from "\./([\w-]+\.js)"', source)) <= told, script


def test_ids_are_single_and_what_refers_to_them_exists(site: Path) -> None:
    for name, tags in pages(site):
        ids = tags.values("id")
        assert len(ids) == len(set(ids)), name
        for attribute in ("for", "aria-describedby", "aria-controls", "aria-labelledby"):
            for referred in " ".join(tags.values(attribute)).split():
                assert referred in ids, f"{name}: {attribute} {referred}"


def test_every_field_has_a_label(site: Path) -> None:
    for name, tags in pages(site):
        for tag, attributes in tags.found:
            if tag in {"input", "select", "textarea"}:
                assert attributes["id"] in tags.values("for"), f"{name}: {attributes}"


def test_every_page_says_its_language_and_title_and_lets_skip(site: Path) -> None:
    for name, tags in pages(site):
        assert tags.found[0] == ("html", {"lang": "fr"}), name
        assert sum(tag == "title" for tag, _ in tags.found) == 1, name
        assert {"#contenu", "#pied"} <= set(tags.values("href")), name


def test_french_punctuation_keeps_to_its_word(site: Path) -> None:
    for name in web.PAGES:
        assert not re.search(r" [:;?!»]|« ", (site / name).read_text(encoding="utf-8")), name


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
