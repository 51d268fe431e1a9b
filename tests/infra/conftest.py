"""The template of production, synthesised once: no AWS, no packages, two empty pages."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App
from aws_cdk.assertions import Annotations, Match, Template

from infra.app import build
from infra.config import load
from infra.layers import SKIP
from infra.site import PAGES


ROOT = Path(__file__).resolve().parents[2]
FUNCTIONS = sorted(path.parent.name for path in (ROOT / "functions").glob("*/handler.py"))

Resources = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Cloud:
    """A synthesised template, by resource type."""

    template: Mapping[str, Any]
    warnings: list[str]

    def of(self, kind: str) -> Resources:
        """Properties of every resource of one type, by logical id; there is one at least."""
        found = {
            name: resource.get("Properties", {})
            for name, resource in self.template["Resources"].items()
            if resource["Type"] == f"AWS::{kind}"
        }
        assert found, f"no {kind}: what is said of each would hold of none"
        return found

    def only(self, kind: str) -> Mapping[str, Any]:
        """Properties of the only resource of a type."""
        (properties,) = self.of(kind).values()
        return properties

    @property
    def functions(self) -> dict[str, tuple[str, Mapping[str, Any]]]:
        """Logical id and properties of each of our functions, by name."""
        made = self.of("Lambda::Function").items()
        return {
            name: next(
                (logical, properties)
                for logical, properties in made
                if logical.startswith(f"{name.replace('_', '')}Function")
            )
            for name in FUNCTIONS
        }

    def statements(self, function: str) -> list[Mapping[str, Any]]:
        """What a function's own role allows; something at least."""
        role = self.functions[function][1]["Role"]["Fn::GetAtt"][0]
        allowed = [
            statement
            for policy in self.of("IAM::Policy").values()
            if {"Ref": role} in policy["Roles"]
            for statement in policy["PolicyDocument"]["Statement"]
        ]
        assert allowed, function
        return allowed


def listed(value: Any) -> list[Any]:
    """IAM writes one thing bare and several as a list."""
    return value if isinstance(value, list) else [value]


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Cloud:
    return synthesised("prod", tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="session")
def local_cloud(tmp_path_factory: pytest.TempPathFactory) -> Cloud:
    return synthesised("local", tmp_path_factory.mktemp("pages"))


def synthesised(stage: str, pages: Path) -> Cloud:
    """Synthesise a stage."""
    (pages / "assets").mkdir()
    (pages / "assets" / "depot.css").touch()
    (pages / "index.html").touch()
    (pages / "404.html").write_text("<p>Cette page n’existe pas.</p>", encoding="utf-8")
    flags = json.loads((ROOT / "cdk.json").read_text())["context"]
    app = App(context={**flags, "stage": stage, SKIP: True, PAGES: str(pages)})
    stack = build(app, load(stage))
    found = Annotations.from_stack(stack).find_warning("*", Match.any_value())
    template = Template.from_stack(stack).to_json()
    return Cloud(template, [str(warning.entry.data) for warning in found])
