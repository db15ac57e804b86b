"""What a review lacks, and what the log says otherwise."""

from __future__ import annotations

from datetime import datetime

import pytest

from sevclass import load_pack
from sevclass.insight.review_check import REVIEW_CODES, Looked, check_review
from sevclass.insight.review_draft import draft
from sevclass.insight.review_reading import ReadReview, read_review
from tests import outage
from tests.unit.incidents import PACK, Data, at, event, opened, state

GOOD = """\
incident_id: T-1
severity: Sev 1
duration: 3 hours 42 minutes
customers_impacted: 87
business_impact: Shops could not sell
timeline: ["14:23 - First report"]
root_cause:
  what_happened: The pool of connections ran out
  why_happened: A release leaked connections
  why_not_caught: Load testing didn't simulate peak concurrent users
contributing_factors: [The threshold of the alert was too high]
what_went_well: [Found fast]
what_went_poorly: [The first guess was wrong]
action_items: ["Watch the pool [Owner: SRE] [Due: 2026-03-09]"]
prevention_confidence: high
"""


FILL = "write what is known, or how it will be found out"
WHY = "ask what made it possible, and again of each answer"
NOT_CAUGHT = "which check should have found it first, and why did it not"
TOOK = "from the report to the resolution it took"
RIGHT = "put right what is wrong, here or in the log"
HOLD = "hold it, and tell the log with `sevclass incident review`"


def read(text: str) -> ReadReview:
    found = read_review(text.encode(), "r")
    assert isinstance(found, ReadReview), found
    return found


def told(text: str, log: Looked | None = None) -> list[str]:
    return [
        f"{one.path.removeprefix('r:')} {one.code} {one.message}{f'; {one.hint}' if one.hint else ''}"
        for one in check_review(read(text), log)
    ]


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def looked(*events: Data, now: float = 10_000) -> Looked:
    return Looked.at(state(*events, now=now), PACK)


def test_a_good_review() -> None:
    assert told(GOOD) == []


