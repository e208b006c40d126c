"""Addresses of the desk of fieldwork."""

from django.urls import URLPattern

app_name = "fieldwork-desk"
urlpatterns: list[URLPattern] = []
