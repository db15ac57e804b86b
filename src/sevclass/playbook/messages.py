"""Messages: a draft from what is known, with a marked gap for what is not, and the promises that it makes.

A draft says nothing of its own: it is a template of the pack, and the values of the incident.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, TypeAlias, cast, get_type_hints

from sevclass.api import Pack
from sevclass.classification import PackRef
from sevclass.document import PackDocument
from sevclass.incident import replay
from sevclass.incident.events import Acknowledged, Event, UpdateSent
from sevclass.incident.log import Entry
from sevclass.incident.schemas import PROBLEMS, schema_of
from sevclass.message_names import SAYABLE, TAKEN
from sevclass.playbook.blanks import Gap, Noted, Pledge
from sevclass.playbook.guides import Guide, guide
from sevclass.playbook.known_values import KnownValues
from sevclass.playbook.local_time import LocalTime
from sevclass.playbook.promises import No, Promise, dues
from sevclass.playbook.writer import Writer
from sevclass.playbook_document import MessageDocument
from sevclass.problems import MessageError, PackError, Problem, nearest, quote
from sevclass.results import Result
from sevclass.templates import faults, render, used

if TYPE_CHECKING:
    from sevclass.incident.known import KnownIssues  # a start need not wait for its models

Audience: TypeAlias = Literal["customers", "executives", "internal"]
_PARAGRAPHS = re.compile(r"\n{3,}")
_TEMPLATES: tuple[Literal["subject", "body"], ...] = ("subject", "body")
_OPTIONS = {"customer": "`--customer`", "sender": "`--from`", "phone": "`--phone`"}


class Incident(NamedTuple):
    """What a message is about: events of its log, the instant of writing, and what is known beside them.

    Without `is_dated` the opening is there for its facts alone: nobody knows when it was.
    """

    events: Sequence[Event | Entry | Mapping[str, Any]]
    now: datetime
    id: str | None = None
    known: KnownIssues | None = None
    is_dated: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(Result):
    """A message as it could be sent, once its gaps are filled. Of a guide without a message the texts are null."""

    kind: str
    language: str
    audience: Audience | None
    id: str | None
    """Of the incident."""
    now: datetime
    subject: str | None
    body: str | None
    gaps: tuple[Gap, ...]
    """What is missing, in the order of the text."""
    promises: tuple[Promise, ...]
    """What it promises."""
    sent: Literal["acknowledged", "update_sent"] | None
    """The event that the sending of it is."""
    next: datetime | None
    """By when the next update is promised."""
    guide: Guide | None
    pack: PackRef
    problems: tuple[Problem, ...] = ()
    """What is wrong with the log; not among the parts."""
    asked: tuple[str, ...] = ()
    """The names that only a person can say; not among the parts."""
    dated: tuple[str, ...] = ()
    """The names of instants that need the opening; not among the parts."""

    PARTS: ClassVar[tuple[str, ...]] = (
        "kind",
        "language",
        "audience",
        "id",
        "now",
        "subject",
        "body",
        "gaps",
        "promises",
        "sent",
        "next",
        "guide",
        "pack",
    )

    @classmethod
    def model_json_schema(cls) -> dict[str, Any]:
        """The JSON Schema of what `sevclass message` prints: a draft, what was recorded, and what is wrong."""
        types = get_type_hints(cls)
        parts = [(part, types[part]) for part in cls.PARTS]
        beside = [("written", tuple[str, ...]), ("problems", PROBLEMS)]
        return schema_of("Message", [("schema", Literal[1]), *parts, *beside])


def draft(kind: str, incident: Incident, pack: Pack, writer: Writer, time: LocalTime) -> Draft:
    """The message of that kind, in the language of the pack.

    Raises MessageError if the pack has no such message, or the writer says what nobody asked for; PackError if its
    templates cannot be rendered; IncidentError if there is no such incident.
    """
    document, now = cast("PackDocument", pack.model_dump()), incident.now
    message = _message(document, kind)
    names = (*document.get("blanks", {}), *message.get("promises", {}))
    _check(kind, message, names)
    state = replay(incident.events, pack, now, id=incident.id, known=incident.known)
    _check_said(kind, asked(message, document), writer, {"title": state.title, "incident": state.id})
    # The next update is owed by the time at which this one is sent.
    after = replay([*incident.events, *_sending(message, now)], pack, now)
    noted = Noted()
    known = KnownValues(state, document, time, noted)
    values = known.all(message, writer, now, is_dated=incident.is_dated, more=names)
    found = dues(message, now, after.clocks, is_dated=incident.is_dated)
    for name, due in found.items():
        values[name] = (
            known.blank(name, is_owed=due is No.UNKNOWN) if isinstance(due, No) else Pledge(name, time(due), noted)
        )
    subject, body = (_rendered(kind, key, message[key], values) for key in _TEMPLATES)
    promises = tuple(_promises(message, found, noted.made, writer))
    return Draft(
        kind=kind,
        language=pack.language,
        audience=message["audience"],
        id=incident.id,
        now=now,
        subject=" ".join(subject.split("\n")),
        body=_PARAGRAPHS.sub("\n\n", body.strip("\n")) + "\n",
        gaps=tuple(noted.gaps),
        promises=promises,
        sent=message.get("sent"),
        next=_next(promises),
        guide=guide(pack, kind),
        pack=state.pack,
        problems=state.problems,
        asked=tuple(asked(message, document)),
        dated=("opened_at", "owed", "owed_by", *message.get("promises", {})),
    )


def alone(kind: str, pack: Pack, now: datetime) -> Draft:
    """The guide of that kind without a message.

    Raises MessageError if the pack has no such guide.
    """
    document = cast("PackDocument", pack.model_dump())
    found = guide(pack, kind)
    if found is None:
        raise MessageError([_unknown(kind, {**document.get("guides", {}), **document.get("messages", {})})])
    return Draft(
        kind=kind,
        language=pack.language,
        audience=None,
        id=None,
        now=now,
        subject=None,
        body=None,
        gaps=(),
        promises=(),
        sent=None,
        next=None,
        guide=found,
        pack=PackRef(name=pack.name, version=pack.version, digest=pack.digest),
    )


def kinds(pack: Pack) -> Mapping[str, bool]:
    """The kinds of message that a pack has, and whether there is a draft; a guide alone has none."""
    document = pack.model_dump()
    return {**dict.fromkeys(document.get("messages", {}), True), **_guides_alone(document)}


def _guides_alone(document: Mapping[str, Any]) -> dict[str, bool]:
    return {kind: False for kind in document.get("guides", {}) if kind not in document.get("messages", {})}


def _message(document: PackDocument, kind: str) -> MessageDocument:
    messages = document.get("messages", {})
    if kind not in messages:
        raise MessageError([_unknown(kind, messages)])
    return messages[kind]


def _unknown(kind: str, known: Collection[str]) -> Problem:
    listed = f"one of {', '.join(map(quote, known))}" if known else "the pack has no `messages`"
    hint = nearest(kind, known) or listed
    return Problem(path="", code="unknown_message", message=f"unknown message {quote(kind)}", hint=hint)


def _check(kind: str, message: MessageDocument, names: Collection[str]) -> None:
    """Refuse templates that cannot be rendered: all that is wrong with them at once."""
    problems = [
        Problem(path=f"messages.{kind}.{key}", code="template", message=str(fault), hint=fault.hint)
        for key in _TEMPLATES
        for fault in faults(message[key], names)
    ]
    if problems:
        raise PackError(problems)


def asked(message: MessageDocument, document: PackDocument) -> list[str]:
    """What the templates of a message ask a person for, beside whom it is for and who writes it."""
    own = {*TAKEN, *message.get("promises", {})}
    wanted = used(message["subject"]) | used(message["body"])
    free = (*SAYABLE, *(name for name in document.get("blanks", {}) if name not in own))
    return [name for name in free if name in wanted]


def _check_said(kind: str, wanted: Sequence[str], writer: Writer, known: Mapping[str, str | None]) -> None:
    problems = []
    for name in writer.said:
        if name in _OPTIONS:
            said, hint = f"{quote(name)} has an option of its own", f"give {_OPTIONS[name]}"
        elif known.get(name):
            said, hint = f"{quote(name)} is known already", "the incident says so itself: leave it out"
        elif name not in wanted:
            listed = f"it asks for {', '.join(map(quote, wanted))}" if wanted else "it asks for nothing"
            said = f"{quote(kind)} does not ask for {quote(name)}"
            hint = nearest(name, wanted) or listed
        else:
            continue
        problems.append(Problem(path="", code="not_asked", message=said, hint=hint))
    if problems:
        raise MessageError(problems)


def _sending(message: MessageDocument, now: datetime) -> list[Event]:
    match message.get("sent"):
        case "acknowledged":
            return [Acknowledged(at=now)]
        case "update_sent":
            return [UpdateSent(at=now, audience=message["audience"])]
        case _:
            return []


def _rendered(kind: str, key: str, text: str, values: Mapping[str, object]) -> str:
    try:
        return render(text, values)
    except MessageError as error:
        raise MessageError(
            Problem(path=f"messages.{kind}.{key}", code=one.code, message=one.message, hint=one.hint)
            for one in error.problems
        ) from None


def _promises(
    message: MessageDocument, found: Mapping[str, datetime | No], made: Collection[str], writer: Writer
) -> list[Promise]:
    return [
        Promise(name=name, text=promise["text"], due=due, clock=promise.get("clock"), customer=writer.customer)
        for name, promise in message.get("promises", {}).items()
        if name in made and isinstance(due := found[name], datetime)
    ]


def _next(promises: Sequence[Promise]) -> datetime | None:
    """The earliest that is promised of updates."""
    return min((promise.due for promise in promises if promise.clock == "status_update"), default=None)
