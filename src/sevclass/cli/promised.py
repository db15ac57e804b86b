"""What a message promises, as entries of the incident's log: written there, or as the commands that would do it."""

from __future__ import annotations

import shlex
from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sevclass.cli.arguments import UsageError
from sevclass.cli.logbook import Added, Before, Fields, Logbook
from sevclass.cli.reported import Reported
from sevclass.incident.events import Action
from sevclass.incident.knowledge import Knowledge
from sevclass.incident.store import Store
from sevclass.instants import instant_text
from sevclass.playbook import Draft
from sevclass.playbook.promises import Promise


def record(made: Draft, found: Reported, store: Store, options: Namespace) -> Added | None:
    """Write the promises into the log of the incident, and that the message was sent; None if nothing is new.

    Raises UsageError if it is not kept below the root, and SevclassError where nothing can be written.
    """
    id_ = _kept(found, store)
    if options.sent and made.sent is None:
        raise UsageError(f"`--sent` says nothing of `{made.kind}`", "it is no event of the log: leave it out")
    now = datetime.now(UTC)
    book = Logbook(store=store, id=id_, pack=options.pack, now=now, at=options.now, knowledge=Knowledge(store))
    if not list(events(made, Before(found.entries, found.pack), options)):
        return None

    def made_of_it(before: Before) -> Sequence[Fields]:
        # The opening may stand apart from the log, and comes last then.
        if list(found.entries[: len(before.entries)]) != list(before.entries):
            raise UsageError("the log has changed since it was read", "nothing is recorded; draft the message again")
        return list(events(made, before, options))

    return book.append(made_of_it)


def events(made: Draft, before: Before, options: Namespace) -> Iterator[Fields]:
    """The entries: each promise that the log does not have yet, and the sending."""
    by = {"by": options.sender} if options.sender else {}
    actions = [entry.event for entry in before.entries if isinstance(entry.event, Action)]
    if options.sent:
        yield from _kept_by_it(made, actions, options.customer, by)
    for promise in made.promises:
        if not any(_is_same(promise, action) for action in actions):
            owner = {"owner": options.sender} if options.sender else {}
            to = {"for": promise.customer} if promise.customer else {}
            yield {
                "event": "action",
                "text": promise.text,
                **owner,
                "due": promise.due,
                "kind": "promise",
                **to,
                **by,
            }
    if options.sent and made.sent == "acknowledged":
        yield {"event": "acknowledged", **by}
    elif options.sent:
        to = {"customer": options.customer} if options.customer else {}
        following = {"next": made.next} if made.next else {}
        yield {"event": "update_sent", "audience": made.audience, **to, **following, **by}


def commands(made: Draft) -> Iterator[str]:
    """The words that would write each promise down, and that the message was sent."""
    id_ = made.id or "ID"
    for promise in made.promises:
        to = _option("--for", promise.customer)
        due = ["--due", instant_text(promise.due)]
        yield shlex.join(["sevclass", "incident", "action", id_, promise.text, "--kind", "promise", *due, *to])
    if made.sent == "acknowledged":
        yield shlex.join(["sevclass", "incident", "ack", id_])
    elif made.sent:
        following = ["--next", instant_text(made.next)] if made.next else []
        yield shlex.join(["sevclass", "incident", "update", id_, "--audience", str(made.audience), *following])


def _option(name: str, value: str | None) -> list[str]:
    """An option with its value, which may begin as an option does."""
    if not value:
        return []
    return [f"{name}={value}"] if value.startswith("-") else [name, value]


def _kept(found: Reported, store: Store) -> str:
    """The id of the incident. Raises UsageError if its log is not the one below the root."""
    hint = "name the incident by its id below the root"
    if found.id is None or found.path is None:
        raise UsageError("`--record` takes an incident that is kept below the root", hint)
    here = found.path.resolve()
    if here not in {store.timeline(found.id).resolve(), store.instruction(found.id).resolve()}:
        raise UsageError("`--record` takes an incident that is kept below the root", hint)
    return found.id


def _kept_by_it(made: Draft, actions: Sequence[Action], customer: str | None, by: Fields) -> Iterator[Fields]:
    """The promises of an update that are open, and kept by sending this one to a customer, or to all of them."""
    texts = {promise.text for promise in made.promises if promise.clock == "status_update"}
    last = {action.id: action for action in actions if action.id is not None}
    first = {action.id: action for action in reversed(actions) if action.id is not None}
    for id_, action in first.items():
        is_told = customer is None or action.for_ == customer
        if is_told and action.kind == "promise" and action.text in texts and last[id_].state == "open":
            yield {"event": "action", "id": id_, "state": "done", **by}


def _is_same(promise: Promise, action: Action) -> bool:
    return (promise.text, promise.due, promise.customer) == (action.text, action.due, action.for_)
