"""The command line as a process of its own, in pipes or on a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from typing import NamedTuple

SEVCLASS = (sys.executable, "-m", "sevclass")


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
