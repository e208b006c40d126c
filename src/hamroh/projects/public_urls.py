"""Addresses of projects that anybody may open."""

from django.urls import URLPattern

app_name = "projects-public"
urlpatterns: list[URLPattern] = []
