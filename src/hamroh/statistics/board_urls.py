"""Addresses of the boards: what a supervisor, a programme manager and a network look at first."""

from django.urls import URLPattern

app_name = "boards"
urlpatterns: list[URLPattern] = []
