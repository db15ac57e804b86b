"""Instants: RFC 3339 in, UTC inside, RFC 3339 out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from sevclass.instants import instant_text, read_instant
from sevclass.problems import Problem

EXAMPLE = "for example `2026-03-02T14:23:00Z`"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-02T14:23:00Z", "2026-03-02T14:23:00Z"),
        ("2026-03-02t14:23:00z", "2026-03-02T14:23:00Z"),
        ("2026-03-02 14:23:00Z", "2026-03-02T14:23:00Z"),
        ("2026-03-02T14:23:00+00:00", "2026-03-02T14:23:00Z"),
        ("2026-03-02T14:23:00-00:00", "2026-03-02T14:23:00Z"),
        ("2026-03-02T15:23:00+01:00", "2026-03-02T14:23:00Z"),
        ("2026-03-01T14:53:00-23:30", "2026-03-02T14:23:00Z"),
        ("2026-03-02T14:23:00+23:59", "2026-03-01T14:24:00Z"),
        ("2026-03-02T14:23:00.5Z", "2026-03-02T14:23:00.500000Z"),
        ("2026-03-02T14:23:00.000001Z", "2026-03-02T14:23:00.000001Z"),
        ("2026-03-02T14:23:00.000000Z", "2026-03-02T14:23:00Z"),
        ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
    ],
)
def test_rfc_3339_is_read(text: str, expected: str) -> None:
    instant = read_instant(text, "at")
    assert isinstance(instant, datetime)
    assert instant.tzinfo is UTC
    assert instant_text(instant) == expected


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        ("", "not_an_instant", f"at: `` is not an instant; {EXAMPLE}"),
        ("yesterday", "not_an_instant", f"at: `yesterday` is not an instant; {EXAMPLE}"),
        ("2026-03-02", "not_an_instant", f"at: `2026-03-02` is not an instant; {EXAMPLE}"),
        ("20260302T142300Z", "not_an_instant", f"at: `20260302T142300Z` is not an instant; {EXAMPLE}"),
        ("2026-03-02T14:23Z", "not_an_instant", f"at: `2026-03-02T14:23Z` is not an instant; {EXAMPLE}"),
        ("2026-03-02T14:23:00Z\n", "not_an_instant", f"at: `2026-03-02T14:23:00Z\\n` is not an instant; {EXAMPLE}"),
        ("2026-03-02T14:23:00+1:00", "not_an_instant", f"at: `2026-03-02T14:23:00+1:00` is not an instant; {EXAMPLE}"),
        ("2026-03-02T14:23:00.Z", "not_an_instant", f"at: `2026-03-02T14:23:00.Z` is not an instant; {EXAMPLE}"),
        (
            "2026-03-02T14:23:00.1234567Z",
            "not_an_instant",
            "at: `2026-03-02T14:23:00.1234567Z` is too exact; a second has at most six digits",
        ),
        (
            "٢٠٢٦-٠٣-٠٢T١٤:٢٣:٠٠Z",
            "not_an_instant",
            f"at: `٢٠٢٦-٠٣-٠٢T١٤:٢٣:٠٠Z` is not an instant; {EXAMPLE}",
        ),
        ("9" * 500, "not_an_instant", f"at: `{'9' * 79}…` is not an instant; {EXAMPLE}"),
        ("2026-02-30T14:23:00Z", "not_an_instant", f"at: `2026-02-30T14:23:00Z` is not on any calendar; {EXAMPLE}"),
        ("2026-13-01T14:23:00Z", "not_an_instant", f"at: `2026-13-01T14:23:00Z` is not on any calendar; {EXAMPLE}"),
        ("0000-01-01T00:00:00Z", "not_an_instant", f"at: `0000-01-01T00:00:00Z` is not on any calendar; {EXAMPLE}"),
        ("2026-03-02T24:00:00Z", "not_an_instant", f"at: `2026-03-02T24:00:00Z` is not an instant; {EXAMPLE}"),
        ("2026-03-02T14:23:60Z", "not_an_instant", f"at: `2026-03-02T14:23:60Z` is not an instant; {EXAMPLE}"),
        (
            "2026-03-02T14:23:00+24:00",
            "not_an_instant",
            f"at: `2026-03-02T14:23:00+24:00` is not an instant; {EXAMPLE}",
        ),
        (
            "2026-03-02T14:23:00+05:60",
            "not_an_instant",
            f"at: `2026-03-02T14:23:00+05:60` is not an instant; {EXAMPLE}",
        ),
        (
            "2026-03-02T14:23:00-05:99",
            "not_an_instant",
            f"at: `2026-03-02T14:23:00-05:99` is not an instant; {EXAMPLE}",
        ),
        (
            "2026-03-02T14:23:00",
            "no_zone",
            "at: `2026-03-02T14:23:00` has no time zone; write `2026-03-02T14:23:00Z` if it is in UTC",
        ),
        (
            "0001-01-01T00:00:00+01:00",
            "out_of_range",
            "at: `0001-01-01 00:00:00+01:00` is out of range; in UTC, years are from 1 to 9999",
        ),
        (
            "9999-12-31T23:59:59-00:01",
            "out_of_range",
            "at: `9999-12-31 23:59:59-00:01` is out of range; in UTC, years are from 1 to 9999",
        ),
        (1772461380, "not_an_instant", f"at: 1772461380 is not an instant; {EXAMPLE}"),
        (None, "not_an_instant", f"at: null is not an instant; {EXAMPLE}"),
        (date(2026, 3, 2), "not_an_instant", f"at: a value of type `date` is not an instant; {EXAMPLE}"),
        (
            datetime(2026, 3, 2, 14, 23),  # noqa: DTZ001 - naive, as is to be refused
            "no_zone",
            "at: `2026-03-02 14:23:00` has no time zone; give a datetime with a time zone",
        ),
        (
            datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
            "out_of_range",
            "at: `0001-01-01 00:00:00+14:00` is out of range; in UTC, years are from 1 to 9999",
        ),
    ],
)
def test_what_is_no_instant_is_refused(value: object, code: str, expected: str) -> None:
    found = read_instant(value, "at")
    assert isinstance(found, Problem)
    assert found.code == code
    assert str(found) == expected


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        (datetime(2026, 3, 2, 14, 23, tzinfo=UTC), "2026-03-02T14:23:00Z"),
        (datetime(2026, 3, 2, 15, 23, tzinfo=timezone(timedelta(hours=1))), "2026-03-02T14:23:00Z"),
        (datetime(2026, 3, 2, 14, 23, 0, 120_000, tzinfo=UTC), "2026-03-02T14:23:00.120000Z"),
        (datetime(1, 1, 1, tzinfo=UTC), "0001-01-01T00:00:00Z"),
    ],
)
def test_instants_are_written_in_utc(instant: datetime, expected: str) -> None:
    assert instant_text(instant) == expected


def test_a_datetime_is_taken_to_utc() -> None:
    given = datetime(2026, 3, 2, 4, 23, tzinfo=timezone(timedelta(hours=-10)))
    assert read_instant(given, "at") == datetime(2026, 3, 2, 14, 23, tzinfo=UTC)
