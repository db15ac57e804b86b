"""The strict YAML reader: what it reads, and each thing that it refuses, with the whole message."""

from __future__ import annotations

import codecs
import json
import math
import time
from collections.abc import Mapping

import pytest
import yaml
from hypothesis import example, given, strategies as st

from sevclass.problems import Problem
from sevclass.source import MAX_BYTES, MAX_DEPTH, MAX_PROBLEMS, Budget, Node, Source, plain, problem, read


def read_one(text: str | bytes) -> tuple[Node | None, list[Problem]]:
    data = text.encode() if isinstance(text, str) else text
    return read(data, "criteria.yaml", Budget())


def value_of(text: str | bytes) -> object:
    """The data of a text that has no problem."""
    node, problems = read_one(text)
    assert problems == []
    assert node is not None
    return plain(node)


def told(text: str | bytes) -> str:
    """All problems of a text, as a person sees them."""
    return "\n".join(map(str, read_one(text)[1]))


def entry(node: Node | None, key: str) -> Node:
    assert node is not None
    assert isinstance(node.value, Mapping)
    return node.value[key].value


SCALARS: dict[str, object] = {
    **dict.fromkeys(("~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    "0": 0,
    "-0": 0,
    "+7": 7,
    "-12": -12,
    "010": 10,
    "08": 8,
    "0o17": 15,
    "0xfF": 255,
    "9" * 640: int("9" * 640),
    "1.5": 1.5,
    "-.5": -0.5,
    "+1.": 1.0,
    "1e3": 1000.0,
    "1.0E-2": 0.01,
    "1e-400": 0.0,
    **{
        text: text
        for text in ("no", "on", "yes", "off", "y", "n", "No", "tRUE", "nULL", "inf", "nan", "<<", "=", "+", ".")
    },
    **{text: text for text in ("1:30", "1:30:00", "2026-03-02", "1_000", "0b11", "-0o17", "+0xff", "0o8", "0xg", "1e")},
    **{
        text: text for text in ("e3", "1.2.3", "1 2", "+.nan", ".Nan", ".INf", "١٢", "１", "1²", "15m", "2h..4h", "a#b")
    },
    "https://example.org/": "https://example.org/",
}


@pytest.mark.parametrize("text", SCALARS)
def test_plain_scalars_follow_the_core_schema(text: str) -> None:
    value = value_of(f"{text}\n")
    assert (value, type(value)) == (SCALARS[text], type(SCALARS[text]))


@pytest.mark.parametrize("text", SCALARS)
def test_quoted_and_block_scalars_are_text(text: str) -> None:
    assert value_of(f"""["{text}", '{text}']""") == [text, text]
    assert value_of(f"a: |-\n  {text}\nb: >-\n  {text}\n") == {"a": text, "b": text}


@pytest.mark.parametrize("text", SCALARS)
def test_keys_are_their_source_text(text: str) -> None:
    if SCALARS[text] is not None:
        assert value_of(f"? {text}\n: 1\n") == {text: 1}
    assert value_of(f'"{text}": 1\n') == {text: 1}


DOCUMENTS: dict[str, object] = {
    "a:\nb: \n": {"a": None, "b": None},
    "- a\n-\n- - b\n": ["a", None, ["b"]],
    "[a: b, c: ]": [{"a": "b"}, {"c": None}],
    "{a, b: }": {"a": None, "b": None},
    "{}": {},
    "[]": [],
    '""': "",
    "''": "",
    "a: |\n": {"a": ""},
    "--- a\n...\n# end\n": "a",
    "---\na: 1\n...\n...\n": {"a": 1},
    "a: x\n  y\n": {"a": "x y"},
    "a: 'it''s'": {"a": "it's"},
    r'"\0\x41\u00e9\U0001F600\L"': "\0Aé😀\u2028",
    "<<: {a: 1}\nb: 2": {"<<": {"a": 1}, "b": 2},
    ".nan: 1\n.inf: 2": {".nan": 1, ".inf": 2},
    f"{'1' * 700}: 1": {"1" * 700: 1},
    "b: 1\na: 2": {"b": 1, "a": 2},
    "a: '&b *c !d %e'": {"a": "&b *c !d %e"},
    "a: b & c ! d * e % f": {"a": "b & c ! d * e % f"},
    "a: |\n %YAML 1.1\n": {"a": "%YAML 1.1\n"},
    "# 100%\na: 1": {"a": 1},
    "é: ü\r\n😀: 中\r\n": {"é": "ü", "😀": "中"},
    "a: 1\rb: 2\r": {"a": 1, "b": 2},
    "\ufeffa: 1": {"a": 1},
    "a:\u00a0b: 1": {"a:\u00a0b": 1},
}


@pytest.mark.parametrize("text", DOCUMENTS)
def test_documents(text: str) -> None:
    value = value_of(text)
    assert value == DOCUMENTS[text]
    if isinstance(value, dict):
        assert list(value) == list(DOCUMENTS[text])  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "text", ["", "\n", " \n", "# only a comment", "---", "---\n", "--- # a\n...\n", "\ufeff", "\ufeff# a\n"]
)
def test_an_empty_document_is_no_node(text: str) -> None:
    assert read_one(text) == (None, [])


def test_a_null_document_is_a_node() -> None:
    node, problems = read_one("~")
    assert problems == []
    assert node is not None
    assert (node.value, node.text) == (None, "~")


POSITIONS = {
    # text: line, column, width and text of the value of `a`
    "a: bc": (1, 4, 2, "bc"),
    "\ufeffa: bc": (1, 4, 2, "bc"),
    "b: é\r\n\r\na: é # c": (3, 4, 1, "é"),
    "b: 1\ra:   2": (2, 6, 1, "2"),
    "{😀: 1, a: 2}": (1, 11, 1, "2"),
    "a: true": (1, 4, 4, "true"),
    "a: 0o17": (1, 4, 4, "0o17"),
    "a: 'true'": (1, 4, 6, "true"),
    "a:": (1, 3, 1, ""),
    "a:\n\n\nb: 1": (1, 3, 1, ""),
    "{a: }": (1, 5, 1, ""),
    "a: >-  # folded\n  x\n  y\n": (1, 4, 12, "x y"),
    "a: b\n  c": (1, 4, 1, "b c"),
    "a: 'b  \n  c'": (1, 4, 2, "b c"),
    "a: [b, c]  # d": (1, 4, 6, ""),
    "a: [b,  \n  c]": (1, 4, 3, ""),
    "a:\n  b: 1  \n  c: 2": (2, 3, 4, ""),
    "a:\n- b\n": (2, 1, 3, ""),
    "a: {b: 1}": (1, 4, 6, ""),
    "? a\n": (1, 4, 1, ""),
}


@pytest.mark.parametrize("text", POSITIONS)
def test_positions_are_in_characters(text: str) -> None:
    node, problems = read_one(text)
    value = entry(node, "a")
    assert problems == []
    assert (value.line, value.column, value.width, value.text) == POSITIONS[text]


def test_keys_have_positions_of_their_own() -> None:
    node, _ = read_one("a: 1\n  # c\n'b c': 2\n")
    assert node is not None
    assert isinstance(node.value, Mapping)
    key = node.value["b c"].key
    assert (key.line, key.column, key.width, key.value, key.text) == (3, 1, 5, "b c", "b c")


def test_nodes_cannot_be_changed() -> None:
    node, _ = read_one("a: [1]")
    assert node is not None
    with pytest.raises(AttributeError):
        node.value = 1  # type: ignore[misc]
    with pytest.raises(TypeError):
        node.value["b"] = 1  # type: ignore[index]
    assert isinstance(entry(node, "a").value, tuple)


REFUSED = {
    "a: &x b": """\
criteria.yaml:1:4: anchors are not allowed; if it is text, quote it
    a: &x b
       ^^""",
    "a: *x\nb: 1": """\
criteria.yaml:1:4: aliases are not allowed; write the value out; if it is text, quote it
    a: *x
       ^^""",
    "*x : 1": """\
criteria.yaml:1:1: aliases are not allowed; write the value out; if it is text, quote it
    *x : 1
    ^^""",
    "a: !!str b": """\
criteria.yaml:1:4: tags are not allowed; if it is text, quote it
    a: !!str b
       ^^^^^""",
    "a: ! b": """\
criteria.yaml:1:4: tags are not allowed; if it is text, quote it
    a: ! b
       ^""",
    "a: !<tag:example.org,2026:x> [b]": """\
criteria.yaml:1:4: tags are not allowed; if it is text, quote it
    a: !<tag:example.org,2026:x> [b]
       ^^^^^^^^^^^^^^^^^^^^^^^^^""",
    "[&x , !y {a: 1}]": """\
criteria.yaml:1:2: anchors are not allowed; if it is text, quote it
    [&x , !y {a: 1}]
     ^^
criteria.yaml:1:7: tags are not allowed; if it is text, quote it
    [&x , !y {a: 1}]
          ^^""",
    "!!map &x\na: 1": """\
criteria.yaml:1:1: tags are not allowed; if it is text, quote it
    !!map &x
    ^^^^^
criteria.yaml:1:7: anchors are not allowed; if it is text, quote it
    !!map &x
          ^^""",
    "!x!y a": """\
criteria.yaml:1:1: tags are not allowed; if it is text, quote it
    !x!y a
    ^""",
    "a: &": """\
criteria.yaml:1:4: anchors are not allowed; if it is text, quote it
    a: &
       ^""",
    "a: *": """\
criteria.yaml:1:4: aliases are not allowed; write the value out; if it is text, quote it
    a: *
       ^""",
    "a: !<": """\
criteria.yaml:1:4: tags are not allowed; if it is text, quote it
    a: !<
       ^""",
    "# 1%\n%YAML 1.1\n---\na: .inf": """\
criteria.yaml:2:1: directives are not allowed; delete the line: every file is read as YAML 1.2
    %YAML 1.1
    ^
criteria.yaml:4:4: `.inf` is not a finite number; if it is text, quote it
    a: .inf
       ^^^^""",
    "%TAG ! x\r\n%TAG ! y\r\n--- !z 1": """\
criteria.yaml:1:1: directives are not allowed; delete the line: every file is read as YAML 1.2
    %TAG ! x
    ^
criteria.yaml:3:5: tags are not allowed; if it is text, quote it
    --- !z 1
        ^^""",
    "%": """\
criteria.yaml:1:1: directives are not allowed; delete the line: every file is read as YAML 1.2
    %
    ^""",
    "a:\n%TAG x": """\
criteria.yaml:2:1: directives are not allowed; delete the line: every file is read as YAML 1.2
    %TAG x
    ^""",
    "a: 1\n---\nb: 2": """\
criteria.yaml:2:1: a file holds one document; move the rest to a file of its own
    ---
    ^^^""",
    "---\n---\n": """\
criteria.yaml:2:1: a file holds one document; move the rest to a file of its own
    ---
    ^^^""",
    "a: 1\n...\n# c\n%TAG ! x\n---\n": """\
criteria.yaml:4:1: a file holds one document; move the rest to a file of its own
    %TAG ! x
    ^""",
    "a: 1\nb: 2\na: 3": """\
criteria.yaml:3:1: duplicate key `a`; the first is in line 1
    a: 3
    ^""",
    '{1: a, "1": b}': """\
criteria.yaml:1:8: duplicate key `1`; the first is in line 1
    {1: a, "1": b}
           ^^^""",
    "~: a\nnull: b\n? \n: c\n'': d\n'null': e": """\
criteria.yaml:1:1: a key cannot be null; if it is text, quote it
    ~: a
    ^
criteria.yaml:2:1: a key cannot be null; if it is text, quote it
    null: b
    ^^^^
criteria.yaml:3:2: a key cannot be empty
    ?
     ^
criteria.yaml:5:1: a key cannot be empty
    '': d
    ^^""",
    "? [a, *b]\n: .nan\n? {c: d}\n: e\nf: g": """\
criteria.yaml:1:3: a key must be text, not a list
    ? [a, *b]
      ^
criteria.yaml:1:7: aliases are not allowed; write the value out; if it is text, quote it
    ? [a, *b]
          ^^
criteria.yaml:2:3: `.nan` is not a finite number; if it is text, quote it
    : .nan
      ^^^^
criteria.yaml:3:3: a key must be text, not a mapping
    ? {c: d}
      ^""",
    "[-.INF, 1e999]": """\
criteria.yaml:1:2: `-.INF` is not a finite number; if it is text, quote it
    [-.INF, 1e999]
     ^^^^^
criteria.yaml:1:9: `1e999` is not a finite number; if it is text, quote it
    [-.INF, 1e999]
            ^^^^^""",
    f"a: 0x{'f' * 639}": f"""\
criteria.yaml:1:4: a number has more than 640 digits; if it is text, quote it
    a: 0x{"f" * 95}…
       {"^" * 97}""",
    f"a: {'1' * 5_000}": f"""\
criteria.yaml:1:4: a number has more than 640 digits; if it is text, quote it
    a: {"1" * 97}…
       {"^" * 97}""",
}


def test_excerpts_of_the_table_are_whole() -> None:
    # An editor that strips blanks at the ends of lines would else change a case above.
    assert told("? \n: c").endswith("\n    ? \n     ^")


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_refused(text: str) -> None:
    assert "\n".join(line.rstrip() for line in told(text).split("\n")) == REFUSED[text]


SYNTAX = {
    "[a": "1:3: expected `,` or `]`; the list starts in line 1\n    [a\n      ^",
    "x:\n  [a\n\n\n": "2:5: expected `,` or `]`; the list starts in line 2\n      [a\n        ^",
    "{a: b\nc: d}": "2:2: expected `,` or `}`; the mapping starts in line 1\n    c: d}\n     ^",
    "[a]]": "1:4: expected the end of the file\n    [a]]\n       ^",
    "]": "1:1: expected a value\n    ]\n    ^",
    "[a, , b]": "1:5: expected a value\n    [a, , b]\n        ^",
    "a: b: c": "1:5: `:` cannot stand here; check the indentation; if it is text, quote it\n    a: b: c\n        ^",
    "a: - b": (
        "1:4: a list cannot start here; start it on a line of its own; if it is text, quote it\n    a: - b\n       ^"
    ),
    "a: ? b": "1:4: a key cannot stand here; if it is text, quote it\n    a: ? b\n       ^",
    "[x\n  y:]": "2:4: `:` cannot stand here; if it is text, quote it\n      y:]\n       ^",
    "- a\nb: c": "2:1: expected the next `-` of the list; the list starts in line 1\n    b: c\n    ^",
    ": x": "1:1: expected the next key of the mapping; the mapping starts in line 1\n    : x\n    ^",
    'a: "x" y': '1:8: expected the next key of the mapping; the mapping starts in line 1\n    a: "x" y\n           ^',
    "a: b\nc\n": "2:1: expected `:` after this key\n    c\n    ^",
    "a: @b": "1:4: a value cannot start like this; if it is text, quote it; indent with spaces\n    a: @b\n       ^",
    "a:\n\t- b": "2:1: a value cannot start like this; if it is text, quote it; indent with spaces\n     - b\n    ^",
    "a: |\n\tb": "2:1: a tab cannot indent; indent with spaces\n     b\n    ^",
    "- b{\n\t": "1:5: a tab cannot indent; indent with spaces\n    - b{\n        ^",
    "a: 'b\n\nc: d\n": "1:4: this quote is not closed\n    a: 'b\n       ^",
    'a: "b\n--- c': '1:4: this quote is not closed\n    a: "b\n       ^',
    r'a: "C:\dir"': '1:7: unknown escape in double quotes; for a backslash write two\n    a: "C:\\dir"\n          ^',
    r'a: "\xyz"': (
        '1:7: expected hexadecimal digits after the escape; for a backslash write two\n    a: "\\xyz"\n          ^'
    ),
    r'"\ud800"': '1:4: this escape is not a character; write the character itself\n    "\\ud800"\n       ^',
    r'"\ud83d\ude00"': (
        '1:4: this escape is not a character; write the character itself\n    "\\ud83d\\ude00"\n       ^'
    ),
    r'"\U00110000"': '1:4: this escape is not a character; write the character itself\n    "\\U00110000"\n       ^',
    "a: |b": "1:5: expected the end of the line\n    a: |b\n        ^",
    "a: |0": "1:5: an indentation is a digit from 1 to 9\n    a: |0\n        ^",
    "é: [ü\r\n😀": "2:2: expected `,` or `]`; the list starts in line 1\n    😀\n      ^",
}


@pytest.mark.parametrize("text", SYNTAX)
def test_a_syntax_error_ends_the_file(text: str) -> None:
    assert told(text) == f"criteria.yaml:{SYNTAX[text]}"
    assert read_one(text)[0] is None


BYTES = {
    b"a: 1\r\n\xc3\xa9: \xff\xfe": """\
criteria.yaml:2:4: byte 0xFF is not UTF-8; save the file as UTF-8
    é: ��
       ^""",
    b"\xef\xbb\xbfab\xc3": """\
criteria.yaml:1:3: byte 0xC3 is not UTF-8; save the file as UTF-8
    ab�
      ^""",
    b"a: \xed\xa0\x80": """\
criteria.yaml:1:4: byte 0xED is not UTF-8; save the file as UTF-8
    a: ���
       ^""",
    "\ufeffa: 1".encode("utf-16-le"): """\
criteria.yaml:1:1: byte 0xFF is not UTF-8; save the file as UTF-8, not UTF-16
    ��a�:� �1�
    ^""",
    "\ufeffa: 1".encode("utf-16-be"): """\
criteria.yaml:1:1: byte 0xFE is not UTF-8; save the file as UTF-8, not UTF-16
    ���a�:� �1
    ^""",
    b"a:\0 1": """\
criteria.yaml:1:3: character U+0000 is not allowed; delete it, or write it as `\\u0000` in double quotes
    a:� 1
      ^""",
    b"a: 1\rb: \x1b[31m": """\
criteria.yaml:2:4: character U+001B is not allowed; delete it, or write it as `\\u001B` in double quotes
    b: �[31m
       ^""",
    "a: b\u2028c: d".encode(): """\
criteria.yaml:1:5: character U+2028 is not allowed; delete it, or write it as `\\u2028` in double quotes
    a: b c: d
        ^""",
    "a: \u0085".encode(): """\
criteria.yaml:1:4: character U+0085 is not allowed; delete it, or write it as `\\u0085` in double quotes
    a: \N{SPACE}
       ^""",
    b"\xef\xbb\xbf\xef\xbb\xbfa: 1": """\
criteria.yaml:1:1: character U+FEFF is not allowed; delete it, or write it as `\\uFEFF` in double quotes
    �a: 1
    ^""",
    "'\uffff'".encode(): """\
criteria.yaml:1:2: character U+FFFF is not allowed; delete it, or write it as `\\uFFFF` in double quotes
    '�'
     ^""",
}


@pytest.mark.parametrize("data", BYTES)
def test_what_is_no_text(data: bytes) -> None:
    assert told(data) == BYTES[data]
    assert read_one(data)[0] is None


CHARACTERS = [data for data in BYTES if data[:2] not in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}]


