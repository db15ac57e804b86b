"""What a template is made of: Jinja2, of which only little is let through, and how it is rendered.

Imported by `templates` alone, since Jinja2 is an extra.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import StrictUndefined, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sevclass.characters import printable
from sevclass.message_names import ITEMS, LISTS, RESERVED, VALUES
from sevclass.problems import nearest, quote

MAX_LENGTH = 20_000
"""The most characters of a template."""
MAX_DEPTH = 20
"""The most that stands in each other."""

_ALONE = re.compile(r"^ *(\{%(?:(?!%\}).)*%\}|\{#(?:(?!#\}).)*#\}) *\n", re.MULTILINE)
"""A tag that has a line to itself: nothing is left of the line."""
_ALLOWED = "a template has names, `join`, `if` with `and`, `or`, `not`, `==` and `!=`, and `for` over a list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a template cannot be rendered: the line in it, from 1."""

    line: int
    message: str
    hint: str | None = None

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


def faults(text: str, names: Collection[str]) -> list[Fault]:
    """Everything that is wrong with a template, in its order; `names` are those it may use beside the usual ones."""
    found = _read(text)
    return [found] if isinstance(found, Fault) else list(dict.fromkeys(_Check(names).statements(found.body, 0)))


def used(text: str) -> frozenset[str]:
    """The names that a template uses; none of one that cannot be read."""
    found = _read(text)
    return frozenset() if isinstance(found, Fault) else frozenset(meta.find_undeclared_variables(found))


def parts(text: str, values: Mapping[str, object]) -> Iterator[str]:
    """What a template without a fault says with these values, piece by piece."""
    yield from _environment().from_string(_ALONE.sub(r"\1", text)).generate(values)


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    # What comes out is no HTML yet: where it becomes a page, all of it is escaped.
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, cache_size=0)
    environment.globals.clear()
    environment.tests.clear()
    environment.filters.clear()
    environment.filters["join"] = _joined
    return environment


def _joined(items: Iterable[object], between: str = ", ") -> str:
    return between.join(map(str, items))


def _read(text: str) -> nodes.Template | Fault:
    if len(text) > MAX_LENGTH:
        return Fault(line=1, message=f"more than {MAX_LENGTH} characters", hint="make two messages of it")
    try:
        return _environment().parse(text)
    except TemplateSyntaxError as error:
        said = printable(str(error.message)).partition(". ")[0].rstrip(".").replace("'", "`")
        return Fault(line=error.lineno, message=said[:1].lower() + said[1:], hint=_ALLOWED)
    except (RecursionError, ValueError):  # brackets without an end, and numbers of thousands of digits
        return Fault(line=1, message="it cannot be read", hint=_ALLOWED)


