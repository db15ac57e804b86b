"""`sevclass report --format html`: the made-up week as a page, harmless whatever the logs say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from sevclass import load_pack
from sevclass.cli import report_words
from tests.cli.conftest import Run
from tests.cli.html_tree import text, tree
from tests.cli.test_charts import GRAPHICS_AA
from tests.cli.test_page import AA, contrast
from tests.cli.test_report import WEEK, event, hostile, lines, made
from tests.unit.test_report import made as reported
from tests.unit.written import write

__all__ = ["hostile", "made"]
TITLE = "Escalations in 2026-W10, 2026-03-02 to 2026-03-08 (UTC)"
DRAWN = {"svg", "title", "desc", "rect", "line", "text"}
WRITTEN = {"html", "head", "meta", "style", "body", "h1", "h2", "p", "div", "figure", "figcaption", "span"}
LISTED = {"table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "scope", "role", "data-of", "id", "aria-labelledby"),
    *("width", "height", "x", "y", "x1", "x2", "y1", "y2", "text-anchor"),
}


@pytest.fixture
def html(run: Run, made: Path) -> str:
    """The page of the made-up week."""
    return page_of(run, made)


def page_of(run: Run, where: object, stdin: bytes = b"", *words: object) -> str:
    done = run("report", where, *WEEK, *words, "--format", "html", stdin=stdin)
    assert (done.status, done.err) == (0, "")
    return done.out


def made_by(run: Run, *events: dict[str, Any], pack: object = "support") -> Element:
    """The page of an incident, or of some."""
    return tree(page_of(run, "-", lines(*events), "--pack", pack))


def charts(page: Element) -> dict[str, str]:
    """What each figure is of -> what is told of it."""
    return {text(figure.find("figcaption")): told(figure) for figure in page.iter("figure")}


def told(figure: Element) -> str:
    found = figure.find(".//desc")
    return text(figure.find("p")) if found is None else text(found)


def rows_of(table: Element) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(text(cell) for cell in row) for row in table.iter("tr"))


# The made-up week


def test_it_is_one_whole_page(html: str) -> None:
    page = tree(html)

    assert html.isascii()
    assert html.startswith('<!DOCTYPE html>\n<html lang="en">\n')
    assert html.endswith("</html>\n")
    assert [text(one) for one in page.iter("h1")] == [TITLE] == [text(page.find("head/title"))]
    assert "as of 2026-03-09 09:00Z, pack support 1.0.0" in [text(one) for one in page.iter("p")]
    assert {element.tag for element in page.iter()} == WRITTEN | LISTED | DRAWN


def test_nothing_stands_between_its_parts(html: str) -> None:
    within = {"body", "div", "figure", "svg", "table", "thead", "tbody", "tr"}
    parts = [element for element in tree(html).iter() if element.tag in within]
    between = [element.text for element in parts] + [inner.tail for element in parts for inner in element]

    assert "".join(filter(None, between)).strip() == ""
    assert re.findall(r"</?[A-Z]\w*", html) == []


def test_nothing_in_it_is_elsewhere(html: str) -> None:
    assert not re.search(r"\b(?:src|href|srcset|action|data|on\w+)=|url\(|@import|@font-face|https?:|javascript:", html)
    assert {name for element in tree(html).iter() for name in element.attrib} == ATTRIBUTES


def test_the_same_logs_give_the_same_bytes(run: Run, made: Path, html: str) -> None:
    assert page_of(run, made) == html


def test_every_id_is_there_once_and_names_what_is_there(html: str) -> None:
    page = tree(html)
    ids = [element.attrib["id"] for element in page.iter() if "id" in element.attrib]
    named = [name for element in page.iter("svg") for name in element.attrib["aria-labelledby"].split(" ")]

    assert len(set(ids)) == len(ids)
    assert sorted(named) == sorted(ids)


def test_it_has_the_tables_that_the_other_formats_have(html: str) -> None:
    page = tree(html)
    sections = list(report_words.sections(reported(), load_pack("support").severities))
    titles = [section.title for section in sections]

    assert [text(one) for one in page.iter("h2")] == [titles[0], "Charts", *titles[1:]]
    assert [rows_of(table) for table in page.iter("table")] == [
        ((section.head, *section.rows) if section.head else section.rows) for section in sections
    ]


def test_a_table_is_one_to_a_screen_reader(html: str) -> None:
    roles = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    for table in tree(html).iter("table"):
        is_headed = table.find("thead") is not None
        scope, role = ("col", "columnheader") if is_headed else ("row", "rowheader")
        heads = list(table.iter("th"))

        assert table.attrib["class"] == ("headed" if is_headed else "listed")
        assert heads
        assert {(head.get("scope"), head.get("role")) for head in heads} == {(scope, role)}
        assert all(one.get("role") == role for tag, role in roles.items() for one in table.iter(tag))
        for row in table.iterfind("tbody/tr"):
            assert not is_headed or [cell.get("data-of") for cell in row] == [text(head) for head in heads]


def test_verdicts_are_coloured_and_written(html: str) -> None:
    found = [cell for cell in tree(html).iter("td") if cell.get("data-of") == "verdict"]
    looks = [(text(cell), cell.get("class")) for cell in found]

    good, bad, neither = ("met", "short good"), ("missed", "short bad"), ("too few", "short")
    assert looks == [good, good, bad, neither, good, neither]


def test_what_is_short_is_not_broken(html: str) -> None:
    for tag in ("th", "td"):
        cells = [(len(text(cell)), "short" in cell.get("class", "")) for cell in tree(html).iter(tag)]

        assert {length for length, is_short in cells if is_short} == {length for length, _ in cells if 0 < length <= 12}
        assert {length for length, is_short in cells if not is_short} >= {13, 14}


def shop(folder: Path, **more: Any) -> Path:
    """A small pack of that folder's own."""
    doc: dict[str, Any] = {
        "name": "shop",
        "version": "1.0.0",
        "facts": {"loss": {"ask": "Is it lost?", "flag": {}}},
        "criteria": {1: {"lost": {"text": "Lost", "when": {"loss": True}}}},
    }
    return write(folder / "pack", {"pack.yaml": json.dumps(doc | more)})


