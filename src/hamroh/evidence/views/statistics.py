"""Bringing a file of statistics: hand it over, say which column is which, see what would become of it, say yes or no."""

from decimal import Decimal
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

from hamroh.accounts import policy
from hamroh.directory.exchange.tables import FileRefused
from hamroh.evidence.areas import area_name
from hamroh.evidence.exchange import bringing, waiting, working
from hamroh.evidence.exchange.layouts import known_sources, sample_of
from hamroh.evidence.exchange.waiting import Waiting
from hamroh.evidence.forms.statistics import ColumnsForm, StatisticsFileForm, TakeForm
from hamroh.evidence.incoming import REASONS
from hamroh.evidence.models import ImportBatch
from hamroh.evidence.presenting.naming import number_words, period_words
from hamroh.evidence.selectors import held
from hamroh.evidence.views.common import PAGE, house
from hamroh.kernel.figures import Finding
from hamroh.kernel.figures.model import Severity
from hamroh.vault import once

LINES = 50
_STEPS = ("open", "read", "held", "checked", "write")


@login_required
@require_safe
def brought(request: HttpRequest) -> HttpResponse:
    """Files that were brought in, the newest first."""
    policy.require(request.user, "evidence.import")
    page = Paginator(held.batches(actor=request.user), LINES).get_page(request.GET.get("page"))
    return render(request, f"{PAGE}statistics/brought.html", {"page": page})


@login_required
@require_safe
def batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of them: what it brought, what was left out and why."""
    found = held.batch(actor=request.user, pk=pk)
    context = {"batch": found, "counts": _counts(found.counts), "despite": _despite(found), "lines": _lines_of(found)}
    return render(request, f"{PAGE}statistics/batch.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Choose a file and say what it is a release of."""
    policy.require(request.user, "evidence.import", ImportBatch(organisation=house(request)))
    stored = _held(request)
    form = StatisticsFileForm(
        request.POST or None, request.FILES or None, known=known_sources(), kept=stored.name if stored else ""
    )
    if form.is_valid() and (address := _kept(request, form, stored)):
        return redirect(address)
    if form.is_bound and not form.has_error("file"):
        stored = _keep_file(request, form, stored)
    context = {"form": form, "held_file": stored}
    return render(request, f"{PAGE}statistics/bring.html", context, status=422 if form.errors else 200)


def _held(request: HttpRequest) -> Waiting | None:
    """The file that was kept when another field was wrong."""
    found = waiting.waiting(actor=request.user, token=request.POST.get("held", ""))
    return found if found is not None and found.stage == "file" else None


def _keep_file(request: HttpRequest, form: StatisticsFileForm, stored: Waiting | None) -> Waiting | None:
    """Keep a file that is in order while the rest of its form is put right, so that it is not asked for twice."""
    file = form.cleaned_data.get("file")
    if not file:
        return stored
    if stored is not None:
        waiting.drop(stored)
    file.seek(0)
    return waiting.keep(
        actor=request.user, content=file.read(), organisation=str(house(request).pk), name=file.name[:120],
        key="", title="", label="", stage="file",
    )  # fmt: skip


