"""What lacks a figure is counted as lacking and never as zero: without it all figures stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import event as counted, given

from sevclass.insight import metrics
from sevclass.insight.report import Report, report_of
from sevclass.insight.samples import Sample
from tests.weeks import Week, cases
from tests.worlds import Data, pack_of, samples

LENGTHS = {
    "time_to_acknowledge": "acknowledged_us",
    "time_to_identify": "identified_us",
    "time_to_mitigate": "mitigated_us",
    "time_to_resolve": "resolved_us",
    "time_to_permanent_fix": "fixed_us",
}
HAVING: dict[str, Callable[[Sample], bool]] = {
    "satisfaction": lambda sample: bool(sample.scores),
    "causes": lambda sample: sample.blamed is not None,
    "customers_impacted": lambda sample: sample.customers is not None,
}


@given(cases(most=15))
def test_lengths_of_time_that_are_lacking_make_no_difference(case: tuple[Data, Week]) -> None:
    doc, week = case
    pack = pack_of(doc)
    found = samples(pack, week)
    whole = report_of(found, pack)
    for name, field in LENGTHS.items():
        having = tuple(sample for sample in found.current if getattr(sample, field) is not None)
        without = report_of(replace(found, current=having), pack)
        current = metrics.counted(found.current)
        for severity, times in getattr(whole, name).items():
            same = getattr(without, name)[severity]
            lacking = [one for one in current if str(one.severity) == severity and getattr(one, field) is None]
            assert times.lacking == len(lacking)
            assert same == replace(times, lacking=0)
            counted(f"{name} {'lacking' if lacking else 'whole'}")


@given(cases(most=15))
def test_other_figures_that_are_lacking_make_no_difference(case: tuple[Data, Week]) -> None:
    doc, week = case
    pack = pack_of(doc)
    found = samples(pack, week)
    whole = report_of(found, pack)
    for name, has in HAVING.items():
        having = tuple(sample for sample in found.current if has(sample))
        without = report_of(replace(found, current=having), pack)
        lacking = sum(not has(sample) for sample in metrics.counted(found.current))
        assert _lacking(whole, name) == lacking
        assert _lacking(without, name) == 0
        assert _figure(without, name) == _figure(whole, name)
        counted(f"{name} {'lacking' if lacking else 'whole'}")


def _lacking(report: Report, name: str) -> int:
    if name == "causes":
        return report.lacking.cause
    return report.satisfaction.lacking if name == "satisfaction" else report.customers_impacted.lacking


def _figure(report: Report, name: str) -> object:
    if name == "causes":
        return report.causes
    if name == "satisfaction":
        return replace(report.satisfaction, lacking=0)
    return report.customers_impacted.total


@given(cases(most=15))
def test_a_time_of_zero_is_a_time(case: tuple[Data, Week]) -> None:
    doc, week = case
    pack = pack_of(doc)
    found = samples(pack, week)
    at_once: tuple[Sample, ...] = tuple(replace(sample, resolved_us=0, net_us=0) for sample in found.current)
    times = report_of(replace(found, current=at_once), pack).time_to_resolve

    assert all(one.lacking == 0 for one in times.values())
    assert all(one.mean_s == (0 if one.n else None) for one in times.values())
