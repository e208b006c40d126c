"""Public addresses of the library, under the language."""

from django.urls import path, re_path

from hamroh.library.views import files, public

app_name = "library"
CODE = r"(?P<code>[0-9a-z]{8})"
UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
urlpatterns = [
    path("", public.home, name="home"),
    path("k/<slug:kind>/", public.shelf, name="shelf"),
    re_path(rf"^{CODE}/$", public.record, name="record"),
    re_path(rf"^{CODE}/print/$", public.printed, name="printed"),
    re_path(rf"^{CODE}/cite\.(?P<form>json|ris|bib)$", public.cite, name="cite"),
    re_path(rf"^{CODE}/files/(?P<file>{UUID})$", files.public, name="file"),
]
