"""A need that is already live, met on the deposit page, in Chromium."""

from playwright.sync_api import Page, expect

from tests.web.played import Api, Drive, fill_the_deposit, send_the_deposit
from tests.web.shown import a_twin


def test_a_need_already_live_is_shown_and_deposited_if_the_person_says_so(
    drive: Drive,
) -> None:
    def journey(page: Page, api: Api) -> None:
        api.twins = [a_twin()]
        fill_the_deposit(page)
        send_the_deposit(page)
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
    drive: Drive,
) -> None:
    def journey(page: Page, api: Api) -> None:
        api.twins = [a_twin()]
        fill_the_deposit(page)
        send_the_deposit(page)
        page.get_by_role("button", name="Gérer l’offre existante").click()
        sent = page.get_by_role("group", name="Le lien part par e-mail")
        expect(sent).to_be_focused()
        assert api.sent[-1] == ("/duplicates", {"siret": "48744469700428", "metier": "11573"})
        sent.get_by_role("button", name="Déposer quand même").click()
        expect(page.get_by_text("Votre besoin est déposé")).to_be_visible()

    drive(journey)
