"""Addresses that stand outside the languages."""

from django.urls import path
from django.views.i18n import set_language

from hamroh.web import views

urlpatterns = [
    path("exit", views.leave, name="exit"),
    path("language", set_language, name="language"),
]
