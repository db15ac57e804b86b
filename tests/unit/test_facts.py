"""Facts at the edge: what is read, and each thing that is refused, with the whole message."""

from __future__ import annotations

import copy
import enum
import json
import pickle
import sys
import time
from collections import ChainMap
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from pydantic import BaseModel, Field, RootModel

from sevclass import Classification, FactsError, IncidentFacts, classify, load_pack
from sevclass.facts import FactsInput
from sevclass.json_facts import MAX_BYTES
from tests.unit.written import SMALL, loaded

LEVELS = "it is one of `working`, `cosmetic`, `minor`, `moderate`, `major`, `down`"
COUNTED = "it is a count of customers"
RANGE = "a count is from 0 to 9007199254740991"


def refused(facts: object, **beside: Any) -> FactsError:
    with pytest.raises(FactsError) as caught:
        classify(facts, **beside)  # type: ignore[arg-type]
    return caught.value


def told(facts: object, **beside: Any) -> str:
    return str(refused(facts, **beside))


def dumped(facts: object, **beside: Any) -> list[dict[str, str | None]]:
    return [problem.model_dump() for problem in refused(facts, **beside).problems]


# What is read


PRODUCTION_DOWN = {"functionality": "down", "environment": "production"}


class Ticket(BaseModel):
    """Another model that happens to have names of facts."""

    functionality: str | None = None
    environment: str | None = None
    enterprise_customers: int | None = None


class Envelope(BaseModel):
    """Another model in the shape of an envelope."""

    id: str
    opened_at: datetime | None = None
    facts: Ticket | dict[str, Any]


class Level(enum.StrEnum):
    DOWN = "down"


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(PRODUCTION_DOWN, id="dict"),
        pytest.param(MappingProxyType(PRODUCTION_DOWN), id="mapping"),
        pytest.param(ChainMap({"functionality": "down"}, {"environment": "production"}), id="chain of mappings"),
        pytest.param(PRODUCTION_DOWN | {"security": None}, id="null is unknown"),
        pytest.param({"facts": PRODUCTION_DOWN}, id="envelope"),
        pytest.param({"facts": MappingProxyType(PRODUCTION_DOWN), "id": None, "opened_at": None}, id="empty envelope"),
        pytest.param(json.dumps(PRODUCTION_DOWN), id="text"),
        pytest.param(json.dumps(PRODUCTION_DOWN).encode(), id="bytes"),
        pytest.param(bytearray(json.dumps(PRODUCTION_DOWN).encode()), id="bytearray"),
        pytest.param(json.dumps({"facts": PRODUCTION_DOWN}), id="envelope as text"),
        pytest.param('{"functionality": "d\\u006fwn", "environment": "production"}', id="escapes"),
        pytest.param("\ufeff" + json.dumps(PRODUCTION_DOWN), id="byte order mark"),
        pytest.param(b"\xef\xbb\xbf" + json.dumps(PRODUCTION_DOWN).encode(), id="byte order mark as bytes"),
        pytest.param(" \t\r\n" + json.dumps(PRODUCTION_DOWN) + "\n", id="white space"),
        pytest.param(IncidentFacts(functionality="down", environment="production"), id="model"),
        pytest.param({"facts": IncidentFacts(functionality="down", environment="production")}, id="model in envelope"),
        pytest.param(Ticket(functionality="down", environment="production"), id="another model"),
        pytest.param(Envelope(id="T-17", facts=PRODUCTION_DOWN), id="model of an envelope"),
        pytest.param(
            Envelope(id="T-17", facts=Ticket(functionality="down", environment="production")), id="models all the way"
        ),
        pytest.param({"functionality": Level.DOWN, "environment": "production"}, id="enumeration of text"),
    ],
)
def test_facts_are_read_in_every_form(facts: FactsInput) -> None:
    assert [criterion.id for criterion in classify(facts).criteria if criterion.severity == 1] == ["production-down"]


class OpenFacts(IncidentFacts, frozen=True):
    """A subclass may loosen what its base has checked."""

    functionality: Any = None
    more: int | None = None


