"""Addresses of reports about violence: incidents and how cases are run, counted."""

from django.urls import path

from hamroh.statistics.views import incidents

app_name = "incidents"
urlpatterns = [
    path("", incidents.report, name="report"),
    path("figures.xlsx", incidents.file, name="file"),
    path("work/", incidents.figures, name="figures"),
    path("rates/", incidents.rates, name="rates"),
]
