"""The disk: what it refuses is told in our words, and what it is asked for is done whole."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from sevclass.incident import disk
from sevclass.problems import Problem, StoreError
from tests.incident.users import unprivileged

AWAY = "a file belongs there: move the folder away"
ROOM = "make room and try again; nothing was lost"
NO_FOLDER = ("not_a_directory", "is not a directory", "a folder belongs there: move the file away")


def told(error: Exception) -> tuple[Problem, ...]:
    """What is told of it, of a file that is called so."""
    with pytest.raises(StoreError) as caught, disk.told("called", "unwritable", "written"):
        raise error
    return caught.value.problems


@pytest.mark.parametrize(
    ("number", "code", "message", "hint"),
    [
        (errno.ENOENT, "no_such_file", "no such file", None),
        (errno.EISDIR, "is_a_directory", "is a directory", AWAY),
        (errno.ENOTDIR, *NO_FOLDER),
        (errno.EEXIST, *NO_FOLDER),
        (errno.EACCES, "unwritable", "cannot be written: a reason", None),
        (errno.ENOSPC, "unwritable", "cannot be written: a reason", ROOM),
        (errno.EFBIG, "unwritable", "cannot be written: a reason", ROOM),
        (errno.EDQUOT, "unwritable", "cannot be written: a reason", ROOM),
    ],
)
def test_what_the_system_refuses_is_told_of_the_file_that_it_names(
    number: int, code: str, message: str, hint: str | None
) -> None:
    for error, path in ((OSError(number, "a reason", "named"), "named"), (OSError(number, "a reason"), "called")):
        assert told(error) == (Problem(path=path, code=code, message=message, hint=hint),)


def test_a_refusal_without_a_reason_says_what_it_is() -> None:
    assert told(OSError("odd")) == (Problem(path="called", code="unwritable", message="cannot be written: odd"),)


def test_what_was_told_already_is_told_as_it_is() -> None:
    problem = Problem(path="other", code="changed", message="was changed", hint="try again")
    assert told(StoreError([problem])) == (problem,)


def test_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to("nowhere")

    assert [disk.is_there(tmp_path / name) for name in ("file", "link", "other", "other/x")] == [
        True,
        True,
        False,
        False,
    ]


def test_what_the_system_does_not_say_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError) as caught:
        disk.is_there(tmp_path / "file" / "a" / "b")
    assert caught.value.problems == (
        Problem(path=f"{tmp_path}/file", code=NO_FOLDER[0], message=NO_FOLDER[1], hint=NO_FOLDER[2]),
    )

    with pytest.raises(StoreError) as caught:
        disk.is_there(tmp_path / "a\0b")
    nul = "cannot be read: no path has a NUL character"
    assert caught.value.problems == (Problem(path=f"{tmp_path}/a\0b", code="unreadable", message=nul),)

    with unprivileged() as folder:
        (folder / "a").mkdir(mode=0)
        with pytest.raises(StoreError) as caught:
            disk.is_there(folder / "a" / "b")
        (folder / "a").chmod(0o700)
        denied = "cannot be read: Permission denied"
        assert caught.value.problems == (Problem(path=f"{folder}/a", code="unreadable", message=denied),)


def test_a_folder_is_no_file_to_open(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError) as caught:
        disk.opened(tmp_path, os.O_RDONLY)

    error = caught.value
    assert (error.errno, error.strerror, error.filename) == (errno.EISDIR, "is a directory", str(tmp_path))


def test_what_is_neither_file_nor_folder_is_closed_again(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    free = os.dup(0)
    os.close(free)

    for path in (tmp_path, tmp_path / "pipe"):
        with pytest.raises((OSError, StoreError)):
            disk.opened(path, os.O_RDONLY)
        assert os.dup(0) == free
        os.close(free)


def test_what_is_added_while_a_file_is_read_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"0123456789")
    descriptor, read = disk.opened(path, os.O_RDONLY), os.read

    def slowly(descriptor: int, size: int) -> bytes:
        with path.open("ab") as writer:
            writer.write(b"more")
        return read(descriptor, min(size, 4))

    monkeypatch.setattr(os, "read", slowly)

    assert disk.content(descriptor) == b"0123456789"
    os.close(descriptor)


def test_everybody_may_have_a_new_file_that_is_not_kept_from_them(tmp_path: Path) -> None:
    usual = os.umask(0)
    try:
        os.close(disk.opened(tmp_path / "new", os.O_WRONLY | os.O_CREAT))
    finally:
        os.umask(usual)

    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o666


def test_a_folder_is_closed_once_it_is_synced(tmp_path: Path) -> None:
    free = os.dup(0)
    os.close(free)
    disk.sync_folder(tmp_path)

    assert os.dup(0) == free
    os.close(free)


def test_a_file_is_made_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file"

    assert disk.create(path, b"new")
    assert path.read_bytes() == b"new"
    assert not disk.create(path, b"other")
    assert path.read_bytes() == b"new"


def test_nothing_is_made_where_something_is(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("nowhere")

    assert not disk.create(tmp_path, b"x")
    assert not disk.create(tmp_path / "link", b"x")
    assert not (tmp_path / "nowhere").exists()


def test_of_a_file_that_cannot_be_written_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int, data: bytes) -> None:
        os.write(descriptor, data[:1])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(disk, "put", full)
    with pytest.raises(StoreError) as caught:
        disk.create(tmp_path / "file", b"new")
    assert str(caught.value) == f"{tmp_path / 'file'}: cannot be written: No space left on device; {ROOM}"
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_of_a_new_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(StoreError) as caught:
        disk.create(tmp_path / "a" / "b", b"new")
    assert str(caught.value) == f"{tmp_path / 'a'}: is not a directory; a folder belongs there: move the file away"
