"""Addresses of the filler in the browser."""

from django.urls import path

from hamroh.fieldwork.views import filler, filler_api

app_name = "filler"
urlpatterns = [
    path("", filler.page, name="page"),
    path("worker.js", filler.worker, name="worker"),
    path("app.webmanifest", filler.manifest, name="manifest"),
    path("icon.svg", filler.icon, name="icon"),
    path("here/", filler.here, name="here"),
    path("bring/", filler.bring, name="bring"),
    path("api/", filler_api.root, name="api"),
    path("api/device", filler_api.device, name="api-device"),
    path("api/forms", filler_api.forms, name="api-forms"),
    path("api/forms/<uuid:version>", filler_api.form, name="api-form"),
    path("api/media/<uuid:media>", filler_api.media, name="api-media"),
    path("api/packages", filler_api.package, name="api-packages"),
]
