"""Where the files of incidents are, and how they are found."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from sevclass.incident.store import Found, Store, find_timelines
from sevclass.problems import Problem, StoreError
from tests.incident.users import unprivileged

LOG = "incident_timeline.yaml"


def made(root: Path, files: Iterable[str]) -> Path:
    for name in files:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()
    return root


def unexpected(problem: Problem) -> None:
    pytest.fail(str(problem))


def found(where: Path) -> tuple[list[tuple[str, str, str]], list[Problem]]:
    """What is found, with paths from there on, and what is told."""
    problems: list[Problem] = []
    rows: list[tuple[str, str, str]] = [
        (f.id, f.path.relative_to(where).as_posix(), f.kind) for f in find_timelines(where, problems.append)
    ]
    return rows, problems


def test_the_layout() -> None:
    store = Store(Path("root"))

    assert store.timeline("T-1") == Path("root/T-1/workflow/incident_timeline.yaml")
    assert store.instruction("T-1") == Path("root/T-1/instruction.yaml")
    assert store.review("T-1") == Path("root/T-1/outputs/final/post_incident_review.yaml")
    assert store.runbooks == Path("root/_knowledge/procedural/escalation_runbooks.yaml")
    assert store.known_issues == Path("root/_knowledge/semantic/known_issues.yaml")


def test_an_id_that_leads_elsewhere_is_refused() -> None:
    with pytest.raises(StoreError) as caught:
        Store(Path("root")).timeline("../x")

    assert str(caught.value) == (
        "id: `../x` has `/` in it; use letters, digits, `-`, `_` and `.`\n"
        "id: `../x` starts with `.`; start with a letter or a digit"
    )


def test_incidents_are_found_at_any_depth_and_sorted(tmp_path: Path) -> None:
    made(
        tmp_path, [f"b/workflow/{LOG}", f"a/{LOG}", f"year/q1/T-2/workflow/{LOG}", f"year/q1/T-10/workflow/{LOG}", LOG]
    )

    assert found(tmp_path) == (
        [
            ("a", f"a/{LOG}", "timeline"),
            ("b", f"b/workflow/{LOG}", "timeline"),
            (tmp_path.name, LOG, "timeline"),
            ("T-10", f"year/q1/T-10/workflow/{LOG}", "timeline"),
            ("T-2", f"year/q1/T-2/workflow/{LOG}", "timeline"),
        ],
        [],
    )


def test_an_instruction_is_an_incident_until_there_is_a_log(tmp_path: Path) -> None:
    made(tmp_path, ["new/instruction.yaml", "old/instruction.yaml", f"old/workflow/{LOG}"])
    made(tmp_path, ["flat/instruction.yaml", f"flat/{LOG}", "workflow/instruction.yaml"])

    assert found(tmp_path)[0] == [
        ("flat", f"flat/{LOG}", "timeline"),
        ("new", "new/instruction.yaml", "instruction"),
        ("old", f"old/workflow/{LOG}", "timeline"),
        ("workflow", "workflow/instruction.yaml", "instruction"),
    ]


def test_other_files_hidden_folders_and_what_the_team_knows_are_passed_over(tmp_path: Path) -> None:
    made(tmp_path, ["T-1/notes.yaml", f"T-1/{LOG}.lock", f".git/{LOG}", f"_knowledge/x/{LOG}", "T-1/_knowledge/a"])

    assert found(tmp_path) == ([], [])


def test_a_file_is_its_incident(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, [f"T-1/workflow/{LOG}", "T-1/instruction.yaml", "T-2/other.yaml"])
    path = tmp_path / "T-1" / "workflow" / LOG

    assert list(find_timelines(path, unexpected)) == [Found("T-1", path, "timeline")]
    assert list(find_timelines(tmp_path / "T-1" / "instruction.yaml", unexpected)) == [Found("T-1", path, "timeline")]
    made(tmp_path, ["T-3/instruction.yaml"])
    path = tmp_path / "T-3" / "instruction.yaml"
    assert list(find_timelines(path, unexpected)) == [Found("T-3", path, "instruction")]
    path = tmp_path / "T-2" / "other.yaml"
    assert list(find_timelines(path, unexpected)) == [Found("T-2", path, "timeline")]
    monkeypatch.chdir(tmp_path / "T-1" / "workflow")
    assert list(find_timelines(Path(LOG), unexpected)) == [Found("T-1", Path(LOG), "timeline")]


def test_the_folder_that_is_named_may_be_hidden(tmp_path: Path) -> None:
    made(tmp_path, [f".incidents/T-1/workflow/{LOG}"])

    assert found(tmp_path / ".incidents")[0] == [("T-1", f"T-1/workflow/{LOG}", "timeline")]


def test_nothing_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        find_timelines(tmp_path / "none", unexpected)

    assert caught.value.problems == (Problem(path=f"{tmp_path}/none", code="no_such_file", message="no such file"),)


def test_a_name_with_a_nul_is_told() -> None:
    with pytest.raises(StoreError) as caught:
        find_timelines(Path("a\0b"), unexpected)

    assert [(p.code, p.message) for p in caught.value.problems] == [
        ("unreadable", "cannot be read: no path has a NUL character"),
    ]


def test_links_to_folders_are_not_followed_and_links_to_files_are(tmp_path: Path) -> None:
    made(tmp_path, [f"real/workflow/{LOG}", "linked/x"])
    (tmp_path / "real" / "loop").symlink_to(tmp_path)
    (tmp_path / "alias").symlink_to(tmp_path / "real")
    (tmp_path / "linked" / LOG).symlink_to(tmp_path / "real" / "workflow" / LOG)

    assert found(tmp_path) == (
        [("linked", f"linked/{LOG}", "timeline"), ("real", f"real/workflow/{LOG}", "timeline")],
        [],
    )


def test_a_link_to_a_folder_may_be_named(tmp_path: Path) -> None:
    made(tmp_path, [f"real/T-1/{LOG}"])
    (tmp_path / "alias").symlink_to("real")

    assert found(tmp_path / "alias")[0] == [("T-1", f"T-1/{LOG}", "timeline")]


def test_what_is_called_a_log_and_is_none_is_told(tmp_path: Path) -> None:
    made(tmp_path, [f"good/{LOG}", "a/x", "b/x", "c/x", f"d/{LOG}/T-1/{LOG}"])
    (tmp_path / "a" / LOG).symlink_to("nowhere")
    os.mkfifo(tmp_path / "b" / LOG)
    (tmp_path / "c" / LOG).symlink_to(LOG)

    rows, problems = found(tmp_path)

    assert rows == [("T-1", f"d/{LOG}/T-1/{LOG}", "timeline"), ("good", f"good/{LOG}", "timeline")]
    circle = "cannot be read: Too many levels of symbolic links"
    assert problems == [
        Problem(path=f"{tmp_path}/a/{LOG}", code="no_such_file", message="no such file"),
        Problem(path=f"{tmp_path}/b/{LOG}", code="not_a_file", message="is not a regular file"),
        Problem(path=f"{tmp_path}/c/{LOG}", code="unreadable", message=circle),
        Problem(
            path=f"{tmp_path}/d/{LOG}",
            code="is_a_directory",
            message="is a directory",
            hint="a file belongs there: move the folder away",
        ),
    ]


@pytest.mark.parametrize("name", [LOG, "instruction.yaml"])
def test_a_folder_that_is_named_like_a_file_is_none_to_search(tmp_path: Path, name: str) -> None:
    made(tmp_path, [f"T-1/{name}/x"])

    with pytest.raises(StoreError) as caught:
        find_timelines(tmp_path / "T-1" / name, unexpected)
    told = f"{tmp_path}/T-1/{name}: is a directory; a file belongs there: move the folder away"
    assert str(caught.value) == told
    rows, problems = found(tmp_path)
    assert (rows, [str(problem) for problem in problems]) == ([], [told])


@pytest.mark.parametrize("log", [f"T-1/{LOG}/x", f"T-1/workflow/{LOG}/x"])
def test_no_instruction_stands_for_a_log_that_is_a_folder(tmp_path: Path, log: str) -> None:
    made(tmp_path, [log, "T-1/instruction.yaml"])
    rows, problems = found(tmp_path)

    told = f"{(tmp_path / log).parent}: is a directory; a file belongs there: move the folder away"
    assert (rows, [str(problem) for problem in problems]) == ([], [told])


@pytest.mark.parametrize("mode", [0, 0o400, 0o200])
def test_no_instruction_stands_for_a_log_out_of_reach(mode: int) -> None:
    with unprivileged() as folder:
        made(folder, [f"T-1/workflow/{LOG}", "T-1/instruction.yaml", "T-1/more/T-2/instruction.yaml"])
        (folder / "T-1" / "workflow").chmod(mode)

        rows, problems = found(folder)

        (folder / "T-1" / "workflow").chmod(0o700)
        assert [id for id, _, _ in rows] == ["T-2"]
        assert f"{folder}/T-1/workflow: cannot be read: Permission denied" in map(str, problems)
        assert len(problems) == len(set(problems))


def test_where_the_instruction_of_a_log_would_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, [f"T-1/workflow/{LOG}", "T-1/workflow/x/y"])

    def instruction(path: str) -> str | None:
        [incident] = find_timelines(Path(path), unexpected)
        return None if incident.instruction is None else incident.instruction.as_posix()

    monkeypatch.chdir(tmp_path)
    assert instruction(f"T-1/workflow/{LOG}") == "T-1/instruction.yaml"
    assert instruction("T-1") == "T-1/instruction.yaml"
    monkeypatch.chdir(tmp_path / "T-1")
    assert instruction(f"workflow/{LOG}") == "instruction.yaml"
    monkeypatch.chdir(tmp_path / "T-1" / "workflow")
    assert instruction(LOG) == "../instruction.yaml"
    monkeypatch.chdir(tmp_path / "T-1" / "workflow" / "x")
    assert instruction(f"../{LOG}") == "../../instruction.yaml"
    made(tmp_path, [f"T-2/{LOG}", "T-2/other.yaml"])
    assert instruction(f"{tmp_path}/T-2/{LOG}") == f"{tmp_path}/T-2/instruction.yaml"
    assert instruction(f"{tmp_path}/T-2/other.yaml") is None


def test_incidents_of_an_id_elsewhere(tmp_path: Path) -> None:
    made(tmp_path, [f"2025/T-1/{LOG}", "2026/T-1/instruction.yaml", f"2026/T-2/{LOG}"])

    assert [found.path.parent.parent.name for found in Store(tmp_path).elsewhere("T-1")] == ["2025", "2026"]
    assert list(Store(tmp_path / "none").elsewhere("T-1")) == []


def test_what_cannot_be_read_hides_no_incident_elsewhere(tmp_path: Path) -> None:
    made(tmp_path, ["a/x", f"b/T-1/{LOG}"])
    (tmp_path / "a" / LOG).symlink_to("nowhere")

    assert [found.path for found in Store(tmp_path).elsewhere("T-1")] == [tmp_path / "b" / "T-1" / LOG]


def test_a_folder_that_cannot_be_read_is_told_and_the_rest_is_found(tmp_path: Path) -> None:
    with unprivileged() as folder:
        made(folder, [f"a/{LOG}", f"b/{LOG}", f"c/{LOG}"])
        (folder / "b").chmod(0)

        rows, problems = found(folder)

        (folder / "b").chmod(0o700)
        assert [id for id, _, _ in rows] == ["a", "c"]
        assert problems == [Problem(path=f"{folder}/b", code="unreadable", message="cannot be read: Permission denied")]


def test_a_refusal_that_names_no_path_is_told_of_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(folder: str) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "scandir", refusing)

    assert found(tmp_path) == (
        [],
        [Problem(path=str(tmp_path), code="unreadable", message="cannot be read: Input/output error")],
    )


def test_a_folder_whose_name_is_no_text_is_told(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/T-\xff"
    try:
        os.mkdir(folder)  # noqa: PTH102 - a name in bytes
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    (Path(os.fsdecode(folder)) / LOG).touch()

    assert found(tmp_path) == (
        [],
        [
            Problem(
                path=f"{tmp_path}/T-\\xff/{LOG}",
                code="encoding",
                message="the name of the folder is not UTF-8",
                hint="rename the folder",
            )
        ],
    )
    with pytest.raises(StoreError) as caught:
        find_timelines(Path(os.fsdecode(folder)) / LOG, unexpected)
    assert str(caught.value) == f"{tmp_path}/T-\\xff/{LOG}: the name of the folder is not UTF-8; rename the folder"
    # A stream of many is not called after its folder.
    stream = Path(os.fsdecode(folder)) / "all.jsonl"
    stream.touch()
    assert [found.path for found in find_timelines(stream, unexpected)] == [stream]


def test_folders_may_lie_deep_in_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    depth = 1_100  # more than Python calls; neither it nor pytest makes or clears away such folders by itself
    for _ in range(depth):
        os.mkdir("d")  # noqa: PTH102 - a path to each would be long
        os.chdir("d")
    Path(LOG).touch()
    os.chdir(tmp_path)

    assert found(Path()) == ([("d", f"{'d/' * depth}{LOG}", "timeline")], [])
    os.chdir("d/" * depth)
    Path(LOG).unlink()
    for _ in range(depth):
        os.chdir("..")
        os.rmdir("d")  # noqa: PTH106 - the same


def test_what_is_found_is_given_before_the_rest_is_searched(tmp_path: Path) -> None:
    made(tmp_path, [f"a/{LOG}", f"b/{LOG}"])
    search = find_timelines(tmp_path, unexpected)

    assert next(search).id == "a"
    (tmp_path / "b" / LOG).unlink()
    assert list(search) == []
