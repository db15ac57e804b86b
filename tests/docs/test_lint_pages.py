"""Every code of lint has a page, whose bad example fires as it says and whose good one does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from sevclass.findings import CODES
from tests.docs import pages
from tests.docs.lint_pages import FOLDER, found, page_of, told

every_code = pytest.mark.parametrize("code", CODES)


@every_code
def test_a_page_is_called_as_its_code_says(code: str) -> None:
    assert pages.text_of(page_of(code)).splitlines()[0] == f"# {code}: {CODES[code]}"


@every_code
def test_the_bad_example_fires_as_the_page_says(code: str, tmp_path: Path) -> None:
    (shown,) = (block.text for block in pages.blocks(page_of(code)) if "says" in block.marks)

    assert told(code, "bad", tmp_path / "acme") == shown


@every_code
def test_the_good_example_does_not_fire(code: str, tmp_path: Path) -> None:
    assert any("good" in block.marks for block in pages.blocks(page_of(code)))
    assert found(code, "good", tmp_path / "acme") == []


def test_there_is_no_other_page() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == {*CODES, "README"}


def test_the_list_of_codes_has_each_with_its_page() -> None:
    rows = pages.rows(pages.text_of(FOLDER / "README.md"))

    assert rows == [[f"[{code}]({code}.md)", text] for code, text in CODES.items()]
