"""Proofs about a pack: what in it can surely not be meant.

Every finding is proved, and where a proof would take too long nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from sevclass.api import Pack
from sevclass.cases import CASES, Case, contradictions, differences, read_cases
from sevclass.classification import PackRef
from sevclass.document import CLOCKS
from sevclass.durations import Duration
from sevclass.engine import Engine
from sevclass.evaluate import Criterion, positions
from sevclass.findings import CODES, Finding, finding
from sevclass.loader import Written, digest, read_cases as read_cases_file, read_written
from sevclass.plan_spec import PhaseSpec
from sevclass.problems import nearest, quote
from sevclass.scales import SumOf
from sevclass.shape import at, key_at
from sevclass.shipped import PackPath
from sevclass.sla_spec import TargetSpec
from sevclass.source import Node
from sevclass.texts import in_pack, in_translation, of_data, place_of


def lint(pack: PackPath, select: Collection[str] = CODES.keys(), ignore: Collection[str] = ()) -> list[Finding]:
    """What in a pack can surely not be meant, by code and then by place.

    `pack`: the name of one that ships, or its folder. `select` and `ignore`: codes, such as `SC001`. Without the extra
    `messages` nothing is said of templates.

    Raises PackError with every problem of the pack and of its cases; ValueError for an unknown code.
    """
    for code in (*select, *ignore):
        if code not in CODES:
            raise ValueError(f"unknown code {quote(code)}; {nearest(code, CODES) or 'SC001 to SC012'}")
    subject = _Subject(read_written(pack))
    wanted = [code for code in CODES if code in select and code not in ignore]
    return [one for code in wanted for one in sorted(set(_RULES[code](subject)), key=_place)]


def _place(one: Finding) -> tuple[str, int, int, str]:
    return one.file, one.line, one.column, one.message


class _Subject:
    """The pack that is looked at."""

    def __init__(self, written: Written) -> None:
        self.spec, self.document, self.deleted = written.spec, written.document, written.deleted
        said = written.spec.document
        self.pack = Pack(said, digest(said))
        ref = PackRef(name=self.pack.name, version=self.pack.version, digest=self.pack.digest)
        engine = Engine(said, ref)
        self.evaluator, self.questioner = engine.evaluator, engine.questioner
        data = read_cases_file(written)
        self.cases: Sequence[Case] | None = None if data is None else read_cases(data, self.pack)

    def key(self, *path: str) -> Node:
        """The key that leads to something in the pack's files."""
        return key_at(self.document, path)

    def floor(self, criterion: Criterion, number: int) -> Node:
        """A floor of a criterion in the pack's files."""
        return at(self.document, ("criteria", str(criterion.severity), criterion.id, "when", number))

    @property
    def phases(self) -> Collection[PhaseSpec]:
        """The phases of the plan."""
        return self.spec.plan.phases.values() if self.spec.plan else ()

    @cached_property
    def milder_than_its_own(self) -> Mapping[str, list[str]]:
        """Criteria that can never decide -> those of which one is met whenever they are."""
        found = {}
        for criterion in self.evaluator.criteria:
            worse = self._always_worse(criterion)
            if worse is not None:
                found[criterion.id] = worse
        return found

    def _always_worse(self, criterion: Criterion) -> list[str] | None:
        """The worse criteria of which one is met whenever the criterion is; None if it can decide, or nobody knows."""
        masks = self.evaluator.criteria_masks
        names: dict[str, None] = {}
        for bit in positions(criterion.bits):
            points = self.questioner.completions.least(self.evaluator.criteria_floors[bit])
            if points is None:
                return None
            for point in points:
                worst = self.evaluator.criteria[next(self.evaluator.hits(masks.reached(point)))[0]]
                if worst.severity == criterion.severity:
                    return None
                names[worst.id] = None
        return list(names)


def _never_deciding(subject: _Subject) -> Iterator[Finding]:
    for criterion in subject.evaluator.criteria:
        if worse := subject.milder_than_its_own.get(criterion.id):
            named = _one_of(worse)
            message = f"{quote(criterion.id)} can never decide: whenever it is met, {named} is met too"
            place = subject.key("criteria", str(criterion.severity), criterion.id)
            yield finding(place, "SC001", message, "ask for less, or leave it out")


def _redundant_floors(subject: _Subject) -> Iterator[Finding]:
    evaluator = subject.evaluator
    for criterion in evaluator.criteria:
        bits = list(positions(criterion.bits))
        for number, bit in enumerate(bits if len(bits) > 1 else []):
            floor = evaluator.criteria_floors[bit]
            # Of two floors that are the same, the later one is told.
            same_later = sum(1 << other for other in bits[number + 1 :] if evaluator.criteria_floors[other] == floor)
            others = criterion.bits & ~(1 << bit) & ~same_later
            points = subject.questioner.completions.least(floor)
            reached = [evaluator.criteria_masks.reached(point) & others for point in points or ()]
            if reached and all(reached):
                numbers = sorted({bits.index(next(positions(mask))) + 1 for mask in reached})
                named = " or ".join(f"floor {number}" for number in numbers)
                message = f"floor {number + 1} of {quote(criterion.id)} is never needed"
                hint = f"{named} is reached whenever it is"
                yield finding(subject.floor(criterion, number), "SC002", message, hint)


