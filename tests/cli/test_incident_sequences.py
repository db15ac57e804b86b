"""Whatever is said in whatever order, what was written reads back without a problem, and nothing else was written."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from sevclass import load_pack
from sevclass.cli import main
from sevclass.cli.incident import READING
from sevclass.cli.verbs import VERBS
from sevclass.incident import read_log, replay
from tests.incident.folders import quick_folder

BASE = datetime(2024, 3, 4, 10, tzinfo=UTC)
NOW = datetime(2100, 1, 1, tzinfo=UTC)

_IDS = st.integers(1, 9).map(lambda n: f"e{n}")
_FACTS = st.sampled_from(
    ("functionality=down", "functionality=minor", "security=null", "data_loss=yes", "other_customers=2")
)
_ON = st.sampled_from(((), ("--on", "customer"), ("--on", "vendor")))
_VERBS = st.one_of(
    st.sampled_from(("ack", "resolve", "reopen", "close", "fix", "mitigate", "update", "open")).map(
        lambda verb: (verb,)
    ),
    st.tuples(st.sampled_from(("wait", "resume")), _ON).map(lambda drawn: (drawn[0], *drawn[1])),
    st.tuples(_FACTS, st.sampled_from(((), ("--settles",)))).map(
        lambda drawn: ("facts", "--fact", drawn[0], *drawn[1])
    ),
    st.sampled_from("1234").map(lambda severity: ("override", severity, "--by", "max", "--reason", "so")),
    st.just(("override", "--lift", "--by", "max", "--reason", "so")),
    _IDS.map(lambda id_: ("strike", id_, "--reason", "wrong")),
    _IDS.map(lambda id_: ("action", "--action-id", id_, "--state", "done")),
    st.text(min_size=1, max_size=6).map(lambda text: ("note", f"x{text}")),
    st.sampled_from((("action", "call"), ("notify", "support-manager"), ("cause", "other"), ("war-room", "open"))),
)
_AT = st.one_of(st.none(), st.integers(0, 300).map(lambda minutes: (BASE + timedelta(minutes=minutes)).isoformat()))


@given(st.lists(st.tuples(_VERBS, _AT), max_size=12))
def test_what_was_written_reads_back(commands: Sequence[tuple[tuple[str, ...], str | None]]) -> None:
    with quick_folder() as root:
        log = root / "T-17" / "workflow" / "incident_timeline.yaml"
        for (verb, *words), at in [(("open",), BASE.isoformat()), *commands]:
            before = log.read_bytes() if log.exists() else b""
            status = _said("incident", verb, "T-17", "--root", str(root), *(["--at", at] if at else []), *words)
            added = log.read_bytes().removeprefix(before)
            assert status in {0, 2}
            assert added.count(b"\n") == (status == 0)
            found = read_log(log.read_bytes())
            assert found.problems == ()
            assert replay(found.entries, load_pack(), NOW).problems == ()


_WORDS = st.lists(st.text(max_size=8) | st.sampled_from(("--fact", "--", "-", "--lift", "T-17", "1", "--by", "--at")))


@given(st.sampled_from([*VERBS, *READING]), _WORDS)
def test_no_words_are_too_much(verb: str, words: Sequence[str]) -> None:
    with quick_folder() as root:
        _said("incident", "open", "T-17", "--root", str(root))

        assert _said("incident", verb, "--root", str(root), *words) in {0, 2}
        assert read_log((root / "T-17" / "workflow" / "incident_timeline.yaml").read_bytes()).problems == ()


def _said(*words: str) -> int:
    with pytest.MonkeyPatch.context() as patched, redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"{}")))
        return main(words)
