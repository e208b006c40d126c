"""Addresses of training that anybody may open: rounds that are announced, sign-up, certificates."""

from django.urls import URLPattern

app_name = "training-public"
urlpatterns: list[URLPattern] = []
