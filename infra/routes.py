"""Which function answers which route of the API: one line a route."""

from typing import Final


_FIRM: Final = "/api/manage"
_EMPLOYER: Final = "/api/employer"
_OFFER: Final = "/api/manage/offers/{offer_id}"

CREATE_RECRUITER: Final = (
    "POST /api/recruiters",
    "POST /api/duplicates",
    "POST /api/imports",
    "POST /api/imports/preview",
    "GET /api/companies",
    "GET /api/companies/{siret}",
)
ADD_OFFER: Final = ("POST /api/recruiters/{recruiter_id}/offers",)
MANAGE_OFFERS: Final = (
    # a depositor
    f"GET {_FIRM}",
    f"PUT {_FIRM}/firm",
    f"PUT {_FIRM}/opco",
    f"PUT {_OFFER}",
    f"GET {_OFFER}/cfas",
    f"POST {_OFFER}/cfas",
    f"POST {_OFFER}/extension",
    f"POST {_OFFER}/closure",
    f"POST {_OFFER}/reactivation",
    f"PUT {_FIRM}/contact",
    f"PUT {_FIRM}/employer",
    f"POST {_FIRM}/link",
    f"POST {_FIRM}/keeping",
    f"GET {_FIRM}/export",
    f"POST {_FIRM}/erasure",
    # whoever lost a link, manages several firms, or proves a new address
    "POST /api/links",
    "GET /api/firms",
    "GET /api/confirmation",
    "POST /api/confirmation",
    # an OPCO
    "GET /api/notice",
    "POST /api/notice/answer",
    # an employer somebody else deposited for
    f"GET {_EMPLOYER}",
    f"POST {_EMPLOYER}/offers/{{offer_id}}/confirmation",
    f"POST {_EMPLOYER}/offers/{{offer_id}}/correction",
    f"POST {_EMPLOYER}/offers/{{offer_id}}/removal",
    f"GET {_EMPLOYER}/data",
    f"POST {_EMPLOYER}/objection",
    f"POST {_EMPLOYER}/erasure",
    # a training centre
    "GET /api/cfa",
    "POST /api/cfa/reading",
    "POST /api/cfa/answer",
    "GET /api/cfa/subscription",
    "POST /api/cfa/subscription",
    # its mail program, whose token comes in the query
    "GET /api/cfa/unsubscribe",
    "POST /api/cfa/unsubscribe",
    # a partner
    "POST /api/partners/{slug}/receipts",
)
