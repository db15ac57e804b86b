"""The review of an incident as a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sevclass.cli import inputs
from sevclass.cli.kept import kept
from sevclass.insight.gaps import has_gap
from sevclass.insight.review_reading import ReadReview, read_review
from sevclass.problems import FactsError, Problem, quote
from sevclass.source import MAX_BYTES, problem


def reviewed(file: str | Path) -> ReadReview:
    """The review in a file, or in the one that is kept of an incident.

    Raises FactsError with every problem: there is no such file, or it is no review; and StoreError if the kept one
    cannot be read.
    """
    name = inputs.name_of(str(file))
    with kept(file) if isinstance(file, Path) else inputs.opened(file) as opened:
        data = inputs.whole(opened, name, MAX_BYTES)
    if data is None:
        message = f"more than {MAX_BYTES >> 20} MiB"
        raise FactsError([Problem(path=name, code="too_large", message=message, hint="a review is read as a whole")])
    found = read_review(data, name)
    if isinstance(found, list):
        raise FactsError(found)
    return found


def action_items(file: str | Path, id: str) -> Sequence[dict[str, Any]]:
    """The action items of a review, the kept one or any file, each as the fields of an event `action`.

    What is still a gap is left out. Raises FactsError, also if it is the review of another incident, and StoreError.
    """
    found = reviewed(file)
    named = found.review.incident_id
    if named is not None and named != id and not has_gap(named):
        message = f"it is the review of {quote(named)}, not of {quote(id)}"
        hint = "name the review of this incident"
        raise FactsError([problem(found.at("incident_id"), "contradiction", message, hint)])
    return found.actions
