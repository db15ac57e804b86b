"""Every example in the documentation is true, every link leads somewhere, and nothing public is left out."""

from __future__ import annotations

import ast
import doctest
import inspect
import json
import re
from argparse import Action, ArgumentParser
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import sevclass
from sevclass import Classification, Explanation, Pack, Problem, classify, load_pack
from sevclass.cli import COMMANDS
from sevclass.cli.entries import ABOUT
from sevclass.cli.incident import READING, parser_of
from sevclass.cli.review import VERBS as REVIEWING, parser_of as parser_of_review
from sevclass.cli.shelf import ISSUES, RUNBOOKS, VERBS as SHELVED
from sevclass.cli.verbs import VERBS
from sevclass.incident import IncidentState
from sevclass.incident.events import KINDS, BaseEvent
from sevclass.source import Budget, plain, read
from tests.docs import pages
from tests.docs.pages import PAGES, ROOT, Block
from tests.docs.problem_examples import EXAMPLES, Make, told

DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
BLOCKS = [block for page in PAGES for block in pages.blocks(page)]
LANGUAGES = {"python", "console", "yaml", "json", "sh", "diff"}

every_page = pytest.mark.parametrize("page", [pytest.param(page, id=pages.name(page)) for page in PAGES])


def those(*, having: str) -> list[Any]:
    """The blocks of a language or with a mark, as parameters."""
    return [pytest.param(b, id=b.place) for b in BLOCKS if having in (b.language, *(m.split("=")[0] for m in b.marks))]


# --- examples ---------------------------------------------------------------------------------------------------------


@every_page
def test_the_blocks_of_a_page_can_be_checked(page: Path) -> None:
    assert {block.language for block in pages.blocks(page)} <= LANGUAGES
    assert pages.text_of(page).count("```") == 2 * len(pages.blocks(page)), "a fence that is not closed"


@every_page
def test_the_python_of_a_page_runs(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    namespace: dict[str, Any] = {"__name__": "page"}
    for block in pages.blocks(page):
        if block.language == "python" and block.file is None:
            assert run_python(block, namespace) == ""


def run_python(block: Block, namespace: dict[str, Any]) -> str:
    """What doctest says about the block: nothing, if it is as shown. Plain code just has to run, with its asserts."""
    if ">>>" not in block.text:
        exec(compile("\n" * (block.line - 1) + block.text, pages.name(block.page), "exec"), namespace)  # noqa: S102
        return ""
    reports: list[str] = []
    example = doctest.DocTestParser().get_doctest(
        block.text, namespace, block.place, pages.name(block.page), block.line - 1
    )
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example, out=reports.append, clear_globs=False)
    namespace |= example.globs
    return "".join(reports)


@every_page
def test_the_commands_of_a_page_print_what_it_shows(page: Path, tmp_path: Path) -> None:
    shown = [run for block in pages.blocks(page) if block.language == "console" for run in pages.runs(block)]

    printed = [(run, pages.printed(run.command, tmp_path)) for run in shown]

    wrong = [(run.command, text, run.output) for run, text in printed if not run.agrees(text)]
    assert wrong == []


@pytest.mark.parametrize("block", those(having="file"))
def test_a_file_that_is_shown_is_shown_whole(block: Block) -> None:
    assert block.file is not None
    text = block.file.read_text(encoding="utf-8")

    # What the linter of this project is told is nothing to copy.
    assert block.text == re.sub(r"\A# ruff: .*\n", "", text)


@pytest.mark.parametrize("block", those(having="facts"))
def test_facts_that_are_shown_classify(block: Block) -> None:
    root, problems = read(block.text.encode(), block.place, Budget())
    assert root is not None
    assert problems == []
    facts = json.loads(block.text) if block.language == "json" else plain(root)

    assert classify(facts).severity < len(load_pack().severities)


def test_the_picture_shows_what_is_printed() -> None:
    from scripts import picture

    text = picture.PICTURE.read_text(encoding="utf-8")

    assert text == picture.picture(), "run `python scripts/picture.py`"
    assert re.findall(r'\w+://[^"]*', text) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"@font-face|@import|url\(|href", text)


