"""Records that are kept beyond their time, erasure that is asked for, objections of owners, and how long each class is kept."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hamroh.accounts import policy, retention_forms
from hamroh.accounts.actions import retention as actions
from hamroh.accounts.forms import say
from hamroh.accounts.retention_words import FAULTS, GROUNDS, SORTS, WHY, WHY_PERIOD, length_said, rule_said
from hamroh.accounts.selectors import retention as selectors
from hamroh.accounts.views.words import NO_RECORD
from hamroh.accounts.workplace import here
from hamroh.accounts.zones import local_date
from hamroh.vault import once, retention
from hamroh.vault.actions.retention import RetentionRefused
from hamroh.vault.models import Release, RetentionPeriod

require_form = require_http_methods(["GET", "HEAD", "POST"])
PAGE = "accounts/retention/"


def _found(request: HttpRequest, form: Any, verb: str) -> Any:
    """Class and record of the code that was typed; None, with a fault on the form, where it is not there for her."""
    found = selectors.record_of(
        actor=request.user, verb=verb, code=form.cleaned_data["code"], organisation=here(request)
    )
    if found is None:
        say(form, NO_RECORD, "code")
    return found


@login_required
@require_form
def asked(request: HttpRequest) -> HttpResponseBase:
    """Erasure that somebody asks for: the same two people, whatever the period."""
    policy.require(request.user, "retention.propose")
    form = retention_forms.Asked(request.POST or None)
    if form.is_valid() and (found := _found(request, form, "retention.propose")):
        of, record = found

        def do() -> str:
            row = actions.propose(
                actor=request.user, organisation=here(request), of=of, ids=[record.pk], ground=Release.ASKED
            )
            return reverse("retention:proposal", kwargs={"release": row.pk})

        try:
            return redirect(once.write(request, do))
        except RetentionRefused as refused:
            say(form, FAULTS[refused.fault])
    return render(request, f"{PAGE}asked.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_GET
def holds(request: HttpRequest) -> HttpResponseBase:
    """What is held or kept longer, by when it is looked at again."""
    policy.require(request.user, "retention.hold")
    rows = selectors.held(actor=request.user, organisation=here(request))
    told = [{"row": row, "sort": SORTS[row.hold.sort], "why": WHY.get(row.hold.why, "")} for row in rows]
    return render(request, f"{PAGE}holds.html", {"rows": told})


@login_required
@require_form
def new_hold(request: HttpRequest) -> HttpResponseBase:
    """Hold one record, by its code."""
    policy.require(request.user, "retention.hold")
    today = local_date(timezone.now(), here(request))
    form = retention_forms.NewHold(request.POST or None, today=today)
    if form.is_valid() and (found := _found(request, form, "retention.hold")):
        (of, record), told = found, form.cleaned_data

        def do() -> str:
            row = actions.hold(actor=request.user, of=of, record=record, why=told["why"], until_date=told["due_date"])
            return str(row.pk)

        try:
            once.write(request, do)
        except RetentionRefused as refused:
            say(form, FAULTS[refused.fault])
        else:
            return redirect("retention:holds")
    return render(request, f"{PAGE}new_hold.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_POST
def lift(request: HttpRequest, hold: UUID) -> HttpResponseBase:
    policy.require(request.user, "retention.hold")
    row = selectors.hold(actor=request.user, organisation=here(request), pk=hold)
    actions.lift(actor=request.user, organisation=here(request), row=row)
    return redirect("retention:holds")


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponseBase:
    """One's own records that somebody proposes to let go."""
    rows = selectors.own_lines(actor=request.user)
    told = [{"row": row, "ground": GROUNDS[row.ground]} for row in rows]
    return render(request, f"{PAGE}mine.html", {"rows": told})


@login_required
@require_form
def object_to(request: HttpRequest, line: UUID) -> HttpResponseBase:
    """Object: the record is held until somebody looks at that."""
    own = next((each for each in selectors.own_lines(actor=request.user) if each.line.pk == line), None)
    if own is None:
        raise Http404
    form = retention_forms.Objection(request.POST or None)
    if form.is_valid():
        why = form.cleaned_data["why"]
        try:
            once.write(request, lambda: str(actions.object_to(actor=request.user, line=line, why=why).pk))
        except RetentionRefused as refused:
            say(form, FAULTS[refused.fault])
        else:
            return redirect("retention:mine")
    return render(request, f"{PAGE}object.html", {"form": form, "own": own}, status=422 if form.errors else 200)


# -- periods -------------------------------------------------------------------------------------------------------


@login_required
@require_GET
def periods(request: HttpRequest) -> HttpResponseBase:
    """How long records of each class are kept, and who chose that."""
    policy.require(request.user, "retention.see_periods", here(request))
    rows = RetentionPeriod.objects.filter(organisation_id=here(request).pk)
    chosen = {row.record_class: row for row in rows}
    told = [_said(of, here(request).pk, chosen.get(of.code)) for of in retention.classes()]
    may = policy.allowed(request.user, "retention.choose_period", here(request))
    return render(request, f"{PAGE}periods.html", {"rows": told, "may_choose": may})


def _rule(of: retention.RecordClass, length: int) -> Any:
    return rule_said(f"{of.rule.event} {length} {of.rule.unit}")


def _said(of: retention.RecordClass, house: UUID, chosen: RetentionPeriod | None) -> dict[str, Any]:
    return {
        "of": of, "rule": _rule(of, retention.length_for(of, house)), "chosen": chosen,
        "proposed": length_said(of.rule.unit, of.rule.length),
        "why": WHY_PERIOD.get(chosen.why, "") if chosen else "",
    }  # fmt: skip


@login_required
@require_form
def period(request: HttpRequest, of: str) -> HttpResponseBase:
    """Choose another length for one class."""
    policy.require(request.user, "retention.choose_period", here(request))
    found, house = retention.find(of), here(request)
    if found is None:
        raise Http404
    length = retention.length_for(found, house.pk)
    form = retention_forms.Period(request.POST or None, rule=found.rule, initial={"length": length})
    if form.is_valid():
        told = form.cleaned_data
        actions.choose_period(actor=request.user, organisation=house, of=found, length=told["length"], why=told["why"])
        return redirect("retention:periods")
    context = {"form": form, "of": found, "rule": _rule(found, length)}
    return render(request, f"{PAGE}period.html", context, status=422 if form.errors else 200)
