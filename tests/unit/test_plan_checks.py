"""What the plan of a pack must keep to, each problem told whole and at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.written import SMALL, loaded, refused

CASES: dict[str, tuple[str, str]] = {
    "names": (
        """\
plan:
  tracks: {work: Work, talk: Talk}
  phases:
    look:
      text: Look
      questions:
        what: {text: What?, facts: [speed, sped, 7]}
        why: {text: Why?, facts: no}
      actions:
        see: {text: See, track: wrk, owners: lead, when: {speed: slwo, severity: 3}}
        tell: {text: Tell, track: zzz, owners: [deputy, leed], when: [{sped: slow}, {severity: 2}]}
""",
        """\
x.yaml:7:44: unknown fact `sped`; did you mean `speed`?
            what: {text: What?, facts: [speed, sped, 7]}
                                               ^^^^
x.yaml:7:50: 7 is not text; write `"7"`
            what: {text: What?, facts: [speed, sped, 7]}
                                                     ^
x.yaml:8:34: `no` is not a list
            why: {text: Why?, facts: no}
                                     ^^
x.yaml:10:33: unknown track `wrk`; did you mean `work`?
            see: {text: See, track: wrk, owners: lead, when: {speed: slwo, severity: 3}}
                                    ^^^
x.yaml:10:66: unknown level `slwo`; did you mean `slow`?
            see: {text: See, track: wrk, owners: lead, when: {speed: slwo, severity: 3}}
                                                                     ^^^^
x.yaml:10:82: unknown severity 3; severities are 1 to 2
            see: {text: See, track: wrk, owners: lead, when: {speed: slwo, severity: 3}}
                                                                                     ^
x.yaml:11:35: unknown track `zzz`; every track stands in `tracks`
            tell: {text: Tell, track: zzz, owners: [deputy, leed], when: [{sped: slow}, {severity: 2}]}
                                      ^^^
x.yaml:11:57: unknown role `leed`; did you mean `lead`?
            tell: {text: Tell, track: zzz, owners: [deputy, leed], when: [{sped: slow}, {severity: 2}]}
                                                            ^^^^
x.yaml:11:72: unknown fact `sped`; did you mean `speed`?
            tell: {text: Tell, track: zzz, owners: [deputy, leed], when: [{sped: slow}, {severity: 2}]}
                                                                           ^^^^
x.yaml:11:96: every incident is of severity 2 or worse; name a worse one
            tell: {text: Tell, track: zzz, owners: [deputy, leed], when: [{sped: slow}, {severity: 2}]}
                                                                                                   ^""",
    ),
    "deeds": (
        """\
plan:
  tracks: {work: Work}
  phases:
    look:
      text: Look
      actions:
        see: {text: See, track: work, owners: lead, done_by: [mitigatd, zzz, 5, fixed]}
""",
        """\
x.yaml:7:63: `mitigatd` is none of those that fit; did you mean `mitigated`?
            see: {text: See, track: work, owners: lead, done_by: [mitigatd, zzz, 5, fixed]}
                                                                  ^^^^^^^^
x.yaml:7:73: `zzz` is none of those that fit; one of `acknowledged`, `action:prevention`, `action:promise`, \
`action:request`, `assigned`, `cause`, `decided`, `facts`, `fixed`, `mitigated`, `notified`, `override`, `resolved`, \
`reviewed`, `satisfaction`, `update_sent:customers`, `update_sent:executives`, `update_sent:internal`, `war_room:open`
            see: {text: See, track: work, owners: lead, done_by: [mitigatd, zzz, 5, fixed]}
                                                                            ^^^
x.yaml:7:78: 5 is none of those that fit; one of `acknowledged`, `action:prevention`, `action:promise`, \
`action:request`, `assigned`, `cause`, `decided`, `facts`, `fixed`, `mitigated`, `notified`, `override`, `resolved`, \
`reviewed`, `satisfaction`, `update_sent:customers`, `update_sent:executives`, `update_sent:internal`, `war_room:open`
            see: {text: See, track: work, owners: lead, done_by: [mitigatd, zzz, 5, fixed]}
                                                                                 ^""",
    ),
    "times": (
        """\
