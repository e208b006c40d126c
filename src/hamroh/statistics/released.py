"""Tables that left, as other rooms read them: their cells by key, each with its count; what is withheld has none."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from hamroh.kernel.disclosure import Published
from hamroh.statistics import words
from hamroh.vault.models import FiguresRelease

#: between the categories of a cell, in its key
JOIN = "|"


@dataclass(frozen=True)
class ReleasedTable:
    """One table that left. ``asked`` says which one in codes, ``digest`` is that of its figures in the register and the journal."""

    pk: UUID
    register: str
    title: str
    unit: str
    audience: str
    digest: str
    made_at: dt.datetime
    published: Published

    @classmethod
    def of(cls, row: FiguresRelease) -> "ReleasedTable":
        key, published = row.population.key, Published.from_json(row.table or {})
        told = words.told(key, row.asked)
        return cls(row.pk, key, told.title, told.unit, row.audience, row.digest, row.made_at, published)

    @cached_property
    def cells(self) -> dict[str, int | None]:
        """Every cell by its key, in the table's order; None where it is withheld."""
        return {JOIN.join(cell): self.published.shown.get(cell) for cell in self.published.shape.cells}

    def value(self, key: str) -> int | None:
        """The count of a cell; None where it is withheld or is none of this table."""
        return self.cells.get(key)

    @cached_property
    def _words(self) -> Mapping[str, Mapping[str, str]]:
        return self.words(get_language() or "en")

    def words(self, lang: str) -> Mapping[str, Mapping[str, str]]:
        """How the categories of each variable read in a language. One query where one of them is of places."""
        return words.categories(self.register, self.published.shape, lang)

    def label(self, key: str) -> str:
        """What a cell counts, in the reader's language: ``Asht, Alimony``."""
        pairs = zip(self.published.shape.dimensions, key.split(JOIN), strict=False)
        return ", ".join(self._words[dimension.name].get(code, code) for dimension, code in pairs)

    def labelled(self) -> Iterator[tuple[str, str, int]]:
        """Key, words and count of every cell that is shown."""
        return ((key, self.label(key), count) for key, count in self.cells.items() if count is not None)


def tables(rows: Any) -> list[ReleasedTable]:
    """Rows of the register as tables."""
    return [ReleasedTable.of(row) for row in rows]
