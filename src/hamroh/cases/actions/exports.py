"""Cases are taken out as a locked file: asked for, let go by a second person where they are many, made, fetched, wiped."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.cases import parcels, taking
from hamroh.cases.models import ALONE, Case, Export, ExportPurpose, Lock
from hamroh.cases.selectors.exports import Scope, counted, takeable
from hamroh.vault import journal, opening

#: how long a wish waits for a second person, what was let go waits to be made, a file waits to be fetched
WAITS, TO_MAKE, TO_FETCH = dt.timedelta(days=7), dt.timedelta(days=3), dt.timedelta(days=1)
#: how long it is listed that something was taken out; the journal keeps its lines
LISTED = dt.timedelta(days=90)
#: cases of one file
MOST_CASES = 500


class NotLetGo(Exception):
    """It cannot be taken out as things stand; the argument says why, for the reader."""


NONE_LEFT = _("There is no case among these that you may take out.")
TOO_MANY = _("These are more than 500 cases. Choose fewer, by a filter of the list.")
GREW = _("There are more people by now than were let go. Ask anew.")
MEANWHILE = _("Somebody was faster, or the time is over. Look at how it stands now.")
OWN = _("You asked for it, so somebody else must let it go.")


@dataclass(frozen=True)
class Wish:
    """What somebody wants to take out, in words why, and how it is locked."""

    scope: Scope
    parts: Sequence[str]
    words: str
    locked_by: str
    recipient: str = ""


@transaction.atomic
def ask_export(*, actor: Any, wish: Wish) -> Export:
    """A wish to take cases out: of few people it may be made at once, of many a second person lets it go. NotLetGo."""
    scope = wish.scope
    policy.require(actor, "case.export", scope.case)
    cases, people = _counted(actor, scope)
    row = Export(
        **_limits(actor, scope), asked_by=actor, case=scope.case, query=scope.query, purpose=scope.purpose,
        parts=list(wish.parts), locked_by=wish.locked_by, recipient=wish.recipient, words=wish.words, cases_count=cases,
        people_count=people, expires_at=timezone.now() + WAITS,
    )  # fmt: skip
    policy.require(actor, "export.take", row)
    if people <= ALONE:
        row.state, row.expires_at = "released", timezone.now() + TO_MAKE
    row.save()
    facts = {"purpose": wish.scope.purpose, "parts": " ".join(wish.parts), "cases": cases, "people": people}
    _tell(actor, row, "export.ask", **facts)
    return row


def _counted(actor: Any, scope: Scope) -> tuple[int, int]:
    cases, people = counted(actor=actor, scope=scope)
    if not cases:
        raise NotLetGo(NONE_LEFT)
    if cases > MOST_CASES:
        raise NotLetGo(TOO_MANY)
    return cases, people


def _limits(actor: Any, scope: Scope) -> dict[str, Any]:
    """Whose the wish is: the case's team and area, or those within which the actor works."""
    if scope.case is not None:
        return {"organisation": scope.organisation, "team": scope.case.team, "area": scope.case.area}
    roles = policy.VERBS["case.export"].roles
    held = [
        each
        for each in policy.standing(actor).held
        if each.organisation_id == scope.organisation.pk and each.role in roles
    ]
    widest = min(held, key=lambda each: (bool(each.team), bool(each.area)), default=None)
    team, area = (widest.team, widest.area) if widest else ("", ())
    return {"organisation": scope.organisation, "team": team, "area": f"/{area[0]}/" if area else ""}


@transaction.atomic
def release_export(*, actor: Any, export: Export) -> None:
    """A second person lets it go; NotLetGo for who asked, and where somebody was faster."""
    policy.require(actor, "export.release", export)
    now = timezone.now()
    if export.asked_by_id == actor.pk:
        raise NotLetGo(OWN)
    _move(export, "asked", state="released", released_by=actor, released_at=now, expires_at=now + TO_MAKE)
    _tell(actor, export, "export.release", people=export.people_count)


@transaction.atomic
def decline_export(*, actor: Any, export: Export) -> None:
    """It is not let go."""
    policy.require(actor, "export.release", export)
    if export.asked_by_id == actor.pk:
        raise NotLetGo(OWN)
    _move(export, "asked", state="declined", released_by=actor, released_at=timezone.now())
    _tell(actor, export, "export.decline")


@transaction.atomic
def drop_export(*, actor: Any, export: Export) -> None:
    """Who asked needs it no more: the file is wiped."""
    policy.require(actor, "export.take", export)
    _wipe(export, actor, "export.drop")


