"""Workshops of a round at the desk: open one, read its code aloud, close it and read what may be told."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hamroh.training import selectors
from hamroh.training.actions import workshops as actions
from hamroh.training.budgettelling import released_said
from hamroh.training.forms.workshops import OpenForm
from hamroh.training.models import Workshop
from hamroh.training.selectors import workshops as reads
from hamroh.training.views.frame import asked, at_desk, done, may

PAGE = "workshop.html"


@never_cache
@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def of_round(request: HttpRequest, code: str) -> HttpResponseBase:
    """The workshops of a round, and the form that opens another one."""
    row, _decision = selectors.round_of(actor=request.user, code=code)
    form = OpenForm(request.POST or None, initial={"expected": 15})
    rights = may(request, row, "round.edit")

    def act() -> str:
        told = form.cleaned_data
        actions.open_workshop(actor=request.user, round=row, expected=told["expected"], hours=told["hours"])
        return reverse("workshops:round", kwargs={"code": row.code})

    now = timezone.now()
    lines = [_line(each, now) for each in reads.workshops(actor=request.user, round=row)]
    context = {
        "round": row,
        "may": rights,
        "lines": lines,
        "address": request.build_absolute_uri(reverse("budget:page")),
    }
    if request.method != "POST":
        return render(request, f"training/{PAGE}", {"form": form, **context})
    return asked(request, form, act, template=PAGE, **context)


@never_cache
@at_desk
@require_POST
def close(request: HttpRequest, code: str, workshop: UUID) -> HttpResponseBase:
    """Close a workshop: what may be told is shown from then on."""
    row, _decision = selectors.round_of(actor=request.user, code=code, verb="round.edit")
    found = reads.workshop_of(actor=request.user, round=row, pk=workshop)

    def act() -> None:
        actions.close_workshop(actor=request.user, round=row, workshop=found)

    return done(request, act, reverse("workshops:round", kwargs={"code": row.code}), _("The workshop is closed."))


def _line(row: Workshop, now: Any) -> dict[str, Any]:
    half = len(row.code) // 2
    return {
        "row": row,
        "is_open": row.closed_at is None and row.expires_at > now,
        "code": f"{row.code[:half]} {row.code[half:]}",
        "told": released_said(row.released) if row.released else None,
    }
