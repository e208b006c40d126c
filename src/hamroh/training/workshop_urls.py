"""Addresses of workshops on a household budget: codes, and totals that enough people chose to share."""

from django.urls import URLPattern

app_name = "workshops"
urlpatterns: list[URLPattern] = []
