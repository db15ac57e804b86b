"""Where the file of an incident is, and what to say where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sevclass.incident.disk import is_there, name_of
from sevclass.incident.store import Found, Store
from sevclass.problems import Problem, StoreError, quote


def file_of(store: Store, id: str) -> Found:
    """The log of an incident, or the instruction where there is none yet.

    Raises StoreError if there is neither, or if the system does not say.
    """
    if is_there(log := store.timeline(id)):
        return Found(id, log, "timeline")
    if is_there(instruction := store.instruction(id)):
        return Found(id, instruction, "instruction")
    found = list(_elsewhere(store, id))
    raise StoreError(found) if found else not_opened(id)


def check_free(store: Store, id: str) -> None:
    """Refuse an id that an incident deeper below the root has: there would be two of one name.

    Raises StoreError, also if the system does not say.
    """
    if is_there(store.timeline(id)) or is_there(store.instruction(id)):
        return
    if found := list(_elsewhere(store, id)):
        raise StoreError(found)


def not_opened(id: str, problems: Iterable[Problem] = ()) -> StoreError:
    """The error with what may be the reason before it."""
    message, hint = "the incident was never opened", f"begin with `sevclass incident open {id}`"
    return StoreError([*problems, Problem(path=id, code="not_opened", message=message, hint=hint)])


def _elsewhere(store: Store, id: str) -> Iterator[Problem]:
    """Each incident of that id below the root that is not where the store has it."""
    for found in store.elsewhere(id):
        others = map(Store, found.path.parents[1:3])
        fitting = (name_of(one.root) for one in others if found.path in (one.timeline(id), one.instruction(id)))
        root = next(fitting, None)
        yield Problem(
            path=name_of(found.path),
            code="elsewhere",
            message=f"incident {quote(id)} is kept here, not where it is looked for",
            hint=f"give `--root {root}`" if root else f"move it to `{name_of(store.timeline(id))}`",
        )
