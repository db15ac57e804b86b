"""Change the package in one place after the other, and see whether the tests notice.

    python -m tests.mutants                       every module that is measured
    python -m tests.mutants sla incident.store    some of them

A survivor is a change that no test notices. Those that `docs/explanation/assurance.md` lists, with the reason, are
counted and not told. Exit status 1 if there are others, or fewer than 95 % are killed.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter

from tests.mutants.changes import mutants
from tests.mutants.survivors import Change, listed
from tests.mutants.trial import Fate, plain, prepare, tried

LEAST = 95
"""The least share killed, in per cent."""

HEAD = "| module | mutants | killed | out of time | survived | killed in all |\n| --- | --- | --- | --- | --- | --- |"

VECTORS = "tests/vectors/test_vectors.py::test_the_library_gives_what_is_expected"
ALL_PARTS = ("tests/property/test_oracle_agreement.py", VECTORS)
BUSINESS_TIME = (
    "tests/unit/test_calendars.py",
    "tests/unit/test_calendar_zones.py",
    "tests/property/test_calendar_laws.py",
)
INCIDENTS = (
    "tests/unit/test_tracker_mistakes.py",
    "tests/unit/test_escalation.py",
    "tests/property/test_clock_oracle_agreement.py",
    "tests/property/test_due.py",
)
PLANS = ("tests/unit/test_plan.py",)
TESTS: dict[str, tuple[str, ...]] = {
    "scales": (
        "tests/unit/test_scales.py",
        "tests/unit/test_evaluate.py",
        "tests/unit/test_checks.py",
        "tests/property/test_quick_ways.py",
        *ALL_PARTS,
    ),
    "evaluate": (
        "tests/unit/test_evaluate.py",
        "tests/unit/test_engine.py",
        "tests/unit/test_questions.py",
        "tests/unit/test_lint.py",
        "tests/property/test_assume_worst.py",
        *ALL_PARTS,
    ),
    "explain": ("tests/unit/test_explain.py", "tests/property/test_explain.py"),
    "minimal": ("tests/unit/test_minimal.py", "tests/unit/test_explain.py", "tests/property/test_explain.py"),
    "sla": (
        "tests/unit/test_sla.py",
        "tests/unit/test_lint.py",
        "tests/property/test_monotone.py",
        *ALL_PARTS,
    ),
    "calendars": BUSINESS_TIME,
    "openings": BUSINESS_TIME,
    "working_days": BUSINESS_TIME,
    "spans": ("tests/unit/test_calendars.py",),
    "incident.store": ("tests/unit/test_store.py",),
    "incident.journal": ("tests/unit/test_journal.py",),
    "incident.lock": ("tests/unit/test_journal.py",),
    "incident.disk": ("tests/unit/test_disk.py", "tests/unit/test_journal.py", "tests/unit/test_store.py"),
    "incident.ids": ("tests/unit/test_ids.py",),
    "incident.known": (
        "tests/unit/test_known.py",
        "tests/unit/test_knowledge.py",
        "tests/property/test_known_issues.py",
    ),
    "incident.knowledge": ("tests/unit/test_knowledge.py",),
    "incident.events": ("tests/unit/test_events.py", "tests/unit/test_log.py"),
    "incident.event_problems": (
        "tests/unit/test_events.py",
        "tests/unit/test_course.py",
        "tests/unit/test_timeline.py",
        "tests/unit/test_log.py",
    ),
    "incident.escalation": ("tests/unit/test_escalation.py", "tests/unit/test_due.py"),
    "incident.rules": (
        "tests/unit/test_clocks.py",
        "tests/unit/test_readings.py",
        "tests/unit/test_course.py",
        "tests/unit/test_ruling.py",
        *INCIDENTS,
    ),
    "incident.records": ("tests/unit/test_records.py", "tests/unit/test_due.py"),
    "incident.ruling": ("tests/unit/test_ruling.py", *INCIDENTS),
    "incident.facts_said": ("tests/unit/test_facts_said.py", *INCIDENTS),
    "incident.track": (
        "tests/unit/test_track.py",
        "tests/unit/test_clocks.py",
        "tests/unit/test_readings.py",
        "tests/unit/test_due.py",
        *INCIDENTS,
    ),
    "incident.countdown": (
        "tests/unit/test_countdown.py",
        "tests/unit/test_clocks.py",
        "tests/unit/test_readings.py",
        "tests/unit/test_due.py",
        *INCIDENTS,
    ),
    "incident.log": ("tests/unit/test_log.py",),
    "incident.timeline": ("tests/unit/test_timeline.py", *INCIDENTS),
    "incident.clocks": ("tests/unit/test_clocks.py", *INCIDENTS),
    "insight.period": ("tests/unit/test_period.py",),
    "insight.sampling": ("tests/unit/test_sampling.py",),
    "insight.samples": ("tests/unit/test_sampling.py", "tests/unit/test_trends.py", "tests/unit/test_metrics.py"),
    "insight.figures": ("tests/unit/test_metrics.py",),
    "insight.metrics": ("tests/unit/test_metrics.py", "tests/unit/test_goals.py", "tests/unit/test_report.py"),
    "insight.trends": ("tests/unit/test_trends.py",),
    "insight.weeks": ("tests/unit/test_weeks.py",),
    "cli.charts": ("tests/cli/test_charts.py",),
    "cli.report_page": ("tests/cli/test_report_html.py",),
    "insight.goals": ("tests/unit/test_goals.py",),
    "insight.highlights": ("tests/unit/test_highlights.py",),
    "insight.report": ("tests/unit/test_report.py",),
    "incident.readings": ("tests/unit/test_readings.py", "tests/unit/test_due.py", *INCIDENTS),
    "incident.replay": (
        "tests/unit/test_timeline.py",
        "tests/unit/test_state.py",
        "tests/unit/test_known.py",
        *INCIDENTS,
    ),
    "incident.due": ("tests/unit/test_due.py", "tests/unit/test_escalation.py", "tests/property/test_due.py"),
    "incident.history": ("tests/unit/test_history.py", "tests/unit/test_state.py"),
    "incident.course": (
        "tests/unit/test_course.py",
        "tests/unit/test_timeline.py",
        "tests/unit/test_ruling.py",
        "tests/unit/test_facts_said.py",
        "tests/unit/test_history.py",
        "tests/unit/test_records.py",
        "tests/unit/test_known.py",
        "tests/unit/test_clocks.py",
        "tests/unit/test_due.py",
        *INCIDENTS,
    ),
    "incident.schemas": ("tests/unit/test_state.py", "tests/unit/test_due.py"),
    "incident.state": (
        "tests/unit/test_state.py",
        "tests/unit/test_history.py",
        "tests/unit/test_timeline.py",
        "tests/unit/test_ruling.py",
        "tests/unit/test_records.py",
        "tests/unit/test_facts_said.py",
        "tests/unit/test_known.py",
        "tests/unit/test_due.py",
    ),
    "playbook.cadence": ("tests/unit/test_room.py",),
    "playbook.directory": ("tests/unit/test_directory.py",),
    "playbook.directory_file": ("tests/unit/test_directory.py",),
    "playbook.handover": ("tests/unit/test_handover.py",),
    "playbook.paths": ("tests/unit/test_paths.py",),
    "playbook.positions": ("tests/unit/test_room.py",),
    "playbook.room": ("tests/unit/test_room.py", "tests/unit/test_handover.py"),
    "playbook.room_log": ("tests/unit/test_room.py",),
    "insight.gaps": ("tests/unit/test_gaps.py",),
    "insight.length": ("tests/unit/test_length.py",),
    "insight.empty_talk": ("tests/unit/test_empty_talk.py",),
    "insight.blame": ("tests/unit/test_blame.py",),
    "insight.extent": ("tests/unit/test_extent.py",),
    "insight.happenings": ("tests/unit/test_happenings.py",),
    "insight.similar": ("tests/unit/test_similar.py",),
    "insight.review": ("tests/unit/test_review.py", "tests/unit/test_review_yaml.py"),
    "insight.review_reading": ("tests/unit/test_review.py", "tests/unit/test_review_check.py"),
    "insight.review_yaml": ("tests/unit/test_review_yaml.py", "tests/unit/test_review_draft.py"),
    "insight.review_draft": ("tests/unit/test_review_draft.py", "tests/unit/test_review_check.py"),
    "insight.review_check": ("tests/unit/test_review_check.py", "tests/docs/test_review_codes.py"),
    "playbook.protocol": PLANS,
    "playbook.deeds": PLANS,
    "playbook.updates": PLANS,
    "playbook.plan": PLANS,
    "playbook.ical": ("tests/unit/test_ical.py",),
    "plan_checks": ("tests/unit/test_plan_checks.py",),
    "characters": ("tests/unit/test_templates.py",),
    "constructs": ("tests/unit/test_templates.py", "tests/unit/test_messages.py"),
    "templates": ("tests/unit/test_templates.py", "tests/unit/test_messages.py"),
    "message_checks": ("tests/unit/test_message_checks.py",),
    "playbook.blanks": ("tests/unit/test_messages.py",),
    "playbook.guides": ("tests/unit/test_messages.py",),
    "playbook.known_values": ("tests/unit/test_messages.py",),
    "playbook.local_time": ("tests/unit/test_local_time.py",),
    "playbook.messages": ("tests/unit/test_messages.py",),
    "playbook.promises": ("tests/unit/test_messages.py",),
}
"""The modules that are measured, and for each the tests that hold it, the quickest first."""


def measured(module: str, known: set[Change], processes: int) -> tuple[Counter[Fate], int]:
    """How many mutants of a module fared how, and how many lines of the list or of the code want looking at."""
    every = list(mutants(module))
    print(f"{module}: {len(every)} mutants", flush=True)
    tests = TESTS[module]
    seconds = 2 * plain(tests) + 5
    left = {change for change in known if change.module == module}
    fates: Counter[Fate] = Counter()
    wrong = 0
    for mutant, fate in tried(iter(every), tests, seconds, processes):
        fates[fate] += 1
        if fate == "survived":
            change = Change(mutant.module, mutant.was, mutant.becomes)
            left.discard(change)
            if change not in known:
                wrong += 1
                print(f"survived: {mutant}", flush=True)
    for change in left:
        print(f"listed as a survivor, but killed or gone: {change}")
    return fates, wrong + len(left)


def row(name: str, fates: Counter[Fate]) -> str:
    """A row of the table."""
    total = fates.total()
    share = f"{100 * (total - fates['survived']) / total:.1f} %"
    return f"| {name} | {total} | {fates['killed']} | {fates['timeout']} | {fates['survived']} | {share} |"


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("modules", nargs="*", metavar="module", help=f"of {', '.join(TESTS)}")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1), help="how many at once")
    given = parser.parse_args()
    chosen = given.modules or list(TESTS)
    if unknown := [name for name in chosen if name not in TESTS]:
        parser.error(f"not measured: {', '.join(unknown)}")
    prepare()
    known = listed()
    begun = time.monotonic()
    rows = [HEAD]
    every: Counter[Fate] = Counter()
    wrong = 0
    for module in chosen:
        fates, more = measured(module, known, given.processes)
        wrong += more
        every += fates
        rows.append(row(f"`{module}`", fates))
    print("\n".join(["", *rows, row("all", every)]))
    print(f"{time.monotonic() - begun:.0f} s; to look at: {wrong}")
    too_many = every["survived"] * 100 > (100 - LEAST) * every.total()
    return int(wrong > 0 or too_many)


if __name__ == "__main__":
    raise SystemExit(main())
