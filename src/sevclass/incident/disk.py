"""The disk: whole reads, folders, and writes that are there after a power cut. What it refuses is one StoreError."""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sevclass.problems import Problem, StoreError

if sys.platform == "darwin":  # pragma: no cover - there is no macOS here to run it on
    import fcntl

_BINARY = getattr(os, "O_BINARY", 0)  # Windows would write CRLF
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)  # else to open a pipe waits for its other end
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_WINDOWS_PATIENCE_S = 2.0


def name_of(path: str | Path) -> str:
    """What a path is called in problems: text, also where a name on the disk is none."""
    return os.fsencode(path).decode(errors="backslashreplace")


def refusal(path: str | Path, code: str, message: str, hint: str | None = None) -> StoreError:
    """The error with that one problem."""
    return StoreError([Problem(path=name_of(path), code=code, message=message, hint=hint)])


def a_folder(path: Path) -> IsADirectoryError:
    """What the system says of a folder in the place of a file."""
    return IsADirectoryError(errno.EISDIR, "is a directory", str(path))


@contextmanager
def told(path: str | Path, code: str, verb: str) -> Iterator[None]:
    """Tell what the system refuses as a problem: `code` where no other fits, and `cannot be <verb>`.

    Raises StoreError.
    """
    try:
        yield
    except StoreError:
        raise
    except FileNotFoundError as error:
        raise refusal(error.filename or path, "no_such_file", "no such file") from None
    except IsADirectoryError as error:
        hint = "a file belongs there: move the folder away"
        raise refusal(error.filename or path, "is_a_directory", "is a directory", hint) from None
    except (NotADirectoryError, FileExistsError) as error:
        hint = "a folder belongs there: move the file away"
        raise refusal(error.filename or path, "not_a_directory", "is not a directory", hint) from None
    except OSError as error:
        message = f"cannot be {verb}: {error.strerror or error}"
        room = "make room and try again; nothing was lost" if error.errno in _FULL else None
        raise refusal(error.filename or path, code, message, room) from None
    except ValueError:
        raise refusal(path, code, f"cannot be {verb}: no path has a NUL character") from None


def is_there(path: Path) -> bool:
    """Whether there is anything at the path, if only a link that leads nowhere.

    Raises StoreError, which names the folder or file on the way, if the system does not say.
    """
    with told(path, "unreadable", "read"):
        try:
            path.lstat()
        except FileNotFoundError:
            return False
        except (NotADirectoryError, PermissionError) as error:
            error.filename = next(folder for folder in path.parents if os.path.lexists(folder))
            raise
    return True


def opened(path: Path, flags: int) -> int:
    """The descriptor of a regular file, or of what a symbolic link to one leads to.

    Raises OSError, and StoreError for what is neither file nor folder.
    """
    descriptor = os.open(path, flags | _BINARY | _NO_WAIT, 0o666)
    kind = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(kind):
        os.close(descriptor)
        if stat.S_ISDIR(kind):
            raise a_folder(path)
        raise refusal(path, "not_a_file", "is not a regular file")
    return descriptor


def content(descriptor: int) -> bytes:
    """What stands in the file at this moment: what a writer adds while it is read is left out."""
    left = os.fstat(descriptor).st_size
    parts = []
    while left and (part := os.read(descriptor, left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def put(descriptor: int, data: bytes) -> None:
    """Write all of it, and wait until the disk has it."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    sync(descriptor)


def sync(descriptor: int) -> None:
    """Wait until the disk has what was written."""
    if sys.platform == "darwin":  # pragma: no cover - there is no macOS here to run it on
        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # its fsync leaves data in the drive's own memory
        except OSError:
            os.fsync(descriptor)  # not every file system has the other
    else:
        os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names in the folder; Windows does that by itself."""
    if sys.platform != "win32":  # pragma: no branch - there is no Windows here to run it on
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno != errno.EINVAL:  # a file system that knows no such thing
                raise
        finally:
            os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Make the folder and those above it, where they are not there."""
    for each in (*reversed(folder.parents), folder):
        if not each.is_dir():
            each.mkdir(exist_ok=True)  # another process may make it at the same moment
            sync_folder(each.parent)


def create(path: Path, data: bytes) -> bool:
    """Make the file, and the folders above it; False, and nothing is changed, if there is anything at the path.

    Raises StoreError where it cannot be: then there is no file.
    """
    with told(path, "unwritable", "written"):
        make_folder(path.parent)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
        except FileExistsError:
            return False
        try:
            put(descriptor, data)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        finally:
            os.close(descriptor)
        sync_folder(path.parent)
    return True


def replace(new: Path, old: Path) -> None:
    """Put the new file in the place of the old one, at once for everybody who reads it."""
    if sys.platform == "win32":  # pragma: no cover - there is no Windows here to run it on
        give_up = time.monotonic() + _WINDOWS_PATIENCE_S
        while time.monotonic() < give_up:
            try:
                new.replace(old)
            except PermissionError:
                time.sleep(0.01)  # somebody reads it: Windows replaces no open file
            else:
                return
    new.replace(old)
    sync_folder(old.parent)
