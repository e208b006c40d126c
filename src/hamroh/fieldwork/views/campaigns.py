"""Pages of monitoring campaigns: plan, coverage, what was found, what is done about it, report."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.workplace import here
from hamroh.accounts.zones import local_date
from hamroh.directory.models import Party
from hamroh.fieldwork import reporting, showing
from hamroh.fieldwork.actions import campaigns as actions
from hamroh.fieldwork.actions.campaigns import Planned
from hamroh.fieldwork.forms import campaigns as forms
from hamroh.fieldwork.models import Campaign, CampaignArea, Form
from hamroh.fieldwork.selectors import campaigns as reads
from hamroh.fieldwork.selectors.results import name_of, questions_of
from hamroh.fieldwork.states import CampaignStates
from hamroh.fieldwork.views.results import doors, title_of
from hamroh.fieldwork.views.working import PAGE, PAGE_LINES, lang_of, place_of, places_of, require_form, written
from hamroh.web import dates
from hamroh.web.texts import pick

KINDS = {"planned": "due", "running": "now", "over": "none"}


def _named(campaign: Campaign) -> str:
    return pick(campaign.titles, lang_of()).text or campaign.code


def _at(name: str, row: Campaign, **more: Any) -> str:
    return reverse(f"field-results:{name}", kwargs={"code": row.code, **more})


@login_required
@require_safe
@never_cache
def campaigns(request: HttpRequest) -> HttpResponseBase:
    """Every campaign of the house."""
    policy.require(request.user, "campaign.see")
    rows = reads.campaigns(actor=request.user, organisation=here(request))
    page = Paginator(rows, PAGE_LINES).get_page(request.GET.get("page"))
    lines = [
        {"row": each, "title": _named(each), "kind": KINDS[each.state], "word": each.get_state_display()}
        for each in page.object_list
    ]
    context = {
        "page": page,
        "lines": lines,
        "may": bool(policy.allowed(request.user, "campaign.edit")),
        **doors(request),
    }
    return render(request, f"{PAGE}campaigns/list.html", context)


def _planning(request: HttpRequest, house: Organisation, row: Campaign | None) -> Any:
    """The form of the plan, with the house's forms and the questions of those that belong to it."""
    lang, own = lang_of(), list(Form.objects.filter(organisation=house).order_by("-changed_at")[:100])
    asked = []
    for form in row.forms.all() if row else ():
        found = [
            (each.path, each.label) for each in showing.columns(questions_of(form), lang) if each.kind == "select_one"
        ]
        asked.append((title_of(form), found))
    first: dict[str, Any] = {}
    if row is not None:
        first = {
            "title": pick(row.titles, lang).text, "question": pick(row.questions, lang).text, "from_date": row.from_date,
            "until_date": row.until_date, "forms_of": [each.code for each in row.forms.all()], "asked": row.asked,
            "remark": pick(row.remarks, lang).text,
        }  # fmt: skip
    choices = [(each.code, title_of(each)) for each in own]
    return forms.Planning(request.POST or None, choices=choices, asked=asked, initial=first)


@login_required
@require_form
def new(request: HttpRequest) -> HttpResponseBase:
    """A campaign, not begun yet."""
    policy.require(request.user, "campaign.edit")
    house = here(request)
    form = _planning(request, house, None)

    def act() -> str:
        own = Form.objects.filter(organisation=house, code__in=form.cleaned_data["forms_of"])
        row = actions.plan_campaign(actor=request.user, organisation=house, plan=form.plan(lang_of()), forms=own)
        return _at("areas", row)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    context = {"form": form, "title": _("A new campaign"), "back": reverse("field-results:campaigns")}
    return render(request, f"{PAGE}campaigns/form.html", context, status=422 if form.errors else 200)


@login_required
@require_form
def change(request: HttpRequest, code: str) -> HttpResponseBase:
    """Another wording, other days, other forms."""
    row, _decision = reads.campaign_of(actor=request.user, code=code, verb="campaign.edit")
    form = _planning(request, row.organisation, row)

    def act() -> str:
        own = Form.objects.filter(organisation=row.organisation, code__in=form.cleaned_data["forms_of"])
        actions.change_campaign(actor=request.user, campaign=row, plan=form.plan(lang_of(), row), forms=own)
        return _at("campaign", row)

    return _asked(request, row, form, act, _("Change the plan"))


