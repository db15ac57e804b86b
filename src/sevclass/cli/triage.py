"""Ask about an incident, one question at a time, the most useful next.

It stops as soon as no answer can change the result. The dialogue and, at its
end, the classification are on standard error; on standard output come the
facts as JSON that `sevclass classify -` reads. Ctrl-C and the end of the input
end it early, and what was answered is there all the same.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from typing import Any

from sevclass.api import DEFAULT_PACK, Pack
from sevclass.classification import Question
from sevclass.cli import documents, formats, inputs, streams, text, words
from sevclass.cli.answers import Answers, answers
from sevclass.cli.arguments import UsageError
from sevclass.cli.dialogue import Dialogue
from sevclass.cli.statuses import DONE, INTERRUPTED
from sevclass.cli.text import Row, columns
from sevclass.facts import FactsInput
from sevclass.problems import printable

_COMMANDS = {
    "?": "this help",
    "-": "nobody knows; it is not asked again",
    "back": "take the last answer back",
    "quit": "end here, as Ctrl-D does; what was answered is written out",
}


def add_arguments(parser: ArgumentParser) -> None:
    """What `triage` takes."""
    add = parser.add_argument
    add("--pack", default=DEFAULT_PACK, help=f"a pack that ships, or the folder of one (default: {DEFAULT_PACK})")
    add("--language", metavar="TAG", help=inputs.LANGUAGE_HELP)
    add("--known", metavar="FACTS", help="a file of JSON or YAML with what is known already")


def run(options: Namespace) -> int:
    """Ask: 0, or 130 if it was interrupted.

    Raises UsageError, or SevclassError where nothing can be asked.
    """
    pack = inputs.pack(options.pack, options.language)
    given = _known(options.known, pack)
    dialogue = Dialogue(pack, given.pop("facts"))
    with inputs.opened("-") as file:
        lines = inputs.lines(file, inputs.name_of("-"))
        try:
            finished, status = _Asking(pack, dialogue, lines).finish(), DONE
        except KeyboardInterrupt:
            streams.complain("")
            finished, status = False, INTERRUPTED
    known: Mapping[str, Any] = {**given, "facts": dialogue.facts} if given else dialogue.facts
    formats.say_json(known)
    if finished:
        formats.Page(sys.stderr).show([Row(), *text.rows(pack.classify(known), pack, "known")])
    return status


def _known(word: str | None, pack: Pack) -> dict[str, Any]:
    """What is known already: `facts`, and the id and the opening where the input has them."""
    if word is None:
        return {"facts": {}}
    if word == "-":
        raise UsageError("`--known -` cannot be", "the answers are read from standard input")
    name, kind = inputs.name_of(word), inputs.kind_of(word)
    if kind == "jsonl":
        raise UsageError("`--known` is one incident", f"{name} is a stream of many")
    with inputs.opened(word) as file:
        data = inputs.document(file, name)

    def checked(facts: FactsInput) -> dict[str, Any]:
        pack.classify(facts)  # it refuses an opening so late that nothing owed has an instant
        return pack.check(facts)

    return documents.answered(data, name, kind, documents.asking(word, checked))


class _Asking:
    """The dialogue on standard error and standard input."""

    def __init__(self, pack: Pack, dialogue: Dialogue, lines: Iterator[inputs.Line]) -> None:
        self._pack, self._names, self._dialogue, self._lines = pack, pack.severities, dialogue, lines
        self._written: dict[str, Any] = pack.model_dump()["facts"]
        self._page = formats.Page(sys.stderr)

    def finish(self) -> bool:
        """Ask until nothing is left to ask; False if the input ends before."""
        if self._dialogue.question:
            self._page.show([Row(cells=("Type a number or a name; ", "`-` if nobody knows, ", "`?` for help."))])
        while question := self._dialogue.question:
            choices = answers(question.fact, self._written[question.fact])
            self._page.show(self._shown(question, choices))
            if not self._answered(question, choices):
                return False
        return True

    def _answered(self, question: Question, choices: Answers) -> bool:
        """Read lines until one moves the dialogue; False if the input ends before."""
        while True:
            match self._line():
                case None | "quit":
                    return False
                case "":
                    streams.complain("type an answer, or `?` for help")
                case "?":
                    self._page.show(self._help(question, choices))
                case "-":
                    self._dialogue.answer(question.fact, None)
                    return True
                case "back" if self._dialogue.back():
                    return True
                case "back":
                    streams.complain("there is no answer to take back")
                case typed:
                    try:
                        value = choices.read(typed, self._pack)
                    except ValueError as error:
                        streams.complain(str(error))
                        continue
                    self._dialogue.answer(question.fact, value)
                    return True

    def _shown(self, question: Question, choices: Answers) -> Iterator[Row]:
        found = self._dialogue.classification
        severity = f"Severity {words.named(found.severity, self._names)} so far"
        yield Row()
        yield Row(
            lead=severity,
            lead_style=text.style_of(found.severity, len(self._names)),
            cells=(f"; {words.outlook(found, self._names, 'known')}",),
        )
        yield Row(cells=(f"{question.ask} ", f"({question.fact})"), style="bold")
        yield from self._choices(choices)

    def _choices(self, choices: Answers) -> Iterator[Row]:
        for name, meaning in choices.listed():
            yield Row(lead=f"{name}  " if meaning else name, cells=(meaning,))
        if not choices.named:
            yield Row(lead="  ", cells=(choices.wanted,))

    def _help(self, question: Question, choices: Answers) -> Iterator[Row]:
        wanted = "type the number of an answer, or its name" if choices.named else f"type {choices.wanted}"
        yield Row(cells=(f"{wanted}; an answer {words.worth(question, self._names, 'known')}",))
        yield from self._choices(choices)
        yield from columns(list(_COMMANDS.items()))

    def _line(self) -> str | None:
        """What a person types, or None at the end of the input; a line too long for any answer says nothing."""
        streams.complain("> ", end="")
        line = next(self._lines, None)
        if line is None:
            streams.complain("")
            return None
        typed = (line[1] or b"").decode(errors="replace").strip()
        if not streams.is_terminal(sys.stdin):
            streams.complain(printable(typed))  # as a terminal would show it
        return typed
