"""Where the files of incidents are: one folder for each below a root, and one for what the whole team knows."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from sevclass.incident import disk
from sevclass.incident.ids import checked_id
from sevclass.problems import Problem, StoreError

TIMELINE = "incident_timeline.yaml"
INSTRUCTION = "instruction.yaml"
_FILES = (TIMELINE, INSTRUCTION)
_WORKFLOW = "workflow"
_KNOWLEDGE = "_knowledge"


@dataclass(frozen=True, slots=True)
class Store:
    """The layout below `root`. It makes no file, and each path stays within the root.

    What takes an id raises StoreError for one that cannot name a folder.
    """

    root: Path

    def timeline(self, id: str) -> Path:
        """The event log of an incident."""
        return self._of(id) / _WORKFLOW / TIMELINE

    def instruction(self, id: str) -> Path:
        """The facts that an incident begins with."""
        return self._of(id) / INSTRUCTION

    def review(self, id: str) -> Path:
        """The review after an incident."""
        return self._of(id) / "outputs" / "final" / "post_incident_review.yaml"

    @property
    def runbooks(self) -> Path:
        """The runbooks of the team."""
        return self.root / _KNOWLEDGE / "procedural" / "escalation_runbooks.yaml"

    @property
    def known_issues(self) -> Path:
        """The issues that the team knows."""
        return self.root / _KNOWLEDGE / "semantic" / "known_issues.yaml"

    def elsewhere(self, id: str) -> Iterator[Found]:
        """The incidents of that id anywhere below the root. What cannot be read there is passed over."""
        if self.root.is_dir():
            for found in find_timelines(self.root, lambda _: None):
                if found.id == id:
                    yield found

    def _of(self, id: str) -> Path:
        return self.root / checked_id(id)


class Found(NamedTuple):
    """The file of an incident: its event log, or the instruction where there is no log yet."""

    id: str
    """The name of the incident's folder."""
    path: Path
    kind: Literal["timeline", "instruction"]

    @property
    def is_one(self) -> bool:
        """Whether it is the incident of that id; what is not YAML is a stream of many."""
        return self.path.suffix == ".yaml"

    @property
    def instruction(self) -> Path | None:
        """What the incident begins with if its log has no opening of its own; only the usual log has such a file."""
        if self.path.name != TIMELINE:
            return None
        folder = self.path.parent
        if _folder(self.path)[1] == _WORKFLOW:
            folder = folder.parent if folder.name == _WORKFLOW else folder / os.pardir
        return folder / INSTRUCTION


def find_timelines(where: Path, tell: Callable[[Problem], None]) -> Iterator[Found]:
    """The incident whose file `where` is, or all those below a folder, sorted by path.

    Where an instruction has a log beside it, the log is the incident's file.

    Links to folders are not followed; hidden folders and `_knowledge` are passed over. What cannot be read below the
    folder is handed to `tell`, and the search goes on.

    Raises StoreError if there is nothing at `where`, if it is a folder in the place of a file, or if the folder that an
    incident is called after has no name in UTF-8.
    """
    with disk.told(where, "unreadable", "read"):
        if not stat.S_ISDIR(where.stat().st_mode):
            return iter([_found(_log_beside(where) or where)])
        if where.name in _FILES:
            raise disk.a_folder(where)
    return _below(where, tell)


def _below(where: Path, tell: Callable[[Problem], None]) -> Iterator[Found]:
    # A stack, since folders may lie deeper in each other than Python calls.
    pending: list[tuple[str, bool]] = [(os.fspath(where), True)]
    told: set[Problem] = set()  # a folder that cannot be read is in the way of its files too
    while pending:
        path, is_folder = pending.pop()
        try:
            with disk.told(path, "unreadable", "read"):
                found = _listed(path) if is_folder else _checked(Path(path))
        except StoreError as error:
            for problem in error.problems:
                if problem not in told:
                    tell(problem)
            told.update(error.problems)
            continue
        if isinstance(found, Found):
            yield found
        else:
            pending.extend(sorted(found or (), reverse=True))


def _listed(folder: str) -> list[tuple[str, bool]]:
    """What is worth a look in a folder: path, and whether as a folder. Raises OSError."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name in _FILES:
                found.append((entry.path, False))
            if entry.is_dir(follow_symlinks=False) and _leads_on(entry):
                found.append((entry.path, True))
    return found


def _leads_on(entry: os.DirEntry[str]) -> bool:
    # A junction is what Windows has for a link to a folder, and can lead in a circle.
    is_junction = (
        sys.platform == "win32" and entry.stat(follow_symlinks=False).st_reparse_tag == stat.IO_REPARSE_TAG_MOUNT_POINT
    )
    return not (entry.name.startswith(".") or entry.name == _KNOWLEDGE or is_junction)


def _checked(path: Path) -> Found | None:
    """The incident of that file; None for an instruction beside a log, which is the incident's file then.

    Raises OSError, and StoreError if it is no file, if its folder has no name in UTF-8, or if nobody can say whether
    there is a log.
    """
    if _log_beside(path):
        return None
    kind = path.stat().st_mode
    if stat.S_ISDIR(kind):
        raise disk.a_folder(path)
    if not stat.S_ISREG(kind):
        raise disk.refusal(path, "not_a_file", "is not a regular file")
    return _found(path)


def _log_beside(path: Path) -> Path | None:
    """The log of the incident whose instruction that is. Raises StoreError if the system does not say."""
    if path.name != INSTRUCTION:
        return None
    return next(filter(disk.is_there, (path.with_name(TIMELINE), path.parent / _WORKFLOW / TIMELINE)), None)


def _found(path: Path) -> Found:
    """The incident of a file. Raises StoreError if it is called after a folder that has no name in UTF-8."""
    above, name = _folder(path)
    if path.name == INSTRUCTION:
        found = Found(name, path, "instruction")
    else:
        found = Found(os.path.basename(above) if name == _WORKFLOW else name, path, "timeline")  # noqa: PTH119 - as below
    try:
        found.id.encode()
    except UnicodeEncodeError:
        if not found.is_one:
            return found
        raise disk.refusal(path, "encoding", "the name of the folder is not UTF-8", "rename the folder") from None
    return found


def _folder(path: Path) -> tuple[str, str]:
    """The folder of a file: what it lies in, and its name. No link is followed: the name counts."""
    return os.path.split(os.path.dirname(os.path.abspath(path)))  # noqa: PTH100, PTH120 - many are found
