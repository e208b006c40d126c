"""Addresses of workshops on a household budget: codes, and totals that enough people chose to share."""

from django.urls import path

from hamroh.training.views import workshops

app_name = "workshops"
urlpatterns = [
    path("<slug:code>/", workshops.of_round, name="round"),
    path("<slug:code>/<uuid:workshop>/close/", workshops.close, name="close"),
]
