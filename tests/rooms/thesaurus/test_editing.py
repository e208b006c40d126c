"""Editors add to their layer; base vocabularies stay as they are."""

import pytest

from hamroh.accounts.policy import Refused
from hamroh.thesaurus import actions, selectors
from hamroh.thesaurus.actions import EditRefused
from hamroh.thesaurus.models import Change, Concept, ConceptAncestor, Label, Relation, Scheme
from hamroh.vault import journal


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


def test_it_follows_every_kind_of_broader(own, cast):
    for key, kind in (("tent", "broaderGeneric"), ("rope", "broaderPartitive"), ("big-tent", "broaderInstantial")):
        above = concept("shelter") if key == "tent" else concept("tent")
        actions.add_concept(actor=cast.zarina, scheme=own, key=key, labels={"en": key}, broader=[above], kind=kind)
    assert ancestors("rope") == {"rope": 0, "tent": 1, "shelter": 2, "home": 3}
    assert ancestors("big-tent")["shelter"] == 2


def test_it_puts_another_way_of_lying_under_in_the_place_of_the_first(own, cast):
    add = {"actor": cast.zarina, "layer": own, "concept": concept("house"), "other": concept("shelter")}
    Relation.objects.filter(source__key="house", kind="related").delete()
    actions.add_relation(**add, kind="broader")
    actions.add_relation(**add, kind="broaderGeneric")
    assert list(Relation.objects.filter(scheme=own).values_list("kind", flat=True)) == ["broaderGeneric"]


def test_it_refuses_what_lies_above_and_beside(own, cast):
    with pytest.raises(EditRefused, match="under the other"):
        actions.add_relation(
            actor=cast.zarina, layer=own, concept=concept("night-shelter"), other=concept("home"), kind="related"
        )


def test_it_says_a_label_otherwise_and_is_found_by_it(own, cast):
    label = actions.add_label(actor=cast.zarina, layer=own, concept=concept("house"), lang="az", text="ev")
    actions.edit_label(actor=cast.zarina, label=label, text="yaşayış binası", outdated="")
    assert selectors.concept_lookup("yaşayış", "az")[0].key == "house"
    assert [row.kind for row in Change.objects.filter(concept__key="house", scheme=own).order_by("pk")] == [
        "label_added",
        "label_removed",
        "label_added",
    ]


def test_it_keeps_the_last_preferred_label(own, cast):
    made = actions.add_concept(actor=cast.zarina, scheme=own, key="tent", labels={"en": "tent"})
    with pytest.raises(EditRefused, match="only preferred label"):
        actions.remove_label(actor=cast.zarina, label=made.labels.get())


def test_it_tells_who_comes_second(own, cast):
    house = concept("house")
    add = {"actor": cast.zarina, "layer": own, "concept": house, "lang": "az", "seen": house.revision}
    actions.add_label(text="ev", **add)
    with pytest.raises(actions.EditedMeanwhile) as stale:
        actions.add_label(text="mənzil", **add)
    assert [row.text for row in stale.value.since(house.revision)] == ["ev"]
    assert not Label.objects.filter(text="mənzil").exists()


def test_it_retires_a_concept_that_was_split(own, cast):
    for key in ("tent", "tents-cloth", "tents-wood"):
        actions.add_concept(actor=cast.zarina, scheme=own, key=key, labels={"en": key})
    actions.retire_concept(
        actor=cast.zarina, concept=concept("tent"), replaced_by=concept("tents-cloth"), also=[concept("tents-wood")]
    )
    from hamroh.thesaurus.selectors.editing import successors

    assert [one.key for one in successors(concept("tent"))] == ["tents-cloth", "tents-wood"]


def test_it_uses_a_concept_again(own, cast):
    made = actions.add_concept(actor=cast.zarina, scheme=own, key="tent", labels={"en": "tent"})
    actions.retire_concept(actor=cast.zarina, concept=made)
    assert not selectors.concept_lookup("tent", "en")
    actions.approve_concept(actor=cast.zarina, concept=concept("tent"))
    assert selectors.concept_lookup("tent", "en")


def test_it_leaves_the_status_of_a_base_concept_to_the_base(own, cast):
    with pytest.raises(EditRefused):
        actions.retire_concept(actor=cast.zarina, concept=concept("house"))


def test_it_refuses_an_exact_match_that_is_wider_too(own, cast):
    with pytest.raises(EditRefused, match="in another way"):
        actions.add_mapping(
            actor=cast.zarina,
            layer=own,
            concept=concept("shelter"),
            kind="broadMatch",
            uri="http://example.org/other/42",
        )


def test_it_puts_concepts_under_a_node_label(own, cast):
    array = actions.add_group(
        actor=cast.zarina,
        scheme=own,
        titles={"en": "by length of stay"},
        kind="array",
        superordinate=concept("shelter"),
    )
    actions.put_into_group(actor=cast.zarina, group=array, concept=concept("night-shelter"))
    assert list(array.concepts.values_list("key", flat=True)) == ["night-shelter"]


def test_it_refuses_an_array_under_nothing(own, cast):
    with pytest.raises(EditRefused, match="stands under a concept"):
        actions.add_group(actor=cast.zarina, scheme=own, titles={"en": "by length"}, kind="array")


def test_it_brings_the_public_index_along(own, cast):
    from hamroh.search.selectors import results

    actions.add_concept(actor=cast.zarina, scheme=own, key="tent", labels={"en": "marquee"})
    assert [hit.record_id for hit in results(query="marquee", language="en").hits] == ["tent"]
    actions.retire_concept(actor=cast.zarina, concept=concept("tent"))
    assert results(query="marquee", language="en").total == 0


def test_it_says_nothing_twice_that_a_layer_below_says(own, cast):
    with pytest.raises(EditRefused, match="has this label already"):
        actions.add_label(actor=cast.zarina, layer=own, concept=concept("home"), lang="en", text="dwelling")
    actions.add_label(actor=cast.zarina, layer=own, concept=concept("home"), lang="en", text="dwelling", kind="pref")
