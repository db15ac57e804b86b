"""The shape of a pack's document: checked by the models, each error told at its node.

What has an error is taken out and the rest is checked again, so that one mistake does not hide the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sevclass.calendar_spec import CalendarSpec, HolidaysSpec, HoursSpec
from sevclass.message_spec import (
    GuideSpec,
    GuideStepSpec,
    GuideStepTranslation,
    GuideTranslation,
    MessageSpec,
    MessageTranslation,
    PromiseSpec,
    PromiseTranslation,
)
from sevclass.pack import CriterionSpec, FactSpec, MeasureSpec, PackSpec, RowSpec
from sevclass.paths_spec import WAY_PATTERN, PathSpec, PathTranslation
from sevclass.plan_spec import ActionSpec, PhaseSpec, PlanSpec, QuestionSpec
from sevclass.problems import Problem, nearest, quote
from sevclass.room_spec import SECTION_PATTERN, PositionSpec, PositionTranslation, RhythmSpec, RoomSpec, RoomTranslation
from sevclass.sla_spec import CadenceSpec, SlaSpec, TargetSpec
from sevclass.source import Node, plain, problem
from sevclass.spec import (
    LANGUAGE_PATTERN,
    NAME_PATTERN,
    NUMBER_PATTERN,
    STAGE_PATTERN,
    TEMPLATE_PATTERN,
    TEXT_PATTERN,
    WORD_PATTERN,
    FlagTexts,
)
from sevclass.targets_spec import TargetsSpec
from sevclass.translation_spec import (
    CriterionTranslation,
    FactTranslation,
    MeasureTranslation,
    PhaseTranslation,
    PlanTranslation,
    StepTranslation,
    Translation,
)
from sevclass.wording import worded, wrong_length

Path: TypeAlias = tuple[str | int, ...]
Places: TypeAlias = Sequence[tuple[tuple[str | None, ...], type[BaseModel]]]
"""Where a model stands, None for any key; what stands deeper comes first."""
_Model = TypeVar("_Model", bound=BaseModel)

_PATTERNS = {
    NAME_PATTERN: (
        "not_a_name",
        "{} is not a name",
        "a name is lower-case letters, digits, `_` and `-`, and starts with a letter",
    ),
    NUMBER_PATTERN: ("not_a_severity", "{} is not a severity", "a severity is a number from 1, the worst"),
    STAGE_PATTERN: (
        "not_a_stage",
        "{} is not a stage",
        "a stage is `at_risk`, `breached`, or how far past the limit, as `past_1x` or `past_30m` say",
    ),
    WAY_PATTERN: ("not_a_way", "{} is not a way", "a way is `consult`, `delegate` or `escalate`"),
    SECTION_PATTERN: (
        "not_a_section",
        "{} is not a part of the handover sheet",
        "its parts are `status`, `clocks`, `people`, `decisions`, `actions`, `known`, `unknown` and `next`",
    ),
    LANGUAGE_PATTERN: (
        "not_a_language",
        "{} is not a language",
        "a language is a tag of BCP 47, such as `de`, `de-AT` or `zh-Hant`",
    ),
    TEXT_PATTERN: (
        "unprintable_text",
        "the text is empty or holds a character that cannot be shown",
        "keep to one line, without control characters",
    ),
    TEMPLATE_PATTERN: (
        "unprintable_text",
        "the text is empty or holds a character that cannot be shown",
        "leave out control characters, tabs among them",
    ),
    WORD_PATTERN: (
        "not_a_word",
        "{} is not a name that a template can use",
        "it is lower-case letters, digits and `_`, and starts with a letter",
    ),
}
_KEY_PATTERNS = (
    NAME_PATTERN,
    NUMBER_PATTERN,
    STAGE_PATTERN,
    LANGUAGE_PATTERN,
    WAY_PATTERN,
    SECTION_PATTERN,
    WORD_PATTERN,
)


def shaped(document: Node) -> tuple[PackSpec, list[Problem]]:
    """The specification of what is well formed in a pack, and the problems of the rest."""
    return fitted(document, PackSpec, _MODELS)


def fitted(document: Node, model: type[_Model], places: Places) -> tuple[_Model, list[Problem]]:
    """What is well formed in a mapping by a model, and the problems of the rest; `places` has the models within."""
    data = plain(document)
    problems: list[Problem] = []
    told: set[Path] = set()
    while True:
        try:
            return model.model_validate(data), problems
        except ValidationError as error:
            details = error.errors(include_url=False)
        located = [(_resolved(document, _place(detail)), detail) for detail in details]
        for path, detail in located:
            # An entry that lost a part to an earlier error goes too, but nobody has to be told twice.
            if path not in told:
                problems.append(_told(document, path, detail, places))
        paths = {path for path, _ in located}
        # Last first, so that the items of a list keep their places until it is their turn.
        for path in sorted(paths, key=lambda steps: [(isinstance(step, str), step) for step in steps], reverse=True):
            _prune(data, path)
        told |= {path[:length] for path in paths for length in range(len(path) + 1)}


def at(document: Node, path: Sequence[str | int]) -> Node:
    """The node at a path.

    Where the models see a list of one, the file may have the bare item: then the index stays at the node.
    """
    node = document
    for step in path:
        node = _step(node, step) or node
    return node


def key_at(document: Node, path: Sequence[str | int]) -> Node:
    """The key that leads to the node at a path; the node itself if it stands in a list."""
    *steps, last = path
    parent = at(document, steps)
    return (
        parent.value[str(last)].key
        if isinstance(parent.value, Mapping) and last in parent.value
        else at(document, path)
    )


def _step(node: Node, step: str | int) -> Node | None:
    if isinstance(node.value, Mapping):
        return node.value[str(step)].value if step in node.value else None
    return node.value[step] if isinstance(node.value, tuple) and isinstance(step, int) else None


def _resolved(document: Node, loc: Sequence[str | int]) -> Path:
    """The path as far as the location leads through the document.

    Something missing leads to its entry, and so does a name that is none.
    """
    path: list[str | int] = []
    node = document
    for step in loc:
        if (following := _step(node, step)) is not None:
            node = following
            path.append(step)
    return tuple(path)


def _place(detail: ErrorDetails) -> Sequence[str | int]:
    """Where an error is: its last step leads nowhere for what is missing, and for a key that is none.

    The document may have it all the same: taken out for an error of its own, or called `[key]`.
    """
    loc = detail["loc"]
    missing = detail["type"] == "missing"
    pattern = detail.get("ctx", {}).get("pattern")
    no_key = loc[-1] == "[key]" and (pattern in _KEY_PATTERNS or detail["type"] == "date")
    return loc[:-1] if missing or no_key else loc


def _prune(data: Any, path: Path) -> None:  # noqa: ANN401 - plain data of any shape
    *steps, last = path
    for step in steps:
        data = data[step]
    del data[last]


def _told(document: Node, path: Path, detail: ErrorDetails, places: Places) -> Problem:
    """A validation error in our words, at the key or the value that it is about."""
    here, key = at(document, path), key_at(document, path)
    match detail["type"]:
        case "extra_forbidden":
            known = _known_keys(path, places)
            hint = nearest(key.text, known) or f"known are {', '.join(map(quote, known))}"
            return problem(key, "unknown_key", f"unknown key {quote(key.text)}", hint)
        case "missing":
            return problem(key, "missing_key", f"missing key {quote(str(detail['loc'][-1]))}")
        case "string_pattern_mismatch":
            pattern = detail.get("ctx", {})["pattern"]
            place = key if detail["loc"][-1] == "[key]" else here
            code, message, hint = _PATTERNS[pattern]
            return problem(place, code, message.format(quote(place.text)), hint)
        case "too_short" | "too_long":
            return problem(key, *wrong_length(detail, key.text))
        case kind:
            code, message, advice = worded(detail)
            if kind == "string_type" and isinstance(detail["input"], bool | int | float):
                advice = f'write `"{here.text}"`'
            return problem(key if detail["loc"][-1] == "[key]" != path[-1] else here, code, message, advice)


def _known_keys(path: Path, places: Places) -> list[str]:
    """The keys that may stand where the unknown one does: those of the first model whose place fits."""
    model = next(model for place, model in places if len(place) < len(path) and all(map(_fits, place, path)))
    return [field.alias or name for name, field in model.model_fields.items()]


def _fits(step: str | None, found: str | int) -> bool:
    return step is None or step == found


_MODELS: Places = (
    (("facts", None, "flag"), FlagTexts),
    (("facts", None, "measure"), MeasureSpec),
    (("facts", None), FactSpec),
    (("criteria", None, None), CriterionSpec),
    (("sla", None, "status_updates"), CadenceSpec),
    (("sla", None, "notify", None), TargetSpec),
    (("sla", None, None), TargetSpec),
    (("sla", None), SlaSpec),
    (("roster", None, None), RowSpec),
    (("war_room_setup", "positions", None), PositionSpec),
    (("war_room_setup", "cadence"), RhythmSpec),
    (("war_room_setup",), RoomSpec),
    (("paths", None, None), PathSpec),
    (("messages", None, "promises", None), PromiseSpec),
    (("messages", None), MessageSpec),
    (("guides", None, "steps", None), GuideStepSpec),
    (("guides", None), GuideSpec),
    (("calendar", "hours"), HoursSpec),
    (("calendar", "holidays"), HolidaysSpec),
    (("calendar",), CalendarSpec),
    (("calendars", None, "hours"), HoursSpec),
    (("calendars", None, "holidays"), HolidaysSpec),
    (("calendars", None), CalendarSpec),
    (("plan", "phases", None, "questions", None), QuestionSpec),
    (("plan", "phases", None, "actions", None), ActionSpec),
    (("plan", "phases", None), PhaseSpec),
    (("plan",), PlanSpec),
    (("targets",), TargetsSpec),
    (("translations", None, "facts", None, "flag"), FlagTexts),
    (("translations", None, "facts", None, "measure"), MeasureTranslation),
    (("translations", None, "facts", None), FactTranslation),
    (("translations", None, "criteria", None), CriterionTranslation),
    (("translations", None, "war_room_setup", "positions", None), PositionTranslation),
    (("translations", None, "war_room_setup"), RoomTranslation),
    (("translations", None, "paths", None, None), PathTranslation),
    (("translations", None, "plan", "phases", None, "questions", None), StepTranslation),
    (("translations", None, "plan", "phases", None, "actions", None), StepTranslation),
    (("translations", None, "plan", "phases", None), PhaseTranslation),
    (("translations", None, "plan"), PlanTranslation),
    (("translations", None, "messages", None, "promises", None), PromiseTranslation),
    (("translations", None, "messages", None), MessageTranslation),
    (("translations", None, "guides", None, "steps", None), GuideStepTranslation),
    (("translations", None, "guides", None), GuideTranslation),
    (("translations", None), Translation),
    ((), PackSpec),
)
