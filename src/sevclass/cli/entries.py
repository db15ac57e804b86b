"""What a verb writes: the entries that take more than the fields of one event."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeAlias

from sevclass.api import Pack
from sevclass.cli.arguments import UsageError
from sevclass.cli.fact_words import facts_said
from sevclass.cli.inputs import name_of
from sevclass.cli.instruction import report, reported
from sevclass.cli.logbook import Before, Fields, named
from sevclass.cli.review_file import reviewed as reviewed_in
from sevclass.cli.whereabouts import file_of
from sevclass.incident.disk import is_there
from sevclass.incident.events import Action, Opened
from sevclass.incident.log import Entry
from sevclass.incident.records import Records
from sevclass.incident.store import INSTRUCTION, Store
from sevclass.incident.track import CLOCKS
from sevclass.insight.review import ActionItem
from sevclass.problems import nearest, quote

ABOUT = (*CLOCKS, "action", "promise")
"""What a role can be told of; also one notification, as `notification:ROLE`, and an action by its id."""


class Asked(NamedTuple):
    """What somebody wants written: the words as options, the event that they make, where, and what was read for it."""

    options: Namespace
    event: Fields
    store: Store
    items: Sequence[Fields]


Make: TypeAlias = Callable[[Asked, Before], Sequence[Fields]]
Look: TypeAlias = Callable[[Namespace, Store], Sequence[Fields]]
"""Reads what a verb takes from elsewhere, before the log is locked: it may be slow, or a pipe that can be read once."""


def as_said(asked: Asked, before: Before) -> Sequence[Fields]:  # noqa: ARG001 - the others need it
    """The event as it is."""
    return [asked.event]


def opened(asked: Asked, before: Before) -> Sequence[Fields]:
    """The opening: what a file of facts says, or else the instruction, and what is said beside it.

    Raises UsageError and SevclassError.
    """
    options, pack = asked.options, before.pack
    begins_with = asked.store.instruction(options.id)
    fields: Fields = {}
    if options.file is not None:
        fields = report(options.file, pack, options.id, at=options.at)
    elif is_there(begins_with):
        fields = {**reported(begins_with, pack, options.id, at=options.at), "ref": INSTRUCTION}
    said = facts_said(options.fact, pack)
    return [{**fields, **asked.event, "facts": {**fields.get("facts", {}), **said}, "pack": named(pack)}]


def facts(asked: Asked, before: Before) -> Sequence[Fields]:
    """What became known.

    Raises UsageError and SevclassError.
    """
    if not (asked.options.fact or asked.options.customers):
        raise UsageError("nothing to write", "give `--fact NAME=VALUE`, or `--customer CUSTOMER`")
    return [{"event": "facts", "facts": facts_said(asked.options.fact, before.pack), **asked.event}]


def override(asked: Asked, before: Before) -> Sequence[Fields]:  # noqa: ARG001 - the others need it
    """A decision on the severity, or its end.

    Raises UsageError.
    """
    options = asked.options
    if (options.severity is None) is not options.lift:
        raise UsageError("an override takes either SEV or `--lift`", "`--lift` ends the override that holds")
    for name, what in {"by": "who decides", "reason": "why"}.items():
        if vars(options)[name] is None:
            raise UsageError(f"no `--{name}`", f"an override says {what}")
    if options.approved_by == options.by:
        raise UsageError("nobody approves of their own decision", "`--approved-by` is somebody else")
    return [{"event": "override", "severity": options.severity, **asked.event}]


def notified(asked: Asked, before: Before) -> Sequence[Fields]:
    """Word to a role, of the incident or of a clock.

    Raises UsageError.
    """
    roles, about = _check_role(asked.options.role, before.pack), asked.options.about
    actions = [entry.event.id for entry in before.entries if isinstance(entry.event, Action) and entry.event.id]
    if about not in {None, *ABOUT, *(f"notification:{role}" for role in roles), *actions}:
        hint = nearest(about, ABOUT) or f"one of {', '.join(map(quote, ABOUT))}, or the id of an action"
        raise UsageError(f"unknown clock {quote(about)}", hint)
    return [asked.event]


def assigned(asked: Asked, before: Before) -> Sequence[Fields]:
    """A role, or a position in the war room, and who fills it.

    Raises UsageError.
    """
    options = asked.options
    if (options.person is None) is not options.nobody:
        raise UsageError("a role takes either PERSON or `--nobody`", "`--nobody` takes it from whoever has it")
    _check_role(options.role, before.pack, before.pack.model_dump().get("war_room_setup", {}).get("positions", ()))
    return [{**asked.event, "person": options.person}]


def _check_role(role: str, pack: Pack, positions: Iterable[str] = ()) -> Iterable[str]:
    """The roles of the pack. Raises UsageError if it has none of that name, nor such a position."""
    roles: dict[str, str] = pack.model_dump().get("roles", {})
    known = dict.fromkeys((*roles, *positions))
    if role not in known:
        hint = nearest(role, known) or f"one of {', '.join(map(quote, known))}"
        raise UsageError(f"unknown role {quote(role)}", hint)
    return roles


def action(asked: Asked, before: Before) -> Sequence[Fields]:
    """A new action, or what is new about one.

    Raises UsageError.
    """
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


def step(asked: Asked, before: Before) -> Sequence[Fields]:
    """A step of the plan that is done; in a pack that has no plan, any.

    Raises UsageError.
    """
    plan: dict[str, Any] = before.pack.model_dump().get("plan", {})
    phases = plan.get("phases", {}).values()
    known = [id_ for phase in phases for part in ("actions", "questions") for id_ in phase.get(part, {})]
    item = asked.options.item
    if known and item not in known:
        hint = nearest(item, known) or f"one of {', '.join(map(quote, known))}"
        raise UsageError(f"the plan has no step {quote(item)}", hint)
    return [asked.event]


def nothing(options: Namespace, store: Store) -> Sequence[Fields]:  # noqa: ARG001 - the others need it
    """All that there is to say are the words."""
    return ()


def review(options: Namespace, store: Store) -> Sequence[Fields]:
    """The action items of the review.

    Raises SevclassError, also if there is no such incident.
    """
    file_of(store, options.id)
    return reviewed_in(store.review(options.id) if options.file is None else options.file, options.id).actions


def reviewed(asked: Asked, before: Before) -> Sequence[Fields]:
    """The review, and what is to be done after it that the log does not have yet."""
    options = asked.options
    usual = asked.store.review(options.id).relative_to(asked.store.root / options.id)
    ref = usual.as_posix() if options.file is None else name_of(options.file)
    beside = {} if options.file == "-" else {"ref": ref}
    items = [item for item in (_news(item, before.entries) for item in asked.items) if item]
    return [{"event": "reviewed", **beside}, *({"event": "action", **item, **beside} for item in items)]


def _news(item: Fields, entries: Iterable[Entry]) -> Fields | None:
    """What a review says of an action that the log does not have yet; None if that is nothing."""
    records = Records()
    known = [entry.event for entry in entries if isinstance(entry.event, Action)]
    for event in known:
        records.act(event)
    named = next((action for action in records.actions if item.get("id") and action.id == item["id"]), None)
    if named is None:
        return None if item["text"] in {event.text for event in known} else item
    was = ActionItem.of(named)
    is_ = ActionItem.model_validate({key: value for key, value in item.items() if key != "kind"})
    said = {name for name in is_.model_fields_set if getattr(is_, name) != getattr(was, name, None)}
    return {"state": named.state, **item} if said else None


def struck(asked: Asked, before: Before) -> Sequence[Fields]:
    """The end of an entry.

    Raises UsageError.
    """
    if asked.options.reason is None:
        raise UsageError("no `--reason`", "say why it was a mistake")
    openings = {entry.event.id for entry in before.entries if isinstance(entry.event, Opened)}
    if openings == {asked.options.entry}:
        hint = "put its facts right with `sevclass incident facts`, or close the incident"
        raise UsageError("an incident is nothing without its opening", hint)
    return [asked.event]
