"""The command line in this process, and nothing of the environment that could change what it prints."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import pytest

from sevclass.cli import main

SWAYING = (
    "COLUMNS",
    "LINES",
    "NO_COLOR",
    "FORCE_COLOR",
    "COLORTERM",
    "PYTHONIOENCODING",
    "SEVCLASS_ROOT",
    "TTY_COMPATIBLE",
)


class Ended(NamedTuple):
    """How a run of the command line ended."""

    status: int
    out: str
    err: str


Run: TypeAlias = Callable[..., Ended]


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SWAYING:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in this process: the words, and what stands on standard input."""

    def run_it(*words: object, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = main([str(word) for word in words])
        return Ended(status, *capfd.readouterr())

    return run_it
