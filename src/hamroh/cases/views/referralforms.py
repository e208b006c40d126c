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
from hamroh.cases.forms.referralforms import Printed
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
    if not form.is_valid():
        context = {"case": case, "row": shown.row, "form": form}
        return render(request, "cases/referrals/form.html", context, status=422 if form.errors else 200)
    lang, with_name = form.cleaned_data["language"], bool(form.cleaned_data.get("with_name"))
    content = referralform.pdf(shown, lang=lang, with_name=with_name, on=reaching.today_there(case))
    note_printed(actor=request.user, referral=shown.row, language=lang, with_name=with_name)
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{shown.row.code}.pdf"'
    return answer
