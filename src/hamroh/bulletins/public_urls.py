"""Addresses of bulletins that anybody may open, and of readers who want them."""

from django.urls import URLPattern

app_name = "bulletins-public"
urlpatterns: list[URLPattern] = []
