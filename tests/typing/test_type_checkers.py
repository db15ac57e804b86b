"""What mypy and pyright say to users of the library: right uses pass, and each wrong one is told in its line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import sevclass

SOURCE = Path(sevclass.__file__).parents[1]
ACCEPTED = (Path(__file__).parent / "accepted.py").read_text()

LEVELS = "Literal['working', 'cosmetic', 'minor', 'moderate', 'major', 'down'] | None"
INPUT = "Mapping[str, Any] | ModelOfFacts | str | bytes | bytearray"

# A wrong use; what mypy says and its code; the first line of what pyright says and its rule.
REJECTED = {
    'IncidentFacts(functionality="broken")': (
        ('Argument "functionality" to "IncidentFacts" has incompatible type "Literal[\'broken\']"; '
        f'expected "{LEVELS}"  [arg-type]'),
        ('Argument of type "Literal[\'broken\']" cannot be assigned to parameter "functionality" '
        f'of type "{LEVELS}" in function "__init__" reportArgumentType'),
    ),
    'IncidentFacts(functionality="production")': (
        ('Argument "functionality" to "IncidentFacts" has incompatible type "Literal[\'production\']"; '
        f'expected "{LEVELS}"  [arg-type]'),
        ('Argument of type "Literal[\'production\']" cannot be assigned to parameter "functionality" '
        f'of type "{LEVELS}" in function "__init__" reportArgumentType'),
    ),
    'IncidentFacts(data_loss="yes")': (
        'Argument "data_loss" to "IncidentFacts" has incompatible type "str"; expected "bool | None"  [arg-type]',
        ('Argument of type "Literal[\'yes\']" cannot be assigned to parameter "data_loss" '
        'of type "bool | None" in function "__init__" reportArgumentType'),
    ),
    'IncidentFacts(enterprise_customers="3")': (
        ('Argument "enterprise_customers" to "IncidentFacts" has incompatible type "str"; '
        'expected "int | None"  [arg-type]'),
        ('Argument of type "Literal[\'3\']" cannot be assigned to parameter "enterprise_customers" '
        'of type "CountValue | None" in function "__init__" reportArgumentType'),
    ),
    'IncidentFacts(functonality="down")': (
        'Unexpected keyword argument "functonality" for "IncidentFacts"; did you mean "functionality"?  [call-arg]',
        'No parameter named "functonality" reportCallIssue',
    ),
    "IncidentFacts(customers_affected=3)": (
        'Unexpected keyword argument "customers_affected" for "IncidentFacts"  [call-arg]',
        'No parameter named "customers_affected" reportCallIssue',
    ),
    "classify(5)": (
        f'Argument 1 to "classify" has incompatible type "int"; expected "{INPUT}"  [arg-type]',
        ('Argument of type "Literal[5]" cannot be assigned to parameter "facts" of type "FactsInput" '
        'in function "classify" reportArgumentType'),
    ),
    'classify({}, "2026-03-02T14:23:00Z")': (
        'Argument 2 to "classify" has incompatible type "str"; expected "datetime | None"  [arg-type]',
        ('Argument of type "Literal[\'2026-03-02T14:23:00Z\']" cannot be assigned to parameter "opened_at" '
        'of type "datetime | None" in function "classify" reportArgumentType'),
    ),
    'classify({}, assume="best")': (
        ('Argument "assume" to "classify" has incompatible type "Literal[\'best\']"; '
        "expected \"Literal['known', 'worst']\"  [arg-type]"),
        ('Argument of type "Literal[\'best\']" cannot be assigned to parameter "assume" of type "Assume" '
        'in function "classify" reportArgumentType'),
    ),
    "classify({}).sevrity": (
        '"Classification" has no attribute "sevrity"; maybe "severity"?  [attr-defined]',
        'Cannot access attribute "sevrity" for class "Classification" reportAttributeAccessIssue',
    ),
    "classify({}).sla.resolution.limit": (
        'Item "None" of "Owed | None" has no attribute "limit"  [union-attr]',
        '"limit" is not a known attribute of "None" reportOptionalMemberAccess',
    ),
    "sevclass.clasify({})": (
        'Module has no attribute "clasify"; maybe "classify"?  [attr-defined]',
        '"clasify" is not a known attribute of module "sevclass" reportAttributeAccessIssue',
    ),
    "load_pack(5)": (
        'Argument 1 to "load_pack" has incompatible type "int"; expected "str | PathLike[str]"  [arg-type]',
        ('Argument of type "Literal[5]" cannot be assigned to parameter "pack" of type "PackPath" '
        'in function "load_pack" reportArgumentType'),
    ),
    'load_pack().name = "other"': (
        'Property "name" defined in "Pack" is read-only  [misc]',
        'Cannot assign to attribute "name" for class "Pack" reportAttributeAccessIssue',
    ),
}  # fmt: skip
USES = list(REJECTED)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's project with one file of right uses and one with a wrong use in each line."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "accepted.py").write_text(ACCEPTED)
    (folder / "rejected.py").write_text(
        "\n".join(["import sevclass; from sevclass import IncidentFacts, classify, load_pack", *USES, ""])
    )
    config = {"extraPaths": [str(SOURCE)], "typeCheckingMode": "strict", "reportUnusedExpression": False}
    (folder / "pyrightconfig.json").write_text(json.dumps(config))
    return folder


@pytest.fixture(scope="module")
def mypy(project: Path) -> dict[str, dict[int, str]]:
    """File -> line -> what mypy says of it."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--config-file=",
            "--no-error-summary",
            "accepted.py",
            "rejected.py",
        ],
        cwd=project,
        env=os.environ | {"MYPYPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    said: dict[str, dict[int, str]] = {"accepted.py": {}, "rejected.py": {}}
    for file, line, message in re.findall(r"^([^:\n]*):(\d+): error: (.*)$", done.stdout, re.MULTILINE):
        said[file][int(line)] = message
    assert sum(map(len, said.values())) == len(done.stdout.splitlines())
    return said


@pytest.fixture(scope="module")
def pyright(project: Path) -> dict[str, dict[int, str]]:
    """File -> line -> the first line of what pyright says of it, and the rule."""
    done = subprocess.run(
        [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    said: dict[str, dict[int, str]] = {"accepted.py": {}, "rejected.py": {}}
    for found in json.loads(done.stdout)["generalDiagnostics"]:
        message = found["message"].splitlines()[0]
        said[Path(found["file"]).name][found["range"]["start"]["line"] + 1] = f"{message} {found.get('rule')}"
    return said


def test_mypy_accepts_right_uses(mypy: dict[str, dict[int, str]]) -> None:
    assert mypy["accepted.py"] == {}


def test_pyright_accepts_right_uses(pyright: dict[str, dict[int, str]]) -> None:
    assert pyright["accepted.py"] == {}


@pytest.mark.parametrize("use", USES)
def test_mypy_rejects_a_wrong_use(mypy: dict[str, dict[int, str]], use: str) -> None:
    assert mypy["rejected.py"].get(USES.index(use) + 2) == REJECTED[use][0]


@pytest.mark.parametrize("use", USES)
def test_pyright_rejects_a_wrong_use(pyright: dict[str, dict[int, str]], use: str) -> None:
    assert pyright["rejected.py"].get(USES.index(use) + 2) == REJECTED[use][1]


def test_nothing_else_is_said(mypy: dict[str, dict[int, str]], pyright: dict[str, dict[int, str]]) -> None:
    lines = set(range(2, len(USES) + 2))
    assert set(mypy["rejected.py"]) <= lines
    assert set(pyright["rejected.py"]) <= lines
