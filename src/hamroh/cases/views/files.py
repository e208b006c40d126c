"""The list of cases, and a case's page."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.accounts.workplace import here
from hamroh.cases import panels, selectors
from hamroh.cases.forms.looking import LookAt
from hamroh.cases.selectors.team import Filter, whole

PAGE_LINES = 25
#: of long lists on the case's page the first two stand open; on paper all of them do
NEWEST = ":2"
#: what a tired worker must see before anything else, and what stands beside the work
FIRST, BESIDE = ("far", "contact", "danger"), ("consents", "people", "errands")


@login_required
@require_safe
def cases(request: HttpRequest) -> HttpResponseBase:
    """The cases that she may list, as she looks at them; who gives cases out can tick some."""
    policy.require(request.user, "case.list")
    return listed(request, request.GET, {})


def listed(request: HttpRequest, query: QueryDict, chosen: dict[str, Any]) -> HttpResponseBase:
    """The list as a query looks at it; ``chosen`` are the ticks and the person of a form that comes back, with its ``fault``."""
    house, by = here(request), Filter.of(query)
    rows = selectors.cases(actor=request.user, organisation=house)
    found = selectors.filtered(actor=request.user, organisation=house, rows=rows, by=by)
    page = Paginator(found, PAGE_LINES).get_page(query.get("page"))
    kept = selectors.kept_filters(actor=request.user, organisation=house)
    context = {
        "page": page,
        "lines": selectors.lines(actor=request.user, rows=list(page.object_list)),
        "by": by,
        "look": LookAt(query or None, initial={"state": by.state, "risk": by.risk, "whose": by.whose}),
        "kept": kept,
        "is_kept": by.query in {each.query for _row, each in kept},
        "people": (people := _people(request, house)),
        "whole": whole(found) if people and page.paginator.num_pages > 1 else "",
        "may_open": bool(policy.allowed(request.user, "case.open")),
        **chosen,
    }
    return render(request, "cases/list.html", context, status=422 if chosen else 200)


def _people(request: HttpRequest, house: Organisation) -> list[User]:
    """To whom she may give cases; nobody where she gives none out."""
    if not policy.allowed(request.user, "case.assign"):
        return []
    return list(selectors.workers(organisation=house))


@login_required
@require_safe
def case(request: HttpRequest, code: str) -> HttpResponseBase:
    """The file: what each part of the room shows of it."""
    row, decision = selectors.case_of(actor=request.user, code=code)
    name = selectors.clients(actor=request.user, ids=[row.pk]).get(row.pk)
    shown = _laid_out(panels.of(request.user, row, decision))
    jumps = [each for name in ("first", "work", "beside") for each in shown[name] if each["title"]]
    context = {"case": row, "name": name, "panels": shown, "jumps": jumps, "newest": NEWEST}
    return render(request, "cases/case.html", context)


def _laid_out(shown: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Panels by where they stand on the page, each group in their order."""
    return {
        "first": [each for each in shown if each["code"] in FIRST],
        "work": [each for each in shown if each["code"] not in FIRST + BESIDE],
        "beside": [each for each in shown if each["code"] in BESIDE],
    }
