"""Bringing a list of records: hand it over, say which column is which, see what would become of it, say yes or no."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamroh.accounts import policy, workplace
from hamroh.accounts.models import Organisation
from hamroh.directory.exchange.tables import FileRefused
from hamroh.library.exchange import bringing, tabular, waiting, working
from hamroh.library.exchange.opening import shape_of
from hamroh.library.exchange.planning import Fate
from hamroh.library.exchange.texts import refuse_size
from hamroh.library.exchange.waiting import Waiting
from hamroh.library.forms.exchange import AcceptForm, ColumnsForm, RecordsFileForm, role_words
from hamroh.library.forms.records import RecordForm
from hamroh.library.models import Batch
from hamroh.library.selectors import exchanges
from hamroh.vault import once

PAGE, LINES = "library/desk/imports/", 50
_STATES = {Fate.NEW: "now", Fate.CHANGED: "due", Fate.SAME: "none", Fate.TWIN: "care", Fate.REFUSED: "risk"}


def house(request: HttpRequest) -> Organisation:
    """The organisation that somebody works for now."""
    found = workplace.current(request)
    if found is None:
        raise policy.Refused("no role anywhere")
    return found


@login_required
@require_safe
def brought(request: HttpRequest) -> HttpResponse:
    """Lists that were brought in, the newest first."""
    policy.require(request.user, "library.import")
    page = Paginator(exchanges.batches(actor=request.user), LINES).get_page(request.GET.get("page"))
    return render(request, f"{PAGE}brought.html", {"page": page})


@login_required
@require_safe
def batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of them: what it brought, what was left out and why."""
    found = exchanges.batch(actor=request.user, pk=pk)
    return render(
        request, f"{PAGE}batch.html", {"batch": found, "counts": _counts(found.counts), "lines": found.left_out[:200]}
    )


@login_required
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An empty table with all columns, for who has no list yet."""
    policy.require(request.user, "library.import")
    response = HttpResponse("\ufeff" + ",".join(tabular.COLUMNS) + "\r\n", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="records.csv"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Choose a list and say whose it is."""
    policy.require(request.user, "library.import", Batch(organisation=house(request)))
    form = RecordsFileForm(request.POST or None, request.FILES or None)
    if form.is_valid() and (address := _kept(request, form)):
        return redirect(address)
    return render(request, f"{PAGE}bring.html", {"form": form}, status=422 if form.errors else 200)


def _kept(request: HttpRequest, form: RecordsFileForm) -> str:
    """The address of the next step; empty where the list cannot be read, which the form says."""
    content, name = form.cleaned_data["file"].read(), form.cleaned_data["file"].name[:120]
    facts = {
        "name": name,
        "catalogue": bringing.catalogue_of(form.cleaned_data["catalogue"]),
        "encoding": form.cleaned_data["encoding"],
    }
    try:
        facts |= _read(house(request), name, content, facts["encoding"])
    except FileRefused as refused:
        form.add_error("file", str(refused))
        return ""

    def act() -> str:
        made = waiting.keep(
            actor=request.user,
            content=content,
            organisation=str(house(request).pk),
            language=get_language() or "en",
            **facts,
        )
        if made.heading:
            return reverse("library-desk:columns", kwargs={"token": made.token})
        working.begin(made, "looking")
        return _look_at(made.token)

    return once.write(request, act)


def _read(organisation: Organisation, name: str, content: bytes, encoding: str) -> dict[str, Any]:
    """The shape of a list, and of a table how its columns are read."""
    refuse_size(content)
    shape = shape_of(content, encoding)
    if shape != "table":
        return {"shape": shape}
    table = tabular.table_of(name, content, encoding)
    layout = tabular.layout_of(table.header, bringing.kept_columns(organisation))
    return {"shape": shape, "heading": list(layout.heading), "roles": list(layout.roles)}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, token: str) -> HttpResponse:
    """Which column is which; then the list is looked at."""
    found = waiting.waiting(actor=request.user, token=token)
    if found is None or found.is_busy or found.stage == "done" or not found.heading:
        return redirect(_gone(request) if found is None else _look_at(token))
    form = ColumnsForm(request.POST or None, heading=found.heading, roles=found.roles)
    if form.is_valid():
        found.roles = form.chosen()
        working.begin(found, "looking")
        return redirect(_look_at(token))
    table = tabular.table_of(found.name, waiting.content_of(found), found.encoding)
    context = {
        "held": found,
        "form": form,
        "header": found.heading[:60],
        "first": [line.cells[:60] for line in table.lines[:3]],
    }
    return render(request, f"{PAGE}columns.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, token: str) -> HttpResponse:
    """What would become of the list; a POST takes it in, looks again or throws it away."""
    found = waiting.waiting(actor=request.user, token=token)
    if found is None:
        return redirect(_gone(request))
    if request.method == "POST" and not found.is_busy and found.stage != "done":
        return redirect(_decided(request, found))
    if found.stage == "columns":
        return redirect("library-desk:columns", token=token)
    if found.stage == "done":
        return redirect("library-desk:batch", pk=found.batch)
    form = AcceptForm(initial={"despite_twins": found.despite_twins, "publish": found.publish})
    context = {
        "held": found,
        "form": form,
        "done": waiting.told(token)[1],
        **({} if found.is_busy else _outcome(found)),
    }
    return render(request, f"{PAGE}look.html", context)


def _decided(request: HttpRequest, found: Waiting) -> str:
    """What was said, once."""
    if request.POST.get("do") == "drop":
        waiting.drop(found)
        messages.info(request, _("The file was thrown away. Nothing was written."))
        return reverse("library-desk:brought")
    again = (request.POST.get("despite_twins") == "on") != found.despite_twins

    def act() -> str:
        found.despite_twins, found.publish = (
            request.POST.get("despite_twins") == "on",
            request.POST.get("publish") == "on",
        )
        working.begin(found, "looking" if again or found.stage == "refused" else "taking")
        return _look_at(found.token)

    return once.write(request, act)


def _look_at(token: str) -> str:
    return reverse("library-desk:look", kwargs={"token": token})


def _gone(request: HttpRequest) -> str:
    messages.warning(request, _("The file is not kept any more. Choose it again."))
    return reverse("library-desk:bring")


def _outcome(found: Waiting) -> dict[str, Any]:
    """What would become of a list, in the reader's words."""
    counts, words = found.outcome.get("counts", {}), dict(role_words())
    return {
        "counts": _counts(counts), "takes": bool(counts.get("new") or counts.get("changed")), "words": found.outcome.get("words", ()),
        "unread": found.outcome.get("unread", ()), "twins": counts.get("twin"), "more": counts.get("read", 0) - len(found.outcome.get("rows", ())),
        "rows": [_line(row, words) for row in found.outcome.get("rows", ())],
    }  # fmt: skip


def _line(row: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    fate = Fate(row["fate"])
    return {
        **row, "state": _STATES[fate], "word": fate.label, "changes": [(_called(name, words), before, after) for name, before, after in row["changes"]],
        "reasons": [(_called(name, words), said) for name, said in row["reasons"]], "left_out": [(_called(name, words), said) for name, said in row["left_out"]],
    }  # fmt: skip


def _called(name: str, words: dict[str, str]) -> str:
    """A field in words, as far as it has any; else nothing is better than a code."""
    bound = RecordForm.base_fields.get(name.split(".", maxsplit=1)[0])
    return str(bound.label) if bound is not None and bound.label else words.get(name, "")


def _counts(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    """How many of each fate, with a state of the look."""
    return [(_STATES[fate], str(fate.label), counts[fate]) for fate in Fate if counts.get(fate)]
