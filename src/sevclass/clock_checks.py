"""What the calendars of a pack, and the rules of its clocks, must keep to beyond the shape of their parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from sevclass.calendar_spec import CalendarSpec
from sevclass.calendars import faults
from sevclass.inherit import entries, within
from sevclass.pack import SEVERITIES_MAX
from sevclass.problems import Problem
from sevclass.shape import at
from sevclass.source import Node, plain, problem


def check_calendars(document: Node) -> Iterator[Problem]:
    """What is wrong with the calendars."""
    own = entries(document).get("calendar")
    for entry in (*([own] if own and own.value.value else []), *within(entries(document), "calendars").values()):
        try:
            calendar = CalendarSpec.model_validate(plain(entry.value)).document
        except ValidationError:
            continue  # told by the shape
        for fault in faults(calendar):
            yield problem(at(entry.value, fault.path), fault.code, fault.message, fault.hint)


def check_review(document: Node, severities: Sequence[str]) -> Iterator[Problem]:
    """The severities after which a review is owed."""
    entry = entries(document).get("review")
    for node in entry.value.value if entry and isinstance(entry.value.value, tuple) else ():
        is_one = type(node.value) is int and 1 <= node.value <= SEVERITIES_MAX
        if is_one and severities and str(node.value) not in severities:
            hint = f"severities are 1 to {len(severities)}"
            yield problem(node, "unknown_severity", f"unknown severity {node.value}", hint)
