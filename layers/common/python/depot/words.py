"""The one error table: what people read when something is refused, and with which HTTP status.

Codes are ours or pydantic's own error types.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from depot.words_of_files import OF_A_FILE, Words


FALLBACK: Final = Words(
    "Cette valeur n’est pas acceptée.", "Corrigez ce champ, puis validez à nouveau."
)
_WHOLE_NUMBER: Final = Words(
    "Un nombre entier est attendu ici.", "Indiquez un nombre, sans virgule."
)
_SUBMISSION: Final = Words(
    "L’identifiant de la demande n’est pas valable.", "Rechargez la page, puis recommencez."
)

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
    "value_error": Words(
        "Cette adresse e-mail n’est pas valide.",
        "Vérifiez-la ; par exemple : prenom@exemple.fr.",
    ),
    "email_accent": Words(
        "Cette adresse e-mail contient un caractère accentué avant le @.",
        "Indiquez une adresse sans accent : nos e-mails n’arriveraient pas à celle-ci.",
    ),
    "phone": Words(
        "Ce numéro de téléphone n’est pas valide.",
        "Indiquez un numéro français à 10 chiffres, ou commencez par + et l’indicatif du pays.",
    ),
    "phone_costly": Words(
        "Ce numéro est surtaxé ou ne permet pas de vous joindre.",
        "Indiquez un numéro fixe ou mobile ordinaire.",
    ),
    # Deposit on somebody's behalf
    "depositor_is_firm": Words(
        "Ce SIRET est celui de l’entreprise qui recrute.",
        "Indiquez celui de votre organisme ; l’employeur, lui, dépose sur la page d’accueil.",
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
    "firm_is_depositor": Words(
        "Ce SIRET est celui de votre organisme.", "Indiquez celui de l’entreprise qui recrute."
    ),
    **OF_A_FILE,
    # OPCO
    "opco_unknown": Words(
        "Cet OPCO n’existe pas.", "Choisissez un des OPCO proposés, ou « Je ne sais pas »."
    ),
    # Need
    "metier_unknown": Words(
        "Ce métier n’est pas dans la liste.",
        "Tapez quelques lettres, puis choisissez un métier proposé.",
    ),
    "already_live": Words(
        "Une offre pour ce métier est déjà en ligne pour cet établissement.",
        "Gérez l’offre existante, ou confirmez que vous cherchez une personne de plus.",
    ),
    "need_repeated": Words(
        "Ce métier figure déjà plus haut dans votre demande.",
        "Indiquez plutôt le nombre de postes, ou confirmez que ce sont deux besoins.",
    ),
    "metier_not_apprenticeable": Words(
        "Aucun diplôme ni titre préparé en apprentissage ne mène à ce métier.",
        "Choisissez dans la liste un métier voisin.",
    ),
    "metiers_too_many": Words(
        "Vous pouvez indiquer deux autres métiers au plus.", "N’en gardez que deux."
    ),
    "metier_repeated": Words(
        "Le même métier est indiqué plusieurs fois.", "Gardez-le une seule fois."
    ),
    "start_past": Words(
        "Cette date est déjà passée.",
        "Choisissez une date à venir, ou laissez vide : « dès que possible ».",
    ),
    "start_far": Words(
        "Cette date est trop lointaine.", "Choisissez une date dans les deux ans qui viennent."
    ),
    # Answer of an OPCO
    "opco_unfit": Words(
        "Ce besoin ne peut pas être transmis à cet OPCO.",
        "Choisissez-en un dans la liste, ou aucun : le besoin ira à qui peut le suivre.",
    ),
    "to_without_passing": Words(
        "Un OPCO n’est attendu ici que pour transmettre le besoin.",
        "Retirez-le, ou répondez que le besoin n’est pas de votre ressort.",
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
    # Shapes
    "missing": Words("Ce champ est obligatoire.", "Remplissez-le, puis validez à nouveau."),
    "string_too_long": Words("Ce texte est trop long.", "Raccourcissez-le."),
    "string_too_short": Words("Ce champ est vide.", "Remplissez-le, puis validez à nouveau."),
    "string_unicode": Words("Ce texte n’est pas lisible.", "Tapez-le à nouveau."),
    "string_type": Words("Un texte est attendu ici.", "Corrigez ce champ, puis validez à nouveau."),
    "int_type": _WHOLE_NUMBER,
    "int_parsing": _WHOLE_NUMBER,
    "int_from_float": _WHOLE_NUMBER,
    "int_parsing_size": Words("Ce nombre est trop grand.", "Indiquez un nombre plus petit."),
    "finite_number": _WHOLE_NUMBER,
    "greater_than_equal": Words("Ce nombre est trop petit.", "Indiquez un nombre plus grand."),
    "less_than_equal": Words("Ce nombre est trop grand.", "Indiquez un nombre plus petit."),
    "date_from_datetime_parsing": Words(
        "Cette date n’existe pas.", "Écrivez-la sous la forme AAAA-MM-JJ."
    ),
    "date_from_datetime_inexact": Words(
        "Une date sans heure est attendue ici.", "Écrivez-la sous la forme AAAA-MM-JJ."
    ),
    "date_type": Words("Une date est attendue ici.", "Écrivez-la sous la forme AAAA-MM-JJ."),
    "bool_type": Words("Un oui ou un non est attendu ici.", "Indiquez vrai ou faux."),
    "bool_parsing": Words("Un oui ou un non est attendu ici.", "Indiquez vrai ou faux."),
    "uuid_type": _SUBMISSION,
    "uuid_version": _SUBMISSION,
    "uuid_parsing": _SUBMISSION,
    "literal_error": Words("Ce choix n’existe pas.", "Choisissez une des valeurs proposées."),
    "too_long": Words("Il y a trop d’éléments.", "Déposez au plus dix offres à la fois."),
    "list_type": Words("Une liste est attendue ici.", "Corrigez ce champ."),
    "model_type": Words("Plusieurs champs sont attendus ici.", "Corrigez la demande."),
    "extra_forbidden": Words("Ce champ n’existe pas.", "Retirez-le de la demande."),
    "json_invalid": Words(
        "La demande n’est pas un document JSON lisible.", "Vérifiez son écriture."
    ),
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
        "Cette offre n’est plus en ligne.",
        "Elle ne peut plus être modifiée ; déposez un nouveau besoin si vous cherchez encore.",
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
