"""Addresses of the library's desk."""

from django.urls import URLPattern

app_name = "library-desk"
urlpatterns: list[URLPattern] = []
