"""A vocabulary in every form goes out as it came; another library is the judge."""

import io
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic
from rooms_thesaurus_data import HOMES, LAYER

from hamroh.thesaurus import exchange
from hamroh.thesaurus.models import Group, Label, Relation, Scheme

UNESCO = Path(__file__).parents[3].parent / "shared/data/thesauri/unesco-thesaurus.ttl"
rdflib.NORMALIZE_LITERALS = False  # the judge compares what is written, not what it means
NAMES = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld", "nt": "nt"}
HEAD = HOMES[: HOMES.index("<http://example.org/homes> a")] + (
    "@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .\n<http://example.org/homes> a skos:ConceptScheme .\n"
)
ODD = f"""{HEAD}
:one a skos:Concept ; skos:inScheme <http://example.org/homes> ; skos:prefLabel "one"@en , "yksi" ;
    skos:notation "01"^^ex:Code , "1" ; dct:created "2024-02-28"^^xsd:date , "-5"^^xsd:integer ;
    ex:note [ ex:by [ ex:name "a\\nb\\"c\\\\" ] ] , "x"^^<urn:type> ; ex:flag true , 1.50 , 2e3 .
:two a skos:Concept ; skos:inScheme <http://example.org/homes> ; skos:prefLabel "two"@en-gb-oed .
<http://example.org/empty> a skos:ConceptScheme ; dct:title "Nothing in it"@en .
"""
XL = f"""{HEAD}
:one a skos:Concept ; skos:inScheme <http://example.org/homes> ;
    skosxl:prefLabel :l1 ; skosxl:altLabel [ a skosxl:Label ; skosxl:literalForm "uno"@es ] ; skosxl:hiddenLabel :l2 .
:l1 a skosxl:Label ; skosxl:literalForm "one"@en ; dct:created "2020"^^xsd:gYear ; skosxl:labelRelation :l2 .
:l2 a skosxl:Label ; skosxl:literalForm "wan"@en .
"""
WAYS = f"""{HEAD}
:animal a skos:Concept ; skos:inScheme <http://example.org/homes> ; skos:prefLabel "animal"@en .
:dog a skos:Concept ; skos:inScheme <http://example.org/homes> ; skos:prefLabel "dog"@en ;
    isothes:broaderGeneric :animal .
:paw a skos:Concept ; skos:inScheme <http://example.org/homes> ; skos:prefLabel "paw"@en ;
    skos:broader :dog ; isothes:broaderPartitive :dog .
:rex a skos:Concept ; skos:inScheme <http://example.org/homes> ; skos:prefLabel "Rex"@en .
:dog isothes:narrowerInstantial :rex .
:by-size a skos:Collection , isothes:ThesaurusArray ; skos:prefLabel "dogs by size"@en ; isothes:superOrdinate :dog ;
    skos:member :rex .
:line a skos:OrderedCollection ; skos:prefLabel "in order"@en ; skos:memberList ( :paw :dog ) .
"""
SCHEMES = f"""{HEAD}
<http://example.org/rooms> a skos:ConceptScheme ; dct:title "Rooms"@en ; skos:hasTopConcept :kitchen .
:house a skos:Concept ; skos:inScheme <http://example.org/homes> , <http://example.org/rooms> ; skos:prefLabel "house"@en .
:flat a skos:Concept ; skos:inScheme <http://example.org/homes> ; skos:prefLabel "flat"@en .
:kitchen a skos:Concept ; skos:inScheme <http://example.org/rooms> ; skos:prefLabel "kitchen"@en ; skos:broader :house .
"""
FILES = {"homes": HOMES, "odd": ODD, "xl": XL, "ways": WAYS, "schemes": SCHEMES}


def graph(content, form="ttl"):
    return rdflib.Graph().parse(data=content, format=NAMES[form])


def brought(text, **options):
    outcome = exchange.import_file(actor=None, content=text if isinstance(text, bytes) else text.encode(), **options)
    return Scheme.objects.get(code=outcome.code)


@pytest.mark.parametrize("form", NAMES)
@pytest.mark.parametrize("name", FILES)
def test_it_goes_out_in_every_form_as_it_came(db, name, form):
    scheme = brought(FILES[name])
    assert isomorphic(graph(exchange.export(actor=None, scheme=scheme, form=form), form), graph(FILES[name]))


@pytest.mark.parametrize("form", NAMES)
def test_it_comes_in_in_every_form(db, form):
    given = graph(HOMES).serialize(format=NAMES[form], encoding="utf-8")
    assert isomorphic(graph(exchange.export(actor=None, scheme=brought(given))), graph(HOMES))