def _kept(request: HttpRequest, form: StatisticsFileForm, stored: Waiting | None) -> str:
    """The address of the next step; empty where the file cannot be read, which the form says."""
    file = form.cleaned_data["file"]
    content = file.read() if file or stored is None else waiting.content_of(stored)
    try:
        grid = bringing.table_of(form.facts()["name"], content, encoding=form.facts()["encoding"])
    except FileRefused as refused:
        form.add_error("file", str(refused))
        return ""
    bringing.know_vocabulary()
    layout, kept = bringing.layout_for(grid, list(held.mappings(actor=request.user)))

    def act() -> str:
        made = waiting.keep(
            actor=request.user, content=content, organisation=str(house(request).pk), language=get_language() or "en", shape=layout.shape,
            roles=layout.said(), settled=dict(layout.settled), remember=kept.name if kept else "", **form.facts(),
        )  # fmt: skip
        if stored is not None:
            waiting.drop(stored)
        return reverse("evidence-desk:columns", kwargs={"token": made.token})

    return once.write(request, act)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, token: str) -> HttpResponse:
    """Which column is which, and what holds for all figures; then the file is looked at."""
    found = waiting.waiting(actor=request.user, token=token)
    if found is not None and found.stage == "file":
        return redirect("evidence-desk:bring")
    if found is None or found.is_busy or found.stage == "done":
        return redirect(_gone(request) if found is None else _look_at(token))
    grid, layout = working.layout_of(found, waiting.content_of(found))
    fixed = {at: layout.header[at] for at, said in layout.values.items() if said}
    form = ColumnsForm(
        request.POST or None, header=layout.header, roles=layout.said(), fixed=fixed, settled=found.settled, lang=get_language() or "en",
        initial={"remember": found.remember},
    )  # fmt: skip
    if form.is_valid():
        found.roles, found.settled, found.remember = form.chosen(), form.holds(), form.cleaned_data["remember"]
        working.begin(found, "looking")
        return redirect(_look_at(token))
    first = [list(sample_of(grid.lines, layout.heading, at))[:3] for at in range(min(len(layout.header), 60))]
    context = {
        "held": found, "form": form, "fixed": list(fixed.values()), "header": layout.header[:60], "first": list(zip(*first, strict=False)),
    }  # fmt: skip
    return render(request, f"{PAGE}statistics/columns.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, token: str) -> HttpResponse:
    """What would become of the file; a POST takes it in, or throws it away."""
    found = waiting.waiting(actor=request.user, token=token)
    if found is None:
        return redirect(_gone(request))
    if found.stage == "file":
        return redirect("evidence-desk:bring")
    form = TakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (address := _decided(request, found, form)):
        return redirect(address)
    if found.stage == "columns":
        return redirect("evidence-desk:columns", token=token)
    if found.stage == "done":
        return redirect("evidence-desk:batch", pk=found.batch)
    step, done = waiting.told(token)
    context = {
        "held": found,
        "form": form,
        "done": done,
        "at": _STEPS.index(step) + 1 if step in _STEPS else 0,
        "steps": len(_STEPS),
    }
    if not found.is_busy:
        context |= _outcome(found)
    return render(request, f"{PAGE}statistics/look.html", context, status=422 if form.errors else 200)


def _decided(request: HttpRequest, found: Waiting, form: TakeForm) -> str:
    """What was said, once; empty where a reason is still asked for."""
    if found.is_busy or found.stage == "done":
        return _look_at(found.token)
    if request.POST.get("do") != "take":
        waiting.drop(found)
        messages.info(request, _("The file was thrown away. Nothing was written."))
        return reverse("evidence-desk:brought")
    if found.outcome.get("blocks") and not form.cleaned_data["despite"].strip():
        form.add_error("despite", _("Something in this file looks wrong. Say why it comes in nevertheless."))
        return ""

    def act() -> str:
        found.despite = form.cleaned_data["despite"].strip()
        working.begin(found, "taking")
        return _look_at(found.token)

    return once.write(request, act)


def _look_at(token: str) -> str:
    return reverse("evidence-desk:look", kwargs={"token": token})


def _gone(request: HttpRequest) -> str:
    messages.warning(request, _("The file is not kept any more. Choose it again."))
    return reverse("evidence-desk:bring")


def _outcome(found: Waiting) -> dict[str, Any]:
    """What would become of a file, in the reader's words."""
    lang, said = get_language() or "en", found.outcome
    return {
        "counts": _counts(said.get("counts", {})), "takes": bool(said.get("counts", {}).get("added")), "blocks": said.get("blocks"),
        "findings": [
            ("risk" if severity == "error" else "care", Finding(rule, Severity(severity), (), code, facts).said(lang))
            for rule, severity, code, facts in said.get("findings", ())
        ],
        "changed": [
            (line, code, _place(area, lang), dims, period_words(period, lang), _number(before, lang), _number(after, lang))
            for line, code, area, dims, period, before, after in said.get("changed", ())
        ],
        "more_changed": said.get("counts", {}).get("changed_much", 0) - len(said.get("changed", ())),
        "reasons": [(REASONS[code], count) for code, count in said.get("reasons", {}).items()],
        "left_out": [(line, REASONS[code], detail) for line, code, detail in said.get("left_out", ())],
        "first": [
            (line, code, _place(area, lang), _place(origin, lang), _place(to, lang), period_words(period, lang), _number(value, lang) or printed)
            for line, code, area, origin, to, period, value, printed in said.get("first", ())
        ],
        "moves": any(each[3] or each[4] for each in said.get("first", ())), "told": said.get("told", ()),
    }  # fmt: skip


def _place(code: str, lang: str) -> str:
    return area_name(code, lang) if code else ""


def _number(text: str, lang: str) -> str:
    return number_words(Decimal(text), lang) if text else ""


def _counts(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    """How many of each kind, with a state of the look."""
    words = (
        ("added", "done", _("Figures")), ("new", "now", _("New")), ("same", "none", _("As before")), ("changed", "due", _("Changed")),
        ("changed_much", "care", _("Changed by more than five per cent")), ("gone", "none", _("No longer in the file")), ("left_out", "risk", _("Left out")),
    )  # fmt: skip
    return [(state, word, counts[name]) for name, state, word in words if counts.get(name)]


def _despite(found: ImportBatch) -> list[str]:
    return [each["reason"] for each in found.left_out if each["code"] == "despite"][:1]


def _lines_of(found: ImportBatch) -> list[tuple[int, Any, str]]:
    return [
        (each["line"], REASONS[each["code"]], each["detail"]) for each in found.left_out if each["code"] in REASONS
    ][:200]
