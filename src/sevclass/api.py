"""The public face: `Pack`, `load_pack` and `classify`. Reads a pack, then puts the parts together."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from os import PathLike
from typing import Any, get_args

from sevclass import calendars
from sevclass.classification import Classification, PackRef, Question
from sevclass.covers import Covers
from sevclass.evaluate import Assume, Evaluator
from sevclass.facts import FactsInput, FactsReader, Given
from sevclass.incident_facts import FactsModel
from sevclass.loader import read_pack
from sevclass.pack import PackSpec
from sevclass.problems import FactsError, Problem
from sevclass.questions import Questioner
from sevclass.scales import SumOf
from sevclass.sla import SlaTable

DEFAULT_PACK = "support"


class Pack:
    """A rule pack, ready to classify. Immutable: load it once and share it, also between threads and by pickle."""

    __slots__ = ("_evaluator", "_questioner", "_reader", "_ref", "_sla", "_spec")

    def __init__(self, spec: PackSpec, digest: str) -> None:
        """From a checked specification, as `read_pack` gives it; `load_pack` is the usual way."""
        covers = Covers(spec.covers)
        fill = object.__setattr__
        fill(self, "_spec", spec)
        fill(self, "_ref", PackRef(name=str(spec.name), version=str(spec.version), digest=digest))
        fill(self, "_evaluator", Evaluator(spec, covers))
        fill(self, "_reader", FactsReader(self._evaluator.scales))
        fill(self, "_sla", SlaTable(spec, covers, calendars.DEFAULT))
        asks = {name: str(fact.ask) for name, fact in spec.facts.items() if not isinstance(fact.scale, SumOf)}
        fill(self, "_questioner", Questioner(self._evaluator, asks))

    _spec: PackSpec
    _ref: PackRef
    _evaluator: Evaluator
    _reader: FactsReader
    _sla: SlaTable
    _questioner: Questioner

    @property
    def name(self) -> str:
        """The pack's name."""
        return self._ref.name

    @property
    def version(self) -> str:
        """The pack's version."""
        return self._ref.version

    @property
    def digest(self) -> str:
        """A fingerprint of what the pack says: `sha256:` and 64 hexadecimal digits."""
        return self._ref.digest

    @property
    def description(self) -> str | None:
        """One line about the pack."""
        return self._spec.description

    @property
    def severities(self) -> dict[int, str]:
        """Number -> name, worst first."""
        return dict(self._evaluator.names)

    @property
    def calendar(self) -> str:
        """In words, when business time passes."""
        return str(self._sla.calendar)

    @property
    def Facts(self) -> type[FactsModel]:  # noqa: N802 - it is a class
        """The pydantic model of the pack's facts; `IncidentFacts` for the default pack."""
        return self._reader.model

    def model_dump(self) -> dict[str, Any]:
        """The pack as one document of its own format, with everything inherited in its place."""
        return self._spec.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)

    def classify(
        self,
        facts: FactsInput,
        opened_at: datetime | None = None,
        id: str | None = None,  # noqa: A002 - the field's name
        *,
        assume: Assume = "known",
    ) -> Classification:
        """Classify an incident.

        `facts`: a dict, JSON text or a model of facts, bare or in an envelope `{"id", "opened_at", "facts"}`; None or absent means unknown.
        `opened_at`: an aware datetime; with it the SLA has the instants owed. `assume="worst"`: classify as if each
        unknown fact were at its worst.

        Raises FactsError with every problem of the facts; ValueError for another `assume`.
        """
        if assume not in get_args(Assume):
            raise ValueError(f"`assume` is `known` or `worst`, not {assume!r}")
        given = self._reader.read(facts, id=id, opened_at=opened_at)
        severity = self._evaluator.severity(given.facts) if assume == "known" else self._evaluator.could_be(given.facts)
        classification = Classification(severity, _Parts(self, given, severity, assume))
        if given.opened_at is not None:
            _check_sla(classification)
        return classification

    def classify_json(self, data: bytes | str) -> Classification:
        """Classify an incident straight from JSON text, bare facts or an envelope.

        Raises FactsError with every problem.
        """
        return self.classify(data)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"Pack is immutable: cannot set `{name}`")

    def __reduce__(self) -> tuple[type[Pack], tuple[PackSpec, str]]:
        return Pack, (self._spec, self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pack) and self._ref == other._ref

    def __hash__(self) -> int:
        return hash(self._ref)

    def __repr__(self) -> str:
        return f"<Pack {self.name!r} {self.version} {self.digest[:19]}>"


class _Parts:
    """The parts of one classification, each worked out when it is asked for."""

    __slots__ = ("_assume", "_given", "_pack", "_severity")

    def __init__(self, pack: Pack, given: Given, severity: int, assume: Assume) -> None:
        self._pack, self._given, self._severity, self._assume = pack, given, severity, assume

    def part(self, name: str) -> Any:  # noqa: ANN401 - the parts differ in type
        return getattr(self, name)()

    def id(self) -> str | None:
        return self._given.id

    def name(self) -> str:
        return self._pack._evaluator.names[self._severity]

    def could_be(self) -> int:
        return self._pack._evaluator.could_be(self._given.facts)

    def criteria(self) -> Any:
        return tuple(self._pack._evaluator.met(self._given.facts, self._assume))

    def sla(self) -> Any:
        return self._pack._sla.at(self._severity, self._given.opened_at)

    def roster(self) -> Any:
        return self._pack._evaluator.roster(self._severity, self._given.facts, self._assume)

    def war_room(self) -> Any:
        return self._pack._evaluator.war_room(self._severity, self._given.facts, self._assume)

    def questions(self) -> tuple[Question, ...]:
        return self._pack._questioner.questions(self._given.facts)

    def pack(self) -> PackRef:
        return self._pack._ref


def _check_sla(classification: Classification) -> None:
    """Work the instants out at once, so that one beyond the calendar is told as bad input and not on reading."""
    try:
        classification.sla  # noqa: B018
    except OverflowError:
        message = "an instant owed lies beyond the year 9999"
        raise FactsError([Problem(path="opened_at", code="out_of_range", message=message, hint="check the opening")]) from None


def load_pack(pack: str | PathLike[str] = DEFAULT_PACK) -> Pack:
    """Load a pack: the name of one that ships, or the path of a folder.

    Raises PackError with every problem of the pack.
    """
    return Pack(*read_pack(pack))


@cache
def default_pack() -> Pack:
    """The default pack, loaded once: it is immutable, so sharing it is not a global that anybody can change."""
    return load_pack(DEFAULT_PACK)


def classify(
    facts: FactsInput,
    opened_at: datetime | None = None,
    id: str | None = None,  # noqa: A002 - the field's name
    *,
    assume: Assume = "known",
) -> Classification:
    """Classify an incident by the default pack; see `Pack.classify`."""
    return default_pack().classify(facts, opened_at, id, assume=assume)
