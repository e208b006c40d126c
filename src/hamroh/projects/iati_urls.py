"""Addresses of files of the aid standard that anybody may fetch; a program has no language."""

from django.urls import path

from hamroh.projects.views import iati_public

app_name = "iati"
urlpatterns = [
    path("activities.xml", iati_public.activities, name="activities"),
    path("organisations.xml", iati_public.organisations, name="organisations"),
    path("<slug:house>/activities.xml", iati_public.activities, name="house-activities"),
    path("<slug:house>/organisations.xml", iati_public.organisations, name="house-organisations"),
]
