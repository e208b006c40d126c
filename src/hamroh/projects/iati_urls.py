"""Addresses of IATI files that anybody may fetch."""

from django.urls import URLPattern

app_name = "iati"
urlpatterns: list[URLPattern] = []
