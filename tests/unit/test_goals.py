"""`insight.goals`: met, missed, or too few to say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sevclass.insight.figures import Fall, Target
from sevclass.insight.goals import reached
from tests.unit.incidents import pack_with
from tests.unit.insights import Taken, log

OVER, LEAST = "over 95%", "at least 95%"


@pytest.mark.parametrize(
    ("target", "part", "whole", "enough", "verdict"),
    [
        pytest.param(OVER, 96, 100, 5, "met", id="over"),
        pytest.param(OVER, 95, 100, 5, "missed", id="just-that-is-not-over"),
        pytest.param(OVER, 19, 20, 5, "missed", id="the-same-of-twenty"),
        pytest.param(OVER, 20, 20, 5, "met", id="all"),
        pytest.param(LEAST, 95, 100, 5, "met", id="at-least-is-just-that"),
        pytest.param(LEAST, 94, 100, 5, "missed", id="less"),
        pytest.param(OVER, 4, 4, 5, "too_few", id="too-few"),
        pytest.param(OVER, 5, 5, 5, "met", id="just-enough"),
        pytest.param(OVER, 0, 4, 5, "too_few", id="too-few-to-have-missed"),
        pytest.param("at least 100%", 3, 4, 5, "missed", id="the-first-miss-of-all"),
        pytest.param("at least 100%", 4, 4, 5, "too_few", id="too-few-to-have-met-all"),
        pytest.param("at least 100%", 0, 0, 5, "too_few", id="nothing"),
        pytest.param("at least 100%", 5, 5, 5, "met", id="all-of-them"),
        pytest.param("over 0%", 0, 5, 5, "missed", id="over-none"),
        pytest.param("over 0%", 1, 5, 5, "met", id="one-is-over-none"),
        pytest.param("at least 0%", 0, 5, 5, "met", id="at-least-none"),
    ],
)
def test_a_share_is_reached_or_not(target: str, part: int, whole: int, enough: int, verdict: str) -> None:
    assert reached(target, part, whole, enough) == verdict


def opened(at: str, *more: tuple[Any, ...]) -> Any:  # noqa: ANN401
    return log((at, "opened", {"facts": {"impact": "bad"}}), *more)


def targets(logs: dict[str, Any], **changes: Any) -> dict[str, Target]:
    taken = Taken(logs, pack_with(targets=changes, causes={"bug": "A bug"}))
    return {target.name: target for target in taken.report.targets}


def test_a_pack_has_the_targets_that_it_names_in_one_order() -> None:
    every = {
        "actions_on_time": "over 1%",
        "reviews_on_time": "over 1%",
        "satisfaction": "over 1%",
        "repeats": "down by 1%",
        "resolution_time": "falling",
        "response_sla": "over 1%",
    }

    assert list(targets({}, **every)) == [
        "response_sla",
        "resolution_time",
        "satisfaction",
        "repeats",
        "reviews_on_time",
        "actions_on_time",
    ]
    assert targets({}) == {}
    assert list(targets({}, satisfaction="over 1%")) == ["satisfaction"]


def test_the_shares_are_those_of_the_figures() -> None:
    def answer(score: int) -> tuple[Any, ...]:
        return ("2 14:00", "satisfaction", {"score": score})

    logs = {
        "T-1": opened(
            "2 9:00",
            ("2 9:10", "acknowledged"),
            ("2 10:00", "resolved"),
            answer(5),
            answer(1),
            answer(4),
            ("3 9:00", "reviewed"),
            ("3 9:01", "action", {"state": "done", "due": "2026-03-04"}),
            ("3 9:02", "action", {"state": "done", "due": "2026-03-04"}),
            ("3 9:03", "action", {"due": "2026-03-04"}),
            ("3 9:04", "action", {"state": "done"}),
        ),
        "T-2": opened("2 9:00", ("2 9:31", "acknowledged"), ("2 10:00", "resolved")),
        "T-3": opened("2 9:00"),
    }
    share = {"response_sla": "over 1%", "satisfaction": "over 1%", "reviews_on_time": "over 1%"}
    found = targets(logs, **share, actions_on_time="at least 67%", enough=1)

    def counts(name: str) -> tuple[int, int, float | None, int]:
        one = found[name]
        return one.numerator, one.denominator, one.share, one.lacking

    assert counts("response_sla") == (1, 3, 0.333, 0)
    assert counts("satisfaction") == (2, 3, 0.667, 2)
    assert counts("reviews_on_time") == (1, 2, 0.5, 0)
    assert counts("actions_on_time") == (2, 3, 0.667, 1)
    assert found["actions_on_time"] == Target(
        name="actions_on_time",
        verdict="missed",  # 66.7 % is less than 67
        numerator=2,
        denominator=3,
        share=0.667,
        target="at least 67%",
        enough=1,
        lacking=1,
        by_severity={},
    )


def having(now: int, before: int) -> dict[str, Any]:
    """So many repeats of a known issue from long ago, and incidents without one."""
    cause = {"category": "bug", "known_issue": "KI-1"}
    ats = {"first": "-20 9:00"} | {f"n{n}": "3 9:00" for n in range(now)} | {f"b{n}": "-3 9:00" for n in range(before)}
    logs = {id_: log((at, "opened"), (at, "cause", cause)) for id_, at in ats.items()}
    return logs | {"x": log(("3 9:00", "opened"), ("3 9:00", "cause", {"category": "bug"}))}


@pytest.mark.parametrize(
    ("now", "before", "verdict"),
    [
        pytest.param(0, 0, "met", id="none-at-all"),
        pytest.param(0, 9, "met", id="none-any-more"),
        pytest.param(1, 4, "too_few", id="too-few-before"),
        pytest.param(2, 5, "met", id="less-than-half"),
        pytest.param(3, 6, "met", id="half"),
        pytest.param(4, 7, "missed", id="more-than-half"),
        pytest.param(6, 5, "missed", id="more-than-before"),
    ],
)
def test_repeats_go_down_by_half(now: int, before: int, verdict: str) -> None:
    found = targets(having(now, before), repeats="down by 50%")["repeats"]

    assert (found.verdict, found.numerator, found.denominator, found.lacking) == (verdict, now, before, 1)
    assert (found.enough, found.target) == (5, "down by 50%")


def test_by_how_much_repeats_go_down_is_the_packs() -> None:
    for fall, verdict in (("down by 40%", "met"), ("down by 41%", "missed"), ("down by 100%", "missed")):
        assert targets(having(3, 5), repeats=fall)["repeats"].verdict == verdict


def lasting(at: str, *hours: int, impact: str = "bad") -> dict[str, Any]:
    """Incidents that took so many hours."""
    return {
        f"{at} {impact} {place}": log(
            (f"{at} 0:00", "opened", {"facts": {"impact": impact}}), (f"{at} {n}:00", "resolved")
        )
        for place, n in enumerate(hours)
    }


@pytest.mark.parametrize(
    ("now", "before", "verdict", "counts"),
    [
        pytest.param((1, 3), (2, 3), "met", (1, 1), id="falls"),
        pytest.param((1, 4), (2, 3), "missed", (0, 1), id="stays"),
        pytest.param((3, 4), (2, 3), "missed", (0, 1), id="climbs"),
        pytest.param((1, 3, 1), (2, 1), "missed", (0, 1), id="the-mean-counts"),
        pytest.param((1,), (2, 3), "too_few", (0, 0), id="too-few-now"),
        pytest.param((1, 1), (2,), "too_few", (0, 0), id="too-few-before"),
        pytest.param((), (), "too_few", (0, 0), id="none"),
    ],
)
def test_the_time_to_resolve_falls(
    now: tuple[int, ...], before: tuple[int, ...], verdict: str, counts: tuple[int, int]
) -> None:
    found = targets(lasting("3", *now) | lasting("-3", *before), resolution_time="falling", enough=2)["resolution_time"]

    assert (found.verdict, (found.numerator, found.denominator)) == (verdict, counts)


def test_it_has_to_fall_wherever_there_are_enough() -> None:
    logs = lasting("3", 1, 3) | lasting("-3", 4, 6) | lasting("3", 9, 9, impact="poor")
    logs |= {"open": opened("3 9:00"), "false": opened("3 9:00", ("3 9:01", "closed"))}
    met = targets(logs | lasting("-3", 10, 10, impact="poor"), resolution_time="falling", enough=2)["resolution_time"]
    missed = targets(logs | lasting("-3", 8, 8, impact="poor"), resolution_time="falling", enough=2)["resolution_time"]

    assert (met.verdict, met.numerator, met.denominator, met.share, met.lacking) == ("met", 2, 2, 1.0, 1)
    assert (missed.verdict, missed.numerator, missed.denominator, missed.share) == ("missed", 1, 2, 0.5)
    hour = 3_600
    assert dict(missed.by_severity) == {
        "1": Fall(now=2 * hour, before=5 * hour, n=2, previous_n=2, verdict="met"),
        "2": Fall(now=9 * hour, before=8 * hour, n=2, previous_n=2, verdict="missed"),
        "3": Fall(now=None, before=None, n=0, previous_n=0, verdict="too_few"),
    }
    assert replace(met, by_severity={}).target == "falling"
