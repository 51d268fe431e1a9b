"""The pages' templates and who runs the service: files of a layer of their own.

They belong to the site (``web/``), which this package does not know: the CDK app puts them into the
layer as they are (``infra/layers.py``), so that header, footer and words are written once.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final


PACKAGE: Final = "depot_web"
LAYOUT: Final = "layout.html"
OFFER: Final = "offre.html"
GONE: Final = "offre_terminee.html"


@dataclass(frozen=True)
class Templates:
    """Jinja sources by name, and the settings of the site (``web/site.toml``)."""

    sources: Mapping[str, str]
    site: Mapping[str, Any]


def deployed_templates() -> Templates:
    """Read those of this deployment."""
    web = files(PACKAGE)
    names = (LAYOUT, OFFER, GONE)
    return Templates(
        {name: (web / "pages" / name).read_text("utf-8") for name in names},
        tomllib.loads((web / "site.toml").read_text("utf-8")),
    )
