"""Who tells in an item, what she allows, and that she takes it back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.archive import actions, words
from hamroh.archive.forms.consents import ConsentForm, VoiceForm, WithdrawForm
from hamroh.archive.models import Narrator, Unit, Voice
from hamroh.archive.selectors import desk
from hamroh.archive.selectors.facts import scopes_of
from hamroh.archive.views.common import PAGE, ask, at, require_form, sent, typed, written
from hamroh.vault import opening


@login_required
@require_form
def add_voice(request: HttpRequest, code: str) -> HttpResponse:
    """Say who tells."""
    unit = desk.unit(actor=request.user, code=code, verb="archive.record_consent")
    form = VoiceForm(typed(request))

    def act() -> str:
        return _at(actions.add_voice(actor=request.user, unit=unit, **form.cleaned_data))

    return ask(request, form, act, title=_("Add a narrator"), does=_("Save"), unit=unit)


@login_required
@require_safe
def voice(request: HttpRequest, code: str, pk: str) -> HttpResponse:
    """A narrator in an item: every answer that she gave, the newest first."""
    unit, row = _voice(request, code, pk, "archive.see_draft")
    consents = [
        (each, [words.SCOPES[scope] for scope in words.SCOPES if scope in scopes_of(each.scopes)])
        for each in row.consents.order_by("-pk")
    ]
    context = {
        "unit": unit, "voice": row, "consents": consents, "withdrawals": row.withdrawals.order_by("-pk"),
        "may": policy.allowed(request.user, "archive.record_consent", unit),
        "may_see": row.narrator_id and policy.allowed(request.user, "archive.see_narrator", unit),
    }  # fmt: skip
    return render(request, f"{PAGE}voice.html", context)


@login_required
@require_form
def consent(request: HttpRequest, code: str, pk: str) -> HttpResponse:
    """Write down what she allows from now on."""
    unit, row = _voice(request, code, pk, "archive.record_consent")
    last = row.consents.last()
    form = ConsentForm(typed(request), sent(request), initial={"scopes": last.scopes if last else ["catalogue"]})

    def act() -> str:
        told = dict(form.cleaned_data)
        paper = told.pop("paper")
        actions.record_consent(
            actor=request.user, voice=row, paper=paper, paper_name=paper.name if paper else "", **told
        )
        return _at(row)

    says = _("This answer takes the place of all she gave before; those stay in the list.")
    return ask(
        request, form, act, title=_("What she allows"), does=_("Write it down"), unit=unit, says=says, files=True
    )


@login_required
@require_form
def withdraw(request: HttpRequest, code: str, pk: str) -> HttpResponse:
    """She takes it back: asked what she wants, then asked once more, then everything is down at once."""
    unit, row = _voice(request, code, pk, "archive.withdraw")
    form = WithdrawForm(typed(request))
    if form.is_bound and form.is_valid() and form.cleaned_data["sure"]:
        erase = form.cleaned_data["what"] == "erase"

        def act() -> str:
            actions.withdraw(actor=request.user, voice=row, erase=erase)
            return at(unit)

        if address := written(request, form, act):
            messages.success(request, _("It is down. No page, search, feed or copy of ours has it any more."))
            return redirect(address)
    chosen = form.cleaned_data["what"] if form.is_bound and form.is_valid() else ""
    context = {"form": form, "unit": unit, "voice": row, "chosen": chosen}
    return render(request, f"{PAGE}withdraw.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def narrator(request: HttpRequest, code: str, pk: str) -> HttpResponse:
    """Her own name and how she is reached, for those who prove themselves twice; it stands in the journal."""
    unit = Unit.objects.filter(code=code).first()
    row = desk.voice(unit, pk) if unit else None
    found, decision = policy.fetch(
        request.user, "archive.see_narrator", Narrator.objects.filter(voices__pk=row.pk if row else -1)
    )
    told = opening.open_each(found, ("name", "contact"), decision=decision, purpose="archive")
    answer = render(request, f"{PAGE}narrator.html", {"narrator": found, "told": told, "voice": row})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _voice(request: HttpRequest, code: str, pk: str, verb: str) -> tuple[Unit, Voice]:
    unit = desk.unit(actor=request.user, code=code, verb=verb)
    row = desk.voice(unit, pk)
    if row is None:
        raise Http404
    return unit, row


def _at(voice: Any) -> str:
    return reverse("archive-desk:voice", kwargs={"code": voice.unit.code, "pk": voice.pk})
