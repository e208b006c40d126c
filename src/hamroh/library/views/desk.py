"""The desk of the library: list, editor per kind, publication, the order of an issue."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hamroh.accounts import policy, workplace
from hamroh.kernel.states import MoveRefused
from hamroh.library import actions, selectors
from hamroh.library.forms.desk import RecordFilter
from hamroh.library.forms.records import RecordEditor
from hamroh.library.models import HOLDS, LEGAL_KINDS, Record, RecordKind
from hamroh.library.states import RecordStates
from hamroh.vault import journal, once

PAGE = 25


@login_required
@require_GET
def records(request: HttpRequest) -> HttpResponse:
    """Records of the own organisations, with filters in the address."""
    policy.require(request.user, "library.see_draft")
    filters = RecordFilter(request.GET or None)
    asked = filters.cleaned_data if filters.is_valid() else {}
    found = selectors.records_on_desk(actor=request.user, **asked)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"filters": filters, "page": page, "kinds": RecordKind.choices}
    return render(request, "library/desk/records.html", context)


@login_required
@require_GET
def record(request: HttpRequest, code: str) -> HttpResponse:
    """One record with everything that can be done to it and its history."""
    found = selectors.record_on_desk(actor=request.user, code=code)
    facts = selectors.record_facts(found)
    context = {
        "record": found,
        "facts": facts,
        "contributors": found.contributions.select_related("party").order_by("position"),
        "parts": found.parts.order_by("position", "created_at"),
        "holds": [(kind, kind.label) for kind in HOLDS.get(RecordKind(found.kind), ())],
        "files": found.attachments.order_by("position"),
        "copies": selectors.copies_by_region(found),
        "alike": selectors.alike(actor=request.user, facts=facts, but=found),
        "moves": [(name, _move_words()[name]) for name in RecordStates.moves(found.state)],
        "subjects": selectors.subjects_on_desk(found, get_language() or "en"),
        "history": journal.history(found)[:PAGE],
        "is_legal": found.kind in LEGAL_KINDS,
        "is_out": Record.objects.public().filter(pk=found.pk).exists(),
    }
    return render(request, "library/desk/record.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """A new record of a kind; ``?in=`` names the issue or series that it lies in."""
    policy.require(request.user, "library.edit")
    if kind not in RecordKind.values:
        raise Http404
    holder = request.GET.get("in", "")[:8]
    editor = RecordEditor(request.POST or None, kind=kind, actor=request.user, part_of=holder)
    return _edited(request, editor, None)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """The editor of a record; who comes second is told, and keeps her words."""
    found = selectors.record_on_desk(actor=request.user, code=code, verb="library.edit")
    facts = selectors.record_facts(found)
    editor = RecordEditor(request.POST or None, kind=found.kind, actor=request.user, initial=facts, seen=found.version)
    return _edited(request, editor, found)


def _edited(request: HttpRequest, editor: RecordEditor, found: Record | None) -> HttpResponse:
    """Show the editor, or save what it holds; a refusal shows it again with every word as it was typed."""
    typed = request.method == "POST" and not editor.adds_row
    shown: dict[str, Any] = {}
    if typed and editor.is_valid():
        if "look" in request.POST:
            shown = {"looked": True, "alike": selectors.alike(actor=request.user, facts=editor.facts(), but=found)}
            typed = False
        else:
            try:
                code = once.write(request, lambda: _saved(request, editor, found).code)
            except actions.FactsRefused as refused:
                editor.show(refused)
            except actions.EditedMeanwhile as meanwhile:
                editor.seen, shown["meanwhile"] = meanwhile.record.version, meanwhile.record
            else:
                messages.success(request, _("Saved."))
                return redirect("library-desk:record", code=code)
    context = {"editor": editor, "record": found, "kind": RecordKind(editor.kind).label, **shown}
    return render(request, "library/desk/edit.html", context, status=422 if typed else 200)


def _saved(request: HttpRequest, editor: RecordEditor, found: Record | None) -> Record:
    if found is None:
        house = workplace.current(request)
        return actions.keep_record(actor=request.user, facts=editor.facts(), organisation=house)
    return actions.edit_record(actor=request.user, record=found, facts=editor.facts(), seen=editor.seen)


_MOVES = {"published": actions.publish_record, "withdrawn": actions.withdraw_record, "draft": actions.restore_record}


def _move_words() -> dict[str, str]:
    return {"published": _("Publish"), "withdrawn": _("Take it back"), "draft": _("Make it a draft again")}


@login_required
@require_POST
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Publish, take back or bring back."""
    found = selectors.record_on_desk(actor=request.user, code=code)
    action = _MOVES.get(request.POST.get("to", ""))
    if action is None:
        return redirect("library-desk:record", code=code)
    try:
        once.write(request, lambda: action(actor=request.user, record=found).code)
        messages.success(request, _("Moved."))
    except MoveRefused:
        messages.error(request, _("Somebody has moved it meanwhile. Look at its state and try again."))
    return redirect("library-desk:record", code=code)


@login_required
@require_POST
def order(request: HttpRequest, code: str) -> HttpResponse:
    """Put a part of an issue or series one place up or down."""
    found = selectors.record_on_desk(actor=request.user, code=code, verb="library.edit")
    actions.move_part(actor=request.user, record=found, up=request.POST.get("to") == "up")
    holder = found.part_of.code if found.part_of else code
    return redirect("library-desk:record", code=holder)
