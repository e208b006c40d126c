"""Lasting addresses of vocabularies and concepts, outside the languages."""

from django.urls import path

from hamroh.thesaurus.keys import register
from hamroh.thesaurus.views import identity

register()

urlpatterns = [
    path("<slug:code>", identity.scheme, name="scheme-id"),
    path("<slug:code>.<slug:form>", identity.scheme_data, name="scheme-data"),
    path("<slug:code>/<vocabulary_key:key>", identity.concept, name="concept-id"),
]