def test_a_subclass_of_the_model_is_checked_like_any_other() -> None:
    assert classify(OpenFacts(functionality="down")).severity == 2
    assert told(OpenFacts(functionality="broken", more=1)) == (
        f"functionality: unknown level `broken`; {LEVELS}\nmore: unknown fact `more`"
    )


def test_what_comes_in_the_envelope_is_given_back() -> None:
    found = classify({"id": "T-17", "opened_at": "2026-03-02T14:23:00Z", "facts": {}})
    assert (found.id, found.sla.opened_at) == ("T-17", datetime(2026, 3, 2, 14, 23, tzinfo=UTC))


def test_what_comes_beside_the_facts_is_given_back() -> None:
    opened_at = datetime(2026, 3, 2, 15, 23, tzinfo=timezone(timedelta(hours=1)))
    found = classify({}, opened_at, "T-17")
    assert (found.id, found.sla.opened_at) == ("T-17", datetime(2026, 3, 2, 14, 23, tzinfo=UTC))
    assert found.model_dump()["sla"]["opened_at"] == "2026-03-02T14:23:00Z"


def test_envelope_and_arguments_may_say_the_same() -> None:
    envelope = {"id": "T-17", "opened_at": "2026-03-02T15:23:00+01:00", "facts": {}}
    found = classify(envelope, datetime(2026, 3, 2, 14, 23, tzinfo=UTC), "T-17")
    assert found.id == "T-17"


def test_a_snapshot_is_taken_of_the_facts() -> None:
    facts: dict[str, Any] = dict(PRODUCTION_DOWN)
    found = classify(facts)
    facts["functionality"] = "working"
    assert found.criteria[0].id == "production-down"


