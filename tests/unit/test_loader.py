"""The folder of a pack: what is read of it, and what is refused without being read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import sevclass
from sevclass import PackError, load_pack
from sevclass.loader import read_pack
from sevclass.shipped import shipped_packs
from tests.unit.written import SMALL, loaded, refused, write

KNOWN = "a pack is a folder, or one of those that ship: `support`"

# name -> the files beside those of `SMALL`, and everything that is said of them.
CASES: dict[str, tuple[dict[str, str], str]] = {
    "two files": (
        {
            "x.yaml": """\
roles: {lead: A}
name: b
"""
        },
        """\
x.yaml:1:1: `roles` stands in two files; it also stands in roles.yaml:1
    roles: {lead: A}
    ^^^^^
x.yaml:2:1: `name` stands in two files; it also stands in pack.yaml:1
    name: b
    ^^^^""",
    ),
    "list file": (
        {"x.yaml": "- a\n"},
        """\
x.yaml:1:1: a pack's file is a mapping of keys
    - a
    ^^^""",
    ),
    "text file": (
        {"x.yaml": "a\n"},
        """\
x.yaml:1:1: a pack's file is a mapping of keys
    a
    ^""",
    ),
    "anchor": (
        {"x.yaml": "covers: &a {}\n"},
        """\
x.yaml:1:9: anchors are not allowed; if it is text, quote it
    covers: &a {}
            ^^""",
    ),
    "alias": (
        {"x.yaml": "covers: *a\n"},
        """\
x.yaml:1:9: aliases are not allowed; write the value out; if it is text, quote it
    covers: *a
            ^^""",
    ),
    "tag": (
        {"x.yaml": "covers: !x {}\n"},
        """\
x.yaml:1:9: tags are not allowed; if it is text, quote it
    covers: !x {}
            ^^""",
    ),
    "dupkey": (
        {
            "x.yaml": """\
covers: {}
covers: {}
"""
        },
        """\
x.yaml:2:1: duplicate key `covers`; the first is in line 1
    covers: {}
    ^^^^^^""",
    ),
    "syntax": (
        {"x.yaml": "covers: {\n"},
        """\
