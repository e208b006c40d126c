"""Addresses of the boards: what a supervisor, a programme manager and a network look at first."""

from django.urls import path

from hamroh.statistics.views import boards

app_name = "boards"
urlpatterns = [
    path("", boards.first, name="first"),
    path("tables/<uuid:release>/", boards.table, name="table"),
    path("<slug:board>/", boards.board, name="board"),
    path("<slug:board>/<slug:code>/", boards.listing, name="list"),
]
