"""An id names a folder on every system, and leads out of none."""

from __future__ import annotations

import ntpath
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given, strategies as st

from sevclass.incident.ids import checked_id
from sevclass.incident.store import Store
from sevclass.problems import Problem, StoreError

USE = "use letters, digits, `-`, `_` and `.`"
START = "start with a letter or a digit"
END = "end in a letter or a digit"
BEFORE = "put something before it, such as `T-`"


def refused(text: str) -> tuple[Problem, ...]:
    with pytest.raises(StoreError) as caught:
        checked_id(text)
    return caught.value.problems


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("T-17", id="usual"),
        pytest.param("2026-03-02 payments", id="a-space"),
        pytest.param("a..b", id="dots-within"),
        pytest.param("störung-17", id="beyond-ascii"),
        pytest.param("-17", id="a-hyphen"),
        pytest.param("CONSOLE", id="more-than-a-device"),
        pytest.param("COM10", id="no-port"),
        pytest.param("COM0", id="no-port-either"),
        pytest.param("conX", id="a-letter-more"),
        pytest.param("COMX", id="no-digit"),
        pytest.param("XaX", id="capitals"),
        pytest.param("T-CON", id="a-device-later"),
        pytest.param("x" * 128, id="the-longest"),
        pytest.param("ü" * 127 + "x", id="the-longest-in-bytes"),
        pytest.param("~", id="a-tilde"),
    ],
)
def test_an_id_is_given_back(text: str) -> None:
    assert checked_id(text) == text


@pytest.mark.parametrize(
    ("text", "code", "message", "hint"),
    [
        pytest.param("", "wrong_length", "an id cannot be empty", "for example `T-17`", id="empty"),
        pytest.param(
            "x" * 129, "wrong_length", f"`{'x' * 79}…` has 129 characters", "an id has at most 128", id="too-long"
        ),
        pytest.param(
            "ü" * 128,
            "wrong_length",
            f"`{'ü' * 79}…` takes 256 bytes in UTF-8",
            "an id takes at most 255",
            id="too-many-bytes",
        ),
        pytest.param("a/b", "character", "`a/b` has `/` in it", USE, id="a-slash"),
        pytest.param("/etc", "character", "`/etc` has `/` in it", USE, id="absolute"),
        pytest.param("a\\b", "character", "`a\\b` has `\\` in it", USE, id="a-backslash"),
        pytest.param("C:", "character", "`C:` has `:` in it", USE, id="a-drive"),
        pytest.param("a:b", "character", "`a:b` has `:` in it", USE, id="a-stream"),
        pytest.param('*?"<>|*', "character", '`*?"<>|*` has `*`, `?`, `"`, `<`, `>`, `|` in it', USE, id="wild"),
        pytest.param("a\0b", "character", "`a\\x00b` has U+0000 in it", USE, id="nul"),
        pytest.param("a\nb", "character", "`a\\nb` has U+000A in it", USE, id="a-line-end"),
        pytest.param("con\t", "character", "`con\\t` has U+0009 in it", USE, id="a-tab-after-a-device"),
        pytest.param("a\u202eb", "character", "`a\\u202eb` has U+202E in it", USE, id="a-direction"),
        pytest.param("a\ud800", "character", "`a\\ud800` has U+D800 in it", USE, id="half-a-character"),
        pytest.param(".git", "id_start", "`.git` starts with `.`", START, id="hidden"),
        pytest.param("_knowledge", "id_start", "`_knowledge` starts with `_`", START, id="the-teams"),
        pytest.param(" a", "id_start", "` a` starts with a space", START, id="a-space-before"),
        pytest.param("T-17.", "id_end", "`T-17.` ends in `.`", END, id="a-dot-after"),
        pytest.param("a ", "id_end", "`a ` ends in a space", END, id="a-space-after"),
        pytest.param("nul", "reserved_name", "`nul` is a device on Windows", BEFORE, id="a-device"),
        pytest.param("Aux.tar.gz", "reserved_name", "`Aux.tar.gz` is a device on Windows", BEFORE, id="an-extension"),
        pytest.param("con .x", "reserved_name", "`con .x` is a device on Windows", BEFORE, id="a-device-and-a-space"),
        pytest.param("CONIN$", "reserved_name", "`CONIN$` is a device on Windows", BEFORE, id="the-console"),
        pytest.param("lpt9", "reserved_name", "`lpt9` is a device on Windows", BEFORE, id="a-port"),
        pytest.param("COM¹", "reserved_name", "`COM¹` is a device on Windows", BEFORE, id="a-raised-digit"),
        pytest.param(
            "sto\u0308rung",
            "not_composed",
            "`sto\u0308rung` has letters and accents apart",
            "write them as one: `störung`, in Unicode form NFC",
            id="not-composed",
        ),
    ],
)
def test_what_is_no_id_is_told(text: str, code: str, message: str, hint: str) -> None:
    assert refused(text) == (Problem(path="id", code=code, message=message, hint=hint),)


