"""Addresses of the desk of training: courses, rounds, people, events."""

from django.urls import URLPattern

app_name = "training"
urlpatterns: list[URLPattern] = []
