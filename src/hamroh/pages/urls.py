"""Public addresses of the pages, under the language."""

from django.urls import URLPattern

app_name = "pages"
urlpatterns: list[URLPattern] = []
