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
from hamroh.cases.actions.lettinggo import Leaving, NotLetGo
from hamroh.cases.models import ALONE, Case, Export, ExportPurpose, Lock
from hamroh.cases.selectors.exports import Scope, counted, takeable

#: cases of one file
MOST_CASES = 500


NONE_LEFT = _("There is no case among these that you may take out.")
TOO_MANY = _("These are more than 500 cases. Choose fewer, by a filter of the list.")
GREW = _("There are more people by now than were let go. Ask anew.")


def _about(export: Export) -> Case | Export:
    """The one case where it is one."""
    return export.case or export


EXPORTS = Leaving(
    Export, "export", most_alone=ALONE, purpose=taking.PURPOSE, about=_about, facts=lambda row: {"export": str(row.pk)}, related=("case",),
)  # fmt: skip


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
        people_count=people,
    )  # fmt: skip
    facts = {"purpose": wish.scope.purpose, "parts": " ".join(wish.parts), "cases": cases, "people": people}
    return EXPORTS.begin(actor=actor, row=row, count=people, **facts)  # type: ignore[no-any-return]


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


def release_export(*, actor: Any, export: Export) -> None:
    """A second person lets it go; NotLetGo for who asked, and where somebody was faster."""
    EXPORTS.release(actor=actor, row=export, people=export.people_count)


def decline_export(*, actor: Any, export: Export) -> None:
    """It is not let go."""
    EXPORTS.decline(actor=actor, row=export)


def drop_export(*, actor: Any, export: Export) -> None:
    """Who asked needs it no more: the file is wiped."""
    EXPORTS.drop(actor=actor, row=export)


def make_export(*, actor: Any, export: Export) -> str:
    """The file, of what the actor may take out at this moment; the password that opens it, to be shown once, or nothing.

    Made again, it gets another password and stands in the place of the first. NotLetGo.
    """
    policy.require(actor, "export.take", export)
    scope = Scope.of(export)
    _cases, people = _counted(actor, scope)
    if people > EXPORTS.may_hold(export, export.people_count):
        raise NotLetGo(GREW)
    now = timezone.now()
    files = parcels.packed(parcel_of(actor=actor, export=export, at=now))
    password = parcels.new_password() if export.locked_by == Lock.PASSWORD else ""
    locked = parcels.locked_by_password(files, password) if password else parcels.locked_to(files, export.recipient)
    EXPORTS.keep(actor=actor, row=export, locked=locked)
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


def fetch_export(*, actor: Any, export: Export) -> bytes:
    """The locked file, for who asked and as long as it stands; NotLetGo afterwards."""
    policy.require(actor, "case.export", export.case)
    return EXPORTS.fetch(actor=actor, row=export)


# -- the end ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def wipe_expired() -> int:
    """End every wish whose time is over and wipe its file; forget those that ended long ago. How many ended."""
    ended = EXPORTS.wipe_expired()
    EXPORTS.long_ended().delete()
    return ended


def wipe_of(organisation_id: UUID) -> None:
    """A case of the organisation is erased: no file that may hold it stands any longer."""
    EXPORTS.wipe_made(organisation_id=organisation_id)
