"""The desk's frame and its first page: my day, and the doors that open for who asks, from all rooms."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from hamroh.accounts import policy, selectors, workplace
from hamroh.accounts.models import Organisation, Role
from hamroh.accounts.policy import Held
from hamroh.accounts.zones import zone_of
from hamroh.cases.selectors import deadlines as cases
from hamroh.directory import selectors as directory


@dataclass(frozen=True)
class Door:
    """A way into a room of the desk, and the verb that opens it."""

    title: str
    name: str
    verb: str
    kwargs: tuple[tuple[str, str], ...] = ()

    @property
    def href(self) -> str:
        return _address(self.name, self.kwargs)


@cache
def _address(name: str, kwargs: tuple[tuple[str, str], ...] = ()) -> str:
    """An address of the desk; no language changes it, and every page of the desk asks for some thirty."""
    return reverse(name, kwargs=dict(kwargs))


DOORS = (
    Door(gettext_noop("My day"), "desk", "desk.open"),
    Door(gettext_noop("Cases"), "cases:list", "case.list"),
    Door(gettext_noop("People who are missed"), "tracing:list", "tracing.own"),
    Door(gettext_noop("Forms in the field"), "fieldwork-desk:forms", "form.see"),
    Door(gettext_noop("What came in from the field"), "field-results:list", "submission.read"),
    Door(gettext_noop("Campaigns"), "field-results:campaigns", "campaign.see"),
    Door(gettext_noop("Days of advice"), "field-results:days", "day.see"),
    Door(gettext_noop("Groups"), "groups:list", "group.see"),
    Door(gettext_noop("Places to stay"), "groups:places", "place.begin"),
    Door(gettext_noop("Emergencies"), "emergencies:list", "event.see"),
    Door(gettext_noop("Training"), "training:rounds", "round.see"),
    Door(gettext_noop("Boards"), "boards:first", "board.network"),
    Door(gettext_noop("Projects"), "projects:list", "project.see"),
    Door(gettext_noop("Looking after the law"), "law:rules", "law.see"),
    Door(gettext_noop("Figures"), "figures:page", "figures.see"),
    Door(gettext_noop("Tables of counts"), "statistics:tables", "statistics.see"),
    Door(gettext_noop("Tables that left"), "statistics:released", "statistics.given"),
    Door(gettext_noop("Reports to donors"), "project-reports:list", "donorreport.read"),
    Door(gettext_noop("Country profiles"), "evidence-desk:profiles", "evidence.see_draft"),
    Door(gettext_noop("Reviews of profiles"), "evidence-review:mine", "evidence.see_draft"),
    Door(gettext_noop("Library desk"), "library-desk:records", "library.see_draft"),
    Door(gettext_noop("What waits"), "directory-desk:queue", "directory.see_unpublished"),
    Door(
        gettext_noop("Organisations and people"),
        "directory-desk:entries",
        "directory.see_unpublished",
        (("of", "party"),),
    ),
    Door(gettext_noop("Services"), "directory-desk:entries", "directory.see_unpublished", (("of", "service"),)),
    Door(gettext_noop("Bring entries in from a file"), "directory-desk:import", "directory.import"),
    Door(gettext_noop("Look after the thesaurus"), "thesaurus-desk:mine", "thesaurus.edit"),
    Door(gettext_noop("Suggestions for the thesaurus"), "thesaurus-desk:suggestions", "thesaurus.suggest"),
    Door(gettext_noop("Bring a thesaurus in"), "thesaurus-desk:bring", "thesaurus.import"),
    Door(gettext_noop("Archive of voices"), "archive-desk:units", "archive.see_draft"),
    Door(gettext_noop("Bulletin and its readers"), "bulletins:issues", "bulletin.see"),
    Door(gettext_noop("Pages and news"), "pages-desk:pages", "pages.see_drafts"),
    Door(gettext_noop("Letters from the contact page"), "pages-desk:letters", "pages.letter"),
    Door(gettext_noop("Who looked at my records"), "day:looked", "desk.open"),
    Door(gettext_noop("How much is opened by whom"), "day:counted", "access.see"),
    Door(gettext_noop("Open in an emergency"), "day:emergency", "access.break_glass"),
    Door(gettext_noop("Emergency openings"), "day:reviews", "access.review"),
    Door(gettext_noop("Records of mine to be erased"), "retention:mine", "retention.object"),
    Door(gettext_noop("Records to let go"), "retention:queue", "retention.see"),
    Door(gettext_noop("How long records are kept"), "retention:periods", "retention.see_periods"),
    Door(gettext_noop("People and roles"), "accounts-desk:houses", "accounts.see_people"),
    Door(gettext_noop("Recovery papers"), "recovery:papers", "recovery.see"),
    Door(gettext_noop("Work in the background"), "upkeep:tasks", "upkeep.see"),
)


#: hearings and days on the first page
MOST_AHEAD = 8
#: pages that the frame leads to
FRAME = {
    "day": "desk", "notices": "day:notices", "work_for": "day:work-for", "lock": "accounts:lock",
    "account": "accounts:security", "sign_out": "accounts:sign-out",
}  # fmt: skip


def doors(request: HttpRequest) -> list[dict[str, Any]]:
    """The doors that open for who asks."""
    open_ = (door for door in DOORS if policy.allowed(request.user, door.verb))
    return [{"title": _(door.title), "href": door.href, "here": request.path == door.href} for door in open_]


def menu(request: HttpRequest) -> dict[str, Any]:
    """Context of the desk's pages; nothing is asked on public ones."""
    if not request.path.startswith("/desk/") or not request.user.is_authenticated:
        return {"desk_doors": [], "desk": None}
    return {"desk_doors": doors(request), "desk": _frame(request)}


