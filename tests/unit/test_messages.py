"""Drafts: what a template's names stand for, which gaps are left, and what is promised by when."""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import jsonschema
import pytest

from sevclass import IncidentError, MessageError, Pack, PackError
from sevclass.incident.known import KnownIssue, KnownIssues
from sevclass.message_names import VALUES
from sevclass.playbook import Draft, Incident, Writer, draft
from sevclass.playbook.local_time import LocalTime
from sevclass.playbook.messages import alone, kinds
from tests.unit.incidents import DOCUMENT, Data, at, event, facts, opened, pack_with

UTC_TIME = LocalTime("UTC", "en-GB")
ALLOWED = "a template has names, `join`, `if` with `and`, `or`, `not`, `==` and `!=`, and `for` over a list"


def told(body: str, subject: str = "About it", **more: Any) -> Data:
    """A message, and blanks beside it."""
    return {"audience": "customers", "subject": subject, "body": body, **more}


def pack_saying(body: str, *, blanks: Mapping[str, str] | None = None, **more: Any) -> Pack:
    """The small pack with one message, `it`."""
    return pack_with(messages={"it": told(body, **more)}, blanks=dict(blanks or {}), causes={"bug": "A bug"})


def drafted(pack: Pack, *log: Data, now: float = 10, **more: Any) -> Draft:
    writer = more.pop("writer", Writer())
    return draft("it", Incident(log or [opened()], at(now), **more), pack, writer, UTC_TIME)


def body(template: str, *log: Data, now: float = 10, **more: Any) -> str:
    """What a template says."""
    pack = pack_saying(
        template, **{key: more.pop(key) for key in ("blanks", "facts", "promises", "sent") if key in more}
    )
    return str(drafted(pack, *log, now=now, **more).body).removesuffix("\n")


def gaps(found: Draft) -> dict[str, str]:
    return {gap.name: gap.hint for gap in found.gaps}


# What names stand for


ACTION = event(1, "action", text="x")
CLOSED = (event(30, "resolved"), event(40, "closed"))


@pytest.mark.parametrize(
    ("template", "log", "expected"),
    [
        pytest.param("{{ title }}", [opened() | {"title": "It is slow"}], "It is slow", id="title"),
        pytest.param("{{ incident }}", [opened()], "T-17", id="incident"),
        pytest.param("{{ severity }} {{ severity_name }}", [opened(impact="poor")], "2 Middle", id="severity"),
        pytest.param("{{ could_be }} {{ could_be_name }}", [opened(impact="poor")], "1 High", id="could-be"),
        pytest.param("{{ phase }}", [opened()], "open", id="phase"),
        pytest.param("{{ phase }}", [opened(), *CLOSED], "closed", id="closed"),
        pytest.param("{{ phase }}", [opened(), CLOSED[1]], "withdrawn", id="withdrawn"),
        pytest.param("{{ now }}", [opened()], "Monday, 2 March 2026, 10:40 UTC", id="now"),
        pytest.param("{{ opened_at }}", [opened()], "Monday, 2 March 2026, 09:00 UTC", id="opened"),
        pytest.param("{{ resolved_at }}", [opened(), CLOSED[0]], "Monday, 2 March 2026, 09:30 UTC", id="resolved"),
        pytest.param("{{ resolved_at }}", [opened(), *CLOSED], "Monday, 2 March 2026, 09:30 UTC", id="resolved-closed"),
        pytest.param(
            "{{ resolved_at }}",
            [opened(), event(5, "resolved"), event(6, "reopened"), event(9, "resolved"), event(11, "resolved")],
            "Monday, 2 March 2026, 09:09 UTC",
            id="the-last-resolution-that-counts",
        ),
        pytest.param("{{ cause }}", [opened(), event(1, "cause", category="bug")], "A bug", id="cause"),
        pytest.param(
            "{{ lead }} {{ lead_person }}",
            [opened(impact="poor"), event(1, "assigned", role="lead", person="Ann")],
            "lead Ann",
            id="lead",
        ),
        pytest.param(
            "{{ owed }} {{ owed_role }} {{ owed_by }}",
            [opened(impact="bad"), event(1, "acknowledged")],
            "notification chief Monday, 2 March 2026, 09:30 UTC",
            id="owed",
        ),
        pytest.param(
            "{{ channel }}", [opened(), event(1, "war_room", state="open", channel="#it")], "#it", id="channel"
        ),
        pytest.param("{{ customers | join }}", [opened() | {"customers": ["A", "B"]}], "A, B", id="customers"),
        pytest.param("{{ waiting | join }}", [opened(), event(1, "waiting", on="vendor")], "vendor", id="waiting"),
        pytest.param(
            "{% for row in roster %}{{ row.role }} {{ row.duty }} {{ row }};{% endfor %}",
            [opened(impact="bad")],
            "chief leads chief;aide handles aide;",
            id="roster",
        ),
        pytest.param(
            "{% for one in actions %}{{ one.text }} {{ one.owner }} {{ one.due }};{% endfor %}",
            [
                opened(),
                event(1, "action", text="Look", owner="Bob", due="2026-03-03", id="a"),
                event(2, "action", text="Wait", owner="Bob", due="2026-03-03T08:00:00Z"),
                event(3, "action", text="Gone", id="b"),
                event(4, "action", id="b", state="done"),
            ],
            "Look Bob Tuesday, 3 March 2026;Wait Bob Tuesday, 3 March 2026, 08:00 UTC;",
            id="actions",
        ),
    ],
)
def test_what_a_name_stands_for(template: str, log: list[Data], expected: str) -> None:
    assert body(template, *log, now=100, id="T-17") == expected


