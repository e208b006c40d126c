"""Requests as each side may see them. What the seeker's side reads is the same whatever became of a request inside."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.accounts.zones import local_date
from hamroh.cases.models import Answer, Case
from hamroh.tracing.models import (
    OUTWARD,
    Candidate,
    End,
    KnownPhone,
    Request,
    Route,
    Screening,
    SeekerConsent,
    Step,
)
from hamroh.tracing.states import TracingLife
from hamroh.vault import opening

SEARCHING, PROTECTING, OWNING = (
    ("tracing.search", "tracing.judge", "tracing.approach", "tracing.read_letter", "tracing.release_place"),
    ("tracing.protect",),
    ("tracing.own", "tracing.ask"),
)
FIELDS = ("name", "names", "born", "home", "news", "facts")
#: ends that the seeker's side made or knows of; every other one is nothing that it reads here
KNOWN_ENDS = (End.WISH, End.NO_CONSENT, End.EXPIRED)


def faced(actor: Any, verb: str) -> QuerySet[Request]:
    """The rows to which a verb can be done at all: what is not to be searched is in no list of those who search.

    Whoever stands beside the seeker in her case searches nothing for it, and guards nothing that she asked for herself; who is shut out
    of the case is shut out of its requests.
    """
    rows = Request.objects.select_related("organisation", "owner", "case")
    shut = [pk for kind, pk in policy.standing(actor).blocked if kind == "cases.case"]
    if shut:
        rows = rows.exclude(case__in=shut)
    if verb in SEARCHING:
        rows = rows.filter(route=Route.SEARCH).exclude(Q(case__owner=actor) | Q(case__isnull=False, owner=actor))
    elif verb in OWNING:  # whoever works on the case no longer has no part in what was asked for it
        rows = rows.filter(Q(case=None) | Q(case__in=policy.visible(actor, "case.write", Case.objects.all())))
    elif verb in PROTECTING:
        rows = rows.filter(route=Route.PROTECTION).exclude(owner=actor).exclude(case__owner=actor)
    return policy.visible(actor, verb, rows)


def request_of(*, actor: Any, code: str, verb: str = "tracing.own") -> tuple[Request, Decision]:
    """The request of a code with the decision that opens it; Refused where the actor may not do ``verb`` to it."""
    return policy.fetch(actor, verb, faced(actor, verb).filter(code=code))


def mine(*, actor: Any, organisation: Organisation) -> QuerySet[Request]:
    """What the actor asked for, the newest first: never by what happened to it since."""
    return faced(actor, "tracing.own").filter(organisation=organisation).order_by("-made_at", "pk")


@dataclass(frozen=True)
class Line:
    """A request as a list shows it; ``name`` is a name, or says why it does not open."""

    row: Request
    name: Any
    word: Any


def lines(*, actor: Any, rows: Sequence[Request], verb: str) -> list[Line]:
    """One page of a list with the names of who is missed; of the actor's own ones with the words for her side."""
    decided = ((row, policy.allowed(actor, verb, row)) for row in rows)
    return [
        Line(
            row,
            opening.open_each(row, ("name",), decision=decision, purpose="list")["name"],
            outward(row).word if verb in OWNING else row.get_state_display(),
        )
        for row, decision in decided
        if decision.yes
    ]


@dataclass(frozen=True)
class Outward:
    """What the seeker's side is told."""

    word: Any
    has_ended: bool


def outward(request: Request) -> Outward:
    if request.state == "closed" and request.end in KNOWN_ENDS:
        return Outward(End(request.end).label, has_ended=True)
    if request.state == "closed" and request.until_date < local_date(timezone.now(), request.organisation):
        return Outward(End.EXPIRED.label, has_ended=True)
    return Outward(OUTWARD, has_ended=False)


def going_on(house: Organisation, today: dt.date) -> QuerySet[Request]:
    """Requests that go on as far as their seekers know, whatever became of them inside: those of which `outward` says that we look."""
    inside = Q(state="closed", until_date__gte=today) & ~Q(end__in=KNOWN_ENDS)
    return Request.objects.filter(~Q(state="closed") | inside, organisation=house)


def details(*, request: Request, decision: Decision, purpose: str = "page") -> dict[str, Any]:
    """Everything that was told of who is missed."""
    phones = KnownPhone.objects.filter(request=request).order_by("pk")
    opened = [opening.open_each(row, ("value",), decision=decision, purpose=purpose)["value"] for row in phones]
    return {**opening.open_each(request, FIELDS, decision=decision, purpose=purpose), "phones": opened}


def of_case(*, actor: Any, case: Case) -> list[Request]:
    """The requests of a case that the actor asked for herself; a supervisor who reads the case sees that there are some."""
    rows = Request.objects.filter(case=case).select_related("owner", "organisation").order_by("-made_at", "pk")
    return list(rows) if policy.allowed(actor, "case.read", case) else []


def agreed(*, request: Request) -> list[SeekerConsent]:
    """The newest answer for our own search and for each partner."""
    rows = SeekerConsent.objects.filter(request=request).select_related("to_organisation", "taken_by")
    newest = {row.to_organisation_id: row for row in rows.order_by("made_at", "pk")}
    return list(newest.values())


def has_consent(*, request: Request, organisation_id: UUID | None = None) -> bool:
    """Whether whoever asks agreed to our own search, or to a partner's; what goes out asks this first."""
    rows = SeekerConsent.objects.filter(request=request, to_organisation=organisation_id)
    newest = rows.order_by("-made_at", "-pk").first()
    return newest is not None and newest.answer == Answer.GIVEN


def grounds_of(*, request: Request, decision: Decision) -> tuple[str, ...]:
    """Why a request is not searched, by code, with what asks for care."""
    row = Screening.objects.filter(request=request).order_by("-made_at", "-pk").first()
    if row is None:
        return ()
    found = opening.open_each(row, ("grounds",), decision=decision, purpose="page")["grounds"]
    return tuple(found) if isinstance(found, list) else ()


def is_careful(*, request: Request, decision: Decision) -> bool:
    """Whoever asks is afraid of the person: nothing that tells where she is may reach him."""
    return "afraid" in grounds_of(request=request, decision=decision)


def steps(*, request: Request, decision: Decision) -> list[dict[str, Any]]:
    """What was done, the newest first. For those who search or protect, not for the seeker's side."""
    rows = Step.objects.filter(request=request).select_related("by").order_by("-made_at", "-pk")
    return [
        {
            "row": row, "after": TracingLife.states[row.after].label if row.after else "",
            **opening.open_each(row, ("words",), decision=decision, purpose="page"),
        }
        for row in rows
    ]  # fmt: skip


def to_look_at(*, actor: Any, organisation: Organisation) -> QuerySet[Candidate]:
    """Candidates that came by themselves and that nobody looked at, of requests that the actor may judge."""
    rows = Candidate.objects.filter(organisation=organisation, seen_at=None, request__in=faced(actor, "tracing.search"))
    return rows.select_related("request").order_by("-found_at", "pk")
