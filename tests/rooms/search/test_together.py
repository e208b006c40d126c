"""Threads share what a process remembers of the index, and others write while a search runs."""

import random
import threading

import numpy as np
import pytest

from hamroh.directory.selectors import finder_pool
from hamroh.search import actions, postings, selectors
from hamroh.thesaurus.selectors import memory
from search_documents import document, found


def in_threads(work, count=6):
    """Run ``work(number)`` in threads that are switched often; what any of them raised."""
    raised = []

    def quiet(number):
        try:
            work(number)
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is what the test is for
            raised.append(fault)

    threads = [threading.Thread(target=quiet, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.fixture
def often_switched():
    import sys

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("index")
def test_it_answers_from_its_own_view_while_records_come():
    actions.index_documents([document("a", {"en": "Court"})])
    asked = selectors.ask("court bakery")
    actions.index_documents([document(f"b{number}", {"en": "Court and bakery"}) for number in range(3)])
    assert [hit.record_id for hit in selectors.results(query=asked, language="en").hits] == ["a"]
    assert len(found("court bakery")) == 4


@pytest.mark.usefixtures("often_switched")
def test_it_remembers_the_vocabulary_for_many_threads(monkeypatch):
    monkeypatch.setattr(memory, "_MOST", 5)
    held = {}

    def ask(seed):
        chance = random.Random(seed)
        for _ in range(3000):
            wanted = {chance.randrange(40) for _ in range(4)}
            assert memory._remembered(held, wanted, lambda keys: {key: [key] for key in keys}) == {
                key: [key] for key in wanted
            }

    assert in_threads(ask) == []


@pytest.mark.usefixtures("often_switched")
def test_it_remembers_services_shown_for_many_threads(monkeypatch):
    monkeypatch.setattr(finder_pool, "_MOST_SHOWN", 5)
    known = finder_pool.Pool(None, None, frozenset(), None)

    def ask(seed):
        chance = random.Random(seed)
        for _ in range(3000):
            wanted = list({chance.randrange(40) for _ in range(4)})
            told, _fresh = finder_pool.told_of(wanted, known, lambda keys: {key: -key for key in keys})
            assert told == {key: -key for key in wanted}

    assert in_threads(ask) == []


@pytest.mark.usefixtures("often_switched")
def test_it_remembers_forms_for_many_threads(monkeypatch):
    class Store:
        def find(self, tokens):
            return {token: np.arange(3, dtype=np.uint32) for token in tokens}

    monkeypatch.setattr(postings.backends, "store", Store)
    monkeypatch.setattr(postings, "REMEMBERED", 5000)
    held = postings.View(size=3)

    def ask(seed):
        chance = random.Random(seed)
        for _ in range(1000):
            wanted = [f"e.{chance.randrange(60)}" for _ in range(4)]
            assert held.find(wanted).keys() == set(wanted)
            word = str(chance.randrange(60))
            assert held.corrected(word, lambda typed: [typed]) == [word]

    monkeypatch.setattr(postings, "_CORRECTIONS", 5)
    assert in_threads(ask) == []
