"""Changes to bytes and to trees of plain data that a reader may not expect."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from typing import Any

TOKENS = (
    *("{", "}", "[", "]", ",", ": ", "- ", "? ", "| \n", ">-\n", "'", '"', "#", "\\", "\\u0041", "\\ud800", '"\\x"'),
    *("&a ", "*a", "!!str ", "!<x> ", "%YAML 1.1\n", "%TAG ! !\n", "---\n", "...\n", "<<: ", "@", "`", "~", "=", "."),
    *("\t", "\n", "\r\n", "\r", "\ufeff", "\0", "\x85", "\u2028", "\u202e", "\x1b[2J", "\U0001f642", "e\u0301", "\x7f"),
    *(
        "null",
        "true",
        "false",
        "no",
        "0",
        "-1",
        "1.0",
        "1e999",
        "5e-324",
        "-0.0",
        ".nan",
        ".inf",
        "0x1F",
        "0o17",
        "1_000",
    ),
    *("9007199254740991", "9007199254740992", "9" * 400, "1" + "0" * 700, "NaN", "Infinity", "1e-400", "00"),
    *("0m", "15m", "999999bd", "2h..4h", "1bh..0bh", "99999999d", "24:00", "22:00-06:00", "00:00-24:00", "09:00-09:00"),
    *("2026-02-30", "0001-01-01", "9999-12-31", "2026-03-29", "2026-03-02T14:23:00Z", "0001-01-01T00:00:00+14:00"),
    *("Europe/Berlin", "Australia/Lord_Howe", "Africa/Monrovia", "Asia", "../zone", "UTC", "DE", "BE", "US"),
    *("extends", "support", "calendar", "calendars", "holidays", "exceptions", "facts", "severity", "id", "opened_at"),
    *("levels", "flag", "count", "measure", "label", "sum_of", "covers", "when", "notify", "from", "to", "model_dump"),
)
"""Pieces of text that mean something to a reader of packs or facts, or are hard to show."""
ODD: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1,
        2,
        2**53 - 1,
        2**53,
        10**400,
        0.5,
        -0.0,
        5e-324,
        1e308,
        "",
        [],
        {},
        [[]],
        {"": None},
    ),
    *TOKENS,
)
# Not UTF-8: a lone surrogate, a byte that starts nothing, an overlong slash, and the marks of UTF-16.
BYTES = (b"\xed\xa0\x80", b"\xff", b"\xc0\xaf", b"\xfe\xff", b"\xff\xfe", b"\x80", b"\xf4\x90\x80\x80")


def mutated(rng: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """The bytes after one to eight changes."""
    for _ in range(rng.choice((1, 1, 1, 1, 2, 8))):
        start = rng.randrange(len(data) + 1)
        end = min(len(data), start + rng.choice((0, 1, 1, 4, 16, 80, 400)))
        data = data[:start] + replacement(rng, data, data[start:end], others) + data[end:]
    return data


def replacement(rng: random.Random, whole: bytes, piece: bytes, others: Sequence[bytes]) -> bytes:
    """What comes into the place of a piece."""
    start = rng.randrange(len(whole) + 1)
    other, token = rng.choice(others), rng.choice(TOKENS).encode(errors="surrogatepass")
    lines = piece.splitlines(keepends=True)
    return rng.choice(
        (
            b"",
            token,
            piece + token,
            rng.choice(BYTES) if rng.random() < 0.3 else other[:40],
            whole[start : start + 200],
            piece + other[: rng.randrange(len(other) + 1)],
            (piece or b"[") * rng.choice((2, 3, 70, 3_000)),
            bytes(byte ^ 1 << rng.randrange(8) for byte in piece),
            b"".join(rng.sample(lines, len(lines))),
        )
    )


def changed(rng: random.Random, tree: Any) -> Any:  # noqa: ANN401 - plain data of any shape
    """The tree after one change somewhere in it."""
    places = list(below(tree))
    if not places:
        return rng.choice(ODD)
    parent, key = rng.choice(places)
    other_parent, other_key = rng.choice(places)
    match rng.randrange(9):
        case 0:
            del parent[key]
        case 1:
            parent[key] = rng.choice(ODD)
        case 2 | 3 | 4:
            # What fits the place better: most of these packs still load.
            alike = [there[at] for there, at in places if type(there[at]) is type(parent[key])]
            parent[key] = copied(rng.choice(alike))
        case 5:
            parent[key] = copied(other_parent[other_key])
        case 6 if isinstance(parent, dict):
            parent[rng.choice(TOKENS) if rng.random() < 0.5 else str(other_key)] = parent.pop(key)
        case 7 if type(parent[key]) in (int, float):
            parent[key] = rng.choice((parent[key] + 1, -parent[key], 2**53 - 1, 1_000_000, 7, 0.25))
        case _:
            parent[key] = nested(rng, parent[key])
    return tree


def copied(tree: Any) -> Any:  # noqa: ANN401 - plain data of any shape
    """The same again, so that a change of one is none of the other."""
    return json.loads(json.dumps(tree))


def nested(rng: random.Random, value: Any) -> Any:  # noqa: ANN401 - plain data of any shape
    """The value many times, if it is small, or deep inside."""
    # Four changes may come on top of each other, and Python's own writer of JSON goes down to a thousand levels.
    times = rng.choice((1, 1, 2, 60, 200))
    if rng.random() < 0.5 and not isinstance(value, dict | list):
        return [value] * times
    for _ in range(times):
        value = {rng.choice(("a", "facts", "when")): value} if rng.random() < 0.5 else [value]
    return value


def below(tree: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - plain data of any shape
    """Each place in a tree: a collection and a key or an index of it."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict | list):
            keys = list(node) if isinstance(node, dict) else range(len(node))
            yield from ((node, key) for key in keys)
            waiting += [node[key] for key in keys]