x.yaml:1:10: expected a value
    covers: {
             ^""",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_told_at_its_place(tmp_path: Path, case: str) -> None:
    files, expected = CASES[case]
    assert str(refused(tmp_path, SMALL | files)) == expected


def told(pack: str | os.PathLike[str]) -> str:
    with pytest.raises(PackError) as caught:
        load_pack(pack)
    return str(caught.value)


@pytest.mark.parametrize(
    ("pack", "expected"),
    [
        pytest.param("suport", "unknown pack `suport`; did you mean `support`?", id="misspelt"),
        pytest.param("zzz", f"unknown pack `zzz`; {KNOWN}", id="unlike"),
        pytest.param("../support", f"unknown pack `../support`; {KNOWN}", id="relative"),
        pytest.param("/no/such/folder", f"unknown pack `/no/such/folder`; {KNOWN}", id="no such folder"),
        pytest.param("", f"unknown pack ``; {KNOWN}", id="empty"),
        pytest.param("a\0b", f"unknown pack `a\\x00b`; {KNOWN}", id="nul"),
        pytest.param("\ud800", f"unknown pack `\\ud800`; {KNOWN}", id="surrogate"),
        pytest.param("\x1b[31m", f"unknown pack `\\x1b[31m`; {KNOWN}", id="escape"),
        pytest.param("x" * 5_000, f"unknown pack `{'x' * 79}…`; {KNOWN}", id="too long"),
    ],
)
def test_a_name_that_is_no_pack_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: str, expected: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert told(pack) == expected


def test_a_file_is_no_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "pack.yaml"
    file.write_text("name: small")
    assert told(file.name) == "`pack.yaml` is a file; a pack is a folder: name the one that it lies in"


def test_a_pack_is_loaded_by_path_as_text_or_as_a_path(tmp_path: Path) -> None:
    folder = write(tmp_path / "pack", SMALL)
    assert load_pack(folder) == load_pack(str(folder))
    assert load_pack(folder).name == "small"


def test_a_shipped_name_wins_over_a_folder_of_that_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "support", SMALL)
    monkeypatch.chdir(tmp_path)
    assert load_pack("support").name == "support"
    assert load_pack("./support").name == "small"


def test_the_shipped_packs_are_found_by_their_folders() -> None:
    assert [(name, (folder / "pack.yaml").is_file()) for name, folder in shipped_packs().items()] == [("support", True)]


def test_an_empty_folder_is_told_by_its_name(tmp_path: Path) -> None:
    assert str(refused(tmp_path, {})) == "pack: the folder holds no `*.yaml` file with anything in it"


def test_files_without_anything_in_them_are_as_good_as_none(tmp_path: Path) -> None:
    files = {"a.yaml": "", "b.yaml": "# nothing\n", "c.txt": "name: small\n"}
    assert str(refused(tmp_path, files)) == "pack: the folder holds no `*.yaml` file with anything in it"


def test_a_file_without_anything_in_it_is_no_mistake(tmp_path: Path) -> None:
    assert loaded(tmp_path, SMALL | {"notes.yaml": "# nothing yet\n"}).name == "small"


def test_a_folder_without_a_readable_file_is_told_by_its_files(tmp_path: Path) -> None:
    files = {"a.yml": "name: small\n", "b.yaml": "name: [\n"}
    assert (
        str(refused(tmp_path, files))
        == """\
a.yml: only `*.yaml` is read; call it `a.yaml`
b.yaml:1:8: expected a value
    name: [
           ^"""
    )


def test_what_stands_in_a_file_that_cannot_be_read_is_not_missed(tmp_path: Path) -> None:
    assert (
        str(refused(tmp_path, SMALL | {"facts.yaml": "facts: [\n"}))
        == """\
facts.yaml:1:9: expected a value
    facts: [
            ^"""
    )


def test_what_a_file_that_cannot_be_read_may_name_is_not_missed(tmp_path: Path) -> None:
    files = {
        "pack.yaml": "severities: {1: High, 2: Low}\n",
        "roles.yaml": "roles: {lead: Leads, deputy: [}\n",
        "facts.yaml": "facts: [\n",
        "x.yaml": "covers: {leed: [depty]}\nroster: {3: {laed: leads}}\nwar_room: {x: {sped: true, severity: 4}}\n",
        "y.yaml": "sla: {1: {notify: {laed: soon}}}\n",
    }
    assert (
        str(refused(tmp_path, SMALL | files))
        == """\
facts.yaml:1:9: expected a value
    facts: [
            ^
roles.yaml:1:31: expected a value
    roles: {lead: Leads, deputy: [}
                                  ^
x.yaml:2:10: unknown severity `3`; severities are 1 to 2
    roster: {3: {laed: leads}}
             ^
x.yaml:3:38: unknown severity 4; severities are 1 to 2
    war_room: {x: {sped: true, severity: 4}}
                                         ^
y.yaml:1:26: `soon` is not a duration; a whole number up to 999999 and m, h, d, w, bh or bd: `15m`, or a range: `2h..4h`
    sla: {1: {notify: {laed: soon}}}
                             ^^^^"""
    )


def test_what_stands_in_the_other_files_is_missed_all_the_same(tmp_path: Path) -> None:
    files = {"criteria.yaml": "criteria: {1: {x: {text: a, when: {sped: dead}}}}\n", "roles.yaml": "roles: [\n"}
    assert (
        str(refused(tmp_path, SMALL | files))
        == """\
criteria.yaml:1:36: unknown fact `sped`; did you mean `speed`?
    criteria: {1: {x: {text: a, when: {sped: dead}}}}
                                       ^^^^
roles.yaml:1:9: expected a value
    roles: [
            ^"""
    )


@pytest.mark.parametrize("name", ["roles.yml", "roles.YML", "roles.YAML", "roles.Yaml"])
def test_a_file_of_the_wrong_suffix_is_not_read(tmp_path: Path, name: str) -> None:
    files = {name: "roles: {lead: Leads\n"}
    kept = {file: text for file, text in SMALL.items() if file != "roles.yaml"}
    assert str(refused(tmp_path, kept | files)) == f"{name}: only `*.yaml` is read; call it `roles.yaml`"


def test_a_hidden_file_is_left_alone(tmp_path: Path) -> None:
    hidden = {".x.yaml": "[", ".yaml": "[", ".roles.yml": "[", "..YAML": "["}
    assert loaded(tmp_path, SMALL | hidden).name == "small"
    assert str(refused(tmp_path / "pack", hidden)) == "pack: the folder holds no `*.yaml` file with anything in it"


def test_a_file_over_eight_mebibytes_is_refused(tmp_path: Path) -> None:
    fits = b"#" * (8 * 2**20)
    assert loaded(tmp_path, SMALL | {"notes.yaml": fits}).name == "small"
    folder = write(tmp_path / "large", SMALL | {"notes.yaml": fits + b"#"})
    assert told(folder) == "notes.yaml: the file is larger than 8 MiB"


def test_bytes_that_are_not_utf_8_are_refused(tmp_path: Path) -> None:
    assert (
        str(refused(tmp_path, SMALL | {"x.yaml": b"roles: \xff\n"}))
        == """\
x.yaml:1:8: byte 0xFF is not UTF-8; save the file as UTF-8
    roles: \ufffd
           ^"""
    )


def test_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    folder = write(tmp_path / "pack", SMALL)
    outside = tmp_path / "outside.yaml"
    outside.write_text("description: Read from outside\n")
    (folder / "in.yaml").symlink_to(outside)
    (folder / "broken.yaml").symlink_to(tmp_path / "nowhere")
    assert (
        told(folder)
        == """\
broken.yaml: a symbolic link is not followed; put the file itself into the pack's folder
in.yaml: a symbolic link is not followed; put the file itself into the pack's folder"""
    )


def test_a_folder_of_a_pack_may_be_a_symbolic_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(write(tmp_path / "pack", SMALL))
    assert load_pack(tmp_path / "link").name == "small"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in its folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    folder = write(tmp_path / "pack", SMALL)
    os.mkfifo(folder / "pipe.yaml")
    assert told(folder) == "pipe.yaml: is not a regular file"


def test_a_folder_inside_is_not_a_file(tmp_path: Path) -> None:
    folder = write(tmp_path / "pack", SMALL)
    (folder / "x.yaml").mkdir()
    (folder / "deep").mkdir()
    (folder / "deep" / "more.yaml").write_text("[")
    assert told(folder) == "x.yaml: is not a regular file"


def test_what_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "pack", {"roles.yaml": "", **SMALL, "x.yaml": "covers: {leed: [lead]}\n"})
    opened = os.open

    def denied(path: Path, flags: int) -> int:
        if path.name == "roles.yaml":
            raise PermissionError(13, "Permission denied")
        return opened(path, flags)

    monkeypatch.setattr(os, "open", denied)
    # The roles may stand there, so none is missed.
    assert told(folder) == "roles.yaml: cannot be read: Permission denied"


def test_what_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "pack\n", SMALL)
    listed = Path.iterdir

    def denied(path: Path) -> Iterator[Path]:
        if path == folder:
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", denied)
    assert told(folder) == "pack\\n: cannot be listed: Permission denied"


def told_to_a_user(folder: Path) -> str:
    """What a process is told that may not read everything, as the superuser may."""
    command = [sys.executable, "-c", PROGRAM, str(folder)]
    if os.geteuid() == 0:
        command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all", *command]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=ENVIRONMENT).stdout


PROGRAM = """\
import sys
from sevclass import PackError, load_pack
try:
    load_pack(sys.argv[1])
except PackError as error:
    print(error)
"""
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(sevclass.__file__).parents[1])}


@pytest.mark.skipif(
    sys.platform == "win32" or (os.geteuid() == 0 and not shutil.which("setpriv")), reason="everything may be read"
)
def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path / "pack", SMALL)
    (folder / "roles.yaml").chmod(0)
    assert told_to_a_user(folder) == "roles.yaml: cannot be read: Permission denied\n"
    folder.chmod(0)
    try:
        assert told_to_a_user(folder) == "pack: cannot be listed: Permission denied\n"
    finally:
        folder.chmod(0o700)


