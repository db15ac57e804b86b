"""What a pack must keep to beyond the shape of its parts: names exist, scales fit, nothing stands twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from sevclass.covers import circles
from sevclass.inherit import entries
from sevclass.pack import KINDS, FactSpec, PackSpec, as_named
from sevclass.problems import Problem, nearest, quote
from sevclass.scales import COUNT_MAX, Count, Flag, Label, Levels, Measure, Scale, SumOf, Value
from sevclass.shape import Path, at, key_at
from sevclass.source import Node, problem

_REQUIRED = ("name", "version", "severities", "facts", "criteria")
_RESERVED = ("facts", "id", "opened_at", "severity")


def check(spec: PackSpec, document: Node, label: str) -> list[Problem]:
    """Every problem beyond the shape; `label` is what to call the pack where a key is missing altogether."""
    return list(_Checks(spec, document).all(label))


class _Checks:
    """One pack under check: its specification, and the document that says where everything stands."""

    def __init__(self, spec: PackSpec, document: Node) -> None:
        self._spec = spec
        self._document = document
        # A name whose entry is malformed is still declared: that is told at the entry, not wherever it is used.
        self._facts = list(entries(self._section("facts")))
        self._roles = list(entries(self._section("roles")))
        self._severities = list(entries(self._section("severities")))
        self._scales = {name: fact.scale for name, fact in spec.facts.items() if len(fact.kinds) == 1}

    def _section(self, key: str) -> Node | None:
        entry = entries(self._document).get(key)
        return entry.value if entry else None

    def all(self, label: str) -> Iterator[Problem]:
        present = entries(self._document)
        for key in _REQUIRED:
            if key not in present or (key in ("severities", "facts") and not entries(present[key].value)):
                yield Problem(
                    path=label,
                    code="missing_key",
                    message=f"missing key `{key}`",
                    hint="it may stand in any `*.yaml` of the pack",
                )
        yield from self._numbered()
        for name, fact in self._spec.facts.items():
            yield from self._fact(name, fact)
        yield from self._criteria()
        yield from self._sla()
        yield from self._roster()
        yield from self._covers()
        for id_, floors in self._spec.war_room.items():
            for index, floor in enumerate(floors):
                yield from self._floor(("war_room", id_, index), floor, severity=None, war_room=True)

    def _numbered(self) -> Iterator[Problem]:
        expected = [str(number) for number in range(1, len(self._spec.severities) + 1)]
        if sorted(self._spec.severities, key=int) != expected and len(self._severities) == len(expected):
            node = key_at(self._document, ("severities",))
            yield problem(node, "severity_gap", f"severities are numbered 1 to {len(expected)} without a gap")

    def _fact(self, name: str, fact: FactSpec) -> Iterator[Problem]:
        here = ("facts", name)
        if name in _RESERVED or hasattr(BaseModel, name) or name.startswith("model_"):
            yield self._at_key(here, "reserved_name", f"{quote(name)} cannot name a fact", "choose another name")
        written = entries(at(self._document, here))
        if not fact.kinds and any(written[kind].value.value is not None for kind in KINDS if kind in written):
            return  # the scale is malformed, and that is told where it stands
        if len(fact.kinds) != 1:
            given = " and ".join(f"`{kind}`" for kind in fact.kinds) or "no scale"
            yield self._at_key(
                here,
                "scale",
                f"{quote(name)} has {given}",
                f"a fact has one of {', '.join(KINDS)}",
            )
            return
        if fact.ask is None and fact.sum_of is None:
            yield self._at_key(here, "missing_key", "missing key `ask`", "every fact that is not a sum has a question")
        if (
            fact.measure
            and fact.measure.low is not None
            and fact.measure.high is not None
            and fact.measure.low >= fact.measure.high
        ):
            yield self._at((*here, "measure", "to"), "empty_measure", "`to` is not above `from`")
        for index, part in enumerate(fact.sum_of or ()):
            place = (*here, "sum_of", index)
            if part not in self._facts:
                yield self._at(place, "unknown_fact", f"unknown fact {quote(part)}", nearest(part, self._facts))
            elif part in self._scales and not isinstance(self._scales[part], Count):
                yield self._at(place, "not_a_count", f"{quote(part)} is not a count", "a sum is of counts")
            elif part in (fact.sum_of or ())[:index]:
                yield self._at(place, "duplicate_part", f"{quote(part)} stands twice in the sum")

    def _criteria(self) -> Iterator[Problem]:
        home: dict[str, Path] = {}
        for severity, entry in entries(self._section("criteria")).items():
            yield from self._severity(("criteria", severity))
            for id_ in entries(entry.value):
                here = ("criteria", severity, id_)
                if id_ in home:
                    first = key_at(self._document, home[id_])
                    hint = f"the first is at {first.source.name}:{first.line}:{first.column}"
                    yield self._at_key(here, "duplicate_criterion", f"criterion {quote(id_)} stands twice", hint)
                home.setdefault(id_, here)
        for severity, criteria in self._spec.criteria.items():
            for id_, criterion in criteria.items():
                for index, floor in enumerate(criterion.when):
                    yield from self._floor(("criteria", severity, id_, "when", index), floor, severity)

    def _sla(self) -> Iterator[Problem]:
        for severity, row in self._spec.sla.items():
            yield from self._severity(("sla", severity))
            for role in row.notify:
                yield from self._role(("sla", severity, "notify", role), role, key=True)

    def _roster(self) -> Iterator[Problem]:
        for severity, rows in self._spec.roster.items():
            yield from self._severity(("roster", severity))
            for role, row in rows.items():
                yield from self._role(("roster", severity, role), role, key=True)
                for index, floor in enumerate(row.when or ()):
                    yield from self._floor(("roster", severity, role, "when", index), floor, severity)

    def _covers(self) -> Iterator[Problem]:
        for role, others in self._spec.covers.items():
            yield from self._role(("covers", role), role, key=True)
            for index, other in enumerate(others):
                yield from self._role(("covers", role, index), other, key=False)
        for role in circles(self._spec.covers):
            yield self._at_key(
                ("covers", role), "circular_cover", f"{quote(role)} covers itself", "covers run in one direction"
            )

    def _severity(self, path: Path) -> Iterator[Problem]:
        number = str(path[-1])
        if number.isdecimal() and self._severities and number not in self._severities:
            yield self._at_key(
                path,
                "unknown_severity",
                f"unknown severity {quote(number)}",
                f"severities are 1 to {len(self._severities)}",
            )

    def _role(self, path: Path, role: str, *, key: bool) -> Iterator[Problem]:
        if role not in self._roles:
            place = key_at(self._document, path) if key else at(self._document, path)
            hint = nearest(role, self._roles) or "every role stands in `roles`"
            yield problem(place, "unknown_role", f"unknown role {quote(role)}", hint)

    def _floor(
        self, path: Path, floor: Mapping[str, Value], severity: str | None, *, war_room: bool = False
    ) -> Iterator[Problem]:
        """A floor of a rule of that severity; None where no severity may test a label."""
        for fact, level in as_named(floor, self._scales).items():
            here = (*path, fact)
            if war_room and fact == "severity":
                yield from self._severity_level(here, level)
            elif fact not in self._facts:
                yield self._at_key(here, "unknown_fact", f"unknown fact {quote(fact)}", nearest(fact, self._facts))
            elif (scale := self._scales.get(fact)) is not None:
                if isinstance(scale, Label) and severity != str(len(self._severities)):
                    hint = "only criteria and roster rows of the mildest severity may: a label has no order"
                    yield self._at_key(here, "label", f"a label cannot be tested here: {quote(fact)}", hint)
                yield from self._level(here, fact, scale, level)
        sums = [fact for fact in floor if isinstance(self._scales.get(fact), SumOf)]
        if len(sums) > 1:
            named = " and ".join(map(quote, sums))
            yield self._at_key(
                (*path, sums[1]),
                "two_sums",
                f"a floor names at most one sum: {named}",
                "make it two criteria, or drop one",
            )

    def _severity_level(self, path: Path, level: Value) -> Iterator[Problem]:
        mildest = len(self._severities)
        if isinstance(level, bool) or not isinstance(level, int) or not 1 <= level <= mildest:
            yield self._at(
                path, "unknown_severity", f"unknown severity {quote(level)}", f"severities are 1 to {mildest}"
            )
        elif level == mildest:
            yield self._at(path, "always_holds", f"every incident is of severity {level} or worse", "name a worse one")

    def _level(self, path: Path, fact: str, scale: Scale, level: Value) -> Iterator[Problem]:
        shown = quote(level)
        match scale.fault(level):
            case "type":
                yield self._at(path, "wrong_type", f"{shown} is not {_WANTED[type(scale)]}")
            case "unknown":
                names = scale.names if isinstance(scale, Levels | Label) else ()
                hint = nearest(str(level), names) or f"`{fact}` has {', '.join(f'`{name}`' for name in names)}"
                yield self._at(path, "unknown_level", f"unknown level {shown}", hint)
            case "harmless":
                yield self._at(
                    path,
                    "always_holds",
                    f"{shown} is the harmless end of `{fact}`, so it would always hold",
                    "ask for a worse level",
                )
            case "beyond":
                hint = (
                    f"a count is from 1 to {COUNT_MAX}"
                    if isinstance(scale, Count | SumOf)
                    else "it lies outside the measure's ends"
                )
                yield self._at(path, "out_of_range", f"{shown} is out of range", hint)

    def _at(self, path: Path, code: str, message: str, hint: str | None = None) -> Problem:
        return problem(at(self._document, path), code, message, hint)

    def _at_key(self, path: Path, code: str, message: str, hint: str | None = None) -> Problem:
        return problem(key_at(self._document, path), code, message, hint)


_WANTED: Mapping[type[Scale], str] = {
    Levels: "a level",
    Flag: "true",
    Label: "a label",
    Count: "a whole number",
    SumOf: "a whole number",
    Measure: "a number",
}
