"""What writes of the archive share."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.archive.models import Unit
from hamroh.archive.selectors.documents import ARCHIVE, search_documents
from hamroh.archive.selectors.facts import ERASED, RELEASED
from hamroh.search.actions import index_documents, remove_documents


class ArchiveRefused(ValueError):
    """It cannot be done so; the message says why."""


class EditedMeanwhile(ArchiveRefused):
    """Somebody else saved first: nothing was written."""


def held_unit(actor: Any, verb: str, unit: Unit) -> Unit:
    """The stored unit, held until the transaction ends; refused without the right, and where nothing is left of it."""
    policy.require(actor, verb, unit)
    stored = Unit.objects.select_for_update().get(pk=unit.pk)
    if stored.state == ERASED:
        raise ArchiveRefused(_("It was erased: nothing is left to be changed."))
    return stored


def touched(unit: Unit, actor: Any, **values: Any) -> Unit:
    """Save what changed, with who and when, and let the index say what is public now."""
    for name, value in values.items():
        setattr(unit, name, value)
    unit.version += 1
    unit.changed_at, unit.updated_by = timezone.now(), actor
    unit.save()
    index_unit(unit)
    return unit


def index_unit(unit: Unit) -> None:
    """Write a unit and what lies in it as they are public now; what is not leaves the index in the same transaction."""
    codes = [unit.code, *_below(unit)]
    documents = list(search_documents(codes)) if _may_be_public(codes) else []
    index_documents(documents)
    if gone := set(codes) - {each.record_id for each in documents}:
        remove_documents(ARCHIVE, gone)


def _may_be_public(codes: list[str]) -> bool:
    return Unit.objects.filter(code__in=codes, state=RELEASED).exists()


def _below(unit: Unit) -> list[str]:
    """Codes of all that lies in a unit: a tree has four levels."""
    found: list[str] = []
    waiting = [unit.pk]
    while waiting:
        rows = list(Unit.objects.filter(part_of__in=waiting).values_list("pk", "code"))
        found += [code for _pk, code in rows]
        waiting = [pk for pk, _code in rows]
    return found
