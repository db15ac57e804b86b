"""A journal of entries: what is torn and what a person wrote, appending, rewriting, the lock, what the disk refuses."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import resource
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st

from sevclass.incident import disk, lock
from sevclass.incident.journal import Journal, Written, journal, read_journal, rewrite, set_aside, split, torn_at
from sevclass.problems import Problem, StoreError
from tests.incident.users import unprivileged

ONE = b'- {"n": 1}\n'
TWO = b'- {"n": 2}\n'
BLOCK = b"# by hand\n- at: 2026-03-02T14:23:00Z\n  event: opened\n"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "T-1" / "workflow" / "incident_timeline.yaml"


def append(path: Path, **more: float) -> None:
    with journal(path, **more) as mine:
        mine.append('- {"n": 2}')


def after_append(path: Path, before: bytes) -> bytes:
    """What stands in the file after one more entry."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(before)
    append(path)
    return path.read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\n# none yet", id="a comment"),
        pytest.param(b"\xef\xbb\xbf# none yet\n   ", id="blanks"),
        pytest.param(b"%YAML 1.2\n---\n", id="the start of a document"),
        pytest.param(b"--- # mine\n- {}\n", id="a comment after it"),
        pytest.param(b"---", id="no line end"),
        pytest.param(b"-", id="an entry that says nothing"),
        pytest.param(b"  -\n    at: x\n", id="an entry in block style"),
        pytest.param(b"- {}\nwhat is no entry\n", id="an entry before what is none"),
    ],
)
def test_an_entry_may_follow(log: Path, text: bytes) -> None:
    assert after_append(log, text).startswith(text)


@pytest.mark.parametrize("text", [b"{}\n", b"[]", b"# x\n\n---\n[\n{}]\n", b"at: x\nevent: y\n", b"-x\n", b"a\n- {}\n"])
def test_no_entry_can_follow_what_is_no_list(log: Path, text: bytes) -> None:
    with pytest.raises(StoreError) as caught:
        after_append(log, text)
    hint = "write it as a list with `- ` before each entry"
    assert str(caught.value) == f"{log}: nothing can be added to what stands there; {hint}"
    assert [found.code for found in caught.value.problems] == ["cannot_add"]
    assert log.read_bytes() == text


def test_a_file_does_not_grow_beyond_what_is_read(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sevclass.incident.journal.MAX_BYTES", len(ONE + TWO))
    assert after_append(log, ONE) == ONE + TWO
    with pytest.raises(StoreError) as caught:
        append(log)
    assert caught.value.problems == (
        Problem(path=str(log), code="too_large", message="more than 256 MiB", hint="it is read as a whole: split it"),
    )
    assert log.read_bytes() == read_journal(log).text == ONE + TWO
    log.write_bytes(ONE + TWO + b"\n")
    with pytest.raises(StoreError, match="more than 256 MiB"):
        read_journal(log)


# --- what is torn -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param(b"-", id="one-character"),
        pytest.param(b"- ", id="two"),
        pytest.param(b"- {", id="three"),
        pytest.param(b'- {"', id="four"),
        pytest.param(b'- {"n": 1', id="no-end"),
        pytest.param(b'- {"n": "a}"', id="an-end-within-a-text"),
        pytest.param('- {"n": "ö'.encode()[:-1], id="half-a-character"),
        pytest.param(b'- {"n": 1\0\0\0', id="the-rest-is-nul"),
        pytest.param(b'- {"n": ' + b"[" * 100_000, id="deep"),
        pytest.param(b"\0\0\0", id="all-is-nul"),
        pytest.param(b'- {"n": 1} {', id="more-after-it"),
    ],
)
@pytest.mark.parametrize("text", [pytest.param(b"", id="first"), pytest.param(BLOCK, id="after-others")])
def test_a_torn_line_is_told_from_the_whole_ones(text: bytes, tail: bytes) -> None:
    assert split(text + tail) == Written(text, tail)


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param(b"", id="none"),
        pytest.param(b'- {"n": 1}', id="whole"),
        pytest.param(b'- {"n": 1}  # seen', id="a-comment"),
        pytest.param(b'- {"n": 1} \r', id="blanks"),
        pytest.param(b'- {"n": 1' + b"0" * 5_000 + b"}", id="many-digits"),
        pytest.param(b"- at: 2026-03-02T14:23:00Z", id="block-style"),
        pytest.param(b"  event: opened", id="block-style-goes-on"),
        pytest.param(b"    - ", id="a-list-within"),
        pytest.param(b"- {at: 2026-03-02T14:23:00Z, event: opened", id="flow-style-by-hand"),
        pytest.param(b"# a comment", id="only-a-comment"),
        pytest.param(b"X", id="a-letter"),
        pytest.param(b"  ", id="only-blanks"),
    ],
)
def test_other_last_lines_are_a_persons(tail: bytes) -> None:
    assert split(BLOCK + tail) == Written(BLOCK + tail, None)


