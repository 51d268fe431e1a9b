"""The pages in Chromium, on an API played here: what no test of pure functions can see.

The origin is plain HTTP and not localhost: what browsers keep for secure origins is missing.
"""

import json
import mimetypes
import os
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, Route, expect, sync_playwright

from local import web


ORIGIN = "http://depot.test"
MANAGE = f"{ORIGIN}/gerer.html#token"
SIRET = "487 444 697 00428"
UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")

OVEN = {
    "label": "12 rue du Four 24330 Boulazac Isle Manoire",
    "street": "12 rue du Four",
    "postcode": "24330",
    "city": "Boulazac Isle Manoire",
    "insee": "24053",
}

Journey = Callable[[Page, "Api"], None]


class Api:
    """Answers what it is told to, and remembers what it was sent."""

    def __init__(self, verification: str) -> None:
        self.recruiter = {
            "id": "r1",
            "siret": "48744469700428",
            "company_name": None,
            "address": None,
            "verification": verification,
            "contact": {"name": "Jeanne", "email": "jeanne@example.org", "phone": "+33553010203"},
        }
        self.offers = [_offer("a"), _offer("b", start_on="2020-01-06"), _offer("c", workplace=OVEN)]
        self.sent: list[tuple[str, Any]] = []

    def answer(self, method: str, path: str, body: Any) -> dict[str, Any]:
        if method != "GET":
            self.sent.append((path, body))
        if path.startswith("/companies/"):
            return {"verification": "to_verify", "siret": self.recruiter["siret"]}
        if path == "/recruiters":
            return {
                "recruiter_id": "r1",
                "company_name": None,
                "email": "jeanne@example.org",
                "verification": self.recruiter["verification"],
                "manage_url": MANAGE,
                "offers": [_offer("a", ask_cfa=body["offers"][0]["ask_cfa"])],
            }
        if path == "/manage":
            return {"recruiter": self.recruiter, "offers": self.offers}
        return _offer(path.split("/")[3], version=2)


def _offer(offer_id: str, **given: Any) -> dict[str, Any]:
    return {
        "id": offer_id,
        "version": 1,
        "state": "live",
        "metier": {"code": "11573", "label": "Boulanger / Boulangère", "rome": "D1102"},
        "level": None,
        "start_on": None,
        "openings": 1,
        "description": None,
        "ask_cfa": True,
        "workplace": None,
        "published_at": "2026-11-23T10:00:00Z",
        "ends_on": "2026-12-21",
        "days_left": 28,
        "closed_at": None,
        "opco": {"state": "sent", "names": ["OPCO EP"]},
        "cfas": [],
        "cfa_outcome": None,
    } | given


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return web.build(tmp_path_factory.mktemp("site") / "web")


@pytest.fixture(scope="module")
def drive(site: Path) -> Iterator[Callable[..., None]]:
    """Run a journey on a phone. In a thread of its own: tests/e2e holds this one's event loop."""
    with ThreadPoolExecutor(1) as thread:
        playwright = thread.submit(lambda: sync_playwright().start()).result()
        browser = thread.submit(_launch, playwright).result()

        def run(journey: Journey, verification: str = "verified") -> None:
            thread.submit(_run, browser, site, journey, Api(verification)).result()

        yield run
        thread.submit(browser.close).result()
        thread.submit(playwright.stop).result()


def _launch(playwright: Playwright) -> Browser:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert chromium, "no Chromium: `make test` finds or installs one and says so in CHROMIUM"
    return playwright.chromium.launch(
        executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
    )


def _run(browser: Browser, site: Path, journey: Journey, api: Api) -> None:
    def serve(route: Route) -> None:
        request = route.request
        path = request.url.removeprefix(ORIGIN).partition("?")[0].partition("#")[0]
        if path.startswith("/api/"):
            body = json.loads(request.post_data) if request.post_data else None
            answer = api.answer(request.method, path.removeprefix("/api"), body)
            route.fulfill(status=200, json=answer)
            return
        file = site / (path.lstrip("/") or "index.html")
        kind = "text/javascript" if file.suffix == ".js" else mimetypes.guess_type(file)[0]
        route.fulfill(body=file.read_bytes(), content_type=f"{kind}; charset=utf-8")

    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
    context.route("**/*", serve)
    try:
        journey(context.new_page(), api)
    finally:
        context.close()


