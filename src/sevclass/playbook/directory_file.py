"""The text of a directory, read: YAML, of which JSON is a part, with every problem at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from pydantic import ValidationError

from sevclass.api import Pack
from sevclass.calendar_spec import HoursSpec
from sevclass.calendars import faults
from sevclass.inherit import entries
from sevclass.playbook.directory import Directory, listed
from sevclass.playbook.directory_spec import DirectorySpec, PersonSpec
from sevclass.problems import DirectoryError, Problem, nearest, quote
from sevclass.shape import Places, at, fitted
from sevclass.source import Budget, Node, plain, problem, read
from sevclass.spec import NAME_PATTERN
from sevclass.working_days import Fault

_PLACES: Places = (((None, None, "on_call"), HoursSpec), ((None, "on_call"), HoursSpec), ((None,), PersonSpec))
"""The model whose keys are named for one that is unknown; one person may stand without a list."""


def read_directory(data: bytes, name: str, pack: Pack) -> Directory:
    """Read the text of a directory; `name` is what problems call the file. Its roles are those of the pack.

    Raises DirectoryError with every problem.
    """
    root, problems = read(data, name, Budget())
    if problems:
        raise DirectoryError(problems)
    if root is None:
        raise DirectoryError([Problem(path=name, code="empty", message="the directory is empty", hint=_HINT)])
    if not isinstance(root.value, Mapping):
        message = f"{quote(plain(root))} is not a mapping of roles"
        raise DirectoryError([problem(root, "not_a_mapping", message, _HINT)])
    spec, problems = fitted(root, DirectorySpec, _PLACES)
    problems.extend(_wrong(root, pack))
    if problems:
        raise DirectoryError(sorted(problems, key=_place))
    return Directory(
        {
            role: [listed(one.name, one.contact, one.zone, one.calendar) for one in people]
            for role, people in spec.root.items()
        }
    )


_HINT = "name each role and the people who fill it"


def _wrong(root: Node, pack: Pack) -> Iterator[Problem]:
    """What is wrong beyond the shape; what is malformed has been told."""
    roles = pack._engine.document.get("roles", {})  # noqa: SLF001 - the package's own
    for role, entry in entries(root).items():
        if role not in roles and re.match(NAME_PATTERN, role):
            hint = nearest(role, roles) or f"a directory has roles of the pack {quote(pack.name)}"
            yield problem(entry.key, "unknown_role", f"unknown role {quote(role)}", hint)
        people = entry.value.value if isinstance(entry.value.value, tuple) else (entry.value,)
        yield from _twice(role, people)
        for person in people:
            yield from _hours(person)


def _twice(role: str, people: Sequence[Node]) -> Iterator[Problem]:
    first: dict[str, Node] = {}
    for name in (entries(person)["name"].value for person in people if "name" in entries(person)):
        if name.text in first:
            message = f"{quote(name.text)} stands twice in {quote(role)}"
            yield problem(name, "duplicate_person", message, f"the first is at {first[name.text].place}")
        first.setdefault(name.text, name)


def _hours(node: Node) -> Iterator[Problem]:
    written = entries(node)
    if timed := next((written[key] for key in ("on_call", "exceptions") if key in written), None):
        if "zone" not in written:
            hint = "hours are local time there, for example `zone: Europe/Berlin`"
            yield problem(timed.key, "missing_key", "missing key `zone`", hint)
        with suppress(ValidationError):  # told by the shape
            calendar = PersonSpec.model_validate(plain(node)).calendar
            for fault in faults(calendar) if calendar else ():
                yield problem(at(node, _path(fault)), fault.code, fault.message, fault.hint)


def _path(fault: Fault) -> tuple[str | int, ...]:
    """Where a fault of the calendar stands in what was written of somebody."""
    first, *rest = fault.path
    return ("on_call" if first == "hours" else first, *rest)


def _place(found: Problem) -> tuple[int, int]:
    """Sorts by line and column."""
    _, line, column = found.path.rsplit(":", 2)
    return int(line), int(column)