@pytest.mark.parametrize(
    ("fact", "value", "expected"),
    [
        ("impact", "bad", "How bad is it? Bad"),
        ("impact", "fine", ""),
        ("lost", True, "Is data lost? true"),
        ("lost", False, ""),
        ("told", True, "Told? It was"),
        ("shops", 3, "How many shops? 3 shops"),
        ("shops", 0, ""),
        ("kind", "wish", "Which kind? A wish"),
        ("delay", 2.5, "How long? 2.5 s"),
        ("delay", 0, ""),
        ("left", 3, "Left? 3 s"),
        ("left", 9, ""),
    ],
)
def test_the_impact_is_what_is_known_and_not_harmless(fact: str, value: object, expected: str) -> None:
    measures = {
        "told": {"ask": "Told?", "flag": {"true": "It was"}},
        "delay": {"ask": "How long?", "measure": {"unit": "s", "worse": "higher", "from": 0}},
        "left": {"ask": "Left?", "measure": {"unit": "s", "worse": "lower", "to": 9}},
    }
    template = "{% if impact %}{% for one in impact %}{{ one.ask }} {{ one.text }}{% endfor %}{% endif %}"
    message = told(template, facts=["impact", "lost", "told", "shops", "kind", "delay", "left"])
    pack = pack_with(facts=DOCUMENT["facts"] | measures, messages={"it": message})

    assert str(drafted(pack, opened(**{fact: value})).body).strip() == expected


def test_the_impact_is_in_the_order_of_the_message_and_of_its_facts_only() -> None:
    found = body("{{ impact | join }}", opened(shops=2, impact="bad", lost=True), facts=["lost", "shops"])

    assert found == "true, 2 shops"


def test_what_the_team_knows() -> None:
    issues = [
        KnownIssue(
            id="K1", title="One", ids=["T-17"], workaround="Use the fax\n- twice\t", customers_text="It is stuck"
        ),
        KnownIssue(id="K2", title="Two", ids=["T-17"]),
        KnownIssue(id="K3", title="Other", workaround="No"),
    ]
    template = "{{ workarounds | join('|') }}\n{{ explanations | join('|') }}"
    pack = pack_saying(template)
    found = drafted(pack, id="T-17", known=KnownIssues(issues, pack))

    assert found.body == "Use the fax\n- twice\nIt is stuck\n"


def test_of_a_cause_that_the_pack_does_not_have_its_name_is_told() -> None:
    pack = pack_with(messages={"it": told("{{ cause }}")})

    assert drafted(pack, opened(), event(1, "cause", category="moon")).body == "moon\n"


def test_who_writes_to_whom() -> None:
    writer = Writer(customer="Acme\nBcc: all", sender="Ann", phone="1", said={"plan": "a\u202eb"})

    found = body("{{ customer }}/{{ sender }}/{{ phone }}/{{ plan }}", writer=writer, blanks={"plan": "what you do"})

    assert found == "Acme\\nBcc: all/Ann/1/a\\u202eb"


