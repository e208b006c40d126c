"""What is done about records whose time is over: choose periods, hold and lift, propose, release, erase. Each is a line of the journal.

Who may is asked above; here stand the rules that no role passes by: a hold goes before everything, two different people release, and a
record that changed since it was proposed stays.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from hamroh.kernel.retention import after, last_day, week_of
from hamroh.vault import erasure, journal, retention
from hamroh.vault.models import Hold, Release, ReleaseLine, RetentionCount, RetentionPeriod
from hamroh.vault.retention import RecordClass
from hamroh.vault.states import ReleaseLife

#: time for a record's owner to object before a second person may release
WAITS = {Release.DUE: dt.timedelta(days=7), Release.ASKED: dt.timedelta(days=1)}
MOST = 200


class RetentionRefused(ValueError):
    """It cannot be; ``fault`` is a word for the reason, which the screens say in the reader's language."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


#: why something is refused
SAME_PERSON, TOO_EARLY, NOTHING_LEFT, PROPOSED, NOT_DUE = (
    "same person",
    "too early",
    "nothing left",
    "proposed",
    "not due",
)
IS_HELD, TOO_MANY, OUT_OF_BOUNDS, PAST = "held", "too many", "out of bounds", "past"
OPEN_QUESTION = "open question"


@transaction.atomic
def choose_period(*, actor: Any, of: RecordClass, organisation_id: UUID, length: int, why: str) -> RetentionPeriod:
    """Keep a class of records longer or shorter from now on, within its bounds."""
    before = retention.length_for(of, organisation_id)
    try:
        chosen = of.rule.chosen(length)
    except ValueError:
        raise RetentionRefused(OUT_OF_BOUNDS) from None
    row, _made = RetentionPeriod.objects.update_or_create(
        organisation_id=organisation_id, record_class=of.code,
        defaults={"length": chosen, "why": why, "chosen_at": timezone.now(), "chosen_by_id": actor.pk},
    )  # fmt: skip
    facts = {"class": of.code, "was": before, "length": chosen, "unit": of.rule.unit.value, "why": why}
    journal.record(actor=actor, verb="retention.choose_period", about=row, facts=facts)
    return row


@transaction.atomic
def hold(*, actor: Any, of: RecordClass, record: Any, sort: str, why: str, until_date: dt.date) -> Hold:
    """Keep a record beyond its time; whatever was proposed for it is void. ``until_date`` lies ahead."""
    if until_date <= retention.today():
        raise RetentionRefused(PAST)
    if not of.rows().select_for_update().filter(pk=record.pk).exists():  # an erasure that was first has it
        raise RetentionRefused(NOTHING_LEFT)
    row = Hold.objects.create(
        organisation_id=getattr(record, of.organisation), record_kind=of.kind, record_id=record.pk, sort=sort, why=why,
        until_date=until_date, made_at=timezone.now(), made_by_id=actor.pk,
    )  # fmt: skip
    waiting = ReleaseLine.objects.filter(record_kind=of.kind, record_id=record.pk, outcome=ReleaseLine.WAITING)
    waiting.update(outcome=ReleaseLine.HELD)
    told = {"hold": str(row.pk), "sort": sort, "why": why, "until": until_date.isoformat()}
    journal.record(actor=actor, verb="retention.hold", about=record, facts=told)
    return row


@transaction.atomic
def lift(*, actor: Any, row: Hold) -> None:
    """End a hold; one that was lifted stays so."""
    if Hold.objects.filter(pk=row.pk, lifted_at=None).update(lifted_at=timezone.now(), lifted_by_id=actor.pk):
        facts = {"hold": str(row.pk), "record": f"{row.record_kind} {row.record_id}"}
        journal.record(actor=actor, verb="retention.lift", about=row, facts=facts)


@dataclass(frozen=True)
class Proposed:
    """A record of a proposal with the code by which people know it."""

    record: Any
    code: str


@transaction.atomic
def propose(
    *, actor: Any, role: str, of: RecordClass, organisation_id: UUID, records: Iterable[Proposed], ground: str
) -> Release:
    """Propose records of one class and one organisation; RetentionRefused where one may not be let go."""
    wanted, now = list(records), timezone.now()
    if not wanted or len(wanted) > MOST:
        raise RetentionRefused(TOO_MANY if wanted else NOTHING_LEFT)
    length = retention.length_for(of, organisation_id)
    _require_free(of, [each.record for each in wanted], length, asked=ground == Release.ASKED)
    release = Release.objects.create(
        organisation_id=organisation_id, record_class=of.code, rule=f"{of.rule.event} {length} {of.rule.unit}",
        ground=ground, proposed_at=now, proposed_by_id=actor.pk, proposed_as=role, opens_at=now + WAITS[ground],
    )  # fmt: skip
    _add_lines(release, of, wanted)
    for each in wanted:
        facts = {"release": str(release.pk), "ground": ground, "rule": release.rule}
        journal.record(actor=actor, verb="retention.propose", about=each.record, facts=facts)
    return release


