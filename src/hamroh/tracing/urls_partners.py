"""Addresses under /desk/tracing/partners/."""

from django.urls import path

from hamroh.tracing.views import partners

app_name = "partners"
urlpatterns = [
    path("", partners.requests, name="requests"),
    path("agreements/", partners.agreements, name="agreements"),
    path("agreements/new/", partners.offer, name="offer"),
    path("agreements/<slug:pact>/", partners.agreement, name="agreement"),
    path("agreements/<slug:pact>/decide/", partners.decide, name="decide"),
    path("agreements/<slug:pact>/<uuid:alarm>/", partners.alarm, name="alarm"),
    path("<slug:shown>/", partners.one, name="one"),
    path("<slug:shown>/<uuid:search>/", partners.found, name="found"),
]
