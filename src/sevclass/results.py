"""What results have in common: parts, each there or worked out when it is first read, and pydantic's way to JSON."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic_core import to_json, to_jsonable_python

SCHEMA = 1
"""The version of the JSON shape."""


class Result:
    """A frozen result. `==` compares its parts."""

    __slots__ = ()

    PARTS: ClassVar[tuple[str, ...]] = ()
    """The parts, in the order of the JSON."""

    def _keys(self) -> tuple[str, ...]:
        """The parts that it has."""
        return self.PARTS

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: cannot set `{name}`")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: cannot delete `{name}`")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        keys = self._keys()
        return keys == other._keys() and all(getattr(self, key) == getattr(other, key) for key in keys)

    if TYPE_CHECKING:

        def __hash__(self) -> int: ...  # each kind has its own

    def model_dump(self, *, mode: str = "python", include: AbstractSet[str] | None = None) -> dict[str, Any]:  # noqa: ARG002 - one shape
        """The JSON shape, as plain data; `include` names the keys that are wanted, all without it.

        Instants are RFC 3339 text in UTC, and pydantic's `mode` makes no difference.
        """
        shape: dict[str, Any] = to_jsonable_python(self._shape(include), fallback=dict)
        return shape

    def model_dump_json(self, *, indent: int | None = None, include: AbstractSet[str] | None = None) -> str:
        """The JSON text; `include` names the keys that are wanted, all without it."""
        return to_json(self._shape(include), indent=indent, fallback=dict).decode()

    def _shape(self, include: AbstractSet[str] | None = None) -> dict[str, Any]:
        keys = ("schema", *self._keys())
        wanted = keys if include is None else [key for key in keys if key in include]
        return {key: SCHEMA if key == "schema" else getattr(self, key) for key in wanted}
