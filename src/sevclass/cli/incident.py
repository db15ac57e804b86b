"""Keep the log of an incident: write down what happens, and see how it stands.

Each VERB but `show` and `list` adds an event to the log of the incident ID
below the root folder, and prints what was recorded, what that changed, the new
state, what has to be done next and what is worth asking. What cannot be, such
as a second resolution, is refused, and nothing is written.
`sevclass incident VERB -h` has the help of a verb.

  open          it was reported: begins the log
  ack           somebody has answered
  facts         what became known
  override      somebody decides on another severity
  update        word of how it stands was sent
  notify        a role was told
  wait          work waits for somebody else
  resume        a wait is over
  mitigate      it hurts less, and is not solved
  resolve       the customers can work again
  reopen        it was not solved after all
  fix           the cause is gone for good
  close         nothing more is owed
  cause         what was behind it
  satisfaction  a customer's answer
  action        something to be done, or how it stands with it
  step          a step of the response plan is done
  assign        somebody fills a role, or nobody does
  decide        a decision
  note          anything else worth keeping
  review        the review took place: writes its action items too
  war-room      the war room was opened or closed
  strike        an entry was a mistake

  show          how the incident stands
  list          all incidents below the root folder
"""

from __future__ import annotations

import sys
from argparse import REMAINDER, ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain

from sevclass.api import Pack
from sevclass.classification import Question
from sevclass.cli import changes, formats, listing, record, root, standing, streams
from sevclass.cli.arguments import Parser, UsageError, choice, instant
from sevclass.cli.logbook import Logbook
from sevclass.cli.statuses import BAD_INPUT, DONE
from sevclass.cli.text import Row, columns, heading
from sevclass.cli.timelines import Reading
from sevclass.cli.verbs import VERBS
from sevclass.cli.whereabouts import file_of
from sevclass.incident import IncidentState
from sevclass.incident.course import PHASES
from sevclass.incident.knowledge import Knowledge
from sevclass.incident.store import Store
from sevclass.problems import IncidentError, nearest, quote

READING = {"show": "how an incident stands", "list": "all incidents below the root folder"}
"""The verbs that write nothing."""
_FORMAT_HELP = "text, on a terminal the default, or json, elsewhere the default"
_PACK_HELP = "a pack that ships, or the folder of one (default: the one that it was opened under; support for `open`)"
_MOST_ASKED = 5


def add_arguments(parser: ArgumentParser) -> None:
    """What `incident` takes: a verb, and what that takes."""
    parser.add_argument("verb", nargs="?", metavar="VERB", help="one of those above")
    parser.add_argument("words", nargs=REMAINDER, metavar="...", help="what the verb takes")


def run(options: Namespace) -> int:
    """Do what the verb says: 0, or 2 if not all that is shown could be read, or it is read under another pack.

    Raises UsageError, or SevclassError where nothing can be done.
    """
    verbs = [*VERBS, *READING]
    if options.verb not in verbs:
        if options.verb is None:
            raise UsageError("no VERB", "see `sevclass incident -h`")
        hint = nearest(options.verb, verbs) or "see `sevclass incident -h`"
        raise UsageError(f"unknown verb {quote(options.verb)}", hint)
    parser = parser_of(options.verb)
    found = parser.read(options.words, mixed=True)
    if found is None:
        return DONE
    now, store = datetime.now(UTC), Store(root.root_of(found.root))
    if options.verb == "list":
        return listing.run(found, store, found.now or now)
    if options.verb == "show":
        return _show(found, store, now)
    _write(options.verb, found, store, now)
    return DONE


def parser_of(verb: str) -> Parser:
    """The parser of what stands after a verb."""
    help_ = VERBS[verb].help if verb in VERBS else READING[verb]
    parser = Parser(f"incident {verb}", f"{help_[0].upper()}{help_[1:]}.")
    add = parser.add_argument
    if verb != "list":
        add("id", metavar="ID", help="the incident, which is the name of its folder")
    if verb in VERBS:
        for argument in VERBS[verb].arguments:
            argument(parser)
        add("--at", type=instant, metavar="INSTANT", help="when it happened, as 2026-03-02T14:23:00Z (default: now)")
        add("--by", metavar="WHO", help="who says so")
        add("--source", metavar="SOURCE", help="where it comes from, such as monitoring (default: the team)")
        add("--ref", metavar="REF", help="an id or a link elsewhere")
        add("--event-id", metavar="ID", help="by which the entry can be named (default: such as e12)")
    else:
        add("--now", type=instant, metavar="INSTANT", help="the instant to show, as 2026-03-02T14:23:00Z")
    if verb == "list":
        add("--state", **choice("state", *PHASES), help="only the incidents in this state")
    add("--root", metavar="DIR", help=root.HELP)
    add("--pack", help=_PACK_HELP)
    add("--format", **choice("format", "text", "json"), help=_FORMAT_HELP)
    return parser


def _write(verb: str, options: Namespace, store: Store, now: datetime) -> None:
    knowledge = Knowledge(store)
    book = Logbook(store=store, id=options.id, pack=options.pack, now=now, at=options.at, knowledge=knowledge)
    write = book.open if verb == "open" else book.append
    items = VERBS[verb].look(options, store)
    added = write(lambda before: VERBS[verb].events(options, store, items, before))
    streams.tell([*added.problems, *knowledge.problems])
    state, names = added.state, added.pack.severities
    page = chain(changes.recorded(state, added.events, names), standing.rows(state, names))
    ids = [str(event.id) for event in added.events]
    with streams.after_writing(f"{options.id}: {', '.join(ids)}"):
        _print(state, added.pack, options.format, ids, page)


def _show(options: Namespace, store: Store, now: datetime) -> int:
    knowledge = Knowledge(store)
    reading = Reading(file_of(store, options.id), options.pack, options.now or now, knowledge=knowledge)
    found = next(reading.states(), None)
    if found is None:
        raise IncidentError(reading.problems)
    streams.tell([*reading.problems, *knowledge.problems])
    state, pack, _ = found
    names = pack.severities
    page = chain(standing.rows(state, names), record.rows(state), changes.rows(state, names))
    _print(state, pack, options.format, (), page)
    return BAD_INPUT if reading.is_bad else DONE


def _print(state: IncidentState, pack: Pack, form: str | None, ids: Sequence[str], page: Iterable[Row]) -> None:
    questions = _questions(state, pack)
    if formats.is_json(form):
        asked = [question.model_dump(mode="json") for question in questions]
        shape = {**state.model_dump(), "questions": asked, "written": ids}
        formats.say_json(shape)
        return
    formats.Page(sys.stdout).show([*page, *_asking(questions)])


def _questions(state: IncidentState, pack: Pack) -> Sequence[Question]:
    """What is worth asking, while it is open."""
    if state.phase != "open":
        return ()
    return pack.classify({"facts": {fact: said.value for fact, said in state.facts.items()}}).questions


def _asking(questions: Sequence[Question]) -> Iterator[Row]:
    if questions:
        yield from heading("Ask next")
        yield from columns([(question.fact, question.ask) for question in questions[:_MOST_ASKED]])
        if more := questions[_MOST_ASKED:]:
            yield Row(lead="  ", cells=(f"and {len(more)} more; `--format json` has them all",), style="dim")
