"""`extends`: what a pack takes over, what it replaces, what it deletes, and where the rest is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from sevclass import Pack, load_pack
from tests.unit.written import CHILD, loaded, refused, write

SUPPORT = load_pack().model_dump()


def child(tmp_path: Path, text: str) -> Pack:
    """The pack that changes the default one by this text."""
    return loaded(tmp_path, CHILD | {"x.yaml": text})


def changed(tmp_path: Path, text: str) -> dict[str, Any]:
    return child(tmp_path, text).model_dump()


# name -> the files, and everything that is said of them.
CASES: dict[str, tuple[dict[str, str], str]] = {
    "del fact": (
        {
            "pack.yaml": """\
name: child
version: 1.0.0
extends: support
""",
            "x.yaml": """\
facts:
  performance:
""",
        },
        """\
support/criteria.yaml:39:14: unknown fact `performance`; it is deleted at x.yaml:2:3
          when: {performance: significantly_degraded}
                 ^^^^^^^^^^^
support/war_room_setup.yaml:29:11: unknown fact `performance`; it is deleted at x.yaml:2:3
            - performance: significantly_degraded
              ^^^^^^^^^^^""",
    ),
    "del role": (
        {
            "pack.yaml": """\
name: child
version: 1.0.0
extends: support
""",
            "x.yaml": """\
roles:
  engineering-on-call:
plan:
""",
        },
        """\
support/roster.yaml:27:5: unknown role `engineering-on-call`; it is deleted at x.yaml:2:3
        engineering-on-call: engaged
        ^^^^^^^^^^^^^^^^^^^
support/roster.yaml:44:3: unknown role `engineering-on-call`; it is deleted at x.yaml:2:3
      engineering-on-call: [engineering]
      ^^^^^^^^^^^^^^^^^^^
support/war_room_setup.yaml:14:15: unknown role `engineering-on-call`; it is deleted at x.yaml:2:3
          roles: [engineering-on-call, engineering, technical-support-engineer]
                  ^^^^^^^^^^^^^^^^^^^""",
    ),
    "del level": (
        {
            "pack.yaml": """\
name: child
version: 1.0.0
extends: support
""",
            "x.yaml": """\
facts:
  security: {levels: {breach: }}
""",
        },
        """\
support/criteria.yaml:14:24: unknown level `breach`; `security` has `none`, `issue`
          when: {security: breach}
                           ^^^^^^""",
    ),
    "del nothing": (
        {
            "pack.yaml": """\
name: child
version: 1.0.0
extends: support
""",
            "x.yaml": """\
criteria:
  1:
    data-los:
  2:
    data-loss:
""",
        },
        """\
x.yaml:3:5: nothing inherited is called `data-los` here; did you mean `data-loss`?
        data-los:
        ^^^^^^^^
x.yaml:5:5: nothing inherited is called `data-loss` here
        data-loss:
        ^^^^^^^^^""",
    ),
    "del nothing far": (
        {
            "pack.yaml": """\
name: child
version: 1.0.0
extends: support
""",
            "x.yaml": """\
war_room:
  zzz:
""",
        },
        """\
x.yaml:2:3: nothing inherited is called `zzz` here
      zzz:
      ^^^""",
    ),
    "del nested new": (
        {
            "pack.yaml": """\
name: child
version: 1.0.0
extends: support
""",
            "x.yaml": """\
criteria:
  1:
    new:
      text:
      when: {data_loss: true}
""",
        },
        """\
x.yaml:4:12: null is not text
          text:
               ^""",
    ),
    "level order": (
        {
            "pack.yaml": """\
name: child
version: 1.0.0
extends: support
""",
            "x.yaml": """\
facts:
  security: {levels: {disaster: All is lost, breach: Somebody is in, none: Nothing}}
""",
        },
        """\
x.yaml:2:23: `disaster` cannot come before `breach`; inherited levels keep their order, and new ones come last, \
as the worst
      security: {levels: {disaster: All is lost, breach: Somebody is in, none: Nothing}}
                          ^^^^^^^^
