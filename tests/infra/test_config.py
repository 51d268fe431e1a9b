"""Stage files: complete, valid, and honest about what is still to be filled in."""

import re
import subprocess
import sys

import pytest
from aws_cdk import App
from pydantic import ValidationError

from infra import privacy, routes
from infra.app import build
from infra.config import STAGES, Stage, load, objections
from tests.infra.conftest import ROOT


# What writes no letter, nor wakes a function that does.
QUIET = {
    "PUT /api/manage/firm": "the offers follow; nobody is told",
    "POST /api/manage/offers/{offer_id}/extension": "the reminder comes weeks later, once",
    "POST /api/manage/keeping": "it notes that the dossier is used",
    "POST /api/cfa/reading": "it notes a reading",
    "POST /api/cfa/subscription": "it lifts or sets a refusal: less mail, or as before",
    "POST /api/cfa/unsubscribe": "it stops mail",
}


@pytest.mark.parametrize("stage", sorted(path.stem for path in STAGES.glob("*.json")))
def test_every_route_that_changes_something_is_limited_or_writes_to_nobody(stage):
    every = {*routes.CREATE_RECRUITER, *routes.ADD_OFFER, *routes.MANAGE_OFFERS}
    changing = {route for route in every if not route.startswith("GET ")}
    limited = load(stage).route_limits.keys()

    assert limited <= every, "a limit of no route"
    assert changing - limited == QUIET.keys()


def test_the_emulator_has_nothing_to_fill_in():
    assert objections("local") == []


def test_a_deployment_is_refused_while_an_address_is_missing():
    command = [sys.executable, "-m", "infra.config", "prod"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode == 0) == (objections("prod") == [])
    assert done.stderr.splitlines() == objections("prod")


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("", "web/site.toml: contact is empty: people must have whom to write to"),
        ("donnees@a-renseigner.invalid", "web/site.toml: contact is still a placeholder"),
        ("donnees@example.org", None),
    ],
)
def test_a_stage_open_to_the_public_names_whom_to_write_to_about_personal_data(
    contact, said, tmp_path, monkeypatch
):
    site = tmp_path / "web" / "site.toml"
    site.parent.mkdir()
    site.write_text(f'contact = "{contact}"', encoding="utf-8")
    monkeypatch.setattr(privacy, "SITE", site)

    found = [line for line in objections("prod") if "site.toml" in line]
    assert [line.startswith(said or "?") for line in found] == ([True] if said else [])
    assert objections("local") == []
    privacy.require_contact("local")
    if contact:
        privacy.require_contact("prod")
        return
    with pytest.raises(privacy.ContactMissing, match="whom to write to"):
        build(App(), load("prod"))


def test_a_slip_in_a_stage_file_is_found():
    text = (STAGES / "local.json").read_text(encoding="utf-8")

    with pytest.raises(ValidationError, match="extra_forbidden"):
        Stage.model_validate_json(text.replace('"region"', '"regoin"'))


@pytest.mark.parametrize("alone", ["domain", "certificate_arn"])
def test_a_domain_and_its_certificate_come_together(alone):
    given = {**load("prod").model_dump(), "domain": None, "certificate_arn": None}

    with pytest.raises(ValidationError, match="domain and certificate_arn"):
        Stage.model_validate(given | {alone: "depot.example"})


def test_infra_reads_the_schema_and_nothing_else_of_ours():
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "infra").glob("*.py"))
    ours = re.findall(r"^\s*(?:from|import) ((?:depot|functions|local)\b.*)$", text, re.MULTILINE)

    assert set(ours) == {"depot.storage import schema"}


def test_there_is_no_other_stage():
    with pytest.raises(FileNotFoundError):
        load("staging")