@given(st.binary(max_size=30) | st.lists(st.sampled_from([b"- ", b'{"', b"\n", b"}", b"\0", b"a"])).map(b"".join))
@example(b"\r")
@example(b'\xef\xbb\xbf- {"n": 1')
def test_no_byte_is_lost_between_the_two(data: bytes) -> None:
    text, torn = split(data)

    assert text + (torn or b"") == data
    assert torn != b""
    assert torn is None or text == b"" or text.endswith(b"\n")


@given(st.text(max_size=20), st.integers(min_value=1))
def test_a_beginning_of_an_entry_is_torn_and_the_whole_is_not(note: str, size: int) -> None:
    line = f"- {json.dumps({'note': note}, ensure_ascii=False)}".encode(errors="surrogatepass")

    assert split(ONE + line[: min(size, len(line) - 1)]).torn is not None
    if not any("\ud800" <= c <= "\udfff" for c in note):
        assert split(ONE + line).torn is None


# --- appending --------------------------------------------------------------------------------------------------------


def test_the_first_entry_makes_the_file_and_its_folders(log: Path) -> None:
    append(log)

    assert log.read_bytes() == TWO
    assert {path.name for path in log.parent.iterdir()} == {log.name, f"{log.name}.lock"}


def test_another_process_may_make_the_folder_at_the_same_moment(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mkdir = os.mkdir

    def twice(path: Path, mode: int = 0o777) -> None:
        mkdir(path, mode)
        mkdir(path, mode)

    monkeypatch.setattr(os, "mkdir", twice)
    append(log)

    assert log.read_bytes() == TWO


def test_entries_are_appended_and_known_at_once(log: Path) -> None:
    with journal(log) as mine:
        assert (mine.text, mine.torn) == (b"", None)
        mine.append('- {"n": 1}')
        mine.append('- {"n": 2}')
        assert mine.text == ONE + TWO

    assert read_journal(log) == Written(ONE + TWO, None)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b'- {"n": 1}', ONE + TWO, id="no-line-end"),
        pytest.param(b"- at: now\n  event: note", b"- at: now\n  event: note\n" + TWO, id="block-style-without"),
        pytest.param(b"- at: now\r\n  event: note\r\n", b"- at: now\r\n  event: note\r\n" + TWO, id="crlf"),
        pytest.param(BLOCK, BLOCK + TWO, id="comments"),
        pytest.param(b"# indented\n---\n\n  - a: 1\n", b"# indented\n---\n\n  - a: 1\n  " + TWO, id="indented"),
        pytest.param(b"\xef\xbb\xbf- a: 1\n", b"\xef\xbb\xbf- a: 1\n" + TWO, id="a-byte-order-mark"),
        pytest.param(b"\0\0", TWO, id="nothing-but-nul"),
        pytest.param(ONE + b'- {"n"', ONE + TWO, id="torn"),
        pytest.param(b'  - a: 1\n  - {"n"', b"  - a: 1\n  " + TWO, id="torn-and-indented"),
    ],
)
def test_what_stands_there_stays_as_it_is(log: Path, before: bytes, after: bytes) -> None:
    assert after_append(log, before) == after


def test_a_torn_line_is_kept_beside_the_log(log: Path) -> None:
    after_append(log, ONE + b'- {"n": 2, "te')
    after_append(log, ONE + b"\0\0\0")

    assert log.with_suffix(".torn").read_bytes() == (
        b'# torn line of 14 bytes, set aside before: - {"n": 2}\n- {"n": 2, "te\n\n'
        b'# torn line of 3 bytes, set aside before: - {"n": 2}\n\0\0\0\n'
    )


