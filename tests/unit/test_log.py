"""Event logs as text: what is read, and what is said of the rest."""

from __future__ import annotations

import codecs
import json
from datetime import UTC, datetime
from time import process_time
from typing import Any

import pytest

from sevclass.incident.events import Acknowledged, FactsSaid, Note, Opened, PackOpened
from sevclass.incident.log import MAX_BYTES, MAX_PROBLEMS, Entry, Log, read_log

AT = datetime(2026, 3, 2, 14, 23, tzinfo=UTC)
LINE = '{"at": "2026-03-02T14:23:00Z", "event": "acknowledged"}'
DONE = Acknowledged(at=AT)
NO_EVENT = 'as `{"at": "2026-03-02T14:23:00Z", "event": "acknowledged"}`'

TORN = "the last line is torn; it was not written to its end; the next entry that is added sets it aside"


def told(data: bytes | str) -> tuple[list[int], str]:
    """The lines on which what could be read begins, and what is wrong."""
    log = read_log(data if isinstance(data, bytes) else data.encode())
    return [entry.line for entry in log.entries], "\n".join(f"{p.code}: {p}" for p in log.problems)


def note(text: str) -> str:
    return json.dumps({"at": "2026-03-02T14:23:00Z", "event": "note", "text": text})


def test_text_is_no_log() -> None:
    told = r"data: `- \{\}` is not bytes; read the file in binary mode, or encode the text\Z"
    with pytest.raises(TypeError, match=told):
        read_log("- {}")  # type: ignore[arg-type]


# How a log may be written

READ: dict[str, tuple[str, list[int]]] = {
    "nothing": ("", []),
    "blank": ("\n\n", []),
    "comments alone": ("# a log\n\n  # of nothing\n", []),
    "one a line": (f"- {LINE}\n- {LINE}\n", [1, 2]),
    "no line end": (f"- {LINE}\n- {LINE}", [1, 2]),
    "as Windows writes": (f"- {LINE}\r\n\r\n# so\r\n- {LINE}\r\n", [1, 4]),
    "byte order mark": (f"\ufeff- {LINE}\n", [1]),
    "document marks": (f"# log\n---\n- {LINE}\n...\n", [3]),
    "two documents": (f"---\n- {LINE}\n--- # more\n- {LINE}\n", [2, 4]),
    "indented": (f"  - {LINE}\n  - {LINE}\n", [1, 2]),
    "indented after a comment": (f"# log\n\n   - {LINE}\n# between\n   - {LINE}\n", [3, 5]),
    "JSON lines": (f"{LINE}\n{LINE}\n", [1, 2]),
    "comment after": (f"- {LINE}  # first\n- {LINE}\n", [1, 2]),
    "comments between": (f"# one\n- {LINE}\n\n  # two\n- {LINE}\n# three\n", [2, 5]),
    "block style": ("- at: 2026-03-02T14:23:00Z\n  event: acknowledged\n" * 2, [1, 3]),
    "another order of keys": ("- event: acknowledged\n  at: 2026-03-02T14:23:00Z\n", [1]),
    "block below its dash": ("-\n  at: 2026-03-02T14:23:00Z\n  event: acknowledged\n", [1]),
    "comments within": (f"- at: 2026-03-02T14:23:00Z\n# so\n\n  # it is\n  event: acknowledged\n- {LINE}\n", [1, 6]),
    "flow over lines": ('- {"at": "2026-03-02T14:23:00Z",\n   "event": "acknowledged"}\n', [1]),
    "YAML in a line": ("- {at: 2026-03-02T14:23:00Z, event: acknowledged}\n", [1]),
    "flow over lines with tabs": ('- {"at": "2026-03-02T14:23:00Z",\n\t"event": "acknowledged"}\n', [1]),
    "blanks around the colons": ('- {"at" : "2026-03-02T14:23:00Z" , "event"\t:"acknowledged"}\n', [1]),
    "an hour's colons quoted": ('- at: "2026-03-02T14:23:00Z"\n  event: "acknowledged"\n', [1]),
}  # fmt: skip


