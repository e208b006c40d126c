"""Lasting addresses of concepts, outside the languages."""

from django.urls import path

from hamroh.thesaurus.views import public

urlpatterns = [path("<slug:code>/<str:key>", public.identity, name="concept-id")]
