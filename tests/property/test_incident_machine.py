"""An incident as it happens, step by step: after each the library and the naive account agree, now and later."""

from __future__ import annotations

from datetime import datetime

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sevclass.incident import replay
from tests.clock_oracle import clocks
from tests.clock_oracle.log import Course
from tests.property.test_clock_oracle_agreement import answer
from tests.strategies import load
from tests.timelines import LEVELS, LONGEST, MINUTE, OPENINGS, ROLES, Data, clock_packs, events, written

WHOM = st.sampled_from(({}, {"on": "customer"}, {"on": "vendor"}))


class Incident(RuleBasedStateMachine):
    """One incident of a pack that is drawn first, with its calendars."""

    @initialize(doc=clock_packs(), opening=st.sampled_from(OPENINGS), level=st.integers(0, 3))
    def it_is_opened(self, doc: Data, opening: datetime, level: int) -> None:
        """The first event."""
        self.doc, self.pack, self.now = doc, load(doc), opening
        self.last = opening + LONGEST * MINUTE
        self.levels = list(doc["facts"]["impact"]["levels"])
        self.log: list[Data] = []
        self.course = Course()
        self.it_happens("opened", facts={"impact": self.levels[min(level, len(self.levels) - 1)]})

    def it_happens(self, kind: str, **fields: object) -> None:
        """An event more, now."""
        event = {"at": written(self.now), "event": kind, "id": f"e{len(self.log)}"} | fields
        if self.course.allows(event):
            self.course.follow(event)
        self.log.append(event)

    @rule(minutes=st.sampled_from((1, 15, 30, 60, 240)) | st.integers(0, 1500))
    def time_passes(self, minutes: int) -> None:
        """Nothing happens for a while."""
        self.now = min(self.now + minutes * MINUTE, self.last)

    @rule(level=st.sampled_from(LEVELS))
    def it_is_as_bad_as_that(self, level: str) -> None:
        """The severity changes by the facts."""
        self.it_happens("facts", facts={"impact": level if level in self.levels else None})

    @rule(severity=st.none() | st.integers(1, 4))
    def somebody_decides(self, severity: int | None) -> None:
        """The severity changes by a decision."""
        known = None if severity is None else min(severity, len(self.doc["severities"]))
        self.it_happens("override", severity=known, by="ann", reason="so it is", approved_by="bob")

    @rule(whom=WHOM)
    def it_waits(self, whom: Data) -> None:
        """A pause begins, if it can."""
        self.it_happens("waiting", **whom)

    @rule(whom=WHOM)
    def it_goes_on(self, whom: Data) -> None:
        """A pause ends, if there is one."""
        self.it_happens("resumed", **whom)

    @rule(kind=st.sampled_from(("resolved", "reopened", "closed", "acknowledged", "reviewed")))
    def it_comes_so_far(self, kind: str) -> None:
        """It goes on from one phase to the next, if it can."""
        self.it_happens(kind)

    @rule(promised=st.none() | st.sampled_from((10, 45, 300)))
    def customers_are_told(self, promised: int | None) -> None:
        """An update, perhaps with a promise of the next one."""
        promise = {} if promised is None else {"next": written(self.now + promised * MINUTE)}
        self.it_happens("update_sent", **promise)

    @rule(role=st.sampled_from(ROLES))
    def somebody_is_told(self, role: str) -> None:
        """A notification."""
        self.it_happens("notified", role=role)

    @rule(data=st.data())
    def anything_happens(self, data: st.DataObject) -> None:
        """An event of any kind with any fields, perhaps one that cannot be."""
        ids = [event["id"] for event in self.log[1:]]
        event = data.draw(events(self.doc, self.now, self.course, ids))
        fields = {key: value for key, value in event.items() if key not in {"at", "event"}}
        self.it_happens(event["event"], **fields)

    @precondition(lambda self: len(self.log) > 1)
    @rule(data=st.data())
    def the_last_one_was_a_slip(self, data: st.DataObject) -> None:
        """One of the last events is taken back."""
        entry = data.draw(st.sampled_from([event["id"] for event in self.log[1:][-3:]]))
        self.it_happens("struck", entry=entry, by="ann", reason="a slip")

    @invariant()
    def both_accounts_tell_the_same(self) -> None:
        """The library and the oracle, at this instant and an hour later."""
        for now in (self.now, self.now + 60 * MINUTE):
            expected = clocks(self.doc, self.log, now)
            del expected["spent"]
            assert answer(replay(self.log, self.pack, now)) == expected


TestIncident = Incident.TestCase
# Every step compares all of the clocks twice, so fewer incidents do.
TestIncident.settings = settings(max_examples=max(settings().max_examples // 4, 1), stateful_step_count=15)
