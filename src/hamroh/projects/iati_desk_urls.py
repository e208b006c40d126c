"""Addresses of the desk where projects meet the IATI standard."""

from django.urls import URLPattern

app_name = "iati-desk"
urlpatterns: list[URLPattern] = []
