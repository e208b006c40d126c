"""The desk where projects meet the aid standard: what is to be put right, files that come in, the table of activities."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.accounts.deskpages import Pages, at_desk, require_form
from hamroh.accounts.workplace import here
from hamroh.directory.exchange.tables import FileRefused
from hamroh.kernel.iati.ours import told_rules
from hamroh.projects import actions, selectors
from hamroh.projects.actions.fourw import bring_activities
from hamroh.projects.actions.iati import CORE, Coming, bring_projects, weighed
from hamroh.projects.exchange import fourw_in, fourw_out, iati_reading
from hamroh.projects.exchange.fourw_columns import change_words
from hamroh.projects.exchange.iati_facts import reporters
from hamroh.projects.exchange.iati_findings import findings_of
from hamroh.projects.forms import iati as forms
from hamroh.projects.models import Project
from hamroh.web.texts import LANGUAGES, pick

PAGE, PAGE_LINES = "projects/iati/", 25
_PAGES = Pages("projects", "iati-desk", (actions.NotNow,))


def _faults() -> dict[str, Any]:
    """Why a file was not opened."""
    return {
        "empty": _("The file is empty."), "large": _("The file is too large: at most 20 MB and 1,000 activities."),
        "declares": _("The file declares entities or a document type. It was not opened."),
        "deep": _("The file is nested too deeply or has too many parts. It was not opened."),
        "broken": _("The file is no whole XML: it is damaged or cut off."), "root": _("This is no file of activities of the IATI standard."),
        "slow": _("Reading the file took too long. Split it."),
    }  # fmt: skip


def _refusals() -> dict[str, Any]:
    """Why an activity does not come in."""
    return {
        "nameless": _("It has no number or no title."), "twice": _("This number is there twice."),
        "ours": _("A project of ours has this reference already."),
    }  # fmt: skip


@at_desk
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """What keeps each project from being a good activity of the standard."""
    policy.require(request.user, "project.see")
    rows = selectors.seen(request.user, Project.objects.filter(organisation=here(request), origin=None))
    page = Paginator(
        rows.select_related("organisation").order_by("-first_year", "-made_at", "pk"), PAGE_LINES
    ).get_page(request.GET.get("page"))
    found = findings_of(page.object_list)
    house = here(request)
    context = {
        "page": page, "lines": [_line(each, found[each.pk]) for each in page.object_list], "house": house,
        "publishes": house.pk in reporters([house], timezone.now().date()), "may_edit": bool(policy.allowed(request.user, "project.edit", Project(organisation=house))),
    }  # fmt: skip
    return render(request, f"{PAGE}home.html", context)


def _line(row: Project, found: list[Any]) -> dict[str, Any]:
    errors = sum(each.severity == "error" for each in found)
    return {"row": row, "findings": found, "errors": errors, "is_public": row.visibility == "public"}


@at_desk
@require_form
def bring(request: HttpRequest) -> HttpResponseBase:
    """Projects from somebody else's file: what would become of each is shown before anything is written."""
    house = here(request)
    policy.require(request.user, "project.edit", Project(organisation=house))
    form = forms.ActivitiesFile(request.POST, request.FILES) if request.method == "POST" else forms.ActivitiesFile()
    coming: list[tuple[Coming, Mapping[str, Any]]] = []
    if form.is_valid():
        told = iati_reading.read(form.cleaned_data["file"].read())
        if told.fault:
            form.add_error("file", str(_faults().get(told.fault, told.fault)))
        else:
            found = weighed(
                actor=request.user, organisation=house, activities=[each["told"] for each in told.activities]
            )
            coming = list(zip(found, told.activities, strict=True))
        if coming and request.POST.get("do") == "write":
            return _brought(request, form, coming, told.digest)
    shown = [_shown(each, read) for each, read in coming]
    context = {"form": form, "shown": shown, "writable": any(each.kind in ("new", "changed") for each, _read in coming)}
    return render(request, f"{PAGE}bring.html", context, status=422 if form.errors else 200)


def _brought(
    request: HttpRequest, form: forms.ActivitiesFile, coming: list[tuple[Coming, Mapping[str, Any]]], digest: str
) -> HttpResponseBase:
    counts: dict[str, int] = {}

    def act() -> str:
        counts.update(bring_projects(
            actor=request.user, organisation=here(request), coming=[each for each, _read in coming], digest=digest,
            take_changes=form.cleaned_data["take_changes"],
        ))  # fmt: skip
        return reverse("iati-desk:home")

    address = _PAGES.written(request, form, act)
    if address:
        _say(request, counts)
        return redirect(address)
    return render(request, f"{PAGE}bring.html", {"form": form}, status=422)


