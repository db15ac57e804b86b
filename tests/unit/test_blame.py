"""A text that says who it was."""

from __future__ import annotations

import pytest

from sevclass.insight.blame import blamed


@pytest.mark.parametrize(
    ("text", "people", "told"),
    [
        pytest.param("kim deployed it", ["kim"], ["kim"], id="known"),
        pytest.param("Kim deployed it, and kim again", ["kim"], ["Kim"], id="once"),
        pytest.param("kimono sales fell", ["kim"], [], id="part-of-a-word"),
        pytest.param("the max pool size", ["max"], [], id="a-word-too"),
        pytest.param("Max deployed it", ["max"], ["Max"], id="with-a-capital"),
        pytest.param("the max; then Max came", ["max"], ["Max"], id="the-second-time"),
        pytest.param("SRE was called late", ["SRE"], [], id="a-team"),
        pytest.param("The monitoring was off", ["monitoring"], [], id="a-machine"),
        pytest.param("engineering on-call came late", ["engineering on-call"], [], id="a-duty"),
        pytest.param("a (b", ["(b"], ["(b"], id="no-word-in-it"),
        pytest.param("a  b", [" ", ""], [], id="no-name"),
        pytest.param("Ann forgot the flag", [], ["Ann"], id="forgot"),
        pytest.param("so Ann Lee should have looked", [], ["Ann Lee"], id="two-names"),
        pytest.param("O'Brien overlooked it", [], ["O'Brien"], id="an-apostrophe"),
        pytest.param("Ann Lee ignored it", ["lee"], ["Lee"], id="known-by-half"),
        pytest.param("Monitoring failed to alert", [], [], id="a-thing"),
        pytest.param("Load Tests should have found it", [], [], id="a-thing-in-capitals"),
        pytest.param("It should have been seen", [], [], id="a-pronoun"),
        pytest.param("DNS failed to resolve", [], [], id="an-abbreviation"),
        pytest.param("Load testing didn't simulate peak concurrent users", [], [], id="no-blame"),
        pytest.param("Ann made a mistake, Bob made the mistake", [], ["Ann", "Bob"], id="two"),
        pytest.param("x" * 20_000 + " Ann forgot", ["ann"], [], id="far-behind"),
        pytest.param("they say 'Ann forgot'", [], ["Ann"], id="in-quotes"),
        pytest.param("-Ann forgot", [], ["Ann"], id="after-a-dash"),
        pytest.param("A'" * 9_000 + "Ann forgot", [], ["A'" * 9_000 + "Ann"], id="of-many-parts"),
        pytest.param("the x-Ann forgot", [], [], id="within-a-word"),
    ],
)
def test_who_is_blamed(text: str, people: list[str], told: list[str]) -> None:
    assert list(blamed(text, people)) == told


THINGS = [
    *("a", "an", "the", "nothing", "nobody", "they", "everyone"),
    *("alarm", "alerts", "clients", "client", "cluster", "documentation", "engineering", "metrics"),
    *("migration", "monitoring", "on-call", "processes", "products", "scripts", "rollouts", "security", "tooling"),
    *("training", "vendors", "vendor"),
]


@pytest.mark.parametrize("thing", THINGS)
def test_a_thing_is_no_person(thing: str) -> None:
    assert list(blamed(f"so {thing.capitalize()} failed to do it", [thing])) == []


@pytest.mark.parametrize("word", ["art", "bill", "ray", "pat", "rich", "will", "sue"])
def test_a_name_that_is_a_word_too(word: str) -> None:
    assert list(blamed(f"it is {word} of the pool", [word])) == []
    assert list(blamed(f"it is {word.capitalize()} of the pool", [word])) == [word.capitalize()]


@pytest.mark.parametrize(
    "verb",
    [
        *("forgot", "forgets", "neglected", "was careless", "was negligent", "made the mistake", "messed up"),
        *("screwed up", "did wrong", "failed to", "should have", "should've", "should not have", "shouldn't have"),
        *("overlooked", "ignored", "did not bother", "didn't bother"),
    ],
)
def test_a_verb_that_blames(verb: str) -> None:
    assert list(blamed(f"Ann {verb} so", [])) == ["Ann"]
    assert list(blamed(f"Ann {verb}so", [])) == []


def test_a_letter_may_be_a_person_and_an_abbreviation_is_none() -> None:
    assert list(blamed("X and QX", ["X", "QX"])) == ["X"]


def test_how_much_is_looked_at() -> None:
    assert list(blamed("x" * 19_996 + " ann", ["ann"])) == ["ann"]
    assert list(blamed("x" * 19_997 + " ann", ["ann"])) == []
    assert list(blamed("x" * 19_996 + " anni", ["ann"])) == ["ann"]
