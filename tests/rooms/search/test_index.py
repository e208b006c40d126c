"""What comes into the index and goes out of it; on both databases."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from hamroh.search import actions, selectors
from hamroh.search.models import Content, Record, Word, WordKey
from search_documents import document, found, results

pytestmark = pytest.mark.usefixtures("index")


def test_it_finds_a_new_record_at_once():
    actions.index_documents([document("a", {"en": "Court"})])
    assert found("court") == ["a"]
    actions.index_documents([document("b", {"en": "Court of appeal"})])
    assert set(found("court")) == {"a", "b"}


def test_it_loses_a_withdrawn_record_at_once_and_wholly():
    actions.index_documents([document("a", {"en": "Zebrawood shelter"})])
    assert found("zebrawood") == ["a"]
    assert actions.remove_documents("service", ["a"]) == 1
    assert found("zebrawood") == []
    assert selectors.facet_values()["kind"] == {}
    assert not any(model.objects.exists() for model in (Record, Content, Word, WordKey))


def test_it_proposes_no_word_of_a_withdrawn_record():
    actions.index_documents([document("a", {"en": "Zebrawood"}), document("b", {"en": "Court"})])
    actions.remove_documents("service", ["a"])
    assert results("zebrawod").did_you_mean == ""


def test_it_keeps_words_that_another_record_still_uses():
    actions.index_documents([document("a", {"en": "Court"}), document("b", {"en": "Court"})])
    actions.remove_documents("service", ["a"])
    assert results("courtt").did_you_mean == "court"


def test_it_replaces_what_was_known_of_a_record():
    actions.index_documents([document("a", {"en": "Court"})])
    actions.index_documents([document("a", {"en": "Bakery"})])
    assert found("court") == []
    assert found("bakery") == ["a"]
    assert Record.objects.count() == 1


def test_it_indexes_a_record_once_when_handed_in_twice():
    actions.index_documents([document("a", {"en": "Old"}), document("a", {"en": "New"})])
    assert found("new") == ["a"]
    assert found("old") == []


def test_it_forgets_what_a_rolled_back_transaction_wrote():
    actions.index_documents([document("a", {"en": "Court"})])
    assert found("court") == ["a"]
    with transaction.atomic():
        actions.index_documents([document("b", {"en": "Court"})])
        actions.remove_documents("service", ["a"])
        assert found("court") == ["b"]
        transaction.set_rollback(True)
    assert found("court") == ["a"]


def test_it_rebuilds_from_the_producers_and_writes_it_down():
    actions.index_documents([document("gone", {"en": "Court"})])
    written = actions.rebuild([lambda: [document("a", {"en": "Court"})], lambda: [document("b", {"en": "Court"})]])
    assert written == 2
    assert set(found("court")) == {"a", "b"}


def test_it_rebuilds_to_nothing():
    actions.index_documents([document("a", {"en": "Court"})])
    actions.rebuild([])
    assert found("court") == []
    actions.index_documents([document("b", {"en": "Court"})])
    assert found("court") == ["b"]


def test_it_refuses_a_facet_value_of_two_lines():
    with pytest.raises(ValueError, match="one line"):
        actions.index_documents([document("a", {"en": "Court"}, facets={"place": ["x\nkind=y"]})])
    assert found("court") == []


def test_it_indexes_texts_full_of_syntax():
    actions.index_documents([document("a", {"en": "\" ' \\ \0 * (court) d'accord x.y"}, {"en": "'); DROP TABLE--"})])
    assert found("court accord") == ["a"]
    actions.remove_documents("service", ["a"])
    assert found("court") == []


def test_it_finds_a_record_until_its_last_day_alone():
    day = timezone.now().date()
    actions.index_documents([replace(document("a", {"en": "Court"}), last_date=day)])
    assert found("court") == ["a"]
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        assert found("court") == []
        assert selectors.facet_values()["kind"] == {}
    assert found("court") == ["a"]
