"""A file of what a team knows, for its command: entries are added to it, listed and shown."""

from __future__ import annotations

import sys
from argparse import REMAINDER, ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from sevclass.api import DEFAULT_PACK, Pack
from sevclass.cli import formats, matches, root, streams, words
from sevclass.cli.arguments import Parser, UsageError, choice
from sevclass.cli.new_entries import from_file, from_options, line_of, option_of
from sevclass.cli.statuses import BAD_INPUT, DONE
from sevclass.cli.text import Row, columns
from sevclass.cli.timelines import pack_named
from sevclass.incident.disk import name_of, refusal
from sevclass.incident.journal import Journal, indent_of, journal, set_aside
from sevclass.incident.knowledge import NOUNS, Known, known_issues, known_runbooks, read_known, unknown_runbooks
from sevclass.incident.known import KnownIssue, Runbook
from sevclass.incident.store import Store
from sevclass.problems import Problem, StoreError, nearest, quote
from sevclass.results import SCHEMA

_Kind = TypeVar("_Kind", KnownIssue, Runbook)

VERBS = {
    "add": "adds an entry, or each of a file",
    "list": "all entries",
    "show": "one entry, whole",
}
_FILE_HELP = "entries as YAML or JSON, one or a list, or `-` for standard input; instead of the options"
_PACK_HELP = f"the pack that floors must fit, by its name or folder (default: {DEFAULT_PACK})"
_CHECK_HELP = "check floors against this pack too"
_FORMAT_HELP = "text, on a terminal the default, or json, elsewhere the default"
_WHEN_HELP = "a floor, as functionality=down security=issue; again for another floor, any of which will do"


@dataclass(frozen=True, slots=True)
class Shelf(Generic[_Kind]):
    """One of the files, and the command for it."""

    command: str
    model: type[_Kind]
    path: Callable[[Store], Path]
    read: Callable[[Store, Pack | None], Known[_Kind]]
    own: Sequence[tuple[str, dict[str, Any]]]
    """The options of `add` beside the usual ones: the key of an entry, and what argparse is told of it."""

    def run(self, options: Namespace) -> int:
        """Do what the verb says: 0, or 2 if there is something wrong with what is listed.

        Raises UsageError, or SevclassError where nothing can be done.
        """
        if options.verb not in VERBS:
            hint = f"see `sevclass {self.command} -h`"
            if options.verb is None:
                raise UsageError("no VERB", hint)
            raise UsageError(f"unknown verb {quote(options.verb)}", nearest(options.verb, VERBS) or hint)
        found = self.parser_of(options.verb).read(options.words, mixed=True)
        if found is None:
            return DONE
        store = Store(root.root_of(found.root))
        if options.verb == "add":
            return self._add(found, store)
        return self._list(found, store) if options.verb == "list" else self._show(found, store)

    def parser_of(self, verb: str) -> Parser:
        """The parser of what stands after a verb."""
        parser = Parser(f"{self.command} {verb}", f"{VERBS[verb][0].upper()}{VERBS[verb][1:]}.")
        add = parser.add_argument
        if verb == "add":
            add("file", nargs="?", metavar="FILE", help=_FILE_HELP)
            add("--id", help="by which it is named")
            add("--title", help="what it is about, on one line")
            add("--when", nargs="+", action="append", metavar="FACT=LEVEL", help=_WHEN_HELP)
            for key, told in self.own:
                add(option_of(key), dest=key, **told)
        if verb == "show":
            add("id", metavar="ID", help="by which it is named")
        add("--root", metavar="DIR", help=root.HELP)
        add("--pack", help=_PACK_HELP if verb == "add" else _CHECK_HELP)
        add("--format", **choice("format", "text", "json"), help=_FORMAT_HELP)
        return parser

    # Adding

    def _add(self, options: Namespace, store: Store) -> int:
        made = self._made(options, pack_named(DEFAULT_PACK if options.pack is None else options.pack))
        path = self.path(store)
        with journal(path) as log:
            warnings = self._put(made, log, path)
        if self.model is KnownIssue:
            missing = unknown_runbooks(made, known_runbooks(store))  # pyright: ignore[reportArgumentType]
            by_option = options.file is None
            warnings += [replace(one, path="--runbook", excerpt=None) if by_option else one for one in missing]
        streams.tell(warnings)
        written = [entry.id for entry in made.entries]
        with streams.after_writing(", ".join(written)):
            if formats.is_json(options.format):
                problems = [problem.model_dump() for problem in warnings]
                formats.say_json({"schema": SCHEMA, "written": written, "problems": problems})
            else:
                streams.say(f"written: {', '.join(written)}")
        return DONE

    def _made(self, options: Namespace, pack: Pack) -> Known[_Kind]:
        """The entries that somebody wants written.

        Raises UsageError, and SevclassError with every problem of them.
        """
        fields = self.model.model_fields
        given = {key: vars(options)[key] for key in fields if vars(options)[key] is not None}
        if options.file is not None:
            if given:
                raise UsageError(f"either FILE or `{option_of(next(iter(given)))}`", "a file has all of an entry")
            return from_file(options.file, self.model, pack)
        for key, field in fields.items():
            if field.is_required() and key not in given:
                raise UsageError(f"no `{option_of(key)}`", "give it, or a FILE of entries")
        return from_options(given, self.model, pack)

    def _put(self, made: Known[_Kind], log: Journal, path: Path) -> list[Problem]:
        """Add the entries at the end: what is to be told of what was there.

        Raises StoreError if one is there already, or where nothing can be added.
        """
        name, noun = name_of(path), NOUNS[self.model]
        # Its last line ends before anything is added, and a block of text may end in that.
        lead = b"\n" if log.text and not log.text.endswith(b"\n") else b""
        before: Known[_Kind] = read_known(log.text + lead, name, self.model)
        if not before.is_read:
            raise StoreError(before.problems)
        if twice := [entry.id for entry in made.entries if entry.id in before.nodes]:
            raise StoreError(
                Problem(
                    path=before.nodes[id_].place,
                    code="duplicate_id",
                    message=f"{noun} {quote(id_)} is there already",
                    hint="take another id, or change it in the file",
                )
                for id_ in twice
            )
        lines = [line_of(entry) for entry in made.entries]
        indent = indent_of(log.text).decode()
        added = "".join(f"{indent}{line}\n" for line in lines).encode()
        after: Known[_Kind] = read_known(log.text + lead + added, name, self.model)
        if after.entries != (*before.entries, *made.entries):
            hint = "write it as a list with `- ` before each entry, and nothing after the last one"
            raise refusal(path, "cannot_add", "nothing can be added to what stands there", hint)
        torn, line = log.torn, log.text.count(b"\n") + 1
        for entry in lines:
            log.append(entry)
        return [] if torn is None else [set_aside(path, line)]

    # Reading

    def _list(self, options: Namespace, store: Store) -> int:
        found: Known[_Kind] = self.read(store, options.pack and pack_named(options.pack))
        warnings: list[Problem] = []
        if self.model is KnownIssue:
            warnings += unknown_runbooks(found, known_runbooks(store))  # pyright: ignore[reportArgumentType]
        problems = [*found.problems, *warnings]
        streams.tell(problems)
        if formats.is_json(options.format):
            rows = [entry.model_dump(mode="json") for entry in found.entries]
            told = [problem.model_dump() for problem in problems]
            formats.say_json({"schema": SCHEMA, "rows": rows, "problems": told})
        elif found.entries:
            pairs = [(words.whose(entry.id, 0), entry.title) for entry in found.entries]
            formats.Page(sys.stdout).show(columns(pairs, ""))
        return BAD_INPUT if any(problem.code != "torn" for problem in found.problems) else DONE

    def _show(self, options: Namespace, store: Store) -> int:
        found: Known[_Kind] = self.read(store, options.pack and pack_named(options.pack))
        entry = next((entry for entry in found.entries if entry.id == options.id), None)
        if entry is None:
            if options.id in found.nodes or not found.is_read:
                raise StoreError(found.problems)
            hint = nearest(options.id, found.nodes) or f"see `sevclass {self.command} list`"
            message = f"there is no {NOUNS[self.model]} {quote(options.id)}"
            raise StoreError([Problem(path=name_of(self.path(store)), code="unknown_id", message=message, hint=hint)])
        if formats.is_json(options.format):
            formats.say_json(entry.model_dump(mode="json"))
        else:
            formats.Page(sys.stdout).show(_whole(entry))
        return DONE


