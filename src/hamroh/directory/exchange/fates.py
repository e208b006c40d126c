"""What becomes of each row, for people and for programs. A refused row shows none of its values."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from hamroh.directory.exchange.rows import Fault, Row


class Fate(TextChoices):
    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    REFUSED = "refused", _("Refused")


@dataclass(frozen=True)
class Change:
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Outcome:
    """The fate of one row; ``changes`` of a changed one, ``faults`` of a refused one."""

    sheet: str
    number: int
    key: str
    fate: str
    changes: tuple[Change, ...] = ()
    faults: tuple[Fault, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"changes": [asdict(each) for each in self.changes]}

    def for_the_record(self) -> dict[str, Any]:
        """As it is kept with the import: which columns changed, and not from what to what."""
        reasons = [f"{fault.column}: {fault.message}".lstrip(": ") for fault in self.faults]
        changed = [change.column for change in self.changes]
        return {"row": f"{self.sheet} {self.number}", "fate": self.fate, "columns": changed, "reasons": reasons}


def refused(row: Row) -> Outcome:
    key = "" if row.sealed else name_of(row)
    return Outcome(row.sheet, row.number, key, Fate.REFUSED, faults=tuple(row.faults))


def taken(row: Row, before: Mapping[str, str] | None, after: Mapping[str, str]) -> Outcome:
    """The fate of a row that was written over ``before``, its cells until then (None: there was nothing)."""
    if before is None:
        return Outcome(row.sheet, row.number, name_of(row), Fate.NEW)
    names = [name for name in after if name in row.cells and after[name] != before.get(name, "")]
    changes = tuple(Change(name, before.get(name, ""), after[name]) for name in names)
    return Outcome(row.sheet, row.number, name_of(row), Fate.CHANGED if changes else Fate.UNCHANGED, changes)


def name_of(row: Row) -> str:
    return row.link("number" if row.sheet == "phones" else "key")
