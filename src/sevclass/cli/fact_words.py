"""Facts as words of the command line: `functionality=down`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pydantic_core import from_json

from sevclass.api import Pack
from sevclass.cli.arguments import UsageError
from sevclass.problems import FactsError, quote

UNKNOWN = "null"
"""What stands for a value that nobody knows."""
_FLAG = {"true": True, "yes": True, "false": False, "no": False}


def facts_said(words: Iterable[str], pack: Pack) -> dict[str, Any]:
    """The facts that the words name, each value read by its scale in the pack; None is unknown.

    Raises UsageError for what is no `name=value`, and FactsError for what does not fit the pack.
    """
    facts = values_said(words, pack, "--fact")
    try:
        pack.check({"facts": facts})
    except FactsError as error:
        raise FactsError(
            replace(found, path=f"--fact {found.path.removeprefix('facts.')}") for found in error.problems
        ) from None
    return facts


def values_said(words: Iterable[str], pack: Pack, option: str) -> dict[str, Any]:
    """The facts and values themselves, whether they fit the pack or not.

    Raises UsageError for what is no `name=value`.
    """
    scales = pack.model_dump()["facts"]
    facts: dict[str, Any] = {}
    for word in words:
        fact, _, text = word.partition("=")
        if not (fact and text):
            raise UsageError(f"{quote(word)} is not a fact with its value", f"as `{option} functionality=down`")
        if fact in facts:
            raise UsageError(f"{quote(fact)} stands twice", "keep one")
        facts[fact] = _value(text, scales.get(fact, {}))
    return facts


def _value(text: str, scale: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as its scale has it
    """The value that a text stands for; the text itself where it fits no scale, which is told with the others."""
    if text == UNKNOWN:
        return None
    if "flag" in scale:
        return _FLAG.get(text.lower(), text)
    if "count" in scale or "measure" in scale:
        try:
            return from_json(text, allow_inf_nan=False)
        except ValueError:
            return text
    return text
