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
from playwright.sync_api import Browser, Locator, Page, Playwright, Route, expect, sync_playwright

from local import web


ORIGIN = "http://depot.test"
MANAGE = f"{ORIGIN}/gerer.html#token"
OPCO = f"{ORIGIN}/opco.html"
SIRET = "487 444 697 00428"
PASTRY = {"code": "17576", "label": "Pâtissier / Pâtissière", "rome": "D1104"}
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
            "version": 1,
            "correction": None,
            "siret": "48744469700428",
            "company_name": None,
            "address": None,
            "verification": verification,
            "opco_claim": None,
            "contact": {"name": "Jeanne", "email": "jeanne@example.org", "phone": "+33553010203"},
        }
        self.offers = [_offer("a"), _offer("b", start_on="2020-01-06"), _offer("c", workplace=OVEN)]
        self.company: dict[str, Any] = {"verification": "to_verify", "opco": None}
        self.opco_choices: list[str] = []
        self.notice = _notice()
        self.refusals: dict[str, tuple[int, Any]] = {}
        self.sent: list[tuple[str, Any]] = []
        self.twins: list[dict[str, Any]] = []

    def status(self, path: str, body: Any) -> int:
        """Ask about duplicates while there are twins, as the service does."""
        deposits = path.endswith(("/recruiters", "/offers"))
        return 409 if deposits and self.twins and body["duplicates"] == "ask" else 200

    def answer(self, method: str, path: str, body: Any) -> dict[str, Any]:
        if method != "GET":
            self.sent.append((path, body))
        if self.status(path, body) == 409:
            return {"code": "duplicate", "current": {"offers": self.twins}}
        if path.startswith("/companies/"):
            return {**self.company, "siret": self.recruiter["siret"]}
        answers: dict[str, Callable[[Any], dict[str, Any]]] = {
            "/recruiters": self._receipt,
            "/manage": self._page,
            "/manage/firm": self._corrected,
            "/manage/opco": self._declared,
            "/notice": lambda _: self.notice,
            "/notice/answer": self._answered,
            "/duplicates": lambda _: {"accepted": True},
            "/recruiters/r1/offers": lambda _: _offer("new"),
        }
        if path in answers:
            return answers[path](body)
        kept = {"openings": body["openings"]} if body and "openings" in body else {}
        return _offer(path.split("/")[3], version=2, **kept)

    def _page(self, _: Any) -> dict[str, Any]:
        choices = {"opco_choices": self.opco_choices}
        return {"recruiter": self.recruiter, "offers": self.offers, **choices}

    def _declared(self, body: Any) -> dict[str, Any]:
        self.recruiter |= {"opco_claim": body["opco"], "version": body["version"] + 1}
        return self._page(body)

    def _receipt(self, body: Any) -> dict[str, Any]:
        return {
            "recruiter_id": "r1",
            "company_name": None,
            "email": "jeanne@example.org",
            "verification": self.recruiter["verification"],
            "manage_url": MANAGE,
            "offers": [_offer("a", ask_cfa=body["offers"][0]["ask_cfa"])],
        }

    def _corrected(self, body: Any) -> dict[str, Any]:
        said = {"name": body["name"], "address": body["address"] and OVEN}
        shown = {"company_name": said["name"], "address": said["address"]}
        self.recruiter |= {**shown, "correction": said, "version": 2}
        return self.recruiter

    def _answered(self, body: Any) -> dict[str, Any]:
        passed = {"status": "passed_on", "addressee": body.get("to"), "contact": None}
        given = {"answer": body["answer"], "answered_at": "2026-11-26T09:00:00Z"}
        self.notice |= passed if body["answer"] == "not_ours" else given
        return self.notice | {"version": 3}


def _twin(offer: dict[str, Any] | None = None) -> dict[str, Any]:
    shown = offer or _offer("unknown")
    public = ("metier", "openings", "published_at", "ends_on", "days_left")
    # As the API writes it: what is missing is left out.
    own = {"offer": {key: value for key, value in shown.items() if value is not None}}
    return {key: shown[key] for key in public} | (own if offer else {})


