"""Standard output and standard error: what is written to them can be read there, whatever their encoding."""

from __future__ import annotations

import codecs
import errno
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from sevclass.characters import printable as printable  # noqa: PLC0414 - for whoever prints
from sevclass.problems import Problem

_PUNCTUATION = str.maketrans(
    {"\u2026": "...", "\u2013": "-", "\u2014": "-", "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'}
)
_WIDTH = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)
_COLUMNS = 80
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person sees what is written to the stream."""
    return stream is not None and stream.isatty()


def is_dumb() -> bool:
    """Whether the terminal cannot go back over what it shows."""
    return os.environ.get("TERM") in {"dumb", "unknown"}


def columns(stream: TextIO) -> int:
    """How many columns the terminal has that the stream goes to; COLUMNS in the environment knows better."""
    wished = os.environ.get("COLUMNS", "")
    if _WIDTH.fullmatch(wished):
        return int(wished)
    try:
        # A terminal that was never told its width has none.
        return os.get_terminal_size(stream.fileno()).columns or _COLUMNS
    except OSError:
        return _COLUMNS  # Windows takes its null device for a terminal


def environment() -> dict[str, str]:
    """The environment for rich, without the width, which it reads by rules of its own."""
    return {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}


def encodable(text: str, stream: TextIO | None) -> str:
    """The text as the stream's encoding can hold it: the nearest ASCII punctuation, and escapes for the rest."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        plain = text.translate(_PUNCTUATION)
        return plain.encode(encoding, "backslashreplace").decode(encoding)
    return text


def say(text: str) -> None:
    """Write lines for people to standard output."""
    _write(sys.stdout, encodable(_lines(text), sys.stdout))


def say_json(text: str) -> None:
    """Write JSON to standard output; what is not printable, or not ASCII where that is all there is, is escaped."""
    text = json_text(text)
    if not text.isascii() and not _is_utf_8(sys.stdout):
        text = _NOT_ASCII.sub(lambda found: _escape(found[0]), text)
    _write(sys.stdout, text)


def json_text(text: str) -> str:
    """JSON in which nothing can move a cursor: what is not printable is escaped."""
    # JSON in ASCII has nothing left to escape but a delete, so most text needs no second look.
    if text.isascii() and "\x7f" not in text:
        return text
    return "\n".join(line if line.isprintable() else _escaped(line) for line in text.split("\n"))


def complain(text: str, end: str = "\n") -> None:
    """Write lines to standard error; where they cannot be written, what there is to do goes on without."""
    complain_as_is(encodable(_lines(text), sys.stderr), end)


def tell(problems: Iterable[Problem]) -> None:
    """Write problems to standard error; one that has no place is the program's own."""
    for problem in problems:
        complain(str(problem) if problem.path else f"sevclass: error: {problem}")


def complain_as_is(text: str, end: str = "\n") -> None:
    """Write lines to standard error that are fit for it already."""
    if sys.stderr is not None:
        # Together and in order, where both go to the same place.
        flush()
        try:
            _write(sys.stderr, text, end)
            sys.stderr.flush()
        except OSError:
            _give_up(sys.stderr)


def write(text: str) -> None:
    """Write lines to standard output as they are."""
    _write(sys.stdout, text)


def put(text: str) -> None:
    """Write a document to standard output: to a file or a program in UTF-8, to a terminal as it can show it."""
    if is_terminal(sys.stdout) or not hasattr(sys.stdout, "buffer"):
        say(text.removesuffix("\n"))
    else:
        write_bytes(text.encode())


def write_bytes(data: bytes) -> None:
    """Write a file's bytes to standard output; where that takes only text, as text."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, "standard output is closed")
    flush()
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        sys.stdout.write(data.decode())
    else:
        binary.write(data)


def flush() -> None:
    """Send on what waits in standard output."""
    if sys.stdout is not None:
        sys.stdout.flush()


@contextmanager
def after_writing(what: str) -> Iterator[None]:
    """What is printed within comes after something was written to the disk: where it cannot be, that is said."""
    try:
        yield
        flush()
    except OSError:
        settle()
        complain(f"{what}: written all the same, not to be written again")
        raise


def settle() -> None:
    """Send on what can be sent; the rest is thrown away, or Python would complain of it when it ends."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            _give_up(stream)


def _give_up(stream: TextIO) -> None:
    """Let what waits in the stream, and what follows, go nowhere."""
    null = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError):  # a stream without a descriptor is not flushed at the end
        os.dup2(null, stream.fileno())
    os.close(null)


def _write(stream: TextIO | None, text: str, end: str = "\n") -> None:
    if stream is None:
        raise OSError(errno.EBADF, "standard output is closed")
    stream.write(text + end)


def _lines(text: str) -> str:
    return "\n".join(printable(line) for line in text.split("\n"))


def _escaped(text: str) -> str:
    return "".join(c if c.isprintable() else _escape(c) for c in text)


def _escape(character: str) -> str:
    return json.dumps(character)[1:-1]


def _is_utf_8(stream: TextIO | None) -> bool:
    return codecs.lookup(getattr(stream, "encoding", None) or "utf-8").name == "utf-8"
