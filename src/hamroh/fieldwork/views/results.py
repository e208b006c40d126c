"""Pages of what came in: the list, one submission, what is said of it, the answers of many."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.accounts.workplace import here
from hamroh.fieldwork import answers, faces, outcomes, pictures, showing, shutforms
from hamroh.fieldwork.actions import reviewing
from hamroh.fieldwork.actions.carrying import READY
from hamroh.fieldwork.forms import results as forms
from hamroh.fieldwork.models import Attachment, Form, Submission
from hamroh.fieldwork.selectors import results as reads
from hamroh.fieldwork.selectors import summaries
from hamroh.fieldwork.selectors.results import Filters
from hamroh.fieldwork.states import ReviewStates
from hamroh.fieldwork.views.working import PAGE, PAGE_LINES, lang_of, require_form, written
from hamroh.kernel.text import sort_key
from hamroh.vault import files as vault_files
from hamroh.vault import opening
from hamroh.vault.models import SealedFile
from hamroh.web import dates
from hamroh.web.texts import pick

#: what a picture may be; anything else is fetched as a file
_PICTURES = ("image/jpeg", "image/png", "image/webp")
_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'", "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-store",
}  # fmt: skip


@login_required
@require_safe
@never_cache
def submissions(request: HttpRequest) -> HttpResponseBase:
    """What came in; nothing of an answer stands there."""
    policy.require(request.user, "submission.read")
    house, filters = here(request), Filters.of(request.GET)
    rows = reads.submissions(actor=request.user, organisation=house, filters=filters)
    page = Paginator(rows, PAGE_LINES).get_page(request.GET.get("page"))
    form = forms.Narrowed(
        request.GET or None, choices=reads.choices(actor=request.user, organisation=house, lang=lang_of())
    )
    lines = [_line(each) for each in page.object_list]
    context = {"page": page, "lines": lines, "form": form, "narrowed": bool(filters.query), **doors(request)}
    return render(request, f"{PAGE}results/list.html", context)


def _line(row: Submission) -> dict[str, Any]:
    return {
        "row": row, "title": title_of(row.form), "place": reads.name_of(row.place, lang_of()), "kind": KINDS[row.state],
        "word": ReviewStates.states[row.state].label,
    }  # fmt: skip


#: how a state looks
KINDS = {"received": "due", "has_issues": "care", "edited": "now", "approved": "done", "rejected": "none"}


def title_of(form: Form) -> str:
    return pick(form.titles, lang_of()).text or form.form_id


def doors(request: HttpRequest) -> dict[str, bool]:
    """Which pages beside the list open for who asks."""
    verbs = {
        "reviews": "submission.review",
        "sees_campaigns": "campaign.see",
        "sees_days": "day.see",
        "reads": "submission.read",
    }
    return {name: bool(policy.allowed(request.user, verb)) for name, verb in verbs.items()}


@login_required
@require_safe
@never_cache
def submission(request: HttpRequest, code: str) -> HttpResponseBase:
    """One submission: its answers in the reader's language, its pictures, what was said of it, what it became."""
    row, decision = reads.submission_of(actor=request.user, code=code)
    return _page(request, row, decision, forms.Reviewed(initial={"seen": reviewing.mark_of(row)}))


def _page(request: HttpRequest, row: Submission, decision: Any, form: Any, status: int = 200) -> HttpResponse:
    answers = reads.answers_of(row=row, decision=decision)
    questions = row.version.questions
    reviews = bool(policy.allowed(request.user, "submission.review", row))
    context = {
        "row": row, "title": title_of(row.form), "place": reads.name_of(row.place, lang_of()), "kind": KINDS[row.state],
        "parts": showing.parts(questions, answers, lang_of(), about_children=row.form.about_children),
        "files": _files(row, questions), "history": _history(row, decision), "form": form, "reviews": reviews,
        "beside": [_line(each) for each in reads.beside(row=row) if policy.allowed(request.user, "submission.read", each)],
        "moves": _moves(row) if reviews and not row.is_shut else [], "carried": _carried(request, row), "shows_faces": faces.is_here(),
    }  # fmt: skip
    return render(request, f"{PAGE}results/submission.html", context, status=status)