def _floors_in_two(subject: _Subject) -> Iterator[Finding]:
    first: dict[frozenset[tuple[str, object]], Criterion] = {}
    for criterion in subject.evaluator.criteria:
        for number, bit in enumerate(positions(criterion.bits)):
            floor = frozenset(subject.evaluator.criteria_floors[bit].items())
            other = first.setdefault(floor, criterion)
            if other is not criterion:
                message = f"the same floor stands in {quote(other.id)} and {quote(criterion.id)}"
                yield finding(subject.floor(criterion, number), "SC003", message, "one of them is enough")


def _unused_facts(subject: _Subject) -> Iterator[Finding]:
    evaluator = subject.evaluator
    used = {fact for floor in (*evaluator.criteria_floors, *evaluator.condition_floors) for fact in floor}
    used |= {fact for phase in subject.phases for fact in phase.facts}
    used |= subject.spec.war_room_setup.facts - {"severity"} if subject.spec.war_room_setup else set()
    used |= {part for fact in used if isinstance(scale := evaluator.scales[fact], SumOf) for part in scale.parts}
    for fact in evaluator.scales:
        if fact not in used:
            hint = "no criterion, row of the roster, reason for a war room, position there or step of the plan names it"
            yield finding(subject.key("facts", fact), "SC004", f"nothing uses {quote(fact)}", hint)


def _unreached_severities(subject: _Subject) -> Iterator[Finding]:
    deciding = {c.severity for c in subject.evaluator.criteria if c.id not in subject.milder_than_its_own}
    for severity, name in subject.evaluator.names.items():
        if severity not in deciding and severity != subject.evaluator.mildest:
            deleted = subject.deleted.get(("criteria", str(severity)))
            place = deleted or subject.key("severities", str(severity))
            message = f"nothing reaches severity {severity} {quote(name)}"
            yield finding(place, "SC005", message, "it has no criterion that can decide")


def _looser_figures(subject: _Subject) -> Iterator[Finding]:
    by_path: dict[str, list[_Owed]] = {}
    for number, row in subject.spec.sla.items():
        for path, target in (*((clock, getattr(row, clock)) for clock in CLOCKS), *_notified(row.notify)):
            if target is not None:
                by_path.setdefault(path, []).append(_Owed(int(number), target, target.calendar or row.calendar))
    for path, rows in by_path.items():
        for place, mine in enumerate(rows):
            milder = ((other, kinds) for other in rows[place + 1 :] if (kinds := _looser(mine, other)))
            if found := next(milder, None):
                other, kinds = found
                what = f"{' and '.join(kinds)} of {quote(path.removeprefix('notify/'))}"
                verb = "are" if len(kinds) > 1 else "is"
                severities = f"at severity {mine.severity} than at {other.severity}"
                figures = f"{getattr(mine.target.within, kinds[-1])} against {getattr(other.target.within, kinds[-1])}"
                message = f"the {what} {verb} looser {severities}: {figures}"
                hint = "the earlier of the two is owed, whatever is printed"
                yield finding(subject.key("sla", str(mine.severity), *path.split("/")), "SC006", message, hint)


class _Owed(NamedTuple):
    """A target of a severity, and the calendar that it is counted on if it is in business time."""

    severity: int
    target: TargetSpec
    calendar: str | None


def _notified(notify: Mapping[str, TargetSpec]) -> Iterator[tuple[str, TargetSpec]]:
    return ((f"notify/{role}", target) for role, target in notify.items())


def _looser(mine: _Owed, other: _Owed) -> list[str]:
    """Which of the figures, target and limit, are surely the longer ones."""
    pairs = (
        (kind, getattr(mine.target.within, kind), getattr(other.target.within, kind)) for kind in ("target", "limit")
    )
    same = mine.calendar == other.calendar
    return [kind for kind, long, short in pairs if _longer(long, short) and (same or long.elapsed is not None)]


def _longer(duration: Duration, other: Duration) -> bool:
    """Whether it is surely the longer one, both counted on the same calendar."""
    return duration.kind == other.kind and (duration.seconds or duration.amount) > (other.seconds or other.amount)


