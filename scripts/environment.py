"""Fill a development environment, and say what the tests must leave out in it.

    python scripts/environment.py install    the package, editable, its extras and the development tools
    python scripts/environment.py marks      pytest's `-m` expression, and why on standard error

Run it with the environment's own Python. It needs nothing but the standard library and pip.

The extra `durable` compiles C and stops at Python 3.12, so it is left out where it cannot be had: `marks` then
leaves out the tests that need it and says so. With REQUIRE_DURABLE=1 in the environment, that is an error
on a Python that could have it.
"""

from __future__ import annotations

import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOG = Path(sys.prefix, "durable.log")
TOO_NEW = sys.version_info >= (3, 13)


def pip_install(*arguments: str, log: Path | None = None) -> bool:
    """Whether pip could install it; with a log, its output goes there."""
    command = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *arguments]
    if log is None:
        return subprocess.run(command, cwd=ROOT, check=False).returncode == 0
    with log.open("w", encoding="utf-8") as output:
        return subprocess.run(command, cwd=ROOT, check=False, stdout=output, stderr=output).returncode == 0


def compiler() -> str:
    """The C compiler that an extension would be built with."""
    return shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")[0]


def obstacle() -> str | None:
    """Why durable-rules cannot be had here, as far as that can be told beforehand."""
    if TOO_NEW:
        return "it needs Python 3.12 or older"
    if shutil.which(compiler()) is None:
        return f"there is no C compiler (`{compiler()}`) to build it"
    if not Path(sysconfig.get_path("include"), "Python.h").exists():
        return "Python's C headers are not installed"
    return None


def install() -> int:
    """Install everything that can be had; durable-rules apart, since its build may fail."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [name for name in project["optional-dependencies"] if name != "durable"]
    package = f".[{','.join(extras)}]" if extras else "."
    if not pip_install("--group", "dev", "--editable", package):
        return 1
    if obstacle() is None:
        pip_install(*project["optional-dependencies"]["durable"], log=LOG)
    return 0


def marks() -> int:
    """Print the expression that selects the tests that can run here."""
    if importlib.util.find_spec("durable") is not None:
        return 0
    reason = obstacle() or f"it did not build, see {os.path.relpath(LOG)}; `make clean` and it is tried again"
    print(f"left out: the tests marked `durable`, which need durable-rules: {reason}", file=sys.stderr)
    if os.environ.get("REQUIRE_DURABLE") == "1" and not TOO_NEW:
        print("error: REQUIRE_DURABLE=1 allows none to be left out", file=sys.stderr)
        return 1
    print("not durable")
    return 0


if __name__ == "__main__":
    commands = {"install": install, "marks": marks}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:  # noqa: PLR2004 (the script and its command)
        raise SystemExit(f"usage: environment.py {'|'.join(commands)}")
    raise SystemExit(commands[sys.argv[1]]())
