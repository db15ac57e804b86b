"""The laws: a message says nothing that is not known, and promises nothing later than it is owed.

Every number, name and instant of a draft stands in the incident, in what the pack says of what is known, in the
template, or in a marked gap; whatever is known and unknown, in every phase, for all kinds and in both languages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from hypothesis import event as counted, given, settings, strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from sevclass import Pack
from sevclass.incident import IncidentState, replay
from sevclass.incident.known import KnownIssue, KnownIssues
from sevclass.playbook import Draft, Incident, Writer, draft
from sevclass.playbook.local_time import LocalTime
from tests.clock_oracle.log import instant
from tests.strategies import Data, facts, load, support
from tests.timelines import MINUTE, OPENINGS, cases, written

SAYING = ("messages", "blanks", "guides", "causes")
"""What of the default pack any pack can have."""
KINDS = tuple(support()["messages"])
LANGUAGES = ("en", "de")
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
TITLES = (None, "Payments stand still", "{{ 7*7 }} <script>", "{% if title %}", "x\n\n- y\u202e", "Q" * 2000)
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_GAP = re.compile(r"\[… (.*?) …\]")


class Told(NamedTuple):
    """A pack, the log of an incident, when it is written of, and what else is known."""

    doc: Data
    log: list[Data]
    now: datetime
    issues: Data


@cache
def saying(names: tuple[str, ...]) -> Data:
    """The messages of the default pack in both languages, made to tell of these facts."""
    doc = deepcopy(support())
    for message in doc["messages"].values():
        if "facts" in message:
            message["facts"] = list(names)
    german = {key: doc["translations"]["de"][key] for key in SAYING}
    return {key: doc[key] for key in SAYING} | {"translations": {"de": german}}


def beside(ats: SearchStrategy[datetime], doc: Data) -> SearchStrategy[Data]:
    """An event that says more than clocks and facts."""
    fields: list[SearchStrategy[Data]] = [
        st.fixed_dictionaries({"event": st.just("cause"), "category": st.sampled_from(list(doc["causes"]))}),
        st.fixed_dictionaries(
            {"event": st.just("action"), "text": st.sampled_from(("Ask Zoe", "Turn it off"))},
            optional={"owner": st.just("Yann"), "due": st.sampled_from(("2026-11-17", "2026-11-18T08:09:00Z"))},
        ),
        st.fixed_dictionaries(
            {
                "event": st.just("assigned"),
                "role": st.sampled_from(list(doc["roles"])),
                "person": st.sampled_from(("Xenia", None)),
            }
        ),
        st.fixed_dictionaries(
            {"event": st.just("war_room"), "state": st.sampled_from(("open", "closed"))},
            optional={"channel": st.just("#bridge-4711")},
        ),
        st.just({"event": "facts", "customers": ["Wagner AG", "Vogel KG"]}),
    ]
    return st.builds(lambda at, said: {"at": written(at), **said}, ats, st.one_of(fields))


@st.composite
def of_clocks(draw: DrawFn) -> Told:
    """An incident of a pack whose clocks differ in every way."""
    pack, log, now = draw(cases())
    names = [name for name, fact in pack["facts"].items() if "sum_of" not in fact]
    doc = {**saying(tuple(names)), **pack}
    more = draw(st.lists(beside(st.just(instant(log[-1]["at"])), doc), max_size=4))
    title = draw(st.sampled_from(TITLES))
    log = [{**event, "title": title} if event["event"] == "opened" else event for event in log]
    return Told(doc, [*log, *more], now, {"workaround": "Use the fax", "customers_text": "The till is stuck"})


PHASES: Mapping[str, tuple[str, ...]] = {
    "open": (),
    "acknowledged": ("acknowledged",),
    "waiting": ("acknowledged", "waiting"),
    "updated": ("update_sent",),
    "resolved": ("acknowledged", "update_sent", "resolved"),
    "reopened": ("resolved", "reopened"),
    "closed": ("resolved", "closed"),
    "withdrawn": ("acknowledged", "closed"),
}


@st.composite
def of_support(draw: DrawFn) -> Told:
    """An incident of the default pack in any phase, with any facts."""
    doc, at = support(), draw(st.sampled_from(OPENINGS))
    opened = {"at": written(at), "event": "opened", "title": draw(st.sampled_from(TITLES)), "facts": draw(facts(doc))}
    log = [opened]
    phase = draw(st.sampled_from(list(PHASES)))
    counted(phase)
    for kind in PHASES[phase]:
        at += draw(st.sampled_from((0, 1, 14, 29, 61, 300, 2000))) * MINUTE
        log.append({"at": written(at), "event": kind})
        log += draw(st.lists(beside(st.just(at), doc), max_size=2))
    now = at + draw(st.sampled_from((0, 1, 15, 30, 90, 1441))) * MINUTE
    return Told(doc, log, now, draw(st.fixed_dictionaries({}, optional={"workaround": st.just("Use the fax")})))


WRITERS = st.builds(
    Writer,
    customer=st.none() | st.just("Ulrich GmbH"),
    sender=st.none() | st.just("Tamara"),
    phone=st.none() | st.just("+43 1 98765"),
    said=st.just({}),
)


class Written(NamedTuple):
    """A draft, and what it was made of."""

    draft: Draft
    pack: Pack
    state: IncidentState
    after: IncidentState
    told: Told
    writer: Writer
    time: LocalTime
    is_dated: bool

    def __repr__(self) -> str:
        """Without the pack, which is long."""
        told = (self.draft.kind, self.told.log, self.told.now, self.writer, self.is_dated)
        return f"<{told} {str(self.draft.body)[:5000]!r}>"


@lru_cache(maxsize=64)
def in_words_of(text: str, language: str) -> Pack:
    return load(json.loads(text)).in_language(language)


@st.composite
def drafts(draw: DrawFn) -> Written:
    told = draw(of_clocks() | of_support())
    kind, language, zone = (draw(st.sampled_from(some)) for some in (KINDS, LANGUAGES, ZONES))
    pack = in_words_of(json.dumps(told.doc, ensure_ascii=False), language)
    named = {"id": "KI-77", "title": "Known", "ids": ["T-17"], **told.issues}
    known = draw(st.none() | st.just(KnownIssues([KnownIssue.model_validate(named)], pack)))
    writer, time = draw(WRITERS), LocalTime(zone, language)
    log = [event for event in told.log if instant(event["at"]) <= told.now]
    is_dated = draw(st.integers(0, 4)) > 0
    id_ = draw(st.none() | st.just("T-17"))
    made = draft(kind, Incident(log, told.now, id_, known, is_dated), pack, writer, time)
    counted(kind)
    sent = told.doc["messages"][kind].get("sent")
    sending: list[Data] = [{"at": written(told.now), "event": sent}] if sent else []
    if sent == "update_sent":
        sending[0]["audience"] = told.doc["messages"][kind]["audience"]
    return Written(
        made,
        pack,
        replay(log, pack, told.now, id=id_, known=known),
        replay([*log, *sending], pack, told.now),
        told,
        writer,
        time,
        is_dated,
    )


def instants(found: Written) -> Iterable[datetime]:
    """The instants that a draft may name."""
    yield found.state.now
    yield from (promise.due for promise in found.draft.promises)
    if found.is_dated:
        yield found.state.opened_at
        yield from (clock.limit_at for clock in found.state.clocks if clock.limit_at)
    if found.state.phase in {"resolved", "closed"}:
        yield max(instant(event["at"]) for event in found.told.log if event["event"] == "resolved")
    yield instant("2026-11-18T08:09:00Z")  # of an action


def sources(found: Written) -> Iterable[str]:
    """All that a draft may be made of: the template without its tags, and what is known, in the pack's words."""
    doc, state = found.pack.model_dump(), found.state
    message = doc["messages"][found.draft.kind]
    yield from (_TAG.sub(" ", message[key]) for key in ("subject", "body"))
    yield from (text for text in (found.writer.customer, found.writer.sender, found.writer.phone) if text)
    yield from (str(state.title or "")[:499], str(state.id or ""))  # a long one is cut
    yield str(state.title or "").encode("unicode_escape").decode()[:499]
    yield f"{state.severity.in_force} {doc['severities'][str(state.severity.in_force)]}"
    yield f"{state.severity.could_be} {doc['severities'][str(state.severity.could_be)]}"
    for name, said in state.facts.items():
        fact = doc["facts"][name]
        texts = fact.get("levels") or fact.get("label") or fact.get("flag") or {}
        yield texts.get(str(said.value).lower() if isinstance(said.value, bool) else said.value, str(said.value))
        yield f"{fact['ask']} {str(said.value).lower()} {fact.get('count', '')}"
    causes = [event["category"] for event in found.told.log if event["event"] == "cause"]
    yield from (doc["causes"][cause] for cause in causes)
    yield from (f"{row.role} {row.duty} {state.people.get(row.role) or ''}" for row in state.roster)
    yield from (str(clock.role) for clock in state.clocks)
    yield from (action.text or "" for action in state.actions)
    yield from (action.owner or "" for action in state.actions)
    yield from ("#bridge-4711 customer vendor somebody else", *state.customers)
    yield from found.told.issues.values()
    yield found.time.day(instant("2026-11-17T00:00:00Z").date())