def test_a_torn_line_is_told_before_and_after_it_is_set_aside() -> None:
    assert torn_at("line 7") == Problem(
        path="line 7",
        code="torn",
        message="the last line is torn",
        hint="it was not written to its end; the next entry that is added sets it aside",
    )
    assert set_aside(Path("T-1/incident_timeline.yaml"), 7) == Problem(
        path="T-1/incident_timeline.yaml:7",
        code="torn",
        message="the last line was torn, and was set aside",
        hint="what there was of it is kept in `incident_timeline.torn`",
    )


def test_a_reader_changes_nothing(log: Path) -> None:
    log.parent.mkdir(parents=True)
    log.write_bytes(ONE + b'- {"n"')

    assert read_journal(log) == Written(ONE, b'- {"n"')
    assert list(log.parent.iterdir()) == [log]
    assert log.read_bytes() == ONE + b'- {"n"'


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("", id="empty"),
        pytest.param("{}", id="no-dash"),
        pytest.param("- {}", id="an-empty-mapping"),
        pytest.param('- {"n": 1', id="half"),
        pytest.param('- {"n": 1}\n', id="a-line-end"),
        pytest.param('- {"n": "\u2028"}', id="a-line-end-of-yaml"),
        pytest.param('- {"n": 1}\n- {"n": 2}', id="two"),
        pytest.param('- {"n": "\ud800"}', id="half-a-character"),
    ],
)
def test_what_is_no_entry_is_an_error_of_the_program(log: Path, line: str) -> None:
    with journal(log) as mine, pytest.raises(ValueError, match=r"no entry of one line|surrogates not allowed"):
        mine.append(line)

    assert not log.exists()


def test_an_error_within_leaves_the_log_as_it_was_and_gives_the_lock_back(log: Path) -> None:
    after_append(log, ONE)
    with pytest.raises(KeyError), journal(log):
        raise KeyError

    append(log, patience_s=0)
    assert log.read_bytes() == ONE + TWO + TWO


# --- rewriting --------------------------------------------------------------------------------------------------------


def test_a_file_is_written_anew(log: Path) -> None:
    rewrite(log, "- one: 1\n")
    inode = log.stat().st_ino
    log.chmod(0o640)
    with log.open("rb") as reader:
        rewrite(log, "# größer\n- two: 2\n")
        seen = reader.read()

    assert seen == b"- one: 1\n"
    assert log.read_text(encoding="utf-8") == "# größer\n- two: 2\n"
    assert stat.S_IMODE(log.stat().st_mode) == 0o640
    assert log.stat().st_ino != inode
    assert {path.name for path in log.parent.iterdir()} == {log.name, f"{log.name}.lock"}


def test_a_new_file_has_the_usual_mode(log: Path) -> None:
    usual = os.umask(0o027)
    try:
        rewrite(log, "")
    finally:
        os.umask(usual)

    assert stat.S_IMODE(log.stat().st_mode) == 0o640


def test_reading_changing_and_rewriting_is_one_step(log: Path) -> None:
    after_append(log, b"")
    with journal(log) as mine:
        mine.rewrite(f"# first\n{mine.text.decode()}")
        assert mine.text == b"# first\n" + TWO
        mine.append('- {"n": 3}')

    assert log.read_bytes() == b"# first\n" + TWO + b'- {"n": 3}\n'


def test_a_torn_line_survives_a_rewrite(log: Path) -> None:
    log.parent.mkdir(parents=True)
    log.write_bytes(ONE + b'- {"n"')
    rewrite(log, "")

    assert log.read_bytes() == b""
    assert log.with_suffix(".torn").read_bytes() == (
        b'# torn line of 6 bytes, set aside before: all was written anew\n- {"n"\n'
    )


def test_what_a_crash_has_left_of_a_rewrite_is_cleared_away(log: Path) -> None:
    log.parent.mkdir(parents=True)
    (log.parent / f".{log.name}.new").write_bytes(b"half")
    rewrite(log, "- one: 1\n")

    assert {path.name for path in log.parent.iterdir()} == {log.name, f"{log.name}.lock"}


def test_text_that_is_none_is_an_error_of_the_program(log: Path) -> None:
    after_append(log, ONE)
    with pytest.raises(UnicodeEncodeError):
        rewrite(log, "\ud800")

    assert log.read_bytes() == ONE + TWO


