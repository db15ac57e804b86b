"""The response plan of one incident: a dated checklist with owners, and what of it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from sevclass.api import Pack
from sevclass.classification import RosterRow, WarRoom
from sevclass.facts import FactsInput
from sevclass.incident import IncidentState, replay
from sevclass.incident.readings import Clock
from sevclass.playbook.checklist import Answer, Asked, Item, Line, Plan, PlannedPhase
from sevclass.playbook.deeds import Deeds, Done, by_clock, clocks_of, pressing
from sevclass.playbook.protocol import Action, Phase, Protocol, Question, protocol_of
from sevclass.playbook.updates import instants
from sevclass.scales import Facts, Flag, Label, Levels, SumOf


def plan(
    pack: Pack,
    facts: FactsInput,
    opened_at: datetime | None = None,
    id: str | None = None,
    *,
    now: datetime | None = None,
) -> Plan:
    """The plan of an incident of which only facts are known, bare or in an envelope.

    Without an opening it has no dates. Of a pack that has no plan it has no phases. Where `now` is not given it is the
    opening.

    Raises FactsError with every problem of the facts; IncidentError for a `now` before the opening.
    """
    given = pack._reader.read(facts, id=id, opened_at=opened_at)  # noqa: SLF001 - the package's own
    if given.opened_at is not None:
        said = {fact: value for fact, value in given.facts.items() if value is not None}
        opening = {"at": given.opened_at, "event": "opened", "facts": said}
        return plan_of(replay([opening], pack, now or given.opened_at, id=given.id), pack)
    evaluator = pack._engine.evaluator  # noqa: SLF001 - the package's own
    severity = evaluator.severity(given.facts)
    war_room = evaluator.war_room(severity, given.facts)
    roster = evaluator.roster(severity, given.facts)
    return _Planning(pack, _Subject(severity, given.facts, roster, war_room, given.id, None)).whole()


def plan_of(state: IncidentState, pack: Pack) -> Plan:
    """The plan of an incident as it stands, with what of it is done. `pack`: the one it is read under, in any language.

    Of a pack that has no plan it has no phases.
    """
    facts = {fact: said.value for fact, said in state.facts.items()}
    subject = _Subject(state.severity.in_force, facts, state.roster, state.war_room, state.id, state)
    return _Planning(pack, subject).whole()


class _Subject(NamedTuple):
    """What is known of an incident; `state` where there is an opening."""

    severity: int
    facts: Facts
    roster: Sequence[RosterRow]
    war_room: WarRoom
    id: str | None
    state: IncidentState | None


class _Planning:
    """The making of one plan."""

    def __init__(self, pack: Pack, subject: _Subject) -> None:
        self._pack, self._subject, self._state = pack, subject, subject.state
        self._protocol: Protocol = protocol_of(pack)
        events = [happening.event for happening in self._state.log] if self._state else []
        self._written_at, self._count = (events[-1].at if events else None), len(events)
        self._deeds = Deeds(self._protocol.phases, events)
        self._clocks: Sequence[Clock] = self._state.clocks if self._state else ()
        self._people: Mapping[str, str | None] = self._state.people if self._state else {}
        # Where one was opened, it has to be run, whether it was called for or not.
        room = self._state.war_room_state if self._state else None
        is_open = subject.war_room.activate or (room is not None and room.state == "open")
        self._needed = self._protocol.needed(subject.severity, subject.facts, war_room=is_open)

    def whole(self) -> Plan:
        """All of it."""
        subject, state, protocol = self._subject, self._state, self._protocol
        drafts = [self._planned(phase) for phase in protocol.phases]
        now = self._now(drafts)
        phases = tuple(_marked(draft) if draft.id == now else draft for draft in drafts)
        own = {*self._needed, *(question.id for phase in phases for question in phase.questions)}
        return Plan(
            id=subject.id,
            title=state.title if state else None,
            severity=subject.severity,
            name=self._pack.severities[subject.severity],
            opened_at=state.opened_at if state else None,
            now=state.now if state else None,
            stands=state.phase if state else None,
            phase=now,
            war_room=subject.war_room,
            war_room_state=state.war_room_state if state else None,
            tracks=_lines(protocol.tracks),
            phases=phases,
            customers=_lines(protocol.customers),
            other_steps=tuple(step for step in self._deeds.steps if step.item not in own),
            instants=instants(state) if state else (),
            written_at=self._written_at,
            events=self._count,
            pack=self._pack._engine.ref,  # noqa: SLF001 - the package's own
        )

    def _planned(self, phase: Phase) -> PlannedPhase:
        begins_at, ends_at = self._at(phase, phase.begins), self._at(phase, phase.ends)
        dates = ends_at if self._subject.severity <= phase.dated else None
        items = tuple(self._item(action, dates) for action in phase.actions if action.id in self._needed)
        # Where none of its actions is needed there is nothing to ask either.
        is_needed = bool(items or not phase.actions)
        return PlannedPhase(
            id=phase.id,
            text=phase.text,
            after=phase.after,
            from_s=int(phase.begins.total_seconds()),
            to_s=None if phase.ends is None else int(phase.ends.total_seconds()),
            begins_at=begins_at,
            ends_at=ends_at,
            is_now=False,
            questions=tuple(map(self._asked, phase.questions)) if is_needed else (),
            items=items,
            exit=_lines(phase.exit) if is_needed else (),
        )

    def _at(self, phase: Phase, length: timedelta | None) -> datetime | None:
        """So long after what the phase counts from; null where that has not come, or it is past the year 9999."""
        start = self._state.opened_at if self._state and phase.after == "opening" else self._deeds.resolved_at
        if start is None or length is None:
            return None
        try:
            return start + length
        except OverflowError:
            return None

    def _item(self, action: Action, dates: datetime | None) -> Item:
        clocks = clocks_of(action.clock, self._clocks) if action.clock else []
        clock = pressing(clocks)
        owner = self._owner(action.owners)
        return Item(
            id=action.id,
            text=action.text,
            track=action.track,
            owner=owner,
            person=self._people.get(owner),
            clock=action.clock,
            due=clock.due if clock else None if action.clock else dates,
            limit_at=clock.limit_at if clock else None if action.clock else dates,
            done=_first(self._deeds.done.get(action.id), by_clock(clocks)),
        )

    def _owner(self, owners: Sequence[str]) -> str:
        """The first of the roles that is on the roster or has somebody there who stands in for it; else who leads."""
        present = [row.role for row in self._subject.roster]
        for role in owners:
            for other in (role, *present):
                if other in present and (other == role or role in self._protocol.covers.covered_by(other)):
                    return other
        return present[0] if present else owners[0]

    def _asked(self, question: Question) -> Asked:
        known = self._deeds.done.get(question.id)
        answers = tuple(answer for fact in question.facts if (answer := self._answer(fact)) is not None)
        is_whole = len(answers) == len(question.facts) > 0 and not any(answer.at_least for answer in answers)
        return Asked(
            id=question.id, text=question.text, answered=is_whole or known is not None, answers=answers, known=known
        )

    def _answer(self, fact: str) -> Answer | None:
        facts, scale = self._subject.facts, self._protocol.scales[fact]
        if isinstance(scale, SumOf):
            parts = [facts.get(part) for part in scale.parts]
            if all(part is None for part in parts):
                return None
            total = sum(part for part in parts if isinstance(part, int))
            return Answer(fact=fact, value=total, means=None, at_least=None in parts)
        value = facts.get(fact)
        if value is None:
            return None
        written, texts = self._protocol.facts[fact], {}
        if isinstance(scale, Levels | Label):
            texts = written.get("levels") or written.get("label") or {}
        elif isinstance(scale, Flag):
            texts = written.get("flag", {})
        name = str(value).lower() if isinstance(value, bool) else str(value)
        return Answer(fact=fact, value=value, means=texts.get(name), at_least=False)

    def _now(self, drafts: Sequence[PlannedPhase]) -> str | None:
        """The phase that time has come to, or a later one if everything before that is done."""
        state = self._state
        if state is None or state.phase == "withdrawn":
            return None
        after = "opening" if state.phase == "open" else "resolution"
        course = [draft for draft in drafts if draft.after == after]
        begun = [n for n, draft in enumerate(course) if draft.begins_at is not None and draft.begins_at <= state.now]
        if not begun:
            return None
        ahead = course[begun[-1] :]
        left = (draft for draft in ahead if not all(item.done for item in draft.items))
        return next(left, ahead[-1]).id


def _marked(draft: PlannedPhase) -> PlannedPhase:
    return replace(draft, is_now=True)


def _first(*known: Done | None) -> Done | None:
    """What is known first; of one instant the event, which says who wrote it."""
    return min((done for done in known if done), key=lambda done: done.at, default=None)


def _lines(texts: Mapping[str, str]) -> tuple[Line, ...]:
    return tuple(Line(id=id_, text=text) for id_, text in texts.items())
