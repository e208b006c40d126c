"""Pages of evidence: what was taken in, one file with its copies, and parts blacked out."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.cases import childhood, selectors
from hamroh.cases.actions import evidence as actions
from hamroh.cases.actions.working import WRITES
from hamroh.cases.forms.evidence import AddCopy, Redact, TakeEvidence
from hamroh.cases.models import CLINICAL, Case, Discipline, Evidence, Matter, Person
from hamroh.cases.selectors import evidence as reads
from hamroh.vault import attachments, once, opening
from hamroh.vault.intake import IMAGES, FileRefused

require_form = require_http_methods(["GET", "HEAD", "POST"])
PAGE = "cases/evidence/"


@login_required
@require_form
def take(request: HttpRequest, code: str) -> HttpResponseBase:
    """Take a file in."""
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    form = TakeEvidence(
        request.POST or None, request.FILES or None, matters=Matter.objects.filter(case=case),
        children=_children(request, case), disciplines=[each for each in CLINICAL if policy.allowed(request.user, WRITES[each], case)],
    )  # fmt: skip
    if form.is_valid() and (address := _taken(request, case, form)):
        return redirect(address)
    return render(request, f"{PAGE}take.html", {"case": case, "form": form}, status=422 if form.errors else 200)


def _taken(request: HttpRequest, case: Case, form: TakeEvidence) -> str:
    """Its page once it is taken in; empty where the file is refused, which the form then says."""
    told = form.cleaned_data

    def do() -> str:
        row = actions.take_evidence(
            actor=request.user, case=case, content=told["file"], name=told["file"].name, kind=told["kind"],
            told=form.told, matter=form.matters.get(told.get("matter", "")), about=form.children.get(told.get("about", "")),
            discipline=told.get("discipline") or Discipline.CASE,
        )  # fmt: skip
        return _address(case, row)

    try:
        return once.write(request, do)
    except FileRefused as fault:
        form.add_error("file", str(fault))
        return ""


def _children(request: HttpRequest, case: Case) -> list[tuple[Person, str]]:
    _case, decision = selectors.case_of(actor=request.user, code=case.code)
    names = selectors.names_of_people(case=case, decision=decision)
    return [(each, str(names[each.pk])) for each in childhood.children_of(case=case)]


def _address(case: Case, row: Evidence) -> str:
    return reverse("cases:evidence", kwargs={"code": case.code, "evidence": row.pk})


def _one(request: HttpRequest, code: str, pk: UUID, verb: str = "case.read") -> tuple[Case, Evidence, Decision]:
    case, _may = selectors.case_of(actor=request.user, code=code, verb=verb)
    _case, decision = selectors.case_of(actor=request.user, code=code)
    row, by = reads.one(actor=request.user, case=case, decision=decision, pk=pk)
    return case, row, by


@login_required
@require_safe
def evidence(request: HttpRequest, code: str, evidence: UUID) -> HttpResponseBase:
    """One file: what it is, since when it is here, who may have a copy."""
    case, row, decision = _one(request, code, evidence)
    facts = opening.open_each(row, ("facts",), decision=decision, purpose="page")["facts"]
    context = {
        "case": case, "row": row, "facts": facts, "copies": reads.copies(of=row, decision=decision),
        "name": _name_of(row, decision), "is_picture": isinstance(facts, dict) and facts.get("mime") in IMAGES,
    }  # fmt: skip
    return render(request, f"{PAGE}one.html", context)


def _name_of(row: Evidence, decision: Decision) -> Any:
    """The child whose paper it is, as the file calls it."""
    return opening.open_each(row.about, ("name",), decision=decision, purpose="page")["name"] if row.about else None


@login_required
@require_safe
def evidence_file(request: HttpRequest, code: str, evidence: UUID) -> HttpResponseBase:
    """The file itself, under a name that says nothing."""
    _case, row, decision = _one(request, code, evidence)
    return attachments.attachment(actions.file_of(row), decision=decision, purpose="file of evidence")


@login_required
@require_POST
def check_evidence(request: HttpRequest, code: str, evidence: UUID) -> HttpResponseBase:
    """Read it whole and compare it with the hash that was taken when it came."""
    case, row, decision = _one(request, code, evidence)
    context = {"case": case, "row": row, "is_whole": actions.is_as_it_came(row, decision=decision)}
    return render(request, f"{PAGE}checked.html", context)


@login_required
@require_form
def redact_evidence(request: HttpRequest, code: str, evidence: UUID) -> HttpResponseBase:
    """Black parts of a picture out, in a copy."""
    case, row, decision = _one(request, code, evidence, "case.write")
    form = Redact(request.POST or None)

    def do(told: dict[str, Any]) -> None:
        actions.redact(
            actor=request.user, case=case, of=row, decision=decision, boxes=told["boxes"], words=told["words"]
        )

    return _copied(request, row, form, do, "redact.html")


@login_required
@require_form
def copy_evidence(request: HttpRequest, code: str, evidence: UUID) -> HttpResponseBase:
    """A copy that was made elsewhere."""
    case, row, _decision = _one(request, code, evidence, "case.write")
    form = AddCopy(request.POST or None, request.FILES or None)

    def do(told: dict[str, Any]) -> None:
        actions.add_copy(
            actor=request.user, case=case, of=row, content=told["file"], name=told["file"].name, words=told["words"]
        )  # fmt: skip

    return _copied(request, row, form, do, "copy.html")


def _copied(
    request: HttpRequest, row: Evidence, form: Any, do: Callable[[dict[str, Any]], None], page: str
) -> HttpResponseBase:
    case, address = row.case, _address(row.case, row)

    def write() -> str:
        do(form.cleaned_data)
        return address

    if form.is_valid():
        try:
            return redirect(once.write(request, write))
        except FileRefused as fault:
            form.add_error(None, str(fault))
    context = {"case": case, "row": row, "form": form, "back": address}
    return render(request, PAGE + page, context, status=422 if form.errors else 200)
