"""The sdist and the wheel hold what they should, and every way to install the package classifies."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.parser import Parser
from pathlib import Path

import pytest
from filelock import FileLock

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NAME = "sevclass"
FACTS = {"functionality": "down", "environment": "production"}


def run(*command: str | Path, cwd: Path) -> str:
    """The standard output of a command that knows nothing of the environment the tests run in."""
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COVERAGE", "COV_", "VIRTUAL_ENV"))
    }
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command} exited {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout


@dataclass(frozen=True, kw_only=True)
class Builds:
    sdist: Path
    wheel: Path


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Builds:
    """The sdist and the wheel built from it, made by the first of the parallel test processes that needs them."""
    alone = worker_id == "master"
    shared = tmp_path_factory.mktemp("shared") if alone else tmp_path_factory.getbasetemp().parent
    folder = shared / "builds"
    with FileLock(shared / "builds.lock"):
        if not folder.exists():
            run(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=shared)
    (sdist,) = folder.glob("*.tar.gz")
    (wheel,) = folder.glob("*.whl")
    return Builds(sdist=sdist, wheel=wheel)


@dataclass(frozen=True, kw_only=True)
class Environment:
    """A fresh virtual environment with the package in it; the pip beside the tests fills it."""

    folder: Path

    def __post_init__(self) -> None:
        venv.create(self.folder, with_pip=False, symlinks=os.name != "nt")

    @property
    def scripts(self) -> Path:
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    @property
    def python(self) -> Path:
        return self.scripts / "python"

    def install(self, *requirement: str | Path) -> None:
        pip = (sys.executable, "-m", "pip", "--python", self.python, "--disable-pip-version-check")
        run(*pip, "install", "--quiet", *requirement, cwd=self.folder)


@pytest.fixture
def facts_file(tmp_path: Path) -> Path:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(FACTS), encoding="utf-8")
    return path


def tree(folder: Path, prefix: str) -> Iterator[str]:
    """The files below a folder, as the wheel names them."""
    for path in folder.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"{prefix}/{path.relative_to(folder).as_posix()}"


def test_the_wheel_holds_the_package_and_its_rules_and_nothing_else(builds: Builds) -> None:
    with zipfile.ZipFile(builds.wheel) as wheel:
        names = {name for name in wheel.namelist() if not name.endswith("/")}
        version = builds.wheel.name.split("-")[1]
        info = f"{NAME}-{version}.dist-info"
        metadata = Parser().parsestr(wheel.read(f"{info}/METADATA").decode("utf-8"))

    assert names == {
        *tree(ROOT / "src" / NAME, NAME),
        f"{NAME}/packs.json",  # made by the build
        *tree(ROOT / "rules", f"{NAME}/rules"),
        *(f"{info}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")),
    }
    assert {f"{NAME}/py.typed", f"{NAME}/rules/support/pack.yaml", f"{NAME}/rules/support/cases.jsonl"} <= names
    assert metadata["Version"] == version
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"
    assert sorted(metadata.get_all("Provides-Extra", [])) == sorted(PROJECT["optional-dependencies"])


def test_the_sdist_holds_what_a_build_and_the_tests_need_and_nothing_else(builds: Builds) -> None:
    with tarfile.open(builds.sdist) as sdist:
        paths = [Path(member.name) for member in sdist.getmembers() if member.isfile()]
    inside = {path.relative_to(path.parts[0]) for path in paths}
    folders = {"benchmarks", "docs", "examples", "rules", "scripts", "src", "tests"}

    assert {path.parts[0] for path in paths} == {builds.sdist.name.removesuffix(".tar.gz")}
    assert {path.parts[0] for path in inside if len(path.parts) > 1} <= folders
    assert {path.name for path in inside if len(path.parts) == 1} == {
        ".gitignore",  # hatchling reads it in a build
        "LICENSE",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "Makefile",
        "PKG-INFO",
        "README.md",
        "pyproject.toml",
    }
    assert {path.as_posix() for path in inside if path.parts[0] in {"rules", "src"}} == {
        *tree(ROOT / "rules", "rules"),
        *tree(ROOT / "src", "src"),
    } - {f"src/{NAME}/packs.json"}


@pytest.mark.parametrize("kind", ["wheel", "sdist", "editable"])
def test_an_installed_package_classifies(kind: str, builds: Builds, tmp_path: Path, facts_file: Path) -> None:
    requirement: dict[str, list[str | Path]] = {
        "wheel": [builds.wheel],
        "sdist": [builds.sdist],
        "editable": ["--editable", ROOT],
    }
    environment = Environment(folder=tmp_path / "venv")
    environment.install(*requirement[kind])
    code = (
        f"import sys, sevclass; print(sevclass.__file__); print(sevclass.classify({FACTS!r}).severity); "
        "print('yaml' in sys.modules)"
    )

    by_module = run(environment.python, "-m", NAME, facts_file, cwd=tmp_path)
    by_script = run(environment.scripts / NAME, facts_file, cwd=tmp_path)
    imported_from, by_import, read_yaml = run(environment.python, "-c", code, cwd=tmp_path).splitlines()

    assert json.loads(by_module)["severity"] == 1
    assert json.loads(by_script)["severity"] == 1
    assert by_import == "1"
    assert read_yaml == "False"  # the build has read the packs
    assert Path(imported_from).is_relative_to(ROOT / "src" if kind == "editable" else environment.folder)


@pytest.mark.durable
def test_the_extras_install_together_and_the_second_engine_agrees(
    builds: Builds, tmp_path: Path, facts_file: Path
) -> None:
    environment = Environment(folder=tmp_path / "venv")
    environment.install(f"{NAME}[{','.join(PROJECT['optional-dependencies'])}] @ {builds.wheel.as_uri()}")
    classify = (environment.python, "-m", NAME, facts_file)

    assert json.loads(run(*classify, "--engine", "durable", cwd=tmp_path)) == json.loads(run(*classify, cwd=tmp_path))
