"""Queries widen to what their words are called elsewhere; labels are found while they are typed."""

import pytest
from rooms_thesaurus_data import HOMES

from hamroh.thesaurus import actions, exchange, selectors
from hamroh.thesaurus.models import Concept, Status


def said(query, lang="en", **options):
    return {(found.text, found.lang): found for found in selectors.expansions(query, lang, **options)}


def test_it_finds_other_names_and_other_languages(homes):
    found = said("home")
    assert (found["dwelling", "en"].why, found["dwelling", "en"].weight) == ("same", 1.0)
    assert (found["хона", "tg"].why, found["хона", "tg"].weight) == ("other_language", 1.0)


def test_it_reaches_narrower_concepts_by_distance(homes):
    found = said("home")
    assert (found["shelter", "en"].why, found["shelter", "en"].weight) == ("narrower", 0.7)
    assert (found["night shelter", "en"].why, found["night shelter", "en"].weight) == ("narrower", 0.49)


def test_it_reaches_related_concepts_last(homes):
    assert (said("shelter")["house", "en"].why, said("shelter")["house", "en"].weight) == ("related", 0.3)


def test_it_says_what_is_replaced_and_by_which_concept(homes):
    found = said("a warm night shelter near me")["ночлежка", "ru"]
    assert (found.replaces, found.concept) == ("night shelter", "night-shelter")


def test_it_counts_the_longest_label(homes):
    assert {found.replaces for found in said("night shelter").values()} == {"night shelter"}


@pytest.mark.parametrize(
    ("query", "lang"),
    [("паноҳгоҳҳо", "tg"), ("панохгох", "tg"), ("убежища", "ru"), ("SIĞINACAQLAR", "az"), ("shelters", "en")],
)
def test_it_takes_inflected_words_and_other_keyboards_for_labels(homes, query, lang):
    assert "shelter" in {found.concept for found in selectors.expansions(query, lang)}


def test_it_matches_in_any_language_whatever_the_page(homes):
    assert ("shelter", "en") in said("паноҳгоҳ", "az")


def test_it_finds_by_hidden_labels_but_does_not_search_for_them(homes):
    assert ("shelter", "en") in said("sheltr")
    assert ("sheltr", "en") not in said("shelter")


def test_it_leaves_out_concepts_no_longer_used(homes):
    Concept.objects.filter(key="shelter").update(status=Status.DEPRECATED)
    assert said("shelter") == {}
    assert ("shelter", "en") not in said("home")


def test_it_widens_queries_for_the_base_by_a_layer(layer):
    assert said("house")["ҳавлӣ", "tg"].concept == "house"
    assert said("house")["guest room", "en"].why == "narrower"


def test_it_is_capped_and_always_the_same(homes):
    many = "".join(
        f':p{number} a skos:Concept ; skos:inScheme <http://example.org/homes> ; skos:broader :home ; skos:prefLabel "place {number}"@en .\n'
        for number in range(200)
    )
    exchange.import_file(actor=None, content=(HOMES + many).encode())
    found = selectors.expansions("home", "en")
    assert len(found) == 60
    assert found == selectors.expansions("home", "en")
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)


@pytest.mark.parametrize("query", ["", "   ", "?!", "zzz qqq", "\0", "a" * 10_000, "home " * 500])
def test_it_answers_any_query(homes, query):
    assert len(selectors.expansions(query, "en")) <= 60


def test_it_asks_few_questions(homes, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        selectors.expansions("home shelter night house дом", "en")


def labels(prefix, lang="en", **options):
    return [found.label for found in selectors.concept_lookup(prefix, lang, **options)]


def test_it_looks_up_the_beginning_of_a_label(homes):
    assert labels("sh") == ["shelter", "night shelter"]


def test_it_looks_up_in_every_language_and_says_the_readers(homes):
    (found,) = selectors.concept_lookup("паноҳ", "ru")
    assert (found.label, found.lang, found.title, found.scheme) == ("паноҳгоҳ", "tg", "убежище", "homes")


def test_it_ends_a_word_at_a_space(homes):
    assert labels("night ") == ["night shelter"]
    assert labels("nigh ") == []


def test_it_looks_up_in_one_scheme(layer):
    assert labels("guest", scheme="homes") == []
    assert labels("guest", scheme="homes-tj") == ["guest room"]


@pytest.mark.parametrize("prefix", ["", " ", "%", "_", "'", "\0", "\\", "💧"])
def test_it_looks_up_nothing_for_no_word(homes, prefix):
    assert labels(prefix) == []


def test_it_writes_keys_anew_after_the_analysis_has_changed(homes):
    from hamroh.thesaurus.models import LabelKey, LabelStart

    LabelKey.objects.all().delete()
    LabelStart.objects.all().delete()
    assert said("home") == {}
    actions.reindex_labels(actor=None)
    assert said("home") != {}
    assert labels("hom") == ["home"]


def test_it_counts_letters_anew_after_a_write(homes):
    before = dict(selectors.letters("homes", "en").letters)["H"]
    exchange.import_file(actor=None, content=HOMES.replace('"dwelling"@en', '"hut"@en').encode())
    assert dict(selectors.letters("homes", "en").letters)["H"] == before + 1


def test_it_counts_letters_once(homes, django_assert_num_queries):
    selectors.letters("homes", "en")
    with django_assert_num_queries(2):  # the vocabulary, and whether anything was written
        selectors.letters("homes", "tg")


def test_it_leaves_out_of_a_letter_what_is_no_longer_used(homes):
    Concept.objects.filter(key="house").update(status=Status.DEPRECATED)
    assert "house" not in {line.text for line in selectors.letter("homes", "en", "H", "en")}


def test_it_begins_the_hierarchy_where_nothing_is_above(homes):
    without = HOMES.replace("skos:hasTopConcept :home", "").replace(
        "skos:topConceptOf <http://example.org/homes> ;", ""
    )
    exchange.import_file(actor=None, content=without.encode())
    assert [line.key for line in selectors.tree("homes", "en")] == ["home"]
