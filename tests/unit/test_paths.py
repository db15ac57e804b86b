"""Escalation paths: the table, a topic by its id or its words, and who fills the role."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sevclass import TopicError, load_pack
from sevclass.playbook.directory_file import read_directory
from sevclass.playbook.paths import Path, paths_of
from tests.unit.incidents import PACK, pack_with

SUPPORT = load_pack()
TABLE = [
    ("consult", "technical-investigation", "technical-support-engineer"),
    ("consult", "executive-decisions", "vp-customer-support"),
    ("consult", "account-relationships", "customer-success-manager"),
    ("delegate", "technical-resolution", "technical-support-engineer"),
    ("delegate", "documentation", "support-analyst"),
    ("delegate", "customer-updates", "customer-success-manager"),
    ("escalate", "critical-decisions", "vp-customer-support"),
    ("escalate", "engineering-resources", "cto"),
    ("escalate", "company-wide-crisis", "ceo"),
]
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
IDS = ", ".join(f"`{topic}`" for _, topic, _ in TABLE)


def told(topic: str, way: str | None = None) -> str:
    """What is said of a topic that there is none of."""
    with pytest.raises(TopicError) as caught:
        paths_of(SUPPORT, topic, way)
    (problem,) = caught.value.problems
    assert problem.code == "unknown_topic"
    return str(caught.value)


def test_the_default_table() -> None:
    assert [(path.way, path.topic, path.role) for path in paths_of(SUPPORT).paths] == TABLE


@pytest.mark.parametrize("way", ["consult", "delegate", "escalate"])
def test_one_way(way: str) -> None:
    assert [path.topic for path in paths_of(SUPPORT, way=way).paths] == [t for its, t, _ in TABLE if its == way]


@pytest.mark.parametrize(
    "words",
    ["engineering-resources", "engineering resources", " Engineering  RESOURCES", "engineering_resources"],
)
def test_a_topic_by_its_id_or_its_words(words: str) -> None:
    (path,) = paths_of(SUPPORT, words).paths

    assert path == Path(
        topic="engineering-resources",
        text="Engineering resources",
        way="escalate",
        role="cto",
        role_text="Heads engineering",
        people=None,
        next=None,
    )


def test_a_topic_by_its_words_in_another_language() -> None:
    german = SUPPORT.in_language("de")

    (path,) = paths_of(german, "kräfte aus der entwicklung").paths

    assert (path.topic, path.text, path.role_text) == (
        "engineering-resources",
        "Kräfte aus der Entwicklung",
        "Leitet die Entwicklung",
    )
    assert paths_of(german, "engineering-resources").paths == (path,)


def test_a_topic_in_two_ways() -> None:
    turned_to = {"consult": "lead", "escalate": "chief"}
    both = {way: {"money": {"text": "Money", "role": role}} for way, role in turned_to.items()}
    pack = pack_with(paths=both)

    assert [(path.way, path.role) for path in paths_of(pack, "money").paths] == [
        ("consult", "lead"),
        ("escalate", "chief"),
    ]
    assert [path.role for path in paths_of(pack, "money", "escalate").paths] == ["chief"]


def test_a_topic_that_is_misspelt() -> None:
    assert told("documentatoin") == f"unknown topic `documentatoin`; did you mean `documentation`? one of {IDS}"


def test_a_topic_that_is_like_none() -> None:
    assert told("zzz") == f"unknown topic `zzz`; one of {IDS}"


def test_a_topic_of_another_way() -> None:
    listed = "`critical-decisions`, `engineering-resources`, `company-wide-crisis`"
    assert told("documentation", "escalate") == f"unknown topic `documentation` to escalate; one of {listed}"


def test_a_topic_that_is_long_and_hostile() -> None:
    assert told("\x1b[31m" + "x" * 2**20) == f"unknown topic `\\x1b[31m{'x' * 71}…`; one of {IDS}"


def test_a_pack_without_paths() -> None:
    assert paths_of(PACK).paths == ()
    with pytest.raises(TopicError, match=r"^unknown topic `money`; the pack has none$"):
        paths_of(PACK, "money")


def test_who_fills_the_role() -> None:
    text = b"cto: {name: Chris, contact: '+1'}\nceo: {name: Dana, zone: UTC, on_call: {mon: ['10:00-12:00']}}\n"
    found = paths_of(SUPPORT, directory=read_directory(text, "d.yaml", SUPPORT), now=NOW)

    by_topic = {path.topic: path for path in found.paths}
    assert found.now == NOW
    (chris,) = by_topic["engineering-resources"].people or ()
    assert (chris.name, chris.contact, chris.zone, chris.role) == ("Chris", "+1", None, "cto")
    assert by_topic["engineering-resources"].next is None
    dana = by_topic["company-wide-crisis"]
    assert dana.people == ()
    assert dana.next is not None
    assert (dana.next.name, dana.next.from_at) == ("Dana", datetime(2026, 3, 2, 10, tzinfo=UTC))
    assert (by_topic["documentation"].people, by_topic["documentation"].next) == ((), None)


def test_a_directory_is_asked_only_at_an_instant() -> None:
    directory = read_directory(b"cto: {name: Chris}\n", "d.yaml", SUPPORT)

    found = paths_of(SUPPORT, "engineering resources", directory=directory)

    assert (found.now, found.paths[0].people) == (None, None)
    assert paths_of(SUPPORT, now=NOW).now is None


def test_the_shape() -> None:
    assert paths_of(SUPPORT, "documentation").model_dump() == {
        "now": None,
        "paths": [
            {
                "topic": "documentation",
                "text": "Documentation",
                "way": "delegate",
                "role": "support-analyst",
                "role_text": "Keeps the records and works out what they show",
                "people": None,
                "next": None,
            }
        ],
        "pack": {"name": "support", "version": "1.0.0", "digest": SUPPORT.digest},
    }