def test_a_review_that_says_nothing() -> None:
    assert told("{}") == [
        "1:1 PR006 `incident_id` is missing",
        "1:1 PR006 `severity` is missing",
        "1:1 PR006 `duration` is missing",
        "1:1 PR006 `customers_impacted` is missing",
        "1:1 PR006 `business_impact` is missing",
        "1:1 PR006 `timeline` is missing; what happened when, as `14:23 - First report`",
        "1:1 PR006 `root_cause` is missing; with `what_happened`, `why_happened` and `why_not_caught`",
        "1:1 PR006 `contributing_factors` is missing; what made it more likely, or worse, or longer",
        "1:1 PR006 `what_went_well` is missing; what should be done the same way again",
        "1:1 PR006 `what_went_poorly` is missing; what cost time, or trust",
        "1:1 PR006 `action_items` is missing; what is to be done so that it does not happen again, by whom and when",
        "1:1 PR006 `prevention_confidence` is missing; `low`, `medium` or `high`",
    ]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        pytest.param("duration: 3 hours 42 minutes", "duration:", ["3:1 PR006 `duration` says nothing"], id="null"),
        pytest.param(
            "[Found fast]",
            "[]",
            ["12:1 PR006 `what_went_well` is empty; what should be done the same way again"],
            id="empty",
        ),
        pytest.param("customers_impacted: 87", "customers_impacted: 0", [], id="no-customer-is-a-number"),
        pytest.param(
            "prevention_confidence: high", "prevention_confidence: low\nsimilar_incidents: []", [], id="none-alike"
        ),
        pytest.param(
            "Shops could not sell",
            "$estimated_revenue_loss",
            ["5:18 PR001 a gap is left: `$estimated_revenue_loss`; write what is known, or how it will be found out"],
            id="placeholder",
        ),
        pytest.param(
            "Shops could not sell",
            "{amount: 3, text: 'so [… what …]'}",
            ["5:36 PR001 a gap is left: `[… what …]`; write what is known, or how it will be found out"],
            id="a-gap-in-a-text",
        ),
        pytest.param(
            "[Found fast]",
            "[Found fast, TBD]",
            ["12:30 PR001 a gap is left: `TBD`; write what is known, or how it will be found out"],
            id="a-gap-in-a-list",
        ),
        pytest.param(
            "87",
            "'[… how many …]'",
            ["4:21 PR001 a gap is left: `[… how many …]`; write what is known, or how it will be found out"],
            id="gap",
        ),
        pytest.param(
            '"Watch the pool [Owner: SRE] [Due: 2026-03-09]"',
            "{text: Watch, owner: '[… who …]', due: '[… when …]'}",
            [
                "14:37 PR001 a gap is left: `[… who …]`; write what is known, or how it will be found out",
                "14:55 PR001 a gap is left: `[… when …]`; write what is known, or how it will be found out",
            ],
            id="gaps-of-an-action",
        ),
        pytest.param(
            '"Watch the pool [Owner: SRE] [Due: 2026-03-09]"',
            "Watch, {text: Say, state: done}, {text: No, state: dropped}, '[… what …]', {text: Do, due: '2026-03-09'}",
            [
                "14:16 PR002 nobody has `Watch` to do; name who does it, as `[Owner: SRE]`",
                "14:16 PR003 no day for `Watch`; by when, as `[Due: 2026-03-09]`",
                "14:23 PR002 nobody has `Say` to do; name who does it, as `[Owner: SRE]`",
                "14:77 PR001 a gap is left: `[… what …]`; write what is known, or how it will be found out",
                "14:91 PR002 nobody has `Do` to do; name who does it, as `[Owner: SRE]`",
            ],
            id="actions",
        ),
        pytest.param(
            "A release leaked connections",
            "Human error",
            ["9:17 PR004 `why_happened` gives no reason: `Human error`; " + WHY],
            id="human-error",
        ),
        pytest.param(
            "A release leaked connections",
            "The connections of the pool ran out",
            ["9:17 PR004 `why_happened` says again what happened; ask what made it possible, and again of each answer"],
            id="what-again",
        ),
        pytest.param(
            "Load testing didn't simulate peak concurrent users",
            "unknown",
            ["10:19 PR004 `why_not_caught` gives no reason: `unknown`; " + NOT_CAUGHT],
            id="not-caught",
        ),
        pytest.param(
            "  what_happened: The pool of connections ran out\n",
            "",
            ["7:1 PR004 no `what_happened`; say what broke, so that somebody who was not there understands it"],
            id="no-what",
        ),
        pytest.param(
            "A release leaked connections",
            "'[… why …]'",
            ["9:17 PR001 a gap is left: `[… why …]`; write what is known, or how it will be found out"],
            id="a-gap-is-told-as-one",
        ),
        pytest.param(
            "The first guess was wrong",
            "Ann Lee forgot the flag",
            ["13:20 PR005 `Ann Lee` is blamed; say what made it possible, whoever it was"],
            id="blame",
        ),
        pytest.param("Found fast", "Ann Lee forgot nothing", [], id="praise-may-have-names"),
        pytest.param(
            "3 hours 42 minutes",
            "long",
            ["3:11 PR008 `long` cannot be read as a duration; as `3 hours 42 minutes`"],
            id="duration",
        ),
        pytest.param(
            "what_went_well",
            "what_went_wel",
            [
                "1:1 PR006 `what_went_well` is missing; what should be done the same way again",
                "12:1 PR010 unknown key `what_went_wel`; did you mean `what_went_well`?",
            ],
            id="misspelt",
        ),
        pytest.param("incident_id: T-1", "incident_id: T-1\nmore: 1\ntimelin: 2", [], id="the-teams-own"),
    ],
)
def test_what_is_found(old: str, new: str, found: list[str]) -> None:
    assert told(changed(old, new)) == found


def test_everything_stands_in_the_order_of_the_file() -> None:
    text = changed("87", "TBD").replace("A release leaked connections", "a bug").replace("[Found fast]", "[]")
    assert [line.split()[1] for line in told(text)] == ["PR001", "PR004", "PR006"]


# --- against the log --------------------------------------------------------------------------------------------------


def test_the_payments_outage() -> None:
    log = Looked.at(outage.state_of(), load_pack())

    assert told(changed("T-1", "INC-12345"), log) == []
    assert told(
        changed("T-1", "INC-1").replace("Sev 1", "Sev 2").replace("42 minutes", "40 minutes").replace("87", "78"), log
    ) == [
        "1:14 PR007 `incident_id` is `INC-1`, but the log is that of `INC-12345`; " + RIGHT,
        "2:11 PR007 `severity` is `Sev 2`, but the worst that was in force is Sev 1; " + RIGHT,
        f"3:11 PR007 `duration` is `3 hours 40 minutes`, but {TOOK} 3 hours 42 minutes; {RIGHT}",
        "4:21 PR007 `customers_impacted` is `78`, but the log has 87; put right what is wrong, here or in the log",
    ]


