"""An append-only file of entries, one a line, that a person reads as YAML.

A crash costs at most the entry that is being written. What an entry means is not known here, only how one
begins and ends.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from json import JSONDecoder
from pathlib import Path
from typing import NamedTuple

from sevclass.incident import disk
from sevclass.incident.lock import locked
from sevclass.problems import Problem

PATIENCE_S = 10.0
"""How long a journal that somebody else has is waited for."""

MAX_BYTES = 2**28
"""The most bytes of a file: it is read as a whole."""
TOO_MUCH = ("too_large", f"more than {MAX_BYTES >> 20} MiB", "it is read as a whole: split it")
"""Code, message and hint for more."""

# Blank lines, comments, directives and the start of the document.
_PREAMBLE = rb"(?:\xef\xbb\xbf)?(?:[ \t]*(?:\#[^\n]*)?\r?\n|---[ \t\r]*(?:\#[^\n]*)?\n|%[^\n]*\n)*+"
_FIRST_ENTRY = re.compile(_PREAMBLE + rb"(?P<indent> *)-[ \t\r\n]")
_NO_ENTRY = re.compile(_PREAMBLE + rb"[ \t]*(?:\#[^\n]*)?")
_BEGINNING = b'- {"'
_JSON = JSONDecoder(parse_int=str)  # a number may have more digits than Python converts


class Written(NamedTuple):
    """What stands in a journal: its whole lines, and a torn last one."""

    text: bytes
    torn: bytes | None


def split(data: bytes) -> Written:
    """Take off a last line that a crash has torn.

    Torn is what stands after the last line end and begins as an entry of ours does, but is no whole entry, or is
    nothing but NUL bytes, which file systems leave after a power cut. Other last lines were written by a person.
    """
    text, tail = data[: data.rfind(b"\n") + 1], data[data.rfind(b"\n") + 1 :]
    own = tail.removeprefix(indent_of(data))
    begun = own.startswith(_BEGINNING) or (own and _BEGINNING.startswith(own))
    if tail and (not tail.strip(b"\0") or (begun and not _is_whole(own))):
        return Written(text, tail)
    return Written(data, None)


def torn_at(place: str) -> Problem:
    """What is to be told of a last line that is torn."""
    hint = "it was not written to its end; the next entry that is added sets it aside"
    return Problem(path=place, code="torn", message="the last line is torn", hint=hint)


def set_aside(path: Path, line: int) -> Problem:
    """What is to be told once it was set aside."""
    hint = f"what there was of it is kept in `{path.with_suffix('.torn').name}`"
    message = "the last line was torn, and was set aside"
    return Problem(path=f"{disk.name_of(path)}:{line}", code="torn", message=message, hint=hint)


def read_journal(path: Path) -> Written:
    """What stands in the journal at this moment, read without a lock: the torn line may be one being written.

    Raises StoreError.
    """
    with disk.told(path, "unreadable", "read"):
        descriptor = disk.opened(path, os.O_RDONLY)
        try:
            if os.fstat(descriptor).st_size > MAX_BYTES:
                raise disk.refusal(path, *TOO_MUCH)
            return split(disk.content(descriptor))
        finally:
            os.close(descriptor)


@contextmanager
def journal(path: Path, *, patience_s: float = PATIENCE_S) -> Iterator[Journal]:
    """Have the journal to oneself, whether it is there yet or not; folders are made.

    Raises StoreError if it cannot be read or is not UTF-8, and if somebody else has it for longer than `patience_s`.
    """
    with disk.told(path, "unwritable", "written"):
        disk.make_folder(path.parent)
        real = Path(os.path.realpath(path))  # all names of a file share one lock
    with locked(real, patience_s, called=path):
        yield Journal(path, real)


def rewrite(path: Path, text: str) -> None:
    """Put `text` in the place of all that stands in the file, or make the file: a reader sees all of it or nothing.

    Raises StoreError.
    """
    with journal(path) as log:
        log.rewrite(text)


class Journal:
    """A journal that is locked: `text` has its whole lines, `torn` a torn last one."""

    __slots__ = ("_path", "_real", "text", "torn")

    def __init__(self, path: Path, real: Path) -> None:
        self._path = path
        self._real = real
        is_there = os.path.lexists(real)
        self.text, self.torn = read_journal(path) if is_there else Written(b"", None)
        _check_utf_8(path, self.text)

    def expect_list(self) -> None:
        """Look whether an entry can follow: in JSON lines, in `[…]` and in one mapping alone it cannot.

        Raises StoreError if not.
        """
        text = self.text + b"\n" * (not self.text.endswith(b"\n"))
        if not _FIRST_ENTRY.match(text) and not _NO_ENTRY.fullmatch(text):
            hint = "write it as a list with `- ` before each entry"
            raise disk.refusal(self._path, "cannot_add", "nothing can be added to what stands there", hint)

    def append(self, line: str) -> None:
        """Add an entry, `- {…}` in JSON on one line; once this returns it survives a crash.

        A torn last line is set aside first.

        Raises StoreError if it cannot be written: then it is not there; ValueError for what is no entry.
        """
        self.expect_list()
        entry = line.encode()
        # Read as YAML more characters than a newline end a line.
        if line.splitlines() != [line] or not entry.startswith(_BEGINNING) or not _is_whole(entry):
            raise ValueError(f"no entry of one line: {line!r}")
        lead = b"\n" if self.text and not self.text.endswith(b"\n") else b""
        added = lead + indent_of(self.text) + entry + b"\n"
        if len(self.text) + len(added) > MAX_BYTES:
            raise disk.refusal(self._path, *TOO_MUCH)
        with disk.told(self._path, "unwritable", "written"):
            descriptor = disk.opened(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            try:
                self._expect_unchanged(descriptor)
                self._set_aside(descriptor, line)
                self._put(descriptor, added)
            finally:
                os.close(descriptor)
            # Also where the file was there: who made it may have died before this step.
            disk.sync_folder(self._real.parent)
        self.text += added

    def rewrite(self, text: str) -> None:
        """Put `text` in the place of all that stands there, at once; a torn last line is set aside first.

        Raises StoreError: then all is as it was.
        """
        data = text.encode()
        new = self._real.with_name(f".{self._real.name}.new")
        with disk.told(self._path, "unwritable", "written"):
            mode = None
            if self._real.exists():
                descriptor = disk.opened(self._path, os.O_WRONLY)  # refused, where it may not be written
                try:
                    mode = os.fstat(descriptor).st_mode
                    self._expect_unchanged(descriptor)
                    self._set_aside(descriptor, "all was written anew")
                finally:
                    os.close(descriptor)
            new.unlink(missing_ok=True)  # a crash has left it
            try:
                _make(new, data, mode)
                disk.replace(new, self._real)
            except BaseException:
                with suppress(OSError):
                    new.unlink(missing_ok=True)
                raise
        self.text, self.torn = split(data)

    def _expect_unchanged(self, descriptor: int) -> None:
        if os.fstat(descriptor).st_size != len(self.text) + len(self.torn or b""):
            hint = "close it in your editor and try again"
            raise disk.refusal(self._path, "changed", "was changed by another program meanwhile", hint)

    def _set_aside(self, descriptor: int, why: str) -> None:
        """Move a torn last line into the file for them. Each step is on the disk before the next one begins."""
        if self.torn is None:
            return
        header = f"# torn line of {len(self.torn)} bytes, set aside before: {why}\n".encode()
        aside = self._real.with_suffix(".torn")
        to = disk.opened(aside, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        try:
            # A blank line between two also ends what a crash has left here.
            lead = b"\n" if os.fstat(to).st_size else b""
            disk.put(to, lead + header + self.torn + b"\n")
        finally:
            os.close(to)
        disk.sync_folder(aside.parent)
        os.ftruncate(descriptor, len(self.text))
        disk.sync(descriptor)
        self.torn = None

    def _put(self, descriptor: int, added: bytes) -> None:
        try:
            disk.put(descriptor, added)
        except OSError:
            # What was written of it is nobody's entry. If this fails too, the next append sets it aside.
            with suppress(OSError):
                os.ftruncate(descriptor, len(self.text))
            raise


def indent_of(data: bytes) -> bytes:
    """What stands before each entry: a person may have indented them all, and YAML wants them alike."""
    found = _FIRST_ENTRY.match(data)
    return found["indent"] if found else b""


def _is_whole(entry: bytes) -> bool:
    """Whether it is `- ` and a JSON mapping, and at most a comment after it."""
    try:
        text = entry[2:].decode()
        value, end = _JSON.raw_decode(text)
    except (ValueError, RecursionError):
        return False
    rest = text[end:]
    return isinstance(value, dict) and (not rest.strip() or rest.lstrip().startswith("#"))


def _check_utf_8(path: Path, text: bytes) -> None:
    """Refuse a file in another encoding: what is added in UTF-8 would make it unreadable.

    Raises StoreError.
    """
    try:
        text.decode()
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        column = len(text[text.rfind(b"\n", 0, error.start) + 1 : error.start].decode()) + 1
        place = f"{disk.name_of(path)}:{line}:{column}"
        message = f"byte 0x{text[error.start]:02X} is not UTF-8"
        raise disk.refusal(place, "encoding", message, "save the file as UTF-8") from None


def _make(new: Path, data: bytes, mode: int | None) -> None:
    descriptor = disk.opened(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        disk.put(descriptor, data)
    finally:
        os.close(descriptor)
    if mode is not None:
        new.chmod(mode & 0o7777)
