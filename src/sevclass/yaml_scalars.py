"""What a plain scalar means: the core schema of YAML 1.2 (section 10.3.2)."""

from __future__ import annotations

import math
import re

from sevclass.problems import quote

MAX_DIGITS = 640
"""The longest number, in characters: Python can be set to refuse longer ones, but never shorter ones."""

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_WORDS = (
    dict.fromkeys(NULLS)
    | dict.fromkeys(("true", "True", "TRUE"), True)
    | dict.fromkeys(("false", "False", "FALSE"), False)
)
_BASES = {"decimal": 10, "octal": 8, "hexadecimal": 16}
_NUMBER = re.compile(
    r"(?P<decimal>[-+]?[0-9]+)"
    r"|(?P<octal>0o[0-7]+)"
    r"|(?P<hexadecimal>0x[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<special>[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"
)


def resolve(text: str) -> tuple[bool | int | float | str | None, str | None]:
    """The value of a plain scalar, and what is wrong with it, if anything; a wrong one stays text."""
    if text in _WORDS:
        return _WORDS[text], None
    match = _NUMBER.fullmatch(text)
    if not match:
        return text, None
    if len(text) > MAX_DIGITS:
        return text, f"a number has more than {MAX_DIGITS} digits"
    if match.lastgroup in _BASES:
        return int(text, _BASES[match.lastgroup]), None
    if match.lastgroup == "float" and math.isfinite(number := float(text)):
        return number, None
    return text, f"{quote(text)} is not a finite number"
