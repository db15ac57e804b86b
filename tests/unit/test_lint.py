"""Lint, code by code, beyond the examples of its pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sevclass.lint import lint
from tests.unit.written import CHILD, SMALL, write

THREE = "name: small\nversion: 1.0.0\nseverities: {1: High, 2: Middle, 3: Low}\n"


def found(tmp_path: Path, code: str, **files: str) -> list[str]:
    """What is found of a code in a pack of three severities, whose criteria, SLA or cases are given."""
    named = {f"{name}.{'jsonl' if name == 'cases' else 'yaml'}": text for name, text in files.items()}
    tmp_path.mkdir(exist_ok=True)
    folder = write(tmp_path / "pack", SMALL | {"pack.yaml": THREE} | named)
    return [f"{one.path} {one.message}" for one in lint(folder, select=[code])]


def criteria(*rules: str) -> str:
    return "\n".join(["criteria:", *(f"  {rule}" for rule in rules), ""])


# SC001 and SC005


def test_a_sum_is_reached_in_many_ways_and_each_must_be_worse(tmp_path: Path) -> None:
    rules = criteria(
        "1: {many: {text: Many, when: [{users: 3}, {guests: 2}]}}",
        "2: {some: {text: Some, when: {people: 4}}, few: {text: Few, when: {people: 3}}}",
    )
    assert found(tmp_path, "SC001", criteria=rules) == [
        "criteria.yaml:3:7 `some` can never decide: whenever it is met, `many` is met too"
    ]


def test_where_several_are_worse_all_are_named(tmp_path: Path) -> None:
    rules = criteria(
        "1: {users: {text: Users, when: {users: 1}}, guests: {text: Guests, when: {guests: 1}}}",
        "2: {any: {text: Any, when: {people: 1}}}",
    )
    assert found(tmp_path, "SC001", criteria=rules) == [
        "criteria.yaml:3:7 `any` can never decide: whenever it is met, one of `guests`, `users` is met too"
    ]
    assert found(tmp_path / "again", "SC005", criteria=rules) == ["pack.yaml:3:23 nothing reaches severity 2 `Middle`"]


def test_what_would_take_too_long_to_prove_is_not_said(tmp_path: Path) -> None:
    facts = "".join(f"  p{n}: {{ask: How many?, count: people}}\n" for n in range(4))
    facts += "  all: {sum_of: [p0, p1, p2, p3]}\n  some: {sum_of: [p0, p1]}\n"
    rules = criteria(
        "1: {some: {text: Some, when: {some: 1}}, one: {text: One, when: [{p2: 1}, {p3: 1}]}}",
        "2: {all: {text: All, when: {all: 900}}}",
    )
    assert found(tmp_path, "SC001", facts=f"facts:\n{facts}", criteria=rules) == []


# SC002 and SC003


def test_floors_that_sums_imply_are_never_needed(tmp_path: Path) -> None:
    rules = criteria("1: {many: {text: Many, when: [{users: 1}, {people: 4, guests: 9}, {guests: 1}, {people: 2}]}}")
    assert found(tmp_path, "SC002", criteria=rules) == [
        "criteria.yaml:2:45 floor 2 of `many` is never needed",
        "criteria.yaml:2:82 floor 4 of `many` is never needed",
    ]


def test_of_two_floors_that_are_the_same_the_later_one_is_told(tmp_path: Path) -> None:
    rules = criteria("1: {dead: {text: Dead, when: [{speed: dead}, {speed: dead}]}}")
    assert found(tmp_path, "SC002", criteria=rules) == ["criteria.yaml:2:48 floor 2 of `dead` is never needed"]
    assert found(tmp_path / "again", "SC003", criteria=rules) == []


def test_the_same_floor_may_be_written_in_another_order(tmp_path: Path) -> None:
    rules = criteria(
        "1: {a: {text: A, when: {speed: dead, lost: true}}}",
        "2: {b: {text: B, when: [{users: 3}, {lost: true, speed: dead}]}}",
    )
    assert found(tmp_path, "SC003", criteria=rules) == ["criteria.yaml:3:39 the same floor stands in `a` and `b`"]


# SC004


def test_a_part_of_a_sum_that_is_used_is_used(tmp_path: Path) -> None:
    rules = criteria("1: {many: {text: Many, when: {people: 3}}}")
    assert found(tmp_path, "SC004", criteria=rules, war_room="war_room: {late: {delay: 5}}\n") == [
        "facts.yaml:2:3 nothing uses `speed`",
        "facts.yaml:6:3 nothing uses `visits`",
        "facts.yaml:8:3 nothing uses `rest`",
        "facts.yaml:9:3 nothing uses `lost`",
        "facts.yaml:10:3 nothing uses `kind`",
    ]


# SC006

CALENDARS = """\
calendars:
  day: {zone: UTC, hours: {mon: ["09:00-17:00"]}}
  night: {zone: UTC, hours: {mon: ["20:00-23:00"]}}
