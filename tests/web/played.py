"""What the pages are played on: an API that answers here, on an origin browsers do not trust.

The origin is plain HTTP and not localhost: what browsers keep for secure origins is missing.
"""

import mimetypes
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route

from tests.ticks import tick
from tests.web.shown import OVEN, SIRET, a_cfa_need, a_choice, a_notice, an_offer


ORIGIN = "http://depot.test"


MANAGE = f"{ORIGIN}/gerer.html#token"


OPCO = f"{ORIGIN}/opco.html"


CFA = f"{ORIGIN}/cfa.html"


CFAS = f"{ORIGIN}/choisir-cfa.html?offre=a"


WAY_OUT = f"{ORIGIN}/desinscription.html"


class Played(Protocol):
    """An API played by a test."""

    def reply(self, method: str, url: str, body: Any) -> tuple[int, Any]:
        """Status and JSON of an answer."""
        ...


def serve(route: Route, site: Path, api: Played) -> None:
    """Answer a page from the built site, or from the API."""
    request = route.request
    path = urlsplit(request.url).path
    if path.startswith("/api/"):
        status, answer = api.reply(request.method, request.url, request.post_data_json)
        return route.fulfill(status=status, json=answer)
    file = site / (path.lstrip("/") or "index.html")
    kind = "text/javascript" if file.suffix == ".js" else mimetypes.guess_type(file)[0]
    return route.fulfill(body=file.read_bytes(), content_type=f"{kind}; charset=utf-8")


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
        self.offers = [
            an_offer("a"),
            an_offer("b", start_on="2020-01-06"),
            an_offer("c", workplace=OVEN),
        ]
        self.notice = a_notice()
        self.cfa = a_cfa_need()
        self.subscription = {"siren": "000000018", "wanted": True, "in_error": False}
        self.choice = a_choice()
        self.company: dict[str, Any] = {"verification": "to_verify", "opco": None}
        self.opco_choices: list[str] = []
        self.limits = {"longest": 364, "reactivation": 90}
        self.refusals: dict[str, tuple[int, Any]] = {}
        self.sent: list[tuple[str, Any]] = []
        self.twins: list[dict[str, Any]] = []
        self.mail_stopped = False

    def reply(self, method: str, url: str, body: Any) -> tuple[int, Any]:
        path = urlsplit(url).path.removeprefix("/api")
        if path in self.refusals:
            return self.refusals[path]
        if method != "GET":
            self.sent.append((path, body))
        if self._doubts(path, body):
            return 409, {"code": "duplicate", "current": {"offers": self.twins}}
        return 200, self._answer(path, body)

    def _doubts(self, path: str, body: Any) -> bool:
        """Ask about duplicates while there are twins, as the service does."""
        deposits = path.endswith(("/recruiters", "/offers", "/reactivation"))
        return deposits and bool(self.twins) and body["duplicates"] == "ask"

    def _answer(self, path: str, body: Any) -> dict[str, Any]:
        if path.startswith("/companies/"):
            return {**self.company, "siret": self.recruiter["siret"]}
        answers: dict[str, Callable[[Any], dict[str, Any]]] = {
            "/recruiters": self._receipt,
            "/manage": self._page,
            "/manage/firm": self._corrected,
            "/manage/contact": self._called,
            "/manage/employer": self._corrected_for,
            "/manage/opco": self._declared,
            "/manage/offers/a/cfas": self._chosen,
            "/notice": lambda _: self.notice,
            "/notice/answer": self._answered,
            "/cfa": lambda _: self.cfa,
            "/cfa/reading": lambda _: self.cfa | {"read": True},
            "/cfa/answer": self._replied,
            "/cfa/subscription": self._subscribed,
            "/duplicates": lambda _: {"accepted": True},
            "/recruiters/r1/offers": lambda _: an_offer("new"),
        }
        if path in answers:
            return answers[path](body)
        kept = {"openings": body["openings"]} if body and "openings" in body else {}
        return an_offer(path.split("/")[3], version=2, **kept)

    def _page(self, _: Any) -> dict[str, Any]:
        choices = {"opco_choices": self.opco_choices, "limits": self.limits}
        choices["mail_stopped"] = self.mail_stopped
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
            "mail_stopped": self.mail_stopped,
            "offers": [an_offer("a", ask_cfa=body["offers"][0]["ask_cfa"])],
        }

    def _corrected(self, body: Any) -> dict[str, Any]:
        said = {"name": body["name"], "address": body["address"] and OVEN}
        shown = {"company_name": said["name"], "address": said["address"]}
        self.recruiter |= {**shown, "correction": said, "version": 2}
        return self._moved()

    def _called(self, body: Any) -> dict[str, Any]:
        contact = {name: body[name] for name in ("name", "email", "phone")}
        self.recruiter |= {"contact": contact, "version": 2}
        return self._moved()

    def _corrected_for(self, body: Any) -> dict[str, Any]:
        employer = {name: body[name] for name in ("name", "email", "phone")}
        behalf = self.recruiter["behalf"] | {"employer": employer}
        self.recruiter |= {"behalf": behalf, "version": 2}
        return self._moved()

    def _moved(self) -> dict[str, Any]:
        """The page, once what its live offers show of the firm moved them."""
        self.offers = [offer | {"version": offer["version"] + 1} for offer in self.offers]
        return self._page(None)

    def _replied(self, body: Any) -> dict[str, Any]:
        reply = {name: said for name, said in body.items() if name != "replies"}
        self.cfa |= {
            "reply": reply,
            "replies": body["replies"] + 1,
            "replied_at": "2026-11-26T09:00:00Z",
        }
        return self.cfa

    def _subscribed(self, body: Any) -> dict[str, Any]:
        self.subscription |= body or {}
        return self.subscription

    def _chosen(self, body: Any) -> dict[str, Any]:
        """The choice; once some are asked, without them."""
        if body:
            asked = [each for each in self.choice["centres"] if each["siren"] in body["sirens"]]
            self.choice["centres"] = [c for c in self.choice["centres"] if c not in asked]
            self.choice["asked"] += [{**centre, "state": "pending"} for centre in asked]
            self.choice["left"] -= len(asked)
        return self.choice

    def _answered(self, body: Any) -> dict[str, Any]:
        passed = {"status": "passed_on", "addressee": body.get("to"), "contact": None}
        given = {"answer": body["answer"], "answered_at": "2026-11-26T09:00:00Z"}
        self.notice |= passed if body["answer"] == "not_ours" else given
        return self.notice | {"version": 3}


Journey = Callable[[Page, Api], None]


Drive = Callable[..., None]


def type_the_oven(page: Page) -> None:
    address = page.get_by_role("group", name="Adresse de l’établissement")
    address.get_by_label("Numéro et voie").fill("12 rue du Four")
    address.get_by_label("Code postal").press_sequentially("24330")
    address.get_by_label("Commune").select_option("Boulazac Isle Manoire")


def fill_the_deposit(page: Page) -> None:
    page.goto(f"{ORIGIN}/")
    page.get_by_label("Numéro SIRET").fill(SIRET)
    page.get_by_role("combobox", name="Métier recherché").press_sequentially("boulang")
    page.get_by_role("option", name="Boulanger / Boulangère", exact=True).click()
    tick(page.get_by_label("Faire connaître mon besoin aux CFA"))
    page.get_by_label("Prénom et nom").fill("Jeanne Martin")
    page.get_by_label("Téléphone").fill("05 53 01 02 03")
    page.get_by_label("Adresse e-mail").fill("jeanne@example.org")


def send_the_deposit(page: Page) -> None:
    page.get_by_role("button", name="Déposer mon besoin").click()
