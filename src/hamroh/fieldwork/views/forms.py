"""Forms at the desk: what there is, bringing one, trying it, opening and closing it, its files, who fills it where."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.workplace import here
from hamroh.fieldwork import conditions, remarks
from hamroh.fieldwork.actions import forming
from hamroh.fieldwork.exchange import xlsforms
from hamroh.fieldwork.forms import forms
from hamroh.fieldwork.models import Form, FormVersion
from hamroh.fieldwork.selectors import forms as reads
from hamroh.fieldwork.selectors import people
from hamroh.fieldwork.states import VersionStates
from hamroh.kernel.states import MoveRefused
from hamroh.vault import once
from hamroh.web.texts import pick

PAGE, PAGE_LINES = "fieldwork/forms/", 25
require_form = require_http_methods(["GET", "HEAD", "POST"])
_REFUSALS = (forming.FormRefused, MoveRefused)
#: how each state of a version looks
LOOKS = {"draft": "none", "open": "done", "closing": "due", "closed": "none"}


def lang_of() -> str:
    return get_language() or "en"


def at(name: str, **more: Any) -> str:
    return reverse(f"fieldwork-desk:{name}", kwargs=more)


def written(request: HttpRequest, form: Any, act: Callable[[], str]) -> str:
    """What the action answers; empty where it is refused, which the form or the next page says."""
    try:
        return once.write(request, act)
    except _REFUSALS as fault:
        words = _("This is not possible any more.") if isinstance(fault, MoveRefused) else str(fault)
        if form is None:
            messages.error(request, words)
        else:
            form.add_error(None, words)
    return ""


def doors(request: HttpRequest) -> dict[str, bool]:
    """Which pages of the room open for who asks."""
    verbs = {
        "may_edit": "form.edit",
        "may_fill": "form.fill",
        "may_equip": "device.manage",
        "may_keep_keys": "form_key.manage",
    }
    return {name: bool(policy.allowed(request.user, verb)) for name, verb in verbs.items()}


# -- lists


@login_required
@require_safe
def all_forms(request: HttpRequest) -> HttpResponseBase:
    """The forms of the organisation."""
    policy.require(request.user, "form.see")
    page = Paginator(reads.forms(actor=request.user, organisation=here(request)), PAGE_LINES).get_page(
        request.GET.get("page")
    )
    rows = list(page.object_list)
    shown = reads.open_versions(actor=request.user, rows=rows)
    lines = [
        {"row": row, "version": shown.get(row.pk), "look": LOOKS[shown[row.pk].state] if row.pk in shown else ""}
        for row in rows
    ]
    return render(request, f"{PAGE}list.html", {"page": page, "lines": lines, **doors(request)})


@login_required
@require_form
def bring(request: HttpRequest) -> HttpResponseBase:
    """Bring a form as a workbook: what hinders it is said with sheet and cell, what may be mended afterwards."""
    policy.require(request.user, "form.edit")
    house = here(request)
    keys = [each for each in reads.form_keys(organisation=house) if each.retired_at is None]
    form = forms.Workbook(request.POST or None, request.FILES or None, keys=keys)
    faults: list[remarks.Told] = []
    if form.is_valid():
        content = form.cleaned_data["file"].read(xlsforms.LARGEST + 1)
        made = xlsforms.make(content)
        faults = remarks.told(made.faults)
        if faults:
            form.add_error("file", _("The form was not taken: see below what hinders it."))
        elif address := written(request, form, lambda: _brought(request, house, form, made, content)):
            return redirect(address)
    return render(request, f"{PAGE}bring.html", {"form": form, "faults": faults}, status=422 if form.errors else 200)


def _brought(request: HttpRequest, house: Organisation, form: Any, made: xlsforms.Made, content: bytes) -> str:
    brought = forming.Brought(made.xml, made.remarks, made.itemsets, content)
    version = forming.bring(
        actor=request.user, organisation=house, brought=brought, meant=form.meant(), key=form.chosen
    )
    return at("version", code=version.form.code, pk=version.pk)


# -- one form


@login_required
@require_safe
def one(request: HttpRequest, code: str) -> HttpResponseBase:
    """One form: its versions, who fills it where."""
    form = reads.form_of(actor=request.user, code=code)
    context = {
        "form": form, "versions": [(each, LOOKS[each.state]) for each in reads.versions(actor=request.user, form=form)],
        "assignments": reads.assignments(actor=request.user, form=form), "may": policy.allowed(request.user, "form.edit", form),
        "reads": policy.allowed(request.user, "submission.read"),
    }  # fmt: skip
    return render(request, f"{PAGE}one.html", context)


@login_required
@require_form
def assign(request: HttpRequest, code: str) -> HttpResponseBase:
    """Say who is to fill a form where."""
    row = reads.form_of(actor=request.user, code=code, verb="form.edit")
    house = here(request)
    form = forms.Assigning(
        request.POST or None,
        people=people.who_fills(organisation=house),
        places=people.places_of(organisation=house, lang=lang_of()),
    )

    def act() -> str:
        forming.assign(actor=request.user, form=row, **form.facts())
        return at("form", code=row.code)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    return render(request, f"{PAGE}assign.html", {"form": form, "row": row}, status=422 if form.errors else 200)


@login_required
@require_POST
def end_assignment(request: HttpRequest, code: str, pk: UUID) -> HttpResponseBase:
    row = reads.form_of(actor=request.user, code=code, verb="form.edit")
    assignment = reads.assignment_of(actor=request.user, form=row, pk=pk)

    def act() -> str:
        forming.end_assignment(actor=request.user, assignment=assignment)
        return at("form", code=row.code)

    written(request, None, act)
    return redirect(at("form", code=row.code))


# -- one version


@login_required
@require_safe
def version(request: HttpRequest, code: str, pk: UUID) -> HttpResponseBase:
    """A version: what to look at, its files, what can be done with it, and its questions as somebody reads them."""
    form, row = _version(request, code, pk)
    lang = _language(request, row)
    told = remarks.told(row.remarks)
    context = {
        "form": form, "row": row, "look": LOOKS[row.state], "remarks": told,
        "risky": any(each.level == "risk" for each in told), "media": reads.media_of(version=row), "moves": _moves(row),
        "questions": list(_questions(row, lang)), "lang": lang, "languages": _languages(row),
        "may": policy.allowed(request.user, "form.edit", row),
    }  # fmt: skip
    return render(request, f"{PAGE}version.html", context)


def _version(request: HttpRequest, code: str, pk: UUID, verb: str = "form.see") -> tuple[Form, FormVersion]:
    form = reads.form_of(actor=request.user, code=code, verb=verb)
    return form, reads.version_of(actor=request.user, form=form, pk=pk, verb=verb)


def _moves(row: FormVersion) -> list[tuple[str, str]]:
    """What can be done with a version, with the words of its button."""
    words = {
        "open": _("Hand it out"), "closing": _("Let it run out: take what is still on its way"), "closed": _("Close it: take nothing more"),
    }  # fmt: skip
    return [(after, words[after]) for after in VersionStates.moves(row.state)]


def _languages(row: FormVersion) -> list[tuple[str, str]]:
    codes = {lang for each in row.questions for lang in each["labels"]}
    from hamroh.fieldwork.xforms import code_of

    return [(code_of(each), each) for each in row.languages if code_of(each) in codes]


def _language(request: HttpRequest, row: FormVersion) -> str:
    codes = [code for code, _name in _languages(row)]
    asked = request.GET.get("in", "")
    return asked if asked in codes else lang_of()


def _questions(row: FormVersion, lang: str) -> Any:
    """The questions that somebody is asked, as a page of paper shows them."""
    for each in row.questions:
        if each["kind"] in ("meta", "calculate", "hidden"):
            continue
        labels = pick(each["labels"], lang)
        yield {
            "words": labels.text or each["name"], "lang": labels.lang, "name": each["name"], "kind": each["kind"],
            "hint": pick(each["hints"], lang).text, "required": each["required"], "personal": each["personal"],
            "choices": [pick(choice["labels"], lang).text or choice["name"] for choice in each["choices"] or []],
            "when": conditions.in_words(each["when"], each["path"], row.questions, lang) if each["when"] else "",
            "repeat": bool(each["repeat"]),
        }  # fmt: skip


@login_required
@require_POST
def move(request: HttpRequest, code: str, pk: UUID) -> HttpResponseBase:
    """Hand a version out, let it run out, or close it. One that endangers people is handed out by who says that she read why."""
    form, row = _version(request, code, pk, "form.edit")
    after = request.POST.get("after", "")

    def act() -> str:
        if after == "open" and remarks.risks(row.remarks) and not request.POST.get("read"):
            raise forming.FormRefused(_("Read first what endangers people, and say so."))
        forming.move(actor=request.user, version=row, after=after)
        return at("version", code=form.code, pk=row.pk)

    if after in VersionStates.states:
        written(request, None, act)
    return redirect(at("version", code=form.code, pk=row.pk))


@login_required
@require_form
def media(request: HttpRequest, code: str, pk: UUID) -> HttpResponseBase:
    """Bring a file that the form asks for."""
    form, row = _version(request, code, pk, "form.edit")
    names = [each.name for each in reads.media_of(version=row)]
    asked = forms.Beside(
        request.POST or None, request.FILES or None, names=names, initial={"name": request.GET.get("name")}
    )

    def act() -> str:
        forming.add_media(actor=request.user, version=row, name=asked.cleaned_data["name"], content=asked.content())
        return at("version", code=form.code, pk=row.pk)

    if asked.is_valid() and (address := written(request, asked, act)):
        return redirect(address)
    context = {"form": asked, "row": row, "of": form}
    return render(request, f"{PAGE}media.html", context, status=422 if asked.errors else 200)


@login_required
@require_safe
def download(request: HttpRequest, code: str, pk: UUID, what: str) -> HttpResponseBase:
    """The form as devices get it, or the workbook as it was brought."""
    form, row = _version(request, code, pk)
    kinds = {
        "form.xml": (row.xml.encode(), "application/xml"),
        "form.xlsx": (bytes(row.sheet or b""), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    }  # fmt: skip
    content, kind = kinds[what]
    if not content or (what == "form.xlsx" and not content.startswith(b"PK")):
        raise policy.Refused("no workbook")
    answer = HttpResponse(
        content, content_type=kind, headers={"Content-Security-Policy": "sandbox; default-src 'none'"}
    )
    answer["Content-Disposition"] = f'attachment; filename="form-{form.code}.{what.rpartition(".")[2]}"'
    return answer
