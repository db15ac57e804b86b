"""What an instruction is beside its facts: title, customers, and who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from sevclass.fact_problems import MOST_HINTS
from sevclass.facts import FactsInput
from sevclass.incident.event_problems import read_event
from sevclass.json_facts import read_json
from sevclass.problems import FactsError, Problem, nearest, quote

_Answer = TypeVar("_Answer")

_BESIDE = ("title", "customers", "by", "source")
"""What may stand beside the facts, as in the event `opened`."""
_KEYS = ("id", "opened_at", *_BESIDE)
_ONLY = f"beside `facts` stand only {', '.join(map(quote, _KEYS[:-1]))} and {quote(_KEYS[-1])}"
_ANY = "2026-03-02T14:23:00Z"


def apart(given: FactsInput, ask: Callable[[FactsInput], _Answer]) -> tuple[_Answer, dict[str, Any]]:
    """What `ask` says of the facts, and what an instruction may have beside them.

    Raises FactsError with every problem of either.
    """
    problems: list[Problem] = []
    mapping: Mapping[str, Any] = given if isinstance(given, Mapping) else read_json(given, problems)  # type: ignore[arg-type]
    beside = {key: mapping[key] for key in _BESIDE if key in mapping} if "facts" in mapping else {}
    try:
        answer = ask({key: value for key, value in mapping.items() if key not in beside})
    except FactsError as error:
        raise FactsError([*problems, *_hinted(error.problems), *_wrong(beside)]) from None
    if problems := [*problems, *_wrong(beside)]:
        raise FactsError(problems)
    return answer, beside


def _hinted(problems: Iterable[Problem]) -> Iterator[Problem]:
    """With what may stand beside the facts here, where something else does."""
    for number, found in enumerate(problems):
        if found.code == "unknown_key":
            near = nearest(found.path, _KEYS) if number < MOST_HINTS else None
            yield replace(found, hint=near or _ONLY)
        else:
            yield found


def _wrong(beside: Mapping[str, Any]) -> list[Problem]:
    event = {"at": _ANY, "event": "opened", **beside}
    found = read_event(event, "")
    return found if isinstance(found, list) else []
