"""What arrives is compared with what is there: a new record with the requests, a new request with records and other requests.

The installation compares; nobody sees more by it than a candidate to judge. Withdrawn records and requests at rest are not compared.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from hamroh.accounts.models import Membership, Notice, Role
from hamroh.tracing import naming
from hamroh.tracing.likeness import TOLD, banded
from hamroh.tracing.models import Candidate, PoolRecord, Request, Route, Verdict, standing
from hamroh.tracing.selectors.requests import faced
from hamroh.tracing.states import SEARCHED
from hamroh.vault import opening, pools

LIKELIEST = 10
PURPOSE = "candidate check"


@transaction.atomic
def match_request(request: Request) -> int:
    """Compare a request with our records and with other requests; how many candidates are new."""
    query = naming.told_of(request, naming.by_upkeep(request), PURPOSE)
    if not query.get("name") or request.route != Route.SEARCH or request.state not in SEARCHED:
        return 0
    house = request.organisation_id
    rows = Request.objects.filter(organisation_id=house)
    records = _found(naming.RECORDS, house, query, naming.records_of(house))
    others = _found(naming.REQUESTS, house, query, naming.Requests(rows, naming.by_upkeep, but=request.pk))
    new = [_candidate(request, band, record_id=UUID(pk)) for pk, band in records]
    new += [_between(request, rows.get(pk=pk), band) for pk, band in others]
    return _told(request, new)


@transaction.atomic
def match_records(ids: Iterable[UUID]) -> int:
    """Compare records that arrived with the requests that are searched; how many candidates are new."""
    found = 0
    for record in standing(PoolRecord.objects.filter(pk__in=list(ids), pool__ended_date=None)):
        query = _query(record)
        house = record.organisation_id
        rows = Request.objects.filter(organisation_id=house)
        near = _found(naming.REQUESTS, house, query, naming.Requests(rows, naming.by_upkeep))
        for pk, band in near:
            request = rows.select_related("organisation", "case", "owner").get(pk=pk)
            found += _told(request, [_candidate(request, band, record_id=record.pk)])
    return found


def _query(record: PoolRecord) -> dict[str, Any]:
    shown = opening.open_each(record, naming.OF_RECORD, decision=naming.by_upkeep(record), purpose=PURPOSE)
    told = {name: None if isinstance(value, opening.Unshown) else value for name, value in shown.items()}
    return {key: value for key, value in naming.record_of(record, told).items() if key != "id"}


def _found(kind: str, house: UUID, query: dict[str, Any], opener: Any) -> list[tuple[str, str]]:
    found = pools.search(kind, house, query, opener=opener, limit=LIKELIEST) if query.get("name") else []
    return [(each.id, band) for each, band in banded(found, kind, house) if band in TOLD]


def _candidate(request: Request, band: str, *, record_id: UUID | None = None, other_id: UUID | None = None) -> bool:
    """Enter a pair, unless it was found or judged before; whether it is new."""
    pair = {"record_id": record_id, "other_id": other_id}
    if Verdict.objects.filter(request=request, **pair).exists():
        return False
    _row, new = Candidate.objects.get_or_create(
        request=request, **pair, defaults={"organisation_id": request.organisation_id, "band": band}
    )
    return new


def propose(request: Request, record_id: UUID, band: str) -> int:
    """Somebody else says that a record may be who is sought: it waits to be judged like what we find ourselves; 1 where it is new."""
    return _told(request, [_candidate(request, band, record_id=record_id)])


def _between(request: Request, other: Request, band: str) -> bool:
    """Two requests for one person stand as one candidate, whichever came first."""
    if Candidate.objects.filter(request=request, other=other).exists():
        return False
    if Verdict.objects.filter(request=request, other=other).exists():
        return False
    return _candidate(other, band, other_id=request.pk)


def _told(request: Request, new: list[bool]) -> int:
    """Tell who searches, where something is new."""
    if any(new):
        tell(request, who_searches(request), Notice.About.LIKELY)
    return sum(new)


def tell(row: Model, people: Sequence[UUID], about: str) -> None:
    """A notice for each of them who has none waiting about this request, or whatever else it is."""
    named = {"about": about, "record_kind": row._meta.label_lower, "record_id": str(row.pk)}  # noqa: SLF001 - Django's documented face
    waiting = Notice.objects.filter(**named, read_at=None, user__in=people).values_list("user_id", flat=True)
    Notice.objects.bulk_create(Notice(user_id=pk, **named) for pk in set(people) - set(waiting))


def who_searches(request: Request) -> list[UUID]:
    """Tracing officers who may judge the request; supervisors where there are none."""
    rows = Membership.objects.current().filter(organisation=request.organisation_id).select_related("user")
    for role in (Role.TRACING_OFFICER, Role.SUPERVISOR):
        people = {each.user_id: each.user for each in rows.filter(role=role)}
        if may := [pk for pk, user in people.items() if faced(user, "tracing.judge").filter(pk=request.pk).exists()]:
            return may
    return []


def seen(request: Request, *, record: PoolRecord | None = None, other: Request | None = None) -> None:
    """Somebody looked at a pair: it waits for nobody any more."""
    rows = Candidate.objects.filter(request=request, record=record, other=other)
    if other is not None:
        rows = rows | Candidate.objects.filter(request=other, other=request)
    rows.filter(seen_at=None).update(seen_at=timezone.now())


def read_notices(actor: Any, request: Request) -> None:
    """Who does something about a request has read what she was told of it; not of candidates while one waits."""
    about = [Notice.About.GUARD, Notice.About.REPLY]
    if not Candidate.objects.filter(request=request, seen_at=None).exists():
        about.append(Notice.About.LIKELY)
    rows = Notice.objects.filter(user=actor, record_kind="tracing.request", record_id=str(request.pk), about__in=about)
    rows.filter(read_at=None).update(read_at=timezone.now())
