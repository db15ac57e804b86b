"""What would change a classification, as lines for people and as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from sevclass.api import Pack
from sevclass.cli import words
from sevclass.cli.markdown import code, heading, plain
from sevclass.cli.text import Row, columns, heading as heading_row
from sevclass.explain import Change, ChangeSet, Explanation, Improvement, Shortfall, WhyNot

MOST_SHOWN = 5
"""The most sets that are shown for one severity; JSON has them all."""

_Written: TypeAlias = Mapping[str, Mapping[str, Any]]
"""Fact -> its scale, as the pack's document has it."""


class _Way(NamedTuple):
    """The ways to one severity: what they lead to, the sets that are shown, and what is said of the others."""

    to: str
    sets: Sequence[ChangeSet]
    rest: str


def rows(found: Explanation, pack: Pack) -> Iterator[Row]:
    """The parts that an explanation has beside a classification."""
    written = _written(pack, str)
    for title, ways in _sections(found, pack.severities):
        yield from heading_row(title)
        for way in ways:
            yield Row(lead="  ", cells=(way.to,), style="bold")
            for one in way.sets:
                moved = [f"{change.fact} {_values(change, written)}" for change in one.changes]
                yield Row(lead="    - ", cells=(*(f"{change} and " for change in moved[:-1]), moved[-1]))
            if way.rest:
                yield Row(lead="    ", cells=(way.rest,), style="dim")
    if found.why_not:
        yield from heading_row(_title(found.why_not, found))
        for number, floor in enumerate(found.why_not.floors):
            if number:
                yield Row(lead="  ", cells=("or",), style="bold")
            yield from columns([(short.fact, _short(short, written)) for short in floor])


def lines(found: Explanation, pack: Pack) -> Iterator[str]:
    """The same as Markdown."""
    written = _written(pack, plain)
    for title, ways in _sections(found, pack.severities):
        yield from heading(title)
        for way in ways:
            yield f"- {plain(way.to)}"
            for one in way.sets:
                moved = (f"{code(change.fact)} {_values(change, written)}" for change in one.changes)
                yield f"  - {' and '.join(moved)}"
            if way.rest:
                yield f"  - {way.rest}"
    if found.why_not:
        yield from heading(plain(_title(found.why_not, found)))
        for floor in found.why_not.floors:
            yield f"- {'; '.join(f'{code(short.fact)} {_short(short, written)}' for short in floor)}"


def _written(pack: Pack, shown: Callable[[str], str]) -> _Written:
    """The scales, with units as they are to be shown; values and names are safe everywhere."""
    facts: dict[str, dict[str, Any]] = pack.model_dump()["facts"]
    for scale in facts.values():
        if measure := scale.get("measure"):
            measure["unit"] = shown(measure["unit"])
    return facts


def _sections(found: Explanation, names: Mapping[int, str]) -> Iterator[tuple[str, list[_Way]]]:
    """What would make it worse, and what milder; without what cannot be reached."""
    worse, milder = range(1, found.severity), range(found.severity + 1, len(names) + 1)
    for title, severities, sets, further in (
        ("What would make it worse", worse, found.worse, " or worse"),
        ("What would make it milder", milder, found.milder, " or milder"),
    ):
        ways = []
        for to in severities:
            ended = to in {1, len(names)}  # nothing lies beyond
            listed = [one for one in sets if one.to == to]
            if listed or to in found.truncated:
                rest = _rest(len(listed), cut=to in found.truncated)
                ways.append(_Way(f"to {words.named(to, names)}{'' if ended else further}", listed[:MOST_SHOWN], rest))
        if ways:
            yield title, ways


def _values(change: Change | Improvement, written: _Written) -> str:
    was, unit = words.value(change.was), _unit(change.fact, written)
    if isinstance(change, Improvement):
        return f"from {was} to better than {words.value(change.better_than)}{unit}"
    return f"from {was} to {words.value(change.becomes)}{unit}"


def _unit(fact: str, written: _Written) -> str:
    """The unit of a measure, to stand behind its number."""
    measure = written[fact].get("measure")
    return f" {measure['unit']}" if measure else ""


def _rest(count: int, *, cut: bool) -> str:
    """What is said of the sets that are not shown."""
    if not count:
        return "too many rules to find any"
    more = count - MOST_SHOWN
    hidden = f"and {more} more; `--format json` has them all" if more > 0 else ""
    if cut:
        return f"{hidden.removesuffix(' all')}; there may be others" if hidden else "there may be others"
    return hidden


def _title(asked: WhyNot, found: Explanation) -> str:
    met = any(criterion.id == asked.id for criterion in found.criteria)
    return f"Why {asked.id}" if met else f"Why not {asked.id}"


def _short(short: Shortfall, written: _Written) -> str:
    """What a fact has of what a floor needs."""
    has, needs = words.value(short.has), words.value(short.needs)
    unit = _unit(short.fact, written)
    if not short.steps:
        return f"{has}{unit}, reached" if has == needs else f"{has}{unit}, reaches {needs}{unit}"
    told = f"{has}, needs {needs}{unit}"
    # A label has no steps to be short by, and what is unknown may have reached it.
    if short.has is None or "label" in written[short.fact]:
        return told
    if isinstance(short.needs, int | float) and not isinstance(short.needs, bool):
        return f"{told}: {abs(Decimal(needs) - Decimal(has))}{unit} short"
    return f"{told}: {short.steps} {'step' if short.steps == 1 else 'steps'} short"