x.yaml:2:70: `none` cannot come after `breach`; inherited levels keep their order, and new ones come last, as \
the worst
      security: {levels: {disaster: All is lost, breach: Somebody is in, none: Nothing}}
                                                                         ^^^^""",
    ),
    "sev add": (
        {
            "pack.yaml": """\
name: child
version: 1.0.0
extends: support
""",
            "x.yaml": "severities: {5: Trivial}\n",
        },
        """\
x.yaml:1:14: severities cannot be added or removed; they can be renamed
    severities: {5: Trivial}
                 ^""",
    ),
    "sev del": (
        {
            "pack.yaml": """\
name: child
version: 1.0.0
extends: support
""",
            "x.yaml": "severities: {4: }\n",
        },
        """\
x.yaml:1:14: severities cannot be added or removed; they can be renamed
    severities: {4: }
                 ^""",
    ),
    "crit list": (
        {
            "pack.yaml": """\
name: child
version: 1.0.0
extends: support
""",
            "x.yaml": "criteria: [a]\n",
        },
        """\
x.yaml:1:11: a list is not a mapping
    criteria: [a]
              ^^^""",
    ),
    "crit sev new": (
        {
            "pack.yaml": """\
name: child
version: 1.0.0
extends: support
""",
            "x.yaml": "criteria: {5: {data-loss: {text: a}}}\n",
        },
        """\
x.yaml:1:12: unknown severity `5`; severities are 1 to 4
    criteria: {5: {data-loss: {text: a}}}
               ^""",
    ),
    "crit twice": (
        {
            "pack.yaml": """\
name: child
version: 1.0.0
extends: support
""",
            "x.yaml": """\
criteria:
  1:
    data-loss: {text: a}
  2:
    data-loss: {text: b, when: {data_loss: true}}
""",
        },
        """\
x.yaml:5:5: criterion `data-loss` stands twice; the first is at x.yaml:3:5
        data-loss: {text: b, when: {data_loss: true}}
        ^^^^^^^^^""",
    ),
    "scale change": (
        {
            "pack.yaml": """\
name: child
version: 1.0.0
extends: support
""",
            "x.yaml": """\
facts:
  data_loss: {count: files}
""",
        },
        """\
x.yaml:2:3: `data_loss` has `flag` and `count`; a fact has one of levels, flag, count, measure, label, \
sum_of
      data_loss: {count: files}
      ^^^^^^^^^""",
    ),
    "row when over text": (
        {
            "pack.yaml": """\
name: child
version: 1.0.0
extends: support
""",
            "x.yaml": """\
roster:
  1: {escalation-manager: {when: {data_loss: true}}}
""",
        },
        """\
x.yaml:2:7: missing key `duty`
      1: {escalation-manager: {when: {data_loss: true}}}
          ^^^^^^^^^^^^^^^^^^""",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_told_at_its_place(tmp_path: Path, case: str) -> None:
    files, expected = CASES[case]
    assert str(refused(tmp_path, files)) == expected


@pytest.mark.parametrize(
    ("name", "width", "expected"),
    [
        pytest.param("suport", 6, "unknown pack `suport`; did you mean `support`?", id="misspelt"),
        pytest.param("../support", 10, "unknown pack `../support`; did you mean `support`?", id="relative"),
        pytest.param(
            "/rules/support",
            14,
            "unknown pack `/rules/support`; did you mean `support`?",
            id="absolute",
        ),
        pytest.param("other", 5, "unknown pack `other`; it names a pack that ships: `support`", id="unlike"),
    ],
)
def test_only_a_pack_that_ships_can_be_extended(tmp_path: Path, name: str, width: int, expected: str) -> None:
    files = {"pack.yaml": f"name: child\nversion: 1.0.0\nextends: {name}\n"}
    assert (
        str(refused(tmp_path, files)) == f"pack.yaml:3:10: {expected}\n    extends: {name}\n             {'^' * width}"
    )


def test_a_list_cannot_be_extended(tmp_path: Path) -> None:
    files = {"pack.yaml": "name: child\nversion: 1.0.0\nextends: [support]\n"}
    assert (
        str(refused(tmp_path, files))
        == """\
