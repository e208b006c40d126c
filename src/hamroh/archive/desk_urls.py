"""Addresses of the archive's desk."""

from django.urls import URLPattern

app_name = "archive-desk"
urlpatterns: list[URLPattern] = []
