"""The figures of a report are those of the naive account of them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import event as counted, given

from sevclass.insight.report import report_of
from tests.figure_oracle import figures
from tests.weeks import Week, cases
from tests.worlds import Data, pack_of, samples

HALF = Fraction(1, 2)
THOUSANDTH = Fraction(1, 1000)


def differences(ours: Any, theirs: Any, path: str = "") -> list[str]:  # noqa: ANN401 - plain data of any shape
    """Where they differ; what is rounded where it is shown may differ by that."""
    if isinstance(theirs, dict):
        return [line for key in theirs for line in differences(ours.get(key), theirs[key], f"{path}.{key}")]
    if isinstance(theirs, list) and isinstance(ours, list) and len(ours) == len(theirs):
        pairs = enumerate(zip(ours, theirs, strict=True))
        return [line for place, (one, other) in pairs for line in differences(one, other, f"{path}.{place}")]
    is_share = path.endswith("share")
    if isinstance(theirs, Fraction) and ours is not None:
        same = abs(Fraction(ours) - theirs) <= (THOUSANDTH if is_share else HALF)
    else:
        same = ours == theirs
    return [] if same else [f"{path}: {ours!r} is not {theirs!r}"]


def by_name(rows: list[Data], key: str) -> dict[str, Data]:
    return {row[key]: row for row in rows}


@given(cases())
def test_the_figures_agree(case: tuple[Data, Week]) -> None:
    doc, week = case
    pack = pack_of(doc)
    ours = report_of(samples(pack, week), pack).model_dump()
    theirs = figures(week.world, doc, week.start, week.end, week.now, zone=week.zone)
    assert ours["withdrawn"] == theirs["volume"].pop("withdrawn")
    if any(event["event"] == "struck" for log in week.world.values() for event in log):
        # What was open before the period is told by what is known now, theirs by what was known then.
        del theirs["open"]
    # Ours may refer to an action by `ref`, and say more of it.
    for row in ours["rising"]:
        row["action"] = row["action"] and row["action"]["text"]
    for name, key in (("targets", "name"), ("repeats", "known_issue")):
        ours[name], theirs[name] = by_name(ours[name], key), by_name(theirs[name], key)

    assert differences(ours, theirs) == []
    for name in ("causes", "repeats", "targets"):
        assert ours[name].keys() == theirs[name].keys()
    for target in ours["targets"].values():
        counted(f"{target['name']} {target['verdict']}")
