"""How many incidents came in each of the last weeks, as far as the logs go back."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from datetime import date, timedelta

from sevclass.insight.figures import Week
from sevclass.insight.metrics import counted
from sevclass.insight.period import Period
from sevclass.insight.samples import Samples

MOST = 8
"""How many weeks there are, unless the first incident came later."""
_ONE = timedelta(days=1)


def weeks(samples: Samples) -> tuple[Week, ...]:
    """The ISO weeks up to the end of the period, the last one as far as the period goes; none before all incidents."""
    outlines, period = counted(samples.outlines), samples.period
    if not outlines:
        return ()
    last = _monday(period.end - _ONE)
    spans = [_span(last - 7 * back * _ONE, period) for back in reversed(range(MOST))]
    starts = [span.starts_at for span in spans]
    found = Counter(bisect_right(starts, outline.opened_at) for outline in outlines)
    return tuple(
        Week(week=_name(span.start), start=span.start, end=span.end, n=found[number])
        for number, span in enumerate(spans, 1)
        if span.ends_at > outlines[0].opened_at
    )


def _span(monday: date, period: Period) -> Period:
    return Period(start=monday, end=min(monday + 7 * _ONE, period.end), zone=period.zone)


def _monday(day: date) -> date:
    return day - day.weekday() * _ONE


def _name(monday: date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year:04}-W{week:02}"
