"""What the escalation paths of a pack are as written: for which topic one turns to which role, and in which way."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from sevclass.document import WAYS
from sevclass.floor_spec import Name
from sevclass.spec import Key, Spec, Text

WAY_PATTERN = f"^({'|'.join(WAYS)})$"
Way: TypeAlias = Annotated[str, Field(pattern=WAY_PATTERN, description="`consult`, `delegate` or `escalate`.")]


class PathSpec(Spec):
    """A topic, and the role that one turns to with it."""

    text: Text
    role: Name


class PathTranslation(Spec):
    """The text of a topic."""

    text: Text | None = None


Paths: TypeAlias = dict[Way, dict[Key, PathSpec]]
PathsTranslation: TypeAlias = dict[Way, dict[Key, PathTranslation]]