def _asked(request: HttpRequest, row: Campaign, form: Any, act: Any, title: str, **more: Any) -> HttpResponseBase:
    """A page with one form of a campaign."""
    if form.is_valid() and (address := written(request, form, act)):
        messages.success(request, _("Written down."))
        return redirect(address)
    context = {"row": row, "form": form, "title": title, "back": _at("campaign", row), "named": _named(row), **more}
    return render(request, f"{PAGE}campaigns/form.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
@never_cache
def campaign(request: HttpRequest, code: str) -> HttpResponseBase:
    """One campaign: its question, coverage against the plan, what was found and what is done about it."""
    row, _decision = reads.campaign_of(actor=request.user, code=code)
    lang, reading = lang_of(), policy.allowed(request.user, "campaign.read", row)
    covered = reads.coverage(campaign=row, lang=lang)
    may = {name: bool(policy.allowed(request.user, f"campaign.{name}", row)) for name in ("edit", "write", "report")}
    context = {
        "row": row, "named": _named(row), "question": pick(row.questions, lang).text, "kind": KINDS[row.state],
        "forms": [{"row": each, "title": title_of(each)} for each in row.forms.all()], "parties": reads.parties(campaign=row, lang=lang),
        "team": reads.team(campaign=row), "coverage": _coverage(covered, lang), "chart": _chart(row, covered, lang),
        "grave": reads.grave(campaign=row), "follow_counts": reads.follow_counts(campaign=row),
        "findings": reads.findings(campaign=row, decision=reading) if reading else None,
        "follow_ups": reads.follow_ups(campaign=row, decision=reading) if reading else None,
        "moves": [(name, CampaignStates.states[name].label) for name in CampaignStates.moves(row.state)] if may["edit"] else [],
        "may": may, "reports": reads.reports(campaign=row), "names": {each.key: name_of(each.place, lang) for each in covered},
        "reads_forms": bool(policy.allowed(request.user, "submission.review")),
    }  # fmt: skip
    return render(request, f"{PAGE}campaigns/campaign.html", context)


def _coverage(covered: Any, lang: str) -> dict[str, Any]:
    """The table: each area with plan and deed, and their sums."""
    number = [
        (word, "num") for word in (_("Visits planned"), _("Visits made"), _("Talks planned"), _("People talked with"))
    ]

    def said(values: Any) -> list[str]:
        return [dates.number(each, lang) for each in values]

    rows = [
        [name_of(each.place, lang), *said((each.planned, each.visited, each.to_ask, each.asked))] for each in covered
    ]
    sums = [sum(getattr(each, name) for each in covered) for name in ("planned", "visited", "to_ask", "asked")]
    if covered:
        rows.append([_("Together"), *said(sums)])
    return {"columns": [_("District"), *number], "rows": rows}


def _chart(row: Campaign, covered: Any, lang: str) -> str:
    from hamroh.fieldwork import pictures

    bars = [
        (name_of(each.place, lang), each.share, _("%(done)s of %(planned)s") % {
            "done": dates.number(each.visited, lang), "planned": dates.number(each.planned, lang)})
        for each in covered if each.planned
    ]  # fmt: skip
    note = " · ".join(
        each for each in (pick(row.remarks, lang).text, _("visits made, in per cent of those planned")) if each
    )
    return str(pictures.bars(_("How far the plan is done"), bars, lang, note=note)) if bars else ""


@login_required
@require_form
def areas(request: HttpRequest, code: str) -> HttpResponseBase:
    """Where people go: one area at a time; naming a place again gives it other numbers."""
    row, _decision = reads.campaign_of(actor=request.user, code=code, verb="campaign.edit")
    known = list(CampaignArea.objects.filter(campaign=row).select_related("place", "party"))
    form = forms.AnArea(None if "drop" in request.POST else request.POST or None, places=places_of(row.organisation))

    def act() -> str:
        actions.set_areas(
            actor=request.user, campaign=row, areas=_areas(row.organisation, known, form, request.POST.get("drop", ""))
        )
        return _at("areas", row)

    is_drop = request.method == "POST" and "drop" in request.POST
    if (is_drop or form.is_valid()) and (address := written(request, None if is_drop else form, act)):
        return redirect(address)
    lines: list[dict[str, Any]] = [
        {"row": each, "name": name_of(each.place, lang_of()), "party": _party(each)} for each in known
    ]
    context = {"row": row, "named": _named(row), "form": form, "lines": sorted(lines, key=lambda each: each["name"])}
    return render(request, f"{PAGE}campaigns/areas.html", context, status=422 if form.errors else 200)


def _party(area: CampaignArea) -> str:
    return pick(area.party.names, lang_of()).text if area.party else ""


def _areas(house: Organisation, known: Any, form: Any, drop: str) -> list[Planned]:
    """All areas as they are to stand: without the one that is dropped, with the one that was typed."""
    found = {
        each.place.key: Planned(each.place, each.party, each.visits, each.interviews)
        for each in known
        if each.place.key != drop
    }
    if not drop:
        told = form.cleaned_data
        place = place_of(told["place"])
        party = (
            Party.objects.public(local_date(timezone.now(), house)).filter(code=told["party"].strip()).first()
            if told["party"].strip()
            else None
        )
        if place is None or (told["party"].strip() and party is None):
            raise actions.CampaignRefused(_("No organisation of the directory has this code."))
        found[place.key] = Planned(place, party, told["visits"], told["interviews"])
    return list(found.values())


@login_required
@require_form
def team(request: HttpRequest, code: str) -> HttpResponseBase:
    """Who is of the team."""
    row, _decision = reads.campaign_of(actor=request.user, code=code, verb="campaign.edit")
    people = {str(each.pk): each for each in reads.colleagues(organisation=row.organisation)}
    first = {"people": [str(each.pk) for each in reads.team(campaign=row)]}
    form = forms.Team(request.POST or None, people=[(pk, str(each)) for pk, each in people.items()], initial=first)

    def act() -> str:
        actions.set_team(actor=request.user, campaign=row, people=[people[pk] for pk in form.cleaned_data["people"]])
        return _at("campaign", row)

    return _asked(request, row, form, act, _("The team"))


@login_required
@require_POST
def move(request: HttpRequest, code: str) -> HttpResponseBase:
    """Begin it, end it, go on."""
    row, _decision = reads.campaign_of(actor=request.user, code=code, verb="campaign.edit")
    after = request.POST.get("after", "")

    def act() -> str:
        actions.move_campaign(
            actor=request.user, campaign=row, after=after if after in CampaignStates.states else row.state
        )
        return row.code

    written(request, None, act)
    return redirect(_at("campaign", row))


# -- what was found ------------------------------------------------------------------------------------------------


@login_required
@require_safe
@never_cache
def visits(request: HttpRequest, code: str) -> HttpResponseBase:
    """Every visit, the newest first; what was seen is not opened for it."""
    row, _decision = reads.campaign_of(actor=request.user, code=code)
    page = Paginator(reads.visits(campaign=row), PAGE_LINES).get_page(request.GET.get("page"))
    lines = [{"row": each, "place": name_of(each.place, lang_of()), "party": pick(each.party.names, lang_of()).text if each.party else ""}
             for each in page.object_list]  # fmt: skip
    context = {"row": row, "named": _named(row), "page": page, "lines": lines,
               "may": bool(policy.allowed(request.user, "campaign.write", row)) and row.state != "over"}  # fmt: skip
    return render(request, f"{PAGE}campaigns/visits.html", context)


def _planned_places(row: Campaign) -> list[Any]:
    """The campaign's own districts; all of the country where none is planned yet."""
    known = [(each.key, name_of(each.place, lang_of())) for each in reads.coverage(campaign=row, lang=lang_of())]
    return known or places_of(row.organisation)


@login_required
@require_form
def new_visit(request: HttpRequest, code: str) -> HttpResponseBase:
    """A visit that came by no form."""
    row, _decision = reads.campaign_of(actor=request.user, code=code, verb="campaign.write")
    form = forms.AVisit(
        request.POST or None, places=_planned_places(row), parties=reads.parties(campaign=row, lang=lang_of())
    )

    def act() -> str:
        told = form.cleaned_data
        actions.add_visit(
            actor=request.user, campaign=row, place=place_of(told["place"]), on_date=told["on_date"], kind=told["kind"],
            interviews=told["interviews"], party=actions.party_of(row, told["party"]), words=told["words"],
        )  # fmt: skip
        return _at("visits", row)

    return _asked(request, row, form, act, _("Write down a visit"))


@login_required
@require_POST
def remove_visit(request: HttpRequest, code: str, visit: UUID) -> HttpResponseBase:
    """It was none."""
    row, _decision = reads.campaign_of(actor=request.user, code=code, verb="campaign.write")
    found = reads.visit_of(campaign=row, pk=visit)

    def act() -> str:
        actions.remove_visit(actor=request.user, visit=found)
        return row.code

    written(request, None, act)
    return redirect(_at("visits", row))


@login_required
@require_form
@never_cache
def new_finding(request: HttpRequest, code: str) -> HttpResponseBase:
    """What was found, in words without names."""
    row, _decision = reads.campaign_of(actor=request.user, code=code, verb="campaign.write")
    form = forms.AFinding(request.POST or None, places=_planned_places(row))

    def act() -> str:
        told = form.cleaned_data
        actions.add_finding(
            actor=request.user,
            campaign=row,
            severity=told["severity"],
            words=told["words"],
            place=place_of(told["place"]),
        )
        return _at("campaign", row)

    return _asked(request, row, form, act, _("Write down what was found"))


@login_required
@require_form
@never_cache
def follow(request: HttpRequest, code: str, finding: UUID) -> HttpResponseBase:
    """What is done about a finding, by whom, until when."""
    row, _decision = reads.campaign_of(actor=request.user, code=code, verb="campaign.write")
    found = reads.finding_of(campaign=row, pk=finding)
    able = {
        str(each.pk): each for each in reads.colleagues(organisation=row.organisation)
        if policy.allowed(each, "campaign.read", row) and policy.allowed(each, "desk.task")
    }  # fmt: skip
    form = forms.AFollowUp(request.POST or None, people=[(pk, str(each)) for pk, each in able.items()])

    def act() -> str:
        told = form.cleaned_data
        actions.follow_up(
            actor=request.user, campaign=row, words=told["words"], person=able[told["person"]], until_date=told["until_date"],
            finding=found,
        )  # fmt: skip
        return _at("campaign", row)

    return _asked(request, row, form, act, _("What is done about it"))


@login_required
@require_POST
def end_follow(request: HttpRequest, code: str, follow: UUID) -> HttpResponseBase:
    """It is done, or will not be."""
    row, _decision = reads.campaign_of(actor=request.user, code=code, verb="campaign.write")
    found = reads.follow_of(campaign=row, pk=follow)

    def act() -> str:
        actions.end_follow_up(actor=request.user, follow=found, dropped=request.POST.get("do") == "drop")
        return row.code

    written(request, None, act)
    return redirect(_at("campaign", row))


# -- the report ----------------------------------------------------------------------------------------------------


@login_required
@require_safe
@never_cache
def report(request: HttpRequest, code: str) -> HttpResponseBase:
    """The report as it stands now, and those that were frozen."""
    row, _decision = reads.campaign_of(actor=request.user, code=code)
    paper = reporting.campaign_paper(reads.report_content(campaign=row), lang_of())
    asked = reads.asked_of(campaign=row)
    context = {
        "row": row, "named": _named(row), "paper": paper, "reports": reads.reports(campaign=row), "number": 0,
        "may": bool(policy.allowed(request.user, "campaign.report", row)) and row.state == "over",
        "asked": {"form": asked[0].code, "question": row.asked} if asked else None,
    }  # fmt: skip
    return render(request, f"{PAGE}campaigns/report.html", context)


@login_required
@require_POST
def freeze(request: HttpRequest, code: str) -> HttpResponseBase:
    """Freeze the report as it stands."""
    row, _decision = reads.campaign_of(actor=request.user, code=code, verb="campaign.report")

    def act() -> str:
        made = actions.freeze_report(actor=request.user, campaign=row, content=reads.report_content(campaign=row))
        return _at("frozen", row, number=made.number)

    return redirect(written(request, None, act) or _at("report", row))


@login_required
@require_safe
@never_cache
def frozen(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """A report as it was frozen."""
    row, _decision = reads.campaign_of(actor=request.user, code=code)
    made = reads.report_of(campaign=row, number=number)
    context = {
        "row": row, "named": _named(row), "reports": reads.reports(campaign=row), "number": number, "may": False,
        "paper": reporting.campaign_paper(made.content, lang_of(), digest=made.digest, number=number), "made": made,
        "is_whole": actions.digest_of(made.content) == made.digest,
    }  # fmt: skip
    return render(request, f"{PAGE}campaigns/report.html", context)


@login_required
@require_safe
@never_cache
def pdf(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """The same to be printed, in the reader's language."""
    row, _decision = reads.campaign_of(actor=request.user, code=code)
    made = reads.report_of(campaign=row, number=number)
    paper = reporting.campaign_paper(made.content, lang_of(), digest=made.digest, number=number)
    response = HttpResponse(reporting.pdf(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="report-{row.code}-{number}.pdf"'
    return response
