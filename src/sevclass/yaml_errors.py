"""What is wrong with YAML text, in our own words: the parts of the language we refuse, and libyaml's syntax errors."""

from __future__ import annotations

from typing import Any

from yaml import MarkedYAMLError

_QUOTE = "if it is text, quote it"

REFUSED = {
    "directive": ("directives are not allowed", "delete the line: every file is read as YAML 1.2"),
    "anchor": ("anchors are not allowed", _QUOTE),
    "alias": ("aliases are not allowed", f"write the value out; {_QUOTE}"),
    "tag": ("tags are not allowed", _QUOTE),
    "second_document": ("a file holds one document", "move the rest to a file of its own"),
}
"""code -> message and hint."""

MAX_DEPTH = 64
"""The most collections inside each other."""
TOO_DEEP = ("too_deep", f"nested deeper than {MAX_DEPTH} levels")
"""Code and message; libyaml has a limit of its own on `[` and `{`, which it meets while it looks ahead."""

_TAB = ("a tab cannot indent", "indent with spaces")
_BACKSLASH = "for a backslash write two"
_SYNTAX = {
    "did not find expected node content": ("expected a value", None),
    "did not find expected '-' indicator": ("expected the next `-` of the list", None),
    "did not find expected key": ("expected the next key of the mapping", None),
    "did not find expected ',' or ']'": ("expected `,` or `]`", None),
    "did not find expected ',' or '}'": ("expected `,` or `}`", None),
    "did not find expected <document start>": ("expected the end of the file", None),
    "could not find expected ':'": ("expected `:` after this key", None),
    "block sequence entries are not allowed in this context": (
        "a list cannot start here",
        f"start it on a line of its own; {_QUOTE}",
    ),
    "mapping keys are not allowed in this context": ("a key cannot stand here", _QUOTE),
    "mapping values are not allowed in this context": (
        "`:` cannot stand here",
        f"check the indentation; {_QUOTE}",
    ),
    "found unexpected ':'": ("`:` cannot stand here", _QUOTE),
    "found character that cannot start any token": ("a value cannot start like this", f"{_QUOTE}; {_TAB[1]}"),
    "found a tab character where an indentation space is expected": _TAB,
    "found a tab character that violates indentation": _TAB,
    "found unexpected end of stream": ("this quote is not closed", None),
    "found unexpected document indicator": ("this quote is not closed", None),
    "found unknown escape character": ("unknown escape in double quotes", _BACKSLASH),
    "did not find expected hexdecimal number": ("expected hexadecimal digits after the escape", _BACKSLASH),
    "found invalid Unicode character escape code": ("this escape is not a character", "write the character itself"),
    "did not find expected comment or line break": ("expected the end of the line", None),
    "found an indentation indicator equal to 0": ("an indentation is a digit from 1 to 9", None),
}
# Told where the unfinished thing starts, not where its end was missed.
_AT_START = {"could not find expected ':'", "found unexpected end of stream", "found unexpected document indicator"}
_COLLECTIONS = {
    "while parsing a block collection": "list",
    "while parsing a block mapping": "mapping",
    "while parsing a flow sequence": "list",
    "while parsing a flow mapping": "mapping",
}


def explain(error: MarkedYAMLError, first: int = 1) -> tuple[Any, str, str, str | None]:
    """The mark of a syntax error, its code, message and hint; `first` is the number of the first line."""
    trouble, context = str(error.problem), str(error.context)
    at: Any = error.problem_mark
    start: Any = error.context_mark
    words = f"{context} {trouble}".split()
    refused = next((code for code in REFUSED if code in words), None)
    if refused:
        return start, refused, *REFUSED[refused]
    if trouble == "exceeded maximum nesting depth":
        return at, *TOO_DEEP, None
    message, hint = _SYNTAX.get(trouble, (trouble, None))
    if context in _COLLECTIONS:
        hint = f"the {_COLLECTIONS[context]} starts in line {start.line + first}"
    return start if trouble in _AT_START else at, "syntax", message, hint
