"""The SLA: the figures of the default pack, how they are inherited, and the instants owed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from sevclass import FactsError, classify, load_pack
from tests.unit.written import CHILD, SMALL, loaded

OPENED = datetime(2026, 3, 2, 14, 23, tzinfo=UTC)
FACTS: dict[int, dict[str, Any]] = {
    1: {"data_loss": True},
    2: {"functionality": "major"},
    3: {"functionality": "moderate"},
    4: {"functionality": "cosmetic"},
}


def owed(
    target: str, limit: str, seconds: tuple[int, int] | None, due: str | None = None, limit_at: str | None = None
) -> dict[str, Any]:
    """The JSON shape of one target."""
    target_s, limit_s = seconds or (None, None)
    return {
        "target": target,
        "limit": limit,
        "target_s": target_s,
        "limit_s": limit_s,
        "due": due,
        "limit_at": limit_at,
    }


MINUTE, HOUR, DAY, WEEK = 60, 3_600, 86_400, 604_800

UPDATES_3 = owed("1d", "1d", (DAY, DAY), "2026-03-03T14:23:00Z", "2026-03-03T14:23:00Z")
NOW_TO_15M = owed("0m", "15m", (0, 15 * MINUTE), "2026-03-02T14:23:00Z", "2026-03-02T14:38:00Z")
DEFAULT: dict[int, dict[str, Any]] = {
    1: {
        "initial_response": owed("15m", "15m", (900, 900), "2026-03-02T14:38:00Z", "2026-03-02T14:38:00Z"),
        "status_updates": owed("30m", "60m", (1_800, 3_600), "2026-03-02T14:53:00Z", "2026-03-02T15:23:00Z"),
        "notifications": [{"role": "executive-team"} | NOW_TO_15M, {"role": "vp-customer-support"} | NOW_TO_15M],
        "resolution": owed("2h", "4h", (2 * HOUR, 4 * HOUR), "2026-03-02T16:23:00Z", "2026-03-02T18:23:00Z"),
    },
    2: {
        "initial_response": owed("1h", "1h", (HOUR, HOUR), "2026-03-02T15:23:00Z", "2026-03-02T15:23:00Z"),
        "status_updates": owed("4h", "4h", (4 * HOUR, 4 * HOUR), "2026-03-02T18:23:00Z", "2026-03-02T18:23:00Z"),
        "notifications": [
            {"role": "support-manager"} | owed("1h", "1h", (HOUR, HOUR), "2026-03-02T15:23:00Z", "2026-03-02T15:23:00Z")
        ],
        "resolution": owed("8h", "24h", (8 * HOUR, 24 * HOUR), "2026-03-02T22:23:00Z", "2026-03-03T14:23:00Z"),
    },
    3: {
        "initial_response": owed("4h", "4h", (4 * HOUR, 4 * HOUR), "2026-03-02T18:23:00Z", "2026-03-02T18:23:00Z"),
        "status_updates": UPDATES_3,
        "notifications": [],
        "resolution": owed("2bd", "3bd", None, "2026-03-04T14:23:00Z", "2026-03-05T14:23:00Z"),
    },
    4: {
        "initial_response": owed("8h", "24h", (8 * HOUR, 24 * HOUR), "2026-03-02T22:23:00Z", "2026-03-03T14:23:00Z"),
        "status_updates": None,
        "notifications": [],
        "resolution": owed("1w", "2w", (WEEK, 2 * WEEK), "2026-03-09T14:23:00Z", "2026-03-16T14:23:00Z"),
    },
}


def without_instants(shape: object) -> object:
    """The same without an opening: every instant null."""
    match shape:
        case dict():
            return {k: None if k in {"due", "limit_at"} else without_instants(v) for k, v in shape.items()}
        case list():
            return [without_instants(item) for item in shape]
    return shape


@pytest.mark.parametrize("severity", DEFAULT)
def test_every_figure_of_the_default_pack(severity: int) -> None:
    found = classify(FACTS[severity], opened_at=OPENED)
    assert found.severity == severity
    assert found.model_dump()["sla"] == {"opened_at": "2026-03-02T14:23:00Z"} | DEFAULT[severity]


@pytest.mark.parametrize("severity", DEFAULT)
def test_without_an_opening_there_are_no_instants(severity: int) -> None:
    found = classify(FACTS[severity]).model_dump()["sla"]
    assert found == without_instants({"opened_at": None} | DEFAULT[severity])


THREE = {
    "pack.yaml": "name: small\nversion: 1.0.0\nseverities: {1: High, 2: Middle, 3: Low}\n",
    "criteria.yaml": """\
criteria:
  1: {dead: {text: It is dead, when: {speed: dead}}}
  2: {slow: {text: It is slow, when: {speed: slow}}}
