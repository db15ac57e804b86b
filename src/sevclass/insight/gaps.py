"""Gaps: what is still to be said in a text, so marked that nobody overlooks it."""

from __future__ import annotations

import re

GAP_PATTERN = r"\[…[^\[\]]*…\]"
"""A gap within a text; no bracket in it, so that it is found in one go."""
_GAP = re.compile(GAP_PATTERN)
_PLACEHOLDER = re.compile(
    r"(?:\$\w+|<[^<>]*>|[?.…_x-]{1,9}|tbd|tba|todo|fixme|to be (?:determined|done|defined))[.!:]?"
)
"""What people write where they mean to write more; alone, in any case."""
_LONGEST = 80


def gap(what: str) -> str:
    """The mark for what is missing: `[… why it happened …]`."""
    return f"[… {what} …]"


def gap_in(text: str) -> str | None:
    """The first gap that is marked in the text, or all of it if it is but a placeholder; None if there is none."""
    bare = text.strip()
    if len(bare) <= _LONGEST and _PLACEHOLDER.fullmatch(bare.casefold()):
        return bare
    found = _GAP.search(text)
    return None if found is None else found[0]


def has_gap(text: str) -> bool:
    """Whether there is a gap in the text."""
    return gap_in(text) is not None
