"""Addresses of the public vocabularies, under the language."""

from django.urls import path

from hamroh.thesaurus.keys import register
from hamroh.thesaurus.views import public

register()

app_name = "thesaurus"
urlpatterns = [
    path("", public.home, name="home"),
    path("<slug:code>/", public.scheme, name="scheme"),
    path("<slug:code>/tree/", public.tree, name="tree"),
    path("<slug:code>/a-z/", public.letters, name="letters"),
    path("<slug:code>/g/<vocabulary_key:key>/", public.group, name="group"),
    path("<slug:code>/c/<vocabulary_key:key>/", public.concept, name="concept"),
]