def _offer(offer_id: str, **given: Any) -> dict[str, Any]:
    return {
        "id": offer_id,
        "version": 1,
        "state": "live",
        "metier": {"code": "11573", "label": "Boulanger / Boulangère", "rome": "D1102"},
        "other_metiers": [],
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
        "opco": {"state": "sent", "names": ["OPCO EP"], "desk": False, "declined": []},
        "cfas": [],
        "cfa_outcome": None,
    } | given


def _notice(**given: Any) -> dict[str, Any]:
    return {
        "version": 2,
        "status": "current",
        "addressee": "OPCO EP",
        "answer": None,
        "answered_at": None,
        "metier": {"code": "11573", "label": "Boulanger / Boulangère", "rome": "D1102"},
        "firm": "LE FOURNIL FICTIF",
        "siret": "00009001900019",
        "address": "1 RUE DU FOUR 24000 PERIGUEUX",
        "verified": True,
        "need": {
            "other_metiers": [
                {"code": "17576", "label": "Pâtissier / Pâtissière", "rome": "D1104"}
            ],
            "level": "3",
            "start_on": None,
            "openings": 2,
            "description": "Four à bois, travail de nuit.",
            "workplace": None,
            "ends_on": "2026-12-21",
        },
        "contact": {"name": "Jeanne Martin", "email": "j@example.org", "phone": "+33553010203"},
        "heirs": ["AKTO", "OCAPIAT"],
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
            asked = path.removeprefix("/api")
            if asked in api.refusals:
                status, problem = api.refusals[asked]
                route.fulfill(status=status, json=problem)
            else:
                answer = api.answer(request.method, asked, body)
                route.fulfill(status=api.status(asked, body), json=answer)
            return
        file = site / (path.lstrip("/") or "index.html")
        kind = "text/javascript" if file.suffix == ".js" else mimetypes.guess_type(file)[0]
        route.fulfill(body=file.read_bytes(), content_type=f"{kind}; charset=utf-8")

    context = browser.new_context(
        reduced_motion="reduce", viewport={"width": 390, "height": 844}, locale="fr-FR"
    )
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


def _there(page: Page) -> Locator:
    return page.get_by_role("group", name="Lieu de travail de l’apprenti")


def _elsewhere(page: Page, postcode: str) -> None:
    page.get_by_text("Préciser le besoin").click()
    page.get_by_label("L’apprenti travaillera à une autre adresse").check(force=True)
    _there(page).get_by_label("Numéro et voie").fill("12 rue du Four")
    _there(page).get_by_label("Code postal").press_sequentially(postcode)


def test_an_address_elsewhere_needs_a_postcode_and_a_choice(drive: Callable[..., None]) -> None:
    def journey(page: Page, api: Api) -> None:
        _fill(page)
        _elsewhere(page, "24330")
        _there(page).get_by_label("Commune").select_option("La Douze")
        page.reload()  # the draft holds it
        expect(_there(page).get_by_label("Commune")).to_have_value("La Douze")
        _there(page).get_by_label("Code postal", exact=True).fill("24000")
        expect(_there(page).get_by_label("Commune")).to_have_value("Périgueux")  # the only one
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
        _there(page).get_by_role("textbox", name="Commune").fill("Périgueux")
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


def test_an_adviser_sees_whom_to_call_and_a_press_alone_answers(drive: Callable[..., None]) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(f"{OPCO}#token")
        call = page.get_by_role("link", name="Appeler le 05 53 01 02 03")
        expect(call).to_have_attribute("href", "tel:+33553010203")
        mail = page.get_by_role("link", name="j@example.org")
        expect(mail).to_have_attribute("href", "mailto:j@example.org")
        for told in ("LE FOURNIL FICTIF", "Boulanger", "Jeanne Martin", "24000 PERIGUEUX"):
            expect(page.locator("#need")).to_contain_text(told)
        page.get_by_role("button", name="J’ai contacté l’entreprise").click()
        assert api.sent == []
        page.get_by_role("button", name="Oui, je l’ai contactée").click()
        expect(page.get_by_text("C’est noté")).to_be_visible()
        expect(page.locator("#badge")).to_have_text("Contacté")
        assert api.sent == [("/notice/answer", {"version": 2, "answer": "contacted"})]

    drive(journey)


@pytest.mark.parametrize(
    ("action", "title"),
    [
        ("contact", "Dire que vous prenez contact"),
        ("contacte", "Dire que vous avez contacté"),
        ("transmettre", "Transmettre ce besoin"),
    ],
)
def test_a_link_of_the_mail_opens_its_choice_and_does_nothing_more(
    drive: Callable[..., None], action: str, title: str
) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(f"{OPCO}?action={action}#token")
        expect(page.get_by_role("heading", name=title)).to_be_visible()
        assert api.sent == []
        assert page.url == f"{OPCO}#token"
        page.get_by_role("button", name="Ne rien changer").click()
        expect(page.get_by_role("heading", name=title)).to_be_hidden()

    drive(journey)


@pytest.mark.parametrize(("to", "said"), [("AKTO", "AKTO en est"), (None, "L’accueil du service")])
def test_a_need_is_passed_on_and_its_contact_leaves_the_page(
    drive: Callable[..., None], to: str | None, said: str
) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(f"{OPCO}?action=transmettre#token")
        if to:
            page.get_by_label("OPCO à qui le transmettre").select_option(to)
        page.get_by_role("button", name="Oui, transmettre ce besoin").click()
        expect(page.get_by_role("heading", name="Ce besoin a été transmis")).to_be_visible()
        expect(page.get_by_text(said)).to_be_visible()
        assert "Jeanne" not in page.content()
        ((_, body),) = api.sent
        assert body.get("to") == to

    drive(journey)


def test_a_need_that_moved_is_shown_as_it_is_now(drive: Callable[..., None]) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(f"{OPCO}?action=contact#token")
        current = _notice(version=3, answer="contacted", answered_at="2026-11-26T09:00:00Z")
        current.pop("addressee")  # a problem leaves nulls out
        problem = {"code": "notice_moved", "detail": "", "errors": [], "current": current}
        api.refusals["/notice/answer"] = (409, problem)
        page.get_by_role("button", name="Oui, je prends contact").click()
        expect(page.get_by_text("Ce besoin a évolué entre-temps")).to_be_visible()
        expect(page.locator("#badge")).to_have_text("Contacté")
        expect(page.get_by_role("button", name="Transmettre à un OPCO")).to_be_visible()

    drive(journey)


def test_an_opco_that_is_refused_is_said_beside_its_field(drive: Callable[..., None]) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(f"{OPCO}?action=transmettre#token")
        error = {"field": "to", "code": "opco_unfit", "message": "Impossible.", "remedy": "Autre."}
        problem = {"code": "invalid", "detail": "", "errors": [error]}
        api.refusals["/notice/answer"] = (422, problem)
        page.get_by_label("OPCO à qui le transmettre").select_option("AKTO")
        page.get_by_role("button", name="Oui, transmettre ce besoin").click()
        expect(page.locator("#to-messages")).to_contain_text("Impossible. Autre.")
        expect(page.get_by_label("OPCO à qui le transmettre")).to_have_value("AKTO")

    drive(journey)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"status": "over"}, "Plus d’actualité"),
        ({"status": "refused", "contact": None, "need": None}, "n’est plus d’actualité"),
        ({"status": "passed_on", "contact": None, "need": None}, "a été transmis"),
    ],
)
def test_what_is_over_takes_no_answer(
    drive: Callable[..., None], given: dict[str, Any], said: str
) -> None:
    def journey(page: Page, api: Api) -> None:
        api.notice |= given
        page.goto(f"{OPCO}?action=contact#token")
        expect(page.get_by_text(said)).to_be_visible()
        expect(page.get_by_role("button")).to_have_count(0)

    drive(journey)


