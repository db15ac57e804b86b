"""What is wrong with a calendar that is made in Python, as problems; those of a pack are told at their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sevclass.calendar_spec import CalendarSpec, HolidaysSpec, HoursSpec
from sevclass.document import CalendarDocument
from sevclass.problems import CalendarError, Problem, nearest, printable, quote
from sevclass.wording import worded, wrong_length
from sevclass.working_days import Fault


def problem_of(fault: Fault) -> Problem:
    """A fault as a problem."""
    return Problem(path=_path(fault.path), code=fault.code, message=fault.message, hint=fault.hint)


def checked(given: Mapping[str, object]) -> CalendarDocument:
    """A calendar as plain data, its parts in shape.

    Raises CalendarError with every problem.
    """
    try:
        return CalendarSpec.model_validate(given).document
    except ValidationError as error:
        raise CalendarError(_problems_of(error)) from None


def _problems_of(error: ValidationError) -> Iterator[Problem]:
    """What the models refused, each as a problem."""
    for detail in error.errors(include_url=False):
        code, message, hint = _told(detail)
        yield Problem(path=_path(detail["loc"]), code=code, message=message, hint=hint)


def _told(detail: ErrorDetails) -> tuple[str, str, str | None]:
    match detail["type"], detail["loc"]:
        case "extra_forbidden", loc:
            known = _known_keys(loc)
            hint = nearest(str(loc[-1]), known) or f"known are {', '.join(map(quote, known))}"
            return "unknown_key", f"unknown key {quote(str(loc[-1]))}", hint
        case "too_long", loc:
            return wrong_length(detail, str(loc[-1]))
        case _:
            return worded(detail)


def _known_keys(loc: Sequence[str | int]) -> list[str]:
    return list((HoursSpec if loc[0] == "hours" else HolidaysSpec).model_fields)


def _path(steps: Sequence[str | int]) -> str:
    """As `hours.mon[0]`."""
    shown = [f"[{step}]" if isinstance(step, int) else f".{printable(step)}" for step in steps if step != "[key]"]
    return "".join(shown).removeprefix(".")
