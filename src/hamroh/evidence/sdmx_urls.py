"""Addresses of the SDMX web service, as its standard has them: without a language, with or without a stroke at the end."""

from django.urls import path, re_path

from hamroh.evidence.views import sdmx

app_name = "sdmx"
urlpatterns = [
    path("", sdmx.home, name="home"),
    re_path(r"^structure/(?P<parts>[^?]+?)/?$", sdmx.structure, name="structure"),
    re_path(r"^data/(?P<parts>[^?]+?)/?$", sdmx.data, name="data"),
]