@pytest.mark.parametrize(
    ("link", "said"), [("", "Ouvrez cette page"), ("#no", "Ce lien n’est pas")]
)
def test_a_link_that_opens_nothing_says_what_to_do(
    drive: Callable[..., None], link: str, said: str
) -> None:
    def journey(page: Page, api: Api) -> None:
        api.refusals["/notice"] = (401, {"code": "link_invalid"})
        page.goto(OPCO + link)
        expect(page.get_by_role("heading", name=said)).to_be_visible()

    drive(journey)


def test_the_desk_is_told_what_naming_nobody_means(drive: Callable[..., None]) -> None:
    def journey(page: Page, api: Api) -> None:
        api.notice |= {"addressee": None}
        page.goto(f"{OPCO}#token")
        page.get_by_role("button", name="Transmettre à un OPCO").click()
        expect(page.locator("#to-hint")).to_contain_text("saura que personne ne le suit")
        expect(page.get_by_label("OPCO à qui le transmettre").locator("option")).to_have_count(3)

    drive(journey)


def _other(page: Page, typed: str, label: str) -> None:
    page.get_by_role("combobox", name="Autres métiers").press_sequentially(typed)
    page.get_by_role("option", name=label, exact=True).click()


def test_two_other_metiers_are_tags_that_a_press_takes_away(drive: Callable[..., None]) -> None:
    def journey(page: Page, api: Api) -> None:
        _fill(page)
        page.get_by_text("Préciser le besoin").click()
        others = page.get_by_role("combobox", name="Autres métiers")
        others.press_sequentially("boulanger / boul")
        proposed = page.locator("#other_metiers-list")
        expect(proposed).to_be_visible()
        # It is the métier looked for.
        assert "Boulanger / Boulangère" not in proposed.locator("li").all_inner_texts()
        others.fill("")
        _other(page, "patissier", "Pâtissier / Pâtissière")
        others.press_sequentially("chocola")
        others.press("ArrowDown")
        others.press("Enter")
        tags = page.get_by_role("list", name="Autres métiers").get_by_role("button")
        expect(tags).to_have_count(2)
        expect(others).to_have_value("")
        others.press_sequentially("glac")
        expect(page.get_by_text("Deux autres métiers au plus")).to_be_visible()
        expect(proposed).to_be_hidden()
        page.get_by_role("button", name="Retirer Pâtissier / Pâtissière").press("Enter")
        expect(tags).to_have_count(1)
        expect(others).to_be_focused()
        page.reload()
        expect(tags).to_have_count(1)  # the draft keeps the tag, and what was typed
        expect(others).to_have_value("glac")
        _submit(page)
        expect(page.locator("#other_metiers-messages")).to_contain_text("n’est pas ajouté")
        assert api.sent == []
        others.fill("")
        _submit(page)
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()
        ((_, body),) = api.sent
        assert body["offers"][0]["metier"] == "11573"
        assert body["offers"][0]["other_metiers"] == ["12631"]

    drive(journey)


