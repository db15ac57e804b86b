"""Facts at the edge: a dict, JSON text or a model, bare or in an envelope, checked once and then trusted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, cast

from pydantic_core import SchemaValidator, ValidationError

from sevclass.fact_problems import MOST_HINTS, fact_problems, path_of
from sevclass.fact_schema import STRICT, fields_schema
from sevclass.instants import read_instant
from sevclass.json_facts import QuickJson, not_a_mapping, read_json
from sevclass.problems import FactsError, Problem, nearest, quote
from sevclass.scales import Facts, Scale, SumOf

if TYPE_CHECKING:
    from sevclass.incident_facts import FactsModel  # it brings in pydantic

_ENVELOPE = ("id", "opened_at", "facts")


class ModelOfFacts(Protocol):
    """A pydantic model: of the pack's facts, or any other that has what it has under the same names."""

    @property
    def model_fields_set(self) -> set[str]:
        """The names that were given."""
        ...

    def __iter__(self) -> Iterator[tuple[str, Any]]: ...


FactsInput: TypeAlias = Mapping[str, Any] | ModelOfFacts | str | bytes | bytearray


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Checked facts with what came in their envelope."""

    facts: Facts
    id: str | None
    opened_at: datetime | None


class FactsReader:
    """Reads the facts of one pack."""

    __slots__ = ("_given", "_scales", "_validator", "model", "quick")

    def __init__(self, scales: Mapping[str, Scale]) -> None:
        self._scales = dict(scales)
        self._given = {name for name, scale in scales.items() if not isinstance(scale, SumOf)}
        fields = fields_schema(scales)
        self._validator = SchemaValidator(fields, STRICT)
        self.quick = QuickJson(fields, self._validator)
        self.model: type[FactsModel] | None = None
        """The pydantic model of the facts, once somebody has asked for it or given one."""

    def facts_model(self) -> type[FactsModel]:
        """The pydantic model of the facts."""
        if self.model is None:
            from sevclass.fact_models import facts_model

            self.model = facts_model(self._scales)
        return self.model

    def read(self, source: FactsInput, *, id: str | None = None, opened_at: datetime | None = None) -> Given:
        """Check facts, bare or in an envelope; an id or opening beside an envelope must not differ from its own.

        Raises FactsError with every problem.
        """
        if type(source) is bytes and id is None and opened_at is None and (given := self._quickly(source)):
            return given
        problems: list[Problem] = []
        envelope: Mapping[str, Any] = {}
        data = self._data(source, problems)
        if isinstance(data, Mapping) and "facts" in data:
            envelope = data
            problems.extend(_envelope_problems(envelope))
            facts = self._checked(envelope["facts"], "facts.", problems)
        else:
            facts = self._checked(data, "", problems)
        ids = [_id(given, problems) for given in (envelope.get("id"), id)]
        openings = [_opening(given, problems) for given in (envelope.get("opened_at"), opened_at)]
        agreed_id, agreed_opening = _agreed("id", ids, problems), _agreed("opened_at", openings, problems)
        if problems or facts is None:
            raise FactsError(problems)
        return Given(facts=facts, id=agreed_id, opened_at=agreed_opening)

    def _quickly(self, data: bytes) -> Given | None:
        """What JSON text gives, if it is in order."""
        found = self.quick.read(data)
        if found is None:
            return None
        facts, id_, opened_at = found
        opening = None if opened_at is None else read_instant(opened_at, "opened_at")
        return None if isinstance(opening, Problem) else Given(facts=facts, id=id_, opened_at=opening)

    def _data(self, source: FactsInput, problems: list[Problem]) -> object:
        """The input as a mapping, or as a model of the pack's facts: JSON is read, another model is taken apart.

        Raises FactsError if it is nothing of these.
        """
        if isinstance(source, str | bytes | bytearray):
            return read_json(source, problems)
        data = self._modelled(source)
        if isinstance(data, Mapping) or type(data) is self.model:
            return data
        raise FactsError([not_a_mapping("", source, "give a dict, JSON text or a model")])

    def _modelled(self, value: object) -> object:
        """A model of the pack's facts as it is; any other as a dict, which is checked; anything else as it is."""
        # A subclass may have other fields and types, so it is checked like any other model.
        if isinstance(value, Mapping) or type(value) is self.facts_model():
            return value
        from sevclass.fact_models import taken_apart

        return taken_apart(value)

    def _checked(self, given: object, prefix: str, problems: list[Problem]) -> Facts | None:
        facts = self._modelled(given)
        if not isinstance(facts, Mapping):
            if type(facts) is self.model:
                return facts.__dict__
            problems.append(not_a_mapping("facts", facts, "name each fact and its value"))
            return None
        try:
            return self._validated(facts)
        except ValidationError:
            # The others are told by the keys themselves: a key that is no text pydantic may call otherwise, and where
            # it is a lone surrogate, pydantic looks at nothing else.
            wrong = self._wrong({key: value for key, value in facts.items() if key in self._given})
        keys = [key for key in facts if key in wrong or key not in self._given]
        problems.extend(fact_problems(self._scales, facts, keys, prefix))
        return None

    def _validated(self, facts: Mapping[str, Any]) -> Facts:
        """The facts, every fact of the pack named.

        Raises pydantic's ValidationError.
        """
        known, _, _ = self._validator.validate_python(dict(facts))
        return cast("Facts", known)

    def _wrong(self, facts: Mapping[str, Any]) -> set[int | str]:
        """The names of the facts that have a wrong value, of facts that the pack has."""
        try:
            self._validated(facts)
        except ValidationError as error:
            details = error.errors(include_url=False, include_context=False, include_input=False)
            return {detail["loc"][0] for detail in details}
        return set()


def _envelope_problems(envelope: Mapping[Any, Any]) -> Iterator[Problem]:
    for number, key in enumerate(key for key in envelope if key not in _ENVELOPE):
        near = nearest(str(key), _ENVELOPE) if number < MOST_HINTS else None
        hint = near or "beside `facts` stand only `id` and `opened_at`"
        yield Problem(path=path_of(key), code="unknown_key", message=f"unknown key {quote(key)}", hint=hint)


def _id(value: object, problems: list[Problem]) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        problems.append(Problem(path="id", code="wrong_type", message=f"{quote(value)} is not text", hint="quote it"))
        return None
    try:
        value.encode()
    except UnicodeEncodeError:
        problems.append(Problem(path="id", code="wrong_type", message=f"{quote(value)} holds a lone surrogate"))
        return None
    return value


def _opening(value: object, problems: list[Problem]) -> datetime | None:
    if value is None:
        return None
    instant = read_instant(value, "opened_at")
    if isinstance(instant, Problem):
        problems.append(instant)
        return None
    return instant


def _agreed(path: str, given: list[Any], problems: list[Problem]) -> Any:  # noqa: ANN401 - text or an instant
    """What the envelope says, or what is given beside it."""
    inside, beside = given
    if inside is not None and beside is not None and inside != beside:
        message = f"the envelope's `{path}` differs from the one given beside it"
        problems.append(Problem(path=path, code="contradiction", message=message, hint="give it once"))
    return beside if inside is None else inside
