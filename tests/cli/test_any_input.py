"""Whatever is read: no traceback, an exit status that fits, valid JSON, nothing that moves the cursor."""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout

import pytest
from hypothesis import given, strategies as st

from sevclass.cli import main

# Pieces of what may be meant, so that it is not all noise.
PIECES = b"""{ } [ ] : , " ' id facts functionality down \\u001b 1e999 -0 &a *a !! --- # NaN""".split()
PIECES += [b"\n", b" ", b"\t", b"\x00", b"\x1b[2J", b"\xc2\x9b", b"\xe2\x80\xae", b"\xff"]
VALUES = st.none() | st.booleans() | st.floats() | st.text(max_size=5)
OBJECTS = st.dictionaries(
    st.sampled_from(["id", "facts", "opened_at", "functionality", "foo"]) | st.text(max_size=5),
    VALUES | st.lists(VALUES, max_size=2) | st.dictionaries(st.text(max_size=5), VALUES, max_size=2),
    max_size=4,
)
INPUTS = st.one_of(
    st.binary(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join),
    st.lists(OBJECTS, max_size=4).map(lambda many: b"\n".join(json.dumps(one).encode() for one in many)),
)


@pytest.mark.parametrize("kind", ["", "json", "yaml", "jsonl"])
@given(data=INPUTS, format_=st.sampled_from(["text", "json", "markdown"]))
def test_any_input(kind: str, data: bytes, format_: str) -> None:
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        status = main(["-", "--format", format_, *(["--input", kind] if kind else [])])

    assert status in {0, 2}
    assert (status == 2) == bool(err.getvalue())
    assert {c for c in out.getvalue() + err.getvalue() if not c.isprintable()} <= {"\n", "\u200c", "\u200d"}
    if format_ == "json":
        assert all(json.loads(line) for line in out.getvalue().splitlines())
