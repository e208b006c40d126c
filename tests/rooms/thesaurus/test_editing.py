"""Editors add to their layer; base vocabularies stay as they are."""

import pytest

from hamroh.accounts.policy import Refused
from hamroh.thesaurus import actions, selectors
from hamroh.thesaurus.actions import EditRefused
from hamroh.thesaurus.models import Concept, ConceptAncestor, Label, Layer, Scheme
from hamroh.vault import journal


@pytest.fixture
def own(homes, cast):
    return Scheme.objects.create(
        code="centre", uri="http://example.org/centre", layer=Layer.ORGANISATION, extends=homes, maintainer=cast.centre
    )


def concept(key):
    return Concept.objects.get(key=key)


def ancestors(key):
    return dict(ConceptAncestor.objects.filter(concept__key=key).values_list("ancestor__key", "distance"))


def test_it_adds_a_concept_under_the_base(own, cast):
    made = actions.add_concept(
        actor=cast.zarina, scheme=own, key="tent", labels={"en": "tent", "tg": "хайма"}, broader=[concept("shelter")]
    )
    assert ancestors("tent") == {"tent": 0, "shelter": 1, "home": 2}
    assert journal.history(made)[0].verb == "thesaurus.add_concept"
    assert selectors.concept_lookup("хай", "tg")[0].key == "tent"


def test_it_adds_a_label_to_a_base_concept(own, cast):
    actions.add_label(actor=cast.zarina, layer=own, concept=concept("house"), lang="az", text="yaşayış evi")
    assert ("house", 1.0) in {(found.concept, found.weight) for found in selectors.expansions("yaşayış evi", "az")}


def test_it_puts_a_layers_preferred_label_first(own, cast):
    actions.add_label(actor=cast.zarina, layer=own, concept=concept("home"), lang="tg", text="манзил", kind="pref")
    assert selectors.names([concept("home").pk], "tg")[concept("home").pk].text == "манзил"
    assert Label.objects.filter(concept__key="home", lang="tg").count() == 2


def test_it_does_not_edit_a_base_vocabulary(homes, cast):
    with pytest.raises(EditRefused, match="importing a new version"):
        actions.add_label(actor=cast.zarina, layer=homes, concept=concept("house"), lang="az", text="ev")


def test_it_refuses_a_second_preferred_label(own, cast):
    add = {"actor": cast.zarina, "layer": own, "concept": concept("home"), "lang": "tg", "kind": "pref"}
    actions.add_label(text="манзил", **add)
    with pytest.raises(EditRefused, match="preferred label"):
        actions.add_label(text="сарой", **add)


def test_it_refuses_another_organisations_layer(own, cast):
    with pytest.raises(Refused):
        actions.add_label(actor=cast.aygun, layer=own, concept=concept("house"), lang="az", text="ev")


def test_it_follows_a_new_broader_in_the_closure(own, cast):
    actions.add_concept(actor=cast.zarina, scheme=own, key="camp", labels={"en": "camp"})
    actions.add_concept(actor=cast.zarina, scheme=own, key="tent", labels={"en": "tent"}, broader=[concept("camp")])
    actions.add_broader(actor=cast.zarina, layer=own, concept=concept("camp"), broader=concept("night-shelter"))
    assert ancestors("tent") == {"tent": 0, "camp": 1, "night-shelter": 2, "shelter": 3, "house": 3, "home": 4}


def test_it_follows_a_broader_that_is_taken_back_in_the_closure(own, cast):
    test_it_follows_a_new_broader_in_the_closure(own, cast)
    actions.remove_broader(actor=cast.zarina, layer=own, concept=concept("camp"), broader=concept("night-shelter"))
    assert ancestors("tent") == {"tent": 0, "camp": 1}


def test_it_cannot_take_back_what_the_base_says(own, cast):
    actions.remove_broader(actor=cast.zarina, layer=own, concept=concept("house"), broader=concept("home"))
    assert ancestors("house") == {"house": 0, "home": 1}


def test_it_refuses_a_ring_with_its_path(own, cast):
    test_it_follows_a_new_broader_in_the_closure(own, cast)
    with pytest.raises(EditRefused, match=r"camp → tent → camp|tent → camp → tent"):
        actions.add_broader(actor=cast.zarina, layer=own, concept=concept("camp"), broader=concept("tent"))
    assert ancestors("camp")["camp"] == 0


def test_it_retires_a_concept_for_another(own, cast, client):
    actions.add_concept(actor=cast.zarina, scheme=own, key="tent", labels={"en": "tent"}, broader=[concept("shelter")])
    actions.retire_concept(actor=cast.zarina, concept=concept("tent"), replaced_by=concept("shelter"))
    text = client.get("/en/thesaurus/centre/c/tent/").content.decode()
    assert "no longer used" in text
    assert "/en/thesaurus/homes/c/shelter/" in text


def test_it_refuses_a_concept_of_nowhere_near(own, cast):
    far = Scheme.objects.create(code="far", uri="http://example.org/far")
    other = Concept.objects.create(scheme=far, key="far", uri="http://example.org/far/far")
    with pytest.raises(EditRefused, match="does not lie on"):
        actions.add_label(actor=cast.zarina, layer=own, concept=other, lang="en", text="far")