def invented(text: str, hints: Iterable[str], known: Iterable[str], times: Iterable[str]) -> set[str]:
    """The words and numbers of a text that stand nowhere: neither known, nor in an instant that is, nor in a gap."""
    for time in sorted(times, key=len, reverse=True):
        text = text.replace(time, " ")
    allowed = {word for one in known for word in _WORD.findall(one)}
    gaps = _GAP.findall(text)
    assert set(gaps) <= {*hints}
    return {word for word in _WORD.findall(_GAP.sub(" ", text)) if word not in allowed}


@given(drafts())
def test_a_draft_invents_nothing(found: Written) -> None:
    made = found.draft
    text = f"{made.subject}\n{made.body}"
    times = [found.time(at) for at in instants(found)]

    assert invented(text, [gap.hint for gap in made.gaps], sources(found), times) == set()


@settings(max_examples=20)
@given(drafts())
def test_the_check_would_notice(found: Written) -> None:
    known, times = list(sources(found)), [found.time(at) for at in instants(found)]
    other = found.time(found.told.now + timedelta(days=4000))

    assert "Zebedee" in invented("Dear Zebedee", (), known, times)
    assert "98761" in invented("call 98761", (), known, times)
    assert invented(f"by {other}", (), [*known, "by"], times)


@given(drafts())
def test_what_is_unknown_is_a_gap_or_not_said(found: Written) -> None:
    made, doc = found.draft, found.pack.model_dump()
    text = f"{made.subject}\n{made.body}"

    assert [f"[… {gap.hint} …]" in text for gap in made.gaps] == [True] * len(made.gaps)
    assert len(_GAP.findall(text)) >= len(made.gaps)
    for name in ("customer", "sender", "phone"):
        uses = any(f"{{{{ {name} }}}}" in doc["messages"][made.kind][key] for key in ("subject", "body"))
        assert (name in {gap.name for gap in made.gaps}) == (uses and not getattr(found.writer, name))
    if not any(event["event"] == "cause" for event in found.told.log):
        assert not any(cause in text for cause in doc["causes"].values())
    for name, fact in doc["facts"].items():
        if name not in found.state.facts:
            said = {text for key in ("levels", "label") for text in fact.get(key, {}).values()}
            others = "\n".join(sources(found))
            assert not {one for one in said if one in text and one not in others}


