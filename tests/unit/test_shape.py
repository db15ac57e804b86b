"""The shape of a pack's document: every mistake told once, whole, at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.written import SMALL, loaded, refused

# name -> the files that differ from those of `SMALL`, and everything that is said of them.
CASES: dict[str, tuple[dict[str, str], str]] = {
    "unknown key top": (
        {"x.yaml": "sevrities: {}\n"},
        """\
x.yaml:1:1: unknown key `sevrities`; did you mean `severities`?
    sevrities: {}
    ^^^^^^^^^""",
    ),
    "unknown key top far": (
        {"x.yaml": "zzz: {}\n"},
        """\
x.yaml:1:1: unknown key `zzz`; known are `name`, `version`, `description`, `extends`, `language`, `severities`, \
`facts`, `criteria`, `sla`, `roles`, `roster`, `covers`, `escalation`, `calendar`, `calendars`, `war_room`, \
`war_room_setup`, `paths`, `causes`, `plan`, `messages`, `blanks`, `guides`, `customers`, `targets`, \
`clocks_start`, `pauses`, `review`, `approve_downgrade`, `translations`
    zzz: {}
    ^^^""",
    ),
    "fact key": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {ask: a, cuont: c}
"""
        },
        """\
facts.yaml:3:15: unknown key `cuont`; did you mean `count`?
      x: {ask: a, cuont: c}
                  ^^^^^""",
    ),
    "flag key": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {ask: a, flag: {yes: c}}
"""
        },
        """\
facts.yaml:3:22: unknown key `yes`; known are `false`, `true`
      x: {ask: a, flag: {yes: c}}
                         ^^^""",
    ),
    "measure key": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {ask: a, measure: {unit: s, worse: lower, form: 1}}
"""
        },
        """\
facts.yaml:3:48: unknown key `form`; did you mean `from`?
      x: {ask: a, measure: {unit: s, worse: lower, form: 1}}
                                                   ^^^^""",
    ),
    "criterion key": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: a, whn: {lost: true}, when: {lost: true}}
"""
        },
        """\
criteria.yaml:3:18: unknown key `whn`; did you mean `when`?
        x: {text: a, whn: {lost: true}, when: {lost: true}}
                     ^^^""",
    ),
    "sla key": (
        {
            "x.yaml": """\
sla:
  1: {resolutoin: 2h}
"""
        },
        """\
x.yaml:2:7: unknown key `resolutoin`; did you mean `resolution`?
      1: {resolutoin: 2h}
          ^^^^^^^^^^""",
    ),
    "row key": (
        {
            "x.yaml": """\
roster:
  1: {lead: {duty: leads, if: {lost: true}}}
"""
        },
        """\
x.yaml:2:27: unknown key `if`; known are `duty`, `when`
      1: {lead: {duty: leads, if: {lost: true}}}
                              ^^""",
    ),
    "missing text": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x:
      when: {lost: true}
"""
        },
        """\
criteria.yaml:3:5: missing key `text`
        x:
        ^""",
    ),
    "missing when": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: a}
"""
        },
        """\
criteria.yaml:3:5: missing key `when`
        x: {text: a}
        ^""",
    ),
    "missing duty": (
        {
            "x.yaml": """\
roster:
  1: {lead: {when: {lost: true}}}
"""
        },
        """\
x.yaml:2:7: missing key `duty`
      1: {lead: {when: {lost: true}}}
          ^^^^""",
    ),
    "missing worse": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {ask: a, measure: {unit: s}}
"""
        },
        """\
facts.yaml:3:15: missing key `worse`
      x: {ask: a, measure: {unit: s}}
                  ^^^^^^^""",
    ),
    "not a name level": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {ask: a, levels: {fine: a, Bad one: b, 3: c}}
"""
        },
        """\
facts.yaml:3:33: `Bad one` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts \
with a letter
      x: {ask: a, levels: {fine: a, Bad one: b, 3: c}}
                                    ^^^^^^^
facts.yaml:3:45: `3` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with a \
letter
      x: {ask: a, levels: {fine: a, Bad one: b, 3: c}}
                                                ^""",
    ),
    "not a name pack": (
        {
            "pack.yaml": """\
name: My Pack
version: 1.0.0
severities: {1: High, 2: Low}
"""
        },
        """\
