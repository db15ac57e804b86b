"""The messages and guides of a pack: every mistake told once, at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.written import CHILD, SMALL, loaded, refused

HEAD = "messages:\n  it:\n    audience: customers\n    subject: A\n    body: B\n"

CASES = {
    "unknown fact": (
        HEAD + "    facts: [speed, sped, zebra, 7]\n",
        """\
x.yaml:6:20: unknown fact `sped`; did you mean `speed`?
        facts: [speed, sped, zebra, 7]
                       ^^^^
x.yaml:6:26: unknown fact `zebra`
        facts: [speed, sped, zebra, 7]
                             ^^^^^
x.yaml:6:33: 7 is not text; write `"7"`
        facts: [speed, sped, zebra, 7]
                                    ^""",
    ),
    "sum": (
        HEAD + "    facts: [users, people]\n",
        """\
x.yaml:6:20: `people` is a sum, which nobody says; name the counts that it is of
        facts: [users, people]
                       ^^^^^^""",
    ),
    "kept": (
        "blanks:\n  loop: A loop\n  plan: What you do\n",
        """\
x.yaml:2:3: `loop` cannot name a blank; templates keep that word for themselves
      loop: A loop
      ^^^^""",
    ),
    "taken": (
        HEAD + "    promises:\n      title: {text: T, within: 1h}\n      loop: {text: L, clock: review}\n",
        """\
x.yaml:7:7: `title` cannot name a promise; templates have something else of that name
          title: {text: T, within: 1h}
          ^^^^^
x.yaml:8:7: `loop` cannot name a promise; templates have something else of that name
          loop: {text: L, clock: review}
          ^^^^""",
    ),
    "no instant": (
        HEAD + "    promises: {a: {text: T}, b: {text: T, within: null, clock: null}, c: {}}\n",
        """\
x.yaml:6:16: missing key `within`; say by when: `within`, `clock`, or both
        promises: {a: {text: T}, b: {text: T, within: null, clock: null}, c: {}}
                   ^
x.yaml:6:30: missing key `within`; say by when: `within`, `clock`, or both
        promises: {a: {text: T}, b: {text: T, within: null, clock: null}, c: {}}
                                 ^
x.yaml:6:71: missing key `text`
        promises: {a: {text: T}, b: {text: T, within: null, clock: null}, c: {}}
                                                                          ^""",
    ),
    "no length": (
        HEAD + "    promises: {a: {text: T, within: 2bh}, b: {text: T, within: 1h..2h}, c: {text: T, within: 0m}}\n",
        """\
x.yaml:6:37: `2bh` is no length of elapsed time; for example `24h`
        promises: {a: {text: T, within: 2bh}, b: {text: T, within: 1h..2h}, c: {text: T, within: 0m}}
                                        ^^^
x.yaml:6:64: `1h..2h` is no length of elapsed time; for example `24h`
        promises: {a: {text: T, within: 2bh}, b: {text: T, within: 1h..2h}, c: {text: T, within: 0m}}
                                                                   ^^^^^^
x.yaml:6:94: `0m` is no length of elapsed time; for example `24h`
        promises: {a: {text: T, within: 2bh}, b: {text: T, within: 1h..2h}, c: {text: T, within: 0m}}
                                                                                                 ^^""",
    ),
    "resolution": (
        HEAD + "    promises: {a: {text: T, clock: resolution}}\n",
        """\
x.yaml:6:36: `resolution` is not `initial_response`, `status_update` or `review`
        promises: {a: {text: T, clock: resolution}}
                                       ^^^^^^^^^^""",
    ),
    "no word": (
        HEAD + "    promises: {a-b: {text: T, within: 1h}}\nblanks: {x-y: Z}\n",
        """\
x.yaml:6:16: `a-b` is not a name that a template can use; \
it is lower-case letters, digits and `_`, and starts with a letter
        promises: {a-b: {text: T, within: 1h}}
                   ^^^
x.yaml:7:10: `x-y` is not a name that a template can use; \
it is lower-case letters, digits and `_`, and starts with a letter
    blanks: {x-y: Z}
             ^^^""",
    ),
    "unknown keys": (
        HEAD + "    promise: {}\nguides: {g: {text: T, step: {}, steps: {s: {title: T, text: T, said: S}}}}\n",
        """\
x.yaml:6:5: unknown key `promise`; did you mean `promises`?
        promise: {}
        ^^^^^^^
x.yaml:7:23: unknown key `step`; did you mean `steps`?
    guides: {g: {text: T, step: {}, steps: {s: {title: T, text: T, said: S}}}}
                          ^^^^
x.yaml:7:64: unknown key `said`; known are `title`, `text`, `say`
    guides: {g: {text: T, step: {}, steps: {s: {title: T, text: T, said: S}}}}
                                                                   ^^^^""",
    ),
    "texts": (
        """\
messages:
  it: {audience: all, subject: "a\\nb", body: "a\\tb"}
  he: {audience: internal, subject: A, body: ""}
""",
        """\
x.yaml:2:18: `all` is not `customers`, `executives` or `internal`
      it: {audience: all, subject: "a\\nb", body: "a\\tb"}
                     ^^^
