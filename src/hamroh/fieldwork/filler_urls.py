"""Addresses of the filler in the browser."""

from django.urls import URLPattern

app_name = "filler"
urlpatterns: list[URLPattern] = []
