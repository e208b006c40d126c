"""Addresses under /iiif/: manifests, collections, and the recordings and pictures that they name."""

from django.urls import path, re_path

from hamroh.archive.views import serving

app_name = "iiif"
CODE = r"(?P<code>[0-9a-z]{8})"
urlpatterns = [
    path("collection", serving.collection, name="collections"),
    re_path(rf"^{CODE}/manifest$", serving.manifest, name="manifest"),
    re_path(rf"^{CODE}/collection$", serving.collection, name="collection"),
    re_path(rf"^{CODE}/words/(?P<lang>[a-z]{{2}})$", serving.words, name="words"),
    path("media/<uuid:pk>/sound", serving.sound, name="sound"),
    path("media/<uuid:pk>/<int:width>.jpg", serving.picture, name="picture"),
]
