"""Gaps: what is still to be said in a text, so marked that nobody overlooks it."""

from __future__ import annotations

import re

GAP_PATTERN = r"\[…[^\]]*…\]"
"""A gap within a text."""
_GAP = re.compile(GAP_PATTERN)
_PLACEHOLDER = re.compile(
    r"(?:\$\w+|<[^<>]*>|[?.…_x-]{1,9}|tbd|tba|todo|fixme|to be (?:determined|done|defined))[.!:]?"
)
"""What people write where they mean to write more; alone, in any case."""
_LONGEST = 80


def gap(what: str) -> str:
    """The mark for what is missing: `[… why it happened …]`."""
    return f"[… {what} …]"


def has_gap(text: str) -> bool:
    """Whether a gap is marked in the text, or the text is nothing but a placeholder."""
    bare = text.strip()
    is_placeholder = len(bare) <= _LONGEST and _PLACEHOLDER.fullmatch(bare.casefold()) is not None
    return is_placeholder or _GAP.search(text) is not None
