"""What lint finds, and where: a finding has a stable code, and the place of what it is about."""

from __future__ import annotations

from dataclasses import dataclass

from sevclass.source import Node

CODES = {
    "SC001": "a criterion can never decide",
    "SC002": "a floor is never needed within its criterion",
    "SC003": "the same floor stands in two criteria",
    "SC004": "a fact that nothing uses",
    "SC005": "a severity that nothing reaches",
    "SC006": "a figure of the SLA is looser at a worse severity",
    "SC007": "a role without a duty",
    "SC008": "a case fails",
    "SC009": "two cases contradict each other",
    "SC010": "a criterion that no case exercises",
    "SC011": "a text that is missing in a language that the pack declares",
    "SC012": "a template of a message that cannot be rendered, or whose translation says something else",
}
"""Code -> what is wrong, in a few words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something in a pack that is surely not meant: `file`, and the `line` and `column` in it, from 1."""

    code: str
    file: str
    line: int
    column: int
    message: str
    hint: str | None = None

    @property
    def path(self) -> str:
        """The place, as problems write it."""
        return f"{self.file}:{self.line}:{self.column}"

    def model_dump(self) -> dict[str, str | None]:
        """The JSON shape: that of a problem."""
        return {"path": self.path, "code": self.code, "message": self.message, "hint": self.hint}


def finding(node: Node, code: str, message: str, hint: str | None = None) -> Finding:
    """A finding at a node of the pack's files."""
    return Finding(code=code, file=node.source.name, line=node.line, column=node.column, message=message, hint=hint)
