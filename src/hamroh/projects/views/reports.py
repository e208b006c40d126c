"""Pages of reports to donors: the list, a report with what stands in its way, its words, its approval, to whom it was given, its files."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.accounts.deskpages import Pages, at_desk, require_form
from hamroh.accounts.workplace import here
from hamroh.kernel import reporting
from hamroh.projects.actions import reports as actions
from hamroh.projects.actions.frame import NotNow
from hamroh.projects.forms import reports as forms
from hamroh.projects.models import DonorReport
from hamroh.projects.reports import gathering, opening, paper, pdf, stories, word, words
from hamroh.projects.reports.templates import template
from hamroh.projects.selectors import reports as reads
from hamroh.web.texts import LANGUAGES, pick

PAGE, PAGE_LINES = "projects/reports/", 25
_PAGES = Pages("projects/reports", "project-reports", (NotNow,))
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def at(name: str, row: DonorReport, **more: Any) -> str:
    """The address of a page of a version of a report."""
    return reverse(f"project-reports:{name}", kwargs={"code": row.code, "version": row.version, **more})


@at_desk
@require_safe
def reports(request: HttpRequest) -> HttpResponseBase:
    """Reports of the organisation for who writes them; those that were lent to her for everybody who was lent one."""
    given = reads.given_reports(actor=request.user)
    writes = reads.may_work(actor=request.user)
    if not writes and not policy.allowed(request.user, reads.READ):
        raise policy.Refused("no report for this person")
    rows = reads.donor_reports(actor=request.user, organisation=here(request))
    page = Paginator(rows, PAGE_LINES).get_page(request.GET.get("page")) if writes else None
    projects = reads.projects_to_report_on(actor=request.user, organisation=here(request)) if writes else []
    context = {"page": page, "given": list(given[:100]), "writes": writes, "projects": projects}
    return render(request, f"{PAGE}list.html", context)


@at_desk
@require_form
def new(request: HttpRequest, project: str) -> HttpResponseBase:
    """A draft on a period of a project."""
    row = reads.project_to_report_on(actor=request.user, code=project)
    form = forms.ReportForm(request.POST or None, initial={"languages": [get_language() or "en"]})

    def act() -> str:
        return at("report", actions.begin_report(actor=request.user, project=row, told=form.told))

    return _PAGES.asked(
        request, form, act, title=_("A new report"), back=reverse("project-reports:list"), over=row.titles
    )


@at_desk
@require_safe
def report(request: HttpRequest, code: str, version: int) -> HttpResponseBase:
    """A report as it reads now, or as it was approved; above it what can be done with it."""
    row = reads.report_of(actor=request.user, code=code, version=version)
    frozen = reads.frozen_of(report=row)
    works = bool(policy.allowed(request.user, reads.SEE, row))
    content = gathering.content_of(row, actor=request.user)
    lang = _lang(request, content)
    opened = opening.opened(content) if works else content
    shown = paper.paper(
        opened, lang, stories=stories.allowed, digest=frozen.digest if frozen else "", signed=_signed(row)
    )
    context: dict[str, Any] = {
        "report": row, "paper": shown, "works": works, "frozen": frozen, "languages": content["languages"],
        "is_whole": frozen is None or reporting.digest(bytes(frozen.content)) == frozen.digest,
    }  # fmt: skip
    if works:
        context |= _work(request, row, content)
    return render(request, f"{PAGE}report.html", context)


def _work(request: HttpRequest, row: DonorReport, content: dict[str, Any]) -> dict[str, Any]:
    """What who writes reports sees above one: flaws, what may be done, sections to write, versions, to whom it was given."""
    found = actions.findings(row, content) if row.is_open else []
    lang = get_language() or "en"
    return {
        "stops": [words.finding(each, content, lang) for each in found if each.stops],
        "looks": [words.finding(each, content, lang) for each in found if not each.stops],
        "sections": [{"code": each["code"], "title": pick(each["titles"], lang), "has": sorted(each["words"])} for each in content["sections"]],
        "mark": reporting.digest(reporting.canonical(content)) if row.state == "proposed" else "",
        "is_mine": row.proposed_by_id == request.user.pk, "versions": reads.versions_of(actor=request.user, report=row),
        "loans": list(reads.given_to(report=row)) if row.is_frozen else [], "now": timezone.now(), "seen": row.changed_at.isoformat(),
    }  # fmt: skip


def _lang(request: HttpRequest, content: dict[str, Any]) -> str:
    """The language that was asked for, else the reader's."""
    asked = request.GET.get("in", "")
    return asked if asked in LANGUAGES else get_language() or content["languages"][0]


def _signed(row: DonorReport) -> list[str]:
    return [str(each) for each in (row.proposed_by, row.approved_by) if each] if row.is_frozen else []


# -- writing ---------------------------------------------------------------------------------------------------------


@at_desk
@require_form
def change(request: HttpRequest, code: str, version: int) -> HttpResponseBase:
    """Another period, template or other languages."""
    row = _written(request, code, version)
    form = forms.ReportForm(request.POST or None, initial=forms.ReportForm.of(row))

    def act(seen: dt.datetime | None) -> None:
        actions.change_report(actor=request.user, report=row, told=form.told, seen=seen)

    return _seen(request, row, form, act, title=_("Period, languages and kind"))


