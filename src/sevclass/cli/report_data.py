"""A report as data for other programs: YAML, and CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import yaml

from sevclass.cli.streams import printable
from sevclass.insight.report import Report

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""With these a spreadsheet takes text for a formula, in full width too."""


def csv_lines(report: Report) -> Iterator[str]:
    """A head and a line for each figure, called by its path in the JSON; text that a sheet would run is quoted."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("figure", "value"))
    for path, value in _flat("", report.model_dump()):
        writer.writerow((_cell(path), _cell(value)))
    return iter(file.getvalue().removesuffix("\n").split("\n"))


def _flat(path: str, value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - plain data of any shape
    pairs = value.items() if isinstance(value, dict) else enumerate(value, 1) if isinstance(value, list) else None
    if pairs is None:
        yield path, value
    else:
        for key, inner in pairs:
            yield from _flat(f"{path}.{key}" if path else str(key), inner)


def _cell(value: Any) -> Any:  # noqa: ANN401 - plain data of any shape
    if not isinstance(value, str):
        return "" if value is None else str(value).lower() if isinstance(value, bool) else value
    shown = printable(value)
    return f"'{shown}" if value.startswith(_FORMULA) else shown


def yaml_text(report: Report) -> str:
    """As YAML, with everything that cannot be printed escaped."""
    shape = report.model_dump()
    text = _dumped(shape, allow_unicode=True)
    is_printable = all(line.isprintable() for line in text.split("\n"))
    return text if is_printable else _dumped(shape, allow_unicode=False)


def _dumped(shape: Any, *, allow_unicode: bool) -> str:  # noqa: ANN401 - plain data of any shape
    dumped: str = yaml.dump(shape, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=allow_unicode, width=120)
    return dumped.removesuffix("\n")
