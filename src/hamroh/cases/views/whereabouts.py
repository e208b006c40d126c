"""Where somebody is: written down, and changed when she moves."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.cases import selectors
from hamroh.cases.actions import whereabouts as actions
from hamroh.cases.forms.whereabouts import NewPlace, OtherPlace
from hamroh.cases.models import Case, Person
from hamroh.cases.views.keyed import PLACE, of, people
from hamroh.cases.views.reaching import require_form
from hamroh.cases.views.working import ask, today_at

FORM = "cases/whereabouts/form.html"


def _place(form: Any) -> actions.Place:
    told = form.cleaned_data
    return actions.Place(address=told["address"], since=told["on_date"], words=told["words"])


def person_of(case: Case, pk: Any) -> Person:
    """Somebody of this case; Refused where there is none."""
    row: Person | None = Person.objects.filter(case=case, pk=pk).first()
    if row is None:
        raise policy.Refused("no such person in this case")
    row.case = case
    return row


@login_required
@require_form
def add(request: HttpRequest, code: str) -> HttpResponseBase:
    """A place that at first only its writer opens."""
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    _case, decision = selectors.case_of(actor=request.user, code=code)
    known = people(case, decision)
    first = {"on_date": today_at(case), "person": known[0][0] if known else ""}
    form = NewPlace(request.POST or None, today=today_at(case), people=known, initial=first)

    def act() -> Any:
        person = person_of(case, form.cleaned_data["person"])
        return actions.hide(actor=request.user, person=person, place=_place(form)).pk

    said = {"title": _("Where she is now"), "send": _("Write it down"), "template": FORM, "kind": PLACE}
    return _to(ask(request, case, form, act, **said), reverse("cases:places", args=(code,)))


@login_required
@require_form
def move(request: HttpRequest, code: str, place: UUID) -> HttpResponseBase:
    """She is elsewhere now; the old place is asked about."""
    case, _decision, row = of(request, code, PLACE, {"place": place}, verb="case.write")
    form = OtherPlace(request.POST or None, today=today_at(case), initial={"on_date": today_at(case)})

    def act() -> None:
        old = form.cleaned_data["old_is_safe"]
        actions.move_to(actor=request.user, row=row, place=_place(form), old_is_safe=old)

    said = {"title": _("She is elsewhere now"), "send": _("Write it down"), "template": FORM, "kind": PLACE, "row": row}
    return _to(ask(request, case, form, act, **said), reverse("cases:place", args=(code, row.pk)))


def _to(answer: HttpResponseBase, address: str) -> HttpResponseBase:
    return redirect(address) if answer.status_code == 302 else answer
