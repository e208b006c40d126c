"""A request on paper, for whoever asked: made in memory, nothing of it is kept. It is the same whatever became of the request."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hamroh.accounts.zones import local_date
from hamroh.tracing import requestform, selectors
from hamroh.tracing.actions.printing import note_printed
from hamroh.tracing.forms.passing import Printed
from hamroh.tracing.views.requests import PAGE, at, lang_of, require_form


@never_cache
@login_required
@require_form
def printed(request: HttpRequest, code: str) -> HttpResponseBase:
    """In which language; then the form."""
    row, decision = selectors.request_of(actor=request.user, code=code, verb="tracing.own")
    form = Printed(request.POST or None, initial={"language": lang_of()})
    if not form.is_valid():
        context = {
            "row": row,
            "form": form,
            "title": _("The request on paper"),
            "back": at("request", row),
            "plain": True,
        }
        return render(request, f"{PAGE}print.html", context, status=422 if form.errors else 200)
    lang = form.cleaned_data["language"]
    told = selectors.details(request=row, decision=decision, purpose="print")
    on = local_date(timezone.now(), row.organisation)
    content = requestform.pdf(row, told, selectors.agreed(request=row), lang=lang, on=on)
    note_printed(actor=request.user, request=row, language=lang)
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{row.code}.pdf"'
    return answer
