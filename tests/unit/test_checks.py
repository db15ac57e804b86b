"""What holds a pack together: names exist, scales fit, nothing stands twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.written import SMALL, loaded, refused

# name -> the files that differ from those of `SMALL`, and everything that is said of them.
CASES: dict[str, tuple[dict[str, str], str]] = {
    "missing name": (
        {
            "pack.yaml": """\
version: 1.0.0
severities: {1: High, 2: Low}
"""
        },
        "pack: missing key `name`; it may stand in any `*.yaml` of the pack",
    ),
    "missing all": (
        {"pack.yaml": "description: Nothing\n", "facts.yaml": "", "criteria.yaml": ""},
        """\
pack: missing key `name`; it may stand in any `*.yaml` of the pack
pack: missing key `version`; it may stand in any `*.yaml` of the pack
pack: missing key `severities`; it may stand in any `*.yaml` of the pack
pack: missing key `facts`; it may stand in any `*.yaml` of the pack
pack: missing key `criteria`; it may stand in any `*.yaml` of the pack""",
    ),
    "empty facts": (
        {"facts.yaml": "facts: {}\n", "criteria.yaml": "criteria: {}\n"},
        """\
facts.yaml:1:1: `facts` cannot be empty
    facts: {}
    ^^^^^""",
    ),
    "name null": (
        {"pack.yaml": "name:\nversion: 1.0.0\nseverities: {1: High, 2: Low}\n"},
        """\
pack.yaml:1:1: `name` cannot be empty
    name:
    ^^^^""",
    ),
    "calendars": (
        {
            "calendar.yaml": """\
calendar: {zone: Mars, hours: {mon: ["9-5"]}}
calendars:
  berlin: {zone: Europe/Berlin, hours: {mon: ["09:00-17:00", "16:00-18:00"], tuesday: []}}
  paris: {zone: Europe/Paris, hours: {mon: ["09:00-17:00", "16:00-18:00"]}, exceptions: {2026-02-30: []}}
  rome: {zone: Europe/Rome, hours: {mon: ["22:00-07:00"], tue: ["06:00-09:00"]}, holidays: {land: IT}}
  oslo: {zone: Europe/Oslo, hours: {mon: ["22:00-07:00"], tue: ["06:00-09:00"]}}
  none: {zone: UTC, hours: {}}
""",
            "sla.yaml": """\
sla:
  1: {calendar: Berlin, resolution: {within: 2bd, calendar: berlyn}, notify: {lead: {within: 1h, calendar: oslo}}}
  2: {calendar: tokyo, resolution: {within: 3x, calendar: oslo}, status_updates: {within: [1h], calender: oslo}}
""",
        },
        """\
calendar.yaml:1:18: `Mars` is not a time zone; for example `Europe/Berlin`, or `UTC`; the package `tzdata` has them all
    calendar: {zone: Mars, hours: {mon: ["9-5"]}}
                     ^^^^
calendar.yaml:1:38: `9-5` is not a span of hours; for example `09:00-12:30`, or `22:00-06:00` into the next day
    calendar: {zone: Mars, hours: {mon: ["9-5"]}}
                                         ^^^^^
calendar.yaml:3:78: unknown key `tuesday`; did you mean `tue`?
      berlin: {zone: Europe/Berlin, hours: {mon: ["09:00-17:00", "16:00-18:00"], tuesday: []}}
                                                                                 ^^^^^^^
calendar.yaml:4:90: `2026-02-30` is not a date; for example `2026-12-24`
    …is: {zone: Europe/Paris, hours: {mon: ["09:00-17:00", "16:00-18:00"]}, exceptions: {2026-02-30: []}}
                                                                                         ^^^^^^^^^^
calendar.yaml:5:93: unknown key `land`; known are `country`, `subdivision`, `dates`
    …rome: {zone: Europe/Rome, hours: {mon: ["22:00-07:00"], tue: ["06:00-09:00"]}, holidays: {land: IT}}
                                                                                               ^^^^
calendar.yaml:6:65: `06:00-09:00` overlaps `22:00-07:00` of the day before; spans may touch, but not overlap
      oslo: {zone: Europe/Oslo, hours: {mon: ["22:00-07:00"], tue: ["06:00-09:00"]}}
                                                                    ^^^^^^^^^^^^^
calendar.yaml:7:28: a calendar needs some working time; for example `mon: ["09:00-17:00"]`
      none: {zone: UTC, hours: {}}
                               ^^