@pytest.mark.parametrize("data", [*map(str.encode, (*REFUSED, *SYNTAX)), *CHARACTERS, b"a: [b,\n c]\n"])
def test_a_part_of_a_file_has_the_places_of_the_file(data: bytes) -> None:
    data = data.removeprefix(codecs.BOM_UTF8)
    part, problems = read(data, "log", Budget(), 1_001)
    whole, expected = read(b"\n" * 1_000 + data, "log", Budget())
    assert problems == expected
    assert (part and part.place) == (whole and whole.place)


def test_a_part_may_stand_far_below_the_largest_file() -> None:
    assert [found.path for found in read(b"\nat: [", "log", Budget(), 9_000_000)[1]] == ["log:9000001:6"]


@pytest.mark.parametrize(
    "character", [*"\u0085\u2028\u2029\ufeff\0\x07\x7f\x80\ufffe", "\t", "\u200b", "é", "\U0010ffff"]
)
def test_the_hint_for_a_character_is_right(character: str) -> None:
    """What is refused as it stands can be written as the hint says; what YAML allows is read."""
    assert value_of(f'"\\u{ord(character):04X}"' if ord(character) < 0x10000 else f'"{character}"') == character
    text = f"'a{character}b'"
    assert told(text) == "" if character in "\t\u200bé\U0010ffff" else "is not allowed" in told(text)


