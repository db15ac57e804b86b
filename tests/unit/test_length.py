"""How long something took, in words and from words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from sevclass.insight.length import length_text, read_length

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("length", "text"),
    [
        pytest.param(3 * HOUR + 42 * MINUTE, "3 hours 42 minutes", id="hours-and-minutes"),
        pytest.param(HOUR + MINUTE, "1 hour 1 minute", id="one-of-each"),
        pytest.param(2 * DAY + HOUR, "2 days 1 hour", id="days"),
        pytest.param(DAY + 2 * MINUTE, "1 day 2 minutes", id="no-hours"),
        pytest.param(MINUTE + timedelta(seconds=59), "1 minute", id="seconds-beside-minutes"),
        pytest.param(timedelta(seconds=59), "59 seconds", id="seconds-alone"),
        pytest.param(timedelta(seconds=1), "1 second", id="one-second"),
        pytest.param(timedelta(microseconds=9), "0 minutes", id="nothing"),
    ],
)
def test_in_words(length: timedelta, text: str) -> None:
    assert length_text(length) == text


@pytest.mark.parametrize(
    ("text", "length", "exact_to"),
    [
        pytest.param("3 hours 42 minutes", 3 * HOUR + 42 * MINUTE, MINUTE, id="in-words"),
        pytest.param("3h 42m", 3 * HOUR + 42 * MINUTE, MINUTE, id="in-short"),
        pytest.param("3h42m", 3 * HOUR + 42 * MINUTE, MINUTE, id="without-a-space"),
        pytest.param(" 1 Day, 2 Hrs and 5 mins ", DAY + 2 * HOUR + 5 * MINUTE, MINUTE, id="as-people-write"),
        pytest.param("2 weeks 1 d", 15 * DAY, DAY, id="weeks"),
        pytest.param("1w", 7 * DAY, 7 * DAY, id="a-week"),
        pytest.param("90 min", 90 * MINUTE, MINUTE, id="minutes"),
        pytest.param("5 secs", timedelta(seconds=5), timedelta(seconds=1), id="secs"),
        pytest.param("8 seconds", timedelta(seconds=8), timedelta(seconds=1), id="seconds"),
        pytest.param("7s", timedelta(seconds=7), timedelta(seconds=1), id="s"),
        pytest.param("1 hr", HOUR, HOUR, id="hr"),
    ],
)
def test_from_words(text: str, length: timedelta, exact_to: timedelta) -> None:
    assert read_length(text) == (length, exact_to)


@pytest.mark.parametrize("text", ["", "long", "3", "3 moons", "about 3 hours", "3 hours or 4", "1234567 hours", "3:42"])
def test_what_is_no_length(text: str) -> None:
    assert read_length(text) is None


def test_it_fits_as_exactly_as_it_was_given() -> None:
    given_ = read_length("4 hours")
    assert given_ is not None
    assert given_.fits(4 * HOUR + 59 * MINUTE)
    assert given_.fits(3 * HOUR + MINUTE)
    assert not given_.fits(5 * HOUR)
    assert not given_.fits(3 * HOUR)


@given(st.timedeltas(min_value=timedelta(), max_value=timedelta(days=999_999)))
def test_what_is_written_is_read(length: timedelta) -> None:
    found = read_length(length_text(length))
    assert found is not None
    assert found.fits(length)
