"""Empty talk: a why that gives no reason."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_MOST = 20_000
"""How much of a text is looked at."""
_FILLING = re.compile(
    r"an?|and|are|as|at|be(?:en|cause)?|by|d(?:id|o|oes|ue)|for|from|ha[ds]|have|in|is|its?|of|on|or|so|since|th(?:at|en"
    r"|ere|e|is)|to|was|we(?:re)?|when|which|while|with|again|just|simply|all"
)
"""Words that carry no reason."""
_NOTHING = re.compile(
    r"(?:human|operator|user) error|mistake|error|bad luck|(?:not )?known|unknown|unclear|none|nothing|no idea"
    r"|(?:(?:same|see) )?above|na?|bug|broke|failed|happens|same"
)
"""Phrases that fit everything, without those words."""


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return _WORD.findall(text[:_MOST].casefold())


def says_nothing(text: str) -> bool:
    """Whether a reason is none: no word at all, or one of those phrases that fit everything, as "human error"."""
    bare = " ".join(word for word in words_of(text) if not _FILLING.fullmatch(word))
    return not bare or _NOTHING.fullmatch(bare) is not None


def repeats(why: str, what: str) -> bool:
    """Whether a reason only says again what happened: it has no word of its own."""
    own = {word for word in words_of(why) if not _FILLING.fullmatch(word)}
    return bool(own) and own <= {*words_of(what)}