def _moves(row: Submission) -> list[tuple[str, Any]]:
    """What can be said of it now."""
    words = {"has_issues": _("It has issues"), "approved": _("Approve"), "rejected": _("Reject")}
    return [(name, words[name]) for name in ReviewStates.moves(row.state) if name in words]


def _files(row: Submission, questions: Any) -> list[dict[str, Any]]:
    labels = {each.path: each for each in showing.columns(questions, lang_of())}
    found = []
    for each in reads.files(row=row):
        column = labels.get(each.path)
        found.append(
            {
                "row": each,
                "label": column.label if column else _("A file"),
                "is_picture": bool(column and column.kind == "image"),
            }
        )
    return found  # fmt: skip


def _history(row: Submission, decision: Any) -> list[dict[str, Any]]:
    """What was said and mended, with the questions in words."""
    asked = {each.path: each for each in showing.columns(row.version.questions, lang_of())}
    found = []
    for each in reads.history(row=row, decision=decision):
        changes = each["changes"] if isinstance(each["changes"], list) else []
        found.append(
            {**each, "kind": KINDS[each["row"].state], "changes": [_change(asked, one, row) for one in changes]}
        )
    return found


def _change(asked: Any, one: Any, row: Submission) -> dict[str, str]:
    column = asked.get(_plain_path(one["path"]))
    if column is None:
        return {"label": one["path"], "before": str(one["before"]), "after": str(one["after"])}
    held = showing.is_held(column, about_children=row.form.about_children, leaves=False)
    said = [showing.not_shown() if held else showing.said(column, one[name], lang_of()) for name in ("before", "after")]
    return {"label": column.label, "before": said[0], "after": said[1]}


def _plain_path(at: str) -> str:
    head, _mark, rest = at.partition("[")
    return f"{head}{rest.partition(']')[2]}"


def _carried(request: HttpRequest, row: Submission) -> dict[str, Any]:
    """What it became, and what it can become for who asks."""
    done = reads.carried(row=row)
    may = bool(policy.allowed(request.user, "submission.carry", row)) and row.state in READY and not row.is_shut
    made = [
        {
            "row": each, "label": of.label if of else each.outcome, "undone": bool(of and of.undo) and may,
            "href": of.address(request.user, each) if of and of.address else "",
        }
        for each, of in ((each, outcomes.of(each.outcome)) for each in done)
    ]  # fmt: skip
    taken = {each.outcome for each in done}
    can = [each for each in outcomes.outcomes() if may and each.code not in taken and each.offered(request.user, row)]
    return {"made": made, "can": can}


@login_required
@require_POST
@never_cache
def review(request: HttpRequest, code: str) -> HttpResponseBase:
    """What is said of it; whoever comes second reads what was said before."""
    row, decision = reads.submission_of(actor=request.user, code=code, verb="submission.review")
    form = forms.Reviewed(request.POST)

    def act() -> str:
        told = form.cleaned_data
        reviewing.review(
            actor=request.user, submission=row, after=told["after"], words=told["words"], seen=told["seen"]
        )
        return reverse("field-results:submission", args=[row.code])

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    row, decision = reads.submission_of(actor=request.user, code=code)
    form.data = {**request.POST.dict(), "seen": reviewing.mark_of(row)}
    return _page(request, row, decision, form, status=422)