@pytest.mark.parametrize(("severities", "classes"), [(6, {"short", None}), (7, {None})])
def test_in_a_table_of_many_columns_everything_may_be_broken(
    run: Run, tmp_path: Path, severities: int, classes: set[str | None]
) -> None:
    names = {number: f"S{number}" for number in range(1, severities + 1)}
    pack = shop(tmp_path, severities=names, sla={severities: {"initial_response": "1h"}})
    page = made_by(run, event("A", "09:00", "opened"), pack=pack)
    widest = max(page.iter("table"), key=lambda table: len(rows_of(table)[0]))

    assert len(rows_of(widest)[0]) == severities + 2
    assert {one.get("class") for one in widest.iter() if one.tag in {"th", "td"}} == classes


def test_its_charts(html: str) -> None:
    assert charts(tree(html)) == {
        "Escalations by week (outlined: earlier weeks)": "W09: 9; W10: 12",
        "Time to resolve (outlined: 90% took no longer)": (
            "1 Critical: median 3h 42m; 1 Critical: 90% 3h 42m; 2 High: median 7h 30m; 2 High: 90% 12h;"
            " 3 Medium: median 23h; 3 Medium: 90% 1d 2h"
        ),
        "Causes": (
            "product_bug: 4 of 12 (33 %); performance: 3 of 12 (25 %); configuration: 3 of 12 (25 %);"
            " user_error: 1 of 12 (8 %); feature_gap: 1 of 12 (8 %)"
        ),
        "In time: initial response": "1 Critical: 1 of 1 (100 %); 2 High: 4 of 4 (100 %); 3 Medium: 7 of 7 (100 %)",
        "In time: notification": "1 Critical: 2 of 2 (100 %); 2 High: 4 of 4 (100 %)",
        "In time: status update": "1 Critical: 4 of 4 (100 %); 2 High: 7 of 7 (100 %); 3 Medium: 49 of 49 (100 %)",
        "In time: resolution": "1 Critical: 1 of 1 (100 %); 2 High: 4 of 4 (100 %); 3 Medium: 7 of 7 (100 %)",
        "In time: review": "1 Critical: 1 of 1 (100 %); 2 High: 4 of 4 (100 %)",
    }


