"""Feeds of the vocabularies, one for each language."""

from django.urls import path

from hamroh.thesaurus.views import feeds

urlpatterns = [path("<slug:code>.<slug:lang>.atom", feeds.changes, name="thesaurus-feed")]
