"""The vocabulary that comes with Hamroh loads as a base scheme, again and again."""

import pytest

from hamroh.kernel import terms
from hamroh.thesaurus import actions, exchange, selectors
from hamroh.thesaurus.models import Concept, Label, Layer, Scheme
from hamroh.vault.models import JournalLine


@pytest.fixture
def starter(db):
    return actions.load_starter_vocabulary(actor=None)


def test_it_holds_every_concept_and_label(starter):
    known = terms.load()
    assert Concept.objects.filter(scheme=starter).count() == len(known.concepts)
    assert Label.objects.filter(scheme=starter).count() == len(known.labels)


def test_it_keeps_the_certainty_of_each_word(starter):
    wanted = sum(label.certainty == "C" for label in terms.load().labels)
    assert wanted
    assert Label.objects.filter(certainty="C").count() == wanted


def test_it_writes_nothing_the_second_time(starter):
    before = set(Label.objects.values_list("pk", flat=True))
    actions.load_starter_vocabulary(actor=None)
    assert set(Label.objects.values_list("pk", flat=True)) == before
    assert JournalLine.objects.filter(verb="thesaurus.import").count() == 1


def test_it_keeps_what_a_layer_adds_when_the_package_changes(starter, cast, monkeypatch):
    local = Scheme.objects.create(
        code="tj", uri="urn:tj", layer=Layer.NATIONAL, extends=starter, maintainer=cast.centre
    )
    concept = Concept.objects.get(key="hm0013")
    actions.add_label(actor=cast.zarina, layer=local, concept=concept, lang="tg", text="ҷудо шудан аз шавҳар")
    changed = actions.starter.starter_draft()
    changed.concepts[concept.uri].labels = {
        label for label in changed.concepts[concept.uri].labels if label.kind == "pref"
    }
    monkeypatch.setattr(actions.starter, "starter_draft", lambda: changed)
    actions.load_starter_vocabulary(actor=None)
    assert Label.objects.filter(concept=concept, scheme=local).count() == 1
    assert not Label.objects.filter(concept=concept, scheme=starter, kind="alt").exists()


def test_it_goes_out_and_comes_back_as_skos(starter):
    content = exchange.export(actor=None, scheme=starter)
    outcome = exchange.import_file(actor=None, content=content, dry_run=True)
    assert set(outcome.difference.added) == set(outcome.difference.removed) == set()


def test_it_has_titles_of_its_fields_in_four_languages(starter):
    assert len(selectors.groups("hamroh", "tg")) == len({concept.group for concept in terms.load().concepts.values()})


def test_it_brings_an_inflected_query_to_the_concept_in_other_languages(starter):
    texts = {(found.text, found.lang) for found in selectors.expansions("алиментҳо", "tg")}
    assert ("alimony", "en") in texts


def test_it_hands_concepts_to_the_index(starter):
    (document,) = selectors.search_documents(["hm0013"])
    assert document.titles["en"] == "divorce"
    assert document.address == "/{lang}/thesaurus/hamroh/c/hm0013/"


def test_it_puts_them_there_by_task(starter):
    from hamroh.search import selectors as search
    from hamroh.thesaurus import tasks

    tasks.index_scheme.enqueue("hamroh")
    assert any(hit.record_id == "hm0013" for hit in search.results(query="divorce", language="en").hits)
