"""A broken file is refused with every reason and its line; nothing of it stays."""

import io
import zipfile

import pytest
from rooms_thesaurus_data import HOMES, LAYER

from hamroh.thesaurus import exchange
from hamroh.thesaurus.drafts import DraftRefused, Fault
from hamroh.thesaurus.models import Concept, Scheme, Statement
from hamroh.thesaurus.words import FAULTS, say

XML = """\
<?xml version="1.0" encoding="UTF-8"?>
%s<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
<skos:ConceptScheme rdf:about="http://example.org/s"/>
<skos:Concept rdf:about="http://example.org/s/one">
  <skos:inScheme rdf:resource="http://example.org/s"/>
  <skos:prefLabel xml:lang="en">%s</skos:prefLabel>
</skos:Concept>
</rdf:RDF>
"""


def refused(content, **options):
    with pytest.raises(DraftRefused) as caught:
        exchange.import_file(actor=None, content=content if isinstance(content, bytes) else content.encode(), **options)
    return caught.value.problems


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


def zipped():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("homes.ttl", HOMES)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.EMPTY),
        (b" \n\n", Fault.EMPTY),
        (zipped(), Fault.ARCHIVE),
        (b"\x1f\x8b\x08\x00rest", Fault.ARCHIVE),
        (HOMES.encode("utf-16"), Fault.ENCODING),
        (HOMES.encode("cp1251", errors="replace"), Fault.ENCODING),
        (HOMES.replace("dwelling", "dwel\0ling").encode(), Fault.CHARACTER),
        (HOMES.replace("dwelling", "dwel\\u0000ling").encode(), Fault.CHARACTER),
        (HOMES[: len(HOMES) // 2].encode(), Fault.SYNTAX),
        (b"%PDF-1.7 nothing of this kind", Fault.SYNTAX),
        (b"<html><body>Page not found</body></html>", Fault.SYNTAX),
        (b"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .", Fault.NO_SCHEME),
        (b"<http://x/s> a <http://www.w3.org/2004/02/skos/core#ConceptScheme> .", Fault.NO_CONCEPTS),
        (b"<http://x/s> a <<( <http://x/a> <http://x/b> <http://x/c> )>> .", Fault.UNSUPPORTED),
    ],
)
def test_it_refuses_what_is_no_vocabulary(db, content, fault):
    assert [problem.fault for problem in refused(content)] == [fault]


def test_it_names_the_line_of_a_cut(db):
    cut = HOMES[: HOMES.index(":night-shelter a") + 30]
    assert refused(cut)[0].line == cut.count("\n") + 1


def test_it_names_the_line_of_wrong_letters(db):
    content = HOMES.encode().replace(b"ev", b"\xfe\xfe", 1)
    assert refused(content)[0].line == line_of(HOMES, '"ev"')


def test_it_refuses_two_preferred_labels_in_a_language(db):
    text = HOMES.replace('"house"@en', '"house"@en , "building"@en')
    (problem,) = refused(text)
    assert (problem.fault, problem.line) == (Fault.TWO_PREFERRED, line_of(text, '"building"@en'))
    assert "“building”, “house”" in problem.detail


def test_it_refuses_a_ring_and_names_the_path(db):
    text = HOMES.replace('"home"@en', '"home"@en ; skos:broader :night-shelter ; skos:altLabel "x"@en')
    (problem,) = refused(text)
    assert problem.fault is Fault.CYCLE
    assert problem.detail in {
        "home → night-shelter → house → home",
        "night-shelter → house → home → night-shelter",
        "house → home → night-shelter → house",
    }


def test_it_refuses_a_concept_under_itself(db):
    text = HOMES.replace("skos:broader :shelter , :house", "skos:broader :night-shelter")
    (problem,) = refused(text)
    assert (problem.fault, problem.detail) == (Fault.CYCLE, "night-shelter → night-shelter")


def test_it_refuses_a_concept_without_a_scheme(db):
    start = HOMES.index(":house a")
    text = HOMES[:start] + HOMES[start:].replace("    skos:inScheme <http://example.org/homes> ;\n", "", 1)
    (problem,) = refused(text)
    assert (problem.fault, problem.line) == (Fault.OUTSIDE_SCHEME, line_of(text, ":house a"))


@pytest.mark.parametrize("relation", ["broader", "narrower", "related"])
def test_it_refuses_a_relation_that_leads_nowhere(db, relation):
    text = HOMES.replace('skos:notation "H1"', f"skos:{relation} :castle")
    (problem,) = refused(text)
    assert (problem.fault, problem.line) == (Fault.UNKNOWN_CONCEPT, line_of(text, ":castle"))


def test_it_refuses_a_concept_without_a_preferred_label(db):
    text = HOMES.replace('skos:prefLabel "house"@en , "жилой дом"@ru', 'skos:altLabel "house"@en')
    assert [problem.fault for problem in refused(text)] == [Fault.NO_LABEL]


def test_it_refuses_a_giant_text(db):
    text = HOMES.replace("A safe place to stay.", "A safe place. " * 5000)
    (problem,) = refused(text)
    assert problem.fault is Fault.LITERAL_TOO_LONG
    assert len(problem.detail) < 100