plan:
  phases:
    one: {text: One, from: 2bh, to: 1bd}
    two: {text: Two, from: 1h, to: 60m}
    three: {text: Three, from: 2h, to: 1h, dated: 3}
    four: {text: Four, from: 1h, dated: 2}
    five: {text: Five, from: 1x, to: 1h, dated: yes}
    six: {text: Six, from: 1h, to: 61m, dated: 1}
""",
        """\
x.yaml:3:28: `2bh` is business time; a phase is counted in `m`, `h`, `d` or `w`
        one: {text: One, from: 2bh, to: 1bd}
                               ^^^
x.yaml:3:37: `1bd` is business time; a phase is counted in `m`, `h`, `d` or `w`
        one: {text: One, from: 2bh, to: 1bd}
                                        ^^^
x.yaml:4:36: `to` is not after `from`; a phase takes some time
        two: {text: Two, from: 1h, to: 60m}
                                       ^^^
x.yaml:5:40: `to` is not after `from`; a phase takes some time
        three: {text: Three, from: 2h, to: 1h, dated: 3}
                                           ^^
x.yaml:5:51: unknown severity 3; severities are 1 to 2
        three: {text: Three, from: 2h, to: 1h, dated: 3}
                                                      ^
x.yaml:6:34: missing key `to`; the end of the phase is what dates
        four: {text: Four, from: 1h, dated: 2}
                                     ^^^^^
x.yaml:7:30: `1x` is not a duration; a whole number up to 999999 and m, h, d, w, bh or bd: `15m`, or a range: `2h..4h`
        five: {text: Five, from: 1x, to: 1h, dated: yes}
                                 ^^
x.yaml:7:49: `yes` is not a whole number
        five: {text: Five, from: 1x, to: 1h, dated: yes}
                                                    ^^^""",
    ),
    "twice": (
        """\
plan:
  tracks: {work: Work}
  phases:
    one:
      text: One
      questions: {same: {text: Is it?}}
      actions: {do: {text: Do, track: work, owners: lead}}
    two:
      text: Two
      actions: {same: {text: Do, track: work, owners: lead}, do: {text: Do, track: work, owners: lead}}
""",
        """\