sla.yaml:2:17: `Berlin` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with a letter
      1: {calendar: Berlin, resolution: {within: 2bd, calendar: berlyn}, notify: {lead: {within: 1h, cal…
                    ^^^^^^
sla.yaml:2:61: unknown calendar `berlyn`; did you mean `berlin`?
    …: Berlin, resolution: {within: 2bd, calendar: berlyn}, notify: {lead: {within: 1h, calendar: oslo}}}
                                                   ^^^^^^
sla.yaml:2:98: `1h` is elapsed time; only `bh` and `bd` are counted on a calendar
    …: Berlin, resolution: {within: 2bd, calendar: berlyn}, notify: {lead: {within: 1h, calendar: oslo}}}
                                                                                        ^^^^^^^^
sla.yaml:3:17: unknown calendar `tokyo`; every calendar that is named stands in `calendars`
      2: {calendar: tokyo, resolution: {within: 3x, calendar: oslo}, status_updates: {within: [1h], cale…
                    ^^^^^
sla.yaml:3:45: `3x` is not a duration; a whole number up to 999999 and m, h, d, w, bh or bd: `15m`, or a range: `2h..4h`
    …dar: tokyo, resolution: {within: 3x, calendar: oslo}, status_updates: {within: [1h], calender: oslo}…
                                      ^^
sla.yaml:3:91: a list is not a duration; for example `15m` or `2h..4h`
    …ar: tokyo, resolution: {within: 3x, calendar: oslo}, status_updates: {within: [1h], calender: oslo}}
                                                                                   ^^^^
sla.yaml:3:97: unknown key `calender`; did you mean `calendar`?
    …ar: tokyo, resolution: {within: 3x, calendar: oslo}, status_updates: {within: [1h], calender: oslo}}
                                                                                         ^^^^^^^^""",
    ),
    "cadence": (
        {
            "sla.yaml": """\
sla:
  1: {status_updates: {within: 1h, for: 2h, then: {within: 3h, for: 3h}}}
  2: {status_updates: {within: 1h, then: 2h}}
"""
        },
        """\
sla.yaml:2:64: missing key `then`; `for` and `then` go together
      1: {status_updates: {within: 1h, for: 2h, then: {within: 3h, for: 3h}}}
                                                                   ^^^
sla.yaml:3:36: missing key `for`; `for` and `then` go together
      2: {status_updates: {within: 1h, then: 2h}}
                                       ^^^^""",
    ),
    "cadence with nulls": (
        {
            "sla.yaml": """\
sla:
  1: {status_updates: {within: 1h, for: 2h, then: }}
  2: {status_updates: {within: 1h, for: , then: 2h}}
"""
        },
        """\
sla.yaml:2:36: missing key `then`; `for` and `then` go together
      1: {status_updates: {within: 1h, for: 2h, then: }}
                                       ^^^
sla.yaml:3:43: missing key `for`; `for` and `then` go together
      2: {status_updates: {within: 1h, for: , then: 2h}}
                                              ^^^^""",
    ),
    "cadence on a calendar": (
        {
            "sla.yaml": """\
sla:
  1: {status_updates: {within: 2bh, calendar: berlin, for: 2bh, then: {within: 2h, calendar: rome}}}
"""
        },
        """\
sla.yaml:2:47: unknown calendar `berlin`; every calendar that is named stands in `calendars`
      1: {status_updates: {within: 2bh, calendar: berlin, for: 2bh, then: {within: 2h, calendar: rome}}}
                                                  ^^^^^^
sla.yaml:2:84: `2h` is elapsed time; only `bh` and `bd` are counted on a calendar
      1: {status_updates: {within: 2bh, calendar: berlin, for: 2bh, then: {within: 2h, calendar: rome}}}
                                                                                       ^^^^^^^^
sla.yaml:2:94: unknown calendar `rome`; every calendar that is named stands in `calendars`
      1: {status_updates: {within: 2bh, calendar: berlin, for: 2bh, then: {within: 2h, calendar: rome}}}
                                                                                                 ^^^^""",
    ),
    "review of a severity that is not there": (
        {"clocks.yaml": "review: [2, 3, 1, 4]\n"},
        """\
clocks.yaml:1:13: unknown severity 3; severities are 1 to 2
    review: [2, 3, 1, 4]
                ^
clocks.yaml:1:19: unknown severity 4; severities are 1 to 2
    review: [2, 3, 1, 4]
                      ^""",
    ),
    "review where severities are malformed": (
        {"pack.yaml": "name: small\nversion: 1.0.0\nseverities: {1: High, low: Low}\n", "clocks.yaml": "review: [3]\n"},
        """\
pack.yaml:3:23: `low` is not a severity; a severity is a number from 1, the worst
    severities: {1: High, low: Low}
                          ^^^""",
    ),
    "facts malformed": (
        {"facts.yaml": "facts: 7\n"},
        """\
facts.yaml:1:8: 7 is not a mapping
    facts: 7
           ^""",
    ),
    "facts misspelt": (
        {"facts.yaml": "fatcs:\n  speed: {ask: How fast?, levels: {fine: Fine, dead: Dead}}\n"},
        """\
facts.yaml:1:1: unknown key `fatcs`; did you mean `facts`?
    fatcs:
    ^^^^^
pack: missing key `facts`; it may stand in any `*.yaml` of the pack""",
    ),
    "level with a bad text": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast?, levels: {fine: 0.5, slow: Slow, dead: Dead}}
  kind: {ask: Which?, label: {wish: 1, fault: A fault}}
""",
            "criteria.yaml": """\
criteria:
  1: {slow: {text: It is slow, when: {speed: slow}}}
  2: {wish: {text: A wish, when: {kind: wish}}}
""",
        },
        """\
facts.yaml:2:42: 0.5 is not text; write `"0.5"`
      speed: {ask: How fast?, levels: {fine: 0.5, slow: Slow, dead: Dead}}
                                             ^^^
facts.yaml:3:37: 1 is not text; write `"1"`
      kind: {ask: Which?, label: {wish: 1, fault: A fault}}
                                        ^""",
    ),
    "level refused by the reader": (
        {"criteria.yaml": "criteria: {1: {many: {text: Many, when: {users: 1e999}}}}\n"},
        """\
criteria.yaml:1:49: `1e999` is not a finite number; if it is text, quote it
    criteria: {1: {many: {text: Many, when: {users: 1e999}}}}
                                                    ^^^^^""",
    ),
    "label under no severity": (
        {"criteria.yaml": "criteria: {3: {wish: {text: A wish, when: {kind: wish}}}}\n"},
        """\
criteria.yaml:1:12: unknown severity `3`; severities are 1 to 2
    criteria: {3: {wish: {text: A wish, when: {kind: wish}}}}
               ^""",
    ),
    "severity that is no number": (
        {
            "pack.yaml": "name: small\nversion: 1.0.0\nseverities: {1: High, two: Low}\n",
            "criteria.yaml": "criteria: {2: {wish: {text: A wish, when: {kind: wish}}}}\n",
        },
        """\
pack.yaml:3:23: `two` is not a severity; a severity is a number from 1, the worst
    severities: {1: High, two: Low}
                          ^^^""",
    ),
    "gap": (
        {
            "pack.yaml": """\
name: a
version: 1.0.0
severities: {1: High, 3: Low}
"""
        },
        """\
pack.yaml:3:1: severities are numbered 1 to 2 without a gap
    severities: {1: High, 3: Low}
    ^^^^^^^^^^""",
    ),
    "gap from 2": (
        {
            "pack.yaml": """\
name: a
version: 1.0.0
severities: {2: High, 3: Low}
"""
        },
        """\
criteria.yaml:2:3: unknown severity `1`; severities are 1 to 2
      1:
      ^
pack.yaml:3:1: severities are numbered 1 to 2 without a gap
    severities: {2: High, 3: Low}
    ^^^^^^^^^^""",
    ),
    "gap and bad": (
        {
            "pack.yaml": """\
name: a
version: 1.0.0
severities: {1: High, 3: 4}
"""
        },
        """\
pack.yaml:3:1: severities are numbered 1 to 2 without a gap
    severities: {1: High, 3: 4}
    ^^^^^^^^^^
pack.yaml:3:26: 4 is not text; write `"4"`
    severities: {1: High, 3: 4}
                             ^""",
    ),
    "reserved facts": (
        {
            "facts.yaml": """\
facts:
  facts: {ask: a, flag: {}}
""",
            "criteria.yaml": "criteria: {}\n",
        },
        """\
facts.yaml:2:3: `facts` cannot name a fact; choose another name
      facts: {ask: a, flag: {}}
      ^^^^^""",
    ),
    "reserved id": (
        {
            "facts.yaml": """\
facts:
  id: {ask: a, flag: {}}
""",
            "criteria.yaml": "criteria: {}\n",
        },
        """\
facts.yaml:2:3: `id` cannot name a fact; choose another name
      id: {ask: a, flag: {}}
      ^^""",
    ),
    "reserved opened at": (
        {
            "facts.yaml": """\
facts:
  opened_at: {ask: a, flag: {}}
""",
            "criteria.yaml": "criteria: {}\n",
        },
        """\
facts.yaml:2:3: `opened_at` cannot name a fact; choose another name
      opened_at: {ask: a, flag: {}}
      ^^^^^^^^^""",
    ),
    "reserved severity": (
        {
            "facts.yaml": """\
facts:
  severity: {ask: a, flag: {}}
""",
            "criteria.yaml": "criteria: {}\n",
        },
        """\
facts.yaml:2:3: `severity` cannot name a fact; choose another name
      severity: {ask: a, flag: {}}
      ^^^^^^^^""",
    ),
    "reserved copy": (
        {
            "facts.yaml": """\
facts:
  copy: {ask: a, flag: {}}
""",
            "criteria.yaml": "criteria: {}\n",
        },
        """\
facts.yaml:2:3: `copy` cannot name a fact; choose another name
      copy: {ask: a, flag: {}}
      ^^^^""",
    ),
    "reserved model config": (
        {
            "facts.yaml": """\
facts:
  model_config: {ask: a, flag: {}}
""",
            "criteria.yaml": "criteria: {}\n",
        },
        """\
facts.yaml:2:3: `model_config` cannot name a fact; choose another name
      model_config: {ask: a, flag: {}}
      ^^^^^^^^^^^^""",
    ),
    "reserved model other": (
        {
            "facts.yaml": """\
facts:
  model_other: {ask: a, flag: {}}
""",
            "criteria.yaml": "criteria: {}\n",
        },
        """\
facts.yaml:2:3: `model_other` cannot name a fact; choose another name
      model_other: {ask: a, flag: {}}
      ^^^^^^^^^^^""",
    ),
    "no scale": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {ask: a}
