"""Addresses of the vocabularies' desk."""

from django.urls import path

from hamroh.thesaurus.views import desk

app_name = "thesaurus-desk"
urlpatterns = [
    path("", desk.bring, name="bring"),
    path("confirm/", desk.confirm, name="confirm"),
]
