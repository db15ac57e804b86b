"""Who writes a message, to whom, and what only they can say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Who writes to whom: the customer, the sender, a telephone number, and what else a person says, by its name."""

    customer: str | None = None
    sender: str | None = None
    phone: str | None = None
    said: Mapping[str, str] = field(default_factory=dict)
