"""What would change a classification, as lines for people and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from sevclass.cli import words
from sevclass.cli.markdown import code, heading, plain
from sevclass.cli.text import Row, columns, heading as heading_row
from sevclass.explain import Change, ChangeSet, Explanation, Improvement, Shortfall, WhyNot

MOST_SHOWN = 5
"""The most sets that are shown for one severity; JSON has them all."""

_SECTIONS = (("What would make it worse", "worse"), ("What would make it milder", "milder"))


def rows(found: Explanation, names: Mapping[int, str]) -> Iterator[Row]:
    """The parts that an explanation has beside a classification."""
    for title, part in _SECTIONS:
        sets: Sequence[ChangeSet] = getattr(found, part)
        if sets:
            yield from heading_row(title)
        for to, group in groupby(sets, key=attrgetter("to")):
            listed = list(group)
            yield Row(lead="  ", cells=(_reached(to, part, names),), style="bold")
            for one in listed[:MOST_SHOWN]:
                yield Row(lead="    ", cells=tuple(_cells([_moved(change) for change in one.changes])))
            if rest := _rest(len(listed), cut=to in found.truncated):
                yield Row(lead="    ", cells=(rest,), style="dim")
    if found.why_not:
        yield from heading_row(_title(found.why_not, found))
        for number, floor in enumerate(found.why_not.floors):
            if number:
                yield Row(lead="  ", cells=("or",), style="bold")
            yield from columns([(short.fact, _short(short)) for short in floor])


def lines(found: Explanation, names: Mapping[int, str]) -> Iterator[str]:
    """The same as Markdown."""
    for title, part in _SECTIONS:
        sets: Sequence[ChangeSet] = getattr(found, part)
        if sets:
            yield from heading(title)
        for to, group in groupby(sets, key=attrgetter("to")):
            listed = list(group)
            yield f"- {plain(_reached(to, part, names))}"
            for one in listed[:MOST_SHOWN]:
                moved = " and ".join(f"{code(change.fact)} {_values(change)}" for change in one.changes)
                yield f"  - {moved}"
            if rest := _rest(len(listed), cut=to in found.truncated):
                yield f"  - {rest}"
    if found.why_not:
        yield from heading(plain(_title(found.why_not, found)))
        for floor in found.why_not.floors:
            yield f"- {'; '.join(f'{code(short.fact)} {_short(short)}' for short in floor)}"


def _reached(to: int, part: str, names: Mapping[int, str]) -> str:
    """What the sets of a severity lead to."""
    if part == "worse":
        return f"to {words.named(to, names)}{' or worse' if to > 1 else ''}"
    return f"to {words.named(to, names)}{' or milder' if to < len(names) else ''}"


def _moved(change: Change | Improvement) -> str:
    return f"{change.fact} {_values(change)}"


def _values(change: Change | Improvement) -> str:
    was = words.value(change.was)
    if isinstance(change, Improvement):
        return f"from {was} to better than {words.value(change.better_than)}"
    return f"from {was} to {words.value(change.becomes)}"


def _cells(moved: Sequence[str]) -> Iterator[str]:
    """The changes of a set, each in a cell of its own."""
    for number, change in enumerate(moved, 1):
        yield f"{change} and " if number < len(moved) else change


def _rest(count: int, *, cut: bool) -> str:
    """What is said of the sets that are not shown."""
    more = count - MOST_SHOWN
    hidden = f"and {more} more; `--format json` has them all" if more > 0 else ""
    if cut:
        return f"{hidden.removesuffix(' all')}; there may be others" if hidden else "there may be others"
    return hidden


def _title(asked: WhyNot, found: Explanation) -> str:
    met = any(criterion.id == asked.id for criterion in found.criteria)
    return f"Why {asked.id}" if met else f"Why not {asked.id}"


def _short(short: Shortfall) -> str:
    """What a fact has of what a floor needs."""
    has, needs = words.value(short.has), words.value(short.needs)
    if not short.steps:
        return f"{has}, reached" if has == needs else f"{has}, reaches {needs}"
    steps = f"{short.steps} {'step' if short.steps == 1 else 'steps'} short"
    return f"{has}, needs {needs}" if short.has is None else f"{has}, needs {needs}: {steps}"
