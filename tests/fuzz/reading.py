"""Reading an input: it gives a result, or problems that can be shown; all else is a failure."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable
from datetime import UTC, datetime

from sevclass import FactsError, SevclassError
from tests.fuzz.inputs import Input, loaded, vector_pack

LONGEST_MESSAGE = 300
OPENINGS = (datetime(2026, 3, 6, 16, 30, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC), datetime(1, 1, 2, tzinfo=UTC))


def read(given: Input) -> None:
    """Read an input, and all that it leads to.

    Raises SevclassError if it is refused; whatever else is raised is a bug.
    """
    if given.about:
        vector_pack(given.about).classify_json(given.files[f"{given.about}.json"]).model_dump_json()
        return
    pack = loaded(given)
    for opened_at in OPENINGS:
        try:
            pack.classify({}, opened_at).model_dump_json()
            pack.classify({}, opened_at, assume="worst").model_dump_json()
        except FactsError as error:
            look_at(error)
    # What a pack says can be written down as one document, and is the same pack then.
    again = loaded(Input(files={"pack.yaml": json.dumps(pack.model_dump(), ensure_ascii=False).encode()}))
    assert again.digest == pack.digest, "the pack that was written is another one"
    str(pack.calendar).encode()


def look_at(error: SevclassError) -> None:
    """Raises AssertionError if a problem cannot be shown on a line, or has no code or message."""
    problems = error.problems
    if not problems:
        raise AssertionError("no problem is told")
    str(error).encode()
    for problem in problems:
        told = [problem.path, problem.code, problem.message, problem.hint or "", *(problem.excerpt or "").split("\n")]
        if not all(text.isprintable() for text in told):
            raise AssertionError(f"cannot be shown: {told!r}")
        if not problem.code.isidentifier() or not 0 < len(problem.message) <= LONGEST_MESSAGE:
            raise AssertionError(f"no code, or no message of a usual length: {told!r}")


def failure(act: Callable[[], object]) -> str | None:
    """What is wrong with what this did: nothing, if it came to an end or told its problems."""
    try:
        try:
            act()
        except SevclassError as error:
            look_at(error)
    except BaseException:  # noqa: BLE001 - the point is to see whatever comes
        told = traceback.format_exc(limit=-6)
        return "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in told)
    return None