def test_a_metier_that_cannot_be_apprenticed_says_why_and_is_not_sent(
    drive: Callable[..., None],
) -> None:
    def journey(page: Page, api: Api) -> None:
        _fill(page)
        metier = page.get_by_role("combobox", name="Métier recherché")
        metier.fill("plongeur en restauration")
        page.get_by_role("option", name="Plongeur / Plongeuse en restauration Pas en").click()
        why = page.locator("#metier-messages")
        expect(why).to_contain_text("ne mène à la plonge en restauration")
        expect(metier).to_have_value("Plongeur / Plongeuse en restauration")
        _submit(page)
        expect(page.get_by_text("Un point à corriger")).to_be_visible()
        expect(why).to_contain_text("ne mène à la plonge en restauration")
        assert api.sent == []
        metier.fill("boulanger / boulangere")  # a label typed in full is a choice
        _submit(page)
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()

    drive(journey)


def test_an_edit_keeps_the_metiers_of_the_offer_even_refused_since(
    drive: Callable[..., None],
) -> None:
    def journey(page: Page, api: Api) -> None:
        plunge = {
            "code": "17846",
            "label": "Plongeur / Plongeuse en restauration",
            "rome": "G1605",
        }
        api.offers = [_offer("a", metier=plunge, other_metiers=[PASTRY])]
        page.goto(MANAGE)
        card = page.locator("#offre-a")
        expect(card.locator("dl")).to_contain_text("Pâtissier / Pâtissière")
        card.get_by_role("button", name="Modifier").click()
        form = page.get_by_role("form", name=re.compile("Modifier l’offre"))
        metier = form.get_by_role("combobox", name="Métier recherché")
        metier.fill("plongeur / plongeuse en restauration")
        form.get_by_role("button", name="Enregistrer").click()
        expect(card).to_contain_text("Offre modifiée")
        ((_, body),) = api.sent
        assert (body["metier"], body["other_metiers"]) == ("17846", ["17576"])

    drive(journey)


