"""Durations as a pack writes them: `15m`, `4h`, `2bd`, and ranges `2h..4h` of a target and a limit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

_ELAPSED = {"m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_FIGURE = re.compile(r"(0|[1-9][0-9]{0,5})(m|h|d|w|bh|bd)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """`amount` of `unit`: m, h, d, w for time that simply passes, bh, bd for business hours and days."""

    amount: int
    unit: str

    @property
    def seconds(self) -> int | None:
        """The length in seconds; None for business time, whose length depends on when it starts."""
        return self.amount * _ELAPSED[self.unit] if self.unit in _ELAPSED else None

    @property
    def elapsed(self) -> timedelta | None:
        """The length as elapsed time; None for business time."""
        return None if self.seconds is None else timedelta(seconds=self.seconds)

    @property
    def kind(self) -> str:
        """What can be compared: `elapsed`, `bh` or `bd`."""
        return "elapsed" if self.unit in _ELAPSED else self.unit

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A duration to aim at and one not to pass."""

    target: Duration
    limit: Duration

    @property
    def figures(self) -> tuple[Duration, Duration]:
        """Both, the target first."""
        return self.target, self.limit

    def __str__(self) -> str:
        return str(self.target) if self.target == self.limit else f"{self.target}..{self.limit}"


def parse(text: str) -> Target:
    """Read `2h..4h` or `4h`, which is both target and limit.

    Raises ValueError; its message is a problem's text and, after a line break, a hint.
    """
    parts = text.split("..")
    figures = [_FIGURE.fullmatch(part) for part in parts]
    if len(parts) > 2 or None in figures:  # noqa: PLR2004
        raise ValueError(
            "is not a duration\na whole number up to 999999 and m, h, d, w, bh or bd: `15m`, or a range: `2h..4h`"
        )
    target, *rest = (Duration(amount=int(m[1]), unit=m[2]) for m in figures if m)
    limit = rest[0] if rest else target
    if target.kind != limit.kind:
        raise ValueError("mixes two kinds of time\nboth ends are elapsed time (m, h, d, w), or both bh, or both bd")
    if limit.amount == 0:
        raise ValueError("leaves no time\na limit is longer than nothing; only a target may be 0")
    if (target.seconds or target.amount) > (limit.seconds or limit.amount):
        raise ValueError(f"runs backwards\ndid you mean `{limit}..{target}`?")
    return Target(target=target, limit=limit)


def length(seconds: int) -> str:
    """A length of time in its two largest units: `2h 5m`."""
    left, parts = abs(seconds), []
    for unit in ("d", "h", "m"):
        amount, left = divmod(left, _ELAPSED[unit])
        if amount:
            parts.append(f"{amount}{unit}")
    if left:
        parts.append(f"{left}s")
    return " ".join(parts[:2]) or "0s"
