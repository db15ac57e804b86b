"""The review of an incident as a file: what is to be done after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sevclass.cli import inputs
from sevclass.cli.kept import kept
from sevclass.incident.event_problems import read_event
from sevclass.problems import FactsError, Problem, nearest, quote
from sevclass.source import Budget, Node, plain, problem, read

_ROOT = "post_incident_review"
_KEYS = ("text", "action", "owner", "due", "kind", "for")
_IN_BRACKETS = re.compile(r"\s*\[(?P<key>owner|due):\s*(?P<value>[^\]]*[^\]\s])\s*\]\s*\Z", re.IGNORECASE)
_ANY = {"at": "2026-03-02T14:23:00Z", "event": "action"}


def action_items(file: str | Path, id: str) -> list[dict[str, Any]]:
    """The `action_items` of a review, the kept one or any file, each as the fields of an event `action`.

    An item is a text, perhaps with `[Owner: SRE]` or `[Due: 2026-03-09]` at its end, or a mapping of `text` (or
    `action`), `owner`, `due`, `kind` and `for`. What else stands in the review is the team's own.

    Raises FactsError with every problem: there is no such file, it is no review, or the one of another incident; and
    StoreError if the kept one cannot be read.
    """
    name = inputs.name_of(str(file))
    with kept(file) if isinstance(file, Path) else inputs.opened(file) as opened:
        try:
            data = inputs.document(opened, name)
        except FactsError as error:
            raise FactsError(_empty(name) if found.code == "empty" else found for found in error.problems) from None
    root, problems = read(data, name, Budget())
    if root is None or problems:
        raise FactsError(problems or [_empty(name)])
    found = list(_items(root, id))
    if problems := [one for one in found if isinstance(one, Problem)]:
        raise FactsError(problems)
    return [one for one in found if not isinstance(one, Problem)]


def _empty(name: str) -> Problem:
    return Problem(path=name, code="empty", message="is empty", hint="name what is to be done, or `{}`")


def _items(root: Node, id: str) -> Iterator[dict[str, Any] | Problem]:
    review = root
    if isinstance(root.value, Mapping) and _ROOT in root.value:
        review = root.value[_ROOT].value
    if not isinstance(review.value, Mapping):
        yield problem(review, "not_a_mapping", f"{quote(plain(review))} is not a review", "as `action_items: […]`")
        return
    named = review.value.get("incident_id")
    if named and named.value.value is not None and named.value.text != id:
        message = f"it is the review of {quote(named.value.text)}, not of {quote(id)}"
        yield problem(named.value, "contradiction", message, "name the review of this incident")
    items = review.value.get("action_items")
    if items is None or items.value.value is None:
        return
    if not isinstance(items.value.value, tuple):
        yield problem(items.value, "wrong_type", f"{quote(plain(items.value))} is not a list", "write `- ` before each")
        return
    for item in items.value.value:
        yield from _item(item)


def _item(item: Node) -> Iterator[dict[str, Any] | Problem]:
    given = plain(item)
    if isinstance(given, str):
        given = _of_text(given)
    if not isinstance(given, dict):
        yield problem(item, "wrong_type", f"{quote(given)} is no action item", "a text, or `{text: …, owner: …}`")
        return
    keys = item.value if isinstance(item.value, Mapping) else {}
    given = {key: value for key, value in given.items() if value is not None}
    wrong = [key for key in given if key not in _KEYS]
    for key in wrong:
        hint = nearest(key, _KEYS) or f"one of {', '.join(map(quote, _KEYS))}"
        yield problem(keys[key].key, "unknown_key", f"unknown key {quote(key)}", hint)
    if ("text" in given) is ("action" in given):
        yield problem(item, "missing_key", "an action item has a `text`, or an `action`", "and not both")
        return
    named = {"text" if key == "action" else key: key for key in given if key in _KEYS}
    fields = {"kind": "prevention", **{name: given[key] for name, key in named.items()}}
    event = read_event({**_ANY, **fields}, "")
    if isinstance(event, list):
        for found in event:
            key = named[found.path]
            node = keys[key].value if key in keys else item
            yield problem(node, found.code, f"{key}: {found.message}", found.hint)
    elif not wrong:
        yield fields


def _of_text(text: str) -> dict[str, Any]:
    """The owner and the day that stand in brackets at the end of a text, and what stands before."""
    fields: dict[str, Any] = {}
    while match := _IN_BRACKETS.search(text):
        fields.setdefault(match["key"].lower(), match["value"])
        text = text[: match.start()]
    return {"text": text, **fields}
