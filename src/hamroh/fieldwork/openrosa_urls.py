"""Addresses that apps which speak OpenRosa ask."""

from django.urls import URLPattern

app_name = "openrosa"
urlpatterns: list[URLPattern] = []
