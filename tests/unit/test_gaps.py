"""Gaps: marked so that nobody overlooks them, and found again."""

from __future__ import annotations

import pytest

from sevclass.insight.gaps import gap, gap_in, has_gap


def test_a_gap_says_what_is_missing() -> None:
    assert gap("why it happened") == "[… why it happened …]"
    assert gap_in(gap("why it happened")) == "[… why it happened …]"


def test_gaps_are_looked_for_in_no_time() -> None:
    assert gap_in("[…" * 500_000) is None
    assert gap_in("[… a [… b …]") == "[… b …]"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("The log has: x. [… why …] [… more …]", "[… why …]", id="within-a-text"),
        pytest.param("$estimated_revenue_loss", "$estimated_revenue_loss", id="a-variable"),
        pytest.param("<who>", "<who>", id="in-brackets"),
        pytest.param(" ??? ", "???", id="questions"),
        pytest.param("...", "...", id="dots"),
        pytest.param("XXX", "XXX", id="crosses"),
        pytest.param("TBD", "TBD", id="to-be-done"),
        pytest.param("To be determined.", "To be determined.", id="in-words"),
        pytest.param("todo:", "todo:", id="with-a-colon"),
        pytest.param("<" + "x" * 78 + ">", "<" + "x" * 78 + ">", id="as-long-as-one-is"),
        pytest.param("<" + "x" * 79 + ">", None, id="too-long-for-one"),
        pytest.param("The list of TODO items was lost", None, id="a-word-of-a-text"),
        pytest.param("We lost $12", None, id="an-amount"),
        pytest.param("[… not ended", None, id="not-ended"),
        pytest.param("[Owner: SRE]", None, id="an-owner"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_gap_is_found(text: str, found: str | None) -> None:
    assert gap_in(text) == found
    assert has_gap(text) is (found is not None)
