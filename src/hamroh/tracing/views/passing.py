"""Records that leave as a locked file: asked for, let go, made, fetched; whom somebody on a list agreed to; words that may leave."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from hamroh.accounts import policy, recency
from hamroh.accounts.models import Organisation
from hamroh.accounts.workplace import here
from hamroh.cases.actions.lettinggo import NotLetGo
from hamroh.cases.models import Lock
from hamroh.tracing import selectors
from hamroh.tracing.actions import describing
from hamroh.tracing.actions import passing as actions
from hamroh.tracing.actions.describing import NotRead
from hamroh.tracing.forms import passing as forms
from hamroh.tracing.models import Pool, RecordFile
from hamroh.tracing.selectors import passing as reads
from hamroh.tracing.views.requests import PAGE, at, doors, lang_of, require_form
from hamroh.vault import attachments, once
from hamroh.web.texts import pick

HERE = f"{PAGE}passing/"


def houses() -> list[tuple[Organisation, str]]:
    """Every organisation with its name in the reader's language."""
    rows = Organisation.objects.order_by("code")
    return [(each, pick(each.names, lang_of()).text or each.code) for each in rows]


def done(request: HttpRequest, form: Any, act: Callable[[], Any]) -> str:
    """What the action answers, as text; empty where it is refused, which the form or the next page says."""
    return once.write_or_tell(request, form, lambda: str(act() or "-"), refusals=(NotLetGo, NotRead))


@login_required
@require_safe
def record_files(request: HttpRequest) -> HttpResponseBase:
    """What she asked for, and what waits for her word."""
    policy.require(request.user, "record_file.ask")
    house = here(request)
    context = {
        "mine": reads.record_files(actor=request.user, organisation=house),
        "waiting": reads.record_files_to_release(actor=request.user, organisation=house), **doors(request),
    }  # fmt: skip
    return render(request, f"{HERE}list.html", context)


@login_required
@require_form
def new_record_file(request: HttpRequest) -> HttpResponseBase:
    """To whom, what for, how it is locked; of people whom we look for, or of a list."""
    policy.require(request.user, "record_file.ask")
    pool = _pool(request)
    house = pool.organisation if pool else here(request)
    form = forms.Ask(request.POST or None, house=house, houses=houses(), phones=reads.office_phones(house=house))

    def act() -> str:
        return _page_of(actions.ask_file(actor=request.user, organisation=house, wish=form.wish(pool)))

    if form.is_valid() and (address := done(request, form, act)):
        return redirect(address)
    return render(request, f"{HERE}new.html", {"form": form, "pool": pool}, status=422 if form.errors else 200)


def _pool(request: HttpRequest) -> Pool | None:
    code = request.GET.get("list", "")
    return selectors.pool_of(actor=request.user, code=code[:12])[0] if code else None


def _page_of(row: RecordFile) -> str:
    return reverse("tracing:record-file", kwargs={"file": row.code})


@never_cache
@login_required
@require_safe
def record_file(request: HttpRequest, file: str) -> HttpResponseBase:
    """One wish: what was asked for, how it stands, what may be done now."""
    row, decision = reads.record_file_of(actor=request.user, code=file)
    return _shown(request, row, decision)


def _shown(request: HttpRequest, row: RecordFile, decision: policy.Decision, **more: Any) -> HttpResponseBase:
    is_mine = row.asked_by_id == request.user.pk
    context = {
        "file": row, "told": reads.words_of(file=row, decision=decision), "is_mine": is_mine,
        "stands": row.expires_at > timezone.now() and row.state not in ("over", "declined"),
        "with_password": row.locked_by == Lock.PASSWORD,
        "may_release": not is_mine and bool(policy.allowed(request.user, "record_file.release", row)), **more,
    }  # fmt: skip
    return render(request, f"{HERE}one.html", context)


def _one(request: HttpRequest, code: str, verb: str) -> RecordFile:
    row, _decision = reads.record_file_of(actor=request.user, code=code, verb=verb)
    return row


def _do(request: HttpRequest, row: RecordFile, act: Callable[[], Any]) -> HttpResponseBase:
    """By one press, by somebody who has just shown who she is: done, or said why not."""
    if not recency.recently_confirmed(request):
        return recency.ask_to_confirm(request, back_to=_page_of(row))
    done(request, None, act)
    return redirect(_page_of(row))


@login_required
@require_POST
def release_record_file(request: HttpRequest, file: str) -> HttpResponseBase:
    row = _one(request, file, "record_file.release")
    return _do(request, row, lambda: actions.release_file(actor=request.user, file=row))


@login_required
@require_POST
def decline_record_file(request: HttpRequest, file: str) -> HttpResponseBase:
    row = _one(request, file, "record_file.release")
    return _do(request, row, lambda: actions.decline_file(actor=request.user, file=row))


