"""Imports point one way, only the edges touch the machine, and a module stays small enough to hold in mind."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = "sevclass"
SOURCE = Path(__file__).resolve().parents[1] / "src" / PACKAGE

# Lowest first: a module imports from those above it in this table and from no other. `incident`, `insight`, `targets`
# and `cli` are folders, and each is one entry: within it imports are free.
ORDER = (
    "scales",
    "problems",
    "instants",
    "playbook_document",
    "document",
    "characters",
    "message_names",
    "constructs",
    "templates",
    "texts",
    "translate",
    "shipped",
    "durations",
    "spans",
    "zones",
    "spec",
    "wording",
    "floor_spec",
    "sla_spec",
    "paths_spec",
    "room_spec",
    "plan_spec",
    "message_spec",
    "calendar_spec",
    "translation_spec",
    "targets_spec",
    "public_holidays",
    "working_days",
    "calendar_words",
    "calendar_problems",
    "openings",
    "calendars",
    "covers",
    "pack",
    "nodes",
    "yaml_scalars",
    "yaml_errors",
    "source",
    "hints",
    "inherit",
    "shape",
    "translation_checks",
    "clock_checks",
    "floor_checks",
    "plan_checks",
    "message_checks",
    "checks",
    "loader",
    "results",
    "classification",
    "sla",
    "pairs",
    "unrolled",
    "evaluate",
    "tally",
    "shortcuts",
    "completions",
    "asking",
    "questions",
    "rendering",
    "minimal",
    "explain",
    "incident_facts",
    "fact_schema",
    "fact_models",
    "fact_problems",
    "json_facts",
    "lines",
    "facts",
    "engine",
    "api",
    "findings",
    "cases",
    "lint",
    "incident",
    "playbook",
    "insight",
    "targets",
    "__init__",
    "cli",
    "__main__",
)
ALONE = {  # what reads without the rest of the package, and what little of it is needed
    "scales": (),  # the idea
    **dict.fromkeys(("incident.disk", "incident.ids", "incident.journal", "incident.lock"), ("problems",)),
    "incident.store": ("problems",),
}

# What reaches out of a function's arguments, and who may: the rest is pure. A dot stands before a method.
MACHINE = {"glob", "io", "logging", "os", "pathlib", "shutil", "socket", "subprocess", "sys", "tempfile", "time"}
FILES = {"open", ".glob", ".iterdir", ".read_bytes", ".read_text", ".rglob", ".write_bytes", ".write_text"}
PRINTING = {"input", "print"}
CLOCK = {".now", ".today", ".utcnow"}
HIDDEN = {"__import__", "import_module", ".import_module"}  # imports that the order would not see
MAY_IMPORT = {
    "shipped": {"os", "pathlib"},  # it reads what was made of the packs that ship
    "loader": {"glob", "io", "os", "pathlib", "sys"},  # it reads the pack's folder
    "api": {"pathlib"},  # it is given the pack's folder
    # They keep the logs of incidents; the rest of their folder is as pure as other modules.
    "incident.disk": {"os", "pathlib", "sys", "time"},
    "incident.journal": {"os", "pathlib"},
    "incident.knowledge": {"pathlib"},  # it is given paths by `store`, and reads them through `journal`
    "incident.lock": {"os", "pathlib", "sys", "time"},
    "incident.store": {"os", "pathlib", "sys"},
    "targets": {"sys"},  # whether this Python can have the engine
    "cli": MACHINE,
    "__main__": {"sys"},
}
MAY_CALL = {
    "shipped": FILES,
    "loader": FILES,
    "incident.disk": FILES,
    "targets": HIDDEN,
    "__init__": HIDDEN,  # what it names stands beside, where the order sees it
    "cli": FILES | PRINTING | CLOCK | HIDDEN,
}

LONGEST = 330

MODULES = {".".join(path.relative_to(SOURCE).with_suffix("").parts): path for path in sorted(SOURCE.rglob("*.py"))}
every_module = pytest.mark.parametrize("module", [pytest.param(name, id=name) for name in MODULES])


def entry(module: str) -> str:
    """The entry of the table that a module, dotted below the package, belongs to."""
    return module.split(".", maxsplit=1)[0]


def imports(tree: ast.AST, module: str) -> Iterator[tuple[int, str]]:
    """Every import, in functions too: its line and the absolute name that is imported."""
    # A folder's `__init__` and the modules beside it share the package that their dots start from.
    package = [PACKAGE, *module.split(".")[:-1]]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            yield from ((node.lineno, f"{name}.{alias.name}") for alias in node.names)


def own_imports(tree: ast.AST, module: str) -> Iterator[tuple[int, str]]:
    """The imports from the package itself: line and entry; a name of the package's root counts for the root."""
    for line, name in imports(tree, module):
        first, *rest = name.split(".")
        if first == PACKAGE:
            known = rest and (rest[0] in ORDER or rest[0] in map(entry, MODULES))
            yield line, rest[0] if known else "__init__"


