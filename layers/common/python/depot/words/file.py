"""What people read of a file they deposit by."""

from collections.abc import Mapping
from typing import Final

from depot.words.table import Words


FIELDS: Final[Mapping[str, Words]] = {
    "base64_decode": Words("Ce fichier n’est pas lisible.", "Choisissez-le à nouveau."),
    "base64_encode": Words("Ce fichier n’est pas lisible.", "Choisissez-le à nouveau."),
    "bytes_type": Words("Un fichier est attendu ici.", "Choisissez un fichier CSV."),
    "file_empty": Words("Ce fichier est vide.", "Choisissez le fichier que vous avez rempli."),
    "file_too_large": Words(
        "Ce fichier dépasse 300 000 octets.", "Répartissez ses lignes en plusieurs fichiers."
    ),
    "file_workbook": Words(
        "Ce fichier est un classeur, pas un fichier CSV.",
        "Dans votre tableur, choisissez « Enregistrer sous », puis le format CSV.",
    ),
    "file_encoding": Words(
        "Les caractères de ce fichier ne sont pas lisibles.",
        "Dans votre tableur, choisissez « Enregistrer sous », puis le format « CSV UTF-8 ».",
    ),
    "file_csv": Words(
        "Une case n’est pas lisible : guillemets qui ne vont pas par paires, ou texte trop long.",
        "Corrigez-la, ou enregistrez à nouveau le fichier en CSV depuis votre tableur. Voyez.",
    ),
    "file_columns_missing": Words(
        "Il manque des colonnes obligatoires.",
        "Repartez du modèle, ou ajoutez sur la première ligne.",
    ),
    "file_columns_unknown": Words(
        "Certaines colonnes ne sont pas reconnues.",
        "Retirez-les, ou donnez-leur le nom qu’elles ont dans le modèle.",
    ),
    "file_columns_twice": Words(
        "Deux colonnes portent le même nom.", "Gardez-en une, puis envoyez à nouveau le fichier."
    ),
    "file_no_line": Words(
        "Ce fichier ne contient que ses en-têtes.", "Ajoutez une ligne par besoin."
    ),
    "file_too_many_lines": Words(
        "Ce fichier contient plus de 200 lignes.", "Répartissez-les en plusieurs fichiers."
    ),
    "line_longer": Words(
        "Cette ligne a plus de cases que le fichier n’a de colonnes.",
        "Un texte contient sans doute le séparateur : enregistrez à nouveau depuis votre tableur.",
    ),
    "example_line": Words(
        "C’est la ligne d’exemple du modèle.", "Supprimez-la, ou remplacez-la par la vôtre."
    ),
    "siret_scientific": Words(
        "Le tableur a écrit ce SIRET comme un nombre : des chiffres ont pu être perdus.",
        "Mettez la colonne au format Texte, puis tapez à nouveau les 14 chiffres.",
    ),
    "siret_zeros": Words(
        "Il manque des chiffres : le tableur a sans doute retiré les zéros du début.",
        "Mettez la colonne au format Texte, puis tapez à nouveau les 14 chiffres.",
    ),
    "phone_scientific": Words(
        "Le tableur a écrit ce téléphone comme un nombre : des chiffres ont pu être perdus.",
        "Mettez la colonne au format Texte, puis tapez à nouveau le numéro.",
    ),
    "start_unread": Words(
        "Cette date n’est pas reconnue.", "Écrivez-la comme ceci : 01/09/2027, ou laissez vide."
    ),
    "level_unread": Words(
        "Ce niveau n’est pas reconnu.",
        "Écrivez CAP, Bac, BTS, Licence ou Master (ou 3, 4, 5, 6, 7), ou laissez vide.",
    ),
    "yes_or_no": Words("Un oui ou un non est attendu ici.", "Écrivez oui ou non."),
    "metier_unread": Words(
        "Ce métier n’est pas reconnu.", "Écrivez son nom comme dans la liste du formulaire."
    ),
    "metier_ambiguous": Words("Plusieurs métiers portent ce nom.", "Écrivez l’un de ceux-ci."),
    "hidden_in_file": Words(
        "Cette entreprise a demandé à ne pas apparaître dans les annuaires publics.",
        "Déposez ce besoin par le formulaire : il demande le nom et l’adresse à publier.",
    ),
}
