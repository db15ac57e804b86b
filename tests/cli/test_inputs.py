"""What is read, from where, and what is said of what cannot be."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from sevclass import classify
from sevclass.cli import main
from tests.cli.conftest import Run

DOWN = classify({"functionality": "down"}).model_dump_json() + "\n"
MIB = 2**20

no_proc = pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that opens and cannot be read")


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("facts.json", b'{"functionality": "down"}', id="json"),
        pytest.param("facts.JSON", b'\xef\xbb\xbf{\r\n"functionality": "down"}\r\n', id="json-with-a-mark"),
        pytest.param("facts.yaml", b"functionality: down\n", id="yaml"),
        pytest.param("facts.yml", b"\xef\xbb\xbf---\nfacts: {functionality: down}\n", id="yaml-with-a-mark"),
        pytest.param("facts.jsonl", b'{"functionality": "down"}', id="json-lines"),
        pytest.param("facts.ndjson", b'\xef\xbb\xbf{"functionality": "down"}\n', id="json-lines-with-a-mark"),
        pytest.param("facts", b'{\n  "functionality": "down"\n}', id="json-by-its-content"),
    ],
)
def test_a_file_is_read_by_its_name(run: Run, folder: Path, name: str, content: bytes) -> None:
    written(folder, name, content)

    assert run(name) == (0, DOWN, "")


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("json", b'{\n"functionality": "down"}'),
        ("yaml", b"functionality: down"),
        ("jsonl", b'{"functionality": "down"}'),
    ],
)
def test_an_option_says_what_it_is(run: Run, kind: str, content: bytes) -> None:
    assert run("-", "--input", kind, stdin=content) == (0, DOWN, "")


@pytest.mark.parametrize(
    ("content", "records"),
    [
        pytest.param(b'{"functionality": "down"}', 1, id="one-line"),
        pytest.param(b'\xef\xbb\xbf\n  \n{"functionality": "down"}\n\n', 1, id="blank-lines-about-it"),
        pytest.param(b'{\n\n"functionality": "down"}\n', 1, id="an-object-over-lines"),
        pytest.param(b'{"facts":\n{"functionality": "down"}\n}\n', 1, id="an-object-that-holds-a-line-that-is-one"),
        pytest.param(b'{"functionality": "down"}\n\n{"functionality": "down"}', 2, id="two-lines"),
        pytest.param(b'\xef\xbb\xbf{"functionality": "down"}\n{"functionality": "down"}', 2, id="two-after-a-mark"),
    ],
)
def test_standard_input_shows_what_it_is(run: Run, content: bytes, records: int) -> None:
    assert run("-", stdin=content) == (0, records * DOWN, "")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            b'{"facts": {"functio\n{"functionality": "down"}\n',
            "not JSON: EOF while parsing a string at column 19",
            id="torn",
        ),
        pytest.param(
            b'{"id": "T-1", "facts":\n{"functionality": "down"}\n',
            "not JSON: EOF while parsing a value at column 22",
            id="torn-so-that-the-next-could-go-on",
        ),
        pytest.param(b'no\n{"functionality": "down"}\n', "not JSON: expected ident at column 2", id="words"),
        pytest.param(
            b"[" * (MIB + 1) + b'\n{"functionality": "down"}\n',
            "more than 1 MiB; the facts of one incident take at most 1048576 bytes",
            id="too-long",
        ),
    ],
)
def test_a_stream_may_begin_with_a_bad_line(run: Run, content: bytes, message: str) -> None:
    status, out, err = run("-", stdin=content)

    assert status == 2
    assert out.splitlines(keepends=True)[1:] == [DOWN]
    assert err == f"<stdin>:1: {message}\n"


def test_a_first_line_without_an_end_is_given_up(run: Run) -> None:
    status, out, err = run("-", stdin=bytes(2**26 + 2**18) + b'\n{"functionality": "down"}\n')

    assert (status, out, err) == (2, "", f"<stdin>: {LARGE}\n")


def test_a_document_that_holds_a_line_that_is_an_object_may_be_too_large(run: Run) -> None:
    status, out, err = run("-", stdin=b'{"facts":\n{"functionality": "down"}' + b"\n" * MIB + b"}")

    assert (status, out.splitlines(keepends=True)[1:-1]) == (2, [DOWN])
    assert [line.partition(": ")[0] for line in err.splitlines()] == ["<stdin>:1", f"<stdin>:{MIB + 2}"]


def test_a_document_of_many_short_lines_takes_no_long_time(run: Run) -> None:
    # A second if each line is looked at once, an hour if all before it are counted again.
    assert run("-", stdin=b'{"facts":\n{"functionality": "down"}' + b"\n" * 900_000 + b"}") == (0, DOWN, "")


def test_a_stream_may_begin_with_very_many_blank_lines(run: Run) -> None:
    assert run("-", stdin=b"\n" * 300_000 + b'{"functionality": "down"}') == (0, DOWN, "")
    assert run("-", stdin=b"\n" * 9_997 + b'{\n"functionality": "down"}') == (0, DOWN, "")


def test_a_stream_may_begin_with_many_blank_lines(run: Run) -> None:
    blank = b" " * 1000 + b"\n"

    assert run("-", stdin=blank * 1100 + b'{"functionality": "down"}') == (0, DOWN, "")
    assert run("-", stdin=blank * 1100 + b'{"functionality": "down"}\n{"functionality": "down"}') == (0, 2 * DOWN, "")


def test_a_blank_line_may_be_long(run: Run) -> None:
    assert run("-", stdin=b'{"functionality": "down"}\n' + b" " * (2 * MIB) + b'\n{"functionality": "down"}\n') == (
        0,
        2 * DOWN,
        "",
    )


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\n\n"])
@pytest.mark.parametrize("size", [MIB - 1, MIB])
def test_the_first_record_of_a_stream_may_be_as_large_as_any(run: Run, size: int, end: bytes) -> None:
    first = b'{"functionality": "down"}'.ljust(size)
    assert run("-", stdin=first + end + b'{"functionality": "down"}\n') == (0, 2 * DOWN, "")


@pytest.mark.parametrize("first", [b'{"a":', b"x" * (MIB + 1), b"null", b'x": 1}', b"\xff"], ids=range(5))
@pytest.mark.parametrize("second", [b'{"a":', b"x" * (MIB + 1), b"null", b'x": 1}'], ids=range(4))
def test_a_stream_may_begin_with_two_bad_lines(run: Run, first: bytes, second: bytes) -> None:
    status, out, err = run("-", stdin=first + b"\n" + second + b'\n{"functionality": "down"}\n')

    if first == b'{"a":' and len(second) <= MIB:  # what begins like a document and has no object next is one
        assert (status, out) == (2, "")
    else:
        assert (status, out.splitlines(keepends=True)[2:]) == (2, [DOWN])
        assert [line.partition(": ")[0] for line in err.splitlines()] == ["<stdin>:1", "<stdin>:2"]


def test_a_list_is_one_document_however_it_is_written(run: Run) -> None:
    for text in (b'[{"functionality": "down"}]', b'[\n{"functionality": "down"}\n]'):
        status, out, err = run("-", stdin=text)
        assert (status, out) == (2, "")
        assert "a list is not a mapping of facts" in err


EMPTY = "is empty; `{}` is an incident of which nothing is known"
LARGE = "more than 1 MiB; the facts of one incident take at most 1048576 bytes"
NO_MAPPING = "is not a mapping of facts; name each fact and its value"


def case(id: str, name: str, content: bytes, *lines: str) -> ParameterSet:
    return pytest.param(name, content, "".join(f"{line}\n" for line in lines), id=id)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        case(
            "level",
            "x.json",
            b'{"functionality": "dwon"}',
            "x.json:1:19: functionality: unknown level `dwon`; did you mean `down`?",
            '    {"functionality": "dwon"}',
            "                      ^^^^^^",
        ),
        case(
            "json-facts",
            "x.json",
            b'{\r\n\t"id": "T-1",\r\n\t"facts": {\r\n\t\t"functionality": "dwon",\r\n\t\t"foo\\/": 1\r\n\t}\r\n}\r\n',
            "x.json:4:20: facts.functionality: unknown level `dwon`; did you mean `down`?",
            '      "functionality": "dwon",',
            "                       ^^^^^^",
            "x.json:5:3: facts.foo/: unknown fact `foo/`",
            '      "foo\\/": 1',
            "      ^^^^^^^",
        ),
        case(
            "json-after-a-mark",
            "x",
            b'\xef\xbb\xbf{"functionality": "dwon"}',
            "x:1:19: functionality: unknown level `dwon`; did you mean `down`?",
            '    {"functionality": "dwon"}',
            "                      ^^^^^^",
        ),
        case(
            "json-with-a-key-twice",
            "x.json",
            b'{"foo": 1,\n"data_loss": true,\n"data_loss": 1}',
            "x.json: data_loss: `data_loss` stands twice; keep one",
            "x.json: foo: unknown fact `foo`",
            "x.json: data_loss: 1 is neither true nor false",
        ),
        case(
            "json-that-is-no-yaml",
            "x.json",
            b'{"\\ud83d\\ude00": "dwon", "functionality": "dwon"}',
            "x.json: \U0001f600: unknown fact `\U0001f600`",
            "x.json: functionality: unknown level `dwon`; did you mean `down`?",
        ),
        case("empty", "x.json", b"", f"x.json: {EMPTY}"),
        case("blank", "x.json", b" \n", f"x.json: {EMPTY}"),
        case("blank-of-any-kind", "x", b"\n", f"x: {EMPTY}"),
        case("yaml-without-content", "x.yaml", b"# nothing\n", f"x.yaml: {EMPTY}"),
        case("list", "x.json", b"[]", "x.json: a list is not a mapping of facts; a JSON object is needed"),
        case(
            "no-json",
            "x.json",
            b'{\n  "\xc3\xa9": nope}\n',
            "x.json:2:9: not JSON: expected ident",
            '      "é": nope}',
            "            ^",
        ),
        case(
            "half-a-surrogate",
            "x.json",
            b'{"a": "\\ud800"}',
            "x.json:1:14: not JSON: unexpected end of hex escape",
            '    {"a": "\\ud800"}',
            "                 ^",
        ),
        case(
            "picture",
            "x.json",
            b"\x89PNG\r\n\x1a\n",
            "x.json:1:1: byte 0x89 is not UTF-8; save the file as UTF-8",
            "    \ufffdPNG ",
            "    ^",
        ),
        case(
            "utf-16",
            "x.json",
            "{}".encode("utf-16-le").join([b"\xff\xfe", b""]),
            "x.json:1:1: byte 0xFF is not UTF-8; save the file as UTF-8, not UTF-16",
            "    \ufffd\ufffd{\ufffd}\ufffd",
            "    ^",
        ),
        case("large", "x.json", b"{" + b" " * MIB + b"}", f"x.json: {LARGE}"),
        case("large-after-a-mark", "x.json", b"\xef\xbb\xbf{" + b" " * (MIB - 1) + b"}", f"x.json: {LARGE}"),
        case("large-yaml", "x.yaml", b"#" * (MIB + 1), f"x.yaml: {LARGE}"),
        case("one-long-line", "x", b"[" * (MIB + 3), f"x: {LARGE}"),
        case(
            "yaml-facts",
            "x.yaml",
            b"id: T-1\nfacts:\n  functionality: dwon  # so\n  enterprise_customers: 1.5\n  foo: 1\n",
            "x.yaml:3:18: facts.functionality: unknown level `dwon`; did you mean `down`?",
            "      functionality: dwon  # so",
            "                     ^^^^",
            "x.yaml:4:25: facts.enterprise_customers: 1.5 is not a whole number; it is a count of customers",
            "      enterprise_customers: 1.5",
            "                            ^^^",
            "x.yaml:5:3: facts.foo: unknown fact `foo`",
            "      foo: 1",
            "      ^^^",
        ),
        case(
            "yaml-facts-that-are-none",
            "x.yaml",
            b"facts: 1\n",
            f"x.yaml:1:8: facts: 1 {NO_MAPPING}",
            "    facts: 1",
            "           ^",
        ),
        case(
            "key-like-a-path",
            "x.yaml",
            b"facts: 1\nfacts.x: 2\n",
            "x.yaml: facts.x: unknown key `facts.x`; did you mean `facts`?",
            f"x.yaml:1:8: facts: 1 {NO_MAPPING}",
            "    facts: 1",
            "           ^",
        ),
        case("key-shown-otherwise", "x.yaml", b'"a\\tb": 1\n', "x.yaml: a\\tb: unknown fact `a\\tb`"),
        case(
            "no-yaml",
            "x.yaml",
            b"a: b: c\n",
            "x.yaml:1:5: `:` cannot stand here; check the indentation; if it is text, quote it",
            "    a: b: c",
            "        ^",
        ),
        case("yaml-list", "x.yaml", b"- 1\n", f"x.yaml:1:1: a list {NO_MAPPING}", "    - 1", "    ^^^"),
        case("json-as-text-in-yaml", "x.yaml", b"'{}'\n", f"x.yaml:1:1: `{{}}` {NO_MAPPING}", "    '{}'", "    ^^^^"),
    ],
)
def test_one_bad_input(run: Run, folder: Path, name: str, content: bytes, message: str) -> None:
    written(folder, name, content)

    assert run(name) == (2, "", message)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("nope.json", "nope.json: no such file", id="missing"),
        pytest.param(".", ".: is a directory; name a file in it", id="a-folder"),
        pytest.param("x" * 300, f"{'x' * 300}: cannot be read: File name too long", id="a-name-too-long"),
        pytest.param("a\0b", "a\\x00b: cannot be read: embedded null byte", id="no-name"),
        pytest.param("no\x1b[2J\u202e.json", "no\\x1b[2J\\u202e.json: no such file", id="a-name-that-moves-the-cursor"),
        pytest.param(
            "/proc/self/mem", "/proc/self/mem: cannot be read: Input/output error", id="unreadable", marks=no_proc
        ),
    ],
)
def test_a_file_that_cannot_be_read(run: Run, name: str, message: str) -> None:
    assert run(name) == (2, "", message + "\n")


@no_proc
@pytest.mark.parametrize("kind", ["json", "yaml", "jsonl"])
def test_a_file_that_cannot_be_read_whatever_it_is(run: Run, kind: str) -> None:
    assert run("/proc/self/mem", "--input", kind) == (2, "", "/proc/self/mem: cannot be read: Input/output error\n")


def test_standard_input_that_is_closed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    assert main(["-"]) == 2
    assert capsys.readouterr() == ("", "<stdin>: standard input is closed\n")


def test_standard_input_may_be_text(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"functionality": "down"}'))

    assert main(["-"]) == 0
    assert capsys.readouterr() == (DOWN, "")


STREAM = b"""\
{"functionality": "down"}