@login_required
@require_form
@never_cache
def edit(request: HttpRequest, code: str) -> HttpResponseBase:
    """Put one answer right; ``at`` of the address names the question and the row, never what was answered."""
    row, decision = reads.submission_of(actor=request.user, code=code, verb="submission.review")
    at = request.GET.get("at", "")[:300]
    column = next(
        (each for each in showing.columns(row.version.questions, lang_of()) if each.path == _plain_path(at)), None
    )
    answers = reads.answers_of(row=row, decision=decision)
    place = showing.at_path(dict(answers), at)
    if column is None or place is None or column.is_file:
        raise policy.Refused("no such question in it")
    before = place[0].get(place[1])
    if showing.is_held(column, about_children=row.form.about_children, leaves=False):
        raise policy.Refused("this answer is held back")
    form = forms.Mended(request.POST or None, column=column, before=before, initial={"seen": reviewing.mark_of(row)})

    def act() -> str:
        told = form.cleaned_data
        reviewing.edit(
            actor=request.user, submission=row, at=at, value=form.value, reason=told["reason"], seen=told["seen"]
        )
        return reverse("field-results:submission", args=[row.code])

    if form.is_valid() and (address := written(request, form, act)):
        messages.success(request, _("Mended. What was sent stays as it came."))
        return redirect(address)
    context = {"row": row, "form": form, "label": column.label, "before": showing.said(column, before, lang_of())}
    return render(request, f"{PAGE}results/edit.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
@never_cache
def raw(request: HttpRequest, code: str) -> HttpResponseBase:
    """The form word for word as it came, for who reviews; one that is shut with all its sealed files, to be opened elsewhere."""
    row, decision = reads.submission_of(actor=request.user, code=code, verb="submission.review")
    content, ending = opening.open(row, "xml", decision=decision, purpose="original"), "xml"
    if row.is_shut and row.is_whole:
        content, ending = _parcel(row, content, decision), "zip"
    response = HttpResponse(content, content_type="application/octet-stream", headers=_HEADERS)
    response["Content-Disposition"] = f'attachment; filename="form-{row.code}.{ending}"'
    return response


def _parcel(row: Submission, xml: bytes, decision: Any) -> bytes:
    held = {opening.open(each, "name", decision=decision, purpose="original"): each for each in reads.files(row=row)}
    sealed = {each.pk: each for each in SealedFile.objects.filter(pk__in=[each.file_id for each in held.values()])}
    files = {
        name: b"".join(vault_files.read(sealed[each.file_id], decision=decision, purpose="original"))
        for name, each in held.items()
        if each.file_id is not None
    }
    envelope = answers.read_envelope(xml)
    if shutforms.is_of_browser(envelope):
        return shutforms.of_browser(envelope, str(row.version_id), files)
    return shutforms.of_app(xml, files)


@login_required
@require_safe
@never_cache
def picture(request: HttpRequest, code: str, file: UUID) -> HttpResponseBase:
    """A picture or file of it, made anew when it came; with faces blurred where the form says so, else not at all."""
    row, decision = reads.submission_of(actor=request.user, code=code)
    held = Attachment.objects.filter(submission=row, pk=file, file_id__isnull=False).first()
    sealed = SealedFile.objects.filter(pk=held.file_id).first() if held else None
    if held is None or sealed is None:
        raise policy.Refused("no such file of it")
    about = vault_files.about(sealed, decision=decision, purpose="page")
    if row.form.blurs_faces and (about.mime not in _PICTURES or not faces.is_here()):
        raise policy.Refused("what cannot be blurred is not shown")
    content = b"".join(vault_files.read(sealed, decision=decision, purpose="page"))
    if row.form.blurs_faces:
        content, kind = faces.blurred(content), "image/jpeg"
    else:
        kind = about.mime
    response = HttpResponse(
        content, content_type=kind if kind in _PICTURES else "application/octet-stream", headers=_HEADERS
    )
    way = "inline" if kind in _PICTURES else "attachment"
    response["Content-Disposition"] = f'{way}; filename="file-{sealed.pk.hex[:8]}"'
    return response


# -- the answers of many -------------------------------------------------------------------------------------------


@login_required
@require_safe
@never_cache
def table(request: HttpRequest, code: str) -> HttpResponseBase:
    """The answers of a form as a table; what is asked again and again has tables of its own."""
    form, filters = reads.form_of(actor=request.user, code=code), Filters.of(request.GET)
    questions, lang = reads.questions_of(form), lang_of()
    titles = showing.repeats(questions, lang)
    repeat = request.GET.get("of", "") if request.GET.get("of", "") in titles else ""
    page = Paginator(reads.of_form(actor=request.user, form=form, filters=filters), PAGE_LINES).get_page(
        request.GET.get("page")
    )
    found = reads.opened(actor=request.user, rows=page.object_list)
    asked = [each for each in showing.columns(questions, lang) if each.repeat == repeat and not each.is_file]
    rows = reads.table(found, asked, lang, repeat=repeat, about_children=form.about_children)
    context = {
        "form": form, "title": title_of(form), "columns": asked, "rows": rows, "page": page, "repeats": titles, "repeat": repeat,
        "query": filters.query, "narrow": _narrow(request, form),
    }  # fmt: skip
    return render(request, f"{PAGE}results/table.html", context)


def _narrow(request: HttpRequest, form: Form) -> Any:
    found = forms.Narrowed(
        request.GET or None, choices=reads.choices(actor=request.user, organisation=form.organisation, lang=lang_of())
    )
    for name in ("form", "mark"):
        del found.fields[name]
    return found


@login_required
@require_safe
@never_cache
def summary(request: HttpRequest, code: str) -> HttpResponseBase:
    """Each question counted, with a picture and the same as a table; places; of children nothing that is small."""
    form, filters = reads.form_of(actor=request.user, code=code), Filters.of(request.GET)
    lang = lang_of()
    rows = reads.of_form(actor=request.user, form=form, filters=filters).exclude(state="rejected")
    whole = rows.count()
    found = reads.opened(actor=request.user, rows=rows[: reads.MOST], purpose="summary")
    asked = showing.columns(reads.questions_of(form), lang)
    counted = summaries.summaries(found, asked, lang, about_children=form.about_children)
    context = {
        "form": form, "title": title_of(form), "summaries": [_drawn(each, lang) for each in counted if each.bars], "whole": whole,
        "most": reads.MOST, "query": filters.query, "narrow": _narrow(request, form), **_places(found, lang),
    }  # fmt: skip
    return render(request, f"{PAGE}results/summary.html", context)


def _drawn(each: summaries.Summary, lang: str) -> dict[str, Any]:
    """A question with its picture, and the rows of the table beside it."""
    said = [(bar, summaries.nobody() if bar.count is None else dates.number(bar.count, lang)) for bar in each.bars]
    shares = ["" if bar.share is None else f"{dates.number(bar.share, lang)} %" for bar in each.bars]
    drawn = pictures.bars(each.column.label, [(bar.label, bar.count, words) for bar, words in said], lang)
    rows = [[bar.label, words, share] for (bar, words), share in zip(said, shares, strict=True)]
    columns = [pgettext("figures", "Answer"), (_("How often"), "num"), (_("Share"), "num")]
    return {"of": each, "svg": drawn, "rows": rows, "columns": columns}


def _places(found: Any, lang: str) -> dict[str, Any]:
    counts = summaries.by_place(each.row for each in found)
    places = {each.row.place.key: each.row.place for each in found if each.row.place is not None}
    spots = [
        pictures.Spot(reads.name_of(place, lang), place.latitude, place.longitude, counts[key], dates.number(counts[key], lang))
        for key, place in places.items() if place.latitude is not None
    ]  # fmt: skip
    spots.sort(key=lambda each: sort_key(each.name, lang))
    rows = sorted((reads.name_of(places[key], lang), dates.number(count, lang)) for key, count in counts.items())
    title = _("Where the forms came from")
    return {
        "map": pictures.scope_map(title, spots, lang) if spots else "", "places": rows, "map_title": title,
        "place_columns": [_("District"), (_("Forms"), "num")],
    }  # fmt: skip