class _Check:
    """Walks a template, and lets through what is allowed."""

    def __init__(self, names: Collection[str]) -> None:
        self._values = {*VALUES, *names}
        self._item: tuple[str, str] | None = None
        """Within a loop: what an item is called there, and the list."""

    def statements(self, body: Iterable[nodes.Node], depth: int) -> Iterator[Fault]:
        for node in body:
            if isinstance(node, nodes.Output):
                for part in node.nodes:
                    if not isinstance(part, nodes.TemplateData):
                        yield from self._expression(part)
            elif depth >= MAX_DEPTH:
                yield _too_deep(node)
            elif isinstance(node, nodes.If):
                yield from self._condition(node.test, 0)
                yield from self.statements(node.body, depth + 1)
                yield from self.statements(node.elif_, depth + 1)
                yield from self.statements(node.else_, depth + 1)
            elif isinstance(node, nodes.For):
                yield from self._loop(node, depth)
            else:
                yield _refused(node)

    def _loop(self, node: nodes.For, depth: int) -> Iterator[Fault]:
        target, over = node.target, node.iter
        if self._item or node.recursive or node.test or node.else_ or not isinstance(target, nodes.Name):
            yield Fault(
                line=node.lineno,
                message="this loop is not allowed",
                hint="write `{% for item in list %}`, and no loop in another",
            )
        elif not isinstance(over, nodes.Name) or over.name not in LISTS:
            shown = quote(over.name) if isinstance(over, nodes.Name) else "this"
            yield Fault(line=node.lineno, message=f"{shown} is not a list", hint=_one_of(LISTS))
        elif target.name in {*self._values, *LISTS, *RESERVED}:
            yield Fault(line=node.lineno, message=f"{quote(target.name)} is taken", hint="call an item something else")
        else:
            self._item = target.name, over.name
            yield from self.statements(node.body, depth + 1)
            self._item = None

    def _condition(self, node: nodes.Node, depth: int) -> Iterator[Fault]:
        match node:
            case nodes.Const():
                pass
            case nodes.Name() if node.name in LISTS:
                pass
            case nodes.Not() | nodes.And() | nodes.Or() | nodes.Compare() if depth >= MAX_DEPTH:
                yield _too_deep(node)
            case nodes.Not():
                yield from self._condition(node.node, depth + 1)
            case nodes.And() | nodes.Or():
                yield from self._condition(node.left, depth + 1)
                yield from self._condition(node.right, depth + 1)
            case nodes.Compare() if len(node.ops) == 1 and node.ops[0].op in {"eq", "ne"}:
                yield from self._condition(node.expr, depth + 1)
                yield from self._condition(node.ops[0].expr, depth + 1)
            case _:
                yield from self._expression(node)

    def _expression(self, node: nodes.Node) -> Iterator[Fault]:
        match node:
            case nodes.Const() if isinstance(node.value, str):
                pass
            case nodes.Name() if node.name in LISTS:
                hint = f"write `{{% for item in {node.name} %}}`, or `{{{{ {node.name} | join }}}}`"
                yield Fault(line=node.lineno, message=f"{quote(node.name)} is a list", hint=hint)
            case nodes.Name():
                item = self._item[0] if self._item else None
                if node.name != item and node.name not in self._values:
                    known = [*self._values, *LISTS, *([item] if item else [])]
                    hint = nearest(node.name, known) or "what only a person can say stands in the pack's `blanks`"
                    yield Fault(line=node.lineno, message=f"unknown name {quote(node.name)}", hint=hint)
            case nodes.Getattr(node=nodes.Name() as named) if self._item and named.name == self._item[0]:
                has = ITEMS.get(self._item[1], ())
                if node.attr not in has:
                    message = f"an item of {quote(self._item[1])} has no {quote(node.attr)}"
                    yield Fault(line=node.lineno, message=message, hint=_one_of(has) if has else "write its name alone")
            case nodes.Filter() if node.name == "join" and not node.kwargs and not node.dyn_args:
                is_list = isinstance(node.node, nodes.Name) and node.node.name in LISTS
                simple = all(isinstance(one, nodes.Const) and isinstance(one.value, str) for one in node.args)
                if not is_list or not simple or len(node.args) > 1 or node.dyn_kwargs:
                    hint = "write `{{ list | join }}`, or what stands between in brackets"
                    yield Fault(line=node.lineno, message="`join` takes a list, and one text", hint=hint)
            case _:
                yield _refused(node)


def _too_deep(node: nodes.Node) -> Fault:
    return Fault(line=node.lineno, message=f"more than {MAX_DEPTH} in each other", hint="write it flatter")


def _refused(node: nodes.Node) -> Fault:
    return Fault(line=node.lineno, message=f"{_WORDS.get(type(node).__name__, 'this')} is not allowed", hint=_ALLOWED)


_WORDS = {
    "Call": "a call",
    "Filter": "a filter other than `join`",
    "Test": "`is`",
    "Getitem": "an item in brackets",
    "Getattr": "an attribute",
    "Const": "a number",
    "Include": "`include`",
    "Import": "`import`",
    "FromImport": "`import`",
    "Extends": "`extends`",
    "Macro": "`macro`",
    "Assign": "`set`",
    "AssignBlock": "`set`",
    "Block": "`block`",
    "CallBlock": "`call`",
    "FilterBlock": "`filter`",
    "With": "`with`",
    "CondExpr": "`if` within a value",
    "Compare": "this comparison",
}
"""A construct of Jinja2 -> what it is called."""


def _one_of(names: Iterable[str]) -> str:
    return f"one of {', '.join(map(quote, names))}"
