"""The order in which incidents are read makes no difference to their report."""

from __future__ import annotations

from hypothesis import given, strategies as st

from sevclass.insight.report import report_of
from tests.weeks import Week, cases
from tests.worlds import Data, pack_of, samples


@given(cases(most=10), st.data())
def test_the_order_of_incidents_makes_no_difference(case: tuple[Data, Week], data: st.DataObject) -> None:
    doc, week = case
    pack = pack_of(doc)
    names = data.draw(st.permutations(list(week.world)))

    assert report_of(samples(pack, week, names), pack) == report_of(samples(pack, week), pack)