def test_all_problems_come_out_at_once_and_the_rest_is_read() -> None:
    node, problems = read_one("a: &x 1\nb: *x\nc: !!int 3\na: 4\n? [d]\n: 5\n~: 6\ne: [.nan, 7]\nf: 8\n")
    assert [(p.path, p.code) for p in problems] == [
        ("criteria.yaml:1:4", "anchor"),
        ("criteria.yaml:2:4", "alias"),
        ("criteria.yaml:3:4", "tag"),
        ("criteria.yaml:4:1", "duplicate_key"),
        ("criteria.yaml:5:3", "key"),
        ("criteria.yaml:7:1", "key"),
        ("criteria.yaml:8:5", "number"),
    ]
    assert node is not None
    assert plain(node) == {"a": 1, "b": "*x", "c": 3, "e": [".nan", 7], "f": 8}


def test_problems_before_a_syntax_error_are_kept() -> None:
    node, problems = read_one("a: &x 1\nb: ]")
    assert node is None
    assert [(p.path, p.code) for p in problems] == [("criteria.yaml:1:4", "anchor"), ("criteria.yaml:2:4", "syntax")]


def test_too_many_problems() -> None:
    node, problems = read_one("a: 1\n" * 5_000)
    assert node is None
    assert len(problems) == MAX_PROBLEMS + 1
    last = "criteria.yaml:1001:4: too many problems; the rest of the file is not read\n    a: 1\n       ^"
    assert str(problems[-1]) == last