def _fill(page: Page) -> None:
    page.goto(f"{ORIGIN}/")
    page.get_by_label("Numéro SIRET").fill(SIRET)
    page.get_by_role("combobox", name="Métier recherché").press_sequentially("boulang")
    page.get_by_role("option", name="Boulanger / Boulangère", exact=True).click()
    page.get_by_label("Faire connaître mon besoin aux CFA").check(force=True)
    page.get_by_label("Prénom et nom").fill("Jeanne Martin")
    page.get_by_label("Téléphone").fill("05 53 01 02 03")
    page.get_by_label("Adresse e-mail").fill("jeanne@example.org")


def _submit(page: Page) -> None:
    page.get_by_role("button", name="Déposer mon besoin").click()


def test_a_deposit_needs_no_secure_origin(drive: Callable[..., None]) -> None:
    def journey(page: Page, api: Api) -> None:
        _fill(page)
        assert page.evaluate("typeof crypto.randomUUID") == "undefined"
        _submit(page)
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()
        ((_, body),) = api.sent
        assert UUID4.fullmatch(body["submission_id"])

    drive(journey)


@pytest.mark.parametrize(
    ("verification", "said", "not_said"),
    [
        ("verified", "CFA proches qui préparent à ce métier sont contactés", "une fois votre"),
        (
            "to_verify",
            "CFA proches seront contactés une fois votre SIRET vérifié",
            "sont contactés",
        ),
    ],
)
def test_centres_are_said_to_be_asked_only_when_they_are(
    drive: Callable[..., None], verification: str, said: str, not_said: str
) -> None:
    def journey(page: Page, _: Api) -> None:
        _fill(page)
        _submit(page)
        expect(page.get_by_text(said)).to_be_visible()
        expect(page.get_by_text(not_said)).to_be_hidden()

    drive(journey, verification)


def test_the_manage_page_says_what_the_centres_wait_for(drive: Callable[..., None]) -> None:
    def journey(page: Page, _: Api) -> None:
        page.goto(MANAGE)
        card = page.locator("#offre-a")
        expect(card).to_contain_text("seront contactés une fois votre SIRET vérifié")

    drive(journey, "to_verify")


@pytest.mark.parametrize("at_first", ["before", "after"])
def test_a_press_that_breaks_says_so_and_can_be_tried_again(
    drive: Callable[..., None], at_first: str
) -> None:
    """Before the request or after its answer: the same content keeps its id."""
    broken = {
        "before": "window.kept = crypto.getRandomValues, crypto.getRandomValues = undefined",
        "after": "window.kept = window.URL, window.URL = undefined",
    }
    mended = {"before": "crypto.getRandomValues = window.kept", "after": "window.URL = window.kept"}

    def journey(page: Page, api: Api) -> None:
        _fill(page)
        page.evaluate(f"void ({broken[at_first]})")
        _submit(page)
        expect(page.get_by_text("Nous n’avons pas pu joindre le service")).to_be_visible()
        page.evaluate(f"void ({mended[at_first]})")
        page.get_by_role("button", name="Réessayer").click()
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()
        assert len({body["submission_id"] for _, body in api.sent}) == 1

    drive(journey)


def test_two_closing_panels_do_not_mix(drive: Callable[..., None]) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(MANAGE)
        first, second = page.locator("#offre-a"), page.locator("#offre-b")
        first.get_by_role("button", name="Annuler l’offre").click()
        second.get_by_role("button", name="Annuler l’offre").click()
        first.get_by_label("Autre raison").check(force=True)
        second.get_by_text("Je ne reçois pas de candidature").click()
        expect(first.get_by_label("Autre raison")).to_be_checked()
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(({id}) => id)")
        assert len(ids) == len(set(ids))
        second.get_by_role("button", name="Oui, annuler l’offre").click()
        expect(second).to_contain_text("Offre clôturée")
        ((path, body),) = api.sent
        assert path == "/manage/offers/b/closure"
        assert (body["outcome"], body["reason"]) == ("cancelled", "no_applications")

    drive(journey)


