"""What people read of who deposits for somebody else."""

from collections.abc import Mapping
from typing import Final

from depot.words.table import Words


FIELDS: Final[Mapping[str, Words]] = {
    "depositor_is_firm": Words(
        "Ce SIRET est celui de l’entreprise qui recrute.",
        "Indiquez celui de votre organisme ; l’employeur, lui, dépose sur la page d’accueil.",
    ),
    "firm_is_depositor": Words(
        "Ce SIRET est celui de votre organisme.", "Indiquez celui de l’entreprise qui recrute."
    ),
    "own_email": Words(
        "Cette adresse e-mail est celle de l’organisme qui dépose.",
        "Indiquez celle de l’entreprise : elle doit être prévenue, et jointe sans intermédiaire.",
    ),
    "own_domain": Words(
        "Cette adresse e-mail appartient à l’organisme qui dépose (même nom après le @).",
        "Indiquez celle de l’entreprise : elle doit être prévenue, et jointe sans intermédiaire.",
    ),
    "own_phone": Words(
        "Ce numéro est celui de l’organisme qui dépose.",
        "Indiquez celui de l’entreprise : les candidats doivent pouvoir l’appeler elle-même.",
    ),
}
