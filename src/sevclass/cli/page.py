"""A page of HTML that is whole in itself: no script, no request, and fit to be printed on A4."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from sevclass.cli.streams import printable

COLOURS = {
    "text": ("#1b1f24", "#ffffff"),
    "muted": ("#57606a", "#ffffff"),
    "head": ("#1b1f24", "#eef1f4"),
    "gap": ("#6b3d00", "#fff1c9"),
    "bad": ("#a4111a", "#ffffff"),
    "good": ("#0f6230", "#ffffff"),
    "accent": ("#0b4f9e", "#ffffff"),
}
"""What for -> the colour of the letters, and what is behind them: each pair has the contrast that WCAG AA asks for."""

_RULE = "#c8ced5"


def _colours(name: str) -> str:
    letters, behind = COLOURS[name]
    return f"color: {letters}; background: {behind};"


STYLE = f"""\
@page {{ size: A4; margin: 18mm 16mm; }}
html {{ {_colours("text")} font: 11pt/1.45 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }}
body {{ max-width: 48rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }}
h1 {{ font-size: 1.6rem; margin: 0 0 1rem; }}
h2 {{ font-size: 1.15rem; margin: 1.6rem 0 .4rem; break-after: avoid; }}
p, ul, table, dl {{ margin: .4rem 0; }}
li {{ margin: .2rem 0; }}
li, tr, dt {{ break-inside: avoid; }}
table {{ border-collapse: collapse; width: 100%; }}
thead {{ display: table-header-group; }}
th, td {{ border: 1px solid {_RULE}; padding: .3rem .5rem; text-align: left; vertical-align: top; }}
th {{ {_colours("head")} }}
dl {{ display: grid; grid-template-columns: minmax(9rem, max-content) 1fr; gap: .2rem 1rem; }}
dt {{ {_colours("muted")} }}
dd {{ margin: 0; }}
mark {{ {_colours("gap")} padding: 0 .2rem; }}
.muted {{ {_colours("muted")} }}
.bad {{ {_colours("bad")} font-weight: 600; }}
.good {{ {_colours("good")} font-weight: 600; }}
@media print {{
  body {{ max-width: none; margin: 0; padding: 0; }}
  html {{ font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }}
}}
"""
"""The style sheet that pages share."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def text(given: str) -> str:
    """Text that means nothing to HTML; lines stay lines."""
    return "<br>".join(escape(printable(line)) for line in given.split("\n"))


def page(title: str, body: Iterable[str], language: str = "en", style: str = "") -> str:
    """The page, in ASCII: it reads the same in whatever encoding it is kept or sent. Its own `style` comes last."""
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(language)}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(printable(title))}</title>",
        f"<style>\n{STYLE}{style}</style>",
        "</head>",
        "<body>",
        *body,
        "</body>",
        "</html>",
    ]
    return "\n".join(lines).encode("ascii", "xmlcharrefreplace").decode()
