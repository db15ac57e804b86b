"""What a fact may be answered with: shown as a list, and read from what a person types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json

from sevclass.api import Pack
from sevclass.cli.words import value as shown
from sevclass.problems import FactsError, nearest, quote
from sevclass.scales import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answers to the question of one fact: named ones from harmless to worst, or a number."""

    fact: str
    ask: str
    named: Mapping[Value, str]
    """Value -> what it means; empty where a number is asked for."""
    wanted: str
    """What to type, in words."""

    def listed(self) -> Iterator[tuple[str, str]]:
        """The named answers: the number and the name, and what the answer means."""
        room = max((len(shown(name)) for name in self.named), default=0)
        for number, (name, text) in enumerate(self.named.items(), 1):
            yield f"{number:>2}  {shown(name):<{room if text else 0}}", text

    def read(self, typed: str, pack: Pack) -> Value:
        """The value that somebody typed: the number or the name of an answer, or the number asked for.

        Raises ValueError; its message says what is wrong and what to do.
        """
        if not self.named:
            return self._number(typed, pack)
        names = {shown(name): name for name in self.named}
        if False in self.named:
            names |= {"no": False, "yes": True}
        numbers = {str(number): name for number, name in enumerate(self.named, 1)}
        if (found := names.get(typed.lower(), numbers.get(typed))) is None:  # no name has a capital
            hint = nearest(typed, names) or f"1 to {len(numbers)}, or the name of an answer"
            raise ValueError(f"{quote(typed)} is none of the answers; {hint}")
        return found

    def _number(self, typed: str, pack: Pack) -> Value:
        try:
            number = from_json(typed)
        except ValueError:
            number = None
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise ValueError(f"{quote(typed)} is not a number; type {self.wanted}")  # noqa: TRY004 - text was given
        try:
            pack.classify({self.fact: number})
        except FactsError as error:
            found = error.problems[0]
            raise ValueError(f"{found.message}; {found.hint or f'type {self.wanted}'}") from None
        return number


def answers(fact: str, written: Mapping[str, Any]) -> Answers:
    """The answers to a fact, as the pack's document has it."""
    named: dict[Value, str] = {**written.get("levels", {}), **written.get("label", {})}
    if "flag" in written:
        named = {False: written["flag"].get("false", ""), True: written["flag"].get("true", "")}
    wanted = "one of the answers"
    if "count" in written:
        wanted = f"a whole number of {written['count']}, from 0"
    if "measure" in written:
        wanted = _measured(written["measure"])
    return Answers(fact=fact, ask=written["ask"], named=named, wanted=wanted)


def _plain(number: float) -> str:
    return str(int(number)) if number.is_integer() else str(number)


def _measured(measure: Mapping[str, Any]) -> str:
    ends = "".join(f" {word} {_plain(measure[word])}" for word in ("from", "to") if word in measure)
    return f"a number of {measure['unit']}{ends}; {measure['worse']} is worse"
