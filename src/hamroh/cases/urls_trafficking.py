"""Addresses of what only members open, and of trafficking in persons."""

from typing import Any

from django.urls import URLPattern, path

from hamroh.cases.views import keyed, trafficking, whereabouts
from hamroh.cases.views.keyed import FOUND, PLACE, Kind

PLACES, IDENTIFIED, ALL = "<slug:code>/places/", "<slug:code>/identified/", "<slug:code>/trafficking/"


def _keyed(kind: Kind, where: str, one: str) -> list[URLPattern]:
    """The pages that each kind of record under a key of its own has."""
    of: dict[str, Any] = {"kind": kind}
    return [
        path(where, keyed.overview, of, name=kind.list),
        path(f"{where}{one}", keyed.page, of, name=kind.page),
        path(f"{where}{one}let-in/", keyed.let_in, of, name=f"{kind.page}-let-in"),
        path(f"{where}{one}shut-out/<uuid:user>/", keyed.shut_out, of, name=f"{kind.page}-shut-out"),
        path(f"{where}{one}take-away/", keyed.take_away, of, name=f"{kind.page}-take-away"),
    ]


urlpatterns = [
    path(f"{PLACES}new/", whereabouts.add, name=PLACE.add),
    path(f"{PLACES}<uuid:place>/move/", whereabouts.move, name="move-place"),
    *_keyed(PLACE, PLACES, "<uuid:place>/"),
    path(f"{IDENTIFIED}new/", trafficking.identify, name=FOUND.add),
    *_keyed(FOUND, IDENTIFIED, "<uuid:identified>/"),
    path(ALL, trafficking.overview, name="trafficking"),
    path(f"{ALL}ask/", trafficking.begin, name="begin-trafficking"),
    path(f"{ALL}ask/<uuid:asked>/", trafficking.go_on, name="go-on-trafficking"),
    path(f"{ALL}ask/<uuid:asked>/<slug:group>/", trafficking.page, name="ask-trafficking"),
    path(f"{ALL}found/<uuid:asked>/", trafficking.found, name="trafficking-found"),
    path(f"{ALL}recovery/new/", trafficking.new_recovery, name="new-recovery"),
    path(f"{ALL}recovery/<uuid:recovery>/end/", trafficking.end_recovery, name="end-recovery"),
    path(f"{ALL}help/new/", trafficking.give_help, name="new-assistance"),
    path(f"{ALL}help/<uuid:help>/end/", trafficking.end_help, name="end-assistance"),
    path(f"{ALL}police/", trafficking.decide_police, name="decide-police"),
]