@pytest.mark.parametrize("case", READ)
def test_a_log_may_be_written_like_that(case: str) -> None:
    text, lines = READ[case]
    log = read_log(text.encode())
    assert log.problems == ()
    assert log.entries == tuple(Entry(line, DONE) for line in lines)
    assert [entry.event for entry in log.entries] == [DONE] * len(lines)


def test_text_in_block_style_keeps_what_looks_like_a_comment() -> None:
    text = f"- at: 2026-03-02T14:23:00Z\n  event: note\n  text: |\n    one\n    # no comment\n\n    two\n- {LINE}\n"
    log = read_log(text.encode())
    assert log.entries == (Entry(1, Note(at=AT, text="one\n# no comment\n\ntwo")), Entry(8, DONE))


TEXTS = {
    "comment": (
        "- at: 2026-03-02T14:23:00Z\n  event: note\n  text: |\n    hello\n    # still text\n",
        "hello\n# still text",
    ),
    "comments and blank lines": (
        "- at: 2026-03-02T14:23:00Z\n  event: note\n  text: >\n    {a: 1}\n\n    # b\n   # c\n# d\n\n",
        "{a: 1}\n# b\n",
    ),
    "in quotes": ("- at: 2026-03-02T14:23:00Z\n  event: note\n  text: 'hello\n    # text'\n", "hello # text"),
    "in brackets": ("- {at: 2026-03-02T14:23:00Z, event: note, text: 'hello\n  # text'}\n  # none\n", "hello # text"),
    "as Windows writes": (
        "- at: 2026-03-02T14:23:00Z\r\n  event: note\r\n  text: |\r\n    hello\r\n    # text\r\n",
        "hello\n# text\n",
    ),
}


@pytest.mark.parametrize("last", [f"- {LINE}\n", "", f"# none\n- {LINE}\n"])
@pytest.mark.parametrize("case", TEXTS)
def test_text_ends_where_it_ends_in_yaml(case: str, last: str) -> None:
    text, expected = TEXTS[case]
    log = read_log(f"- {LINE}\n  # a comment\n{text}{last}".encode())
    assert log.problems == ()
    assert [entry.event for entry in log.entries] == [DONE, Note(at=AT, text=expected), *([DONE] if last else [])]


def test_text_of_an_entry_that_is_indented() -> None:
    text = "- at: 2026-03-02T14:23:00Z\n  event: note\n  text: |\n    hello\n    # text\n  # none\n# none\n"
    log = read_log("".join(f"  {line}\n" for line in f"{text}- {LINE}".split("\n")).encode())
    assert log == Log((Entry(1, Note(at=AT, text="hello\n# text\n")), Entry(8, DONE)), ())


def test_scalars_are_those_of_packs() -> None:
    text = "- {at: 2026-03-02T14:23:00Z, event: facts, facts: {lost: true, kind: no, shops: 010, delay: 1.5, rest: }}\n"
    facts = {"lost": True, "kind": "no", "shops": 10, "delay": 1.5, "rest": None}
    assert read_log(text.encode()).entries == (Entry(1, FactsSaid(at=AT, facts=facts)),)


@pytest.mark.parametrize("text", ['a":b', 'a": b', '{"a": 1, "a": 2}', "a\\", "\0", "größer", "🜁", "- x\n- y"])
def test_text_may_be_anything(text: str) -> None:
    assert read_log(f"- {note(text)}\n".encode()).entries == (Entry(1, Note(at=AT, text=text)),)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"facts": {"a": 1, "b": None}, "customers": ["x"]}, {"facts": {"a": 1, "b": None}, "customers": ["x"]}),
        ({"facts": {"a": {"b": 1, "c": {}}}}, {"facts": {"a": {"b": 1, "c": {}}}}),
        ({"pack": "support"}, {"pack": "support"}),
        (
            {"pack": {"name": "support", "version": "1.0.0"}},
            {"pack": PackOpened(name="support", version="1.0.0")},
        ),
        ({"pack": None, "title": None}, {"pack": None, "title": None}),
    ],
)
def test_mappings_within_are_no_keys_that_stand_twice(fields: dict[str, Any], expected: dict[str, Any]) -> None:
    line = json.dumps({"at": "2026-03-02T14:23:00Z", "event": "opened"} | fields)
    log = read_log(f"- {line}\n".encode())
    assert log.problems == ()
    assert log.entries == (Entry(1, Opened(at=AT, **expected)),)


