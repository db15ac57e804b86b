"""A folder of YAML to a checked pack, with all of its problems at once."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pydantic_core import to_json

from sevclass.checks import check
from sevclass.document import PackDocument
from sevclass.inherit import Deleted, entries, merge
from sevclass.pack import PackSpec
from sevclass.problems import PackError, Problem, nearest, printable, quote
from sevclass.shape import shaped
from sevclass.shipped import PackPath, shipped_packs
from sevclass.source import MAX_BYTES, MAX_PROBLEMS, Budget, Entry, Node, problem, read
from sevclass.spec import NAME_PATTERN

_PLACE = re.compile(r"(.*):([0-9]+):([0-9]+)", re.DOTALL)
# A file that turns into a link, or a pipe, between the question and the opening; Windows has neither flag nor need.
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Written(NamedTuple):
    """A pack as it is written: its specification, the document that says where everything stands, and its folder."""

    spec: PackSpec
    document: Node
    folder: Path
    label: str
    """What to call the pack."""
    deleted: Deleted


def read_pack(pack: PackPath) -> tuple[PackDocument, str]:
    """Read a pack by the name of one that ships or by its folder: what it says, and its digest.

    Raises PackError with every problem.
    """
    document = read_written(pack).spec.document
    return document, digest(document)


def read_written(pack: PackPath) -> Written:
    """Read a pack, and keep where everything stands.

    Raises PackError with every problem.
    """
    folder, label = _folder(os.fsdecode(pack))
    reading = _Reading()
    document = reading.document(folder, "")
    extended = reading.extended(document)
    spec, malformed = shaped(extended or document)
    checked = check(spec, extended, reading.deleted, label=label, whole=reading.whole) if extended else []
    # A scalar that is no value has been told as that.
    told = {found.path for found in reading.problems}
    problems = [*reading.problems, *(found for found in (*malformed, *checked) if found.path not in told)]
    if problems:
        raise PackError(_told(sorted(dict.fromkeys(problems), key=_place)))
    return Written(_ordered(spec), extended or document, folder, label, reading.deleted)


def read_cases(written: Written) -> bytes | None:
    """The text of the pack's `cases.jsonl`; None without one.

    Raises PackError if it cannot be read.
    """
    path = written.folder / "cases.jsonl"
    reading = _Reading()
    data = reading.bytes(path, path.name) if os.path.lexists(path) else None
    if data is not None and len(data) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES >> 20} MiB"
        reading.problems.append(Problem(path=path.name, code="too_large", message=message))
    if reading.problems:
        raise PackError(reading.problems)
    return data


def digest(document: PackDocument) -> str:
    """A fingerprint of what a pack says, whatever its files are called and however they are laid out."""
    return f"sha256:{hashlib.sha256(to_json(document)).hexdigest()}"


def _ordered(spec: PackSpec) -> PackSpec:
    """Everything that goes by severity with the worst first, however the files have it."""

    def in_order(by_severity: Mapping[str, object]) -> dict[str, object]:
        return dict(sorted(by_severity.items(), key=lambda item: int(item[0])))

    ordered = {key: in_order(getattr(spec, key)) for key in ("severities", "criteria", "sla", "roster", "escalation")}
    # What was inherited stands in its place now.
    return spec.model_copy(update={**ordered, "extends": None})


def _folder(pack: str) -> tuple[Path, str]:
    """The folder of a pack, and what to call it in problems."""
    shipped = shipped_packs()
    if pack in shipped:
        return shipped[pack], pack
    try:
        if pack and Path(pack).is_dir():
            return Path(pack), printable(Path(pack).name or pack)
        is_file = Path(pack).is_file()
    except (OSError, ValueError):
        is_file = False  # a name that no file system can hold is not a folder; told below like any other
    if is_file:
        message, hint = f"{quote(pack)} is a file", "a pack is a folder: name the one that it lies in"
        raise PackError([Problem(path="", code="unknown_pack", message=message, hint=hint)])
    near = nearest(pack, shipped) if re.match(NAME_PATTERN, pack) else None
    listed = f"a pack is a folder, or one of those that ship: {', '.join(map(quote, shipped))}"
    raise PackError([Problem(path="", code="unknown_pack", message=f"unknown pack {quote(pack)}", hint=near or listed)])


class _Reading:
    """The files of one pack, and of those it extends, on their way to one document."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.deleted: Deleted = {}
        self.whole = True
        """Whether every file could be read."""
        self._budget = Budget()

    def document(self, folder: Path, prefix: str) -> Node:
        """The files of a folder as one mapping; a key that stands in two is a problem.

        Raises PackError if there is nothing to go on with.
        """
        merged: dict[str, Entry] = {}
        root: Node | None = None
        for name, path in self._files(folder, prefix):
            node = self._node(path, name)
            root = root or node
            for key, entry in entries(node).items():
                if key in merged:
                    first = merged[key].key
                    hint = f"it also stands in {first.source.name}:{first.line}"
                    self.problems.append(problem(entry.key, "duplicate_key", f"{quote(key)} stands in two files", hint))
                else:
                    merged[key] = entry
        if root is None:
            if not self.problems:
                message = "the folder holds no `*.yaml` file with anything in it"
                self._refuse(prefix or printable(folder.name), "empty_pack", message)
            raise PackError(self.problems)
        return replace(root, value=merged)

    def extended(self, document: Node) -> Node | None:
        """The document over the pack that it extends, if any; None if there is no such pack to check it with."""
        base = entries(document)["extends"].value if "extends" in entries(document) else None
        if base is None or base.value is None:
            return document
        if not isinstance(base.value, str):
            return None
        shipped = shipped_packs()
        if base.text not in shipped:
            hint = nearest(base.text, shipped) or f"it names a pack that ships: {', '.join(map(quote, shipped))}"
            self.problems.append(problem(base, "unknown_pack", f"unknown pack {quote(base.text)}", hint))
            return None
        under = self.extended(self.document(shipped[base.text], f"{base.text}/"))
        return merge(under, document, self.problems, self.deleted) if under else None

    def _files(self, folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
        """The name and path of each file to read. Hidden files are left to whoever hid them."""
        try:
            found = sorted(folder.iterdir())
        except OSError as error:
            self._refuse(printable(folder.name), "unreadable", f"cannot be listed: {error.strerror}")
            return
        for path in found:
            name = prefix + printable(path.name)
            if path.name.startswith("."):
                continue
            if path.suffix == ".yaml":
                yield name, path
            elif path.suffix.lower() in (".yml", ".yaml"):
                self._refuse(name, "wrong_suffix", "only `*.yaml` is read", f"call it `{printable(path.stem)}.yaml`")

    def _node(self, path: Path, name: str) -> Node | None:
        data = self.bytes(path, name)
        if data is None:
            return None
        node, found = read(data, name, self._budget)
        self.problems += found
        self.whole = self.whole and not (node is None and found)
        if node is not None and not isinstance(node.value, Mapping):
            self.problems.append(problem(node, "not_a_mapping", "a pack's file is a mapping of keys"))
        return node

    def bytes(self, path: Path, name: str) -> bytes | None:
        """The bytes of a regular file; of one that is too large one byte too many, so that the reader sees it."""
        code, message, hint = "not_a_file", "is not a regular file", None
        try:
            # Asked before opening, since opening a pipe waits for its other end; what is open is asked again.
            mode = path.lstat().st_mode
            if stat.S_ISREG(mode):
                with os.fdopen(os.open(path, os.O_RDONLY | _NO_FOLLOW), "rb") as file:
                    return file.read(MAX_BYTES + 1)
            if stat.S_ISLNK(mode):
                code, message = "symlink", "a symbolic link is not followed"
                hint = "put the file itself into the pack's folder"
        except OSError as error:
            code, message = "unreadable", f"cannot be read: {error.strerror}"
        self._refuse(name, code, message, hint)
        self.whole = False
        return None

    def _refuse(self, path: str, code: str, message: str, hint: str | None = None) -> None:
        self.problems.append(Problem(path=path, code=code, message=message, hint=hint))


def _told(problems: Sequence[Problem]) -> Sequence[Problem]:
    """The problems, but not more than anybody reads."""
    if len(problems) <= MAX_PROBLEMS:
        return problems
    hint = f"{len(problems) - MAX_PROBLEMS} more from here on are not told"
    last = Problem(path=problems[MAX_PROBLEMS].path, code="too_many_problems", message="too many problems", hint=hint)
    return [*problems[:MAX_PROBLEMS], last]


def _place(found: Problem) -> tuple[str, int, int]:
    """Sorts by file, line and column."""
    match = _PLACE.fullmatch(found.path)
    return (match[1], int(match[2]), int(match[3])) if match else (found.path, 0, 0)
