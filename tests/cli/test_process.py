"""The command line as a process: pipes, encodings, signals, memory."""

from __future__ import annotations

import errno
import io
import json
import os
import runpy
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from sevclass import classify
from sevclass.cli import main
from tests.cli.processes import SEVCLASS, hear_all_but, piped

EXAMPLE = Path(__file__).parents[2] / "examples" / "cosmetic.json"
STREAM = b'{"functionality": "down"}\n' * 2_000

posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX")


def test_the_module_runs() -> None:
    done = piped(EXAMPLE)

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == classify(EXAMPLE.read_bytes()).model_dump_json() + os.linesep


def test_bad_input_is_no_traceback() -> None:
    done = piped("-", stdin=b"\x00\xff")

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().splitlines()[0] == "<stdin>:1:2: byte 0xFF is not UTF-8; save the file as UTF-8"


@pytest.mark.parametrize("format_", ["json", "text", "markdown"])
def test_a_pipe_that_is_closed_ends_it_quietly(format_: str, tmp_path: Path) -> None:
    stream = tmp_path / "stream.jsonl"
    stream.write_bytes(STREAM)
    with subprocess.Popen(
        [*SEVCLASS, str(stream), "--format", format_], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()

    assert (process.returncode, said) == (141, b"")


@posix
@pytest.mark.parametrize("words", [["-h"], ["packs"], ["nope.json"]], ids=["help", "packs", "complaint"])
def test_a_pipe_that_was_closed_before(words: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run([*SEVCLASS, *words], stdout=writer, stderr=subprocess.PIPE, check=False)
        told = subprocess.run([*SEVCLASS, *words], stdout=writer, stderr=writer, check=False)
    finally:
        os.close(writer)

    expected = (2, b"nope.json: no such file\n") if words == ["nope.json"] else (141, b"")
    assert (done.returncode, done.stderr) == expected
    assert told.returncode == expected[0]


def test_a_stream_of_this_process_that_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(io.StringIO):
        def flush(self) -> None:
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr(sys, "stdout", Closed())

    assert main(["--version"]) == 141


@posix
def test_interrupted() -> None:
    with subprocess.Popen(
        [*SEVCLASS, "-", "--input", "jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        preexec_fn=partial(hear_all_but, None),  # noqa: PLW1509 - it does two system calls
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"{}\n")
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        rest, said = process.stdout.read(), process.stderr.read()

    assert (process.returncode, rest, said) == (130, b"", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_full_disk() -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        done = subprocess.run([*SEVCLASS, str(EXAMPLE)], stdout=full, stderr=subprocess.PIPE, check=False)

    assert (done.returncode, done.stderr) == (2, b"sevclass: error: cannot write: No space left on device\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_of_a_draft_that_was_not_recorded_nothing_is_said_to_be_written() -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        command = [*SEVCLASS, "message", "tense-customer", str(EXAMPLE)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)

    assert (done.returncode, done.stderr) == (2, b"sevclass: error: cannot write: No space left on device\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
@pytest.mark.parametrize(
    ("words", "file", "what"),
    [
        ("incident open T-17 --fact data_loss=true", "T-17/workflow/incident_timeline.yaml", "T-17: e1"),
        (
            "known-issue add --id KI-1 --title Slow --when performance=degraded",
            "_knowledge/semantic/known_issues.yaml",
            "KI-1",
        ),
    ],
)
def test_what_was_written_before_the_disk_was_full_is_told(tmp_path: Path, words: str, file: str, what: str) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        command = [*SEVCLASS, *words.split(), "--root", str(tmp_path)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    told = f"{what}: written all the same, not to be written again\n"
    assert (done.returncode, done.stderr) == (2, told + "sevclass: error: cannot write: No space left on device\n")
    assert (tmp_path / file).read_text(encoding="utf-8") != ""


def test_standard_output_that_is_closed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdout", None)

    assert main([str(EXAMPLE)]) == 2
    assert capsys.readouterr().err == "sevclass: error: cannot write: standard output is closed\n"


def test_standard_error_that_is_closed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stderr", None)

    assert main(["nope.json"]) == 2
    assert capsys.readouterr().out == ""


ID = "caf\u00e9 \u201cx\u2026\u201d \U0001f600 \u200d\u00a0."
FACTS = json.dumps({"id": ID, "facts": {}}).encode()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-16", "utf-8"])
def test_json_is_right_in_any_encoding(encoding: str) -> None:
    done = piped("-", stdin=FACTS, env={"PYTHONIOENCODING": encoding})

    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode(encoding))["id"] == ID


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("ascii", 'caf\\xe9 "x..." \\U0001f600 \\u200d .'),
        ("latin-1", 'caf\xe9 "x..." \\U0001f600 \\u200d .'),
        ("utf-8", "caf\u00e9 \u201cx\u2026\u201d \U0001f600 \u200d ."),
    ],
)
def test_text_says_what_the_encoding_can(encoding: str, shown: str) -> None:
    text = piped("-", "--format", "text", stdin=FACTS, env={"PYTHONIOENCODING": encoding})
    drawn = piped("-", "--format", "text", stdin=FACTS, env={"PYTHONIOENCODING": encoding, "FORCE_COLOR": "1"})

    assert (text.returncode, text.stdout.decode(encoding).splitlines()[0]) == (0, f"Severity 4 Low  {shown}")
    assert drawn.stdout.decode(encoding).splitlines()[0] == f"\x1b[1;32mSeverity 4 Low\x1b[0m  {shown}"


def test_the_c_locale() -> None:
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = piped("caf\u00e9\u2026.json", env=env)

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"caf")
    assert done.stderr.isascii()


def test_rich_is_not_imported_where_nothing_is_drawn() -> None:
    program = "import sys; from sevclass.cli import main; main(sys.argv[1:]); sys.exit('rich' in sys.modules)"
    command = [sys.executable, "-c", program, str(EXAMPLE), "--format", "text"]

    assert subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0


PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // (1024 if sys.platform == "darwin" else 1))
"""


def peak_kib(stream: Path) -> int:
    """The most memory that classifying it took. The process between has little of its own, which would count."""
    command = [sys.executable, "-c", PEAK, *SEVCLASS, str(stream)]
    return int(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


@posix
def test_a_stream_takes_no_more_memory_for_being_long(tmp_path: Path) -> None:
    record = json.dumps({"id": "x" * 20_000, "facts": {"functionality": "down"}}).encode() + b"\n"
    short, long = tmp_path / "short.jsonl", tmp_path / "long.jsonl"
    short.write_bytes(record + b"{}\n")
    with long.open("wb") as file:
        file.writelines([record] * 1_000)
        file.writelines([b"["] * 4_000_000)  # a line far too long
        file.writelines([b"\n"] * 100_000)

    assert long.stat().st_size > 24_000_000
    assert peak_kib(long) - peak_kib(short) < 6_000


def test_interrupted_before_it_has_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupting:
        """Finds no module, and is interrupted where the command line is looked for."""

        @staticmethod
        def find_spec(name: str, *_: object) -> None:
            if name == "sevclass.cli":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "sevclass.cli")
    monkeypatch.setattr(sys, "meta_path", [Interrupting, *sys.meta_path])

    with pytest.raises(SystemExit) as caught:
        runpy.run_module("sevclass", run_name="__main__")
    assert caught.value.code == 130
