"""What a report says, in words and in order: sections of rows, which each format lays out in its own way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sevclass.cli import words
from sevclass.cli.moments import moment
from sevclass.durations import length
from sevclass.insight.figures import Fall, NetTimes, Rising, Target, Times, percent
from sevclass.insight.period import Period
from sevclass.insight.report import Report
from sevclass.problems import printable

VERDICTS = {"met": "met", "missed": "missed", "too_few": "too few"}
_NONE = "-"
_MOST_LISTED = 8
"""The most incidents or customers of a repeat that are named."""
_NAMES = {
    "response_sla": "initial response in time",
    "resolution_time": "time to resolve",
    "satisfaction": "satisfied customers",
    "repeats": "repeats",
    "reviews_on_time": "reviews in time",
    "actions_on_time": "actions in time",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A title and rows of cells, all as many; a list has no head. The cells are what an input said, or made of it."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    head: tuple[str, ...] = ()


def title(report: Report) -> str:
    """Which period it is about."""
    period = report.period
    last = period.end - timedelta(days=1)
    year, week, _ = period.start.isocalendar()
    named = f"in {year}-W{week:02}, " if period.is_week else "from "
    return f"Escalations {named}{period.start} to {last} ({period.zone})"


def _named(period: Period) -> str:
    return "week" if period.is_week else "period"


def sections(report: Report, names: Mapping[int, str]) -> Iterator[Section]:
    """All that have something to say; `names` are those of the severities."""
    found = (
        Section(title="Summary", rows=tuple(_summary(report, names))),
        Section(title="Highlights", rows=tuple((one.text, _of(one.incident)) for one in report.highlights)),
        Section(title="Trends", rows=tuple(_trends(report))),
        Section(title="Action items", rows=tuple(_actions(report))),
        Section(title="Targets", rows=tuple(map(_target, report.targets)), head=("verdict", "of", "figure", "target")),
        Section(title="Times", rows=tuple(_times(report, names)), head=_TIMES),
        Section(title="In time", rows=tuple(_compliance(report)), head=("of", "all", *_numbers(names))),
        Section(title="Causes", rows=tuple(_causes(report))),
        Section(title="Follow-up", rows=tuple(_follow_up(report))),
    )
    return (section for section in found if section.rows)


def footer(report: Report) -> str:
    """As of when, and by which pack."""
    return f"as of {moment(report.now)}, pack {report.pack.name} {report.pack.version}"


def _of(incident: str | None) -> str:
    return "" if incident is None else printable(incident)


def _summary(report: Report, names: Mapping[int, str]) -> Iterator[tuple[str, str, str]]:
    volume, month, flow = report.volume, report.month, report.open
    before = f"{_named(report.period)} before"
    yield "total", str(volume.total), _against(volume.previous_total, volume.change, f"in the {before}")
    for severity, n in volume.by_severity.items():
        was = volume.previous_by_severity[severity]
        yield f"severity {words.named(int(severity), names)}", str(n), _against(was, n - was, f"in the {before}")
    since = f"in as many days from {month.previous_start}" if month.end.day != 1 else "in the month before"
    yield f"since {month.start}", str(month.total), _against(month.previous_total, month.change, since)
    yield "carried over", str(flow.carried_over), ""
    yield "resolved", str(flow.resolved), ""
    yield "open now", str(flow.now_open), f"{flow.reopened} reopened" if flow.reopened else ""
    if report.withdrawn:
        yield "withdrawn", str(report.withdrawn), "counted nowhere else"
    customers = report.customers_impacted
    if customers.lacking < volume.total:
        least = "at least " if customers.at_least else ""
        yield "customers affected", f"{least}{customers.total}", _lacking(customers.lacking)


def _against(before: int, change: int, when: str) -> str:
    return f"{before} {when} ({change:+})" if change else f"{before} {when}"


def _lacking(n: int) -> str:
    return f"{n} lacking" if n else ""


def _trends(report: Report) -> Iterator[tuple[str, str]]:
    for one in report.rising:
        # A flag has no level worse than true.
        level = "" if one.level is True else f", {words.value(one.level)} or worse,"
        what = f"cause {one.cause}" if one.fact is None else f"{one.fact}{level}"
        yield f"{what} rises: {one.now}, after {one.before}", _taken(one)
    for again in report.repeats:
        named = f"known issue {printable(again.known_issue)} ({again.cause}) came again: {_listed(again.incidents)}"
        yield named, f"customers: {_listed(again.customers)}" if again.customers else "no customer named"


def _listed(ids: Iterable[str | None]) -> str:
    shown = [printable(id_) if id_ is not None else "without an id" for id_ in ids]
    more = len(shown) - _MOST_LISTED
    return ", ".join(shown[:_MOST_LISTED]) + (f" and {more} more" if more > 0 else "")


def _taken(one: Rising) -> str:
    if one.action is None:
        return "no action recorded"
    return f"action: {_task(one.action.text, one.action.id, one.action.owner)}"


def _task(text: str | None, id_: str | None, owner: str | None) -> str:
    return f"{printable(text or id_ or 'without a text')} [{printable(owner) if owner else 'nobody'}]"


def _actions(report: Report) -> Iterator[tuple[str, str, str]]:
    for action in report.open_actions:
        late = ", overdue" if action.overdue else ""
        due = "no date" if action.due is None else f"due {words.day(action.due)}{late}"
        yield _task(action.text, action.id, action.owner), due, _of(action.incident)


def _target(target: Target) -> tuple[str, str, str, str]:
    of = f"{target.numerator} of {target.denominator}"
    if target.name == "repeats":
        figure = f"{target.numerator}, after {target.denominator}"
    elif target.name == "resolution_time":
        figure = f"falls in {of} severities"
        figure += "".join(_fall(severity, fall) for severity, fall in target.by_severity.items())
    else:
        figure = of if not target.denominator else f"{of} ({percent(target.numerator, target.denominator)})"
    return VERDICTS[target.verdict], _NAMES[target.name], figure, target.target


def _fall(severity: str, fall: Fall) -> str:
    """The means of a severity that has enough in both periods."""
    if fall.verdict == "too_few" or fall.now is None or fall.before is None:
        return ""
    return f"; severity {severity}: {length(fall.now)}, after {length(fall.before)}"


_TIMES = ("time to", "severity", "n", "mean", "median", "90%", "lacking")


def _times(report: Report, names: Mapping[int, str]) -> Iterator[tuple[str, ...]]:
    """Only of severities that had incidents, and of what some of them have."""
    each: dict[str, Mapping[str, Times]] = {
        "acknowledge": report.time_to_acknowledge,
        "identify": report.time_to_identify,
        "mitigate": report.time_to_mitigate,
        "resolve": report.time_to_resolve,
        "fix for good": report.time_to_permanent_fix,
    }
    for name, found in each.items():
        if not any(times.n for times in found.values()):
            continue
        for severity, times in found.items():
            if not times.n + times.lacking:
                continue
            called, lacking = words.named(int(severity), names), str(times.lacking)
            yield name, called, str(times.n), *map(_long, (times.mean_s, times.median_s, times.p90_s)), lacking
            net = isinstance(times, NetTimes) and (times.net_mean_s, times.net_median_s, times.net_p90_s)
            if net and net[0] != times.mean_s:
                yield f"{name}, net", called, str(times.n), *map(_long, net), lacking


def _long(seconds: int | None) -> str:
    return _NONE if seconds is None else length(seconds)


def _numbers(names: Iterable[int]) -> Iterator[str]:
    return (f"severity {number}" for number in names)


def _compliance(report: Report) -> Iterator[tuple[str, ...]]:
    for clock, found in report.compliance.items():
        if found.owed:
            each = (f"{one.met} of {one.owed}" if one.owed else _NONE for one in found.by_severity.values())
            every = f"{found.met} of {found.owed} ({percent(found.met, found.owed)})"
            yield clock.replace("_", " "), every, *each


def _causes(report: Report) -> Iterator[tuple[str, str]]:
    total = sum(share.n for share in report.causes.values())
    for cause, share in report.causes.items():
        yield cause, f"{share.n} of {total} ({percent(share.n, total)})"
    if total and report.lacking.cause:
        yield "without a cause", str(report.lacking.cause)


def _follow_up(report: Report) -> Iterator[tuple[str, str]]:
    actions, reviews, answers = report.actions, report.reviews, report.satisfaction
    if actions.total:
        done = f"{actions.done} of {actions.total} done; {actions.on_time} of {actions.owed} due in time"
        yield "actions", done
    if reviews.owed or reviews.pending:
        held = f"{reviews.on_time} of {reviews.owed} in time; {reviews.pending} with time left"
        yield "reviews", held
    if answers.answers:
        said = f"{answers.satisfied} of {answers.answers} satisfied"
        yield "answers", f"{said}; {answers.lacking} without an answer" if answers.lacking else said