def test_the_limit_of_nodes_is_of_all_files_together(tmp_path: Path) -> None:
    half = f"covers: {{lead: [{'deputy,' * 260_000}]}}\n"
    files = {"x.yaml": half, "y.yaml": half.replace("covers", "sla")}
    problems = refused(tmp_path, SMALL | files).problems
    assert [(p.path.split(":")[0], p.message) for p in problems if p.code == "too_many_nodes"] == [
        ("y.yaml", "more than 500,000 values and keys in all")
    ]


def test_a_key_stands_in_any_file_and_in_any_order(tmp_path: Path) -> None:
    pieces = {f"{key}.yaml": text for key, text in SMALL.items()}
    apart = loaded(tmp_path, pieces)
    together = load_pack(write(tmp_path / "one", {"z.yaml": "".join(reversed(list(SMALL.values())))}))
    assert apart == together
    assert apart.digest == together.digest


def test_the_digest_follows_what_a_pack_says(tmp_path: Path) -> None:
    first = loaded(tmp_path, SMALL)
    reordered = SMALL | {"pack.yaml": "severities: {2: Low, 1: High}\nversion: '1.0.0'\nname: small\n"}
    renamed = SMALL | {"roles.yaml": "roles: {lead: Leads them, deputy: Helps}\n"}
    assert load_pack(write(tmp_path / "reordered", reordered)).digest == first.digest
    assert load_pack(write(tmp_path / "renamed", renamed)).digest != first.digest
    assert first.digest.startswith("sha256:")
    assert len(first.digest) == 71