pack.yaml:1:7: `My Pack` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with \
a letter
    name: My Pack
          ^^^^^^^""",
    ),
    "not a name part": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {sum_of: [A]}
"""
        },
        """\
facts.yaml:3:16: `A` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with a \
letter
      x: {sum_of: [A]}
                   ^""",
    ),
    "not a name floor": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {Lost: true}}
"""
        },
        """\
criteria.yaml:3:32: `Lost` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts \
with a letter
        x: {text: So it is, when: {Lost: true}}
                                   ^^^^""",
    ),
    "not a severity": (
        {
            "pack.yaml": """\
name: a
version: 1.0.0
severities: {1: High, 02: Low}
"""
        },
        """\
pack.yaml:3:23: `02` is not a severity; a severity is a number from 1, the worst
    severities: {1: High, 02: Low}
                          ^^""",
    ),
    "not a severity crit": (
        {
            "criteria.yaml": """\
criteria:
  high:
    x: {text: a, when: {lost: true}}
"""
        },
        """\
criteria.yaml:2:3: `high` is not a severity; a severity is a number from 1, the worst
      high:
      ^^^^""",
    ),
    "text empty": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: "", when: {lost: true}}
"""
        },
        """\
criteria.yaml:3:15: the text is empty or holds a character that cannot be shown; keep to one line, without \
control characters
        x: {text: "", when: {lost: true}}
                  ^^""",
    ),
    "text escape": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: "a\\e[31m", when: {lost: true}}
"""
        },
        """\
criteria.yaml:3:15: the text is empty or holds a character that cannot be shown; keep to one line, without \
control characters
        x: {text: "a\\e[31m", when: {lost: true}}
                  ^^^^^^^^^""",
    ),
    "text lines": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x:
      text: |
        one
        two
      when: {lost: true}
"""
        },
        """\
criteria.yaml:4:13: the text is empty or holds a character that cannot be shown; keep to one line, without \
control characters
          text: |
                ^""",
    ),
    "text bidi": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: "a\\u202eb", when: {lost: true}}
"""
        },
        """\
criteria.yaml:3:15: the text is empty or holds a character that cannot be shown; keep to one line, without \
control characters
        x: {text: "a\\u202eb", when: {lost: true}}
                  ^^^^^^^^^^""",
    ),
    "text number": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: 5, when: {lost: true}}
"""
        },
        """\
criteria.yaml:3:15: 5 is not text; write `"5"`
        x: {text: 5, when: {lost: true}}
                  ^""",
    ),
    "text null": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: , when: {lost: true}}
"""
        },
        """\
criteria.yaml:3:15: null is not text
        x: {text: , when: {lost: true}}
                  ^""",
    ),
    "text flag": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: true, when: {lost: true}}
"""
        },
        """\
criteria.yaml:3:15: true is not text; write `"true"`
        x: {text: true, when: {lost: true}}
                  ^^^^""",
    ),
    "version number": (
        {
            "pack.yaml": """\
name: a
version: 1.0
severities: {1: High, 2: Low}
"""
        },
        """\
pack.yaml:2:10: 1.0 is not text; write `"1.0"`
    version: 1.0
             ^^^""",
    ),
    "not mapping section": (
        {"x.yaml": "sla: [1]\n"},
        """\
x.yaml:1:6: a list is not a mapping
    sla: [1]
         ^^^""",
    ),
    "not mapping fact": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: flag
"""
        },
        """\
facts.yaml:3:6: `flag` is not a mapping
      x: flag
         ^^^^""",
    ),
    "not mapping severity": (
        {"criteria.yaml": "criteria: {1: [x]}\n"},
        """\
criteria.yaml:1:15: a list is not a mapping
    criteria: {1: [x]}
                  ^^^""",
    ),
    "not list sum": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {sum_of: speed}
"""
        },
        """\
facts.yaml:3:15: `speed` is not a list
      x: {sum_of: speed}
                  ^^^^^""",
    ),
    "not list when": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: dead}
"""
        },
        """\
criteria.yaml:3:31: `dead` is not a list
        x: {text: So it is, when: dead}
                                  ^^^^""",
    ),
    "not list covers": (
        {"x.yaml": "covers: {lead: deputy}\n"},
        """\
