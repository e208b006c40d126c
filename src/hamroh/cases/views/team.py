"""The team's page, cases given to somebody else, and filters that are kept."""

import contextlib
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.accounts.models import User
from hamroh.accounts.workplace import here
from hamroh.cases import actions, boards, selectors
from hamroh.cases.forms import casework as forms
from hamroh.cases.models import Case
from hamroh.cases.selectors.team import MOST_AT_ONCE, Filter, deadlines_ahead, whole
from hamroh.cases.views.files import PAGE_LINES, listed


@login_required
@require_safe
def team(request: HttpRequest) -> HttpResponseBase:
    """What the team has to look at."""
    policy.require(request.user, "case.list")
    return render(request, "cases/team/page.html", {"boards": boards.of(request.user, here(request))})


@login_required
@require_safe
def deadlines(request: HttpRequest) -> HttpResponseBase:
    """All days that are over or come within the fortnight; no word of them is opened."""
    policy.require(request.user, "case.list")
    house = here(request)
    rows = deadlines_ahead(actor=request.user, organisation=house)
    page = Paginator(rows, PAGE_LINES).get_page(request.GET.get("page"))
    return render(request, "cases/team/all_deadlines.html", {"page": page, "today": selectors.soon(house)[0]})


@login_required
@require_POST
def assign(request: HttpRequest) -> HttpResponseBase:
    """Give the ticked cases to somebody; where that cannot be, the list comes back with what was ticked and chosen."""
    policy.require(request.user, "case.assign")
    house = here(request)
    people = {str(each.pk): each for each in selectors.workers(organisation=house)}
    form = forms.Hand(request.POST, people=[(pk, str(each)) for pk, each in people.items()])
    codes, query = set(request.POST.getlist("code")), QueryDict(request.POST.get("query", ""))
    told = request.POST.get("whole", "")
    found = _whole(request, query) if told else Case.objects.filter(organisation=house, code__in=codes)
    rows = policy.visible(request.user, "case.assign", found.select_related("owner"))
    cases = list(rows[: MOST_AT_ONCE + 1])
    if told and told != whole(found):
        fault = _("The list changed meanwhile. Nothing was changed: look at it once more.")
    elif not cases or not form.is_valid():
        fault = _("Tick at least one case, and choose to whom it goes.")
    elif not told and len(cases) < len(codes):
        fault = _("Some of these cases are not in your list any more. Nothing was changed.")
    else:
        fault = _give(request, cases, people[form.cleaned_data["owner"]])
    if not fault:
        return redirect(_list(request))
    chosen = {"ticked": codes, "owner": request.POST.get("owner", ""), "fault": fault, "is_whole": bool(told)}
    return listed(request, query, chosen)


def _whole(request: HttpRequest, query: QueryDict) -> QuerySet[Case]:
    """All cases that the list has, as it is looked at."""
    house = here(request)
    rows = selectors.cases(actor=request.user, organisation=house)
    return selectors.filtered(actor=request.user, organisation=house, rows=rows, by=Filter.of(query))


def _give(request: HttpRequest, cases: list[Case], owner: User) -> str:
    """Why nothing was given; empty where it was."""
    try:
        count = actions.assign(actor=request.user, cases=cases, owner=owner, seen=_owners_seen(request))
    except actions.NotHers:
        return _("One of these cases cannot go to this person. Nothing was changed.")
    except actions.OwnedMeanwhile:
        return _(
            "Somebody gave one of these cases to another person meanwhile. Nothing was changed: look whose they are now."
        )
    words = ngettext("%(count)s case changed hands.", "%(count)s cases changed hands.", count)
    messages.success(request, words % {"count": count})
    return ""


def _owners_seen(request: HttpRequest) -> dict[str, UUID | None]:
    """Whose the cases of the page were when it was shown: ``code:owner``, the owner empty for nobody."""
    seen: dict[str, UUID | None] = {}
    for each in request.POST.getlist("was"):
        code, _colon, owner = each.partition(":")
        with contextlib.suppress(ValueError):
            seen[code] = UUID(owner) if owner else None
    return seen


def _list(request: HttpRequest) -> str:
    """The list as it was looked at."""
    query = Filter.of(QueryDict(request.POST.get("query", ""))).query
    return reverse("cases:list") + (f"?{query}" if query else "")


@login_required
@require_POST
def keep_filter(request: HttpRequest) -> HttpResponseBase:
    """Come back to the list as it is looked at now."""
    policy.require(request.user, "case.list")
    query = Filter.of(QueryDict(request.POST.get("query", ""))).query
    if query:
        try:
            actions.keep_filter(actor=request.user, organisation=here(request), query=query)
        except actions.NoPlace:
            messages.error(request, _("You keep twelve filters already. Forget one first."))
    return redirect(_list(request))


@login_required
@require_POST
def forget_filter(request: HttpRequest, kept: UUID) -> HttpResponseBase:
    policy.require(request.user, "case.list")
    row = selectors.kept_filter(actor=request.user, pk=kept)
    actions.forget_filter(actor=request.user, kept=row)
    return redirect("cases:list")
