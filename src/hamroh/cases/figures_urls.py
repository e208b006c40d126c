"""Addresses under /desk/figures/."""

from django.urls import path

from hamroh.cases.views import figures

app_name = "figures"
urlpatterns = [
    path("", figures.figures, name="page"),
    path("release/", figures.release, name="release"),
    path("<uuid:release>/csv/", figures.file, {"form": "csv"}, name="csv"),
    path("<uuid:release>/xlsx/", figures.file, {"form": "xlsx"}, name="xlsx"),
]