# --- what is on the disk, and when ------------------------------------------------------------------------------------


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of the system for files, in order: a power cut leaves what was synced before it."""
    made: list[str] = []
    write, fsync, ftruncate, rename = os.write, os.fsync, os.ftruncate, os.replace

    def name_of(descriptor: int) -> str:
        return Path(f"/proc/self/fd/{descriptor}").readlink().name

    def writing(descriptor: int, data: memoryview) -> int:
        made.append(f"write {name_of(descriptor)}")
        return write(descriptor, data)

    def syncing(descriptor: int) -> None:
        made.append(f"sync {name_of(descriptor)}")
        fsync(descriptor)

    def truncating(descriptor: int, size: int) -> None:
        made.append(f"truncate {name_of(descriptor)}")
        ftruncate(descriptor, size)

    def replacing(old: Path, new: Path) -> None:
        made.append(f"{old.name} becomes {new.name}")
        rename(old, new)

    for name, call in {"write": writing, "fsync": syncing, "ftruncate": truncating, "replace": replacing}.items():
        monkeypatch.setattr(os, name, call)
    return made


on_linux = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are named by /proc")
LOG, TORN, NEW = "incident_timeline.yaml", "incident_timeline.torn", ".incident_timeline.yaml.new"


@on_linux
def test_an_entry_is_on_the_disk_when_the_append_returns(log: Path, tmp_path: Path, calls: list[str]) -> None:
    append(log)

    assert calls == [f"sync {tmp_path.name}", "sync T-1", f"write {LOG}", f"sync {LOG}", "sync workflow"]


@on_linux
def test_a_torn_line_is_on_the_disk_beside_the_log_before_it_leaves_the_log(log: Path, calls: list[str]) -> None:
    log.parent.mkdir(parents=True)
    log.write_bytes(ONE + b'- {"n"')
    append(log)

    aside = [f"write {TORN}", f"sync {TORN}", "sync workflow", f"truncate {LOG}", f"sync {LOG}"]
    assert calls == [*aside, f"write {LOG}", f"sync {LOG}", "sync workflow"]


@on_linux
def test_a_new_text_is_on_the_disk_before_it_takes_the_place_of_the_old_one(log: Path, calls: list[str]) -> None:
    log.parent.mkdir(parents=True)
    log.write_bytes(ONE)
    rewrite(log, "- new: 1\n")

    assert calls == [f"write {NEW}", f"sync {NEW}", f"{NEW} becomes {LOG}", "sync workflow"]


# --- the lock ---------------------------------------------------------------------------------------------------------


def refused(path: Path, **more: float) -> tuple[Problem, ...]:
    """What an append is refused for."""
    with pytest.raises(StoreError) as caught:
        append(path, **more)
    return caught.value.problems


def in_use(path: Path) -> tuple[Problem, ...]:
    return (
        Problem(
            path=str(path),
            code="locked",
            message="is being written by another program",
            hint="try again; if it stays so, end the program that has `incident_timeline.yaml.lock` open",
        ),
    )


def test_who_waits_too_long_is_told(log: Path) -> None:
    with journal(log):
        assert refused(log, patience_s=0) == in_use(log)


def test_all_names_of_a_file_share_a_lock(log: Path, tmp_path: Path) -> None:
    append(log)
    (tmp_path / "alias.yaml").symlink_to(log)
    (tmp_path / "folder").symlink_to(log.parent)

    other = tmp_path / "folder" / log.name
    with journal(tmp_path / "alias.yaml") as mine:
        assert refused(log, patience_s=0) == in_use(log)
        assert refused(other, patience_s=0) == in_use(other)
        mine.append('- {"n": 3}')
    assert log.read_bytes() == TWO + b'- {"n": 3}\n'
    assert (tmp_path / "alias.yaml").is_symlink()
    rewrite(tmp_path / "alias.yaml", "- new: 1\n")
    assert (tmp_path / "alias.yaml").is_symlink()
    assert log.read_bytes() == b"- new: 1\n"


def test_a_link_to_a_file_that_is_not_there_makes_it(tmp_path: Path) -> None:
    (tmp_path / "alias.yaml").symlink_to("real.yaml")
    append(tmp_path / "alias.yaml")

    assert (tmp_path / "real.yaml").read_bytes() == TWO


def test_who_waits_gets_the_lock_when_it_is_free(log: Path) -> None:
    with journal(log) as mine:
        waiting = threading.Thread(target=append, args=(log,))
        waiting.start()
        waiting.join(0.05)
        assert waiting.is_alive()
        mine.append('- {"n": 1}')
    waiting.join()

    assert log.read_bytes() == ONE + TWO


def test_who_waits_looks_again_soon_and_not_in_step(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    naps: list[float] = []
    with journal(log), monkeypatch.context() as counted:
        counted.setattr(time, "sleep", naps.append)
        assert refused(log, patience_s=0.05) == in_use(log)

    assert len({*naps}) > 1
    assert all(0.000_5 <= nap <= 0.005 for nap in naps)


def test_who_waits_is_told_after_ten_seconds(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    naps: list[float] = []
    with journal(log), monkeypatch.context() as counted:
        counted.setattr(time, "monotonic", lambda: float(len(naps)))
        counted.setattr(time, "sleep", naps.append)
        assert refused(log) == in_use(log)

    assert len(naps) == 10


def test_without_patience_one_look_is_all(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with journal(log), monkeypatch.context() as still:
        still.setattr(time, "monotonic", lambda: 7.0)
        still.setattr(time, "sleep", lambda _: pytest.fail("a nap"))
        assert refused(log, patience_s=0) == in_use(log)


def test_a_lock_file_that_somebody_removes_or_replaces_while_it_is_waited_for_is_no_lock(log: Path) -> None:
    beside = log.with_name(f"{log.name}.lock")
    log.parent.mkdir(parents=True)
    descriptor = os.open(beside, os.O_RDWR | os.O_CREAT)
    fcntl.flock(descriptor, fcntl.LOCK_EX)

    assert lock._take(descriptor)
    assert lock._is_there(descriptor, beside)
    beside.unlink()
    assert not lock._is_there(descriptor, beside)
    beside.touch()
    assert not lock._is_there(descriptor, beside)
    append(log, patience_s=0)
    os.close(descriptor)


def test_a_lock_that_was_lost_is_tried_for_again(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    beside = log.with_name(f"{log.name}.lock")
    flock = fcntl.flock

    def removing(descriptor: int, operation: int) -> None:
        monkeypatch.setattr(fcntl, "flock", flock)
        beside.unlink()
        flock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", removing)
    append(log)

    assert log.read_bytes() == TWO
    assert beside.exists()


def test_a_forked_process_does_not_keep_the_lock(log: Path) -> None:
    # A second descriptor of the same opening is what a fork leaves behind.
    with journal(log):
        copies = [os.dup(number) for number in open_descriptors(log.with_name(f"{log.name}.lock"))]
    assert len(copies) == 1
    append(log, patience_s=0)
    os.close(copies[0])


def open_descriptors(path: Path) -> list[int]:
    found = []
    for number in range(1_024):
        try:
            same = os.path.samestat(os.fstat(number), path.stat())
        except OSError:
            continue
        if same:
            found.append(number)
    return found


def test_a_file_system_without_locks_is_told(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", none)

    assert refused(log) == (
        Problem(path=f"{log}.lock", code="unwritable", message="cannot be locked: No locks available"),
    )
    assert open_descriptors(log.with_name(f"{log.name}.lock")) == []


# --- what the disk refuses --------------------------------------------------------------------------------------------

ROOM = "make room and try again; nothing was lost"


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """No file may become larger: as on a disk that is full, a write stops half-way, and the next one fails."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_is_full_half_way_leaves_the_log_as_it_was(log: Path) -> None:
    after_append(log, ONE)
    full = (Problem(path=str(log), code="unwritable", message="cannot be written: File too large", hint=ROOM),)

    with largest_file(len(ONE + TWO) + 4):
        assert refused(log) == full

    assert log.read_bytes() == ONE + TWO
    append(log)
    assert log.read_bytes() == ONE + TWO + TWO


