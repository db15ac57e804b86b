"""The weeks of a report follow each other, and each has the incidents that were opened on its days."""

from __future__ import annotations

from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given

from sevclass.insight.metrics import counted
from sevclass.insight.report import report_of
from tests.weeks import Week, cases
from tests.worlds import Data, pack_of, samples


@given(cases(most=10))
def test_weeks_add_up(case: tuple[Data, Week]) -> None:
    doc, week = case
    pack = pack_of(doc)
    taken = samples(pack, week)
    report = report_of(taken, pack)
    days = [one.opened_at.astimezone(ZoneInfo(week.zone)).date() for one in counted(taken.outlines)]

    assert [one.n for one in report.weeks] == [sum(one.start <= day < one.end for day in days) for one in report.weeks]
    assert all(one.end == other.start for one, other in pairwise(report.weeks))
    # The strategy has no more weeks than a report does, so none is missing.
    assert sum(one.n for one in report.weeks) == len(days)
    if report.period.is_week and days:
        assert report.weeks[-1].n == report.volume.total
