"""Pages of referrals that came to us from other organisations."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.accounts.workplace import here
from hamroh.cases.actions import receiving as actions
from hamroh.cases.actions.referrals import CannotRefer
from hamroh.cases.forms.referrals import Feedback, Reason
from hamroh.cases.models import ContactWay, EvidenceKind, Received
from hamroh.cases.selectors import referrals as reads
from hamroh.cases.states import ReferralLife
from hamroh.cases.views.files import PAGE_LINES
from hamroh.cases.views.reaching import require_form
from hamroh.vault import once
from hamroh.web.texts import pick

PAGE = "cases/referrals/"


@login_required
@require_safe
def received(request: HttpRequest) -> HttpResponseBase:
    """What came to us."""
    policy.require(request.user, "referral.look")
    rows = reads.received(actor=request.user, organisation=here(request))
    page = Paginator(rows, PAGE_LINES).get_page(request.GET.get("page"))
    return render(request, f"{PAGE}list.html", {"page": page})


@login_required
@require_safe
def one(request: HttpRequest, received: UUID) -> HttpResponseBase:
    """The envelope, and the payload for who accepted it."""
    row, decision = reads.received_of(actor=request.user, pk=received, verb="referral.look")
    actions.note_seen(actor=request.user, received=row)
    shown = reads.looked_at(actor=request.user, row=row, decision=decision)
    open_ = ReferralLife.moves(row.state)
    works = bool(policy.allowed(request.user, "referral.work", row))
    context = {
        "row": row, "shown": shown, "own": reads.own_case(actor=request.user, row=row),
        "may_answer": "accepted" in open_, "may_open": works and row.state == "accepted",
        "may_complete": works and "completed" in open_,
        "ways": [dict(ContactWay.choices)[each["way"]] for each in shown.payload.get("contact", ()) if each["is_safe"]],
        "copies": [(dict(EvidenceKind.choices)[each["kind"]], each["words"]) for each in shown.payload.get("copies", ())],
    }  # fmt: skip
    return render(request, f"{PAGE}received.html", context)


def _address(row: Received) -> str:
    return reverse("cases:received-one", kwargs={"received": row.pk})


def _tried(request: HttpRequest, row: Received, act: Callable[[], Any]) -> HttpResponseBase:
    """Do it, and show it as it is then; what stands against it is said there."""

    def do() -> str:
        return str(act() or _address(row))

    try:
        return redirect(once.write(request, do))
    except CannotRefer as fault:
        messages.error(request, str(fault))
        return redirect(_address(row))


@login_required
@require_POST
def accept(request: HttpRequest, received: UUID) -> HttpResponseBase:
    """Take it on."""
    row, _decision = reads.received_of(actor=request.user, pk=received, verb="referral.answer")
    return _tried(request, row, lambda: actions.accept(actor=request.user, received=row))


@login_required
@require_form
def decline(request: HttpRequest, received: UUID) -> HttpResponseBase:
    """Say no, and why."""
    row, _decision = reads.received_of(actor=request.user, pk=received, verb="referral.answer")
    form = Reason(request.POST or None)
    said = {"title": _("Decline"), "send": _("Decline")}
    return _asked(
        request, row, form, said, lambda words: actions.decline(actor=request.user, received=row, reason=words)
    )


@login_required
@require_form
def complete(request: HttpRequest, received: UUID) -> HttpResponseBase:
    """What came of it."""
    row, _decision = reads.received_of(actor=request.user, pk=received, verb="referral.work")
    form = Feedback(request.POST or None)
    said = {"title": _("Tell them what came of it"), "send": _("Send")}
    return _asked(
        request, row, form, said, lambda words: actions.complete(actor=request.user, received=row, feedback=words)
    )


def _asked(
    request: HttpRequest, row: Received, form: Form, said: dict[str, str], act: Callable[[str], None]
) -> HttpResponseBase:  # fmt: skip
    if form.is_valid():
        return _tried(request, row, lambda: act(form.cleaned_data["words"]))
    context = {"row": row, "form": form, **said}
    return render(request, f"{PAGE}say.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def open_case(request: HttpRequest, received: UUID) -> HttpResponseBase:
    """A case of our own from what was handed over."""
    row, _decision = reads.received_of(actor=request.user, pk=received, verb="referral.work")
    house = pick(row.from_organisation.names, get_language() or "en").text or row.from_organisation.code
    note = _("Referred by %(organisation)s, number %(code)s. She agreed that we learn this.") % {
        "organisation": house, "code": row.code
    }  # fmt: skip

    def act() -> str:
        case = actions.open_own_case(actor=request.user, received=row, note=note)
        return reverse("cases:case", kwargs={"code": case.code})

    return _tried(request, row, act)
