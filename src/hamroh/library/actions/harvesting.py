"""Records of other centres: which centres, how far a harvest has come, and its records beside ours, never among them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.directory.actions import FactsRefused
from hamroh.directory.actions.check import plain
from hamroh.library.actions.indexing import index_records
from hamroh.library.actions.writing import locked, write_facts
from hamroh.library.facts import ActFacts, RecordFacts
from hamroh.library.models import LEGAL_KINDS, Centre, Hidden, Record, Run
from hamroh.library.selectors.documents import RECORD
from hamroh.library.selectors.facts import record_facts
from hamroh.library.states import RecordStates
from hamroh.search.actions import remove_documents
from hamroh.vault import journal
from hamroh.web.codes import new_code

#: records that are told as left out; all are counted
MOST_LEFT_OUT = 500
PUBLISHED, WITHDRAWN = RecordStates.published.name, RecordStates.withdrawn.name


class HarvestRefused(ValueError):
    """Nothing was written; the message says why."""


@dataclass(frozen=True)
class Arrival:
    """A record of another centre by its name there: its facts, None where it was taken back, or why it cannot be read."""

    key: str
    facts: RecordFacts | None = None
    reason: str = ""

    @property
    def is_gone(self) -> bool:
        return self.facts is None and not self.reason


@transaction.atomic
def add_centre(
    *, actor: Any, organisation: Organisation, names: Mapping[str, str], base_url: str, prefix: str, only_set: str = "", told: Mapping[str, str] | None = None
) -> Centre:  # fmt: skip
    """Harvest another centre from now on, every day."""
    policy.require(actor, "library.harvest", Centre(organisation=organisation))
    if Centre.objects.filter(organisation=organisation, base_url=base_url, only_set=only_set).exists():
        raise HarvestRefused(_("This centre is harvested already."))
    centre = Centre.objects.create(
        organisation=organisation,
        key=_key(names),
        names=dict(names),
        base_url=base_url,
        prefix=prefix,
        only_set=only_set,
        told=dict(told or {}),
    )
    journal.record(actor=actor, verb="library.add_centre", about=centre)
    return centre


def _key(names: Mapping[str, str]) -> str:
    """A short word for addresses and commands, that no other centre has."""
    stem = slugify(names.get("en") or next(iter(names.values()), ""))[:30] or "centre"
    return stem if not Centre.objects.filter(key=stem).exists() else f"{stem}-{new_code()[:4]}"


@transaction.atomic
def change_centre(*, actor: Any, centre: Centre, names: Mapping[str, str], is_active: bool) -> Centre:
    """What it is called here, and whether it is harvested. What came from it stays."""
    policy.require(actor, "library.harvest", centre)
    centre.names, centre.is_active = dict(names), is_active
    centre.save(update_fields=["names", "is_active"])
    journal.record(actor=actor, verb="library.change_centre", about=centre, facts={"active": is_active})
    index_records(centre.records.all())
    return centre


@transaction.atomic
def begin_run(*, actor: Any = None, centre: Centre) -> Run:
    """The run that goes on where one was cut, else a new one from the newest stamp; ``actor`` is None where the worker does it by itself."""
    if actor is not None:
        policy.require(actor, "library.harvest", centre)
    centre = Centre.objects.select_for_update().get(pk=centre.pk)
    cut = centre.runs.filter(ended_at=None).order_by("-began_at").first()
    if cut is not None:
        return cut
    run = Run.objects.create(centre=centre, asked=asked_from(centre))
    journal.record(actor=actor, verb="library.begin_harvest", about=centre, facts={"from": run.asked})
    return run


#: a centre may stamp a record a little before it shows it
_OVERLAP = dt.timedelta(minutes=5)


def asked_from(centre: Centre) -> str:
    """From when the next run asks, as fine as the centre's stamps are; empty for everything."""
    if not centre.since:
        return ""
    if centre.told.get("granularity") == "YYYY-MM-DD" or "T" not in centre.since:
        return centre.since[:10]
    moment = dt.datetime.strptime(centre.since, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC) - _OVERLAP
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


@transaction.atomic
def take_page(
    *, actor: Any = None, run: Run, after: str, arrivals: Sequence[Arrival], token: str, stamp: str
) -> Run:  # fmt: skip
    """Take over one page and note where it goes on; a page that was taken already (``after`` is not where the run stands) changes nothing.

    Without a ``token`` the run is over.
    """
    if actor is not None:
        policy.require(actor, "library.harvest", run.centre)
    run = Run.objects.select_for_update().select_related("centre__organisation").get(pk=run.pk)
    if run.ended_at is not None or run.token != after:
        return run
    hidden = set(
        Hidden.objects.filter(centre=run.centre, key__in=[each.key for each in arrivals]).values_list("key", flat=True)
    )
    held = {each.origin_key: each for each in run.centre.records.filter(origin_key__in=[each.key for each in arrivals])}
    touched = []
    for each in arrivals:
        fate, record = _taken(run, each, held.get(each.key), is_hidden=each.key in hidden)
        run.counts = {**run.counts, fate: run.counts.get(fate, 0) + 1}
        held.pop(each.key, None)
        if record is not None:
            held[each.key] = record
        if record is not None and fate != "same":
            touched.append(record)
    index_records(touched)
    run.token, run.stamp = token, run.stamp or stamp
    run.trouble = ""
    run.save()
    if not token:
        _finish(run)
    return run


