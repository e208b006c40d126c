"""Addresses of the desk where projects meet the aid standard, and of the table of activities."""

from django.urls import path

from hamroh.projects.views import iati_desk

app_name = "iati-desk"
urlpatterns = [
    path("", iati_desk.home, name="home"),
    path("bring/", iati_desk.bring, name="bring"),
    path("4w/", iati_desk.fourw, name="fourw"),
    path("4w/<slug:lang>.xlsx", iati_desk.fourw_file, name="fourw-file"),
]
