"""The review of an incident as a file."""

from __future__ import annotations

from pathlib import Path

from sevclass.cli import inputs
from sevclass.cli.kept import kept
from sevclass.insight.review_reading import ReadReview, read_review
from sevclass.problems import FactsError, Problem
from sevclass.source import MAX_BYTES


def reviewed(file: str | Path, id: str | None = None) -> ReadReview:
    """The review in a file, or in the one that is kept of an incident, which is that of `id`.

    Raises FactsError with every problem: there is no such file, it is no review, or that of another incident; and
    StoreError if the kept one cannot be read.
    """
    name = inputs.name_of(str(file))
    with kept(file) if isinstance(file, Path) else inputs.opened(file) as opened:
        data = inputs.whole(opened, name, MAX_BYTES)
    if data is None:
        message = f"more than {MAX_BYTES >> 20} MiB"
        raise FactsError([Problem(path=name, code="too_large", message=message, hint="a review is read as a whole")])
    found = read_review(data, name, id)
    if isinstance(found, list):
        raise FactsError(found)
    return found