# Values of a fact


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(
            {"functonality": "down"},
            "functonality: unknown fact `functonality`; did you mean `functionality`?",
            id="unknown fact",
        ),
        pytest.param(
            {"FUNCTIONALITY": "down"},
            "FUNCTIONALITY: unknown fact `FUNCTIONALITY`; did you mean `functionality`?",
            id="case of a fact",
        ),
        pytest.param(
            {"data-loss": True}, "data-loss: unknown fact `data-loss`; did you mean `data_loss`?", id="hyphen"
        ),
        pytest.param({"zzz": None}, "zzz: unknown fact `zzz`", id="unknown fact unlike any"),
        pytest.param(
            {"functionality": "donw"}, "functionality: unknown level `donw`; did you mean `down`?", id="unknown level"
        ),
        pytest.param(
            {"functionality": "DOWN"}, "functionality: unknown level `DOWN`; did you mean `down`?", id="case of a level"
        ),
        pytest.param(
            {"functionality": "xyz"}, f"functionality: unknown level `xyz`; {LEVELS}", id="unknown level unlike any"
        ),
        pytest.param(
            {"functionality": "production"},
            "functionality: unknown level `production`; `production` is a level of `environment`",
            id="level of another scale",
        ),
        pytest.param(
            {"request": "bug"},
            "request: unknown level `bug`; it is one of `question`, `feature_request`, `defect`",
            id="label",
        ),
        pytest.param({"functionality": 5}, f"functionality: 5 is not a level; {LEVELS}", id="number for a level"),
        pytest.param({"functionality": True}, f"functionality: true is not a level; {LEVELS}", id="flag for a level"),
        pytest.param(
            {"functionality": ["down"]}, f"functionality: a list is not a level; {LEVELS}", id="list for a level"
        ),
        pytest.param(
            {"functionality": {"is": "down"}},
            f"functionality: a mapping is not a level; {LEVELS}",
            id="mapping for a level",
        ),
        pytest.param(
            {"functionality": b"down"},
            f"functionality: a value of type `bytes` is not a level; {LEVELS}",
            id="bytes for a level",
        ),
        pytest.param({"data_loss": "yes"}, "data_loss: `yes` is neither true nor false", id="text for a flag"),
        pytest.param({"data_loss": 1}, "data_loss: 1 is neither true nor false", id="number for a flag"),
        pytest.param(
            {"enterprise_customers": True},
            f"enterprise_customers: true is not a whole number; {COUNTED}",
            id="flag for a count",
        ),
        pytest.param(
            {"enterprise_customers": "3"},
            f"enterprise_customers: `3` is not a whole number; {COUNTED}",
            id="text for a count",
        ),
        pytest.param(
            {"enterprise_customers": 1.5},
            f"enterprise_customers: 1.5 is not a whole number; {COUNTED}",
            id="fraction for a count",
        ),
        pytest.param(
            {"enterprise_customers": 2.0},
            f"enterprise_customers: 2.0 is not a whole number; {COUNTED}",
            id="float for a count",
        ),
        pytest.param(
            {"enterprise_customers": float("nan")},
            f"enterprise_customers: nan is not a whole number; {COUNTED}",
            id="nan for a count",
        ),
        pytest.param(
            {"enterprise_customers": float("inf")},
            f"enterprise_customers: inf is not a whole number; {COUNTED}",
            id="inf for a count",
        ),
        pytest.param({"enterprise_customers": -1}, f"enterprise_customers: -1 is out of range; {RANGE}", id="negative"),
        pytest.param(
            {"enterprise_customers": 2**53},
            f"enterprise_customers: 9007199254740992 is out of range; {RANGE}",
            id="too large",
        ),
        pytest.param(
            {"enterprise_customers": 10**400},
            f"enterprise_customers: a number of about 401 digits is out of range; {RANGE}",
            id="400 digits",
        ),
        pytest.param(
            {"enterprise_customers": -(10**5_000)},
            f"enterprise_customers: a number of about 5001 digits is out of range; {RANGE}",
            id="5000 digits",
        ),
        pytest.param(
            {"customers_affected": 3},
            "customers_affected: `customers_affected` is derived, never given; give its parts: "
            "`enterprise_customers`, `tier_2_3_customers`, `other_customers`",
            id="sum",
        ),
        pytest.param(
            {"functionality": "\ud800"}, f"functionality: unknown level `\\ud800`; {LEVELS}", id="surrogate in a level"
        ),
        pytest.param(
            {"enterprise_customers": "\udfff"},
            f"enterprise_customers: `\\udfff` is not a whole number; {COUNTED}",
            id="surrogate in a count",
        ),
        pytest.param({"\x1b[31m\n": 1}, "\\x1b[31m\\n: unknown fact `\\x1b[31m\\n`", id="control characters in a name"),
        pytest.param(
            {"a\u202eb\u2028": 1}, "a\\u202eb\\u2028: unknown fact `a\\u202eb\\u2028`", id="writing direction in a name"
        ),
        pytest.param(
            {"functionality": "\x1b[2J\n"},
            f"functionality: unknown level `\\x1b[2J\\n`; {LEVELS}",
            id="control characters in a level",
        ),
        pytest.param({"z" * 81: 1}, f"{'z' * 79}…: unknown fact `{'z' * 79}…`", id="long name"),
        pytest.param({"z" * 80: 1}, f"{'z' * 80}: unknown fact `{'z' * 80}`", id="name of 80 characters"),
        pytest.param(
            {"functionality": "z" * 500_000}, f"functionality: unknown level `{'z' * 79}…`; {LEVELS}", id="long level"
        ),
        pytest.param(
            {"functionality": "\x00" * 30},
            "functionality: unknown level `" + "\\x00" * 19 + f"\\x0…`; {LEVELS}",
            id="escapes count too",
        ),
    ],
)
def test_a_wrong_value_is_told_by_its_scale(facts: dict[Any, Any], expected: str) -> None:
    assert told(facts) == expected
    assert told({"facts": facts}) == f"facts.{expected}"


def test_codes_and_hints_are_told_apart() -> None:
    facts = {
        "functonality": 1,
        "functionality": "production",
        "data_loss": 0,
        "enterprise_customers": -1,
        "customers_affected": 1,
    }
    assert [(problem["path"], problem["code"]) for problem in dumped(facts)] == [
        ("functonality", "unknown_fact"),
        ("functionality", "unknown_level"),
        ("data_loss", "wrong_type"),
        ("enterprise_customers", "out_of_range"),
        ("customers_affected", "derived_fact"),
    ]
    assert dumped(facts)[0] == {
        "path": "functonality",
        "code": "unknown_fact",
        "message": "unknown fact `functonality`",
        "hint": "did you mean `functionality`?",
    }
    assert dumped(facts)[2] == {
        "path": "data_loss",
        "code": "wrong_type",
        "message": "0 is neither true nor false",
        "hint": None,
    }


