"""Addresses of the public vocabularies, under the language."""

from django.urls import path

from hamroh.thesaurus.keys import register
from hamroh.thesaurus.views import public, releases, suggestions

register()

app_name = "thesaurus"
urlpatterns = [
    path("", public.home, name="home"),
    path("offered/", public.offered, name="offered"),
    path("thanks/", suggestions.thanks, name="thanks"),
    path("<slug:code>/", public.scheme, name="scheme"),
    path("<slug:code>/suggest/", suggestions.public_suggest, name="suggest-new"),
    path("<slug:code>/releases/", releases.releases, name="releases"),
    path("<slug:code>/releases/<release_number:number>/", releases.release, name="release"),
    path("<slug:code>/releases/<release_number:number>.csv", releases.release_csv, name="release-csv"),
    path("<slug:code>/tree/", public.tree, name="tree"),
    path("<slug:code>/a-z/", public.letters, name="letters"),
    path("<slug:code>/g/<vocabulary_key:key>/", public.group, name="group"),
    path("<slug:code>/c/<vocabulary_key:key>/", public.concept, name="concept"),
    path("<slug:code>/c/<vocabulary_key:key>/suggest/", suggestions.public_suggest, name="suggest"),
]