def test_the_commands_that_come_first_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipes = dict(re.findall(r"^(\w+):.*\n((?:\t.*\n)+)", makefile, re.MULTILINE))
    first = section_rows(ROOT / "README.md", "Try it")

    assert [row[0] for row in first] == ["`make run`", "`make test`"]
    assert recipes["run"].endswith("-m sevclass examples/payments-down.json --format text\n")
    assert "$(PYTEST)" in recipes["test"]


# --- links ------------------------------------------------------------------------------------------------------------


@every_page
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    assert [link for link in pages.links(page) if not leads_somewhere(page, link)] == []


def leads_somewhere(page: Path, link: str) -> bool:
    if re.match(r"https?://", link):
        return True
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.is_relative_to(ROOT) or not target.exists():
        return False
    return not anchor or (target.suffix == ".md" and anchor in pages.anchors(target))


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        pytest.param("docs/README.md", True, id="a-page"),
        pytest.param("docs", True, id="a-folder"),
        pytest.param("docs/none.md", False, id="no-page"),
        pytest.param("#the-idea", True, id="a-heading"),
        pytest.param("#no-idea", False, id="no-heading"),
        pytest.param("docs/reference/support-facts.md#data_loss", True, id="a-heading-elsewhere"),
        pytest.param("LICENSE#mit", False, id="not-a-page"),
        pytest.param("../elsewhere", False, id="outside"),
        pytest.param("https://example.org/", True, id="the-web"),
    ],
)
def test_a_link_is_judged(link: str, leads: bool) -> None:  # noqa: FBT001
    assert leads_somewhere(ROOT / "README.md", link) is leads


def test_the_index_names_every_page() -> None:
    index, lint = DOCS / "README.md", REFERENCE / "lint" / "README.md"
    linked = {(page.parent / link).resolve() for page in (index, lint) for link in pages.links(page)}

    assert {page for page in DOCS.rglob("*.md") if page.parent.name != "adr"} - {index} == linked - {DOCS / "adr"}


# --- nothing is left out ----------------------------------------------------------------------------------------------


def section_rows(page: Path, heading: str) -> list[list[str]]:
    return pages.rows(pages.section(page, heading))


def named(text: str) -> set[str]:
    """The names in code: a span may hold several words, such as an option and its value."""
    return {word for span in pages.code_spans(text) for word in re.split(r"[\s,(]+", span)}


@pytest.fixture(scope="module")
def support() -> dict[str, Any]:
    return load_pack("support").model_dump()


@pytest.mark.parametrize("fact", list(load_pack("support").model_dump()["facts"]))
def test_each_fact_of_the_default_pack_has_its_section(fact: str, support: dict[str, Any]) -> None:
    spec = support["facts"][fact]
    section = pages.section(REFERENCE / "support-facts.md", f"`{fact}`")
    texts = spec.get("levels") or spec.get("label") or spec.get("flag") or {}

    assert spec.get("ask", "") in section
    assert pages.rows(section) == [[f"`{level}`", text] for level, text in texts.items()]
    assert set(spec.get("sum_of", ())) <= named(section)


def test_the_rules_of_the_default_pack_are_told(support: dict[str, Any]) -> None:
    page = REFERENCE / "support-facts.md"
    names = support["severities"]

    assert [row[:3] for row in section_rows(page, "The criteria")] == [
        [f"{severity} {names[severity]}", f"`{id_}`", criterion["text"]]
        for severity, criteria in support["criteria"].items()
        for id_, criterion in criteria.items()
    ]
    assert [row[:3] for row in section_rows(page, "The roster") if len(row) == 4] == [
        [f"{severity} {names[severity]}", f"`{role}`", row["duty"]]
        for severity, roster in support["roster"].items()
        for role, row in roster.items()
    ]
    assert [f"`{reason}`" for reason in support["war_room"]] == [row[0] for row in section_rows(page, "The war room")]
    assert set(support["roles"]) <= named(pages.section(page, "The roster"))


