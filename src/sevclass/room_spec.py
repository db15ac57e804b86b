"""What the war room of a pack is as written: its channel, positions, cadence, protocols and handover sheet."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from sevclass import durations
from sevclass.floor_spec import Floors, Roles
from sevclass.sla_spec import FigureText, LengthText
from sevclass.spec import Key, Spec, Text

SECTION_PATTERN = r"^(status|clocks|people|decisions|actions|known|unknown|next)$"
Section: TypeAlias = Annotated[str, Field(pattern=SECTION_PATTERN, description="A part of the handover sheet.")]


def _elapsed(figure: durations.Target) -> durations.Target:
    if figure.limit.elapsed is None:
        raise PydanticCustomError("duration", "is business time\na war room works through the night, as `4h` does")
    return figure


_FIGURE_SCHEMA = {"type": "string", "pattern": r"^[0-9]+[mhdw](\.\.[0-9]+[mhdw])?$", "examples": ["30m..60m"]}
_LENGTH_SCHEMA = {"type": "string", "pattern": r"^[0-9]+[mhdw]$", "examples": ["4h"]}
ElapsedFigure: TypeAlias = Annotated[FigureText, AfterValidator(_elapsed), WithJsonSchema(_FIGURE_SCHEMA)]
ElapsedLength: TypeAlias = Annotated[LengthText, AfterValidator(_elapsed), WithJsonSchema(_LENGTH_SCHEMA)]


class PositionSpec(Spec):
    """A position in the war room, and who takes it."""

    text: Text
    roles: Roles = Field(
        description="The first of them that is on the roster takes it; if none is, the last of them is called too."
    )
    when: Floors | None = Field(
        default=None, description="Any of these floors; without them always. `severity: n` is n or worse."
    )


class RhythmSpec(Spec):
    """How the work of a war room is paced."""

    updates: ElapsedFigure | None = Field(default=None, description="How often word is sent while it is open.")
    rotate: ElapsedLength | None = Field(default=None, description="How long somebody stays before being relieved.")
    handover: ElapsedLength | None = Field(default=None, description="How long until all is handed over, each time.")


class RoomSpec(Spec):
    """What a war room is, once one opens."""

    channel: Text | None = Field(default=None, description="What to open for the people to talk in.")
    positions: dict[Key, PositionSpec] | None = Field(default=None, description="Id -> who is needed there, and when.")
    cadence: RhythmSpec | None = None
    protocols: dict[Key, Text] | None = Field(default=None, description="Id -> what everybody there keeps to.")
    handover: dict[Section, Text] | None = Field(default=None, description="Part of the handover sheet -> its heading.")

    @property
    def roles(self) -> set[str]:
        """Every role that may take a position."""
        return {role for position in (self.positions or {}).values() for role in position.roles}

    @property
    def facts(self) -> set[str]:
        """Every fact on which it depends who is needed."""
        positions = (self.positions or {}).values()
        return {fact for position in positions for floor in position.when or () for fact in floor}


class PositionTranslation(Spec):
    """The text of a position."""

    text: Text | None = None


class RoomTranslation(Spec):
    """The texts of the war room."""

    channel: Text | None = None
    positions: dict[Key, PositionTranslation] = Field(default={}, description="Id -> its text.")
    protocols: dict[Key, Text] = Field(default={}, description="Id -> text.")
    handover: dict[Section, Text] = Field(default={}, description="Part -> heading.")
