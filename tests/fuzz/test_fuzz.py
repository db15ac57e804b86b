"""The corpus and some thousands of mutated inputs are read without a failure; and a failure would be seen."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from itertools import product
from pathlib import Path

import pytest

from sevclass import FactsError, PackError, Problem, SevclassError
from tests.fuzz import watching
from tests.fuzz.inputs import ABOUT, CORPUS, ROOT, Input, made
from tests.fuzz.reading import failure, look_at, read
from tests.fuzz.watching import Watch

FILES = [path for kind in ("facts", "packs") for path in sorted((CORPUS / kind).iterdir())]
limits_memory = pytest.mark.skipif(sys.platform in watching.NO_LIMITS, reason="the system limits no memory")


def fuzz(*arguments: str | int | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.fuzz", *map(str, arguments)]
    # Measured, it takes several times as long, and reaches nothing that the other tests do not.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE")}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def worker(*lines: str) -> list[str]:
    """A command that does this, and then begins input 3."""
    begin = ["from tests.fuzz.watching import *", "report(3, 'begun')"]
    return [sys.executable, "-c", "\n".join([*begin, *lines])]


# --- the inputs -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [pytest.param(path, id=f"{path.parent.name}-{path.stem}") for path in FILES])
def test_the_corpus_is_read(path: Path) -> None:
    names = [f"{name}.json" for name in ABOUT] if path.parent.name == "facts" else ["pack.yaml"]

    for name in names:
        assert failure(lambda name=name: read(Input(files={name: path.read_bytes()}))) is None  # type: ignore[misc]


def test_mutated_inputs_are_read() -> None:
    done = fuzz("--inputs", 2_000, "--seed", 1)

    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.startswith("2000 inputs, 0 failed; ")


def test_inputs_are_the_same_each_time_and_differ() -> None:
    inputs = [made(1, number) for number in range(40)]

    assert inputs == [made(1, number) for number in range(40)]
    assert len({tuple(sorted(given.files.items())) for given in inputs}) == 40
    assert inputs != [made(2, number) for number in range(40)]


def test_some_inputs_are_accepted_and_some_refused() -> None:
    outcomes = Counter[tuple[str, bool]]()
    for given in (made(1, number) for number in range(300)):
        try:
            read(given)
        except SevclassError:
            outcomes[given.about or "a pack", False] += 1
        else:
            outcomes[given.about or "a pack", True] += 1

    assert set(outcomes) == set(product(("a pack", *ABOUT), (True, False)))
    assert min(outcomes.values()) >= 10


# --- what would be a failure ------------------------------------------------------------------------------------------


def test_another_exception_is_a_failure() -> None:
    def act() -> None:
        raise RecursionError("too deep")

    assert (failure(act) or "").endswith("RecursionError: too deep\n")


def test_problems_are_no_failure() -> None:
    def act() -> None:
        raise FactsError([Problem(path="a", code="wrong", message="is wrong", excerpt="    a: b\n    ^")])

    assert failure(act) is None


@pytest.mark.parametrize(
    ("problems", "told"),
    [
        pytest.param([], "no problem is told", id="none"),
        pytest.param([Problem(path="a\nb", code="c", message="m")], "cannot be shown", id="a-line-break"),
        pytest.param([Problem(path="a", code="c", message="\x1b[2J")], "cannot be shown", id="a-control"),
        pytest.param([Problem(path="a", code="c", message="m", hint="\0")], "cannot be shown", id="a-hint"),
        pytest.param([Problem(path="a", code="c", message="m", excerpt="a\tb\n^")], "cannot be shown", id="a-tab"),
        pytest.param([Problem(path="a", code="", message="m")], "no code", id="no-code"),
        pytest.param([Problem(path="a", code="c", message="")], "no code, or no message", id="no-message"),
        pytest.param([Problem(path="a", code="c", message="m" * 301)], "of a usual length", id="a-long-message"),
    ],
)
def test_problems_that_cannot_be_shown_are_a_failure(problems: list[Problem], told: str) -> None:
    with pytest.raises(AssertionError, match=told):
        look_at(PackError(problems))

    def act() -> None:
        raise PackError(problems)

    found = failure(act) or ""
    assert told in found
    assert found.replace("\n", "").isprintable()


def test_one_that_takes_too_long_is_a_failure() -> None:
    watch, begun = Watch(), time.monotonic()

    ended = watch.follow(worker("faulthandler.dump_traceback_later(1, exit=True)", "while True: pass"))

    assert not ended
    assert watch.done == 1
    assert "Timeout (0:00:01)!" in watch.failed[3]
    assert time.monotonic() - begun < 60


def test_one_that_ends_the_process_is_a_failure() -> None:
    watch = Watch()

    assert not watch.follow(worker("import os", "os._exit(7)"))
    assert watch.failed == {3: "ended with 7: "}


@limits_memory
def test_one_that_takes_too_much_memory_is_a_failure() -> None:
    watch = Watch()
    lines = ("limit_memory()", "report(3, 'failed', failure(lambda: bytes(MEMORY)))")

    assert watch.follow(worker(*lines))
    assert watch.failed[3].endswith("MemoryError\n")


def test_the_rest_is_run_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    follow, commands = Watch.follow, list[list[str]]()

    def first_one_fails(watch: Watch, command: list[str]) -> bool:
        commands.append(command)
        return follow(watch, worker("import os", "os._exit(7)") if len(commands) == 1 else command)

    monkeypatch.setattr(Watch, "follow", first_one_fails)

    watch = watching.watched(1, 6, seconds=60)

    assert [command[-4:-1] for command in commands] == [["1", "0", "6"], ["1", "4", "2"]]
    assert (watch.done, watch.begun, set(watch.failed)) == (3, 5, {3})


def test_a_saved_input_is_read_again(tmp_path: Path) -> None:
    Input(files={"support.json": b"{}"}).save(tmp_path / "saved")

    assert fuzz("--again", tmp_path / "saved").stdout == "no failure\n"