def test_all_problems_are_told_at_once_in_the_order_given() -> None:
    envelope = {
        "opened_at": "yesterday",
        "facts": {"enterprise_customers": "3", "functonality": "down", "functionality": "donw", "data_loss": "no"},
        "idd": "T-17",
        "id": 17,
    }
    assert (
        told(envelope, id="T-18")
        == f"""\
idd: unknown key `idd`; did you mean `id`?
facts.enterprise_customers: `3` is not a whole number; {COUNTED}
facts.functonality: unknown fact `functonality`; did you mean `functionality`?
facts.functionality: unknown level `donw`; did you mean `down`?
facts.data_loss: `no` is neither true nor false
id: 17 is not text; quote it
opened_at: `yesterday` is not an instant; for example `2026-03-02T14:23:00Z`"""
    )


class Named:
    """A key that is no text, but shows itself as the name of a fact."""

    def __repr__(self) -> str:
        return "functionality"


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        pytest.param(1, "1", id="number"),
        pytest.param(None, "null", id="none"),
        pytest.param((1, 2), "a list", id="tuple"),
        pytest.param(b"functionality", "a value of type `bytes`", id="bytes"),
        pytest.param(Named(), "a value of type `Named`", id="object"),
        pytest.param("\ud800", "`\\ud800`", id="lone surrogate"),
    ],
)
def test_a_key_that_is_no_text_is_an_unknown_fact(key: object, shown: str) -> None:
    error = refused({key: "down", "functionality": "donw"})
    assert [(problem.code, problem.message) for problem in error.problems] == [
        ("unknown_fact", f"unknown fact {shown}"),
        ("unknown_level", "unknown level `donw`"),
    ]
    assert len(refused({key: "down"}).problems) == 1


def test_a_flag_as_a_key_is_an_unknown_fact() -> None:
    assert told({True: "down"}) == "true: unknown fact true"


@pytest.mark.parametrize("model", [RootModel[list[str]](["facts"]), RootModel[int](5)], ids=repr)
def test_a_model_without_facts_is_refused(model: BaseModel) -> None:
    assert told(model) == "root: unknown fact `root`"


class Aliased(BaseModel):
    """A model whose names in JSON are others."""

    functionality: str = Field(default="down", serialization_alias="state")


def test_a_model_is_read_by_the_names_of_its_fields() -> None:
    assert classify(Aliased()).severity == 2


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(None, "null is not a mapping of facts; give a dict, JSON text or a model", id="none"),
        pytest.param(["down"], "a list is not a mapping of facts; give a dict, JSON text or a model", id="list"),
        pytest.param(5, "5 is not a mapping of facts; give a dict, JSON text or a model", id="number"),
        pytest.param(
            {1}, "a value of type `set` is not a mapping of facts; give a dict, JSON text or a model", id="set"
        ),
        pytest.param("[1]", "a list is not a mapping of facts; a JSON object is needed", id="JSON list"),
        pytest.param("null", "null is not a mapping of facts; a JSON object is needed", id="JSON null"),
        pytest.param("true", "true is not a mapping of facts; a JSON object is needed", id="JSON true"),
        pytest.param('"down"', "`down` is not a mapping of facts; a JSON object is needed", id="JSON text"),
        pytest.param("1.5", "1.5 is not a mapping of facts; a JSON object is needed", id="JSON number"),
        pytest.param(
            {"facts": None}, "facts: null is not a mapping of facts; name each fact and its value", id="null facts"
        ),
        pytest.param(
            {"facts": []}, "facts: a list is not a mapping of facts; name each fact and its value", id="list of facts"
        ),
        pytest.param(
            {"facts": "down"},
            "facts: `down` is not a mapping of facts; name each fact and its value",
            id="text for facts",
        ),
    ],
)
def test_what_is_no_mapping_of_facts_is_refused(facts: object, expected: str) -> None:
    assert told(facts) == expected


def test_many_unknown_facts_are_all_told_and_the_first_with_hints() -> None:
    problems = refused({f"functionalit{number}": 1 for number in range(60)}).problems
    assert [problem.hint for problem in problems] == ["did you mean `functionality`?"] * 50 + [None] * 10


