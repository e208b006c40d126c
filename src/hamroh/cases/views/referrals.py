"""Pages of referrals that go out of a case."""

from collections.abc import Sequence
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
from hamroh.accounts.models import Organisation
from hamroh.accounts.workplace import here
from hamroh.cases import childhood, reaching, selectors
from hamroh.cases.actions import referrals as actions
from hamroh.cases.actions.links import OPEN
from hamroh.cases.actions.moving import AtRest
from hamroh.cases.actions.referrals import To
from hamroh.cases.forms.referrals import CHOSEN, Answered, NewReferral, NewTransfer, OfficialReferral
from hamroh.cases.forms.safety import named_service
from hamroh.cases.models import Case, Purpose, Referral
from hamroh.cases.selectors import linking, officials
from hamroh.cases.selectors import referrals as reads
from hamroh.cases.states import ReferralLife
from hamroh.cases.views.consents import OFFICIALS
from hamroh.cases.views.files import PAGE_LINES
from hamroh.cases.views.reaching import require_form
from hamroh.directory.models import Service
from hamroh.vault import once
from hamroh.web.texts import pick

PAGE = "cases/referrals/"


@login_required
@require_safe
def sent(request: HttpRequest) -> HttpResponseBase:
    """What went out of the cases that she may list."""
    policy.require(request.user, "case.list")
    rows = reads.sent(actor=request.user, organisation=here(request))
    return render(request, f"{PAGE}sent.html", {"page": Paginator(rows, PAGE_LINES).get_page(request.GET.get("page"))})


@login_required
@require_form
def new_referral(request: HttpRequest, code: str) -> HttpResponseBase:
    """Refer her to an organisation or to a service without an account that she said yes to."""
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    known: list[Organisation | Service] = [
        *reads.agreed_organisations(case=case), *linking.agreed_services(case=case)
    ]  # fmt: skip
    said = {"title": _("Refer her to an organisation"), "may_ask": Purpose.SHARE.value}
    return _referred(request, case, known, NewReferral, said)


@login_required
@require_form
def new_transfer(request: HttpRequest, code: str) -> HttpResponseBase:
    """Hand her case over to an organisation that she said yes to."""
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    known = reads.agreed_organisations(case=case, purpose=Purpose.TRANSFER)
    said = {"title": _("Hand her case over"), "may_ask": Purpose.TRANSFER.value}
    return _referred(request, case, known, NewTransfer, said)


def _referred(
    request: HttpRequest, case: Case, known: Sequence[Organisation | Service], of: type[NewReferral], said: dict[str, Any]
) -> HttpResponseBase:  # fmt: skip
    _case, decision = selectors.case_of(actor=request.user, code=case.code)
    by_key = {str(each.pk): each for each in known}
    named = [(pk, name_of(each)) for pk, each in by_key.items()]
    names = selectors.names_of_people(case=case, decision=decision)
    children = [(str(each.pk), str(names[each.pk])) for each in childhood.children_of(case=case)]
    copies = reads.copies(case=case, decision=decision, names=names)
    form = of(request.POST or None, to=named, copies=copies, children=children)

    def draft() -> Referral:
        wanted, to = form.wanted(reaching.today_there(case)), to_whom(by_key[form.cleaned_data["to"]])
        return actions.draft_referral(actor=request.user, case=case, wanted=wanted, to=to)

    return _asked(request, case, form, draft, {**said, "is_open": bool(known)})


def to_whom(chosen: Organisation | Service) -> To:
    return To(service=chosen) if isinstance(chosen, Service) else To(organisation=chosen)


def name_of(whom: Organisation | Service) -> str:
    """How a choice calls them, in the reader's language."""
    if isinstance(whom, Service):
        return named_service(whom)
    return pick(whom.names, get_language() or "en").text or whom.code


@login_required
@require_form
def official_referral(request: HttpRequest, code: str) -> HttpResponseBase:
    """Refer her to the police, the mahalla or a religious leader, after advice and on a yes of its own."""
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    known = officials.open_officials(case=case)
    form = OfficialReferral(request.POST or None, open_to=known)

    def draft() -> Referral:
        wanted = form.wanted(reaching.today_there(case))
        to = To(official=form.cleaned_data["official"])
        return actions.draft_referral(actor=request.user, case=case, wanted=wanted, to=to)

    others = [(code, label) for code, label in OFFICIALS.items() if code not in known]
    said = {"title": _("Refer her to an official"), "others": others, "is_open": bool(known)}
    return _asked(request, case, form, draft, said)