def _taken(run: Run, each: Arrival, record: Record | None, *, is_hidden: bool) -> tuple[str, Record | None]:
    """What became of one record: new, changed, same, gone or left_out."""
    if each.is_gone:
        return _gone(run, each.key, record)
    if each.facts is None:
        return _left_out(run, each.key, each.reason)
    try:
        with transaction.atomic():
            return _kept(run, each, each.facts, record, is_hidden=is_hidden)
    except FactsRefused as refused:
        return _left_out(run, each.key, refused.problems[0].message)


def _left_out(run: Run, key: str, reason: str) -> tuple[str, None]:
    if len(run.left_out) < MOST_LEFT_OUT:
        run.left_out = [*run.left_out, {"key": key[:300], "reason": reason[:300]}]
    return "left_out", None


def _gone(run: Run, key: str, record: Record | None) -> tuple[str, Record | None]:
    """What the centre took back is erased here: it may be a narrator's consent that ended."""
    Hidden.objects.filter(centre=run.centre, key=key).delete()
    if record is None:
        return "same", None
    remove_documents(RECORD, [record.code])
    record.delete()
    return "gone", None


def _kept(
    run: Run, each: Arrival, facts: RecordFacts, record: Record | None, *, is_hidden: bool
) -> tuple[str, Record | None]:
    if record is not None and _is_same(record_facts(record), facts) and (record.state == PUBLISHED) != is_hidden:
        return "same", record
    fate = "new" if record is None else "changed"
    record = (
        locked(record)
        if record is not None
        else Record(organisation=run.centre.organisation, origin=run.centre, origin_key=each.key)
    )
    record.kind = facts.kind
    write_facts(record, facts)
    record.state = WITHDRAWN if is_hidden else PUBLISHED
    record.published_at = record.published_at or timezone.now()
    record.save(update_fields=["state", "published_at", "kind"])
    return fate, record


def _is_same(held: RecordFacts, facts: RecordFacts) -> bool:
    """Whether a record says already what the centre says of it."""
    languages = facts.languages or tuple(sorted(plain(facts.titles)))
    act = (facts.act or ActFacts()) if facts.kind in LEGAL_KINDS else None
    return bool(plain(asdict(held)) == plain(asdict(replace(facts, languages=languages, act=act))))


def _finish(run: Run) -> None:
    """All of it came: the next run asks from the centre's time of the first answer."""
    run.ended_at = timezone.now()
    run.save(update_fields=["ended_at"])
    if run.stamp:
        Centre.objects.filter(pk=run.centre_id).update(since=run.stamp)
    journal.record(
        actor=None,
        verb="library.end_harvest",
        about=run.centre,
        facts={name: int(count) for name, count in run.counts.items()},
    )


@transaction.atomic
def stop_run(*, actor: Any = None, run: Run, trouble: str, restart: bool = False) -> Run:
    """A run that was cut: what went wrong, in words. It goes on from its token next time, or with ``restart`` from its beginning."""
    if actor is not None:
        policy.require(actor, "library.harvest", run.centre)
    run = Run.objects.select_for_update().get(pk=run.pk)
    run.trouble, run.token = trouble[:200], "" if restart else run.token
    run.save(update_fields=["trouble", "token"])
    return run


@transaction.atomic
def end_run(*, actor: Any = None, run: Run, stamp: str) -> Run:
    """A run that found nothing new."""
    return take_page(actor=actor, run=run, after=run.token, arrivals=(), token="", stamp=stamp)


@transaction.atomic
def hide_record(*, actor: Any, record: Record) -> Record:
    """Show a record of another centre no more, whatever the centre says of it from now on."""
    record = _of_a_centre(actor, record)
    Hidden.objects.get_or_create(centre=record.origin, key=record.origin_key)
    return _turned(actor, record, WITHDRAWN, "library.hide_record")


@transaction.atomic
def show_record(*, actor: Any, record: Record) -> Record:
    """Show a record of another centre again, as it was when it came last."""
    record = _of_a_centre(actor, record)
    if record.state == PUBLISHED:
        return record
    Hidden.objects.filter(centre=record.origin, key=record.origin_key).delete()
    return _turned(actor, record, PUBLISHED, "library.show_record")


def _of_a_centre(actor: Any, record: Record) -> Record:
    policy.require(actor, "library.harvest", record)
    record = locked(record)
    if record.origin_id is None:
        raise HarvestRefused(_("This record is ours: withdraw it instead."))
    return record


def _turned(actor: Any, record: Record, state: str, verb: str) -> Record:
    record.state, record.changed_at, record.updated_by = state, timezone.now(), actor
    record.version += 1
    record.save(update_fields=["state", "changed_at", "updated_by", "version"])
    index_records([record])
    journal.record(actor=actor, verb=verb, about=record)
    return record
