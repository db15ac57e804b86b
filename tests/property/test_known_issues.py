"""The law: a known issue matches if and only if a floor of it is reached, or an id of it is named."""

from __future__ import annotations

import json

from hypothesis import given, strategies as st

from sevclass.incident.knowledge import read_known
from sevclass.incident.known import KnownIssue, KnownIssues, Runbook
from tests import oracle
from tests.strategies import Data, facts, floors, load, over_both, worse

IDS = ("a", "b", "c", "d", "e")


@st.composite
def entries(draw: st.DrawFn, doc: Data, needed: Data, optional: Data) -> list[Data]:
    """Entries with ids of their own, some of them with floors; and strategies of what else they have."""
    own = st.fixed_dictionaries({"title": st.just("About it"), **needed}, optional={"when": floors(doc), **optional})
    return [{"id": id_} | draw(own) for id_ in draw(st.lists(st.sampled_from(IDS), unique=True))]


def reached(doc: Data, given_facts: Data, entry: Data) -> bool:
    return any(oracle.holds(doc, given_facts, floor) for floor in oracle.floors_of(entry.get("when", [])))


@over_both
@given(data=st.data())
def test_what_matches(documents: st.SearchStrategy[Data], data: st.DataObject) -> None:
    doc = data.draw(documents)
    pack = load(doc)
    some = st.lists(st.sampled_from(IDS), max_size=2)
    issues = data.draw(entries(doc, {}, {"ids": some, "runbook": st.sampled_from(IDS)}))
    runbooks = data.draw(entries(doc, {"steps": st.just("Act")}, {}))
    said, named = data.draw(facts(doc)), data.draw(some)

    read_issues = read_known(json.dumps(issues).encode(), "k.yaml", KnownIssue, pack)
    read_runbooks = read_known(json.dumps(runbooks).encode(), "r.yaml", Runbook, pack)
    assert (read_issues.problems, read_runbooks.problems) == ((), ())
    known = KnownIssues(read_issues.entries, pack, read_runbooks.entries)

    matching = [
        issue for issue in issues if reached(doc, said, issue) or {issue["id"], *issue.get("ids", [])} & {*named}
    ]
    assert [issue.id for issue in known.matching(said, named)] == [issue["id"] for issue in matching]
    there = [runbook["id"] for runbook in runbooks]
    wanted = [issue["runbook"] for issue in matching if issue.get("runbook") in there]
    wanted += [runbook["id"] for runbook in runbooks if reached(doc, said, runbook)]
    assert [runbook.id for runbook in known.runbooks(said, named)] == [*dict.fromkeys(wanted)]


@over_both
@given(data=st.data())
def test_worse_facts_hide_none(documents: st.SearchStrategy[Data], data: st.DataObject) -> None:
    doc = data.draw(documents)
    pack = load(doc)
    issues = read_known(json.dumps(data.draw(entries(doc, {}, {}))).encode(), "k.yaml", KnownIssue, pack).entries
    said = data.draw(facts(doc))
    then = data.draw(worse(doc, said))

    known = KnownIssues(issues, pack)

    assert {issue.id for issue in known.matching(said)} <= {issue.id for issue in known.matching(then)}