def test_the_sheet_of_the_metier_is_shown_on_demand_and_only_if_it_loads(
    drive: Callable[..., None],
) -> None:
    def journey(page: Page, _: Api) -> None:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{ORIGIN}/")
        metier = page.get_by_role("combobox", name="Métier recherché")
        metier.press_sequentially("boulanger")
        sheet = page.locator("#metier-sheet")
        expect(sheet).to_be_hidden()
        assert not any(url.endswith("/D11.json") for url in asked)
        page.get_by_role("option", name="Boulanger / Boulangère", exact=True).click()
        page.get_by_text("Ce métier en bref").click()
        expect(sheet).to_contain_text("Source : ROME 4.0, France Travail")
        expect(sheet.locator("p").first).to_have_text("Boulanger / Boulangère")
        expect(sheet.locator("[data-definition]")).to_contain_text("pain")
        page.route("**/G18.json", lambda route: route.abort())
        metier.fill("serveur / serveuse")
        metier.press("Tab")
        expect(page.get_by_text("Métier choisi : Serveur / Serveuse")).to_be_visible()
        expect(sheet).to_be_hidden()
        assert sum(url.endswith(".json") and "/assets/" in url for url in asked) == 2

    drive(journey)


def _oven(page: Page) -> None:
    address = page.get_by_role("group", name="Adresse de l’établissement")
    address.get_by_label("Numéro et voie").fill("12 rue du Four")
    address.get_by_label("Code postal").press_sequentially("24330")
    address.get_by_label("Commune").select_option("Boulazac Isle Manoire")


def test_a_firm_that_hides_is_shown_by_the_words_of_its_depositor(
    drive: Callable[..., None],
) -> None:
    def journey(page: Page, api: Api) -> None:
        api.company = {"verification": "hidden"}
        _fill(page)
        expect(page.locator("#siret-messages")).to_contain_text("n’apparaît pas dans les annuaires")
        panel = page.locator("#correction")
        expect(panel).to_have_attribute("open", "")
        expect(panel).to_contain_text("Nom et adresse à publier")
        _submit(page)
        expect(page.get_by_text("2 points à corriger")).to_be_visible()
        assert api.sent == []
        page.get_by_label("Nom de l’enseigne").fill("Dupont Plomberie")
        _oven(page)
        _submit(page)
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()
        ((_, body),) = api.sent
        assert body["correction"] == {
            "name": "Dupont Plomberie",
            "address": {
                "street": "12 rue du Four",
                "postcode": "24330",
                "city": "Boulazac Isle Manoire",
            },
        }

    drive(journey)


