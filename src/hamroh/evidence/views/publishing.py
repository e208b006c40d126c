"""Pages of publication: approve, publish, send back, withdraw; who stands behind an edition; what was found wrong later."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hamroh.accounts import policy, recency
from hamroh.evidence.actions import publishing as actions
from hamroh.evidence.forms import review as forms
from hamroh.evidence.selectors import reviewing as reads
from hamroh.evidence.views.common import draft_page
from hamroh.evidence.views.reviewing import at, require_form, shown, written

#: what the page of an edition asks for, by what its button says: the verb, and the action
MOVES: dict[str, tuple[str, Callable[..., Any]]] = {
    "approve": ("evidence.approve", actions.approve),
    "back": ("evidence.approve", actions.send_back),
    "publish": ("evidence.publish", actions.publish),
}


@login_required
@require_POST
def move(request: HttpRequest, code: str) -> HttpResponseBase:
    """One step towards the public or back; whoever publishes shows first who she is."""
    verb, doing = MOVES.get(request.POST.get("do", ""), ("evidence.approve", None))
    row = reads.edition_in_review(actor=request.user, code=code, verb=verb)
    if doing is actions.publish and not recency.recently_confirmed(request):
        return recency.ask_to_confirm(request, at("edition", row))
    if doing is not None:

        def act() -> str:
            doing(actor=request.user, edition=row)
            return at("edition", row)

        written(request, None, act)
    return redirect(at("edition", row))


@login_required
@require_form
def withdraw(request: HttpRequest, code: str) -> HttpResponseBase:
    """Take a published edition back, and say why."""
    row = reads.edition_in_review(actor=request.user, code=code, verb="evidence.publish")
    form = forms.InLanguages(request.POST or None)

    def act() -> str:
        actions.withdraw(actor=request.user, edition=row, texts=form.texts)
        return at("edition", row)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    told = _("It stays as it was published, and is no longer shown as what holds. Say why: readers see it.")
    return shown(request, "form", row, form, title=_("Withdraw this edition"), button=_("Withdraw"), words=told)


@login_required
@require_form
def endorse(request: HttpRequest, code: str) -> HttpResponseBase:
    """Record which body stands behind it."""
    row = reads.edition_in_review(actor=request.user, code=code, verb="evidence.endorse")
    form = forms.Endorse(request.POST or None)

    def act() -> str:
        actions.endorse(actor=request.user, edition=row, **form.cleaned_data)
        return at("edition", row)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    told = _("Kept beside it is the digest of what it says now: if it is changed afterwards, everybody sees that.")
    return shown(request, "form", row, form, title=_("Record an endorsement"), button=_("Record"), words=told)


@login_required
@require_form
def correct(request: HttpRequest, code: str) -> HttpResponseBase:
    """Tell beside a published edition what it says wrongly."""
    row = reads.edition_in_review(actor=request.user, code=code, verb="evidence.correct")
    if reads.frozen_of(row) is None:
        raise policy.Refused("not published")
    blocks = [
        (block.key, f"{block.key} {block.label} {block.title}".strip())
        for section in draft_page(row).sections
        for block in section.blocks
    ]
    form = forms.Correct(request.POST or None, blocks=blocks)

    def act() -> str:
        told = form.cleaned_data
        actions.correct(
            actor=request.user, edition=row, texts=form.texts, block_key=told["block"], figure=told["figure"]
        )
        return at("edition", row)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    return shown(request, "form", row, form, title=_("Tell of an error"), button=_("Put it beside the edition"))