def test_the_python_reference_names_what_is_public() -> None:
    page = REFERENCE / "python.md"
    in_pack = named(pages.section(page, "`Pack`"))
    in_result = named(pages.section(page, "`Classification`"))

    assert set(sevclass.__all__) <= named(pages.text_of(page))
    assert {name for name in vars(Pack) if not name.startswith("_")} <= in_pack
    assert set(inspect.signature(Pack.classify).parameters) - {"self"} <= in_pack
    assert {name for name in dir(Classification) if not name.startswith("_")} <= in_result
    assert set(Problem.__dataclass_fields__) <= named(pages.section(page, "Errors"))


def test_the_classification_is_told_key_by_key() -> None:
    def keys(schema: object) -> Iterator[str]:
        if isinstance(schema, dict):
            yield from schema.get("properties", {})
            for inner in schema.values():
                yield from keys(inner)
        elif isinstance(schema, list):
            for inner in schema:
                yield from keys(inner)

    page = REFERENCE / "classification.md"
    told_keys = {key for row in pages.rows(pages.text_of(page)) for key in pages.code_spans(row[0])}

    assert set(keys(Explanation.model_json_schema())) - {"role"} == told_keys - {"role"}
    assert "role" in named(pages.section(page, "`sla`")) & named(pages.section(page, "`roster`"))


def test_every_law_is_told() -> None:
    told = [row[0] for row in section_rows(DOCS / "explanation" / "assurance.md", "The laws")]

    assert sorted(told) == sorted(f"`{path.name}`" for path in (ROOT / "tests" / "property").glob("test_*.py"))


@pytest.mark.parametrize("command", list(COMMANDS))
def test_the_reference_names_every_option(command: str) -> None:
    parser = ArgumentParser(add_help=False)
    import_module(f"sevclass.cli.{command.replace('-', '_')}").add_arguments(parser)
    actions = [*parser._actions, *of_the_verbs(command)]
    options = {option for action in actions for option in action.option_strings} - {"-h", "--help"}
    values = {value for action in actions for value in str(action.metavar).split("|") if value.islower()}

    assert options | values <= named(pages.section(REFERENCE / "command-line.md", f"`{command}`"))


def test_the_reference_lists_every_command() -> None:
    page = REFERENCE / "command-line.md"
    told = pages.rows(pages.text_of(page).partition("## ")[0])

    named_first = [row[0].strip("[`").partition("`")[0].split()[1] for row in told]
    assert named_first[1:-1] == list(COMMANDS)
    assert {*COMMANDS} <= pages.anchors(page)


def of_the_verbs(command: str) -> list[Action]:
    """What the verbs of a command take."""
    parsers = [parser_of(verb) for verb in (*VERBS, *READING)] if command == "incident" else []
    parsers += [parser_of_review(verb) for verb in REVIEWING] if command == "review" else []
    parsers += [shelf.parser_of(verb) for shelf in (ISSUES, RUNBOOKS) if shelf.command == command for verb in SHELVED]
    return [action for parser in parsers for action in parser._actions]


def test_the_reference_names_every_verb() -> None:
    page = REFERENCE / "command-line.md"
    told = section_rows(page, "What happens") + section_rows(page, "What is shown")

    assert [row[0].strip("`").split()[0] for row in told if not row[0].startswith("`--")] == [*VERBS, *READING]
    assert {*ABOUT} <= named(pages.section(page, "What happens"))


# --- problems ---------------------------------------------------------------------------------------------------------

CODE = re.compile(r"[a-z]+(_[a-z]+)*")
# What a code is handed to.
TAKERS = {
    "problem",
    "PydanticCustomError",
    "_at",
    "_at_key",
    "_error",
    "_refuse",
    "_report",
    "_stop",
    "refusal",
    "told",
}


