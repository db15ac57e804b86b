"""A classification as lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sevclass.api import Pack
from sevclass.classification import Assume, Classification, Notification, Owed
from sevclass.cli import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line: what leads it, and then cells. On a terminal too narrow for it, it goes on below, each cell on its own.

    Where `is_list` is set, several cells share a line as long as they fit, and the last is cut short at its end. The
    styles are in the words of rich; that of the lead ends where its text does.
    """

    lead: str = ""
    cells: tuple[str, ...] = ()
    lead_style: str = ""
    style: str = ""
    is_list: bool = False

    def __str__(self) -> str:
        return (self.lead + "".join(self.cells)).rstrip()


def rows(found: Classification, pack: Pack, assume: Assume, more: Iterable[Row] = ()) -> Iterator[Row]:
    """Everything about one incident, what decides first, and then more that there is to say."""
    names = pack.severities
    severity = f"Severity {words.named(found.severity, names)}  "
    id_ = "" if found.id is None else words.whose(found.id, 0)
    yield Row(lead=severity, lead_style=style_of(found.severity, len(names)), cells=(id_,))
    yield Row(cells=(words.outlook(found, names, assume),), style="bold")
    yield from _reasons(found, names)
    yield from _owed(found)
    if found.roster:
        yield from heading("Roster")
        yield from columns([(row.role, row.duty) for row in found.roster])
    yield from heading("War room")
    because = ", ".join(found.war_room.because)
    yield Row(lead="  ", cells=(f"open: {because}" if found.war_room.activate else "not needed",))
    yield from _questions(found, names, assume)
    yield from more
    yield Row()
    yield Row(cells=(f"pack {found.pack.name} {found.pack.version}",), style="dim")
    for line in words.notes(found, pack):
        yield Row(cells=(line,), style="dim")


def row_of(found: Classification, number: int, names: Mapping[int, str]) -> Row:
    """One incident of a stream on one line."""
    could_be = f"could be {found.could_be}" if found.could_be < found.severity else ""
    met = ", ".join(criterion.id for criterion in words.deciding(found)) or "no criterion met"
    war_room = "; war room" if found.war_room.activate else ""
    summary = f"{words.whose(found.id, number)}: {met}{war_room}"
    lead = _lead(words.named(found.severity, names), could_be, names)
    return Row(lead=lead, lead_style=style_of(found.severity, len(names)), cells=(summary,))


def bad_row(id: str | None, number: int, names: Mapping[int, str]) -> Row:
    """A line of a stream that could not be classified."""
    return Row(lead=_lead("bad input", "", names), cells=(words.whose(id, number),))


def style_of(severity: int, mildest: int) -> str:
    """The colour of a severity: the worst stands out, the mildest calms."""
    if severity == 1:
        return "bold white on red"
    if severity == mildest:
        return "bold green"
    return "bold red" if severity == 2 else "bold yellow"  # noqa: PLR2004


def _lead(severity: str, could_be: str, names: Mapping[int, str]) -> str:
    """The first two columns of a stream's lines, as wide as the widest that the pack can have."""
    room = max(len("bad input"), *(len(words.named(number, names)) for number in names))
    return f"{severity:<{room}}  {could_be:<{len(f'could be {len(names)}')}}  "


def heading(text: str) -> Iterator[Row]:
    """A blank line, and the title of what follows."""
    yield Row()
    yield Row(cells=(text,), style="bold")


def columns(pairs: Sequence[tuple[str, str]], indent: str = "  ", room: int = 0) -> Iterator[Row]:
    """Two columns, the left one as wide as its widest, or wider."""
    room = max(room, *(len(left) for left, _ in pairs))
    yield from (Row(lead=f"{indent}{left:<{room}}  ", cells=(right,)) for left, right in pairs)


def _reasons(found: Classification, names: Mapping[int, str]) -> Iterator[Row]:
    yield from heading("Why")
    for criterion in words.deciding(found):
        yield Row(lead="  ", cells=(f"{criterion.text} ", f"({criterion.id})"))
        because = ", ".join(f"{fact}: {words.value(value)}" for fact, value in criterion.because.items())
        yield Row(lead="    ", cells=(because,), style="cyan")
    if not words.deciding(found):
        yield Row(lead="  ", cells=("no criterion is met, so it is the mildest severity",))
    if milder := words.milder(found):
        yield from heading("Also met")
        yield from columns([(words.named(severity, names), ", ".join(ids)) for severity, ids in milder.items()])


def _owed(found: Classification) -> Iterator[Row]:
    opened = found.sla.opened_at
    since = f"opened {words.moment(opened)} (UTC)" if opened else "from the opening"
    yield from heading(f"SLA: what to aim for, and the limit; {since}")
    targets = dict(words.owed(found.sla))
    room = max(map(len, targets))
    figures = [target for target in targets.values() if target]
    durations = max((len(text) for target in figures for text in (target.target, target.limit)), default=0)
    for label, target in targets.items():
        yield Row(lead=f"  {label:<{room}}  ", cells=_cells(target, durations))


def _cells(target: Owed | Notification | None, durations: int) -> tuple[str, ...]:
    if target is None:
        return ("none owed",)
    aim = _figure(target.target, target.due, durations)
    if (target.target, target.due) == (target.limit, target.limit_at):
        return (aim,)
    return (f"{aim}  ", f"limit {_figure(target.limit, target.limit_at, durations)}")


def _figure(duration: str, at: datetime | None, durations: int) -> str:
    return f"{duration:<{durations}} {words.moment(at)}" if at else f"{duration:<{durations}}"


def _questions(found: Classification, names: Mapping[int, str], assume: Assume) -> Iterator[Row]:
    if not found.questions:
        return
    yield from heading("Ask next")
    room = max(len(question.fact) for question in found.questions)
    for worth, asked in groupby(found.questions, key=lambda question: words.worth(question, names, assume)):
        yield Row(lead="  ", cells=(worth,), style="bold")
        yield from columns([(question.fact, question.ask) for question in asked], "    ", room)