def upward(tree: ast.AST, module: str) -> list[str]:
    """The imports of a module that break the order."""
    own = entry(module)
    if own not in ORDER:
        return [f"`{own}` has no place: say in ORDER in {Path(__file__).name} what it stands on"]
    below = ALONE.get(module, ORDER[: ORDER.index(own)])
    return [
        f"line {line}: `{own}` imports `{other}`, which is not below it"
        for line, other in own_imports(tree, module)
        if other != own and other not in below
    ]


def reaches(tree: ast.AST, module: str) -> list[str]:
    """The imports and calls of a module that reach for what only the edges may: files, streams, clocks."""
    no_import = MACHINE - MAY_IMPORT.get(module, MAY_IMPORT.get(entry(module), set()))
    no_call = (FILES | PRINTING | CLOCK | HIDDEN) - MAY_CALL.get(module, MAY_CALL.get(entry(module), set()))
    used = [(line, name.split(".")[0]) for line, name in imports(tree, module)]
    found = [(line, name) for line, name in used if name in no_import]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            called = node.func.id if isinstance(node.func, ast.Name) else f".{node.func.attr}"
            if called in no_call:
                found.append((node.lineno, called))
    return [f"line {line}: `{module}` uses `{name}`" for line, name in found]


def parsed(module: str) -> ast.AST:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def test_the_table_names_what_there_is() -> None:
    assert set(ORDER) - {entry(module) for module in MODULES} == set()


@every_module
def test_imports_point_one_way(module: str) -> None:
    assert upward(parsed(module), module) == []


@every_module
def test_only_the_edges_reach_for_the_machine(module: str) -> None:
    assert reaches(parsed(module), module) == []


@every_module
def test_a_module_can_be_held_in_mind(module: str) -> None:
    lines = len(MODULES[module].read_text(encoding="utf-8").splitlines())

    assert lines <= LONGEST, f"`{module}` has {lines} lines: one noun a module, at most {LONGEST} lines"


@pytest.mark.parametrize(
    ("module", "source", "found"),
    [
        pytest.param("pack", "from sevclass.scales import Levels", [], id="downward"),
        pytest.param("cli.main", "from . import packs\nfrom sevclass.cli.text import draw", [], id="own-folder"),
        pytest.param("cli.main", "from .. import __version__", [], id="the-root"),
        pytest.param(
            "novelty",
            "import json",
            ["`novelty` has no place: say in ORDER in test_architecture.py what it stands on"],
            id="a-new-module",
        ),
        pytest.param(
            "pack", "from sevclass import api", ["line 1: `pack` imports `api`, which is not below it"], id="upward"
        ),
        pytest.param(
            "pack", "import sevclass.cli.text", ["line 1: `pack` imports `cli`, which is not below it"], id="dotted"
        ),
        pytest.param(
            "targets.durable",
            "def f():\n    from ..cli import main",
            ["line 2: `targets` imports `cli`, which is not below it"],
            id="relative-in-a-function",
        ),
        pytest.param(
            "sla",
            "from sevclass import __version__",
            ["line 1: `sla` imports `__init__`, which is not below it"],
            id="a-name-of-the-root",
        ),
        pytest.param(
            "scales",
            "from .problems import Problem",
            ["line 1: `scales` imports `problems`, which is not below it"],
            id="scales-stand-alone",
        ),
        pytest.param(
            "incident.journal",
            "from sevclass.problems import Problem\nfrom sevclass.facts import Facts",
            ["line 2: `incident` imports `facts`, which is not below it"],
            id="the-journal-knows-no-facts",
        ),
    ],
)
def test_an_import_that_breaks_the_order_is_found(module: str, source: str, found: list[str]) -> None:
    assert upward(ast.parse(source), module) == found


@pytest.mark.parametrize(
    ("module", "source", "found"),
    [
        pytest.param("cli.main", "import sys\nprint(open('x'), datetime.now(UTC))", [], id="the-edge"),
        pytest.param("loader", "import os\npath.read_bytes()", [], id="the-reader-of-packs"),
        pytest.param("loader", "import time", ["line 1: `loader` uses `time`"], id="a-clock-in-the-reader"),
        pytest.param("incident.journal", "import os", [], id="the-journal"),
        pytest.param("incident.events", "import os", ["line 1: `incident.events` uses `os`"], id="beside-the-journal"),
        pytest.param("evaluate", "from os import path", ["line 1: `evaluate` uses `os`"], id="a-module"),
        pytest.param("sla", "datetime.now(UTC)", ["line 1: `sla` uses `.now`"], id="a-clock"),
        pytest.param("pack", "def f():\n    path.read_text()", ["line 2: `pack` uses `.read_text`"], id="a-file"),
        pytest.param("pack", "import_module('x')", ["line 1: `pack` uses `import_module`"], id="an-import-by-name"),
        pytest.param("pack", "print(1)", ["line 1: `pack` uses `print`"], id="a-print"),
    ],
)
def test_a_reach_for_the_machine_is_found(module: str, source: str, found: list[str]) -> None:
    assert reaches(ast.parse(source), module) == found