"""
        },
        """\
facts.yaml:3:3: `x` has no scale; a fact has one of levels, flag, count, measure, label, sum_of
      x: {ask: a}
      ^""",
    ),
    "two scales": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {ask: a, flag: {}, count: c}
"""
        },
        """\
facts.yaml:3:3: `x` has `flag` and `count`; a fact has one of levels, flag, count, measure, label, sum_of
      x: {ask: a, flag: {}, count: c}
      ^""",
    ),
    "three": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {ask: a, flag: {}, count: c, label: {l: L}}
"""
        },
        """\
facts.yaml:3:3: `x` has `flag` and `count` and `label`; a fact has one of levels, flag, count, measure, \
label, sum_of
      x: {ask: a, flag: {}, count: c, label: {l: L}}
      ^""",
    ),
    "no ask": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {flag: {}}
"""
        },
        """\
facts.yaml:3:3: missing key `ask`; every fact that is not a sum has a question
      x: {flag: {}}
      ^""",
    ),
    "scale of nothing": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {ask: a, flag: }
"""
        },
        """\
facts.yaml:3:3: `x` has no scale; a fact has one of levels, flag, count, measure, label, sum_of
      x: {ask: a, flag: }
      ^""",
    ),
    "ask of nothing": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {ask: , flag: {}, sum_of: }
"""
        },
        """\
facts.yaml:3:3: missing key `ask`; every fact that is not a sum has a question
      x: {ask: , flag: {}, sum_of: }
      ^""",
    ),
    "no ask and misspelt": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {flg: {}}
"""
        },
        """\
facts.yaml:3:3: missing key `ask`; every fact that is not a sum has a question
      x: {flg: {}}
      ^
facts.yaml:3:7: unknown key `flg`; did you mean `flag`?
      x: {flg: {}}
          ^^^""",
    ),
    "two scales and a malformed one": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {ask: a, flag: 3, count: c, label: {l: L}}
"""
        },
        """\
facts.yaml:3:3: `x` has `count` and `label`; a fact has one of levels, flag, count, measure, label, sum_of
      x: {ask: a, flag: 3, count: c, label: {l: L}}
      ^
facts.yaml:3:21: 3 is not a mapping
      x: {ask: a, flag: 3, count: c, label: {l: L}}
                        ^""",
    ),
    "scale and a malformed one": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {ask: a, flag: {}, count: []}
"""
        },
        """\
facts.yaml:3:32: a list is not text
      x: {ask: a, flag: {}, count: []}
                                   ^^""",
    ),
    "malformed ask": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {ask: [], flag: {}}
"""
        },
        """\
facts.yaml:3:12: a list is not text
      x: {ask: [], flag: {}}
               ^^""",
    ),
    "measure order beside a misspelt key": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {ask: a, measure: {unit: s, from: 3, to: 2.5, wurse: lower}}
"""
        },
        """\
facts.yaml:3:15: missing key `worse`
      x: {ask: a, measure: {unit: s, from: 3, to: 2.5, wurse: lower}}
                  ^^^^^^^
facts.yaml:3:47: `to` is not above `from`
      x: {ask: a, measure: {unit: s, from: 3, to: 2.5, wurse: lower}}
                                                  ^^^
facts.yaml:3:52: unknown key `wurse`; did you mean `worse`?
      x: {ask: a, measure: {unit: s, from: 3, to: 2.5, wurse: lower}}
                                                       ^^^^^""",
    ),
    "measure ends that are no numbers": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {ask: a, measure: {unit: s, worse: lower, from: true, to: 0}}
  y: {ask: a, measure: {unit: s, worse: lower, from: 1, to: false}}
  z: {ask: a, measure: {unit: s, worse: lower, from: 1, to: b}}
"""
        },
        """\
facts.yaml:3:54: true is not a number
      x: {ask: a, measure: {unit: s, worse: lower, from: true, to: 0}}
                                                         ^^^^
facts.yaml:4:61: false is not a number
      y: {ask: a, measure: {unit: s, worse: lower, from: 1, to: false}}
                                                                ^^^^^
facts.yaml:5:61: `b` is not a number
      z: {ask: a, measure: {unit: s, worse: lower, from: 1, to: b}}
                                                                ^""",
    ),
    "measure order": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {ask: a, measure: {unit: s, worse: lower, from: 3, to: 3}}
"""
        },
        """\
facts.yaml:3:61: `to` is not above `from`
      x: {ask: a, measure: {unit: s, worse: lower, from: 3, to: 3}}
                                                                ^""",
    ),
    "sum unknown": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {sum_of: [spead]}
"""
        },
        """\
facts.yaml:3:16: unknown fact `spead`; did you mean `speed`?
      x: {sum_of: [spead]}
                   ^^^^^""",
    ),
    "sum unknown far": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {sum_of: [zzz]}
