"""The page of statistics, in Chromium."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.played import ORIGIN, Api, Drive


def a_line(
    name: str, deposited: int | None, live: int | None = 0, filled: int | None = 0
) -> dict[str, Any]:
    return {"name": name, "deposited": deposited, "live": live, "filled": filled}


COUNTS = {
    "counted_at": "2026-11-25T06:00:00Z",
    "deposited": 1204,
    "openings": 1310,
    "live": 412,
    "filled": 530,
    "cancelled": 80,
    "expired": 182,
    "days_to_fill": 17,
    "by_month": [a_line("2026-10", 500, 20, 300), a_line("2026-11", 704, 392, 230)],
    "by_departement": [a_line("Dordogne", 804, 300, 400), a_line("", 400, 112, 130)],
    "by_opco": [a_line("Opco entreprises de proximité", 1204, 412, 530)],
    "by_metier": [a_line("Boulanger / Boulangère", 1204, 412, 530)],
}


def test_the_counts_are_told_in_figures_and_in_bars(drive: Drive) -> None:
    def journey(page: Page, _api: Api) -> None:
        page.route("**/feed/v1/statistics.json", lambda route: route.fulfill(json=COUNTS))
        page.goto(f"{ORIGIN}/statistiques.html")

        expect(page.locator("#totals")).to_contain_text("17")
        months = page.get_by_role("table", name="Par mois de dépôt")
        expect(months.get_by_role("row", name="novembre 2026 704 392 230")).to_be_visible()
        expect(page.get_by_role("rowheader", name="Pas encore connu")).to_be_visible()
        bars = months.locator(".bar")
        widths = [bars.nth(rank).bounding_box() for rank in range(2)]
        assert widths[0]
        assert widths[1]
        assert widths[0]["width"] / widths[1]["width"] == pytest.approx(500 / 704, abs=0.05)

    drive(journey)


def test_a_long_table_is_folded_after_ten_rows(drive: Drive) -> None:
    def journey(page: Page, _api: Api) -> None:
        many = [a_line(f"Département {rank}", 99 - rank) for rank in range(14)]
        counts = COUNTS | {"by_departement": many}
        page.route("**/feed/v1/statistics.json", lambda route: route.fulfill(json=counts))
        page.goto(f"{ORIGIN}/statistiques.html")

        last = page.get_by_role("rowheader", name="Département 13")
        expect(page.get_by_role("rowheader", name="Département 9")).to_be_visible()
        expect(last).to_be_hidden()
        page.get_by_text("4 de plus").click()
        expect(last).to_be_visible()

    drive(journey)


def test_before_anything_was_counted_the_page_says_so(drive: Drive) -> None:
    def journey(page: Page, _api: Api) -> None:
        page.route("**/feed/v1/statistics.json", lambda route: route.fulfill(status=403))
        page.goto(f"{ORIGIN}/statistiques.html")

        expect(page.get_by_text("Les premiers chiffres seront là demain")).to_be_visible()

    drive(journey)


def test_numbers_too_small_to_tell_are_said_not_to_be_told(drive: Drive) -> None:
    def journey(page: Page, _api: Api) -> None:
        few = [a_line("Dordogne", 804, 300, None), a_line("Creuse", None, None, None)]
        counts = COUNTS | {"by_departement": few, "by_opco": [], "deposited": None}
        page.route("**/feed/v1/statistics.json", lambda route: route.fulfill(json=counts))
        page.goto(f"{ORIGIN}/statistiques.html")

        places = page.get_by_role("table", name="Par département")
        expect(places.get_by_role("row", name="Creuse n. c. n. c. n. c.")).to_be_visible()
        expect(places.get_by_role("row", name="Dordogne 804 300 n. c.")).to_be_visible()
        expect(page.get_by_text("n. c. : non communiqué")).to_be_visible()
        expect(page.locator("#totals")).to_contain_text("moins de 5")
        expect(page.get_by_role("table", name="Par OPCO")).to_have_count(0)

    drive(journey)


def test_a_file_that_does_not_come_can_be_asked_for_again(drive: Drive) -> None:
    def journey(page: Page, _api: Api) -> None:
        answers = [{"status": 503}, {"json": COUNTS}]

        def answer(route: Route) -> None:
            route.fulfill(**answers.pop(0))

        page.route("**/feed/v1/statistics.json", answer)
        page.goto(f"{ORIGIN}/statistiques.html")
        page.get_by_role("button", name="Réessayer").click()

        expect(page.get_by_role("table", name="Par OPCO")).to_be_visible()

    drive(journey)
