"""Build of the pages, ``web/`` -> ``build/web/``: static files, same bytes for same sources.

    *.html                   rendered by Jinja2 from web/pages
    assets/<digest>/         stylesheets, scripts, icons: named by content, to be cached for ever
    modele-depot.csv         the file partners fill in (depot.domain.deposit.deposit_file)
    data/metiers.json        the index behind the métier field (local/metiers.py)
    data/communes/24.json    the communes of the postcodes that begin with 24 (local/communes.py)
    css/offre.css, icon.svg  what public pages of offers link to: these names never change, the
                             pages stand for weeks; their templates (OFFERS) go with publish_feed

Scripts leave their comments here. A page's stylesheet is the DSFR's, component by component, and
ours, less what neither the page nor its scripts mention: a class they do not write, a custom
property nothing reads. The DSFR switches to its dark colours by script; here the browser's
preference does it alone.
"""

import hashlib
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any, Final

import jinja2

from depot.domain.deposit.deposit_file import template
from depot.words import french
from infra.config import PLACEHOLDER
from local import communes, metiers


ROOT: Final = Path(__file__).resolve().parent.parent
WEB: Final = ROOT / "web"
DSFR: Final = ROOT / "node_modules" / "@gouvfr" / "dsfr" / "dist"

PAGES: Final = (
    *("index.html", "partenaires.html", "gerer.html", "choisir-cfa.html"),
    *("lien.html", "mes-entreprises.html", "confirmer.html", "employeur.html"),
    *("opco.html", "cfa.html", "desinscription.html"),
    *("donnees-personnelles.html", "accessibilite.html", "statistiques.html", "404.html"),
)
OFFERS: Final = ("offre.html", "offre_terminee.html")
STYLESHEETS: Final = (
    "core/core.main.min.css",
    *(
        f"component/{name}/{name}.main.min.css"
        for name in (
            "link", "button", "form", "input", "select", "checkbox", "radio", "alert", "badge",
            "skiplink", "logo", "header", "footer", "tag",
        )
    ),
    "scheme/scheme.min.css",
)  # fmt: skip
FONTS: Final = ("Marianne-Regular", "Marianne-Medium", "Marianne-Bold")