def test_what_goes_by_severity_is_put_in_order(tmp_path: Path) -> None:
    files = {
        "pack.yaml": "name: small\nversion: 1.0.0\nseverities: {2: Low, 1: High}\n",
        "criteria.yaml": """\
criteria:
  2:
    slow: {text: It is slow, when: {speed: slow}}
  1:
    dead: {text: It is dead, when: {speed: dead}}
""",
        "x.yaml": "sla: {2: {resolution: 2h}, 1: {resolution: 1h}}\nroster: {2: {deputy: helps}, 1: {lead: leads}}\n",
    }
    document, _ = read_pack(write(tmp_path / "pack", SMALL | files))
    parts = document["severities"], document["criteria"], document["sla"], document["roster"]
    assert [list(part) for part in parts] == [["1", "2"]] * 4


@pytest.mark.parametrize(
    ("count", "more"),
    [(1_000, []), (1_003, ["b.yaml:1003:5: too many problems; 3 more from here on are not told"])],
)
def test_at_most_a_thousand_problems_are_told(tmp_path: Path, count: int, more: list[str]) -> None:
    lines = "".join(f"    c{number}: {{text: Slow}}\n" for number in range(count))
    files = SMALL | {"criteria.yaml": "", "b.yaml": "criteria:\n  1:\n" + lines}
    problems = refused(tmp_path, files).problems

    assert len(problems) == 1_000 + len(more)
    assert [str(problem).split("\n")[0] for problem in problems[1_000:]] == more


