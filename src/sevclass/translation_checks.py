"""What a pack's translations must keep to beyond their shape: into other languages, and of texts that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sevclass.document import DEFAULT_LANGUAGE
from sevclass.hints import Hints
from sevclass.inherit import Deleted, entries, within
from sevclass.pack import FactSpec, PackSpec
from sevclass.paths_spec import WAY_PATTERN
from sevclass.problems import Problem, quote
from sevclass.room_spec import SECTION_PATTERN
from sevclass.source import Entry, Node, problem
from sevclass.spec import NAME_PATTERN, NUMBER_PATTERN
from sevclass.texts import ANY, SHAPE, Place, Shape, place_of

_SECTIONS = {
    "facts": ("unknown_fact", "unknown fact {}"),
    "criteria": ("unknown_criterion", "unknown criterion {}"),
    "roles": ("unknown_role", "unknown role {}"),
    "causes": ("unknown_cause", "unknown cause {}"),
    "paths": ("unknown_topic", "unknown topic {}"),
    "positions": ("unknown_position", "unknown position {}"),
    "protocols": ("unknown_protocol", "unknown protocol {}"),
    "messages": ("unknown_message", "unknown message {}"),
    "blanks": ("unknown_blank", "unknown blank {}"),
    "guides": ("unknown_guide", "unknown guide {}"),
}

_GIVEN_NAMES = f"{WAY_PATTERN}|{SECTION_PATTERN}"
_NEVER_EMPTY = ("facts", "criteria", "severities")
"""A pack that has nothing there is told so by itself."""


def check_translations(document: Node, deleted: Deleted, *, whole: bool) -> Iterator[Problem]:
    """Every problem of a document's translations beyond their shape.

    `deleted` has what the pack deleted of the one it extends; with `whole` false a file could not be read, and then
    nothing is said of sections that are missing.
    """
    present = entries(document)
    own = present["language"].value.value if "language" in present else DEFAULT_LANGUAGE
    checks = _Checks(present, deleted, whole=whole)
    for language, entry in within(present, "translations").items():
        if language == own:
            hint = "leave it out, or say in `language` what the pack itself is written in"
            yield problem(entry.key, "own_language", f"{quote(language)} is the pack's own language", hint)
        else:
            yield from checks.below((), SHAPE, entry.value, checks.pack)


class _Checks:
    """The texts of one pack, and what is to be told of translations of others."""

    def __init__(self, present: Mapping[str, Entry], deleted: Deleted, *, whole: bool) -> None:
        self.pack = present
        self._criteria = {
            id_: criterion
            for severity in within(present, "criteria").values()
            for id_, criterion in entries(severity.value).items()
        }
        self._deleted = {place_of(path): key for path, key in deleted.items()}
        # What is missing may stand in a file that could not be read, or be misspelt.
        self._sure = whole and present.keys() <= PackSpec.model_fields.keys()
        self._hints = Hints(self._deleted)

    def below(self, path: Place, shape: Shape, node: Node, pack: Mapping[str, Entry]) -> Iterator[Problem]:
        """The problems of what stands at a place of a translation; `pack` is what the pack has there."""
        for key, entry in entries(node).items():
            if key not in shape and ANY not in shape:
                continue  # told by the shape
            here, inner = (*path, key), shape.get(key, shape.get(ANY))
            there = pack.get(key)
            if there is None or (there.value.value is None and len(path) > 1):
                yield from self._missing(here, entry.key, pack)
            elif here == ("criteria",):
                yield from self.below(here, inner, entry.value, self._criteria)
            elif inner is not None and isinstance(there.value.value, Mapping):
                yield from self.below(here, inner, entry.value, entries(there.value))

    def _missing(self, place: Place, key: Node, pack: Mapping[str, Entry]) -> Iterator[Problem]:
        match place:
            case ("severities", number):
                if re.match(NUMBER_PATTERN, number):
                    hint = f"severities are 1 to {len(pack)}"
                    yield problem(key, "unknown_severity", f"unknown severity {quote(number)}", hint)
            case (
                ("facts" | "criteria" | "roles" | "causes" | "messages" | "blanks" | "guides" as section, name)
                | ("paths" as section, _, name)
                | (
                    "war_room_setup",
                    "positions" | "protocols" as section,
                    name,
                )
            ):
                if re.match(NAME_PATTERN, name):
                    code, message = _SECTIONS[section]
                    yield problem(key, code, message.format(quote(name)), self._hint(place, pack))
            case ("facts", fact, "levels" | "label", name):
                if re.match(NAME_PATTERN, name):
                    hint = self._hint(place, pack) or f"{quote(fact)} has {', '.join(map(quote, pack))}"
                    yield problem(key, "unknown_level", f"unknown level {quote(name)}", hint)
            case (section,) if not self._sure or place in self._deleted or section in _NEVER_EMPTY:
                pass  # told by itself
            case ("paths", name) | ("war_room_setup", "handover", name) if not re.match(_GIVEN_NAMES, name):
                pass  # told by the shape
            case ("facts", _, _) if not pack.keys() <= FactSpec.model_fields.keys():
                pass  # it may be misspelt: told by the shape
            case _:
                message = f"the pack has no {quote('.'.join(place))}"
                yield problem(key, "nothing_to_translate", message, "leave it out")

    def _hint(self, place: Place, known: Mapping[str, Entry]) -> str | None:
        return self._hints.gone(place) or self._hints.nearest(place[-1], known)
