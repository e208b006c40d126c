"""Addresses of public figures and profiles, under the language."""

from django.urls import path

from hamroh.evidence.views import public

app_name = "evidence"
urlpatterns = [
    path("", public.home, name="home"),
]
