"""The survivors that are known: `docs/explanation/assurance.md` lists them as differences, each with its reason.

A block of `diff` has a line `@@ spans @@` for a module, and then pairs of lines, without their indent: as one is, after
`- `, and as it would be, after `+ `.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]

LINE_BREAK = " ⏎ "
"""Stands between the lines of a change of several."""
PAGE = ROOT / "docs" / "explanation" / "assurance.md"
_BLOCK = re.compile(r"^```diff\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Change(NamedTuple):
    """A change of a module, by what it does to its lines; the same change in two places counts as one."""

    module: str
    was: str
    becomes: str

    def __str__(self) -> str:
        return f"@@ {self.module} @@\n- {self.was}\n+ {self.becomes}"


def path_of(module: str) -> Path:
    """The file of a module of the package, such as `sla` or `incident.store`."""
    return ROOT.joinpath("src", "sevclass", *module.split(".")).with_suffix(".py")


def listed() -> set[Change]:
    """The survivors that the page lists."""
    return {change for block in _BLOCK.findall(PAGE.read_text(encoding="utf-8")) for change in _changes(block)}


def _changes(block: str) -> Iterator[Change]:
    module = was = ""
    for line in block.splitlines():
        match line[:2]:
            case "@@":
                module = line.strip("@ ")
            case "- ":
                was = line[2:]
            case _:
                yield Change(module, was, line[2:])
