"""Addresses of the archive's desk."""

from django.urls import path, re_path

from hamroh.archive.views import bringing, consents, telling, units

app_name = "archive-desk"
CODE = r"(?P<code>[0-9a-z]{8})"
urlpatterns = [
    path("", units.units, name="units"),
    path("new/", units.new_unit, name="new"),
    path("tree/", bringing.tree, name="tree"),
    path("moments/", bringing.moments, name="moments"),
    path("moments/new/", bringing.moment, name="new-moment"),
    path("moments/<uuid:pk>/", bringing.moment, name="moment"),
    path("lessons/", telling.sets, name="sets"),
    re_path(rf"^lessons/{CODE}/$", telling.one_set, name="set"),
    re_path(rf"^{CODE}/$", units.unit, name="unit"),
    re_path(rf"^{CODE}/edit/$", units.edit, name="edit"),
    re_path(rf"^{CODE}/move/$", units.move, name="move"),
    re_path(rf"^{CODE}/state/$", units.change_state, name="state"),
    re_path(rf"^{CODE}/media/$", units.add_media, name="add-media"),
    re_path(rf"^{CODE}/media/(?P<pk>[0-9a-f-]{{36}})/$", units.media, name="media"),
    re_path(rf"^{CODE}/media/(?P<pk>[0-9a-f-]{{36}})/original$", units.original, name="original"),
    re_path(rf"^{CODE}/voices/$", consents.add_voice, name="add-voice"),
    re_path(rf"^{CODE}/voices/(?P<pk>[0-9a-f-]{{1,36}})/$", consents.voice, name="voice"),
    re_path(rf"^{CODE}/voices/(?P<pk>[0-9a-f-]{{1,36}})/consent/$", consents.consent, name="consent"),
    re_path(rf"^{CODE}/voices/(?P<pk>[0-9a-f-]{{1,36}})/withdraw/$", consents.withdraw, name="withdraw"),
    re_path(rf"^{CODE}/voices/(?P<pk>[0-9a-f-]{{1,36}})/name/$", consents.narrator, name="narrator"),
    re_path(rf"^{CODE}/words/$", telling.bring, name="bring"),
    re_path(rf"^{CODE}/words/(?P<lang>[a-z]{{2}})/$", telling.words, name="words"),
    re_path(rf"^{CODE}/words/(?P<lang>[a-z]{{2}})\.vtt$", telling.words_file, name="words-file"),
    re_path(rf"^{CODE}/ohms\.xml$", telling.ohms_file, name="ohms"),
    re_path(rf"^{CODE}/parts/$", telling.segment, name="new-part"),
    re_path(rf"^{CODE}/parts/(?P<pk>[0-9a-f-]{{36}})/$", telling.segment, name="part"),
]