def test_problems_come_in_the_order_of_files_lines_and_columns(tmp_path: Path) -> None:
    lines = "\n".join(f"  r{number}: {{lead: leads, leed: leads}}" for number in range(11))
    files = SMALL | {"x.yaml": f"roster:\n{lines}\n", "b.yaml": "nothing: 1\n"}
    places = [problem.path for problem in refused(tmp_path, files).problems]
    # The severity is none, and the second role neither; in two-digit columns too.
    columns = [(line, column) for line in range(2, 13) for column in (3, 21 if line < 12 else 22)]
    assert places == ["b.yaml:1:1", *(f"x.yaml:{line}:{column}" for line, column in columns)]


@pytest.mark.parametrize("name", ["a:b:1", "x:1:²", "1:2", "::"])
def test_a_folder_may_have_colons_in_its_name(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path / name, SMALL | {"pack.yaml": "name: small\nseverities: {1: High, 2: Low}\n"})
    assert told(folder) == f"{name}: missing key `version`; it may stand in any `*.yaml` of the pack"


@pytest.mark.skipif(sys.platform != "linux", reason="its file names are any bytes")
@pytest.mark.parametrize(
    "name", [b"\x1b[2J.yaml", b"a\nb.yaml", b"\xff.yaml", b"\x1b[2J.yml", b"\xe2\x80\xae.yaml"], ids=repr
)
def test_a_file_name_cannot_move_the_cursor(tmp_path: Path, name: bytes) -> None:
    folder = write(tmp_path / "pack", SMALL)
    Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text("nothing: 1\n")
    assert all(line.isprintable() for line in told(folder).split("\n"))
    assert len(told(folder).split("\n")) in {1, 3}


@pytest.mark.skipif(sys.platform != "linux", reason="its file names are any bytes")
def test_a_folder_name_cannot_move_the_cursor(tmp_path: Path) -> None:
    assert told(write(tmp_path / "\x1b[2J\n", {})).isprintable()


def _rules(severities: int = 2, **sections: str) -> str:
    """A pack on one page; `facts` is `users` and `criteria` is nothing, unless they are given."""
    names = ", ".join(f"{number}: S{number}" for number in range(1, severities + 1))
    head = f"name: large\nversion: 1.0.0\nseverities: {{{names}}}\n"
    sections = {"facts": "{users: {ask: How many?, count: users}}", "criteria": "{}"} | sections
    return head + "".join(f"{key}: {text}\n" for key, text in sections.items())


def _mapping(entries: Iterable[str]) -> str:
    return f"{{{', '.join(entries)}}}"


def _criteria(floors: Iterable[str]) -> str:
    criteria = (f"c{index}: {{text: a, when: {floor}}}" for index, floor in enumerate(floors))
    return f"{{1: {_mapping(criteria)}}}"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        pytest.param(
            _rules(
                facts=_mapping(f"f{n}: {{ask: a, count: users}}" for n in range(1_500)),
                criteria=_criteria(f"{{g{n}x: 1}}" for n in range(1_500)),
            ),
            1_500,
            id="unknown facts",
        ),
        pytest.param(_rules(criteria=_criteria(["{Bad: 1}"] * 4_000)), 4_000, id="bad names"),
        pytest.param(
            _rules(
                roles=_mapping(f"r{n}: R" for n in range(5_001)),
                covers=_mapping(f"r{n}: [r{n + 1}]" for n in range(5_000)),
            ),
            0,
            id="a chain of covers",
        ),
        pytest.param(
            _rules(
                severities=99,
                roles="{lead: Leads}",
                sla=_mapping(f"{n}: {{resolution: 1h, notify: {{lead: 1h}}}}" for n in range(1, 100)),
            ),
            0,
            id="severities",
        ),
        pytest.param(_rules(severities=4_000), 3_901, id="too many severities"),
    ],
)
def test_a_large_pack_takes_no_longer_than_its_size_explains(tmp_path: Path, text: str, problems: int) -> None:
    folder = write(tmp_path / "pack", {"pack.yaml": text})
    start = time.perf_counter()
    if problems:
        # However many are told: a cap is as good.
        assert 0 < len(told(folder).splitlines()) <= 3 * problems + 1
    else:
        assert load_pack(folder).name == "large"
    assert time.perf_counter() - start < 30
