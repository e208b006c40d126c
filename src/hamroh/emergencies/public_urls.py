"""Addresses of alerts for people, under their language."""

from django.urls import path

from hamroh.emergencies.views import public

app_name = "alerts"
urlpatterns = [
    path("", public.page, name="page"),
    path("<slug:code>/", public.one, name="one"),
]
