"""The public face: `Pack`, `load_pack` and `classify`. Reads a pack, then puts the parts together."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from sevclass.classification import BRIEF, Assume, Classification, Context, PackRef
from sevclass.document import DEFAULT_LANGUAGE, PackDocument, scales_of
from sevclass.engine import Engine
from sevclass.evaluate import MasksFactory
from sevclass.facts import FactsInput, FactsReader
from sevclass.instants import instant_text
from sevclass.json_facts import MAX_BYTES
from sevclass.problems import quote
from sevclass.scales import Facts
from sevclass.shipped import PackPath, prebuilt
from sevclass.sla import Figure
from sevclass.unrolled import UnrolledMasks

if TYPE_CHECKING:
    from sevclass.explain import Explanation
    from sevclass.lines import Lines

DEFAULT_PACK = "support"


class Pack:
    """A rule pack, ready to classify. Immutable: load it once and share it, also between threads and by pickle."""

    __slots__ = (
        "_classify_bare",
        "_document",
        "_engine",
        "_json_facts",
        "_lines",
        "_masks",
        "_model",
        "_reader",
        "_written",
    )

    _written: PackDocument
    _document: PackDocument
    _masks: MasksFactory
    _engine: Engine
    _reader: FactsReader
    _model: type[Any] | None
    _lines: Lines | None
    _json_facts: Callable[[bytes], tuple[Facts, None, set[str]]]
    _classify_bare: Callable[[Facts], Classification]

    def __init__(
        self,
        document: PackDocument,
        digest: str,
        masks: MasksFactory = UnrolledMasks,
        told: PackDocument | None = None,
    ) -> None:
        """From a checked document, as `read_pack` gives it; `load_pack` is the usual way.

        `told`: the document in another language.
        """
        ref = PackRef(name=document["name"], version=document["version"], digest=digest)
        engine = Engine(told or document, ref, masks)
        object.__setattr__(self, "_written", document)
        object.__setattr__(self, "_document", told or document)
        object.__setattr__(self, "_masks", masks)
        object.__setattr__(self, "_engine", engine)
        # The units of counts and measures are texts, but the model of the facts is the same in every language.
        scales = scales_of(document) if told else engine.evaluator.scales
        object.__setattr__(self, "_reader", reader := FactsReader(scales))
        object.__setattr__(self, "_model", None)
        object.__setattr__(self, "_classify_bare", engine.classify_bare)
        object.__setattr__(self, "_json_facts", reader.quick.facts)
        object.__setattr__(self, "_lines", None)

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
        return self._document.get("description")

    @property
    def severities(self) -> dict[int, str]:
        """Number -> name, worst first."""
        return dict(self._engine.evaluator.names)

    @property
    def language(self) -> str:
        """The language of its texts, as a tag of BCP 47."""
        return self._document.get("language", DEFAULT_LANGUAGE)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that there are: the one it is written in, then those it is translated into."""
        return (self._written.get("language", DEFAULT_LANGUAGE), *self._written.get("translations", {}))

    @property
    def calendar(self) -> str:
        """In words, when business time passes where the SLA names no calendar."""
        return str(self._engine.sla.calendar)

    def business_time(self, severity: int) -> dict[str, str]:
        """What a severity owes in business time, and in words the calendar that it is counted on.

        Raises KeyError for a severity that the pack does not have.
        """
        return {owed: str(calendar) for owed, calendar in self._engine.sla.business_time(severity).items()}

    def sooner(self, severity: int, opened_at: datetime) -> dict[str, str]:
        """What an incident owes sooner than by the figure printed for it, and in words which figure makes it so.

        An incident owes the earliest of what its severity and every milder one ask for, and it can be that of a milder
        one: `8h` may pass sooner than `4bh`. Raises KeyError for a severity that the pack does not have.
        """
        found = self._engine.sla.sooner(severity, opened_at)
        return {
            owed: f"{figure.target} of severity {figure.severity}{_counted(figure)}" for owed, figure in found.items()
        }

    @property
    def Facts(self) -> type[Any]:  # noqa: N802 - it is a class
        """The pydantic model of the pack's facts; `IncidentFacts` for the default pack.

        A type checker knows the facts of `IncidentFacts`, and of no model that is made when a pack is loaded.
        """
        return self._reader.facts_model()

    def with_masks(self, masks: MasksFactory) -> Pack:
        """The same pack, its floors compiled by `masks`: masks of another engine with the same meaning."""
        return Pack(self._written, self.digest, masks, self._told)

    def in_language(self, language: str) -> Pack:
        """The same pack with its texts in another of its `languages`; a text that is not translated stays as written.

        The classification is the same but for the texts. Names such as those of levels, roles and duties stay. Raises
        ValueError for a language that the pack does not have.
        """
        from sevclass.translate import in_language

        if language not in self.languages:
            known = ", ".join(map(quote, self.languages))
            raise ValueError(f"unknown language {quote(language)}; one of {known}")
        if language == self.language:
            return self
        told = None if language == self.languages[0] else in_language(self._written, language)
        return Pack(self._written, self.digest, self._masks, told)

    @property
    def _told(self) -> PackDocument | None:
        return None if self._document is self._written else self._document

    def model_dump(self) -> dict[str, Any]:
        """The pack as one document of its own format, with everything inherited in its place.

        In another language it is as if it were written in that one alone.
        """
        return {"criteria": {}, **deepcopy(self._document)}

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
        if self._model is not self._reader.model:
            object.__setattr__(self, "_model", self._reader.model)
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

    def render_json(self, data: bytes | str, *, brief: bool = False) -> tuple[int, str]:
        """Classify an incident straight from JSON text to JSON text, which is the quickest way for many.

        Gives the severity, and what `classify(data).model_dump_json()` gives; with `brief` only `id`, `severity`,
        `could_be` and `war_room` of it.

        Raises FactsError with every problem.
        """
        if type(data) is bytes and (answer := (self._lines or self._made_lines()).answer(data, brief=brief)):
            return answer
        found = self._reader.quick.read(data) if type(data) is bytes else None
        if found is not None and found[2] is None:  # no opening
            facts, id_, _ = found
            renderer = self._engine.renderer
            return renderer.brief(facts, id_) if brief else renderer.text(facts, id_, None)
        classification = self.classify(data)
        return classification.severity, classification.model_dump_json(include=BRIEF if brief else None)

    def _made_lines(self) -> Lines:
        from sevclass.lines import Lines  # a start of the program need not wait for it

        lines = Lines(self._engine.evaluator, self._engine.renderer, self._reader.quick)
        object.__setattr__(self, "_lines", lines)
        return lines

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

    def __reduce__(self) -> tuple[type[Pack], tuple[PackDocument, str, MasksFactory, PackDocument | None]]:
        return Pack, (self._written, self.digest, UnrolledMasks, self._told)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pack) and self._engine.ref == other._engine.ref and self.language == other.language

    def __hash__(self) -> int:
        return hash(self._engine.ref)

    def __repr__(self) -> str:
        return f"<Pack {self.name!r} {self.version} {self.digest[:19]}>"


def _counted(figure: Figure) -> str:
    return f" ({figure.calendar})" if figure.target.limit.elapsed is None else ""


def load_pack(pack: PackPath = DEFAULT_PACK) -> Pack:
    """Load a pack: the name of one that ships, or the path of a folder.

    Raises PackError with every problem of the pack.
    """
    if made := prebuilt(pack):
        return Pack(*made)
    from sevclass.loader import read_pack

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
