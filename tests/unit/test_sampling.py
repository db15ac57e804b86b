"""`insight.sampling`: what is kept of an incident, and of which incidents."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from sevclass import Pack, load_pack
from sevclass.incident import Entry
from sevclass.incident.track import CLOCKS
from sevclass.insight.samples import Blamed, Deed, Entered, Kept, Outline, Sample, Samples
from sevclass.insight.sampling import rising_levels
from sevclass.problems import IncidentError
from tests.unit.incidents import PACK as PLAIN, pack_with
from tests.unit.insights import NOW, PACK, WEEK, Taken, instant, log, sample

MINUTE = 60_000_000
OPENED = ("2 9:00", "opened", {"title": "It fails", "facts": {"impact": "bad"}})


def kept(found: Sample) -> dict[str, tuple[int, int]]:
    return {one.clock: (one.met, one.owed) for one in found.clocks}


def test_a_sample_has_all_that_the_figures_need() -> None:
    found = sample(
        OPENED,
        ("2 9:05", "acknowledged"),
        ("2 9:06", "notified", {"role": "chief"}),
        ("2 9:30", "update_sent"),
        ("2 9:40", "facts", {"facts": {"shops": 3, "stores": 1}, "customers": ["acme"]}),
        ("2 9:45", "cause", {"category": "bug", "known_issue": "KI-1"}),
        ("2 9:50", "mitigated"),
        ("2 10:00", "waiting", {"on": "vendor"}),
        ("2 10:20", "resumed"),
        ("2 10:25", "update_sent"),
        ("2 11:00", "resolved"),
        ("2 12:00", "satisfaction", {"score": 4, "customer": "acme"}),
        ("2 12:30", "fixed"),
        ("3 9:00", "action", {"id": "A1", "text": "Mend it", "owner": "ann", "due": "2026-03-05", "for": "acme"}),
        ("3 9:30", "action", {"id": "P1", "text": "Write", "kind": "promise", "due": "2026-03-02"}),
        ("3 10:00", "reviewed"),
    )

    assert found == Sample(
        id="T-1",
        title="It fails",
        opened_at=instant("2 9:00"),
        phases=(
            Entered(at=instant("2 9:00"), phase="open"),
            Entered(at=instant("2 11:00"), phase="resolved"),
        ),
        causes=(Blamed(at=instant("2 9:45"), cause="bug", known_issue="KI-1"),),
        actions=(
            Deed(
                id="A1",
                text="Mend it",
                owner="ann",
                due=date(2026, 3, 5),
                limit_at=datetime(2026, 3, 6, tzinfo=UTC),
                state="open",
                kind="prevention",
                customer="acme",
                ref=None,
                at=instant("3 9:00"),
                is_late=True,
            ),
        ),
        named=("acme",),
        severity=1,
        acknowledged_us=5 * MINUTE,
        resolved_us=120 * MINUTE,
        net_us=100 * MINUTE,
        identified_us=45 * MINUTE,
        mitigated_us=50 * MINUTE,
        fixed_us=210 * MINUTE,
        clocks=tuple(Kept(clock=kind, met=met, owed=met) for kind, met in zip(CLOCKS, (1, 1, 2, 1, 1), strict=True)),
        reviewed_at=instant("3 10:00"),
        review_pending=False,
        scores=(4,),
        customers=4,
        at_least=False,
        reached=("impact", "places"),
    )


def test_what_did_not_happen_is_lacking() -> None:
    found = sample(("8 9:00", "opened"))

    assert (found.title, found.named, found.causes, found.actions, found.scores) == (None, (), (), (), ())
    assert (found.acknowledged_us, found.resolved_us, found.net_us) == (None, None, None)
    assert (found.identified_us, found.mitigated_us, found.fixed_us) == (None, None, None)
    assert (found.customers, found.at_least, found.reached, found.severity) == (None, True, (), 3)
    assert (found.reviewed_at, found.review_pending, found.blamed) == (None, False, None)


@pytest.mark.parametrize(
    ("events", "minutes"),
    [
        pytest.param([("2 9:07", "update_sent"), ("2 9:09", "acknowledged")], 7, id="an-update"),
        pytest.param([("2 9:03", "update_sent", {"audience": "internal"}), ("2 9:09", "resolved")], 9, id="resolved"),
        pytest.param([("2 9:05", "acknowledged"), ("2 9:09", "resolved"), ("2 9:10", "reopened"),
                      ("2 9:12", "acknowledged")], 5, id="once-more"),
        pytest.param([("2 9:05", "closed"), ("2 9:06", "update_sent"), ("2 9:07", "reopened"),
                      ("2 9:08", "acknowledged")], 8, id="not-while-it-is-closed"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("pack", [PACK, pack_with(sla={})], ids=["owed", "not-owed"])
def test_an_incident_is_acknowledged_by_the_first_answer(events: list[Any], minutes: int, pack: Pack) -> None:
    assert sample(OPENED, *events, pack=pack).acknowledged_us == minutes * MINUTE


def test_a_resolution_counts_while_it_stands() -> None:
    first = [("2 10:00", "resolved"), ("2 11:00", "reopened")]

    assert sample(OPENED, *first).resolved_us is None
    assert sample(OPENED, *first, ("2 12:00", "resolved")).resolved_us == 180 * MINUTE
    assert sample(OPENED, *first, ("2 12:00", "resolved"), ("2 13:00", "closed")).resolved_us == 180 * MINUTE
    assert sample(OPENED, *first, ("2 12:00", "closed")).resolved_us is None


def test_net_is_without_the_union_of_the_waits_and_nothing_else() -> None:
    events = [
        ("2 9:10", "waiting", {"on": "vendor"}),
        ("2 9:20", "waiting", {"on": "customer"}),
        ("2 9:30", "resumed", {"on": "vendor"}),
        ("2 9:40", "resumed"),
        ("2 9:50", "waiting"),
        ("2 10:00", "resolved"),
        ("2 11:00", "reopened"),
        ("2 11:10", "waiting"),
        ("2 11:15", "resumed"),
        ("2 12:00", "resolved"),
    ]

    for pack in (PACK, pack_with(pauses=[])):
        found = sample(OPENED, *events, pack=pack)
        assert (found.resolved_us, found.net_us) == (180 * MINUTE, 135 * MINUTE)


def test_the_first_cause_identifies_and_the_last_one_counts() -> None:
    found = sample(
        OPENED,
        ("2 9:10", "cause", {"category": "bug"}),
        ("2 9:20", "cause", {"category": "nonsense"}),
        ("2 9:30", "cause", {"category": "setup", "known_issue": "KI-2"}),
    )

    assert found.identified_us == 10 * MINUTE
    assert found.blamed == Blamed(at=instant("2 9:30"), cause="setup", known_issue="KI-2")
    assert [found.blamed_at(instant(at)) for at in ("2 9:09", "2 9:10")] == [
        None,
        Blamed(at=instant("2 9:10"), cause="bug", known_issue=None),
    ]


def test_the_first_relief_counts_and_the_last_fix() -> None:
    events = [("2 9:10", "mitigated"), ("2 9:15", "fixed"), ("2 9:20", "mitigated"), ("2 9:25", "fixed")]
    found = sample(OPENED, *events)

    assert (found.mitigated_us, found.fixed_us) == (10 * MINUTE, 25 * MINUTE)


def test_a_later_answer_of_a_customer_replaces_the_earlier_one() -> None:
    def answer(at: str, score: int, **customer: str) -> tuple[Any, ...]:
        return (at, "satisfaction", {"score": score, **customer})

    found = sample(
        OPENED,
        answer("2 10:00", 1, customer="acme"),
        answer("2 10:01", 2),
        answer("2 10:02", 3),
        answer("2 10:03", 5, customer="acme"),
        answer("2 10:04", 4, customer="bolt"),
    )

    assert found.scores == (5, 2, 3, 4)


@pytest.mark.parametrize(
    ("events", "severity"),
    [
        pytest.param([("2 9:10", "facts", {"facts": {"impact": "poor"}})], 1, id="milder-later"),
        pytest.param([("2 9:10", "override", {"severity": 3, "by": "ann", "reason": "so"})], 1, id="lowered"),
    ],
)
def test_the_severity_is_the_worst_that_was_in_force(events: list[Any], severity: int) -> None:
    assert sample(OPENED, *events).severity == severity


def test_clocks_count_once_they_are_decided() -> None:
    early = sample(OPENED, now=instant("2 9:20"))
    late = sample(OPENED, now=instant("2 13:01"))

    assert kept(early) == dict.fromkeys(CLOCKS, (0, 0))
    assert kept(late) == {
        "initial_response": (0, 1),
        "notification": (0, 1),
        "status_update": (0, 1),
        "resolution": (0, 1),
        "review": (0, 0),
    }


def test_each_update_counts_once_in_time_or_late() -> None:
    found = sample(
        OPENED,
        ("2 9:30", "update_sent"),
        ("2 9:31", "update_sent", {"audience": "executives"}),
        ("2 10:30", "update_sent"),
        ("2 11:31", "update_sent"),
        ("2 12:00", "resolved"),
        ("2 12:10", "update_sent"),
        ("2 12:20", "closed"),
        ("2 12:30", "update_sent"),
    )

    assert kept(found)["status_update"] == (2, 3)


def test_an_update_that_nobody_owes_counts_for_nothing() -> None:
    assert kept(sample(("2 9:00", "opened"), ("2 9:30", "update_sent")))["status_update"] == (0, 0)


def test_a_closed_incident_keeps_its_clocks_as_they_stood() -> None:
    found = sample(
        OPENED,
        ("2 9:31", "acknowledged"),
        ("2 9:40", "resolved"),
        ("2 9:50", "closed"),
        ("2 9:55", "reviewed"),
        ("2 10:00", "notified", {"role": "chief"}),
    )

    assert kept(found)["initial_response"] == (0, 1)
    assert kept(found)["review"] == (0, 0)
    assert (found.reviewed_at, found.review_pending) == (None, False)


@pytest.mark.parametrize(
    ("now", "pending"), [pytest.param("4 12:00", True, id="time-left"), pytest.param("4 12:01", False, id="late")]
)
def test_a_review_is_pending_while_there_is_time(now: str, pending: bool) -> None:  # noqa: FBT001
    found = sample(OPENED, ("2 12:00", "resolved"), now=instant(now))

    assert found.review_pending is pending
    assert kept(found)["review"] == ((0, 0) if pending else (0, 1))


@pytest.mark.parametrize(
    ("patches", "customers", "at_least"),
    [
        pytest.param([{"shops": 3}], 3, True, id="a-part-is-unknown"),
        pytest.param([{"shops": 3, "stores": 0}], 3, False, id="all-known"),
        pytest.param([{"shops": 3, "stores": 2}, {"shops": 1}], 5, False, id="the-highest"),
        pytest.param([{"shops": 5}, {"shops": 1, "stores": 1}], 5, True, id="the-highest-was-open"),
        pytest.param([{"shops": 5}, {"stores": 0}], 5, False, id="known-at-last"),
        pytest.param([{"shops": 5, "stores": 0}, {"stores": None}], 5, False, id="known-at-first"),
        pytest.param([{"impact": "poor"}], None, True, id="nothing-known"),
    ],
)
def test_customers_are_those_at_the_worst(patches: list[Any], customers: int | None, at_least: bool) -> None:  # noqa: FBT001
    events = [(f"2 9:{10 + place}", "facts", {"facts": patch}) for place, patch in enumerate(patches)]
    found = sample(("2 9:00", "opened"), *events)

    assert (found.customers, found.at_least) == (customers, at_least)


def test_customers_that_are_named_count_if_they_are_more() -> None:
    opened = ("2 9:00", "opened", {"customers": ["acme", "bolt"]})
    few, many = (("2 9:10", "facts", {"facts": {"shops": n, "stores": 0}}) for n in (1, 3))

    assert (sample(opened, few).customers, sample(opened, few).at_least) == (2, False)
    assert (sample(opened, many).customers, sample(opened, many).at_least) == (3, False)
    assert (sample(opened).customers, sample(opened).at_least) == (2, True)
    assert sample(opened, many, pack=PLAIN).customers == 2


def test_a_count_alone_may_say_how_many_customers() -> None:
    pack = pack_with(customers="shops")
    found = sample(("2 9:00", "opened", {"facts": {"shops": 7}}), pack=pack)

    assert (found.customers, found.at_least) == (7, False)


def test_facts_rise_at_the_least_level_that_alone_meets_a_criterion() -> None:
    assert rising_levels(PACK) == {"impact": "poor", "lost": True, "places": 4}
    assert rising_levels(load_pack("support")) == {
        "functionality": "cosmetic",
        "performance": "significantly_degraded",
        "business_impact": "minor_inconvenience",
        "customer_impact": "significant",
        "broken_feature": "important",
        "security": "breach",
        "data_loss": True,
        "public_outage": True,
        "publicity": "crisis",
        "enterprise_customers": 2,
        "tier_2_3_customers": 2,
    }


def test_a_measure_that_is_worse_the_lower_rises_at_its_highest_floor() -> None:
    facts = {"speed": {"ask": "How fast?", "measure": {"unit": "mbit", "worse": "lower"}}}
    pack = pack_with(
        facts=facts,
        criteria={
            "1": {"crawl": {"text": "It crawls", "when": [{"speed": 1}]}},
            "2": {"slow": {"text": "It is slow", "when": [{"speed": 5}]}},
        },
        war_room={},
    )

    assert rising_levels(pack) == {"speed": 5}
    assert sample(("2 9:00", "opened", {"facts": {"speed": 5}}), pack=pack).reached == ("speed",)
    assert sample(("2 9:00", "opened", {"facts": {"speed": 5.1}}), pack=pack).reached == ()


def test_what_was_reached_once_stays_reached() -> None:
    found = sample(OPENED, ("2 9:10", "facts", {"facts": {"impact": "fine", "shops": 3, "stores": 1}}))

    assert found.reached == ("impact", "places")


@pytest.mark.parametrize(
    ("states", "late"),
    [
        pytest.param([("3 9:00", "done")], False, id="in-time"),
        pytest.param([("4 9:00", "done")], False, id="just-in-time"),
        pytest.param([("4 9:01", "done")], True, id="late"),
        pytest.param([("3 9:00", "done"), ("5 9:00", "done")], False, id="done-is-done"),
        pytest.param([("3 9:00", "done"), ("4 8:00", "open"), ("5 9:00", "done")], True, id="done-again"),
        pytest.param([("5 9:00", "dropped")], False, id="dropped"),
        pytest.param([], True, id="still-open"),
    ],
)
def test_an_action_is_late_past_its_date(states: list[tuple[str, str]], late: bool) -> None:  # noqa: FBT001
    due = ("2 9:10", "action", {"id": "A1", "due": "2026-03-04T09:00:00Z", "ref": "impact"})
    [deed] = sample(OPENED, due, *((at, "action", {"id": "A1", "state": state}) for at, state in states)).actions

    assert (deed.is_late, deed.ref, deed.due) == (late, "impact", instant("4 9:00"))


def test_an_action_without_a_date_is_never_late() -> None:
    events = [("2 9:10", "action", {"text": "Mend it"}), ("2 9:11", "action", {"text": "And that", "ref": "x"})]
    deeds = sample(OPENED, *events).actions

    assert [(deed.text, deed.ref, deed.is_late, deed.limit_at) for deed in deeds] == [
        ("Mend it", None, False, None),
        ("And that", "x", False, None),
    ]


def test_a_new_reference_replaces_the_old_one() -> None:
    events = [("2 9:10", "action", {"id": "A", "ref": "x"}), ("2 9:11", "action", {"id": "A", "ref": "y"})]
    [deed] = sample(OPENED, *events).actions

    assert (deed.ref, deed.at) == ("y", instant("2 9:11"))


def opened_at(*ats: str) -> dict[str, list[Entry]]:
    return {at: log((at, "opened")) for at in ats}


def test_incidents_belong_to_the_period_that_they_were_opened_in() -> None:
    found = Taken(opened_at("-5 23:59", "-5 0:00", "-6 23:59", "1 23:59", "2 0:00", "8 23:59", "9 0:00")).samples

    assert [one.id for one in found.current] == ["2 0:00", "8 23:59"]
    assert [one.id for one in found.previous] == ["-5 0:00", "-5 23:59", "1 23:59"]
    assert [one.id for one in found.others] == ["-6 23:59", "-5 0:00", "-5 23:59", "1 23:59"]
    assert all(type(one) is Outline for one in found.others)
    assert [one.id for one in found.outlines] == ["-6 23:59", "-5 0:00", "-5 23:59", "1 23:59", "2 0:00", "8 23:59"]


def test_the_period_before_is_read_as_it_stood_then() -> None:
    # It is read at the ninth, nine o'clock.
    found = Taken(
        {"T-1": log(("-3 9:00", "opened"), ("9 9:00", "resolved"), ("9 9:01", "closed"), ("9 9:02", "reopened"))}
    ).samples

    assert [one.phase for one in found.previous] == ["resolved"]
    assert [one.phase for one in found.others] == ["open"]


def test_what_was_not_opened_by_then_is_not_of_the_period_before() -> None:
    now = NOW - timedelta(days=9)
    found = Taken(opened_at("-1 8:59", "1 9:00", "-1 9:00"), now=now).samples

    assert WEEK.earlier(now) == instant("-1 9:00") + timedelta(days=1)
    assert [one.id for one in found.previous] == ["-1 8:59", "-1 9:00"]


def test_an_opening_that_was_struck_is_none() -> None:
    struck = {"entry": "x", "by": "ann", "reason": "wrong"}
    events = [
        ("-3 9:00", "opened", {"id": "x"}),
        ("3 9:00", "opened", {"title": "Truly"}),
        ("4 9:00", "struck", struck),
    ]
    found = Taken({"T-1": log(*events)}).samples

    assert [(one.title, one.opened_at) for one in found.current] == [("Truly", instant("3 9:00"))]
    # The strike came before the ninth.
    assert (found.previous, found.others) == ((), ())


def test_a_strike_that_comes_later_changes_nothing_of_the_period_before() -> None:
    struck = {"entry": "x", "by": "ann", "reason": "wrong"}
    events = [("-3 9:00", "opened", {"id": "x"}), ("3 9:00", "opened"), ("10 9:00", "struck", struck)]
    found = Taken({"T-1": log(*events)}).samples

    assert [one.opened_at for one in found.current] == [instant("3 9:00")]
    assert [one.opened_at for one in found.previous] == [instant("-3 9:00")]


def test_an_opening_after_the_period_hides_nothing_before_it() -> None:
    events = [("-3 9:00", "opened"), ("-3 9:30", "opened", {"title": "Again"})]
    taken = Taken({"T-1": log(*events)})

    assert len(taken.samples.previous) == 1
    assert [str(problem) for problem in taken.problems["T-1"]] == [
        "line 2: `opened` is set aside: the incident is open already; strike one of the two"
    ]


def test_an_outline_has_customers_and_causes_whatever_the_facts() -> None:
    events = [
        ("-9 9:00", "opened", {"facts": {"impact": "bad"}, "customers": ["acme"]}),
        ("-9 9:10", "facts", {"facts": {"impact": "poor"}}),
        ("-9 9:20", "facts", {"facts": {"impact": "poor"}, "customers": ["bolt"]}),
        ("-9 9:30", "cause", {"category": "bug"}),
        ("-9 9:40", "action", {"text": "Mend it"}),
        ("-9 9:50", "resolved"),
        ("-9 9:51", "reopened"),
        ("-9 9:52", "closed"),
    ]
    [found] = Taken({"T-1": log(*events)}).samples.others

    assert (found.named, [one.cause for one in found.causes]) == (("acme", "bolt"), ["bug"])
    assert [one.phase for one in found.phases] == ["open", "resolved", "open", "withdrawn"]
    assert [one.text for one in found.actions] == ["Mend it"]


def test_what_is_wrong_is_told_in_the_order_of_the_log() -> None:
    other = {"name": "other", "version": "1"}
    events = [("2 9:00", "opened", {"pack": other}), ("2 10:00", "resumed"), ("2 9:30", "resumed")]
    taken = Taken({"T-1": log(*events)})

    assert [(problem.path, problem.code) for problem in taken.problems["T-1"]] == [
        ("line 1", "other_pack"),
        ("line 2", "cannot_be"),
        ("line 3", "cannot_be"),
    ]


def test_of_what_is_opened_later_nothing_is_told() -> None:
    assert Taken({"T-1": log(("10 9:00", "opened"), ("10 10:00", "resumed"))}).problems == {"T-1": ()}


def test_what_was_never_opened_is_refused() -> None:
    with pytest.raises(IncidentError) as caught:
        Taken({"T-1": log(("2 9:00", "resolved"))})

    assert [problem.code for problem in caught.value.problems] == ["not_opened"]


def test_samples_come_back_from_their_json() -> None:
    logs = {
        "T-1": log(OPENED, ("2 9:10", "action", {"due": "2026-03-04"}), ("2 9:11", "action", {"due": NOW.isoformat()})),
        "T-2": log(("-3 9:00", "opened"), ("-3 9:30", "cause", {"category": "bug"})),
    }
    found = Taken(logs).samples

    assert Samples.model_validate_json(found.model_dump_json()) == found


def test_samples_of_other_periods_cannot_be_merged() -> None:
    some = Taken({}).samples

    others = (
        Taken({}, period=WEEK.before).samples,
        Taken({}, now=NOW + timedelta(days=1)).samples,
        replace(some, pack="sha256:other"),
    )
    for other in others:
        with pytest.raises(ValueError) as caught:  # noqa: PT011 - the message is all there is
            some.merged(other)
        assert str(caught.value) == "samples of one period, read at one instant by one pack, can be merged"


def test_samples_of_several_logs_are_merged_in_order() -> None:
    ats = {"T-1": "3 9:00", "T-2": "-3 9:00", "T-3": "2 9:00", "T-4": "-9 9:00"}
    logs = {id_: log((at, "opened")) for id_, at in ats.items()}
    first, *others = (Taken({id_: some}).samples for id_, some in logs.items())

    assert first.merged(*others) == Taken(logs).samples
    assert [one.id for one in first.merged(*others).outlines] == ["T-4", "T-2", "T-3", "T-1"]


def test_an_opening_that_was_struck_by_then_is_not_of_the_period_before() -> None:
    # The week before is read at the second, nine o'clock.
    struck = {"entry": "x", "by": "ann", "reason": "wrong"}
    events = [("-3 9:00", "opened", {"id": "x"}), ("1 9:00", "struck", struck), ("3 9:00", "opened")]
    found = Taken({"T-1": log(*events)}, now=instant("9 9:00")).samples

    assert ([one.opened_at for one in found.current], found.previous) == ([instant("3 9:00")], ())
