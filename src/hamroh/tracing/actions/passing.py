"""Records leave for another organisation as a locked file: asked for, let go by a second person where they are many, made, fetched, wiped.

Who may be passed on is asked anew when the file is made and once more when it is fetched. Whoever may no longer be leaves a tombstone in
the next file, the same whatever the reason: ended, found, taken back, or with a protection officer.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.cases import parcels
from hamroh.cases.actions.lettinggo import Leaving, NotLetGo
from hamroh.cases.models import ALONE, Lock
from hamroh.tracing.models import Content, PassedRecord, Pool, PoolRecord, RecordFile, Request
from hamroh.tracing.pfif import homes, ours, theirs, writing
from hamroh.tracing.pfif.standard import Person
from hamroh.tracing.selectors import passing as reads
from hamroh.tracing.selectors.describing import read_words
from hamroh.vault import journal, opening
from hamroh.web.texts import pick

#: people of one file
MOST_PEOPLE = 2_000
PURPOSE = "passing on"


NONE_LEFT = _("There is nobody who may be passed on to this organisation.")
TOO_MANY = _("These are more than 2,000 people. Nobody can answer for so many at once.")
GREW = _("There are more people by now than were let go. Ask anew.")
CHANGED = _("Somebody in this file may not be passed on any more. The file is wiped; make it anew.")


FILES = Leaving(
    RecordFile, "record_file", most_alone=ALONE, purpose=PURPOSE, related=("organisation", "to_organisation", "pool")
)


@dataclass(frozen=True)
class Wish:
    """To whom, what (requests, or the people of a list), what for, and how it is locked."""

    to: Organisation
    words: str
    locked_by: str
    recipient: str = ""
    pool: Pool | None = None
    office_phone: str = ""


@transaction.atomic
def ask_file(*, actor: Any, organisation: Organisation, wish: Wish) -> RecordFile:
    """A wish to pass records on: of few people it may be made at once, of many a second person lets it go. NotLetGo."""
    policy.require(actor, "record_file.ask")
    if wish.pool is not None:
        policy.require(actor, "pool.read", wish.pool)
    row = RecordFile(
        organisation=organisation, to_organisation=wish.to, holds=Content.POOL if wish.pool else Content.REQUESTS,
        pool=wish.pool, asked_by=actor, words=wish.words.strip(), office_phone=wish.office_phone or None,
        locked_by=wish.locked_by, recipient=wish.recipient, people_count=0,
    )  # fmt: skip
    row.people_count = _counted(actor, row)
    facts = {"people": row.people_count, "to": str(wish.to.pk), "holds": str(row.holds)}
    return FILES.begin(actor=actor, row=row, count=row.people_count, **facts)  # type: ignore[no-any-return]


def _takeable(actor: Any, row: RecordFile) -> Any:
    return reads.takeable(actor=actor, house=row.organisation, to=row.to_organisation, pool=row.pool)


def _counted(actor: Any, row: RecordFile) -> int:
    count: int = _takeable(actor, row).count()
    if not count and not _ended(row):
        raise NotLetGo(NONE_LEFT)
    if count > MOST_PEOPLE:
        raise NotLetGo(TOO_MANY)
    return count


def release_file(*, actor: Any, file: RecordFile) -> None:
    """A second person lets it go; NotLetGo for who asked, and where somebody was faster."""
    FILES.release(actor=actor, row=file, people=file.people_count)


def decline_file(*, actor: Any, file: RecordFile) -> None:
    """It is not let go."""
    FILES.decline(actor=actor, row=file)


def drop_file(*, actor: Any, file: RecordFile) -> None:
    """Who asked needs it no more: the file is wiped."""
    FILES.drop(actor=actor, row=file)


# -- making --------------------------------------------------------------------------------------------------------


@transaction.atomic
def make_file(*, actor: Any, file: RecordFile) -> str:
    """The file, of who may be passed on at this moment; the password that opens it, to be shown once, or nothing. NotLetGo."""
    decision = policy.require(actor, "record_file.take", file)
    row: RecordFile = FILES.standing(file, "released", "made")
    now = timezone.now()
    if _counted(actor, row) > FILES.may_hold(row, row.people_count):
        raise NotLetGo(GREW)
    phone = opening.open(row, "office_phone", decision=decision, purpose=PURPOSE) or ""
    people = [*_people(actor, row, str(phone), now), *_tombstones(row, now)]
    password = parcels.new_password() if row.locked_by == Lock.PASSWORD else ""
    inside = {"records.xml": writing.written(people), "about.json": _about(actor, row, now)}
    locked = parcels.locked_by_password(inside, password) if password else parcels.locked_to(inside, row.recipient)
    left = sum(each.is_tombstone for each in people)
    FILES.keep(actor=actor, row=row, locked=locked, people=len(people) - left, tombstones=left)
    _wipe_others(actor, row)
    return password


def _wipe_others(actor: Any, row: RecordFile) -> None:
    """Of one organisation one file stands at a time: who is in it is then known to the end."""
    rows = RecordFile.objects.filter(
        organisation_id=row.organisation_id, to_organisation_id=row.to_organisation_id, state="made"
    )
    for each in rows.exclude(pk=row.pk).defer("content"):
        FILES.wipe(actor, each, "wipe")


def _about(actor: Any, row: RecordFile, now: dt.datetime) -> bytes:
    """What the file says of itself."""
    told = {
        "file": row.code, "organisation": row.organisation.code, "to": row.to_organisation.code, "by": str(actor),
        "at": f"{now:%Y-%m-%d %H:%M} UTC", "released_by": str(row.released_by or "-"),
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _people(actor: Any, row: RecordFile, phone: str, now: dt.datetime) -> list[Person]:
    """Everybody of a file, in the order of their identifiers, which tells nothing."""
    name = pick(row.organisation.names, get_language() or "en").text or row.organisation.code
    office = ours.Office(name, phone)
    make = _of_record if row.holds == Content.POOL else _of_request
    return sorted(
        (make(actor, row, each, office, now) for each in _takeable(actor, row)), key=lambda each: each.record_id
    )


def _of_request(actor: Any, file: RecordFile, row: Request, office: ours.Office, now: dt.datetime) -> Person:
    decision = policy.require(actor, "tracing.search", row)
    known = _plain(opening.open_each(row, reads.OF_REQUEST, decision=decision, purpose=PURPOSE))
    passed = _passed(file, {"request": row}, reads.end_of(row.until_date, file.organisation), now)
    told = {name: known.get(name) for name in ("name", "names", "born")}
    told |= {"place": known.get("home"), "sex": (known.get("facts") or {}).get("sex")}
    words = read_words(request=row, decision=decision, purpose=PURPOSE)
    return ours.person(_called(passed), told, office=office, days=_days(passed), words=words, is_sought=True)


def _of_record(actor: Any, file: RecordFile, row: PoolRecord, office: ours.Office, now: dt.datetime) -> Person:
    decision = policy.require(actor, "pool.read", row)
    known = _plain(opening.open_each(row, reads.OF_RECORD, decision=decision, purpose=PURPOSE))
    ends = reads.end_of(row.pool.until_date, file.organisation)
    passed = _passed(file, {"record": row}, min(ends, row.expires_at or ends), now)
    parts = agreed_parts(known.get("consent"), file.to_organisation_id)
    told = {"name": known["name"], **{part: known.get(part) for part in parts if part in ours.PARTS}}
    told["parts"] = theirs.parts_of(known.get("parts"), parts)
    return ours.person(_home_of(row, actor) or _called(passed), told, office=office, days=_days(passed))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: None if isinstance(value, opening.Unshown) else value for name, value in values.items()}


def _home_of(row: PoolRecord, actor: Any) -> str:
    """What a record is called at its home, if that is elsewhere."""
    decision = policy.require(actor, "pool.read", row)
    return str(opening.open_each(row, ("foreign_id",), decision=decision, purpose=PURPOSE)["foreign_id"] or "")


def agreed_parts(consent: Any, to: UUID) -> tuple[str, ...]:
    """Which parts somebody on a list agreed to have passed on to an organisation, besides his name."""
    told = consent.get("passed", {}) if isinstance(consent, dict) else {}
    return tuple(told.get(str(to), {}).get("parts", ()))


def _passed(file: RecordFile, about: Mapping[str, Any], ends: dt.datetime, now: dt.datetime) -> PassedRecord:
    """The row of a record that goes into a file. Its days tell when it was given, not what happened to it here."""
    row, _new = PassedRecord.objects.get_or_create(
        organisation=file.organisation, to_organisation=file.to_organisation, **about,
        defaults={"source_at": now, "entry_at": now, "expires_at": ends},
    )  # fmt: skip
    row.file, row.source_at, row.entry_at, row.expires_at, row.ended_at = file, now, now, ends, None
    row.organisation = file.organisation
    row.save()
    return row


def _called(row: PassedRecord) -> str:
    return homes.record_id(row.organisation, row.public_id)


def _days(row: PassedRecord) -> ours.Days:
    return ours.Days(row.source_at, row.entry_at, row.expires_at)


# -- tombstones ----------------------------------------------------------------------------------------------------


def _given(file: RecordFile) -> list[PassedRecord]:
    """What this organisation was given before, of what the file is made of."""
    rows = PassedRecord.objects.filter(organisation=file.organisation, to_organisation=file.to_organisation)
    rows = (
        rows.exclude(record=None).filter(record__pool=file.pool)
        if file.holds == Content.POOL
        else rows.exclude(request=None)
    )
    return list(
        rows.exclude(file=None).select_related("organisation", "to_organisation", "record__pool").order_by("pk")
    )


def _leaveable(file: RecordFile) -> set[UUID]:
    """The ids of everybody who may be given to this organisation, whoever may read them."""
    if file.holds == Content.POOL:
        rows: Any = reads.records_to_pass(pool=file.pool, to=file.to_organisation) if file.pool else None
    else:
        rows = reads.requests_to_pass(house=file.organisation, to=file.to_organisation)
    return set(rows.values_list("pk", flat=True)) if file.pool or file.holds != Content.POOL else set()


def _ended(file: RecordFile) -> list[PassedRecord]:
    """Those of them who may not be given any more."""
    still = _leaveable(file)
    return [row for row in _given(file) if (row.request_id or row.record_id) not in still]


def _tombstones(file: RecordFile, now: dt.datetime) -> list[Person]:
    found = []
    for row in _ended(file):
        if row.ended_at is None:
            row.ended_at = now
        if row.expires_at > row.ended_at:
            row.source_at = row.entry_at = row.expires_at = now
        row.save()
        found.append(ours.tombstone(_foreign_name(row) or _called(row), _days(row)))
    return sorted(found, key=lambda each: each.record_id)


def _foreign_name(row: PassedRecord) -> str:
    from hamroh.tracing.naming import by_upkeep

    if row.record is None:
        return ""
    return str(opening.open(row.record, "foreign_id", decision=by_upkeep(row.record), purpose=PURPOSE) or "")


# -- fetching, and the end -----------------------------------------------------------------------------------------


def fetch_file(*, actor: Any, file: RecordFile) -> bytes:
    """The locked file, for who asked and as long as it stands; NotLetGo afterwards, or where somebody in it may not leave any more."""
    policy.require(actor, "record_file.take", file)
    if _has_changed(file):
        drop_file(actor=actor, file=file)
        raise NotLetGo(CHANGED)
    return FILES.fetch(actor=actor, row=file)


def _has_changed(file: RecordFile) -> bool:
    """Whether somebody who stands in a file may not be given any more."""
    ids = {row.request_id or row.record_id for row in PassedRecord.objects.filter(file=file, ended_at=None)}
    return not ids <= _leaveable(file)


@transaction.atomic
def wipe_expired() -> int:
    """End every wish whose time is over and wipe its file; forget those that ended long ago and passed nothing on. How many ended."""
    ended = FILES.wipe_expired()
    FILES.long_ended().exclude(pk__in=PassedRecord.objects.exclude(file=None).values("file")).delete()
    return ended


def wipe_of(organisation_id: UUID) -> None:
    """Somebody of the organisation is erased: no file that may hold him stands any longer."""
    FILES.wipe_made(organisation_id=organisation_id)


# -- the word of who is on a list ----------------------------------------------------------------------------------


@transaction.atomic
def agree_to_pass(*, actor: Any, record: PoolRecord, to: Organisation, parts: Sequence[str], sign: str) -> PassedRecord:
    """Somebody on a list agreed that an organisation is given his name and these parts. NotLetGo where he is on it no more."""
    decision = policy.require(actor, "pool.write", record)
    row = PoolRecord.objects.select_for_update(of=("self",)).filter(pk=record.pk, gone_at=None).first()
    if row is None or to.pk == record.organisation_id:
        raise NotLetGo(NONE_LEFT)
    consent = opening.open(row, "consent", decision=decision, purpose=PURPOSE) or {}
    told = {"parts": [each for each in ours.PARTS if each in parts], "sign": sign.strip()}
    row.consent = consent | {"passed": consent.get("passed", {}) | {str(to.pk): told}}
    row.save()
    now = timezone.now()
    passed, _new = PassedRecord.objects.update_or_create(
        organisation_id=row.organisation_id, to_organisation=to, record=row, defaults={"ended_at": None},
        create_defaults={"source_at": now, "entry_at": now, "expires_at": now},
    )  # fmt: skip
    journal.record(
        actor=actor,
        verb="pool.agree_to_pass",
        about=record.pool,
        facts={"record": str(row.pk), "to": str(to.pk), "parts": " ".join(told["parts"])},
    )
    return passed


@transaction.atomic
def take_word_back(*, actor: Any, record: PoolRecord, to: Organisation) -> None:
    """He does not wish to be passed on to an organisation any more: the next file has nothing but a tombstone of him."""
    policy.require(actor, "pool.write", record)
    rows = PassedRecord.objects.filter(record=record, to_organisation=to, ended_at=None)
    if rows.update(ended_at=timezone.now()):
        facts = {"record": str(record.pk), "to": str(to.pk)}
        journal.record(actor=actor, verb="pool.take_word_back", about=record.pool, facts=facts)
