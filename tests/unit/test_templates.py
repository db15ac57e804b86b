"""What templates may do, and what they may not: told with the line, before anything is rendered."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import pytest

from sevclass import MessageError, templates
from sevclass.templates import faults, render, used

ALLOWED = "a template has names, `join`, `if` with `and`, `or`, `not`, `==` and `!=`, and `for` over a list"
LOOP = "write `{% for item in list %}`, and no loop in another"
JOIN = "write `{{ list | join }}`, or what stands between in brackets"


def told(text: str, *names: str) -> list[str]:
    return [f"{fault}; {fault.hint}" if fault.hint else str(fault) for fault in faults(text, names)]


@pytest.mark.parametrize(
    "text",
    [
        "Nothing at all",
        "{{ title }} and {{ plan }}",
        "{% if title and not plan or severity == 1 %}a{% elif phase != 'open' %}b{% else %}c{% endif %}",
        "{% if impact %}{% for fact in impact %}{{ fact.ask }} {{ fact.text }} {{ fact }}{% endfor %}{% endif %}",
        "{% for customer_ in customers %}{{ customer_ }}{% if customer_ == title %}!{% endif %}{% endfor %}",
        "{{ customers | join }} {{ customers | join('; ') }}",
        "{{ 'a text' }}{# a remark #}{% raw %}{{ x.y }}{% endraw %}",
        "{% for row in roster %}{% if row.person %}{{ row.person }}{% endif %}{% endfor %}",
        "{% for a in impact %}{{ a }}{% endfor %}{% for a in actions %}{{ a.owner }}{{ a.due }}{% endfor %}",
    ],
)
def test_what_a_template_may_do(text: str) -> None:
    assert told(text, "plan") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a\n{{ tilte }}", "line 2: unknown name `tilte`; did you mean `title`?", id="misspelt"),
        pytest.param(
            "{{ zebra }}",
            "line 1: unknown name `zebra`; what only a person can say stands in the pack's `blanks`",
            id="unknown",
        ),
        pytest.param(
            "{{ loop }}",
            "line 1: unknown name `loop`; what only a person can say stands in the pack's `blanks`",
            id="loop",
        ),
        pytest.param(
            "{% for one in impact %}{{ on }}{% endfor %}", "line 1: unknown name `on`; did you mean `one`?", id="item"
        ),
        pytest.param(
            "{% for one in impact %}{% endfor %}{{ one }}",
            "line 1: unknown name `one`; did you mean `phone`?",
            id="item-after",
        ),
        pytest.param(
            "{{ impact }}",
            "line 1: `impact` is a list; write `{% for item in impact %}`, or `{{ impact | join }}`",
            id="a-list",
        ),
        pytest.param(
            "{% for a in title %}{% endfor %}",
            "line 1: `title` is not a list; one of `impact`, `customers`, `workarounds`, `explanations`, `waiting`, "
            "`roster`, `actions`",
            id="no-list",
        ),
        pytest.param(
            "{% for a in 'abc' %}{% endfor %}",
            "line 1: this is not a list; one of `impact`, `customers`, `workarounds`, `explanations`, `waiting`, "
            "`roster`, `actions`",
            id="no-name",
        ),
        pytest.param(
            "{% for loop in impact %}{{ loop.text }}{% endfor %}",
            "line 1: `loop` is taken; call an item something else",
            id="a-word-of-templates",
        ),
        pytest.param(
            "{% for title in impact %}{% endfor %}",
            "line 1: `title` is taken; call an item something else",
            id="a-name-taken",
        ),
        pytest.param(
            "{% for a in impact %}\n{% for b in impact %}{% endfor %}{% endfor %}",
            f"line 2: this loop is not allowed; {LOOP}",
            id="nested",
        ),
        pytest.param(
            "{% for a, b in impact %}{% endfor %}", f"line 1: this loop is not allowed; {LOOP}", id="two-targets"
        ),
        pytest.param(
            "{% for a in impact if a %}{% endfor %}", f"line 1: this loop is not allowed; {LOOP}", id="with-a-test"
        ),
        pytest.param(
            "{% for a in impact recursive %}{% endfor %}", f"line 1: this loop is not allowed; {LOOP}", id="recursive"
        ),
        pytest.param(
            "{% for a in impact %}{% else %}x{% endfor %}", f"line 1: this loop is not allowed; {LOOP}", id="for-else"
        ),
        pytest.param(
            "{% for a in impact %}{{ a.owner }}{% endfor %}",
            "line 1: an item of `impact` has no `owner`; one of `text`, `ask`",
            id="no-attribute",
        ),
        pytest.param(
            "{% for a in customers %}{{ a.name }}{% endfor %}",
            "line 1: an item of `customers` has no `name`; write its name alone",
            id="a-plain-item",
        ),
        pytest.param("{{ title.upper }}", f"line 1: an attribute is not allowed; {ALLOWED}", id="attribute"),
        pytest.param("{{ ''.__class__ }}", f"line 1: an attribute is not allowed; {ALLOWED}", id="dunder"),
        pytest.param("{{ title() }}", f"line 1: a call is not allowed; {ALLOWED}", id="call"),
        pytest.param("{{ title[0] }}", f"line 1: an item in brackets is not allowed; {ALLOWED}", id="item-of"),
        pytest.param(
            "{{ title | upper }}", f"line 1: a filter other than `join` is not allowed; {ALLOWED}", id="filter"
        ),
        pytest.param("{{ title | join }}", f"line 1: `join` takes a list, and one text; {JOIN}", id="join-no-list"),
        pytest.param("{{ impact | join(1) }}", f"line 1: `join` takes a list, and one text; {JOIN}", id="join-number"),
        pytest.param(
            "{{ impact | join(', ', 'x') }}", f"line 1: `join` takes a list, and one text; {JOIN}", id="join-two"
        ),
        pytest.param(
            "{{ impact | join(attribute='x') }}",
            f"line 1: a filter other than `join` is not allowed; {ALLOWED}",
            id="join-attribute",
        ),
        pytest.param(
            "{{ impact | join(*title) }}",
            f"line 1: a filter other than `join` is not allowed; {ALLOWED}",
            id="join-star",
        ),
        pytest.param(
            "{{ impact | join(**title) }}", f"line 1: `join` takes a list, and one text; {JOIN}", id="join-stars"
        ),
        pytest.param("{% if title is defined %}{% endif %}", f"line 1: `is` is not allowed; {ALLOWED}", id="test"),
        pytest.param(
            "{% if severity < 2 %}{% endif %}", f"line 1: this comparison is not allowed; {ALLOWED}", id="less"
        ),
        pytest.param(
            "{% if severity == 1 == 1 %}{% endif %}", f"line 1: this comparison is not allowed; {ALLOWED}", id="chain"
        ),
        pytest.param("{{ 'a' * 9 }}", f"line 1: this is not allowed; {ALLOWED}", id="arithmetic"),
        pytest.param("{{ 7 }}", f"line 1: a number is not allowed; {ALLOWED}", id="number"),
        pytest.param("{{ 'a' if title }}", f"line 1: `if` within a value is not allowed; {ALLOWED}", id="inline-if"),
        pytest.param("{% set a = title %}", f"line 1: `set` is not allowed; {ALLOWED}", id="set"),
        pytest.param("{% include 'x' %}", f"line 1: `include` is not allowed; {ALLOWED}", id="include"),
        pytest.param("{% import 'x' as y %}", f"line 1: `import` is not allowed; {ALLOWED}", id="import"),
        pytest.param("{% extends 'x' %}", f"line 1: `extends` is not allowed; {ALLOWED}", id="extends"),
        pytest.param("{% block x %}{% endblock %}", f"line 1: `block` is not allowed; {ALLOWED}", id="block"),
        pytest.param("{% macro x() %}{% endmacro %}", f"line 1: `macro` is not allowed; {ALLOWED}", id="macro"),
        pytest.param("{% do x %}", f"line 1: encountered unknown tag `do`; {ALLOWED}", id="unknown-tag"),
        pytest.param(
            "{{ title", f"line 1: unexpected end of template, expected `end of print statement`; {ALLOWED}", id="open"
        ),
        pytest.param("{{" + "(" * 9_000, f"line 1: it cannot be read; {ALLOWED}", id="deep"),
        pytest.param("{{ " + "9" * 9_000 + " }}", f"line 1: it cannot be read; {ALLOWED}", id="long-number"),
        pytest.param("a" * 20_001, "line 1: more than 20000 characters; make two messages of it", id="too-long"),
        pytest.param(
            "{% if title %}" * 21 + "{% endif %}" * 21,
            "line 1: more than 20 in each other; write it flatter",
            id="too-deep",
        ),
        pytest.param(
            "{% if " + "not " * 21 + "title %}{% endif %}",
            "line 1: more than 20 in each other; write it flatter",
            id="not-not",
        ),
        pytest.param(
            "{% if title" + " and title" * 30 + " %}{% endif %}",
            "line 1: more than 20 in each other; write it flatter",
            id="and-and",
        ),
    ],
)
def test_what_it_may_not(text: str, expected: str) -> None:
    assert told(text) == [expected]


def test_what_is_just_short_enough_is_rendered() -> None:
    deep = "{% if title %}" * 20 + "x" + "{% endif %}" * 20
    nots = "{% if " + "not " * 20 + "title %}x{% endif %}"

    assert told(deep) == told(nots) == told("a" * 20_000) == []
    assert (render(deep, {"title": "t"}), render(nots, {"title": "t"})) == ("x", "x")


def test_every_fault_is_told() -> None:
    text = "{{ one }}\n{% if two %}{{ three.four }}{% elif five %}\n{{ six }}{% else %}{{ seven | eight }}{% endif %}"

    assert [fault.line for fault in faults(text, ())] == [1, 2, 2, 2, 3, 3]


@pytest.mark.parametrize("text", ["{{ title", "{% if %}"])
def test_of_what_cannot_be_read_no_name_is_used(text: str) -> None:
    assert used(text) == frozenset()


def test_the_names_that_are_used() -> None:
    assert used("{{ a }}{% if b == 'x' %}{% for c in d %}{{ c }}{% endfor %}{% endif %}") == {"a", "b", "d"}


VALUES: Mapping[str, object] = {"title": "T", "phase": "open", "customers": ["A", "B"], "none": ""}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a {{ title }}\nb", "a T\nb", id="a-name"),
        pytest.param("a\n{% if title %}\nb\n{% endif %}\nc", "a\nb\nc", id="tags-alone"),
        pytest.param("a\n  {% if title %}  \nb\n{# why #}\n{% endif %}\nc", "a\nb\nc", id="indented"),
        pytest.param("a{% if title %}, b{% endif %}\nc", "a, b\nc", id="tag-at-the-end-of-a-line"),
        pytest.param("{{ title }}  \nb \n", "T\nb", id="spaces-at-line-ends"),
        pytest.param("{% for c in customers %}\n- {{ c }}\n{% endfor %}\nc", "- A\n- B\nc", id="a-loop"),
        pytest.param("{{ customers | join }}/{{ customers | join('') }}", "A, B/AB", id="join"),
        pytest.param("{% if phase == 'open' %}x{% endif %}{% if phase != 'open' %}y{% endif %}", "x", id="compared"),
        pytest.param(r"{{ '\u202e\x1b[2J' }}", r"\u202e\x1b[2J", id="a-hostile-constant"),
        pytest.param("{% raw %}{{ title }}{% endraw %}", "{{ title }}", id="raw"),
    ],
)
def test_what_comes_of_it(text: str, expected: str) -> None:
    assert told(text, "none") == []
    assert render(text, VALUES) == expected


def test_a_value_is_no_template() -> None:
    assert render("{{ title }}", {"title": "{{ 7*7 }}{% if %}"}) == "{{ 7*7 }}{% if %}"


def test_too_much_is_refused() -> None:
    half = {"title": "x" * 100_000}

    assert len(render("{{ title }}{{ title }}", half)) == templates.MAX_OUTPUT
    with pytest.raises(MessageError) as caught:
        render("{{ title }}{{ title }}.", half)
    assert str(caught.value) == "more than 200000 characters would come of it; name less in the template"


def test_without_jinja_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    assert templates.is_installed()
    monkeypatch.delitem(sys.modules, "sevclass.constructs", raising=False)
    monkeypatch.delattr("sevclass.constructs", raising=False)
    monkeypatch.setitem(sys.modules, "jinja2", None)

    assert not templates.is_installed()
    with pytest.raises(MessageError) as caught:
        faults("{{ title }}", ())
    assert str(caught.value) == ("messages need the extra `messages`; install it: pip install 'sevclass[messages]'")
