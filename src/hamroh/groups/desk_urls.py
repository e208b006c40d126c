"""Addresses of the desk of groups: members, memoranda, help given, places to stay."""

from django.urls import URLPattern

app_name = "groups"
urlpatterns: list[URLPattern] = []
