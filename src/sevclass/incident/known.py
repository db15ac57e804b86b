"""What a team knows: known issues and runbooks, and which of them an incident reaches.

They match by floors, as criteria do, so worse facts never hide one; and by id.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field

from sevclass.api import Pack
from sevclass.document import as_named
from sevclass.floor_spec import Floors
from sevclass.scales import Facts, Floor, Masks, Value
from sevclass.spec import Spec, Text

# Lines, where a text has only one.
PROSE_PATTERN = r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+$"
Prose: TypeAlias = Annotated[str, Field(pattern=PROSE_PATTERN)]


def _as_steps(value: object) -> object:
    return [value] if isinstance(value, str) else value


class KnownIssue(Spec):
    """Something that is known to go wrong, and what helps until it is fixed."""

    id: Text
    title: Text
    when: Floors = Field(default=[], description="Any of these floors.")
    ids: list[Text] = Field(default=[], description="Other names of it, and incidents that it was behind.")
    workaround: Prose | None = None
    runbook: Text | None = Field(default=None, description="The id of a runbook.")
    customers_text: Prose | None = Field(default=None, description="What customers may be told.")


class Runbook(Spec):
    """What to do, step by step."""

    id: Text
    title: Text
    when: Floors = Field(default=[], description="Any of these floors.")
    steps: Annotated[
        list[Prose], Field(min_length=1), BeforeValidator(_as_steps, json_schema_input_type=Prose | list[Prose])
    ]


class KnownIssues:
    """Known issues and runbooks compiled against a pack, which their floors must fit. Immutable after construction."""

    def __init__(self, issues: Iterable[KnownIssue], pack: Pack, runbooks: Iterable[Runbook] = ()) -> None:
        self._issues, self._runbooks = tuple(issues), tuple(runbooks)
        scales = pack._engine.evaluator.scales  # noqa: SLF001 - the package's own
        entries: Sequence[KnownIssue | Runbook] = (*self._issues, *self._runbooks)
        floors: list[Floor] = []
        self._bits: list[int] = []
        """The mask of the floors of each entry."""
        for entry in entries:
            self._bits.append(((1 << len(entry.when)) - 1) << len(floors))
            floors.extend(as_named(floor, scales) for floor in entry.when)
        masks = Masks(scales, floors)
        self._reached: Callable[[Facts], int] = masks.reached
        self._unknown: Mapping[str, Value | None] = dict.fromkeys(scales)

    def matching(self, facts: Facts, named: Collection[str] = ()) -> tuple[KnownIssue, ...]:
        """The known issues of which a floor is reached, or that go by one of the ids named, in the order of the file.

        A fact that is left out is unknown.
        """
        mask = self._reached({**self._unknown, **facts})
        return tuple(
            issue
            for issue, bits in zip(self._issues, self._bits, strict=False)
            if bits & mask or not {issue.id, *issue.ids}.isdisjoint(named)
        )

    def runbooks(self, facts: Facts, named: Collection[str] = ()) -> tuple[Runbook, ...]:
        """The runbooks of the known issues that match, and then those of which a floor is reached, each once."""
        mask = self._reached({**self._unknown, **facts})
        by_id = {runbook.id: runbook for runbook in self._runbooks}
        first = [by_id[issue.runbook] for issue in self.matching(facts, named) if issue.runbook in by_id]
        bits = self._bits[len(self._issues) :]
        reached = [runbook for runbook, own in zip(self._runbooks, bits, strict=True) if own & mask]
        return tuple({runbook.id: runbook for runbook in (*first, *reached)}.values())
