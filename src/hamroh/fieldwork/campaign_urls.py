"""Addresses of what came in, of campaigns and of days in the villages."""

from django.urls import URLPattern

app_name = "field-results"
urlpatterns: list[URLPattern] = []