@login_required
@require_POST
def drop_record_file(request: HttpRequest, file: str) -> HttpResponseBase:
    row = _one(request, file, "record_file.take")
    actions.drop_file(actor=request.user, file=row)
    return redirect("tracing:record-files")


@never_cache
@login_required
@require_POST
def make_record_file(request: HttpRequest, file: str) -> HttpResponseBase:
    """Make the file, and show its password this once: it is kept nowhere, so this answer is no redirect."""
    row = _one(request, file, "record_file.take")
    if not recency.recently_confirmed(request):
        return recency.ask_to_confirm(request, back_to=_page_of(row))
    if row.state == "made" and "anew" not in request.POST:  # the page was sent again
        return redirect(_page_of(row))
    try:
        password = actions.make_file(actor=request.user, file=row)
    except NotLetGo as refused:
        messages.error(request, str(refused.args[0]))
        return redirect(_page_of(row))
    row, decision = reads.record_file_of(actor=request.user, code=file)
    return _shown(request, row, decision, password=password)


@never_cache
@login_required
@require_GET
def record_file_file(request: HttpRequest, file: str) -> HttpResponseBase:
    """The locked file, under a name that says nothing; the link ends with the file."""
    row = _one(request, file, "record_file.take")
    if not recency.recently_confirmed(request):
        return recency.ask_to_confirm(request, back_to=_page_of(row))
    try:
        content = actions.fetch_file(actor=request.user, file=row)
    except NotLetGo as refused:
        messages.error(request, str(refused.args[0]))
        return redirect(_page_of(row))
    return attachments.parcel(content, f"file-{row.code}.{'zip' if row.locked_by == Lock.PASSWORD else 'zip.age'}")


# -- whom somebody on a list agreed to -----------------------------------------------------------------------------


@login_required
@require_form
def agree_to_pass(request: HttpRequest, code: str, record: UUID) -> HttpResponseBase:
    """To which organisation his record may be given, and which parts of it."""
    pool, _decision = selectors.pool_of(actor=request.user, code=code, verb="pool.write")
    row = selectors.record_of(pool=pool, pk=record)
    if row.gone_at is not None:
        raise policy.Refused("nobody any more")
    form = forms.Agreed(request.POST or None, house=pool.organisation, houses=houses())

    def act() -> str:
        told = form.cleaned_data
        actions.agree_to_pass(
            actor=request.user, record=row, to=form.organisation, parts=told["parts"], sign=told["sign"]
        )
        return at("agree-to-pass", pool, record=row.pk)

    if form.is_valid() and (address := done(request, form, act)):
        messages.success(request, _("Written down."))
        return redirect(address)
    context = {"row": pool, "record": row, "form": form, "agreed": reads.agreed_of(record=row)}
    return render(request, f"{PAGE}pools/pass.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def take_word_back(request: HttpRequest, code: str, record: UUID) -> HttpResponseBase:
    """He agrees no more that this organisation is given anything."""
    pool, _decision = selectors.pool_of(actor=request.user, code=code, verb="pool.write")
    row = selectors.record_of(pool=pool, pk=record)
    to = next(
        (
            each.to_organisation
            for each in reads.agreed_of(record=row)
            if str(each.to_organisation_id) == request.POST.get("to")
        ),
        None,
    )
    if to is not None:
        done(request, None, lambda: actions.take_word_back(actor=request.user, record=row, to=to))
    return redirect(at("agree-to-pass", pool, record=row.pk))


# -- words that may leave ------------------------------------------------------------------------------------------


@login_required
@require_form
def words(request: HttpRequest, code: str) -> HttpResponseBase:
    """How he may be recognised, and who has read it; to whom the request was given as a record."""
    row, decision = selectors.request_of(actor=request.user, code=code, verb="tracing.search")
    form = forms.Described(request.POST or None)

    def act() -> str:
        describing.describe(actor=request.user, request=row, words=form.cleaned_data["words"])
        return at("words", row)

    if form.is_valid() and (address := done(request, form, act)):
        return redirect(address)
    context = {
        "row": row, "form": form, "descriptions": reads.descriptions(request=row, decision=decision),
        "passed": reads.passed_of(request=row),
    }  # fmt: skip
    return render(request, f"{HERE}words.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def let_through(request: HttpRequest, code: str, description: UUID) -> HttpResponseBase:
    """Another has read the words: they may leave."""
    row, _decision = selectors.request_of(actor=request.user, code=code, verb="tracing.search")
    found = reads.description_of(request=row, pk=description)
    done(request, None, lambda: describing.let_through(actor=request.user, request=row, description=found))
    return redirect(at("words", row))
