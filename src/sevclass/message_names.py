"""The names that a message's templates may use, beside what the message promises and what only a person can say."""

from __future__ import annotations

from collections.abc import Collection, Mapping

VALUES: Mapping[str, str] = {
    "title": "what the incident is called",
    "incident": "its id",
    "severity": "the number of the severity in force",
    "severity_name": "its name",
    "could_be": "the number of the severity that it could still be, where that is a worse one",
    "could_be_name": "its name",
    "phase": "`open`, `resolved`, `closed`, or `withdrawn`",
    "now": "the instant of writing",
    "opened_at": "when it was opened",
    "resolved_at": "when the customers could work again, if they can",
    "cause": "the pack's text of what was behind it, if the log says",
    "customer": "whom it is written to",
    "sender": "who writes it",
    "phone": "under which number they can be reached",
    "channel": "where the war room is, while one is open",
    "lead": "the role that leads or handles: the first of the roster",
    "lead_person": "who fills it",
    "owed": "the clock to look after first, as `status_update`",
    "owed_role": "the role that it tells, of a notification",
    "owed_by": "its limit",
}
"""Name of one value -> what it is."""

LISTS: Mapping[str, str] = {
    "impact": "of the message's `facts` those that are known and not harmless",
    "customers": "the customers that are known to be affected",
    "workarounds": "what helps, by the known issues that match",
    "explanations": "what customers may be told, by the known issues that match",
    "waiting": "whom it waits for",
    "roster": "who must come",
    "actions": "what is to be done still",
}
"""Name of a list -> what it holds."""

ITEMS: Mapping[str, Collection[str]] = {
    "impact": ("text", "ask"),
    "roster": ("role", "duty", "person"),
    "actions": ("text", "owner", "due"),
}
"""Name of a list -> what each item has, where it is more than a text."""

SAYABLE: Collection[str] = ("title", "incident")
"""Those that a person can say where the incident does not."""

RESERVED: Collection[str] = {"loop", "self", "super", "caller", "varargs", "kwargs"}
"""Words that templates keep for themselves."""

TAKEN: Collection[str] = {*RESERVED, *VALUES, *LISTS}
"""What a pack cannot call a promise."""
