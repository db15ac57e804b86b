"""One breach more never raises compliance, and never turns a target that it is about from missed to met."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, event as counted, given, strategies as st

from sevclass.incident.track import CLOCKS
from sevclass.insight.report import Report, report_of
from sevclass.insight.samples import Kept, Samples
from tests.weeks import Week, cases
from tests.worlds import Data, pack_of, samples

ABOUT = ("response_sla", "reviews_on_time")


def verdict(report: Report, name: str) -> str:
    return next(target.verdict for target in report.targets if target.name == name)


@given(cases(most=10), st.sampled_from(CLOCKS), st.booleans(), st.data())
def test_compliance_falls_or_stays(case: tuple[Data, Week], kind: str, new: bool, data: st.DataObject) -> None:  # noqa: FBT001
    doc, week = case
    pack = pack_of(doc)
    found = samples(pack, week)
    before = report_of(found, pack)
    assume(found.current)
    place = data.draw(st.integers(0, len(found.current) - 1))
    after = report_of(breached(found, place, kind, new=new), pack)

    for clock in CLOCKS:
        was, is_ = before.compliance[clock], after.compliance[clock]
        pairs = [(was, is_), *((was.by_severity[severity], is_.by_severity[severity]) for severity in was.by_severity)]
        for one, other in pairs:
            assert other.met * one.owed <= one.met * other.owed or one.owed == 0
            assert other.share is None or one.share is None or other.share <= one.share
    for name in ABOUT:
        was_said, said = verdict(before, name), verdict(after, name)
        counted(f"{name}: {was_said}, then {said}")
        assert (was_said, said) != ("missed", "met")


def breached(found: Samples, place: int, kind: str, *, new: bool) -> Samples:
    """The samples with a breach more: of a clock that was met, or of one that is new."""
    sample = found.current[place]
    clocks = tuple(_breached(one, new=new) if one.clock == kind else one for one in sample.clocks)
    current = (*found.current[:place], replace(sample, clocks=clocks), *found.current[place + 1 :])
    return replace(found, current=current)


def _breached(one: Kept, *, new: bool) -> Kept:
    return replace(one, owed=one.owed + 1) if new else replace(one, met=max(0, one.met - 1))
