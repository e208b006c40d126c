"""Addresses of the pages's desk."""

from django.urls import URLPattern

app_name = "pages-desk"
urlpatterns: list[URLPattern] = []
