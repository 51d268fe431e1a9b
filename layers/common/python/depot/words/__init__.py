"""The one error table: what people read when something is refused, and with which HTTP status.

Codes are ours or pydantic's own error types. What is said of fields stands by room: a module each.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from depot.words import answers, behalf, file, firm, offer, shapes
from depot.words.table import Words


__all__ = ["FALLBACK", "FIELDS", "PROBLEMS", "Words"]

FALLBACK: Final = Words(
    "Cette valeur n’est pas acceptée.", "Corrigez ce champ, puis validez à nouveau."
)
FIELDS: Final[Mapping[str, Words]] = {
    **firm.FIELDS,
    **behalf.FIELDS,
    **offer.FIELDS,
    **answers.FIELDS,
    **file.FIELDS,
    **shapes.FIELDS,
}

_REFUSED_TITLE: Final = "Votre demande contient une erreur."
_REFUSED_DETAIL: Final = "Corrigez les champs signalés : ce que vous avez saisi est conservé."

# code -> status, title, what to do
PROBLEMS: Final[Mapping[str, tuple[HTTPStatus, str, str]]] = {
    "invalid": (HTTPStatus.UNPROCESSABLE_ENTITY, _REFUSED_TITLE, _REFUSED_DETAIL),
    "duplicate": (
        HTTPStatus.CONFLICT,
        "Ce besoin semble déjà déposé.",
        "Gérez l’offre existante, ou déposez quand même : ce que vous avez saisi est conservé.",
    ),
    "partner_unknown": (
        HTTPStatus.UNAUTHORIZED,
        "Ce partenaire ou sa clé n’est pas reconnu.",
        "Vérifiez l’adresse appelée et la clé envoyée, ou demandez-en une.",
    ),
    "link_invalid": (
        HTTPStatus.UNAUTHORIZED,
        "Ce lien n’est pas ou plus valable.",
        "Ouvrez le lien de l’e-mail le plus récent que vous avez reçu.",
    ),
    "not_found": (
        HTTPStatus.NOT_FOUND,
        "Cette offre n’existe pas.",
        "Revenez à la liste de vos offres par le lien de votre e-mail.",
    ),
    "not_live": (
        HTTPStatus.CONFLICT,
        "Cette offre n’est pas dans un état qui le permet.",
        "Relisez où elle en est, puis recommencez ; une offre terminée peut être réactivée.",
    ),
    "limit_reached": (
        HTTPStatus.CONFLICT,
        "Une limite est atteinte.",
        "Rien n’a changé.",
    ),
    "stale_version": (
        HTTPStatus.CONFLICT,
        "Ces informations ont été modifiées entre-temps.",
        "Relisez la version actuelle, puis recommencez si besoin : votre saisie est conservée.",
    ),
    "notice_moved": (
        HTTPStatus.CONFLICT,
        "Ce besoin a évolué entre-temps.",
        "Relisez où il en est, puis répondez à nouveau si besoin.",
    ),
    "submission_reused": (
        HTTPStatus.CONFLICT,
        "Cette demande a déjà été envoyée avec d’autres informations.",
        "Rechargez la page, puis recommencez.",
    ),
    "submission_erased": (
        HTTPStatus.CONFLICT,
        "Ce que cette demande avait déposé a été effacé.",
        "Ce dépôt a été effacé depuis. Validez à nouveau : ce sera un nouveau dépôt.",
    ),
    "conflict": (
        HTTPStatus.CONFLICT,
        "Une autre modification est arrivée au même moment.",
        "Validez à nouveau.",
    ),
    "too_large": (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "Cette demande est trop volumineuse.",
        "Raccourcissez les textes, puis validez à nouveau.",
    ),
    "internal": (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "Le service a rencontré une erreur.",
        "Réessayez dans quelques minutes : ce que vous avez saisi est conservé.",
    ),
}
