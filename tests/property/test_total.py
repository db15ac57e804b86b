"""The law: every valid input classifies; every other one raises FactsError with its problems, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import Any

import pytest
from hypothesis import given, strategies as st

from sevclass import Classification, FactsError, Pack, load_pack
from tests.strategies import COUNT_MAX, Data, facts, given_facts, kind_of, load, opened_at, over_both, values

Documents = st.SearchStrategy[Data]
Anything = Any

NUMBERS = st.integers() | st.floats() | st.sampled_from([10**400, -1, COUNT_MAX + 1, 1e308, 5e-324, 2.0, -0.0])
LEAVES = (
    st.none() | st.booleans() | NUMBERS | st.text() | st.sampled_from(["down", "functionality", "\ud800", "\x1b[2J"])
)
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text() | st.sampled_from(["facts", "id"]), inner, max_size=4)
    ),
    max_leaves=8,
)
NOT_JSON = (
    st.binary(max_size=3)
    | st.just(object())
    | st.just(Pack)
    | st.sets(st.integers(), max_size=2)
    | st.complex_numbers()
)
NAMES = st.text() | st.sampled_from(
    ["model_config", "__class__", "functionalty", "severity", "opened_at", "\ud800", "\x1b[2J"]
)


def problems_of(classify: Callable[[], Classification]) -> list[str]:
    """The paths of the problems, none if it classifies; whatever else is raised ends the test."""
    try:
        found = classify()
    except FactsError as error:
        told, problems = str(error), error.problems
    else:
        # Every part is read, so that nothing is left to go wrong later.
        assert json.loads(found.model_dump_json())["severity"] == found.severity
        return []
    assert problems
    assert told == "\n".join(map(str, problems))
    told.encode()
    for problem in problems:
        assert set(problem.model_dump()) == {"path", "code", "message", "hint"}
        assert problem.code.isidentifier()
        assert f"{problem.path}{problem.message}{problem.hint or ''}".isprintable()
        assert len(problem.message) < 250
    return [problem.path for problem in problems]


def bad_values(scale: Data) -> st.SearchStrategy[Any]:
    """JSON values, and others, that are not on the scale."""
    other = st.lists(LEAVES, max_size=2) | st.dictionaries(st.text(), LEAVES, max_size=2) | NOT_JSON

    def is_count(value: Anything) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= COUNT_MAX

    match kind_of(scale):
        case "levels" | "label":
            names = [None, *values(scale)]
            return other | LEAVES.filter(lambda value: value not in names)
        case "flag":
            return other | NUMBERS | st.text() | st.just("true")
        case "count":
            return other | LEAVES.filter(lambda value: value is not None and not is_count(value))
        case _:
            low, high = scale["measure"].get("from", -1e308), scale["measure"].get("to", 1e308)
            outside = [value for value in (low - 1, high + 1) if abs(value) < 1e300]
            not_numbers = (
                other
                | st.text()
                | st.booleans()
                | st.sampled_from([float("nan"), float("inf"), float("-inf"), 10**400])
            )
            return not_numbers | st.sampled_from(outside) if outside else not_numbers


def is_json(value: Anything) -> bool:
    try:
        json.dumps(value).encode()
    except (TypeError, ValueError):
        return False
    return True


@over_both
@given(data=st.data())
def test_every_valid_input_classifies_whatever_its_form(documents: Documents, data: st.DataObject) -> None:
    doc = data.draw(documents)
    pack = load(doc)
    some, opening = data.draw(facts(doc)), data.draw(opened_at())
    envelope = {"id": "T-17", "opened_at": opening.isoformat(), "facts": some}
    text = json.dumps(envelope)
    expected = pack.classify(some, opening, "T-17")
    forms: list[Any] = [envelope, text, text.encode(), bytearray(text, "utf-8")]
    for form in forms:
        assert pack.classify(form) == expected
        assert pack.classify(form, opening, "T-17") == expected
    assert pack.classify(pack.Facts(**some), opening, "T-17") == expected


@over_both
@given(data=st.data())
def test_every_bad_value_is_told_at_its_path_and_nothing_else_is(documents: Documents, data: st.DataObject) -> None:
    doc = data.draw(documents)
    pack = load(doc)
    some = data.draw(facts(doc))
    bad = data.draw(st.lists(st.sampled_from(list(doc["facts"])), unique=True))
    for name in bad:
        scale = doc["facts"][name]
        some[name] = data.draw(st.integers(0, 9) if "sum_of" in scale else bad_values(scale))
    # `facts` would make it an envelope.
    for name in data.draw(st.lists(st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True), max_size=2)):
        if name not in doc["facts"] and name != "facts":
            some[name] = data.draw(LEAVES)
            bad.append(name)
    assert sorted(problems_of(lambda: pack.classify(some))) == sorted(set(bad))
    enveloped = sorted(f"facts.{name}" for name in set(bad))
    assert sorted(problems_of(lambda: pack.classify({"facts": some}))) == enveloped
    if is_json(some) and bad:
        assert problems_of(lambda: pack.classify_json(json.dumps(some)))


@over_both
@given(data=st.data())
def test_any_mapping(documents: Documents, data: st.DataObject) -> None:
    pack = load(data.draw(documents))
    names = NAMES | st.sampled_from(list(pack.Facts.model_fields)) | st.integers() | st.none() | st.tuples(st.text())
    some: Anything = data.draw(st.dictionaries(names, JSON | NOT_JSON, max_size=5))
    paths = problems_of(lambda: pack.classify(some))
    if "facts" not in some:
        unknown = [name for name in some if name not in pack.Facts.model_fields]
        assert len(paths) >= len(unknown)
    assert problems_of(lambda: pack.classify({"facts": some})) or all(name in pack.Facts.model_fields for name in some)


@pytest.mark.parametrize("key", [None, 5, True, ("a",), "\ud800", "", "\x1b[2J", "functionality\0"])
def test_a_key_that_is_no_name(key: Anything) -> None:
    pack = load_pack()
    assert len(problems_of(lambda: pack.classify({key: 1}))) == 1
    assert len(problems_of(lambda: pack.classify({"facts": {key: 1, "functionalty": "down"}}))) == 2
    assert len(problems_of(lambda: pack.classify({"facts": {}, key: 1}))) == 1


@given(JSON | NOT_JSON)
def test_anything_at_all(anything: Anything) -> None:
    pack = load_pack()
    paths = problems_of(lambda: pack.classify(anything))
    assert paths or isinstance(anything, dict)
    inside = problems_of(lambda: pack.classify({"facts": anything}))
    assert inside or isinstance(anything, dict)


@given(JSON)
def test_any_json_text(anything: Anything) -> None:
    pack = load_pack()
    for text in (json.dumps(anything), json.dumps(anything, ensure_ascii=False)):
        paths = problems_of(partial(pack.classify_json, text))
        assert paths or isinstance(anything, dict)


@given(st.binary() | st.text())
def test_any_bytes_and_any_text(noise: bytes | str) -> None:
    pack = load_pack()
    paths = problems_of(lambda: pack.classify_json(noise))
    assert paths or json.loads(noise) in ({}, {"facts": {}})


@over_both
@given(data=st.data())
def test_json_text_with_a_piece_of_noise_in_it(documents: Documents, data: st.DataObject) -> None:
    doc = data.draw(documents)
    pack = load(doc)
    text = json.dumps({"id": "T-17", "facts": data.draw(facts(doc))}).encode()
    start, length = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, 3))
    noise = data.draw(
        st.binary(max_size=3) | st.sampled_from([b"[" * 5_000, b'{"a":' * 5_000, b"1e999", b"\\ud800", b"NaN"])
    )
    changed = text[:start] + noise + text[start + length :]
    if not problems_of(lambda: pack.classify_json(changed)):
        assert set(json.loads(changed)) <= {"id", "facts", "opened_at"} or set(json.loads(changed)) <= set(
            given_facts(doc)
        )


@given(st.data())
def test_a_key_that_stands_twice(data: st.DataObject) -> None:
    pack = load_pack()
    some = data.draw(facts(pack.model_dump()).filter(bool))
    name = data.draw(st.sampled_from(sorted(some)))
    text = json.dumps(some)
    twice = f"{text[:-1]}, {json.dumps(name)}: {json.dumps(some[name])}}}"
    assert problems_of(lambda: pack.classify_json(text)) == []
    assert problems_of(lambda: pack.classify_json(twice)) == [name]


ZONES = st.none() | st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@over_both
@given(data=st.data())
def test_any_opening(documents: Documents, data: st.DataObject) -> None:
    pack = load(data.draw(documents))
    opening = data.draw(st.datetimes(timezones=ZONES) | st.just(datetime.max.replace(tzinfo=UTC)))
    paths = problems_of(lambda: pack.classify({}, opening))
    assert paths in ([], ["opened_at"])
    if opening.tzinfo is None:
        assert paths == ["opened_at"]
    elif 1 < opening.year < 9000:
        assert paths == []
    text = opening.isoformat().replace("+00:00", "Z")
    whole_minutes = opening.utcoffset() is None or len(text.rsplit(":", 1)[-1]) == 2 or text.endswith("Z")
    if whole_minutes:
        assert problems_of(lambda: pack.classify({"opened_at": text, "facts": {}})) == paths


@given(JSON | NOT_JSON, JSON | NOT_JSON, st.dictionaries(NAMES | st.integers(), JSON, max_size=2))
def test_any_envelope(opening: Anything, id: Anything, more: Data) -> None:
    pack = load_pack()
    envelope = more | {"opened_at": opening, "id": id, "facts": {}}
    paths = problems_of(lambda: pack.classify(envelope))
    unknown = more.keys() - {"opened_at", "id", "facts"}
    assert len([path for path in paths if path not in ("opened_at", "id")]) == len(unknown)
    assert ("id" in paths) == (id is not None and not (isinstance(id, str) and "\ud800" not in id))


@pytest.mark.parametrize("beside", [5, "soon", "2026-03-02T14:23:00", b"2026-03-02T14:23:00Z"])
def test_an_argument_of_another_type(beside: Anything) -> None:
    assert problems_of(lambda: load_pack().classify({}, beside)) == ["opened_at"]
    assert problems_of(lambda: load_pack().classify({}, None, 5)) == ["id"]  # type: ignore[arg-type]