pack.yaml:3:10: a list is not text
    extends: [support]
             ^^^^^^^^^"""
    )


def test_everything_is_inherited_but_what_names_the_pack(tmp_path: Path) -> None:
    found = loaded(tmp_path, CHILD)
    assert (found.name, found.version, found.description) == ("child", "1.0.0", None)
    own = ("name", "version", "description")
    german = {key: value for key, value in SUPPORT["translations"]["de"].items() if key not in own}
    assert {key: value for key, value in found.model_dump().items() if key not in own} == {
        key: value for key, value in SUPPORT.items() if key not in own
    } | {"translations": {"de": german}}


def test_the_dump_of_a_pack_says_the_same_as_the_pack(tmp_path: Path) -> None:
    found = child(tmp_path, "criteria: {1: {data-loss: }}\nroles: {trainee: Learns}\n")
    again = load_pack(write(tmp_path / "again", {"all.yaml": yaml.safe_dump(found.model_dump(), sort_keys=False)}))
    assert again.model_dump() == found.model_dump()
    assert again == found


def test_mappings_merge_key_by_key(tmp_path: Path) -> None:
    found = changed(tmp_path, "facts: {security: {levels: {breach: Somebody is in}}}\nsla: {1: {resolution: 1h}}\n")
    assert found["facts"]["security"] == {
        "ask": "Is there a security problem?",
        "levels": SUPPORT["facts"]["security"]["levels"] | {"breach": "Somebody is in"},
    }
    assert found["sla"]["1"] == SUPPORT["sla"]["1"] | {"resolution": "1h"}
    assert found["sla"]["2"] == SUPPORT["sla"]["2"]


def test_levels_keep_their_order_and_new_ones_are_worst(tmp_path: Path) -> None:
    text = "facts: {security: {levels: {none: Nothing, breach: Somebody is in, disaster: All is lost}}}\n"
    assert list(changed(tmp_path, text)["facts"]["security"]["levels"]) == ["none", "issue", "breach", "disaster"]


def test_a_level_that_is_deleted_has_no_order(tmp_path: Path) -> None:
    text = "facts: {customer_impact: {levels: {worse: Worse, noticeable: , worst: Worst}}}\n"
    levels = changed(tmp_path, text)["facts"]["customer_impact"]["levels"]
    assert list(levels) == ["none", "significant", "worse", "worst"]


@pytest.mark.parametrize("scale", ["label", "levels"])
def test_a_fact_of_its_own_has_the_order_it_is_written_in(tmp_path: Path, scale: str) -> None:
    text = f"facts: {{mood: {{ask: Which mood?, {scale}: {{good: Good, bad: Bad, awful: Awful}}}}}}\n"
    assert list(changed(tmp_path, text)["facts"]["mood"][scale]) == ["good", "bad", "awful"]


def test_new_keys_come_last(tmp_path: Path) -> None:
    found = changed(
        tmp_path,
        """\
facts: {tired: {ask: Are we tired?, flag: {}}}
criteria: {1: {tired: {text: We are, when: {tired: true}}}}
""",
    )
    assert list(found["facts"]) == [*SUPPORT["facts"], "tired"]
    assert list(found["criteria"]["1"]) == [*SUPPORT["criteria"]["1"], "tired"]


def test_the_floors_of_a_criterion_are_replaced_whole(tmp_path: Path) -> None:
    found = changed(tmp_path, "criteria: {1: {production-down: {when: {functionality: down}}}}\n")
    assert found["criteria"]["1"]["production-down"] == {
        "text": "The live system does not work at all",
        "when": [{"functionality": "down"}],
    }


def test_the_floors_of_a_roster_row_are_replaced_whole(tmp_path: Path) -> None:
    found = changed(tmp_path, "roster: {2: {engineering: {when: {data_loss: true}}}}\n")
    assert found["roster"]["2"]["engineering"] == {"duty": "engaged", "when": [{"data_loss": True}]}


def test_the_floors_of_a_war_room_reason_are_replaced_whole(tmp_path: Path) -> None:
    found = changed(tmp_path, "war_room: {multi-customer: {enterprise_customers: 1}}\n")
    assert found["war_room"]["multi-customer"] == [{"enterprise_customers": 1}]


def test_ranges_and_lists_are_replaced_whole(tmp_path: Path) -> None:
    found = changed(
        tmp_path,
        """\
