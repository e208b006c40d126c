"""Public addresses of the archive, under the language."""

from django.urls import URLPattern

app_name = "archive"
urlpatterns: list[URLPattern] = []