"""
        },
        """\
facts.yaml:3:16: unknown fact `zzz`
      x: {sum_of: [zzz]}
                   ^^^""",
    ),
    "sum not count": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {sum_of: [speed]}
"""
        },
        """\
facts.yaml:3:16: `speed` is not a count; a sum is of counts
      x: {sum_of: [speed]}
                   ^^^^^""",
    ),
    "sum itself": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  x: {sum_of: [x]}
"""
        },
        """\
facts.yaml:3:16: `x` is not a count; a sum is of counts
      x: {sum_of: [x]}
                   ^""",
    ),
    "sum twice": (
        {
            "facts.yaml": """\
facts:
  a: {ask: a, count: c}
  x: {sum_of: [a, a]}
""",
            "criteria.yaml": "criteria: {}\n",
        },
        """\
facts.yaml:3:19: `a` stands twice in the sum
      x: {sum_of: [a, a]}
                      ^""",
    ),
    "sum in a malformed fact": (
        {
            "facts.yaml": """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  users: {ask: How many?, count: users}
  x: {sum_of: [Users, spead, 3, users]}
  y: {sum_of: [[], speed, users, users]}
"""
        },
        """\
facts.yaml:4:16: `Users` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with a letter
      x: {sum_of: [Users, spead, 3, users]}
                   ^^^^^
facts.yaml:4:23: unknown fact `spead`; did you mean `speed`?
      x: {sum_of: [Users, spead, 3, users]}
                          ^^^^^
facts.yaml:4:30: 3 is not text; write `"3"`
      x: {sum_of: [Users, spead, 3, users]}
                                 ^
facts.yaml:5:16: a list is not text
      y: {sum_of: [[], speed, users, users]}
                   ^^
facts.yaml:5:20: `speed` is not a count; a sum is of counts
      y: {sum_of: [[], speed, users, users]}
                       ^^^^^
facts.yaml:5:34: `users` stands twice in the sum
      y: {sum_of: [[], speed, users, users]}
                                     ^^^^^""",
    ),
    "severity in criteria": (
        {
            "criteria.yaml": """\
criteria:
  3:
    x: {text: a, when: {lost: true}}
"""
        },
        """\
criteria.yaml:2:3: unknown severity `3`; severities are 1 to 2
      3:
      ^""",
    ),
    "severity in sla": (
        {"x.yaml": "sla: {3: {resolution: 1h}}\n"},
        """\
x.yaml:1:7: unknown severity `3`; severities are 1 to 2
    sla: {3: {resolution: 1h}}
          ^""",
    ),
    "severity in roster": (
        {"x.yaml": "roster: {3: {lead: leads}}\n"},
        """\
x.yaml:1:10: unknown severity `3`; severities are 1 to 2
    roster: {3: {lead: leads}}
             ^""",
    ),
    "dup criterion": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: a, when: {lost: true}}
  2:
    x: {text: b, when: {speed: slow}}
"""
        },
        """\
criteria.yaml:5:5: criterion `x` stands twice; the first is at criteria.yaml:3:5
        x: {text: b, when: {speed: slow}}
        ^""",
    ),
    "dup criterion malformed": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: a}
  2:
    x: {text: b, when: {speed: slow}}
"""
        },
        """\
criteria.yaml:3:5: missing key `when`
        x: {text: a}
        ^
criteria.yaml:5:5: criterion `x` stands twice; the first is at criteria.yaml:3:5
        x: {text: b, when: {speed: slow}}
        ^""",
    ),
    "role notify": (
        {"x.yaml": "sla: {1: {notify: {laed: 1h}}}\n"},
        """\
x.yaml:1:20: unknown role `laed`; did you mean `lead`?
    sla: {1: {notify: {laed: 1h}}}
                       ^^^^""",
    ),
    "role roster": (
        {"x.yaml": "roster: {1: {nobody: leads}}\n"},
        """\
x.yaml:1:14: unknown role `nobody`; every role stands in `roles`
    roster: {1: {nobody: leads}}
                 ^^^^^^""",
    ),
    "role covers": (
        {"x.yaml": "covers: {leed: [lead], lead: [depty]}\n"},
        """\
x.yaml:1:10: unknown role `leed`; did you mean `lead`?
    covers: {leed: [lead], lead: [depty]}
             ^^^^
x.yaml:1:31: unknown role `depty`; did you mean `deputy`?
    covers: {leed: [lead], lead: [depty]}
                                  ^^^^^""",
    ),
    "circle": (
        {"x.yaml": "covers: {lead: [deputy], deputy: [lead]}\n"},
        """\
x.yaml:1:10: covers run in a circle: `lead`, `deputy`, `lead`; one of them has to go
    covers: {lead: [deputy], deputy: [lead]}
             ^^^^""",
    ),
    "two circles": (
        {
            "x.yaml": """\
covers: {lead: [deputy, guest], deputy: [aide], aide: [deputy], guest: [lead]}
""",
            "roles.yaml": "roles: {lead: Leads, deputy: Helps, aide: Aids, guest: Looks on}\n",
        },
        """\
x.yaml:1:10: covers run in a circle: `lead`, `guest`, `lead`; one of them has to go
    covers: {lead: [deputy, guest], deputy: [aide], aide: [deputy], guest: [lead]}
             ^^^^
x.yaml:1:33: covers run in a circle: `deputy`, `aide`, `deputy`; one of them has to go
    covers: {lead: [deputy, guest], deputy: [aide], aide: [deputy], guest: [lead]}
                                    ^^^^^^""",
    ),
    "circle self": (
        {"x.yaml": "covers: {lead: [lead]}\n"},
        """\
x.yaml:1:10: covers run in a circle: `lead`, `lead`; one of them has to go
    covers: {lead: [lead]}
             ^^^^""",
    ),
    "unknown fact": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {sped: dead}}
"""
        },
        """\
criteria.yaml:3:32: unknown fact `sped`; did you mean `speed`?
        x: {text: So it is, when: {sped: dead}}
                                   ^^^^""",
    ),
    "unknown fact far": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {zzz: 1}}
"""
        },
        """\
criteria.yaml:3:32: unknown fact `zzz`
        x: {text: So it is, when: {zzz: 1}}
                                   ^^^""",
    ),
    "unknown level": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {speed: slwo}}
"""
        },
        """\
criteria.yaml:3:39: unknown level `slwo`; did you mean `slow`?
        x: {text: So it is, when: {speed: slwo}}
                                          ^^^^""",
    ),
    "unknown level far": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {speed: zzz}}
