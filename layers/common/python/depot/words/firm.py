"""What is said of a firm, its contact, its OPCO and its addresses."""

from collections.abc import Mapping
from typing import Final

from depot.words.table import Words


FIELDS: Final[Mapping[str, Words]] = {
    # SIRET
    "siret_digits": Words(
        "Le SIRET ne contient que des chiffres.",
        "Recopiez les 14 chiffres qui figurent sur vos factures ou votre avis de situation Sirene.",
    ),
    "siret_length": Words(
        "Le SIRET compte 14 chiffres.", "Vérifiez qu’il ne manque aucun chiffre."
    ),
    "siret_is_siren": Words(
        "Ce numéro est un SIREN (9 chiffres).",
        "Choisissez un de ses établissements, ou ajoutez les 5 chiffres qui forment son SIRET.",
    ),
    "siret_key": Words(
        "Ce SIRET n’existe pas : il contient sans doute une faute de frappe.",
        "Recopiez les 14 chiffres depuis une facture ou votre avis de situation Sirene.",
    ),
    "unknown_company": Words(
        "L’annuaire des entreprises ne connaît pas ce SIRET.",
        "Vérifiez le numéro ou cherchez l’entreprise par son nom. Une entreprise toute récente "
        "y apparaît sous une semaine environ.",
    ),
    "closed_company": Words(
        "Cet établissement est fermé d’après l’annuaire des entreprises.",
        "Indiquez le SIRET de l’établissement ouvert où l’apprenti travaillera.",
    ),
    "search_short": Words(
        "Trois lettres au moins sont nécessaires pour chercher.",
        "Tapez le nom de l’entreprise, ou son SIREN.",
    ),
    "hidden_company": Words(
        "Cette entreprise a demandé à ne pas apparaître dans les annuaires publics.",
        "Indiquez vous-même le nom et l’adresse à publier : seuls ceux-là seront montrés.",
    ),
    "hidden_firm": Words(
        "Cette entreprise n’apparaît pas dans les annuaires publics : dites ce qui sera publié.",
        "Indiquez le nom et l’adresse que verront les candidats.",
    ),
    "sign": Words("Ce nom d’enseigne est trop court.", "Écrivez celui que les gens connaissent."),
    "sign_link": Words(
        "Le nom de l’enseigne ne peut contenir ni lien ni e-mail.", "Indiquez seulement le nom."
    ),
    # Contact
    "name": Words("Indiquez le nom de la personne à contacter.", "Par exemple : Jeanne Martin."),
    "name_link": Words(
        "Le nom ne peut contenir ni lien ni adresse.", "Indiquez seulement prénom et nom."
    ),
    "email": Words(
        "Cette adresse e-mail n’est pas valide.",
        "Vérifiez-la ; par exemple : prenom@exemple.fr.",
    ),
    "email_accent": Words(
        "Cette adresse e-mail contient un caractère accentué avant le @.",
        "Indiquez une adresse sans accent : nos e-mails n’arriveraient pas à celle-ci.",
    ),
    "email_limit": Words(
        "Vous avez demandé trois changements d’adresse en 24 heures : c’est le maximum.",
        "Ouvrez le lien reçu à la nouvelle adresse, ou recommencez demain.",
    ),
    "phone": Words(
        "Ce numéro de téléphone n’est pas valide.",
        "Indiquez un numéro français à 10 chiffres, ou commencez par + et l’indicatif du pays.",
    ),
    "phone_costly": Words(
        "Ce numéro est surtaxé ou ne permet pas de vous joindre.",
        "Indiquez un numéro fixe ou mobile ordinaire.",
    ),
    "confirmation": Words(
        "Le mot tapé n’est pas celui attendu.", "Tapez EFFACER, ou laissez vos données en place."
    ),
    # OPCO
    "opco_unknown": Words(
        "Cet OPCO n’existe pas.", "Choisissez un des OPCO proposés, ou « Je ne sais pas »."
    ),
    # Addresses
    "street": Words(
        "Cette adresse n’est pas lisible.",
        "Indiquez le numéro et la voie, par exemple : 12 rue du Four.",
    ),
    "street_link": Words(
        "L’adresse ne peut contenir ni lien ni e-mail.",
        "Indiquez seulement le numéro et la voie.",
    ),
    "postcode": Words("Un code postal compte 5 chiffres.", "Par exemple : 24000."),
    "postcode_unknown": Words(
        "Ce code postal n’est celui d’aucune commune.",
        "Vérifiez-le ; à la place d’un code CEDEX, indiquez le code postal de la commune.",
    ),
    "city": Words("Indiquez la commune.", "Écrivez son nom, ou choisissez-la dans la liste."),
    "city_elsewhere": Words(
        "Cette commune n’a pas ce code postal.",
        "Vérifiez le code postal, ou indiquez une commune qui a celui-ci.",
    ),
}
