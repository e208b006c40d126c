"""Two files of one person brought into line on one page, and put back whole."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hamroh.accounts import policy
from hamroh.cases import selectors
from hamroh.cases.actions import aligning as actions
from hamroh.cases.actions.moving import CannotMove
from hamroh.cases.actions.opening import CLOSED, AtRest
from hamroh.cases.forms import seen
from hamroh.cases.forms.aligning import Lines, said
from hamroh.cases.models import Case, Part, Person
from hamroh.cases.selectors import sameness
from hamroh.cases.views.relations import require_form
from hamroh.vault import once


def _both(request: HttpRequest, code: str, person: UUID, other: UUID) -> tuple[Case, Person, Person]:
    """Two people of files of one organisation in both of which she writes; Refused for any other."""
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    row = sameness.person_of(case=case, pk=person)
    rows = Person.objects.filter(pk=other, organisation_id=row.organisation_id).exclude(pk=row.pk)
    found, _may = policy.fetch(request.user, "case.write", rows.select_related("case__organisation"))
    return case, row, found


def _opened(request: HttpRequest, row: Person) -> dict[str, Any]:
    decision = policy.require(request.user, "case.read", row)
    return sameness.opened(person=Person.objects.select_related("case").get(pk=row.pk), decision=decision)


@login_required
@require_form
def lines(request: HttpRequest, code: str, person: UUID, other: UUID) -> HttpResponseBase:
    """Of each line in which they differ: which of the two holds, or that each stays as it is."""
    case, row, found = _both(request, code, person, other)

    def stands() -> dict[str, Any]:
        ours, theirs = said(_opened(request, row)), said(_opened(request, found))
        return {line: f"{ours[line]} / {theirs[line]}" for line in actions.LINES if ours[line] != theirs[line]}

    ours, theirs = _opened(request, row), _opened(request, found)
    form = Lines(request.POST or None, ours=said(ours), theirs=said(theirs))
    seen.watch(form, case, stands)
    if form.is_valid() and _written(request, form, row, found):
        return redirect("cases:beside", code=code, person=row.pk, other=found.pk)
    context = {"case": case, "person": row, "other": found, "form": form, "ours": ours, "theirs": theirs}
    return render(request, "cases/people/lines.html", context, status=422 if form.errors else 200)


def _written(request: HttpRequest, form: Lines, row: Person, found: Person) -> bool:
    def act() -> str:
        return str(actions.align(actor=request.user, person=row, other=found, chosen=form.chosen))

    try:
        count = int(once.write(request, lambda: str(seen.unless_changed(form, act))))
    except CannotMove as fault:
        form.add_error(None, str(fault))
    except seen.ChangedMeanwhile:
        seen.say_changed(form)
    except AtRest:
        form.add_error(None, str(CLOSED))
    else:
        words = ngettext(
            "%(n)s line says the same in both files now.", "%(n)s lines say the same in both files now.", count
        )
        messages.success(request, words % {"n": count})
        _warn_of_phone(request, form, (row, found))
        return True
    return False


def _warn_of_phone(request: HttpRequest, form: Lines, people: tuple[Person, Person]) -> None:
    if "phone" in form.chosen and any(each.part == Part.CLIENT for each in people):
        messages.warning(
            request,
            _("Her telephone has changed. Is the old one still safe to use? Ask her, and write down how she may be reached now."),
        )  # fmt: skip


@login_required
@require_POST
def put_back(request: HttpRequest, code: str, person: UUID, other: UUID) -> HttpResponseBase:
    """Everything that was brought into line says again what it said before."""
    _case, row, found = _both(request, code, person, other)
    try:
        actions.put_back(actor=request.user, person=row, other=found)
        messages.success(request, _("Both files say again what they said before."))
    except CannotMove as fault:
        messages.error(request, str(fault))
    except AtRest:
        messages.error(request, str(CLOSED))
    return redirect("cases:beside", code=code, person=row.pk, other=found.pk)