def test_its_marks_are_as_long_as_their_figures(html: str) -> None:
    volume, times, causes, response, *_ = tree(html).iter("svg")
    heights = [(one.get("class"), one.get("height")) for one in volume.iter("rect")]

    assert heights == [("outline", "6.00em"), ("bar", "8.00em")]
    # Of a day and two hours: 3 h 42 min, 7 h 30 min, 12 h, 23 h.
    assert [(one.get("class"), one.get("width")) for one in times.iter("rect")] == [
        ("bar", "14.23%"),
        ("outline", "14.23%"),
        ("bar", "28.85%"),
        ("outline", "46.15%"),
        ("bar", "88.46%"),
        ("outline", "100.00%"),
    ]
    assert [one.get("width") for one in causes.iter("rect")][:4] == ["100%", "33.33%", "100%", "25.00%"]
    assert [one.get("width") for one in response.iter("rect")] == ["100%", "100.00%"] * 3


# Its style sheet


def rules(css: str) -> Iterator[tuple[str, dict[str, str]]]:
    for selector, body in re.findall(r"([^{};]+)\{([^{}]*)\}", css):
        pairs = (line.split(":", 1) for line in body.split(";") if ":" in line)
        yield selector.strip(), {name.strip(): value.strip() for name, value in pairs}


def test_everything_stands_out_from_what_is_behind_it(html: str) -> None:
    style = text(tree(html).find("head/style"))
    letters = [(rule["color"], rule["background"]) for _, rule in rules(style) if rule.get("color", "")[:1] == "#"]
    # A surface that is the colour of the page is one with an outline that is not.
    drawn = [
        colour
        for _, rule in rules(style)
        for name in ("fill", "stroke")
        if (colour := rule.get(name, ""))[:1] == "#" and (name == "stroke" or "stroke" not in rule)
    ]

    assert len(letters) >= 6
    assert min(contrast(*pair) for pair in letters) >= AA
    assert len(drawn) == 4
    assert min(contrast(colour, "#ffffff") for colour in drawn) >= GRAPHICS_AA


def test_it_is_made_for_paper_too(html: str) -> None:
    style = text(tree(html).find("head/style"))

    assert "size: A4" in style
    assert "li, tr, dt { break-inside: avoid; }" in style
    assert "overflow: auto" not in style
    assert "overflow: scroll" not in style


# Little, much and other data


def test_of_nothing_there_is_no_chart(run: Run) -> None:
    page = made_by(run, event("A", "09:00", "opened"), event("A", "09:10", "closed"))

    assert list(page.iter("svg")) == []
    assert charts(page) == {
        "Escalations by week": "No incident is known.",
        "Time to resolve": "No incident of this report is resolved.",
        "Causes": "No incident of this report has a cause.",
        "In time": "Nothing was due in this report.",
    }


def test_of_incidents_of_long_ago_there_is_no_chart(run: Run) -> None:
    page = made_by(run, event("A", "09:00", "opened") | {"at": "2025-11-03T09:00:00Z"})

    assert charts(page)["Escalations by week"] == "No incident in the last 8 weeks."


def test_what_lacks_a_figure_is_told(run: Run) -> None:
    page = made_by(
        run,
        event("A", "09:00", "opened"),
        event("A", "09:00", "resolved"),
        event("B", "09:00", "opened"),
        event("B", "10:00", "cause", category="other"),
        event("C", "09:00", "opened"),
    )
    found = charts(page)

    assert found["Time to resolve (outlined: 90% took no longer; 2 not resolved)"] == (
        "4 Low: median 0s; 4 Low: 90% 0s"
    )
    assert found["Causes (2 without one)"] == "other: 1 of 1 (100 %)"


