"""`insight.metrics` and `insight.figures`: figures worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sevclass.incident import Entry
from sevclass.insight import metrics
from sevclass.insight.figures import (
    Actions,
    Customers,
    Flow,
    Month,
    NetTimes,
    OpenAction,
    Reviews,
    Satisfaction,
    Share,
    Times,
    Volume,
    percent,
    share,
)
from sevclass.insight.samples import Kept, Sample
from tests.unit.insights import NOW, SEVERITIES, WEEK, Taken, groups, instant, log, sample

SECOND = 1_000_000
PLAIN = sample(("2 9:00", "opened"))


def resolved(*lengths: int | None, severity: int = 3) -> tuple[Sample, ...]:
    """Incidents that were resolved after so many microseconds."""
    return tuple(replace(PLAIN, resolved_us=length, net_us=length, severity=severity) for length in lengths)


def times(*lengths: int | None) -> Times:
    return metrics.times(groups(*resolved(*lengths)), lambda one: one.resolved_us)["3"]


@pytest.mark.parametrize(
    ("part", "whole", "found", "shown"),
    [
        pytest.param(10, 12, 0.833, "83 %", id="a-part"),
        pytest.param(0, 5, 0.0, "0 %", id="none"),
        pytest.param(5, 5, 1.0, "100 %", id="all"),
        pytest.param(9_999, 10_000, 0.999, "99 %", id="not-quite-all"),
        pytest.param(1, 10_000, 0.001, "0 %", id="not-quite-none"),
        pytest.param(19, 20, 0.95, "95 %", id="exact"),
    ],
)
def test_a_share_never_reads_as_what_it_is_not(part: int, whole: int, found: float, shown: str) -> None:
    assert (share(part, whole), percent(part, whole)) == (found, shown)


def test_of_nothing_there_is_no_share() -> None:
    assert share(0, 0) is None


def test_mean_median_and_90th_percentile() -> None:
    # (1 + 2 + 3 + 10) / 4 = 4, half way between 2 and 3 is 2.5, which rounds up, and 0.9 * 4 = 3.6: the fourth.
    assert times(10 * SECOND, SECOND, None, 3 * SECOND, 2 * SECOND) == Times(
        mean_s=4, median_s=3, p90_s=10, n=4, lacking=1
    )


def test_the_median_of_an_odd_number_is_the_one_in_the_middle() -> None:
    assert times(9 * SECOND, SECOND, 4 * SECOND).median_s == 4


def test_the_90th_percentile_of_ten_is_the_ninth() -> None:
    assert times(*(n * SECOND for n in range(1, 11))).p90_s == 9
    assert times(*(n * SECOND for n in range(1, 12))).p90_s == 10


def test_of_nothing_there_are_no_times() -> None:
    assert times(None, None) == Times(mean_s=None, median_s=None, p90_s=None, n=0, lacking=2)


@pytest.mark.parametrize(
    ("length", "shown"),
    [(499_999, 0), (500_000, 1), (1_499_999, 1), (1_500_000, 2)],
)
def test_half_a_second_rounds_up(length: int, shown: int) -> None:
    found = times(length)

    assert (found.mean_s, found.median_s, found.p90_s) == (shown, shown, shown)


def test_the_mean_is_rounded_once() -> None:
    assert times(400_000, 400_000, 800_000).mean_s == 1  # 0.533 seconds


def test_times_to_resolve_are_net_too() -> None:
    some = [replace(one, net_us=(one.resolved_us or 0) // 2) for one in resolved(2 * SECOND, 4 * SECOND, 12 * SECOND)]

    assert metrics.times_to_resolve(groups(*some, *resolved(None)))["3"] == NetTimes(
        mean_s=6, median_s=4, p90_s=12, n=3, lacking=1, net_mean_s=3, net_median_s=2, net_p90_s=6
    )


def test_every_severity_of_the_pack_has_its_number() -> None:
    current, previous = resolved(1, 2, severity=1), resolved(3, severity=2)

    assert metrics.volume(current, previous, SEVERITIES) == Volume(
        total=2,
        by_severity={"1": 2, "2": 0, "3": 0},
        previous_total=1,
        previous_by_severity={"1": 0, "2": 1, "3": 0},
        change=1,
    )


def test_compliance_is_by_clock_and_by_severity() -> None:
    def kept(severity: int, met: int, owed: int) -> Sample:
        clocks = tuple(
            Kept(clock=one.clock, met=met, owed=owed) if one.clock == "resolution" else one for one in PLAIN.clocks
        )
        return replace(PLAIN, severity=severity, clocks=clocks)

    found = metrics.compliance(groups(kept(1, 2, 3), kept(1, 1, 1), kept(3, 0, 1)))

    assert list(found) == ["initial_response", "notification", "status_update", "resolution", "review"]
    assert found["resolution"].model_dump() == {
        "met": 3,
        "owed": 5,
        "share": 0.6,
        "by_severity": {
            "1": {"met": 3, "owed": 4, "share": 0.75},
            "2": {"met": 0, "owed": 0, "share": None},
            "3": {"met": 0, "owed": 1, "share": 0.0},
        },
    }


def test_four_and_five_are_satisfied() -> None:
    some = [replace(PLAIN, scores=scores) for scores in ((5, 3), (4,), (), (1, 2))]

    assert metrics.satisfaction(some) == Satisfaction(satisfied=2, answers=5, share=0.4, lacking=1)


def test_causes_are_in_the_order_of_the_pack_and_then_by_name() -> None:
    def blamed(cause: str) -> Sample:
        return sample(("2 9:00", "opened"), ("2 9:10", "cause", {"category": cause}))

    some = [blamed("setup"), blamed("bug"), blamed("setup"), PLAIN]

    assert metrics.causes(some, ["other", "bug"]) == {"bug": Share(n=1, share=0.333), "setup": Share(n=2, share=0.667)}
    assert list(metrics.causes(some, ["setup", "bug"])) == ["setup", "bug"]
    assert list(metrics.causes(some, [])) == ["bug", "setup"]
    assert metrics.causes([PLAIN], ["bug"]) == {}


def test_customers_are_summed_up() -> None:
    some = [replace(PLAIN, customers=n, at_least=False) for n in (3, 4)]

    assert metrics.customers(some) == Customers(total=7, at_least=False, lacking=0)
    assert metrics.customers([*some, PLAIN]) == Customers(total=7, at_least=True, lacking=1)
    assert metrics.customers([replace(some[0], at_least=True)]) == Customers(total=3, at_least=True, lacking=0)
    assert metrics.customers([]) == Customers(total=0, at_least=False, lacking=0)


def acting(*actions: tuple[str, dict[str, Any]]) -> Sample:
    return sample(("2 9:00", "opened"), *((at, "action", fields) for at, fields in actions))


def test_actions_are_owed_once_they_are_done_or_past_their_date() -> None:
    found = metrics.actions(
        [
            acting(
                ("3 9:00", {"due": "2026-03-04", "state": "done"}),
                ("6 9:00", {"due": "2026-03-04", "state": "done"}),
                ("3 9:00", {"due": "2026-03-05"}),
                ("3 9:00", {"due": "2026-04-05"}),
                ("3 9:00", {"state": "done"}),
                ("3 9:00", {}),
                ("6 9:00", {"due": "2026-03-04", "state": "dropped"}),
                ("3 9:00", {"due": "2026-03-04", "state": "dropped"}),
            ),
            PLAIN,
        ]
    )

    assert found == Actions(total=8, done=3, open=3, dropped=2, owed=3, on_time=1, lacking=1)


def test_reviews_with_time_left_are_pending() -> None:
    review = Kept(clock="review", met=1, owed=1)
    late = replace(review, met=0)
    some = [
        replace(PLAIN, clocks=(review,), reviewed_at=NOW),
        replace(PLAIN, clocks=(late,), reviewed_at=NOW),
        replace(PLAIN, clocks=(late,)),
        replace(PLAIN, review_pending=True),
        PLAIN,
    ]

    assert metrics.reviews(some) == Reviews(owed=3, done=2, on_time=1, pending=1)


def test_open_actions_are_of_earlier_incidents_too_and_what_is_due_first_comes_first() -> None:
    def acted(at: str, **fields: Any) -> list[Entry]:
        return log((at, "opened"), (at, "action", fields))

    taken = Taken(
        {
            "T-1": acted("3 9:00", text="Whenever"),
            "T-2": acted("3 9:01", text="Soon", due="2026-03-16T09:00:00Z", owner="ann", id="A", kind="request"),
            "T-3": acted("-20 9:00", text="Late", due="2026-03-14"),
            "T-4": acted("3 9:02", text="Done", state="done"),
            "T-5": acted("10 9:00", text="Later"),
            "T-6": log(("3 9:03", "opened"), ("3 9:04", "action", {"text": "Gone"}), ("3 9:05", "closed")),
        }
    )

    found = list(metrics.open_actions(taken.samples))

    assert [(one.incident, one.text, one.overdue) for one in found] == [
        ("T-3", "Late", True),
        ("T-2", "Soon", False),
        ("T-1", "Whenever", False),
    ]
    assert found[1] == OpenAction(
        incident="T-2", id="A", text="Soon", owner="ann", due=NOW, kind="request", overdue=False
    )


def test_what_came_in_and_what_went() -> None:
    taken = Taken(
        {
            "carried": log(("-9 9:00", "opened")),
            "carried and resolved": log(("-9 9:00", "opened"), ("2 0:00", "resolved")),
            "resolved before": log(("-9 9:00", "opened"), ("1 23:59", "resolved")),
            "reopened": log(("-9 9:00", "opened"), ("1 9:00", "resolved"), ("3 9:00", "reopened")),
            "closed": log(("-9 9:00", "opened"), ("3 9:00", "resolved"), ("3 9:10", "closed")),
            "withdrawn": log(("-9 9:00", "opened"), ("3 9:00", "closed")),
            "opened": log(("3 9:00", "opened")),
            "resolved": log(("3 9:00", "opened"), ("12 9:00", "resolved")),
            "false": log(("3 9:00", "opened"), ("3 9:30", "closed")),
            "later": log(("9 0:00", "opened")),
        }
    )

    found = metrics.flow(taken.samples)

    assert found == Flow(carried_over=3, opened=2, resolved=3, reopened=1, now_open=3)
    assert found.carried_over + found.opened + found.reopened - found.resolved == found.now_open
    assert taken.report.withdrawn == 1


def test_the_month_is_counted_as_far_as_the_period_goes() -> None:
    ats = ("1 0:00", "8 23:59", "9 0:00", "-28 9:00", "-27 0:00", "-20 23:59", "-19 0:00")
    taken = Taken({at: log((at, "opened")) for at in ats} | {"x": log(("3 9:00", "opened"), ("3 9:01", "closed"))})

    assert metrics.month(taken.samples) == Month(
        start=WEEK.start.replace(day=1),
        end=WEEK.end,
        total=2,
        previous_start=WEEK.start.replace(month=2, day=1),
        previous_end=WEEK.end.replace(month=2),
        previous_total=2,
        change=0,
    )


def test_what_was_withdrawn_does_not_count() -> None:
    gone = sample(("2 9:00", "opened"), ("2 9:10", "closed"))

    assert metrics.counted([PLAIN, gone]) == (PLAIN,)
    assert gone.opened_at == instant("2 9:00")
