"""What another tab recorded meanwhile stays beside what was chosen or typed, in Chromium."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.web.played import MANAGE, Api, Drive
from tests.web.shown import OVEN, an_offer


def _ended(offer_id: str, state: str, **over: Any) -> dict[str, Any]:
    """An offer that ended today: whatever the day, it may be reactivated."""
    today = "2099-01-01"
    return an_offer(offer_id, state=state, closed_at=f"{today}T10:00:00Z", ended_on=today) | over


def _mail(action: str, offer_id: str) -> str:
    return MANAGE.replace("#", f"?action={action}&offre={offer_id}#")


def test_what_was_chosen_stays_beside_what_another_tab_recorded(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(_mail("pourvue", "a"))
        card = page.locator("#offre-a")
        card.get_by_text("J’ai pourvu l’offre sans l’aide de ce service").click()
        card.get_by_label("Par quel moyen").select_option("Mon OPCO")
        other = an_offer("a", version=5, openings=3, workplace=OVEN)
        stale = {"code": "stale_version", "current": other}
        api.refusals = {"/manage/offers/a/closure": (409, stale)}
        card.get_by_role("button", name="Oui, le poste est pourvu").click()
        expect(card.get_by_role("group", name="modifiée entre-temps")).to_be_focused()
        expect(card.locator(".stale")).to_contain_text(OVEN["label"])
        expect(card.get_by_label("Par quel moyen")).to_have_value("opco")
        api.refusals = {}
        card.get_by_role("button", name="Oui, le poste est pourvu").click()
        expect(card).to_contain_text("Offre clôturée")
        ((_, body),) = api.sent
        assert (body["version"], body["channel"]) == (5, "opco")

    drive(journey)


def test_an_offer_ended_in_another_tab_is_shown_as_it_became(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(_mail("prolonger", "a"))
        stale = {"code": "stale_version", "current": _ended("a", "withdrawn", version=2)}
        api.refusals = {"/manage/offers/a/extension": (409, stale)}
        page.get_by_role("button", name="Oui, prolonger pour 4 semaines").click()
        card = page.locator("#ended-offers #offre-a")
        expect(card).to_contain_text("modifiée entre-temps")
        expect(card.get_by_role("button", name="Oui, prolonger")).to_have_count(0)

    drive(journey)


def test_an_opco_chosen_stays_beside_what_another_tab_recorded(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        api.opco_choices = ["AKTO", "OCAPIAT"]
        opco = {"state": "sent", "names": [], "desk": True, "declined": [], "declarable": True}
        api.offers = [an_offer("a", opco=opco)]
        page.goto(MANAGE)
        page.get_by_role("button", name="Indiquer mon OPCO").click()
        page.get_by_text("AKTO", exact=True).click()
        api.recruiter |= {"version": 4, "opco_claim": "OCAPIAT"}
        current = api.reply("GET", MANAGE.replace("gerer.html#token", "api/manage"), None)[1]
        stale = {"code": "stale_version", "current": dict(current)}
        api.refusals = {"/manage/opco": (409, stale)}
        page.get_by_role("button", name="Enregistrer").click()
        card = page.locator("#offre-a")
        expect(card).to_contain_text("OPCO enregistré\N{NO-BREAK SPACE}: OCAPIAT")
        expect(card.get_by_label("AKTO")).to_be_checked()
        api.refusals = {}
        card.get_by_role("button", name="Enregistrer").click()
        expect(card).to_contain_text("C’est noté")
        assert api.sent == [("/manage/opco", {"version": 4, "opco": "AKTO"})]

    drive(journey)


def test_a_firm_corrected_in_another_tab_is_shown_beside_what_was_typed(drive: Drive) -> None:
    def journey(page: Page, api: Api) -> None:
        page.goto(MANAGE)
        page.get_by_role("button", name="Corriger le nom ou l’adresse").click()
        form = page.get_by_role("form", name="Corriger le nom ou l’adresse")
        form.get_by_label("Nom de l’enseigne").fill("Chez Jeanne")
        other = {**api.recruiter, "version": 4, "company_name": "Chez Paul", "address": OVEN}
        now = {"recruiter": other, "offers": api.offers, "limits": api.limits}
        api.refusals = {"/manage/firm": (409, {"code": "stale_version", "current": now})}
        form.get_by_role("button", name="Enregistrer").click()
        summary = page.locator("#firm-summary")
        expect(summary).to_contain_text("Chez Paul")
        expect(summary).to_contain_text(OVEN["label"])
        expect(form.get_by_label("Nom de l’enseigne")).to_have_value("Chez Jeanne")

    drive(journey)