def test_paragraphs_are_one_blank_line_apart() -> None:
    assert body("\n\na\n\n{% if cause %}\nb\n{% endif %}\n\nc\n\n\n") == "a\n\nc"


def test_a_subject_is_one_line() -> None:
    pack = pack_saying("x", subject="{{ workarounds | join }}")
    issue = KnownIssue(id="K1", title="One", ids=["T-17"], workaround="Use\nthe fax")

    assert drafted(pack, id="T-17", known=KnownIssues([issue], pack)).subject == "Use the fax"


# Long and hostile values


def test_what_is_long_is_cut() -> None:
    assert body("{{ title }}", opened() | {"title": "x" * 500}) == "x" * 500
    assert body("{{ title }}", opened() | {"title": "x" * 501}) == "x" * 499 + "…"
    assert body("{{ title }}", opened() | {"title": "\x1b" * 2**20}) == "\\x1b" * 124 + "\\x1…"
    pack = pack_saying("{{ workarounds | join }}")
    for length, shown in ((5_000, "x" * 5_000), (5_001, "x" * 4_999 + "…")):
        issue = KnownIssue(id="K1", title="One", ids=["T-17"], workaround="x" * length)
        assert drafted(pack, id="T-17", known=KnownIssues([issue], pack)).body == shown + "\n"


def test_of_a_long_list_the_rest_is_a_gap() -> None:
    pack = pack_saying("{{ customers | join }}", blanks={"customers": "the other customers"})
    names = [str(number) for number in range(501)]
    found = drafted(pack, opened() | {"customers": names})

    assert str(found.body).endswith("498, 499, [… the other customers …]\n")
    assert gaps(found) == {"customers": "the other customers"}
    assert gaps(drafted(pack, opened() | {"customers": names[:500]})) == {}


def test_a_title_is_never_a_template() -> None:
    assert (
        body("{{ title }}", opened() | {"title": "{{ 7*7 }}{% for a in impact %}"}) == "{{ 7*7 }}{% for a in impact %}"
    )


# Gaps


@pytest.mark.parametrize(
    ("template", "log", "name"),
    [
        pytest.param("{{ title }}", [], "title", id="title"),
        pytest.param("{{ incident }}", [], "incident", id="incident"),
        pytest.param("{{ cause }}", [], "cause", id="cause"),
        pytest.param("{{ resolved_at }}", [], "resolved_at", id="open"),
        pytest.param("{{ resolved_at }}", [CLOSED[1]], "resolved_at", id="withdrawn"),
        pytest.param("{{ resolved_at }}", [CLOSED[0], event(31, "reopened")], "resolved_at", id="reopened"),
        pytest.param("{{ could_be }}", [facts(1, impact="bad")], "could_be", id="no-worse"),
        pytest.param(
            "{{ channel }}", [event(1, "war_room", state="closed", channel="#it")], "channel", id="closed-room"
        ),
        pytest.param("{{ channel }}", [event(1, "war_room", state="open")], "channel", id="no-channel"),
        pytest.param("{{ lead_person }}", [event(1, "assigned", role="aide")], "lead_person", id="nobody"),
        pytest.param("{{ owed_role }}", [], "owed_role", id="no-role"),
        pytest.param("{{ owed }}", [CLOSED[0]], "owed", id="nothing-owed"),
        pytest.param("{% for a in impact %}{{ a.ask }}{% endfor %}", [], "impact", id="no-impact"),
        pytest.param("{{ waiting | join }}", [event(1, "waiting")], "waiting", id="nobody-named"),
        pytest.param("{% for a in actions %}{{ a.owner }}{% endfor %}", [ACTION], "owner", id="no-owner"),
        pytest.param("{% for a in actions %}{{ a.due }}{% endfor %}", [ACTION], "due", id="no-due"),
        pytest.param(
            "{% for a in actions %}{{ a }}{% endfor %}",
            [ACTION | {"text": None, "owner": "x"}],
            "actions",
            id="no-text",
        ),
        pytest.param("{% for a in roster %}{{ a.person }}{% endfor %}", [], "lead_person", id="person"),
    ],
)
def test_what_is_unknown_is_a_gap(template: str, log: list[Data], name: str) -> None:
    found = drafted(pack_saying(template), opened(), *log, now=50)

    assert found.body == f"[… {VALUES.get(name, name)} …]\n"
    assert gaps(found) == {name: VALUES.get(name, name)}


