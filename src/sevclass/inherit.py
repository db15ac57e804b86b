"""`extends`: a pack laid over the one it changes, node by node, so that every part still knows its file and line.

A translation is inherited as long as the text is that it translates.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import TypeAlias

from sevclass.document import DEFAULT_LANGUAGE
from sevclass.problems import Problem, nearest, quote
from sevclass.source import Entry, Node, problem
from sevclass.texts import Place, in_pack, in_translation, place_of

Path: TypeAlias = tuple[str, ...]
Deleted: TypeAlias = dict[Path, Node]
"""What is no longer inherited, and the key that deleted it."""

OWN_KEYS = ("name", "version", "description", "extends")
"""What a pack does not inherit."""


def merge(base: Node, child: Node, problems: list[Problem], deleted: Deleted) -> Node:
    """The child over the base. Mappings merge key by key, null deletes, anything else replaces; new keys come last."""
    inherited = {key: entry for key, entry in entries(base).items() if key not in OWN_KEYS}
    inherited = _moved(inherited, entries(child))
    merged = _merged((), replace(base, value=inherited), child, problems, deleted)
    return _still_true(base, child, merged)


def entries(node: Node | None) -> Mapping[str, Entry]:
    """The entries of a mapping; none for anything else."""
    return node.value if node is not None and isinstance(node.value, Mapping) else {}


def within(above: Mapping[str, Entry], key: str) -> Mapping[str, Entry]:
    """The entries of the mapping under a key; none if it is not there, or no mapping."""
    return entries(above[key].value) if key in above else {}


def _merged(path: Path, base: Node, child: Node, problems: list[Problem], deleted: Deleted) -> Node:
    result = dict(entries(base))
    if path[:1] == ("facts",) and path[2:] == ("levels",):
        problems.extend(_out_of_order(list(result), entries(child)))
    for key, entry in entries(child).items():
        here = (*path, key)
        if not path and key in OWN_KEYS:
            result[key] = entry
        elif here == ("language",):
            if entry.value.value != (result[key].value.value if key in result else DEFAULT_LANGUAGE):
                message, hint = "the language of an inherited pack stays", "add a language in `translations`"
                problems.append(problem(entry.key, "fixed_language", message, hint))
        elif path == ("severities",) and (key not in result or entry.value.value is None):
            message, hint = "severities cannot be added or removed", "they can be renamed"
            problems.append(problem(entry.key, "fixed_severities", message, hint))
        elif entry.value.value is None:
            if result.pop(key, None) is None:
                message = f"nothing inherited is called {quote(key)} here"
                problems.append(problem(entry.key, "nothing_to_delete", message, nearest(key, result)))
            deleted[here] = entry.key
        elif key in result and _merges(here, result[key].value, entry.value):
            merged = _merged(here, result[key].value, entry.value, problems, deleted)
            result[key] = Entry(key=entry.key, value=merged)
        else:
            result[key] = entry
    return replace(child, value=result)


def _out_of_order(inherited: list[str], written: Mapping[str, Entry]) -> list[Problem]:
    """Levels that are written in another order than they will have: the inherited one, and new levels last."""
    final = {name: place for place, name in enumerate(dict.fromkeys([*inherited, *written]))}
    keys = [entry.key for entry in written.values() if entry.value.value is not None]
    hint = "inherited levels keep their order, and new ones come last, as the worst"
    return [
        problem(later, "level_order", f"{quote(later.text)} cannot come after {quote(first.text)}", hint)
        if first.text in inherited
        else problem(first, "level_order", f"{quote(first.text)} cannot come before {quote(later.text)}", hint)
        for first, later in pairwise(keys)
        if final[first.text] > final[later.text]
    ]


def _merges(path: Path, base: Node, child: Node) -> bool:
    """Whether both are mappings that merge; floors do not, each is one thought."""
    match path:
        case ("war_room", _) | ("criteria" | "roster", _, _, "when"):
            return False
        case ("war_room_setup", "positions", _, "when") | ("plan", "phases", _, "actions", _, "when"):
            return False
    return isinstance(base.value, Mapping) and isinstance(child.value, Mapping)


def _moved(inherited: dict[str, Entry], child: Mapping[str, Entry]) -> dict[str, Entry]:
    """What is inherited, with the criteria that the child gives under another severity already standing there."""
    if "criteria" not in inherited or "criteria" not in child:
        return inherited
    base = inherited["criteria"]
    given = {severity: entries(entry.value) for severity, entry in entries(child["criteria"].value).items()}
    by_severity = {severity: dict(entries(entry.value)) for severity, entry in entries(base.value).items()}
    home = {id_: severity for severity, criteria in by_severity.items() for id_ in criteria}
    for severity, criteria in given.items():
        for id_, entry in criteria.items():
            old = home.get(id_, severity)
            # An id that the child also names where it was is deleted there, or stands twice: that is told later.
            if old != severity and entry.value.value is not None and id_ not in given.get(old, {}):
                by_severity.setdefault(severity, {})[id_] = by_severity[old].pop(id_)
                home[id_] = severity
    sections = dict(entries(base.value))
    for severity, found in by_severity.items():
        like = sections.get(severity) or entries(child["criteria"].value)[severity]
        sections[severity] = replace(like, value=replace(like.value, value=found))
    return inherited | {"criteria": replace(base, value=replace(base.value, value=sections))}


def _still_true(base: Node, child: Node, merged: Node) -> Node:
    """The merged pack without what it inherits as the translation of a text that is gone, or is another one now."""
    section, own = entries(merged).get("translations"), entries(child).get("translations")
    if section is None or not entries(section.value):
        return merged
    before, after = _texts(base), _texts(merged)
    stale = {place for place, text in before.items() if after.get(place) != text}
    kept = {}
    for language, entry in entries(section.value).items():
        given = entries(own.value).get(language) if own else None
        written = {place for place, _ in in_translation(given.value, _below)} if given else set()
        kept[language] = replace(entry, value=_without(stale - written, entry.value))
    whole = {**entries(merged), "translations": replace(section, value=replace(section.value, value=kept))}
    return replace(merged, value=whole)


def _texts(document: Node) -> dict[Place, object]:
    return {place_of(path): node.value for path, node in in_pack(document, _below)}


def _below(node: Node) -> Iterator[tuple[str, Node]]:
    return ((key, entry.value) for key, entry in entries(node).items())


def _without(places: Collection[Place], node: Node) -> Node:
    """A mapping without what stands at some places in it, and without a part in which nothing is left then."""
    kept = {}
    for key, entry in entries(node).items():
        deeper = {place[1:] for place in places if place[0] == key}
        if () in deeper:
            continue
        value = _without(deeper, entry.value) if deeper else entry.value
        if entries(value) or not entries(entry.value):
            kept[key] = replace(entry, value=value)
    return replace(node, value=kept) if isinstance(node.value, Mapping) else node
