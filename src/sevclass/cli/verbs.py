"""What can be written into the log of an incident: each verb, the words it takes and the events it makes of them."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Mapping, Sequence
from operator import methodcaller
from typing import Any, NamedTuple, TypeAlias

from sevclass.cli import entries
from sevclass.cli.arguments import UsageError, choice, instant
from sevclass.cli.logbook import Before, Fields
from sevclass.incident.events import KINDS
from sevclass.incident.store import Store
from sevclass.problems import quote

_LAST = ("by", "source", "ref")
"""What any event may have, after what is its own."""
_OTHERWISE = {"at", "event", "id", "incident", "logged_at", *_LAST}


Argument: TypeAlias = Callable[[ArgumentParser], object]
"""Adds an argument to a parser; those that are called like a field of the event fill it."""


class Verb(NamedTuple):
    """A verb: the event that it writes, what that says, the words it takes, what makes events of them, and reads."""

    event: str
    help: str
    arguments: Sequence[Argument] = ()
    make: entries.Make = entries.as_said
    look: entries.Look = entries.nothing

    def events(self, options: Namespace, store: Store, items: Sequence[Fields], before: Before) -> Sequence[Fields]:
        """The events, without the instant at which they happened where that is the one of `--at`.

        `items`: what `look` has found.

        Raises UsageError and SevclassError.
        """
        given = {name: value for name, value in vars(options).items() if value is not False and value not in (None, [])}
        names = [field.alias or name for name, field in KINDS[self.event].model_fields.items()]
        own = {name: given[name] for name in names if name in given and name not in _OTHERWISE}
        _check_text(own, given)
        made = self.make(entries.Asked(options, {"event": self.event, **own}, store, items), before)
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


# The verbs


def _argument(*names: str, **options: Any) -> Argument:
    return methodcaller("add_argument", *names, **options)


def _one_of(names: Sequence[str]) -> str:
    return f"one of {', '.join(names)}"


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
        entries.opened,
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
        entries.facts,
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
        entries.override,
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
        (
            _ROLE,
            _argument(
                "--about", metavar="CLOCK", help=f"{_one_of(entries.ABOUT)}, notification:ROLE, or the id of an action"
            ),
        ),
        entries.notified,
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
            _argument("category", metavar="CAUSE", help="one of the pack's `causes`"),
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
        entries.action,
    ),
    "step": Verb(
        "step",
        "a step of the response plan is done",
        (_argument("item", metavar="ITEM", help="the step's id"),),
        entries.step,
    ),
    "assign": Verb(
        "assigned",
        "somebody fills a role, or nobody does",
        (
            _ROLE,
            _argument("person", nargs="?", metavar="PERSON", help="who fills it"),
            _argument("--nobody", action="store_true", help="nobody fills it any more"),
        ),
        entries.assigned,
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
        entries.reviewed,
        entries.review,
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
        entries.struck,
    ),
}
"""Verb -> what it does."""
