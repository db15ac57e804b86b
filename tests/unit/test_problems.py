"""Problems: how they read, how they travel, and how input is quoted in them."""

from __future__ import annotations

import pickle

import pytest

from sevclass.problems import FactsError, PackError, Problem, SevclassError, nearest, quote

WHOLE = Problem(path="a.yaml:1:2", code="odd", message="`x` is odd", hint="make it even", excerpt="    x\n    ^")
BARE = Problem(path="", code="odd", message="`x` is odd")


def test_a_problem_reads_as_place_message_hint_and_excerpt() -> None:
    assert str(WHOLE) == "a.yaml:1:2: `x` is odd; make it even\n    x\n    ^"
    assert str(BARE) == "`x` is odd"


def test_a_problem_dumps_without_its_excerpt() -> None:
    assert WHOLE.model_dump() == {
        "path": "a.yaml:1:2",
        "code": "odd",
        "message": "`x` is odd",
        "hint": "make it even",
    }
    assert BARE.model_dump() == {"path": "", "code": "odd", "message": "`x` is odd", "hint": None}


@pytest.mark.parametrize("kind", [SevclassError, FactsError, PackError])
def test_an_error_lists_its_problems_and_survives_pickle(kind: type[SevclassError]) -> None:
    error = kind(iter([WHOLE, BARE]))
    assert error.problems == (WHOLE, BARE)
    assert str(error) == "a.yaml:1:2: `x` is odd; make it even\n    x\n    ^\n`x` is odd"
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - what was just pickled
    assert type(again) is kind
    assert again.problems == error.problems
    assert isinstance(error, ValueError)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("down", "`down`"),
        ("", "``"),
        ("z" * 80, f"`{'z' * 80}`"),
        ("z" * 81, f"`{'z' * 79}…`"),
        ("a\nb\x1b\x7f\u202e\u2028\ud800", "`a\\nb\\x1b\\x7f\\u202e\\u2028\\ud800`"),
        ("\n" * 41, "`" + "\\n" * 39 + "\\…`"),
        ("ärgerlich 🙂", "`ärgerlich 🙂`"),
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (-3, "-3"),
        (2**256, str(2**256)),
        (10**79, f"1{'0' * 79}"),
        (-(10**79), f"-1{'0' * 79}"),
        (10**80, "a number of about 81 digits"),
        (-(10**4_000), "a number of about 4001 digits"),
        (1.5, "1.5"),
        (float("nan"), "nan"),
        ({"a": 1}, "a mapping"),
        ([1], "a list"),
        ((1,), "a list"),
        (b"down", "a value of type `bytes`"),
        (type("Odd\n", (), {})(), "a value of type `Odd\\n`"),
    ],
)
def test_input_is_quoted_on_one_line_in_at_most_eighty_characters(value: object, expected: str) -> None:
    assert quote(value) == expected


def test_a_number_that_python_does_not_print_is_quoted() -> None:
    assert quote(10**5_000) == "a number of about 5001 digits"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("mayor", "did you mean `major`?"),
        ("MAJOR", "did you mean `major`?"),
        ("data_loss", "did you mean `data-loss`?"),
        ("Sev 1", "did you mean `sev_1`?"),
        ("zzz", None),
        ("", None),
        ("major" + "z" * 1_000_000, None),
    ],
    ids=["near", "case", "hyphen", "blank", "far", "empty", "long"],
)
def test_the_nearest_name_is_offered(name: str, expected: str | None) -> None:
    assert nearest(name, ["major", "data-loss", "sev_1"]) == expected


def test_a_near_name_that_is_no_name_is_shown_in_one_line() -> None:
    assert nearest("major", ["maj\ror"]) == r"did you mean `maj\ror`?"


def test_where_nothing_is_known_nothing_is_near() -> None:
    assert nearest("major", []) is None