@at_desk
@require_form
def write(request: HttpRequest, code: str, version: int, section: str) -> HttpResponseBase:
    """The officer's own words of a section, in the languages that she has."""
    row = _written(request, code, version)
    of = next((each for each in template(row.template).sections if each.code == section), None)
    if of is None:
        raise Http404
    form = forms.WordsForm(request.POST or None, section=of, initial={"words": row.words.get(section, {})})

    def act(seen: dt.datetime | None) -> None:
        actions.write_section(
            actor=request.user, report=row, section=section, words=form.cleaned_data["words"], seen=seen
        )

    return _seen(request, row, form, act, title=str(pick(of.titles, get_language() or "en")))


@at_desk
@require_form
def contents(request: HttpRequest, code: str, version: int) -> HttpResponseBase:
    """Which tables and stories stand in it, and what is left out."""
    row = _written(request, code, version)
    choice = reads.choices(actor=request.user, report=row)
    form = forms.ContentsForm(
        request.POST or None, report=row, choice=choice, words=words.drawn(), initial=forms.ContentsForm.of(row)
    )

    def act(seen: dt.datetime | None) -> None:
        actions.choose_contents(actor=request.user, report=row, contents=form.told, seen=seen)

    return _seen(request, row, form, act, title=_("What stands in it"))


def _written(request: HttpRequest, code: str, version: int) -> DonorReport:
    """A report that she may write in; Refused otherwise."""
    row = reads.report_of(actor=request.user, code=code, version=version)
    policy.require(request.user, "donorreport.write", row)
    return row


def _seen(
    request: HttpRequest, row: DonorReport, form: Any, act: Callable[[dt.datetime | None], None], *, title: str
) -> HttpResponseBase:
    """A form of a draft as it was when the form was opened."""
    seen = request.POST.get("seen", row.changed_at.isoformat())

    def write_it() -> str:
        act(_moment(seen))
        return at("report", row)

    return _PAGES.asked(
        request, form, write_it, title=title, back=at("report", row), over=row.titles, seen=seen, said=_("Saved.")
    )


def _moment(text: str) -> dt.datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None


# -- from one hand to the next ---------------------------------------------------------------------------------------


@at_desk
@require_POST
def step(request: HttpRequest, code: str, version: int) -> HttpResponseBase:
    """Propose, approve, give up, correct: a single button each."""
    row = _written(request, code, version)
    do = request.POST.get("do", "")
    if do == "correct":
        return _correct(request, row)
    acts: dict[str, tuple[Callable[[], Any], str]] = {
        "propose": (lambda: actions.propose_report(actor=request.user, report=row, seen=_moment(request.POST.get("seen", ""))), _("A second person can approve it now.")),
        "approve": (lambda: actions.approve_report(actor=request.user, report=row, mark=request.POST.get("mark", "")), _("Approved. From now on it stands as it is.")),
        "drop": (lambda: actions.drop_report(actor=request.user, report=row), _("Given up.")),
    }  # fmt: skip
    if do not in acts:
        raise Http404
    act, said = acts[do]
    return _PAGES.done(request, act, at("report", row), said)


def _correct(request: HttpRequest, row: DonorReport) -> HttpResponseBase:
    """The next version, opened where it was begun; else the page that was left."""
    made = _PAGES.written(request, None, lambda: at("report", actions.correct_report(actor=request.user, report=row)))
    return redirect(made or at("report", row))


@at_desk
@require_form
def send_back(request: HttpRequest, code: str, version: int) -> HttpResponseBase:
    """Back to who writes it, with a word why."""
    row = _written(request, code, version)
    form = forms.SendBack(request.POST or None)

    def act() -> str:
        actions.send_back(actor=request.user, report=row, words=form.cleaned_data["words"])
        return at("report", row)

    return _PAGES.asked(request, form, act, title=_("Send it back"), back=at("report", row), over=row.titles)


@at_desk
@require_form
def give(request: HttpRequest, code: str, version: int) -> HttpResponseBase:
    """Lend an approved report to a person."""
    row = _written(request, code, version)
    form = forms.Give(request.POST or None, houses=reads.houses_to_give_to())

    def act() -> str:
        actions.give_report(actor=request.user, report=row, **form.cleaned_data)
        return at("report", row)

    return _PAGES.asked(
        request, form, act, title=_("Let somebody read it"), back=at("report", row), over=row.titles, said=_("Given.")
    )


@at_desk
@require_POST
def take_back(request: HttpRequest, code: str, version: int, grant: UUID) -> HttpResponseBase:
    """End a loan at once."""
    row = _written(request, code, version)
    return _PAGES.done(
        request,
        lambda: actions.take_report_back(actor=request.user, report=row, grant=grant),
        at("report", row),
        _("Taken back."),
    )


# -- files -----------------------------------------------------------------------------------------------------------


@at_desk
@require_safe
def file(request: HttpRequest, code: str, version: int, lang: str, form: str) -> HttpResponseBase:
    """A report as PDF or for Word, in one of its languages."""
    row = reads.report_of(actor=request.user, code=code, version=version)
    if lang not in LANGUAGES:
        raise Http404
    frozen = reads.frozen_of(report=row)
    if frozen is not None and reporting.digest(bytes(frozen.content)) != frozen.digest:
        raise Http404
    content = gathering.content_of(row, actor=request.user)
    shown = paper.paper(
        content, lang, stories=stories.allowed, digest=frozen.digest if frozen else "", signed=_signed(row)
    )
    body = pdf.pdf(shown, (row.approved_at or timezone.now()).date()) if form == "pdf" else word.word(shown)
    answer = HttpResponse(body, content_type=PDF if form == "pdf" else DOCX)
    answer.headers["Content-Disposition"] = f'attachment; filename="report-{row.code}-{row.version}-{lang}.{form}"'
    return answer
