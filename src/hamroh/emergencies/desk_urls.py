"""Addresses of the desk of emergencies."""

from django.urls import URLPattern

app_name = "emergencies"
urlpatterns: list[URLPattern] = []
