"""A small vocabulary about homes, in Turtle, and a layer that lies on it."""

HOMES = """\
@prefix : <http://example.org/homes/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix isothes: <http://purl.org/iso25964/skos-thes#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://example.org/own#> .

<http://example.org/homes> a skos:ConceptScheme ;
    dct:title "Homes"@en , "Жильё"@ru ;
    dct:license <http://creativecommons.org/licenses/by/4.0/> ;
    dct:modified "2024-03-25"^^xsd:date ;
    skos:hasTopConcept :home .

:home a skos:Concept ;
    skos:inScheme <http://example.org/homes> ;
    skos:topConceptOf <http://example.org/homes> ;
    skos:prefLabel "home"@en , "дом"@ru , "ev"@az , "хона"@tg ;
    skos:altLabel "dwelling"@en , "жилище"@ru ;
    skos:narrower :house , :shelter .

:house a skos:Concept ;
    skos:inScheme <http://example.org/homes> ;
    skos:broader :home ;
    skos:prefLabel "house"@en , "жилой дом"@ru ;
    skos:notation "H1" ;
    skos:related :shelter .

:shelter a skos:Concept ;
    skos:inScheme <http://example.org/homes> ;
    skos:broader :home ;
    skos:prefLabel "shelter"@en , "убежище"@ru , "sığınacaq"@az , "паноҳгоҳ"@tg ;
    skos:hiddenLabel "sheltr"@en ;
    skos:definition "A safe place to stay."@en ;
    skos:exactMatch <http://example.org/other/42> ;
    ex:checked [ ex:by "somebody" ; ex:at "2024"^^xsd:gYear ] ;
    skos:related :house .

:night-shelter a skos:Concept ;
    skos:inScheme <http://example.org/homes> ;
    skos:broader :shelter , :house ;
    skos:prefLabel "night shelter"@en , "ночлежка"@ru .

:safe a skos:Collection , isothes:ConceptGroup ;
    skos:inScheme <http://example.org/homes> ;
    skos:prefLabel "Safe places"@en ;
    skos:altLabel "Refuges"@en ;
    skos:member :shelter , :night-shelter .
"""

LAYER = """\
@prefix : <http://example.org/tj/> .
@prefix base: <http://example.org/homes/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .

<http://example.org/tj> a skos:ConceptScheme ; dct:title "Homes in Tajikistan"@en .

:mehmonkhona a skos:Concept ;
    skos:inScheme <http://example.org/tj> ;
    skos:prefLabel "меҳмонхона"@tg , "guest room"@en ;
    skos:broader base:house .

base:house skos:prefLabel "хонаи истиқоматӣ"@tg ; skos:altLabel "ҳавлӣ"@tg .
"""
