"""Blame: a text that says who it was, where it should say what made it possible."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_NAME = r"(?P<name>[^\W\d_a-z][\w'\u2019-]+(?: [^\W\d_a-z][\w'\u2019-]+)?)"
_OF_PEOPLE = (
    r"forgot|forgets|neglected|was careless|was negligent|made (?:a|the) mistake|messed up|screwed up|did wrong"
)
_OF_ANYTHING = (
    r"failed to|should have|should've|should not have|shouldn't have|overlooked|ignored|did not bother|didn't bother"
)
_PATTERN = re.compile(rf"\b{_NAME} (?:(?P<people>{_OF_PEOPLE})|(?P<anything>{_OF_ANYTHING}))\b")
_MOST = 20_000
"""How much of a text is looked at."""
_NO_PERSON = frozenset(
    [
        "a",
        "alarm",
        "alarms",
        "alert",
        "alerting",
        "alerts",
        "an",
        "api",
        "apis",
        "application",
        "automation",
        "backup",
        "backups",
        "build",
        "builds",
        "caching",
        "check",
        "checks",
        "client",
        "clients",
        "cluster",
        "code",
        "config",
        "configuration",
        "customers",
        "customer",
        "dashboard",
        "dashboards",
        "database",
        "databases",
        "deployment",
        "deployments",
        "documentation",
        "each",
        "engineering",
        "every",
        "everybody",
        "everyone",
        "failover",
        "gateway",
        "he",
        "i",
        "it",
        "jobs",
        "job",
        "load",
        "logging",
        "logs",
        "management",
        "metrics",
        "migration",
        "migrations",
        "monitoring",
        "network",
        "no",
        "nobody",
        "node",
        "nodes",
        "nothing",
        "one",
        "operations",
        "our",
        "people",
        "pipeline",
        "pipelines",
        "pool",
        "process",
        "processes",
        "product",
        "qa",
        "queue",
        "queues",
        "release",
        "releases",
        "retries",
        "retry",
        "review",
        "reviews",
        "rollback",
        "rollout",
        "runbook",
        "runbooks",
        "scheduler",
        "script",
        "scripts",
        "security",
        "server",
        "servers",
        "service",
        "services",
        "she",
        "software",
        "sre",
        "staging",
        "storage",
        "support",
        "system",
        "systems",
        "team",
        "teams",
        "test",
        "testing",
        "tests",
        "that",
        "the",
        "these",
        "they",
        "this",
        "those",
        "tooling",
        "tools",
        "training",
        "upgrade",
        "validation",
        "vendor",
        "we",
        "which",
        "who",
        "you",
    ]
)


def blamed(text: str, people: Iterable[str]) -> Iterator[str]:
    """The names of people that a text gives, each once: those known, and whoever "forgot" or "should have"."""
    looked = text[:_MOST]
    told: dict[str, str] = {}
    for name in people:
        found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", looked, re.IGNORECASE)
        if found:
            told.setdefault(name.casefold(), found[0])
    for match in _PATTERN.finditer(looked):
        name, first = match["name"], match["name"].split()[-1].casefold()
        is_thing = first in _NO_PERSON or name.isupper()
        if not (is_thing or any(known in name.casefold() for known in told)):
            told.setdefault(name.casefold(), name)
    yield from told.values()