def test_a_past_start_date_does_not_block_an_edit(drive: Callable[..., None]) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(MANAGE)
        page.locator("#offre-b").get_by_role("button", name="Modifier").click()
        form = page.get_by_role("form", name=re.compile("Modifier l’offre"))
        form.get_by_label("Date de début").fill("2020-01-07")
        form.get_by_role("button", name="Enregistrer").click()
        expect(form.locator("#start_on-messages")).to_contain_text("Cette date est passée")
        form.get_by_label("Date de début").fill("2020-01-06")
        form.get_by_role("button", name="Enregistrer").click()
        expect(page.locator("#offre-b")).to_contain_text("Offre modifiée")
        ((_, body),) = api.sent
        assert body["start_on"] == "2020-01-06"

    drive(journey)


def _elsewhere(page: Page, postcode: str) -> None:
    page.get_by_text("Préciser le besoin").click()
    page.get_by_label("L’apprenti travaillera à une autre adresse").check(force=True)
    page.get_by_label("Numéro et voie").fill("12 rue du Four")
    page.get_by_label("Code postal").press_sequentially(postcode)


def test_an_address_elsewhere_needs_a_postcode_and_a_choice(drive: Callable[..., None]) -> None:
    def journey(page: Page, api: Api) -> None:
        _fill(page)
        _elsewhere(page, "24330")
        page.get_by_label("Commune").select_option("La Douze")
        page.reload()  # the draft holds it
        expect(page.get_by_label("Commune")).to_have_value("La Douze")
        page.get_by_label("Code postal").fill("24000")
        expect(page.get_by_label("Commune")).to_have_value("Périgueux")  # the only one
        _submit(page)
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()
        ((_, body),) = api.sent
        assert body["offers"][0]["workplace"] == {
            "street": "12 rue du Four",
            "postcode": "24000",
            "city": "Périgueux",
        }

    drive(journey)


def test_a_postcode_of_no_commune_is_told_at_once_and_not_sent(drive: Callable[..., None]) -> None:
    def journey(page: Page, api: Api) -> None:
        _fill(page)
        _elsewhere(page, "24019")
        said = page.locator("#workplace-postcode-messages")
        expect(said).to_contain_text("à la place d’un code CEDEX")
        _submit(page)
        expect(page.get_by_text("Un point à corriger")).to_be_visible()
        expect(said).to_contain_text("à la place d’un code CEDEX")
        assert api.sent == []

    drive(journey)


def test_a_commune_is_typed_when_the_list_cannot_be_loaded(drive: Callable[..., None]) -> None:
    def journey(page: Page, api: Api) -> None:
        page.route("**/data/communes/*", lambda route: route.abort())
        _fill(page)
        _elsewhere(page, "24000")
        page.get_by_role("textbox", name="Commune").fill("Périgueux")
        _submit(page)
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()
        ((_, body),) = api.sent
        assert body["offers"][0]["workplace"]["city"] == "Périgueux"

    drive(journey)


def test_an_edit_shows_the_address_and_unchecking_it_returns_to_the_firm(
    drive: Callable[..., None],
) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(MANAGE)
        card = page.locator("#offre-c")
        expect(card).to_contain_text(OVEN["label"])
        card.get_by_role("button", name="Modifier").click()
        form = page.get_by_role("form", name=re.compile("Modifier l’offre"))
        expect(form.get_by_label("Commune")).to_have_value(OVEN["city"])
        form.get_by_label("L’apprenti travaillera à une autre adresse").uncheck(force=True)
        expect(form.get_by_label("Commune")).to_be_hidden()
        form.get_by_role("button", name="Enregistrer").click()
        expect(card).to_contain_text("Offre modifiée")
        ((_, body),) = api.sent
        assert body["workplace"] is None

    drive(journey)
