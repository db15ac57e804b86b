"""What the plan of a pack must keep to beyond the shape of its parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from sevclass import durations
from sevclass.hints import Hints
from sevclass.inherit import entries, within
from sevclass.problems import Problem, quote
from sevclass.source import Entry, Node, problem
from sevclass.spec import NAME_PATTERN

Check: TypeAlias = Callable[[Node], Iterator[Problem]]
_HINT = "every track stands in `tracks`"


class Named(NamedTuple):
    """How the names are checked that the rest of the pack declares too."""

    role: Check
    fact: Check
    floors: Callable[[Entry | None, None], Iterator[Problem]]
    severities: Sequence[str]


def check_plan(document: Node, named: Named, hints: Hints) -> Iterator[Problem]:
    """Every problem of the plan."""
    plan = within(entries(document), "plan")
    tracks, home = within(plan, "tracks"), dict[str, Node]()
    for phase in within(plan, "phases").values():
        written = entries(phase.value)
        yield from _times(written, named.severities)
        for id_, question in within(written, "questions").items():
            yield from _once(id_, question.key, home)
            facts = entries(question.value).get("facts")
            for fact in _items(facts) if facts and isinstance(facts.value.value, tuple) else ():
                yield from named.fact(fact)
        for id_, action in within(written, "actions").items():
            yield from _once(id_, action.key, home)
            said = entries(action.value)
            for role in _items(said.get("owners")):
                yield from named.role(role)
            yield from named.floors(said.get("when"), None)
            yield from _track(said.get("track"), tracks, hints)


def _once(id_: str, key: Node, home: dict[str, Node]) -> Iterator[Problem]:
    """By its id somebody says that an action is done, or a question answered: it has to be one of a kind."""
    if id_ in home:
        hint = f"the first is at {home[id_].place}"
        yield problem(key, "duplicate_step", f"{quote(id_)} stands twice in the plan", hint)
    home.setdefault(id_, key)


def _items(entry: Entry | None) -> Iterator[Node]:
    """The names in a list, or the one that stands alone."""
    nodes = () if entry is None else entry.value.value if isinstance(entry.value.value, tuple) else (entry.value,)
    return (node for node in nodes if isinstance(node.value, str | bool))


def _track(entry: Entry | None, tracks: Mapping[str, Entry], hints: Hints) -> Iterator[Problem]:
    for node in _items(entry):
        if node.text not in tracks and re.match(NAME_PATTERN, node.text):
            hint = hints.gone(("plan", "tracks", node.text)) or hints.nearest(node.text, tracks)
            yield problem(node, "unknown_track", f"unknown track {quote(node.text)}", hint or _HINT)


def _times(written: Mapping[str, Entry], severities: Sequence[str]) -> Iterator[Problem]:
    """The length of a phase, and the severities at which it dates what is done in it."""
    ends: list[tuple[Entry, int]] = []
    for key in ("from", "to"):
        if key not in written:
            continue
        try:
            figure = durations.parse(str(written[key].value.value))
        except ValueError:
            continue  # told by the shape
        if figure.limit.seconds is None:
            hint = "a phase is counted in `m`, `h`, `d` or `w`"
            yield problem(written[key].value, "business_time", f"{quote(str(figure))} is business time", hint)
        else:
            ends.append((written[key], figure.limit.seconds))
    match ends:
        case [(_, first), (entry, last)] if first >= last:
            yield problem(entry.value, "empty_phase", "`to` is not after `from`", "a phase takes some time")
    if dated := written.get("dated"):
        node = dated.value
        if type(node.value) is int and node.value > 0 and severities and str(node.value) not in severities:
            hint = f"severities are 1 to {len(severities)}"
            yield problem(node, "unknown_severity", f"unknown severity {node.value}", hint)
        if "to" not in written:
            yield problem(dated.key, "missing_key", "missing key `to`", "the end of the phase is what dates")