""",
}
"""Of three severities: `dead` is 1, `slow` is 2, anything else 3."""


def sla(tmp_path: Path, rows: str, facts: dict[str, Any], opened_at: datetime | None = OPENED) -> dict[str, Any]:
    """What is owed by a pack of three severities."""
    files = THREE | {
        "roles.yaml": """\
roles: {lead: Leads, deputy: Helps, aide: Aids, guest: Looks on}
covers: {lead: [deputy], deputy: [aide]}
""",
        "sla.yaml": f"sla:\n{rows}\n",
    }
    found: dict[str, Any] = loaded(tmp_path, SMALL | files).classify(facts, opened_at=opened_at).model_dump()["sla"]
    return found


BERLIN = """\
calendar: {zone: Europe/Berlin, hours: {mon: ["09:00-17:00"], tue: ["09:00-17:00"]}}
calendars:
  nights: {zone: UTC, hours: {mon: ["22:00-06:00"], tue: ["22:00-06:00"]}}
  always:
    zone: UTC
    hours: {mon: ["00:00-24:00"], tue: ["00:00-24:00"], wed: ["00:00-24:00"], thu: ["00:00-24:00"],
            fri: ["00:00-24:00"], sat: ["00:00-24:00"], sun: ["00:00-24:00"]}
sla:
  1: {calendar: always, resolution: 8bh..9bh, status_updates: {within: 1bh, calendar: nights}, notify: {lead: 1h}}
  2: {resolution: 8bh}
  3: {initial_response: {within: 2h}, status_updates: 2bd, notify: {deputy: {within: 2bd, calendar: nights}}}
"""


def test_a_severity_or_a_target_may_have_its_own_calendar(tmp_path: Path) -> None:
    pack = loaded(tmp_path, SMALL | THREE | {"sla.yaml": BERLIN})
    late = datetime(2026, 3, 2, 17, tzinfo=UTC)  # a Monday; the office is closed
    worst, middle = (pack.classify(facts, opened_at=late).model_dump()["sla"] for facts in (DEAD, SLOW))

    assert (worst["resolution"]["due"], worst["resolution"]["limit_at"]) == (
        "2026-03-03T01:00:00Z",
        "2026-03-03T02:00:00Z",
    )
    assert worst["status_updates"]["limit_at"] == "2026-03-02T23:00:00Z"
    assert middle["resolution"]["limit_at"] == "2026-03-03T16:00:00Z"
    assert middle["status_updates"]["limit_at"] == "2026-03-09T16:00:00Z"
    assert middle["notifications"][0]["limit_at"] == "2026-03-04T06:00:00Z"
    assert middle["initial_response"] == owed(
        "2h", "2h", (7_200, 7_200), "2026-03-02T19:00:00Z", "2026-03-02T19:00:00Z"
    )


def test_a_pack_says_what_is_counted_on_which_calendar(tmp_path: Path) -> None:
    pack = loaded(tmp_path, SMALL | THREE | {"sla.yaml": BERLIN})
    office, nights = "Monday to Tuesday 09:00-17:00 (Europe/Berlin)", "Monday to Tuesday 22:00-06:00 (UTC)"

    assert pack.calendar == office
    assert [pack.business_time(severity) for severity in (1, 2, 3)] == [
        {"status_updates": nights, "resolution": "Monday to Sunday 00:00-24:00 (UTC)", "notify deputy": nights},
        {"status_updates": office, "resolution": office, "notify deputy": nights},
        {"status_updates": office, "notify deputy": nights},
    ]
    with pytest.raises(KeyError):
        pack.business_time(4)


def test_where_aim_and_limit_come_sooner_by_two_figures_it_is_that_of_the_limit(tmp_path: Path) -> None:
    rows = """\
sla:
  1: {resolution: 4h..8h, initial_response: 4h..8h, status_updates: 999999w}
  2: {resolution: 5h..6h, initial_response: 3h..9h, status_updates: 1h..999999w}
  3: {resolution: 3h..10h, initial_response: 999999w}
"""
    pack = loaded(tmp_path, SMALL | THREE | {"sla.yaml": rows})
    assert pack.sooner(1, OPENED) == {
        "initial_response": "3h..9h of severity 2",
        "status_updates": "1h..999999w of severity 2",
        "resolution": "5h..6h of severity 2",
    }


def test_a_pack_says_which_figure_comes_sooner(tmp_path: Path) -> None:
    rows = """\
calendar: {zone: Europe/Berlin, hours: {mon: ["09:00-17:00"], tue: ["09:00-17:00"]}}
covers: {lead: [deputy]}
sla:
  1: {initial_response: 4bh, resolution: 1d..2d, notify: {lead: 3h}}
  2: {initial_response: 8h..24h, status_updates: 1h, resolution: 1d..3d, notify: {deputy: 1h}}
  3: {initial_response: 1bh, status_updates: 5m..2h, resolution: 999999w}
