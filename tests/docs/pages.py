"""The pages of the documentation taken apart: fenced blocks, links, headings, tables."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]

_FENCE = re.compile(r"^```(?P<info>.*)\n(?P<text>(?:(?!```).*\n)*)```$", re.MULTILINE)
_CODE_SPAN = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_LINK = re.compile(r"\]\((?P<inline>[^)\s]+)\)|^\[[^\]]+\]: (?P<reference>\S+)$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Block:
    """A fenced block: where it stands, its language, the words after that, its text."""

    page: Path
    line: int
    language: str
    marks: tuple[str, ...]
    text: str

    @property
    def place(self) -> str:
        """`docs/page.md:12`, the line of its first line of text."""
        return f"{name(self.page)}:{self.line}"

    @property
    def file(self) -> Path | None:
        """The file whose text it shows."""
        return next((ROOT / mark.removeprefix("file=") for mark in self.marks if mark.startswith("file=")), None)


@dataclass(frozen=True, kw_only=True)
class Run:
    """A command of a console block and what it prints; a line `...` stands for any lines."""

    command: str
    output: str

    def agrees(self, printed: str) -> bool:
        """Whether it printed what the page shows."""
        lines = self.output.splitlines(keepends=True)
        pattern = "".join(r"(?:.*\n)*?" if line == "...\n" else re.escape(line) for line in lines)
        return re.fullmatch(pattern, printed) is not None


def name(page: Path) -> str:
    """The page's path from the root of the project."""
    return page.relative_to(ROOT).as_posix()


def text_of(page: Path) -> str:
    """The text of a page."""
    return page.read_text(encoding="utf-8")


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page."""
    text = text_of(page)
    found = []
    for match in _FENCE.finditer(text):
        language, *marks = match["info"].split() or [""]
        line = text.count("\n", 0, match.start("text")) + 1
        found.append(Block(page=page, line=line, language=language, marks=tuple(marks), text=match["text"]))
    return found


def prose(page: Path) -> str:
    """The text without fenced and indented blocks."""
    unfenced = _FENCE.sub("", text_of(page))
    return re.sub(r"^ {4}.*$", "", unfenced, flags=re.MULTILINE)


def links(page: Path) -> list[str]:
    """The targets of the links and pictures of a page."""
    return [match["inline"] or match["reference"] for match in _LINK.finditer(_CODE_SPAN.sub("", prose(page)))]


def anchors(page: Path) -> set[str]:
    """What a link to a heading of the page may name."""
    seen: Counter[str] = Counter()
    found = set()
    for heading in _HEADING.findall(_FENCE.sub("", text_of(page))):
        plain = re.sub(r"\[([^\]]*)\](\([^)]*\))?", r"\1", heading)
        slug = re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")
        found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return found


def code_spans(text: str) -> set[str]:
    """What stands in backticks."""
    return {match[2].strip() for match in _CODE_SPAN.finditer(text)}


def section(page: Path, heading: str) -> str:
    """What stands below a heading, down to the next one of its level or a higher one."""
    text = text_of(page)
    start = re.search(rf"^(#+) {re.escape(heading)}$", text, re.MULTILINE)
    assert start is not None, f"{name(page)} has no heading {heading!r}"
    end = re.compile(rf"^#{{1,{len(start[1])}}} ", re.MULTILINE).search(text, start.end())
    return text[start.end() : end.start() if end else len(text)]


def rows(text: str) -> list[list[str]]:
    """The rows of the tables in a text, without their heads; each cell without its spaces."""
    found: list[list[str]] = []
    body = False
    for line in text.splitlines():
        if not line.startswith("|"):
            body = False
        elif re.fullmatch(r"[|\s-]+", line):
            body = True
        elif body:
            found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def runs(block: Block) -> Iterator[Run]:
    """The commands of a console block; one that ends in a backslash goes on in the next line."""
    parts = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    assert not parts[0], f"{block.place}: a console block starts with a command"
    for part in parts[1:]:
        match = re.match(r"(?:.*\\\n)*.*\n", part)
        assert match is not None
        yield Run(command=match[0].rstrip("\n"), output=part[match.end() :])


def surroundings(folder: Path) -> Mapping[str, str]:
    """The environment of a command: this Python first, and `sevclass` beside it; `folder` is for what is missing."""
    changed = {"COLUMNS", "FORCE_COLOR", "NO_COLOR", "PYTHONPATH", "SEVCLASS_ROOT"}
    environment = {key: value for key, value in os.environ.items() if key not in changed}
    path = [str(Path(sys.executable).parent), environment.get("PATH", os.defpath)]
    if shutil.which("sevclass", path=path[0]) is None:
        script = folder / "sevclass"
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sevclass "$@"\n', encoding="utf-8")
        script.chmod(0o755)
        path.insert(0, str(folder))
        environment["PYTHONPATH"] = str(ROOT / "src")
    return environment | {"PATH": os.pathsep.join(path), "PYTHONIOENCODING": "utf-8", "COLUMNS": "80"}


def printed(command: str, folder: Path) -> str:
    """What a command prints, and `[exit N]` if it did not end with 0. It runs in a folder that has the examples."""
    here = folder / "here"
    here.mkdir(exist_ok=True)
    for part in ("docs", "examples", "rules"):
        if not (here / part).exists():
            (here / part).symlink_to(ROOT / part)
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=here,
        env=surroundings(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=120,
    )
    return done.stdout.decode() + (f"[exit {done.returncode}]\n" if done.returncode else "")
