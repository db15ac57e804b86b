"""The public face: `Pack`, `load_pack` and `classify`. Reads a pack, then puts the parts together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, get_args

from sevclass.classification import Assume, Classification, Context, PackRef
from sevclass.engine import Engine
from sevclass.evaluate import MasksFactory
from sevclass.explain import Explanation
from sevclass.facts import FactsInput, FactsReader
from sevclass.incident_facts import FactsModel
from sevclass.instants import instant_text
from sevclass.json_facts import MAX_BYTES
from sevclass.loader import PackPath, read_pack
from sevclass.pack import PackSpec
from sevclass.problems import quote
from sevclass.scales import Facts
from sevclass.translate import in_language
from sevclass.unrolled import UnrolledMasks

DEFAULT_PACK = "support"


class Pack:
    """A rule pack, ready to classify. Immutable: load it once and share it, also between threads and by pickle."""

    __slots__ = ("_classify_bare", "_engine", "_json_facts", "_masks", "_model", "_reader", "_spec", "_written")

    _written: PackSpec
    _spec: PackSpec
    _masks: MasksFactory
    _engine: Engine
    _reader: FactsReader
    _model: type[FactsModel]
    _json_facts: Callable[[bytes], tuple[Facts, None, set[str]]]
    _classify_bare: Callable[[Facts], Classification]

    def __init__(
        self, spec: PackSpec, digest: str, masks: MasksFactory = UnrolledMasks, language: str | None = None
    ) -> None:
        """From a checked specification, as `read_pack` gives it; `load_pack` is the usual way.

        `language`: one that it is translated into.
        """
        told = spec if language is None else in_language(spec, language)
        engine = Engine(told, PackRef(name=str(spec.name), version=str(spec.version), digest=digest), masks)
        object.__setattr__(self, "_written", spec)
        object.__setattr__(self, "_spec", told)
        object.__setattr__(self, "_masks", masks)
        object.__setattr__(self, "_engine", engine)
        # The units of counts and measures are texts, but the model of the facts is the same in every language.
        scales = engine.evaluator.scales if told is spec else spec.scales
        object.__setattr__(self, "_reader", reader := FactsReader(scales))
        object.__setattr__(self, "_model", reader.model)
        object.__setattr__(self, "_classify_bare", engine.classify_bare)
        object.__setattr__(self, "_json_facts", reader.quick.facts)

    @property
    def name(self) -> str:
        """The pack's name."""
        return self._engine.ref.name

    @property
    def version(self) -> str:
        """The pack's version."""
        return self._engine.ref.version

    @property
    def digest(self) -> str:
        """A fingerprint of what the pack says: `sha256:` and 64 hexadecimal digits.

        It covers the translations, and is the same in each language: whichever is read, it is that pack.
        """
        return self._engine.ref.digest

    @property
    def description(self) -> str | None:
        """One line about the pack."""
        return self._spec.description

    @property
    def severities(self) -> dict[int, str]:
        """Number -> name, worst first."""
        return dict(self._engine.evaluator.names)

    @property
    def language(self) -> str:
        """The language of its texts, as a tag of BCP 47."""
        return self._spec.language

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that there are: the one it is written in, then those it is translated into."""
        return self._written.languages

    @property
    def calendar(self) -> str:
        """In words, when business time passes where the SLA names no calendar."""
        return str(self._engine.sla.calendar)

    def business_time(self, severity: int) -> dict[str, str]:
        """What a severity owes in business time, and in words the calendar that it is counted on.

        Raises KeyError for a severity that the pack does not have.
        """
        return {owed: str(calendar) for owed, calendar in self._engine.sla.business_time(severity).items()}

    @property
    def Facts(self) -> type[Any]:  # noqa: N802 - it is a class
        """The pydantic model of the pack's facts; `IncidentFacts` for the default pack.

        A type checker knows the facts of `IncidentFacts`, and of no model that is made when a pack is loaded.
        """
        return self._reader.model

    def with_masks(self, masks: MasksFactory) -> Pack:
        """The same pack, its floors compiled by `masks`: masks of another engine with the same meaning."""
        return Pack(self._written, self.digest, masks, self._translation)

    def in_language(self, language: str) -> Pack:
        """The same pack with its texts in another of its `languages`; a text that is not translated stays as written.

        The classification is the same but for the texts. Names such as those of levels, roles and duties stay. Raises
        ValueError for a language that the pack does not have.
        """
        if language not in self.languages:
            known = ", ".join(map(quote, self.languages))
            raise ValueError(f"unknown language {quote(language)}; one of {known}")
        if language == self.language:
            return self
        return Pack(self._written, self.digest, self._masks, None if language == self._written.language else language)

    @property
    def _translation(self) -> str | None:
        return None if self._spec is self._written else self.language

    def model_dump(self) -> dict[str, Any]:
        """The pack as one document of its own format, with everything inherited in its place.

        In another language it is as if it were written in that one alone.
        """
        written = self._spec.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
        written.setdefault("criteria", {})
        return written

    def classify(
        self,
        facts: FactsInput,
        opened_at: datetime | None = None,
        id: str | None = None,
        *,
        assume: Assume = "known",
    ) -> Classification:
        """Classify an incident.

        `facts`: a dict, JSON text or a model of facts, bare or in an envelope `{"id", "opened_at", "facts"}`; None or
        absent means unknown. `opened_at`: an aware datetime; with it the SLA has the instants owed.
        `assume="worst"`: classify as if each unknown fact were at its worst.

        Raises FactsError with every problem of the facts; ValueError for another `assume`.
        """
        if type(facts) is self._model and id is None and opened_at is None and assume == "known":
            return self._classify_bare(facts.__dict__)
        if assume not in get_args(Assume):
            raise ValueError(f"`assume` is `known` or `worst`, not {assume!r}")
        given = self._reader.read(facts, id=id, opened_at=opened_at)
        return self._engine.classify(given.facts, Context(id=given.id, opened_at=given.opened_at, assume=assume))

    def classify_json(self, data: bytes | str) -> Classification:
        """Classify an incident straight from JSON text, bare facts or an envelope.

        Raises FactsError with every problem.
        """
        # The usual case, in as few steps as can be: bare facts in order.
        if type(data) is bytes and len(data) <= MAX_BYTES:
            try:
                facts, _, given = self._json_facts(data)
            except ValueError:
                return self.classify(data)
            # Each pair costs one colon, and no name and no level has one: a pair that was dropped leaves one too many.
            if data.count(b":") == len(given):
                return self._classify_bare(facts)
        return self.classify(data)

    def check(self, facts: FactsInput) -> dict[str, Any]:
        """Check facts, and give back what is known as an envelope: `facts`, and `id` and `opened_at` if given.

        Raises FactsError with every problem of the facts.
        """
        given = self._reader.read(facts)
        beside = {"id": given.id, "opened_at": given.opened_at and instant_text(given.opened_at)}
        known = {name: value for name, value in given.facts.items() if value is not None}
        return {**{name: value for name, value in beside.items() if value is not None}, "facts": known}

    def explain(
        self,
        facts: FactsInput,
        why_not: str | None = None,
        *,
        opened_at: datetime | None = None,
        id: str | None = None,
    ) -> Explanation:
        """Classify an incident, and say what would change the answer.

        `why_not`: the id of a criterion; the explanation then says how far each of its floors is from being reached.

        Raises FactsError with every problem of the facts, or for a criterion that the pack does not have.
        """
        given = self._reader.read(facts, id=id, opened_at=opened_at)
        context = Context(id=given.id, opened_at=given.opened_at, assume="known")
        engine = self._engine
        classification = engine.classify(given.facts, context)
        return engine.explainer.explain(classification, given.facts, context, engine, why_not)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"Pack is immutable: cannot set `{name}`")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"Pack is immutable: cannot delete `{name}`")

    def __reduce__(self) -> tuple[type[Pack], tuple[PackSpec, str, MasksFactory, str | None]]:
        return Pack, (self._written, self.digest, UnrolledMasks, self._translation)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Pack) and self._engine.ref == other._engine.ref and self._spec.language == other.language
        )

    def __hash__(self) -> int:
        return hash(self._engine.ref)

    def __repr__(self) -> str:
        return f"<Pack {self.name!r} {self.version} {self.digest[:19]}>"


def load_pack(pack: PackPath = DEFAULT_PACK) -> Pack:
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
    id: str | None = None,
    *,
    assume: Assume = "known",
) -> Classification:
    """Classify an incident by the default pack; see `Pack.classify`."""
    return default_pack().classify(facts, opened_at, id, assume=assume)
