"""The desk of estimates: where figures disagree, and which of them is preferred."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamroh.accounts import policy
from hamroh.evidence import actions, selectors
from hamroh.evidence.forms.estimates import NONE, PreferForm
from hamroh.evidence.presenting.lines import (
    counted,
    factor_words,
    range_chart,
    set_lines,
    set_title,
    why_apart,
)
from hamroh.evidence.slugs import period_of, set_address
from hamroh.vault import once
from hamroh.web.views import See

PAGE = 40


@login_required
@require_safe
def estimates(request: HttpRequest) -> HttpResponse:
    """Sets whose figures differ, those that nobody has decided first."""
    policy.require(request.user, "evidence.prefer")
    lang = get_language() or "en"
    page = Paginator(selectors.desk_estimate_sets(actor=request.user), PAGE).get_page(request.GET.get("page"))
    rows = [
        (each, set_address(each.figures[0], each.period, room="evidence-desk"), set_title(each, lang), factor_words(each, lang), counted(each))
        for each in page
    ]  # fmt: skip
    return render(request, "evidence/desk/estimates.html", {"page": page, "rows": rows})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def estimate_set(request: HttpRequest, concept: str, area: str, period: str) -> HttpResponse:
    """One set: who says what; prefer one of them, or say that none can be."""
    policy.require(request.user, "evidence.prefer")
    dims = request.GET.get("of", "")[:200]
    found = selectors.desk_estimate_set(
        actor=request.user, concept=concept, area=area, period=period_of(period), dims=dims
    )
    if found is None:
        raise Http404
    lang = get_language() or "en"
    lines = set_lines(found, lang)
    form = PreferForm(
        request.POST or None, [(each.code, f"{each.amount}: {each.said_by}, {each.period}") for each in lines]
    )
    if request.method == "POST" and form.is_valid() and _prefer(request, found, form):
        return See(request.get_full_path())
    context = {
        "found": found, "form": form, "lines": lines, "title": set_title(found, lang), "chart": range_chart(lines, lang),
        "reasons": why_apart(found, lang), "factor": factor_words(found, lang),
        "preferred_amount": next((each.amount for each in lines if each.preferred), ""),
    }  # fmt: skip
    return render(request, "evidence/desk/estimate_set.html", context, status=422 if form.errors else 200)


def _prefer(request: HttpRequest, found: selectors.EstimateSet, form: PreferForm) -> bool:
    """Write the choice; what the rules refuse is said beside the form."""
    by_code = {each.code: each for each in found.figures}
    preferred = None if form.cleaned_data["preferred"] == NONE else by_code[form.cleaned_data["preferred"]]
    ordered = sorted(found.figures, key=lambda each: each.period != found.period)
    try:
        once.write(
            request,
            lambda: str(
                actions.prefer(actor=request.user, among=ordered, preferred=preferred, reasons=form.reasons).pk
            ),
        )
    except actions.RecordingRefused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Your choice is written down. Earlier ones stay."))
    return True
