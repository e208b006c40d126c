"""Addresses of the library's desk."""

from django.urls import URLPattern, URLResolver, path, re_path

from hamroh.library import exchange_urls
from hamroh.library.views import copies, desk, files, subjects

app_name = "library-desk"
CODE = r"(?P<code>[0-9a-z]{8})"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.records, name="records"),
    path("new/<slug:kind>/", desk.new, name="new"),
    re_path(rf"^{CODE}/$", desk.record, name="record"),
    re_path(rf"^{CODE}/edit/$", desk.edit, name="edit"),
    re_path(rf"^{CODE}/move/$", desk.move, name="move"),
    re_path(rf"^{CODE}/order/$", desk.order, name="order"),
    re_path(rf"^{CODE}/subjects/$", subjects.subjects, name="subjects"),
    re_path(rf"^{CODE}/files/$", files.files, name="files"),
    re_path(rf"^{CODE}/files/(?P<file>[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})/$", files.file, name="file"),
    re_path(
        rf"^{CODE}/files/(?P<file>[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})/content$",
        files.content,
        name="content",
    ),
    re_path(rf"^{CODE}/copies/$", copies.copies, name="copies"),
    re_path(rf"^{CODE}/copies/sheet/$", copies.sheet, name="sheet"),
    re_path(
        rf"^{CODE}/copies/(?P<row>[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})/$",
        copies.remove,
        name="remove-copies",
    ),
    *exchange_urls.urlpatterns,
]
