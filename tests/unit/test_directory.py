"""The directory: its file with every problem at its place, who fills a role, and who could next."""

from __future__ import annotations

from datetime import UTC, datetime

import jsonschema
import pytest
import yaml

from sevclass import DirectoryError, load_pack
from sevclass.covers import Covers
from sevclass.playbook.directory import Directory, Filling, NextPerson, Person
from sevclass.playbook.directory_file import read_directory
from sevclass.playbook.schemas import directory_schema
from tests.strategies import load
from tests.unit.incidents import DOCUMENT

SUPPORT = load_pack()
NO_COVERS = Covers({})
COVERS = Covers({"vp-customer-support": ["support-manager"], "ceo": ["vp-customer-support"]})
# A Monday; Berlin is one hour ahead of UTC.
MORNING = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EVENING = datetime(2026, 3, 2, 20, tzinfo=UTC)

TEAM = """\
support-manager:
  - {name: Ann, contact: "+49 30 1", zone: Europe/Berlin, on_call: {mon: ["09:00-17:00"], fri: ["09:00-12:00"]}}
  - name: Bo
    zone: America/New_York
    on_call: {mon: ["07:00-12:00"]}
    exceptions: {2026-03-09: []}
vp-customer-support: {name: Cy, contact: cy@example.org, zone: UTC, on_call: {mon: ["19:00-21:00"]}}
"""


def directory(text: str = TEAM) -> Directory:
    return read_directory(text.encode(), "team.yaml", SUPPORT)


def names(found: Filling) -> list[str]:
    return [f"{one.role}: {one.name}" for one in found.people]


# Who is there


def test_those_who_are_there_in_the_order_of_the_file() -> None:
    found = directory().filling("support-manager", NOON, NO_COVERS)

    ann = Person(name="Ann", contact="+49 30 1", zone="Europe/Berlin", role="support-manager")
    bo = Person(name="Bo", contact=None, zone="America/New_York", role="support-manager")
    assert found == Filling(people=(ann, bo), next=None)


def test_nobody_is_there_yet() -> None:
    found = directory().filling("support-manager", MORNING, NO_COVERS)

    first = datetime(2026, 3, 2, 8, tzinfo=UTC)
    ann = NextPerson(name="Ann", contact="+49 30 1", zone="Europe/Berlin", role="support-manager", from_at=first)
    assert found == Filling(people=(), next=ann)


def test_who_covers_the_role_stands_in() -> None:
    assert names(directory().filling("support-manager", EVENING, COVERS)) == ["vp-customer-support: Cy"]
    assert directory().filling("support-manager", EVENING, NO_COVERS).people == ()


def test_the_role_itself_goes_before_who_covers_it() -> None:
    both = directory(TEAM.replace("19:00-21:00", "00:00-24:00"))

    assert names(both.filling("support-manager", NOON, COVERS)) == ["support-manager: Ann", "support-manager: Bo"]


def test_the_next_one_may_be_of_a_role_that_covers_it() -> None:
    late = datetime(2026, 3, 2, 18, tzinfo=UTC)

    found = directory().filling("support-manager", late, COVERS).next

    assert found is not None
    assert (found.name, found.role, found.from_at) == (
        "Cy",
        "vp-customer-support",
        datetime(2026, 3, 2, 19, tzinfo=UTC),
    )


def test_of_two_who_come_at_once_the_role_itself_goes_first() -> None:
    both = directory(TEAM.replace("19:00-21:00", "08:00-21:00"))

    found = both.filling("support-manager", MORNING, COVERS).next

    assert found is not None
    assert found.name == "Ann"


def test_from_one_minute_to_the_next() -> None:
    begins, ends = datetime(2026, 3, 2, 19, tzinfo=UTC), datetime(2026, 3, 2, 21, tzinfo=UTC)
    team = directory()

    assert names(team.filling("vp-customer-support", begins, NO_COVERS)) == ["vp-customer-support: Cy"]
    found = team.filling("vp-customer-support", ends, NO_COVERS).next
    assert found is not None
    assert found.from_at == datetime(2026, 3, 9, 19, tzinfo=UTC)


def test_a_day_with_hours_of_its_own() -> None:
    off = datetime(2026, 3, 9, 12, tzinfo=UTC)

    assert names(directory().filling("support-manager", off, NO_COVERS)) == ["support-manager: Ann"]


def test_without_hours_somebody_is_always_there() -> None:
    team = directory("cto: {name: Chris, zone: Asia/Tokyo}\n")

    assert names(team.filling("cto", MORNING, NO_COVERS)) == ["cto: Chris"]


