"""Files of incidents that are not as they should be: half begun, out of reach, elsewhere, or no files at all."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from sevclass.cli.documents import INSTRUCTION as NAME
from sevclass.incident import read_log, store
from tests.cli.conftest import Run
from tests.cli.processes import piped
from tests.cli.test_clock import posix
from tests.cli.test_incident import events, log_of, refused
from tests.incident.users import unprivileged

AT = "2024-03-04T10:00:00Z"
LATER = "2024-03-04T10:10:00Z"
INSTRUCTION = f"opened_at: {AT}\ntitle: Slow\nfacts: {{functionality: down, environment: production}}\n"
TORN = "the last line is torn; it was not written to its end; the next entry that is added sets it aside"
FOLDER = "is a directory; a file belongs there: move the folder away"
DENIED = "cannot be read: Permission denied"


def instruct(root: Path, id_: str = "T-1", text: str = INSTRUCTION) -> Path:
    path = root / id_ / "instruction.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def write_log(root: Path, id_: str = "T-1", text: str = f'- {{"at": "{AT}", "event": "opened"}}\n') -> Path:
    path = log_of(root, id_)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def in_time() -> Iterator[None]:
    """A pipe that is waited for is waited for without an end."""
    if hasattr(signal, "SIGALRM"):
        signal.alarm(60)
        yield
        signal.alarm(0)


# --- a log without an opening of its own ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("", "", id="empty"),
        pytest.param("# mine\n", "", id="comment"),
        pytest.param('- {"at": "2024', f":1: {TORN}\n", id="torn"),
        pytest.param(
            f'- {{"at": "{AT}", "id": "e1", "event": "opened"}}\n'
            f'- {{"at": "{LATER}", "event": "struck", "entry": "e1", "reason": "wrong"}}\n',
            "",
            id="struck",
        ),
    ],
)
def test_the_instruction_is_the_opening(run: Run, tmp_path: Path, text: str, told: str) -> None:
    instruct(tmp_path)
    path = write_log(tmp_path, text=text)
    told = told and f"{path}{told}"

    shown = run("incident", "show", "T-1", "--root", tmp_path, "--now", LATER)
    assert (shown.status, shown.err, json.loads(shown.out)["title"]) == (0, told, "Slow")
    listed = run("incident", "list", "--root", tmp_path, "--now", LATER)
    assert (listed.status, [row["title"] for row in json.loads(listed.out)["rows"]]) == (0, ["Slow"])
    assert json.loads(run("clock", path, "--now", LATER).out)["severity"]["in_force"] == 1
    due = run("due", tmp_path, "--now", "2024-03-05T00:00:00Z")
    assert (due.status, due.err, json.loads(due.out)["rows"][0]["id"]) == (1, told, "T-1")

    # Who writes sees what a reader sees.
    assert run("incident", "ack", "T-1", "--root", tmp_path, "--at", LATER).status == 0
    kinds = [entry.event.event for entry in read_log(path.read_bytes()).entries]
    assert kinds[-2:] == ["opened", "acknowledged"]


def test_what_was_written_by_hand_comes_after_it(run: Run, tmp_path: Path) -> None:
    instruct(tmp_path)
    write_log(tmp_path, text=f'- {{"at": "{LATER}", "event": "acknowledged", "by": "ann"}}\n')

    status, out, err = run("clock", tmp_path, "--now", "2024-03-04T10:12:00Z")
    assert (status, err, json.loads(out)["clocks"][0]["done_at"]) == (0, "", LATER)


def test_an_opening_in_the_log_wins(run: Run, tmp_path: Path) -> None:
    instruct(tmp_path, text="no instruction at all\n")
    write_log(tmp_path)

    assert run("incident", "show", "T-1", "--root", tmp_path)[::2] == (0, "")
    assert run("due", tmp_path, "--now", AT)[::2] == (0, "")
    assert run("clock", tmp_path / "T-1" / "instruction.yaml", "--now", AT)[::2] == (0, "")


def test_an_instruction_that_is_none_is_told_and_the_torn_line_too(run: Run, tmp_path: Path) -> None:
    path = instruct(tmp_path, text="facts: {}\n")
    log = write_log(tmp_path, text='- {"at": "2024')
    told = f"{log}:1: {TORN}\n{path}: missing key `opened_at`; say when it was reported, as `opened_at: "

    for words in (("due", tmp_path), ("incident", "show", "T-1", "--root", tmp_path), ("clock", log)):
        assert refused(run(*words)) == f'{told}"2026-03-02T14:23:00Z"`\n'


@posix
def test_a_disk_that_is_full_at_once_hides_nothing(run: Run, tmp_path: Path) -> None:
    import resource

    instruct(tmp_path)
    (tmp_path / "T-1" / "workflow").mkdir()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        done = piped("incident", "ack", "T-1", "--root", tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    told = "cannot be written: File too large; make room and try again; nothing was lost"
    first, *_ = done.stderr.decode().splitlines()  # what measures the coverage complains too
    assert (done.returncode, first) == (2, f"{log_of(tmp_path, 'T-1')}: {told}")
    assert log_of(tmp_path, "T-1").read_bytes() == b""
    assert json.loads(run("incident", "show", "T-1", "--root", tmp_path).out)["title"] == "Slow"


# --- a log that cannot be reached -------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("instructed", [True, False])
def test_a_log_out_of_reach_is_not_one_that_is_not_there(run: Run, instructed: bool) -> None:  # noqa: FBT001
    with unprivileged() as root:
        workflow = write_log(root).parent
        if instructed:
            instruct(root)
        workflow.chmod(0)
        try:
            named = (("clock", root / "T-1" / "instruction.yaml"),) if instructed else ()
            for words in (("due", root), ("clock", root), ("clock", log_of(root, "T-1")), *named):
                where = log_of(root, "T-1") if words[1] == log_of(root, "T-1") else workflow
                assert refused(run(*words)) == f"{where}: {DENIED}\n"
            for verb in ("show", "ack", "open"):
                assert refused(run("incident", verb, "T-1", "--root", root)) == f"{workflow}: {DENIED}\n"
            listed = run("incident", "list", "--root", root)
        finally:
            workflow.chmod(0o700)

    assert (listed.status, json.loads(listed.out)["rows"], listed.err) == (2, [], f"{workflow}: {DENIED}\n")


def test_a_folder_in_the_place_of_a_log(run: Run, tmp_path: Path) -> None:
    instruct(tmp_path)
    log = log_of(tmp_path, "T-1")
    log.mkdir(parents=True)

    for words in (("due", tmp_path), ("clock", tmp_path), ("due", log), ("clock", log)):
        assert refused(run(*words)) == f"{log}: {FOLDER}\n"
    for verb in ("show", "ack", "open"):
        assert refused(run("incident", verb, "T-1", "--root", tmp_path)) == f"{log}: {FOLDER}\n"
    assert run("incident", "list", "--root", tmp_path)[::2] == (2, f"{log}: {FOLDER}\n")


@pytest.mark.parametrize("name", ["T-1", "T-1/workflow"])
def test_a_file_in_the_place_of_a_folder(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()

    for verb in ("show", "ack", "open"):
        ended = run("incident", verb, "T-1", "--root", tmp_path)
        assert refused(ended) == f"{path}: is not a directory; a folder belongs there: move the file away\n"


# --- names that are no text -------------------------------------------------------------------------------------------


@posix
def test_paths_that_are_no_text(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"d\xff")
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    (folder / "incident_timeline.yaml").write_text(f'- {{"at": "{AT}", "event": "opened"}}\n', encoding="utf-8")
    (folder / "instruction.yaml").write_text(INSTRUCTION, encoding="utf-8")
    (folder / "review.yaml").write_text("action_items: [Test it]\n", encoding="utf-8")

    told = f"{tmp_path}/d\\xff/incident_timeline.yaml: the name of the folder is not UTF-8; rename the folder\n"
    for command in ("clock", "due"):
        for name in ("incident_timeline.yaml", "instruction.yaml"):
            assert refused(run(command, folder / name)) == told
    assert run("incident", "open", "T-1", "--root", folder)[::2] == (0, "")
    assert run("incident", "review", "T-1", folder / "review.yaml", "--root", folder)[::2] == (0, "")
    fine: list[tuple[object, ...]] = [
        ("classify", folder / "instruction.yaml"),
        ("explain", folder / "instruction.yaml"),
        ("incident", "show", "T-1", "--root", folder),
        ("known-issue", "add", "--id", "KI-1", "--title", "Slow", "--root", folder),
        ("known-issue", "list", "--root", folder),
        ("runbook", "list", "--root", folder),
        ("due", folder / "T-1"),
    ]
    for words in fine:
        status, out, err = run(*words)
        assert (status in {0, 1}, err) == (True, "")
        json.loads(out)
    refused_packs: list[tuple[object, ...]] = [
        ("explain", "x", "--pack", folder),
        ("clock", folder / "T-1", "--pack", folder),
        ("schema", "facts", "--pack", folder),
    ]
    for words in refused_packs:
        assert f"{tmp_path}/d\\udcff/incident_timeline.yaml:1:1: " in refused(run(*words))


# --- pipes ------------------------------------------------------------------------------------------------------------


@posix
@pytest.mark.usefixtures("in_time")
def test_an_instruction_that_is_a_pipe(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "T-1" / "instruction.yaml"
    path.parent.mkdir()
    os.mkfifo(path)

    for words in (("clock", path), ("due", path), ("due", tmp_path)):
        assert refused(run(*words)) == f"{path}: is not a regular file\n"
    for verb in ("show", "ack", "open"):
        assert refused(run("incident", verb, "T-1", "--root", tmp_path)) == f"{path}: is not a regular file\n"
    assert not log_of(tmp_path, "T-1").parent.exists()
    write_log(tmp_path, text="")
    assert refused(run("due", tmp_path)) == f"{path}: is not a regular file\n"


@posix
@pytest.mark.usefixtures("in_time")
def test_other_files_that_are_pipes(run: Run, tmp_path: Path) -> None:
    write_log(tmp_path)
    files = store.Store(tmp_path)
    for path in (files.review("T-1"), files.known_issues, files.runbooks, tmp_path / "pack" / "pack.yaml"):
        path.parent.mkdir(parents=True)
        os.mkfifo(path)

    assert refused(run("incident", "review", "T-1", "--root", tmp_path)) == (
        f"{files.review('T-1')}: is not a regular file\n"
    )
    for command, path in (("known-issue", files.known_issues), ("runbook", files.runbooks)):
        status, out, err = run(command, "list", "--root", tmp_path)
        assert (status, json.loads(out)["rows"], err) == (2, [], f"{path}: is not a regular file\n")
    assert run("incident", "show", "T-1", "--root", tmp_path).err == (
        f"{files.known_issues}: is not a regular file\n{files.runbooks}: is not a regular file\n"
    )
    for words in (("lint", tmp_path / "pack"), ("clock", tmp_path, "--pack", tmp_path / "pack")):
        assert run(*words).err.startswith(f"{tmp_path}/pack/pack.yaml: is not a regular file\n")


@posix
def test_a_review_that_comes_through_a_pipe_holds_up_no_other(run: Run, tmp_path: Path) -> None:
    """It is read before the log is locked; who names a pipe waits for it, as with any file of facts."""
    import threading

    write_log(tmp_path)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    acknowledged: list[int] = []

    def send() -> None:
        with pipe.open("w", encoding="utf-8") as file:
            acknowledged.append(piped("incident", "ack", "T-1", "--root", tmp_path).returncode)
            file.write("action_items: [Test it]\n")

    sender = threading.Thread(target=send)
    sender.start()
    assert run("incident", "review", "T-1", pipe, "--root", tmp_path)[::2] == (0, "")
    sender.join()
    assert acknowledged == [0]
    assert [event["event"] for event in events(tmp_path, "T-1")] == ["opened", "acknowledged", "reviewed", "action"]


def test_no_incident_is_told_before_its_review_is_read(run: Run, tmp_path: Path) -> None:
    assert refused(run("incident", "review", "T-1", "--root", tmp_path)) == (
        "T-1: the incident was never opened; begin with `sevclass incident open T-1`\n"
    )


# --- nothing is made of what is refused -------------------------------------------------------------------------------


def test_what_is_refused_makes_no_folder(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "root"
    title = "\u200b" * 340_000
    too_many = re.compile(r"T-1: 2040\d\d\d bytes are too many; at most 1 MiB\n")
    assert too_many.fullmatch(refused(run("incident", "open", "T-1", "--title", title, "--root", root)))
    assert refused(run("incident", "open", "T-1", "--fact", "functionality=dwon", "--root", root)).endswith(
        "unknown level `dwon`; did you mean `down`?\n"
    )
    assert not root.exists()

    instruct(root)
    assert too_many.fullmatch(refused(run("incident", "note", "T-1", title, "--root", root)))
    assert refused(run("incident", "resume", "T-1", "--root", root)) == "T-1: nothing waits\n"
    assert [path.name for path in (root / "T-1").iterdir()] == ["instruction.yaml"]


# --- what may stand in an instruction ---------------------------------------------------------------------------------


def test_what_may_stand_beside_the_facts_is_told(run: Run, tmp_path: Path) -> None:
    path = instruct(tmp_path, text=f"opened_at: {AT}\ntitel: Slow\nowner: ann\nfacts: {{}}\n")
    told = (
        f"{path}:2:1: titel: unknown key `titel`; did you mean `title`?\n"
        "    titel: Slow\n"
        "    ^^^^^\n"
        f"{path}:3:1: owner: unknown key `owner`; "
        "beside `facts` stand only `id`, `opened_at`, `title`, `customers`, `by` and `source`\n"
        "    owner: ann\n"
        "    ^^^^^\n"
    )

    for words in (("due", tmp_path), ("incident", "open", "T-1", "--root", tmp_path), ("classify", path)):
        assert refused(run(*words)) == told
    assert run("incident", "list", "--root", tmp_path).err == told


def test_many_keys_have_no_hint_of_their_own(run: Run, tmp_path: Path) -> None:
    keys = "".join(f"titel{number}: x\n" for number in range(60))
    err = refused(run("due", instruct(tmp_path, text=f"opened_at: {AT}\nfacts: {{}}\n{keys}")))

    assert (err.count("did you mean `title`?"), err.count("stand only")) == (50, 10)


def test_an_instruction_is_classified(run: Run, tmp_path: Path) -> None:
    path = instruct(tmp_path)
    more = "customers: [acme]\nby: ann\nsource: monitoring\n"
    (tmp_path / "facts.yaml").write_text(INSTRUCTION.replace("title: Slow\n", ""), encoding="utf-8")
    instruct(tmp_path, text=more + INSTRUCTION)

    for command in ("classify", "explain"):
        assert run(command, path) == run(command, tmp_path / "facts.yaml")
        assert run(command, path).status == 0
    assert run(path).status == 0
    assert run("triage", "--known", path, stdin=b"quit\n").out == (
        run("triage", "--known", tmp_path / "facts.yaml", stdin=b"quit\n").out
    )
    (tmp_path / "facts.yaml").write_text(INSTRUCTION, encoding="utf-8")
    assert "unknown key `title`" in refused(run("classify", tmp_path / "facts.yaml"))
    instruct(tmp_path, text=f"customers: acme\n{INSTRUCTION}")
    assert refused(run("classify", path)) == (
        f"{path}:1:12: customers: `acme` is not a list\n    customers: acme\n               ^^^^\n"
    )


def test_the_name_of_an_instruction() -> None:
    assert NAME == store.INSTRUCTION


# --- incidents at other places ----------------------------------------------------------------------------------------


def test_an_incident_that_is_elsewhere(run: Run, tmp_path: Path) -> None:
    logs = (
        write_log(tmp_path / "2025"),
        write_log(tmp_path / "2026").rename(tmp_path / "2026/T-1/incident_timeline.yaml"),
    )
    instruction = instruct(tmp_path / "2027")
    kept = "incident `T-1` is kept here, not where it is looked for"
    told = (
        f"{logs[0]}: {kept}; give `--root {tmp_path}/2025`\n"
        f"{logs[1]}: {kept}; move it to `{log_of(tmp_path, 'T-1')}`\n"
        f"{instruction}: {kept}; give `--root {tmp_path}/2027`\n"
    )

    for verb in ("show", "ack", "open"):
        assert refused(run("incident", verb, "T-1", "--root", tmp_path)) == told
    assert run("incident", "show", "T-1", "--root", tmp_path / "2025").status == 0
    assert run("incident", "show", "T-1", "--root", tmp_path / "2027").status == 0
    assert run("incident", "open", "T-2", "--root", tmp_path).status == 0


def test_two_incidents_of_one_id(run: Run, tmp_path: Path) -> None:
    first, second = write_log(tmp_path / "2025"), write_log(tmp_path / "2026")
    told = f"{second}: another incident is called `T-1` too; the first is {first}; rename one of the folders\n"

    listed = run("incident", "list", "--root", tmp_path)
    assert (listed.status, listed.err, [row["id"] for row in json.loads(listed.out)["rows"]]) == (0, told, ["T-1"] * 2)
    due = run("due", tmp_path, "--now", AT)
    assert (due.status, due.err, [problem["code"] for problem in json.loads(due.out)["problems"]]) == (
        0,
        told,
        ["same_id"],
    )
    assert run("due", tmp_path, "--now", AT, "--strict").status == 2


# --- nothing to read --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["due", "clock"])
def test_an_empty_word_is_no_folder(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    write_log(tmp_path)
    monkeypatch.chdir(tmp_path)

    assert refused(run(command, "")) == refused(run(command))


def test_folders_without_incidents(run: Run, tmp_path: Path) -> None:
    assert run("due", tmp_path, "--format", "text") == (0, "nothing is due\n", "")
    assert refused(run("clock", tmp_path)) == (
        "sevclass: error: no event log there; an incident has a file `incident_timeline.yaml`\n"
    )
    assert refused(run("due", tmp_path / "gone")) == f"{tmp_path}/gone: no such file\n"


def test_a_file_is_no_root(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "l1.yaml"
    file.write_text("", encoding="utf-8")
    assert refused(run("incident", "list", "--root", file)) == (
        f"sevclass: error: no folder `{file}`; `--root` names the one that incidents are kept below\n"
    )
