"""The command line as a process of its own, in pipes or on a terminal."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

SEVCLASS = (sys.executable, "-m", "sevclass")


PATIENCE = 60
"""Seconds that a prompt may take on a busy machine."""


class Screen(NamedTuple):
    """What a process left on its terminal, and in its standard output where that was a pipe."""

    status: int
    shown: str
    piped: str


def piped(
    *words: object, stdin: bytes = b"", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run with all streams in pipes."""
    command = [*SEVCLASS, *map(str, words)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, env={**os.environ, **(env or {})})


def on_terminal(
    *words: object,
    columns: int = 80,
    env: Mapping[str, str] | None = None,
    stdin: bytes = b"",
    pipe_out: bool = False,
) -> Screen:
    """Run on a terminal of that many columns: standard error, and standard output too unless it is piped."""
    import pty
    import termios

    screen, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (24, columns))
    with subprocess.Popen(
        [*SEVCLASS, *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE if pipe_out else terminal,
        stderr=terminal,
        env={**os.environ, **(env or {})},
    ) as process:
        os.close(terminal)
        assert process.stdin is not None
        process.stdin.write(stdin)
        process.stdin.close()
        # The output in the pipe is small, so the process is never held up by it.
        shown = b"".join(iter(lambda: _read(screen), b""))
        taken = process.stdout.read() if process.stdout else b""
    os.close(screen)
    return Screen(process.returncode, shown.decode().replace("\r\n", "\n"), taken.decode())


def _read(screen: int) -> bytes:
    try:
        return os.read(screen, 65_536)
    except OSError:
        return b""  # the other end is closed


def hear_all_but(ignored: signal.Signals | None) -> None:
    """For a process to be: who runs the tests in the background has let them ignore some, and that is inherited."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN if number == ignored else signal.SIG_DFL)


class Typist:
    """The command line on a terminal of its own, and somebody who types there; standard output is a pipe, or it too."""

    def __init__(
        self, *words: object, columns: int = 80, pipe_out: bool = True, ignores: signal.Signals | None = None
    ) -> None:
        import pty
        import termios

        self._screen, terminal = pty.openpty()
        termios.tcsetwinsize(terminal, (24, columns))
        # The first terminal that the leader of a session opens is the one whose Ctrl-C it hears.
        opened = 'exec "$@" <"$TERMINAL" 2>"$TERMINAL"' + ("" if pipe_out else ' >"$TERMINAL"')
        self._process = subprocess.Popen(
            ["sh", "-c", opened, "sh", *SEVCLASS, *map(str, words)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=partial(hear_all_but, ignores),  # noqa: PLW1509 - it does two system calls
            env={**os.environ, "TERMINAL": os.ttyname(terminal), "NO_COLOR": "1"},
        )
        self._terminal = terminal
        self._seen = b""

    def asked(self) -> str:
        """What the terminal shows up to the next prompt, with what was typed."""
        while not self._seen.endswith(b"\n> "):
            ready, _, _ = select.select([self._screen], [], [], PATIENCE)
            assert ready, f"no prompt after {self._seen!r}"
            self._seen += os.read(self._screen, 65_536)
        return self._taken()

    def until(self, text: str) -> str:
        """What the terminal shows up to a text that it shows at last."""
        while text.encode() not in self._seen:
            ready, _, _ = select.select([self._screen], [], [], PATIENCE)
            assert ready, f"no {text!r} after {self._seen!r}"
            self._seen += os.read(self._screen, 65_536)
        return self._taken()

    def type(self, keys: str) -> str:
        """Type, and wait for the next prompt."""
        os.write(self._screen, keys.encode())
        return self.asked()

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def killed(self, number: int) -> Screen:
        """Send a signal, and wait for the end."""
        os.kill(self.pid, number)
        return self.end("")

    def end(self, keys: str) -> Screen:
        """Type the last keys, and wait for the end."""
        os.write(self._screen, keys.encode())
        try:
            piped, _ = self._process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise
        status = self._process.returncode
        os.close(self._terminal)
        self._seen += b"".join(iter(lambda: _read(self._screen), b""))
        os.close(self._screen)
        return Screen(status, self._taken(), (piped or b"").decode())

    def _taken(self) -> str:
        seen, self._seen = self._seen.decode().replace("\r\n", "\n"), b""
        return seen
