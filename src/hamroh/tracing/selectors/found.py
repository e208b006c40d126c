"""Who was found: talks, what he agrees to now, letters, and what the seeker's side has been told."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.accounts.zones import local_date
from hamroh.cases.models import Answer
from hamroh.tracing import naming
from hamroh.tracing.models import (
    Approach,
    Choice,
    Gone,
    Letter,
    PlaceRelease,
    PoolRecord,
    Request,
    Route,
    Talk,
    Towards,
    Verdict,
    WeeklyWord,
    Wish,
)
from hamroh.tracing.selectors.judging import weights
from hamroh.tracing.selectors.requests import faced
from hamroh.tracing.states import HEARD
from hamroh.tracing.verdicts import Weight
from hamroh.vault import opening


def same_records(request: Request) -> set[UUID]:
    """Records that two people judge to be the person of the request.

    One whose list ran out counts on, since what he agreed to stands by itself; one that was taken back does not.
    """
    rows = Verdict.objects.filter(request=request, record__isnull=False).exclude(record__gone_why=Gone.WITHDRAWN)
    judged = weights(rows.order_by("made_at", "pk"))
    return {
        pk for pair, weight in judged.items() if weight is Weight.SAME for kind, pk in pair if kind == "record"
    }  # fmt: skip


def spoken(request: Request) -> list[Approach]:
    """Talks in which he was alone and it was he, as the judgements stand now; the newest first."""
    rows = Approach.objects.filter(request=request, outcome=Talk.SPOKEN).select_related("record", "by")
    same = same_records(request)
    return [row for row in rows.order_by("-made_at", "-pk") if row.record_id in same]


def newest(request: Request) -> dict[str, Choice]:
    """His newest answer to each wish."""
    rows = Choice.objects.filter(request=request).select_related("approach", "taken_by")
    return {row.wish: row for row in rows.order_by("made_at", "pk")}


def in_force(request: Request, today: dt.date) -> dict[str, Choice]:
    """What he agrees to today: given, not run out, by him who is judged to be the one now, in a search that was answered."""
    same, said = same_records(request), newest(request)
    if request.route != Route.SEARCH or request.state not in HEARD:
        return {}
    return {
        wish: row for wish, row in said.items()
        if row.answer == Answer.GIVEN and row.approach.record_id in same and row.until_date and row.until_date >= today
    }  # fmt: skip


def today_of(request: Request) -> dt.date:
    return local_date(timezone.now(), request.organisation)


def whom_to_ask(*, actor: Any, request: Request) -> list[PoolRecord]:
    """Records by which he can be reached, as far as the actor may read them."""
    rows = PoolRecord.objects.filter(pk__in=same_records(request), gone_at=None).select_related("pool")
    return list(policy.visible(actor, "pool.read", rows).order_by("made_at", "pk"))


def was_told(request: Request, choice: Choice) -> bool:
    """Whether the seeker's side was told what he agreed to by this line."""
    row = WeeklyWord.objects.filter(request=request).first()
    body = opening.open(row, "body", decision=naming.by_upkeep(row), purpose="weekly word") if row else {}
    return any(each["of"] == str(choice.pk) for each in (body or {}).get("told", ()))


# -- for the searching side ----------------------------------------------------------------------------------------


def talks(*, request: Request, decision: Decision) -> list[dict[str, Any]]:
    """Every try to speak with him, the newest first."""
    rows = Approach.objects.filter(request=request).select_related("by").order_by("-made_at", "-pk")
    return [{"row": row, **_opened(row, ("facts",), decision)} for row in rows]


def choices(*, request: Request, decision: Decision) -> list[dict[str, Any]]:
    """What he says to each wish now; terms of a contact are opened."""
    said, agreed = newest(request), in_force(request, today_of(request))
    rows = [said[wish] for wish in Wish.values if wish in said]
    return [{"row": row, "counts": row.wish in agreed, **_opened(row, ("terms",), decision)} for row in rows]


def letters(*, request: Request, decision: Decision, towards: str = "") -> list[dict[str, Any]]:
    """Letters of a search in one direction or both, the newest first, with their words and what the reader said."""
    rows = Letter.objects.filter(request=request, **({"towards": towards} if towards else {}))
    rows = rows.select_related("by", "read_by").order_by("-made_at", "-pk")
    return [{"row": row, **_opened(row, ("body", "words"), decision)} for row in rows]


def releases(*, request: Request, decision: Decision) -> list[dict[str, Any]]:
    """Where he is, told to a lawyer: ground, document, who wished and who agreed. The place itself is not among it."""
    rows = PlaceRelease.objects.filter(request=request).select_related("lawyer", "made_by", "agreed_by", "matter")
    return [{"row": row, **_opened(row, ("facts",), decision)} for row in rows.order_by("-made_at", "-pk")]


def _opened(row: Any, fields: Iterable[str], decision: Decision) -> dict[str, Any]:
    shown = opening.open_each(row, tuple(fields), decision=decision, purpose="page")
    facts = shown.get("facts")
    return {**shown, **({"facts": facts if isinstance(facts, Mapping) else {}} if "facts" in shown else {})}


# -- letters that wait to be read ----------------------------------------------------------------------------------

#: who reads letters of which requests
READERS = ("tracing.read_letter", "tracing.protect")


def to_read(*, actor: Any, organisation: Organisation) -> QuerySet[Letter]:
    """Letters that wait, the oldest first: those of searches, and of what is guarded to who protects. Nobody reads her own."""
    requests = faced(actor, READERS[0]).values("pk"), faced(actor, READERS[1]).values("pk")
    rows = Letter.objects.filter(organisation=organisation, state="written").exclude(by=actor)
    found = rows.filter(request__in=requests[0]) | rows.filter(request__in=requests[1])
    return found.select_related("request").order_by("made_at", "pk")


def letter_of(*, actor: Any, pk: UUID) -> tuple[Letter, Decision]:
    """A letter that the actor may read before it goes; Refused for any other."""
    row = Letter.objects.select_related("request__organisation", "request__case", "by").filter(pk=pk).first()
    if row is not None and row.by_id != actor.pk:
        for verb in READERS:
            if faced(actor, verb).filter(pk=row.request_id).exists():
                return row, policy.require(actor, verb, row.request)
    raise policy.Refused("no such letter for this person")


# -- the seeker's side ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """What the seeker's side has been told, the newest first, and when it was looked through last."""

    week_date: dt.date | None
    items: tuple[Mapping[str, Any], ...]


def told(*, request: Request, decision: Decision) -> Told:
    """One row, one opening, whatever became of the request."""
    row = WeeklyWord.objects.filter(request=request).first()
    if row is None:
        return Told(None, ())
    body = opening.open_each(row, ("body",), decision=decision, purpose="page")["body"]
    return Told(row.week_date, tuple(body.get("told", ())) if isinstance(body, Mapping) else ())


def written(*, request: Request, decision: Decision, known: Told) -> list[dict[str, Any]]:
    """What she wrote to him, the newest first, with what the weekly word said of it; how far it went inside stands nowhere."""
    said = {each.get("letter"): each for each in known.items if each["kind"] in ("returned", "refused")}
    rows = Letter.objects.filter(request=request, towards=Towards.FOUND).order_by("-made_at", "-pk")
    return [
        {
            "row": row, "said": said.get(str(row.pk)),
            "body": opening.open_each(row, ("body",), decision=decision, purpose="page")["body"],
        }
        for row in rows
    ]  # fmt: skip
