"""A vocabulary comes in whole, is updated by URI, and goes out as it came."""

import pytest
from rooms_thesaurus_data import HOMES, LAYER

from hamroh.accounts.policy import Refused
from hamroh.thesaurus import exchange
from hamroh.thesaurus.models import (
    Concept,
    ConceptAncestor,
    Group,
    Label,
    Layer,
    Mapping,
    Note,
    Relation,
    Scheme,
    Statement,
    Status,
)
from hamroh.vault import journal

HOME = "http://example.org/homes/"


def bring(text, **options):
    return exchange.import_file(actor=None, content=text.encode(), **options)


def ancestors(key):
    return dict(ConceptAncestor.objects.filter(concept__key=key).values_list("ancestor__key", "distance"))


def test_it_makes_the_scheme(homes):
    assert (homes.titles, homes.layer) == ({"en": "Homes", "ru": "Жильё"}, Layer.BASE)
    assert homes.licence == "http://creativecommons.org/licenses/by/4.0/"


def test_it_keeps_labels_by_language_and_kind(homes):
    rows = Label.objects.filter(concept__key="shelter").values_list("kind", "lang", "text")
    assert sorted(rows) == [
        ("hidden", "en", "sheltr"),
        ("pref", "az", "sığınacaq"),
        ("pref", "en", "shelter"),
        ("pref", "ru", "убежище"),
        ("pref", "tg", "паноҳгоҳ"),
    ]


def test_it_fills_in_what_lists_and_searches_need(homes):
    label = Label.objects.get(text="паноҳгоҳ")
    assert (label.folded, label.initial) == ("панохгох", "П")


def test_it_keeps_notes_mappings_and_notations(homes):
    assert Note.objects.get().text == "A safe place to stay."
    assert Mapping.objects.get().uri == "http://example.org/other/42"
    assert Concept.objects.get(key="house").notation == "H1"


def test_it_reads_broader_from_either_side(homes):
    assert Relation.objects.filter(kind="broader").count() == 4


def test_it_computes_the_closure_of_a_polyhierarchy(homes):
    assert ancestors("night-shelter") == {"night-shelter": 0, "shelter": 1, "house": 1, "home": 2}


def test_it_keeps_groups_with_their_members(homes):
    group = Group.objects.get()
    assert group.is_concept_group
    assert sorted(group.concepts.values_list("key", flat=True)) == ["night-shelter", "shelter"]


def test_it_writes_one_line_in_the_journal(homes):
    (line,) = journal.history(homes)
    assert (line.verb, line.facts["added"]) == ("thesaurus.import", 4)


@pytest.mark.parametrize("form", ["ttl", "rdf"])
def test_it_goes_out_as_it_came(homes, form):
    given, back = exchange.parse(HOMES.encode()), exchange.parse(exchange.export(actor=None, scheme=homes, form=form))
    assert exchange.same_graph(given, back)


def test_it_does_not_say_what_the_source_left_out(homes):
    assert b"narrower <http://example.org/homes/night-shelter>" not in exchange.export(actor=None, scheme=homes)
    assert Statement.objects.filter(said=False, predicate__endswith="narrower").exists()


def test_it_sees_a_lost_statement(homes):
    given = list(exchange.parse(HOMES.encode()))
    assert not exchange.same_graph(given[1:], given)


def test_it_comes_back_from_rdf_xml(homes):
    as_xml = exchange.export(actor=None, scheme=homes, form="rdf")
    outcome = exchange.import_file(actor=None, content=as_xml)
    assert outcome.difference.counts() == {"added": 0, "changed": 0, "removed": 0, "unchanged": 4}


def test_it_changes_nothing_the_second_time(homes):
    before = set(Label.objects.values_list("pk", flat=True))
    assert bring(HOMES).difference.counts() == {"added": 0, "changed": 0, "removed": 0, "unchanged": 4}
    assert set(Label.objects.values_list("pk", flat=True)) == before


