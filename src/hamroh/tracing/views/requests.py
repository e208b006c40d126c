"""The seeker's side: what she asked for, what she said, and the words that are the same for everybody."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.workplace import here
from hamroh.cases import selectors as cases
from hamroh.cases.models import Case
from hamroh.kernel import consents
from hamroh.tracing import actions, selectors
from hamroh.tracing.actions.asking import KIND, Changed, mark_of
from hamroh.tracing.actions.consents import ConsentRefused
from hamroh.tracing.forms import requests as forms
from hamroh.tracing.models import End, Request
from hamroh.tracing.selectors import found
from hamroh.tracing.showing import facts_of, plain
from hamroh.vault import attachments, once
from hamroh.vault.intake import FileRefused
from hamroh.vault.models import SealedFile
from hamroh.web.texts import pick

require_form = require_http_methods(["GET", "HEAD", "POST"])
PAGE, PAGE_LINES = "tracing/", 25


def written(request: HttpRequest, form: Any, act: Callable[[], str]) -> str:
    """What the action answers; empty where it is refused, which the form or the next page says."""
    try:
        return once.write(request, act)
    except (actions.CannotMove, actions.CannotJudge, actions.PoolRefused, ConsentRefused, FileRefused) as fault:
        if form is None:
            messages.error(request, str(fault))
        else:
            form.add_error(None, str(fault))
    return ""


def at(name: str, row: Any, **more: Any) -> str:
    return reverse(f"tracing:{name}", kwargs={"code": row.code, **more})


def lang_of() -> str:
    return get_language() or "en"


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponseBase:
    """What she asked for, with the words for her side."""
    policy.require(request.user, "tracing.own")
    rows = selectors.mine(actor=request.user, organisation=here(request))
    page = Paginator(rows, PAGE_LINES).get_page(request.GET.get("page"))
    lines = selectors.lines(actor=request.user, rows=list(page.object_list), verb="tracing.own")
    return render(request, f"{PAGE}list.html", {"page": page, "lines": lines, **doors(request)})


def doors(request: HttpRequest) -> dict[str, bool]:
    """Which lists open for who asks."""
    verbs = {"searches": "tracing.search", "protects": "tracing.protect", "may_ask": "tracing.ask"}
    return {name: bool(policy.allowed(request.user, verb)) for name, verb in verbs.items()}


# -- asking --------------------------------------------------------------------------------------------------------


def _case(request: HttpRequest) -> Case | None:
    """The case that the address names, where she may write in it; Refused for any other."""
    code = request.GET.get("case", "")
    if not code:
        return None
    case, _decision = cases.case_of(actor=request.user, code=code[:12], verb="case.write")
    return case


@login_required
@require_form
def new(request: HttpRequest) -> HttpResponseBase:
    """A request, with the questions about violence and the consent, on one page. The answer is the same whatever was answered."""
    policy.require(request.user, "tracing.ask")
    case = _case(request)
    form = forms.NewRequest(request.POST or None, request.FILES or None, of_case=case is not None)

    def act() -> str:
        row = actions.ask(
            actor=request.user, organisation=case.organisation if case else here(request), sought=form.sought(),
            answers=form.answers(), way=form.cleaned_data["way"], lang=lang_of(), case=case,
            photo=form.cleaned_data["photo"],
        )  # fmt: skip
        return at("request", row)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    words, _advice = consents.current("tracing").read_in(lang_of())
    context = {"form": form, "case": case, "words": words}
    return render(request, f"{PAGE}new.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def take_over(request: HttpRequest, case: str) -> HttpResponseBase:
    """What was asked for a case by somebody who works on it no longer."""
    row, _decision = cases.case_of(actor=request.user, code=case, verb="case.write")
    address = reverse("cases:case", kwargs={"code": row.code})
    written(request, None, lambda: f"{actions.take_over(actor=request.user, case=row)}")
    return redirect(address)


# -- her page ------------------------------------------------------------------------------------------------------


@login_required
@require_safe
def request(request: HttpRequest, code: str) -> HttpResponseBase:
    """Her own request. Who searches or protects is led to the page of that."""
    for verb, name in (("tracing.own", ""), ("tracing.search", "shortlist"), ("tracing.protect", "protection")):
        row = selectors.faced(request.user, verb).filter(code=code).first()
        if row is not None:
            return redirect(at(name, row)) if name else _her_page(request, row)
    raise policy.Refused("no such request for this person")


def _her_page(request: HttpRequest, row: Request) -> HttpResponseBase:
    decision = policy.require(request.user, "tracing.own", row)
    values = selectors.details(request=row, decision=decision)
    outward, known = selectors.outward(row), found.told(request=row, decision=decision)
    context = {
        "known": known, "news": [each for each in known.items if each["kind"] not in ("returned", "refused")],
        "hers": found.written(request=row, decision=decision, known=known),
        "row": row, "name": values["name"], "facts": facts_of(values), "outward": outward,
        "agreed": selectors.agreed(request=row),
        "searches": selectors.faced(request.user, "tracing.search").filter(pk=row.pk).exists(),
    }  # fmt: skip
    return render(request, f"{PAGE}request.html", context)


@login_required
@require_form
def correct(request: HttpRequest, code: str) -> HttpResponseBase:
    """Correct what is known; what somebody else wrote in the meantime is not written over."""
    row, _may = selectors.request_of(actor=request.user, code=code, verb="tracing.ask")
    decision = policy.require(request.user, "tracing.own", row)
    values = plain(selectors.details(request=row, decision=decision, purpose="form"))
    form = forms.Missed(request.POST or None, initial=forms.initial_of(values))
    changed = False
    if form.is_valid():
        try:
            return redirect(once.write(request, lambda: _corrected(request, row, form, values)))
        except Changed:
            changed = True
    seen = _seen(request) if form.errors else mark_of(row)
    context = {"row": row, "form": form, "seen": seen, "changed": changed, "now": facts_of(values) if changed else []}
    return render(request, f"{PAGE}correct.html", context, status=422 if form.errors or changed else 200)


def _seen(request: HttpRequest) -> int:
    try:
        return int(request.POST.get("seen", "")[:12])
    except ValueError:
        return -1


def _corrected(request: HttpRequest, row: Request, form: forms.Missed, values: dict[str, Any]) -> str:
    actions.correct(actor=request.user, request=row, sought=form.sought(values["facts"] or {}), seen=_seen(request))
    return at("request", row)


@login_required
@require_form
def photo(request: HttpRequest, code: str) -> HttpResponseBase:
    """A photo of who is missed, in place of the one before."""
    row, _may = selectors.request_of(actor=request.user, code=code, verb="tracing.ask")
    form = forms.Photo(request.POST or None, request.FILES or None)

    def act() -> str:
        actions.keep_photo(actor=request.user, request=row, content=form.cleaned_data["photo"])
        return at("request", row)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    context = {"row": row, "form": form, "title": _("A photo of the person"), "files": True}
    return render(request, f"{PAGE}form.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def photo_file(request: HttpRequest, code: str) -> HttpResponseBase:
    """The photo, for whichever side of the request somebody is on."""
    for verb in ("tracing.own", "tracing.search", "tracing.protect"):
        row = selectors.faced(request.user, verb).filter(code=code).first()
        file = SealedFile.objects.filter(kind=KIND, record_id=row.pk).first() if row else None
        if row is not None and file is not None:
            return attachments.attachment(file, decision=policy.require(request.user, verb, row), purpose="page")
    raise policy.Refused("no such photo for this person")


# -- consent and time ----------------------------------------------------------------------------------------------


@login_required
@require_form
def consent(request: HttpRequest, code: str) -> HttpResponseBase:
    """An answer to our own search or to a partner's; a no to our own ends the request at once."""
    row, _may = selectors.request_of(actor=request.user, code=code, verb="tracing.ask")
    houses = Organisation.objects.exclude(pk=row.organisation_id).order_by("code")
    partners = [(each, pick(each.names, lang_of()).text or each.code) for each in houses]
    form = forms.ConsentAnswer(request.POST or None, partners=partners)

    def act() -> str:
        told = form.cleaned_data
        actions.answer(
            actor=request.user, request=row, given=told["given"], way=told["way"], lang=lang_of(), to_organisation=form.to,
            words=told["words"],
        )  # fmt: skip
        return at("request", row)

    return asked(
        request, row, form, act, _("What was agreed to"), words=consents.current("tracing").read_in(lang_of())[0]
    )