"""
        },
        """\
criteria.yaml:3:39: unknown level `zzz`; `speed` has `fine`, `slow`, `dead`
        x: {text: So it is, when: {speed: zzz}}
                                          ^^^""",
    ),
    "names that are no names": (
        {
            "facts.yaml": 'facts: {x: {ask: Which?, levels: {good: Good, fair: Fair, "bad\\n": Bad}}}\n',
            "criteria.yaml": "criteria: {1: {c: {text: So it is, when: [{x: zzz}, {x: bad}]}}}\n",
        },
        """\
criteria.yaml:1:47: unknown level `zzz`; `x` has `good`, `fair`, `bad\\n`
    criteria: {1: {c: {text: So it is, when: [{x: zzz}, {x: bad}]}}}
                                                  ^^^
criteria.yaml:1:57: unknown level `bad`; did you mean `bad\\n`?
    criteria: {1: {c: {text: So it is, when: [{x: zzz}, {x: bad}]}}}
                                                            ^^^
facts.yaml:1:59: `bad\\n` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with a letter
    facts: {x: {ask: Which?, levels: {good: Good, fair: Fair, "bad\\n": Bad}}}
                                                              ^^^^^^^""",
    ),
    "unknown label": (
        {
            "criteria.yaml": """\
criteria:
  2:
    x: {text: So it is, when: {kind: wishes}}
"""
        },
        """\
criteria.yaml:3:38: unknown level `wishes`; did you mean `wish`?
        x: {text: So it is, when: {kind: wishes}}
                                         ^^^^^^""",
    ),
    "level number": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {speed: 3}}
"""
        },
        """\
criteria.yaml:3:39: 3 is not a level
        x: {text: So it is, when: {speed: 3}}
                                          ^""",
    ),
    "level true": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {speed: true}}
"""
        },
        """\
criteria.yaml:3:39: unknown level `true`; `speed` has `fine`, `slow`, `dead`
        x: {text: So it is, when: {speed: true}}
                                          ^^^^""",
    ),
    "flag text": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {lost: yes}}
"""
        },
        """\
criteria.yaml:3:38: `yes` is not true; write `true`, without quotes
        x: {text: So it is, when: {lost: yes}}
                                         ^^^""",
    ),
    "flag quoted": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {lost: "True"}}
"""
        },
        """\
criteria.yaml:3:38: `True` is not true; write `true`, without quotes
        x: {text: So it is, when: {lost: "True"}}
                                         ^^^^^^""",
    ),
    "flag other": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: [{lost: no}, {lost: 1}]}
"""
        },
        """\
criteria.yaml:3:39: `no` is not true
        x: {text: So it is, when: [{lost: no}, {lost: 1}]}
                                          ^^
criteria.yaml:3:51: 1 is not true
        x: {text: So it is, when: [{lost: no}, {lost: 1}]}
                                                      ^""",
    ),
    "count text": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {users: many}}
"""
        },
        """\
criteria.yaml:3:39: `many` is not a whole number
        x: {text: So it is, when: {users: many}}
                                          ^^^^""",
    ),
    "count float": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {users: 1.5}}
"""
        },
        """\
criteria.yaml:3:39: 1.5 is not a whole number
        x: {text: So it is, when: {users: 1.5}}
                                          ^^^""",
    ),
    "count true": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {users: true}}
"""
        },
        """\
criteria.yaml:3:39: true is not a whole number
        x: {text: So it is, when: {users: true}}
                                          ^^^^""",
    ),
    "sum text": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {people: many}}
"""
        },
        """\
criteria.yaml:3:40: `many` is not a whole number
        x: {text: So it is, when: {people: many}}
                                           ^^^^""",
    ),
    "measure text": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {delay: long}}
"""
        },
        """\
criteria.yaml:3:39: `long` is not a number
        x: {text: So it is, when: {delay: long}}
                                          ^^^^""",
    ),
    "measure true": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {delay: true}}
"""
        },
        """\
criteria.yaml:3:39: true is not a number
        x: {text: So it is, when: {delay: true}}
                                          ^^^^""",
    ),
    "label number": (
        {
            "criteria.yaml": """\
criteria:
  2:
    x: {text: So it is, when: {kind: 3}}
"""
        },
        """\
criteria.yaml:3:38: 3 is not a label
        x: {text: So it is, when: {kind: 3}}
                                         ^""",
    ),
    "harmless level": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {speed: fine}}
"""
        },
        """\
criteria.yaml:3:39: `fine` is the harmless end of `speed`, so it would always hold; ask for a worse level
        x: {text: So it is, when: {speed: fine}}
                                          ^^^^""",
    ),
    "harmless flag": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {lost: false}}
"""
        },
        """\
criteria.yaml:3:38: false is the harmless end of `lost`, so it would always hold; ask for a worse level
        x: {text: So it is, when: {lost: false}}
                                         ^^^^^""",
    ),
    "harmless count": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {users: 0}}
"""
        },
        """\
criteria.yaml:3:39: 0 is the harmless end of `users`, so it would always hold; ask for a worse level
        x: {text: So it is, when: {users: 0}}
                                          ^""",
    ),
    "harmless sum": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {people: 0}}
"""
        },
        """\
criteria.yaml:3:40: 0 is the harmless end of `people`, so it would always hold; ask for a worse level
        x: {text: So it is, when: {people: 0}}
                                           ^""",
    ),
    "harmless measure": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {delay: 0}}
"""
        },
        """\
criteria.yaml:3:39: 0 is the harmless end of `delay`, so it would always hold; ask for a worse level
        x: {text: So it is, when: {delay: 0}}
                                          ^""",
    ),
    "harmless lower": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {rest: 100}}
"""
        },
        """\
criteria.yaml:3:38: 100 is the harmless end of `rest`, so it would always hold; ask for a worse level
        x: {text: So it is, when: {rest: 100}}
                                         ^^^""",
    ),
    "beyond count": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {users: 9007199254740992}}
"""
        },
        """\
criteria.yaml:3:39: 9007199254740992 is out of range; a count is from 1 to 9007199254740991
        x: {text: So it is, when: {users: 9007199254740992}}
                                          ^^^^^^^^^^^^^^^^""",
    ),
    "beyond neg": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {users: -1}}
"""
        },
        """\
criteria.yaml:3:39: -1 is out of range; a count is from 1 to 9007199254740991
        x: {text: So it is, when: {users: -1}}
                                          ^^""",
    ),
    "beyond sum": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {people: 9007199254740992}}
"""
        },
        """\
