"""Folders for tests that write a great deal."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MEMORY = "/dev/shm"  # noqa: S108 - a folder with a name of its own is made in it


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder in memory where there is one: a process that dies needs no disk to wait for, and there is none."""
    folder = Path(tempfile.mkdtemp(dir=_MEMORY if os.access(_MEMORY, os.W_OK) else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
