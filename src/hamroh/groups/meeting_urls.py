"""Addresses of meetings: attendance, savings, loans, decisions; the phone that holds them without a line."""

from django.urls import URLPattern

app_name = "meetings"
urlpatterns: list[URLPattern] = []