x.yaml:2:32: the text is empty or holds a character that cannot be shown; keep to one line, without control characters
      it: {audience: all, subject: "a\\nb", body: "a\\tb"}
                                   ^^^^^^
x.yaml:2:46: the text is empty or holds a character that cannot be shown; leave out control characters, tabs among them
      it: {audience: all, subject: "a\\nb", body: "a\\tb"}
                                                 ^^^^^^
x.yaml:3:46: the text is empty or holds a character that cannot be shown; leave out control characters, tabs among them
      he: {audience: internal, subject: A, body: ""}
                                                 ^^""",
    ),
    "like": (
        """\
guides:
  a: {text: A, like: null}
  b: {text: B, like: a}
  c: {text: C, like: b}
  d: {text: D, like: aa}
  e: {text: E, like: zzz}
  f: {text: F, like: 7}
  g: {text: G, like: Upper}
""",
        """\
x.yaml:4:22: `b` is like another guide itself; name the guide that has the steps
      c: {text: C, like: b}
                         ^
x.yaml:5:22: unknown guide `aa`; did you mean `a`?
      d: {text: D, like: aa}
                         ^^
x.yaml:6:22: unknown guide `zzz`; every guide stands in `guides`
      e: {text: E, like: zzz}
                         ^^^
x.yaml:7:22: 7 is not text; write `"7"`
      f: {text: F, like: 7}
                         ^
x.yaml:8:22: `Upper` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with a letter
      g: {text: G, like: Upper}
                         ^^^^^""",
    ),
    "translations": (
        HEAD
        + """\
    promises: {a: {text: T, within: 1h}}
blanks: {b: B}
guides: {g: {text: G, steps: {s: {title: S, text: T}}}}
translations:
  de:
    messages: {it: {promises: {x: {text: X}}, bodi: B}, ti: {body: B}}
    blanks: {bb: B}
    guides: {gg: {text: G}, g: {steps: {t: {text: T}}, offers: {o: O}}}
""",
        """\
x.yaml:11:32: the pack has no `messages.it.promises.x`; leave it out
        messages: {it: {promises: {x: {text: X}}, bodi: B}, ti: {body: B}}
                                   ^
x.yaml:11:47: unknown key `bodi`; did you mean `body`?
        messages: {it: {promises: {x: {text: X}}, bodi: B}, ti: {body: B}}
                                                  ^^^^
x.yaml:11:57: unknown message `ti`
        messages: {it: {promises: {x: {text: X}}, bodi: B}, ti: {body: B}}
                                                            ^^
x.yaml:12:14: unknown blank `bb`; did you mean `b`?
        blanks: {bb: B}
                 ^^
x.yaml:13:14: unknown guide `gg`; did you mean `g`?
        guides: {gg: {text: G}, g: {steps: {t: {text: T}}, offers: {o: O}}}
                 ^^
x.yaml:13:41: the pack has no `guides.g.steps.t`; leave it out
        guides: {gg: {text: G}, g: {steps: {t: {text: T}}, offers: {o: O}}}
                                            ^
x.yaml:13:56: the pack has no `guides.g.offers`; leave it out
        guides: {gg: {text: G}, g: {steps: {t: {text: T}}, offers: {o: O}}}
                                                           ^^^^^^""",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_told_at_its_place(tmp_path: Path, case: str) -> None:
    text, expected = CASES[case]
    assert str(refused(tmp_path, SMALL | {"x.yaml": text})) == expected


def test_what_is_right_stays_as_it_is_written(tmp_path: Path) -> None:
    text = (
        HEAD
        + "    facts: [speed, kind]\n    sent: acknowledged\n"
        + "    promises: {a_1: {text: T, within: 24h, clock: status_update}}\n"
    )
    document = loaded(
        tmp_path, SMALL | {"x.yaml": text + "guides: {g: {text: G}, h: {text: H, like: g}}\n"}
    ).model_dump()

    assert document["messages"] == {
        "it": {
            "audience": "customers",
            "subject": "A",
            "body": "B",
            "facts": ["speed", "kind"],
            "promises": {"a_1": {"text": "T", "within": "24h", "clock": "status_update"}},
            "sent": "acknowledged",
        }
    }
    assert document["guides"] == {"g": {"text": "G"}, "h": {"text": "H", "like": "g"}}


def test_a_fact_that_was_deleted_is_passed_over(tmp_path: Path) -> None:
    deleted = """\
facts: {regulatory_issue: null}
war_room: {regulatory: null}
war_room_setup: {positions: {legal-expert: null}}
roles: {legal-counsel: null}
"""
    pack = loaded(tmp_path, CHILD | {"x.yaml": deleted})

    assert "regulatory_issue" in pack.model_dump()["messages"]["executive-brief"]["facts"]


def test_a_guide_that_was_deleted_is_told(tmp_path: Path) -> None:
    error = refused(tmp_path, CHILD | {"x.yaml": "guides:\n  tense-customer:\n"})

    assert [(problem.message, problem.hint) for problem in error.problems] == [
        ("unknown guide `tense-customer`", "it is deleted at x.yaml:2:3")
    ] * 3
