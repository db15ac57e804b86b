"""What a pack says, as plain data: one checked document, with everything inherited in its place.

`pack` and `loader` make it of YAML. Whatever gives answers is made from it, and so needs none of the models.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NotRequired, Required, TypeAlias, TypedDict

from sevclass.playbook_document import (
    GuideDocument,
    GuideTexts,
    MessageDocument,
    MessageTexts,
    PathDocument,
    PlanDocument,
    PlanTranslation,
    RoomDocument,
    RoomTranslation,
)
from sevclass.scales import Count, Flag, Floor, Label, Levels, Measure, Scale, SumOf

CLOCKS: tuple[Literal["initial_response", "status_updates", "resolution"], ...] = (
    "initial_response",
    "status_updates",
    "resolution",
)
"""The targets of the SLA that each severity has one of."""

WAYS = ("consult", "delegate", "escalate")
"""How one turns to somebody else: for advice, with work to hand over, with what is above one's own power."""

LEAD = "lead"
"""In an escalation, the role that leads or handles: the first of the roster. A role of that name goes before it."""

DEFAULT_LANGUAGE = "en"
"""What a pack is written in that does not say."""

ENOUGH = 5
"""Under so many a target is too few to judge, where a pack does not say."""

Spans: TypeAlias = list[str]
"""As `09:00-12:30`."""


class HolidaysDocument(TypedDict, total=False):
    """Days without working hours."""

    country: str
    subdivision: str
    dates: list[str]


class CalendarDocument(TypedDict):
    """When business time passes: days of the week, and dates, with their spans."""

    zone: str
    hours: dict[str, Spans]
    holidays: NotRequired[HolidaysDocument]
    exceptions: NotRequired[dict[str, Spans]]


MeasureDocument = TypedDict(
    "MeasureDocument",
    {"unit": str, "worse": Literal["higher", "lower"], "from": NotRequired[float], "to": NotRequired[float]},
)


class FactTexts(TypedDict, total=False):
    """The texts of a fact, in any language."""

    ask: str
    levels: dict[str, str]
    flag: dict[str, str]
    count: str
    label: dict[str, str]


class FactDocument(FactTexts, total=False):
    """A fact: its question and exactly one scale."""

    measure: MeasureDocument
    sum_of: list[str]


class CriterionDocument(TypedDict):
    """A criterion: any of its floors is enough."""

    text: str
    when: list[Floor]


class TargetDocument(TypedDict):
    """A target of the SLA that counts business time on a calendar of its own."""

    within: str
    calendar: NotRequired[str]


# A cadence slows down: after the time that stands in `for`, what stands in `then` counts.
CadenceDocument = TypedDict(
    "CadenceDocument",
    {
        "within": str,
        "calendar": NotRequired[str],
        "for": NotRequired[str],
        "then": NotRequired["str | CadenceDocument"],
    },
)


class SlaDocument(TypedDict, total=False):
    """The targets of a severity."""

    calendar: str
    initial_response: str | TargetDocument
    status_updates: str | CadenceDocument
    notify: dict[str, str | TargetDocument]
    resolution: str | TargetDocument


class RowDocument(TypedDict):
    """A row of the roster: a duty, and the floors on which it depends, if any."""

    duty: str
    when: NotRequired[list[Floor]]


class UnitDocument(TypedDict, total=False):
    """The unit of a measure in another language."""

    unit: str


class FactTranslation(FactTexts, total=False):
    """The texts of a fact in another language."""

    measure: UnitDocument


class TranslationDocument(TypedDict, total=False):
    """The texts of a pack in another language; those of criteria by id."""

    description: str
    severities: dict[str, str]
    facts: dict[str, FactTranslation]
    criteria: dict[str, dict[str, str]]
    roles: dict[str, str]
    war_room_setup: RoomTranslation
    paths: dict[str, dict[str, dict[str, str]]]
    causes: dict[str, str]
    plan: PlanTranslation
    messages: dict[str, MessageTexts]
    blanks: dict[str, str]
    guides: dict[str, GuideTexts]


class TargetsDocument(TypedDict, total=False):
    """What the figures of a period are measured against: `over 95%`, `at least 100%`, `down by 50%`, `falling`."""

    response_sla: str
    resolution_time: str
    satisfaction: str
    repeats: str
    reviews_on_time: str
    actions_on_time: str
    enough: int


class PackDocument(TypedDict, total=False):
    """A whole pack. What is empty is left out; severities are text, worst first."""

    name: Required[str]
    version: Required[str]
    description: str
    language: str
    severities: Required[dict[str, str]]
    facts: Required[dict[str, FactDocument]]
    criteria: dict[str, dict[str, CriterionDocument]]
    sla: dict[str, SlaDocument]
    roles: dict[str, str]
    roster: dict[str, dict[str, RowDocument]]
    covers: dict[str, list[str]]
    escalation: dict[str, dict[str, list[str]]]
    calendar: CalendarDocument
    calendars: dict[str, CalendarDocument]
    war_room: dict[str, list[Floor]]
    war_room_setup: RoomDocument
    paths: dict[str, dict[str, PathDocument]]
    causes: dict[str, str]
    plan: PlanDocument
    messages: dict[str, MessageDocument]
    blanks: dict[str, str]
    guides: dict[str, GuideDocument]
    customers: str
    targets: TargetsDocument
    clocks_start: Literal["severity", "opening"]
    pauses: list[str]
    review: list[int]
    approve_downgrade: bool
    translations: dict[str, TranslationDocument]


def scale_of(fact: FactDocument) -> Scale:
    """The scale of a fact."""
    match fact:
        case {"levels": levels}:
            return Levels(names=tuple(levels))
        case {"flag": _}:
            return Flag()
        case {"count": unit}:
            return Count(unit=unit)
        case {"measure": measure}:
            return Measure(
                unit=measure["unit"], worse=measure["worse"], low=measure.get("from"), high=measure.get("to")
            )
        case {"label": label}:
            return Label(names=tuple(label))
        case _:
            return SumOf(parts=tuple(fact.get("sum_of", ())))


def scales_of(document: PackDocument) -> dict[str, Scale]:
    """Fact -> scale, in the pack's order."""
    return {name: scale_of(fact) for name, fact in document["facts"].items()}


def as_named(floor: Floor, scales: Mapping[str, Scale]) -> Floor:
    """The floor with names read as text: a level may well be called `true`."""
    return {
        fact: str(level).lower() if isinstance(level, bool) and isinstance(scales.get(fact), Levels | Label) else level
        for fact, level in floor.items()
    }
