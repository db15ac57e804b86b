"""What floors must keep to: their facts exist, and the levels that they ask for are on the scales of these."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from sevclass.hints import Hints
from sevclass.problems import Problem, quote
from sevclass.scales import COUNT_MAX, Count, Flag, Label, Levels, Measure, Scale, SumOf, Value
from sevclass.source import Entry, Node, problem
from sevclass.spec import NAME_PATTERN

_WANTED: Mapping[type[Scale], str] = {
    Levels: "a level",
    Flag: "true",
    Label: "a label",
    Count: "a whole number",
    SumOf: "a whole number",
    Measure: "a number",
}


class FloorChecks:
    """Checks floors against facts: `facts` are the names there are, `scales` those of the facts that are well formed.

    With `knows_facts` false nothing is said of names that are not there.
    """

    def __init__(
        self, facts: Collection[str], scales: Mapping[str, Scale], hints: Hints, *, knows_facts: bool = True
    ) -> None:
        self._facts, self._scales, self._hints = facts, scales, hints
        self._knows_facts = knows_facts

    def floor(
        self, floor: Mapping[str, Entry], *, labels: bool, more: Collection[str] = (), apart: str = "criteria"
    ) -> Iterator[Problem]:
        """Every problem of a floor.

        `labels`: whether it may test one; `more`: names of others that would have done; `apart`: where two sums belong.
        """
        for fact, level in floor.items():
            if fact not in self._facts:
                yield from self.unknown_fact(level.key, more)
            elif fact in self._scales:
                yield from self._level(fact, level, labels=labels)
        sums = [level.key for fact, level in floor.items() if isinstance(self._scales.get(fact), SumOf)]
        if len(sums) > 1:
            named = " and ".join(quote(key.text) for key in sums)
            message, hint = f"a floor names at most one sum: {named}", f"make it two {apart}, or drop one"
            yield problem(sums[1], "two_sums", message, hint)

    def unknown_fact(self, node: Node, more: Collection[str] = ()) -> Iterator[Problem]:
        """That there is no such fact; `more` are names of others that would have done."""
        if self._knows_facts and re.match(NAME_PATTERN, node.text):
            hint = self._hints.gone(("facts", node.text)) or self._hints.nearest(node.text, [*self._facts, *more])
            yield problem(node, "unknown_fact", f"unknown fact {quote(node.text)}", hint)

    def count(self, node: Node, hint: str) -> Iterator[Problem]:
        """That a node names no count; `hint` says what has to be one."""
        if node.text not in self._facts:
            yield from self.unknown_fact(node)
        elif node.text in self._scales and not isinstance(self._scales[node.text], Count | SumOf):
            yield problem(node, "not_a_count", f"{quote(node.text)} is not a count", hint)

    def _level(self, fact: str, entry: Entry, *, labels: bool) -> Iterator[Problem]:
        scale, node = self._scales[fact], entry.value
        if isinstance(scale, Label) and not labels:
            hint = "only criteria and roster rows of the mildest severity may: a label has no order"
            yield problem(entry.key, "label", f"a label cannot be tested here: {quote(fact)}", hint)
        if isinstance(node.value, str | bool | int | float):
            # A level may well be called `true`: names are read as text.
            named = isinstance(node.value, bool) and isinstance(scale, Levels | Label)
            yield from self._fault(fact, scale, node, node.text if named else node.value)

    def _fault(self, fact: str, scale: Scale, node: Node, level: Value) -> Iterator[Problem]:
        shown = quote(level)
        match scale.fault(level):
            case "type":
                meant = isinstance(scale, Flag) and str(level).lower() in ("true", "yes", "on", "y")
                hint = "write `true`, without quotes" if meant else None
                yield problem(node, "wrong_type", f"{shown} is not {_WANTED[type(scale)]}", hint)
            case "unknown":
                names = scale.names if isinstance(scale, Levels | Label) else ()
                hint = self._hints.nearest(str(level), names) or f"{quote(fact)} has {', '.join(map(quote, names))}"
                yield problem(node, "unknown_level", f"unknown level {shown}", hint)
            case "harmless":
                message = f"{shown} is the harmless end of {quote(fact)}, so it would always hold"
                yield problem(node, "always_holds", message, "ask for a worse level")
            case "beyond":
                counted = isinstance(scale, Count | SumOf)
                hint = f"a count is from 1 to {COUNT_MAX}" if counted else "it lies outside the measure's ends"
                yield problem(node, "out_of_range", f"{shown} is out of range", hint)