"""


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("1: {resolution: 2h..4h}, 2: {resolution: 1h..3h}", "target and limit"),
        ("1: {resolution: 2h..3h}, 2: {resolution: 1h..3h}", "target"),
        ("1: {resolution: 61m}, 2: {resolution: 1h}", "target and limit"),
        ("1: {resolution: 3bh}, 2: {resolution: 2bh}", "target and limit"),
        ("1: {resolution: 3bd}, 2: {resolution: 2bd}", "target and limit"),
        ("1: {resolution: 9bh}, 2: {resolution: 8bd}, 3: {resolution: 8bh}", "target and limit"),
        ("1: {resolution: 3bh}, 2: {resolution: 2h}", None),
        ("1: {resolution: 3bh}, 2: {resolution: 1bd}", None),
        ("1: {resolution: 1h}, 2: {resolution: 2h}", None),
        ("1: {calendar: day, resolution: 3bh}, 2: {resolution: 2bh}", None),
        ("1: {calendar: day, resolution: 3bh}, 2: {resolution: {within: 2bh, calendar: day}}", "target and limit"),
        ("1: {calendar: day, resolution: 3h}, 2: {calendar: night, resolution: 2h}", "target and limit"),
    ],
)
def test_looser_figures(tmp_path: Path, rows: str, expected: str | None) -> None:
    told = found(tmp_path, "SC006", sla=f"sla: {{{rows}}}\n", calendars=CALENDARS)

    shown = [" ".join(text.split(" ")[1:]).partition(" looser")[0] for text in told]
    verb = "are" if expected == "target and limit" else "is"
    assert shown == ([] if expected is None else [f"the {expected} of `resolution` {verb}"])


def test_a_notification_may_be_looser(tmp_path: Path) -> None:
    rows = "sla:\n  1: {notify: {lead: 2h}}\n  2: {notify: {deputy: 1h}}\n  3: {notify: {lead: 1h}}\n"
    (told,) = lint(write(tmp_path / "pack", SMALL | {"pack.yaml": THREE, "sla.yaml": rows}), select=["SC006"])

    assert (told.path, told.message, told.hint) == (
        "sla.yaml:2:16",
        "the target and limit of `lead` are looser at severity 1 than at 3: 2h against 1h",
        "the earlier of the two is owed, whatever is printed",
    )


# SC008 to SC010


def cases(*written: tuple[str, dict[str, Any], dict[str, Any]]) -> str:
    return "".join(json.dumps({"case": n, "facts": f, "expected": e}) + "\n" for n, f, e in written)


def test_every_key_that_differs_is_told(tmp_path: Path) -> None:
    written = cases(("dead", {"speed": "dead"}, {"severity": 3, "could_be": 1, "criteria": [], "war_room": ["x"]}))
    assert found(tmp_path, "SC008", cases=written) == [
        "cases.jsonl:1:1 case `dead`: `criteria` is [`dead`], not empty",
        "cases.jsonl:1:1 case `dead`: `severity` is 1, not 3",
        "cases.jsonl:1:1 case `dead`: `war_room` is empty, not [`x`]",
    ]


def test_cases_contradict_each_other(tmp_path: Path) -> None:
    written = cases(
        ("a", {"speed": "slow", "kind": "wish"}, {"severity": 2}),
        ("b", {"speed": "slow", "kind": "wish"}, {"severity": 2, "criteria": []}),
        ("c", {"speed": "slow", "kind": "wish"}, {"severity": 1}),
        ("d", {"speed": "slow", "kind": "fault", "users": 0}, {"severity": 3}),
        ("e", {"speed": "fine", "lost": False, "users": 900}, {"severity": 1}),
        ("f", {"users": 901, "rest": 50}, {"severity": 3}),
        ("g", {"rest": 60, "delay": 0}, {"severity": 1}),
        ("h", {"rest": 100}, {"criteria": []}),
    )
    assert found(tmp_path, "SC009", cases=written) == [
        "cases.jsonl:3:1 case `c` has the facts of `a` in line 1 and expects something else",
        "cases.jsonl:4:1 case `d` is nowhere better than `a` in line 1 and expects a milder severity",
        "cases.jsonl:4:1 case `d` is nowhere better than `b` in line 2 and expects a milder severity",
        "cases.jsonl:4:1 case `d` is nowhere better than `c` in line 3 and expects a milder severity",
        "cases.jsonl:6:1 case `f` is nowhere better than `e` in line 5 and expects a milder severity",
        "cases.jsonl:6:1 case `f` is nowhere better than `g` in line 7 and expects a milder severity",
    ]


def test_a_pack_that_only_inherits_needs_no_cases(tmp_path: Path) -> None:
    folder = write(tmp_path / "pack", {"pack.yaml": "name: a\nversion: 1.0.0\nextends: support\n"})
    assert lint(folder) == []


def test_templates_are_read_in_every_language(tmp_path: Path) -> None:
    text = """\
