"""Text typed by people: cleaned of what no mail, feed or page can carry safely.

Removed: control and format characters (C0, C1, bidi overrides and isolates, zero-width), lone
surrogates, unassigned code points. Kept: letters of any script, punctuation, line feeds in
paragraphs.
"""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from depot.domain.e_mails import has_e_mail


_MAX_PARAGRAPHS = 1000
_LINK = re.compile(r"://|www\.", re.IGNORECASE)
# Full-width and small @ as well: in a name or an address there is no use for one.
_SIGN = re.compile(r"[@\uff20\ufe6b]")
# In a sentence there is, with spaces around it: « 3 € @ l’heure ».
_GLUED = re.compile(r"\w[@\uff20\ufe6b]|[@\uff20\ufe6b]\w")
# What mail programs make a link of, though nobody wrote "www": a name and a path, or a name under
# one of the domains of France's firms. Others are left alone: "ASP.NET", "poste.Contrat".
_SITE = re.compile(
    r"(?<![\w.])(?:[^\W_][\w-]*\.)+(?:[a-z]{2,}[/:?][^\s]|(?i:fr|com|org|eu|info|biz)(?![\w-]))"
)
_REMOVED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def has_link(line: str) -> bool:
    """Whether a line, cleaned, holds an e-mail address or the address of a site."""
    return bool(_LINK.search(line) or _SIGN.search(line)) or has_e_mail(line)


def leads_away(text: str) -> bool:
    """Whether a paragraph holds an address, or what mail programs make a link of."""
    return any(sought.search(text) for sought in (_LINK, _SITE, _GLUED)) or has_e_mail(text)


def clean_line(text: str) -> str:
    """One line: unsafe characters gone, runs of white space folded to one space."""
    if _is_clean(text):
        return text
    spaced = "".join(" " if char.isspace() else char for char in text)
    kept = "".join(char for char in spaced if unicodedata.category(char) not in _REMOVED)
    # Last: what was removed may have stood between a letter and its accent.
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def _is_clean(line: str) -> bool:
    """Whether cleaning would change nothing, as is nearly always so: forty times as fast to see.

    ``isprintable``: no control, format, surrogate, private or unassigned character, and no white
    space but the plain one.
    """
    single = "  " not in line and line[:1] != " " and line[-1:] != " "
    return single and line.isprintable() and unicodedata.is_normalized("NFC", line)


def clean_paragraphs(text: str) -> str:
    """Lines cleaned one by one; no more than one empty line in a row."""
    lines = [clean_line(line) for line in text.splitlines()]
    kept = [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]
    return "\n".join(kept).strip()


def _bounded(text: str) -> str:
    # After the cleaning: normalising may lengthen.
    if len(text) > _MAX_PARAGRAPHS:
        raise PydanticCustomError("string_too_long", "string_too_long")
    return text


def _without_link(text: str) -> str:
    # Mailed to people who asked nothing, under our name: a link in there would be believed ours.
    if leads_away(text):
        raise PydanticCustomError("text_link", "text_link")
    return text


Paragraphs = Annotated[str, AfterValidator(clean_paragraphs), AfterValidator(_bounded)]
PlainParagraphs = Annotated[Paragraphs, AfterValidator(_without_link)]