@login_required
@require_form
def renew(request: HttpRequest, code: str) -> HttpResponseBase:
    """Another year, on consent that is given now."""
    row, _may = selectors.request_of(actor=request.user, code=code, verb="tracing.ask")
    form = forms.Renewal(request.POST or None)

    def act() -> str:
        actions.renew(actor=request.user, request=row, way=form.cleaned_data["way"], lang=lang_of())
        return at("request", row)

    return asked(
        request, row, form, act, _("Look for another year"), words=consents.current("tracing").read_in(lang_of())[0]
    )


@login_required
@require_form
def end(request: HttpRequest, code: str) -> HttpResponseBase:
    """She wishes no search any more."""
    row, _may = selectors.request_of(actor=request.user, code=code, verb="tracing.ask")
    form = forms.Noted(request.POST or None)

    def act() -> str:
        actions.close(actor=request.user, request=row, end=End.WISH, words=form.cleaned_data["words"])
        return at("request", row)

    return asked(request, row, form, act, _("End the request"))


def asked(
    request: HttpRequest, row: Any, form: Any, act: Callable[[], str], title: str, *, words: str = "",
    back: str = "request",
) -> HttpResponseBase:  # fmt: skip
    """One form about a request: done and led on, or shown again with what is wrong."""
    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    context = {"row": row, "form": form, "title": title, "words": words, "back": at(back, row)}
    return render(request, f"{PAGE}form.html", context, status=422 if form.errors else 200)
