"""A page of HTML: whole in itself, harmless, and to be read by everybody."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from sevclass.cli.page import COLOURS, STYLE, page, text

AA = 4.5
"""The contrast that WCAG 2 asks for at level AA, of text of any size."""


def luminance(colour: str) -> float:
    """By WCAG 2: the relative luminance of `#rrggbb`."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("name", list(COLOURS))
def test_every_pair_of_colours_can_be_read(name: str) -> None:
    assert contrast(*COLOURS[name]) >= AA


def test_no_other_colour_is_used_for_letters() -> None:
    assert set(re.findall(r"(?<![-\w])color: (#\w+);", STYLE)) <= {letters for letters, _ in COLOURS.values()}


def test_the_style_asks_for_nothing_from_elsewhere() -> None:
    assert not re.search(r"url\(|@import|@font-face|//", STYLE)
    assert "size: A4" in STYLE


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        pytest.param(
            "<script>alert('1')</script> & \"so\"",
            "&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt; &amp; &quot;so&quot;",
            id="html",
        ),
        pytest.param("a\nb", "a<br>b", id="lines"),
        pytest.param("\x1b[2J\u202e\x00", "\\x1b[2J\\u202e\\x00", id="not-shown"),
        pytest.param("{{ 7*7 }}", "{{ 7*7 }}", id="a-template"),
    ],
)
def test_text(given: str, shown: str) -> None:
    assert text(given) == shown


class Tags(HTMLParser):
    """The tags of a page, and what it says."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend(attrs)

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def parsed(html: str) -> Tags:
    parser = Tags()
    parser.feed(html)
    return parser


def test_a_page() -> None:
    html = page('A <b>ü</b> "\u202e', ["<h1>Ü \U0001f642</h1>"], 'de"')
    found = parsed(html)

    assert html.isascii()
    assert html.startswith('<!DOCTYPE html>\n<html lang="de&quot;">\n<head>\n<meta charset="utf-8">\n')
    assert found.tags == ["html", "head", "meta", "meta", "meta", "title", "style", "body", "h1"]
    assert "Ü \U0001f642" in found.said
    assert 'A <b>ü</b> "\\u202e' in found.said
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'") in (
        found.attributes
    )
    assert parsed(page("a", [])).attributes[0] == ("lang", "en")


def test_the_style_of_a_page_comes_after_the_one_that_pages_share() -> None:
    assert f"<style>\n{STYLE}b {{}}\n</style>\n" in page("a", [], style="b {}\n")
    assert f"<style>\n{STYLE}</style>\n" in page("a", [])