def test_a_gap_says_what_the_pack_says_is_missing() -> None:
    pack = pack_with(messages={"it": told("{{ b_c }} {{ a }} {{ b_c }}")}, blanks={"a": "one", "b_c": "two"})
    found = drafted(pack)

    assert found.body == "[… two …] [… one …] [… two …]\n"
    assert list(gaps(found).items()) == [("b_c", "two"), ("a", "one")]


def test_what_is_not_printed_is_no_gap() -> None:
    found = drafted(pack_saying("{% if cause %}{{ cause }}{% else %}not known yet{% endif %}"))

    assert (found.body, found.gaps) == ("not known yet\n", ())


def test_the_gaps_of_the_subject_come_first() -> None:
    found = drafted(pack_saying("{{ sender }}", subject="{{ title }}"))

    assert list(gaps(found)) == ["title", "sender"]


# What a person says


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"plna": "x"}, "`it` does not ask for `plna`; did you mean `plan`?"),
        ({"zzz": "x"}, "`it` does not ask for `zzz`; it asks for `title`, `plan`"),
        ({"other": "x"}, "`it` does not ask for `other`; it asks for `title`, `plan`"),
        ({"severity": "x"}, "`it` does not ask for `severity`; it asks for `title`, `plan`"),
        ({"sender": "x"}, "`sender` has an option of its own; give `--from`"),
        (
            {"customer": "x", "phone": "y"},
            "`customer` has an option of its own; give `--customer`\n`phone` has an option of its own; give `--phone`",
        ),
        ({"title": "x"}, "`title` is known already; the incident says so itself: leave it out"),
    ],
)
def test_only_what_is_asked_for_can_be_said(said: dict[str, str], expected: str) -> None:
    pack = pack_saying(
        "{{ plan }} {{ severity }} {{ sender }} {{ title }}", blanks={"plan": "a", "other": "b", "severity": "c"}
    )

    with pytest.raises(MessageError) as caught:
        drafted(pack, opened() | {"title": "known"}, writer=Writer(said=said))
    assert str(caught.value) == expected


def test_nothing_can_be_said_where_nothing_is_asked() -> None:
    with pytest.raises(MessageError) as caught:
        drafted(pack_saying("x"), writer=Writer(said={"plan": "x"}))
    assert str(caught.value) == "`it` does not ask for `plan`; it asks for nothing"


def test_a_person_says_what_the_incident_does_not() -> None:
    found = drafted(pack_saying("{{ title }}, {{ incident }}"), writer=Writer(said={"title": "A", "incident": "B"}))

    assert (found.body, found.gaps, found.asked) == ("A, B\n", (), ("title", "incident"))


# Promises


def promised(found: Draft) -> dict[str, str]:
    return {promise.name: promise.due.strftime("%d %H:%M") for promise in found.promises}


UPDATE = {"next_update": {"text": "Write again", "clock": "status_update"}}


@pytest.mark.parametrize(
    ("sent", "log", "now", "expected"),
    [
        # Updates every hour at severity 1, every four at 2, none at 3.
        pytest.param(None, [opened(impact="bad")], 10, "02 10:00", id="what-the-clock-says"),
        pytest.param("acknowledged", [opened(impact="bad")], 10, "02 10:00", id="an-answer-moves-nothing"),
        pytest.param("update_sent", [opened(impact="bad")], 10, "02 10:10", id="this-one-is-sent"),
        pytest.param("update_sent", [opened(impact="bad")], 90, "02 11:30", id="this-one-is-late"),
        pytest.param("update_sent", [opened(impact="poor")], 11.5, "02 13:11", id="whole-minutes"),
        pytest.param(None, [opened(impact="bad")], 59.9, "02 10:00", id="just-before"),
    ],
)
def test_the_next_update_is_promised_by_its_clock(sent: str | None, log: list[Data], now: float, expected: str) -> None:
    more: dict[str, Any] = {"sent": sent} if sent else {}
    found = drafted(pack_saying("By {{ next_update }}", promises=UPDATE, **more), *log, now=now)

    assert promised(found) == {"next_update": expected}
    assert found.next == found.promises[0].due
    assert found.body == f"By {UTC_TIME(found.promises[0].due)}\n"
    assert found.gaps == ()


