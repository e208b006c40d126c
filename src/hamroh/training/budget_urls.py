"""Addresses of the household budget; it leaves nothing on the server."""

from django.urls import URLPattern

app_name = "budget"
urlpatterns: list[URLPattern] = []
