"""The contact of the firm somebody deposits for, on the manage page, in Chromium."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.web.played import MANAGE, Api, Drive


BUTTON = "Corriger le contact de l’entreprise"
JEANNE = {"name": "Jeanne Martin", "email": "jeanne@firm.example", "phone": "+33199001234"}


def on_behalf(api: Api, **over: Any) -> None:
    behalf = {"role": "cfa", "organisation": "CFA (fictif)", "siret": "00009013400016"}
    api.recruiter |= {"behalf": {**behalf, "employer": JEANNE, "own_word": False, **over}}


def test_the_firms_contact_is_corrected_and_what_it_leads_to_is_said(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        on_behalf(api)
        page.goto(MANAGE)
        page.get_by_role("button", name=BUTTON).click()
        form = page.get_by_role("form", name=BUTTON)
        expect(form.get_by_label("Prénom et nom")).to_have_value("Jeanne Martin")
        expect(form.get_by_role("heading")).to_be_focused()
        form.get_by_label("Adresse e-mail").fill("paul")
        form.get_by_role("button", name="Enregistrer").click()
        expect(form.locator("#employer-email-messages")).to_contain_text("pas complète")
        assert api.sent == []
        form.get_by_label("Adresse e-mail").fill("paul@firm.example")
        form.get_by_role("button", name="Enregistrer").click()
        expect(page.locator("#recruiter-notice")).to_contain_text("à paul@firm.example")
        expect(page.locator("#behalf")).to_contain_text("paul@firm.example")
        contact = {"name": "Jeanne Martin", "phone": "01 99 00 12 34", "email": "paul@firm.example"}
        assert api.sent == [("/manage/employer", {"version": 1, **contact})]

    drive(journey)


def test_what_is_refused_is_said_beside_its_field(drive: Drive) -> None:
    said = {
        "field": "email",
        "code": "employer_answered",
        "message": "Elle a répondu.",
        "remedy": "Appelez.",
    }

    def journey(page: Page, api: Api) -> None:
        on_behalf(api)
        page.goto(MANAGE)
        api.refusals["/manage/employer"] = 422, {"code": "invalid", "errors": [said]}
        page.get_by_role("button", name=BUTTON).click()
        page.get_by_role("form", name=BUTTON).get_by_role("button", name="Enregistrer").click()
        expect(page.locator("#employer-email-messages")).to_contain_text("Elle a répondu.")

    drive(journey)


def test_a_firm_that_gave_its_contact_itself_is_not_corrected(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        on_behalf(api, own_word=True)
        page.goto(MANAGE)
        expect(page.locator("#own-word")).to_contain_text("elle seule les change")
        expect(page.get_by_role("button", name=BUTTON)).to_be_hidden()

    drive(journey)


def test_what_was_begun_before_the_firm_gave_its_contact_goes_and_why_is_said(
    drive: Drive,
) -> None:
    def journey(page: Page, api: Api) -> None:
        on_behalf(api)
        page.goto(MANAGE)
        page.get_by_role("button", name=BUTTON).click()
        page.get_by_role("form", name=BUTTON).get_by_label("Prénom et nom").fill("Paul")
        on_behalf(api, own_word=True)
        page.reload()
        expect(page.locator("#recruiter-notice")).to_contain_text("n’est plus à corriger ici")
        expect(page.get_by_role("form", name=BUTTON)).to_have_count(0)
        assert page.evaluate("sessionStorage.length") == 0

    drive(journey)


def test_who_deposits_for_itself_sees_nothing_of_it(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        page.goto(MANAGE)
        expect(page.get_by_role("button", name="Modifier mes coordonnées")).to_be_visible()
        expect(page.get_by_role("button", name=BUTTON)).to_be_hidden()

    drive(journey)
