"""Pages of partners: agreements and alarms for who supervises; partners' requests and our searches with them for who searches."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.accounts.workplace import here
from hamroh.tracing.actions import looking, partnering
from hamroh.tracing.forms import partners as forms
from hamroh.tracing.models import PoolRecord
from hamroh.tracing.selectors import partners as reads
from hamroh.tracing.views.requests import PAGE_LINES, doors, lang_of, require_form
from hamroh.vault import once
from hamroh.web.texts import pick

PAGE = "tracing/partners/"
#: what a page of an agreement can ask for, by what its button says
DOING: dict[str, Callable[..., None]] = {"refuse": partnering.refuse, "end": partnering.end}


def at(name: str, **more: Any) -> str:
    return reverse(f"partners:{name}", kwargs=more)


def written(request: HttpRequest, form: Any, act: Callable[[], str]) -> str:
    """What the action answers; empty where it is refused, which the form or the next page says."""
    return once.write_or_tell(request, form, act, refusals=(looking.CannotLook, partnering.PartnerRefused))


# -- agreements ----------------------------------------------------------------------------------------------------


@login_required
@require_safe
def agreements(request: HttpRequest) -> HttpResponseBase:
    """The agreements of the organisation, offers and alarms that wait first."""
    policy.require(request.user, "partner.see")
    house = here(request)
    context = {
        "rows": reads.partnerships(actor=request.user, organisation=house),
        "alarms": reads.waiting_alarms(actor=request.user, organisation=house),
        "may": policy.allowed(request.user, "partner.agree"), **doors(request),
    }  # fmt: skip
    return render(request, f"{PAGE}list.html", context)


@login_required
@require_form
def offer(request: HttpRequest) -> HttpResponseBase:
    """Offer an agreement to another organisation."""
    policy.require(request.user, "partner.agree")
    house = here(request)
    partners = [
        (each, pick(each.names, lang_of()).text or each.code) for each in reads.may_be_offered(organisation=house)
    ]
    form = forms.Offer(request.POST or None, partners=partners)

    def act() -> str:
        row = partnering.offer(actor=request.user, organisation=house, partner=form.to, terms=form.terms())
        return at("agreement", pact=row.code)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    return render(request, f"{PAGE}offer.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_form
def agreement(request: HttpRequest, pact: str) -> HttpResponseBase:
    """One agreement: what was agreed, until when, who searched today, alarms; an offer of the other side is agreed to here."""
    row, decision = reads.partnership_of(actor=request.user, code=pact)
    may = policy.allowed(request.user, "partner.agree", row)
    if request.method == "POST" and not may:
        raise policy.Refused("no role for this")
    form = forms.Acceptance(request.POST or None)

    def act() -> str:
        partnering.accept(actor=request.user, partnership=row, contact=form.cleaned_data["contact"])
        return at("agreement", pact=row.code)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    context = {
        "row": row, "told": reads.terms_of(partnership=row, decision=decision), "may": may, "form": form,
        "today": reads.today_of(partnership=row), "alarms": reads.alarms(actor=request.user, partnership=row, decision=decision),
    }  # fmt: skip
    return render(request, f"{PAGE}agreement.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def decide(request: HttpRequest, pact: str) -> HttpResponseBase:
    """Say no to an offer, take ours back, or end an agreement."""
    row, _decision = reads.partnership_of(actor=request.user, code=pact, verb="partner.agree")
    doing = DOING.get(request.POST.get("do", ""))

    if doing is not None:

        def act() -> str:
            doing(actor=request.user, partnership=row)
            return at("agreement", pact=row.code)

        written(request, None, act)
    return redirect(at("agreement", pact=row.code))


@login_required
@require_form
def alarm(request: HttpRequest, pact: str, alarm: UUID) -> HttpResponseBase:
    """Searches that have to be looked at, and letting somebody of ours search again."""
    row, _decision = reads.partnership_of(actor=request.user, code=pact, verb="partner.agree")
    found = reads.alarm_of(actor=request.user, partnership=row, pk=alarm)
    form = forms.Lifting(request.POST or None)

    def act() -> str:
        looking.lift(actor=request.user, alarm=found, words=form.cleaned_data["words"])
        return at("agreement", pact=row.code)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    context = {
        "row": row, "alarm": found, "form": form, "signs": [reads.SIGNS[each] for each in found.signs if each in reads.SIGNS],
        "searches": reads.searches_before(actor=request.user, alarm=found),
        "may": found.is_ours and found.lifted_at is None and found.who_id != request.user.pk,
    }  # fmt: skip
    return render(request, f"{PAGE}alarm.html", context, status=422 if form.errors else 200)


# -- a partner's requests ------------------------------------------------------------------------------------------


@login_required
@require_safe
def requests(request: HttpRequest) -> HttpResponseBase:
    """What partners look for, as far as whoever asks agreed to it."""
    policy.require(request.user, "partner.look")
    house = here(request)
    page = Paginator(reads.theirs(actor=request.user, organisation=house), PAGE_LINES).get_page(request.GET.get("page"))
    context = {
        "page": page, "lines": reads.read(actor=request.user, rows=list(page.object_list)),
        "paused": reads.is_paused(request.user, house.pk), **doors(request),
    }  # fmt: skip
    return render(request, f"{PAGE}requests.html", context)


@login_required
@require_form
def one(request: HttpRequest, shown: str) -> HttpResponseBase:
    """One of them, and a search of our own lists with it."""
    row, _decision = reads.theirs_of(actor=request.user, code=shown)
    form = forms.Looking(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        search = looking.look(actor=request.user, shown=row, purpose=told["purpose"], words=told["words"])
        return at("found", shown=row.code, search=search.pk) if search else at("one", shown=row.code)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    context = {
        "row": row, "form": form, "theirs": next(iter(reads.read(actor=request.user, rows=[row], purpose="page")), None),
        "paused": reads.is_paused(request.user, row.organisation_id),
    }  # fmt: skip
    return render(request, f"{PAGE}one.html", context, status=422 if form.errors else 200)


@login_required
@require_form
def found(request: HttpRequest, shown: str, search: UUID) -> HttpResponseBase:
    """Whom of ours it may be, and the answer."""
    row, _decision = reads.theirs_of(actor=request.user, code=shown)
    made = reads.search_of(actor=request.user, shown=row, pk=search)
    likes = reads.candidates(actor=request.user, shown=row)
    officers = looking.officers_of(row.organisation_id)
    form = forms.Answering(
        request.POST or None, found=likes, officers=officers, initial={"officer": str(request.user.pk)}
    )

    def act() -> str:
        record = PoolRecord.objects.select_related("pool").filter(pk=form.record_id).first() if form.record_id else None
        looking.answer(actor=request.user, search=made, record=record, officer=form.named if record else None)
        return at("requests")

    if form.is_valid() and (address := written(request, form, act)):
        messages.success(
            request, _("Answered. The other side reads your answer and whom to ask, and nothing of your list.")
        )
        return redirect(address)
    theirs = next(iter(reads.read(actor=request.user, rows=[row], purpose="page")), None)
    context = {"row": row, "theirs": theirs, "found": likes, "form": form}
    return render(request, f"{PAGE}found.html", context, status=422 if form.errors else 200)