def test_what_is_aimed_for_is_promised_and_else_the_limit() -> None:
    sla = DOCUMENT["sla"] | {"1": DOCUMENT["sla"]["1"] | {"status_updates": "30m..60m"}}
    pack = pack_with(sla=sla, messages={"it": told("{{ next_update }}", promises=UPDATE)})

    assert promised(drafted(pack, opened(impact="bad"), now=29)) == {"next_update": "02 09:30"}
    assert promised(drafted(pack, opened(impact="bad"), now=30)) == {"next_update": "02 10:00"}
    assert promised(drafted(pack, opened(impact="bad"), now=59)) == {"next_update": "02 10:00"}
    late = drafted(pack, opened(impact="bad"), now=60)
    assert (promised(late), gaps(late), late.next) == ({}, {"next_update": "next update"}, None)


@pytest.mark.parametrize("audience", ["executives", "internal"])
def test_word_to_others_moves_no_update_to_customers(audience: str) -> None:
    message = told("{{ next_update }}", promises=UPDATE, sent="update_sent") | {"audience": audience}
    pack = pack_with(messages={"it": message})

    assert promised(drafted(pack, opened(impact="bad"), now=10)) == {"next_update": "02 10:00"}


@pytest.mark.parametrize(
    "log",
    [
        pytest.param([opened()], id="the-mildest"),
        pytest.param([opened(impact="bad"), event(1, "resolved")], id="resolved"),
        pytest.param([opened(impact="bad"), event(1, "closed")], id="closed"),
    ],
)
def test_where_no_update_is_owed_none_is_promised(log: list[Data]) -> None:
    template = "{% if next_update %}by {{ next_update }}{% else %}no more{% endif %}"
    found = drafted(pack_saying(template, promises=UPDATE), *log)

    assert (found.body, found.promises, found.gaps) == ("no more\n", (), ())


def test_where_nobody_knows_when_it_is_owed_there_is_a_gap() -> None:
    template = "{% if next_update %}by {{ next_update }}{% endif %}/{{ opened_at }}/{{ owed_by }}"
    pack = pack_saying(template, promises=UPDATE, blanks={"next_update": "when"})
    found = drafted(pack, event(10, "opened", facts={"impact": "bad"}), is_dated=False)

    assert found.body == "by [… when …]/[… when it was opened …]/[… its limit …]\n"
    assert (found.promises, found.dated) == ((), ("opened_at", "owed", "owed_by", "next_update"))
    mild = drafted(pack, event(10, "opened", facts={"impact": "fine"}), is_dated=False)
    assert str(mild.body).startswith("/")


@pytest.mark.parametrize(
    ("promise", "expected"),
    [
        pytest.param({"within": "24h"}, "03 09:10", id="so-long"),
        pytest.param({"within": "24h", "clock": "status_update"}, "02 10:00", id="the-clock-is-sooner"),
        pytest.param({"within": "20m", "clock": "status_update"}, "02 09:30", id="the-clock-is-later"),
        pytest.param({"clock": "initial_response"}, "02 09:30", id="another-clock"),
        pytest.param({"within": "999999w", "clock": "status_update"}, "02 10:00", id="beyond-all-years"),
        pytest.param({"within": "999999w"}, None, id="never"),
        pytest.param({"clock": "review"}, None, id="not-owed"),
        pytest.param({"within": "1h", "clock": "review"}, None, id="not-owed-either"),
    ],
)
def test_by_when_a_promise_is_kept(promise: Data, expected: str | None) -> None:
    pack = pack_saying("{{ it_is }}", promises={"it_is": {"text": "Call", **promise}})
    found = drafted(pack, opened(impact="bad"), writer=Writer(customer="Acme"))

    assert promised(found) == ({} if expected is None else {"it_is": expected})
    assert found.next == (found.promises[0].due if expected and promise.get("clock") == "status_update" else None)
    assert len(found.gaps) == (expected is None)
    assert [promise.model_dump() for promise in found.promises] == [
        {"name": "it_is", "text": "Call", "due": at_text(found), "clock": promise.get("clock"), "customer": "Acme"}
    ] * (expected is not None)


def at_text(found: Draft) -> str:
    return found.promises[0].due.isoformat().replace("+00:00", "Z") if found.promises else ""