@pytest.mark.parametrize("form", NAMES)
def test_it_writes_a_layer_in_every_form_as_it_came(layer, form):
    assert isomorphic(graph(exchange.export(actor=None, scheme=layer, form=form), form), graph(LAYER))


def test_it_writes_a_form_always_in_the_same_order(homes):
    for form in NAMES:
        assert exchange.export(actor=None, scheme=homes, form=form) == exchange.export(
            actor=None, scheme=homes, form=form
        )


@pytest.mark.skipif(not UNESCO.exists(), reason="the large thesaurus is not here")
def test_it_gives_the_large_thesaurus_back(db):
    content = UNESCO.read_bytes()
    back = exchange.export(actor=None, scheme=brought(content))
    assert exchange.same_graph(exchange.parse(back), exchange.parse(content))


def test_it_reads_labels_that_are_things_of_their_own(db):
    brought(XL)
    assert set(Label.objects.values_list("kind", "lang", "text")) == {
        ("pref", "en", "one"),
        ("alt", "es", "uno"),
        ("hidden", "en", "wan"),
    }


def test_it_makes_things_of_labels_when_asked(homes):
    xl = rdflib.Namespace("http://www.w3.org/2008/05/skos-xl#")
    said = graph(exchange.export(actor=None, scheme=homes, labels=True))
    (label,) = said.objects(rdflib.URIRef("http://example.org/homes/shelter"), xl.hiddenLabel)
    assert said.value(label, xl.literalForm) == rdflib.Literal("sheltr", "en")
    assert len(set(said.subjects(rdflib.RDF.type, xl.Label))) == Label.objects.count()


def test_it_names_no_label_twice(db):
    xl = rdflib.Namespace("http://www.w3.org/2008/05/skos-xl#")
    said = graph(exchange.export(actor=None, scheme=brought(XL), labels=True))
    assert len(set(said.subjects(rdflib.RDF.type, xl.Label))) == 3


def test_it_comes_back_the_same_from_labels_that_are_things(homes):
    content = exchange.export(actor=None, scheme=homes, labels=True)
    difference = exchange.import_file(actor=None, content=content, dry_run=True).difference
    assert difference.counts() == {"added": 0, "changed": 0, "removed": 0, "unchanged": 4}


def test_it_understands_in_which_way_a_concept_is_broader(db):
    brought(WAYS)
    assert dict(Relation.objects.values_list("source__key", "kind")) == {
        "dog": "broaderGeneric",
        "paw": "broaderPartitive",
        "rex": "broaderInstantial",
    }


def test_it_says_plain_broader_beside_the_way(db):
    scheme = brought(WAYS.replace("isothes:broaderGeneric :animal", "skos:broader :animal"))
    Relation.objects.filter(source__key="dog").update(kind="broaderGeneric")
    skos = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")
    iso = rdflib.Namespace("http://purl.org/iso25964/skos-thes#")
    said = graph(exchange.export(actor=None, scheme=scheme))
    dog, animal = rdflib.URIRef("http://example.org/homes/dog"), rdflib.URIRef("http://example.org/homes/animal")
    assert (dog, skos.broader, animal) in said
    assert (dog, iso.broaderGeneric, animal) in said


def test_it_knows_an_array_by_the_concept_that_it_parts(db):
    brought(WAYS)
    array = Group.objects.get(key="by-size")
    assert (array.kind, array.superordinate.key) == ("array", "dog")


def test_it_finds_the_members_of_an_ordered_collection(db):
    brought(WAYS)
    assert set(Group.objects.get(key="line").concepts.values_list("key", flat=True)) == {"paw", "dog"}


def test_it_takes_the_concepts_of_every_scheme_in_a_file(db):
    scheme = brought(SCHEMES)
    assert scheme.uri == "http://example.org/homes"
    assert set(scheme.concepts.values_list("key", flat=True)) == {"house", "flat", "kitchen"}


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'{"@id": "http://x/y",\n "http://p": }', 2),
        (b'{"@context": "http://schema.org/", "@id": "http://x/y", "name": "x"}', None),
        (b'[{"@id": "http://x/y"', 1),
    ],
)
def test_it_refuses_json_that_it_cannot_read(db, content, line):
    with pytest.raises(exchange.DraftRefused) as refused:
        exchange.import_file(actor=None, content=content)
    (problem,) = refused.value.problems
    assert (problem.fault, problem.line) == ("syntax", line)


def test_it_tells_forms_apart_by_how_they_begin():
    assert exchange.opening.form_of(b"[] <http://p> 1 .") == "ttl"
    assert exchange.opening.form_of(b"[ <http://p> 1 ] .") == "ttl"
    assert exchange.opening.form_of(b" [\n {") == "jsonld"
    assert exchange.opening.form_of(io.BytesIO(b"<http://s> <http://p> 1 .").read()) == "ttl"
