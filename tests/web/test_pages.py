"""The pages as built: their scripts, links, fields and words."""

import re
from pathlib import Path
from typing import get_args

import pytest

from depot.domain.life import states as life
from local import web
from tests.web.built import Tags, files, pages, scripts_of, sources


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return web.build(tmp_path_factory.mktemp("site") / "web")


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
    for path in sources(site, "js"):
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
        for path in sources(site, kind):
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
    for path in sources(site, "html", "js"):
        assert "ourriel" not in path.read_text(encoding="utf-8"), path.name


def test_a_wrong_address_leads_home(site: Path) -> None:
    tags = Tags(site / "404.html")
    assert ("a", {"class": "fr-btn", "href": "/"}) in tags.found
    assert not [tag for tag, _ in tags.found if tag == "script"]
    assert (site / "404.html").stat().st_size < 6_000  # it travels inside a CloudFront function


def test_the_token_goes_to_the_api_only(site: Path) -> None:
    for path in sources(site, "js"):
        if path.name != "api.js":
            assert "Authorization:" not in path.read_text(encoding="utf-8")
    calls = [path for path in sources(site, "js") if "fetch(" in path.read_text(encoding="utf-8")]
    assert {path.name for path in calls} == {"api.js", "statistics.js"}


def test_every_link_inside_the_site_leads_somewhere(site: Path) -> None:
    for name, tags in pages(site):
        for link in tags.values("href") + tags.values("src"):
            if link.startswith("/") and link != "/" and not link.startswith("/feed/"):
                assert (site / link[1:].partition("?")[0]).is_file(), f"{name}: {link}"
            if link.startswith("#"):
                assert link[1:] in tags.values("id"), f"{name}: {link}"
    for css in sources(site, "css"):
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