def codes(tree: ast.AST) -> Iterator[str]:
    """The codes that a module gives to problems: as `code=`, handed on, or in a tuple right before a message."""
    for node in ast.walk(tree):
        given: list[ast.expr] = []
        pairs: list[tuple[ast.expr | None, ast.expr]] = []
        if isinstance(node, ast.Call):
            taker = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            given += node.args[:2] if taker in TAKERS else []
        elif isinstance(node, ast.Tuple):
            pairs = list(zip(node.elts, node.elts[1:], strict=False))
        elif isinstance(node, ast.Dict):
            values = [value.elts[0] if isinstance(value, ast.Tuple) and value.elts else value for value in node.values]
            pairs = [pair for pair in zip(node.keys, values, strict=True) if pair[1] not in node.values]
        given += [first for first, second in pairs if first is not None and is_message(second)]
        for expression in given:
            if isinstance(expression, ast.Constant) and CODE.fullmatch(str(expression.value)):
                yield str(expression.value)


def is_message(node: ast.expr) -> bool:
    """Whether it is a text of several words, or what is called one."""
    return (
        isinstance(node, ast.JoinedStr)
        or (isinstance(node, ast.Name) and node.id == "message")
        or (isinstance(node, ast.Constant) and " " in str(node.value))
    )


@pytest.mark.parametrize(
    ("source", "found"),
    [
        pytest.param("Problem(path='', code='by_name', message='')", ["by_name"], id="by-name"),
        pytest.param("problem(node, 'handed_on', 'is wrong')", ["handed_on"], id="handed-on"),
        pytest.param("self._at(path, 'method', f'{x}')", ["method"], id="a-method"),
        pytest.param("return 'early', f'{value} is wrong', None", ["early"], id="returned"),
        pytest.param("return at, 'later', message, hint", ["later"], id="returned-later"),
        pytest.param("A = {'keyed': ('is not allowed', 'quote it')}", ["keyed"], id="a-table"),
        pytest.param("A = {'text': 'a text'}; b = 'x', 'y'", [], id="none"),
    ],
)
def test_codes_are_found(source: str, found: list[str]) -> None:
    assert list(codes(ast.parse(source))) == found


def test_every_code_has_an_example() -> None:
    sources = (ROOT / "src").rglob("*.py")
    emitted = {code for path in sources for code in codes(ast.parse(path.read_text(encoding="utf-8")))}

    assert {code for examples in EXAMPLES.values() for code in examples} == emitted


@pytest.mark.parametrize("heading", list(EXAMPLES))
def test_a_table_of_problems_has_its_codes(heading: str) -> None:
    assert [row[0] for row in section_rows(REFERENCE / "problems.md", heading)] == [f"`{c}`" for c in EXAMPLES[heading]]


@pytest.mark.parametrize(
    ("heading", "code", "make"),
    [
        pytest.param(heading, code, make, id=f"{heading}-{code}".lower().replace(" ", "-"))
        for heading, examples in EXAMPLES.items()
        for code, make in examples.items()
    ],
)
def test_an_example_of_a_problem_is_told_like_that(heading: str, code: str, make: Make, tmp_path: Path) -> None:
    rows = section_rows(REFERENCE / "problems.md", heading)
    (shown,) = (pages.code_spans(row[2]) for row in rows if row[0] == f"`{code}`")

    assert shown == set(told(code, make(tmp_path))[:1])


# --- the changelog ----------------------------------------------------------------------------------------------------


def test_the_changelog_has_room_for_what_comes() -> None:
    text = pages.text_of(ROOT / "CHANGELOG.md")

    assert pages.section(ROOT / "CHANGELOG.md", "[Unreleased]").strip()
    assert re.findall(r"^## \[(.+?)\]", text, re.MULTILINE)[0] == "Unreleased"


def test_every_event_is_told_with_its_keys() -> None:
    page = REFERENCE / "events.md"
    common = {row[0].strip("`") for row in section_rows(page, "What every event may have")}
    assert common == {*BaseEvent.model_fields, "event"}

    told = {kind: named(row[2]) for row in section_rows(page, "The events") for kind in named(row[0])}
    assert told.keys() == KINDS.keys()
    for kind, model in KINDS.items():
        own = {field.alias or name for name, field in model.model_fields.items()} - common
        assert own <= told[kind], kind
    assert {"schema", *IncidentState.PARTS, *IncidentState.KNOWN} <= named(pages.section(page, "The state"))