def test_a_promise_that_is_not_printed_is_not_made() -> None:
    template = "{% if cause %}{{ next_update }}{% endif %}{% if next_update %}x{% endif %}"
    found = drafted(pack_saying(template, promises=UPDATE), opened(impact="bad"))

    assert (found.body, found.promises, found.next) == ("x\n", (), None)


def test_near_the_end_of_time_nothing_is_promised() -> None:
    last = datetime.max.replace(tzinfo=UTC) - timedelta(hours=1)
    pack = pack_saying("{{ it_is }}", promises={"it_is": {"text": "Call", "within": "24h"}})
    found = draft("it", Incident([event(0, "opened")], last), pack, Writer(), UTC_TIME)

    assert (found.promises, gaps(found)) == ((), {"it_is": "it is"})


# What cannot be


def test_a_message_that_there_is_not() -> None:
    with pytest.raises(MessageError) as caught:
        draft("itt", Incident([opened()], at(1)), pack_saying("x"), Writer(), UTC_TIME)
    assert str(caught.value) == "unknown message `itt`; did you mean `it`?"
    with pytest.raises(MessageError) as caught:
        draft("zebra", Incident([opened()], at(1)), pack_saying("x"), Writer(), UTC_TIME)
    assert str(caught.value) == "unknown message `zebra`; one of `it`"
    with pytest.raises(MessageError) as caught:
        draft("it", Incident([opened()], at(1)), pack_with(), Writer(), UTC_TIME)
    assert str(caught.value) == "unknown message `it`; the pack has no `messages`"


def test_templates_that_cannot_be_rendered_are_told_together() -> None:
    with pytest.raises(PackError) as caught:
        drafted(pack_saying("a\n{{ tilte }}\n{{ 7 }}", subject="{{ x }}"))
    assert str(caught.value).split("\n") == [
        "messages.it.subject: line 1: unknown name `x`; what only a person can say stands in the pack's `blanks`",
        "messages.it.body: line 2: unknown name `tilte`; did you mean `title`?",
        f"messages.it.body: line 3: a number is not allowed; {ALLOWED}",
    ]
    assert {problem.code for problem in caught.value.problems} == {"template"}


def test_a_message_that_would_be_too_long() -> None:
    pack = pack_saying("{% for a in customers %}" + "{{ title }}" * 30 + "{% endfor %}")
    with pytest.raises(MessageError) as caught:
        drafted(pack, opened() | {"title": "x" * 500, "customers": [str(number) for number in range(20)]})
    assert str(caught.value) == (
        "messages.it.body: more than 200000 characters would come of it; name less in the template"
    )


def test_an_incident_that_there_is_not() -> None:
    with pytest.raises(IncidentError) as caught:
        drafted(pack_saying("x"), now=-1)
    assert str(caught.value) == (
        "now: 2026-03-02T08:59:00Z is before the opening; it was opened at 2026-03-02T09:00:00Z"
    )


# The draft


def test_what_is_wrong_with_the_log_stands_beside() -> None:
    found = drafted(pack_saying("x"), opened(), event(1, "resolved"), event(2, "resolved"))

    assert [problem.code for problem in found.problems] == ["cannot_be"]
    assert "problems" not in found.model_dump()