# JSON


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", "not JSON: EOF while parsing a value at line 1 column 0", id="empty"),
        pytest.param("{", "not JSON: EOF while parsing an object at line 1 column 1", id="cut off"),
        pytest.param('{"a": 1} {}', "not JSON: trailing characters at line 1 column 10", id="two values"),
        pytest.param("{'a': 1}", "not JSON: key must be a string at line 1 column 2", id="single quotes"),
        pytest.param('{"a": 1,}', "not JSON: trailing comma at line 1 column 9", id="trailing comma"),
        pytest.param('{\n"a": down}', "not JSON: expected value at line 2 column 6", id="second line"),
        pytest.param(
            '{"a": "\t"}',
            "not JSON: control character (\\u0000-\\u001F) found while parsing a string at line 1 column 8",
            id="control character",
        ),
        pytest.param("\ufeff\ufeff{}", "not JSON: expected value at line 1 column 1", id="two byte order marks"),
        pytest.param("{}".encode("utf-16"), "not JSON: expected value at line 1 column 1", id="UTF-16"),
        pytest.param(
            b'{"functionality": "\xff"}', "not JSON: invalid unicode code point at line 1 column 20", id="not UTF-8"
        ),
        pytest.param(
            b'{"functionality": "\xed\xa0\x80"}',
            "not JSON: invalid unicode code point at line 1 column 20",
            id="surrogate as bytes",
        ),
        pytest.param('{"functionality": "\ud800"}', "not JSON: a lone surrogate at character 20", id="surrogate"),
        pytest.param(
            '{"functionality": "\\ud800"}',
            "not JSON: unexpected end of hex escape at line 1 column 26",
            id="escaped surrogate",
        ),
        pytest.param(
            '{"functionality": "\\udc00"}',
            "not JSON: lone leading surrogate in hex escape at line 1 column 25",
            id="escaped second half",
        ),
        pytest.param("[" * 100_000, "not JSON: recursion limit exceeded at line 1 column 202", id="100000 lists"),
        pytest.param(
            '{"a":' * 100_000, "not JSON: recursion limit exceeded at line 1 column 1006", id="100000 objects"
        ),
        pytest.param(
            '{"enterprise_customers": ' + "9" * 5_000 + "}",
            "not JSON: number out of range at line 1 column 4327",
            id="5000 digits",
        ),
    ],
)
def test_what_is_no_json_is_refused(text: str | bytes, expected: str) -> None:
    assert told(text) == expected
    assert dumped(text) == [{"path": "", "code": "not_json", "message": expected, "hint": None}]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        pytest.param("NaN", f"nan is not a whole number; {COUNTED}", id="NaN"),
        pytest.param("Infinity", f"inf is not a whole number; {COUNTED}", id="Infinity"),
        pytest.param("-Infinity", f"-inf is not a whole number; {COUNTED}", id="-Infinity"),
        pytest.param("1e400", f"inf is not a whole number; {COUNTED}", id="1e400"),
        pytest.param("1e2", f"100.0 is not a whole number; {COUNTED}", id="exponent"),
        pytest.param("9" * 400, f"a number of about 401 digits is out of range; {RANGE}", id="400 digits"),
        pytest.param("-1", f"-1 is out of range; {RANGE}", id="negative"),
        pytest.param("true", f"true is not a whole number; {COUNTED}", id="true"),
        pytest.param('"3"', f"`3` is not a whole number; {COUNTED}", id="text"),
    ],
)
def test_a_number_in_json_is_checked_like_any_other(number: str, expected: str) -> None:
    assert told(f'{{"enterprise_customers": {number}}}') == f"enterprise_customers: {expected}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            '{"data_loss": true, "data_loss": false}', "data_loss: `data_loss` stands twice; keep one", id="fact"
        ),
        pytest.param(
            '{"data_loss": true, "data_loss": true, "data_loss": true}',
            "data_loss: `data_loss` stands twice; keep one",
            id="three times",
        ),
        pytest.param(
            '{"facts": {"data_loss": true, "data_loss": false}}',
            "facts.data_loss: `data_loss` stands twice; keep one",
            id="in the envelope",
        ),
        pytest.param(
            '{"facts": {"data_loss": true}, "facts": {}}',
            "facts: `facts` stands twice; keep one",
            id="the facts themselves",
        ),
        pytest.param('{"id": "a", "facts": {}, "id": "b"}', "id: `id` stands twice; keep one", id="id"),
        pytest.param(
            '{"data_loss": true, "data\\u005floss": false}',
            "data_loss: `data_loss` stands twice; keep one",
            id="escaped",
        ),
        pytest.param(
            '{"id": "a:b", "facts": {"data_loss": true, "data_loss": false}}',
            "facts.data_loss: `data_loss` stands twice; keep one",
            id="beside a colon",
        ),
        pytest.param(
            '{"data_loss": true, "data_loss": false, "security": "none", "security": "breach"}',
            "data_loss: `data_loss` stands twice; keep one\nsecurity: `security` stands twice; keep one",
            id="two facts",
        ),
        pytest.param(
            '{"a:\\n": 1, "a:\\n": 2}',
            "a:\\n: `a:\\n` stands twice; keep one\na:\\n: unknown fact `a:\\n`",
            id="unknown fact with a control character",
        ),
        pytest.param(
            '{"functionality": {"a": 1, "a": 2}}',
            f"functionality: a mapping is not a level; {LEVELS}",
            id="in a value",
        ),
        pytest.param(
            '{"functionality": [{"a": 1, "a": 2}]}',
            f"functionality: a list is not a level; {LEVELS}",
            id="in a list",
        ),
        pytest.param(
            '{"data_loss": {"a": 1, "a": 2}, "data_loss": true}',
            "data_loss: `data_loss` stands twice; keep one",
            id="in what was dropped",
        ),
    ],
)
def test_a_key_that_stands_twice_is_refused(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"id": "a:b:c", "facts": {"functionality": "down"}}', id="colon in a value"),
        pytest.param('{"id": "a\\u003ab", "facts": {"functionality": "down"}}', id="escaped colon"),
        pytest.param('{"id": "\\"a\\": 1", "facts": {"functionality": "down"}}', id="a pair inside a text"),
    ],
)
def test_a_colon_in_a_text_is_no_second_key(text: str) -> None:
    assert classify(text).severity == 2


