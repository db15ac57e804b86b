"""Durations as a pack writes them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sevclass.durations import Duration, Target, parse

FORM = "a whole number up to 999999 and m, h, d, w, bh or bd: `15m`, or a range: `2h..4h`"


@pytest.mark.parametrize(
    ("text", "target", "limit", "seconds"),
    [
        ("15m", (15, "m"), (15, "m"), 900),
        ("4h", (4, "h"), (4, "h"), 14_400),
        ("1d", (1, "d"), (1, "d"), 86_400),
        ("1w", (1, "w"), (1, "w"), 604_800),
        ("999999w", (999_999, "w"), (999_999, "w"), 604_799_395_200),
        ("2bh", (2, "bh"), (2, "bh"), None),
        ("2bd", (2, "bd"), (2, "bd"), None),
        ("2h..4h", (2, "h"), (4, "h"), 7_200),
        ("0m..15m", (0, "m"), (15, "m"), 0),
        ("30m..1w", (30, "m"), (1, "w"), 1_800),
        ("0bh..1bh", (0, "bh"), (1, "bh"), None),
        ("2bd..3bd", (2, "bd"), (3, "bd"), None),
        ("60m..1h", (60, "m"), (1, "h"), 3_600),
    ],
)
def test_a_figure_is_read(text: str, target: tuple[int, str], limit: tuple[int, str], seconds: int | None) -> None:
    found = parse(text)
    assert found.figures == (found.target, found.limit)
    assert (found.target.amount, found.target.unit) == target
    assert (found.limit.amount, found.limit.unit) == limit
    assert found.target.seconds == seconds
    assert found.target.elapsed == (None if seconds is None else timedelta(seconds=seconds))
    assert str(found) == text


def test_a_range_to_itself_is_a_single_figure() -> None:
    assert str(parse("2h..2h")) == "2h"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((text, f"is not a duration\n{FORM}") for text in (
            "", "h", "15", "15 m", " 15m", "15m\n", "-1h", "+1h", "1.5h", "015m", "1000000m", "1M", "1s", "1bw", "١٥m",
            "..", "1h..", "..1h", "1h..2h..3h", "1h...2h", "1h-2h",
        )),
        ("2h..2bd", "mixes two kinds of time\nboth ends are elapsed time (m, h, d, w), or both bh, or both bd"),
        ("2bh..2bd", "mixes two kinds of time\nboth ends are elapsed time (m, h, d, w), or both bh, or both bd"),
        ("0m", "leaves no time\na limit is longer than nothing; only a target may be 0"),
        ("0bd", "leaves no time\na limit is longer than nothing; only a target may be 0"),
        ("1h..0m", "leaves no time\na limit is longer than nothing; only a target may be 0"),
        ("4h..2h", "runs backwards\ndid you mean `2h..4h`?"),
        ("2h..60m", "runs backwards\ndid you mean `60m..2h`?"),
        ("3bd..2bd", "runs backwards\ndid you mean `2bd..3bd`?"),
    ],
)  # fmt: skip
def test_what_is_no_figure_is_refused(text: str, expected: str) -> None:
    with pytest.raises(ValueError, match=r"\n") as caught:
        parse(text)
    assert str(caught.value) == expected


@pytest.mark.parametrize(("unit", "kind"), [("m", "elapsed"), ("w", "elapsed"), ("bh", "bh"), ("bd", "bd")])
def test_elapsed_time_is_one_kind_whatever_the_unit(unit: str, kind: str) -> None:
    assert Duration(amount=1, unit=unit).kind == kind


def test_targets_compare_by_their_figures() -> None:
    hour = Duration(amount=1, unit="h")
    assert parse("1h") == Target(target=hour, limit=hour)
    assert parse("1h") != parse("60m")