def _say(request: HttpRequest, counts: Mapping[str, int]) -> None:
    new, changed = counts.get("new", 0), counts.get("changed", 0)
    messages.success(request, ngettext("%(count)s is new.", "%(count)s are new.", new) % {"count": new})
    if changed:
        messages.success(
            request, ngettext("%(count)s was changed.", "%(count)s were changed.", changed) % {"count": changed}
        )


def _shown(each: Coming, read: Mapping[str, Any]) -> dict[str, Any]:
    lang = get_language() or "en"
    rules = told_rules()
    return {
        "title": pick(each.told["titles"], lang), "identifier": each.told["identifier"], "kind": each.kind,
        "publisher": pick(each.told["publisher"]["names"], lang), "changes": [_change(name, each, lang) for name in each.changes if name in CORE],
        "refusals": [_refusals()[code] for code in each.faults], "misbuilt": read["misbuilt"],
        "rules": [{"severity": rules[key].severity, "clause": rules[key].clause, "words": pick(rules[key].says, lang)} for key in read["rules"]],
    }  # fmt: skip


def _change(name: str, each: Coming, lang: str) -> dict[str, Any]:
    """What the project says and what the file says."""
    labels = {
        "titles": _("Title"), "abouts": _("What it is about"), "objectives": _("Objectives"), "starts_planned": _("Planned start"),
        "ends_planned": _("Planned end"), "starts": _("Start"), "ends": _("End"),
    }  # fmt: skip
    held = getattr(each.project, name)
    coming = each.told[name] if name in each.told else each.told["dates"].get(name, "")
    pair = [pick(value, lang).text if isinstance(value, dict) else value for value in (held, coming)]
    return {"label": labels[name], "before": pair[0] or "–", "after": pair[1] or "–"}


# -- the table of activities ---------------------------------------------------------------------------------------------


@at_desk
@require_form
def fourw(request: HttpRequest) -> HttpResponseBase:
    """The table out, and in again: what would become of each row is shown before anything is written."""
    house = here(request)
    policy.require(request.user, "project.see")
    edits = bool(policy.allowed(request.user, "project.edit", Project(organisation=house)))
    if request.method == "POST":
        policy.require(request.user, "project.edit", Project(organisation=house))
    form = forms.TableFile(request.POST, request.FILES) if request.method == "POST" else forms.TableFile()
    fates: list[fourw_in.Fate] = []
    if form.is_valid():
        content = form.cleaned_data["file"]
        try:
            fates = fourw_in.read(actor=request.user, organisation=house, name=content.name, content=content.read())
        except FileRefused as fault:
            form.add_error("file", str(fault))
        if fates and request.POST.get("do") == "write" and not any(each.faults for each in fates):
            answer = _written(request, form, fates)
            if answer:
                return answer
    wrong = [each for each in fates if each.faults]
    told = [each for each in fates if not each.faults and each.kind != "same"]
    context = {
        "form": form, "edits": edits, "wrong": wrong[:200], "told": [{"fate": each, "changes": change_words(each.changes)} for each in told[:200]], "fates": fates, "same": sum(each.kind == "same" for each in fates),
        "languages": LANGUAGES,
    }  # fmt: skip
    return render(request, f"{PAGE}fourw.html", context, status=422 if form.errors else 200)


def _written(request: HttpRequest, form: forms.TableFile, fates: list[fourw_in.Fate]) -> HttpResponseBase | None:
    counts: dict[str, int] = {}

    def act() -> str:
        counts.update(bring_activities(actor=request.user, organisation=here(request), rows=fates))
        return reverse("iati-desk:fourw")

    address = _PAGES.written(request, form, act)
    if not address:
        return None
    _say(request, counts)
    return redirect(address)


@at_desk
@require_safe
def fourw_file(request: HttpRequest, lang: str) -> HttpResponse:
    """The table in a language: the whole of ours, or what is for others."""
    if lang not in LANGUAGES:
        raise Http404
    policy.require(request.user, "project.see")
    rows = selectors.activities(actor=request.user, organisation=here(request)).select_related("indicator")
    body = fourw_out.workbook(rows, lang, for_others=request.GET.get("for") == "others")
    answer = HttpResponse(body, content_type=fourw_out.TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="4w-{lang}.xlsx"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
