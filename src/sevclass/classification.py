"""What comes out: a classification and its parts, immutable, hashable, picklable, with the JSON shape of the docs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set as AbstractSet
from dataclasses import dataclass, make_dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, Protocol, TypeAlias, TypeVar, get_type_hints

from pydantic_core import to_json, to_jsonable_python

from sevclass.results import Result
from sevclass.scales import Facts, Value

Assume: TypeAlias = Literal["known", "worst"]
"""How an unknown fact counts: as harmless, or as its worst."""


class Because(Mapping[str, "Value | None"]):
    """The facts behind a criterion and the values given for them, in the pack's order; null is an assumed worst."""

    __slots__ = ("_pairs",)

    def __init__(self, pairs: tuple[tuple[str, Value | None], ...]) -> None:
        self._pairs = pairs

    def __getitem__(self, fact: str) -> Value | None:
        return dict(self._pairs)[fact]

    def __iter__(self) -> Iterator[str]:
        return (fact for fact, _ in self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def __hash__(self) -> int:
        return hash(self._pairs)

    def __repr__(self) -> str:
        return repr(dict(self._pairs))


class Part:
    """A frozen dataclass with pydantic's way to its JSON shape."""

    __slots__ = ()
    __pydantic_config__: ClassVar = {"extra": "forbid"}

    def model_dump(self, *, mode: str = "python") -> dict[str, Any]:  # noqa: ARG002 - one shape, whatever pydantic's mode
        """The JSON shape, as plain data; `mode` makes no difference."""
        shape: dict[str, Any] = to_jsonable_python(self, fallback=dict)
        return shape

    def model_dump_json(self, *, indent: int | None = None) -> str:
        """The JSON text."""
        return to_json(self, indent=indent, fallback=dict).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class MetCriterion(Part):
    """A criterion that is met: the facts of its floors that were reached are the reason."""

    id: str
    severity: int
    text: str
    because: Mapping[str, Value | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed(Part):
    """A target of the SLA: as printed, in seconds (null for business time), and, with an opening, the instants owed."""

    target: str
    limit: str
    target_s: int | None
    limit_s: int | None
    due: datetime | None
    limit_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification(Part):
    """A role to be told, and by when."""

    role: str
    target: str
    limit: str
    target_s: int | None
    limit_s: int | None
    due: datetime | None
    limit_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sla(Part):
    """What is owed, and by when; a target that no severity from here to the mildest names is null."""

    opened_at: datetime | None
    initial_response: Owed | None
    status_updates: Owed | None
    notifications: tuple[Notification, ...]
    resolution: Owed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow(Part):
    """A role that must come, and its duty."""

    role: str
    duty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WarRoom(Part):
    """Whether a war room opens, and the ids of the reasons."""

    activate: bool
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Part):
    """An unknown fact worth finding out; null if its answer changes only the roster or the war room."""

    fact: str
    ask: str
    could_raise_to: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRef(Part):
    """Which pack gave the answer."""

    name: str
    version: str
    digest: str


class Context(NamedTuple):
    """What a classification depends on beside the facts."""

    id: str | None
    opened_at: datetime | None
    assume: Assume


BRIEF = frozenset({"id", "severity", "could_be", "war_room"})
"""The keys of a classification that say the least of it."""

_Kind = TypeVar("_Kind", bound="Classification")

BARE = Context(id=None, opened_at=None, assume="known")
"""Nothing but facts."""


class Filler(Protocol):
    """What works out the parts of a classification, one at a time."""

    def part(self, name: str, severity: int, facts: Facts, context: Context) -> Any:  # noqa: ANN401 - they differ
        """The part of that name."""

    def json(self, facts: Facts, context: Context, *, brief: bool) -> str | None:
        """All of it as JSON text, or what is `BRIEF`; None where that is no quicker than to ask for the parts."""


class _Filled:
    """The parts of a classification that was pickled."""

    def __init__(self, parts: Mapping[str, Any]) -> None:
        self._parts = parts

    def part(self, name: str, severity: int, facts: Facts, context: Context) -> Any:  # noqa: ANN401, ARG002
        return self._parts[name]

    def json(self, *_: object, **__: object) -> None:
        """No quicker way."""


class Classification(Result):
    """How severe an incident is, why, what is owed by when, who must come, and what is worth asking.

    The severity is there at once; the other parts are worked out when they are first read and then kept.
    """

    __slots__ = (
        "_source",
        "could_be",
        "criteria",
        "id",
        "name",
        "pack",
        "questions",
        "roster",
        "severity",
        "sla",
        "war_room",
    )

    PARTS: ClassVar[tuple[str, ...]] = (
        "id",
        "severity",
        "name",
        "could_be",
        "criteria",
        "sla",
        "roster",
        "war_room",
        "questions",
        "pack",
    )

    _source: tuple[Facts, Context, Filler]
    severity: int
    """The severity that the known facts show; 1 is the worst."""
    id: str | None
    """The incident's id as given, or None."""
    name: str
    """The severity's name."""
    could_be: int
    """The worst severity that it may turn out to be when the unknown facts are known."""
    criteria: tuple[MetCriterion, ...]
    """Every criterion met, worst first, in the pack's order."""
    sla: Sla
    roster: tuple[RosterRow, ...]
    war_room: WarRoom
    questions: tuple[Question, ...]
    """Unknown facts whose answer matters, most useful first."""
    pack: PackRef

    if not TYPE_CHECKING:  # pragma: no branch - a type checker goes by the declarations, and tells a misspelt name

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the parts differ
            # Reached only while the slot is empty.
            if name not in self.PARTS:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
            facts, context, filler = self._source
            value = filler.part(name, self.severity, facts, context)
            object.__setattr__(self, name, value)
            return value

    def __hash__(self) -> int:
        return hash((self.severity, self.could_be, self.id, self.pack))

    def __reduce__(self) -> tuple[Any, ...]:
        parts = {part: getattr(self, part) for part in self.PARTS}
        return classified, (type(self), self.severity, {}, BARE, _Filled(parts))

    def __repr__(self) -> str:
        met = ", ".join(criterion.id for criterion in self.criteria)
        return (
            f"<{type(self).__name__} severity={self.severity} {self.name!r} could_be={self.could_be} criteria=[{met}]>"
        )

    def model_dump_json(self, *, indent: int | None = None, include: AbstractSet[str] | None = None) -> str:
        """The JSON text; `include` names the keys that are wanted, all without it."""
        facts, context, filler = self._source
        if indent is None and (include is None or include == BRIEF):
            quick = filler.json(facts, context, brief=include is not None)
            if quick is not None:
                return quick
        return super().model_dump_json(indent=indent, include=include)

    @classmethod
    def model_json_schema(cls) -> dict[str, Any]:
        """The JSON Schema of `model_dump`."""
        from pydantic import TypeAdapter  # to classify takes no models

        hints = get_type_hints(cls)
        fields = [("schema", Literal[1]), *((part, hints[part]) for part in cls.PARTS)]
        shape = make_dataclass(cls.__name__, fields, bases=(Part,), kw_only=True)
        return TypeAdapter(shape).json_schema(mode="serialization")


def facts_of(found: Classification) -> Facts:
    """The facts that it was made of, the unknown ones as None; nothing of one that was pickled."""
    return found._source[0]  # noqa: SLF001 - its own module


# A slot is filled through its descriptor: a frozen class has no other way, and this is the quickest.
_set_severity = Classification.__dict__["severity"].__set__
_set_source = Classification.__dict__["_source"].__set__


def classified(kind: type[_Kind], severity: int, facts: Facts, context: Context, filler: Filler) -> _Kind:
    """A classification, of that kind, of which the severity is known."""
    found = kind()  # without an `__init__` of its own this is the quickest way
    _set_severity(found, severity)
    _set_source(found, (facts, context, filler))
    return found


def classifier(severity_of: Callable[[Facts], int], filler: Filler) -> Callable[[Facts], Classification]:
    """What makes the classification of bare facts, as `classified` would, but in one step: it is done most."""
    new, set_severity, set_source = Classification, _set_severity, _set_source

    def classify(facts: Facts) -> Classification:
        found = new()
        set_severity(found, severity_of(facts))
        set_source(found, (facts, BARE, filler))
        return found

    return classify