def test_a_number_is_not_read_again_where_python_reads_fewer_digits() -> None:
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(640)
    try:
        assert told('{"enterprise_customers": 1' + "0" * 700 + ', "\\u0061": 1, "a": 2}').splitlines()[0] == (
            "a: `a` stands twice; keep one"
        )
    finally:
        sys.set_int_max_str_digits(before)


def test_a_mebibyte_of_json_is_the_most() -> None:
    assert classify(b" " * (MAX_BYTES - 2) + b"{}").severity == 4
    assert told(b" " * (MAX_BYTES - 1) + b"{}") == (
        "1048577 bytes are too many; the facts of one incident take at most 1048576"
    )
    assert dumped(" " * 2**21)[0]["code"] == "too_large"
    assert told('"' + "ä" * 2**19 + '"') == (
        "1048578 bytes are too many; the facts of one incident take at most 1048576"
    )


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        pytest.param("{" + ",".join(f'"{n}":1' for n in range(80_000)) + "}", 80_000, id="unknown facts"),
        pytest.param('{"facts":{},' + ",".join(f'"{n}":1' for n in range(80_000)) + "}", 80_000, id="unknown keys"),
        pytest.param("{" + ",".join('"a":1' for _ in range(150_000)) + "}", 2, id="one key many times"),
        pytest.param("{" + ",".join(f'"{n // 2}":1' for n in range(80_000)) + "}", 80_000, id="many keys twice"),
        pytest.param('{"functionality":"' + "z" * 1_000_000 + '"}', 1, id="long text"),
        pytest.param('{"' + "z" * 1_000_000 + '":1}', 1, id="long name"),
        pytest.param('{"functionality":' + "[" * 190 + "]" * 190 + "}", 1, id="deep"),
        pytest.param('{"functionality":[' + ",".join('{"a":1,"a":2}' for _ in range(60_000)) + "]}", 1, id="nested"),
    ],
)
def test_hostile_json_is_refused_in_a_moment(text: str, problems: int) -> None:
    start = time.perf_counter()
    assert len(refused(text).problems) == problems
    assert time.perf_counter() - start < 10


