"""Addresses of reports to donors."""

from django.urls import URLPattern

app_name = "project-reports"
urlpatterns: list[URLPattern] = []