def test_it_refuses_a_label_that_no_page_can_show(db):
    assert refused(HOMES.replace('"house"@en', f'"{"house " * 100}"@en'))[0].fault is Fault.LABEL_TOO_LONG


def test_it_refuses_a_file_that_is_too_large(db, monkeypatch):
    monkeypatch.setattr(exchange.opening, "LARGEST_FILE", 1000)
    assert refused(HOMES)[0].fault is Fault.TOO_LARGE


def test_it_refuses_too_many_statements(db, monkeypatch):
    monkeypatch.setattr(exchange.rdf, "MOST_TRIPLES", 20)
    assert refused(HOMES)[0].fault is Fault.TOO_LARGE


def test_it_tells_every_reason_at_once(db):
    text = HOMES.replace('"house"@en', '"house"@en , "building"@en').replace(
        'skos:notation "H1"', "skos:broader :castle"
    )
    assert {problem.fault for problem in refused(text)} == {Fault.TWO_PREFERRED, Fault.UNKNOWN_CONCEPT}


BOMB = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>\n'
OUTSIDE = '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]>\n'
PARAMETER = "<!DOCTYPE r [<!ENTITY % a \"<!ENTITY b 'c'>\"> %a;]>\n"


@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE, PARAMETER])
def test_it_refuses_entities_that_grow_or_reach_outside(db, doctype):
    (problem,) = refused(XML % (doctype, "one"))
    assert (problem.fault, problem.line) == (Fault.ENTITY, 2)


def test_it_reads_an_entity_that_shortens_an_address(db):
    doctype = '<!DOCTYPE r [<!ENTITY ex "http://example.org/">]>\n'
    text = (XML % (doctype, "one")).replace('about="http://example.org/s/one"', 'about="&ex;s/one"')
    exchange.import_file(actor=None, content=text.encode())
    assert Concept.objects.get().uri == "http://example.org/s/one"


def test_it_names_the_line_of_broken_xml(db):
    (problem,) = refused((XML % ("", "one")).replace("</skos:Concept>", "</skos:Konzept>"))
    assert (problem.fault, problem.line) == (Fault.SYNTAX, 7)


def test_it_names_the_line_in_xml_too(db):
    text = (XML % ("", "one")).replace(
        "</skos:Concept>", '  <skos:broader rdf:resource="http://example.org/s/two"/>\n</skos:Concept>'
    )
    (problem,) = refused(text)
    assert (problem.fault, problem.line) == (Fault.UNKNOWN_CONCEPT, 7)


def test_it_keeps_nothing_of_a_refused_file(db):
    refused(HOMES.replace('skos:notation "H1"', "skos:broader :castle"))
    assert not Scheme.objects.exists()
    assert not Concept.objects.exists()


def test_it_changes_nothing_when_writing_fails(homes, monkeypatch):
    from hamroh.thesaurus.actions import imports

    before = set(Statement.objects.values_list("subject", "predicate", "object"))
    monkeypatch.setattr(imports, "recompute_closure", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        exchange.import_file(actor=None, content=HOMES.replace('"house"@en', '"villa"@en').encode())
    assert set(Statement.objects.values_list("subject", "predicate", "object")) == before


def test_it_refuses_a_code_that_another_scheme_has(homes):
    other = HOMES.replace("example.org/homes", "example.org/flats")
    assert refused(other, code="homes")[0].fault is Fault.TAKEN


def test_it_refuses_a_concept_that_another_scheme_has(homes):
    other = HOMES.replace("<http://example.org/homes>", "<http://example.org/flats>")
    assert {problem.fault for problem in refused(other, code="flats")} == {Fault.TAKEN}


@pytest.mark.parametrize("code", ["два слова", "../up", "a" * 61])
def test_it_refuses_a_code_that_is_no_code(db, code):
    assert refused(HOMES, code=code)[0].fault is Fault.CODE


def test_it_refuses_a_layer_over_nothing(db):
    assert refused(LAYER, extends="homes")[0].fault is Fault.CODE


def test_it_refuses_a_ring_across_layers(homes):
    text = LAYER.replace("base:house skos:prefLabel", "base:home skos:broader :mehmonkhona . base:house skos:prefLabel")
    assert [problem.fault for problem in refused(text, extends="homes")] == [Fault.CYCLE]


def test_it_refuses_a_newer_base_that_closes_a_ring_with_a_layer(homes):
    apart = HOMES.replace("skos:related", "ex:beside")
    exchange.import_file(actor=None, content=apart.encode())
    over = LAYER.replace(
        "base:house skos:prefLabel", "base:shelter skos:broader :mehmonkhona . base:house skos:prefLabel"
    )
    exchange.import_file(actor=None, content=over.encode(), extends="homes", layer="national")
    ring = apart.replace('"house"@en', '"house"@en ; skos:broader :shelter ; skos:altLabel "y"@en')
    assert refused(ring)[0].fault is Fault.CYCLE
    assert not Concept.objects.filter(labels__text="y").exists()


def test_it_has_words_for_every_fault():
    assert set(FAULTS) == set(Fault)


def test_it_names_what_is_wrong(db):
    (problem,) = refused(HOMES.replace('skos:notation "H1"', "skos:broader :castle"))
    assert "homes/house is related to http://example.org/homes/castle" in say(problem)
