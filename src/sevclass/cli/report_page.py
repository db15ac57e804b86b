"""A report as a page of HTML with charts, fit for the screen, a screen reader and A4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sevclass.cli import charts, page, report_words, words
from sevclass.cli.charts import Mark
from sevclass.cli.report_words import Section
from sevclass.durations import length
from sevclass.insight.figures import Met, NetTimes, percent
from sevclass.insight.report import Report

_STYLE = f"""\
{charts.STYLE}\
.charts {{ columns: 2 17rem; column-gap: 2rem; }}
tbody th {{ color: inherit; background: none; font-weight: normal; }}
.listed td:last-child {{ min-width: 5rem; }}
.short {{ white-space: nowrap; }}
@media screen and (max-width: 36rem) {{
  body {{ margin: 1rem auto; }}
  table, tbody, tr, tbody th {{ display: block; }}
  thead {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
  tr {{ border: 1px solid {charts.MARKS["track"]}; margin: .5rem 0; padding: .2rem .3rem; }}
  tbody th, td {{ border: 0; padding: .1rem .3rem; }}
  .listed td {{ display: block; }}
  .headed td {{ display: inline-block; }}
  tbody th, .headed td:first-child {{ display: block; font-weight: 600; }}
  .listed td:empty {{ display: none; }}
  .short {{ white-space: normal; }}
  .headed td::before {{ content: attr(data-of) ": "; }}
}}
@media print {{
  h1 {{ font-size: 1.35rem; margin-bottom: .4rem; }}
  h2 {{ margin-top: 1.1rem; }}
  th, td {{ padding: .15rem .4rem; }}
  table {{ break-inside: avoid; }}
  .long {{ break-inside: auto; }}
  figure {{ margin-bottom: .6rem; }}
}}
"""
_MOST_ROWS = 15
"""A table with more of them may go on on the next sheet of paper."""
_SHORT, _MOST_SHORT = 12, 8
"""A cell with no more letters is not broken, in a table with no more columns."""
_LOOKS = {report_words.VERDICTS["met"]: "good", report_words.VERDICTS["missed"]: "bad"}


def html(report: Report, names: Mapping[int, str]) -> str:
    """The page; `names` are those of the severities."""
    return page.page(report_words.title(report), _body(report, names), style=_STYLE)


def _body(report: Report, names: Mapping[int, str]) -> Iterator[str]:
    summary, *sections = report_words.sections(report, names)
    yield f"<h1>{page.text(report_words.title(report))}</h1>"
    yield f'<p class="muted">{page.text(report_words.footer(report))}</p>'
    if report.problems:
        yield f'<p class="bad">{page.text(f"problems found in the logs: {len(report.problems)}")}</p>'
    yield from _section(summary)
    yield '<h2>Charts</h2>\n<div class="charts">'
    yield _volume(report)
    yield _times(report.time_to_resolve, names)
    yield _causes(report)
    yield from _compliance(report, names)
    yield "</div>"
    for section in sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    """A table. On a small screen it is laid out as blocks, and is one to a screen reader only if that is said."""
    yield f"<h2>{page.text(section.title)}</h2>"
    kind, is_long = "headed" if section.head else "listed", len(section.rows) > _MOST_ROWS
    yield f'<table class="{kind}{" long" if is_long else ""}" role="table">'
    if section.head:
        cells = (_cell("th", cell, 'role="columnheader" scope="col"', len(section.head)) for cell in section.head)
        yield f'<thead role="rowgroup"><tr role="row">{"".join(cells)}</tr></thead>'
    yield '<tbody role="rowgroup">'
    for row in section.rows:
        told = _headed(section.head, row) if section.head else _listed(row)
        yield f'<tr role="row">{"".join(told)}</tr>'
    yield "</tbody></table>"


def _listed(row: Sequence[str]) -> Iterator[str]:
    yield _cell("th", row[0], 'role="rowheader" scope="row"', len(row))
    yield from (_cell("td", cell, 'role="cell"', len(row)) for cell in row[1:])


def _headed(head: Sequence[str], row: Sequence[str]) -> Iterator[str]:
    for of, cell in zip(head, row, strict=True):
        yield _cell("td", cell, f'role="cell" data-of="{page.text(of)}"', len(head))


def _cell(tag: str, cell: str, attributes: str, columns: int) -> str:
    is_short = 0 < len(cell) <= _SHORT and columns <= _MOST_SHORT
    looks = " ".join(filter(None, ("short" if is_short else "", _LOOKS.get(cell))))
    look = f' class="{looks}"' if looks else ""
    return f"<{tag} {attributes}{look}>{page.text(cell)}</{tag}>"


def _volume(report: Report) -> str:
    title, most = "Escalations by week", max((week.n for week in report.weeks), default=0)
    if not most:
        weeks = len(report.weeks)
        told = f"No incident in the last {weeks} weeks." if weeks else "No incident is known."
        return charts.nothing(title, told)
    marks = [
        Mark(
            label=week.week.partition("-")[2],
            length=week.n / most,
            figure=str(week.n),
            is_outlined=week.end <= report.period.start,
        )
        for week in report.weeks
    ]
    return charts.columns("volume", title, marks, "outlined: earlier weeks")


def _times(found: Mapping[str, NetTimes], names: Mapping[int, str]) -> str:
    title = "Time to resolve"
    longest = max((times.p90_s for times in found.values() if times.p90_s is not None), default=None)
    if longest is None:
        return charts.nothing(title, "No incident of this report is resolved.")
    marks = [
        Mark(
            label=words.named(int(severity), names),
            length=seconds / (longest or 1),
            figure=f"{what} {length(seconds)}",
            is_outlined=what != "median",
        )
        for severity, times in found.items()
        for what, seconds in (("median", times.median_s), ("90%", times.p90_s))
        if seconds is not None
    ]
    open_ = sum(times.lacking for times in found.values())
    return charts.bars("times", title, marks, f"outlined: 90% took no longer{_more(open_, 'not resolved')}")


def _causes(report: Report) -> str:
    title, total = "Causes", sum(share.n for share in report.causes.values())
    if not total:
        return charts.nothing(title, "No incident of this report has a cause.")
    marks = [
        Mark(label=cause, length=share.n / total, figure=f"{share.n} of {total} ({percent(share.n, total)})")
        for cause, share in sorted(report.causes.items(), key=lambda one: -one[1].n)
    ]
    return charts.bars("causes", title, marks, _more(report.lacking.cause, "without one")[2:], of_all=True)


def _compliance(report: Report, names: Mapping[int, str]) -> Iterator[str]:
    owed = {clock: found for clock, found in report.compliance.items() if found.owed}
    for clock, found in owed.items():
        title = f"In time: {clock.replace('_', ' ')}"
        marks = [
            _met(words.named(int(severity), names), one) for severity, one in found.by_severity.items() if one.owed
        ]
        yield charts.bars(clock, title, marks, of_all=True)
    if not owed:
        yield charts.nothing("In time", "Nothing was due in this report.")


def _more(n: int, what: str) -> str:
    return f"; {n} {what}" if n else ""


def _met(label: str, found: Met) -> Mark:
    figure = f"{found.met} of {found.owed} ({percent(found.met, found.owed)})"
    return Mark(label=label, length=found.met / found.owed, figure=figure)
