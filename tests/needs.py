"""What the environment of each function holds, and nothing else."""

from collections.abc import Mapping
from typing import Final


_TABLES = ("RECRUITERS_TABLE", "OFFERS_TABLE")


_LETTERS = (*_TABLES, "LINK_SECRET", "PUBLIC_URL", "MAIL_SENDER", "MAIL_CONTACT")


_DIRECTORIES = ("COMPANIES_URL", "API_ENTREPRISE_URL", "API_ENTREPRISE_SECRET")


_SIRO = ("SIRO_URL", "SIRO_SECRET")


_OPCOS = ("OPCO_REMINDER_DAYS",)


_PARTNERS = (
    *("LA_BONNE_ALTERNANCE_URL", "LA_BONNE_ALTERNANCE_SECRET"),
    *("FRANCE_TRAVAIL_URL", "FRANCE_TRAVAIL_SECRET"),
)


_LIFE = ("OFFER_LONGEST_DAYS", "OFFER_REACTIVATION_DAYS")


_CFAS = ("CFA_FOLLOW_UP_DAYS",)


NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "create_recruiter": (*_LETTERS, *_DIRECTORIES, "GEOCODING_URL", "DATA_BUCKET"),
    "add_offer": (*_LETTERS, "GEOCODING_URL"),
    "manage_offers": (
        *(*_LETTERS, *_OPCOS, *_LIFE),
        *("GEOCODING_URL", "DATA_BUCKET", "PARTNER_SECRET"),
    ),
    "notify_opco": (*_LETTERS, *_OPCOS, *_SIRO, "DATA_BUCKET", "SIRO_FILE_URL"),
    "match_cfa": (
        *(*_LETTERS, *_CFAS, "DATA_BUCKET"),
        *("FORMATIONS_URL", "RCO_URL", "FORMATIONS_SECRET"),
    ),
    "publish_feed": ("OFFERS_TABLE", "FEED_BUCKET", "PUBLIC_URL", *_PARTNERS),
    "expire_offers": (
        *(*_LETTERS, *_OPCOS, *_LIFE, *_CFAS, *_SIRO, *_DIRECTORIES),
        *("DATA_BUCKET", "FEED_BUCKET"),
    ),
}