x.yaml:10:17: `same` stands twice in the plan; the first is at x.yaml:6:19
          actions: {same: {text: Do, track: work, owners: lead}, do: {text: Do, track: work, owners: lea…
                    ^^^^
x.yaml:10:62: `do` stands twice in the plan; the first is at x.yaml:7:17
    …   actions: {same: {text: Do, track: work, owners: lead}, do: {text: Do, track: work, owners: lead}}
                                                               ^^""",
    ),
    "shape": (
        """\
plan:
  track: {}
  phases:
    one: {text: One, form: 1h}
    two: {text: Two, questions: {q: {test: What?}}, actions: {a: {text: Do, track: work, owner: lead}}}
    three: 3
""",
        """\
x.yaml:2:3: unknown key `track`; did you mean `tracks`?
      track: {}
      ^^^^^
x.yaml:4:22: unknown key `form`; did you mean `from`?
        one: {text: One, form: 1h}
                         ^^^^
x.yaml:5:34: missing key `text`
        two: {text: Two, questions: {q: {test: What?}}, actions: {a: {text: Do, track: work, owner: lead…
                                     ^
x.yaml:5:38: unknown key `test`; did you mean `text`?
    … two: {text: Two, questions: {q: {test: What?}}, actions: {a: {text: Do, track: work, owner: lead}}}
                                       ^^^^
x.yaml:5:63: missing key `owners`
    … two: {text: Two, questions: {q: {test: What?}}, actions: {a: {text: Do, track: work, owner: lead}}}
                                                                ^
x.yaml:5:84: unknown track `work`; every track stands in `tracks`
    … two: {text: Two, questions: {q: {test: What?}}, actions: {a: {text: Do, track: work, owner: lead}}}
                                                                                     ^^^^
x.yaml:5:90: unknown key `owner`; did you mean `owners`?
    … two: {text: Two, questions: {q: {test: What?}}, actions: {a: {text: Do, track: work, owner: lead}}}
                                                                                           ^^^^^
x.yaml:6:12: 3 is not a mapping
        three: 3
               ^""",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_told_at_its_place(tmp_path: Path, case: str) -> None:
    text, expected = CASES[case]
    assert str(refused(tmp_path, SMALL | {"x.yaml": text})) == expected


def test_each_mistake_has_its_code(tmp_path: Path) -> None:
    codes = {}
    for case, (text, _) in CASES.items():
        (tmp_path / case).mkdir()
        codes[case] = [found.code for found in refused(tmp_path / case, SMALL | {"x.yaml": text}).problems]

    assert codes["times"] == [
        *["business_time"] * 2,
        *["empty_phase"] * 2,
        "unknown_severity",
        "missing_key",
        "duration",
        "wrong_type",
    ]
    assert codes["twice"] == ["duplicate_step"] * 2
    assert [code for code in codes["names"] if "track" in code] == ["unknown_track"] * 2


def test_a_deleted_track_is_told(tmp_path: Path) -> None:
    text = "name: child\nversion: 1.0.0\nextends: support\nplan: {tracks: {internal: }}\n"
    problems = refused(tmp_path, {"pack.yaml": text}).problems

    assert {found.message for found in problems} == {"unknown track `internal`"}
    assert {found.hint for found in problems} == {"it is deleted at pack.yaml:4:17"}


def test_a_plan_can_be_deleted_and_its_floors_are_replaced_whole(tmp_path: Path) -> None:
    child = "name: child\nversion: 1.0.0\nextends: support\n"
    changed = (
        "plan: {phases: {triage: {actions: {assemble: {when: {data_loss: true}, owners: support}, activate: }}}}\n"
    )
    pack = loaded(tmp_path, {"pack.yaml": child + changed})
    actions = pack.model_dump()["plan"]["phases"]["triage"]["actions"]

    assert "activate" not in actions
    assert actions["assemble"]["when"] == [{"data_loss": True}]
    assert actions["assemble"]["owners"] == ["support"]
    assert actions["assemble"]["track"] == "internal"


def test_a_text_that_changes_loses_its_translation(tmp_path: Path) -> None:
    child = (
        "name: child\nversion: 1.0.0\nextends: support\nplan: {phases: {triage: {actions: {assess: {text: Look}}}}}\n"
    )
    german = loaded(tmp_path, {"pack.yaml": child}).in_language("de").model_dump()["plan"]["phases"]["triage"]

    assert german["actions"]["assess"]["text"] == "Look"
    assert german["text"] == "Erkennen und Einordnen"


def test_what_a_translation_has_and_the_pack_has_not(tmp_path: Path) -> None:
    text = "translations: {de: {plan: {tracks: {work: Arbeit}, phases: {}, customers: {}}}}\n"
    assert (
        str(refused(tmp_path, SMALL | {"x.yaml": text}))
        == """\
x.yaml:1:21: the pack has no `plan`; leave it out
    translations: {de: {plan: {tracks: {work: Arbeit}, phases: {}, customers: {}}}}
                        ^^^^"""
    )


def test_a_misspelt_key_of_a_translation(tmp_path: Path) -> None:
    text = "plan: {tracks: {work: Work}}\ntranslations: {de: {plan: {tracks: {wrk: Arbeit}, phasen: {}}}}\n"
    assert (
        str(refused(tmp_path, SMALL | {"x.yaml": text}))
        == """\
x.yaml:2:37: the pack has no `plan.tracks.wrk`; leave it out
    translations: {de: {plan: {tracks: {wrk: Arbeit}, phasen: {}}}}
                                        ^^^
x.yaml:2:51: unknown key `phasen`; did you mean `phases`?
    translations: {de: {plan: {tracks: {wrk: Arbeit}, phasen: {}}}}
                                                      ^^^^^^"""
    )