def _idle_roles(subject: _Subject) -> Iterator[Finding]:
    busy = {role for rows in subject.spec.roster.values() for role in rows}
    busy |= {role for stages in subject.spec.escalation.values() for roles in stages.values() for role in roles}
    busy |= subject.spec.war_room_setup.roles if subject.spec.war_room_setup else set()
    busy |= {topic.role for topics in subject.spec.paths.values() for topic in topics.values()}
    actions = [action for phase in subject.phases for action in phase.actions.values()]
    busy |= {role for action in actions for role in action.owners}
    for role in subject.spec.roles:
        if role not in busy:
            place = subject.key("roles", role)
            yield finding(
                place, "SC007", f"{quote(role)} has no duty", "no roster, escalation, war room, path or plan names it"
            )


def _failing_cases(subject: _Subject) -> Iterator[Finding]:
    for case in subject.cases or ():
        for key, expected, found in differences(case):
            message = f"case {quote(case.name)}: {quote(key)} is {_shown(found)}, not {_shown(expected)}"
            yield _at_line(case.line, "SC008", message)


def _contradictions(subject: _Subject) -> Iterator[Finding]:
    for case, other, same in contradictions(subject.cases or (), subject.evaluator.scales):
        names = f"{quote(case.name)} in line {case.line}"
        if same:
            message = f"case {quote(other.name)} has the facts of {names} and expects something else"
        else:
            message = f"case {quote(other.name)} is nowhere better than {names} and expects a milder severity"
        yield _at_line(other.line, "SC009", message, "no pack can satisfy both")


def _unexercised(subject: _Subject) -> Iterator[Finding]:
    own = {c.id: c for c in subject.evaluator.criteria if "/" not in _criterion_key(subject, c).source.name}
    if subject.cases is None:
        if own:
            message, hint = "the pack has no cases", "write `cases.jsonl` beside its files"
            yield finding(subject.key("name"), "SC010", message, hint)
        return
    met = {criterion.id for case in subject.cases for criterion in case.found.criteria}
    for id_, criterion in own.items():
        if id_ not in met:
            message, hint = f"no case exercises {quote(id_)}", "write one in which it is met"
            yield finding(_criterion_key(subject, criterion), "SC010", message, hint)


def _untranslated(subject: _Subject) -> Iterator[Finding]:
    written = subject.pack.model_dump()
    texts = list(in_pack(written, of_data))
    for language, translation in written.get("translations", {}).items():
        told = {place for place, _ in in_translation(translation, of_data)}
        for path, text in texts:
            if (place := place_of(path)) not in told:
                node = subject.key(*path)
                # A text that is inherited lies in another's files: what is missing is the language's.
                node = subject.key("translations", language) if "/" in node.source.name else node
                message = f"{quote('.'.join(('translations', language, *place)))} is missing"
                yield finding(node, "SC011", message, f"translate {quote(text)}")


def _broken_templates(subject: _Subject) -> Iterator[Finding]:
    from sevclass.templates import faults, is_installed, used

    if not is_installed():
        return  # the command line says so
    written = subject.pack.model_dump()
    for kind, message in written.get("messages", {}).items():
        names = [*written.get("blanks", {}), *message.get("promises", {})]
        for key in ("subject", "body"):
            place = ("messages", kind, key)
            own = message[key]
            wrong = list(faults(own, names))
            for fault in wrong:
                yield _in_template(subject, place, str(fault), fault.hint)
            for language, translation in written.get("translations", {}).items():
                there = ("translations", language, *place)
                text = translation.get("messages", {}).get(kind, {}).get(key)
                found = [] if text is None else list(faults(text, names))
                for fault in found:
                    yield _in_template(subject, there, str(fault), fault.hint)
                if text is not None and not wrong and not found and (differing := used(text) ^ used(own)):
                    named = ", ".join(map(quote, sorted(differing)))
                    message_ = f"it and the original do not both use {named}"
                    yield _in_template(subject, there, message_, "say the same in every language")


def _in_template(subject: _Subject, place: Sequence[str], message: str, hint: str | None) -> Finding:
    return finding(subject.key(*place), "SC012", f"{quote('.'.join(place))}: {message}", hint)


def _criterion_key(subject: _Subject, criterion: Criterion) -> Node:
    return subject.key("criteria", str(criterion.severity), criterion.id)


def _one_of(names: Sequence[str]) -> str:
    return quote(names[0]) if len(names) == 1 else f"one of {', '.join(map(quote, names))}"


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value).replace("'", "`") if value != [] else "empty"


def _at_line(line: int, code: str, message: str, hint: str | None = None) -> Finding:
    return Finding(code=code, file=CASES, line=line, column=1, message=message, hint=hint)


_RULES: Mapping[str, Callable[[_Subject], Iterator[Finding]]] = {
    "SC001": _never_deciding,
    "SC002": _redundant_floors,
    "SC003": _floors_in_two,
    "SC004": _unused_facts,
    "SC005": _unreached_severities,
    "SC006": _looser_figures,
    "SC007": _idle_roles,
    "SC008": _failing_cases,
    "SC009": _contradictions,
    "SC010": _unexercised,
    "SC011": _untranslated,
    "SC012": _broken_templates,
}
