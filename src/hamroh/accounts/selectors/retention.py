"""Records whose time is over, as those see them who decide: code, week, due date, team, holds; never what is in them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from hamroh.accounts import policy, records
from hamroh.accounts.models import Organisation, User
from hamroh.accounts.policy.facts import guarded_of
from hamroh.accounts.zones import zone_of
from hamroh.vault import retention
from hamroh.vault.models import Hold, Release, ReleaseLine
from hamroh.vault.retention import RecordClass
from hamroh.vault.states import ReleaseLife

QUEUE_PAGE, MOST_DONE = 50, 100


@dataclass(frozen=True)
class InQueue:
    """A record of the queue; ``href`` is empty where its page does not open for who reads."""

    pk: UUID
    code: str
    href: str
    counted: dt.date | None
    due_date: dt.date | None
    team: str
    holds: tuple[Hold, ...]

    @property
    def may_go(self) -> bool:
        return not self.holds


def queue(*, actor: Any, organisation: Organisation, of: RecordClass) -> QuerySet[Any]:
    """Records of a class whose period is over and that nobody proposed yet, the longest due first."""
    policy.require(actor, "retention.see")
    rows = retention.past_due(of, organisation.pk).exclude(Exists(_proposed(of).filter(record_id=OuterRef("pk"))))
    return policy.visible(actor, "retention.see", rows).order_by(of.counted, "pk")


def _proposed(of: RecordClass) -> QuerySet[ReleaseLine]:
    return ReleaseLine.objects.filter(record_kind=of.kind, outcome=ReleaseLine.WAITING)


def in_queue(*, actor: Any, organisation: Organisation, of: RecordClass, rows: Iterable[Any]) -> list[InQueue]:
    """Records as the queue shows them; three queries, however many."""
    found = list(rows)
    holds = retention.holds_of(of.kind, [row.pk for row in found])
    names = records.named(actor, {(of.kind, str(row.pk)) for row in found})
    length, team = retention.length_for(of, organisation.pk), guarded_of(of.model).team
    return [
        InQueue(
            pk=row.pk, code=code_of(of, row), href=names[of.kind, str(row.pk)].href if (of.kind, str(row.pk)) in names else "",
            counted=of.stored(row), team=getattr(row, team) if team else "", holds=_holding(holds.get(row.pk, [])),
            due_date=retention.verdict(of, row, holds.get(row.pk, []), length=length).due_date,
        )
        for row in found
    ]  # fmt: skip


def _holding(holds: list[Hold]) -> tuple[Hold, ...]:
    return tuple(hold for hold in holds if hold.sort != Hold.LONGER)


def code_of(of: RecordClass, row: Any) -> str:
    register = records.of(of.kind)
    return register.code_of(row) if register else row.pk.hex[:8]


def chosen(*, actor: Any, verb: str, organisation: Organisation, of: RecordClass, ids: Iterable[UUID]) -> list[Any]:
    """The records of these ids that the actor may do ``verb`` to; Refused where one of them is not there for her."""
    wanted = set(ids)
    rows = of.rows().filter(pk__in=wanted, **{of.organisation: organisation.pk})
    found = list(policy.visible(actor, verb, rows).order_by(of.counted, "pk"))
    if not wanted or len(found) != len(wanted):
        raise policy.Refused("one of these records is not there for this person")
    return found


def record_of(*, actor: Any, verb: str, code: str, organisation: Organisation) -> tuple[RecordClass, Any] | None:
    """The record of a code, of any class, that the actor may do ``verb`` to; one query for each class, whatever is found."""
    found: list[tuple[RecordClass, Any]] = []
    for of in retention.classes():
        register = records.of(of.kind)
        rows = register.with_code(code.strip()) if register else of.rows().none()
        row = policy.visible(actor, verb, rows.filter(**{of.organisation: organisation.pk})).first()
        found += [(of, row)] if row is not None else []
    return found[0] if found else None


# -- what is proposed ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Proposal:
    """A release that waits for its second person, with the lines that the reader may see."""

    release: Release
    of: RecordClass
    lines: tuple[ReleaseLine, ...]
    proposed_by: str
    proposed_at: dt.datetime
    opens_at: dt.datetime
    is_own: bool
    may_release: bool


def proposals(*, actor: Any, organisation: Organisation) -> list[Proposal]:
    """What waits for a second person, the oldest first; lines about records that are shut to the actor are not among it."""
    policy.require(actor, "retention.see")
    lines: dict[UUID, list[ReleaseLine]] = {}
    for of in retention.classes():
        for line in _visible_lines(actor, "retention.see", organisation, of):
            lines.setdefault(line.release_id, []).append(line)
    rows = Release.objects.filter(pk__in=lines).order_by("proposed_at")
    people = dict(User.objects.filter(pk__in={row.proposed_by_id for row in rows}).values_list("pk", "display_name"))
    return [_proposal(actor, organisation, row, lines[row.pk], people) for row in rows]


def _visible_lines(actor: Any, verb: str, organisation: Organisation | None, of: RecordClass) -> QuerySet[ReleaseLine]:
    """Lines of proposals about records to which the actor may do ``verb``."""
    lines = _proposed(of).filter(release__state=ReleaseLife.proposed.name)
    if organisation is not None:
        lines = lines.filter(organisation_id=organisation.pk)
    open_ = policy.visible(actor, verb, of.rows().filter(pk=OuterRef("record_id")))
    return lines.filter(Exists(open_)).order_by("code")


def _proposal(
    actor: Any, organisation: Organisation, row: Release, lines: list[ReleaseLine], people: dict[UUID, str]
) -> Proposal:
    of, zone = retention.find(row.record_class), zone_of(organisation)
    assert of is not None  # a line was found through its class
    own = row.proposed_by_id == actor.pk
    return Proposal(
        release=row, of=of, lines=tuple(lines), proposed_by=people.get(row.proposed_by_id, ""),
        proposed_at=row.proposed_at.astimezone(zone), opens_at=row.opens_at.astimezone(zone), is_own=own,
        may_release=not own and bool(policy.allowed(actor, "retention.release")),
    )  # fmt: skip


def proposal(*, actor: Any, organisation: Organisation, release: UUID) -> Proposal:
    """One of them; Refused where the actor may see none of its records."""
    found = next(
        (each for each in proposals(actor=actor, organisation=organisation) if each.release.pk == release), None
    )
    if found is None:
        raise policy.Refused("no such proposal for this person")
    return found


def seen_lines(*, actor: Any, release: Release, organisation: Organisation) -> list[UUID]:
    """Lines of a proposal that the actor may release."""
    of = retention.find(release.record_class)
    if of is None:
        return []
    lines = _visible_lines(actor, "retention.release", organisation, of).filter(release=release)
    return list(lines.values_list("pk", flat=True))


@dataclass(frozen=True)
class OwnLine:
    """A record of the reader's that is proposed, its name and until when she may object without haste."""

    line: ReleaseLine
    name: str
    href: str
    opens_at: dt.datetime
    ground: str


