"""The law: the order of facts, the files of a pack, the run and the process make no difference."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from hypothesis import given, strategies as st

from sevclass import Pack, load_pack
from tests.strategies import Data, facts, load, opened_at, over_both

BY_SEVERITY = ("severities", "criteria", "sla", "roster")
"""What goes by severity goes worst first, whatever the order in the file."""


@st.composite
def shuffled(draw: st.DrawFn, mapping: Mapping[str, Any]) -> Data:
    return {key: mapping[key] for key in draw(st.permutations(list(mapping)))}


@st.composite
def split(draw: st.DrawFn, doc: Data) -> list[Data]:
    """The document's keys in any order over up to four files, severities in any order."""
    files: list[Data] = [{} for _ in range(4)]
    for key, section in draw(shuffled(doc)).items():
        files[draw(st.integers(0, 3))][key] = draw(shuffled(section)) if key in BY_SEVERITY else section
    return [some for some in files if some]


def load_files(files: list[Data]) -> Pack:
    with TemporaryDirectory() as folder:
        for number, some in enumerate(files):
            text = yaml.dump(some, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
            Path(folder, f"part-{number}.yaml").write_text(text, encoding="utf-8")
        return load_pack(folder)


@over_both
@given(data=st.data())
def test_the_order_of_facts(documents: st.SearchStrategy[Data], data: st.DataObject) -> None:
    doc = data.draw(documents)
    some, opening = data.draw(facts(doc)), data.draw(opened_at())
    other = data.draw(shuffled(some))
    pack = load(doc)
    expected = pack.classify(some, opening, "T-17").model_dump_json()
    assert pack.classify(other, opening, "T-17").model_dump_json() == expected
    envelope = data.draw(shuffled({"facts": other, "id": "T-17", "opened_at": opening.isoformat()}))
    assert pack.classify_json(json.dumps(envelope)).model_dump_json() == expected


@over_both
@given(data=st.data())
def test_the_files_of_a_pack(documents: st.SearchStrategy[Data], data: st.DataObject) -> None:
    doc = data.draw(documents)
    some, opening = data.draw(facts(doc)), data.draw(opened_at())
    pack, other = load(doc), load_files(data.draw(split(doc)))
    assert other.digest == pack.digest
    assert other.classify(some, opening).model_dump_json() == pack.classify(some, opening).model_dump_json()


@over_both
@given(data=st.data())
def test_what_was_classified_before(documents: st.SearchStrategy[Data], data: st.DataObject) -> None:
    doc = data.draw(documents)
    one, other = data.draw(facts(doc)), data.draw(facts(doc))
    pack = load(doc)
    before = pack.classify(one).model_dump_json()
    between = pack.classify(other)
    assert pack.classify(one).model_dump_json() == before
    assert Pack(*pack.__reduce__()[1]).classify(other) == between


@given(st.data())
def test_facts_changed_after_they_were_given(data: st.DataObject) -> None:
    pack = load_pack()
    some = data.draw(facts(pack.model_dump()))
    expected = pack.classify(some).model_dump_json()
    found = pack.classify(some)
    some.clear()
    some["functionality"] = "down"
    assert found.model_dump_json() == expected


def test_the_seed_of_the_process() -> None:
    code = (
        "from sevclass import load_pack\n"
        "pack = load_pack()\n"
        "for facts in ({}, {'functionality': 'down'}, {'security': 'issue', 'strategic_account': True}):\n"
        "    print(pack.classify(facts).model_dump_json())\n"
    )
    printed = set()
    for seed in ("0", "1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        printed.add(done.stdout)
    assert len(printed) == 1
    assert [json.loads(line)["severity"] for line in printed.pop().splitlines()] == [4, 2, 4]
