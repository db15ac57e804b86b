"""`extends`: a pack laid over the one it changes, node by node, so that every part still knows its file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from sevclass.problems import Problem, nearest, quote
from sevclass.source import Entry, Node, problem

Path: TypeAlias = tuple[str, ...]

OWN_KEYS = ("name", "version", "description", "extends")
"""What a pack does not inherit."""


def merge(base: Node, child: Node, problems: list[Problem]) -> Node:
    """The child over the base. Mappings merge key by key, null deletes, anything else replaces; new keys come last."""
    inherited = {key: entry for key, entry in entries(base).items() if key not in OWN_KEYS}
    moved = _move_criteria(inherited.get("criteria"), entries(child).get("criteria"))
    if moved is not None:
        inherited["criteria"] = moved
    return _merged((), replace(base, value=inherited), child, problems)


def entries(node: Node | None) -> Mapping[str, Entry]:
    """The entries of a mapping; none for anything else."""
    return node.value if node is not None and isinstance(node.value, Mapping) else {}


def _merged(path: Path, base: Node, child: Node, problems: list[Problem]) -> Node:
    result = dict(entries(base))
    for key, entry in entries(child).items():
        here = (*path, key)
        if not path and key in OWN_KEYS:
            result[key] = entry
        elif path == ("severities",) and (key not in result or entry.value.value is None):
            problems.append(
                problem(entry.key, "fixed_severities", "severities cannot be added or removed", "they can be renamed")
            )
        elif entry.value.value is None:
            if result.pop(key, None) is None:
                problems.append(
                    problem(
                        entry.key,
                        "nothing_to_delete",
                        f"nothing inherited is called {quote(key)}",
                        nearest(key, result),
                    )
                )
        elif key in result and _merges(here, result[key].value, entry.value):
            result[key] = Entry(key=entry.key, value=_merged(here, result[key].value, entry.value, problems))
        else:
            result[key] = entry
    return replace(child, value=result)


def _merges(path: Path, base: Node, child: Node) -> bool:
    """Whether both are mappings that merge; floors do not, each is one thought."""
    match path:
        case ("war_room", _) | ("criteria" | "roster", _, _, "when"):
            return False
    return isinstance(base.value, Mapping) and isinstance(child.value, Mapping)


def _move_criteria(base: Entry | None, child: Entry | None) -> Entry | None:
    """The inherited criteria with those that the child gives under another severity already standing there."""
    if base is None or child is None:
        return base
    by_severity = {severity: dict(entries(entry.value)) for severity, entry in entries(base.value).items()}
    home = {id_: severity for severity, criteria in by_severity.items() for id_ in criteria}
    given = {severity: entries(entry.value) for severity, entry in entries(child.value).items()}
    for severity, criteria in given.items():
        for id_, entry in criteria.items():
            old = home.get(id_, severity)
            # An id that the child also names where it was is deleted there, or stands twice: that is told later.
            if old != severity and entry.value.value is not None and id_ not in given.get(old, {}):
                by_severity.setdefault(severity, {})[id_] = by_severity[old].pop(id_)
    old_entries = dict(entries(base.value))
    for severity, found in by_severity.items():
        like = old_entries.get(severity) or entries(child.value)[severity]
        old_entries[severity] = replace(like, value=replace(like.value, value=found))
    return replace(base, value=replace(base.value, value=old_entries))
