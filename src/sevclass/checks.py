"""What a pack must keep to beyond the shape of its parts: names exist, scales fit, nothing stands twice.

The checks walk the document, not the models: a part that is malformed elsewhere is checked all the same, and what is
malformed itself has been told by `shape.py` and is passed over here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from sevclass import durations
from sevclass.clock_checks import check_calendars, check_review
from sevclass.covers import circles
from sevclass.document import CLOCKS, LEAD
from sevclass.floor_checks import FloorChecks
from sevclass.hints import Hints
from sevclass.inherit import Deleted, entries, within
from sevclass.message_checks import check_messages
from sevclass.pack import KINDS, FactSpec, PackSpec
from sevclass.plan_checks import Named, check_plan
from sevclass.problems import Problem, quote
from sevclass.scales import Count, Label, Levels, Scale
from sevclass.source import Entry, Node, problem
from sevclass.spec import NAME_PATTERN, NUMBER_PATTERN
from sevclass.translation_checks import check_translations

_REQUIRED = ("name", "version", "severities", "facts", "criteria")
_RESERVED = ("facts", "id", "opened_at", "severity")
_CALENDARS_HINT = "every calendar that is named stands in `calendars`"


def check(spec: PackSpec, document: Node, deleted: Deleted, *, label: str, whole: bool) -> list[Problem]:
    """Every problem beyond the shape.

    `deleted` has what the pack deleted of the one it extends. `label` is what to call the pack where a key is missing
    altogether; with `whole` false a file could not be read, and then nothing is said of keys that are missing.
    """
    found = _Checks(spec, document, deleted, whole=whole).all(label)
    return [*found, *check_translations(document, deleted, whole=whole)]


class _Checks:
    """One pack under check: its specification, and the document that says where everything stands."""

    def __init__(self, spec: PackSpec, document: Node, deleted: Deleted, *, whole: bool) -> None:
        self._document = document
        self._deleted = deleted
        self._whole = whole
        # A name whose entry is malformed is still declared: that is told at the entry, not wherever it is used.
        self._facts = self._section("facts")
        self._roles = self._section("roles")
        numbers = list(self._section("severities"))
        # Where one is no number, nobody knows how many there should be.
        self._severities = numbers if all(re.match(NUMBER_PATTERN, number) for number in numbers) else []
        self._specs = spec.facts
        self._scales = {name: self._scale(name, fact) for name, fact in spec.facts.items() if len(fact.kinds) == 1}
        self._hints = Hints(deleted)
        self._facts_named = FloorChecks(self._facts, self._scales, self._hints, knows_facts=self._knows("facts"))

    def _section(self, key: str) -> Mapping[str, Entry]:
        return within(entries(self._document), key)

    def _scale(self, name: str, fact: FactSpec) -> Scale:
        """The scale of a fact, with the names whose texts are malformed in their places."""
        written = entries(self._facts[name].value)
        match fact.scale:
            case Levels():
                return Levels(names=tuple(within(written, "levels")))
            case Label():
                return Label(names=tuple(within(written, "label")))
            case scale:
                return scale

    def _knows(self, key: str) -> bool:
        """Whether the names of a section are known.

        It may stand in a file that could not be read, or be misspelt, malformed or deleted: that is told by itself.
        """
        present = entries(self._document)
        if key in present:
            return isinstance(present[key].value.value, Mapping)
        return self._whole and (key,) not in self._deleted and present.keys() <= PackSpec.model_fields.keys()

    def all(self, label: str) -> Iterator[Problem]:
        present = entries(self._document)
        for key in _REQUIRED if self._whole else ():
            value = present[key].value.value if key in present else None
            if value is None or (key in ("severities", "facts") and value == {}):
                node = present[key].key if key in present else self._deleted.get((key,))
                hint = "it may stand in any `*.yaml` of the pack"
                yield (
                    problem(node, "missing_key", f"{quote(key)} cannot be empty")
                    if node
                    else Problem(path=label, code="missing_key", message=f"missing key `{key}`", hint=hint)
                )
        yield from self._numbered()
        for name, entry in self._facts.items():
            yield from self._fact(entry, self._specs.get(name))
        yield from self._criteria()
        yield from self._owed()
        yield from self._people()
        yield from self._called()
        yield from self._covers()
        yield from check_calendars(self._document)
        yield from check_review(self._document, self._severities)
        unknown_fact = self._facts_named.unknown_fact
        yield from check_messages(self._document, self._scales, self._hints, unknown_fact)
        customers = present.get("customers")
        if customers is not None and isinstance(customers.value.value, str | bool):
            yield from self._facts_named.count(customers.value, "customers are counted, or summed up")
        for reason in self._section("war_room").values():
            yield from self._floors(reason, None)
        named = Named(self._role, self._fact_named, self._floors, self._severities)
        yield from check_plan(self._document, named, self._hints)

    def _owed(self) -> Iterator[Problem]:
        for number, entry in self._section("sla").items():
            yield from self._severity(number, entry)
            written = entries(entry.value)
            notified = within(written, "notify")
            for role in notified.values():
                yield from self._role(role.key)
            yield from self._calendar_named(written.get("calendar"))
            for target in (*(written[clock] for clock in CLOCKS if clock in written), *notified.values()):
                yield from self._target(entries(target.value))
            yield from self._cadence(written.get("status_updates"))

    def _people(self) -> Iterator[Problem]:
        for number, entry in self._section("roster").items():
            yield from self._severity(number, entry)
            for row in entries(entry.value).values():
                yield from self._role(row.key)
                yield from self._floors(entries(row.value).get("when"), number)
        for number, entry in self._section("escalation").items():
            yield from self._severity(number, entry)
            for stage in entries(entry.value).values():
                for role in _items_or_one(stage):
                    if role.text != LEAD:
                        yield from self._role(role)

    def _called(self) -> Iterator[Problem]:
        """Who takes a position in the war room, and whom paths lead to."""
        for position in within(self._section("war_room_setup"), "positions").values():
            yield from self._floors(entries(position.value).get("when"), None)
            for role in _items_or_one(entries(position.value).get("roles")):
                yield from self._role(role)
        for way in self._section("paths").values():
            for topic in entries(way.value).values():
                for role in _items_or_one(entries(topic.value).get("role")):
                    yield from self._role(role)

    def _cadence(self, entry: Entry | None) -> Iterator[Problem]:
        """What follows on a target for updates, and on that."""
        while entry is not None:
            # Null is as good as nothing.
            written = {key: said for key, said in entries(entry.value).items() if said.value.value is not None}
            lasts, entry = written.get("for"), written.get("then")
            if entry is not None:
                yield from self._target(entries(entry.value))
            if (alone := lasts or entry) and not (lasts and entry):
                missing = "then" if lasts else "for"
                hint = "`for` and `then` go together"
                yield problem(alone.key, "missing_key", f"missing key {quote(missing)}", hint)

    def _target(self, written: Mapping[str, Entry]) -> Iterator[Problem]:
        """A target that names its calendar."""
        yield from self._calendar_named(calendar := written.get("calendar"))
        try:
            figure = durations.parse(str(written["within"].value.value)) if "within" in written else None
        except ValueError:
            return  # told by the shape
        if calendar and figure and figure.limit.elapsed is not None:
            hint = "only `bh` and `bd` are counted on a calendar"
            yield problem(calendar.key, "no_business_time", f"{quote(str(figure))} is elapsed time", hint)

    def _calendar_named(self, entry: Entry | None) -> Iterator[Problem]:
        known = self._section("calendars")
        if entry is None or not isinstance(entry.value.value, str | bool) or not self._knows("calendars"):
            return
        node = entry.value
        if node.text not in known and re.match(NAME_PATTERN, node.text):
            hint = self._hints.gone(("calendars", node.text)) or self._hints.nearest(node.text, known)
            yield problem(node, "unknown_calendar", f"unknown calendar {quote(node.text)}", hint or _CALENDARS_HINT)

    def _numbered(self) -> Iterator[Problem]:
        expected = [str(number) for number in range(1, len(self._severities) + 1)]
        if sorted(self._severities, key=int) != expected:
            key = entries(self._document)["severities"].key
            yield problem(key, "severity_gap", f"severities are numbered 1 to {len(expected)} without a gap")

    def _fact(self, entry: Entry, fact: FactSpec | None) -> Iterator[Problem]:
        key, name = entry.key, entry.key.text
        written = {k: below for k, below in entries(entry.value).items() if below.value.value is not None}
        if name in _RESERVED or hasattr(BaseModel, name) or name.startswith("model_"):
            yield problem(key, "reserved_name", f"{quote(name)} cannot name a fact", "choose another name")
        if fact is not None:
            # A key that is misspelt, or a scale that is malformed, is told where it stands.
            partly = any(k not in FactSpec.model_fields or (k in KINDS and k not in fact.kinds) for k in written)
            if len(fact.kinds) != 1 and not (partly and not fact.kinds):
                given = " and ".join(f"`{kind}`" for kind in fact.kinds) or "no scale"
                yield problem(key, "scale", f"{quote(name)} has {given}", f"a fact has one of {', '.join(KINDS)}")
            elif "ask" not in written and "sum_of" not in written:
                hint = "every fact that is not a sum has a question"
                yield problem(key, "missing_key", "missing key `ask`", hint)
        measure = within(written, "measure")
        match [measure[end].value.value for end in ("from", "to") if end in measure]:
            case [bool(), _] | [_, bool()]:
                pass
            case [int() | float() as low, int() | float() as high] if low >= high:
                yield problem(measure["to"].value, "empty_measure", "`to` is not above `from`")
        yield from self._parts(written.get("sum_of"))

    def _parts(self, entry: Entry | None) -> Iterator[Problem]:
        seen: set[str] = set()
        for node in _items(entry):
            part = node.text
            if part not in self._facts:
                yield from self._facts_named.unknown_fact(node)
            elif part in self._scales and not isinstance(self._scales[part], Count):
                yield problem(node, "not_a_count", f"{quote(part)} is not a count", "a sum is of counts")
            elif part in seen:
                yield problem(node, "duplicate_part", f"{quote(part)} stands twice in the sum")
            seen.add(part)

    def _criteria(self) -> Iterator[Problem]:
        home: dict[str, Node] = {}
        for number, entry in self._section("criteria").items():
            yield from self._severity(number, entry)
            for id_, criterion in entries(entry.value).items():
                if id_ in home:
                    hint = f"the first is at {home[id_].place}"
                    yield problem(criterion.key, "duplicate_criterion", f"criterion {quote(id_)} stands twice", hint)
                home.setdefault(id_, criterion.key)
                yield from self._floors(entries(criterion.value).get("when"), number)

    def _covers(self) -> Iterator[Problem]:
        covers: dict[str, list[str]] = {}
        for role, entry in self._section("covers").items():
            yield from self._role(entry.key)
            others = [node for node in _items(entry) if isinstance(node.value, str | bool)]
            for other in others:
                yield from self._role(other)
            covers[role] = [other.text for other in others]
        for circle in circles(covers):
            shown = ", ".join(map(quote, circle))
            key = self._section("covers")[circle[0]].key
            yield problem(key, "circular_cover", f"covers run in a circle: {shown}", "one of them has to go")

    def _severity(self, number: str, entry: Entry) -> Iterator[Problem]:
        if re.match(NUMBER_PATTERN, number) and self._severities and number not in self._severities:
            hint = f"severities are 1 to {len(self._severities)}"
            yield problem(entry.key, "unknown_severity", f"unknown severity {quote(number)}", hint)

    def _role(self, node: Node) -> Iterator[Problem]:
        if node.text not in self._roles and self._knows("roles") and re.match(NAME_PATTERN, node.text):
            hint = self._hints.gone(("roles", node.text)) or self._hints.nearest(node.text, self._roles)
            message = f"unknown role {quote(node.text)}"
            yield problem(node, "unknown_role", message, hint or "every role stands in `roles`")

    def _fact_named(self, node: Node) -> Iterator[Problem]:
        if node.text not in self._facts:
            yield from self._facts_named.unknown_fact(node)

    def _floors(self, entry: Entry | None, severity: str | None) -> Iterator[Problem]:
        """The floors of a rule of that severity; None in the war room."""
        bare = entry is not None and isinstance(entry.value.value, Mapping)
        # Nothing is said of labels where the severity is unknown, which is told by itself.
        labels = severity is not None and (severity not in self._severities or severity == str(len(self._severities)))
        for node in [entry.value] if entry and bare else _items(entry):
            floor = dict(entries(node))
            if severity is None and "severity" in floor:
                yield from self._severity_level(floor.pop("severity").value)
            yield from self._facts_named.floor(floor, labels=labels, more=["severity"] if severity is None else [])

    def _severity_level(self, node: Node) -> Iterator[Problem]:
        level, mildest = node.value, len(self._severities)
        if not mildest or not isinstance(level, str | bool | int | float):
            return
        if isinstance(level, bool) or not isinstance(level, int) or not 1 <= level <= mildest:
            hint = f"severities are 1 to {mildest}"
            yield problem(node, "unknown_severity", f"unknown severity {quote(level)}", hint)
        elif level == mildest:
            message = f"every incident is of severity {level} or worse"
            yield problem(node, "always_holds", message, "name a worse one")


def _items(entry: Entry | None) -> tuple[Node, ...]:
    """The items of the list under a key; none if it is not there, or no list."""
    return entry.value.value if entry is not None and isinstance(entry.value.value, tuple) else ()


def _items_or_one(entry: Entry | None) -> Iterator[Node]:
    """The names in the list under a key, or the one that stands there bare."""
    alone = () if entry is None or isinstance(entry.value.value, tuple) else (entry.value,)
    yield from (node for node in (*_items(entry), *alone) if isinstance(node.value, str | bool))