def test_the_largest_file() -> None:
    assert value_of(b"a" * MAX_BYTES) == "a" * MAX_BYTES
    node, problems = read_one(b"a" * (MAX_BYTES + 1))
    assert node is None
    assert problems == [Problem(path="criteria.yaml", code="too_large", message="the file is larger than 8 MiB")]


def test_the_budget_is_shared_by_files() -> None:
    budget = Budget(limit=7)
    assert read(b"a: [b, c]", "one.yaml", budget)[1] == []  # a mapping, a key, a list and two scalars
    assert budget.spent == 5
    node, problems = read(b"a: b", "two.yaml", budget)
    assert node is None
    assert list(map(str, problems)) == ["two.yaml:1:4: more than 7 values and keys in all\n    a: b\n       ^"]
    assert [p.code for p in read(b"*a", "three.yaml", budget)[1]] == ["too_many_nodes"]
    assert read(b"", "four.yaml", budget) == (None, [])


def test_the_budget_is_exact() -> None:
    assert Budget().limit == 500_000
    assert read(b"a: [b, c]", "x", Budget(limit=5))[1] == []
    assert [p.message for p in read(b"a: [b, c]", "x", Budget(limit=4))[1]] == ["more than 4 values and keys in all"]
    assert [p.message for p in read(b"[a]", "x", Budget(limit=0))[1]] == ["more than 0 values and keys in all"]


