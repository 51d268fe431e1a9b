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
            "version": 1,
            "opco_claim": None,
            "contact": {"name": "Jeanne", "email": "jeanne@example.org", "phone": "+33553010203"},
        }
        self.offers = [_offer("a"), _offer("b", start_on="2020-01-06")]
        self.company: dict[str, Any] = {"verification": "to_verify", "opco": None}
        self.opco_choices: list[str] = []
        self.sent: list[tuple[str, Any]] = []

    def answer(self, method: str, path: str, body: Any) -> dict[str, Any]:
        if method != "GET":
            self.sent.append((path, body))
        if path.startswith("/companies/"):
            return {**self.company, "siret": self.recruiter["siret"]}
        if path == "/recruiters":
            return {
                "recruiter_id": "r1",
                "company_name": None,
                "email": "jeanne@example.org",
                "verification": self.recruiter["verification"],
                "manage_url": MANAGE,
                "offers": [_offer("a", ask_cfa=body["offers"][0]["ask_cfa"])],
            }
        if path == "/manage/opco":
            claim = {"opco_claim": body["opco"], "version": body["version"] + 1}
            self.recruiter = {**self.recruiter, **claim}
        if path in {"/manage", "/manage/opco"}:
            choices = {"opco_choices": self.opco_choices}
            return {"recruiter": self.recruiter, "offers": self.offers, **choices}
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


def _candidates(outcome: str, *candidates: str) -> dict[str, Any]:
    opco = {"outcome": outcome, "candidates": list(candidates)}
    return {"verification": "verified", "name": "AU BON PAIN", "address": None, "opco": opco}


def test_the_form_says_the_opco_when_it_is_known(drive: Callable[..., None]) -> None:
    def journey(page: Page, api: Api) -> None:
        api.company = _candidates("identified", "OPCO EP")
        _fill(page)
        expect(page.get_by_text("Votre OPCO : OPCO EP")).to_be_visible()
        expect(page.get_by_text("Quel est votre OPCO")).to_be_hidden()
        page.get_by_label("Numéro SIRET").fill("")
        expect(page.get_by_text("Votre OPCO : OPCO EP")).to_have_count(0)

    drive(journey)


def test_the_form_asks_which_opco_when_several_are_possible_and_keeps_the_answer(
    drive: Callable[..., None],
) -> None:
    def journey(page: Page, api: Api) -> None:
        api.company = _candidates("multiple", "AKTO", "OCAPIAT")
        _fill(page)
        page.get_by_role("group", name="Quel est votre OPCO").get_by_label("OCAPIAT").check(
            force=True
        )
        page.reload()
        expect(page.get_by_label("OCAPIAT")).to_be_checked()
        _submit(page)
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()
        ((_, body),) = api.sent
        assert body["opco"] == "OCAPIAT"

    drive(journey)


@pytest.mark.parametrize("answer", [None, "Je ne sais pas"])
def test_not_knowing_ones_opco_is_an_answer(drive: Callable[..., None], answer: str | None) -> None:
    def journey(page: Page, api: Api) -> None:
        api.company = _candidates("multiple", "AKTO", "OCAPIAT")
        _fill(page)
        expect(page.get_by_label("AKTO")).to_be_visible()
        if answer:
            page.get_by_label(answer).check(force=True)
        _submit(page)
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()
        assert api.sent[0][1]["opco"] is None

    drive(journey)


def test_the_opco_of_another_firm_is_not_sent(drive: Callable[..., None]) -> None:
    def journey(page: Page, api: Api) -> None:
        api.company = _candidates("multiple", "AKTO", "OCAPIAT")
        _fill(page)
        page.get_by_label("AKTO").check(force=True)
        api.company = _candidates("unknown")
        page.get_by_label("Numéro SIRET").fill("000 090 019 00019")
        expect(page.get_by_text("Quel est votre OPCO")).to_be_hidden()
        _submit(page)
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()
        assert api.sent[0][1]["opco"] is None

    drive(journey)


def test_an_uncertain_opco_is_chosen_on_the_manage_page(drive: Callable[..., None]) -> None:
    def journey(page: Page, api: Api) -> None:
        opco = {"state": "sent", "names": ["AKTO", "OCAPIAT"], "outcome": "multiple"}
        api.offers = [_offer("a", opco=opco), _offer("b", opco=opco)]
        api.opco_choices = ["AKTO", "OCAPIAT"]
        page.goto(MANAGE)
        card = page.locator("#offre-a")
        card.get_by_role("button", name="Indiquer mon OPCO").click()
        card.get_by_label("OCAPIAT").check(force=True)
        card.get_by_role("button", name="Enregistrer").click()
        expect(card).to_contain_text("C’est noté")
        assert api.sent == [("/manage/opco", {"version": 1, "opco": "OCAPIAT"})]
        page.locator("#offre-b").get_by_role("button", name="Indiquer mon OPCO").click()
        expect(page.locator("#offre-b").get_by_label("OCAPIAT")).to_be_checked()

    drive(journey)


def test_a_certain_opco_is_not_to_be_chosen(drive: Callable[..., None]) -> None:
    def journey(page: Page, _: Api) -> None:
        page.goto(MANAGE)
        expect(page.locator("#offre-a")).to_contain_text("OPCO EP")
        expect(page.get_by_role("button", name="Indiquer mon OPCO")).to_have_count(0)

    drive(journey)