criteria.yaml:3:40: 9007199254740992 is out of range; a count is from 1 to 9007199254740991
        x: {text: So it is, when: {people: 9007199254740992}}
                                           ^^^^^^^^^^^^^^^^""",
    ),
    "beyond measure": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {delay: 61}}
"""
        },
        """\
criteria.yaml:3:39: 61 is out of range; it lies outside the measure's ends
        x: {text: So it is, when: {delay: 61}}
                                          ^^""",
    ),
    "beyond measure low": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {delay: -1}}
"""
        },
        """\
criteria.yaml:3:39: -1 is out of range; it lies outside the measure's ends
        x: {text: So it is, when: {delay: -1}}
                                          ^^""",
    ),
    "label worse": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {kind: wish}}
"""
        },
        """\
criteria.yaml:3:32: a label cannot be tested here: `kind`; only criteria and roster rows of the mildest \
severity may: a label has no order
        x: {text: So it is, when: {kind: wish}}
                                   ^^^^""",
    ),
    "label roster": (
        {"x.yaml": "roster: {1: {lead: {duty: leads, when: {kind: wish}}}}\n"},
        """\
x.yaml:1:41: a label cannot be tested here: `kind`; only criteria and roster rows of the mildest severity \
may: a label has no order
    roster: {1: {lead: {duty: leads, when: {kind: wish}}}}
                                            ^^^^""",
    ),
    "label war": (
        {"x.yaml": "war_room: {x: {kind: wish}}\n"},
        """\
x.yaml:1:16: a label cannot be tested here: `kind`; only criteria and roster rows of the mildest severity \
may: a label has no order
    war_room: {x: {kind: wish}}
                   ^^^^""",
    ),
    "two sums": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {people: 1, visits: 1}}
"""
        },
        """\
criteria.yaml:3:43: a floor names at most one sum: `people` and `visits`; make it two criteria, or drop one
        x: {text: So it is, when: {people: 1, visits: 1}}
                                              ^^^^^^""",
    ),
    "two sums roster": (
        {"x.yaml": "roster: {1: {lead: {duty: leads, when: [{lost: true}, {visits: 1, people: 1}]}}}\n"},
        """\
x.yaml:1:67: a floor names at most one sum: `visits` and `people`; make it two criteria, or drop one
    roster: {1: {lead: {duty: leads, when: [{lost: true}, {visits: 1, people: 1}]}}}
                                                                      ^^^^^^""",
    ),
    "floors of a malformed criterion": (
        {
            "criteria.yaml": """\
criteria:
  1:
    Bad:
      text: [a]
      when: [3, {sped: dead}, {Lost: true, speed: fine}, [], {users: {}, speed: slwo}]
  x:
    dead: {txt: a, when: {people: 1, visits: 1}}
"""
        },
        """\
criteria.yaml:3:5: `Bad` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with a letter
        Bad:
        ^^^
criteria.yaml:4:13: a list is not text
          text: [a]
                ^^^
criteria.yaml:5:14: 3 is not a mapping
          when: [3, {sped: dead}, {Lost: true, speed: fine}, [], {users: {}, speed: slwo}]
                 ^
criteria.yaml:5:18: unknown fact `sped`; did you mean `speed`?
          when: [3, {sped: dead}, {Lost: true, speed: fine}, [], {users: {}, speed: slwo}]
                     ^^^^
criteria.yaml:5:32: `Lost` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with a letter
          when: [3, {sped: dead}, {Lost: true, speed: fine}, [], {users: {}, speed: slwo}]
                                   ^^^^
criteria.yaml:5:51: `fine` is the harmless end of `speed`, so it would always hold; ask for a worse level
          when: [3, {sped: dead}, {Lost: true, speed: fine}, [], {users: {}, speed: slwo}]
                                                      ^^^^
criteria.yaml:5:58: a list is not a mapping
          when: [3, {sped: dead}, {Lost: true, speed: fine}, [], {users: {}, speed: slwo}]
                                                             ^^
criteria.yaml:5:70: a mapping is not a level; a floor names the least level of each fact
          when: [3, {sped: dead}, {Lost: true, speed: fine}, [], {users: {}, speed: slwo}]
                                                                         ^^
criteria.yaml:5:81: unknown level `slwo`; did you mean `slow`?
          when: [3, {sped: dead}, {Lost: true, speed: fine}, [], {users: {}, speed: slwo}]
                                                                                    ^^^^
criteria.yaml:6:3: `x` is not a severity; a severity is a number from 1, the worst
      x:
      ^
criteria.yaml:7:5: missing key `text`
        dead: {txt: a, when: {people: 1, visits: 1}}
        ^^^^
criteria.yaml:7:12: unknown key `txt`; did you mean `text`?
        dead: {txt: a, when: {people: 1, visits: 1}}
               ^^^
