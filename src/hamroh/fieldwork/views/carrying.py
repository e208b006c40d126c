"""Pages on which answers become what Hamroh keeps, and leave as a file."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy, recency
from hamroh.accounts.workplace import here
from hamroh.cases.actions.lettinggo import NotLetGo
from hamroh.fieldwork import outcomes, showing
from hamroh.fieldwork.actions import carrying, taking_out
from hamroh.fieldwork.forms import results as forms
from hamroh.fieldwork.models import ALONE, AnswersFile, Carried, Mapping, Submission
from hamroh.fieldwork.outcomes import Field, Outcome
from hamroh.fieldwork.selectors import results as reads
from hamroh.fieldwork.selectors.results import Filters
from hamroh.fieldwork.views.results import title_of
from hamroh.fieldwork.views.working import PAGE, lang_of, require_form, written
from hamroh.vault import attachments, opening

#: files of answers that the page shows
LISTED = 50


def _outcome(code: str) -> Outcome:
    found = outcomes.of(code)
    if found is None:
        raise policy.Refused("no such outcome")
    return found


@login_required
@require_form
@never_cache
def carry(request: HttpRequest, code: str, outcome: str) -> HttpResponseBase:
    """What it becomes, with what the answers propose: looked at, put right, then made."""
    row, decision = reads.submission_of(actor=request.user, code=code, verb="submission.carry")
    of = _outcome(outcome)
    if not of.offered(request.user, row):
        raise policy.Refused("not offered for this one")
    mapping = Mapping.objects.filter(form=row.form, outcome=of.code).first()
    proposed = _proposed(row, decision, of, mapping.fields if mapping else {})
    form = forms.Becomes(request.POST or None, outcome=of, targets=of.choose(request.user, row), proposed=proposed)

    def act() -> str:
        line = carrying.carry(actor=request.user, submission=row, outcome=of, values=form.values, chosen=form.chosen)
        address = of.address(request.user, line) if of.address else ""
        return address or reverse("field-results:submission", args=[row.code])

    if form.is_valid() and (address := written(request, form, act)):
        messages.success(request, _("It is taken over."))
        return redirect(address)
    context = {
        "row": row, "of": of, "form": form, "mapped": mapping is not None,
        "reviews": bool(policy.allowed(request.user, "submission.review", row)),
    }  # fmt: skip
    return render(request, f"{PAGE}results/carry.html", context, status=422 if form.errors else 200)


def _proposed(row: Submission, decision: Any, of: Outcome, mapped: Any) -> dict[str, str]:
    """What the mapped answers say, as each field reads them."""
    answers = reads.answers_of(row=row, decision=decision)
    columns = {each.path: each for each in showing.columns(row.version.questions, lang_of())}
    found = {
        each.code: _value(each, mapped.get(each.code, ""), answers, columns)
        for each in of.fields if mapped.get(each.code)
    }  # fmt: skip
    if row.filled_date and not found.get("on_date"):
        found["on_date"] = row.filled_date.isoformat()
    return found


def _value(each: Field, path: str, answers: Any, columns: Any) -> str:
    value = answers.get(path)
    if value is None or (isinstance(value, list) and value and isinstance(value[0], dict)):
        return str(len(showing.rows_of(answers, path))) if each.kind == "number" else ""
    if each.reads is not None:
        return each.reads(value)
    if each.kind in ("number", "date") or path not in columns:
        return str(value)
    column = columns[path]
    return showing.said(column, value, lang_of()) if each.kind == "long" else str(value)


@login_required
@require_POST
def take_back(request: HttpRequest, code: str, outcome: str) -> HttpResponseBase:
    """What was made of it is undone, where that can be."""
    row, _decision = reads.submission_of(actor=request.user, code=code, verb="submission.carry")
    line = Carried.objects.filter(submission=row, outcome=outcome, undone_at=None).first()
    if line is None:
        raise policy.Refused("nothing of that was made of it")
    address = reverse("field-results:submission", args=[row.code])

    def act() -> str:
        carrying.take_back(actor=request.user, carried=line)
        return address

    if written(request, None, act):
        messages.success(request, _("It is taken back."))
    return redirect(address)


@login_required
@require_form
@never_cache
def mapping(request: HttpRequest, code: str, outcome: str) -> HttpResponseBase:
    """Which question fills which field, for every submission of the form from now on."""
    form_, of = reads.form_of(actor=request.user, code=code), _outcome(outcome)
    known = Mapping.objects.filter(form=form_, outcome=of.code).first()
    questions = reads.questions_of(form_)
    asked = [(each.path, each.label[:80]) for each in showing.columns(questions, lang_of()) if not each.is_file]
    asked += list(showing.repeats(questions, lang_of()).items())
    form = forms.Mapped(request.POST or None, outcome=of, asked=asked, told=known.fields if known else {})

    def act() -> str:
        carrying.keep_mapping(actor=request.user, form=form_, outcome=of, fields=form.told())
        return reverse("field-results:summary", args=[form_.code])

    if form.is_valid() and (address := written(request, form, act)):
        messages.success(request, _("Kept. It is proposed from now on."))
        return redirect(address)
    context = {"form_of": form_, "title": title_of(form_), "of": of, "form": form}
    return render(request, f"{PAGE}results/mapping.html", context, status=422 if form.errors else 200)


# -- files ---------------------------------------------------------------------------------------------------------


@login_required
@require_form
@never_cache
def take_out(request: HttpRequest, code: str) -> HttpResponseBase:
    """A wish to take the answers of a form out, as the list is narrowed."""
    form_, filters = reads.form_of(actor=request.user, code=code), Filters.of(request.GET)
    form = forms.TakeOut(request.POST or None)

    def act() -> str:
        row = taking_out.ask_answers(actor=request.user, form=form_, filters=filters, words=form.cleaned_data["words"])
        return reverse("field-results:file", args=[row.code])

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    count = reads.of_form(actor=request.user, form=form_, filters=filters).count()
    context = {
        "form_of": form_,
        "title": title_of(form_),
        "form": form,
        "count": count,
        "alone": ALONE,
        "query": filters.query,
    }
    return render(request, f"{PAGE}results/take_out.html", context, status=422 if form.errors else 200)


def _file(request: HttpRequest, file: str, verb: str = "answers_file.see") -> tuple[AnswersFile, Any]:
    rows = AnswersFile.objects.select_related("form", "organisation", "asked_by", "released_by").filter(code=file)
    return policy.fetch(request.user, verb, rows.defer("content"))


@login_required
@require_safe
@never_cache
def files(request: HttpRequest) -> HttpResponseBase:
    """Files that were asked for."""
    policy.require(request.user, "answers_file.see")
    rows = AnswersFile.objects.filter(organisation=here(request)).select_related("form", "asked_by").defer("content")
    found = list(policy.visible(request.user, "answers_file.see", rows).order_by("-asked_at")[:LISTED])
    lines = [{"row": row, "title": title_of(row.form)} for row in found]
    return render(request, f"{PAGE}results/files.html", {"lines": lines})


@login_required
@require_safe
@never_cache
def file(request: HttpRequest, file: str) -> HttpResponseBase:
    """One file: what for, who lets it go, where it is."""
    return _file_page(request, file)


def _file_page(request: HttpRequest, code: str, password: str = "") -> HttpResponseBase:
    row, decision = _file(request, code)
    words = opening.open_each(row, ("words",), decision=decision, purpose="page")["words"]
    mine = row.asked_by_id == request.user.pk
    context = {
        "row": row, "title": title_of(row.form), "words": words, "mine": mine, "password": password,
        "may_release": bool(policy.allowed(request.user, "answers_file.release", row)) and not mine and row.state == "asked",
    }  # fmt: skip
    return render(request, f"{PAGE}results/file.html", context)


@login_required
@require_POST
def settle(request: HttpRequest, file: str) -> HttpResponseBase:
    """A second person lets it go, or does not."""
    row, _decision = _file(request, file, "answers_file.release")
    if not recency.recently_confirmed(request):
        return recency.ask_to_confirm(request, back_to=reverse("field-results:file", args=[row.code]))
    let_go = request.POST.get("do") == "release"

    def act() -> str:
        taking_out.settle_answers(actor=request.user, file=row, let_go=let_go)
        return row.code

    written(request, None, act)
    return redirect("field-results:file", row.code)


@login_required
@require_POST
@never_cache
def make(request: HttpRequest, file: str) -> HttpResponseBase:
    """Make the file; its password is shown on this answer and never again."""
    row, _decision = _file(request, file, "answers_file.take")
    if not recency.recently_confirmed(request):
        return recency.ask_to_confirm(request, back_to=reverse("field-results:file", args=[row.code]))
    try:
        password = taking_out.make_answers(actor=request.user, file=row)
    except NotLetGo as fault:
        messages.error(request, str(fault))
        return redirect("field-results:file", row.code)
    return _file_page(request, row.code, password)


@login_required
@require_POST
@never_cache
def fetch(request: HttpRequest, file: str) -> HttpResponseBase:
    """Fetch the locked file."""
    row, _decision = _file(request, file, "answers_file.take")
    if not recency.recently_confirmed(request):
        return recency.ask_to_confirm(request, back_to=reverse("field-results:file", args=[row.code]))
    try:
        content = taking_out.fetch_answers(actor=request.user, file=row)
    except NotLetGo as fault:
        messages.error(request, str(fault))
        return redirect("field-results:file", row.code)
    return attachments.parcel(content, f"answers-{row.code}.zip")
