"""Addresses of the desk of statistics: tables, releases, what donors were given."""

from django.urls import URLPattern

app_name = "statistics"
urlpatterns: list[URLPattern] = []
