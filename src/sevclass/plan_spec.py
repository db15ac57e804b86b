"""What the plan of a pack is as written: the models of its phases, their questions and their actions."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from sevclass.floor_spec import Floors, Name, Roles
from sevclass.sla_spec import LengthText
from sevclass.spec import Key, Spec, Text

PlanClock: TypeAlias = Literal["initial_response", "notifications", "status_updates", "resolution", "review"]
"""A clock that an action fulfils, and that dates it."""
Deed: TypeAlias = Literal[
    "acknowledged",
    "action:prevention",
    "action:promise",
    "action:request",
    "assigned",
    "cause",
    "decided",
    "facts",
    "fixed",
    "mitigated",
    "notified",
    "override",
    "resolved",
    "reviewed",
    "satisfaction",
    "update_sent:customers",
    "update_sent:executives",
    "update_sent:internal",
    "war_room:open",
]
"""An event of the log by which something is done, or known; after a colon what it must say."""


class QuestionSpec(Spec):
    """What a phase must answer. It is answered once all of its facts are known, or one of the events has happened."""

    text: Text
    facts: list[Name] = Field(default=[], description="The facts that answer it.")
    known_by: list[Deed] = Field(default=[], description="The events of which one answers it.")


class ActionSpec(Spec):
    """What is done in a phase."""

    text: Text
    track: Name = Field(description="One of `tracks`.")
    owners: Roles = Field(description="The roles that do it: the first that takes part, or whoever stands in for it.")
    when: Floors | None = Field(
        default=None, description="The floors of which one makes it needed; `severity: n` is n or worse."
    )
    war_room: bool = Field(default=False, description="Whether it is needed only where a war room opens.")
    clock: PlanClock | None = Field(default=None, description="The clock that it fulfils, and by which it is dated.")
    done_by: list[Deed] = Field(default=[], description="The events of which one does it.")


class PhaseSpec(Spec):
    """A phase: from when to when, what is asked and done in it, and when it is over.

    The id of a question or an action stands in no other place of the plan.
    """

    text: Text
    after: Literal["opening", "resolution"] = Field(default="opening", description="What `from` and `to` count from.")
    begins: LengthText | None = Field(default=None, alias="from", description="Without it, it begins right away.")
    ends: LengthText | None = Field(default=None, alias="to", description="Without it, it is open-ended.")
    dated: Annotated[int, Field(ge=1, le=99)] | None = Field(
        default=None, description="The mildest severity at which what has no clock is due by the end of the phase."
    )
    again: bool = Field(default=False, description="Whether a reopening undoes what was done in it.")
    questions: dict[Key, QuestionSpec] = Field(default={}, description="Id -> what must be answered.")
    actions: dict[Key, ActionSpec] = Field(default={}, description="Id -> what is done.")
    exit: dict[Key, Text] = Field(default={}, description="Id -> what holds when the phase is over.")

    @property
    def facts(self) -> set[str]:
        """The facts that it names."""
        asked = {fact for question in self.questions.values() for fact in question.facts}
        floors = [floor for action in self.actions.values() for floor in action.when or ()]
        return asked | {fact for floor in floors for fact in floor if fact != "severity"}


class PlanSpec(Spec):
    """What is done about an incident: phase by phase, and what customers must be told in the end."""

    tracks: dict[Key, Text] = Field(default={}, description="Track -> what it is; they run side by side.")
    phases: dict[Key, PhaseSpec] = Field(default={}, description="Phase -> what is done in it, in order.")
    customers: dict[Key, Text] = Field(default={}, description="Id -> what customers must be told when it is resolved.")
