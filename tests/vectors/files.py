"""The files of the vectors, as text: `python -m tests.vectors` writes them."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.strategies import Data
from tests.vectors.cases import Case, cases
from tests.vectors.packs import documents
from tests.vectors.parts import counted

FOLDER = Path(__file__).resolve().parents[1] / "data" / "conformance"
README = FOLDER / "README.md"
_TABLE = re.compile(r"(?<=\| --- \| --- \|\n)(?:\| .*\n)+$")


def pack_text(doc: Data) -> str:
    """A pack, to be read by people too."""
    return json.dumps(doc, ensure_ascii=False, indent=1) + "\n"


def cases_text(doc: Data) -> str:
    """The cases of a pack, one a line."""
    return "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases(doc))


def readme_text(every: dict[str, tuple[Data, list[Case]]]) -> str:
    """The README with the table of what the cases hold."""
    rows = "".join(f"| {part} | {number} |\n" for part, number in counted(every).items())
    return _TABLE.sub(lambda _: rows, README.read_text(encoding="utf-8"))


def checked_in() -> dict[str, tuple[Data, list[Case]]]:
    """Each pack and its cases, as they are checked in."""
    return {name: (_pack(name), _cases(name)) for name in documents()}


def _pack(name: str) -> Data:
    found: Data = json.loads((FOLDER / "packs" / f"{name}.json").read_text(encoding="utf-8"))
    return found


def _cases(name: str) -> list[Case]:
    lines = (FOLDER / "cases" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]
