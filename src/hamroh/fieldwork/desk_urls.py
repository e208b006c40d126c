"""Addresses of the desk of fieldwork: forms, devices, keys."""

from django.urls import path, re_path

from hamroh.fieldwork.views import devices, forms

app_name = "fieldwork-desk"
_VERSION = "f/<slug:code>/<uuid:pk>/"
urlpatterns = [
    path("", forms.all_forms, name="forms"),
    path("new/", forms.bring, name="bring"),
    path("f/<slug:code>/", forms.one, name="form"),
    path("f/<slug:code>/assign/", forms.assign, name="assign"),
    path("f/<slug:code>/assigned/<uuid:pk>/end/", forms.end_assignment, name="end-assignment"),
    path(_VERSION, forms.version, name="version"),
    path(f"{_VERSION}move/", forms.move, name="move"),
    path(f"{_VERSION}media/", forms.media, name="media"),
    re_path(
        r"^f/(?P<code>[\w-]+)/(?P<pk>[0-9a-f-]{36})/(?P<what>form\.xml|form\.xlsx)$", forms.download, name="download"
    ),
    path("devices/", devices.devices, name="devices"),
    path("devices/new/", devices.make, name="make-device"),
    path("devices/<slug:code>/revoke/", devices.revoke, name="revoke-device"),
    path("keys/", devices.keys, name="keys"),
    path("keys/<slug:code>/retire/", devices.retire, name="retire-key"),
]
