"""The clocks are those of the naive account, which was written from the rules alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hypothesis import given

from sevclass.incident import IncidentState, replay
from tests.clock_oracle import clocks
from tests.strategies import load
from tests.timelines import Data, cases


def instants(value: Any) -> Any:  # noqa: ANN401 - plain data of any shape
    """The same with instants as datetimes."""
    if isinstance(value, dict):
        return {key: instants(item) for key, item in value.items()}
    if isinstance(value, list):
        return [instants(item) for item in value]
    if isinstance(value, str) and value.endswith("Z"):
        return datetime.fromisoformat(value)
    return value


def answer(state: IncidentState) -> Data:
    """What the naive account tells too."""
    shown = instants(state.model_dump(include={"severity", "clocks", "next"}))
    places = [p.path.removeprefix("event ") for p in state.problems if p.code == "cannot_be"]
    return {
        **shown,
        "set_aside": sorted(int(place) - 1 for place in places),
        "facts": {fact: said.value for fact, said in state.facts.items()},
        "conflicts": list(state.conflicts),
        "waiting": [wait.on for wait in state.waiting],
    }


@given(cases())
def test_the_clocks_are_those_of_the_naive_account(case: tuple[Data, list[Data], datetime]) -> None:
    doc, log, now = case
    try:
        expected = clocks(doc, log, now)
    except ValueError:
        return
    found = answer(replay(log, load(doc), now))
    del expected["spent"]
    assert found == expected