def test_sixty_four_levels() -> None:
    value = value_of("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    for _ in range(MAX_DEPTH - 1):
        assert isinstance(value, list)
        [value] = value
    assert value == []
    assert value_of("- " * MAX_DEPTH + "a") is not None
    line = "[" * 65 + "]" * 65
    excerpt = f"    …{line[30:]}\n{' ' * 39}^"
    assert told(line) == f"criteria.yaml:1:65: nested deeper than 64 levels\n{excerpt}"


@pytest.mark.parametrize("unit", ["[", "{", "- ", "? ", "[{a: ", "{a: [", "[[\n", "- [", "{? "])
@pytest.mark.parametrize("times", [40_000, 1_500_000])
def test_deep_nesting_is_a_problem(unit: str, times: int) -> None:
    node, problems = read_one(unit * times)
    assert node is None
    assert (problems[-1].code, problems[-1].message) in {
        ("too_deep", "nested deeper than 64 levels"),
        ("syntax", "expected a value"),
    }
    assert len(problems) <= MAX_DEPTH + 1


HEAVY = {
    "a megabyte of line breaks": b"\n" * 1_000_000,
    "comments": b"#\n" * 1_000_000,
    "different tag handles": b"".join(b"%%TAG !a%d! b\n" % n for n in range(100_000)) + b"---\n",
    "different tag handles at the end": b"[a]\n" + b"".join(b"%%TAG !a%d! b\n" % n for n in range(100_000)) + b"---\n",
    "documents": b"---\n" * 1_000_000,
    "anchors": b"[" + b"&a b," * 1_000_000 + b"]",
    "a number": b"1" * 5_000_000,
    "a fraction": b"1." + b"1" * 5_000_000,
    "quotes": b'"' * 5_000_000,
    "a key": b"a" * 5_000_000 + b": 1",
    "a bad byte": b"a" * 5_000_000 + b"\xff",
    "bad bytes": b"\xff" * 5_000_000,
    "tabs": b"\t\n" * 1_000_000,
}


@pytest.mark.parametrize("name", HEAVY)
def test_large_files_take_no_time(name: str) -> None:
    started = time.perf_counter()
    read(HEAVY[name], "criteria.yaml", Budget())
    assert time.perf_counter() - started < 30


def test_ten_thousand_criteria_take_no_time() -> None:
    row = "  c{}:\n    text: It is down\n    when: {{functionality: down}}\n"
    data = ("criteria:\n" + "".join(map(row.format, range(10_000)))).encode()
    started = time.perf_counter()
    node, problems = read(data, "criteria.yaml", Budget())
    assert time.perf_counter() - started < 30
    assert problems == []
    assert len(plain(entry(node, "criteria"))) == 10_000


def mark(line: str, column: int, width: int) -> str:
    """What an excerpt of a line shows."""
    source = Source(name="x.yaml", lines=("", line))
    told = problem(Node(source=source, line=2, column=column, width=width), "code", "message", "hint")
    assert (told.path, told.code, told.message, told.hint) == (f"x.yaml:2:{column}", "code", "message", "hint")
    assert told.excerpt is not None
    return told.excerpt


EXCERPTS = {
    ("when: {functionality: mayor}", 23, 5): ("when: {functionality: mayor}", " " * 22 + "^" * 5),
    ("a:", 3, 1): ("a:", "  ^"),
    ("", 1, 1): ("", "^"),
    ("\ta: \tb", 6, 1): (" a:  b", "     ^"),
    ("中文: é", 5, 1): ("中文: é", "      ^"),
    ("a: 中文", 4, 2): ("a: 中文", "   ^^^^"),
    ("e\u0301: x", 5, 1): ("e\u0301: x", "   ^"),
    ("e\u0301", 2, 1): ("e\u0301", " ^"),
    ("\x1b[2J\r\x08a\u202eb\u200fc", 11, 1): ("�[2J �a�b�c", "          ^"),
    ("a\u00a0b\u3000c", 5, 1): ("a b c", "    ^"),
    ("x" * 100, 100, 1): ("x" * 100, " " * 99 + "^"),
    ("x" * 101, 101, 1): ("…" + "x" * 100, " " * 100 + "^"),
    ("x" * 101, 1, 1): ("x" * 100 + "…", "^"),
    ("x" * 1_000_000, 500_000, 3): ("…" + "x" * 100 + "…", " " * 34 + "^^^"),
    ("x" * 1_000_000, 500_000, 400_000): ("…" + "x" * 100 + "…", " " * 34 + "^" * 67),
    ("x" * 1_000_000, 1_000_001, 1): ("…" + "x" * 100, " " * 101 + "^"),
}


@pytest.mark.parametrize("place", EXCERPTS)
def test_excerpts(place: tuple[str, int, int]) -> None:
    line, carets = EXCERPTS[place]
    assert mark(*place) == f"    {line}\n    {carets}"


# What both YAML and JSON can write as it stands; the characters that are refused have tests of their own.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"))
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS.filter(bool), inner),
)


