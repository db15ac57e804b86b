"""What comes from outside means nothing to Markdown."""

from __future__ import annotations

import pytest

from sevclass.cli import markdown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("As usual, 5 (five).", "As usual, 5 (five).", id="words"),
        pytest.param("*a* _b_ `c` ~d~", "\\*a\\* \\_b\\_ \\`c\\` \\~d\\~", id="emphasis"),
        pytest.param("<img src=x> & co", "&lt;img src=x&gt; &amp; co", id="html"),
        pytest.param("[a](b) ![c](d)", "\\[a\\](b) \\!\\[c\\](d)", id="links"),
        pytest.param("a | b \\ #12 @all $x$", "a \\| b \\\\ \\#12 \\@all \\$x\\$", id="cells-and-mentions"),
        pytest.param("http://a.b at 9:30, www.a.b", "http\\://a.b at 9:30, www\\.a.b", id="addresses"),
        pytest.param("a\x1b[2J\u202eb", "a\\\\x1b\\[2J\\\\u202eb", id="control-characters"),
    ],
)
def test_text(text: str, shown: str) -> None:
    assert markdown.plain(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("T-1 <b> *x*", "`T-1 <b> *x*`", id="as-it-is"),
        pytest.param("a`b", "`` a`b ``", id="one-backtick"),
        pytest.param("``", "``` `` ```", id="two"),
        pytest.param("", "`  `", id="nothing"),
        pytest.param("a\nb", "`a\\nb`", id="lines"),
    ],
)
def test_code(text: str, shown: str) -> None:
    assert markdown.code(text) == shown