def make_export(*, actor: Any, export: Export) -> str:
    """The file, of what the actor may take out at this moment; the password that opens it, to be shown once, or nothing.

    Made again, it gets another password and stands in the place of the first. NotLetGo.
    """
    policy.require(actor, "export.take", export)
    scope = Scope.of(export)
    _cases, people = _counted(actor, scope)
    if people > max(ALONE, export.people_count if export.released_by_id else 0):
        raise NotLetGo(GREW)
    now = timezone.now()
    files = parcels.packed(parcel_of(actor=actor, export=export, at=now))
    password = parcels.new_password() if export.locked_by == Lock.PASSWORD else ""
    locked = parcels.locked_by_password(files, password) if password else parcels.locked_to(files, export.recipient)
    _keep(actor, export, locked, now)
    return password


def parcel_of(*, actor: Any, export: Export, at: dt.datetime) -> parcels.Parcel:
    """What leaves, marked; read by the actor's own right."""
    rows = list(takeable(actor=actor, scope=Scope.of(export)))
    if export.purpose == ExportPurpose.STATISTICS:
        found = taking.counts(cases=rows)
    else:
        found = taking.tables(actor=actor, cases=rows, parts=export.parts)
    return parcels.Parcel(_mark(actor, export, at), found)


def _mark(actor: Any, export: Export, at: dt.datetime) -> list[tuple[str, Any, str]]:
    """What the file says of itself."""
    return [
        ("export", _("Export"), export.code), ("organisation", _("Organisation"), export.organisation.code),
        ("by", _("Taken out by"), str(actor)), ("at", _("At"), f"{at:%Y-%m-%d %H:%M} UTC"),
        ("purpose", _("What for"), str(export.purpose)),
        ("released_by", _("Let go by"), str(export.released_by or "-")),
    ]  # fmt: skip


@transaction.atomic
def _keep(actor: Any, export: Export, locked: bytes, now: dt.datetime) -> None:
    """Seal the file into the row, unless the wish ended meanwhile."""
    row: Export = Export.objects.select_for_update(of=("self",)).get(pk=export.pk)
    if row.state not in ("released", "made") or row.expires_at <= now:
        raise NotLetGo(MEANWHILE)
    row.content, row.state, row.made_at, row.fetched_at, row.expires_at = locked, "made", now, None, now + TO_FETCH
    row.save()
    _tell(actor, row, "export.make", bytes=len(locked))


@transaction.atomic
def fetch_export(*, actor: Any, export: Export) -> bytes:
    """The locked file, for who asked and as long as it stands; NotLetGo afterwards."""
    decision = policy.require(actor, "export.take", export)
    policy.require(actor, "case.export", export.case)
    now = timezone.now()
    row = Export.objects.select_for_update(of=("self",)).get(pk=export.pk)
    if row.state != "made" or row.expires_at <= now:
        raise NotLetGo(MEANWHILE)
    Export.objects.filter(pk=row.pk).update(fetched_at=now)
    _tell(actor, row, "export.fetch")
    content: bytes = opening.open(row, "content", decision=decision, purpose=taking.PURPOSE)
    return content


# -- the end ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def wipe_expired() -> int:
    """End every wish whose time is over and wipe its file; forget those that ended long ago. How many ended."""
    now = timezone.now()
    rows = Export.objects.filter(state__in=("asked", "released", "made"), expires_at__lte=now)
    for row in rows.defer("content"):
        _wipe(row, None, "export.wipe")
    Export.objects.filter(state__in=("over", "declined"), expires_at__lte=now - LISTED).delete()
    return len(rows)


@transaction.atomic
def wipe_of(organisation_id: UUID) -> None:
    """A case of the organisation is erased: no file that may hold it stands any longer."""
    for row in Export.objects.filter(organisation_id=organisation_id, state="made").defer("content"):
        _wipe(row, None, "export.wipe")


def _wipe(export: Export, actor: Any, verb: str) -> None:
    row = Export.objects.select_for_update(of=("self",)).get(pk=export.pk)
    if row.state in ("over", "declined"):
        return
    row.content, row.state = None, "over"
    row.save()
    _tell(actor, row, verb)


def _move(export: Export, before: str, **after: Any) -> None:
    """From one state to another, unless somebody was faster or the time is over."""
    rows = Export.objects.filter(pk=export.pk, state=before, expires_at__gt=timezone.now())
    if not rows.update(**after):
        raise NotLetGo(MEANWHILE)


def _tell(actor: Any, export: Export, verb: str, **facts: Any) -> None:
    """A line of the journal, about the one case where it is one."""
    about: Case | Export = export.case or export
    journal.record(actor=actor, verb=verb, about=about, facts={"export": str(export.pk), **facts})
