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

    def _of(self, id: str) -> Path:
        return self.root / checked_id(id)


class Found(NamedTuple):
    """The file of an incident: its event log, or the instruction where there is no log yet."""

    id: str
    """The name of the incident's folder."""
    path: Path
    kind: Literal["timeline", "instruction"]


def find_timelines(where: Path, tell: Callable[[Problem], None]) -> Iterator[Found]:
    """The incident whose file `where` is, or all those below a folder, sorted by path.

    Links to folders are not followed; hidden folders and `_knowledge` are passed over. What cannot be read below the
    folder is handed to `tell`, and the search goes on.

    Raises StoreError if there is nothing at `where`.
    """
    with disk.told(where, "unreadable", "read"):
        is_folder = stat.S_ISDIR(where.stat().st_mode)
    return _below(where, tell) if is_folder else iter([_found(where)])


def _below(where: Path, tell: Callable[[Problem], None]) -> Iterator[Found]:
    # A stack, since folders may lie deeper in each other than Python calls.
    pending: list[tuple[str, bool]] = [(os.fspath(where), True)]
    while pending:
        path, is_folder = pending.pop()
        try:
            with disk.told(path, "unreadable", "read"):
                found = _listed(path) if is_folder else _checked(Path(path))
        except StoreError as error:
            for problem in error.problems:
                tell(problem)
            continue
        if isinstance(found, Found):
            yield found
        else:
            pending.extend(sorted(found, reverse=True))


def _listed(folder: str) -> list[tuple[str, bool]]:
    """What is worth a look in a folder: path, and whether it is a folder. Raises OSError."""
    with os.scandir(folder) as entries:
        return [
            (entry.path, is_folder)
            for entry in entries
            for is_folder in [entry.is_dir(follow_symlinks=False)]
            if (_leads_on(entry) if is_folder else _is_incident(folder, entry.name))
        ]


def _leads_on(entry: os.DirEntry[str]) -> bool:
    # A junction is what Windows has for a link to a folder, and can lead in a circle.
    is_junction = (
        sys.platform == "win32" and entry.stat(follow_symlinks=False).st_reparse_tag == stat.IO_REPARSE_TAG_MOUNT_POINT
    )
    return not (entry.name.startswith(".") or entry.name == _KNOWLEDGE or is_junction)


def _is_incident(folder: str, name: str) -> bool:
    return name == TIMELINE or (
        name == INSTRUCTION
        and not os.path.lexists(f"{folder}/{TIMELINE}")
        and not os.path.lexists(f"{folder}/{_WORKFLOW}/{TIMELINE}")
    )


def _checked(path: Path) -> Found:
    """The incident of that file.

    Raises OSError, and StoreError if it is no file or its folder has no name in UTF-8.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise disk.refusal(path, "not_a_file", "is not a regular file")
    found = _found(path)
    try:
        found.id.encode()
    except UnicodeEncodeError:
        raise disk.refusal(path, "encoding", "the name of the folder is not UTF-8", "rename the folder") from None
    return found


def _found(path: Path) -> Found:
    # No link is followed: the name counts.
    folder, name = os.path.split(os.path.dirname(os.path.abspath(path)))  # noqa: PTH100, PTH120 - many are found
    if path.name == INSTRUCTION:
        return Found(name, path, "instruction")
    return Found(os.path.basename(folder) if name == _WORKFLOW else name, path, "timeline")  # noqa: PTH119 - as above
