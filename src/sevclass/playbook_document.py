"""What a pack says of the response to an incident, as plain data: war room, paths, plan and messages."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from sevclass.scales import Floor


class PositionDocument(TypedDict):
    """A position in the war room, the roles that may take it, and the floors on which it depends, if any."""

    text: str
    roles: list[str]
    when: NotRequired[list[Floor]]


class RhythmDocument(TypedDict, total=False):
    """How the work of a war room is paced."""

    updates: str
    rotate: str
    handover: str


class RoomDocument(TypedDict, total=False):
    """What a war room is, once one opens."""

    channel: str
    positions: dict[str, PositionDocument]
    cadence: RhythmDocument
    protocols: dict[str, str]
    handover: dict[str, str]


class PathDocument(TypedDict):
    """A topic, and the role that one turns to with it."""

    text: str
    role: str


class RoomTranslation(TypedDict, total=False):
    """The texts of the war room in another language."""

    channel: str
    positions: dict[str, dict[str, str]]
    protocols: dict[str, str]
    handover: dict[str, str]


class QuestionDocument(TypedDict):
    """What a phase of the plan must answer, and what makes it answered."""

    text: str
    facts: NotRequired[list[str]]
    known_by: NotRequired[list[str]]


class ActionDocument(TypedDict):
    """What is done in a phase of the plan: on which track, by whom, and where it is needed."""

    text: str
    track: str
    owners: list[str]
    when: NotRequired[list[Floor]]
    war_room: NotRequired[bool]
    clock: NotRequired[str]
    done_by: NotRequired[list[str]]


# `from` and `to` count from `after`.
PhaseDocument = TypedDict(
    "PhaseDocument",
    {
        "text": str,
        "after": NotRequired[Literal["opening", "resolution"]],
        "from": NotRequired[str],
        "to": NotRequired[str],
        "dated": NotRequired[int],
        "again": NotRequired[bool],
        "questions": NotRequired[dict[str, QuestionDocument]],
        "actions": NotRequired[dict[str, ActionDocument]],
        "exit": NotRequired[dict[str, str]],
    },
)


class PlanDocument(TypedDict):
    """What is done about an incident, phase by phase."""

    tracks: NotRequired[dict[str, str]]
    phases: NotRequired[dict[str, PhaseDocument]]
    customers: NotRequired[dict[str, str]]


class TextDocument(TypedDict, total=False):
    """One text in another language."""

    text: str


class PhaseTranslation(TextDocument, total=False):
    """The texts of a phase in another language."""

    questions: dict[str, TextDocument]
    actions: dict[str, TextDocument]
    exit: dict[str, str]


class PlanTranslation(TypedDict, total=False):
    """The texts of a plan in another language."""

    tracks: dict[str, str]
    phases: dict[str, PhaseTranslation]
    customers: dict[str, str]


class PromiseDocument(TypedDict):
    """What a message promises, and by when."""

    text: str
    within: NotRequired[str]
    clock: NotRequired[Literal["initial_response", "status_update", "review"]]


class MessageDocument(TypedDict):
    """A message: templates, for whom it is, and what it promises."""

    audience: Literal["customers", "executives", "internal"]
    subject: str
    body: str
    facts: NotRequired[list[str]]
    promises: NotRequired[dict[str, PromiseDocument]]
    sent: NotRequired[Literal["acknowledged", "update_sent"]]


class StepDocument(TypedDict):
    """A step of a guide: what to do, and words that would do."""

    title: str
    text: str
    say: NotRequired[str]


class GuideDocument(TypedDict):
    """How to hold a conversation."""

    text: str
    like: NotRequired[str]
    steps: NotRequired[dict[str, StepDocument]]
    offers: NotRequired[dict[str, str]]


class MessageTexts(TypedDict, total=False):
    """A message in another language."""

    subject: str
    body: str
    promises: dict[str, dict[str, str]]


class GuideTexts(TypedDict, total=False):
    """A guide in another language."""

    text: str
    steps: dict[str, dict[str, str]]
    offers: dict[str, str]