x.yaml:1:16: `deputy` is not a list
    covers: {lead: deputy}
                   ^^^^^^""",
    ),
    "not number": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {ask: a, measure: {unit: s, worse: lower, from: low}}
"""
        },
        """\
facts.yaml:3:54: `low` is not a number
      x: {ask: a, measure: {unit: s, worse: lower, from: low}}
                                                         ^^^""",
    ),
    "number true": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {ask: a, measure: {unit: s, worse: lower, from: true}}
"""
        },
        """\
facts.yaml:3:54: true is not a number
      x: {ask: a, measure: {unit: s, worse: lower, from: true}}
                                                         ^^^^""",
    ),
    "worse": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {ask: a, measure: {unit: s, worse: less}}
"""
        },
        """\
facts.yaml:3:41: `less` is not `higher` or `lower`
      x: {ask: a, measure: {unit: s, worse: less}}
                                            ^^^^""",
    ),
    "one level": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {ask: a, levels: {fine: Fine}}
"""
        },
        """\
facts.yaml:3:15: `levels` has 1 entry; it needs at least 2
      x: {ask: a, levels: {fine: Fine}}
                  ^^^^^^""",
    ),
    "no label": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {ask: a, label: {}}
"""
        },
        """\
facts.yaml:3:15: `label` has 0 entries; it needs at least 1
      x: {ask: a, label: {}}
                  ^^^^^""",
    ),
    "no parts": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {sum_of: []}
"""
        },
        """\
facts.yaml:3:7: `sum_of` has 0 entries; it needs at least 1
      x: {sum_of: []}
          ^^^^^^""",
    ),
    "five parts": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {sum_of: [users, users, users, users, guests]}
  users: {ask: How many?, count: users}
  guests: {ask: How many?, count: guests}
"""
        },
        """\
facts.yaml:3:7: `sum_of` has 5 entries; it needs at most 4
      x: {sum_of: [users, users, users, users, guests]}
          ^^^^^^
facts.yaml:3:23: `users` stands twice in the sum
      x: {sum_of: [users, users, users, users, guests]}
                          ^^^^^
facts.yaml:3:30: `users` stands twice in the sum
      x: {sum_of: [users, users, users, users, guests]}
                                 ^^^^^
facts.yaml:3:37: `users` stands twice in the sum
      x: {sum_of: [users, users, users, users, guests]}
                                        ^^^^^""",
    ),
    "no floors": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: []}
"""
        },
        """\
criteria.yaml:3:25: `when` has 0 entries; it needs at least 1
        x: {text: So it is, when: []}
                            ^^^^""",
    ),
    "empty floor": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {}}
"""
        },
        """\
criteria.yaml:3:31: an empty floor would always hold; name at least one fact
        x: {text: So it is, when: {}}
                                  ^^""",
    ),
    "empty floors": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: [{lost: true}, {}]}
"""
        },
        """\
criteria.yaml:3:46: an empty floor would always hold; name at least one fact
        x: {text: So it is, when: [{lost: true}, {}]}
                                                 ^^""",
    ),
    "level list": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {speed: [slow]}}
"""
        },
        """\
criteria.yaml:3:39: a list is not a level; a floor names the least level of each fact
        x: {text: So it is, when: {speed: [slow]}}
                                          ^^^^^^""",
    ),
    "level null": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {speed: }}
"""
        },
        """\
