"""The files of what a team knows: what is read of them, and every problem with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from sevclass import load_pack
from sevclass.incident.journal import journal
from sevclass.incident.knowledge import (
    Knowledge,
    Known,
    known_issues,
    known_runbooks,
    read_known,
    unknown_runbooks,
)
from sevclass.incident.known import KnownIssue, Runbook
from sevclass.incident.store import Store
from sevclass.problems import Problem
from tests.strategies import load
from tests.unit.incidents import PACK as SMALL

PACK = load_pack()
KEYS = "one of `id`, `title`, `when`, `ids`, `workaround`, `runbook`, `customers_text`"
ALWAYS = "`working` is the harmless end of `functionality`, so it would always hold"
NOT_TO_ITS_END = "it was not written to its end; the next entry that is added sets it aside"
NO_NAME = "a name is lower-case letters, digits, `_` and `-`, and starts with a letter"
ONE_LINE = "the text is empty or holds a character that cannot be shown; keep to one line, without control characters"


def told(problems: tuple[Problem, ...]) -> list[str]:
    return [str(problem).split("\n", 1)[0] for problem in problems]


def issues(text: str | bytes) -> Known[KnownIssue]:
    return read_known(text if isinstance(text, bytes) else text.encode(), "k.yaml", KnownIssue, PACK)


def test_a_file_by_hand() -> None:
    found = issues("""\
# What we know.
- id: KI-1
  title: Payments time out   # since May
  when:
    - functionality: down
      environment: production
    - data_loss: true
  ids: [PAY-3]
  workaround: |
    Route cards
    by the second acquirer
  runbook: failover
  customers_text: We know of it.
