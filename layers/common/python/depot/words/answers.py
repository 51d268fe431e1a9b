"""What is said of the answers of OPCOs, training centres and partners."""

from collections.abc import Mapping
from typing import Final

from depot.words.table import Words


FIELDS: Final[Mapping[str, Words]] = {
    # Answer of an OPCO
    "opco_unfit": Words(
        "Ce besoin ne peut pas être transmis à cet OPCO.",
        "Choisissez-en un dans la liste, ou aucun : le besoin ira à qui peut le suivre.",
    ),
    "to_without_passing": Words(
        "Un OPCO n’est attendu ici que pour transmettre le besoin.",
        "Retirez-le, ou répondez que le besoin n’est pas de votre ressort.",
    ),
    # Answer of a training centre
    "word_link": Words(
        "Votre mot ne peut contenir ni lien, ni adresse de site, ni e-mail.",
        "Retirez-les : votre téléphone et votre e-mail ont leurs champs. Après un point, laissez "
        "un espace.",
    ),
    "reply_unfit": Words(
        "Cette précision ne va pas avec votre réponse.", "Retirez-la, ou changez de réponse."
    ),
    "back_past": Words(
        "Cette date est déjà passée.", "Choisissez une date à venir, ou laissez vide."
    ),
    # Receipts of partners
    "receipts_too_many": Words(
        "Il y a trop d’accusés dans cet envoi.", "Envoyez-en au plus cent à la fois."
    ),
    "at_future": Words(
        "Cet instant n’est pas encore passé.", "Vérifiez l’heure de votre serveur et son fuseau."
    ),
    "url": Words("Cette adresse n’est pas lisible.", "Indiquez une adresse http ou https."),
    "url_unexpected": Words(
        "Une adresse n’est attendue ici que pour une offre affichée.",
        "Retirez-la, ou indiquez l’état « shown ».",
    ),
    "reason_missing": Words(
        "Le motif du refus manque.", "Indiquez-le en une phrase : l’employeur la lira."
    ),
    "reason_unexpected": Words(
        "Un motif n’est attendu ici que pour une offre refusée.",
        "Retirez-le, ou indiquez l’état « refused ».",
    ),
}