def own_lines(*, actor: Any) -> list[OwnLine]:
    """The actor's own records that somebody proposes to let go."""
    policy.require(actor, "retention.object")
    lines = [
        line
        for of in retention.classes()
        for line in _visible_lines(actor, "retention.object", None, of).select_related("release")
    ]
    names = records.named(actor, {(line.record_kind, str(line.record_id)) for line in lines})
    return [_own(line, names.get((line.record_kind, str(line.record_id)))) for line in lines]


def _own(line: ReleaseLine, named: records.Named | None) -> OwnLine:
    name, href = (named.name, named.href) if named else (line.code, "")
    return OwnLine(line, name, href, line.release.opens_at, line.release.ground)


# -- holds, and what was done --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Held:
    """A hold that was not lifted, with the code of its record and who holds it."""

    hold: Hold
    code: str
    of: RecordClass
    by: str

    @property
    def is_late(self) -> bool:
        return self.hold.until_date <= retention.today()


def held(*, actor: Any, organisation: Organisation) -> list[Held]:
    """Records that are held or kept longer, by when that is looked at again."""
    policy.require(actor, "retention.hold")
    found = []
    for of in retention.classes():
        holds = Hold.objects.filter(organisation_id=organisation.pk, record_kind=of.kind, lifted_at=None)
        rows = of.rows().filter(pk__in=holds.values("record_id"))
        codes = {row.pk: code_of(of, row) for row in policy.visible(actor, "retention.hold", rows)}
        found += [(hold, codes[hold.record_id], of) for hold in holds if hold.record_id in codes]
    makers = {hold.made_by_id for hold, _code, _of in found}
    people = dict(User.objects.filter(pk__in=makers).values_list("pk", "display_name"))
    told = [Held(hold, code, of, people.get(hold.made_by_id, "")) for hold, code, of in found]
    return sorted(told, key=lambda each: each.hold.until_date)


def hold(*, actor: Any, organisation: Organisation, pk: UUID) -> Hold:
    """One of them; Refused where its record is not there for the actor."""
    found = next((each.hold for each in held(actor=actor, organisation=organisation) if each.hold.pk == pk), None)
    if found is None:
        raise policy.Refused("no such hold for this person")
    return found


def done(*, actor: Any, organisation: Organisation) -> QuerySet[Release]:
    """Releases that were carried out or are being so, the newest first."""
    policy.require(actor, "retention.see", organisation)
    rows = Release.objects.filter(organisation_id=organisation.pk, released_at__isnull=False)
    return rows.order_by("-released_at")


def done_one(*, actor: Any, organisation: Organisation, release: UUID) -> Release:
    """One that is done; Refused where it is not there for the actor."""
    found = done(actor=actor, organisation=organisation).filter(pk=release, state=ReleaseLife.done.name).first()
    if found is None:
        raise policy.Refused("no such release for this person")
    return found
