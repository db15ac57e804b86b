"""Report on the incidents of a week: figures, trends, and what is to be done.

FOLDER is a folder with the event logs of incidents, one log, a `.jsonl` file
of many, or `-` for standard input. Incidents count for the period that they
were opened in, whatever became of them later, up to `--now`. Without a period
it is the last whole week. Exit status 1: with `--fail-on missed`, a target of
the pack was missed.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

from sevclass.api import DEFAULT_PACK, Pack
from sevclass.cli import formats, report_data, report_page, report_text, streams
from sevclass.cli.arguments import Needed, UsageError, choice, instant
from sevclass.cli.sampled import Sampling
from sevclass.cli.statuses import BAD_INPUT, DONE, FOUND
from sevclass.cli.timelines import pack_named
from sevclass.insight.period import Period, day, last_week, week, zone_of
from sevclass.insight.report import Report, report_of
from sevclass.insight.sampling import Sampler
from sevclass.problems import quote
from sevclass.zones import known_zone

if TYPE_CHECKING:
    from sevclass.cli.progress import Bar  # it brings in rich

_FOLDER_HELP = "a folder of event logs, one log, a `.jsonl` file of many, or `-` for standard input"
_FOLDER_HINT = "name a folder of event logs, one of them, or `-` for standard input"
_FORMAT_HELP = (
    "text, the default on a terminal: for people; json, the default elsewhere; yaml, markdown or csv; or html: one page"
    " with charts"
)
_NAMES = ("text", "json", "yaml", "markdown", "html", "csv")

_Read = TypeVar("_Read")


def _read(read: Callable[[str], _Read]) -> Callable[[str], _Read]:
    """The type of an argument that is read so."""

    def argument(text: str) -> _Read:
        try:
            return read(text)
        except ValueError as error:
            message, _, hint = str(error).partition("\n")
            raise ArgumentTypeError(f"{quote(text)} {message}; {hint}") from None

    return argument


def add_arguments(parser: ArgumentParser) -> None:
    """What `report` takes."""
    add = parser.add_argument
    add("folder", action=Needed, metavar="FOLDER", help=_FOLDER_HELP, hint=_FOLDER_HINT)
    add("--week", type=_read(_week), metavar="WEEK", help="the week to report on, as 2026-W10")
    add("--from", dest="start", type=_read(day), metavar="DATE", help="the first day to report on, with `--to`")
    add("--to", dest="end", type=_read(day), metavar="DATE", help="the first day that no longer belongs to it")
    add("--now", type=instant, metavar="INSTANT", help="the instant to show, as 2026-03-09T09:00:00Z (default: now)")
    zone_help = "where days begin, as Europe/Berlin (default: where the pack's calendar is, else UTC)"
    add("--zone", type=_read(known_zone), metavar="ZONE", help=zone_help)
    add("--pack", help=f"the pack to read them under (default: {DEFAULT_PACK})")
    add("--format", type=choice("format", *_NAMES)["type"], metavar="FORMAT", help=_FORMAT_HELP)
    add("--fail-on", **choice("verdict", "missed"), help="exit status 1 if a target was missed")


def _week(text: str) -> str:
    week(text, "UTC")
    return text


def run(options: Namespace) -> int:
    """Report.

    Raises UsageError, or SevclassError where there is nothing to read.
    """
    now: datetime = options.now or datetime.now(UTC)
    pack = pack_named(options.pack or DEFAULT_PACK)
    period = _period(options, pack, now)
    bars = _bars(options.folder)
    reading, sampler = Sampling(options.folder, options.pack, now, bars), Sampler(pack, period, now)
    try:
        reading.take(sampler)
    finally:
        for bar in bars or ():
            bar.clear()
    streams.tell(reading.problems)
    reading.expect_some()
    if reading.is_bad and reading.is_vain:
        return BAD_INPUT
    report = report_of(sampler.samples, pack, reading.problems)
    _print(report, pack, options.format or formats.usual())
    if reading.is_bad:
        return BAD_INPUT
    return FOUND if options.fail_on and report.is_missed else DONE


def _period(options: Namespace, pack: Pack, now: datetime) -> Period:
    """What to report on.

    Raises UsageError if that makes no sense.
    """
    zone = options.zone or zone_of(pack)
    start: date | None = options.start
    end: date | None = options.end
    if options.week and (start or end):
        raise UsageError("`--week` and a range of days", "give one of the two")
    if options.week:
        found = week(options.week, zone)
    elif start and end:
        if start >= end:
            raise UsageError("`--to` is not after `--from`", "it is the first day that no longer belongs to it")
        found = Period(start=start, end=end, zone=zone)
    elif start or end:
        raise UsageError(f"`--{'to' if start else 'from'}` is missing", "a range has both ends")
    else:
        found = last_week(now, zone)
    if found.starts_at > now:
        raise UsageError(f"the period begins on {found.start}, which is not yet", "name one that has begun by `--now`")
    return found


def _bars(folder: str) -> tuple[Bar, Bar] | None:
    """The progress bars, one after the other, where a person can see one."""
    if not streams.is_terminal(sys.stderr) or streams.is_dumb():
        return None
    from sevclass.cli.progress import Bar

    name = PurePath(folder).name
    return Bar(name, None, counts="line"), Bar(name, None, counts="incident")


def _print(report: Report, pack: Pack, form: str) -> None:
    match form:
        case "json":
            formats.say_json(report.model_dump())
        case "yaml":
            streams.say(report_data.yaml_text(report))
        case "markdown":
            streams.say("\n".join(report_text.markdown_lines(report, pack.severities)))
        case "html":
            streams.write(report_page.html(report, pack.severities))
        case "csv":
            streams.say("\n".join(report_data.csv_lines(report)))
        case _:
            formats.Page(sys.stdout).show(report_text.rows(report, pack.severities))
