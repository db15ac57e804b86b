"""A review read from YAML or JSON: every problem at once, each with its line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sevclass.incident.event_problems import read_event
from sevclass.insight.gaps import has_gap
from sevclass.insight.review import ROOT, BusinessImpact, PostIncidentReview, RootCause, of_text
from sevclass.problems import Problem, nearest, quote
from sevclass.shape import at, key_at
from sevclass.source import Budget, Node, plain, problem, read
from sevclass.wording import worded

_ITEM_KEYS = ("text", "action", "owner", "due", "state", "kind", "for", "id")
_PARTS: Mapping[str, type[BaseModel]] = {"root_cause": RootCause, "business_impact": BusinessImpact}
_TEXTS = ("incident_id", "duration", "business_impact")
_LISTS = ("timeline", "contributing_factors", "what_went_well", "what_went_poorly", "similar_incidents")
_ANY = {"at": "2026-03-02T14:23:00Z", "event": "action"}
_GIVEN = (bool, int, float)
_BRACKET = re.compile(r"(?:\s|#[^\r\n]*(?=[\r\n]))*+\{")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReview:
    """A review, and where its parts stand."""

    review: PostIncidentReview
    node: Node
    """The mapping of its parts."""
    text: str
    """The file, with its comments."""

    @property
    def is_block(self) -> bool:
        """Whether it is written line by line, as people do, and not in brackets as JSON is."""
        return not _BRACKET.match(self.text)

    def at(self, *path: str | int) -> Node:
        """Where a part stands; what it would stand in, if it is not there."""
        return at(self.node, path)

    def key_at(self, *path: str | int) -> Node:
        """The key of a part; for an item of a list, the item."""
        return key_at(self.node, path)

    def has(self, key: str) -> bool:
        """Whether a part stands there, if only as null."""
        return isinstance(self.node.value, Mapping) and key in self.node.value

    @property
    def actions(self) -> Sequence[dict[str, Any]]:
        """The action items as the fields of events `action`; what is still a gap is left out."""
        found = [
            item.model_dump(mode="json", by_alias=True, exclude_none=True) for item in self.review.action_items or ()
        ]
        return [{"kind": "prevention", **_without_gaps(fields)} for fields in found if not has_gap(fields["text"])]


def _without_gaps(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if key not in {"owner", "due"} or not has_gap(value)}


def read_review(data: bytes, name: str, id: str | None = None) -> ReadReview | list[Problem]:
    """The review that a text of YAML or JSON holds, at its top or below `post_incident_review`; or all its problems.

    With `id`, the review of another incident is a problem too.
    """
    root, problems = read(data, name, Budget())
    if problems:
        return problems
    if root is None:
        return [Problem(path=name, code="empty", message="is empty", hint="name what is to be done, or `{}`")]
    node = root
    if isinstance(root.value, Mapping) and ROOT in root.value:
        node = root.value[ROOT].value
    if not isinstance(node.value, Mapping):
        return [problem(node, "not_a_mapping", f"{quote(plain(node))} is not a review", "as `action_items: […]`")]
    data_ = _given(node)
    problems.extend(_of_another(node, id))
    problems.extend(_items(node, data_))
    try:
        review = PostIncidentReview.model_validate(data_)
    except ValidationError as error:
        problems.extend(_told(node, detail) for detail in error.errors(include_url=False))
    else:
        if not problems:
            return ReadReview(review=review, node=node, text=data.decode().removeprefix("\ufeff"))
    return sorted(problems, key=_place)


def _of_another(node: Node, id_: str | None) -> Iterator[Problem]:
    named = at(node, ("incident_id",))
    if id_ is not None and named.text and named.text != id_ and named.value is not None and not has_gap(named.text):
        message = f"it is the review of {quote(named.text)}, not of {quote(id_)}"
        yield problem(named, "contradiction", message, "name the review of this incident")


def _place(found: Problem) -> tuple[int, int]:
    """Sorts by line and column."""
    _, line, column = found.path.rsplit(":", 2)
    return int(line), int(column)


def _given(node: Node) -> dict[str, Any]:
    """What stands there, with numbers as they are written where a text belongs: an id may be one."""
    given: dict[str, Any] = plain(node)
    for key in (*_TEXTS, *_LISTS, *_PARTS):
        if key in given:
            given[key] = _as_text(at(node, (key,)))
    return given


def _as_text(node: Node) -> Any:  # noqa: ANN401 - whatever YAML can say
    if isinstance(node.value, _GIVEN):
        return node.text
    if isinstance(node.value, tuple):
        return [item.text if isinstance(item.value, _GIVEN) else plain(item) for item in node.value]
    if isinstance(node.value, Mapping):
        return {
            key: entry.value.text if isinstance(entry.value.value, _GIVEN) and key != "amount" else plain(entry.value)
            for key, entry in node.value.items()
        }
    return plain(node)


# Action items, which are events to be


def _items(node: Node, given: dict[str, Any]) -> Iterator[Problem]:
    """The problems of the action items; those without any are put in the place of what stands there."""
    if given.get("action_items") is None:
        return
    items = at(node, ("action_items",))
    del given["action_items"]
    if not isinstance(items.value, tuple):
        yield problem(items, "wrong_type", f"{quote(plain(items))} is not a list", "write `- ` before each")
        return
    kept: list[dict[str, Any]] = []
    for item in items.value:
        read_ = _item(item)
        if isinstance(read_, dict):
            kept.append(read_)
        else:
            yield from read_
    given["action_items"] = kept


def _item(item: Node) -> dict[str, Any] | list[Problem]:
    given = plain(item)
    if isinstance(given, str):
        given = of_text(given)
    if not isinstance(given, dict):
        return [problem(item, "wrong_type", f"{quote(given)} is no action item", "a text, or `{text: …, owner: …}`")]
    keys = item.value if isinstance(item.value, Mapping) else {}
    given = {key: value for key, value in given.items() if value is not None}
    problems: list[Problem] = []
    for key in given:
        if key not in _ITEM_KEYS:
            hint = nearest(key, _ITEM_KEYS) or f"one of {', '.join(map(quote, _ITEM_KEYS))}"
            problems.append(problem(keys[key].key, "unknown_key", f"unknown key {quote(key)}", hint))
    if ("text" in given) is ("action" in given):
        told = problem(item, "missing_key", "an action item has a `text`, or an `action`", "and not both")
        return [*problems, told]
    named = {"text" if key == "action" else key: key for key in given if key in _ITEM_KEYS}
    fields = {name: given[key] for name, key in named.items()}
    is_gap = {name for name in ("owner", "due") if isinstance(fields.get(name), str) and has_gap(fields[name])}
    event = read_event({**_ANY, **{name: value for name, value in fields.items() if name not in is_gap}}, "")
    for found in event if isinstance(event, list) else ():
        key = named[found.path]
        node = keys[key].value if key in keys else item
        problems.append(problem(node, found.code, f"{key}: {found.message}", found.hint))
    return problems or fields


# The other parts


def _told(node: Node, detail: ErrorDetails) -> Problem:
    """A validation error in our words, at the key or the value that it is about."""
    loc = tuple(step for step in detail["loc"] if step not in {"int", "float"})
    here, key = at(node, loc), key_at(node, loc)
    match detail["type"]:
        case "extra_forbidden":
            known = tuple(_PARTS[str(loc[0])].model_fields)
            hint = nearest(key.text, known) or f"one of {', '.join(map(quote, known))}"
            return problem(key, "unknown_key", f"unknown key {quote(key.text)}", hint)
        case "missing":
            return problem(at(node, loc[:-1]), "missing_key", f"missing key {quote(str(loc[-1]))}")
        case "string_too_short":
            return problem(here, "empty_text", "the text is empty", "write something, or leave it out")
        case "string_pattern_mismatch":
            return problem(here, "wrong_type", f"{quote(here.text)} is not a currency", "three letters, as `EUR`")
        case "model_type" | "list_type" | "dict_type" as kind:
            hint = "write `- ` before each" if kind == "list_type" else "name each part"
            code, message, _ = worded(detail)
            return problem(here, code, message, hint)
        case kind:
            code, message, hint_ = worded(detail)
            if kind == "string_type" and isinstance(detail["input"], dict):
                hint_ = "put it in double quotes if it has a colon"
            return problem(here, code, message, hint_)
