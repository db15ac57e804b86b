"""Escalation paths: with which topic one turns to which role, to consult, to delegate to or to escalate to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sevclass.api import Pack
from sevclass.classification import PackRef, Part
from sevclass.playbook.directory import Directory, NextPerson, Person
from sevclass.problems import Problem, TopicError, nearest, quote

_APART = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Path(Part):
    """A topic, in which way one turns to somebody with it, and to which role.

    `people` are those who fill the role, null where no directory says; `next` is who could, where nobody does.
    """

    topic: str
    text: str
    way: str
    role: str
    role_text: str
    people: tuple[Person, ...] | None = None
    next: NextPerson | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths(Part):
    """Whom to turn to; `now` is the instant at which the directory was asked, null without one."""

    now: datetime | None
    paths: tuple[Path, ...]
    pack: PackRef


def paths_of(
    pack: Pack,
    topic: str | None = None,
    way: str | None = None,
    directory: Directory | None = None,
    now: datetime | None = None,
) -> Paths:
    """The paths of a pack, in its order and its language.

    `topic`: an id, or its text in that language, in any case; `way`: only such paths. With a directory and `now` each
    has who fills the role. Raises TopicError where no path has that topic.
    """
    engine = pack._engine  # noqa: SLF001 - the package's own
    roles = engine.document.get("roles", {})
    found: Sequence[Path] = [
        Path(topic=id_, text=path["text"], way=its, role=path["role"], role_text=roles[path["role"]])
        for its, topics in engine.document.get("paths", {}).items()
        if way in {None, its}
        for id_, path in topics.items()
    ]
    if topic is not None:
        found = _of_topic(found, topic, way)
    if directory is not None and now is not None:
        fillings = [directory.filling(path.role, now, engine.covers) for path in found]
        found = [replace(p, people=f.people, next=f.next) for p, f in zip(found, fillings, strict=True)]
    return Paths(now=now if directory else None, paths=tuple(found), pack=engine.ref)


def _of_topic(known: Sequence[Path], topic: str, way: str | None) -> Sequence[Path]:
    wanted = _folded(topic)
    found = [path for path in known if wanted in {_folded(path.topic), _folded(path.text)}]
    if not found:
        raise TopicError([_unknown(topic, known, way)])
    return found


def _folded(text: str) -> str:
    return _APART.sub(" ", text.casefold()).strip()


def _unknown(topic: str, known: Sequence[Path], way: str | None) -> Problem:
    message = f"unknown topic {quote(topic)}{f' to {way}' if way else ''}"
    ids = [*dict.fromkeys(path.topic for path in known)]
    near, listed = nearest(topic, ids), f"one of {', '.join(map(quote, ids))}"
    hint = "the pack has none" if not ids else f"{near} {listed}" if near else listed
    return Problem(path="", code="unknown_topic", message=message, hint=hint)
