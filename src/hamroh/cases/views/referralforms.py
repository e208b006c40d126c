"""The inter-agency form of a referral as a file, made in memory; nothing of it is kept."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from hamroh.cases import reaching, referralform, selectors
from hamroh.cases.actions.referralforms import note_printed
from hamroh.cases.actions.referrals import CannotRefer
from hamroh.cases.forms.referralforms import Printed
from hamroh.cases.models import Referral
from hamroh.cases.selectors import referrals as reads
from hamroh.cases.views.reaching import require_form


@never_cache
@login_required
@require_form
def printed(request: HttpRequest, code: str, referral: UUID) -> HttpResponseBase:
    """In which language, and whether her name stands on it."""
    case, decision = selectors.case_of(actor=request.user, code=code)
    shown = reads.one(case=case, pk=referral, decision=decision)
    has_name = bool(shown.payload.get("name"))
    form = Printed(request.POST or None, has_name=has_name, initial={"language": get_language() or "en"})
    if not form.is_valid() or not _noted(request, shown.row, form):
        context = {"case": case, "row": shown.row, "form": form}
        return render(request, "cases/referrals/form.html", context, status=422 if form.errors else 200)
    lang, with_name = form.cleaned_data["language"], bool(form.cleaned_data.get("with_name"))
    content = referralform.pdf(shown, lang=lang, with_name=with_name, on=reaching.today_there(case))
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{shown.row.code}.pdf"'
    return answer


def _noted(request: HttpRequest, row: Referral, form: Printed) -> bool:
    """Whether it may go out and is written down; else the form says why not."""
    told = form.cleaned_data
    try:
        note_printed(actor=request.user, referral=row, language=told["language"], with_name=bool(told.get("with_name")))
    except CannotRefer as fault:
        form.add_error(None, str(fault))
        return False
    return True
