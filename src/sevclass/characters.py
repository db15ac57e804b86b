"""Characters that a person can see: all others are written out."""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200c\u200d"  # some scripts cannot be written without them


def printable(text: str) -> str:
    """The text with everything that could move a cursor or turn the writing direction escaped."""
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    return " " if unicodedata.category(character) == "Zs" else character.encode("unicode_escape").decode()
