"""The survivors that the page on assurance lists are changes of lines that stand in the code."""

from __future__ import annotations

import pytest

from tests.mutants.survivors import LINE_BREAK, Change, listed, path_of


@pytest.mark.parametrize("change", sorted(listed()), ids=str)
def test_a_survivor_changes_a_line_of_its_module(change: Change) -> None:
    lines = path_of(change.module).read_text(encoding="utf-8").splitlines()
    assert {*change.was.split(LINE_BREAK)} <= {line.strip() for line in lines}
    assert change.becomes != change.was
