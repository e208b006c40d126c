"""Addresses of the interface that programs made for Skosmos read."""

from django.urls import path

from hamroh.thesaurus.keys import register
from hamroh.thesaurus.views import rest

register()

_RELATIONS = ("broader", "narrower", "related")

app_name = "thesaurus-rest"
urlpatterns = [
    path("swagger.json", rest.description, name="description"),
    path("vocabularies", rest.vocabularies, name="vocabularies"),
    path("search", rest.search, name="search"),
    path("label", rest.label, name="label"),
    path("data", rest.data, name="data"),
    path("types", rest.types, name="types"),
    path("<slug:code>/", rest.vocabulary, name="vocabulary"),
    path("<slug:code>/types", rest.types, name="vocabulary-types"),
    path("<slug:code>/topConcepts", rest.top_concepts, name="top-concepts"),
    path("<slug:code>/data", rest.data, name="vocabulary-data"),
    path("<slug:code>/search", rest.search, name="vocabulary-search"),
    path("<slug:code>/lookup", rest.lookup, name="lookup"),
    path("<slug:code>/vocabularyStatistics", rest.vocabulary_statistics, name="vocabulary-statistics"),
    path("<slug:code>/labelStatistics", rest.label_statistics, name="label-statistics"),
    path("<slug:code>/index/", rest.letters, name="letters"),
    path("<slug:code>/index/<vocabulary_key:initial>", rest.letter, name="letter"),
    path("<slug:code>/label", rest.label, name="vocabulary-label"),
    *(path(f"<slug:code>/{name}", rest.around, {"relation": name}, name=name) for name in _RELATIONS),
    *(
        path(f"<slug:code>/{name}Transitive", rest.transitive, {"relation": name}, name=f"{name}-transitive")
        for name in ("broader", "narrower")
    ),
    path("<slug:code>/children", rest.children, name="children"),
    path("<slug:code>/groups", rest.groups, name="groups"),
    path("<slug:code>/groupMembers", rest.group_members, name="group-members"),
    path("<slug:code>/hierarchy", rest.hierarchy, name="hierarchy"),
    path("<slug:code>/mappings", rest.mappings, name="mappings"),
    path("<slug:code>/new", rest.changed, {"new": True}, name="new"),
    path("<slug:code>/modified", rest.changed, {"new": False}, name="modified"),
]