{"id": "T-3", "facts": {"functionality": "dwon", "foo": 1}}
{"id": "T-4", "functionality": "down"}
{"functionality": "down"
[{"id": "T-6"}]
"down\xff"
{"id": 8, "facts": {}}
\x20\t
{"functionality": "down"}"""


def told(path: str, code: str, message: str, hint: str | None = None) -> dict[str, str | None]:
    return {"path": path, "code": code, "message": message, "hint": hint}


LEVEL = told("facts.functionality", "unknown_level", "unknown level `dwon`", "did you mean `down`?")
BESIDE = "beside `id` the facts stand under `facts`"
TOO_LARGE = told("", "too_large", "more than 1 MiB", "the facts of one incident take at most 1048576 bytes")


def test_bad_lines_are_told_twice_and_the_rest_goes_on(run: Run, folder: Path) -> None:
    written(folder, "week.jsonl", STREAM)

    status, out, err = run("week.jsonl", "--fail-at", "2")
    lines = out.splitlines(keepends=True)

    assert status == 2
    assert [lines[0], lines[-1]] == [DOWN, DOWN]
    no_json = told("", "not_json", "not JSON: EOF while parsing an object at column 24")
    no_mapping = told("", "not_a_mapping", "a list is not a mapping of facts", "a JSON object is needed")
    no_text = told("", "encoding", "byte 0xFF is not UTF-8 at column 6", "save the file as UTF-8")
    assert [json.loads(line) for line in lines[1:-1]] == [
        {"line": 3, "id": "T-3", "problems": [LEVEL, told("facts.foo", "unknown_fact", "unknown fact `foo`")]},
        {"line": 4, "id": "T-4", "problems": [told("id", "unknown_fact", "unknown fact `id`", BESIDE)]},
        {"line": 5, "id": None, "problems": [no_json]},
        {"line": 6, "id": None, "problems": [no_mapping]},
        {"line": 7, "id": None, "problems": [no_text]},
        {"line": 8, "id": None, "problems": [told("id", "wrong_type", "8 is not text", "quote it")]},
    ]
    assert err == (
        "week.jsonl:3: facts.functionality: unknown level `dwon`; did you mean `down`?\n"
        "week.jsonl:3: facts.foo: unknown fact `foo`\n"
        f"week.jsonl:4: id: unknown fact `id`; {BESIDE}\n"
        "week.jsonl:5: not JSON: EOF while parsing an object at column 24\n"
        "week.jsonl:6: a list is not a mapping of facts; a JSON object is needed\n"
        "week.jsonl:7: byte 0xFF is not UTF-8 at column 6; save the file as UTF-8\n"
        "week.jsonl:8: id: 8 is not text; quote it\n"
    )


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b""], ids=["line-feed", "carriage-return", "end-of-file"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["", "mark"])
def test_a_line_of_just_the_most_and_one_over(run: Run, mark: bytes, end: bytes) -> None:
    most = mark + b'{"functionality": "down"}'.ljust(MIB)

    assert run("-", "--input", "jsonl", stdin=most + end) == (0, DOWN, "")
    for over in (b" ", b"\r\r\r\r\r", b" " * 70_000):
        status, out, err = run("-", "--input", "jsonl", stdin=most + over + end)
        assert (status, json.loads(out)["line"], err) == (2, 1, f"<stdin>:1: {LARGE}\n")


@pytest.mark.parametrize("room", [2**16 - 1, 2**16, 2**16 + 1], ids=["before", "at", "after"])
def test_a_line_may_end_where_a_block_does(run: Run, room: int) -> None:
    # A stream is read in blocks of 64 KiB: the carriage return is the last byte of one, or the first of the next.
    line = b'{"id": "' + b"x" * (room - 9)
    message = f"<stdin>:1: not JSON: EOF while parsing a string at column {len(line)}\n"

    assert run("-", "--input", "jsonl", stdin=line + b"\r\n").err == message
    assert run("-", "--input", "jsonl", stdin=line + b"\n").err == message


def test_what_follows_a_long_line_is_read(run: Run) -> None:
    long = b'{"id": "' + b"x" * (3 * MIB) + b'"}\n'

    status, out, err = run("-", "--input", "jsonl", stdin=long + b'{"functionality": "down"}\n' + long)
    first, second, third = out.splitlines(keepends=True)

    assert (status, second) == (2, DOWN)
    assert json.loads(first) == {"line": 1, "id": None, "problems": [TOO_LARGE]}
    assert json.loads(third)["line"] == 3
    assert err == f"<stdin>:1: {LARGE}\n<stdin>:3: {LARGE}\n"


def test_a_document_may_be_as_large_as_that(run: Run, folder: Path) -> None:
    written(folder, "x.json", b'\xef\xbb\xbf{"functionality":' + b'"down"}'.rjust(MIB - len('{"functionality":')))

    assert run("x.json") == (0, DOWN, "")


def test_an_empty_stream_is_no_problem(run: Run) -> None:
    assert run("-", "--input", "jsonl", stdin=b"") == (0, "", "")
