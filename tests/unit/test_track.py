"""What holds up the clocks of a kind, and what a clock that starts after it has to do with it."""

from __future__ import annotations

from sevclass.calendars import default_calendar
from sevclass.durations import parse
from sevclass.incident.countdown import Limits
from sevclass.incident.track import Gate
from tests.unit.incidents import at

HOUR = Limits(parse("1h"), default_calendar())


def shut_and_opened(*gaps: tuple[float, float]) -> Gate:
    gate = Gate()
    for first, last in gaps:
        assert gate.set("waiting", at(first), holds=True) == "shut"
        assert gate.set("waiting", at(last), holds=False) == "opened"
    return gate


def test_a_gate_is_shut_while_any_reason_for_it_stands() -> None:
    gate = Gate()
    assert gate.set("waiting", at(0), holds=False) is None
    assert gate.set("waiting", at(1), holds=True) == "shut"
    assert gate.set("resolved", at(2), holds=True) is None
    assert gate.set("waiting", at(3), holds=False) is None
    assert (gate.shut_at, gate.gaps) == (at(1), [])
    assert gate.set("resolved", at(4), holds=False) == "opened"
    assert (gate.shut_at, gate.gaps) == (None, [(at(1), at(4))])


def test_to_shut_it_for_no_time_at_all_leaves_nothing() -> None:
    assert shut_and_opened((5, 5), (6, 7)).gaps == [(at(6), at(7))]


def test_what_it_was_shut_so_far_ends_now_while_it_is_shut() -> None:
    gate = shut_and_opened((1, 2))
    assert gate.so_far(at(9)) == [(at(1), at(2))]
    gate.set("waiting", at(5), holds=True)
    assert gate.so_far(at(9)) == [(at(1), at(2)), (at(5), at(9))]


def test_a_countdown_is_held_up_by_what_comes_after_its_start() -> None:
    gate = shut_and_opened((10, 20), (30, 40), (50, 60))
    limits = [(start, (gate.countdown(HOUR, at(start)).limit.at(at(0)) - at(0)).total_seconds() / 60)
              for start in (0, 5, 10, 15, 20, 25, 30, 40, 45, 50, 55, 60, 65)]  # fmt: skip
    assert limits == [
        (0, 90), (5, 95), (10, 100), (15, 100), (20, 100), (25, 105), (30, 110), (40, 110), (45, 115), (50, 120),
        (55, 120), (60, 120), (65, 125),
    ]  # fmt: skip


def test_a_countdown_that_starts_while_the_gate_is_shut_stands_still() -> None:
    gate = shut_and_opened((10, 20))
    gate.set("waiting", at(30), holds=True)
    for start, limit in ((0, 160), (35, 180)):
        # An hour from then on less what had passed of it.
        assert gate.countdown(HOUR, at(start)).limit.at(at(120)) == at(limit)