# What is wrong with one

WRONG: dict[str, tuple[str, list[int], str]] = {
    "key twice": (
        f'- {{"at": "2026-03-02T14:23:00Z", "at": "2026-03-02T15:23:00Z", "event": "acknowledged"}}\n- {LINE}\n',
        [2],
        "duplicate_key: line 1: `at` stands twice; keep one",
    ),
    "key twice with a blank": (
        '- {"at": "2026-03-02T14:23:00Z", "at" : "2026-03-02T15:23:00Z", "event": "acknowledged"}\n',
        [],
        "duplicate_key: line 1: `at` stands twice; keep one",
    ),
    "key twice and indented": (
        '  - {"at": "2026-03-02T14:23:00Z", "at": "2026-03-02T15:23:00Z", "event": "acknowledged"}\n',
        [],
        "duplicate_key: line 1: `at` stands twice; keep one",
    ),
    "key twice with an escape": (
        '- {"at": "2026-03-02T14:23:00Z", "\\u0061t": "2026-03-02T15:23:00Z", "event": "acknowledged"}\n',
        [],
        "duplicate_key: line 1: `at` stands twice; keep one",
    ),
    "fact twice": (
        '- {"at": "2026-03-02T14:23:00Z", "event": "facts", "facts": {"a": 1, "a": 2}}\n',
        [],
        "duplicate_key: line 1: `a` stands twice; keep one",
    ),
    "pack's key twice": (
        '- {"at": "2026-03-02T14:23:00Z", "event": "opened", "pack": {"name": "a", "name": "b", "version": "1"}}\n',
        [],
        "duplicate_key: line 1: `name` stands twice; keep one",
    ),
    "key twice in block style": (
        "# a log\n- at: 2026-03-02T14:23:00Z\n  event: closed\n  event: fixed\n",
        [],
        """\
duplicate_key: line 4, column 3: duplicate key `event`; the first is in line 3
      event: fixed
      ^^^^^""",
    ),
    "syntax": (
        f"- {LINE}\n- at: 2026-03-02T14:23:00Z\n  event: note\n  text: it: is\n- {LINE}\n",
        [1, 5],
        """\
syntax: line 4, column 11: `:` cannot stand here; check the indentation; if it is text, quote it
      text: it: is
              ^""",
    ),
    "left open": (
        f"- at: 2026-03-02T14:23:00Z\n  text: [1\n- {LINE}\n",
        [3],
        """\
syntax: line 2, column 11: expected `,` or `]`; the list starts in line 2
      text: [1
              ^""",
    ),
    "alias": (
        f"- &a {LINE}\n- *a\n",
        [],
        f"""\
anchor: line 1, column 3: anchors are not allowed; if it is text, quote it
    - &a {LINE}
      ^^
alias: line 2, column 3: aliases are not allowed; write the value out; if it is text, quote it
    - *a
      ^^""",
    ),
    "tag": (
        "- !!python/object:os.system {}\n",
        [],
        """\
tag: line 1, column 3: tags are not allowed; if it is text, quote it
    - !!python/object:os.system {}
      ^^^^^^^^^^^^^^^^^^^^^^^^^""",
    ),
    "character": (
        f"- {LINE}\n\x07\n",
        [1],
        """\
character: line 2, column 1: character U+0007 is not allowed; delete it, or write it as `\\u0007` in double quotes
    \N{REPLACEMENT CHARACTER}
    ^""",
    ),
    "other things": (
        f"- 5\n- text\n- [1]\n-\n- {LINE}\nfoo\n- - {LINE}\n",
        [5],
        "\n".join(
            f"not_an_event: line {line}: {shown} is not an event; {NO_EVENT}"
            for line, shown in ((1, "5"), (2, "`text`"), (3, "a list"), (4, "null"), (6, "`foo`"), (7, "a list"))
        ),
    ),
    "lone surrogate": (
        '- {"at": "2026-03-02T14:23:00Z", "event": "note", "text": "\\ud800"}\n',
        [],
        """\
syntax: line 1, column 62: this escape is not a character; write the character itself
    - {"at": "2026-03-02T14:23:00Z", "event": "note", "text": "\\ud800"}
                                                                 ^""",
    ),
    "bad event": (
        f'- {{"at": "today", "event": "note", "txt": ""}}\n- {LINE}\n',
        [2],
        """\
not_an_instant: line 1: at: `today` is not an instant; for example `2026-03-02T14:23:00Z`
missing_key: line 1: missing key `text`
unknown_key: line 1: unknown key `txt`; did you mean `text`?""",
    ),
    "no zone": (
        "- at: 2026-03-02 14:23:00\n  event: closed\n",
        [],
        "no_zone: line 1: at: `2026-03-02 14:23:00` has no time zone; write `2026-03-02 14:23:00Z` if it is in UTC",
    ),
    "torn": (
        f'- {LINE}\n- {{"at": "20',
        [1],
        f"torn: line 2: {TORN}",
    ),
    "torn and alone": (
        "- {",
        [],
        f"torn: line 1: {TORN}",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_with_its_line_and_the_rest_is_read(case: str) -> None:
    text, lines, problems = WRONG[case]
    assert told(text) == (lines, problems)


def test_bytes_that_are_no_text() -> None:
    line = note("gr@").encode().replace(b"@", b"\xf6")
    assert told(b"- " + line + b"\n- " + LINE.encode() + b"\n") == (
        [2],
        "encoding: line 1, column 62: byte 0xF6 is not UTF-8; save the file as UTF-8\n"
        f"    - {note('gr@').replace('@', chr(0xFFFD))}\n" + " " * 65 + "^",
    )


def test_a_log_of_another_encoding_is_told_line_by_line() -> None:
    lines, problems = told(codecs.BOM_UTF16_LE + f"- {LINE}\n".encode("utf-16-le"))
    assert lines == []
    assert problems.startswith("encoding: line 1, column 1: byte 0xFF is not UTF-8; save the file as UTF-8")


def test_an_entry_that_is_too_long_is_not_read() -> None:
    assert MAX_BYTES == 1_048_576
    size = MAX_BYTES - len(f"- {note('')}")
    assert told(f"- {note('x' * size)}\n- {LINE}\n") == ([1, 2], "")
    by_hand = "- {at: 2026-03-02T14:23:00Z, event: note, text: @}"
    assert told(by_hand.replace("@", "x" * (MAX_BYTES - len(by_hand) + 1))) == ([1], "")
    message = f"too_large: line 1: {MAX_BYTES + 1} bytes are too many; at most 1 MiB"
    assert told(f"- {note('x' * (size + 1))}\n- {LINE}\n") == ([2], message)


@pytest.mark.parametrize("depth", [65, 100_000])
@pytest.mark.parametrize("bracket", ["[", "{a: ", '{"a":'])
def test_an_entry_that_is_too_deep_is_not_read(bracket: str, depth: int) -> None:
    lines, problems = told(f"- {bracket * depth}\n- {LINE}\n")
    assert lines == [2]
    assert "nested deeper than 64 levels" in problems


def test_many_comments_and_lines_take_no_longer_than_others() -> None:
    text = "- at: 2026-03-02T14:23:00Z\n" + "# so\n" * 50_000 + "  event: acknowledged\n"
    assert read_log(text.encode()).entries == (Entry(1, DONE),)


# Whose it is


def test_entries_of_another_incident_are_left_out_and_told() -> None:
    lines = [f'- {{"at": "2026-03-02T14:23:00Z", "event": "acknowledged"{more}}}' for more in (', "incident": "A"', "")]
    other = '- {"at": "2026-03-02T14:23:00Z", "event": "closed", "incident": "B"}'
    log = read_log("\n".join(["- 5", lines[0], other, lines[1], "- x", ""]).encode())
    own = log.of("A")
    assert [entry.line for entry in own.entries] == [2, 4]
    assert [f"{p.code}: {p}" for p in own.problems] == [
        f"not_an_event: line 1: 5 is not an event; {NO_EVENT}",
        "other_incident: line 3: `closed` is of incident `B`, and left out; this is the log of `A`: move it to its own",
        f"not_an_event: line 5: `x` is not an event; {NO_EVENT}",
    ]
    assert own.of("A") is own


# Its length


@pytest.mark.parametrize(
    ("text", "entries", "problems"),
    [
        pytest.param("- at: 2026-03-02T14:23:00Z\n  event: acknowledged\n" * 20_000, 20_000, 0, id="block style"),
        pytest.param('- {"at": nope\n' * 9_000, 0, 9_000, id="not JSON"),
        pytest.param("\n" * 800_000 + f"- {LINE}\n", 1, 0, id="blank lines"),
        pytest.param("# so\n" * 400_000 + f"- {LINE}\n", 1, 0, id="comments"),
        pytest.param(f"- {LINE}\n" + "  # so\n" * 200_000, 1, 0, id="indented comments"),
        pytest.param("- event: acknowledged\n" + " \n" * 200_000 + "  at: 2026-03-02T14:23:00Z\n", 1, 0, id="an entry"),
    ],
)
def test_a_long_log_takes_no_longer_than_its_length(text: str, entries: int, problems: int) -> None:
    start = process_time()
    log = read_log(text.encode())
    assert (len(log.entries), len(log.problems)) == (entries, problems)
    # A second or two; the square of the length would be minutes.
    assert process_time() - start < 20


@pytest.mark.parametrize("above", ["\n", f"- {LINE}\n"])
@pytest.mark.parametrize("indent", ["", "  "])
def test_places_are_right_far_down(above: str, indent: str) -> None:
    bad = "- at: 2026-03-02T14:23:00Z\n  event: note\n  event: fixed\n  text: !x [1\n"
    text = "".join(indent + line for line in (f"- {LINE}\n" + above * 1_000 + bad).splitlines(keepends=True))
    column = len(indent)
    log = read_log(text.encode())
    assert (
        "\n".join(map(str, log.problems))
        == f"""\
line 1004, column {column + 3}: duplicate key `event`; the first is in line 1003
    {indent}  event: fixed
    {indent}  ^^^^^
line 1005, column {column + 9}: tags are not allowed; if it is text, quote it
    {indent}  text: !x [1
    {indent}        ^^
line 1005, column {column + 14}: expected `,` or `]`; the list starts in line 1005
    {indent}  text: !x [1
    {indent}             ^"""
    )


def test_an_indent_may_be_longer_than_a_file_of_yaml() -> None:
    assert told(" " * 2**23 + "- at: x\n") == ([], "too_large: line 1: the file is larger than 8 MiB")


def test_reading_ends_where_nothing_fits() -> None:
    assert MAX_PROBLEMS == 10_000
    lines, problems = told("y\n" * (MAX_PROBLEMS + 5) + f"- {LINE}\n")
    assert lines == []
    assert problems.count("\n") == MAX_PROBLEMS
    assert problems.endswith(
        f"not_an_event: line {MAX_PROBLEMS}: `y` is not an event; {NO_EVENT}\n"
        f"too_many_problems: line {MAX_PROBLEMS}: too many problems; the rest of the log is not read"
    )
