"""A file that is kept of an incident beside its log."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sevclass.incident import disk


@contextmanager
def kept(path: Path) -> Iterator[BinaryIO]:
    """The file. A pipe is refused: it would be waited for without an end, perhaps while the log is locked.

    Raises StoreError.
    """
    with disk.told(path, "unreadable", "read"):
        file = os.fdopen(disk.opened(path, os.O_RDONLY), "rb")
    with file:
        yield file
