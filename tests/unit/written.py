"""Packs written to a folder, and what loading them says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from sevclass import Pack, PackError, load_pack

SMALL = {
    "pack.yaml": """\
name: small
version: 1.0.0
severities: {1: High, 2: Low}
""",
    "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  users: {ask: How many users?, count: users}
  guests: {ask: How many guests?, count: guests}
  people: {sum_of: [users, guests]}
  visits: {sum_of: [guests]}
  delay: {ask: How long?, measure: {unit: seconds, worse: higher, from: 0, to: 60}}
  rest: {ask: How much is left?, measure: {unit: percent, worse: lower, to: 100}}
  lost: {ask: Is it lost?, flag: {}}
  kind: {ask: Which kind?, label: {wish: A wish, fault: A fault}}
""",
    "criteria.yaml": """\
criteria:
  1:
    dead: {text: It is dead, when: {speed: dead}}
""",
    "roles.yaml": """\
roles: {lead: Leads, deputy: Helps}
""",
}
"""A pack with a fact on every scale, file by file."""

CHILD = {"pack.yaml": "name: child\nversion: 1.0.0\nextends: support\n"}
"""A pack that changes nothing of the one it extends but the name and the version."""


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The folder, made with these files in it."""
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def loaded(tmp_path: Path, files: Mapping[str, str | bytes]) -> Pack:
    return load_pack(write(tmp_path / "pack", files))


def refused(tmp_path: Path, files: Mapping[str, str | bytes]) -> PackError:
    """The error of a pack of these files."""
    with pytest.raises(PackError) as caught:
        load_pack(write(tmp_path / "pack", files))
    return caught.value