def test_after_a_full_disk_the_same_writer_can_go_on(log: Path) -> None:
    with journal(log) as mine:
        mine.append('- {"n": 1}')
        with largest_file(len(ONE) + 4), pytest.raises(StoreError):
            mine.append('- {"n": 2}')
        mine.append('- {"n": 2}')

    assert log.read_bytes() == ONE + TWO


def test_what_a_full_disk_has_of_an_entry_and_cannot_be_taken_back_is_torn(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(descriptor: int, size: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    after_append(log, b"")
    with monkeypatch.context() as broken, largest_file(len(TWO) + 4):
        broken.setattr(os, "ftruncate", refusing)
        assert [problem.message for problem in refused(log)] == ["cannot be written: File too large"]

    assert read_journal(log) == Written(TWO, b'- {"')
    with journal(log) as mine:
        mine.append('- {"n": 2}')
        assert mine.torn is None
    assert log.read_bytes() == TWO + TWO


def test_a_full_disk_keeps_a_torn_line_where_it_is(log: Path) -> None:
    log.parent.mkdir(parents=True)
    log.write_bytes(b'- {"n"')
    with largest_file(10):
        refused(log)

    assert log.read_bytes() == b'- {"n"'
    append(log)
    assert log.read_bytes() == TWO
    assert log.with_suffix(".torn").read_bytes().endswith(b'before: - {"n": 2}\n- {"n"\n')


def test_a_full_disk_stops_a_rewrite_before_it_shows(log: Path) -> None:
    after_append(log, ONE)
    with largest_file(100), pytest.raises(StoreError) as caught:
        rewrite(log, "- a: 1\n" * 100)

    assert [str(problem) for problem in caught.value.problems] == [
        f"{log}: cannot be written: File too large; {ROOM}",
    ]
    assert log.read_bytes() == ONE + TWO
    assert {path.name for path in log.parent.iterdir()} == {log.name, f"{log.name}.lock"}


def test_a_rewrite_that_fails_is_told_also_where_what_is_left_of_it_cannot_be_cleared_away(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = os.unlink

    def failing(*paths: Path) -> None:
        if paths[0].exists():
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        unlink(*paths)

    after_append(log, ONE)
    with monkeypatch.context() as broken:
        broken.setattr(os, "replace", failing)
        broken.setattr(os, "unlink", failing)
        with pytest.raises(StoreError) as caught:
            rewrite(log, "- new: 1\n")

    assert caught.value.problems == (
        Problem(path=str(log), code="unwritable", message="cannot be written: Input/output error"),
    )
    assert log.read_bytes() == ONE + TWO
    rewrite(log, "- new: 1\n")
    assert log.read_bytes() == b"- new: 1\n"


def test_a_file_that_may_not_be_written_is_told() -> None:
    with unprivileged() as folder:
        path = folder / "incident_timeline.yaml"
        after_append(path, ONE)
        path.chmod(0o400)
        denied = Problem(path=str(path), code="unwritable", message="cannot be written: Permission denied")

        assert refused(path) == (denied,)
        with pytest.raises(StoreError) as caught:
            rewrite(path, "")

        assert caught.value.problems == (denied,)
        assert path.read_bytes() == ONE + TWO


def test_a_file_that_may_not_be_read_is_told() -> None:
    with unprivileged() as folder:
        path = folder / "incident_timeline.yaml"
        path.touch()
        path.chmod(0)
        denied = (Problem(path=str(path), code="unreadable", message="cannot be read: Permission denied"),)

        assert refused(path) == denied
        with pytest.raises(StoreError) as caught:
            read_journal(path)
        assert caught.value.problems == denied


def test_a_folder_that_may_not_be_written_is_told() -> None:
    with unprivileged() as folder:
        folder.chmod(0o500)

        assert refused(folder / "a" / "log.yaml") == (
            Problem(path=f"{folder}/a", code="unwritable", message="cannot be written: Permission denied"),
        )
        assert refused(folder / "log.yaml") == (
            Problem(path=f"{folder}/log.yaml.lock", code="unwritable", message="cannot be locked: Permission denied"),
        )
        folder.chmod(0o700)


def test_a_folder_in_the_place_of_a_file_is_told(log: Path) -> None:
    log.mkdir(parents=True)
    told = (
        Problem(
            path=str(log),
            code="is_a_directory",
            message="is a directory",
            hint="a file belongs there: move the folder away",
        ),
    )

    assert refused(log) == told
    with pytest.raises(StoreError) as caught:
        read_journal(log)
    assert caught.value.problems == told


@pytest.mark.parametrize("name", ["incident_timeline.torn", "incident_timeline.yaml.lock"])
def test_a_folder_in_the_place_of_a_file_beside_it_is_told(log: Path, name: str) -> None:
    (log.parent / name).mkdir(parents=True)
    log.write_bytes(b'- {"n"')

    assert [(problem.path, problem.code) for problem in refused(log)] == [(str(log.parent / name), "is_a_directory")]
    assert log.read_bytes() == b'- {"n"'


def test_a_file_in_the_place_of_a_folder_is_told(log: Path, tmp_path: Path) -> None:
    (tmp_path / "T-1").touch()
    assert refused(log) == (
        Problem(
            path=f"{tmp_path}/T-1",
            code="not_a_directory",
            message="is not a directory",
            hint="a folder belongs there: move the file away",
        ),
    )
    (tmp_path / "T-1").unlink()
    log.parent.parent.mkdir()
    log.parent.touch()
    assert [(problem.path, problem.code) for problem in refused(log)] == [(str(log.parent), "not_a_directory")]
    with pytest.raises(StoreError) as caught:
        read_journal(log)
    assert [(problem.path, problem.code) for problem in caught.value.problems] == [(str(log), "not_a_directory")]


def test_a_pipe_is_told_and_not_waited_for(log: Path) -> None:
    log.parent.mkdir(parents=True)
    os.mkfifo(log)

    assert refused(log) == (Problem(path=str(log), code="not_a_file", message="is not a regular file"),)


def test_links_in_a_circle_are_told(tmp_path: Path) -> None:
    path = tmp_path / "log.yaml"
    path.symlink_to(path)

    assert [str(problem) for problem in refused(path)] == [
        f"{path}: cannot be read: Too many levels of symbolic links",
    ]


def test_a_file_that_is_not_there_is_told(log: Path) -> None:
    with pytest.raises(StoreError) as caught:
        read_journal(log)

    assert caught.value.problems == (Problem(path=str(log), code="no_such_file", message="no such file"),)


def test_a_disk_that_fails_while_it_is_read_is_told(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(descriptor: int, size: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    after_append(log, ONE)
    monkeypatch.setattr(os, "read", failing)

    with pytest.raises(StoreError) as caught:
        read_journal(log)
    assert caught.value.problems == (
        Problem(path=str(log), code="unreadable", message="cannot be read: Input/output error"),
    )


def test_a_nul_in_the_path_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a\0b"

    assert [(problem.path, problem.code, problem.message) for problem in refused(path)] == [
        (str(path), "unwritable", "cannot be written: no path has a NUL character"),
    ]


@pytest.mark.parametrize(
    ("before", "place", "byte"),
    [
        pytest.param("- {}\n# größer\n".encode("latin-1"), "2:5", "0xF6", id="latin-1"),
        pytest.param(b"\n\xff\n", "2:1", "0xFF", id="after-a-blank-line"),
        pytest.param("# ö\n- {}\n".encode("utf-16"), "1:1", "0xFF", id="utf-16"),
    ],
)
def test_another_encoding_is_told_and_left_alone(log: Path, before: bytes, place: str, byte: str) -> None:
    log.parent.mkdir(parents=True)
    log.write_bytes(before)

    assert refused(log) == (
        Problem(
            path=f"{log}:{place}",
            code="encoding",
            message=f"byte {byte} is not UTF-8",
            hint="save the file as UTF-8",
        ),
    )
    assert log.read_bytes() == before


def test_what_another_program_changes_meanwhile_is_left_alone(log: Path) -> None:
    changed = Problem(
        path=str(log),
        code="changed",
        message="was changed by another program meanwhile",
        hint="close it in your editor and try again",
    )
    changes: list[Callable[[Journal], None]] = [
        lambda mine: mine.append('- {"n": 3}'),
        lambda mine: mine.rewrite(""),
    ]
    for change in changes:
        after_append(log, b"")
        with journal(log) as mine:
            log.write_bytes(BLOCK)
            with pytest.raises(StoreError) as caught:
                change(mine)

        assert caught.value.problems == (changed,)
        assert log.read_bytes() == BLOCK


def test_a_path_that_is_no_text_is_told_as_text(tmp_path: Path) -> None:
    assert disk.name_of(Path("T-\udcff")) == "T-\\xff"


def test_a_folder_that_cannot_be_synced_is_no_reason_to_stop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refusing(number: int) -> None:
        raise OSError(number_of_error, os.strerror(number_of_error))

    monkeypatch.setattr(os, "fsync", refusing)
    number_of_error = errno.EINVAL
    disk.sync_folder(tmp_path)

    number_of_error = errno.EIO
    with pytest.raises(OSError, match="Input/output error"):
        disk.sync_folder(tmp_path)


def test_a_file_that_shrinks_while_it_is_read_is_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.yaml"
    path.write_bytes(ONE)
    read = os.read

    def slowly(descriptor: int, size: int) -> bytes:
        os.truncate(path, len(ONE) - 1)
        return read(descriptor, min(size, 4))

    monkeypatch.setattr(os, "read", slowly)

    assert read_journal(path).text == ONE[:-1]