- {"id": "KI-2", "title": "Slow search", "when": {"performance": "degraded", "request": "defect"}}
""")
    assert found.problems == ()
    assert found.entries == (
        KnownIssue(
            id="KI-1",
            title="Payments time out",
            when=[{"functionality": "down", "environment": "production"}, {"data_loss": True}],
            ids=["PAY-3"],
            workaround="Route cards\nby the second acquirer\n",
            runbook="failover",
            customers_text="We know of it.",
        ),
        KnownIssue(id="KI-2", title="Slow search", when=[{"performance": "degraded", "request": "defect"}]),
    )
    assert {id_: node.line for id_, node in found.nodes.items()} == {"KI-1": 2, "KI-2": 14}


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]", "null", "~\n", "\ufeff"])
def test_nothing_is_known(text: str) -> None:
    assert issues(text) == Known()


def test_one_entry_alone() -> None:
    assert issues("{id: a, title: A}").entries == (KnownIssue(id="a", title="A"),)


@pytest.mark.parametrize(
    ("entry", "problems"),
    [
        pytest.param("{}", ["1:3: missing key `id`", "1:3: missing key `title`"], id="empty"),
        pytest.param("7", ["1:3: 7 is not a known issue; as `{id: …, title: …}`"], id="a-number"),
        pytest.param("[a]", ["1:3: a list is not a known issue; as `{id: …, title: …}`"], id="a-list"),
        pytest.param("null", ["1:3: null is not a known issue; as `{id: …, title: …}`"], id="null"),
        pytest.param("{id: 7, title: A}", ['1:8: 7 is not text; write `"7"`'], id="a-number-as-id"),
        pytest.param("{id: yes, title: true}", ['1:20: true is not text; write `"true"`'], id="true"),
        pytest.param("{id: [a], title: {}}", ["1:8: a list is not text", "1:20: a mapping is not text"], id="no-text"),
        pytest.param('{id: a, title: ""}', [f"1:18: {ONE_LINE}"], id="an-empty-title"),
        pytest.param(r'{id: a, title: "A\nB"}', [f"1:18: {ONE_LINE}"], id="a-title-of-two-lines"),
        pytest.param(
            r'{id: a, title: A, workaround: "A\e[2J"}',
            ["1:33: the text is empty or holds a character that cannot be shown; leave out control characters"],
            id="an-escape",
        ),
        pytest.param(
            "{id: a, titel: A, title: B}", ["1:11: unknown key `titel`; did you mean `title`?"], id="a-misspelt-key"
        ),
        pytest.param(
            "{id: a, title: B, zzz: 1}",
            ["1:21: unknown key `zzz`; one of `id`, `title`, `when`, `ids`, `workaround`, `runbook`, `customers_text`"],
            id="an-unknown-key",
        ),
        pytest.param("{id: a, title: A, ids: T-1}", ["1:26: `T-1` is not a list"], id="ids-as-text"),
        pytest.param("{id: a, title: A, ids: [1]}", ['1:27: 1 is not text; write `"1"`'], id="a-number-among-ids"),
        pytest.param("{id: a, title: A, when: []}", ["1:21: `when` has 0 entries; it needs at least 1"], id="no-floor"),
        pytest.param("{id: a, title: A, when: down}", ["1:27: `down` is not a list"], id="a-text-as-floors"),
        pytest.param(
            "{id: a, title: A, when: [{}, 3]}",
            ["1:28: an empty floor would always hold; name at least one fact", "1:32: 3 is not a mapping"],
            id="no-floors",
        ),
        pytest.param(
            "{id: a, title: A, when: {Down: 1}}", [f"1:28: `Down` is not a name; {NO_NAME}"], id="a-fact-in-capitals"
        ),
        pytest.param(
            "{id: a, title: A, when: {functionality: [down]}}",
            ["1:43: a list is not a level; a floor names the least level of each fact"],
            id="a-list-as-level",
        ),
        pytest.param(
            "{id: a, title: A, when: {functionaliti: down, environment: prod}}",
            [
                "1:28: unknown fact `functionaliti`; did you mean `functionality`?",
                "1:62: unknown level `prod`; `environment` has `non_production`, `production`",
            ],
            id="what-the-pack-does-not-have",
        ),
        pytest.param(
            "{id: a, title: A, when: [{data_loss: yes}, {functionality: working}, {other_customers: -1}]}",
            [
                "1:40: `yes` is not true; write `true`, without quotes",
                f"1:62: {ALWAYS}; ask for a worse level",
                "1:90: -1 is out of range; a count is from 1 to 9007199254740991",
            ],
            id="off-the-scale",
        ),
    ],
)
def test_what_is_wrong_with_an_entry(entry: str, problems: list[str]) -> None:
    found = issues(f"- {entry}\n- {{id: z, title: Z}}\n")
    assert told(found.problems) == [f"k.yaml:{problem}" for problem in problems]
    assert found.entries == (KnownIssue(id="z", title="Z"),)
    assert found.is_read


def test_a_floor_names_one_sum() -> None:
    doc = SMALL.model_dump()
    doc["facts"]["both"] = {"sum_of": ["shops", "stores"]}
    text = b"{id: a, title: A, when: {places: 2, both: 3}}"
    found = read_known(text, "k.yaml", KnownIssue, load(doc))
    assert told(found.problems) == [
        "k.yaml:1:37: a floor names at most one sum: `places` and `both`; make it two entries, or drop one"
    ]


def test_an_id_stands_once() -> None:
    found = issues("- {id: a, title: A}\n- {id: b, titel: B}\n- {id: a, title: C}\n- {id: b, title: D}\n")
    assert told(found.problems) == [
        "k.yaml:2:3: missing key `title`",
        "k.yaml:2:11: unknown key `titel`; did you mean `title`?",
        "k.yaml:3:8: known issue `a` stands twice; the first is at k.yaml:1:8",
        "k.yaml:4:8: known issue `b` stands twice; the first is at k.yaml:2:8",
    ]
    assert found.entries == (KnownIssue(id="a", title="A"),)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("7", "1:1: 7 is not a list; write `- ` before each entry", id="a-number"),
        pytest.param("- &a {id: a, title: A}", "1:3: anchors are not allowed; if it is text, quote it", id="an-anchor"),
        pytest.param("- *a", "1:3: aliases are not allowed; write the value out; if it is text, quote it", id="alias"),
        pytest.param("- !!python/object:os.system {}", "1:3: tags are not allowed; if it is text, quote it", id="tag"),
        pytest.param("- {id: a, id: b}", "1:11: duplicate key `id`; the first is in line 1", id="a-key-twice"),
        pytest.param("- {id: a", "1:9: expected `,` or `}`; the mapping starts in line 1", id="torn"),
        pytest.param(b"- {id: \xff}", "1:8: byte 0xFF is not UTF-8; save the file as UTF-8", id="not-utf-8"),
        pytest.param("- a\n---\n- b", "2:1: a file holds one document; move the rest to a file of its own", id="two"),
        pytest.param("[" * 40_000, "1:1001: nested deeper than 64 levels", id="deep"),
        pytest.param("a: b: c", "1:5: `:` cannot stand here; check the indentation; if it is text, quote it", id="bad"),
    ],
)
def test_a_file_that_cannot_be_read(text: str | bytes, problem: str) -> None:
    found = issues(text)
    assert told(found.problems)[:1] == [f"k.yaml:{problem}"]
    assert (found.entries, found.is_read) == ((), False)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("7", ["wrong_type"], id="no-list"),
        pytest.param("- 7", ["not_a_mapping"], id="no-mapping"),
        pytest.param("- {}", ["missing_key", "missing_key"], id="no-key"),
        pytest.param("- {id: a, title: A, x: 1}", ["unknown_key"], id="a-key-more"),
        pytest.param("- {id: 7, title: A}", ["wrong_type"], id="no-text"),
        pytest.param('- {id: a, title: ""}', ["unprintable_text"], id="an-empty-title"),
        pytest.param('- {id: a, title: A, workaround: ""}', ["unprintable_text"], id="an-empty-workaround"),
        pytest.param("- {id: a, title: A, when: []}", ["wrong_length"], id="no-floor"),
        pytest.param("- {id: a, title: A, when: {A: 1}}", ["not_a_name"], id="no-name"),
        pytest.param("- {id: a, title: A, when: {a: down}}", ["unknown_fact"], id="no-fact"),
        pytest.param("- {id: a, title: A}\n- {id: a, title: B}", ["duplicate_id"], id="twice"),
    ],
)
def test_each_problem_has_its_code(text: str, codes: list[str]) -> None:
    assert [problem.code for problem in issues(text).problems] == codes


def test_a_name_may_have_a_colon_in_it() -> None:
    found = read_known(b"- 7\n- 8", "C:k.yaml", Runbook)
    assert [problem.path for problem in found.problems] == ["C:k.yaml:1:3", "C:k.yaml:2:3"]


def test_without_a_pack_floors_only_have_to_be_floors() -> None:
    text = b"- {id: a, title: A, when: {whatever: 3}}\n- {id: b, title: B, when: {}}"
    found = read_known(text, "k.yaml", KnownIssue)
    assert told(found.problems) == ["k.yaml:2:27: an empty floor would always hold; name at least one fact"]
    assert found.entries == (KnownIssue(id="a", title="A", when=[{"whatever": 3}]),)


def test_runbooks() -> None:
    text = "- {id: a, title: A, steps: [Look, Act]}\n- {id: b, title: B, steps: Wait, when: {security: breach}}\n"
    found = read_known(text.encode(), "r.yaml", Runbook, PACK)
    assert found.problems == ()
    assert [runbook.steps for runbook in found.entries] == [["Look", "Act"], ["Wait"]]


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        pytest.param("{id: a, title: A}", "1:3: missing key `steps`", id="no-steps"),
        pytest.param("{id: a, title: A, steps: []}", "1:21: `steps` has 0 entries; it needs at least 1", id="empty"),
        pytest.param("{id: a, title: A, steps: [1]}", '1:29: 1 is not text; write `"1"`', id="a-number"),
        pytest.param("{id: a, title: A, steps: 1}", "1:28: 1 is not a list", id="no-list"),
        pytest.param("x", "1:3: `x` is not a runbook; as `{id: …, title: …}`", id="a-text"),
        pytest.param(
            "{id: a, title: A, steps: x, workaround: y}",
            "1:31: unknown key `workaround`; one of `id`, `title`, `when`, `steps`",
            id="what-an-issue-has",
        ),
    ],
)
def test_what_is_wrong_with_a_runbook(entry: str, problem: str) -> None:
    found = read_known(f"- {entry}".encode(), "r.yaml", Runbook, PACK)
    assert told(found.problems) == [f"r.yaml:{problem}"]


def test_runbooks_that_are_not_there() -> None:
    named = issues("- {id: a, title: A, runbook: failovr}\n- {id: b, title: B, runbook: zzz}\n- {id: c, title: C}\n")
    books = read_known(b"- {id: failover, title: A, steps: x}\n- {id: malformed}", "r.yaml", Runbook)
    assert {problem.code for problem in unknown_runbooks(named, books)} == {"unknown_runbook"}
    assert told(tuple(unknown_runbooks(named, books))) == [
        "k.yaml:1:30: there is no runbook `failovr`; did you mean `failover`?",
        "k.yaml:2:30: there is no runbook `zzz`; add it with `sevclass runbook add`",
    ]
    other = issues("- {id: a, title: A, runbook: malformed}")
    assert list(unknown_runbooks(other, books)) == []


# --- below a root -----------------------------------------------------------------------------------------------------


def test_no_file_holds_nothing(tmp_path: Path) -> None:
    issues, runbooks = known_issues(Store(tmp_path)), known_runbooks(Store(tmp_path))
    assert (issues.entries, issues.problems, issues.is_read) == ((), (), True)
    assert (runbooks.entries, runbooks.problems, runbooks.is_read) == ((), (), True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.known_issues.mkdir(parents=True)
    found = known_issues(store)
    assert told(found.problems) == [f"{store.known_issues}: is a directory; a file belongs there: move the folder away"]
    assert found.is_read is False


def test_a_torn_line_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with journal(store.runbooks) as log:
        log.append('- {"id": "a", "title": "A", "steps": "x"}')
    with store.runbooks.open("ab") as crashed:
        crashed.write(b'- {"id": "b", "ti')
    found = known_runbooks(store)
    torn = f"{store.runbooks}:2: the last line is torn; {NOT_TO_ITS_END}"
    assert [runbook.id for runbook in found.entries] == ["a"]
    assert told(found.problems) == [torn]
    assert ([*found.nodes], found.is_read) == (["a"], True)

    store.runbooks.write_bytes(b'7\n- {"id": "b", "ti')
    found = known_runbooks(store)
    assert told(found.problems) == [f"{store.runbooks}:1:1: 7 is not a list; write `- ` before each entry", torn]
    assert found.is_read is False


def test_what_is_known_for_a_pack(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for path, text in (
        (
            store.known_issues,
            "- {id: a, title: A, when: {impact: bad}}\n- {id: b, title: B, when: {security: breach}}\n",
        ),
        (store.runbooks, "- {id: a, title: A, steps: x, when: {lost: true}}\n- {id: b}\n"),
    ):
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    knowledge = Knowledge(store)

    small = knowledge.of(SMALL)
    assert [issue.id for issue in small.matching({"impact": "bad"})] == ["a"]
    assert [runbook.id for runbook in small.runbooks({"lost": True})] == ["a"]
    assert knowledge.of(SMALL) is small
    assert told(tuple(knowledge.problems)) == [
        f"{store.known_issues}:2:28: unknown fact `security`",
        f"{store.runbooks}:2:3: missing key `title`",
        f"{store.runbooks}:2:3: missing key `steps`",
    ]

    assert [issue.id for issue in knowledge.of(PACK).matching({"security": "breach"})] == ["b"]
    assert told(tuple(knowledge.problems))[3:] == [
        f"{store.known_issues}:1:28: unknown fact `impact`",
        f"{store.runbooks}:1:38: unknown fact `lost`",
    ]
