"""What `DurableEngine` says where durable-rules cannot be imported. Runs everywhere."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

from sevclass import SevclassError
from sevclass.targets.durable import EngineUnavailable, _unavailable

MISSING = "durable-rules is not installed; `pip install 'sevclass[durable]'` (it needs a C compiler)"
TOO_NEW = "durable-rules does not run on Python {}.{}; use 3.12 or older and `pip install 'sevclass[durable]'`"

HIDDEN = """
import sys
sys.modules["durable"] = None  # so an import of it fails as if it were not there
from sevclass import load_pack
from sevclass.targets.durable import DurableEngine, EngineUnavailable
try:
    DurableEngine(load_pack())
except EngineUnavailable as error:
    print(error)
"""


def test_a_missing_durable_is_told_in_one_line() -> None:
    done = subprocess.run([sys.executable, "-c", HIDDEN], capture_output=True, text=True, check=True)

    major, minor = sys.version_info[:2]
    assert done.stdout == (MISSING if minor <= 12 else TOO_NEW.format(major, minor)) + "\n"
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("python", "told"),
    [
        pytest.param((3, 11), MISSING, id="3.11"),
        pytest.param((3, 12), MISSING, id="3.12"),
        pytest.param((3, 13), TOO_NEW.format(3, 13), id="3.13"),
        pytest.param((4, 0), TOO_NEW.format(4, 0), id="4.0"),
    ],
)
def test_the_reason_is_python_or_the_extra(python: tuple[int, int], told: str) -> None:
    assert str(_unavailable(python)) == told


def test_it_is_an_error_of_ours_with_one_problem() -> None:
    error = _unavailable((3, 13))

    assert isinstance(error, SevclassError)
    assert [problem.model_dump() for problem in error.problems] == [
        {
            "path": "",
            "code": "engine_unavailable",
            "message": "durable-rules does not run on Python 3.13",
            "hint": "use 3.12 or older and `pip install 'sevclass[durable]'`",
        }
    ]
    assert isinstance(pickle.loads(pickle.dumps(error)), EngineUnavailable)  # noqa: S301 - our own bytes