criteria.yaml:7:38: a floor names at most one sum: `people` and `visits`; make it two criteria, or drop one
        dead: {txt: a, when: {people: 1, visits: 1}}
                                         ^^^^^^""",
    ),
    "floors that are none": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: a, when: lost}
    y: {text: a}
    z: 3
  2: []
"""
        },
        """\
criteria.yaml:3:24: `lost` is not a list
        x: {text: a, when: lost}
                           ^^^^
criteria.yaml:4:5: missing key `when`
        y: {text: a}
        ^
criteria.yaml:5:8: 3 is not a mapping
        z: 3
           ^
criteria.yaml:6:6: a list is not a mapping
      2: []
         ^^""",
    ),
    "rows of a malformed roster": (
        {
            "x.yaml": """\
roster:
  x: {laed: leads}
  1:
    Lead: leads
    deputy: {duty: [], when: [{}, {lost: false}]}
    depty: 3
"""
        },
        """\
x.yaml:2:3: `x` is not a severity; a severity is a number from 1, the worst
      x: {laed: leads}
      ^
x.yaml:2:7: unknown role `laed`; did you mean `lead`?
      x: {laed: leads}
          ^^^^
x.yaml:4:5: `Lead` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with a letter
        Lead: leads
        ^^^^
x.yaml:5:20: a list is not text
        deputy: {duty: [], when: [{}, {lost: false}]}
                       ^^
x.yaml:5:31: an empty floor would always hold; name at least one fact
        deputy: {duty: [], when: [{}, {lost: false}]}
                                  ^^
x.yaml:5:42: false is the harmless end of `lost`, so it would always hold; ask for a worse level
        deputy: {duty: [], when: [{}, {lost: false}]}
                                             ^^^^^
x.yaml:6:5: unknown role `depty`; did you mean `deputy`?
        depty: 3
        ^^^^^
x.yaml:6:12: 3 is not a mapping
        depty: 3
               ^""",
    ),
    "roles of a malformed target": (
        {"x.yaml": "sla: {0: {notify: {laed: soon, Lead: 1h}}, 1: {notify: [lead]}, 2: [notify]}\n"},
        """\
x.yaml:1:7: `0` is not a severity; a severity is a number from 1, the worst
    sla: {0: {notify: {laed: soon, Lead: 1h}}, 1: {notify: [lead]}, 2: [notify]}
          ^
x.yaml:1:20: unknown role `laed`; did you mean `lead`?
    sla: {0: {notify: {laed: soon, Lead: 1h}}, 1: {notify: [lead]}, 2: [notify]}
                       ^^^^
x.yaml:1:26: `soon` is not a duration; a whole number up to 999999 and m, h, d, w, bh or bd: `15m`, or a \
range: `2h..4h`
    sla: {0: {notify: {laed: soon, Lead: 1h}}, 1: {notify: [lead]}, 2: [notify]}
                             ^^^^
x.yaml:1:32: `Lead` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with a letter
    sla: {0: {notify: {laed: soon, Lead: 1h}}, 1: {notify: [lead]}, 2: [notify]}
                                   ^^^^
x.yaml:1:56: a list is not a mapping
    sla: {0: {notify: {laed: soon, Lead: 1h}}, 1: {notify: [lead]}, 2: [notify]}
                                                           ^^^^^^
x.yaml:1:68: a list is not a mapping
    sla: {0: {notify: {laed: soon, Lead: 1h}}, 1: {notify: [lead]}, 2: [notify]}
                                                                       ^^^^^^^^""",
    ),
    "covers malformed": (
        {"x.yaml": "covers: {leed: 3, lead: [Deputy, [], depty, true, 3], deputy: [lead, {}], aide: lead}\n"},
        """\
x.yaml:1:10: unknown role `leed`; did you mean `lead`?
    covers: {leed: 3, lead: [Deputy, [], depty, true, 3], deputy: [lead, {}], aide: lead}
             ^^^^
x.yaml:1:16: 3 is not a list
    covers: {leed: 3, lead: [Deputy, [], depty, true, 3], deputy: [lead, {}], aide: lead}
                   ^
x.yaml:1:26: `Deputy` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with a letter
    covers: {leed: 3, lead: [Deputy, [], depty, true, 3], deputy: [lead, {}], aide: lead}
                             ^^^^^^
x.yaml:1:34: a list is not text
    covers: {leed: 3, lead: [Deputy, [], depty, true, 3], deputy: [lead, {}], aide: lead}
                                     ^^
x.yaml:1:38: unknown role `depty`; did you mean `deputy`?
    covers: {leed: 3, lead: [Deputy, [], depty, true, 3], deputy: [lead, {}], aide: lead}
                                         ^^^^^
x.yaml:1:45: unknown role `true`; every role stands in `roles`
    covers: {leed: 3, lead: [Deputy, [], depty, true, 3], deputy: [lead, {}], aide: lead}
                                                ^^^^
x.yaml:1:51: 3 is not text; write `"3"`
    covers: {leed: 3, lead: [Deputy, [], depty, true, 3], deputy: [lead, {}], aide: lead}
                                                      ^
x.yaml:1:70: a mapping is not text
    covers: {leed: 3, lead: [Deputy, [], depty, true, 3], deputy: [lead, {}], aide: lead}
                                                                         ^^
x.yaml:1:75: unknown role `aide`; every role stands in `roles`
    covers: {leed: 3, lead: [Deputy, [], depty, true, 3], deputy: [lead, {}], aide: lead}
                                                                              ^^^^
x.yaml:1:81: `lead` is not a list
    covers: {leed: 3, lead: [Deputy, [], depty, true, 3], deputy: [lead, {}], aide: lead}
                                                                                    ^^^^""",
    ),
    "reasons malformed": (
        {"x.yaml": "war_room: {X: {severity: 2}, y: [{severity: []}, 3, {severity: 3, sped: 1}], z: 3}\n"},
        """\
x.yaml:1:12: `X` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with a letter
    war_room: {X: {severity: 2}, y: [{severity: []}, 3, {severity: 3, sped: 1}], z: 3}
               ^
x.yaml:1:26: every incident is of severity 2 or worse; name a worse one
    war_room: {X: {severity: 2}, y: [{severity: []}, 3, {severity: 3, sped: 1}], z: 3}
                             ^
x.yaml:1:45: a list is not a level; a floor names the least level of each fact
    war_room: {X: {severity: 2}, y: [{severity: []}, 3, {severity: 3, sped: 1}], z: 3}
                                                ^^
x.yaml:1:50: 3 is not a mapping
    war_room: {X: {severity: 2}, y: [{severity: []}, 3, {severity: 3, sped: 1}], z: 3}
                                                     ^
x.yaml:1:64: unknown severity 3; severities are 1 to 2
    war_room: {X: {severity: 2}, y: [{severity: []}, 3, {severity: 3, sped: 1}], z: 3}
                                                                   ^
x.yaml:1:67: unknown fact `sped`; did you mean `speed`?
    war_room: {X: {severity: 2}, y: [{severity: []}, 3, {severity: 3, sped: 1}], z: 3}
                                                                      ^^^^
x.yaml:1:81: 3 is not a list
    war_room: {X: {severity: 2}, y: [{severity: []}, 3, {severity: 3, sped: 1}], z: 3}
                                                                                    ^""",
    ),
    "war severity harmless": (
        {"x.yaml": "war_room: {x: {severity: 2}}\n"},
        """\
x.yaml:1:26: every incident is of severity 2 or worse; name a worse one
    war_room: {x: {severity: 2}}
                             ^""",
    ),
    "war severity unknown": (
        {
            "x.yaml": "war_room: {x: [{severity: 3}, {severity: 0}, "
            "{severity: true}, {severity: bad}, {severity: 1.0}]}\n"
        },
        """\
x.yaml:1:27: unknown severity 3; severities are 1 to 2
    war_room: {x: [{severity: 3}, {severity: 0}, {severity: true}, {severity: bad}, {severity: 1.0}]}
                              ^
x.yaml:1:42: unknown severity 0; severities are 1 to 2
    war_room: {x: [{severity: 3}, {severity: 0}, {severity: true}, {severity: bad}, {severity: 1.0}]}
                                             ^
x.yaml:1:57: unknown severity true; severities are 1 to 2
    war_room: {x: [{severity: 3}, {severity: 0}, {severity: true}, {severity: bad}, {severity: 1.0}]}
                                                            ^^^^
x.yaml:1:75: unknown severity `bad`; severities are 1 to 2
    war_room: {x: [{severity: 3}, {severity: 0}, {severity: true}, {severity: bad}, {severity: 1.0}]}
                                                                              ^^^
x.yaml:1:92: unknown severity 1.0; severities are 1 to 2
    war_room: {x: [{severity: 3}, {severity: 0}, {severity: true}, {severity: bad}, {severity: 1.0}]}
                                                                                               ^^^""",
    ),
    "criteria severity": (
        {
            "criteria.yaml": """\
criteria:
  1:
    x: {text: So it is, when: {severity: 1}}
"""
        },
        """\
criteria.yaml:3:32: unknown fact `severity`
        x: {text: So it is, when: {severity: 1}}
                                   ^^^^^^^^""",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_told_at_its_place(tmp_path: Path, case: str) -> None:
    files, expected = CASES[case]
    assert str(refused(tmp_path, SMALL | files)) == expected


def test_what_is_malformed_is_still_declared(tmp_path: Path) -> None:
    files = {
        "roles.yaml": "roles: {lead: [], deputy: Helps}\n",
        "x.yaml": "roster: {1: {lead: leads}}\nwar_room: {x: {severity: 1}}\n",
        "facts.yaml": "facts:\n  speed: {ask: a, flag: 3}\n  people: {sum_of: [speed]}\n",
    }
    assert (
        str(refused(tmp_path, SMALL | files))
        == """\
facts.yaml:2:25: 3 is not a mapping
      speed: {ask: a, flag: 3}
                            ^
roles.yaml:1:15: a list is not text
    roles: {lead: [], deputy: Helps}
                  ^^"""
    )


def test_a_war_room_reason_may_mean_severity(tmp_path: Path) -> None:
    error = refused(tmp_path, SMALL | {"x.yaml": "war_room: {x: {severty: 1}}\n"})
    assert (
        str(error)
        == """\
x.yaml:1:16: unknown fact `severty`; did you mean `severity`?
    war_room: {x: {severty: 1}}
                   ^^^^^^^"""
    )


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_a_pack_without_a_name_is_refused(tmp_path: Path, nothing: str) -> None:
    files = {"pack.yaml": f"name: {nothing}\nversion: {nothing}\nseverities: {{1: High, 2: Low}}\n"}
    assert len(refused(tmp_path, SMALL | files).problems) == 2


@pytest.mark.parametrize(
    ("severities", "expected"),
    [
        pytest.param("", "pack: missing key `severities`; it may stand in any `*.yaml` of the pack", id="missing"),
        pytest.param(
            "severities: [High, Low]\n",
            """\
pack.yaml:3:13: a list is not a mapping
    severities: [High, Low]
                ^^^^^^^^^^^""",
            id="malformed",
        ),
    ],
)
def test_where_there_are_no_severities_only_that_is_told(tmp_path: Path, severities: str, expected: str) -> None:
    files = {
        "pack.yaml": "name: small\nversion: 1.0.0\n" + severities,
        "criteria.yaml": "criteria: {2: {wish: {text: A wish, when: {kind: wish}}}}\n",
        "war_room.yaml": "war_room: {high: {severity: 1}}\n",
    }
    assert str(refused(tmp_path, SMALL | files)) == expected


def test_a_measure_is_a_double(tmp_path: Path) -> None:
    criteria = "criteria:\n  1:\n    low: {text: It is low, when: {rest: -9007199254740993}}\n"
    pack = loaded(tmp_path, SMALL | {"criteria.yaml": criteria})
    assert pack.classify({"rest": -9007199254740993}).severity == 1


def test_a_level_that_no_double_can_hold_is_refused(tmp_path: Path) -> None:
    criteria = f"criteria:\n  1:\n    low: {{text: It is low, when: {{rest: -1{'0' * 400}}}}}\n"
    error = refused(tmp_path, SMALL | {"criteria.yaml": criteria})
    assert (
        str(error)
        == f"""\
criteria.yaml:3:41: a number of about 401 digits is out of range; it lies outside the measure's ends
    …: {{text: It is low, when: {{rest: -1{"0" * 65}…
                                      {"^" * 67}"""
    )


def test_every_scale_may_stand_in_a_floor(tmp_path: Path) -> None:
    files = {
        "criteria.yaml": """\
criteria:
  1:
    all: {text: So it is, when: {speed: slow, users: 1, people: 9007199254740991, delay: 60, rest: 99.5, lost: true}}
  2:
    wish: {text: A wish, when: {kind: wish, visits: 1}}
""",
        "x.yaml": "roster: {2: {lead: {duty: leads, when: {kind: fault}}}}\nwar_room: {x: {severity: 1, users: 1}}\n",
    }
    known = {"speed": "dead", "users": 1, "guests": 9007199254740991, "delay": 60, "rest": -1e300, "lost": True}
    found = loaded(tmp_path, SMALL | files).classify(known | {"kind": "wish"})
    assert [criterion.id for criterion in found.criteria] == ["all", "wish"]
    assert found.war_room.because == ("x",)


def test_the_first_twenty_unknown_names_have_the_nearest_as_a_hint(tmp_path: Path) -> None:
    criteria = "".join(f"    c{number}: {{text: a, when: {{sped: {number}}}}}\n" for number in range(1, 20))
    files = {
        "criteria.yaml": f"criteria:\n  1:\n{criteria}    x: {{text: a, when: [{{speed: slwo}}, {{speed: daed}}]}}\n",
        "x.yaml": "roster: {1: {laed: leads}}\n",
    }
    problems = refused(tmp_path, SMALL | files).problems
    assert [(problem.message, problem.hint) for problem in problems] == [
        *[("unknown fact `sped`", "did you mean `speed`?")] * 19,
        ("unknown level `slwo`", "did you mean `slow`?"),
        ("unknown level `daed`", "`speed` has `fine`, `slow`, `dead`"),
        ("unknown role `laed`", "every role stands in `roles`"),
    ]


def test_there_are_at_most_ninety_nine_severities(tmp_path: Path) -> None:
    head = "name: small\nversion: 1.0.0\nseverities:\n"
    most = {"pack.yaml": head + "".join(f"  {number}: S{number}\n" for number in range(1, 100))}
    assert len(loaded(tmp_path, SMALL | most).severities) == 99
    more = {"pack.yaml": most["pack.yaml"] + "  100: S100\n"}
    assert (
        str(refused(tmp_path / "pack", SMALL | more))
        == """\
pack.yaml:103:3: `100` is not a severity; a severity is a number from 1, the worst
      100: S100
      ^^^"""
    )
