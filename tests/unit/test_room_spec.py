"""The war room and the paths of a pack as written: every mistake told at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from sevclass.room_spec import RoomSpec
from tests.unit.written import SMALL, loaded, refused

# name -> what a file more says, and everything that is said of it.
CASES: dict[str, tuple[str, str]] = {
    "shape": (
        """\
war_room_setup:
  chanel: Open one
  positions:
    Head: {text: Decides, roles: lead}
    hand: {text: Does it, role: lead}
    foot: {text: "", roles: []}
  cadence: {updates: 30bh, rotate: 4h..5h, handover: 1bd, rotation: 4h}
  protocols: {one-voice: }
  handover: {status: Status, weather: Rain}
paths:
  konsult: {}
  consult: {Money: {text: Money, role: lead}, time: {text: Time}, people: {text: People, roles: lead}}
""",
        """\
x.yaml:2:3: unknown key `chanel`; did you mean `channel`?
      chanel: Open one
      ^^^^^^
x.yaml:4:5: `Head` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with a letter
        Head: {text: Decides, roles: lead}
        ^^^^
x.yaml:5:5: missing key `roles`
        hand: {text: Does it, role: lead}
        ^^^^
x.yaml:5:27: unknown key `role`; did you mean `roles`?
        hand: {text: Does it, role: lead}
                              ^^^^
x.yaml:6:18: the text is empty or holds a character that cannot be shown; keep to one line, without control \
characters
        foot: {text: "", roles: []}
                     ^^
x.yaml:6:22: `roles` has 0 entries; it needs at least 1
        foot: {text: "", roles: []}
                         ^^^^^
x.yaml:7:22: `30bh` is business time; a war room works through the night, as `4h` does
      cadence: {updates: 30bh, rotate: 4h..5h, handover: 1bd, rotation: 4h}
                         ^^^^
x.yaml:7:36: `4h..5h` is a range; one length of time, for example `2h`
      cadence: {updates: 30bh, rotate: 4h..5h, handover: 1bd, rotation: 4h}
                                       ^^^^^^
x.yaml:7:54: `1bd` is business time; a war room works through the night, as `4h` does
      cadence: {updates: 30bh, rotate: 4h..5h, handover: 1bd, rotation: 4h}
                                                         ^^^
x.yaml:7:59: unknown key `rotation`; did you mean `rotate`?
      cadence: {updates: 30bh, rotate: 4h..5h, handover: 1bd, rotation: 4h}
                                                              ^^^^^^^^
x.yaml:8:26: null is not text
      protocols: {one-voice: }
                             ^
x.yaml:9:30: `weather` is not a part of the handover sheet; its parts are `status`, `clocks`, `people`, \
`decisions`, `actions`, `known`, `unknown` and `next`
      handover: {status: Status, weather: Rain}
                                 ^^^^^^^
x.yaml:11:3: `konsult` is not a way; a way is `consult`, `delegate` or `escalate`
      konsult: {}
      ^^^^^^^
