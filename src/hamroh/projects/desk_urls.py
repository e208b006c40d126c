"""Addresses of the desk of projects: register, results, activities, campaigns."""

from django.urls import URLPattern

app_name = "projects"
urlpatterns: list[URLPattern] = []
