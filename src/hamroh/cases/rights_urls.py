"""Addresses of the pages about rights, under a neutral word and letters: they stay in a phone's history."""

from django.urls import path

from hamroh.cases.views import rights

app_name = "rights"
urlpatterns = [
    path("", rights.start, name="start"),
    path("1", rights.alimony, name="alimony"),
    path("<int:number>", rights.matter, name="matter"),
]
