"""The report over a union of logs is the report over the merged samples of its parts, written down or not.

So the order of incidents makes no difference either.
"""

from __future__ import annotations

from hypothesis import given, strategies as st

from sevclass.insight.report import report_of
from sevclass.insight.samples import Samples
from tests.weeks import Week, cases
from tests.worlds import Data, pack_of, samples


@given(cases(most=10), st.data())
def test_parts_merge_to_the_whole(case: tuple[Data, Week], data: st.DataObject) -> None:
    doc, week = case
    pack = pack_of(doc)
    whole = samples(pack, week)
    parts: list[list[str]] = [[], [], []]
    for name in data.draw(st.permutations(list(week.world))):
        parts[data.draw(st.integers(0, 2))].append(name)

    some = [samples(pack, week, part) for part in parts]
    first, *rest = [Samples.model_validate_json(one.model_dump_json()) for one in some]

    assert some[0].merged(*some[1:]) == whole
    assert report_of(first.merged(*rest), pack) == report_of(whole, pack)
    assert report_of(rest[1].merged(first, rest[0]), pack).model_dump_json() == report_of(whole, pack).model_dump_json()