NEWER = HOMES.replace('"house"@en', '"dwelling house"@en').replace(
    ":safe a",
    ':tent a skos:Concept ; skos:inScheme <http://example.org/homes> ; skos:prefLabel "tent"@en ; '
    "skos:broader :home .\n\n:safe a",
)
NEWER = NEWER[: NEWER.index(":night-shelter a")] + NEWER[NEWER.index(":tent a") :].replace(" , :night-shelter", "")


def test_it_says_what_a_newer_version_would_change(homes):
    difference = bring(NEWER, dry_run=True).difference
    assert difference.added == (f"{HOME}tent",)
    assert difference.changed == (f"{HOME}house",)
    assert difference.removed == (f"{HOME}night-shelter",)


def test_it_writes_nothing_in_a_dry_run(homes):
    bring(NEWER, dry_run=True)
    assert not Concept.objects.filter(key="tent").exists()


def test_it_updates_by_uri(homes):
    house = Concept.objects.get(key="house").pk
    bring(NEWER)
    assert Concept.objects.get(key="house").pk == house
    assert Label.objects.get(concept=house, lang="en", kind="pref").text == "dwelling house"


def test_it_retires_what_a_newer_version_lacks(homes):
    bring(NEWER)
    gone = Concept.objects.get(key="night-shelter")
    assert gone.status == Status.DEPRECATED
    assert ancestors("night-shelter") == {"night-shelter": 0}
    assert b"deprecated" in exchange.export(actor=None, scheme=homes)


def test_it_brings_a_retired_concept_back(homes):
    bring(NEWER)
    assert f"{HOME}night-shelter" in bring(HOMES).difference.changed
    assert Concept.objects.get(key="night-shelter").status == Status.APPROVED


def test_it_adds_a_layer_without_touching_the_base(layer, homes):
    assert not Label.objects.filter(scheme=homes, text="ҳавлӣ").exists()
    assert Label.objects.get(text="ҳавлӣ").scheme == layer
    assert Label.objects.get(text="ҳавлӣ").concept.scheme == homes


def test_it_hangs_a_layer_under_the_base(layer):
    assert ancestors("mehmonkhona") == {"mehmonkhona": 0, "house": 1, "home": 2}


def test_it_exports_a_layer_as_it_came(layer):
    back = exchange.parse(exchange.export(actor=None, scheme=layer))
    assert exchange.same_graph(exchange.parse(LAYER.encode()), back)


def test_it_exports_the_base_without_its_layer(layer, homes):
    back = exchange.parse(exchange.export(actor=None, scheme=homes))
    assert exchange.same_graph(exchange.parse(HOMES.encode()), back)


def test_it_keeps_what_a_layer_says_under_a_newer_base(layer):
    bring(NEWER)
    assert Label.objects.filter(scheme=layer, concept__key="house").count() == 2
    assert ancestors("mehmonkhona") == {"mehmonkhona": 0, "house": 1, "home": 2}


def test_it_makes_a_code_of_the_title(db):
    assert bring(HOMES).code == "homes"


def test_it_gives_a_key_to_one_scheme_only(homes):
    other = HOMES.replace("example.org/homes", "example.org/flats").replace('"Homes"', '"Flats"')
    bring(other)
    keys = list(Concept.objects.values_list("key", flat=True))
    assert len(keys) == len(set(keys)) == 8


def test_it_lets_an_editor_import(cast):
    exchange.import_file(actor=cast.zarina, content=HOMES.encode(), layer="organisation")
    assert Scheme.objects.get().maintainer_id == cast.centre.pk


def test_it_is_not_replaced_by_another_organisation(cast):
    exchange.import_file(actor=cast.zarina, content=HOMES.encode(), layer="organisation")
    with pytest.raises(Refused):
        exchange.import_file(actor=cast.aygun, content=NEWER.encode())


def test_it_lets_nobody_else_import(cast):
    with pytest.raises(Refused):
        exchange.import_file(actor=cast.rustam, content=HOMES.encode())
