"""A folder of YAML to a checked pack, with all of its problems at once."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from pydantic_core import to_json

from sevclass.checks import check
from sevclass.inherit import entries, merge
from sevclass.pack import NAME_PATTERN, PackSpec
from sevclass.problems import PackError, Problem, nearest, quote
from sevclass.shape import shaped
from sevclass.source import MAX_BYTES, Budget, Entry, Node, problem, read

_HERE = Path(__file__).parent

PackPath: TypeAlias = str | os.PathLike[str]
"""The name of a pack that ships, or the path of a folder."""


def shipped_packs() -> dict[str, Path]:
    """The packs that ship: name -> folder. They lie in the package, or beside `src` in a checkout."""
    root = next((root for root in (_HERE / "rules", _HERE.parents[1] / "rules") if root.is_dir()), None)
    if root is None:
        raise PackError(
            [
                Problem(
                    path="rules",
                    code="no_packs",
                    message="the shipped packs are missing",
                    hint="install sevclass again",
                )
            ]
        )
    return {folder.name: folder for folder in sorted(root.iterdir()) if (folder / "pack.yaml").is_file()}


def read_pack(pack: PackPath) -> tuple[PackSpec, str]:
    """Read a pack by the name of one that ships or by its folder: its specification and its digest.

    Raises PackError with every problem.
    """
    folder, label = _folder(os.fspath(pack))
    budget = Budget()
    problems: list[Problem] = []
    document = _document(folder, "", budget, problems)
    extended = _extended(document, budget, problems)
    spec, malformed = shaped(extended or document)
    problems += malformed
    if extended is not None:
        problems += check(spec, extended, label)
    if problems:
        raise PackError(sorted(dict.fromkeys(problems), key=_place))
    spec = _ordered(spec)
    return spec, digest(spec)


def digest(spec: PackSpec) -> str:
    """A fingerprint of what a pack says, whatever its files are called and however they are laid out."""
    return (
        "sha256:"
        + hashlib.sha256(to_json(spec.model_dump(mode="json", by_alias=True, exclude={"extends"}))).hexdigest()
    )


def _ordered(spec: PackSpec) -> PackSpec:
    """Everything that goes by severity with the worst first, however the files have it."""

    def in_order(by_severity: Mapping[str, object]) -> dict[str, object]:
        return dict(sorted(by_severity.items(), key=lambda item: int(item[0])))

    return spec.model_copy(
        update={key: in_order(getattr(spec, key)) for key in ("severities", "criteria", "sla", "roster")}
    )


def _folder(pack: str) -> tuple[Path, str]:
    """The folder of a pack, and what to call it in problems."""
    shipped = shipped_packs()
    if pack in shipped:
        return shipped[pack], pack
    try:
        if Path(pack).is_dir():
            return Path(pack), Path(pack).name or pack
    except (OSError, ValueError):
        pass  # a name that no file system can hold is not a folder; told below like any other
    hint = nearest(pack, shipped) if re.match(NAME_PATTERN, pack) else None
    listed = f"a pack is a folder, or one of those that ship: {', '.join(f'`{name}`' for name in shipped)}"
    raise PackError([Problem(path="", code="unknown_pack", message=f"unknown pack {quote(pack)}", hint=hint or listed)])


def _document(folder: Path, prefix: str, budget: Budget, problems: list[Problem]) -> Node:
    """The files of a folder as one mapping; a key that stands in two is a problem."""
    merged: dict[str, Entry] = {}
    root: Node | None = None
    for name, path in _files(folder, prefix, problems):
        data = _bytes(path, name, problems)
        if data is None:
            continue
        node, found = read(data, name, budget)
        problems += found
        if node is None:
            continue
        root = root or node
        if not isinstance(node.value, Mapping):
            problems.append(problem(node, "not_a_mapping", "a pack's file is a mapping of keys"))
        for key, entry in entries(node).items():
            if key in merged:
                first = merged[key].key
                hint = f"it also stands in {first.source.name}:{first.line}"
                problems.append(problem(entry.key, "duplicate_key", f"{quote(key)} stands in two files", hint))
            else:
                merged[key] = entry
    if root is None:
        if not problems:
            problems.append(
                Problem(
                    path=prefix or folder.name,
                    code="empty_pack",
                    message="the folder holds no `*.yaml` file with anything in it",
                )
            )
        raise PackError(problems)
    return replace(root, value=merged)


def _files(folder: Path, prefix: str, problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    try:
        found = sorted(folder.iterdir())
    except OSError as error:
        problems.append(Problem(path=folder.name, code="unreadable", message=f"cannot be listed: {error.strerror}"))
        return
    for path in found:
        name = prefix + path.name
        if path.suffix == ".yaml":
            yield name, path
        elif path.suffix == ".yml":
            problems.append(
                Problem(
                    path=name, code="wrong_suffix", message="only `*.yaml` is read", hint=f"call it `{path.stem}.yaml`"
                )
            )


def _bytes(path: Path, name: str, problems: list[Problem]) -> bytes | None:
    """The bytes of a regular file; one too many are read of a file that is too large, so that the reader sees it."""
    code, message, hint = "not_a_file", "is not a regular file", None
    try:
        # Asked before opening, since opening a pipe waits for its other end.
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode):
            with path.open("rb") as file:
                return file.read(MAX_BYTES + 1)
        if stat.S_ISLNK(mode):
            code, message = "symlink", "a symbolic link is not followed"
            hint = "put the file itself into the pack's folder"
    except OSError as error:
        code, message = "unreadable", f"cannot be read: {error.strerror}"
    problems.append(Problem(path=name, code=code, message=message, hint=hint))
    return None


def _extended(document: Node, budget: Budget, problems: list[Problem]) -> Node | None:
    """The document over the pack that it extends, if any; None if there is no such pack, and nothing can be checked."""
    if "extends" not in entries(document):
        return document
    base = entries(document)["extends"].value
    shipped = shipped_packs()
    name = base.text
    if name not in shipped:
        hint = nearest(name, shipped) or f"it names a pack that ships: {', '.join(f'`{known}`' for known in shipped)}"
        problems.append(problem(base, "unknown_pack", f"unknown pack {quote(name)}", hint))
        return None
    under = _extended(_document(shipped[name], f"{name}/", budget, problems), budget, problems)
    return merge(under, document, problems) if under else None


def _place(found: Problem) -> tuple[str, int, int]:
    """Sorts by file, line and column."""
    name, line, column = (*found.path.rsplit(":", 2), "", "")[:3]
    return (name, int(line), int(column)) if column.isdigit() else (found.path, 0, 0)
