"""A lock on a file, for threads and processes: whoever has it is alone, and it ends with its process."""

from __future__ import annotations

import errno
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sevclass.incident import disk

if sys.platform == "win32":  # pragma: no cover - there is no Windows here to run it on
    import msvcrt
else:
    import fcntl

_SHORTEST_NAP_S, _LONGEST_NAP_S = 0.000_5, 0.005
_TAKEN = {errno.EACCES, errno.EAGAIN}  # of Windows, of the others


@contextmanager
def locked(path: Path, patience_s: float, called: Path) -> Iterator[None]:
    """Have the lock on the file at `path`, which need not be there and is `called` so in messages.

    The lock is on a file beside it, since one that is written anew is another file each time. The file beside it
    stays: were it removed, those who wait for it would get a lock on a file that nobody else finds any more, and
    a newcomer one on a new file at the same time.

    Raises StoreError if somebody else keeps it for longer than `patience_s`, and if there can be no lock.
    """
    beside = path.with_name(f"{path.name}.lock")
    give_up = time.monotonic() + patience_s
    while (descriptor := _attempt(beside)) is None:
        if time.monotonic() >= give_up:
            hint = f"try again; if it stays so, end the program that has `{beside.name}` open"
            raise disk.refusal(called, "locked", "is being written by another program", hint)
        # Uneven naps: in step with the one who has it, one would find it taken each time.
        time.sleep(random.uniform(_SHORTEST_NAP_S, _LONGEST_NAP_S))  # noqa: S311 - nothing secret
    try:
        yield
    finally:
        _release(descriptor)


def _attempt(beside: Path) -> int | None:
    """The descriptor that holds the lock, or None if somebody else has it."""
    with disk.told(beside, "unwritable", "locked"):
        descriptor = disk.opened(beside, os.O_RDWR | os.O_CREAT)
        try:
            if _take(descriptor) and _is_there(descriptor, beside):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
    os.close(descriptor)
    return None


def _take(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":  # pragma: no cover - there is no Windows here to run it on
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        raise
    return True


def _is_there(descriptor: int, beside: Path) -> bool:
    """Whether it is still the file of that name: somebody may have removed it by hand. Windows removes no open file."""
    try:
        return sys.platform == "win32" or os.path.samestat(os.fstat(descriptor), beside.stat())
    except FileNotFoundError:
        return False


def _release(descriptor: int) -> None:
    # Closing is not enough where a forked process has the descriptor too.
    if sys.platform == "win32":  # pragma: no cover - there is no Windows here to run it on
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
    os.close(descriptor)
