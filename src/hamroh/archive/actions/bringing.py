"""A tree of descriptions from another house comes in as drafts, whole or not at all; trying it is the same and is taken back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.archive.actions.common import ArchiveRefused
from hamroh.archive.actions.describing import add_unit
from hamroh.archive.models import Unit
from hamroh.directory.models import AdminUnit
from hamroh.kernel.ead import Described, Named
from hamroh.thesaurus.models import Concept
from hamroh.web.texts import pick

#: what is kept in the details of a unit
_DETAILS = ("arrangement", "access", "rights", "notes")


@dataclass(frozen=True)
class Brought:
    """One unit of a file: what it is, the reason why it cannot come in, and the words that were left out as nothing here is called so."""

    level: str
    reference: str
    title: str
    fault: str = ""
    left: tuple[str, ...] = ()
    unit: Unit | None = None


def bring_tree(*, actor: Any, organisation: Organisation, tree: Described, only_try: bool) -> list[Brought]:
    """Write each unit by the action that an editor's form uses; nothing stays where one is refused or it was only a trial."""
    policy.require(actor, "archive.edit", Unit(organisation=organisation))
    with transaction.atomic():
        lines = list(_Bringing(actor, organisation, tree).bring(tree, None))
        if only_try or any(each.fault for each in lines):
            transaction.set_rollback(True)
    return lines


class _Bringing:
    """Concepts and places of the whole file are looked up once."""

    def __init__(self, actor: Any, organisation: Organisation, tree: Described) -> None:
        self.actor, self.organisation = actor, organisation
        told = list(tree.each())
        concepts = {each.ident for unit in told for each in unit.subjects}
        rows = Concept.objects.filter(key__in=concepts) | Concept.objects.filter(uri__in=concepts)
        self.concepts = {ident: each for each in rows for ident in (each.key, each.uri)}
        places = {each.ident for unit in told for each in unit.places}
        self.places = {each.key: each for each in AdminUnit.objects.filter(key__in=places)}

    def bring(self, told: Described, whole: Unit | None) -> Iterator[Brought]:
        """A unit and all that lies in it; what lies in one that is refused is not tried."""
        subjects, unknown = _known(told.subjects, self.concepts)
        places, nowhere = _known(told.places, self.places)
        title = pick(told.titles, "en").text
        try:
            facts = {**_facts(told), "subjects": subjects, "places": places}
            made = add_unit(actor=self.actor, organisation=self.organisation, facts=facts, part_of=whole)
        except ArchiveRefused as refused:
            yield Brought(told.level, told.reference, title, str(refused))
            return
        yield Brought(told.level, told.reference, title, left=(*unknown, *nowhere), unit=made)
        for part in told.parts:
            yield from self.bring(part, made)


def _known(named: tuple[Named, ...], rows: dict[str, Any]) -> tuple[list[Any], list[str]]:
    found = [rows[each.ident] for each in named if each.ident in rows]
    return list(dict.fromkeys(found)), [pick(each.names, "en").text for each in named if each.ident not in rows]


def _facts(unit: Described) -> dict[str, object]:
    """Columns of a unit as a file tells them, without what it is about in words of the thesaurus."""
    details = {name: dict(unit.notes[name]) for name in _DETAILS if name in unit.notes}
    if unit.extent:
        details["extent"] = dict(unit.extent)
    return {
        "level": unit.level, "kind": unit.kind, "reference": unit.reference, "titles": dict(unit.titles),
        "abouts": dict(unit.notes.get("abouts", {})), "date_from": unit.date_from, "date_to": unit.date_to,
        "languages": list(unit.languages), "creators": dict(unit.creators), "details": details,
    }  # fmt: skip
