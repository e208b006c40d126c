"""The desk of the archive: trees of descriptions from other houses, and moments of the timeline."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.archive import actions
from hamroh.archive.exchange import descriptions
from hamroh.archive.forms.moments import MomentForm, TreeForm
from hamroh.archive.selectors import desk
from hamroh.archive.views.common import PAGE, ask, at, house, require_form, sent, typed
from hamroh.kernel import ead
from hamroh.vault import once


@login_required
@require_form
def tree(request: HttpRequest) -> HttpResponse:
    """Bring in a tree as drafts, or only try it: each unit with why it cannot come in."""
    policy.require(request.user, "archive.edit")
    form, lines = TreeForm(typed(request), sent(request)), list[actions.Brought]()
    if form.is_bound and form.is_valid():
        lines, where = _brought(request, form)
        if where:
            messages.success(request, _("It came in as drafts."))
            return redirect(where)
    faults = [each for each in lines if each.fault]
    context = {"form": form, "lines": lines, "faults": faults}
    return render(request, f"{PAGE}tree.html", context, status=422 if form.errors or faults else 200)


class _Faulty(Exception):
    """A unit was refused, so nothing came in, and the same form may be sent again."""


def _brought(request: HttpRequest, form: TreeForm) -> tuple[list[actions.Brought], str]:
    """What the file holds, and the page of the whole once it came in."""
    told = form.cleaned_data
    try:
        found = ead.read(told["file"].read(ead.LARGEST + 1), told["lang"])
    except ead.EadRefused as refused:
        form.add_error("file", descriptions.told(refused))
        return [], ""
    facts: dict[str, Any] = {"actor": request.user, "organisation": house(request), "tree": found}
    if told["only_try"]:
        return actions.bring_tree(**facts, only_try=True), ""
    lines = list[actions.Brought]()

    def bring() -> str:
        lines.extend(actions.bring_tree(**facts, only_try=False))
        whole = lines[0].unit
        if whole is None or any(each.fault for each in lines):
            raise _Faulty
        return at(whole)

    try:
        return lines, once.write(request, bring)
    except _Faulty:
        return lines, ""


@login_required
@require_safe
def moments(request: HttpRequest) -> HttpResponse:
    """Moments of the own organisations, from the oldest on."""
    policy.require(request.user, "archive.edit")
    return render(request, f"{PAGE}moments.html", {"moments": desk.moments(actor=request.user)})


@login_required
@require_form
def moment(request: HttpRequest, pk: Any = None) -> HttpResponse:
    """One moment, new or to be put right; or take it out."""
    policy.require(request.user, "archive.edit")
    found = desk.moment(actor=request.user, pk=pk) if pk else None
    mine = found.organisation if found else house(request)
    if found and request.POST.get("does") == "remove":
        actions.remove_moment(actor=request.user, moment=found)
        return redirect(reverse("archive-desk:moments"))
    form = MomentForm(typed(request), units=list(_units(request, mine)), moment=found)

    def act() -> str:
        actions.write_moment(actor=request.user, organisation=mine, facts=form.facts(), moment=found)
        return reverse("archive-desk:moments")

    return ask(request, form, act, "moment.html", moment=found, title=_("A moment of the timeline"))


def _units(request: HttpRequest, mine: Any) -> Any:
    return (
        desk.units(actor=request.user)
        .filter(organisation=mine)
        .exclude(state="erased")
        .defer("abouts", "details")[:500]
    )