def test_with_exceptions_alone_somebody_is_there_on_the_other_days() -> None:
    team = directory("cto: {name: Chris, zone: UTC, exceptions: {2026-03-02: []}}\n")

    found = team.filling("cto", NOON, NO_COVERS)
    assert found.people == ()
    assert found.next is not None
    assert found.next.from_at == datetime(2026, 3, 3, tzinfo=UTC)


def test_a_role_that_is_not_listed() -> None:
    assert directory().filling("cto", NOON, COVERS) == Filling(people=(), next=None)


def test_somebody_who_will_never_be_there_again() -> None:
    once = "cto: {name: Chris, zone: UTC, on_call: {}, exceptions: {2026-03-01: ['10:00-11:00']}}\n"

    assert directory(once).filling("cto", NOON, NO_COVERS) == Filling(people=(), next=None)


def test_how_somebody_is_reached() -> None:
    twice = directory("cto: {name: Ann, contact: x}\nceo: [{name: Ann, contact: x}, {name: Bo, contact: y}]\n")
    other = directory("cto: {name: Ann, contact: x}\nceo: {name: Ann, contact: y}\n")

    assert [twice.contact(name) for name in ("Ann", "Bo", "Eve")] == ["x", "y", None]
    assert other.contact("Ann") is None


# The file

