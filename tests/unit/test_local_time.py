"""Instants as a reader has them: the zone and its difference are always there, so that no instant means two."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime

import pytest

from sevclass import MessageError
from sevclass.playbook.local_time import LocalTime

NO_ZONE = "is not a time zone; for example `Europe/Berlin`, or `UTC`; the package `tzdata` has them all"
NO_LOCALE = "is not a locale; for example `en-GB`, `de` or `de-AT`"
AT = datetime(2026, 3, 2, 14, 53, 59, 999_999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "locale", "expected"),
    [
        ("UTC", "en", "Monday, March 2, 2026, 2:53 PM UTC"),
        ("UTC", "de-AT", "Montag, 2. März 2026, 14:53 UTC"),
        ("Europe/Berlin", "de", "Montag, 2. März 2026, 15:53 Mitteleuropäische Normalzeit (UTC+01:00)"),
        ("Europe/Berlin", "en-GB", "Monday, 2 March 2026, 15:53 Central European Standard Time (UTC+01:00)"),
        ("America/New_York", "en-US", "Monday, March 2, 2026, 9:53 AM Eastern Standard Time (UTC-05:00)"),
        ("Asia/Kolkata", "en", "Monday, March 2, 2026, 8:23 PM India Standard Time (UTC+05:30)"),
        ("Australia/Lord_Howe", "de", "Dienstag, 3. März 2026, 01:53 Lord-Howe-Sommerzeit (UTC+11:00)"),
    ],
)
def test_an_instant_as_a_reader_has_it(zone: str, locale: str, expected: str) -> None:
    assert LocalTime(zone, locale)(AT) == expected


def test_an_hour_that_comes_twice_is_told_apart() -> None:
    time = LocalTime("Europe/Vienna", "de")
    first, second = (time(datetime(2026, 10, 25, hour, 30, tzinfo=UTC)) for hour in (0, 1))

    assert first == "Sonntag, 25. Oktober 2026, 02:30 Mitteleuropäische Sommerzeit (UTC+02:00)"
    assert second == "Sonntag, 25. Oktober 2026, 02:30 Mitteleuropäische Normalzeit (UTC+01:00)"


def test_a_day_has_no_zone() -> None:
    time = LocalTime("Europe/Berlin", "de-AT")

    assert time.day(date(2026, 3, 2)) == "Montag, 2. März 2026"
    assert time.day(AT) == time(AT)


@pytest.mark.parametrize("at", [datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/New_York"])
def test_at_the_ends_of_time_it_is_told_in_utc_if_need_be(at: datetime, zone: str) -> None:
    assert str(at.year) in LocalTime(zone, "en")(at)


@pytest.mark.parametrize(
    ("zone", "locale", "expected"),
    [
        (
            "Mars",
            "en",
            f"`Mars` {NO_ZONE}",
        ),
        ("Europe/Berln", "en", "`Europe/Berln` is not a time zone; did you mean `Europe/Berlin`?"),
        ("UTC", "xx-YY", f"`xx-YY` {NO_LOCALE}"),
        ("UTC", "", f"`` {NO_LOCALE}"),
        ("UTC", "de_AT", f"`de_AT` {NO_LOCALE}"),
        ("UTC", "../../etc", f"`../../etc` {NO_LOCALE}"),
        (
            "",
            "\x1b",
            f"`` {NO_ZONE}\n`\\x1b` {NO_LOCALE}",
        ),
    ],
)
def test_what_there_is_not(zone: str, locale: str, expected: str) -> None:
    with pytest.raises(MessageError) as caught:
        LocalTime(zone, locale)
    assert str(caught.value) == expected


def test_without_babel_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "babel", None)

    with pytest.raises(MessageError) as caught:
        LocalTime("UTC", "en")
    assert str(caught.value) == ("messages need the extra `messages`; install it: pip install 'sevclass[messages]'")