def test_what_is_given_less_exactly_is_no_contradiction() -> None:
    log = Looked.at(outage.state_of(), load_pack())

    assert told(changed("T-1", "INC-12345").replace("3 hours 42 minutes", "4 hours"), log) == []
    assert told(changed("T-1", "'[… which …]'"), log)[1:] == []


@pytest.mark.parametrize(
    ("customers", "found"),
    [
        pytest.param("1", ["but the log has at least 2"], id="fewer"),
        pytest.param("2", [], id="as-many"),
        pytest.param("3", [], id="more"),
        pytest.param("at least 2", [], id="at-least"),
        pytest.param("'[… how many …]'", [], id="a-gap"),
    ],
)
def test_customers_of_whom_a_part_is_unknown(customers: str, found: list[str]) -> None:
    log = looked(opened(impact="bad") | {"customers": ["a", "b"]})
    text = f"customers_impacted: {customers}"
    assert [line.split("`, ")[1].split(";")[0] for line in told(text, log) if "PR007" in line] == found


def test_more_customers_than_the_log_has() -> None:
    log = Looked.at(outage.state_of(), load_pack())
    assert [line for line in told("customers_impacted: 88", log) if "PR007" in line] == [
        "1:21 PR007 `customers_impacted` is `88`, but the log has 87; put right what is wrong, here or in the log"
    ]


def test_customers_of_whom_nobody_says_anything() -> None:
    assert [line for line in told("customers_impacted: 88", looked(opened())) if "PR007" in line] == []


def test_a_duration_of_what_is_not_resolved() -> None:
    (line,) = (line for line in told("duration: 1 hour", looked(opened())) if "PR007" in line)
    assert line.startswith("1:11 PR007 `duration` is `1 hour`, but by the log it is not resolved;")


def test_people_are_known_from_the_log() -> None:
    log = looked(
        opened(impact="bad") | {"by": "anna"},
        event(1, "assigned", role="lead", person="kim") | {"source": "pager"},
        event(2, "assigned", role="aide", person=None) | {"by": "Pager"},
        event(3, "action", text="a", owner="max"),
        event(4, "action", text="b") | {"by": "chief"},
    )
    assert log.people == {"anna", "kim", "max"}
    text = changed("The first guess was wrong", "Anna guessed, Kim waited").replace("Found fast", "Max found it")
    assert [line for line in told(text, log) if "PR005" in line] == [
        "13:20 PR005 `Anna` is blamed; say what made it possible, whoever it was",
        "13:34 PR005 `Kim` is blamed; say what made it possible, whoever it was",
    ]


RESOLVED = (opened(impact="bad"), event(60, "resolved"))
DAYS = 24 * 60


@pytest.mark.parametrize(
    ("events", "now", "found"),
    [
        pytest.param(RESOLVED, 60 + 2 * DAYS, [], id="just-in-time"),
        pytest.param(
            RESOLVED,
            61 + 2 * DAYS,
            ["1:1 PR009 the review is not held yet; it was owed by 2026-03-04T10:00:00Z; " + HOLD],
            id="late",
        ),
        pytest.param((*RESOLVED, event(DAYS, "reviewed")), 9 * DAYS, [], id="held"),
        pytest.param(
            (*RESOLVED, event(3 * DAYS, "reviewed")),
            9 * DAYS,
            ["1:1 PR009 the review was held at 2026-03-05T09:00:00Z; it was owed by 2026-03-04T10:00:00Z"],
            id="held-late",
        ),
        pytest.param((opened(impact="poor"), event(60, "resolved")), 9 * DAYS, [], id="not-owed"),
        pytest.param((opened(impact="bad"),), 9 * DAYS, [], id="not-resolved"),
    ],
)
def test_whether_it_is_on_time(events: tuple[Data, ...], now: float, found: list[str]) -> None:
    assert [line for line in told("{}", looked(*events, now=now)) if "PR009" in line] == found


def test_the_clock_of_the_review() -> None:
    clock = looked(*RESOLVED, now=100).clock
    assert (clock.clock, clock.limit_at) == ("review", at(60 + 2 * DAYS))


def test_a_draft_has_only_gaps() -> None:
    found = draft(outage.state_of(), load_pack())
    log = Looked.at(outage.state_of(now=datetime.fromisoformat("2026-03-03T00:00:00Z")), load_pack())

    assert {line.split()[1] for line in told(found.text, log)} == {"PR001"}


def test_codes_are_in_order() -> None:
    assert list(REVIEW_CODES) == [f"PR{number:03}" for number in range(1, len(REVIEW_CODES) + 1)]