def same(left: object, right: object) -> bool:
    """Equal, with equal types at every place and equal orders of keys."""
    return repr(left) == repr(right)


@given(DATA)
def test_json_reads_back_equal(data: object) -> None:
    assert same(value_of(json.dumps(data, ensure_ascii=False, allow_nan=False)), data)


@given(DATA, st.booleans(), st.booleans())
def test_yaml_reads_back_equal(data: object, flow: bool, unicode: bool) -> None:  # noqa: FBT001
    class Dumper(yaml.SafeDumper):
        """Quotes all text: PyYAML writes `1e3` and `0o7` bare, as the text that they were in YAML 1.1."""

        def ignore_aliases(self, data: object) -> bool:
            return True

    Dumper.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))
    Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", "null"))
    text = yaml.dump(
        data, Dumper=Dumper, default_flow_style=flow, allow_unicode=unicode, sort_keys=False, width=math.inf
    )
    assert same(value_of(text), data)


PIECES = st.sampled_from(
    [
        *(
            "a",
            "b: ",
            "- ",
            "? ",
            ": ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "\n",
            "\n  ",
            "\t",
            '"',
            "'",
            "|",
            "|0",
            ">",
            "&a ",
            "*a ",
        ),
        *("!", "!x ", "!<", "%", "\n%YAML 1.1", "\n%TAG ! x", "\n---", "\n...", "#", "@", "\\q", "\\ud800", "é", "😀"),
        *("\r", "\r\n", "~", ".inf", "1", "\0", "\u2028", "\ufeff", "k" * 1030),
    ],
)


@given(st.binary() | st.text().map(str.encode) | st.lists(PIECES).map(lambda pieces: "".join(pieces).encode()))
@example(b"a: [\r")
@example(b"\n\n? \n\n")
def test_any_bytes_give_a_node_or_problems_at_places_that_exist(data: bytes) -> None:
    node, problems = read(data, "x", Budget())
    lines = data.decode(errors="replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for each in problems:
        name, line, column = each.path.split(":")
        assert name == "x"
        assert 1 <= int(column) <= len(lines[int(line) - 1]) + 1
        assert each.excerpt is not None
        assert len(each.excerpt.split("\n")) == 2
        assert each.message == each.message.rstrip(".")
        assert each.message[0] in "`b" or each.message[0].islower()
    if node is not None:
        json.dumps(plain(node), ensure_ascii=False, allow_nan=False).encode()
