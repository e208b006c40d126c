"""Addresses under /cal/: calendars that telephones fetch without signing in."""

from django.urls import path

from hamroh.cases.views import calendar

app_name = "calendar"
urlpatterns = [path("calendar.ics", calendar.feed, name="feed")]
