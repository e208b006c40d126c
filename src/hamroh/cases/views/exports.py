"""Cases taken out as a locked file: asked for, let go, made, fetched."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from hamroh.accounts import policy, recency
from hamroh.accounts.workplace import here
from hamroh.cases.actions import exports as actions
from hamroh.cases.actions.lettinggo import NotLetGo
from hamroh.cases.forms.exports import Ask
from hamroh.cases.models import ALONE, Export, ExportPart, Lock
from hamroh.cases.selectors import exports as reads
from hamroh.cases.selectors.exports import Scope
from hamroh.cases.selectors.files import case_of
from hamroh.cases.selectors.team import Filter
from hamroh.vault import attachments, once

require_form = require_http_methods(["GET", "HEAD", "POST"])
PAGE = "cases/exports/"


@login_required
@require_safe
def exports(request: HttpRequest) -> HttpResponseBase:
    """What she asked for, and what waits for her word."""
    policy.require(request.user, "case.export")
    house = here(request)
    context = {
        "mine": reads.mine(actor=request.user, organisation=house),
        "waiting": reads.to_release(actor=request.user, organisation=house),
    }
    return render(request, f"{PAGE}list.html", context)


@login_required
@require_form
def new_export(request: HttpRequest) -> HttpResponseBase:
    """The cases of a list, as it is looked at."""
    policy.require(request.user, "case.export")
    told = request.POST.get("query", "") if request.method == "POST" else request.GET.urlencode()
    return _asked(request, Scope(here(request), query=Filter.of(QueryDict(told)).query))


@login_required
@require_form
def case_export(request: HttpRequest, code: str) -> HttpResponseBase:
    """One case, whole."""
    case, _decision = case_of(actor=request.user, code=code, verb="case.export")
    return _asked(request, Scope(case.organisation, case=case))


def _asked(request: HttpRequest, scope: Scope) -> HttpResponseBase:
    form = Ask(request.POST if request.method == "POST" else None, scope=scope, initial={"parts": ["cases"]})
    if form.is_valid():
        try:
            return redirect(
                once.write(request, lambda: _page_of(actions.ask_export(actor=request.user, wish=form.wish)))
            )
        except NotLetGo as refused:
            form.add_error(None, str(refused.args[0]))
    cases, people = reads.counted(actor=request.user, scope=scope)
    context = {"form": form, "scope": scope, "cases": cases, "people": people, "by_two": people > ALONE}
    return render(request, f"{PAGE}new.html", context, status=422 if form.errors else 200)


def _page_of(row: Export) -> str:
    return reverse("cases:export", kwargs={"export": row.pk})


@never_cache
@login_required
@require_safe
def export(request: HttpRequest, export: UUID) -> HttpResponseBase:
    """One wish: what was asked for, how it stands, what may be done now."""
    row, decision = reads.export_of(actor=request.user, pk=export)
    return _shown(request, row, decision)


def _shown(request: HttpRequest, row: Export, decision: policy.Decision, **more: Any) -> HttpResponseBase:
    is_mine, stands = row.asked_by_id == request.user.pk, row.expires_at > timezone.now()
    context = {
        "export": row, "by": Scope.of(row).by, "words": reads.words_of(export=row, decision=decision), "is_mine": is_mine,
        "parts": [ExportPart(each).label for each in row.parts], "stands": stands, "with_password": row.locked_by == Lock.PASSWORD,
        "may_release": not is_mine and bool(policy.allowed(request.user, "export.release", row)), **more,
    }  # fmt: skip
    return render(request, f"{PAGE}one.html", context)


def _one(request: HttpRequest, pk: UUID, verb: str) -> Export:
    row, _decision = reads.export_of(actor=request.user, pk=pk, verb=verb)
    return row


def _do(request: HttpRequest, row: Export, act: Callable[[], Any]) -> HttpResponseBase:
    """By one press, by somebody who has just shown who she is: done, or said why not."""
    if not recency.recently_confirmed(request):
        return recency.ask_to_confirm(request, back_to=_page_of(row))
    try:
        once.write(request, lambda: str(act() or ""))
    except NotLetGo as refused:
        messages.error(request, str(refused.args[0]))
    return redirect(_page_of(row))


@login_required
@require_POST
def release_export(request: HttpRequest, export: UUID) -> HttpResponseBase:
    row = _one(request, export, "export.release")
    return _do(request, row, lambda: actions.release_export(actor=request.user, export=row))


@login_required
@require_POST
def decline_export(request: HttpRequest, export: UUID) -> HttpResponseBase:
    row = _one(request, export, "export.release")
    return _do(request, row, lambda: actions.decline_export(actor=request.user, export=row))


@login_required
@require_POST
def drop_export(request: HttpRequest, export: UUID) -> HttpResponseBase:
    row = _one(request, export, "export.take")
    actions.drop_export(actor=request.user, export=row)
    return redirect("cases:exports")


@never_cache
@login_required
@require_POST
def make_export(request: HttpRequest, export: UUID) -> HttpResponseBase:
    """Make the file, and show its password this once: it is kept nowhere, so this answer is no redirect."""
    row = _one(request, export, "export.take")
    if not recency.recently_confirmed(request):
        return recency.ask_to_confirm(request, back_to=_page_of(row))
    if row.state == "made" and "anew" not in request.POST:  # the page was sent again
        return redirect(_page_of(row))
    try:
        password = actions.make_export(actor=request.user, export=row)
    except NotLetGo as refused:
        messages.error(request, str(refused.args[0]))
        return redirect(_page_of(row))
    row, _decision = reads.export_of(actor=request.user, pk=export)
    return _shown(request, row, policy.require(request.user, "export.see", row), password=password)


@never_cache
@login_required
@require_GET
def export_file(request: HttpRequest, export: UUID) -> HttpResponseBase:
    """The locked file, under a name that says nothing; the link ends with the file."""
    row = _one(request, export, "export.take")
    if not recency.recently_confirmed(request):
        return recency.ask_to_confirm(request, back_to=_page_of(row))
    try:
        content = actions.fetch_export(actor=request.user, export=row)
    except NotLetGo as refused:
        messages.error(request, str(refused.args[0]))
        return redirect(_page_of(row))
    return attachments.parcel(content, f"file-{row.code}.{'zip' if row.locked_by == Lock.PASSWORD else 'zip.age'}")
