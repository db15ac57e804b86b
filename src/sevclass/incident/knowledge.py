"""The files of what a team knows, read: YAML lists of known issues and of runbooks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sevclass.api import Pack
from sevclass.floor_checks import FloorChecks
from sevclass.hints import Hints
from sevclass.incident.disk import name_of
from sevclass.incident.journal import read_journal, torn_at
from sevclass.incident.known import PROSE_PATTERN, KnownIssue, KnownIssues, Runbook
from sevclass.incident.store import Store
from sevclass.inherit import entries
from sevclass.problems import Problem, StoreError, nearest, quote
from sevclass.shape import at, key_at
from sevclass.source import Budget, Node, plain, problem, read
from sevclass.spec import NAME_PATTERN, TEXT_PATTERN
from sevclass.wording import worded, wrong_length

_Kind = TypeVar("_Kind", KnownIssue, Runbook)

NOUNS = {KnownIssue: "known issue", Runbook: "runbook"}
"""What an entry is called."""
_CONTROL = "the text is empty or holds a character that cannot be shown"
_PATTERNS = {
    TEXT_PATTERN: ("unprintable_text", _CONTROL, "keep to one line, without control characters"),
    PROSE_PATTERN: ("unprintable_text", _CONTROL, "leave out control characters"),
    NAME_PATTERN: (
        "not_a_name",
        "{} is not a name",
        "a name is lower-case letters, digits, `_` and `-`, and starts with a letter",
    ),
}


@dataclass(frozen=True, slots=True)
class Known(Generic[_Kind]):
    """What a file holds: its entries that are well formed, and what is wrong with the rest."""

    entries: tuple[_Kind, ...] = ()
    problems: tuple[Problem, ...] = ()
    nodes: Mapping[str, Node] = field(default_factory=dict)
    """The entry of each id, as it is written, also of one that is malformed."""
    is_read: bool = True
    """Whether it could be read as a list at all."""


def read_known(text: bytes, name: str, model: type[_Kind], pack: Pack | None = None) -> Known[_Kind]:
    """Read the text of a file: a list of entries, or one alone. With a pack, their floors are checked against it."""
    root, problems = read(text, name, Budget())
    if problems:
        return Known(problems=tuple(problems), is_read=False)
    if root is None or root.value is None:
        return Known()
    if not isinstance(root.value, tuple | Mapping):
        found = problem(root, "wrong_type", f"{quote(plain(root))} is not a list", "write `- ` before each entry")
        return Known(problems=(found,), is_read=False)
    checks = None if pack is None else _checks(pack)
    kept: list[_Kind] = []
    nodes: dict[str, Node] = {}
    for node in root.value if isinstance(root.value, tuple) else (root,):
        wrong = list(_wrong(node, model, nodes, checks))
        if not wrong:
            kept.append(model.model_validate(plain(node)))
        problems.extend(wrong)
    return Known(tuple(kept), tuple(sorted(problems, key=_place)), nodes)


def unknown_runbooks(issues: Known[KnownIssue], runbooks: Known[Runbook]) -> Iterator[Problem]:
    """The known issues whose runbook is not there."""
    for issue in issues.entries:
        if issue.runbook is not None and issue.runbook not in runbooks.nodes:
            node = entries(issues.nodes[issue.id])["runbook"].value
            hint = nearest(issue.runbook, runbooks.nodes) or "add it with `sevclass runbook add`"
            yield problem(node, "unknown_runbook", f"there is no runbook {quote(issue.runbook)}", hint)


class Knowledge:
    """What is known below a root, for the packs that incidents are read under. Each file is read once a pack."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.of = lru_cache(maxsize=None)(self._of)
        """The known issues and runbooks that fit a pack."""
        self.problems: dict[Problem, None] = {}
        """What is wrong with the files, each once; what has a problem is left out."""

    def _of(self, pack: Pack) -> KnownIssues:
        issues = known_issues(self._store, pack)
        runbooks = known_runbooks(self._store, pack)
        self.problems |= dict.fromkeys((*issues.problems, *runbooks.problems))
        return KnownIssues(issues.entries, pack, runbooks.entries)


