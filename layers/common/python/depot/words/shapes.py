"""What is said of any field that has not the shape it should."""

from collections.abc import Mapping
from typing import Final

from depot.words.table import Words


_WHOLE_NUMBER: Final = Words(
    "Un nombre entier est attendu ici.", "Indiquez un nombre, sans virgule."
)
_INSTANT: Final = Words(
    "Cet instant n’est pas lisible.", "Écrivez-le ainsi : 2026-11-25T09:30:00Z, fuseau compris."
)
_SUBMISSION: Final = Words(
    "L’identifiant de la demande n’est pas valable.", "Rechargez la page, puis recommencez."
)
FIELDS: Final[Mapping[str, Words]] = {
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
    "datetime_from_date_parsing": _INSTANT,
    "datetime_type": _INSTANT,
    "datetime_parsing": _INSTANT,
    "timezone_aware": _INSTANT,
    "bool_type": Words("Un oui ou un non est attendu ici.", "Indiquez vrai ou faux."),
    "bool_parsing": Words("Un oui ou un non est attendu ici.", "Indiquez vrai ou faux."),
    "uuid_type": _SUBMISSION,
    "uuid_version": _SUBMISSION,
    "uuid_parsing": _SUBMISSION,
    "literal_error": Words("Ce choix n’existe pas.", "Choisissez une des valeurs proposées."),
    "too_long": Words("Il y a trop d’éléments dans cette liste.", "Retirez-en."),
    "list_type": Words("Une liste est attendue ici.", "Corrigez ce champ."),
    "model_type": Words("Plusieurs champs sont attendus ici.", "Corrigez la demande."),
    "extra_forbidden": Words("Ce champ n’existe pas.", "Retirez-le de la demande."),
    "json_invalid": Words(
        "La demande n’est pas un document JSON lisible.", "Vérifiez son écriture."
    ),
}
