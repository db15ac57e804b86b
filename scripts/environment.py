"""Fill a development environment, and say what the tests must leave out in it.

    python scripts/environment.py install    the package, editable, its extras and the development tools
    python scripts/environment.py marks      pytest's `-m` expression, and why on standard error

Run it with the environment's own Python. It needs nothing but the standard library and pip.

The extra `durable` compiles C and stops at Python 3.12, so it is left out where it cannot be had: `marks` then
leaves out the tests that need it and says so. With REQUIRE_DURABLE=1 in the environment, that is an error
on a Python that could have it.

So it is with what reads the pages, pictures and calendars that come out: Debian's chromium, its khal, and packages
of npm. With REQUIRE_READERS=1 none of them may be lacking.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOG = Path(sys.prefix, "durable.log")
TOO_NEW = sys.version_info >= (3, 13)
NPM = Path(sys.prefix, "npm")
"""Where packages of npm are unpacked: of each one file, which needs no other."""
NPM_PACKAGES = {"mermaid": ("12.3.0", "mermaid.min.js"), "ical.js": ("2.2.1", "ical.es5.min.cjs")}


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
    if shutil.which("npm"):
        for name in NPM_PACKAGES:
            npm_install(name)
    return 0


def npm_install(name: str) -> None:
    """Unpack a package of npm, if it can be had."""
    version, file = NPM_PACKAGES[name]
    if npm_version(name) == version:
        return
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", f"{name}@{version}"]
        if subprocess.run(command, cwd=folder, check=False, stdout=subprocess.DEVNULL).returncode == 0:
            shutil.rmtree(NPM / name, ignore_errors=True)
            (NPM / name).mkdir(parents=True)
            with tarfile.open(next(Path(folder).glob("*.tgz"))) as packed:
                for inside in (f"package/dist/{file}", "package/package.json"):
                    content = packed.extractfile(inside)
                    assert content is not None  # noqa: S101 - it is a file
                    (NPM / name / Path(inside).name).write_bytes(content.read())


def npm_version(name: str) -> str | None:
    """The version of a package that is there."""
    told = NPM / name / "package.json"
    version: str = json.loads(told.read_text(encoding="utf-8"))["version"] if told.is_file() else ""
    return version or None


def lacks_durable() -> str | None:
    """Why there is no durable-rules."""
    if importlib.util.find_spec("durable") is not None:
        return None
    return obstacle() or f"it did not build, see {os.path.relpath(LOG)}; `make clean` and it is tried again"


def lacks_browser() -> str | None:
    """Why there is no browser."""
    return None if shutil.which("chromium") else "install Debian's package `chromium`"


def lacks_khal() -> str | None:
    """Why there is no calendar client."""
    return None if shutil.which("khal") else "install Debian's package `khal`"


def lacks_npm() -> str | None:
    """Why there are no packages of npm."""
    if all(npm_version(name) == version for name, (version, _) in NPM_PACKAGES.items()):
        return None
    return "they could not be had; `make clean` and it is tried again" if shutil.which("npm") else "there is no npm"


# Mark -> what it needs, why that is not here, and the variable that requires it.
NEEDS: dict[str, tuple[str, Callable[[], str | None], str]] = {
    "durable": ("durable-rules", lacks_durable, "REQUIRE_DURABLE"),
    "browser": ("chromium", lacks_browser, "REQUIRE_READERS"),
    "khal": ("khal", lacks_khal, "REQUIRE_READERS"),
    "npm": (f"{' and '.join(NPM_PACKAGES)}, packages of npm", lacks_npm, "REQUIRE_READERS"),
}


def marks() -> int:
    """Print the expression that selects the tests that can run here."""
    lacking = dict(left_out())
    for mark, reason in lacking.items():
        print(f"left out: the tests marked `{mark}`, which need {NEEDS[mark][0]}: {reason}", file=sys.stderr)
    required = {NEEDS[mark][2] for mark in lacking if not (mark == "durable" and TOO_NEW)}
    if broken := [name for name in sorted(required) if os.environ.get(name) == "1"]:
        for name in broken:
            print(f"error: {name}=1 allows none to be left out", file=sys.stderr)
        return 1
    print(" and ".join(f"not {mark}" for mark in lacking))
    return 0


def left_out() -> Iterator[tuple[str, str]]:
    """The marks of tests that cannot run here, and why."""
    for mark, (_, lacks, _) in NEEDS.items():
        if reason := lacks():
            yield mark, reason


if __name__ == "__main__":
    commands = {"install": install, "marks": marks}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:  # noqa: PLR2004 (the script and its command)
        raise SystemExit(f"usage: environment.py {'|'.join(commands)}")
    raise SystemExit(commands[sys.argv[1]]())
