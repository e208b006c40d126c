"""Addresses of the desk of statistics: tables, releases, what donors were given."""

from django.urls import path

from hamroh.statistics.views import tables

app_name = "statistics"
urlpatterns = [
    path("", tables.tables, name="tables"),
    path("keep/", tables.keep, name="keep"),
    path("kept/<uuid:table>/drop/", tables.drop, name="drop"),
    path("leave/", tables.leave, name="leave"),
    path("released/", tables.released, name="released"),
    path("released/<uuid:release>/", tables.table, name="table"),
    path("released/<uuid:release>/csv/", tables.file, {"form": "csv"}, name="csv"),
    path("released/<uuid:release>/xlsx/", tables.file, {"form": "xlsx"}, name="xlsx"),
]
