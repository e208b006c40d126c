"""Emergency openings: ask for one, and review those of others."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hamroh.accounts import desk_forms, policy, recency, records, selectors
from hamroh.accounts.actions import access
from hamroh.accounts.forms import say
from hamroh.accounts.models import BreakGlass
from hamroh.accounts.views.words import ASK_AGAIN, NO_RECORD
from hamroh.vault import once


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: HttpRequest) -> HttpResponseBase:
    """Open one record for four hours. Who she is is asked before the form, so that nothing typed is lost by it."""
    policy.require(request.user, "access.break_glass")
    if request.method != "POST" and not recency.recently_confirmed(request):
        return recency.ask_to_confirm(request)
    form = desk_forms.Emergency(request.POST or None)
    if form.is_valid():
        opened = _open(request, form)
        if opened:
            return redirect(opened)
    context = {"form": form, "ask_again": request.method == "POST" and not recency.recently_confirmed(request)}
    return render(request, "accounts/emergency.html", context, status=422 if form.errors else 200)


def _open(request: HttpRequest, form: Any) -> str:
    """Open the record and give its page; empty, with a fault on the form, where that cannot be.

    A record that opens to her as it is needs no emergency.
    """
    if not recency.recently_confirmed(request):
        say(form, ASK_AGAIN)
        return ""
    told = form.cleaned_data
    readable = records.find_readable(told["code"], request.user)
    record = records.find(told["code"], request.user, "access.break_glass")
    if readable is not None:
        return records.address_of(readable)
    if record is None:
        say(form, NO_RECORD, "code")
        return ""

    def open_() -> str:
        access.break_glass(actor=request.user, record=record, reason=told["reason"], words=told["words"])
        return records.address_of(record)

    return once.write(request, open_)


@login_required
@require_GET
def reviews(request: HttpRequest) -> HttpResponseBase:
    """Emergency openings that wait for somebody to say whether they were needed."""
    return render(request, "accounts/reviews.html", {"waiting": selectors.openings_to_review(actor=request.user)})


@login_required
@require_POST
def review(request: HttpRequest, glass: UUID) -> HttpResponseBase:
    rows = BreakGlass.objects.exclude(user=request.user.pk)
    found, _decision = policy.fetch(request.user, "access.review", rows.filter(pk=glass))
    try:
        access.review_glass(actor=request.user, glass=found, outcome=request.POST.get("outcome", ""))
    except access.AccessRefused as refused:
        waiting = selectors.openings_to_review(actor=request.user)
        return render(request, "accounts/reviews.html", {"waiting": waiting, "fault": refused}, status=422)
    return redirect("day:reviews")
