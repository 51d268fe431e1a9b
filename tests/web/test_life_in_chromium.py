"""The life of an offer on the manage page, in Chromium: folded, closed, said, reactivated."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.played import MANAGE, Api, Drive
from tests.web.shown import OVEN, PASTRY, a_moment, a_twin, an_offer


def _ended(offer_id: str, state: str, **over: Any) -> dict[str, Any]:
    """An offer that ended today: whatever the day, it may be reactivated."""
    today = "2099-01-01"
    return an_offer(offer_id, state=state, closed_at=f"{today}T10:00:00Z", ended_on=today) | over


def _mail(action: str, offer_id: str) -> str:
    return MANAGE.replace("#", f"?action={action}&offre={offer_id}#")


def _buttons(card: Locator) -> list[str]:
    return [text for text in card.locator("> .buttons button:visible").all_inner_texts() if text]


def test_ended_offers_are_folded_after_those_online(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        api.offers = [_ended("z", "expired"), an_offer("a"), _ended("y", "withdrawn")]
        page.goto(MANAGE)
        expect(page.get_by_role("heading", name="Mon offre en ligne")).to_be_visible()
        expect(page.locator("#offre-a")).to_contain_text("Encore 28 jours")
        expect(page.locator("#offre-z")).to_be_hidden()
        page.get_by_text("2 offres terminées").click()
        assert _buttons(page.locator("#offre-z")) == [
            "Réactiver pour 4 semaines",
            "Déposer à nouveau ce besoin",
        ]
        assert _buttons(page.locator("#offre-y")) == ["Déposer à nouveau ce besoin"]
        expect(page.locator("#offre-y")).to_contain_text("Elle ne peut pas être réactivée")

    drive(journey)


def test_when_nothing_is_online_the_ended_offers_are_open(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        api.offers = [_ended("z", "cancelled")]
        page.goto(MANAGE)
        expect(page.get_by_role("heading", name="Aucune offre en ligne")).to_be_visible()
        expect(page.locator("#offre-z")).to_be_visible()

    drive(journey)


def test_the_history_of_an_offer_unfolds_latest_first(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        edit = a_moment(what="edit", link="manage.1", detail=["openings", "unheard_of"])
        api.offers = [an_offer("a", history=[a_moment(), edit | {"at": "2026-11-24T07:05:00Z"}])]
        page.goto(MANAGE)
        page.get_by_text("Historique").click()
        first, last = page.locator(".history li").all()
        expect(first).to_contain_text("mardi 24 novembre 2026 à 08:05")
        expect(first).to_contain_text("Modification (postes), par vous, par votre lien")
        expect(last).to_contain_text("Mise en ligne, par vous")

    drive(journey)


def test_the_button_of_the_mail_opens_the_reactivation_and_only_a_press_acts(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        api.offers = [an_offer("a"), _ended("z", "expired", start_on="2020-01-06")]
        page.goto(_mail("reactiver", "z"))
        card = page.locator("#offre-z")
        expect(card).to_contain_text("Réactiver l’offre")
        expect(card).to_contain_text("ne le sont pas une seconde fois")
        expect(card).to_contain_text("lundi 6 janvier 2020")
        assert api.sent == []
        card.get_by_role("button", name="Oui, réactiver pour 4 semaines").click()
        expect(card).to_contain_text("Offre réactivée")
        expect(page.locator("#offers #offre-z")).to_be_visible()
        body = {"version": 1, "duplicates": "ask"}
        assert api.sent == [("/manage/offers/z/reactivation", body)]

    drive(journey)


@pytest.mark.parametrize(
    ("action", "state", "said"),
    [
        ("cloturer", "filled", "Cette offre est déjà pourvue"),
        ("prolonger", "cancelled", "Cette offre est déjà annulée"),
        ("modifier", "expired", "Cette offre n’est plus en ligne"),
        ("pourvue", "withdrawn", "Cette offre a été retirée"),
        ("reactiver", "live", "Cette offre est en ligne"),
    ],
)
def test_the_button_of_an_old_mail_says_where_its_offer_stands(
    drive: Drive, action: str, state: str, said: str
) -> None:
    def journey(page: Page, api: Api) -> None:
        api.offers = [an_offer("a"), _ended("z", state)]
        page.goto(_mail(action, "z"))
        expect(page.get_by_role("group", name=said)).to_be_focused()
        expect(page.locator("[data-confirm]")).to_have_count(0)

    drive(journey)


def test_the_button_of_a_mail_says_that_its_offer_is_not_there(drive: Drive) -> None:
    def journey(page: Page, _: Api) -> None:
        page.goto(_mail("prolonger", "gone"))
        expect(page.get_by_role("group", name="Cette offre n’est pas ici")).to_be_focused()

    drive(journey)


def test_a_twin_online_is_shown_before_an_offer_is_reactivated(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        api.offers = [an_offer("a"), _ended("z", "expired")]
        api.twins = [a_twin(api.offers[0])]
        page.goto(_mail("reactiver", "z"))
        page.get_by_role("button", name="Oui, réactiver pour 4 semaines").click()
        panel = page.get_by_role("group", name="Une offre pour ce métier est déjà en ligne")
        expect(panel).to_be_focused()
        panel.get_by_role("button", name="Réactiver quand même").click()
        expect(page.locator("#offre-z")).to_contain_text("Offre réactivée")
        assert [body["duplicates"] for _, body in api.sent] == ["ask", "accept"]

    drive(journey)


def test_a_closure_asks_by_which_channel_once_it_is_known_that_somebody_was_found(
    drive: Drive,
) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(_mail("pourvue", "a"))
        card = page.locator("#offre-a")
        channel = card.get_by_label("Par quel moyen")
        expect(channel).to_be_hidden()
        card.get_by_text("J’ai pourvu l’offre grâce à ce service").click()
        expect(channel.get_by_role("option")).to_have_count(4)
        card.get_by_text("J’ai pourvu l’offre sans l’aide de ce service").click()
        channel.select_option("France Travail, une Mission locale…")
        card.get_by_role("button", name="Oui, le poste est pourvu").click()
        expect(card).to_contain_text("Offre clôturée")
        ((_, body),) = api.sent
        assert (body["reason"], body["channel"]) == ("without_depot", "recruitment_body")

    drive(journey)


def test_nothing_need_be_said_to_close(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(_mail("cloturer", "a"))
        page.get_by_role("button", name="Oui, annuler l’offre").click()
        expect(page.locator("#offre-a")).to_contain_text("Offre clôturée")
        ((_, body),) = api.sent
        assert (body["reason"], body["channel"]) == (None, None)

    drive(journey)


def test_how_an_offer_ended_is_shown_and_may_be_changed(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        api.offers = [_ended("z", "filled", reason="without_depot", channel="cfa")]
        page.goto(MANAGE)
        card = page.locator("#offre-z")
        card.get_by_text("Le besoin, l’OPCO, les CFA et les partenaires").click()
        expect(card).to_contain_text("sans l’aide de ce service")
        card.get_by_role("button", name="Changer").click()
        expect(card.get_by_label("Par quel moyen")).to_have_value("cfa")
        card.get_by_text("J’ai pourvu l’offre grâce à ce service").click()
        card.get_by_role("button", name="Enregistrer").click()
        expect(card).to_contain_text("C’est noté")
        ((path, body),) = api.sent
        assert path == "/manage/offers/z/closure"
        assert (body["outcome"], body["reason"], body["channel"]) == ("filled", "with_depot", None)

    drive(journey)


def test_limits_are_said_before_anything_is_pressed(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        api.limits = {"longest": 28, "reactivation": 90}
        api.offers = [an_offer("a"), _ended("z", "expired", ended_on="2020-01-06")]
        page.goto(MANAGE)
        expect(page.get_by_text("dans la limite de 4 semaines en ligne")).to_be_visible()
        expect(page.locator("#offre-a")).to_contain_text("Elle ne peut plus être prolongée")
        assert _buttons(page.locator("#offre-a"))[0:2] == ["Modifier", "Le poste est pourvu"]
        page.get_by_text("1 offre terminée").click()
        expect(page.locator("#offre-z")).to_contain_text("terminée depuis trop longtemps")
        assert _buttons(page.locator("#offre-z")) == ["Déposer à nouveau ce besoin"]

    drive(journey)


def test_a_limit_reached_meanwhile_is_said_with_what_to_do(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        error = {
            "field": "offer",
            "code": "extension_limit",
            "message": "Plus.",
            "remedy": "Après.",
        }
        api.refusals = {
            "/manage/offers/a/extension": (409, {"code": "limit_reached", "errors": [error]})
        }
        page.goto(MANAGE)
        card = page.locator("#offre-a")
        card.get_by_role("button", name="Prolonger pour 4 semaines").click()
        expect(card).to_contain_text("Elle restera en ligne jusqu’au")
        assert api.sent == []
        card.get_by_role("button", name="Oui, prolonger pour 4 semaines").click()
        alert = page.get_by_role("group", name="Une limite est atteinte")
        expect(alert).to_contain_text("Plus. Après.")

    drive(journey)


def test_a_need_is_deposited_again_from_an_offer_that_ended(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        over = {"metier": PASTRY, "start_on": "2020-01-06", "workplace": OVEN, "openings": 2}
        api.offers = [_ended("z", "filled", **over)]
        page.goto(MANAGE)
        page.get_by_role("button", name="Déposer à nouveau ce besoin").click()
        form = page.get_by_role("form", name="Déposer un autre besoin")
        expect(form.get_by_role("combobox", name="Métier recherché")).to_have_value(PASTRY["label"])
        form.get_by_role("button", name="Déposer ce besoin").click()
        expect(page.locator("#offre-new")).to_contain_text("Besoin déposé")
        ((path, body),) = api.sent
        assert path == "/recruiters/r1/offers"
        assert (body["metier"], body["openings"], body["start_on"]) == (PASTRY["code"], 2, None)
        assert body["workplace"]["city"] == OVEN["city"]

    drive(journey)


def test_a_deposit_makes_the_firm_no_stranger_to_its_own_tab(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        api.offers = [_ended("z", "filled")]
        page.goto(MANAGE)
        api.recruiter["version"] = 7  # as a deposit moves it
        page.get_by_role("button", name="Déposer à nouveau ce besoin").click()
        page.get_by_role("button", name="Déposer ce besoin").click()
        expect(page.locator("#offre-new")).to_contain_text("Besoin déposé")
        page.get_by_role("button", name="Corriger le nom ou l’adresse").click()
        form = page.get_by_role("form", name="Corriger le nom ou l’adresse")
        form.get_by_label("Nom de l’enseigne").fill("Chez Jeanne")
        form.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_text("C’est enregistré")).to_be_visible()
        assert api.sent[-1][1]["version"] == 7

    drive(journey)