def _frame(request: HttpRequest) -> dict[str, Any]:
    """Who works here, as what and for whom, and what was told her."""
    house = workplace.current(request)
    held = policy.standing(request.user).held
    return {
        "house": house,
        "houses": workplace.options(request),
        "roles": _roles(held, house.pk if house else None),
        "unread": selectors.unread(actor=request.user),
        "at": {name: _address(address) for name, address in FRAME.items()},
    }


def _roles(held: frozenset[Held], house: Any) -> list[str]:
    mine = {each.role for each in held if each.organisation_id == house}
    return [str(role.label) for role in Role if role in mine]


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """My day: tasks, what waits in the rooms, and notices."""
    policy.require(request.user, "desk.open")
    house = workplace.current(request)
    assert house is not None
    context = {
        "day": selectors.my_day(actor=request.user, organisation=house),
        "waiting": list(_waiting(request)),
        "ahead": _ahead(request, house),
        "glasses": selectors.opened_by(actor=request.user),
    }
    return render(request, "site/desk.html", context)


def _ahead(request: HttpRequest, house: Organisation) -> list[dict[str, Any]]:
    """Hearings and days of her own cases within a fortnight, the nearest first: by code alone, nothing is opened for it."""
    if not policy.allowed(request.user, "case.list"):
        return []
    now, mine = timezone.now(), {"case__owner": request.user}
    until = now + dt.timedelta(days=cases.FORTNIGHT)
    hearings = cases.hearings_ahead(actor=request.user, since=now, until=until).filter(**mine)[:MOST_AHEAD]
    days = cases.deadlines_ahead(actor=request.user, organisation=house).filter(**mine)[:MOST_AHEAD]
    zone = zone_of(house)
    rows = [_hearing(row, row.starts_at.astimezone(zone)) for row in hearings]
    rows += [_day(line) for line in cases.lines_ahead(rows=days, today=now.astimezone(zone).date())]
    return sorted(rows, key=lambda row: (row["on"], row["at"]))[:MOST_AHEAD]


def _hearing(row: Any, at: dt.datetime) -> dict[str, Any]:
    address = reverse("cases:matter", kwargs={"code": row.case.code, "matter": row.matter_id})
    return {"on": at.date(), "at": f"{at:%H:%M}", "href": address, "code": row.case.code, "title": None, "late": False}


def _day(line: cases.DayLine) -> dict[str, Any]:
    row = line.row
    address = reverse("cases:matter", kwargs={"code": row.case.code, "matter": row.matter_id})
    title = line.title or {}
    return {"on": row.due_date, "at": "", "href": address, "code": row.case.code, "title": title, "late": line.is_late}


def _waiting(request: HttpRequest) -> Iterator[dict[str, str]]:
    """What waits in the rooms, counted."""
    if not policy.allowed(request.user, "directory.see_unpublished"):
        return
    queue = directory.review_queue(actor=request.user)
    waiting = (
        (_("Reports from the public"), queue.reports, "reports", "risk"),
        (_("Emergency numbers to be checked"), queue.routes, "routes", "care"),
        (_("Services to be checked"), queue.services, "q-service", "care"),
        (_("Organisations to be checked"), queue.parties, "q-party", "care"),
        (_("Consents that end soon"), queue.consents, "consents", "care"),
    )
    for title, rows, anchor, state in waiting:
        count = rows.count()
        href = f"{reverse('directory-desk:queue')}#{anchor}"
        word = str(count) if count else _("nothing waits")
        yield {"title": title, "href": href, "state": state if count else "done", "word": word}
