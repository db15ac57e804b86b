"""Plans for packs: a small one for tests told in short, and generated ones for laws."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.strategies import _floors, _when
from tests.unit.incidents import DOCUMENT

Data = dict[str, Any]

SMALL: Data = {
    "tracks": {"technical": "Mend it", "customer": "Tell them"},
    "phases": {
        "look": {
            "text": "Look",
            "to": "15m",
            "dated": 2,
            "questions": {
                "how-bad": {"text": "How bad is it?", "facts": ["impact"]},
                "how-many": {"text": "How many places?", "facts": ["places", "shops"]},
                "lost": {"text": "Is data lost?", "facts": ["lost"], "known_by": ["cause"]},
                "why": {"text": "Why?"},
            },
            "actions": {
                "answer": {
                    "text": "Answer",
                    "track": "customer",
                    "owners": ["lead", "chief"],
                    "clock": "initial_response",
                    "done_by": ["acknowledged"],
                },
                "think": {"text": "Think", "track": "technical", "owners": ["aide"]},
                "tell": {
                    "text": "Tell",
                    "track": "customer",
                    "owners": ["chief"],
                    "when": [{"severity": 2}],
                    "clock": "notifications",
                },
                "room": {
                    "text": "Open the room",
                    "track": "customer",
                    "owners": ["lead"],
                    "war_room": True,
                    "done_by": ["war_room:open"],
                },
                "search": {
                    "text": "Search the shops",
                    "track": "technical",
                    "owners": ["lead"],
                    "when": [{"shops": 2, "severity": 2}, {"lost": True}],
                },
            },
            "exit": {"seen": "It is seen"},
        },
        "work": {
            "text": "Work",
            "from": "15m",
            "again": True,
            "actions": {
                "mend": {
                    "text": "Mend it",
                    "track": "technical",
                    "owners": ["lead"],
                    "done_by": ["mitigated", "fixed"],
                },
                "updates": {
                    "text": "Say how it stands",
                    "track": "customer",
                    "owners": ["lead"],
                    "when": [{"severity": 2}],
                    "clock": "status_updates",
                    "done_by": ["resolved"],
                },
                "solve": {"text": "Solve it", "track": "technical", "owners": ["lead"], "clock": "resolution"},
            },
        },
        "learn": {
            "text": "Learn",
            "after": "resolution",
            "from": "1h",
            "to": "2d",
            "again": True,
            "questions": {"next": {"text": "What now?", "known_by": ["action:prevention"]}},
            "actions": {
                "review": {
                    "text": "Review it",
                    "track": "technical",
                    "owners": ["chief"],
                    "when": [{"severity": 1}],
                    "clock": "review",
                },
                "write": {"text": "Write it down", "track": "technical", "owners": ["aide"], "done_by": ["reviewed"]},
            },
        },
    },
    "customers": {"done": "That it is done"},
}
"""A plan for the small pack of `tests.unit.incidents`."""
PLANNED: Data = DOCUMENT | {"plan": SMALL}
DEEDS = ("acknowledged", "assigned", "cause", "facts", "mitigated", "resolved", "update_sent:customers")
CLOCKS = ("initial_response", "notifications", "status_updates", "resolution", "review")


def _optional(pairs: dict[str, SearchStrategy[Any]], **more: SearchStrategy[Any]) -> SearchStrategy[Data]:
    return st.fixed_dictionaries(pairs, optional=more)


@st.composite
def plans(draw: DrawFn, doc: Data) -> Data:
    """A plan for a pack: one to three phases with actions on any floors that it can have."""
    mildest = len(doc["severities"])
    floors = _floors(doc["facts"], labels=False)
    if mildest > 1:
        severities = st.integers(1, mildest - 1).map(lambda severity: {"severity": severity})
        floors = floors | severities | st.builds(lambda one, other: one | other, severities, floors)
    action = _optional(
        {
            "text": st.just("Do it"),
            "track": st.sampled_from(("one", "two")),
            "owners": st.lists(st.sampled_from(list(doc["roles"])), min_size=1, max_size=3),
        },
        when=_when(floors),
        war_room=st.booleans(),
        clock=st.sampled_from(CLOCKS),
        done_by=st.lists(st.sampled_from(DEEDS), max_size=2),
    )
    question = _optional(
        {"text": st.just("What is it?")},
        facts=st.lists(st.sampled_from(list(doc["facts"])), max_size=2),
        known_by=st.lists(st.sampled_from(DEEDS), max_size=1),
    )
    phases: Data = {}
    for number in range(draw(st.integers(1, 3))):
        actions, questions = draw(st.lists(action, max_size=4)), draw(st.lists(question, max_size=2))
        length = draw(st.sampled_from(({}, {"to": "15m"}, {"from": "15m", "to": "60m"}, {"from": "1h"})))
        dated = {"dated": draw(st.integers(1, mildest))} if "to" in length and draw(st.booleans()) else {}
        after = draw(st.sampled_from(({}, {}, {"after": "resolution"})))
        phases[f"p{number}"] = {
            "text": f"Phase {number}",
            **after,
            **length,
            **dated,
            "again": draw(st.booleans()),
            "actions": {f"a{number}-{place}": one for place, one in enumerate(actions)},
            "questions": {f"q{number}-{place}": one for place, one in enumerate(questions)},
            "exit": {"over": "It is over"},
        }
    return {"tracks": {"one": "The one", "two": "The other"}, "phases": phases}


@st.composite
def planned(draw: DrawFn, documents: SearchStrategy[Data]) -> Data:
    """A pack with a plan."""
    doc = draw(documents)
    return doc | {"plan": draw(plans(doc))}
