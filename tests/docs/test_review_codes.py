"""Every code of the check has a section, whose bad example is found as it says and whose good one is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sevclass import load_pack
from sevclass.insight.review import ActionItem, PostIncidentReview
from sevclass.insight.review_check import REVIEW_CODES, Looked, check_review
from sevclass.insight.review_reading import ReadReview, read_review
from tests import outage
from tests.docs import pages
from tests.docs.pages import ROOT, Block

PAGE = ROOT / "docs" / "reference" / "review.md"
LATE = datetime(2026, 3, 5, tzinfo=UTC)
WITH_LOG = {"PR007": {"bad": outage.AFTER, "good": outage.AFTER}, "PR009": {"bad": LATE, "good": outage.AFTER}}

every_code = pytest.mark.parametrize("code", REVIEW_CODES)


def blocks_of(code: str) -> dict[str, Block]:
    """The blocks of its section by their marks."""
    text = pages.text_of(PAGE)
    start = text.count("\n", 0, text.index(f"### {code}: ")) + 1
    section = pages.section(PAGE, f"{code}: {REVIEW_CODES[code]}")
    end = start + section.count("\n")
    return {block.marks[0]: block for block in pages.blocks(PAGE) if start <= block.line <= end and block.marks}


def found(code: str, which: str) -> str:
    """What is found of that code in an example."""
    read = read_review(blocks_of(code)[which].text.encode(), "review.yaml")
    assert isinstance(read, ReadReview)
    now = WITH_LOG.get(code, {}).get(which)
    log = Looked.at(outage.state_of(now=now), load_pack()) if now else None
    told = (one for one in check_review(read, log) if one.code == code)
    return "".join(f"{one.path}: {one.code} {one.message}{f'; {one.hint}' if one.hint else ''}\n" for one in told)


@every_code
def test_the_bad_example_is_found_as_the_section_says(code: str) -> None:
    assert found(code, "bad") == blocks_of(code)["says"].text


@every_code
def test_the_good_example_is_not_found(code: str) -> None:
    assert found(code, "good") == ""


def test_the_list_of_codes_is_whole() -> None:
    rows = [row for row in pages.rows(pages.section(PAGE, "What the check finds")) if row[0].startswith("[PR")]

    assert [(row[0][1:6], row[1]) for row in rows] == list(REVIEW_CODES.items())


def test_every_key_is_told() -> None:
    told = {key for row in pages.rows(pages.section(PAGE, "The file")) for key in pages.code_spans(row[0])}

    own = {field.alias or name for name, field in ActionItem.model_fields.items()}
    assert told == {*PostIncidentReview.model_fields, *own, "action"}