messages:
  a: {audience: internal, subject: "{{ title }}", body: "{{ why }} {{ title }}"}
  b: {audience: internal, subject: "{{ titel }}", body: "{{ title }}"}
blanks: {why: Why}
translations:
  de:
    messages:
      a: {subject: "{{ titel }}", body: "{{ incident }}"}
      b: {subject: "{{ title }}", body: "{{ title }}!"}
    blanks: {why: Warum}
"""
    folder = write(tmp_path / "pack", SMALL | {"x.yaml": text})
    assert [f"{one.path} {one.message}" for one in lint(folder, select=["SC012"])] == [
        "x.yaml:3:27 `messages.b.subject`: line 1: unknown name `titel`",
        "x.yaml:8:11 `translations.de.messages.a.subject`: line 1: unknown name `titel`",
        "x.yaml:8:35 `translations.de.messages.a.body`: it and the original do not both use `incident`, `title`, `why`",
    ]


def test_without_jinja_nothing_is_said_of_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'messages:\n  a: {audience: internal, subject: "{{ x }}", body: B}\n'
    folder = write(tmp_path / "pack", SMALL | {"x.yaml": text})
    assert len(lint(folder, select=["SC012"])) == 1
    monkeypatch.setattr("sevclass.templates.is_installed", lambda: False)
    assert lint(folder, select=["SC012"]) == []


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^unknown code `SC1`; did you mean `SC012`\?$"):
        lint("support", ignore=["SC1"])
    with pytest.raises(ValueError, match=r"^unknown code `E501`; SC001 to SC012$"):
        lint("support", select=["E501"])


def test_a_large_pack_is_looked_at_in_seconds(tmp_path: Path) -> None:
    whens = (f"[{{users: {n}}}, {{guests: {n}}}]" for n in range(1, 2_001))
    rules = criteria("1:", *(f"  c{n}: {{text: C, when: {when}}}" for n, when in enumerate(whens)))
    folder = write(tmp_path / "pack", SMALL | {"pack.yaml": THREE, "criteria.yaml": rules})

    assert len(lint(folder, select=["SC001", "SC002", "SC003"])) == 0


def test_the_facts_of_a_case_may_stand_in_an_envelope(tmp_path: Path) -> None:
    written = cases(("a", {"facts": {"lost": True}}, {"severity": 3}), ("b", {"lost": True}, {"severity": 2}))
    assert found(tmp_path, "SC009", cases=written) == [
        "cases.jsonl:2:1 case `b` has the facts of `a` in line 1 and expects something else"
    ]


# SC011


GERMAN = """\
translations:
  de: {facts: {lost: {ask: Weg?}, rest: {measure: {unit: Prozent}}}, criteria: {dead: {text: Tot}}}
