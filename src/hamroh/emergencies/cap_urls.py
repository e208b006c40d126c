"""Addresses of alerts for programs; a reader of feeds has no language of its own, so each says it."""

from django.urls import path

from hamroh.emergencies.views import public

app_name = "cap"
urlpatterns = [
    path("", public.feed, name="feed"),
    path("feed.<slug:lang>.atom", public.feed, name="feed-in"),
    path("alerts/<slug:code>.xml", public.message, name="alert"),
]