def test_what_was_missed_leaves_the_whole_open(run: Run) -> None:
    page = made_by(run, event("A", "09:00", "opened", facts={"functionality": "down", "environment": "production"}))
    response = next(svg for svg in page.iter("svg") if "initial response" in text(svg.find("title")))

    assert text(response.find("desc")) == "1 Critical: 0 of 1 (0 %)"
    assert [(one.get("class"), one.get("width")) for one in response.iter("rect")] == [
        ("track", "100%"),
        ("bar", "0.00%"),
    ]


def test_causes_are_drawn_by_how_many_they_are(run: Run) -> None:
    causes = ("other", "performance", "performance")
    page = made_by(
        run,
        *(event(f"T-{n}", "09:00", "opened") for n in range(3)),
        *(event(f"T-{n}", "10:00", "cause", category=cause) for n, cause in enumerate(causes)),
        event("T-9", "09:00", "opened"),
        event("T-9", "10:00", "cause", category="configuration"),
    )

    assert charts(page)["Causes"].split("; ") == [
        "performance: 2 of 4 (50 %)",
        "configuration: 1 of 4 (25 %)",
        "other: 1 of 4 (25 %)",
    ]


def test_weeks_before_are_outlined_and_those_of_the_period_are_not(run: Run, made: Path) -> None:
    days = ("--from", "2026-02-25", "--to", "2026-03-05", "--now", "2026-03-09T09:00:00Z")
    page = tree(run("report", made, *days, "--format", "html").out)

    assert [one.get("class") for one in next(page.iter("svg")).iter("rect")] == ["bar", "bar"]


@pytest.mark.parametrize(("rows", "kind"), [(15, "listed"), (16, "listed long")])
def test_a_long_table_may_go_on_on_the_next_sheet(run: Run, rows: int, kind: str) -> None:
    actions = (event("A", "10:00", "action", id=f"A{n}", text=f"Do {n}") for n in range(rows))
    page = made_by(run, event("A", "09:00", "opened"), *actions)

    assert next(one for one in page.iter("table") if len(rows_of(one)) == rows).get("class") == kind


def test_problems_of_the_logs_are_counted(run: Run) -> None:
    done = run("report", "-", *WEEK, "--format", "html", stdin=lines(event("A", "09:00", "opened")) + b"{oops\n")

    assert done.status == 2
    assert [text(one) for one in tree(done.out).iter("p") if one.get("class") == "bad"] == [
        "problems found in the logs: 1"
    ]


def test_a_report_of_another_pack_has_its_names(run: Run, tmp_path: Path) -> None:
    pack = shop(tmp_path, severities={1: "<b>Bad</b>", 2: "Good"})
    opened = event("A", "09:00", "opened", facts={"loss": True}, pack="shop")
    page = made_by(run, opened, event("A", "10:00", "resolved"), pack=pack)

    assert charts(page)["Time to resolve (outlined: 90% took no longer)"] == (
        "1 <b>Bad</b>: median 1h; 1 <b>Bad</b>: 90% 1h"
    )


# Hostile texts


def test_hostile_texts_mean_nothing(run: Run, hostile: bytes) -> None:
    out = page_of(run, "-", hostile)
    page = tree(out)

    assert out.isascii()
    assert all(line.isprintable() for line in out.split("\n"))
    assert {element.tag for element in page.iter()} <= WRITTEN | LISTED | DRAWN
    assert {name for element in page.iter() for name in element.attrib} <= ATTRIBUTES
    assert "<script>x</script> {{ 7*7 }} \\u202e [a](b) | `c`\\x1b[31m" in text(page.find("body"))
    # A megabyte of title is cut short.
    assert len(out) < 40_000


def test_a_title_cannot_end_what_it_stands_in(run: Run) -> None:
    ends = "</td></table></svg></title></style></body></html><!--"
    opened = event(ends, "09:00", "opened", title=ends, facts={"data_loss": True}, customers=[ends])
    acted = event(ends, "09:01", "action", text=ends, owner=ends)
    body = text(made_by(run, opened, acted).find("body"))

    assert body.count(ends) >= 4
