"""Reading a pack, and facts: a document of JSON or YAML, or a stream of JSON lines.

Of neither is ever more than 1 MiB held.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from math import inf
from pathlib import PurePath
from typing import BinaryIO, TypeAlias, TypeVar

from pydantic_core import from_json

from sevclass.api import Pack, load_pack
from sevclass.cli.arguments import UsageError
from sevclass.cli.streams import printable
from sevclass.json_facts import MAX_BYTES
from sevclass.problems import FactsError, PackError, Problem, printable as cut

_Answer = TypeVar("_Answer")

LANGUAGE_HELP = "the language of the pack's texts, as `de` (default: the one it is written in)"
KINDS = ("json", "yaml", "jsonl")
_SUFFIXES = {".json": "json", ".yaml": "yaml", ".yml": "yaml", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_MAX_HINT = f"the facts of one incident take at most {MAX_BYTES} bytes"
_MOST_OF_LINE = len(codecs.BOM_UTF8) + MAX_BYTES + len(b"\r\n")
_CHUNK = 2**16
_PART = 2**20
_ENDLESS = 2**26
_MOST_BLANK = 10_000
"""The most lines that are looked at for the first two that are not blank."""


Line: TypeAlias = tuple[int, bytes | None, int]
"""A line of a stream: its number from 1, its bytes (None if they are too many) and how many there are."""


def name_of(word: str) -> str:
    """What an input is called in messages."""
    return "<stdin>" if word == "-" else printable(word)


def pack(word: str, language: str | None = None) -> Pack:
    """The pack of that name or folder, with its texts in a language.

    Raises UsageError for a language that it does not have, and PackError; a problem in a file of the folder is told
    with the path that leads there.
    """
    found = told(word, load_pack)
    try:
        return found if language is None else found.in_language(language)
    except ValueError as error:
        raise UsageError(str(error)) from None


def told(word: str, ask: Callable[[str], _Answer]) -> _Answer:
    """What `ask` says of the pack of that name or folder.

    Raises PackError; a problem in a file of the folder is told with the path that leads there.
    """
    try:
        return ask(word)
    except PackError as error:
        # An inherited pack's file has that pack's name before it; a problem of no file has the folder's, or nothing.
        no_file = ("", cut(PurePath(word).name or word))
        raise PackError(
            found if found.path in no_file or "/" in found.path else replace(found, path=lead(word) + found.path)
            for found in error.problems
        ) from None


def lead(word: str) -> str:
    """What leads the paths of the files of a pack's folder."""
    return printable(os.path.join(word, ""))  # noqa: PTH118 - just the slash, if it is not there


def kind_of(word: str) -> str | None:
    """The kind of a file by its name, or None if only its content can tell."""
    return _SUFFIXES.get(PurePath(word).suffix.lower())


@contextmanager
def opened(word: str) -> Iterator[BinaryIO]:
    """The file, or standard input for `-`.

    Raises FactsError.
    """
    if word == "-":
        if sys.stdin is None:
            raise _error(name_of(word), "unreadable", "standard input is closed")
        # A program that calls this one may have put text in its place.
        yield getattr(sys.stdin, "buffer", None) or io.BytesIO(sys.stdin.read().encode(errors="surrogatepass"))
        return
    try:
        file = open(word, "rb")  # noqa: PTH123, SIM115 - `word` as it is given, and closed below
    except FileNotFoundError:
        raise _error(name_of(word), "no_such_file", "no such file") from None
    except IsADirectoryError:
        raise _error(name_of(word), "is_a_directory", "is a directory", "name a file in it") from None
    except (OSError, ValueError) as error:
        raise _unreadable(name_of(word), error) from None
    with file:
        yield file


def lines(file: BinaryIO, name: str, *, sniffing: bool = False) -> Iterator[Line]:
    """The lines of a file, the blank ones too; one that is too long is passed over without holding it.

    Nothing is read beyond the line that is given. With `sniffing` a first line without an end, as of `/dev/zero`, is
    given up.

    Raises FactsError if the file cannot be read further.
    """
    number = 0
    try:
        while data := file.readline(_MOST_OF_LINE):
            number += 1
            if len(data) < _MOST_OF_LINE or data.endswith(b"\n"):
                yield number, _held(number, data), len(data)
            else:
                endless = _ENDLESS if sniffing and number == 1 else inf
                yield number, *_passed_over(file, name, data, endless)
    except OSError as error:
        raise _unreadable(name, error) from None


def many_lines(file: BinaryIO, name: str, number: int = 1) -> Iterator[Line]:
    """The same from that number on, but without their ends: the file is read in blocks, which is quicker.

    Before it may have to wait for the next block, it gives a line of no size.

    Raises FactsError if the file cannot be read further.
    """
    pending = b""
    try:
        while True:
            yield number, b"", 0
            if not (block := _block(file)):
                break
            read = pending + block
            *whole, pending = read.split(b"\n")
            if b"\r" in read:
                whole = [data.removesuffix(b"\r") for data in whole]
            for data in whole:
                yield number, _held(number, data), len(data) + 1
                number += 1
            if len(pending) > _MOST_OF_LINE:
                yield number, *_passed_over(file, name, pending)
                number, pending = number + 1, b""
    except OSError as error:
        raise _unreadable(name, error) from None
    if pending:
        yield number, _held(number, pending.removesuffix(b"\r")), len(pending)


def _block(file: BinaryIO) -> bytes:
    """What there is to read, without waiting for more."""
    read: Callable[[int], bytes] = getattr(file, "read1", file.read)
    return read(_CHUNK)


