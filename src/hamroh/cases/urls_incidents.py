"""Addresses of acts that she told of. They say nothing of what was done."""

from django.urls import path

from hamroh.cases.views import incidents

_ALL = "<slug:code>/happened/"
_ONE = f"{_ALL}<uuid:incident>/"
urlpatterns = [
    path(_ALL, incidents.overview, name="incidents"),
    path(f"{_ALL}new/", incidents.begin, name="new-incident"),
    path(_ONE, incidents.one, name="incident"),
    path(f"{_ONE}set-aside/", incidents.set_aside, name="set-incident-aside"),
    path(f"{_ONE}ask/<slug:point>/", incidents.question, name="ask-incident"),
]
