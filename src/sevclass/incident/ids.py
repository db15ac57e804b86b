"""Ids of incidents: each is the name of a folder, on every system the same, and leads out of none."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from sevclass.problems import Problem, StoreError, quote

MOST_CHARACTERS = 128
MOST_BYTES = 255
"""The most that file systems take for a name; text beyond ASCII reaches it first."""

_SEPARATING = frozenset('/\\:*?"<>|')
"""What separates names in a path, or what Windows keeps for itself."""
# What Windows takes for a device in every folder, whatever follows a dot; it reads raised digits as digits.
_DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    | {f"{port}{digit}" for port in ("COM", "LPT") for digit in "123456789¹²³"}
)


def checked_id(text: str) -> str:
    """The id itself, if it can be the name of an incident's folder on every system.

    Raises StoreError with every problem.
    """
    if problems := [
        Problem(path="id", code=code, message=f"{quote(text)} {message}" if text else message, hint=hint)
        for code, message, hint in _problems(text)
    ]:
        raise StoreError(problems)
    return text


def _problems(text: str) -> Iterator[tuple[str, str, str]]:
    """What is wrong with it: code, message and hint."""
    if not text:
        yield "wrong_length", "an id cannot be empty", "for example `T-17`"
        return
    if len(text) > MOST_CHARACTERS:
        yield "wrong_length", f"has {len(text)} characters", f"an id has at most {MOST_CHARACTERS}"
    # What cannot be shown may stand for half a character, which UTF-8 does not have.
    elif (size := len(text.encode(errors="surrogatepass"))) > MOST_BYTES:
        yield "wrong_length", f"takes {size} bytes in UTF-8", f"an id takes at most {MOST_BYTES}"
    if found := dict.fromkeys(c for c in text if c in _SEPARATING or not c.isprintable()):
        shown = ", ".join(_shown(c) for c in found)
        yield "character", f"has {shown} in it", "use letters, digits, `-`, `_` and `.`"
    if text[0] in "._ ":
        yield "id_start", f"starts with {_shown(text[0])}", "start with a letter or a digit"
    if text[-1] in ". ":
        yield "id_end", f"ends in {_shown(text[-1])}", "end in a letter or a digit"
    if text.partition(".")[0].rstrip(" ").upper() in _DEVICES:
        yield "reserved_name", "is a device on Windows", "put something before it, such as `T-`"
    if not unicodedata.is_normalized("NFC", text):
        composed = quote(unicodedata.normalize("NFC", text))
        yield "not_composed", "has letters and accents apart", f"write them as one: {composed}, in Unicode form NFC"


def _shown(character: str) -> str:
    if character == " ":
        return "a space"
    return f"`{character}`" if character.isprintable() else f"U+{ord(character):04X}"
