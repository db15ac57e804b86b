"""The public face: `load_pack`, `Pack` and `classify`."""

from __future__ import annotations

import copy
import pickle
import runpy
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

import sevclass
from sevclass import Classification, FactsError, IncidentFacts, classify, load_pack
from sevclass.facts import FactsInput
from sevclass.scales import Masks
from tests.threads import thread_pool
from tests.unit.written import CHILD, SMALL, loaded, write

OPENED = datetime(2026, 3, 2, 14, 23, tzinfo=UTC)


def test_the_public_names_are_there() -> None:
    assert [name for name in sevclass.__all__ if not hasattr(sevclass, name)] == []
    assert {"classify", "load_pack", "IncidentFacts", "Classification", "FactsError", "PackError"} < set(
        sevclass.__all__
    )
    assert set(sevclass.__all__) < set(dir(sevclass))
    with pytest.raises(AttributeError, match=r"^module 'sevclass' has no attribute 'clasify'$"):
        _ = sevclass.clasify  # type: ignore[attr-defined]


def test_a_pack_says_what_it_is() -> None:
    pack = load_pack("support")
    assert (pack.name, pack.version) == ("support", "1.0.0")
    assert pack.description == "Severity, response times, people and war room for incidents in customer support"
    assert pack.severities == {1: "Critical", 2: "High", 3: "Medium", 4: "Low"}
    assert pack.calendar == "Monday to Friday 09:00-17:00 (UTC)"
    assert pack.Facts is IncidentFacts
    assert repr(pack) == f"<Pack 'support' 1.0.0 {pack.digest[:19]}>"


def test_the_default_pack_is_the_one_that_is_loaded_without_a_name() -> None:
    assert load_pack() == load_pack("support")
    assert classify({"data_loss": True}) == load_pack("support").classify({"data_loss": True})


def test_the_severities_cannot_be_changed_from_outside() -> None:
    pack = load_pack()
    pack.severities[1] = "Mild"
    assert pack.severities[1] == "Critical"


@pytest.mark.parametrize("files", [SMALL, CHILD], ids=["alone", "extended"])
def test_a_pack_is_dumped_as_a_document_that_loads_as_the_same_pack(tmp_path: Path, files: dict[str, str]) -> None:
    pack = loaded(tmp_path, files)
    text = yaml.safe_dump(pack.model_dump(), sort_keys=False)
    again = load_pack(write(tmp_path / "again", {"all.yaml": text}))
    assert again == pack
    assert again.model_dump() == pack.model_dump()


def test_a_dump_stands_alone_and_has_every_key_that_a_pack_needs(tmp_path: Path) -> None:
    dump = loaded(tmp_path, CHILD | {"x.yaml": "criteria: {1: , 2: , 3: , 4: }\n"}).model_dump()
    assert "extends" not in dump
    assert dump["criteria"] == {}
    assert {"name", "version", "severities", "facts"} < set(dump)


def test_the_module_is_the_command_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["sevclass", "--version"])
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("sevclass", run_name="__main__")
    assert not caught.value.code
    assert sevclass.__version__ in capsys.readouterr().out


def test_the_dump_of_the_default_pack_loads_as_the_same_pack(tmp_path: Path) -> None:
    text = yaml.safe_dump(load_pack().model_dump(), sort_keys=False)
    assert loaded(tmp_path, {"all.yaml": text}) == load_pack()


def test_packs_are_equal_by_what_they_say(tmp_path: Path) -> None:
    small = loaded(tmp_path, SMALL)
    again = load_pack(tmp_path / "pack")
    assert again == small
    assert hash(again) == hash(small)
    assert small != load_pack()
    assert small != "small"


def test_a_pack_survives_pickle_and_copying(tmp_path: Path) -> None:
    small = loaded(tmp_path, SMALL)
    for again in (pickle.loads(pickle.dumps(small)), copy.deepcopy(small)):  # noqa: S301 - what was just pickled
        assert again == small
        assert again.classify({"speed": "dead"}) == small.classify({"speed": "dead"})


def test_a_pack_cannot_be_changed() -> None:
    pack = load_pack()
    with pytest.raises(AttributeError, match=r"^Pack is immutable: cannot set `name`$"):
        pack.name = "other"  # type: ignore[misc]
    with pytest.raises(AttributeError, match=r"^Pack is immutable: cannot set `more`$"):
        pack.more = 1
    with pytest.raises(AttributeError, match=r"^Pack is immutable: cannot delete `_document`$"):
        del pack._document
    assert pack.name == "support"


def test_facts_id_and_opening_may_stand_in_a_row() -> None:
    found = classify({"data_loss": True}, OPENED, "T-17")
    assert (found.id, found.sla.opened_at) == ("T-17", OPENED)
    assert load_pack().classify({"data_loss": True}, OPENED, "T-17") == found


@pytest.mark.parametrize("beside", [{"id": "T-17"}, {"opened_at": OPENED}, {"assume": "worst"}])
def test_a_model_is_classified_like_a_dict(beside: dict[str, Any]) -> None:
    facts = IncidentFacts(functionality="major")
    assert classify(facts) == classify({"functionality": "major"})
    assert classify(facts, **beside) == classify({"functionality": "major"}, **beside)


def test_json_is_classified_straight() -> None:
    found = load_pack().classify_json(b'{"id": "T-17", "facts": {"functionality": "major"}}')
    assert found == classify({"functionality": "major"}, id="T-17")
    assert load_pack().classify_json('{"functionality": "major"}') == classify({"functionality": "major"})
    with pytest.raises(FactsError, match=r"^not JSON: "):
        load_pack().classify_json("functionality: major")


@pytest.mark.parametrize("assume", ["best", "", None, ["known"]])
@pytest.mark.parametrize("facts", [{}, IncidentFacts()], ids=["dict", "model"])
def test_only_the_known_or_the_worst_can_be_assumed(facts: FactsInput, assume: object) -> None:
    with pytest.raises(ValueError, match=r"^`assume` is `known` or `worst`, not ") as caught:
        classify(facts, assume=assume)  # type: ignore[arg-type]
    assert str(caught.value) == f"`assume` is `known` or `worst`, not {assume!r}"


def test_at_the_worst_nothing_known_is_critical() -> None:
    found = classify({}, assume="worst")
    assert (found.severity, found.could_be) == (1, 1)
    assert [dict(criterion.because) for criterion in found.criteria if criterion.id == "data-loss"] == [
        {"data_loss": None}
    ]


def test_a_pack_with_other_masks_is_the_same_pack() -> None:
    class Other(Masks):
        """The same masks under another name."""

    pack = load_pack()
    other = pack.with_masks(Other)
    assert other == pack
    assert other.classify({"functionality": "major"}) == pack.classify({"functionality": "major"})


def test_one_pack_is_used_from_many_threads() -> None:
    pack = load_pack()
    facts = [
        {"functionality": level, "enterprise_customers": n} for level in ("minor", "major", "down") for n in range(3)
    ]

    def run(index: int) -> Classification:
        found = pack.classify(facts[index % len(facts)])
        found.model_dump()
        return found

    with thread_pool(8) as threads:
        results = list(threads.map(run, range(450)))
    assert results == [pack.classify(facts[index % len(facts)]) for index in range(450)]


def test_the_incident_package_is_there_without_an_import_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert callable(sevclass.incident.replay)
    monkeypatch.delattr(sevclass, "incident")

    assert sevclass.incident is import_module("sevclass.incident")
