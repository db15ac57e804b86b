"""The law: who is on call, and who will be next and from when, is what a walk from minute to minute finds."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from hypothesis import given, settings, strategies as st

from sevclass.covers import Covers
from sevclass.playbook.directory_file import read_directory
from tests import oracle
from tests.directories import directories, first_minute, is_there
from tests.strategies import ROLES, load, packs

FEW = 4 * 1440
"""The walk is given up after so many minutes."""
AT = st.datetimes(datetime(2026, 3, 27), datetime(2026, 4, 7), timezones=st.just(UTC))  # noqa: DTZ001 - zones beside it


@settings(max_examples=60)
@given(data=st.data())
def test_who_is_there_and_who_is_next(data: st.DataObject) -> None:
    doc = data.draw(packs())
    written = data.draw(directories(ROLES))
    role, at = data.draw(st.sampled_from(ROLES)), data.draw(AT)
    directory = read_directory(json.dumps(written or {"lead": {"name": "Di"}}).encode(), "d.yaml", load(doc))
    written = written or {"lead": [{"name": "Di"}]}

    found = directory.filling(role, at, Covers(doc.get("covers", {})))

    own = [role] if role in written else []
    roles = [*own, *(other for other in written if role in oracle.covered_by(doc, other))]
    there = {other: [one["name"] for one in written[other] if is_there(one, at)] for other in roles}
    first = next((other for other in roles if there[other]), None)
    if first is not None:
        assert [(one.role, one.name) for one in found.people] == [(first, name) for name in there[first]]
        assert found.next is None
    else:
        assert found.people == ()
        waits = [
            (then, number, other, one["name"])
            for number, other in enumerate(roles)
            for one in written[other]
            if (then := first_minute(one, at, FEW)) is not None
        ]
        if waits:
            then, _, other, name = min(waits, key=lambda wait: wait[:2])
            assert found.next is not None
            assert (found.next.from_at, found.next.role, found.next.name) == (then, other, name)
        elif found.next is not None:
            assert (found.next.from_at - at).total_seconds() > 60 * (FEW - 2)
            assert found.next.name in {one["name"] for other in roles for one in written[other]}
        else:
            assert roles == []