ISSUES = Shelf(
    "known-issue",
    KnownIssue,
    lambda store: store.known_issues,
    known_issues,
    (
        ("ids", {"nargs": "+", "metavar": "ID", "help": "other names of it, or incidents that it was behind"}),
        ("workaround", {"metavar": "TEXT", "help": "what helps until it is fixed"}),
        ("runbook", {"metavar": "ID", "help": "the runbook to follow"}),
        ("customers_text", {"metavar": "TEXT", "help": "what customers may be told"}),
    ),
)
RUNBOOKS = Shelf(
    "runbook",
    Runbook,
    lambda store: store.runbooks,
    known_runbooks,
    (("steps", {"action": "append", "metavar": "TEXT", "help": "a step; again for the next one"}),),
)


def add_verbs(parser: ArgumentParser) -> None:
    """What the command takes: a verb, and what that takes."""
    parser.add_argument("verb", nargs="?", metavar="VERB", help="one of those above")
    parser.add_argument("words", nargs=REMAINDER, metavar="...", help="what the verb takes")


def _whole(entry: KnownIssue | Runbook) -> Iterator[Row]:
    """The entry, and when it matches."""
    issues, runbooks = ((entry,), ()) if isinstance(entry, KnownIssue) else ((), (entry,))
    _, _, *rows = matches.rows(matches.Matches(issues, runbooks))
    yield from rows
    for floor in entry.when:
        shown = ", ".join(f"{fact}: {words.value(level)}" for fact, level in floor.items())
        yield Row(lead="    when  ", cells=(shown,))
    if isinstance(entry, KnownIssue) and entry.ids:
        yield Row(lead="    ids   ", cells=(", ".join(entry.ids),))