# The envelope


OPENED = datetime(2026, 3, 2, 14, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("envelope", "expected"),
    [
        pytest.param({"opend_at": 1}, "opend_at: unknown key `opend_at`; did you mean `opened_at`?", id="misspelt key"),
        pytest.param(
            {"severity": 1},
            "severity: unknown key `severity`; beside `facts` stand only `id` and `opened_at`",
            id="unknown key",
        ),
        pytest.param(
            {1: 1}, "1: unknown key 1; beside `facts` stand only `id` and `opened_at`", id="key that is no text"
        ),
        pytest.param(
            {"\x1b[2J": 1},
            "\\x1b[2J: unknown key `\\x1b[2J`; beside `facts` stand only `id` and `opened_at`",
            id="escape",
        ),
        pytest.param({"id": 17}, "id: 17 is not text; quote it", id="number as an id"),
        pytest.param({"id": ["T-17"]}, "id: a list is not text; quote it", id="list as an id"),
        pytest.param({"id": "\ud800"}, "id: `\\ud800` holds a lone surrogate", id="surrogate in an id"),
        pytest.param(
            {"opened_at": "2026-03-02T14:23:00"},
            "opened_at: `2026-03-02T14:23:00` has no time zone; write `2026-03-02T14:23:00Z` if it is in UTC",
            id="no zone",
        ),
        pytest.param(
            {"opened_at": 1772461380},
            "opened_at: 1772461380 is not an instant; for example `2026-03-02T14:23:00Z`",
            id="number",
        ),
        pytest.param(
            {"opened_at": datetime(2026, 3, 2, 14, 23)},  # noqa: DTZ001
            "opened_at: `2026-03-02 14:23:00` has no time zone; give a datetime with a time zone",
            id="naive",
        ),
    ],
)
def test_a_wrong_envelope_is_refused(envelope: dict[Any, Any], expected: str) -> None:
    assert told({"facts": {}} | envelope) == expected


@pytest.mark.parametrize(
    ("envelope", "beside", "expected"),
    [
        pytest.param(
            {"id": "a"},
            {"id": "b"},
            "id: the envelope's `id` differs from the one given beside it; give it once",
            id="id",
        ),
        pytest.param(
            {"opened_at": "2026-03-02T14:23:01Z"},
            {"opened_at": OPENED},
            "opened_at: the envelope's `opened_at` differs from the one given beside it; give it once",
            id="opening",
        ),
        pytest.param({}, {"id": 17}, "id: 17 is not text; quote it", id="number beside"),
        pytest.param(
            {},
            {"opened_at": datetime(2026, 3, 2)},  # noqa: DTZ001
            "opened_at: `2026-03-02 00:00:00` has no time zone; give a datetime with a time zone",
            id="naive beside",
        ),
        pytest.param({"id": 17}, {"id": "a"}, "id: 17 is not text; quote it", id="one of them wrong"),
    ],
)
def test_what_is_given_beside_must_agree(envelope: dict[str, Any], beside: dict[str, Any], expected: str) -> None:
    assert told({"facts": {}} | envelope, **beside) == expected


def test_an_id_without_an_envelope_is_no_fact() -> None:
    assert told({"id": "T-17", "functionality": "down"}) == (
        "id: unknown fact `id`; beside `id` the facts stand under `facts`"
    )
    assert told({"functionality": "down", "opened_at": "2026-03-02T14:23:00Z"}) == (
        "opened_at: unknown fact `opened_at`; beside `opened_at` the facts stand under `facts`"
    )


def test_the_first_fifty_unknown_keys_of_an_envelope_have_the_nearest_as_a_hint() -> None:
    problems = refused({"facts": {}} | {f"opened{number}": 1 for number in range(10, 62)}).problems
    beside = "beside `facts` stand only `id` and `opened_at`"
    assert [problem.message for problem in problems] == [f"unknown key `opened{number}`" for number in range(10, 62)]
    assert [problem.hint for problem in problems] == ["did you mean `opened_at`?"] * 50 + [beside] * 2


