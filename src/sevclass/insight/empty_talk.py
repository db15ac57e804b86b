"""Empty talk: a why that gives no reason."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_MOST = 20_000
"""How much of a text is looked at."""
_FILLING = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "because",
        "by",
        "did",
        "do",
        "due",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "in",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "so",
        "since",
        "that",
        "the",
        "then",
        "there",
        "this",
        "to",
        "was",
        "we",
        "were",
        "when",
        "which",
        "while",
        "with",
        "again",
        "just",
        "simply",
        "all",
    ]
)
_NOTHING = (
    "human error",
    "operator error",
    "user error",
    "a mistake",
    "mistake",
    "an error",
    "bad luck",
    "unknown",
    "not known",
    "unclear",
    "none",
    "nothing",
    "no idea",
    "see above",
    "as above",
    "n a",
    "na",
    "a bug",
    "bug",
    "it broke",
    "it failed",
    "it happens",
    "same",
)
_SAYS_NOTHING = frozenset(_NOTHING)


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return _WORD.findall(text[:_MOST].casefold())


def says_nothing(text: str) -> bool:
    """Whether a reason is none: no word at all, or one of those phrases that fit everything, as "human error"."""
    found = words_of(text)
    bare = " ".join(word for word in found if word not in _FILLING)
    return not found or " ".join(found) in _SAYS_NOTHING or bare in _SAYS_NOTHING or not bare


def repeats(why: str, what: str) -> bool:
    """Whether a reason only says again what happened: it has no word of its own."""
    return bool(words_of(why)) and {*words_of(why)} - _FILLING <= {*words_of(what)}