def test_the_firm_is_corrected_on_the_page_of_its_offers(drive: Callable[..., None]) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(MANAGE)
        page.get_by_role("button", name="Corriger le nom ou l’adresse").click()
        form = page.get_by_role("form", name="Corriger le nom ou l’adresse")
        form.get_by_label("Nom de l’enseigne").fill("Chez Jeanne")
        _oven(page)
        form.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_text("Entreprise corrigée")).to_be_visible()
        expect(page.locator("#recruiter")).to_contain_text("Chez Jeanne")
        expect(page.locator("#recruiter")).to_contain_text("12 rue du Four")
        ((path, body),) = api.sent
        assert (path, body["version"], body["name"]) == ("/manage/firm", 1, "Chez Jeanne")

    drive(journey)


def test_a_need_already_live_is_shown_and_deposited_if_the_person_says_so(
    drive: Callable[..., None],
) -> None:
    def journey(page: Page, api: Api) -> None:
        api.twins = [_twin()]
        _fill(page)
        _submit(page)
        panel = page.get_by_role("group", name="Une offre pour ce métier est déjà en ligne")
        expect(panel).to_be_focused()
        expect(panel).to_be_in_viewport()
        expect(panel).to_contain_text("Déposée le lundi 23 novembre 2026, pour 1 poste.")
        expect(panel).to_contain_text("jusqu’au lundi 21 décembre 2026 inclus (encore 28 jours)")
        expect(page.get_by_label("Prénom et nom")).to_have_value("Jeanne Martin")
        panel.get_by_role("button", name="Déposer quand même").click()
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()
        (_, asked), (_, accepted) = api.sent
        assert accepted == {**asked, "duplicates": "accept"}

    drive(journey)


def test_the_link_of_the_first_deposit_is_mailed_and_the_choice_stays_open(
    drive: Callable[..., None],
) -> None:
    def journey(page: Page, api: Api) -> None:
        api.twins = [_twin()]
        _fill(page)
        _submit(page)
        page.get_by_role("button", name="Gérer l’offre existante").click()
        sent = page.get_by_role("group", name="Le lien part par e-mail")
        expect(sent).to_be_focused()
        assert api.sent[-1] == ("/duplicates", {"siret": "48744469700428", "metier": "11573"})
        sent.get_by_role("button", name="Déposer quand même").click()
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()

    drive(journey)


def _add_a_baker(page: Page, api: Api, *, other: str | None = None) -> Locator:
    """Deposit on the manage page what offer "a" already asks for; give the panel."""
    api.twins = [_twin(api.offers[0])]
    page.goto(MANAGE)
    page.get_by_role("button", name="Déposer un autre besoin").click()
    form = page.get_by_role("form", name="Déposer un autre besoin")
    form.get_by_role("combobox", name="Métier recherché").press_sequentially("boulang")
    form.get_by_role("option", name="Boulanger / Boulangère", exact=True).click()
    form.get_by_text("Préciser le besoin").click()
    form.get_by_label("Description").fill("De nuit")
    if other:
        form.get_by_role("combobox", name="Autres métiers").press_sequentially(other)
        form.get_by_role("option").first.click()
    form.get_by_role("button", name="Déposer ce besoin").click()
    panel = page.get_by_role("group", name="Une offre pour ce métier est déjà en ligne")
    expect(panel).to_be_focused()
    expect(panel.get_by_role("button", name="Gérer l’offre existante")).to_have_count(0)
    edit = panel.get_by_role("button", name="Modifier")
    expect(edit).to_have_accessible_description("Boulanger / Boulangère")
    return panel