# The model of a pack


def test_the_model_has_the_facts_of_the_pack(tmp_path: Path) -> None:
    pack = loaded(tmp_path, SMALL)
    assert list(pack.Facts.model_fields) == ["speed", "users", "guests", "delay", "rest", "lost", "kind"]
    model = pack.Facts.model_validate({"speed": "dead", "users": 2, "delay": 1.5, "lost": False, "kind": "wish"})
    found: Classification = pack.classify(model)
    assert found == pack.classify({"speed": "dead", "users": 2, "delay": 1.5, "lost": False, "kind": "wish"})
    assert found.severity == 1


def test_the_model_of_a_pack_is_one_and_survives_pickle(tmp_path: Path) -> None:
    pack = loaded(tmp_path, SMALL)
    assert load_pack(tmp_path / "pack").Facts is pack.Facts
    model = pack.Facts(speed="dead", delay=5, lost=None)
    again = pickle.loads(pickle.dumps(model))  # noqa: S301 - what was just pickled
    assert type(again) is pack.Facts
    assert again == model
    assert again.model_fields_set == {"speed", "delay", "lost"}
    assert pack.classify(again) == pack.classify(model)
    assert copy.deepcopy(model) == model


@pytest.mark.parametrize(
    ("given", "told"),
    [
        pytest.param(5, 5, id="small whole number"),
        pytest.param(5.0, 5.0, id="fraction"),
        pytest.param(-(2**53), -(2**53), id="largest whole number kept"),
        pytest.param(-(2**53) - 1, -(2.0**53), id="whole number that no double holds"),
    ],
)
@pytest.mark.parametrize("form", [dict, json.dumps], ids=["dict", "JSON"])
def test_a_measure_is_told_as_it_is_given(
    tmp_path: Path, given: float, told: float, form: Callable[[dict[str, Any]], FactsInput]
) -> None:
    criteria = {"criteria.yaml": "criteria: {1: {low: {text: It is low, when: {rest: 10}}}}\n"}
    found = loaded(tmp_path, SMALL | criteria).classify(form({"rest": given}))
    assert [dict(criterion.because) for criterion in found.criteria] == [{"rest": told}]
    assert type(found.criteria[0].because["rest"]) is type(told)


def test_the_model_of_another_pack_is_read_by_its_names(tmp_path: Path) -> None:
    pack = loaded(tmp_path, SMALL)
    with pytest.raises(FactsError) as caught:
        pack.classify(IncidentFacts(functionality="down"))
    assert str(caught.value) == "functionality: unknown fact `functionality`"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({"delay": -0.5}, "delay: -0.5 is out of range; it is at least 0 and at most 60", id="below"),
        pytest.param(
            {"delay": 61}, "delay: 61 is out of range; it is at least 0 and at most 60", id="whole number above"
        ),
        pytest.param({"rest": 100.25}, "rest: 100.25 is out of range; it is at most 100", id="one end"),
        pytest.param({"delay": float("nan")}, "delay: nan is not a finite number; it is a number of seconds", id="nan"),
        pytest.param({"rest": float("-inf")}, "rest: -inf is not a finite number; it is a number of percent", id="inf"),
        pytest.param(
            {"rest": -(10**400)},
            "rest: a number of about 401 digits is out of range; it is at most 100",
            id="400 digits",
        ),
        pytest.param({"delay": True}, "delay: true is not a finite number; it is a number of seconds", id="flag"),
        pytest.param({"delay": "1"}, "delay: `1` is not a finite number; it is a number of seconds", id="text"),
        pytest.param({"users": "1"}, "users: `1` is not a whole number; it is a count of users", id="count"),
        pytest.param(
            {"people": 1}, "people: `people` is derived, never given; give its parts: `users`, `guests`", id="sum"
        ),
        pytest.param({"kind": "slow"}, "kind: unknown level `slow`; `slow` is a level of `speed`", id="label"),
    ],
)
def test_facts_of_any_pack_are_told_by_its_scales(tmp_path: Path, facts: Mapping[str, Any], expected: str) -> None:
    with pytest.raises(FactsError) as caught:
        loaded(tmp_path, SMALL).classify(facts)
    assert str(caught.value) == expected