criteria.yaml:3:39: null is not a level; a floor names the least level of each fact
        x: {text: So it is, when: {speed: }}
                                          ^""",
    ),
    "level map": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {speed: {a: b}}}
"""
        },
        """\
criteria.yaml:3:39: a mapping is not a level; a floor names the least level of each fact
        x: {text: So it is, when: {speed: {a: b}}}
                                          ^^^^^^""",
    ),
    "duration": (
        {"x.yaml": "sla: {1: {resolution: soon}}\n"},
        """\
x.yaml:1:23: `soon` is not a duration; a whole number up to 999999 and m, h, d, w, bh or bd: `15m`, or a \
range: `2h..4h`
    sla: {1: {resolution: soon}}
                          ^^^^""",
    ),
    "duration num": (
        {"x.yaml": "sla: {1: {resolution: 30}}\n"},
        """\
x.yaml:1:23: 30 is not a duration; for example `15m` or `2h..4h`
    sla: {1: {resolution: 30}}
                          ^^""",
    ),
    "duration kinds": (
        {"x.yaml": "sla: {1: {resolution: 2h..2bd}}\n"},
        """\
x.yaml:1:23: `2h..2bd` mixes two kinds of time; both ends are elapsed time (m, h, d, w), or both bh, or \
both bd
    sla: {1: {resolution: 2h..2bd}}
                          ^^^^^^^""",
    ),
    "duration zero": (
        {"x.yaml": "sla: {1: {resolution: 0m}}\n"},
        """\
x.yaml:1:23: `0m` leaves no time; a limit is longer than nothing; only a target may be 0
    sla: {1: {resolution: 0m}}
                          ^^""",
    ),
    "duration back": (
        {"x.yaml": "sla: {1: {resolution: 4h..2h}}\n"},
        """\
x.yaml:1:23: `4h..2h` runs backwards; did you mean `2h..4h`?
    sla: {1: {resolution: 4h..2h}}
                          ^^^^^^""",
    ),
    "duration notify": (
        {"x.yaml": "sla: {1: {notify: {lead: 1 h}}}\n"},
        """\
x.yaml:1:26: `1 h` is not a duration; a whole number up to 999999 and m, h, d, w, bh or bd: `15m`, or a \
range: `2h..4h`
    sla: {1: {notify: {lead: 1 h}}}
                             ^^^""",
    ),
    "cadence": (
        {
            "x.yaml": """\
sla:
  1: {status_updates: {within: 1h, for: 2h..4h, then: [2h]}}
  2: {status_updates: {within: 1h, for: 0m, then: {within: 3x, fro: 3h}}}
  3: {resolution: {within: 1h, for: 2h}}
"""
        },
        """\
x.yaml:2:41: `2h..4h` is a range; one length of time, for example `2h`
      1: {status_updates: {within: 1h, for: 2h..4h, then: [2h]}}
                                            ^^^^^^
x.yaml:2:55: a list is not a duration; for example `15m` or `2h..4h`
      1: {status_updates: {within: 1h, for: 2h..4h, then: [2h]}}
                                                          ^^^^
x.yaml:3:41: `0m` leaves no time; a limit is longer than nothing; only a target may be 0
      2: {status_updates: {within: 1h, for: 0m, then: {within: 3x, fro: 3h}}}
                                            ^^
x.yaml:3:60: `3x` is not a duration; a whole number up to 999999 and m, h, d, w, bh or bd: `15m`, or a range: `2h..4h`
      2: {status_updates: {within: 1h, for: 0m, then: {within: 3x, fro: 3h}}}
                                                               ^^
x.yaml:3:64: unknown key `fro`; did you mean `for`?
      2: {status_updates: {within: 1h, for: 0m, then: {within: 3x, fro: 3h}}}
                                                                   ^^^
x.yaml:4:3: unknown severity `3`; severities are 1 to 2
      3: {resolution: {within: 1h, for: 2h}}
      ^
x.yaml:4:32: unknown key `for`; known are `within`, `calendar`
      3: {resolution: {within: 1h, for: 2h}}
                                   ^^^""",
    ),
    "cadence without a figure": (
        {"x.yaml": "sla: {1: {status_updates: {for: 2h, then: 3h}}}\n"},
        """\
x.yaml:1:11: missing key `within`
    sla: {1: {status_updates: {for: 2h, then: 3h}}}
              ^^^^^^^^^^^^^^""",
    ),
    "clocks": (
        {
            "x.yaml": """\
clocks_start: now
pauses: [resolutoin, review, 5]
review: [1, 0, 100, "1", true]
approve_downgrade: yes
"""
        },
        """\
x.yaml:1:15: `now` is not `severity` or `opening`
    clocks_start: now
                  ^^^
x.yaml:2:10: `resolutoin` is not `initial_response`, `notification`, `status_update`, `resolution` or `review`
    pauses: [resolutoin, review, 5]
             ^^^^^^^^^^
x.yaml:2:30: 5 is not `initial_response`, `notification`, `status_update`, `resolution` or `review`
    pauses: [resolutoin, review, 5]
                                 ^
x.yaml:3:13: 0 is out of range; it is at least 1
    review: [1, 0, 100, "1", true]
                ^
x.yaml:3:16: 100 is out of range; it is at most 99
    review: [1, 0, 100, "1", true]
                   ^^^
x.yaml:3:21: `1` is not a whole number
    review: [1, 0, 100, "1", true]
                        ^^^
x.yaml:3:26: true is not a whole number
    review: [1, 0, 100, "1", true]
                             ^^^^
x.yaml:4:20: `yes` is neither true nor false
    approve_downgrade: yes
                       ^^^""",
    ),
    "clocks no lists": (
        {"x.yaml": "clocks_start: ~\npauses: resolution\nreview: {1: 2}\napprove_downgrade: ~\n"},
        """\
x.yaml:1:15: null is not `severity` or `opening`
    clocks_start: ~
                  ^
x.yaml:2:9: `resolution` is not a list
    pauses: resolution
            ^^^^^^^^^^
x.yaml:3:9: a mapping is not a list
    review: {1: 2}
            ^^^^^^
x.yaml:4:20: null is neither true nor false
    approve_downgrade: ~
                       ^""",
    ),
    "notify null": (
        {"x.yaml": "sla: {1: {notify: }}\n"},
        """\
x.yaml:1:19: null is not a mapping
    sla: {1: {notify: }}
                      ^""",
    ),
    "several in entry": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: 5, when: {BAD: []}, more: 1}