x.yaml:12:13: `Money` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with a letter
      consult: {Money: {text: Money, role: lead}, time: {text: Time}, people: {text: People, roles: lead…
                ^^^^^
x.yaml:12:47: missing key `role`
    …consult: {Money: {text: Money, role: lead}, time: {text: Time}, people: {text: People, roles: lead}}
                                                 ^^^^
x.yaml:12:67: missing key `role`
    …consult: {Money: {text: Money, role: lead}, time: {text: Time}, people: {text: People, roles: lead}}
                                                                     ^^^^^^
x.yaml:12:90: unknown key `roles`; did you mean `role`?
    …consult: {Money: {text: Money, role: lead}, time: {text: Time}, people: {text: People, roles: lead}}
                                                                                            ^^^^^""",
    ),
    "names": (
        """\
war_room_setup:
  positions:
    head: {text: Decides, roles: leed, when: {spede: dead}}
    hand: {text: Does it, roles: [lead, deputee, true, 3], when: [{speed: ded}, {severity: 2}, {people: 1, visits: \
1}]}
    foot: {text: Walks, roles: lead, when: {kind: wish, severity: 9, lost: false}}
    mouth: {text: Speaks, roles: lead, when: {}}
paths:
  consult: {money: {text: Money, role: leed}, time: {text: Time, role: true}, people: {text: People, role: [lead]}}
""",
        """\
x.yaml:3:34: unknown role `leed`; did you mean `lead`?
        head: {text: Decides, roles: leed, when: {spede: dead}}
                                     ^^^^
x.yaml:3:47: unknown fact `spede`; did you mean `speed`?
        head: {text: Decides, roles: leed, when: {spede: dead}}
                                                  ^^^^^
x.yaml:4:41: unknown role `deputee`; did you mean `deputy`?
    …d: {text: Does it, roles: [lead, deputee, true, 3], when: [{speed: ded}, {severity: 2}, {people: 1, …
                                      ^^^^^^^
x.yaml:4:50: unknown role `true`; every role stands in `roles`
    … Does it, roles: [lead, deputee, true, 3], when: [{speed: ded}, {severity: 2}, {people: 1, visits: 1…
                                      ^^^^
x.yaml:4:56: 3 is not text; write `"3"`
    …es it, roles: [lead, deputee, true, 3], when: [{speed: ded}, {severity: 2}, {people: 1, visits: 1}]}
                                         ^
x.yaml:4:75: unknown level `ded`; did you mean `dead`?
    …es it, roles: [lead, deputee, true, 3], when: [{speed: ded}, {severity: 2}, {people: 1, visits: 1}]}
                                                            ^^^
x.yaml:4:92: every incident is of severity 2 or worse; name a worse one
    …es it, roles: [lead, deputee, true, 3], when: [{speed: ded}, {severity: 2}, {people: 1, visits: 1}]}
                                                                             ^
x.yaml:4:108: a floor names at most one sum: `people` and `visits`; make it two criteria, or drop one
    …es it, roles: [lead, deputee, true, 3], when: [{speed: ded}, {severity: 2}, {people: 1, visits: 1}]}
                                                                                             ^^^^^^
x.yaml:5:45: a label cannot be tested here: `kind`; only criteria and roster rows of the mildest severity may: a \
label has no order
        foot: {text: Walks, roles: lead, when: {kind: wish, severity: 9, lost: false}}
                                                ^^^^
x.yaml:5:67: unknown severity 9; severities are 1 to 2
        foot: {text: Walks, roles: lead, when: {kind: wish, severity: 9, lost: false}}
                                                                      ^
x.yaml:5:76: false is the harmless end of `lost`, so it would always hold; ask for a worse level
        foot: {text: Walks, roles: lead, when: {kind: wish, severity: 9, lost: false}}
                                                                               ^^^^^
x.yaml:6:46: an empty floor would always hold; name at least one fact
        mouth: {text: Speaks, roles: lead, when: {}}
                                                 ^^
x.yaml:8:40: unknown role `leed`; did you mean `lead`?
    …ult: {money: {text: Money, role: leed}, time: {text: Time, role: true}, people: {text: People, role:…
                                      ^^^^
x.yaml:8:72: unknown role `true`; every role stands in `roles`
    …ey: {text: Money, role: leed}, time: {text: Time, role: true}, people: {text: People, role: [lead]}}
                                                             ^^^^
x.yaml:8:108: a list is not text
    …ey: {text: Money, role: leed}, time: {text: Time, role: true}, people: {text: People, role: [lead]}}
                                                                                                 ^^^^^^""",
    ),
    "translation of nothing": (
        """\
translations:
  de:
    war_room_setup:
      chanel: Auf
      positions: {head: {txt: Kopf}}
      protocols: {one-voice: Einer}
      handover: {weather: Regen, status: Stand}
    paths: {konsult: {}, consult: {money: {text: Geld}}}
""",
        """\
x.yaml:3:5: the pack has no `war_room_setup`; leave it out
        war_room_setup:
        ^^^^^^^^^^^^^^
x.yaml:4:7: unknown key `chanel`; did you mean `channel`?
          chanel: Auf
          ^^^^^^
x.yaml:5:26: unknown key `txt`; did you mean `text`?
          positions: {head: {txt: Kopf}}
                             ^^^
x.yaml:7:18: `weather` is not a part of the handover sheet; its parts are `status`, `clocks`, `people`, \
`decisions`, `actions`, `known`, `unknown` and `next`
          handover: {weather: Regen, status: Stand}
                     ^^^^^^^
x.yaml:8:5: the pack has no `paths`; leave it out
        paths: {konsult: {}, consult: {money: {text: Geld}}}
        ^^^^^
x.yaml:8:13: `konsult` is not a way; a way is `consult`, `delegate` or `escalate`
        paths: {konsult: {}, consult: {money: {text: Geld}}}
                ^^^^^^^""",
    ),
    "translation": (
        """\
war_room_setup:
  positions: {head: {text: Decides, roles: lead}}
  protocols: {one-voice: One decides}
  handover: {status: Status}
paths: {consult: {money: {text: Money, role: lead}}}
translations:
  de:
    war_room_setup:
      channel: Auf
      positions: {head: {text: Kopf}, haed: {text: Kopf}, No: {text: Nein}}
      protocols: {one-vioce: Einer}
      handover: {weather: Regen, status: Stand, clocks: Uhren}
    paths: {konsult: {}, consult: {money: {text: Geld}, mony: {text: Geld}}, delegate: {}}
""",
        """\
x.yaml:9:7: the pack has no `war_room_setup.channel`; leave it out
          channel: Auf
          ^^^^^^^
x.yaml:10:39: unknown position `haed`; did you mean `head`?
          positions: {head: {text: Kopf}, haed: {text: Kopf}, No: {text: Nein}}
                                          ^^^^
x.yaml:10:59: `No` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with a letter
          positions: {head: {text: Kopf}, haed: {text: Kopf}, No: {text: Nein}}
                                                              ^^
x.yaml:11:19: unknown protocol `one-vioce`; did you mean `one-voice`?
          protocols: {one-vioce: Einer}
                      ^^^^^^^^^
x.yaml:12:18: `weather` is not a part of the handover sheet; its parts are `status`, `clocks`, `people`, \
`decisions`, `actions`, `known`, `unknown` and `next`
          handover: {weather: Regen, status: Stand, clocks: Uhren}
                     ^^^^^^^
x.yaml:12:49: the pack has no `war_room_setup.handover.clocks`; leave it out
          handover: {weather: Regen, status: Stand, clocks: Uhren}
                                                    ^^^^^^
x.yaml:13:13: `konsult` is not a way; a way is `consult`, `delegate` or `escalate`
        paths: {konsult: {}, consult: {money: {text: Geld}, mony: {text: Geld}}, delegate: {}}
                ^^^^^^^
x.yaml:13:57: unknown topic `mony`; did you mean `money`?
        paths: {konsult: {}, consult: {money: {text: Geld}, mony: {text: Geld}}, delegate: {}}
                                                            ^^^^
x.yaml:13:78: the pack has no `paths.delegate`; leave it out
        paths: {konsult: {}, consult: {money: {text: Geld}, mony: {text: Geld}}, delegate: {}}
                                                                                 ^^^^^^^^""",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_told_at_its_place(tmp_path: Path, case: str) -> None:
    text, expected = CASES[case]

    assert str(refused(tmp_path, SMALL | {"x.yaml": text})) == expected


WHOLE = """\
war_room_setup:
  channel: Open one
  positions:
    head: {text: Decides, roles: lead}
    hand: {text: Does it, roles: [lead, deputy], when: {severity: 1, speed: slow}}
  cadence: {updates: 30m..60m, rotate: 4h, handover: 1d}
  protocols: {one-voice: One decides}
  handover: {status: Status}
paths: {consult: {money: {text: Money, role: lead}}, escalate: {fire: {text: Fire, role: deputy}}}
"""


def test_what_is_written_comes_out_as_it_went_in(tmp_path: Path) -> None:
    document = loaded(tmp_path, SMALL | {"x.yaml": WHOLE}).model_dump()

    assert document["war_room_setup"] == {
        "channel": "Open one",
        "positions": {
            "head": {"text": "Decides", "roles": ["lead"]},
            "hand": {"text": "Does it", "roles": ["lead", "deputy"], "when": [{"severity": 1, "speed": "slow"}]},
        },
        "cadence": {"updates": "30m..60m", "rotate": "4h", "handover": "1d"},
        "protocols": {"one-voice": "One decides"},
        "handover": {"status": "Status"},
    }
    assert document["paths"] == {
        "consult": {"money": {"text": "Money", "role": "lead"}},
        "escalate": {"fire": {"text": "Fire", "role": "deputy"}},
    }


CHILD = """\
war_room_setup:
  positions:
    executive: {when: {data_loss: true}}
    scribe:
  cadence: {rotate: 2h}
  protocols:
paths:
  consult:
  escalate: {engineering-resources: {role: executive-team}}
"""


def test_a_pack_that_extends_another(tmp_path: Path) -> None:
    files = {"pack.yaml": "name: child\nversion: 1.0.0\nextends: support\n", "x.yaml": CHILD}
    document = loaded(tmp_path, files).model_dump()

    setup, paths = document["war_room_setup"], document["paths"]
    # Floors are replaced whole: each is one thought.
    assert setup["positions"]["executive"]["when"] == [{"data_loss": True}]
    assert "scribe" not in setup["positions"]
    assert setup["cadence"] == {"updates": "30m..60m", "rotate": "2h", "handover": "1d"}
    assert "protocols" not in setup
    assert list(paths) == ["delegate", "escalate"]
    assert paths["escalate"]["engineering-resources"] == {"text": "Engineering resources", "role": "executive-team"}
    german = document["translations"]["de"]
    assert list(german["paths"]) == ["delegate", "escalate"]
    assert "protocols" not in german["war_room_setup"]
    assert "scribe" not in german["war_room_setup"]["positions"]


def test_the_roles_that_may_take_a_position() -> None:
    spec = RoomSpec.model_validate(
        {"positions": {"a": {"text": "A", "roles": ["x", "y"]}, "b": {"text": "B", "roles": "z"}}}
    )

    assert (spec.roles, RoomSpec().roles) == ({"x", "y", "z"}, set())
