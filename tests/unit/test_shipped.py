"""The packs that ship: what was made of them when the package was built says what their files say, or is not used."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sevclass import Pack, PackError, load_pack, shipped
from sevclass.loader import read_pack
from sevclass.shipped import prebuilt, shipped_packs

ROOT = Path(__file__).parents[2]
UNTYPED = """\
import sys
from sevclass import load_pack
pack = load_pack()
print(pack.digest, sorted(name for name in sys.modules if name.split(".")[0] in {"pydantic", "yaml"}))
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what a start reads, made anew."""
    for name in ("src", "rules", "scripts"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "packs.json"))
    run(tmp_path, "scripts/prebuild.py")
    return tmp_path


def run(checkout: Path, *words: str) -> str:
    command = [sys.executable, *words]
    done = subprocess.run(command, cwd=checkout, env={"PYTHONPATH": "src"}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("name", shipped_packs())
def test_what_was_made_is_what_the_files_say(name: str, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "PREBUILT", checkout / "src" / "sevclass" / "packs.json")

    assert prebuilt(name) == read_pack(name)
    assert load_pack(name) == Pack(*read_pack(name))
    assert load_pack(name).model_dump() == Pack(*read_pack(name)).model_dump()


def test_a_start_needs_neither_yaml_nor_models(checkout: Path) -> None:
    assert run(checkout, "-c", UNTYPED) == f"{load_pack().digest} []\n"


def test_files_that_have_changed_are_read(checkout: Path) -> None:
    path = checkout / "rules" / "support" / "pack.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("version: ", "version: 9"), encoding="utf-8")

    found = run(checkout, "-c", "from sevclass import load_pack; print(load_pack().version)")

    assert found == f"9{load_pack().version}\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(None, id="never made"),
        pytest.param("", id="empty"),
        pytest.param("{", id="torn"),
        pytest.param("[]", id="no mapping"),
        pytest.param('{"support": 7}', id="no mapping of a pack"),
        pytest.param('{"support": {"files": {}, "digest": ""}}', id="no document"),
        pytest.param('{"support": {"files": {}, "digest": "", "document": {}}}', id="other files"),
        pytest.param('{"gone": {"files": {}, "digest": "", "document": {}}}', id="another pack"),
    ],
)
def test_what_is_damaged_is_passed_over(text: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "PREBUILT", tmp_path / "packs.json")
    if text is not None:
        (tmp_path / "packs.json").write_text(text, encoding="utf-8")

    assert prebuilt("support") is None
    assert prebuilt("gone") is None
    assert load_pack() == Pack(*read_pack("support"))


def test_a_file_that_is_no_text_is_told_by_who_reads_it(checkout: Path) -> None:
    (checkout / "rules" / "support" / "roster.yaml").write_bytes(b"\xff")

    code = "from sevclass import PackError, load_pack\ntry: load_pack()\nexcept PackError as error: print(error)"

    assert run(checkout, "-c", code).startswith("roster.yaml:1:1: ")


def test_a_folder_is_never_taken_for_what_was_made(tmp_path: Path) -> None:
    assert prebuilt(tmp_path) is None
    assert prebuilt("nobody") is None
    with pytest.raises(PackError):
        load_pack(tmp_path)
