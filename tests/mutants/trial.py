"""Trying mutants: each in a process of its own, forked before anything of the package or of its tests is imported."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import math
import os
import resource
import signal
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Literal, NamedTuple, TypeAlias

import pytest
from _pytest.config import default_plugins

from tests.mutants.changes import Mutant
from tests.mutants.survivors import ROOT, path_of

Fate: TypeAlias = Literal["killed", "timeout", "survived"]

MEMORY = 4 * 2**30
"""The most address space of a trial, in bytes."""
PRELOADED = ("hypothesis.strategies", "pydantic", "yaml", "holidays", "zoneinfo", "unittest", "xml.sax")
"""What every trial would import, and the package does not change."""


_UNTRIED = 70
"""The exit status of a trial that could not be run; pytest has 0 to 5."""


class Trial(NamedTuple):
    """How a mutant fared."""

    mutant: Mutant
    fate: Fate


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Gives one module of the package another source when it is imported. No file is written."""

    def __init__(self, module: str, source: str) -> None:
        self._name, self._file, self._source = f"sevclass.{module}", str(path_of(module)), source

    def find_spec(
        self, fullname: str, path: object, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._name:
            return None
        return importlib.util.spec_from_file_location(fullname, self._file, loader=self)

    def get_source(self, fullname: str) -> str:
        return self._source

    def get_filename(self, fullname: str) -> str:
        return self._file


def forked(run: Callable[[], int]) -> int:
    """The process id of a child that runs it, in silence, and ends with what it gives."""
    pid = os.fork()
    if pid:
        return pid
    status = _UNTRIED
    try:
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(quiet, stream)
        status = run()
    finally:
        os._exit(status)


def tested(tests: Sequence[str], mutant: Mutant | None, seconds: float) -> int:
    """Run the tests against a mutant, or the module as it is, for so long at most: pytest's exit status."""
    if mutant is not None:
        sys.meta_path.insert(0, _Changed(mutant.module, mutant.source))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    most = math.ceil(seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (most, most + 5))  # ends it by SIGXCPU, in C code too
    signal.alarm(most * 4)  # and one that waits and does nothing
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "_hypothesis_pytestplugin", "--assert=plain"]
    # File by file: most mutants are killed by the first, and the others need not be collected.
    return next((code for test in tests if (code := int(pytest.main([*options, test])))), 0)


def prepare() -> None:
    """Import what is the same for every trial, and nothing of the package."""
    os.chdir(ROOT)
    os.environ |= {"HYPOTHESIS_PROFILE": "mutants", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    for name in (*PRELOADED, *(f"_pytest.{plugin}" for plugin in default_plugins)):
        importlib.import_module(name)
    assert "sevclass" not in sys.modules


def plain(tests: Sequence[str]) -> float:
    """How many seconds the tests take on the module as it is.

    Raises RuntimeError if they fail.
    """
    pid = forked(partial(tested, tests, None, 600))
    _, status, usage = os.wait4(pid, 0)
    if status:
        raise RuntimeError(f"the tests fail without a change: python -m pytest {' '.join(tests)}")
    return usage.ru_utime + usage.ru_stime


def tried(mutants: Iterator[Mutant], tests: Sequence[str], seconds: float, processes: int) -> Iterator[Trial]:
    """Try each mutant, several at once."""
    running: dict[int, Mutant] = {}
    while True:
        while len(running) < processes and (mutant := next(mutants, None)) is not None:
            running[forked(partial(tested, tests, mutant, seconds))] = mutant
        if not running:
            return
        pid, status = os.wait()
        yield Trial(running.pop(pid), _fate(os.waitstatus_to_exitcode(status)))


def _fate(code: int) -> Fate:
    if code == _UNTRIED:
        raise RuntimeError("a trial could not be run")
    if code in {-signal.SIGXCPU, -signal.SIGALRM}:
        return "timeout"
    return "killed" if code else "survived"