_RULE: Final = re.compile(r"""([^{}]+)\{((?:[^{}"']|"[^"]*"|'[^']*')*)\}""")
_OLD_FONT: Final = re.compile(r',url\([^)]*\.woff\) format\("woff"\)')
_EMPTY_AT_RULE: Final = re.compile(r"@(?:media|supports)[^{}]*\{\s*\}")
_PROPERTY: Final = re.compile(r"""(--[\w-]+):(?:[^;{}"']|"[^"]*"|'[^']*')*(?:;|(?=\}))""")
_DARK: Final = re.compile(r"(?::root)?\[data-fr-theme=dark\]")
_COMMENT: Final = re.compile(r"^[ \t]*(?:/\*\*.*?\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL)
_LINKED: Final = re.compile(r"url\(((?:fonts|icons)/[^)]+)\)")
_IMPORT: Final = re.compile(r'^(?:import|export) [^;]*? from "\./([\w-]+\.js)";', re.MULTILINE)


def build(out: Path) -> Path:
    """Make the whole site in ``out``, which is emptied first; give it back."""
    shutil.rmtree(out, ignore_errors=True)
    site = _site()
    sheets = _write_assets(out, metiers.sheets())
    assets = _write_assets(out, _assets(site))
    offers = re.sub(r"url\((?=fonts/|icons/)", f"url(..{assets}/css/", _offers_stylesheet(site))
    _write(out / "css" / "offre.css", offers.encode())
    _write(out / "icon.svg", (WEB / "icon.svg").read_bytes())
    for name, page in _pages(site, assets, sheets).items():
        _write(out / name, page.encode())
    _write(out / "modele-depot.csv", template())
    _write(out / "data/metiers.json", metiers.index())
    for name, content in communes.files().items():
        _write(out / "data/communes" / name, content)
    return out


def _site() -> dict[str, Any]:
    """Who runs the service; a placeholder is nobody, and pages say so."""
    site = tomllib.loads((WEB / "site.toml").read_text(encoding="utf-8"))
    return {**site, "contact": "" if site["contact"].endswith(PLACEHOLDER) else site["contact"]}


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _write_assets(out: Path, files: dict[str, bytes]) -> str:
    """Write files that never change under a folder named by what they hold; give its address."""
    folder = f"assets/{_digest(files)}"
    for name, content in files.items():
        _write(out / folder / name, content)
    return f"/{folder}"


def _digest(files: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]


def _assets(site: dict[str, Any]) -> dict[str, bytes]:
    scripts = {f"js/{path.name}": _script(path) for path in sorted((WEB / "js").glob("*.js"))}
    css = {
        f"css/{name.removesuffix('.html')}.css": _stylesheet(_words(page), _fonts(site))
        for name, page in _pages(site, "", "").items()
    }
    offers = _offers_stylesheet(site)
    linked = {name for sheet in (*css.values(), offers) for name in _LINKED.findall(sheet)}
    return {
        **{name: sheet.encode() for name, sheet in css.items()},
        "icon.svg": (WEB / "icon.svg").read_bytes(),
        # Beside the stylesheets, where they look for it.
        **{f"css/{name}": (DSFR / name).read_bytes() for name in sorted(linked)},
        **scripts,
    }


def _fonts(site: dict[str, Any]) -> tuple[str, ...]:
    return FONTS if site["state_brand"] else ()


def _offers_stylesheet(site: dict[str, Any]) -> str:
    """Give the one stylesheet of pages of offers, from their templates."""
    sources = [(WEB / "pages" / name).read_text("utf-8") for name in ("layout.html", *OFFERS)]
    own = (WEB / "css" / "offer.css").read_text("utf-8")
    return _stylesheet(_words(" ".join(sources)), _fonts(site)) + own


def _script(path: Path) -> bytes:
    """Give a script without the comments that have lines of their own: phones pay for each byte."""
    return _COMMENT.sub("", path.read_text(encoding="utf-8")).encode()


# --- pages


def _pages(site: dict[str, Any], assets: str, sheets: str) -> dict[str, str]:
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(WEB / "pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals["levels"] = french.LEVELS
    shared = {"site": site, "assets": assets, "sheets": sheets, "modules": _modules}
    return {
        name: french.spaces(
            templates.get_template(name).render(shared, sheet=name.removesuffix(".html"))
        )
        for name in PAGES
    }


def _modules(script: str) -> list[str]:
    """Give the modules a script imports, near and far: told at once, they load side by side."""
    seen: list[str] = []
    waiting = [script]
    while waiting:
        source = (WEB / "js" / waiting.pop()).read_text(encoding="utf-8")
        found = [name for name in _IMPORT.findall(source) if name not in seen]
        seen += found
        waiting += found
    return sorted(seen)


# --- stylesheet


def _words(page: str) -> frozenset[str]:
    """Words a page and its scripts are made of: the classes it can show are among them."""
    scripts = (f"{WEB}/js/{name}" for name in re.findall(r'/js/([\w-]+\.js)"', page))
    written = [page, *(Path(script).read_text(encoding="utf-8") for script in scripts)]
    return frozenset(re.findall(r"[\w-]+", " ".join(written)))


def _stylesheet(words: frozenset[str], fonts: tuple[str, ...]) -> str:
    """Give the stylesheet for a page made of these words: what another shows weighs nothing."""
    css = "".join(_component(name) for name in STYLESHEETS) + _own()
    css = _RULE.sub(lambda rule: _kept(rule[1].strip(), rule[2], words, fonts), css)
    return _without_unread_properties(_EMPTY_AT_RULE.sub("", css))


def _own() -> str:
    return re.sub(r"/\*.*?\*/", "", (WEB / "css" / "site.css").read_text("utf-8"), flags=re.DOTALL)


def _component(name: str) -> str:
    css = (DSFR / name).read_text(encoding="utf-8")
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).removeprefix('@charset "UTF-8";')
    return re.sub(r"url\((?:\.\./)+", "url(", css)


def _kept(prelude: str, body: str, words: frozenset[str], fonts: tuple[str, ...]) -> str:
    if prelude == "@font-face":
        # woff2 alone: every browser reads it.
        kept = any(f"/{font}.woff2" in body for font in fonts)
        return f"@font-face{{{_OLD_FONT.sub('', body)}}}" if kept else ""
    selectors = [each for each in re.split(r",(?![^(]*\))", prelude) if _may_match(each, words)]
    if not selectors:
        return ""
    dark = [each for each in selectors if _DARK.search(each)]
    light = [each for each in selectors if each not in dark]
    text = f"{','.join(light)}{{{body}}}" if light else ""
    if dark:
        # Twice :root weighs as much as :root and an attribute: the order of precedence is kept.
        chosen = ",".join(_DARK.sub(":root:root", each) for each in dark)
        text += f"@media (prefers-color-scheme:dark){{{chosen}{{{body}}}}}"
    return text


def _may_match(selector: str, words: frozenset[str]) -> bool:
    positive = re.sub(r":not\([^)]*\)", "", selector)
    beginnings = re.findall(r"""\[class[*^]=["']? ?([\w-]+)""", positive)
    return set(re.findall(r"\.([a-zA-Z_][\w-]*)", positive)) <= words and all(
        any(word.startswith(beginning) for word in words) for beginning in beginnings
    )


def _without_unread_properties(css: str) -> str:
    """Drop the custom properties nothing reads, then those only they read, and so on."""
    read = frozenset(re.findall(r"var\((--[\w-]+)", css))
    lean = _PROPERTY.sub(lambda found: found[0] if found[1] in read else "", css)
    return css if lean == css else _without_unread_properties(lean)


if __name__ == "__main__":
    build(ROOT / "build" / "web")
