"""Addresses of the desk for lists that come in and centres that are harvested; the desk's own addresses include them."""

from django.urls import URLPattern, path, re_path

from hamroh.library.views import harvests, imports

TOKEN = r"(?P<token>[0-9a-f]{32})"  # noqa: S105 - the form of an address
urlpatterns: list[URLPattern] = [
    path("lists/", imports.brought, name="brought"),
    path("lists/bring/", imports.bring, name="bring"),
    path("lists/records.csv", imports.template, name="template"),
    path("lists/<uuid:pk>/", imports.batch, name="batch"),
    re_path(rf"^lists/{TOKEN}/columns/$", imports.columns, name="columns"),
    re_path(rf"^lists/{TOKEN}/$", imports.look, name="look"),
    path("centres/", harvests.centres, name="centres"),
    path("centres/add/", harvests.add, name="add-centre"),
    path("centres/<slug:key>/", harvests.centre, name="centre"),
    path("centres/<slug:key>/change/", harvests.change, name="change-centre"),
    path("centres/<slug:key>/<slug:code>/", harvests.show, name="show-harvested"),
]
