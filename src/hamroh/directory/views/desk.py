"""The desk of the directory's editors: list, edit, verify, move, consents, reports, emergency numbers."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hamroh.accounts import policy
from hamroh.directory import actions, selectors
from hamroh.directory.forms import (
    ConsentForm,
    DeskFilter,
    MoveForm,
    PartyEditor,
    ReportStep,
    ServiceEditor,
    VerifyForm,
)
from hamroh.directory.models import EmergencyRoute, ListingConsent, Party, Service
from hamroh.directory.models.parties import CONSENT_KINDS
from hamroh.directory.states import EntryStates
from hamroh.kernel.states import MoveRefused
from hamroh.vault import journal, once

PAGE = 25
KINDS: dict[str, Any] = {"party": Party, "service": Service}


@login_required
@require_GET
def entries(request: HttpRequest, of: str) -> HttpResponse:
    """The list of parties or services, with filters in the address."""
    policy.require(request.user, "directory.see_unpublished")
    filters = DeskFilter(request.GET or None)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    lang = get_language() or "en"
    found = selectors.entries_for_desk(actor=request.user, of=KINDS[of], lang=lang, **_asked(chosen, of))
    context = {
        "of": of,
        "filters": filters,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
    }
    return render(request, "directory/desk/entries.html", context)


def _asked(chosen: dict[str, Any], of: str) -> dict[str, Any]:
    asked = {name: chosen.get(name) or "" for name in ("text", "state", "kind")}
    if of == "service":
        asked["kind"] = ""
    narrowed = {name: bool(chosen.get(name)) for name in ("overdue", "mine")}
    return asked | narrowed | {"place": chosen.get("place")}


@login_required
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits: reports, entries past their date, emergency numbers, consents that run out."""
    waiting = selectors.review_queue(actor=request.user)
    context = {
        "queue": waiting,
        "most": f":{PAGE}",
        "today": timezone.localdate(),
        "lists": [
            (_("Services to be checked"), "service", waiting.services[:PAGE]),
            (_("Organisations to be checked"), "party", waiting.parties[:PAGE]),
        ],
    }
    return render(request, "directory/desk/queue.html", context)


@login_required
@require_GET
def entry(request: HttpRequest, of: str, code: str) -> HttpResponse:
    """One entry with everything that can be done to it and its history."""
    found = selectors.entry_for_desk(actor=request.user, of=KINDS[of], code=code)
    return _entry_page(request, of, found)