PORTS = [f"{port}{digit}" for port in ("COM", "LPT") for digit in "123456789¹²³"]


@pytest.mark.parametrize("name", ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", *PORTS])
def test_no_device_of_windows_is_an_id(name: str) -> None:
    for text in (name, name.lower(), f"{name}.txt"):
        assert refused(text) == (
            Problem(path="id", code="reserved_name", message=f"`{text}` is a device on Windows", hint=BEFORE),
        )


def test_all_that_is_wrong_is_told_at_once() -> None:
    found = refused("../sto\u0308rung ")

    assert [problem.code for problem in found] == ["character", "id_start", "id_end", "not_composed"]


def test_the_way_up_is_no_id() -> None:
    assert [problem.code for problem in refused("..")] == ["id_start", "id_end"]
    assert [problem.code for problem in refused("..\\..\\x")] == ["character", "id_start"]


PIECES = st.sampled_from(["..", ".", "/", "\\", "C:", "~", "\0", "con", "COM¹", "_", " ", "a", "T-17", "\u202e", "%2e"])
TEXTS = st.text(max_size=12) | st.lists(PIECES, max_size=5).map("".join) | st.text(st.characters(codec="ascii"))


def passes(text: str) -> bool:
    try:
        return checked_id(text) == text
    except StoreError:
        return False


@given(TEXTS)
@example("..")
@example("C:x")
@example("a/../..")
def test_no_id_leaves_the_root(text: str) -> None:
    roots: list[PurePath] = [PurePosixPath("/srv/incidents"), PureWindowsPath("D:/incidents")]
    for root in roots:
        joined = root / text

        assert (joined.parent, joined.name) == (root, text) or not passes(text)
        assert not joined.name.endswith((".", " ")) or not passes(text)


@given(TEXTS)
@example("CON")
@example("com³.txt")
def test_no_id_is_what_windows_keeps_for_itself(text: str) -> None:
    assert not (passes(text) and is_reserved(text))


def is_reserved(text: str) -> bool:
    """What Python knows of Windows, on every system."""
    newer: Callable[[str], bool] | None = getattr(ntpath, "isreserved", None)  # of Python 3.13
    return newer(text) if newer else PureWindowsPath(text).is_reserved()


@given(text=TEXTS)
def test_an_id_can_be_a_folder_here(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    if passes(text):
        root = tmp_path_factory.getbasetemp() / "ids"
        (root / text).mkdir(parents=True, exist_ok=True)

        assert text in {unicodedata.normalize("NFC", name) for name in os.listdir(root)}  # noqa: PTH208 - names


@given(TEXTS)
def test_the_paths_of_a_store_stay_below_its_root(text: str) -> None:
    store = Store(Path("/srv/incidents"))
    for path_of in (store.timeline, store.instruction, store.review):
        if passes(text):
            path = path_of(text)

            assert os.path.normpath(path) == str(path)
            assert path.is_relative_to(store.root / text)
        else:
            with pytest.raises(StoreError):
                path_of(text)
