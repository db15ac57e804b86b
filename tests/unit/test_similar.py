"""Incidents like another one, and why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sevclass.insight.extent import Extent
from sevclass.insight.similar import MOST, Past, Similar, similar
from sevclass.scales import Count, Flag, Label, Levels, Scale, Value

SCALES: dict[str, Scale] = {
    "impact": Levels(names=("fine", "poor", "bad")),
    "lost": Flag(),
    "shops": Count(unit="shops"),
}
THEN = datetime(2026, 1, 5, tzinfo=UTC)


def past(
    id_: str,
    *floors: tuple[tuple[str, Value], ...],
    cause: str | None = None,
    known_issue: str | None = None,
    day: int = 0,
) -> Past:
    far = Extent(
        severity=1,
        reported_at=THEN + timedelta(days=day),
        resolved_at=None,
        customers=None,
        at_least=True,
        cause=cause,
        known_issue=known_issue,
        floors=frozenset(floors),
    )
    return Past(id=id_, title=f"Title of {id_}", extent=far)


POOR = (("impact", "poor"),)
BAD = (("impact", "bad"),)
BOTH = (("impact", "bad"), ("shops", 10))
LOST = (("lost", True),)
NINE = (("shops", 9),)


def found(own: Past, *others: Past) -> list[tuple[str, str]]:
    return [(one.id, one.reason) for one in similar(own, others, SCALES)]


def test_what_is_shared() -> None:
    own = past("T-9", POOR, BAD, LOST, cause="x", known_issue="K")
    (one,) = similar(own, [past("T-1", POOR, BAD, NINE, cause="x", known_issue="K")], SCALES)

    assert one == Similar(id="T-1", title="Title of T-1", known_issue="K", cause="x", facts={"impact": "bad"})
    assert one.reason == "same known issue K; same cause x; both impact bad or worse"


def test_of_several_levels_of_a_fact_the_worst_is_told() -> None:
    own = past("T-9", POOR, BAD, BOTH, NINE, LOST)

    assert found(own, past("T-1", *own.extent.floors)) == [("T-1", "both impact bad or worse, lost, shops 10 or worse")]
    assert found(own, past("T-1", POOR)) == [("T-1", "both impact poor or worse")]


def test_of_several_labels_one_is_told_always_the_same() -> None:
    labels = [(("kind", name),) for name in ("a", "wish", "fault", "z", "b")]
    own = past("T-9", *labels)
    (one,) = similar(own, [past("T-1", *labels)], {"kind": Label(names=("z", "wish", "fault", "b", "a"))})
    assert one.facts == {"kind": "z"}


def test_nothing_shared_is_not_similar() -> None:
    assert found(past("T-9", POOR, cause="x"), past("T-1", LOST, cause="y"), past("T-2")) == []
    assert found(past("T-9"), past("T-1")) == []


def test_it_is_never_itself() -> None:
    assert found(past("T-9", POOR), past("T-9", POOR)) == []


def test_what_is_shared_most_comes_first() -> None:
    own = past("T-9", POOR, BAD, LOST, cause="x", known_issue="K")
    others = [
        past("facts", BAD, LOST),
        past("one-fact", BAD, day=9),
        past("cause", cause="x"),
        past("cause-and-fact", BAD, cause="x"),
        past("issue", known_issue="K"),
    ]
    assert [id_ for id_, _ in found(own, *others)] == ["issue", "cause-and-fact", "cause", "facts", "one-fact"]
    assert [id_ for id_, _ in found(own, *reversed(others))] == [
        "issue",
        "cause-and-fact",
        "cause",
        "facts",
        "one-fact",
    ]


def test_of_equals_the_latest_and_then_the_first_by_name() -> None:
    own = past("T-9", BAD)
    others = [past("b", BAD), past("a", BAD), past("c", BAD, day=1)]

    assert [id_ for id_, _ in found(own, *others)] == ["c", "a", "b"]


def test_there_are_not_too_many() -> None:
    own = past("T-9", BAD)
    assert len(found(own, *(past(f"T-{n}", BAD) for n in range(MOST + 1)))) == MOST == 5


def test_a_missing_cause_is_not_the_same_cause() -> None:
    assert found(past("T-9", BAD), past("T-1", BAD)) == [("T-1", "both impact bad or worse")]
