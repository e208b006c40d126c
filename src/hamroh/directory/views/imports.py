"""Bringing a file into the directory: hand it over, see what would become of each row, say yes or no."""

import io
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from hamroh.accounts import policy
from hamroh.directory.exchange import waiting
from hamroh.directory.exchange.exporting import as_xlsx, template_lines
from hamroh.directory.exchange.fates import Fate, Outcome
from hamroh.directory.exchange.files import digest_of, read_file, take_in
from hamroh.directory.exchange.importing import dry_run
from hamroh.directory.exchange.rows import Rows
from hamroh.directory.exchange.tables import FileRefused
from hamroh.directory.forms.imports import LARGEST_UPLOAD, ImportForm
from hamroh.vault import once

PAGE = 100
#: more is work for the command, which shows a bar and keeps nobody waiting
MOST_ROWS = 500
ORDER = (Fate.REFUSED, Fate.CHANGED, Fate.NEW, Fate.UNCHANGED)
STATES = {Fate.REFUSED: "risk", Fate.CHANGED: "now", Fate.NEW: "done", Fate.UNCHANGED: "none"}


class InMemory(MemoryFileUploadHandler):
    """Keeps an upload in memory whatever its size: it may hold an address that must be on no disk."""

    def handle_raw_input(self, *given: Any, **_named: Any) -> None:
        _input, _meta, length, *_rest = given
        self.activated = length <= LARGEST_UPLOAD + 2**16


@csrf_exempt
@login_required
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The form token is checked one step in, since reading it reads the file."""
    request.upload_handlers = [InMemory(request)]
    return _upload(request)


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    policy.require(request.user, "directory.import")
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            rows = _few(read_file(file.name, content))
        except FileRefused as refused:
            form.add_error("file", str(refused))
        else:
            token = once.write(request, lambda: _tried(request, rows, digest_of(content)))
            return redirect("directory-desk:import-fate", token=token)
    status = 422 if form.errors else 200
    return render(request, "directory/desk/import.html", {"form": form}, status=status)


def _tried(request: HttpRequest, rows: Rows, digest: str) -> str:
    """The token under which the rows wait, with what would become of each."""
    tried = dry_run(actor=request.user, rows=rows.rows)
    return waiting.keep(actor=request.user, rows=rows.rows, tried=tried, digest=digest, ignored=rows.ignored)


def _few(rows: Rows) -> Rows:
    if len(rows.rows) > MOST_ROWS:
        message = _("More than %(most)s rows. Split the file, or ask the administrator to use the command.")
        raise FileRefused(message % {"most": MOST_ROWS})
    return rows


@login_required
@require_http_methods(["GET", "POST"])
def fate(request: HttpRequest, token: str) -> HttpResponse:
    """What would become of each row; a POST takes the good rows in, or throws the file away."""
    if request.method == "POST":
        return _decide(request, token)
    waits = waiting.waiting(actor=request.user, token=token)
    if waits is None:
        return redirect(_gone(request))
    outcomes = sorted(waits.outcomes, key=lambda outcome: ORDER.index(Fate(outcome.fate)))
    page = Paginator(outcomes, PAGE).get_page(request.GET.get("page"))
    context = {
        "waits": waits,
        "counts": [(Fate(name), STATES[Fate(name)], count) for name, count in waits.imported.counts.items() if count],
        "page": page,
        "rows": [_shown(outcome) for outcome in page],
        "writes": waits.imported.writes,
        "refused": waits.imported.counts[Fate.REFUSED],
    }
    return render(request, "directory/desk/import_fate.html", context)


def _decide(request: HttpRequest, token: str) -> HttpResponse:
    """Do what was said, once; the file goes when that is certain."""
    policy.require(request.user, "directory.import")
    address = once.write(request, lambda: _decided(request, token))
    if address != request.path and waiting.waiting(actor=request.user, token=token):
        waiting.drop(token)
    return redirect(address)


def _decided(request: HttpRequest, token: str) -> str:
    """The address of what comes next: the same page where it must be looked at again."""
    waits = waiting.waiting(actor=request.user, token=token)
    if waits is None:
        return _gone(request)
    if request.POST.get("do") != "take":
        return _thrown_away(request)
    taken = take_in(actor=request.user, rows=waits.rows, digest=waits.digest)
    if taken.batch:
        messages.success(request, _("Written: %(new)s new, %(changed)s changed.") % taken.imported.counts)
        return reverse("directory-desk:queue")
    if taken.imported.written:  # by another form, meanwhile or before
        return _thrown_away(request)
    waiting.keep(
        actor=request.user,
        rows=waits.rows,
        tried=taken.imported,
        digest=waits.digest,
        ignored=waits.ignored,
        token=token,
    )
    messages.error(request, _("Something changed meanwhile. Nothing was written. Look at the rows again."))
    return request.path


def _thrown_away(request: HttpRequest) -> str:
    messages.success(request, _("The file is thrown away. Nothing was written."))
    return reverse("directory-desk:import")


def _gone(request: HttpRequest) -> str:
    messages.error(request, _("The file is no longer here. It waits for one hour. Hand it over again."))
    return reverse("directory-desk:import")


def _shown(outcome: Outcome) -> dict[str, Any]:
    return {"outcome": outcome, "state": STATES[Fate(outcome.fate)], "word": Fate(outcome.fate).label}


@login_required
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """The empty template as a workbook."""
    policy.require(request.user, "directory.import")
    file = io.BytesIO()
    as_xlsx(template_lines(), file)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(file.getvalue(), content_type=kind)
    response["Content-Disposition"] = 'attachment; filename="directory.xlsx"'
    return response