def _entry_page(request: HttpRequest, of: str, found: Any, *, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "of": of,
        "entry": found,
        "moves": [(name, _(EntryStates.states[name].label)) for name in EntryStates.moves(found.state)],
        "verify": VerifyForm(),
        "consent": ConsentForm(),
        "needs_consent": of == "party" and found.kind in CONSENT_KINDS,
        "consents": found.consents.order_by("-given_date") if of == "party" else (),
        "services": found.services.order_by("code") if of == "party" else (),
        "reports": found.reports.order_by("-received_date")[:PAGE],
        "history": journal.history(found)[:PAGE],
        "today": timezone.localdate(),
    }
    return render(request, "directory/desk/entry.html", context | forms, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def new_party(request: HttpRequest) -> HttpResponse:
    policy.require(request.user, "directory.edit")
    editor = PartyEditor(request.POST or None)
    return _edited(request, editor, "party", partial(actions.create_party, actor=request.user))


@login_required
@require_http_methods(["GET", "POST"])
def edit_party(request: HttpRequest, code: str) -> HttpResponse:
    party = selectors.entry_for_desk(actor=request.user, of=Party, code=code)
    editor = PartyEditor(request.POST or None, initial=selectors.party_facts(party), seen=party.updated_at)
    return _edited(request, editor, "party", partial(actions.edit_party, actor=request.user, party=party), entry=party)


@login_required
@require_http_methods(["GET", "POST"])
def new_service(request: HttpRequest, code: str) -> HttpResponse:
    party = selectors.entry_for_desk(actor=request.user, of=Party, code=code)
    editor = ServiceEditor(request.POST or None, party=party)
    create = partial(actions.create_service, actor=request.user, party=party)
    return _edited(request, editor, "service", create, party=party)


@login_required
@require_http_methods(["GET", "POST"])
def edit_service(request: HttpRequest, code: str) -> HttpResponse:
    service = selectors.entry_for_desk(actor=request.user, of=Service, code=code)
    stored = selectors.service_facts(service)
    editor = ServiceEditor(request.POST or None, party=service.party, initial=stored, seen=service.updated_at)
    edit = partial(actions.edit_service, actor=request.user, service=service)
    return _edited(request, editor, "service", edit, entry=service)


def _edited(request: HttpRequest, editor: Any, of: str, save: Callable[..., Any], **shown: Any) -> HttpResponse:
    """Show the editor, or save what it holds; a refusal shows it again with every word as it was typed."""
    typed = request.method == "POST" and not editor.adds_row
    if typed and editor.is_valid():
        try:
            code = once.write(request, lambda: str(_saved(editor, save).code))
        except actions.FactsRefused as refused:
            editor.show(refused)
        except actions.EditedMeanwhile as meanwhile:
            editor.seen = meanwhile.entry.updated_at
            shown["meanwhile"] = meanwhile.entry
        else:
            messages.success(request, _("Saved."))
            return redirect("directory-desk:entry", of=of, code=code)
    return render(
        request, "directory/desk/edit.html", {"editor": editor, "of": of, **shown}, status=422 if typed else 200
    )


def _saved(editor: Any, save: Callable[..., Any]) -> Any:
    """The entry after one action; an edit also says which state of it the editor had seen."""
    seen = {"seen": editor.seen} if editor.initial else {}
    saved = save(facts=editor.facts(), **seen)
    return getattr(saved, "entry", saved)


@login_required
@require_POST
def verify(request: HttpRequest, of: str, code: str) -> HttpResponse:
    found = selectors.entry_for_desk(actor=request.user, of=KINDS[of], code=code)
    form = VerifyForm(request.POST)
    if form.is_valid():
        try:
            _once(request, actions.verify_entry, entry=found, **form.cleaned_data)
        except actions.FactsRefused as refused:
            _put(form, refused)
        else:
            messages.success(request, _("Marked as checked today."))
            return redirect("directory-desk:entry", of=of, code=code)
    return _entry_page(request, of, found, status=422, verify=form)


@login_required
@require_POST
def move(request: HttpRequest, of: str, code: str) -> HttpResponse:
    """List, unlist or archive; what the rules refuse is said on the entry's page."""
    found = selectors.entry_for_desk(actor=request.user, of=KINDS[of], code=code)
    form = MoveForm(request.POST)
    moves = {"listed": actions.list_entry, "draft": actions.unlist_entry, "archived": actions.archive_entry}
    if form.is_valid():
        try:
            _once(request, moves[form.cleaned_data["to"]], entry=found)
            messages.success(request, _("Moved."))
        except actions.FactsRefused as refused:
            messages.error(request, " ".join(problem.message for problem in refused.problems))
        except MoveRefused:
            messages.error(request, _("Somebody has moved it meanwhile. Look at its state and try again."))
    return redirect("directory-desk:entry", of=of, code=code)


@login_required
@require_POST
def stand_for(request: HttpRequest, code: str) -> HttpResponse:
    """The entry is the organisation that keeps it."""
    party = selectors.entry_for_desk(actor=request.user, of=Party, code=code)
    try:
        _once(request, actions.stand_for, party=party)
        messages.success(request, _("This entry stands for your organisation now."))
    except actions.FactsRefused as refused:
        messages.error(request, " ".join(problem.message for problem in refused.problems))
    return redirect("directory-desk:entry", of="party", code=code)


@login_required
@require_POST
def add_consent(request: HttpRequest, code: str) -> HttpResponse:
    party = selectors.entry_for_desk(actor=request.user, of=Party, code=code)
    form = ConsentForm(request.POST)
    if form.is_valid():
        try:
            _once(request, actions.record_consent, of=party, **form.cleaned_data)
        except actions.FactsRefused as refused:
            _put(form, refused)
        else:
            messages.success(request, _("Consent recorded."))
            return redirect("directory-desk:entry", of="party", code=code)
    return _entry_page(request, "party", party, status=422, consent=form)


@login_required
@require_POST
def end_consent(request: HttpRequest, code: str, consent: str) -> HttpResponse:
    party = selectors.entry_for_desk(actor=request.user, of=Party, code=code)
    found = ListingConsent.objects.filter(party=party, pk=consent).first()
    if found is None:
        raise policy.Refused
    _once(request, actions.withdraw_consent, consent=found)
    messages.success(request, _("Consent withdrawn. The entry is no longer shown."))
    return redirect("directory-desk:entry", of="party", code=code)


@login_required
@require_POST
def step_report(request: HttpRequest, report: str) -> HttpResponse:
    found = selectors.open_reports(actor=request.user).filter(pk=report).first()
    form = ReportStep(request.POST)
    if found is None:
        raise policy.Refused
    if form.is_valid():
        try:
            _once(request, actions.handle_report, report=found, **form.cleaned_data)
            messages.success(request, _("Report updated."))
        except MoveRefused:
            messages.error(request, _("Somebody has worked on this report meanwhile."))
    return redirect("directory-desk:queue")


@login_required
@require_POST
def verify_route(request: HttpRequest, key: str) -> HttpResponse:
    policy.require(request.user, "directory.verify")
    route = EmergencyRoute.objects.filter(key=key).first()
    if route is None:
        raise policy.Refused
    _once(request, actions.verify_emergency_route, route=route)
    messages.success(request, _("Marked as checked today."))
    return redirect(reverse("directory-desk:queue") + "#routes")


def _once(request: HttpRequest, action: Callable[..., object], **facts: Any) -> None:
    """Run an action once for a form, however often it is sent; what it answers leads nowhere else."""

    def run() -> str:
        action(actor=request.user, **facts)
        return ""

    once.write(request, run)


def _put(form: Any, refused: actions.FactsRefused) -> None:
    for problem in refused.problems:
        form.add_error(problem.field if problem.field in form.fields else None, problem.message)
