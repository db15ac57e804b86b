"""The mutants of a module: its source with one thing changed, as mutmut's operators change it.

mutmut itself mutates only what stands in functions without decorators, since it keeps all mutants of a function in one
file. Here each mutant is a source of its own, so constants, properties and cached functions are changed too.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import libcst as cst
from libcst.metadata import MetadataWrapper
from mutmut.mutation.file_mutation import MutationVisitor
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import get_ignored_lines

from tests.mutants.survivors import LINE_BREAK, ROOT, path_of

TYPING = {"TypeAlias"}
"""Annotations of what only a type checker reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A module changed in one place; `was` and `becomes` are the lines that differ, without their indent."""

    module: str
    line: int
    was: str
    becomes: str
    source: str

    def __str__(self) -> str:
        return f"{path_of(self.module).relative_to(ROOT)}:{self.line}\n    - {self.was}\n    + {self.becomes}"


class _Visitor(MutationVisitor):
    """What mutmut changes, in decorated functions too; not what only a type checker reads, nor names of slots."""

    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        match node:
            case cst.FunctionDef(decorators=[_, *_]):
                return False
            case cst.AnnAssign(annotation=cst.Annotation(annotation=cst.Name(value=name))) if name in TYPING:
                return True
            case cst.Assign(value=cst.Call(func=cst.Name(value="TypeVar"))):
                return True
            case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value="__slots__"))]):
                return True
            case _:
                return bool(super()._skip_node_and_children(node))


def mutants(module: str) -> Iterator[Mutant]:
    """Every mutant of a module, each once."""
    path = path_of(module)
    source = path.read_text(encoding="utf-8")
    wrapper = MetadataWrapper(cst.parse_module(source))
    visitor = _Visitor(mutation_operators, get_ignored_lines(str(path), source, wrapper))
    tree = wrapper.visit(visitor)
    seen = {source}
    for mutation in visitor.mutations:
        changed = tree.deep_replace(mutation.original_node, mutation.mutated_node)
        assert isinstance(changed, cst.Module)
        if changed.code not in seen:
            seen.add(changed.code)
            yield _mutant(module, source, changed.code)


def _mutant(module: str, source: str, changed: str) -> Mutant:
    before, after = source.splitlines(), changed.splitlines()
    steps = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    places = [ends for kind, *ends in steps if kind != "equal"]
    was = _shown(before, ((first, last) for first, last, _, _ in places))
    becomes = _shown(after, ((first, last) for _, _, first, last in places))
    return Mutant(module=module, line=places[0][0] + 1, was=was, becomes=becomes, source=changed)


def _shown(lines: Sequence[str], places: Iterable[tuple[int, int]]) -> str:
    return LINE_BREAK.join(line.strip() for first, last in places for line in lines[first:last])
