"""What the messages and guides of a pack must keep to beyond the shape of their parts.

Whether their templates can be rendered is for lint: that takes Jinja2, and a pack is read without.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from sevclass.hints import Hints
from sevclass.inherit import entries, within
from sevclass.message_names import RESERVED, TAKEN
from sevclass.problems import Problem, quote
from sevclass.scales import Scale, SumOf
from sevclass.source import Entry, Node, problem
from sevclass.spec import NAME_PATTERN

UnknownFact = Callable[[Node], Iterator[Problem]]
"""Tells of a fact that the pack does not have."""


def check_messages(
    document: Node, scales: Mapping[str, Scale], hints: Hints, unknown: UnknownFact
) -> Iterator[Problem]:
    """What is wrong with the messages and guides."""
    for message in within(entries(document), "messages").values():
        yield from _facts(entries(message.value).get("facts"), document, scales, hints, unknown)
        for name, promise in within(entries(message.value), "promises").items():
            written = {key: said for key, said in entries(promise.value).items() if said.value.value is not None}
            if name in TAKEN:
                hint = "templates have something else of that name"
                yield problem(promise.key, "reserved_name", f"{quote(name)} cannot name a promise", hint)
            if written and "text" in written and written.keys() <= {"text"}:
                hint = "say by when: `within`, `clock`, or both"
                yield problem(promise.key, "missing_key", "missing key `within`", hint)
    yield from _blanks(document)
    yield from _guides(document, hints)


def _blanks(document: Node) -> Iterator[Problem]:
    for name, blank in within(entries(document), "blanks").items():
        if name in RESERVED:
            hint = "templates keep that word for themselves"
            yield problem(blank.key, "reserved_name", f"{quote(name)} cannot name a blank", hint)


def _guides(document: Node, hints: Hints) -> Iterator[Problem]:
    guides = within(entries(document), "guides")
    for guide in guides.values():
        like = entries(guide.value).get("like")
        if like is None or not isinstance(like.value.value, str) or not re.match(NAME_PATTERN, like.value.text):
            continue
        named = like.value.text
        if named not in guides:
            hint = hints.gone(("guides", named)) or hints.nearest(named, guides) or "every guide stands in `guides`"
            yield problem(like.value, "unknown_guide", f"unknown guide {quote(named)}", hint)
        elif _is_like(guides[named].value):
            hint = "name the guide that has the steps"
            yield problem(like.value, "unknown_guide", f"{quote(named)} is like another guide itself", hint)


def _is_like(guide: Node) -> bool:
    """Whether it takes steps from another one itself."""
    written = entries(guide).get("like")
    return written is not None and written.value.value is not None


def _facts(
    entry: Entry | None, document: Node, scales: Mapping[str, Scale], hints: Hints, unknown: UnknownFact
) -> Iterator[Problem]:
    value = entry.value.value if entry is not None else None
    facts = within(entries(document), "facts")
    for node in value if isinstance(value, tuple) else ():
        if not isinstance(node.value, str | bool):
            continue  # told by the shape
        if node.text not in facts:
            # One that was deleted can never be known, so nothing is said of it.
            if hints.gone(("facts", node.text)) is None:
                yield from unknown(node)
        elif isinstance(scales.get(node.text), SumOf):
            hint = "name the counts that it is of"
            yield problem(node, "not_given", f"{quote(node.text)} is a sum, which nobody says", hint)
