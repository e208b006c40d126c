"""What the checks of a vocabulary find, and what they leave alone."""

import pytest

from hamroh.kernel.vocabulary_checks import Mend, Node, Rule, Term, examine, mixed_word, tidied

SOUND = {"is_placed": True, "terms": (Term("en", "pref", "house", "1"),)}


def node(key, **values):
    return Node(key, **{**SOUND, "terms": (Term("en", "pref", key, "1"),), **values})


def rules(*nodes):
    return [(each.rule, each.concept) for each in examine(nodes, ["en"])]


def test_it_finds_nothing_wrong_with_a_sound_vocabulary():
    home, house = node("home"), node("house", broader=frozenset({"home"}), own_broader=frozenset({"home"}))
    assert rules(home, house) == []


def test_it_finds_a_ring_once_with_its_path():
    one = node("a", broader=frozenset({"b"}))
    two = node("b", broader=frozenset({"a"}))
    (found,) = [each for each in examine([one, two], ["en"]) if each.rule is Rule.RING]
    assert found.about["path"] == "a → b → a"


def test_it_finds_what_is_related_and_above():
    above = frozenset({"home"})
    found = examine([node("home"), node("house", broader=above, related=above, own_related=above)], ["en"])
    assert [(each.rule, each.mend) for each in found] == [(Rule.BOTH, Mend.UNRELATE)]


def test_it_offers_no_mend_for_what_another_layer_says():
    above = frozenset({"home"})
    (found,) = examine([node("home"), node("house", broader=above, related=above)], ["en"])
    assert found.mend is None


def test_it_finds_a_broader_that_is_implied():
    home, house = node("home"), node("house", broader=frozenset({"home"}))
    both = frozenset({"house", "home"})
    found = examine([home, house, node("hut", broader=both, own_broader=both)], ["en"])
    assert [(each.rule, each.concept, each.about["other"]) for each in found] == [(Rule.REDUNDANT, "hut", "home")]


@pytest.mark.parametrize(
    ("terms", "rule"),
    [
        ((Term("ru", "pref", "дом", "1"),), Rule.NO_LABEL),
        ((Term("en", "pref", "house", "1"), Term("en", "pref", "home", "2")), Rule.TWO_PREFERRED),
        ((Term("en", "pref", "house", "1"), Term("en", "alt", "house", "2")), Rule.ALT_IS_PREF),
        ((Term("en", "pref", "big  house", "1"),), Rule.ODD_SPACES),
        ((Term("en", "pref", "house\u00a0big", "1"),), Rule.ODD_SPACES),
        ((Term("en", "pref", "hоuse", "1"),), Rule.MIXED_SCRIPTS),
    ],
)
def test_it_finds_what_is_wrong_with_labels(terms, rule):
    assert rules(node("house", terms=terms)) == [(rule, "house")]


def test_it_finds_the_same_name_twice_whatever_its_case():
    one, two = (
        node("a", terms=(Term("en", "pref", "House", "1"),)),
        node("b", terms=(Term("en", "pref", "house", "2"),)),
    )
    assert rules(one, two) == [(Rule.SAME_LABEL, "b")]


def test_it_finds_a_concept_that_stands_alone():
    assert rules(node("house", is_placed=False)) == [(Rule.ORPHAN, "house")]


def test_it_finds_a_concept_out_of_use_that_leads_nowhere():
    assert rules(node("house", status="deprecated")) == [(Rule.NO_SUCCESSOR, "house")]
    assert rules(node("house", status="deprecated", has_successor=True)) == []


def test_it_finds_a_concept_under_one_out_of_use():
    above = frozenset({"home"})
    old = node("home", status="deprecated", has_successor=True)
    assert rules(old, node("house", broader=above, own_broader=above)) == [(Rule.DEPRECATED_ABOVE, "house")]


@pytest.mark.parametrize("kinds", [("exactMatch", "broadMatch"), ("exactMatch", "relatedMatch")])
def test_it_finds_matches_that_contradict_each_other(kinds):
    assert rules(node("house", mappings=tuple((kind, "urn:x") for kind in kinds))) == [(Rule.MAPPING_CLASH, "house")]


def test_it_finds_two_concepts_that_are_the_same_as_one():
    match = (("exactMatch", "urn:x"),)
    assert rules(node("a", mappings=match), node("b", mappings=match)) == [(Rule.MAPPING_CLASH, "b")]


def test_it_makes_spaces_plain():
    assert tidied(" big\u00a0 house\u200b ") == "big house"


@pytest.mark.parametrize("text", ["паноҳгоҳ", "HIV инфексия", "sığınacaq", "2024-сол"])
def test_it_takes_no_offence_at_words_of_one_script(text):
    assert not mixed_word(text)
