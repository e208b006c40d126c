"""A request is weighed before anybody is looked for: it may be searched, or it goes to a protection officer and never into a search.

The installation does it, in the background and for every request alike; the seeker's side is told the same words in the same time.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hamroh.accounts.models import Membership, Notice, Role
from hamroh.cases import naming as cases
from hamroh.cases.models import Part, Person, Side
from hamroh.tracing import naming, screening
from hamroh.tracing.actions import matching, sharing
from hamroh.tracing.actions.asking import request_for_work
from hamroh.tracing.likeness import banded
from hamroh.tracing.models import Candidate, KnownPhone, Request, Route, Screening, Step, StepKind
from hamroh.tracing.selectors.requests import faced, has_consent
from hamroh.vault import journal, opening, pools

PURPOSE = "protection check"


@transaction.atomic
def settle(request_id: UUID) -> None:
    """Weigh the newest answers and our own files, and route the request. One that ended meanwhile stays ended."""
    request = request_for_work(request_id)
    if request is None or request.state == "closed":
        return
    row = Screening.objects.filter(request=request).order_by("-made_at", "-pk").first()
    if row is None:
        return
    decision = naming.by_upkeep(request)
    answers = opening.open(row, "answers", decision=decision, purpose=PURPOSE)
    facts = opening.open(request, "facts", decision=decision, purpose=PURPOSE) or {}
    found = screening.grounds(answers, facts.get("sex", ""))
    if _is_in_our_files(request):
        found.append("own_file")
    row.grounds, row.settled_at = found, timezone.now()
    row.save()
    _route(request, Route.PROTECTION if screening.bars(found) else Route.SEARCH)
    sharing.follow(request.pk)


def _route(request: Request, route: Route) -> None:
    """Where a request goes. What was with a protection officer stays there, whatever was corrected."""
    before = Route(request.route)
    request.route = Route.PROTECTION if before is Route.PROTECTION else route
    was = request.state
    if request.route == Route.SEARCH and was == "open" and has_consent(request=request):
        request.state = "searching"
    elif request.route == Route.PROTECTION:
        request.state = "open"
    request.save()
    if request.state != was or request.route != before:
        Step(
            organisation_id=request.organisation_id, request=request, kind=StepKind.ROUTE, before=was, after=request.state
        ).save()  # fmt: skip
    journal.record(actor=None, verb="tracing.screen", about=request)
    if request.route == Route.PROTECTION:
        _guard(request, is_new=before is not Route.PROTECTION)
    else:
        naming.put_request(request)
        matching.match_request(request)


def _guard(request: Request, *, is_new: bool) -> None:
    """Out of every pool and list; whoever protects is told."""
    naming.withdraw_request(request)
    Candidate.objects.filter(request=request).delete()
    Candidate.objects.filter(other=request).delete()
    Notice.objects.filter(record_kind="tracing.request", record_id=str(request.pk), about=Notice.About.LIKELY).delete()
    if is_new:
        rows = Membership.objects.current().filter(organisation=request.organisation_id, role=Role.SUPERVISOR)
        people = {each.user_id: each.user for each in rows.select_related("user")}
        matching.tell(request, [pk for pk, user in people.items() if _protects(user, request)], Notice.About.GUARD)


def _protects(user: Any, request: Request) -> bool:
    return bool(faced(user, "tracing.protect").filter(pk=request.pk).exists())


def _phones_of(request: Request) -> list[str]:
    decision = naming.by_upkeep(request)
    return [
        str(opening.open(row, "value", decision=decision, purpose="name index"))
        for row in KnownPhone.objects.filter(request=request).order_by("pk")
    ]


# -- our own files -------------------------------------------------------------------------------------------------


class _HerSide:
    """Opens people who stand on the side of a client in other files than the request's, for the installation."""

    def __init__(self, request: Request) -> None:
        rows = Person.objects.filter(organisation_id=request.organisation_id, side=Side.HERS)
        self.rows = rows.exclude(case=request.case_id) if request.case_id else rows

    def known(self, ids: Sequence[str]) -> set[str]:
        return {str(pk) for pk in self.rows.filter(pk__in=ids).values_list("pk", flat=True)}

    def opened(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        return {
            str(row.pk): cases.record_of(
                row.pk, opening.open_to_score(row, cases.COMPARED, decision=naming.by_upkeep(row))
            )
            for row in self.rows.filter(pk__in=ids)
        }


def _is_in_our_files(request: Request) -> bool:
    """Whether the person may be a client of ours or somebody on a client's side: very alike, or reached by the same telephone.

    Of clients it is enough that they are perhaps alike. Every request is compared so, whatever its answers say already.
    """
    house = _HerSide(request)
    query = naming.told_of(request, naming.by_upkeep(request), PURPOSE)
    found = pools.search(cases.KIND, request.organisation_id, query, opener=house) if query.get("name") else []
    bands = {each.id: band for each, band in banded(found, cases.KIND, request.organisation_id)}
    clients = {
        str(pk) for pk in house.rows.filter(pk__in=list(bands), part=Part.CLIENT).values_list("pk", flat=True)
    }  # fmt: skip
    near = any(band == "strong" or (band == "possible" and pk in clients) for pk, band in bands.items())
    return any([near, *_by_phone(house, request)])


def _by_phone(house: _HerSide, request: Request) -> Iterator[bool]:
    for value in _phones_of(request):
        rows = Person.objects.with_blind(organisation_id=request.organisation_id, phone_index=value)
        yield rows.filter(pk__in=house.rows.values("pk")).exists()
