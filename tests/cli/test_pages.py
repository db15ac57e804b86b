"""The pages of a review and of a report in a real browser: drawn on a small and a large screen, read out, printed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest

from tests import made_week
from tests.browser import Browser, Page
from tests.cli.processes import piped
from tests.cli.test_report import HOSTILE, event, lines

pytestmark = pytest.mark.browser
WIDTHS = (320, 1280)
WEEK = ("--week", "2026-W10", "--now", made_week.NOW)
REVIEW = Path(__file__).resolve().parents[2] / "examples" / "post_incident_review.yaml"
A4_POINTS = (595, 842)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as found:
        yield found


class Case(NamedTuple):
    """A page, what is to be read in it, and how many sheets it may have: that depends on the letters there are."""

    html: bytes
    said: tuple[str, ...]
    sheets: range


def report(data: bytes, *words: object) -> bytes:
    return printed("report", "-", *WEEK, *words, "--format", "html", stdin=data)


def printed(*words: object, stdin: bytes = b"") -> bytes:
    ended = piped(*words, stdin=stdin)
    assert (ended.returncode, ended.stderr) == (0, b"")
    return ended.stdout


def _hostile() -> bytes:
    title = HOSTILE + "</svg></table>" + "\u05e9" * 40 + "x" * 1_000_000
    return lines(
        event(title[:200], "09:00", "opened", title=title, customers=[title[:200]], facts={"data_loss": True}),
        event(title[:200], "09:01", "cause", category="performance", known_issue="w" * 100),
        *(event(title[:200], "09:02", "action", text="W" * 500, owner="W" * 500, id=f"{n}") for n in range(60)),
        event("U", "10:00", "opened", title=title),
        event("U", "10:01", "cause", category="performance", known_issue="w" * 100),
    )


NAMED = {
    "name": "long",
    "version": "1.0.0",
    "severities": {1: "\u6df1\u523b" * 30, 2: "A severity whose name is as long as a sentence"},
    "facts": {"loss": {"ask": "Is it lost?", "flag": {}}},
    "criteria": {1: {"lost": {"text": "Lost", "when": {"loss": True}}}},
    "sla": {1: {"initial_response": "15m"}, 2: {"initial_response": "1h"}},
    "causes": {f"a-cause-with-a-very-long-name-{n}": "A cause" for n in range(20)},
}
"""A pack with more causes than a chart shows, and names longer than there is room for."""


def _long() -> Iterator[dict[str, Any]]:
    """Eight weeks of many incidents."""
    for n in range(960):
        id_, day = f"T-{n}", date(2026, 3, 3) - timedelta(weeks=n % 8)
        yield event(id_, "09:00", "opened", facts={"loss": n % 16 == 0}) | {"at": f"{day}T09:00:00Z"}
        cause = f"a-cause-with-a-very-long-name-{n // 8 % 20}"
        yield event(id_, "09:00", "cause", category=cause) | {"at": f"{day}T09:01:00Z"}
        yield event(id_, "09:00", "resolved") | {"at": f"{day}T{10 + n % 13}:{n % 60:02}:{n % 59:02}Z"}


def _named() -> bytes:
    with TemporaryDirectory() as folder:
        pack = Path(folder, "pack.yaml")
        pack.write_text(json.dumps(NAMED), encoding="utf-8")
        return report(lines(*_long()), "--pack", folder)


CASES = {
    "report": lambda: Case(report(made_week.jsonl()), ("3h 42m", "10 of 12 (83 %)", "missed", "W10"), range(2, 5)),
    "hostile-report": lambda: Case(report(_hostile()), ("<script>x</script> {{ 7*7 }} \\u202e",), range(6, 16)),
    "long-report": lambda: Case(_named(), ("W03: 120; W04: 120;", "and 5 more, in the table"), range(2, 6)),
    "empty-report": lambda: Case(
        report(lines(event("A", "09:00", "opened"))), ("of this report has a cause",), range(1, 2)
    ),
    "review": lambda: Case(printed("review", "show", REVIEW, "--format", "html"), ("Root cause",), range(1, 3)),
}


@pytest.fixture(scope="module", params=list(CASES))
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = CASES[request.param]()
    return found


@pytest.fixture
def page(browser: Browser, case: Case, tmp_path: Path) -> Page:
    path = tmp_path / "page.html"
    path.write_bytes(case.html)
    return browser.open(path)


def wide(page: Page, width: int) -> None:
    page.call("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)


@pytest.mark.parametrize("width", WIDTHS)
def test_it_is_drawn_within_its_width(page: Page, case: Case, width: int) -> None:
    wide(page, width)
    # What reaches past the sides: every element that is shown, and every letter of a chart.
    beyond = page.evaluate(
        """[...document.body.querySelectorAll("*")].filter(one => {
             const box = one.getBoundingClientRect();
             return box.width > 1 && (box.right > innerWidth + 0.5 || box.left < -0.5);
           }).map(one => one.outerHTML.slice(0, 80))"""
    )

    assert page.evaluate("innerWidth") == width
    assert beyond == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("document.body.getBoundingClientRect().height") > 300
    assert page.requests == []
    assert page.errors == []
    for word in case.said:
        assert word in page.evaluate("document.body.textContent")


@pytest.mark.parametrize("width", WIDTHS)
def test_letters_of_charts_do_not_lie_on_each_other(page: Page, width: int) -> None:
    wide(page, width)
    overlapping = page.evaluate(
        """[...document.querySelectorAll("svg")].flatMap(svg => {
             const all = [...svg.querySelectorAll("text")].map(one => [one.textContent, one.getBoundingClientRect()]);
             const meets = (one, other) => one.left < other.right && other.left < one.right
               && one.top + 2 < other.bottom && other.top + 2 < one.bottom;
             return all.flatMap(([said, one], place) =>
               all.slice(place + 1).filter(([_, other]) => meets(one, other)).map(([other]) => [said, other]));
           })"""
    )

    assert overlapping == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_screen_reader_has_tables_and_charts(browser: Browser, tmp_path: Path, width: int) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(report(made_week.jsonl()))
    page = browser.open(path)
    wide(page, width)
    page.call("Accessibility.enable")
    nodes = page.call("Accessibility.getFullAXTree")["nodes"]
    found = [(_value(node, "role"), _value(node, "name")) for node in nodes if not node["ignored"]]
    roles = [role for role, _ in found]

    assert [name for role, name in found if role == "heading"][:3] == [
        "Escalations in 2026-W10, 2026-03-02 to 2026-03-08 (UTC)",
        "Summary",
        "Charts",
    ]
    assert roles.count("table") == 9
    assert ("rowheader", "customers affected") in found
    assert ("columnheader", "verdict") in found
    assert any(role == "cell" and name.endswith("10 of 12 (83 %)") for role, name in found)
    pictures = [name for role, name in found if role in {"image", "img"}]
    assert pictures[0] == "Escalations by week W09: 9; W10: 12"
    assert len(pictures) == 8


def _value(node: dict[str, Any], key: str) -> str:
    return str(node.get(key, {}).get("value", ""))


def test_it_is_printed_on_a4(page: Page, case: Case, tmp_path: Path) -> None:
    page.pdf(pages := tmp_path / "pages.pdf")
    data = pages.read_bytes()
    boxes = re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", data)

    assert {tuple(round(float(side)) for side in box) for box in boxes} == {A4_POINTS}
    assert len(boxes) == len(re.findall(rb"/Type /Page\b", data))
    assert len(boxes) in case.sheets


def test_a_row_is_not_cut_where_a_sheet_ends(page: Page) -> None:
    page.call("Emulation.setEmulatedMedia", media="print")

    cut = page.evaluate(
        """[...document.querySelectorAll("tr, figure, li, dt")]
             .filter(one => getComputedStyle(one).breakInside !== "avoid").length"""
    )
    scrolled = page.evaluate(
        """[...document.body.querySelectorAll("*")]
             .filter(one => /auto|scroll/.test(getComputedStyle(one).overflow)).length"""
    )

    assert (cut, scrolled) == (0, 0)


def test_nothing_in_it_runs(page: Page) -> None:
    assert page.evaluate("document.scripts.length") == 0
    assert page.evaluate("document.querySelectorAll('a, img, link, iframe, object, form').length") == 0
