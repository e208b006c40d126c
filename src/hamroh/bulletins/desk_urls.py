"""Addresses of the desk of bulletins: issues, readers, sending."""

from django.urls import URLPattern

app_name = "bulletins"
urlpatterns: list[URLPattern] = []
