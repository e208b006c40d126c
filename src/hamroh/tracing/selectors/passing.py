"""What may be passed on to another organisation as a file, what was, and the wishes to do so."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.accounts.zones import local_date, zone_of
from hamroh.cases.models import Answer
from hamroh.directory.models import Party, Phone
from hamroh.tracing.models import (
    Description,
    PassedRecord,
    Pool,
    PoolRecord,
    RecordFile,
    Request,
    Route,
    SeekerConsent,
    standing,
)
from hamroh.tracing.selectors.requests import faced
from hamroh.tracing.states import SEARCHED
from hamroh.vault import opening

#: wishes that a page lists
SHOWN = 50
#: of a request and of a record, what may leave is among these
OF_REQUEST, OF_RECORD = (
    ("name", "names", "born", "home", "facts"),
    ("name", "names", "born", "sex", "place", "parts", "consent"),
)


# -- what may leave ------------------------------------------------------------------------------------------------


def requests_to_pass(*, house: Organisation, to: Organisation) -> QuerySet[Request]:
    """Requests that an organisation may be given now: searched for, in time, and whoever asks said yes to its search and ours."""
    rows = Request.objects.filter(organisation=house, route=Route.SEARCH, state__in=SEARCHED)
    rows = rows.filter(until_date__gte=local_date(timezone.now(), house))
    for name, whose in (("said_to_us", None), ("said_to_them", to)):
        told = SeekerConsent.objects.filter(request=OuterRef("pk"), to_organisation=whose)
        rows = rows.annotate(**{name: Subquery(told.order_by("-made_at", "-pk").values("answer")[:1])})
    return rows.filter(said_to_us=Answer.GIVEN, said_to_them=Answer.GIVEN)


def records_to_pass(*, pool: Pool, to: Organisation) -> QuerySet[PoolRecord]:
    """Records of a list whose people agreed to this organisation."""
    agreed = PassedRecord.objects.filter(organisation_id=pool.organisation_id, to_organisation=to, ended_at=None)
    rows = standing(PoolRecord.objects.filter(pool=pool, pool__ended_date=None))
    found: QuerySet[PoolRecord] = rows.filter(pk__in=agreed.exclude(record=None).values("record"))
    return found


def takeable(*, actor: Any, house: Organisation, to: Organisation, pool: Pool | None = None) -> QuerySet[Any]:
    """Those of them that the actor may read: of a case that is her own she passes nothing on."""
    if pool is not None:
        return policy.visible(actor, "pool.read", records_to_pass(pool=pool, to=to)).order_by("pk")
    mine = faced(actor, "tracing.search").values("pk")
    return requests_to_pass(house=house, to=to).filter(pk__in=mine).order_by("pk")


def end_of(day: dt.date, house: Organisation) -> dt.datetime:
    """The moment after a day, by the clock of an organisation."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=zone_of(house))


def office_phones(*, house: Organisation) -> list[str]:
    """Telephones of an organisation that stand in the public directory: no other one leaves."""
    party = Party.objects.public(local_date(timezone.now(), house)).filter(tenant=house).first()
    if party is None:
        return []
    kinds = (Phone.Kind.VOICE, Phone.Kind.HOTLINE)
    rows = party.phones.filter(service=None, location=None, kind__in=kinds)
    return list(dict.fromkeys(rows.order_by("pk").values_list("number", flat=True)))


# -- words that may leave ------------------------------------------------------------------------------------------


def descriptions(*, request: Request, decision: Decision) -> list[dict[str, Any]]:
    """What was written of how somebody may be recognised, the newest first."""
    rows = (
        Description.objects.filter(request=request).select_related("written_by", "read_by").order_by("-made_at", "-pk")
    )
    return [
        {"row": row, **opening.open_each(row, ("words",), decision=decision, purpose="page")} for row in rows[:SHOWN]
    ]


def description_of(*, request: Request, pk: UUID) -> Description:
    """One of this very request; Refused otherwise."""
    row: Description | None = Description.objects.filter(request=request, pk=pk).first()
    if row is None:
        raise policy.Refused("no such description of this request")
    return row


def passed_of(*, request: Request) -> list[PassedRecord]:
    """To whom a request was given as a record."""
    rows = PassedRecord.objects.filter(request=request).select_related("to_organisation")
    return list(rows.order_by("-entry_at", "pk"))


def agreed_of(*, record: PoolRecord) -> list[PassedRecord]:
    """To whom somebody on a list agreed to be passed on, or did before."""
    rows = PassedRecord.objects.filter(record=record).select_related("to_organisation")
    return list(rows.order_by("-entry_at", "pk"))


# -- wishes --------------------------------------------------------------------------------------------------------


def record_files(*, actor: Any, organisation: Organisation) -> list[RecordFile]:
    """What the actor asked for there, the newest first."""
    rows = RecordFile.objects.filter(organisation=organisation, asked_by=actor).select_related(
        "to_organisation", "asked_by"
    )
    return list(policy.visible(actor, "record_file.see", rows).defer("content").order_by("-asked_at", "pk")[:SHOWN])


def record_files_to_release(*, actor: Any, organisation: Organisation) -> list[RecordFile]:
    """What waits for a second person, and that the actor may let go: never her own."""
    waiting = RecordFile.objects.filter(organisation=organisation, state="asked", expires_at__gt=timezone.now())
    rows = policy.visible(actor, "record_file.release", waiting).exclude(asked_by=actor)
    return list(rows.defer("content").select_related("to_organisation", "asked_by").order_by("asked_at", "pk")[:SHOWN])


def record_file_of(*, actor: Any, code: str, verb: str = "record_file.see") -> tuple[RecordFile, Decision]:
    """One wish with the decision that opens it; Refused where the actor may not do ``verb`` to it."""
    rows = RecordFile.objects.filter(code=code).defer("content")
    related = ("organisation", "to_organisation", "pool", "asked_by", "released_by")
    return policy.fetch(actor, verb, rows.select_related(*related))


def words_of(*, file: RecordFile, decision: Decision) -> Any:
    """What for, in the words of who asked."""
    return opening.open_each(file, ("words", "office_phone"), decision=decision, purpose="page")
