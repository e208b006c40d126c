"""Addresses of the help finder, under a neutral word and letters: they stay in a phone's history."""

from django.urls import path

from hamroh.directory.views import finder, finder_keep

app_name = "finder"
urlpatterns = [
    path("", finder.start, name="start"),
    path("w", finder.words, name="words"),
    path("v", finder.place, name="place"),
    path("e/<str:code>", finder.entry, name="entry"),
    path("e/<str:code>/r", finder.report, name="report"),
    path("p/<int:code>", finder.leaflet, name="leaflet"),
    path("k", finder_keep.explain, name="keep"),
    path("k/f", finder_keep.file, name="file"),
    path("o/", finder_keep.kept, name="kept"),
    path("o/c", finder_keep.copy, name="copy"),
    path("o/w.js", finder_keep.worker, name="worker"),
]
