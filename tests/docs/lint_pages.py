"""The pages of lint's codes: a pack to find something in, and one to find nothing in."""

from __future__ import annotations

from pathlib import Path

from sevclass.findings import Finding
from sevclass.lint import lint
from tests.docs import pages
from tests.docs.pages import ROOT

FOLDER = ROOT / "docs" / "reference" / "lint"
HEAD = "name: acme\nversion: 1.0.0\nextends: support\n"


def page_of(code: str) -> Path:
    return FOLDER / f"{code}.md"


def found(code: str, which: str, folder: Path) -> list[Finding]:
    """What is found of that code in the pack that the page's blocks with that mark make."""
    folder.mkdir()
    (folder / "pack.yaml").write_text(HEAD)
    for block in pages.blocks(page_of(code)):
        if which in block.marks:
            name = "cases.jsonl" if block.language == "json" else "rules.yaml"
            (folder / name).write_text(block.text)
    return lint(folder, select=[code])


def told(code: str, which: str, folder: Path) -> str:
    """The same as lines of text."""
    hinted = ((one, f"; {one.hint}" if one.hint else "") for one in found(code, which, folder))
    return "".join(f"{one.path}: {one.code} {one.message}{hint}\n" for one, hint in hinted)
