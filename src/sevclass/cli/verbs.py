"""What can be written into the log of an incident: each verb, the words it takes and the events it makes of them."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Mapping, Sequence
from operator import methodcaller
from typing import Any, NamedTuple, TypeAlias

from sevclass.api import Pack
from sevclass.cli.arguments import UsageError, choice, instant
from sevclass.cli.fact_words import facts_said
from sevclass.cli.instruction import instruction, report
from sevclass.cli.logbook import Before, Fields, named
from sevclass.cli.review_file import action_items
from sevclass.incident.events import KINDS, Action
from sevclass.incident.store import INSTRUCTION, Store
from sevclass.problems import nearest, quote

CAUSES = ("product_bug", "performance", "configuration", "user_error", "feature_gap", "other")
CLOCKS = ("initial_response", "notification", "status_update", "resolution", "review")

_LAST = ("by", "source", "ref")
"""What any event may have, after what is its own."""
_OTHERWISE = {"at", "event", "id", "incident", "logged_at", *_LAST}


class Asked(NamedTuple):
    """What somebody wants written: the words as options, the event that they make, and where."""

    options: Namespace
    event: Fields
    store: Store


Make: TypeAlias = Callable[[Asked, Before], Sequence[Fields]]
Argument: TypeAlias = Callable[[ArgumentParser], object]
"""Adds an argument to a parser; those that are called like a field of the event fill it."""


def _as_said(asked: Asked, before: Before) -> Sequence[Fields]:  # noqa: ARG001 - the others need it
    return [asked.event]


class Verb(NamedTuple):
    """A verb: the event that it writes, what that says, the words it takes, and what makes events of them."""

    event: str
    help: str
    arguments: Sequence[Argument] = ()
    make: Make = _as_said

    def events(self, options: Namespace, store: Store, before: Before) -> Sequence[Fields]:
        """The events, without the instant at which they happened where that is the one of `--at`.

        Raises UsageError and SevclassError.
        """
        given = {name: value for name, value in vars(options).items() if value not in (None, False, [])}
        names = [field.alias or name for name, field in KINDS[self.event].model_fields.items()]
        own = {name: given[name] for name in names if name in given and name not in _OTHERWISE}
        _check_text(own, given)
        made = self.make(Asked(options, {"event": self.event, **own}, store), before)
        if options.event_id is not None:
            made = [{**made[0], "id": _free(options.event_id, made[0], before)}, *made[1:]]
        return [{**event, **{name: given[name] for name in _LAST if name in given}} for event in made]


def _check_text(own: Fields, given: Mapping[str, Any]) -> None:
    """Refuse what a terminal has sent in another encoding."""
    for text in (*own.values(), *own.get("customers", ()), *(given.get(name) for name in ("event_id", *_LAST))):
        try:
            str(text).encode()
        except UnicodeEncodeError:
            raise UsageError(f"{quote(text)} is not UTF-8") from None


def _free(id_: str, event: Fields, before: Before) -> str:
    if "id" in event:
        raise UsageError("`--action-id` is the id of the entry too", "leave out `--event-id`")
    if any(entry.event.id == id_ for entry in before.entries):
        raise UsageError(f"the id {quote(id_)} is taken", "take another one, or leave out `--event-id`")
    return id_


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ArgumentTypeError(f"{quote(text)} is not a whole number")
    return int(text)


# Events that take more than their fields


def _opened(asked: Asked, before: Before) -> Sequence[Fields]:
    options, pack = asked.options, before.pack
    begins_with = asked.store.instruction(options.id)
    fields: Fields = {}
    if options.file is not None:
        fields = report(options.file, pack, options.id, at=options.at)
    elif begins_with.exists():
        fields = {**instruction(str(begins_with), pack, options.id), "ref": INSTRUCTION}
    said = facts_said(options.fact, pack)
    at = {} if options.at is None else {"at": options.at}
    return [{**fields, **at, **asked.event, "facts": {**fields.get("facts", {}), **said}, "pack": named(pack)}]


def _facts(asked: Asked, before: Before) -> Sequence[Fields]:
    if not (asked.options.fact or asked.options.customers):
        raise UsageError("nothing to write", "give `--fact NAME=VALUE`, or `--customer CUSTOMER`")
    return [{"event": "facts", "facts": facts_said(asked.options.fact, before.pack), **asked.event}]


def _override(asked: Asked, before: Before) -> Sequence[Fields]:  # noqa: ARG001 - the others need it
    options = asked.options
    if (options.severity is None) is not options.lift:
        raise UsageError("an override takes either SEV or `--lift`", "`--lift` ends the override that holds")
    for name, what in (("by", "who decides"), ("reason", "why")):
        if vars(options)[name] is None:
            raise UsageError(f"no `--{name}`", f"an override says {what}")
    return [{"event": "override", "severity": options.severity, **asked.event}]


def _of_a_role(asked: Asked, before: Before) -> Sequence[Fields]:
    _check_role(asked.options.role, before.pack)
    return [asked.event]


def _assigned(asked: Asked, before: Before) -> Sequence[Fields]:
    options = asked.options
    if (options.person is None) is not options.nobody:
        raise UsageError("a role takes either PERSON or `--nobody`", "`--nobody` takes it from whoever has it")
    _check_role(options.role, before.pack)
    return [{**asked.event, "person": options.person}]


def _check_role(role: str, pack: Pack) -> None:
    roles = pack.model_dump().get("roles", {})
    if role not in roles:
        hint = nearest(role, roles) or f"one of {', '.join(map(quote, roles))}"
        raise UsageError(f"unknown role {quote(role)}", hint)


def _action(asked: Asked, before: Before) -> Sequence[Fields]:
    id_ = asked.options.action_id
    if id_ is None:
        if asked.options.text is None:
            raise UsageError("no TEXT", "say what is to be done, or `--action-id` to say how it stands with it")
        return [asked.event]
    states = {entry.event.id: entry.event.state for entry in before.entries if isinstance(entry.event, Action)}
    if id_ not in states:
        raise UsageError(f"no action has the id {quote(id_)}", nearest(id_, filter(None, states)))
    # What is not said stays as it was; an action without a state would be open again.
    return [{"state": states[id_], **asked.event, "id": id_}]


def _reviewed(asked: Asked, before: Before) -> Sequence[Fields]:
    options = asked.options
    usual = asked.store.review(options.id)
    word = str(usual) if options.file is None else options.file
    ref = usual.relative_to(asked.store.root / options.id).as_posix() if options.file is None else word
    known = {entry.event.text for entry in before.entries if isinstance(entry.event, Action)}
    items = [item for item in action_items(word, options.id) if item["text"] not in known]
    return [{"event": "reviewed", "ref": ref}, *({"event": "action", **item, "ref": ref} for item in items)]


def _struck(asked: Asked, before: Before) -> Sequence[Fields]:  # noqa: ARG001 - the others need it
    if asked.options.reason is None:
        raise UsageError("no `--reason`", "say why it was a mistake")
    return [asked.event]


# The verbs


def _argument(*names: str, **options: Any) -> Argument:
    return methodcaller("add_argument", *names, **options)


def _named(what: str, names: Sequence[str]) -> dict[str, Any]:
    """One of so many names that they stand in the help."""
    return {**choice(what, *names), "metavar": what.upper(), "help": f"one of {', '.join(names)}"}


_NOTE = _argument("--note", metavar="TEXT", help="what there is to say of it")
_TEXT = _argument("text", metavar="TEXT", help="what there is to say")
_ROLE = _argument("role", metavar="ROLE", help="a role of the pack")
_REASON = _argument("--reason", metavar="TEXT", help="why")
_CUSTOMER = _argument("--customer", metavar="CUSTOMER", help="the customer that it is from, or for")
_CUSTOMERS = _argument(
    "--customer", dest="customers", metavar="CUSTOMER", action="append", default=[], help="one affected; repeatable"
)
_FACT = _argument(
    "--fact",
    metavar="NAME=VALUE",
    action="append",
    default=[],
    help="what is known, such as functionality=down, or `null` for what is not known; repeatable",
)
_ON = _argument("--on", metavar="WHOM", help="whom it waits for, such as customer")

VERBS = {
    "open": Verb(
        "opened",
        "it was reported: begins the log",
        (
            _argument("file", nargs="?", metavar="FACTS", help="a file of JSON or YAML, or `-` for standard input"),
            _FACT,
            _argument("--title", metavar="TEXT", help="what it is called"),
            _CUSTOMERS,
        ),
        _opened,
    ),
    "ack": Verb("acknowledged", "somebody has answered", (_NOTE,)),
    "facts": Verb(
        "facts",
        "what became known",
        (
            _FACT,
            _CUSTOMERS,
            _argument("--settles", action="store_true", help="drop what other sources said of these facts"),
        ),
        _facts,
    ),
    "override": Verb(
        "override",
        "somebody decides on another severity; needs `--by` and `--reason`",
        (
            _argument("severity", nargs="?", type=_whole, metavar="SEV", help="the severity"),
            _argument("--lift", action="store_true", help="end the override that holds"),
            _REASON,
            _argument("--approved-by", metavar="WHO", help="who approves, where the pack wants that"),
        ),
        _override,
    ),
    "update": Verb(
        "update_sent",
        "word of how it stands was sent",
        (
            _argument(
                "--audience", **choice("audience", "customers", "executives", "internal"), help="default: customers"
            ),
            _argument("--next", type=instant, metavar="INSTANT", help="when the following one was promised"),
            _CUSTOMER,
        ),
    ),
    "notify": Verb(
        "notified",
        "a role was told of the incident, or of a clock",
        (_ROLE, _argument("--about", **_named("clock", CLOCKS))),
        _of_a_role,
    ),
    "wait": Verb("waiting", "work waits for somebody else", (_ON,)),
    "resume": Verb("resumed", "a wait is over; without `--on` all of them", (_ON,)),
    "mitigate": Verb("mitigated", "it hurts less, and is not solved", (_NOTE,)),
    "resolve": Verb("resolved", "the customers can work again", (_NOTE,)),
    "reopen": Verb("reopened", "it was not solved after all", (_NOTE,)),
    "fix": Verb("fixed", "the cause is gone for good", (_NOTE,)),
    "close": Verb("closed", "nothing more is owed; unresolved, it was a false alarm", (_NOTE,)),
    "cause": Verb(
        "cause",
        "what was behind it",
        (
            _argument("category", **_named("cause", CAUSES)),
            _argument("--known-issue", metavar="ID", help="the known issue that it was"),
        ),
    ),
    "satisfaction": Verb(
        "satisfaction",
        "a customer's answer",
        (_argument("score", type=_whole, metavar="SCORE", help="1 to 5; 4 and 5 are satisfied"), _CUSTOMER),
    ),
    "action": Verb(
        "action",
        "something to be done, or how it stands with it",
        (
            _argument("text", nargs="?", metavar="TEXT", help="what is to be done"),
            _argument("--action-id", metavar="ID", help="an action of the log, to say what is new about it"),
            _argument("--owner", metavar="WHO", help="who does it"),
            _argument("--due", metavar="DUE", help="a day, or an instant"),
            _argument("--state", **choice("state", "open", "done", "dropped"), help="how it stands (default: open)"),
            _argument("--kind", **choice("kind", "prevention", "promise", "request"), help="what kind of action"),
            _argument("--for", metavar="CUSTOMER", help="whom it was promised to"),
        ),
        _action,
    ),
    "step": Verb(
        "step", "a step of the response plan is done", (_argument("item", metavar="ITEM", help="the step's id"),)
    ),
    "assign": Verb(
        "assigned",
        "somebody fills a role, or nobody does",
        (
            _ROLE,
            _argument("person", nargs="?", metavar="PERSON", help="who fills it"),
            _argument("--nobody", action="store_true", help="nobody fills it any more"),
        ),
        _assigned,
    ),
    "decide": Verb("decided", "a decision", (_TEXT,)),
    "note": Verb("note", "anything else worth keeping", (_TEXT,)),
    "review": Verb(
        "reviewed",
        "the review took place: writes its action items too",
        (
            _argument(
                "file", nargs="?", metavar="FILE", help="the review (default: outputs/final/post_incident_review.yaml)"
            ),
        ),
        _reviewed,
    ),
    "war-room": Verb(
        "war_room",
        "the war room was opened or closed",
        (
            _argument("state", **choice("state", "open", "closed"), help="how it is now"),
            _argument("--channel", metavar="CHANNEL", help="a link, or a name"),
        ),
    ),
    "strike": Verb(
        "struck",
        "an entry was a mistake: it counts as unwritten; needs `--reason`",
        (_argument("entry", metavar="ENTRY", help="the id of the entry"), _REASON),
        _struck,
    ),
}
"""Verb -> what it does."""
