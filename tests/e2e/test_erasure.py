"""A canary through the deployed service: found again, moved, exported, erased; then looked for."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from playwright.sync_api import Page, expect

from tests import canary
from tests.e2e.site import Site, eventually


pytestmark = pytest.mark.emulator

BAKERY = "00009001900019"


def _aws(site: Site, service: str) -> Any:
    return boto3.client(
        service,
        endpoint_url=site.facts["emulator"],
        region_name=site.facts["region"],
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


def _stored(site: Site) -> dict[str, bytes]:
    """Every item of every table, every object of every bucket there is."""
    s3 = _aws(site, "s3")
    buckets = {bucket["Name"]: bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}
    ours = site.facts["tables"]
    every = {name: name for name in _aws(site, "dynamodb").list_tables()["TableNames"]}
    assert set(ours.values()) <= every.keys()
    return canary.everything(_aws(site, "dynamodb"), every, s3, buckets)


def _items(site: Site, recruiter_id: str) -> list[str]:
    tables = site.facts["tables"]
    names = (name for name, _ in canary.items(_aws(site, "dynamodb"), tables))
    return [name for name in names if f"/{recruiter_id}/" in name]


def test_a_person_erased_is_nowhere_but_in_the_feed_of_the_last_days(
    site: Site, page: Page, tmp_path: Path
) -> None:
    receipt = site.api("POST", "/recruiters", canary.deposit(BAKERY)).json()
    recruiter_id, offer_id = receipt["recruiter_id"], receipt["offers"][0]["id"]
    eventually(lambda: site.live().get(offer_id))
    eventually(lambda: site.mails("cfa-", canary.EMAIL))
    before = canary.found(_stored(site))
    assert len(before) > 5, "the scan finds her where she is"

    _find_the_link_again(site, page)
    link = _move(site, page)
    _download(page, link, tmp_path)
    _erase(page)

    assert eventually(lambda: site.withdrawn(offer_id)) in {"cancelled", "removed"}
    eventually(lambda: offer_id not in site.live())
    assert _items(site, recruiter_id) == [f"recruiters/{recruiter_id}/ERASURE"]
    eventually(lambda: not _outside_the_feed_s_past(site))
    assert site.mails(canary.NEW_EMAIL, "effacées")

    site.sweep(datetime.now(UTC) + timedelta(days=1, minutes=1))
    assert _items(site, recruiter_id) == []


def _find_the_link_again(site: Site, page: Page) -> None:
    page.goto(site.url + "/")
    page.get_by_role("link", name="Retrouver mon lien").click()
    page.get_by_label("Votre adresse e-mail, ou le SIRET").fill(canary.EMAIL)
    page.get_by_role("button", name="Recevoir mon lien").click()
    expect(page.get_by_role("heading", name="C’est noté")).to_be_visible()
    page.goto(_button(site, canary.EMAIL, "Votre lien pour gérer", "Gérer mes offres"))
    expect(page.get_by_role("heading", name="Mon offre en ligne")).to_be_visible()


def _button(site: Site, to: str, subject: str, label: str) -> str:
    """Where a button of the newest mail with this subject leads."""
    (mail, *_) = eventually(
        lambda: [mail for mail in site.mails(to) if mail["subject"].startswith(subject)]
    )
    lines = mail["text"].splitlines()
    return str(lines[next(n for n, line in enumerate(lines) if line.startswith(label)) + 1])


def _move(site: Site, page: Page) -> str:
    """Change the address and prove it; give the new manage link."""
    page.get_by_role("button", name="Modifier mes coordonnées").click()
    form = page.get_by_role("form", name="Modifier mes coordonnées")
    form.get_by_label("Adresse e-mail").fill(canary.NEW_EMAIL)
    form.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#recruiter")).to_contain_text("Nouvelle adresse à confirmer")
    assert eventually(lambda: site.mails(canary.EMAIL, canary.NEW_EMAIL))
    confirm = _button(site, canary.NEW_EMAIL, "Confirmez votre adresse", "Confirmer mon adresse")
    page.goto(confirm)
    page.get_by_role("button", name="Oui, c’est mon adresse").click()
    expect(page.get_by_role("link", name="Gérer mes offres")).to_be_visible()
    return _button(site, canary.NEW_EMAIL, "Votre nouveau lien", "Gérer mes offres")


def _download(page: Page, link: str, folder: Path) -> None:
    page.goto(link)
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger mes données").click()
    download.value.save_as(folder / "export.json")
    kept = json.loads((folder / "export.json").read_text(encoding="utf-8"))
    assert canary.PHONE.replace(" ", "")[1:] in json.dumps(kept)
    assert {"vous et l’entreprise", "vos offres", "e-mails envoyés ou à envoyer"} <= kept.keys()


def _erase(page: Page) -> None:
    page.get_by_role("button", name="Effacer mes données").click()
    page.get_by_label("Tapez EFFACER").fill("effacer")
    page.get_by_role("button", name="Oui, tout effacer").click()
    expect(page.get_by_role("heading", name="Vos données sont effacées")).to_be_visible()


def _outside_the_feed_s_past(site: Site) -> dict[str, list[str]]:
    """Where she is, but for the segments and former snapshots that go within eight days."""
    found = canary.found(_stored(site))
    feed = site.facts["feed_bucket"]
    past = (f"{feed}/feed/v1/changes/", f"{feed}/feed/v1/snapshots/")
    snapshot = site.index()["snapshot"]
    present = {f"{feed}/{file['path'].lstrip('/')}" for file in snapshot["files"].values()}
    return {
        name: traces
        for name, traces in found.items()
        if (name in present or not name.startswith(past))
        and "/data/communes/" not in name  # Canari is also a commune of Corse
    }
