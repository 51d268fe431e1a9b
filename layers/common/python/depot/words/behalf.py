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
    "need_removed": Words(
        "L’entreprise a retiré ce besoin.",
        "Elle seule peut le déposer à nouveau, sur la page d’accueil du service. Appelez-la.",
    ),
    "firm_objects": Words(
        "L’entreprise ne veut plus que votre organisme dépose pour elle.",
        "Elle peut déposer elle-même ses besoins, sur la page d’accueil du service. Appelez-la.",
    ),
    "own_email": Words(
        "Cette adresse e-mail est celle de l’organisme qui dépose.",
        "Indiquez celle de l’entreprise : elle doit être prévenue, et jointe sans intermédiaire.",
    ),
    "own_domain": Words(
        "Cette adresse e-mail appartient à l’organisme qui dépose (même nom après le @).",
        "Indiquez celle de l’entreprise : elle doit être prévenue, et jointe sans intermédiaire.",
    ),
    "employer_said": Words(
        "L’entreprise a donné elle-même ces coordonnées : c’est elle qui les change.",
        "Appelez-la : le lien de ses e-mails le lui permet.",
    ),
    "employer_answered": Words(
        "L’entreprise a répondu depuis son adresse e-mail : elle seule peut en changer.",
        "Appelez-la : le lien de ses e-mails le lui permet. Vous pouvez corriger nom et numéro.",
    ),
    "own_phone": Words(
        "Ce numéro est celui de l’organisme qui dépose.",
        "Indiquez celui de l’entreprise : les candidats doivent pouvoir l’appeler elle-même.",
    ),
}
