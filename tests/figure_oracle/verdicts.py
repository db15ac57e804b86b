"""Whether a target is met."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

Data = dict[str, Any]

GOALS: Data = {
    "enough": 5,
    "response_sla": Fraction(95, 100),
    "satisfaction": Fraction(85, 100),
    "repeats": Fraction(50, 100),
    "reviews_on_time": Fraction(1),
    "actions_on_time": Fraction(90, 100),
}
"""What the targets ask for."""


def verdict(part: int, of: int, goal: Fraction, enough: int) -> Data:
    if goal == 1 and part < of:
        found = "missed"
    elif of < enough:
        found = "too_few"
    else:
        found = "met" if part == of or Fraction(part, of) > goal else "missed"
    return {"verdict": found, "numerator": part, "denominator": of}


def falling(after: Data, before: Data, enough: int) -> Data:
    both = [(after[s], before[s]) for s in after if min(after[s]["n"], before[s]["n"]) >= enough]
    fall = sum(now["mean_s"] < was["mean_s"] for now, was in both)
    found = "too_few" if not both else "met" if fall == len(both) else "missed"
    return {"verdict": found, "numerator": fall, "denominator": len(both)}


def halved(after: int, before: int, goal: Fraction, enough: int) -> Data:
    if after == 0:
        found = "met"
    elif before < enough:
        found = "too_few"
    else:
        found = "met" if after <= goal * before else "missed"
    return {"verdict": found, "numerator": after, "denominator": before}
