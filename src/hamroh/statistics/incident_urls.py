"""Addresses of reports about violence: incidents and how cases are run, counted."""

from django.urls import URLPattern

app_name = "incidents"
urlpatterns: list[URLPattern] = []
