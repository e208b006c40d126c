"""Lasting addresses of concepts, outside the languages."""

from django.urls import path

from hamroh.thesaurus.keys import register
from hamroh.thesaurus.views import public

register()

urlpatterns = [path("<slug:code>/<vocabulary_key:key>", public.identity, name="concept-id")]