def _asked(request: HttpRequest, case: Case, form: Form, draft: Any, said: dict[str, Any]) -> HttpResponseBase:
    if form.is_valid() and (address := _written(request, form, lambda: _address(draft()))):
        return redirect(address)
    context = {"case": case, "form": form, **said}
    return render(request, f"{PAGE}new.html", context, status=422 if form.errors else 200)


def _address(row: Referral) -> str:
    return reverse("cases:referral", kwargs={"code": row.case.code, "referral": row.pk})


def _written(request: HttpRequest, form: Form | None, act: Any) -> str:
    """What the action answers; empty where it is refused, which the form or the next page then says."""
    try:
        return once.write(request, act)
    except actions.CannotRefer as fault:
        said = str(fault)
    except AtRest:
        said = _("This case is closed. A supervisor or its owner reopens it before anything is written.")
    if form is None:
        messages.error(request, said)
    else:
        form.add_error(None, said)
    return ""


def _one(request: HttpRequest, code: str, referral: UUID, verb: str = "case.write") -> tuple[Case, reads.Shown]:
    policy_case, _decision = selectors.case_of(actor=request.user, code=code, verb=verb)
    _case, decision = selectors.case_of(actor=request.user, code=code)
    return policy_case, reads.one(case=policy_case, pk=referral, decision=decision)


@login_required
@require_safe
def referral(request: HttpRequest, code: str, referral: UUID) -> HttpResponseBase:
    """What they read before and after they accept, how far it is, and what they have."""
    case, shown = _one(request, code, referral, "case.read")
    open_ = ReferralLife.moves(shown.row.state)
    context = {
        "case": case, "shown": shown, "row": shown.row, "may": policy.allowed(request.user, "case.write", case),
        "may_send": "sent" in open_ and _is_second(request, shown.row), "waits": _waits(request, shown.row), "may_take_back": "revoked" in open_,
        "may_note": bool(not shown.row.to_organisation_id and _noted(shown.row)),
        "links": reads.by_the_clock_of(case, linking.links(referral=shown.row)), "may_link": _may_link(shown.row),
        "chosen": [CHOSEN[name] for name in shown.facts.get("chosen", ())], "copies": len(shown.payload.get("copies", ())),
    }  # fmt: skip
    return render(request, f"{PAGE}referral.html", context)


@login_required
@require_POST
def send(request: HttpRequest, code: str, referral: UUID) -> HttpResponseBase:
    """Send it."""
    _case, shown = _one(request, code, referral)
    if _written(request, None, lambda: _address(actions.send_referral(actor=request.user, referral=shown.row))):
        messages.success(request, _("Sent."))
    return redirect(_address(shown.row))


@login_required
@require_POST
def take_back(request: HttpRequest, code: str, referral: UUID) -> HttpResponseBase:
    """Take it back; what they were given is emptied."""
    _case, shown = _one(request, code, referral)
    if _written(request, None, lambda: _address(actions.take_back(actor=request.user, referral=shown.row))):
        messages.success(request, _("Taken back. What they were given is emptied."))
    return redirect(_address(shown.row))


def _is_second(request: HttpRequest, row: Referral) -> bool:
    """Whether she may send it: a handing over is sent by a supervisor who did not ask for it."""
    if not row.is_transfer:
        return True
    return row.made_by_id != request.user.pk and bool(policy.allowed(request.user, "case.approve", row.case))


def _waits(request: HttpRequest, row: Referral) -> bool:
    return row.state == "drafted" and not _is_second(request, row)


def _may_link(row: Referral) -> bool:
    return row.to_service_id is not None and row.state in OPEN


def _noted(row: Referral) -> list[tuple[str, Any]]:
    """What may be written down of an official's answer now."""
    moves = set(ReferralLife.moves(row.state)) & {"accepted", "declined", "completed"}
    return [(name, label) for name, label in ReferralLife.choices() if name in moves]


@login_required
@require_form
def note_answer(request: HttpRequest, code: str, referral: UUID) -> HttpResponseBase:
    """What an official answered."""
    case, shown = _one(request, code, referral)
    form = Answered(request.POST or None, after=_noted(shown.row))

    def act() -> str:
        told = form.cleaned_data
        actions.note_answer(actor=request.user, referral=shown.row, after=told["after"], answer=told["words"])
        return _address(shown.row)

    if shown.row.to_organisation_id is not None:
        raise policy.Refused("an organisation answers for itself")
    if form.is_valid() and _written(request, form, act):
        return redirect(_address(shown.row))
    context = {"case": case, "form": form, "row": shown.row}
    return render(request, f"{PAGE}answer.html", context, status=422 if form.errors else 200)