# name -> the text, and everything that is said of it.
CASES: dict[str, tuple[str, str]] = {
    "empty": ("", "team.yaml: the directory is empty; name each role and the people who fill it"),
    "no mapping": (
        "- cto\n",
        """\
team.yaml:1:1: a list is not a mapping of roles; name each role and the people who fill it
    - cto
    ^^^^^""",
    ),
    "no YAML": (
        "cto: [}\n",
        """\
team.yaml:1:7: expected a value
    cto: [}
          ^""",
    ),
    "roles": (
        "ctoo: {name: Ann}\nHead of All: {name: Bo}\nzzz: {name: Cy}\n",
        """\
team.yaml:1:1: unknown role `ctoo`; did you mean `cto`?
    ctoo: {name: Ann}
    ^^^^
team.yaml:2:1: `Head of All` is not a name; a name is lower-case letters, digits, `_` and `-`, and starts with a letter
    Head of All: {name: Bo}
    ^^^^^^^^^^^
team.yaml:3:1: unknown role `zzz`; a directory has roles of the pack `support`
    zzz: {name: Cy}
    ^^^""",
    ),
    "people": (
        "cto: []\nceo: Dana\nsupport: [Eve, {nam: Flo}, {name: 3}, {contact: x, on_call: {mon: []}}]\n",
        """\
team.yaml:1:1: `cto` has 0 entries; it needs at least 1
    cto: []
    ^^^
team.yaml:2:6: `Dana` is not a list
    ceo: Dana
         ^^^^
team.yaml:3:11: `Eve` is not a mapping
    support: [Eve, {nam: Flo}, {name: 3}, {contact: x, on_call: {mon: []}}]
              ^^^
team.yaml:3:16: missing key `name`
    support: [Eve, {nam: Flo}, {name: 3}, {contact: x, on_call: {mon: []}}]
                   ^^^^^^^^^^
team.yaml:3:17: unknown key `nam`; did you mean `name`?
    support: [Eve, {nam: Flo}, {name: 3}, {contact: x, on_call: {mon: []}}]
                    ^^^
team.yaml:3:35: 3 is not text; write `"3"`
    support: [Eve, {nam: Flo}, {name: 3}, {contact: x, on_call: {mon: []}}]
                                      ^
team.yaml:3:39: missing key `name`
    support: [Eve, {nam: Flo}, {name: 3}, {contact: x, on_call: {mon: []}}]
                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
team.yaml:3:52: missing key `zone`; hours are local time there, for example `zone: Europe/Berlin`
    support: [Eve, {nam: Flo}, {name: 3}, {contact: x, on_call: {mon: []}}]
                                                       ^^^^^^^""",
    ),
    "hostile": (
        'cto: {name: "\\e[31mAnn", contact: "\\u202Eevil"}\n',
        """\
team.yaml:1:13: the text is empty or holds a character that cannot be shown; keep to one line, without control \
characters
    cto: {name: "\\e[31mAnn", contact: "\\u202Eevil"}
                ^^^^^^^^^^^
team.yaml:1:35: the text is empty or holds a character that cannot be shown; keep to one line, without control \
characters
    cto: {name: "\\e[31mAnn", contact: "\\u202Eevil"}
                                      ^^^^^^^^^^^^""",
    ),
    "hours": (
        """\
cto:
  - {name: Ann, zone: UTC, on_call: {mon: ["09:00-12:00", "11:00-13:00"], tues: []}}
  - {name: Bo, zone: UTC, on_call: {mon: ["09:00-12:00", "11:00-13:00"]}, exceptions: {2026-13-01: []}}
  - {name: Cy, zone: UTC, on_call: {mon: ["09:00-12:00", "11:00-13:00"]}}
  - {name: Di, zone: UTC, exceptions: {2026-03-02: ["10:00-12:00", "11:00-13:00"]}}
  - {name: Di, zone: UTC, on_call: {}}
ceo: {name: Ed, zone: Berlin, exceptions: {}}
support: {name: Flo, exceptions: {}}
""",
        """\
team.yaml:2:75: unknown key `tues`; did you mean `tue`?
      - {name: Ann, zone: UTC, on_call: {mon: ["09:00-12:00", "11:00-13:00"], tues: []}}
                                                                              ^^^^
team.yaml:3:88: `2026-13-01` is not a date; for example `2026-12-24`
    … {name: Bo, zone: UTC, on_call: {mon: ["09:00-12:00", "11:00-13:00"]}, exceptions: {2026-13-01: []}}
                                                                                         ^^^^^^^^^^
team.yaml:4:58: `11:00-13:00` overlaps `09:00-12:00`; spans may touch, but not overlap
      - {name: Cy, zone: UTC, on_call: {mon: ["09:00-12:00", "11:00-13:00"]}}
                                                             ^^^^^^^^^^^^^
team.yaml:5:68: `11:00-13:00` overlaps `10:00-12:00`; spans may touch, but not overlap
      - {name: Di, zone: UTC, exceptions: {2026-03-02: ["10:00-12:00", "11:00-13:00"]}}
                                                                       ^^^^^^^^^^^^^
team.yaml:6:12: `Di` stands twice in `cto`; the first is at team.yaml:5:12
      - {name: Di, zone: UTC, on_call: {}}
               ^^
team.yaml:6:36: a calendar needs some working time; for example `mon: ["09:00-17:00"]`
      - {name: Di, zone: UTC, on_call: {}}
                                       ^^
team.yaml:7:23: `Berlin` is not a time zone; did you mean `Europe/Berlin`?
    ceo: {name: Ed, zone: Berlin, exceptions: {}}
                          ^^^^^^
team.yaml:8:22: missing key `zone`; hours are local time there, for example `zone: Europe/Berlin`
    support: {name: Flo, exceptions: {}}
                         ^^^^^^^^^^""",
    ),
    "too large": ("#" * (8 * 2**20 + 1), "team.yaml: the file is larger than 8 MiB"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_told_at_its_place(case: str) -> None:
    text, expected = CASES[case]

    with pytest.raises(DirectoryError) as caught:
        directory(text)

    assert str(caught.value) == expected


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["empty"]),
        ("- cto\n", ["not_a_mapping"]),
        ("ctoo: {name: Ann}\n", ["unknown_role"]),
        ("cto: [{name: Ann}, {name: Ann}]\n", ["duplicate_person"]),
        ("cto: {name: Ann, on_call: {}}\n", ["missing_key"]),
        ("cto: {name: Ann, zone: UTC, on_call: {}}\n", ["no_working_time"]),
    ],
)
def test_the_codes(text: str, codes: list[str]) -> None:
    with pytest.raises(DirectoryError) as caught:
        directory(text)

    assert [problem.code for problem in caught.value.problems] == codes


def test_somebody_without_a_list_and_a_day_that_is_misspelt() -> None:
    with pytest.raises(DirectoryError, match=r"unknown key `mond`; did you mean `mon`\?"):
        directory("cto: {name: Ann, zone: UTC, on_call: {mond: []}}\n")


def test_a_pack_without_roles() -> None:
    of = load({key: part for key, part in DOCUMENT.items() if key not in {"roles", "roster", "covers", "sla"}})

    with pytest.raises(DirectoryError, match="unknown role `cto`; a directory has roles of the pack `small`"):
        read_directory(b"cto: {name: Ann}\n", "team.yaml", of)


def test_the_schema_takes_what_is_read() -> None:
    schema = directory_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)

    assert list(validator.iter_errors(yaml.load(TEAM, Loader=yaml.BaseLoader))) == []  # noqa: S506 - it makes text only
    assert [error.json_path for error in validator.iter_errors({"cto": {"nam": "Ann"}})] == ["$.cto"]