def test_the_draft_as_json() -> None:
    pack = pack_saying("{{ next_update }} {{ sender }}", promises=UPDATE, sent="update_sent", subject="{{ title }}")
    found = drafted(pack, opened(impact="bad") | {"title": "Slow"}, id="T-17")

    shape = found.model_dump()
    assert shape == {
        "schema": 1,
        "kind": "it",
        "language": "en",
        "audience": "customers",
        "id": "T-17",
        "now": "2026-03-02T09:10:00Z",
        "subject": "Slow",
        "body": "Monday, 2 March 2026, 10:10 UTC [… who writes it …]\n",
        "gaps": [{"name": "sender", "hint": "who writes it"}],
        "promises": [
            {
                "name": "next_update",
                "text": "Write again",
                "due": "2026-03-02T10:10:00Z",
                "clock": "status_update",
                "customer": None,
            }
        ],
        "sent": "update_sent",
        "next": "2026-03-02T10:10:00Z",
        "guide": None,
        "pack": {"name": "small", "version": "1.0.0", "digest": pack.digest},
    }
    assert json.loads(found.model_dump_json()) == shape
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own
    schema = Draft.model_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate({**shape, "written": [], "problems": []}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(shape, schema)


def test_a_draft_in_another_language() -> None:
    german = {"messages": {"it": {"subject": "Über {{ title }}", "body": "{{ next_update }}, {{ cause }}, {{ sender }}",
                                  "promises": {"next_update": {"text": "Wieder schreiben"}}}},
              "blanks": {"sender": "wer schreibt"}, "causes": {"bug": "Ein Fehler"}}  # fmt: skip
    pack = pack_with(
        messages={"it": told("{{ next_update }}, {{ cause }}, {{ sender }}", "About {{ title }}", promises=UPDATE)},
        blanks={"sender": "who writes"},
        causes={"bug": "A bug"},
        translations={"de": german},
    ).in_language("de")
    found = drafted(pack, opened(impact="bad") | {"title": "X"}, event(1, "cause", category="bug"))

    assert (found.language, found.subject) == ("de", "Über X")
    assert found.body == "Monday, 2 March 2026, 10:00 UTC, Ein Fehler, [… wer schreibt …]\n"
    assert found.promises[0].text == "Wieder schreiben"


def test_facts_that_changed_are_told_as_they_are() -> None:
    log = [opened(impact="bad"), facts(5, impact="poor"), facts(20, impact="bad")]

    assert body("{{ impact | join }} {{ severity }}", *log, facts=["impact"]) == "Poor 2"


# Guides


GUIDES: Data = {
    "calm": {
        "text": "Somebody is upset",
        "steps": {
            "hear": {"title": "Hear", "text": "Let them talk\nTake notes\n", "say": "Go on"},
            "end": {"title": "End", "text": "Keep your word"},
        },
    },
    "it": {
        "text": "Somebody wants it",
        "like": "calm",
        "steps": {"end": {"title": "Close", "text": "Give it"}, "more": {"title": "More", "text": "Ask"}},
        "offers": {"tea": "A cup of tea"},
    },
}


def test_a_guide_takes_the_steps_that_it_does_not_write() -> None:
    found = alone("it", pack_with(guides=GUIDES), at(1))

    assert found.guide is not None
    assert found.guide.model_dump() == {
        "text": "Somebody wants it",
        "steps": [
            {"id": "hear", "title": "Hear", "text": "Let them talk\nTake notes", "say": "Go on"},
            {"id": "end", "title": "Close", "text": "Give it", "say": None},
            {"id": "more", "title": "More", "text": "Ask", "say": None},
        ],
        "offers": [{"id": "tea", "text": "A cup of tea"}],
    }
    assert found.model_dump() | {"guide": None, "pack": None} == {
        "schema": 1, "kind": "it", "language": "en", "audience": None, "id": None, "now": "2026-03-02T09:01:00Z",
        "subject": None, "body": None, "gaps": [], "promises": [], "sent": None, "next": None, "guide": None,
        "pack": None,
    }  # fmt: skip
    jsonschema.validate({**found.model_dump(), "written": [], "problems": []}, Draft.model_json_schema())


def test_a_draft_brings_its_guide() -> None:
    pack = pack_with(guides=GUIDES, messages={"it": told("x"), "other": told("y")})

    assert drafted(pack).guide == alone("it", pack, at(1)).guide
    assert draft("other", Incident([opened()], at(1)), pack, Writer(), UTC_TIME).guide is None
    assert kinds(pack) == {"it": True, "other": True, "calm": False}
    assert (drafted(pack).pack, alone("it", pack, at(1)).pack.name) == (alone("it", pack, at(1)).pack, "small")


def test_a_guide_that_there_is_not() -> None:
    with pytest.raises(MessageError) as caught:
        alone("clam", pack_with(guides=GUIDES, messages={"other": told("y")}), at(1))
    assert str(caught.value) == "unknown message `clam`; did you mean `calm`?"


def test_a_guide_may_have_nothing_but_its_text() -> None:
    guides: Data = {"bare": {"text": "Bare"}, "as_bare": {"text": "As bare", "like": "bare"}}
    found = [alone(kind, pack_with(guides=guides), at(1)).guide for kind in guides]

    assert [guide and guide.model_dump() for guide in found] == [
        {"text": "Bare", "steps": [], "offers": []},
        {"text": "As bare", "steps": [], "offers": []},
    ]
