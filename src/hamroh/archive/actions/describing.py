"""Units of description: made, described, moved, released, closed."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.archive.actions.common import ArchiveRefused, EditedMeanwhile, held_unit, touched
from hamroh.archive.actions.copies import renew_copies
from hamroh.archive.models import LEVELS, Level, Unit
from hamroh.archive.states import UnitStates
from hamroh.kernel.states import MoveRefused
from hamroh.thesaurus.models import Concept
from hamroh.vault import journal

_LISTS = ("places", "subjects")


@transaction.atomic
def add_unit(*, actor: Any, organisation: Organisation, facts: Mapping[str, Any], part_of: Unit | None = None) -> Unit:
    """A new unit, as a draft, last in what it lies in; ``facts`` are columns of ``Unit``."""
    made = Unit(organisation=organisation, part_of=part_of, updated_by=actor)
    policy.require(actor, "archive.edit", made)
    lists = _describe(made, facts)
    _refuse_misplaced(made, part_of)
    made.position = (Unit.objects.filter(part_of=part_of).aggregate(last=Max("position"))["last"] or 0) + 1
    _save(made)
    _set_lists(made, lists)
    journal.record(actor=actor, verb="archive.add", about=made, facts={"level": made.level})
    return made


@transaction.atomic
def edit_unit(*, actor: Any, unit: Unit, facts: Mapping[str, Any], seen: int) -> Unit:
    """Describe a unit anew; EditedMeanwhile where another version than ``seen`` is stored."""
    stored = held_unit(actor, "archive.edit", unit)
    if stored.version != seen:
        raise EditedMeanwhile(_("Somebody else saved this while you were writing. Compare, then save again."))
    lists = _describe(stored, facts)
    _refuse_misplaced(stored, stored.part_of)
    _save(stored)
    _set_lists(stored, lists)
    journal.record(actor=actor, verb="archive.edit", about=stored)
    return touched(stored, actor)


@transaction.atomic
def exchange_concept(*, actor: Any, unit: Unit, concept: Concept, by: Concept) -> Unit:
    """Describe a unit and the parts of its recording by another concept, wherever one stands."""
    stored = held_unit(actor, "archive.edit", unit)
    described: list[Any] = [stored.subjects, *(each.concepts for each in stored.segments.filter(concepts=concept))]
    for concepts in described:
        if concepts.filter(pk=concept.pk).exists():
            concepts.add(by)
            concepts.remove(concept)
    journal.record(actor=actor, verb="archive.edit", about=stored)
    return touched(stored, actor)


@transaction.atomic
def move_unit(*, actor: Any, unit: Unit, part_of: Unit | None, position: int | None = None) -> Unit:
    """Put a unit into another one, at a place or at the end."""
    stored = held_unit(actor, "archive.edit", unit)
    if part_of is not None:
        policy.require(actor, "archive.edit", part_of)
    _refuse_misplaced(stored, part_of)
    beside = list(Unit.objects.filter(part_of=part_of).exclude(pk=stored.pk).order_by("position", "reference"))
    beside.insert(len(beside) if position is None else max(0, min(position, len(beside))), stored)
    stored.part_of = part_of
    for number, each in enumerate(beside, start=1):
        each.position = number
    Unit.objects.bulk_update([each for each in beside if each.pk != stored.pk], ["position"])
    journal.record(actor=actor, verb="archive.move", about=stored)
    return touched(stored, actor)


@transaction.atomic
def release_unit(*, actor: Any, unit: Unit) -> Unit:
    """Let it be public as far as its narrators allow; nothing more is decided here."""
    stored = _moved(actor, unit, "released")
    if not stored.titles:
        raise ArchiveRefused(_("It needs a title first."))
    if stored.media.filter(media_type__startswith="image/", alts={}).exists():
        raise ArchiveRefused(_("Every picture needs words that say what is on it, for those who do not see it."))
    stored.first_released_at = stored.first_released_at or timezone.now()
    stored.save()
    renew_copies(actor=actor, unit=stored)
    journal.record(actor=actor, verb="archive.release", about=stored)
    return touched(stored, actor)


@transaction.atomic
def close_unit(*, actor: Any, unit: Unit) -> Unit:
    """Take it, and what lies in it, out of everybody's sight; it may be opened again."""
    stored = _moved(actor, unit, "closed")
    stored.save()
    renew_copies(actor=actor, unit=stored)
    journal.record(actor=actor, verb="archive.close", about=stored)
    return touched(stored, actor)


@transaction.atomic
def reopen_unit(*, actor: Any, unit: Unit) -> Unit:
    """Back to a draft."""
    stored = _moved(actor, unit, "draft")
    stored.save()
    renew_copies(actor=actor, unit=stored)
    journal.record(actor=actor, verb="archive.reopen", about=stored)
    return touched(stored, actor)


def _moved(actor: Any, unit: Unit, state: str) -> Unit:
    stored = held_unit(actor, "archive.publish", unit)
    try:
        UnitStates.check(stored.state, state)
    except MoveRefused:
        raise ArchiveRefused(_("Somebody was quicker: it is in another state now.")) from None
    stored.state = state
    return stored


def _describe(unit: Unit, facts: Mapping[str, Any]) -> dict[str, Any]:
    for name, value in facts.items():
        if name not in _LISTS:
            setattr(unit, name, value)
    return {name: facts[name] for name in _LISTS if name in facts}


def _set_lists(unit: Unit, lists: Mapping[str, Any]) -> None:
    for name, rows in lists.items():
        getattr(unit, name).set(rows)


def _save(unit: Unit) -> None:
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError:
        raise ArchiveRefused(_("Another unit of your archive has this reference code.")) from None


def _refuse_misplaced(unit: Unit, part_of: Unit | None) -> None:
    """Wholes lie above parts, and only an item has a kind."""
    if part_of is not None and LEVELS.index(part_of.level) >= LEVELS.index(unit.level):
        raise ArchiveRefused(_("It cannot lie in a unit of the same level or a lower one."))
    if part_of is not None and part_of.organisation_id != unit.organisation_id:
        raise ArchiveRefused(_("It cannot lie in the archive of another organisation."))
    if (unit.level == Level.ITEM) != bool(unit.kind):
        raise ArchiveRefused(_("Say what kind of thing an item is; a whole has no kind."))
    lower = Unit.objects.filter(part_of=unit.pk).values_list("level", flat=True)
    if any(LEVELS.index(each) <= LEVELS.index(unit.level) for each in lower):
        raise ArchiveRefused(_("What lies in it would be above it."))