"""


def test_each_text_without_a_translation_is_told_where_it_stands(tmp_path: Path) -> None:
    told = found(tmp_path, "SC011", x=GERMAN, pack=f"{THREE}description: Small\n", roles="roles: {lead: Leads}\n")

    def missing(place: str) -> str:
        return f"`translations.de.{place}` is missing"

    assert told[:2] == [
        f"facts.yaml:2:11 {missing('facts.speed.ask')}",
        f"facts.yaml:2:42 {missing('facts.speed.levels.fine')}",
    ]
    assert {line.split(" ", 1)[1] for line in told} == {
        missing(place)
        for place in (
            "description",
            *(f"severities.{number}" for number in (1, 2, 3)),
            *(f"facts.{fact}.ask" for fact in ("speed", "users", "guests", "delay", "rest", "kind")),
            *(f"facts.speed.levels.{level}" for level in ("fine", "slow", "dead")),
            *(f"facts.{fact}.count" for fact in ("users", "guests")),
            "facts.delay.measure.unit",
            "facts.kind.label.wish",
            "facts.kind.label.fault",
            "roles.lead",
        )
    }


def test_texts_that_are_inherited_are_told_at_a_language_that_is_new(tmp_path: Path) -> None:
    text = "severities: {1: Burning}\ntranslations:\n  fr: {roles: {support: R}}\n"
    told = lint(write(tmp_path / "pack", {**CHILD, "x.yaml": text}), select=["SC011"])

    assert {(one.path, one.message.split(".")[1]) for one in told} == {
        ("x.yaml:1:14", "de"),
        ("x.yaml:1:14", "fr"),
        ("x.yaml:3:3", "fr"),
    }
    assert "`translations.fr.roles.support` is missing" not in {one.message for one in told}
    assert [one.hint for one in told if one.message == "`translations.fr.criteria.data-loss.text` is missing"] == [
        "translate `Data has been lost`"
    ]


def test_a_pack_that_is_in_one_language_lacks_nothing(tmp_path: Path) -> None:
    assert found(tmp_path, "SC011") == []


# SC007


def test_who_is_told_of_late_clocks_has_a_duty(tmp_path: Path) -> None:
    escalation = "escalation: {2: {at_risk: lead, past_1x: [deputy]}}\n"
    assert found(tmp_path, "SC007", escalation=escalation) == []
    assert found(tmp_path / "again", "SC007", escalation="escalation: {2: {at_risk: [deputy]}}\n") == [
        "roles.yaml:1:9 `lead` has no duty"
    ]


def test_a_fact_on_which_a_position_depends_is_used(tmp_path: Path) -> None:
    setup = """\
war_room_setup:
  positions:
    head: {text: Decides, roles: lead, when: [{severity: 1}, {visits: 3}]}
    aide: {text: Helps, roles: lead}
"""
    before, after = found(tmp_path, "SC004"), found(tmp_path / "again", "SC004", x=setup)
    # A sum, and the part of it that nothing else uses.
    assert [line.rpartition(" ")[2] for line in before if line not in after] == ["`guests`", "`visits`"]


def test_who_takes_a_position_has_a_duty(tmp_path: Path) -> None:
    setup = "war_room_setup: {positions: {head: {text: Decides, roles: [lead, deputy]}}}\n"
    assert found(tmp_path, "SC007", x=setup) == []


def test_whom_one_turns_to_has_a_duty(tmp_path: Path) -> None:
    paths = "paths: {consult: {money: {text: Money, role: deputy}}, escalate: {fire: {text: Fire, role: lead}}}\n"
    assert found(tmp_path, "SC007", x=paths) == []


PLAN = """\
plan:
  tracks: {work: Work}
  phases:
    look:
      text: Look
      questions: {what: {text: What?, facts: [speed, people]}}
      actions:
        see: {text: See, track: work, owners: [lead], when: [{severity: 1}, {lost: true}]}
        tell: {text: Tell, track: work, owners: [deputy]}
"""


def test_what_a_plan_names_is_used(tmp_path: Path) -> None:
    assert found(tmp_path, "SC007", plan=PLAN) == []
    unused = found(tmp_path / "again", "SC004", plan=PLAN)
    assert [line.rpartition(" ")[2] for line in unused] == ["`visits`", "`delay`", "`rest`", "`kind`"]