@given(drafts())
def test_a_promise_is_never_later_than_owed(found: Written) -> None:
    made, promises = found.draft, found.told.doc["messages"][found.draft.kind].get("promises", {})
    clocks = {clock.clock: clock for clock in found.after.clocks}
    for promise in made.promises:
        counted(f"{promise.name} is promised")
        assert promise.due > made.now
        clock, within = promises[promise.name].get("clock"), promises[promise.name].get("within")
        if clock:
            limit = clocks[clock].limit_at
            assert limit is not None
            assert promise.due <= limit
            assert found.is_dated
        if within:
            assert promise.due <= made.now + timedelta(hours={"24h": 24, "48h": 48, "1d": 24}[within])
        assert found.time(promise.due) in str(made.body)
    for name, promise in promises.items():
        if promise.get("clock") == "status_update" and clocks["status_update"].limit_at is None:
            assert name not in {one.name for one in made.promises}


@given(drafts())
def test_keeping_to_the_promised_update_is_in_time(found: Written) -> None:
    made = found.draft
    if made.next is None or made.sent != "update_sent":
        return
    log = [event for event in found.told.log if instant(event["at"]) <= found.told.now]
    sent: list[Data] = [{"at": written(made.now), "event": "update_sent", "next": written(made.next)}]
    then = replay([*log, *sent], found.pack, made.next)
    update = next(clock for clock in then.clocks if clock.clock == "status_update")

    assert update.state != "breached"
    assert update.limit_at == made.next


@given(drafts())
def test_no_message_to_customers_names_the_instant_of_a_resolution(found: Written) -> None:
    resolution = next(clock for clock in found.state.clocks if clock.clock == "resolution")
    if found.draft.audience != "customers" or resolution.limit_at is None:
        return
    others = {found.time(at) for at in (found.state.now, found.state.opened_at)}
    others |= {found.time(promise.due) for promise in found.draft.promises}
    if found.state.phase in {"resolved", "closed"}:
        others |= {found.time(instant(event["at"])) for event in found.told.log if event["event"] == "resolved"}
    for at in (resolution.due, resolution.limit_at):
        assert at is not None
        assert found.time(at) in others or found.time(at) not in str(found.draft.body)


@given(drafts())
def test_a_hostile_title_is_a_value(found: Written) -> None:
    text = f"{found.draft.subject}\n{found.draft.body}"

    assert all(line.isprintable() for line in text.split("\n"))
    assert "\n" not in str(found.draft.subject)
    assert "49" not in _WORD.findall(text) or "49" in str([*sources(found), *map(found.time, instants(found))])


@settings(max_examples=20)
@given(drafts())
def test_a_draft_is_the_same_again(found: Written) -> None:
    log = [event for event in found.told.log if instant(event["at"]) <= found.told.now]
    incident = Incident(log, found.told.now, found.state.id, None, found.is_dated)
    one, other = (draft(found.draft.kind, incident, found.pack, found.writer, found.time) for _ in range(2))

    assert one == other
    assert one.model_dump_json() == other.model_dump_json()
    assert hash(one) == hash(other)
