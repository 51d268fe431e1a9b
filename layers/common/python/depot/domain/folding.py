"""Words as people type them: no accents, no capitals, no punctuation."""

import unicodedata


_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def folded(text: str) -> str:
    """Letters and digits as they are compared: "Chef d’Œuvre" -> "chef d oeuvre"."""
    apart = unicodedata.normalize("NFD", text.lower().translate(_LIGATURES))
    kept = (char for char in apart if not unicodedata.combining(char))
    spaced = "".join(char if char.isascii() and char.isalnum() else " " for char in kept)
    return " ".join(spaced.split())
