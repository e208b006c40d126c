"""Recovery papers in the browser: shown once to be printed, tried by somebody else, used by two people."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hamroh.accounts import actions, forms, policy, recency, recovery_forms, selectors
from hamroh.accounts.models import Admission, Organisation
from hamroh.accounts.recovery_forms import FIRST, SECOND
from hamroh.accounts.views.words import ASK_AGAIN
from hamroh.accounts.workplace import here
from hamroh.vault.actions.recovery import RecoveryRefused

#: typing sixty-six words from two sheets takes its time
TYPING = timedelta(minutes=30)
View = Callable[..., HttpResponseBase]


def _typed(view: View) -> View:
    """A page into which papers are typed, or on which they stand: kept in no cache, told in no report of a fault."""
    guarded = login_required(never_cache(require_http_methods(["GET", "HEAD", "POST"])(view)))
    return wraps(view)(sensitive_post_parameters(FIRST, SECOND)(guarded))


@login_required
@require_GET
def papers(request: HttpRequest) -> HttpResponseBase:
    """What stands: the papers, their drill, and who waits to be let in again."""
    house = here(request)
    found = selectors.recovery(actor=request.user, organisation=house)
    context = {
        "house": house,
        "recovery": found,
        "is_maker": found.made_by == request.user.pk,
        "waiting": selectors.waiting(actor=request.user, organisation=house),
        "admissions": selectors.admissions(actor=request.user, organisation=house),
        "may_keep": policy.allowed(request.user, "recovery.keep", house),
        "may_agree": policy.allowed(request.user, "recovery.agree", house),
    }
    return render(request, "accounts/recovery/papers.html", context)


@_typed
@sensitive_variables("form", "sheets")
def make(request: HttpRequest) -> HttpResponseBase:
    """Three papers on three sheets, in the answer to this form and nowhere else."""
    house = here(request)
    policy.require(request.user, "recovery.keep", house)
    if asked := _ask_who(request):
        return asked
    found = selectors.recovery(actor=request.user, organisation=house)
    form = (recovery_forms.Exchange if found.signs else recovery_forms.Make)(request.POST or None)
    if _may_be_taken(request, form):
        try:
            old = form.both if isinstance(form, recovery_forms.Papers) else ()
            sheets = actions.make_papers(actor=request.user, organisation=house, old=old)
        except RecoveryRefused:
            forms.say(form, recovery_forms.ANOTHER_SET)
        else:
            return _sheets(request, house, sheets)
    return _form(request, "make", form, house, found)


def _sheets(request: HttpRequest, house: Organisation, sheets: list[str]) -> HttpResponseBase:
    found = selectors.recovery(actor=request.user, organisation=house)
    numbered = [(number, words.split()) for number, words in enumerate(sheets, 1)]
    return render(request, "accounts/recovery/sheets.html", {"house": house, "recovery": found, "sheets": numbered})


@_typed
def drill(request: HttpRequest) -> HttpResponseBase:
    """Two of those who keep a paper each type it in; who made the papers does not hold it."""
    house = here(request)
    policy.require(request.user, "recovery.agree", house)
    found = selectors.recovery(actor=request.user, organisation=house)
    if not found.signs or found.made_by == request.user.pk:
        return redirect("recovery:papers")
    if asked := _ask_who(request):
        return asked
    form = recovery_forms.Papers(request.POST or None)
    if _may_be_taken(request, form):
        try:
            actions.hold_drill(actor=request.user, organisation=house, papers=form.both)
        except RecoveryRefused:
            forms.say(form, recovery_forms.ANOTHER_SET)
        else:
            return redirect("recovery:papers")
    return _form(request, "drill", form, house, found)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, waiting: UUID) -> HttpResponseBase:
    """The first person hears the signs of her new key."""
    house = here(request)
    policy.require(request.user, "recovery.keep", house)
    people = selectors.waiting(actor=request.user, organisation=house)
    member = next((each for each in people if each.user.pk == waiting and each.user.pk != request.user.pk), None)
    if member is None:
        raise Http404
    if asked := _ask_who(request):
        return asked
    form = recovery_forms.Signs(request.POST or None)
    if member.has_key and _may_be_taken(request, form):
        try:
            actions.ask_to_admit(
                actor=request.user, organisation=house, user=member.user, signs=form.cleaned_data["signs"]
            )
        except actions.OtherSigns:
            forms.say(form, recovery_forms.OTHER_SIGNS, "signs")
        else:
            return redirect("recovery:papers")
    context = {"form": form, "member": member, "house": house}
    return render(request, "accounts/recovery/ask.html", context, status=422 if form.errors else 200)


def _admission(request: HttpRequest, admission: UUID) -> Admission:
    rows = Admission.objects.open().select_related("organisation", "user", "asked_by")
    found = rows.filter(pk=admission).first()
    policy.require(request.user, "recovery.agree", found or Admission(organisation=Organisation()))
    if found is None:
        raise Http404
    return found


@_typed
def admit(request: HttpRequest, admission: UUID) -> HttpResponseBase:
    """The second person has two papers typed in, and the records open again."""
    row = _admission(request, admission)
    if request.user.pk in (row.asked_by_id, row.user_id):
        return redirect("recovery:papers")
    if asked := _ask_who(request):
        return asked
    form = recovery_forms.Papers(request.POST or None)
    if _may_be_taken(request, form):
        try:
            actions.admit(actor=request.user, admission=row, papers=form.both)
        except RecoveryRefused:
            forms.say(form, recovery_forms.ANOTHER_SET)
        else:
            return redirect("recovery:papers")
    found = selectors.recovery(actor=request.user, organisation=row.organisation)
    return _form(request, "admit", form, row.organisation, found, admission=row)


@login_required
@require_POST
def withdraw(request: HttpRequest, admission: UUID) -> HttpResponseBase:
    actions.withdraw_admission(actor=request.user, admission=_admission(request, admission))
    return redirect("recovery:papers")


def _ask_who(request: HttpRequest) -> HttpResponseBase | None:
    """Who comes to such a page shows who she is first; what she has typed there is not lost by it."""
    return None if request.method == "POST" or recency.recently_confirmed(request) else recency.ask_to_confirm(request)


def _may_be_taken(request: HttpRequest, form: Any) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    if recency.recently_confirmed(request, TYPING):
        return True
    forms.say(form, ASK_AGAIN)
    return False


def _form(request: HttpRequest, name: str, form: Any, house: Organisation, found: Any, **more: Any) -> HttpResponseBase:
    context = {"form": form, "house": house, "recovery": found, **more}
    return render(request, f"accounts/recovery/{name}.html", context, status=422 if form.errors else 200)
