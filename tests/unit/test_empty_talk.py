"""A why that gives no reason."""

from __future__ import annotations

import pytest

from sevclass.insight.empty_talk import repeats, says_nothing, words_of

WHAT = "Database connection pool exhausted under load"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Human error",
            "human error.",
            "It was a human error",
            "An operator error!",
            "User error",
            "unknown",
            "Not known",
        ),
        *(
            "It is unclear",
            "A bug",
            "Bad luck",
            "n/a",
            "N.A.",
            "-",
            "?",
            "   ",
            "It just broke",
            "It failed",
            "See above",
        ),
        *("No idea", "then all", "None", "A mistake", "because", "Same as above", "This happens"),
    ],
)
def test_no_reason(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        "Recent code change introduced connection leak",
        "Human error: the form takes a wrong account without asking",
        "Nobody looked at the graph",
        "Der Pool lief leer",
    ],
)
def test_a_reason(text: str) -> None:
    assert not says_nothing(text)


@pytest.mark.parametrize(
    ("why", "again"),
    [
        pytest.param(WHAT, True, id="the-same"),
        pytest.param("Because the database connection pool was exhausted.", True, id="in-other-order"),
        pytest.param("A release leaked connections", False, id="a-reason"),
        pytest.param("the pool was exhausted by a leak", False, id="one-word-more"),
        pytest.param("because", False, id="no-word-at-all"),
    ],
)
def test_what_happened_is_no_why(why: str, again: bool) -> None:  # noqa: FBT001
    assert repeats(why, WHAT) is again


def test_of_a_long_text_the_beginning_is_looked_at() -> None:
    assert says_nothing("human error" + " " * 20_000 + "words")
    assert len(words_of("a " * 10_001)) == 10_000
