"""Messages and guides as text, Markdown and HTML: what stands in them means nothing to any of these."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from sevclass.cli.letters import as_html, as_markdown, text
from sevclass.playbook import Draft, Writer, draft
from sevclass.playbook.local_time import LocalTime
from sevclass.playbook.messages import Incident, alone
from tests.unit.incidents import Data, at, opened, pack_with
from tests.unit.test_messages import GUIDES, told

HOSTILE = "<script>alert(1)</script> {{ 7*7 }} \u202e\x1b[31m *b* _i_ `c` [l](http://x) ![](y) | # & \" '"


def made(body: str, subject: str = "About it", *, guides: Data | None = None, title: str = "It & all") -> Draft:
    pack = pack_with(messages={"it": told(body, subject)}, guides=guides or {})
    return draft("it", Incident([opened() | {"title": title}], at(1)), pack, Writer(), LocalTime("UTC", "en"))


BODY = "Hello,\none line more\n\nWhat:\n- one\n- two\nand on\n\n1. {{ title }}\n- {{ sender }}"


def test_as_text_it_is_a_mail() -> None:
    assert text(made(BODY)) == (
        "Subject: About it\n\nHello,\none line more\n\nWhat:\n- one\n- two\nand on\n\n"
        "1. It & all\n- [… who writes it …]"
    )


def test_as_markdown_lists_are_lists_and_line_ends_stay() -> None:
    assert as_markdown(made(BODY)) == (
        "## About it\n\nHello,\\\none line more\n\nWhat:\n\n- one\n- two\n\nand on\n\n1\\. It &amp; all\n\n"
        "- \\[… who writes it …\\]"
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1) x", "1\\) x"),
        ("12.", "12\\."),
        ("1.5 x", "1.5 x"),
        ("-", "\\-"),
        ("=== x", "\\=== x"),
        ("    x", "x"),
        ("> x", "&gt; x"),
        ("+ x", "\\+ x"),
    ],
)
def test_no_line_of_a_paragraph_becomes_something_else(line: str, expected: str) -> None:
    assert as_markdown(made(f"a\n{line}")) == f"## About it\n\na\\\n{expected}"


def test_as_html_it_is_a_page_of_its_own() -> None:
    page = as_html(made(BODY, "About {{ title }}")).split("\n")

    assert page[:3] == [
        "<!doctype html>",
        '<html lang="en">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    ]
    assert page[3].startswith("<title>About It &amp; all</title><style>")
    assert page[4:] == [
        "<body>",
        "<main><h1>About It &amp; all</h1>",
        "<p>Hello,<br>one line more</p>",
        "<p>What:</p>",
        "<ul><li>one</li><li>two</li></ul>",
        "<p>and on</p>",
        "<p>1. It &amp; all</p>",
        "<ul><li><mark>[… who writes it …]</mark></li></ul>",
        "</main>",
        "</body>",
        "</html>",
    ]


class Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(f"{tag} {name}" for name, _ in attrs)}


@pytest.mark.parametrize("title", [HOSTILE, HOSTILE * 20_000, "\n\n- x\n# y\r\nSubject: z", "]]>--></title><b>"])
def test_a_hostile_title_is_harmless(title: str) -> None:
    found = made("{{ title }}\n\n- {{ title }}", "{{ title }}", title=title)
    tags = Tags()
    tags.feed(as_html(found))

    assert tags.found <= {
        "html", "html lang", "head", "meta", "meta charset", "meta name", "meta content", "title", "style", "body",
        "main", "h1", "p", "ul", "li",
    }  # fmt: skip
    for shown in (text(found), as_markdown(found), as_html(found)):
        assert all(line.isprintable() for line in shown.split("\n"))
    assert text(found).count("\n") == 4
    assert as_markdown(found).split("\n")[0].count("#") - as_markdown(found).split("\n")[0].count("\\#") == 2
    assert "<script" not in as_markdown(found)
    assert len(text(found)) < 2_000


def test_a_guide_stands_before_its_draft() -> None:
    found = made("x", guides=GUIDES)

    assert text(found) == (
        "Somebody wants it\n\n1. Hear\n   - Let them talk\n   - Take notes\n   - \u201cGo on\u201d\n2. Close\n"
        "   - Give it\n3. More\n   - Ask\n\n- A cup of tea\n\nDraft\n\nSubject: About it\n\nx"
    )
    assert as_markdown(found) == (
        "## Somebody wants it\n\n1. Hear\n   - Let them talk\n   - Take notes\n   - \u201cGo on\u201d\n2. Close\n"
        "   - Give it\n3. More\n   - Ask\n\n- A cup of tea\n\n## About it\n\nx"
    )
    assert as_html(found).split("\n")[5:] == [
        "<aside><h1>Somebody wants it</h1><ol>",
        "<li><b>Hear</b><ul><li>Let them talk</li><li>Take notes</li></ul><blockquote>Go on</blockquote></li>",
        "<li><b>Close</b><ul><li>Give it</li></ul></li>",
        "<li><b>More</b><ul><li>Ask</li></ul></li>",
        "</ol>",
        "<ul><li>A cup of tea</li></ul>",
        "</aside>",
        "<main><h1>About it</h1>",
        "<p>x</p>",
        "</main>",
        "</body>",
        "</html>",
    ]


def test_a_guide_stands_alone() -> None:
    guides: Data = {"calm": {"text": "<Upset>", "steps": {"a": {"title": "*A*", "text": "<b>"}}}}
    found = alone("calm", pack_with(guides=guides), at(1))

    assert text(found) == "<Upset>\n\n1. *A*\n   - <b>"
    assert as_markdown(found) == "## &lt;Upset&gt;\n\n1. \\*A\\*\n   - &lt;b&gt;"
    page = as_html(found).split("\n")
    assert page[3].startswith("<title>&lt;Upset&gt;</title>")
    assert page[5:8] == ["<aside><h1>&lt;Upset&gt;</h1><ol>", "<li><b>*A*</b><ul><li>&lt;b&gt;</li></ul></li>", "</ol>"]
