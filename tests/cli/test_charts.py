"""Charts: what is drawn, how long, and that it is told too."""

from __future__ import annotations

import re

import pytest

from sevclass.cli import charts
from sevclass.cli.charts import MARKS, MOST_BARS, STYLE, Mark
from tests.cli.html_tree import text, tree
from tests.cli.test_page import contrast

GRAPHICS_AA = 3
"""The contrast that WCAG 2 asks for at level AA, of what is drawn."""


def mark(label: str, length: float = 0.5, figure: str = "1", *, is_outlined: bool = False) -> Mark:
    return Mark(label=label, length=length, figure=figure, is_outlined=is_outlined)


@pytest.mark.parametrize("name", list(MARKS))
def test_every_mark_stands_out(name: str) -> None:
    assert contrast(MARKS[name], "#ffffff") >= GRAPHICS_AA


def test_no_other_colour_is_used() -> None:
    colours = re.findall(r"#[0-9a-f]{6}(?=[; ])", STYLE)

    assert set(colours) == {*MARKS.values(), "#ffffff"}
    assert len(colours) == STYLE.count("#")


def test_a_mark_is_filled_unless_that_is_said() -> None:
    assert Mark(label="x", length=1, figure="1").look == "bar"
    assert Mark(label="x", length=1, figure="1", is_outlined=True).look == "outline"


def test_a_note_need_not_be() -> None:
    assert "<figcaption>A</figcaption>" in charts.columns("a", "A", [mark("x")])


def test_columns() -> None:
    marks = [mark("W09", 0.75, "9", is_outlined=True), mark("W10", 1, "12")]

    assert (
        charts.columns("volume", "By week", marks, "a <b>")
        == """\
<figure><figcaption>By week <span class="muted">(a &lt;b&gt;)</span></figcaption>
<svg role="img" aria-labelledby="volume-title volume-desc" width="100%" height="11.10em">
<title id="volume-title">By week</title>
<desc id="volume-desc">W09: 9; W10: 12</desc>
<rect class="outline" x="7.50%" y="3.50em" width="35.00%" height="6.00em"/>
<text x="25.00%" y="3.10em" text-anchor="middle">9</text>
<text x="25.00%" y="10.70em" text-anchor="middle">W09</text>
<rect class="bar" x="57.50%" y="1.50em" width="35.00%" height="8.00em"/>
<text x="75.00%" y="1.10em" text-anchor="middle">12</text>
<text x="75.00%" y="10.70em" text-anchor="middle">W10</text>
<line class="axis" x1="0" x2="100%" y1="9.50em" y2="9.50em"/>
</svg></figure>"""
    )


def test_bars() -> None:
    marks = [mark("1 High", 1 / 3, "1 of 3"), mark("2 Low", 0, "0 of 3", is_outlined=True)]

    assert (
        charts.bars("review", "In time", marks)
        == """\
<figure><figcaption>In time</figcaption>
<svg role="img" aria-labelledby="review-title review-desc" width="100%" height="4.40em">
<title id="review-title">In time</title>
<desc id="review-desc">1 High: 1 of 3; 2 Low: 0 of 3</desc>
<text x="0" y="0.95em" text-anchor="start">1 High</text>
<text x="100%" y="0.95em" text-anchor="end">1 of 3</text>
<rect class="bar" x="0" y="1.23em" height="0.55em" width="33.33%"/>
<text x="0" y="3.15em" text-anchor="start">2 Low</text>
<text x="100%" y="3.15em" text-anchor="end">0 of 3</text>
<rect class="outline" x="0" y="3.43em" height="0.55em" width="0.00%"/>
</svg></figure>"""
    )


def test_the_whole_is_drawn_below_its_part() -> None:
    svg = charts.bars("a", "A", [mark("x", 0.25)], "note", of_all=True)

    assert svg.index('<rect class="track" x="0" y="1.23em" height="0.55em" width="100%"/>') < svg.index('"bar"')
    assert '<figcaption>A <span class="muted">(note)</span></figcaption>' in svg


def test_of_very_many_bars_the_first_are_drawn_and_all_are_told() -> None:
    many = [mark(f"c{number}") for number in range(MOST_BARS + 1)]
    drawn = charts.bars("a", "A", many)
    svg = tree(drawn)
    said = [text(one) for one in svg.iter("text")]

    assert said[::2] == [*(f"c{number}" for number in range(MOST_BARS - 1)), "and 2 more, in the table"]
    assert len(list(svg.iter("rect"))) == MOST_BARS - 1
    assert text(svg.find(".//desc")) == "; ".join(f"c{number}: 1" for number in range(MOST_BARS + 1))
    assert [one.get("height") for one in svg.iter("svg")] == ["35.20em"]
    assert drawn.endswith(
        '<text x="0" y="33.95em" text-anchor="start">and 2 more, in the table</text>\n</svg></figure>'
    )


def test_as_many_as_fit_are_all_drawn() -> None:
    svg = charts.bars("a", "A", [mark(f"c{number}") for number in range(MOST_BARS)])

    assert svg.count("<rect") == MOST_BARS
    assert "more" not in svg


@pytest.mark.parametrize(
    ("label", "figure", "shown"),
    [
        pytest.param("x" * 39, "1", "x" * 39, id="fits"),
        pytest.param("x" * 40, "1", "x" * 38 + "…", id="too-long"),
        pytest.param("x" * 25, "1" * 15, "x" * 25, id="fits-beside-its-figure"),
        pytest.param("x" * 26, "1" * 15, "x" * 24 + "…", id="too-long-beside-its-figure"),
        pytest.param("支" * 13, "1" * 14, "支" * 13, id="wide"),
        pytest.param("支" * 14, "1" * 14, "支" * 12 + "…", id="too-wide"),
        pytest.param("Ａ" * 14, "1" * 14, "Ａ" * 12 + "…", id="full-width"),
        pytest.param("xyz", "1" * 40, "…", id="no-room"),
    ],
)
def test_a_long_label_is_cut_and_told_whole(label: str, figure: str, shown: str) -> None:
    svg = tree(charts.bars("a", "A", [mark(label, figure=figure)]))

    assert text(svg.find(".//text")) == shown
    assert text(svg.find(".//desc")) == f"{label}: {figure}"


def test_what_is_hostile_means_nothing() -> None:
    hostile = "</svg><script>\u202e"
    for svg in (
        charts.bars("a", hostile, [mark(hostile, figure=hostile)], hostile),
        charts.columns("a", hostile, [mark(hostile, figure=hostile)], hostile),
        charts.nothing(hostile, hostile),
    ):
        found = tree(svg)

        assert "script" not in {element.tag for element in found.iter()}
        assert "</svg><script>\\u202e" in text(found)


def test_nothing_to_draw() -> None:
    assert charts.nothing("A", "None.") == "<figure><figcaption>A</figcaption><p>None.</p></figure>"
