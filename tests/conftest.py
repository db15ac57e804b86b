"""Hypothesis profiles: HYPOTHESIS_PROFILE=deep looks much harder than the usual `ci`."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

# A change is judged by the same examples on every machine: a new counterexample never stops an innocent one.
# How long an example takes says nothing on a shared machine.
settings.register_profile(
    "ci",
    max_examples=100,
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "deep",
    max_examples=5_000,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
# Each of many mutants is tried with these: a failure is enough, nobody reads its smallest example.
settings.register_profile(
    "mutants",
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