"""
    pack = loaded(tmp_path, SMALL | THREE | {"sla.yaml": rows})
    friday, monday = datetime(2026, 3, 6, 16, 30, tzinfo=UTC), datetime(2026, 3, 9, 9, 0, tzinfo=UTC)

    assert pack.sooner(1, friday) == {
        "initial_response": "8h..24h of severity 2",
        "status_updates": "5m..2h of severity 3",
        "notify lead": "1h of severity 2",
    }
    assert pack.sooner(1, monday) == {
        "initial_response": "1bh of severity 3 (Monday to Tuesday 09:00-17:00 (Europe/Berlin))",
        "status_updates": "5m..2h of severity 3",
        "notify lead": "1h of severity 2",
    }
    assert pack.sooner(2, friday) == {"status_updates": "5m..2h of severity 3"}
    assert pack.sooner(3, friday) == {}
    with pytest.raises(KeyError):
        pack.sooner(4, friday)


def test_a_pack_with_calendars_is_written_as_it_is_read(tmp_path: Path) -> None:
    pack = loaded(tmp_path, SMALL | THREE | {"sla.yaml": BERLIN})
    written = json.dumps(pack.model_dump())
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "pack.yaml").write_text(written)

    assert load_pack(tmp_path / "again") == pack
    assert '"status_updates": {"within": "1bh", "calendar": "nights"}' in written
    assert '"initial_response": "2h"' in written


def test_a_pack_that_extends_another_may_change_its_calendar(tmp_path: Path) -> None:
    child = {
        "pack.yaml": CHILD["pack.yaml"]
        + 'calendar: {zone: Asia/Tokyo, hours: {thu: ["10:00-12:00"], fri: ["10:00-12:00"]}}\n'
    }
    found = loaded(tmp_path, child).classify(FACTS[3], opened_at=OPENED)

    assert found.model_dump()["sla"]["resolution"]["due"] == "2026-03-06T03:00:00Z"


DEAD, SLOW, FINE = {"speed": "dead"}, {"speed": "slow"}, {"speed": "fine"}


def test_a_severity_without_a_target_has_that_of_the_next_milder_one(tmp_path: Path) -> None:
    found = sla(tmp_path, "  3: {resolution: 8h, initial_response: 2h}\n  2: {initial_response: 1h}", DEAD, None)
    assert found["resolution"] == owed("8h", "8h", (8 * HOUR, 8 * HOUR))
    assert found["initial_response"] == owed("1h", "1h", (HOUR, HOUR))
    assert found["status_updates"] is None


def test_a_severity_does_not_have_the_target_of_a_worse_one(tmp_path: Path) -> None:
    assert sla(tmp_path, "  1: {resolution: 8h}", FINE, None)["resolution"] is None


def test_a_milder_severity_may_owe_the_earlier_instant(tmp_path: Path) -> None:
    rows = "  1: {resolution: 4h..8h}\n  2: {resolution: 5h..6h}\n  3: {resolution: 1h..9h}"
    found = sla(tmp_path, rows, DEAD)["resolution"]
    assert found == owed("4h", "8h", (4 * HOUR, 8 * HOUR), "2026-03-02T15:23:00Z", "2026-03-02T20:23:00Z")


def test_business_time_may_owe_the_earlier_instant(tmp_path: Path) -> None:
    rows = "  1: {resolution: 1d}\n  3: {resolution: 2bh}"
    found = sla(tmp_path, rows, DEAD)["resolution"]
    assert (found["due"], found["limit_at"]) == ("2026-03-02T16:23:00Z", "2026-03-02T16:23:00Z")


@pytest.mark.parametrize(
    ("opened_at", "due", "limit_at"),
    [
        ("2026-03-06T16:00:00Z", "2026-03-10T16:00:00Z", "2026-03-11T16:00:00Z"),
        ("2026-03-07T10:00:00Z", "2026-03-10T17:00:00Z", "2026-03-11T17:00:00Z"),
        ("2026-03-08T23:00:00-01:00", "2026-03-10T17:00:00Z", "2026-03-11T17:00:00Z"),
    ],
    ids=["Friday", "Saturday", "midnight to Monday"],
)
def test_business_days_pass_over_the_weekend(opened_at: str, due: str, limit_at: str) -> None:
    found = classify(FACTS[3], opened_at=datetime.fromisoformat(opened_at)).model_dump()["sla"]["resolution"]
    assert (found["due"], found["limit_at"]) == (due, limit_at)


def test_business_hours_have_no_length_in_seconds(tmp_path: Path) -> None:
    found = sla(tmp_path, "  3: {resolution: 1bh..2bh}", FINE)["resolution"]
    assert found == owed("1bh", "2bh", None, "2026-03-02T15:23:00Z", "2026-03-02T16:23:00Z")


def test_notifications_add_up_and_leave_out_who_is_covered(tmp_path: Path) -> None:
    rows = "  1: {notify: {lead: 15m}}\n  2: {notify: {guest: 1h, deputy: 1h}}\n  3: {notify: {aide: 2h, lead: 3h}}"
    found = sla(tmp_path, rows, DEAD, None)["notifications"]
    assert found == [
        {"role": "lead"} | owed("15m", "15m", (900, 900)),
        {"role": "guest"} | owed("1h", "1h", (HOUR, HOUR)),
    ]


def test_a_role_owes_the_earliest_figure_of_all_it_stands_for(tmp_path: Path) -> None:
    rows = "  1: {notify: {lead: 4h}}\n  2: {notify: {deputy: 2h..5h}}\n  3: {notify: {aide: 1h..6h}}"
    (found,) = sla(tmp_path, rows, DEAD)["notifications"]
    assert found == {"role": "lead"} | owed(
        "4h", "4h", (4 * HOUR, 4 * HOUR), "2026-03-02T15:23:00Z", "2026-03-02T18:23:00Z"
    )


def test_a_role_with_a_row_of_its_own_owes_for_itself(tmp_path: Path) -> None:
    rows = "  1: {notify: {deputy: 4h, lead: 4h}}\n  2: {notify: {deputy: 1h}}"
    deputy, lead = sla(tmp_path, rows, DEAD)["notifications"]
    assert (deputy["role"], deputy["due"]) == ("deputy", "2026-03-02T15:23:00Z")
    assert (lead["role"], lead["due"]) == ("lead", "2026-03-02T18:23:00Z")


def test_a_milder_severity_does_not_owe_the_notifications_of_a_worse_one(tmp_path: Path) -> None:
    rows = "  1: {notify: {lead: 15m}}\n  3: {notify: {guest: 2h}}"
    assert [row["role"] for row in sla(tmp_path, rows, SLOW)["notifications"]] == ["guest"]


@pytest.mark.parametrize("severity", [1, 2, 3])
def test_an_opening_without_a_zone_is_refused(severity: int) -> None:
    with pytest.raises(FactsError) as caught:
        classify(FACTS[severity], opened_at=OPENED.replace(tzinfo=None))
    assert str(caught.value) == "opened_at: `2026-03-02 14:23:00` has no time zone; give a datetime with a time zone"


def test_an_opening_may_be_in_any_zone() -> None:
    there = OPENED.astimezone(timezone(timedelta(hours=-8)))
    found = classify(FACTS[1], opened_at=there)
    assert found == classify(FACTS[1], opened_at=OPENED)
    assert found.sla.resolution is not None
    assert found.sla.resolution.due == OPENED + timedelta(hours=2)
    assert found.sla.resolution.due.tzinfo is UTC


def test_instants_keep_their_microseconds() -> None:
    found = classify(FACTS[1], opened_at=OPENED.replace(microsecond=250_000)).model_dump()["sla"]
    assert found["opened_at"] == "2026-03-02T14:23:00.250000Z"
    assert found["initial_response"]["due"] == "2026-03-02T14:38:00.250000Z"


def test_the_first_year_is_written_with_four_digits() -> None:
    found = classify(FACTS[1], opened_at=datetime(1, 1, 1, tzinfo=UTC)).model_dump()["sla"]
    assert (found["opened_at"], found["initial_response"]["due"]) == ("0001-01-01T00:00:00Z", "0001-01-01T00:15:00Z")


@pytest.mark.parametrize("severity", DEFAULT)
def test_an_instant_beyond_the_year_9999_is_a_problem(severity: int) -> None:
    with pytest.raises(FactsError) as caught:
        classify(FACTS[severity], opened_at=datetime(9999, 12, 31, 23, 59, tzinfo=UTC))
    assert str(caught.value) == "opened_at: an instant owed lies too far away; check the opening and the SLA"
    assert caught.value.problems[0].code == "out_of_range"


def test_the_last_opening_that_owes_everything_in_time() -> None:
    found = classify(FACTS[1], opened_at=datetime(9999, 12, 31, 19, 59, 59, 999_999, tzinfo=UTC))
    assert found.model_dump()["sla"]["resolution"]["limit_at"] == "9999-12-31T23:59:59.999999Z"


def test_an_instant_beyond_the_year_9999_is_not_the_earliest(tmp_path: Path) -> None:
    rows = "  1: {resolution: 999999w}\n  3: {resolution: 1h}"
    found = sla(tmp_path, rows, DEAD)["resolution"]
    assert (found["target"], found["due"]) == ("999999w", "2026-03-02T15:23:00Z")
