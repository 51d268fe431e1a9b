"""What the API shows: offers, twins, notices, choices, as the pages read them."""

from typing import Any

from depot.pages.qr import qr_svg


SIRET = "487 444 697 00428"


PASTRY = {"code": "17576", "label": "Pâtissier / Pâtissière", "rome": "D1104"}


OVEN = {
    "label": "12 rue du Four 24330 Boulazac Isle Manoire",
    "street": "12 rue du Four",
    "postcode": "24330",
    "city": "Boulazac Isle Manoire",
    "insee": "24053",
}


def a_twin(offer: dict[str, Any] | None = None) -> dict[str, Any]:
    shown = offer or an_offer("unknown")
    public = ("metier", "openings", "published_at", "ends_on", "days_left")
    # As the API writes it: what is missing is left out.
    own = {"offer": {key: value for key, value in shown.items() if value is not None}}
    return {key: shown[key] for key in public} | (own if offer else {})


def an_offer(offer_id: str, **given: Any) -> dict[str, Any]:
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
        "live_since": "2026-11-23",
        "ended_on": "2026-12-21",
        "closed_at": None,
        "reason": None,
        "channel": None,
        "history": [a_moment()],
        "opco": {"state": "sent", "names": ["OPCO EP"], "desk": False, "declined": []},
        "cfas": [],
        "cfas_left": 10,
        "cfa_outcome": None,
        "where": {"published_at": "2026-11-23T10:00:00Z", "withdrawn_at": None, "partners": []},
    } | given


def a_moment(**given: Any) -> dict[str, Any]:
    moment = {"at": "2026-11-23T10:00:00Z", "what": "publish", "who": "depositor"}
    return moment | {"link": None, "detail": []} | given


def a_choice(**given: Any) -> dict[str, Any]:
    towns = ["Boulazac", "Périgueux", "Bergerac", "Brive-la-Gaillarde", "Angoulême", "Limoges"]
    kinships = ["exact"] * 3 + ["parent"] * 2 + ["sibling"]
    return {
        "offer_id": "a",
        "version": 1,
        "metier": "Boulanger / Boulangère",
        "state": "live",
        "verification": "verified",
        "standing": "open",
        "left": 10,
        "asked": [],
        "more": False,
        "centres": [
            {
                "siren": f"00000000{rank}",
                "name": f"Centre de formation d’apprentis fictif de {town}",
                "city": town,
                "distance_km": 3.9 + 9 * rank,
                "title": "CAP Boulanger" if rank % 2 else "BP Boulanger",
                "level": "3" if rank % 2 else "4",
                "kinship": kinships[rank],
            }
            for rank, town in enumerate(towns)
        ],
    } | given


def a_notice(**given: Any) -> dict[str, Any]:
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
        "recipients": ["AKTO", "OCAPIAT"],
    } | given


def a_cfa_need(**given: Any) -> dict[str, Any]:
    shared = ("metier", "firm", "siret", "address", "verified", "need", "contact")
    notice = a_notice()
    return {
        "replies": 0,
        "status": "current",
        "read": False,
        "centre": "CFA du Périgord (fictif)",
        "training": "CAP Boulanger",
        "distance_km": 3.9,
        "reply": None,
        "replied_at": None,
        "legal_name": "MARTIN SARL",
        "poster": {
            "url": "https://depot.example/offres/d31f2a09d74a5abaa2d2dd78f3158169",
            "qr": qr_svg("https://depot.example/offres/d31f2a09d74a5abaa2d2dd78f3158169"),
        },
        **{name: notice[name] for name in shared},
        **given,
    }