@pytest.mark.parametrize(
    ("button", "path", "sent", "said"),
    [
        (
            "Prolonger de 4 semaines",
            "/manage/offers/a/extension",
            {"version": 1},
            "Offre prolongée de 4 semaines",
        ),
        (
            "Ajouter un poste",
            "/manage/offers/a",
            {
                "version": 1,
                "metier": "11573",
                "other_metiers": ["17576"],
                "openings": 2,
                "workplace": {key: OVEN[key] for key in ("street", "postcode", "city")},
            },
            "Un poste ajouté",
        ),
    ],
)
def test_an_offer_already_live_is_extended_or_enlarged_in_one_press(
    drive: Callable[..., None], button: str, path: str, sent: dict[str, Any], said: str
) -> None:
    def journey(page: Page, api: Api) -> None:
        api.offers[0] = _offer("a", other_metiers=[PASTRY], workplace=OVEN)
        panel = _add_a_baker(page, api)
        panel.get_by_role("button", name=button).click()
        expect(page.locator("#offre-a")).to_contain_text(said)
        expect(page.get_by_role("form")).to_have_count(0)
        assert api.sent[-1][0] == path
        assert sent.items() <= api.sent[-1][1].items()

    drive(journey)


@pytest.mark.parametrize(("typed", "sent"), [(None, "17576"), ("chocola", "12631")])
def test_an_offer_already_live_is_edited_with_what_was_just_typed(
    drive: Callable[..., None], typed: str | None, sent: str
) -> None:
    def journey(page: Page, api: Api) -> None:
        api.offers[0] = _offer("a", other_metiers=[PASTRY], workplace=OVEN)
        panel = _add_a_baker(page, api, other=typed)
        panel.get_by_role("button", name="Modifier").click()
        form = page.get_by_role("form", name=re.compile("Modifier l’offre"))
        expect(form.get_by_label("Description")).to_have_value("De nuit")
        form.get_by_role("button", name="Enregistrer").click()
        expect(page.locator("#offre-a")).to_contain_text("Offre modifiée")
        (_, body) = api.sent[-1]
        assert (body["description"], body["ask_cfa"]) == ("De nuit", True)
        assert (body["metier"], body["other_metiers"]) == ("11573", [sent])
        assert body["workplace"]["city"] == OVEN["city"]

    drive(journey)


def test_a_need_already_live_may_be_added_all_the_same(drive: Callable[..., None]) -> None:
    def journey(page: Page, api: Api) -> None:
        panel = _add_a_baker(page, api)
        panel.get_by_role("button", name="Déposer quand même").click()
        expect(page.locator("#offre-new")).to_contain_text("Besoin déposé")
        (_, asked), (_, accepted) = api.sent
        assert accepted == {**asked, "duplicates": "accept"}

    drive(journey)


def test_the_buttons_of_the_mail_open_and_only_a_press_acts(drive: Callable[..., None]) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(MANAGE.replace("#", "?action=modifier&offre=a#"))
        expect(page.get_by_role("form", name=re.compile("Modifier l’offre"))).to_be_visible()
        page.goto(MANAGE.replace("#", "?action=poste&offre=a#"))
        card = page.locator("#offre-a")
        expect(card).to_contain_text("Elle passera de 1 à 2 postes")
        assert api.sent == []
        card.get_by_role("button", name="Oui, ajouter un poste").click()
        expect(card).to_contain_text("Un poste ajouté")
        assert [body["openings"] for _, body in api.sent] == [2]

    drive(journey)


def test_an_offer_that_is_full_offers_no_opening_more(drive: Callable[..., None]) -> None:
    def journey(page: Page, api: Api) -> None:
        api.offers[0] = _offer("a", openings=10)
        panel = _add_a_baker(page, api)
        expect(panel.get_by_role("button", name="Ajouter un poste")).to_have_count(0)
        page.goto(MANAGE.replace("#", "?action=poste&offre=a#"))
        expect(page.locator("#offre-a h3")).to_be_focused()
        expect(page.get_by_text("Elle passera")).to_have_count(0)

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
        opco = {"state": "sent", "names": ["AKTO", "OCAPIAT"], "desk": True, "declarable": True}
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
