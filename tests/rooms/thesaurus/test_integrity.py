"""A file that reads well and breaks a condition of SKOS is refused with the reason, however it came to be."""

import pytest
from rooms_thesaurus_data import HOMES, LAYER

from hamroh.thesaurus import exchange, integrity
from hamroh.thesaurus.drafts import DraftRefused, Fault
from hamroh.thesaurus.models import Concept, Label

SAFE = ":safe a skos:Collection , isothes:ConceptGroup"
XL = """
@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
:house xl:altLabel :word . :word a xl:Label %s .
"""
MATCH = "skos:exactMatch <http://example.org/other/42>"


def bring(text, **options):
    return exchange.import_file(actor=None, content=text.encode(), **options)


def refused(text, **options):
    with pytest.raises(DraftRefused) as caught:
        bring(text, **options)
    return caught.value.problems


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (HOMES.replace('"dwelling"@en', '"home"@en'), Fault.TWO_KINDS),
        (HOMES.replace('"sheltr"@en', '"shelter"@en'), Fault.TWO_KINDS),
        (HOMES.replace('"sheltr"@en', '"x"@tg-Latn ; skos:altLabel "x"@tg-Latn'), Fault.TWO_KINDS),
        (HOMES.replace('"sheltr"@en', '"x" ; skos:altLabel "x"'), Fault.TWO_KINDS),
        (HOMES.replace('"Refuges"@en', '"Safe places"@en'), Fault.TWO_KINDS),
        (HOMES.replace('"Safe places"@en', '"Safe places"@en , "Refuges here"@en'), Fault.TWO_PREFERRED),
        (HOMES.replace('"H1"', '"H1" ; skos:related :home'), Fault.RELATED_ABOVE),
        (HOMES.replace('"night shelter"@en', '"night shelter"@en ; skos:related :home'), Fault.RELATED_ABOVE),
        (HOMES.replace('"dwelling"@en', '"dwelling"@en ; skos:related :night-shelter'), Fault.RELATED_ABOVE),
        (HOMES.replace(MATCH, f"{MATCH} ; {MATCH.replace('exact', 'broad')}"), Fault.MATCHED_TWICE),
        (HOMES.replace(MATCH, f"{MATCH} ; {MATCH.replace('exact', 'related')}"), Fault.MATCHED_TWICE),
        (HOMES.replace(MATCH, "skos:broadMatch :o ; skos:relatedMatch :o"), Fault.MATCHED_TWICE),
        (HOMES.replace(SAFE, f"{SAFE} , skos:ConceptScheme"), Fault.TWO_THINGS),
        (HOMES + XL % "", Fault.LITERAL_FORM),
        (HOMES + XL % '; xl:literalForm "a"@en , "b"@en', Fault.LITERAL_FORM),
    ],
)
def test_it_refuses_what_breaks_a_condition(db, text, fault):
    assert [problem.fault for problem in refused(text)] == [fault]


def test_it_refuses_a_concept_that_is_a_collection(db):
    assert Fault.TWO_THINGS in {
        problem.fault for problem in refused(HOMES.replace(":house a", ":house a skos:Collection ,"))
    }


def test_it_leaves_nothing_of_what_it_refused(db):
    refused(HOMES.replace('"dwelling"@en', '"home"@en'))
    assert not Concept.objects.exists()


def test_it_names_the_line_of_a_label_in_two_kinds(db):
    text = HOMES.replace('"sheltr"@en', '"shelter"@en')
    (problem,) = refused(text)
    assert problem.line == text[: text.index('"shelter"@en')].count("\n") + 1


def test_it_lets_a_repeated_name_pass_in_a_language_that_nobody_reads_here(db):
    bring(HOMES.replace('"sheltr"@en', '"ملجأ"@ar ; skos:altLabel "ملجأ"@ar'))
    assert Label.objects.filter(text="ملجأ").count() == 2


def test_it_sees_what_a_layer_makes_wrong_in_the_base(homes):
    crossing = LAYER + "base:house skos:broader base:shelter .\n"
    assert Fault.RELATED_ABOVE in {each.fault for each in refused(crossing, extends="homes", layer="national")}


def test_it_does_not_blame_a_layer_for_its_base(homes):
    from hamroh.thesaurus.models import Relation

    house, home = Concept.objects.get(key="house"), Concept.objects.get(key="home")
    for one, other in ((house, home), (home, house)):
        Relation.objects.create(source=one, target=other, kind="related", scheme=homes)
    assert bring(LAYER, extends="homes", layer="national").is_new


def test_it_refuses_a_tangle_that_no_table_can_hold(db, monkeypatch):
    monkeypatch.setattr(integrity, "_MOST_ABOVE_ANYWAY", 0)
    monkeypatch.setattr(integrity, "_MOST_ABOVE", 1)
    assert [problem.fault for problem in refused(HOMES)] == [Fault.TANGLED]


def test_it_refuses_a_sheet_for_the_same_reason(homes):
    (problem,) = refused("key,alt:en\nhouse,house | cottage\n", code="homes")
    assert (problem.fault, problem.line) == (Fault.TWO_KINDS, 2)
