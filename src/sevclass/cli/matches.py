"""What is known and matches an incident, for people: known issues with their workarounds, and runbooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sevclass.cli import words
from sevclass.cli.markdown import code, heading as title, plain
from sevclass.cli.text import Row, columns, heading

if TYPE_CHECKING:
    from sevclass.incident.known import KnownIssue, Runbook  # a start need not wait for its models


@dataclass(frozen=True, slots=True)
class Matches:
    """What matches; nothing where nobody said what is known."""

    known_issues: Sequence[KnownIssue] = ()
    runbooks: Sequence[Runbook] = ()

    def model_dump(self) -> dict[str, list[dict[str, Any]]]:
        """The keys of the JSON: each entry as it would stand in its file, with every key."""
        return {
            "known_issues": [issue.model_dump(mode="json") for issue in self.known_issues],
            "runbooks": [runbook.model_dump(mode="json") for runbook in self.runbooks],
        }


def rows(found: Matches) -> Iterator[Row]:
    """Lines for people."""
    if found.known_issues:
        yield from heading("Known issues")
        for issue in found.known_issues:
            yield Row(lead=f"  {words.whose(issue.id, 0)}  ", cells=(issue.title,), style="bold")
            yield from _indented(_said(issue))
    if found.runbooks:
        yield from heading("Runbooks")
        for runbook in found.runbooks:
            yield Row(lead=f"  {words.whose(runbook.id, 0)}  ", cells=(runbook.title,), style="bold")
            yield from _indented([(f"{number}.", step) for number, step in enumerate(runbook.steps, 1)])


def lines(found: Matches) -> Iterator[str]:
    """Lines of Markdown."""
    if found.known_issues:
        yield from title("Known issues")
        for issue in found.known_issues:
            yield f"- {code(words.whose(issue.id, 0))}: {plain(issue.title)}"
            yield from (f"  - {label}: {_on_one_line(said)}" for label, said in _said(issue))
    if found.runbooks:
        yield from title("Runbooks")
        for runbook in found.runbooks:
            yield f"- {code(words.whose(runbook.id, 0))}: {plain(runbook.title)}"
            yield from (f"  {number}. {_on_one_line(step)}" for number, step in enumerate(runbook.steps, 1))


def _said(issue: KnownIssue) -> list[tuple[str, str]]:
    """What helps, each with what it is called."""
    told = (("workaround", issue.workaround), ("runbook", issue.runbook), ("for customers", issue.customers_text))
    return [(label, said) for label, said in told if said is not None]


def _indented(said: Sequence[tuple[str, str]]) -> Iterator[Row]:
    if said:
        yield from columns([pair for label, text in said for pair in _each_line(label, text)], "    ")


def _each_line(label: str, said: str) -> Iterator[tuple[str, str]]:
    first, *rest = said.rstrip().split("\n")
    yield label, first
    yield from (("", line) for line in rest)


def _on_one_line(said: str) -> str:
    return plain(" ".join(said.split()))