def _held(number: int, data: bytes) -> bytes | None:
    """The bytes of a line, nothing of one that is blank and too long; None if they are too many."""
    if number == 1:
        data = data.removeprefix(codecs.BOM_UTF8)
    if len(data) <= MAX_BYTES or len(_without_end(data)) <= MAX_BYTES:
        return data
    return None if data.strip() else b""


def _without_end(data: bytes) -> bytes:
    return data.removesuffix(b"\n").removesuffix(b"\r")


def _passed_over(file: BinaryIO, name: str, data: bytes, endless: float = inf) -> tuple[bytes | None, int]:
    """What is held of a line that is too long, and how many bytes it has; `data` has been read of it.

    Raises FactsError if they are more than `endless`.
    """
    size, blank = len(data), not data.strip()
    while not data.endswith(b"\n") and (data := file.readline(_CHUNK)):
        size += len(data)
        blank = blank and not data.strip()
        if size > endless:
            raise _error(name, "too_large", "more than 1 MiB", _MAX_HINT)
    return b"" if blank else None, size


def document(file: BinaryIO, name: str, head: Iterable[Line] = ()) -> bytes:
    """A whole file, `head` being the lines that have been read of it.

    Raises FactsError if it cannot be read, or is too large.
    """
    begun = [data for _, data, _ in head]
    data = b"".join(part for part in begun if part is not None)
    try:
        data += file.read(max(0, MAX_BYTES + 1 + len(codecs.BOM_UTF8) - len(data)))
    except OSError as error:
        raise _unreadable(name, error) from None
    data = data.removeprefix(codecs.BOM_UTF8)
    if None in begun or len(data) > MAX_BYTES:
        raise _error(name, "too_large", "more than 1 MiB", _MAX_HINT)
    if not data.strip():
        raise FactsError([empty(name)])
    return data


def whole(file: BinaryIO, name: str, most: int) -> bytes | None:
    """All of a file; None if it has more bytes than that.

    Raises FactsError if it cannot be read.
    """
    parts: list[bytes] = []
    size = 0
    try:
        while size <= most and (part := file.read(_PART)):
            parts.append(part)
            size += len(part)
    except OSError as error:
        raise _unreadable(name, error) from None
    return b"".join(parts) if size <= most else None


def sniffed(file: BinaryIO, name: str) -> bytes | Iterator[Line]:
    """A document of JSON, or the lines of a stream, as the first two lines that are not blank tell.

    A stream if a line is too long for a document, or the first is a whole value, or nothing that one can begin with.
    Else the first begins a document, or is a torn line of a stream; if the second is a whole object, what is a document
    can be read as one to its end.

    Raises FactsError.
    """
    rest = lines(file, name, sniffing=True)
    head: list[Line] = []
    filled: list[bytes | None] = []
    for line in rest:
        number, data, size = line
        blank = is_blank(data)
        head.append((number, b"\n", size) if blank else line)
        if not blank:
            filled.append(data)
        if len(filled) == 2 or len(head) == _MOST_BLANK:  # noqa: PLR2004
            break
    match filled:
        case [first, second]:
            if first is None or second is None or _is_value(first) or not _may_begin(first):
                return _stream(file, name, head)
            return _begun(file, name, head, rest) if _is_object(second) else document(file, name, head)
        case _ if len(head) == _MOST_BLANK:
            return _stream(file, name, head)
    return document(file, name, head)


def _stream(file: BinaryIO, name: str, head: list[Line]) -> Iterator[Line]:
    """The lines of a stream, `head` being those that have been read of it."""
    without_ends = ((number, data and _without_end(data), size) for number, data, size in head)
    return chain(without_ends, many_lines(file, name, len(head) + 1))


def _begun(file: BinaryIO, name: str, head: list[Line], rest: Iterator[Line]) -> bytes | Iterator[Line]:
    """What can be read as a document to its end, or else the lines of a stream with a torn first one."""
    held = sum(size for _, _, size in head)
    for line in rest:
        head.append(line)
        held += line[2]
        if held > MAX_BYTES:
            return _stream(file, name, head)
    whole = b"".join(data or b"" for _, data, _ in head)
    return document(file, name, head) if _is_value(whole) else _stream(file, name, head)


def empty(name: str) -> Problem:
    """What is wrong with a document that says nothing."""
    return Problem(path=name, code="empty", message="is empty", hint="`{}` is an incident of which nothing is known")


def is_blank(data: bytes | None) -> bool:
    """Whether there is nothing on the line."""
    return data is not None and not data.strip()


def too_long() -> FactsError:
    """What is wrong with a line whose bytes are too many."""
    return _error("", "too_large", "more than 1 MiB", _MAX_HINT)


def _is_object(data: bytes) -> bool:
    try:
        return isinstance(from_json(data), dict)
    except ValueError:
        return False


def _is_value(data: bytes) -> bool:
    try:
        from_json(data)
    except ValueError:
        return False
    return True


def _may_begin(data: bytes) -> bool:
    """Whether a value can begin like this."""
    try:
        from_json(data, allow_partial=True)
    except ValueError:
        return False
    return True


def _error(name: str, code: str, message: str, hint: str | None = None) -> FactsError:
    return FactsError([Problem(path=name, code=code, message=message, hint=hint)])


def _unreadable(name: str, error: OSError | ValueError) -> FactsError:
    return _error(name, "unreadable", f"cannot be read: {getattr(error, 'strerror', None) or error}")
