"""Addresses of the vocabularies' desk."""

from django.urls import path

from hamroh.thesaurus.keys import register
from hamroh.thesaurus.views import desk, editor, keeping, suggestions

register()

CONCEPT = "in/<slug:layer>/c/<slug:home>/<vocabulary_key:word>"
app_name = "thesaurus-desk"
urlpatterns = [
    path("", desk.bring, name="bring"),
    path("confirm/", desk.confirm, name="confirm"),
    path("mine/", keeping.mine, name="mine"),
    path("mine/new/", keeping.new_layer, name="new-layer"),
    path("suggestions/", suggestions.suggestions, name="suggestions"),
    path("suggestions/<uuid:suggestion>/", suggestions.suggestion, name="suggestion"),
    path("suggestions/<uuid:suggestion>/say/", suggestions.say, name="say"),
    path("suggestions/<uuid:suggestion>/vote/", suggestions.vote, name="vote"),
    path("suggestions/<uuid:suggestion>/decide/", suggestions.decide, name="decide"),
    path("suggestions/<uuid:suggestion>/withdraw/", suggestions.withdraw, name="withdraw"),
    path("suggest/<slug:home>/", suggestions.suggest, name="suggest-new"),
    path("suggest/<slug:home>/<vocabulary_key:word>/", suggestions.suggest, name="suggest"),
    path("in/<slug:layer>/", keeping.scheme, name="scheme"),
    path("in/<slug:layer>/find/", keeping.find, name="find"),
    path("in/<slug:layer>/new/", keeping.new_concept, name="new-concept"),
    path("in/<slug:layer>/groups/", keeping.groups, name="groups"),
    path("in/<slug:layer>/groups/<vocabulary_key:group>/away/", keeping.drop_group, name="drop-group"),
    path("in/<slug:layer>/checks/", keeping.checks, name="checks"),
    path("in/<slug:layer>/checks/mend/", keeping.mend, name="mend"),
    path("in/<slug:layer>/impact/", keeping.impact, name="impact"),
    path("in/<slug:layer>/release/", keeping.release, name="release"),
    path(f"{CONCEPT}/", editor.concept, name="concept"),
    path(f"{CONCEPT}/take/", editor.take, name="take"),
    path(f"{CONCEPT}/approve/", editor.approve, name="approve"),
    path(f"{CONCEPT}/label/<uuid:label>/", editor.edit_label, name="edit-label"),
    path(f"{CONCEPT}/add/<slug:part>/", editor.part, name="part"),
]