"""
        },
        """\
criteria.yaml:3:15: 5 is not text; write `"5"`
        x: {text: 5, when: {BAD: []}, more: 1}
                  ^
criteria.yaml:3:25: `BAD` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with \
a letter
        x: {text: 5, when: {BAD: []}, more: 1}
                            ^^^
criteria.yaml:3:30: a list is not a level; a floor names the least level of each fact
        x: {text: 5, when: {BAD: []}, more: 1}
                                 ^^
criteria.yaml:3:35: unknown key `more`; known are `text`, `when`
        x: {text: 5, when: {BAD: []}, more: 1}
                                      ^^^^""",
    ),
    "list index": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: [{BAD: 1}, {speed: dead}, {lost: []}, 3, {WORSE: 1, lost: true}]}
"""
        },
        """\
criteria.yaml:3:33: `BAD` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with \
a letter
        x: {text: So it is, when: [{BAD: 1}, {speed: dead}, {lost: []}, 3, {WORSE: 1, lost: true}]}
                                    ^^^
criteria.yaml:3:64: a list is not a level; a floor names the least level of each fact
        x: {text: So it is, when: [{BAD: 1}, {speed: dead}, {lost: []}, 3, {WORSE: 1, lost: true}]}
                                                                   ^^
criteria.yaml:3:69: 3 is not a mapping
        x: {text: So it is, when: [{BAD: 1}, {speed: dead}, {lost: []}, 3, {WORSE: 1, lost: true}]}
                                                                        ^
criteria.yaml:3:73: `WORSE` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts \
with a letter
        x: {text: So it is, when: [{BAD: 1}, {speed: dead}, {lost: []}, 3, {WORSE: 1, lost: true}]}
                                                                            ^^^^^""",
    ),
    "bad entry still declared": (
        {
            "facts.yaml": """\
facts:
  lost: {ask: a, flag: {}, flg: {}}
""",
            "criteria.yaml": """\
criteria:
  1:
    x: {text: a, when: {lost: true}}
""",
        },
        """\
facts.yaml:2:28: unknown key `flg`; did you mean `flag`?
      lost: {ask: a, flag: {}, flg: {}}
                               ^^^""",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_told_at_its_place(tmp_path: Path, case: str) -> None:
    files, expected = CASES[case]
    assert str(refused(tmp_path, SMALL | files)) == expected


def test_names_are_read_as_text(tmp_path: Path) -> None:
    files = {
        "pack.yaml": "name: true\nversion: 1.0.0\nseverities: {1: High, 2: Low}\n",
        "facts.yaml": "facts:\n  null-x: {ask: a, levels: {no: a, true: b}}\n",
        "criteria.yaml": "criteria:\n  1:\n    on: {text: a, when: {null-x: true}}\n",
        "roles.yaml": "roles: {off: A, false: B}\nroster: {1: {off: true}}\ncovers: {off: [false]}\n",
    }
    pack = loaded(tmp_path, files)
    assert pack.name == "true"
    found = pack.classify({"null-x": "true"})
    assert [criterion.model_dump() for criterion in found.criteria] == [
        {"id": "on", "severity": 1, "text": "a", "because": {"null-x": "true"}}
    ]
    assert [row.model_dump() for row in found.roster] == [{"role": "off", "duty": "true"}]


def test_ten_mistakes_in_four_files_give_ten_messages(tmp_path: Path) -> None:
    files = {
        "pack.yaml": "name: Ten\nversion: 1.0\nseverities: {1: High, 2: Low}\n",
        "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  users: {ask: How many?, cout: users, count: users}
  id: {ask: Which one?, flag: {}}
""",
        "criteria.yaml": """\
criteria:
  1:
    dead: {text: It is dead, when: {speed: daed}}
  2:
    slow: {text: It is slow, when: {sped: slow}}
    fine: {text: It is fine, when: {speed: fine}}
""",
        "rest.yaml": """\
roles: {lead: Leads}
roster: {3: {lead: leads}}
sla: {1: {notify: {laed: 4h..2h}}}
""",
    }
    error = refused(tmp_path, files)
    assert (
        str(error)
        == """\
criteria.yaml:3:44: unknown level `daed`; did you mean `dead`?
        dead: {text: It is dead, when: {speed: daed}}
                                               ^^^^
criteria.yaml:5:37: unknown fact `sped`; did you mean `speed`?
        slow: {text: It is slow, when: {sped: slow}}
                                        ^^^^
criteria.yaml:6:44: `fine` is the harmless end of `speed`, so it would always hold; ask for a worse level
        fine: {text: It is fine, when: {speed: fine}}
                                               ^^^^
facts.yaml:3:27: unknown key `cout`; did you mean `count`?
      users: {ask: How many?, cout: users, count: users}
                              ^^^^
facts.yaml:4:3: `id` cannot name a fact; choose another name
      id: {ask: Which one?, flag: {}}
      ^^
pack.yaml:1:7: `Ten` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with a letter
    name: Ten
          ^^^
pack.yaml:2:10: 1.0 is not text; write `"1.0"`
    version: 1.0
             ^^^
rest.yaml:2:10: unknown severity `3`; severities are 1 to 2
    roster: {3: {lead: leads}}
             ^
rest.yaml:3:20: unknown role `laed`; did you mean `lead`?
    sla: {1: {notify: {laed: 4h..2h}}}
                       ^^^^
rest.yaml:3:26: `4h..2h` runs backwards; did you mean `2h..4h`?
    sla: {1: {notify: {laed: 4h..2h}}}
                             ^^^^^^"""
    )
    assert len(error.problems) == 10


def test_an_entry_that_lost_a_part_to_a_mistake_is_not_told_again(tmp_path: Path) -> None:
    files = {
        "criteria.yaml": """\
criteria:
  1:
    x:
      text: [So it is]
      when: [{Lost: true}, {lost: []}]
"""
    }
    assert (
        str(refused(tmp_path, SMALL | files))
        == """\
criteria.yaml:4:13: a list is not text
          text: [So it is]
                ^^^^^^^^^^
criteria.yaml:5:15: `Lost` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with a letter
          when: [{Lost: true}, {lost: []}]
                  ^^^^
criteria.yaml:5:35: a list is not a level; a floor names the least level of each fact
          when: [{Lost: true}, {lost: []}]
                                      ^^"""
    )


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"criteria.yaml": 'criteria: {0: {"[key]": }}\n'},
            """\
criteria.yaml:1:12: `0` is not a severity; a severity is a number from 1, the worst
    criteria: {0: {"[key]": }}
               ^
criteria.yaml:1:16: `[key]` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with a letter
    criteria: {0: {"[key]": }}
                   ^^^^^^^
criteria.yaml:1:25: null is not a mapping
    criteria: {0: {"[key]": }}
                            ^""",
            id="key",
        ),
    ],
)
def test_a_key_may_be_called_as_the_models_call_keys(tmp_path: Path, files: dict[str, str], expected: str) -> None:
    assert str(refused(tmp_path, SMALL | files)) == expected


def test_a_long_key_is_quoted_at_most_eighty_characters(tmp_path: Path) -> None:
    problem = refused(tmp_path, SMALL | {"x.yaml": f"{'z' * 500}: 1\n"}).problems[0]
    assert problem.message == f"unknown key `{'z' * 79}…`"
