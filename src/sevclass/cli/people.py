"""The directory file of a command: who fills which role, and when."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from sevclass.api import Pack
from sevclass.cli import inputs
from sevclass.cli.moments import moment
from sevclass.incident.disk import refusal
from sevclass.source import MAX_BYTES

if TYPE_CHECKING:
    from sevclass.playbook.directory import Directory, NextPerson  # a start need not wait for its models

HELP = "who fills which role, and when: a YAML file, as docs/reference/war-room.md says"


def directory_of(word: str | None) -> Callable[[Pack], Directory | None]:
    """The directory in a file, for a pack whose roles it has; None if there is no word.

    What is returned raises DirectoryError with every problem. Raises FactsError if the file cannot be read, and
    StoreError if it is too large.
    """
    if word is None:
        return lambda _: None
    from sevclass.playbook.directory_file import read_directory

    name = inputs.name_of(word)
    with inputs.opened(word) as file:
        data = inputs.whole(file, name, MAX_BYTES)
    if data is None:
        raise refusal(name, "too_large", f"the file is larger than {MAX_BYTES >> 20} MiB")
    text = data
    return lru_cache(maxsize=None)(lambda pack: read_directory(text, name, pack))


def reached(name: str, contact: str | None) -> str:
    """Somebody who is there, and how they are reached."""
    return f"{name} ({contact})" if contact else name


def coming(one: NextPerson | None) -> str:
    """Who could fill a role that nobody fills now, and from when."""
    if one is None:
        return "nobody now, and nobody is listed who could"
    contact = f", {one.contact}" if one.contact else ""
    return f"nobody now; next {one.name} ({one.role}{contact}) from {moment(one.from_at)}"
