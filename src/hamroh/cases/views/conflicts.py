"""Questions to supervisors: somebody who may stand in two files."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.cases import selectors
from hamroh.cases.actions.conflicts import compare_again, decide
from hamroh.cases.forms.relations import Deciding
from hamroh.cases.models import Conflict
from hamroh.cases.selectors import conflicts, sameness
from hamroh.cases.views.files import PAGE_LINES
from hamroh.cases.views.people import side_by_side
from hamroh.cases.views.relations import require_form
from hamroh.vault import once

GROUNDS = {
    "name": pgettext_lazy("ground", "name and birth"),
    "phone": pgettext_lazy("ground", "telephone"),
    "document": pgettext_lazy("ground", "document"),
}


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponseBase:
    """What waits for the supervisor, with the codes of both files."""
    policy.require(request.user, "case.approve")
    page = Paginator(conflicts.to_decide(actor=request.user), PAGE_LINES).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    names = conflicts.names_of(actor=request.user, conflicts=rows)
    lines = [{"row": row, "name": names.get(row.person_id), "other": names.get(row.other_id)} for row in rows]
    return render(request, "cases/people/conflicts.html", {"page": page, "lines": lines})


@login_required
@require_form
def conflict(request: HttpRequest, code: str, conflict: UUID) -> HttpResponseBase:
    """One question: to the supervisor of both files both people, to others of the case only that she was asked."""
    case, _decision = selectors.case_of(actor=request.user, code=code)
    rows = Conflict.objects.filter(Q(case=case) | Q(other__case=case), pk=conflict)
    row = conflicts.decidable(actor=request.user).filter(pk__in=rows).first()
    if row is None:
        if request.method == "POST" or not _may_see(request.user, case, rows):
            raise policy.Refused("nothing for this person to decide")
        return render(request, "cases/people/asked.html", {"case": case})
    form = Deciding(request.POST or None)
    if form.is_valid():
        return redirect(once.write(request, lambda: _decide(request, row, form)))
    return render(
        request, "cases/people/conflict.html", _both(request.user, row, form), status=422 if form.errors else 200
    )


def _may_see(actor: Any, case: Any, rows: Any) -> bool:
    return rows.filter(shown=True).exists() and conflicts.is_asked_about(actor=actor, case=case)


def _decide(request: HttpRequest, row: Conflict, form: Deciding) -> str:
    decide(actor=request.user, conflict=row, end=form.cleaned_data["end"], words=form.cleaned_data["words"])
    return reverse("cases:conflicts")


def _both(actor: Any, row: Conflict, form: Deciding) -> dict[str, Any]:
    decided = [policy.require(actor, "case.read", each) for each in (row.person, row.other)]
    ours, theirs = (
        sameness.opened(person=each, decision=decision, purpose="conflict")
        for each, decision in zip((row.person, row.other), decided, strict=True)
    )
    return {
        "row": row, "form": form, "ours": ours, "theirs": theirs, "rows": side_by_side(ours, theirs),
        "grounds": [GROUNDS[each] for each in row.grounds if each in GROUNDS],
    }  # fmt: skip


@login_required
@require_POST
def compare(request: HttpRequest, code: str) -> HttpResponseBase:
    """Look again, in the background, whether people of the case stand in other files."""
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    compare_again(actor=request.user, case=case)
    return redirect("cases:case", code=case.code)
