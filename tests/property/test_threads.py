"""The law: one pack, and one classification, used from many threads at once give what they give alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from hypothesis import given, strategies as st

from sevclass import Classification, Pack
from tests.strategies import Data, facts, load, opened_at, over_both
from tests.threads import thread_pool

THREADS = 8


@pytest.fixture(scope="module", autouse=True)
def _eager_switching() -> Iterator[None]:
    """Threads take turns much more often than usual, so that they get in each other's way if they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.fixture(scope="module")
def threads() -> Iterator[ThreadPoolExecutor]:
    with thread_pool(THREADS) as pool:
        yield pool


@over_both
@given(data=st.data())
def test_one_pack(documents: st.SearchStrategy[Data], data: st.DataObject, threads: ThreadPoolExecutor) -> None:
    doc = data.draw(documents)
    pack = load(doc)
    some = data.draw(st.lists(facts(doc), min_size=4, max_size=4))
    opening = data.draw(opened_at())
    barrier = Barrier(THREADS)

    def every(turn: int) -> list[str]:
        barrier.wait()
        # Each starts at another place, so that different facts are under way at the same time.
        order = [(turn + place) % len(some) for place in range(len(some))]
        found = {place: pack.classify(some[place], opening).model_dump_json() for place in order}
        return [found[place] for place in range(len(some))]

    fresh = Pack(*pack.__reduce__()[1])
    alone = [fresh.classify(one, opening).model_dump_json() for one in some]
    assert list(threads.map(every, range(THREADS))) == [alone] * THREADS


@over_both
@given(data=st.data())
def test_one_classification(
    documents: st.SearchStrategy[Data], data: st.DataObject, threads: ThreadPoolExecutor
) -> None:
    doc = data.draw(documents)
    some, opening = data.draw(facts(doc)), data.draw(opened_at())
    pack = load(doc)
    shared = pack.classify(some, opening)
    barrier = Barrier(THREADS)

    def read(_: int) -> tuple[str, int, Classification]:
        barrier.wait()
        return shared.model_dump_json(), hash(shared), shared

    alone = pack.classify(some, opening)
    expected = (alone.model_dump_json(), hash(alone), alone)
    assert list(threads.map(read, range(THREADS))) == [expected] * THREADS
