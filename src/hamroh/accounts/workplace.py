"""The organisation that somebody works for right now: what she makes belongs to it."""

from typing import Any

from django.http import HttpRequest

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation

CHOSEN = "workplace"
_KEPT = "_workplaces"


def options(request: HttpRequest) -> list[Organisation]:
    """Where the person of this request holds a role now."""
    if _KEPT not in request.__dict__:
        ids = {held.organisation_id for held in policy.standing(request.user).held}
        request.__dict__[_KEPT] = list(Organisation.objects.filter(pk__in=ids).order_by("code"))
    kept: list[Organisation] = request.__dict__[_KEPT]
    return kept


def current(request: HttpRequest) -> Organisation | None:
    """The chosen one while a role is held there, else the first; None for who holds no role."""
    mine = options(request)
    chosen = request.session.get(CHOSEN)
    return next((each for each in mine if str(each.pk) == chosen), mine[0] if mine else None)


def here(request: HttpRequest) -> Organisation:
    """Where the person works now; Refused for who works nowhere."""
    found = current(request)
    if found is None:
        raise policy.Refused("no role anywhere")
    return found


def choose(request: Any, organisation_id: str) -> Organisation:
    """Work for this one from now on; Refused where no role is held there."""
    for each in options(request):
        if str(each.pk) == organisation_id:
            request.session[CHOSEN] = str(each.pk)
            return each
    raise policy.Refused("no role there")