sla: {1: {status_updates: 10m}}
facts: {customers_affected: {sum_of: [other_customers]}}
covers: {vp-customer-support: [executive-team]}
""",
    )
    assert found["sla"]["1"]["status_updates"] == "10m"
    assert found["facts"]["customers_affected"] == {"sum_of": ["other_customers"]}
    assert found["covers"]["vp-customer-support"] == ["executive-team"]


def test_a_criterion_moves_to_the_severity_it_is_given_under(tmp_path: Path) -> None:
    found = changed(tmp_path, "criteria: {2: {data-loss: {text: Some data is gone}}}\n")
    assert "data-loss" not in found["criteria"]["1"]
    assert list(found["criteria"]["2"]) == [*SUPPORT["criteria"]["2"], "data-loss"]
    assert found["criteria"]["2"]["data-loss"] == {"text": "Some data is gone", "when": [{"data_loss": True}]}


def test_a_criterion_moves_to_a_severity_that_had_none(tmp_path: Path) -> None:
    text = """\
criteria:
  4: {minor-issue: , cosmetic: , feature-request: , question: }
  3: {moderate-functionality: , inconvenience: , customer-significant: , important-feature: }
"""
    found = changed(tmp_path, text)
    assert found["criteria"]["3"] == found["criteria"]["4"] == {}


def test_a_criterion_deleted_and_given_anew_stands_where_it_is_given(tmp_path: Path) -> None:
    text = "criteria: {1: {data-loss: }, 2: {data-loss: {text: Some data is gone, when: {data_loss: true}}}}\n"
    found = changed(tmp_path, text)
    assert "data-loss" not in found["criteria"]["1"]
    assert "data-loss" in found["criteria"]["2"]


def test_null_deletes_an_entry_or_a_whole_section(tmp_path: Path) -> None:
    found = changed(tmp_path, "criteria: {1: {data-loss: }}\nsla:\nwar_room: ~\n")
    assert list(found["criteria"]["1"]) == [id_ for id_ in SUPPORT["criteria"]["1"] if id_ != "data-loss"]
    assert "sla" not in found
    assert "war_room" not in found


def test_a_scale_is_changed_by_deleting_the_old_one(tmp_path: Path) -> None:
    text = "facts: {strategic_account: {flag: , count: accounts}}\nroster: {2: {customer-success-manager: involved}}\n"
    found = changed(tmp_path, text)
    assert found["facts"]["strategic_account"] == {
        "ask": SUPPORT["facts"]["strategic_account"]["ask"],
        "count": "accounts",
    }


def test_severities_are_renamed(tmp_path: Path) -> None:
    assert child(tmp_path, "severities: {1: Burning}\n").severities == {1: "Burning", 2: "High", 3: "Medium", 4: "Low"}


def test_a_pack_that_deletes_its_criteria_needs_others(tmp_path: Path) -> None:
    error = refused(tmp_path, CHILD | {"x.yaml": "criteria:\n"})
    assert str(error) == "x.yaml:1:1: `criteria` cannot be empty\n    criteria:\n    ^^^^^^^^"


def test_a_section_that_is_deleted_is_told_and_not_each_name_of_it(tmp_path: Path) -> None:
    error = refused(tmp_path, CHILD | {"x.yaml": "facts:\n"})
    assert str(error) == "x.yaml:1:1: `facts` cannot be empty\n    facts:\n    ^^^^^"


def test_severities_of_another_shape_are_told_once(tmp_path: Path) -> None:
    error = refused(tmp_path, CHILD | {"x.yaml": "severities: [High]\n"})
    assert (
        str(error)
        == """\
x.yaml:1:13: a list is not a mapping
    severities: [High]
                ^^^^^^"""
    )
