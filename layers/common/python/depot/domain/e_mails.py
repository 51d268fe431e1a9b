"""E-mail addresses in what people write, in the ways they get round a filter.

Masked: ``jean(at)d.fr``, ``jean [at] d.fr``, ``jean @@ d . fr``, ``jean%40d.fr``,
``jean&#64;d.fr``, ``jean arobase d point fr``, full-width signs. Left alone: a sign or a word that
leads to no domain, as in « 3 € @ l’heure », « tapez arobase » or « accident (AT) ».
"""

import re
from typing import Final


# Before anything dear: hardly any text holds one of these.
_HINT: Final = re.compile(
    r"[@\uff20\ufe6b]|%40|&\#|&commat|arr?oba[sz]|[(\[{<_*-]\s?at\s?[)\]}>_*-]", re.IGNORECASE
)
# Lengths are those of addresses (RFC 5321): what never ends in one is soon given up.
_LOCAL: Final = r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}"
# Signs that names hold too only with a space before and after.
_OPEN: Final = r"(?:\s?[(\[{<]{1,2}\s?|\s[_*-])"
_CLOSE: Final = r"(?:\s?[)\]}>]{1,2}\s?|[_*-]\s)"
_SIGN: Final = r"\s?(?:[@\uff20\ufe6b]\s?){1,3}"
_ENCODED: Final = r"\s?(?:%40|&\#0{0,4}64;?|&\#x0{0,4}40;?|&commat;)\s?"
_BETWEEN: Final = rf"{_OPEN}(?:at|arr?oba[sz]e?|[@\uff20\ufe6b]){_CLOSE}"
_SPOKEN: Final = r"\sarr?oba[sz]e?\s"
_DOT: Final = r"[.\uff0e\u3002]"
_SAID: Final = rf"{_OPEN}(?:point|dot|\.){_CLOSE}|\s(?:point|dot)\s|\s\.\s"
_LABEL: Final = r"[^\W_](?:[^\W_]|-){0,62}"
# After a dot that is said, a domain ends as France's do, or it is none: « un point important ».
_ENDS: Final = r"(?:fr|com|org|net|eu|info|biz|pro|io|be|ch|re|gp|mq|bzh|paris|coop)\b"
_E_MAIL: Final = re.compile(
    rf"{_LOCAL}(?:{_SIGN}|{_ENCODED}|{_BETWEEN}|{_SPOKEN})"
    rf"(?:(?:{_LABEL}(?:{_SAID}|{_DOT})){{1,8}}{_ENDS}|{_LABEL}(?:{_DOT}{_LABEL}){{1,8}})",
    re.IGNORECASE,
)


def has_e_mail(text: str) -> bool:
    """Whether somebody could be written to at an address in a text."""
    return bool(_HINT.search(text) and _E_MAIL.search(text))


def without_e_mails(text: str, instead: str) -> str:
    """The text with each address replaced."""
    return _E_MAIL.sub(instead, text) if _HINT.search(text) else text