def known_issues(store: Store, pack: Pack | None = None) -> Known[KnownIssue]:
    """The known issues below a root; a file that is not there holds none."""
    return _in_file(store.known_issues, KnownIssue, pack)


def known_runbooks(store: Store, pack: Pack | None = None) -> Known[Runbook]:
    """The runbooks below a root; a file that is not there holds none."""
    return _in_file(store.runbooks, Runbook, pack)


def _in_file(path: Path, model: type[_Kind], pack: Pack | None) -> Known[_Kind]:
    try:
        text, torn = read_journal(path)
    except StoreError as error:
        missing = all(one.code == "no_such_file" for one in error.problems)
        return Known() if missing else Known(problems=error.problems, is_read=False)
    name = name_of(path)
    found: Known[_Kind] = read_known(text, name, model, pack)
    if torn is None:
        return found
    line = text.count(b"\n") + 1
    told = torn_at(f"{name}:{line}")
    return Known(found.entries, (*found.problems, told), found.nodes, found.is_read)


def _checks(pack: Pack) -> FloorChecks:
    scales = pack._engine.evaluator.scales  # noqa: SLF001 - the package's own
    return FloorChecks(scales, scales, Hints({}))


def _wrong(
    node: Node, model: type[KnownIssue | Runbook], nodes: dict[str, Node], checks: FloorChecks | None
) -> Iterator[Problem]:
    """Every problem of an entry; its id is noted in `nodes`."""
    noun = NOUNS[model]
    written = entries(node)
    if not isinstance(node.value, Mapping):
        hint = "as `{id: …, title: …}`"
        yield problem(node, "not_a_mapping", f"{quote(plain(node))} is not a {noun}", hint)
        return
    try:
        model.model_validate(plain(node))
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            yield _told(node, model, detail)
    id_ = written["id"].value if "id" in written else None
    if id_ is not None and isinstance(id_.value, str):
        if id_.value in nodes:
            hint = f"the first is at {entries(nodes[id_.value])['id'].value.place}"
            yield problem(id_, "duplicate_id", f"{noun} {quote(id_.value)} stands twice", hint)
        nodes.setdefault(id_.value, node)
    when = written["when"].value if checks and "when" in written else None
    if checks and when:
        for floor in when.value if isinstance(when.value, tuple) else (when,):
            yield from checks.floor(entries(floor), labels=True, apart="entries")


def _place(found: Problem) -> tuple[int, int]:
    """Sorts by line and column."""
    _, line, column = found.path.rsplit(":", 2)
    return int(line), int(column)


def _told(node: Node, model: type[KnownIssue | Runbook], detail: ErrorDetails) -> Problem:
    """A validation error in our words, at the key or the value that it is about."""
    kind, loc = detail["type"], detail["loc"]
    here, key = at(node, loc), key_at(node, loc)
    match kind:
        case "extra_forbidden":
            known = model.model_fields
            hint = nearest(key.text, known) or f"one of {', '.join(map(quote, known))}"
            return problem(key, "unknown_key", f"unknown key {quote(key.text)}", hint)
        case "missing":
            return problem(node, "missing_key", f"missing key {quote(str(loc[-1]))}")
        case "string_pattern_mismatch":
            code, message, hint = _PATTERNS[detail.get("ctx", {})["pattern"]]
            place = key_at(node, loc[:-1]) if loc[-1] == "[key]" else here
            return problem(place, code, message.format(quote(place.text)), hint)
        case "too_short":
            return problem(key, *wrong_length(detail, key.text))
        case _:
            code, message, advice = worded(detail)
            if kind == "string_type" and isinstance(detail["input"], bool | int | float):
                advice = f'write `"{here.text}"`'
            return problem(here, code, message, advice)
