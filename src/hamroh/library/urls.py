"""Public addresses of the library, under the language."""

from django.urls import URLPattern

app_name = "library"
urlpatterns: list[URLPattern] = []
