"""A file for a pool: hand it over, say which column is which, see what would become of each row, say yes or no, watch."""

from itertools import islice
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamroh.accounts.policy import Decision
from hamroh.tracing import rows as reading
from hamroh.tracing import selectors
from hamroh.tracing.actions import imports as actions
from hamroh.tracing.exchange import LARGEST, FileRefused, read_file, read_records
from hamroh.tracing.forms.passing import RecordsIn
from hamroh.tracing.forms.pools import Columns, ListFile
from hamroh.tracing.models import Basis, Pool, PoolImport
from hamroh.tracing.views.requests import PAGE, at, require_form, written

PAGE_ROWS = 50
#: faults of a row beside others, or beside what is here
OF_SEVERAL = ("twice", "older", "withdrawn", "ours")


class InMemory(MemoryFileUploadHandler):
    """Keeps an upload in memory whatever its size: nobody on a list may lie on a disk in the clear."""

    def handle_raw_input(self, *given: Any, **_named: Any) -> None:
        _input, _meta, length, *_rest = given
        self.activated = length <= LARGEST + 2**16


@csrf_exempt
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, code: str) -> HttpResponseBase:
    """The form token is checked one step in, since reading it reads the file."""
    request.upload_handlers = [InMemory(request)]
    return _upload(request, code)


@csrf_protect
def _upload(request: HttpRequest, code: str) -> HttpResponseBase:
    pool, _decision = selectors.pool_of(actor=request.user, code=code, verb="pool.write")
    form = ListFile(request.POST or None, request.FILES or None)
    if form.is_valid() and (address := _handed_over(request, pool, form)):
        return redirect(address)
    return render(request, f"{PAGE}pools/upload.html", {"row": pool, "form": form}, status=422 if form.errors else 200)


def _handed_over(request: HttpRequest, pool: Pool, form: ListFile) -> str:
    file = form.cleaned_data["file"]
    try:
        header, rows, digest = read_file(file.name, file.read())
    except FileRefused as fault:
        form.add_error("file", str(fault))
        return ""

    def act() -> str:
        row = actions.hand_over(
            actor=request.user, pool=pool, header=header, rows=rows, digest=digest, mapping=reading.guessed(header)
        )
        return at("columns", pool, batch=row.pk)

    return written(request, form, act)


@csrf_exempt
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload_records(request: HttpRequest, code: str) -> HttpResponseBase:
    """Records of another repository: their fields are known, so that every record is tried at once."""
    request.upload_handlers = [InMemory(request)]
    return _upload_records(request, code)


@csrf_protect
def _upload_records(request: HttpRequest, code: str) -> HttpResponseBase:
    pool, _decision = selectors.pool_of(actor=request.user, code=code, verb="pool.write")
    form = RecordsIn(request.POST or None, request.FILES or None, needs_sign=pool.basis == Basis.CONSENT)
    if form.is_valid() and (address := _records_handed_over(request, pool, form)):
        return redirect(address)
    return render(request, f"{PAGE}pools/records.html", {"row": pool, "form": form}, status=422 if form.errors else 200)


def _records_handed_over(request: HttpRequest, pool: Pool, form: RecordsIn) -> str:
    sign = form.cleaned_data.get("sign", "")
    try:
        header, rows, digest = read_records(form.cleaned_data["file"].read(), sign=sign)
    except FileRefused as fault:
        form.add_error("file", str(fault))
        return ""
    mapping = {reading.RECORDS: 0}

    def act() -> str:
        row = actions.hand_over(actor=request.user, pool=pool, header=header, rows=rows, digest=digest, mapping=mapping)
        actions.choose_columns(actor=request.user, row=row, mapping=mapping)
        return at("import", pool, batch=row.pk)

    return written(request, form, act)


def _one(request: HttpRequest, code: str, batch: UUID) -> tuple[Pool, PoolImport, Decision]:
    pool, decision = selectors.pool_of(actor=request.user, code=code, verb="pool.write")
    return pool, selectors.import_of(pool=pool, pk=batch), decision


@login_required
@require_form
def columns(request: HttpRequest, code: str, batch: UUID) -> HttpResponseBase:
    """Which column is which; then every row is tried."""
    pool, row, decision = _one(request, code, batch)
    if row.state != "waiting":
        return redirect(at("import", pool, batch=row.pk))
    facts = selectors.import_facts(row=row, decision=decision)
    if reading.RECORDS in facts["mapping"]:  # which field is which says the format
        return redirect(at("import", pool, batch=row.pk))
    form = Columns(request.POST or None, header=facts["header"], mapping=facts["mapping"])

    def act() -> str:
        actions.choose_columns(actor=request.user, row=row, mapping=form.mapping())
        return at("import", pool, batch=row.pk)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    first = list(islice(actions.rows_in(row, decision), 3))
    context = {"row": pool, "batch": row, "form": form, "header": facts["header"], "first": first}
    return render(request, f"{PAGE}pools/columns.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def fate(request: HttpRequest, code: str, batch: UUID) -> HttpResponseBase:
    """What would become of each row; while it is taken in how far that is, afterwards what came of it."""
    pool, row, decision = _one(request, code, batch)
    facts = selectors.import_facts(row=row, decision=decision)
    is_of_records = reading.RECORDS in facts["mapping"]
    if row.state == "waiting" and not facts.get("counts") and not is_of_records:
        return redirect(at("columns", pool, batch=row.pk))
    counts = dict(facts.get("counts") or {})
    taken, wiped = counts.pop("taken", 0), counts.pop(reading.EXPIRED, 0)
    context = {
        "row": pool, "batch": row, "taken": taken, "wiped": wiped, "is_of_records": is_of_records, "refused": sum(counts.values()),
        "faults": [(reading.FAULTS[code], count) for code, count in sorted(counts.items()) if code in reading.FAULTS],
        "page": _tried(request, row, pool, facts, decision) if row.state == "waiting" else None,
        "left": max(0, row.rows - row.done),
    }  # fmt: skip
    return render(request, f"{PAGE}pools/fate.html", context)


def _tried(request: HttpRequest, row: PoolImport, pool: Pool, facts: dict[str, Any], decision: Decision) -> Any:
    """One page of the rows, each with its fate: faults first known are those of the whole file."""
    page: Any = Paginator(range(row.rows), PAGE_ROWS).get_page(request.GET.get("page"))
    #: faults that a row does not show by itself
    known = {number: fault for number, fault in facts.get("faults") or () if fault in OF_SEVERAL}
    some = islice(actions.rows_in(row, decision), page.start_index() - 1, page.end_index())
    found = (reading.read(each, facts["mapping"], pool) for each in some)
    page.object_list = [
        reading.Fate(each.number, fault=known[each.number], mark=each.mark) if each.number in known else each
        for each in found
    ]
    return page


@login_required
@require_POST
def decide(request: HttpRequest, code: str, batch: UUID) -> HttpResponseBase:
    """Take it in, go on, throw it away, or take it back."""
    pool, row, _decision = _one(request, code, batch)
    doing = {"take": actions.take_in, "drop": actions.throw_away, "undo": actions.take_back}
    act = doing.get(request.POST.get("do", ""))

    if act is not None:

        def do() -> str:
            act(actor=request.user, row=row)
            return at("import", pool, batch=row.pk)

        written(request, None, do)
    return redirect(at("import", pool, batch=row.pk))