def _add_lines(release: Release, of: RecordClass, wanted: list[Proposed]) -> None:
    lines = [
        ReleaseLine(
            organisation_id=release.organisation_id, release=release, record_kind=of.kind, record_id=each.record.pk,
            code=each.code, mark=erasure.mark_of(of, each.record.pk),
        )
        for each in wanted
    ]  # fmt: skip
    try:
        with transaction.atomic():
            ReleaseLine.objects.bulk_create(lines)
    except IntegrityError:  # somebody else proposed one of them in the same moment
        raise RetentionRefused(PROPOSED) from None


def _require_free(of: RecordClass, records: list[Any], length: int, *, asked: bool) -> None:
    ids = [record.pk for record in records]
    waiting = ReleaseLine.objects.filter(record_kind=of.kind, record_id__in=ids, outcome=ReleaseLine.WAITING)
    if waiting.exists():
        raise RetentionRefused(PROPOSED)
    if not retention.answered_for(of.kind, ids):
        raise RetentionRefused(OPEN_QUESTION)
    holds = retention.holds_of(of.kind, ids)
    for record in records:
        found = retention.verdict(of, record, holds.get(record.pk, []), length=length, asked=asked)
        if not found.may_go:
            raise RetentionRefused(IS_HELD if found.reason == IS_HELD else NOT_DUE)


@transaction.atomic
def send_back(*, actor: Any, release: Release, seen: Iterable[UUID] | None = None) -> None:
    """Not now: the lines that were ``seen`` (None is all) are in the queue again; others stay proposed by themselves."""
    row = _proposed(release)
    if seen is not None:
        _set_apart(row, row.lines.filter(outcome=ReleaseLine.WAITING).exclude(pk__in=set(seen)))
    row = _move(row, ReleaseLife.sent_back.name, ended_at=timezone.now())
    count = row.lines.filter(outcome=ReleaseLine.WAITING).delete()[0]
    journal.record(actor=actor, verb="retention.send_back", about=row, facts={"lines": count})


@transaction.atomic
def release(*, actor: Any, role: str, row: Release, seen: Iterable[UUID]) -> Release:
    """The second person lets the lines go that she has ``seen``; others stay proposed, in a release of their own."""
    row = _proposed(row)
    if row.proposed_by_id == actor.pk:
        raise RetentionRefused(SAME_PERSON)
    if row.opens_at > timezone.now():
        raise RetentionRefused(TOO_EARLY)
    lines = row.lines.filter(outcome=ReleaseLine.WAITING)
    chosen = set(seen)
    if not lines.filter(pk__in=chosen).exists():
        raise RetentionRefused(NOTHING_LEFT)
    _set_apart(row, lines.exclude(pk__in=chosen))
    row = _move(row, ReleaseLife.released.name, released_at=timezone.now(), released_by_id=actor.pk, released_as=role)
    facts = {"lines": lines.count(), "class": row.record_class, "rule": row.rule, "ground": row.ground}
    journal.record(actor=actor, verb="retention.release", about=row, facts=facts)
    return row


def _proposed(row: Release) -> Release:
    """The release under lock while it is still proposed; whoever comes second finds nothing left."""
    found = Release.objects.select_for_update().get(pk=row.pk)
    if found.state != ReleaseLife.proposed.name:
        raise RetentionRefused(NOTHING_LEFT)
    return found


def _set_apart(row: Release, lines: models.QuerySet[ReleaseLine]) -> None:
    """Lines that the second person did not see wait for somebody else, as they were proposed."""
    if not lines.exists():
        return
    names = [field.attname for field in Release._meta.concrete_fields if field.name != "id"]  # noqa: SLF001
    other = Release.objects.create(**{name: getattr(row, name) for name in names})
    lines.update(release=other)


def _move(row: Release, state: str, **values: Any) -> Release:
    row = Release.objects.select_for_update().get(pk=row.pk)
    ReleaseLife.check(row.state, state)
    for name, value in {**values, "state": state}.items():
        setattr(row, name, value)
    row.save(update_fields=[*values, "state"])
    return row


# -- erasing -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Person:
    """Whom the journal names: the vault knows people by their ids alone."""

    pk: UUID | None


def erase_released(release_id: UUID | None = None) -> int:
    """Erase what was released, record by record, of one release or of all; how many. What was interrupted is gone on with."""
    rows = Release.objects.filter(state=ReleaseLife.released.name).order_by("released_at")
    erased = sum(_erase_lines(row) for row in (rows.filter(pk=release_id) if release_id else rows))
    for line in ReleaseLine.objects.filter(outcome=ReleaseLine.ERASED).exclude(files_left=[]):
        erasure.unlink(line)
    return erased


