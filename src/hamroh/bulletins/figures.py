"""Numbers of a section: of a table that was let out for everybody, read from the register, or as a printed source says them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hamroh.accounts.models import Organisation
from hamroh.kernel.disclosure import ALL
from hamroh.statistics.released import ReleasedTable, tables
from hamroh.vault.models import Audience, FiguresRelease
from hamroh.web import dates
from hamroh.web.texts import pick

#: what stands where a count is withheld: the same whatever the reason
WITHHELD = "×"
MOST_ROWS = 24


@dataclass(frozen=True)
class Row:
    """One number with its name; ``value`` is None where it is withheld."""

    name: str
    text: str
    value: int | None


def released(organisation: Organisation) -> list[FiguresRelease]:
    """Tables of an organisation that left for everybody, the newest first. What left for a donor or for ourselves is not among them."""
    return list(_public().filter(organisation_id=organisation.pk).order_by("-made_at")[:30])


def release_of(organisation: Organisation, pk: str) -> FiguresRelease | None:
    """One of these tables."""
    return next((row for row in released(organisation) if str(row.pk) == pk), None)


def _public() -> QuerySet[FiguresRelease]:
    return FiguresRelease.objects.filter(refusal="", audience=Audience.PUBLIC).select_related("population")


def rows_of(told: Sequence[Mapping[str, Any]], lang: str) -> list[list[Row]]:
    """The numbers of several sections in one language; none where a table is not in the register any more."""
    wanted = [UUID(each["release"]) for each in told if each.get("release")]
    held = {table.pk: table for table in tables(_public().filter(pk__in=wanted))} if wanted else {}
    found = []
    for each in told:
        if each.get("release"):
            table = held.get(UUID(each["release"]))
            found.append(_of_release(table, lang) if table else [])
        else:
            found.append([_printed(row, lang) for row in each.get("rows", ())])
    return found


def _of_release(table: ReleasedTable, lang: str) -> list[Row]:
    """Along the first thing that a table tells people apart by; the sum of all stands last."""
    published = table.published
    first, *others = published.shape.dimensions
    words, rest = table.words(lang)[first.name], (ALL,) * len(others)
    found = [(code, published.shown.get((code, *rest))) for code in first.categories]
    said = [(code, count) for code, count in found if code not in first.leaves or count is not None]
    hidden = [(code, count) for code, count in found if code in first.leaves and count is None]
    rows = [*said[:-1], *hidden[: MOST_ROWS - len(said)], *said[-1:]]
    return [
        Row(words.get(code) or code, WITHHELD if count is None else dates.number(count, lang), count)
        for code, count in rows[:MOST_ROWS]
    ]


def _printed(row: Mapping[str, Any], lang: str) -> Row:
    number = int(row["number"])
    return Row(str(pick(row["names"], lang)), dates.number(number, lang) + ("+" if row.get("at_least") else ""), number)
