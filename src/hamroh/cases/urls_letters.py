"""Addresses of a case's letters."""

from django.urls import path

from hamroh.cases.views import letters

urlpatterns = [
    path("<slug:code>/letters/", letters.case_letters, name="letters"),
    path("<slug:code>/letters/<slug:letter>/", letters.case_letter, name="letter"),
]