def _erase_lines(row: Release) -> int:
    waiting = row.lines.filter(outcome=ReleaseLine.WAITING).order_by("pk")
    outcomes = [_erase_line(pk) for pk in waiting.values_list("pk", flat=True)]
    _finish(row)
    of = retention.find(row.record_class)
    if of and ReleaseLine.ERASED in outcomes:
        erasure.scrub(erasure.tables_of(of))
    return outcomes.count(ReleaseLine.ERASED)


def _erase_line(pk: UUID) -> str:
    """Erase one record, or say why it stays; one transaction, then the ciphertext of its files."""
    try:
        with transaction.atomic():
            line = ReleaseLine.objects.select_for_update().select_related("release").get(pk=pk)
            if line.outcome == ReleaseLine.WAITING:
                _erase_or_spare(line)
    except (models.ProtectedError, models.RestrictedError):
        ReleaseLine.objects.filter(pk=pk).update(outcome=ReleaseLine.STUCK)
        return ReleaseLine.STUCK
    erasure.unlink(line)
    return line.outcome


def _erase_or_spare(line: ReleaseLine) -> None:
    of = retention.find(line.release.record_class)
    record = of.rows().select_for_update().filter(pk=line.record_id).first() if of else None
    line.outcome = ReleaseLine.GONE if of is None or record is None else _outcome(of, record, line)
    if of is not None and record is not None:
        _tell(line, record)
        if line.outcome == ReleaseLine.ERASED:
            found = erasure.erase(of, record)
            line.gone, line.files_left = found.told(), [str(key) for key in found.files]
            line.erased_week = week_of(retention.today())
    line.save()


def _outcome(of: RecordClass, record: Any, line: ReleaseLine) -> str:
    """What becomes of a record right now: held or changed since it was proposed, it stays."""
    holds = retention.holds_of(of.kind, [record.pk]).get(record.pk, [])
    length = retention.length_for(of, line.organisation_id)
    asked = line.release.ground == Release.ASKED
    if any(hold.sort != Hold.LONGER for hold in holds) or not retention.answered_for(of.kind, [record.pk]):
        return ReleaseLine.HELD
    may = retention.verdict(of, record, holds, length=length, asked=asked).may_go
    same = erasure.mark_of(of, record.pk) == line.mark
    return ReleaseLine.ERASED if may and same else ReleaseLine.CHANGED


def _tell(line: ReleaseLine, record: Any) -> None:
    """The journal's line about it, by the one who released it; written before the record goes."""
    row, erased = line.release, line.outcome == ReleaseLine.ERASED
    facts = {
        "release": str(row.pk), "class": row.record_class, "rule": row.rule, "ground": row.ground,
        "proposed_by": str(row.proposed_by_id), "outcome": line.outcome,
    }  # fmt: skip
    verb = "retention.erase" if erased else "retention.spare"
    told = journal.record(actor=_Person(row.released_by_id), verb=verb, about=record, facts=facts)
    line.journal_line = told.pk


@transaction.atomic
def _finish(row: Release) -> None:
    """Done once no line waits."""
    row = Release.objects.select_for_update().get(pk=row.pk)
    if row.state != ReleaseLife.released.name or row.lines.filter(outcome=ReleaseLine.WAITING).exists():
        return
    _move(row, ReleaseLife.done.name, ended_at=timezone.now())
    counts = row.lines.values_list("outcome").annotate(count=models.Count("pk")).order_by("outcome")
    journal.record(actor=None, verb="retention.finish", about=row, facts=dict(counts))


# -- the nightly count ---------------------------------------------------------------------------------------------


def close_empty() -> int:
    """Send back proposals of which nothing waits any more: all their records were held meanwhile."""
    waiting = ReleaseLine.objects.filter(release=models.OuterRef("pk"), outcome=ReleaseLine.WAITING)
    rows = Release.objects.filter(state=ReleaseLife.proposed.name).exclude(models.Exists(waiting))
    for row in rows:
        send_back(actor=None, release=row)
    return len(rows)


def count_due() -> list[RetentionCount]:
    """How many records of each class are due in each organisation, and since when: one query each, whatever their number."""
    now = timezone.now()
    found = [_count(of, house, now) for of in retention.classes() for house in _houses(of)]
    RetentionCount.objects.filter(counted_at__lt=now).update(counted_at=now, due=0, oldest_due_date=None)
    return found


def _houses(of: RecordClass) -> list[UUID]:
    rows = of.rows().exclude(**{of.organisation: None}).order_by()
    return list(rows.values_list(of.organisation, flat=True).distinct())


def _count(of: RecordClass, house: UUID, now: dt.datetime) -> RetentionCount:
    told = retention.due(of, house).order_by().aggregate(due=models.Count("pk"), oldest=models.Min(of.counted))
    oldest = of.as_date(told["oldest"])
    length = retention.length_for(of, house)
    since = after(last_day(oldest, of.grain), of.rule.unit, length) if oldest else None
    row, _made = RetentionCount.objects.update_or_create(
        organisation_id=house, record_class=of.code,
        defaults={"counted_at": now, "due": told["due"], "oldest_due_date": since},
    )  # fmt: skip
    return row
