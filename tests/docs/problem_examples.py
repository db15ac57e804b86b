"""Every code of a problem, brought about: what `docs/reference/problems.md` shows as examples."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from contextlib import chdir
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sevclass import FactsError, PackError, Problem, SevclassError, classify, load_pack
from sevclass.cli import classify as command, review as review_command
from sevclass.cli.arguments import Parser
from sevclass.cli.shelf import ISSUES
from sevclass.cli.timelines import Reading
from sevclass.cli.whereabouts import file_of
from sevclass.incident import disk, read_log, replay
from sevclass.incident.ids import checked_id
from sevclass.incident.journal import MAX_BYTES as MAX_OF_FILE, journal, read_journal
from sevclass.incident.knowledge import known_issues, known_runbooks, unknown_runbooks
from sevclass.incident.log import MAX_PROBLEMS as MAX_OF_LOG
from sevclass.incident.store import Store
from sevclass.lint import lint
from sevclass.playbook import Incident, Writer, draft
from sevclass.playbook.directory_file import read_directory
from sevclass.playbook.local_time import LocalTime
from sevclass.playbook.paths import paths_of
from sevclass.source import MAX_BYTES, MAX_NODES, MAX_PROBLEMS, Budget, read
from sevclass.targets import durable
from tests.incident.users import unprivileged

OPENED = datetime(2026, 3, 2, 14, 23, tzinfo=UTC)
PACK = "name: acme\nversion: 1.0.0\nextends: support\n"
CRITERION = "criteria:\n  2:\n    slow:\n      text: It is slow\n      when: "
FACT = "facts:\n  latency:\n    ask: How long does a request take?\n    "

Make = Callable[[Path], tuple[Problem, ...]]


def of_facts(facts: object, **more: Any) -> Make:
    def make(_: Path) -> tuple[Problem, ...]:
        try:
            classify(facts, **more)  # type: ignore[arg-type]
        except FactsError as error:
            return error.problems
        return ()

    return make


def of_a_criterion(name: str) -> Make:
    def make(_: Path) -> tuple[Problem, ...]:
        try:
            load_pack().explain({}, why_not=name)
        except FactsError as error:
            return error.problems
        return ()

    return make


def of_file(name: str, content: bytes | None = None) -> Make:
    """What the command line says of a file; `name` of one that is not made may be anything."""

    def make(folder: Path) -> tuple[Problem, ...]:
        if content is not None:
            (folder / name).write_bytes(content)
        (folder / "tickets").mkdir()
        (folder / "notes.txt").touch()
        parser = Parser("classify", "")
        command.add_arguments(parser)
        # The path that was given leads every message, so it is given from inside the folder.
        with chdir(folder):
            try:
                command.run(parser.read([name]) or parser.parse_args([]))
            except FactsError as error:
                return error.problems
        return ()

    return make


def of_yaml(content: bytes, spent: int = 0) -> Make:
    return lambda _: tuple(read(content, "facts.yaml", Budget(spent=spent))[1])


def of_pack(files: Mapping[str, str | None]) -> Make:
    """What loading says of a pack of these files beside a `pack.yaml` that extends `support`; None is a folder."""

    def make(folder: Path) -> tuple[Problem, ...]:
        pack = folder / "acme"
        pack.mkdir()
        for name, text in {"pack.yaml": PACK, **files}.items():
            if text is None:
                (pack / name).mkdir()
            else:
                (pack / name).write_text(text, encoding="utf-8")
        return loaded(pack)

    return make


def loaded(pack: Path | str) -> tuple[Problem, ...]:
    try:
        load_pack(pack)
    except PackError as error:
        return error.problems
    return ()


MESSAGE = "messages:\n  thanks:\n    audience: customers\n    subject: Thank you\n"


def of_message(files: Mapping[str, str | None], kind: str, said: Mapping[str, str] | None = None) -> Make:
    """What drafting a message says of a pack of these files."""

    def make(folder: Path) -> tuple[Problem, ...]:
        of_pack(files)(folder)
        incident = Incident([{"at": OPENED, "event": "opened"}], OPENED)
        writer, time = Writer(said=said or {}), LocalTime("UTC", "en")
        return refused(lambda: draft(kind, incident, load_pack(folder / "acme"), writer, time))

    return make


def criteria(when: str) -> Make:
    return of_pack({"criteria.yaml": f"{CRITERION}{when}\n"})


def fact(scale: str) -> Make:
    return of_pack({"facts.yaml": f"{FACT}{scale}\n"})


def of_directory(text: str) -> Make:
    return lambda _: refused(lambda: read_directory(text.encode(), "team.yaml", load_pack()))


def symlink(folder: Path) -> tuple[Problem, ...]:
    (folder / "shared.yaml").touch()
    of_pack({})(folder)
    (folder / "acme" / "sla.yaml").symlink_to(folder / "shared.yaml")
    return loaded(folder / "acme")


def empty_pack(folder: Path) -> tuple[Problem, ...]:
    (folder / "acme").mkdir()
    return loaded(folder / "acme")


LOG = Path("T-17/incident_timeline.yaml")
LATER = datetime(2026, 3, 2, 18, tzinfo=UTC)


def of_id(text: str) -> Make:
    return lambda _: refused(lambda: checked_id(text))


def of_log(before: bytes | None, *, meanwhile: bytes | None = None) -> Make:
    """What an append to a log says that is like that before, and is changed meanwhile."""

    def make(folder: Path) -> tuple[Problem, ...]:
        with chdir(folder):
            LOG.parent.mkdir()
            if before is not None:
                LOG.write_bytes(before)
            return refused(lambda: append(meanwhile))

    return make


def append(meanwhile: bytes | None = None, **more: float) -> None:
    with journal(LOG, **more) as log:
        if meanwhile is not None:
            LOG.write_bytes(meanwhile)
        log.append('- {"event": "note"}')


def refused(do: Callable[[], object]) -> tuple[Problem, ...]:
    try:
        do()
    except SevclassError as error:
        return error.problems
    return ()


def log_without_permission(mode: int) -> Make:
    def make(_: Path) -> tuple[Problem, ...]:
        with unprivileged() as folder, chdir(folder):
            LOG.parent.mkdir()
            LOG.touch()
            LOG.chmod(mode)
            return refused(append)

    return make


def no_log(folder: Path) -> tuple[Problem, ...]:
    with chdir(folder):
        return refused(lambda: read_journal(LOG))


def folder_for_a_log(folder: Path) -> tuple[Problem, ...]:
    (folder / LOG).mkdir(parents=True)
    with chdir(folder):
        return refused(append)


def file_for_a_folder(folder: Path) -> tuple[Problem, ...]:
    (folder / LOG.parent).touch()
    with chdir(folder):
        return refused(append)


def pipe_for_a_log(folder: Path) -> tuple[Problem, ...]:
    (folder / LOG.parent).mkdir()
    os.mkfifo(folder / LOG)
    with chdir(folder):
        return refused(append)


def log_too_large(folder: Path) -> tuple[Problem, ...]:
    of_log(b"")(folder)
    os.truncate(folder / LOG, MAX_OF_FILE + 1)
    with chdir(folder):
        return refused(lambda: read_journal(LOG))


def review_twice(folder: Path) -> tuple[Problem, ...]:
    with chdir(folder):
        Path("T-17/workflow").mkdir(parents=True)
        log = Path("T-17/workflow/incident_timeline.yaml")
        log.write_bytes(b'- {"at": "2026-03-02T14:23:00Z", "event": "opened"}\n')
        review = Path("T-17/outputs/final/post_incident_review.yaml")
        disk.create(review, b"")
        words = Namespace(verb="draft", words=[str(log), "--out", str(review)])
        return refused(lambda: review_command.run(words))


def of_incidents(*files: str) -> Make:
    """What is said of logs there, of showing T-17, and of listing all."""

    def make(folder: Path) -> tuple[Problem, ...]:
        with chdir(folder):
            for name in files:
                Path(name).parent.mkdir(parents=True)
                Path(name).write_bytes(b'- {"at": "2026-03-02T14:23:00Z", "event": "opened"}\n')
            reading = Reading(".", None, LATER)
            list(reading.states())
            return *reading.problems, *refused(lambda: file_of(Store(Path()), "T-17"))

    return make


def log_in_use(folder: Path) -> tuple[Problem, ...]:
    with chdir(folder), journal(LOG):
        return refused(lambda: append(patience_s=0))


def of_lines(*lines: str) -> Make:
    """What is said of a log with these lines after an opening, read and replayed up to some hours later."""
    opened = '- {"at": "2026-03-02T14:23:00Z", "event": "opened"}'
    return of_whole_log("\n".join((opened, *lines, "")))


def of_whole_log(text: str) -> Make:
    def make(_: Path) -> tuple[Problem, ...]:
        found = read_log(text.encode()).of("T-17")
        told = list(found.problems)
        at_last = refused(lambda: told.extend(replay(found.entries, load_pack(), LATER).problems))
        return *told, *at_last

    return make


KNOWN = Path("_knowledge/semantic/known_issues.yaml")


def of_known(text: str, *, adding: str | None = None) -> Make:
    """What is told of known issues that are written like that; or of adding one to them."""

    def make(folder: Path) -> tuple[Problem, ...]:
        with chdir(folder):
            KNOWN.parent.mkdir(parents=True)
            KNOWN.write_text(text, encoding="utf-8")
            store = Store(Path())
            if adding is None:
                found = known_issues(store, load_pack())
                return *found.problems, *unknown_runbooks(found, known_runbooks(store))
            words = ["--root", ".", "--id", adding, "--title", "Slow"]
            return refused(lambda: ISSUES.run(Namespace(verb="add", words=words)))

    return make


def no_such_issue(folder: Path) -> tuple[Problem, ...]:
    of_known("- {id: KI-1, title: Slow}\n")(folder)
    with chdir(folder):
        return refused(lambda: ISSUES.run(Namespace(verb="show", words=["--root", ".", "KI-2"])))


def event(said: str) -> str:
    """A line of a log."""
    return f'- {{"at": "2026-03-02T15:00:00Z", {said}}}'


def calendar(rest: str) -> Make:
    """What loading says of a pack with a calendar in Berlin."""
    return of_pack({"calendar.yaml": f"calendar:\n  zone: Europe/Berlin\n  {rest}\n"})


def german(said: str, language: str = "de") -> Make:
    """What loading says of a pack that is translated into German, or so it says."""
    return of_pack({"translations.yaml": f"translations:\n  {language}:\n    {said or '{}'}\n"})


def of_cases(line: str) -> Make:
    """What lint says of a pack with that case."""

    def make(folder: Path) -> tuple[Problem, ...]:
        of_pack({"cases.jsonl": f"{line}\n"})(folder)
        try:
            lint(folder / "acme")
        except PackError as error:
            return error.problems
        return ()

    return make


def without_holidays(folder: Path) -> tuple[Problem, ...]:
    with patch.dict(sys.modules, {"holidays": None}):
        return calendar('hours: {mon: ["09:00-17:00"]}\n  holidays: {country: DE}')(folder)


ALONE = "name: acme\nversion: 1.0.0\nfacts: {down: {ask: Is it down?, flag: {}}}\ncriteria: {}\n"

EXAMPLES: dict[str, dict[str, Make]] = {
    "Facts": {
        "unknown_fact": of_facts({"funtionality": "down"}),
        "unknown_level": of_facts({"functionality": "dwon"}),
        "wrong_type": of_facts({"enterprise_customers": "3"}),
        "out_of_range": of_facts({"enterprise_customers": -1}),
        "derived_fact": of_facts({"customers_affected": 3}),
        "not_a_mapping": of_facts({"id": "T-17", "facts": ["down"]}),
        "unknown_key": of_facts({"ids": "T-17", "facts": {}}),
        "contradiction": of_facts({"id": "T-17", "facts": {}}, id="T-18"),
        "unknown_criterion": of_a_criterion("production-dow"),
        "not_an_instant": of_facts({"opened_at": "today", "facts": {}}),
        "no_zone": of_facts({"opened_at": "2026-03-02T14:23:00", "facts": {}}),
        "not_json": of_facts('{"functionality": down}'),
        "duplicate_key": of_facts('{"security": "none", "security": "breach"}'),
        "too_large": of_facts(json.dumps({"functionality": "x" * 2**20})),
    },
    "Files of facts": {
        "no_such_file": of_file("ticket.json"),
        "is_a_directory": of_file("tickets"),
        "unreadable": of_file("notes.txt/ticket.json"),
        "empty": of_file("ticket.json", b"\n"),
        "encoding": of_file("ticket.json", b'{"security": "\xfc"}'),
        "not_json": of_file("ticket.json", b"{\n  functionality: down\n}\n"),
        "not_a_mapping": of_file("ticket.yaml", b"- down\n"),
        "too_large": of_file("ticket.json", b" " * (2**20 + 1)),
    },
    "YAML": {
        "syntax": of_yaml(b"facts:\n  latency: [1, 2\n"),
        "encoding": of_yaml(b"ask: H\xf6he\n"),
        "character": of_yaml(b"ask: bell \x07\n"),
        "anchor": of_yaml(b"ask: &this How\n"),
        "alias": of_yaml(b"ask: *this\n"),
        "tag": of_yaml(b"ask: !!str 1\n"),
        "directive": of_yaml(b"%YAML 1.1\n---\nask: How\n"),
        "second_document": of_yaml(b"a: 1\n---\nb: 2\n"),
        "key": of_yaml(b"? [a, b]\n: 1\n"),
        "duplicate_key": of_yaml(b"ask: How\nask: Why\n"),
        "number": of_yaml(b"to: .inf\n"),
        "too_deep": of_yaml(b"[" * 65),
        "too_large": of_yaml(b" " * (MAX_BYTES + 1)),
        "too_many_nodes": of_yaml(b"ask: How\n", MAX_NODES),
        "too_many_problems": of_yaml(b"- !t a\n" * (MAX_PROBLEMS + 1)),
    },
    "Files of a pack": {
        "unknown_pack": lambda _: loaded("suport"),
        "empty_pack": empty_pack,
        "not_a_file": of_pack({"sla.yaml": None}),
        "symlink": symlink,
        "wrong_suffix": of_pack({"sla.yml": ""}),
        "not_a_mapping": of_pack({"sla.yaml": "- 15m\n"}),
        "duplicate_key": of_pack({"rules.yaml": "version: 1.0.0\n"}),
    },
    "The shape of a pack": {
        "missing_key": of_pack({"criteria.yaml": "criteria:\n  2:\n    slow:\n      text: It is slow\n"}),
        "unknown_key": of_pack({"criteria.yaml": "criterias: {}\n"}),
        "wrong_type": of_pack({"criteria.yaml": "criteria: [slow]\n"}),
        "wrong_length": fact("levels: {fast: Fast}"),
        "not_a_name": of_pack({"roles.yaml": "roles:\n  Night Shift: Works at night\n"}),
        "not_a_severity": of_pack({"sla.yaml": "sla:\n  high: {resolution: 4h}\n"}),
        "not_a_stage": of_pack({"escalation.yaml": "escalation:\n  1:\n    late: [cto]\n"}),
        "not_a_way": of_pack({"paths.yaml": "paths:\n  konsult: {}\n"}),
        "not_a_section": of_pack({"room.yaml": "war_room_setup:\n  handover: {weather: Rain}\n"}),
        "unprintable_text": of_pack({"roles.yaml": 'roles:\n  night-shift: ""\n'}),
        "goal": of_pack({"targets.yaml": "targets:\n  response_sla: 95%\n"}),
        "duration": of_pack({"sla.yaml": "sla:\n  1: {resolution: 4h..2h}\n"}),
        "level": criteria("{performance: [degraded]}"),
        "empty_floor": criteria("{}"),
        "scale": fact("{flag: {}, count: seconds}".strip("{}").replace(": {}, ", ": {}\n    ")),
        "empty_measure": fact("measure: {unit: seconds, worse: higher, from: 60, to: 1}"),
    },
    "What a pack says": {
        "unknown_fact": criteria("{preformance: degraded}"),
        "unknown_level": criteria("{performance: degarded}"),
        "unknown_severity": of_pack({"sla.yaml": "sla:\n  5: {resolution: 4w}\n"}),
        "unknown_cause": of_pack({"de.yaml": "translations:\n  de:\n    causes: {user_eror: Falsch benutzt}\n"}),
        "unknown_role": of_pack({"roster.yaml": "roster:\n  1:\n    suport-manager: informed\n"}),
        "wrong_type": criteria("{enterprise_customers: many}"),
        "out_of_range": criteria("{enterprise_customers: -1}"),
        "always_holds": criteria("{performance: normal}"),
        "two_sums": of_pack(
            {
                "facts.yaml": "facts:\n  big: {sum_of: [enterprise_customers, tier_2_3_customers]}\n",
                "criteria.yaml": f"{CRITERION}{{customers_affected: 9, big: 3}}\n",
            }
        ),
        "label": criteria("{request: defect}"),
        "duplicate_criterion": of_pack(
            {
                "criteria.yaml": "criteria:\n"
                + "".join(f"  {n}:\n    slow: {{text: Slow, when: {{performance: degraded}}}}\n" for n in (2, 3))
            }
        ),
        "reserved_name": of_pack({"facts.yaml": "facts:\n  severity: {ask: How bad is it?, flag: {}}\n"}),
        "not_a_count": of_pack({"facts.yaml": "facts:\n  worries: {sum_of: [data_loss]}\n"}),
        "duplicate_part": of_pack(
            {"facts.yaml": "facts:\n  big: {sum_of: [enterprise_customers, enterprise_customers]}\n"}
        ),
        "circular_cover": of_pack(
            {"covers.yaml": "covers:\n  executive-team: [escalation-manager]\n  escalation-manager: [executive-team]\n"}
        ),
        "unknown_track": of_pack(
            {
                "plan.yaml": "plan:\n  phases:\n    triage:\n      actions:\n"
                "        assess: {text: Look, track: techncal, owners: [support]}\n"
            }
        ),
        "duplicate_step": of_pack(
            {
                "plan.yaml": "plan:\n  phases:\n    resolution:\n      actions:\n"
                "        assess: {text: Look, track: technical, owners: [support]}\n"
            }
        ),
        "business_time": of_pack({"plan.yaml": "plan:\n  phases:\n    triage: {to: 4bh}\n"}),
        "empty_phase": of_pack({"plan.yaml": "plan:\n  phases:\n    triage: {from: 1h, to: 30m}\n"}),
        "severity_gap": of_pack({"pack.yaml": f"{ALONE}severities: {{1: High, 3: Low}}\n"}),
        "fixed_severities": of_pack({"pack.yaml": f"{PACK}severities: {{5: Whenever}}\n"}),
        "level_order": of_pack({"facts.yaml": "facts:\n  performance: {levels: {slow: Slow, degraded: Unusable}}\n"}),
        "nothing_to_delete": of_pack({"roles.yaml": "roles:\n  suport: null\n"}),
        "unknown_pack": of_pack({"pack.yaml": "name: acme\nversion: 1.0.0\nextends: suport\n"}),
    },
    "Translations": {
        "not_a_language": german("", "german"),
        "own_language": german("", "en"),
        "fixed_language": of_pack({"pack.yaml": f"{PACK}language: de\n"}),
        "unknown_position": german("war_room_setup: {positions: {scrib: {text: Schreibt}}}"),
        "unknown_protocol": german("war_room_setup: {protocols: {one-vioce: Einer}}"),
        "unknown_topic": german("paths: {delegate: {documentatoin: {text: Akten}}}"),
        "unknown_criterion": german("criteria: {data-los: {text: Daten sind weg}}"),
        "nothing_to_translate": german("facts: {data_loss: {levels: {none: Nein}}}"),
    },
    "Messages": {
        "not_a_word": of_pack({"blanks.yaml": "blanks:\n  first-step: What you do at once\n"}),
        "not_given": of_pack({"messages.yaml": f"{MESSAGE}    body: It is solved\n    facts: [customers_affected]\n"}),
        "unknown_guide": of_pack(
            {"guides.yaml": "guides:\n  shouting: {text: Somebody shouts, like: tense-custmer}\n"}
        ),
        "unknown_blank": german("blanks: {sendr: Ihr Name}"),
        "unknown_message": german("messages: {status-updte: {subject: Stand}}"),
        "template": of_message({"messages.yaml": f"{MESSAGE}    body: Thank you, {{{{ custmer }}}}\n"}, "thanks"),
        "not_asked": of_message({}, "follow-up", said={"preventoin": "We watch it"}),
        "locale": lambda _: refused(lambda: LocalTime("UTC", "de_AT")),
    },
    "Calendars": {
        "zone": of_pack({"calendar.yaml": 'calendar:\n  zone: Europe/Berln\n  hours: {mon: ["09:00-17:00"]}\n'}),
        "span": calendar('hours: {mon: ["9-17"]}'),
        "date": calendar('hours: {mon: ["09:00-17:00"]}\n  holidays: {dates: [2026-02-30]}'),
        "overlap": calendar('hours: {mon: ["22:00-06:00"], tue: ["05:00-09:00"]}'),
        "no_working_time": calendar("hours: {mon: []}"),
        "unknown_country": calendar('hours: {mon: ["09:00-17:00"]}\n  holidays: {country: EU}'),
        "unknown_subdivision": calendar('hours: {mon: ["09:00-17:00"]}\n  holidays: {country: GB, subdivision: LON}'),
        "no_country": calendar('hours: {mon: ["09:00-17:00"]}\n  holidays: {subdivision: BE}'),
        "extra_missing": without_holidays,
        "unknown_calendar": of_pack({"sla.yaml": "sla:\n  3: {resolution: {within: 2bd, calendar: berlin}}\n"}),
        "no_business_time": of_pack(
            {
                "calendars.yaml": 'calendars:\n  berlin: {zone: Europe/Berlin, hours: {mon: ["09:00-17:00"]}}\n',
                "sla.yaml": "sla:\n  3: {resolution: {within: 48h, calendar: berlin}}\n",
            }
        ),
    },
    "Cases": {
        "not_json": of_cases('{"case": "lost"'),
        "not_a_case": of_cases('{"case": "lost", "facts": {"data_loss": true}}'),
        "unknown_key": of_cases('{"case": "lost", "facts": {}, "expected": {"severty": 1}}'),
        "wrong_type": of_cases('{"case": "lost", "facts": {}, "expected": {"severity": "1"}}'),
        "unknown_fact": of_cases('{"case": "lost", "facts": {"data_los": true}, "expected": {"severity": 1}}'),
    },
    "Ids of incidents": {
        "wrong_length": of_id(""),
        "character": of_id("../T-17"),
        "id_start": of_id("_knowledge"),
        "id_end": of_id("T-17."),
        "reserved_name": of_id("con.2026"),
        "not_composed": of_id("sto\u0308rung"),
    },
    "Files of incidents": {
        "no_such_file": no_log,
        "is_a_directory": folder_for_a_log,
        "not_a_directory": file_for_a_folder,
        "not_a_file": pipe_for_a_log,
        "unreadable": log_without_permission(0),
        "file_exists": review_twice,
        "unwritable": log_without_permission(0o400),
        "encoding": of_log("- {}  # größer\n".encode("latin-1")),
        "too_large": log_too_large,
        "cannot_add": of_log(b'{"event": "note"}\n'),
        "elsewhere": of_incidents("2026/T-17/workflow/incident_timeline.yaml"),
        "same_id": of_incidents("2025/T-17/incident_timeline.yaml", "2026/T-17/incident_timeline.yaml"),
        "locked": log_in_use,
        "changed": of_log(b"", meanwhile=b"- event: note\n"),
    },
    "Event logs": {
        "not_an_event": of_lines("- resolved"),
        "unknown_event": of_lines(event('"event": "resovled"')),
        "missing_key": of_lines(event('"event": "note"')),
        "unknown_key": of_lines(event('"event": "waiting", "for": "vendor"')),
        "empty_text": of_lines(event('"event": "note", "text": ""')),
        "wrong_type": of_lines(event('"event": "satisfaction", "score": "5"')),
        "out_of_range": of_lines(event('"event": "satisfaction", "score": 6')),
        "not_a_name": of_lines(event('"event": "notified", "role": "Support Manager"')),
        "not_an_instant": of_lines('- {"at": "15:00", "event": "resolved"}'),
        "no_zone": of_lines('- {"at": "2026-03-02T15:00:00", "event": "resolved"}'),
        "duplicate_key": of_lines(event('"event": "resolved", "event": "fixed"')),
        "too_large": of_lines(event('"event": "note", "text": "' + "x" * 2**20 + '"')),
        "too_many_problems": of_whole_log("y\n" * MAX_OF_LOG),
        "torn": of_whole_log('- {"at": "2026-03-02T14:23:00Z", "event": "opened"}\n- {"at": "2026'),
        "unknown_fact": of_lines(event('"event": "facts", "facts": {"data_los": true}')),
        "not_opened": of_whole_log("# nothing yet\n"),
        "before_opening": of_whole_log('- {"at": "2026-03-03T09:00:00Z", "event": "opened"}\n'),
        "cannot_be": of_lines(event('"event": "resolved"'), event('"event": "resolved"')),
        "out_of_order": of_lines(
            event('"event": "resolved"'), '- {"at": "2026-03-02T14:30:00Z", "event": "mitigated"}'
        ),
        "other_incident": of_lines(event('"event": "resolved", "incident": "T-18"')),
        "other_pack": of_whole_log('- {"at": "2026-03-02T14:23:00Z", "event": "opened", "pack": "acme"}\n'),
    },
    "Known issues and runbooks": {
        "not_a_mapping": of_known("- KI-1\n"),
        "missing_key": of_known("- id: KI-1\n"),
        "unknown_key": of_known("- {id: KI-1, titel: Slow}\n"),
        "wrong_type": of_known("- {id: 1, title: Slow}\n"),
        "unprintable_text": of_known('- {id: KI-1, title: ""}\n'),
        "unknown_fact": of_known("- {id: KI-1, title: Slow, when: {preformance: degraded}}\n"),
        "duplicate_id": of_known("- {id: KI-1, title: Slow}\n- {id: KI-1, title: Down}\n"),
        "unknown_runbook": of_known("- {id: KI-1, title: Slow, runbook: restart}\n"),
        "unknown_id": no_such_issue,
        "cannot_add": of_known("[{id: KI-1, title: Slow}]\n", adding="KI-2"),
    },
    "Paths and directories": {
        "unknown_topic": lambda _: refused(lambda: paths_of(load_pack(), "documentatoin", "delegate")),
        "empty": of_directory(""),
        "not_a_mapping": of_directory("- cto\n"),
        "missing_key": of_directory('cto: {name: Jin, on_call: {mon: ["09:00-17:00"]}}\n'),
        "unknown_key": of_directory("cto: {nam: Jin}\n"),
        "wrong_type": of_directory("cto: Jin\n"),
        "unknown_role": of_directory("ctoo: {name: Jin}\n"),
        "duplicate_person": of_directory("cto: [{name: Jin}, {name: Jin}]\n"),
        "zone": of_directory("cto: {name: Jin, zone: Seoul}\n"),
        "span": of_directory('cto: {name: Jin, zone: UTC, on_call: {mon: ["9-17"]}}\n'),
        "no_working_time": of_directory("cto: {name: Jin, zone: UTC, on_call: {}}\n"),
    },
    "Engines": {
        "engine_unavailable": lambda _: durable._unavailable((3, 13)).problems,
    },
}
"""Heading of a table -> code -> what brings it about."""


def told(code: str, problems: tuple[Problem, ...]) -> list[str]:
    """The problems of that code as they are shown, without the line they are about."""
    return [str(problem).split("\n", 1)[0] for problem in problems if problem.code == code]
