"""A classification as Markdown, fit for a ticket's comment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from sevclass.api import Pack
from sevclass.classification import Assume, Classification
from sevclass.cli import words
from sevclass.cli.streams import printable

TABLE = "| line | id | severity | could be | criteria | war room |\n| --- | --- | --- | --- | --- | --- |"
"""The head of the table of a stream."""

# What makes marks, tables and mentions, and what would turn an address into a link.
_SPECIAL = re.compile(r"[\\`*_{}\[\]#+!|~^$@]|:(?=//)|(?<=www)\.")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def block(found: Classification, pack: Pack, assume: Assume, more: Iterable[str] = ()) -> Iterator[str]:
    """The lines about one incident, and then more that there is to say."""
    names = pack.severities
    id_ = "" if found.id is None else f": {code(words.whose(found.id, 0))}"
    yield f"### Severity {plain(words.named(found.severity, names))}{id_}"
    yield ""
    outlook = plain(words.outlook(found, names, assume))
    yield f"**{outlook[:1].upper()}{outlook[1:]}.**"
    yield from _reasons(found, names)
    yield from _owed(found)
    if found.roster:
        yield from heading("Roster")
        yield from (f"- {code(row.role)}: {row.duty}" for row in found.roster)
    yield ""
    because = ", ".join(map(code, found.war_room.because))
    yield f"**War room:** {f'open ({because})' if found.war_room.activate else 'not needed'}"
    if found.questions:
        yield from heading("Ask next")
        yield from (
            f"- {plain(q.ask)} ({code(q.fact)}, {plain(words.worth(q, names, assume))})" for q in found.questions
        )
    yield from more
    yield ""
    business = [plain(line) for line in words.notes(found, pack)]
    yield "; ".join([f"Pack {code(found.pack.name)} {plain(found.pack.version)}", *business])


def row(found: Classification, number: int, names: Mapping[int, str]) -> str:
    """One incident of a stream as a row of the table."""
    could_be = plain(words.named(found.could_be, names)) if found.could_be < found.severity else ""
    met = ", ".join(code(criterion.id) for criterion in words.deciding(found))
    war_room = "open" if found.war_room.activate else ""
    severity = plain(words.named(found.severity, names))
    return _cells(str(number), _id(found.id), severity, could_be, met, war_room)


def bad_row(id: str | None, number: int) -> str:
    """A line of a stream that could not be classified, as a row of the table."""
    return _cells(str(number), _id(id), "bad input", "", "", "")


def plain(text: str) -> str:
    """Text that means nothing to Markdown or HTML."""
    return _SPECIAL.sub(r"\\\g<0>", printable(text)).translate(_ENTITIES)


def code(text: str) -> str:
    """Text as code, which nothing in it can end."""
    shown = printable(text)
    fence = "`" * (max((len(run) for run in re.findall("`+", shown)), default=0) + 1)
    space = " " if "`" in shown or not shown.strip() else ""
    return f"{fence}{space}{shown}{space}{fence}"


def _cells(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def _id(id: str | None) -> str:
    return "" if id is None else code(words.whose(id, 0)).replace("|", "\\|")


def heading(text: str) -> Iterator[str]:
    """The title of what follows."""
    yield from ("", f"**{text}**", "")


def _reasons(found: Classification, names: Mapping[int, str]) -> Iterator[str]:
    yield from heading("Why")
    for criterion in words.deciding(found):
        because = ", ".join(f"{code(fact)} {words.value(value)}" for fact, value in criterion.because.items())
        yield f"- {plain(criterion.text)} ({code(criterion.id)}): {because}"
    if not words.deciding(found):
        yield "- No criterion is met, so it is the mildest severity"
    for severity, ids in words.milder(found).items():
        yield f"- Also met, {plain(words.named(severity, names))}: {', '.join(map(code, ids))}"


def _owed(found: Classification) -> Iterator[str]:
    opened = found.sla.opened_at
    yield from heading(f"SLA, opened {words.moment(opened)}" if opened else "SLA, from the opening")
    yield _cells("owed", "aim", "limit") if opened is None else _cells("owed", "aim", "by (UTC)", "limit", "by (UTC)")
    yield _cells(*["---"] * (3 if opened is None else 5))
    for label, target in words.owed(found.sla):
        if target is None:
            figures = ["none"] + [""] * (1 if opened is None else 3)
        elif target.due and target.limit_at:
            figures = [target.target, words.moment(target.due), target.limit, words.moment(target.limit_at)]
        else:
            figures = [target.target, target.limit]
        yield _cells(label, *figures)
