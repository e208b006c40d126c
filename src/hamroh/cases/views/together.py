"""Living together again: when it began, the checks after 1, 3, 6 and 12 months, and that they parted."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hamroh.cases import selectors
from hamroh.cases.actions import together as actions
from hamroh.cases.forms import mediation as forms
from hamroh.cases.models import Reunification, TogetherCheck
from hamroh.cases.views.mediation import asked, row_of
from hamroh.cases.views.working import require_form, today_at


@login_required
@require_form
def begin(request: HttpRequest, code: str) -> HttpResponseBase:
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    form = forms.BeginTogether(request.POST or None, today=today_at(case), initial={"on_date": today_at(case)})

    def act() -> None:
        told = form.cleaned_data
        actions.begin_together(
            actor=request.user, case=case, began=told["on_date"], whom=told["whom"], wants=told["wants"]
        )

    note = _(
        "It is her decision, and is written down whatever the danger. We ask after 1, 3, 6 and 12 months how it goes."
    )
    return asked(request, case, form, act, title=_("They live together again"), send=_("Write it down"), note=note)


@login_required
@require_form
def check(request: HttpRequest, code: str, reunion: UUID, check: UUID) -> HttpResponseBase:
    """How it goes: asked where she can talk, beside the questions about danger."""
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    row = row_of(case, TogetherCheck.objects.filter(reunification=row_of(case, Reunification.objects, reunion)), check)
    form = forms.MakeCheck(request.POST or None)

    def act() -> None:
        told = form.cleaned_data
        if told["talks"] == "no":
            return actions.note_try(actor=request.user, check=row, words=told["words"])
        answers = actions.Answers(told["together"] == "yes", told["violence"] == "yes", told["words"])
        actions.make_check(actor=request.user, check=row, answers=answers)
        return None

    title = ngettext("How does it go after %(month)s month?", "How does it go after %(month)s months?", row.month)
    said: dict[str, Any] = {"title": title % {"month": row.month}, "send": _("Write it down")}
    if actions.fresh_screen(case) is None:
        said["ask_first"] = _("Ask the questions about danger first, today: the check rests on them.")
    return asked(request, case, form, act, **said)


@login_required
@require_form
def part(request: HttpRequest, code: str, reunion: UUID) -> HttpResponseBase:
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    row = row_of(case, Reunification.objects, reunion)
    form = forms.Part(request.POST or None, today=today_at(case), initial={"on_date": today_at(case)})

    def act() -> None:
        actions.part(
            actor=request.user, reunification=row, on=form.cleaned_data["on_date"], words=form.cleaned_data["words"]
        )

    return asked(request, case, form, act, title=_("They live apart again"), send=_("Write it down"))
