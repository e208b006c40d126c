"""Addresses under /desk/recovery/."""

from django.urls import path

from hamroh.accounts.views import recovery

app_name = "recovery"
urlpatterns = [
    path("", recovery.papers, name="papers"),
    path("make/", recovery.make, name="make"),
    path("drill/", recovery.drill, name="drill"),
    path("waiting/<uuid:waiting>/", recovery.ask, name="ask"),
    path("asked/<uuid:admission>/", recovery.admit, name="admit"),
    path("asked/<uuid:admission>/withdraw/", recovery.withdraw, name="withdraw"),
]
