"""Numbers of a section: of a table that was let out for everybody, read from the register, or as a printed source says them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from hamroh.accounts.models import Organisation
from hamroh.cases import figuresets
from hamroh.directory.models import AdminUnit
from hamroh.kernel.disclosure import ALL, Published
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
    rows = FiguresRelease.objects.filter(organisation_id=organisation.pk, refusal="", audience=Audience.PUBLIC)
    known = rows.filter(population__key__in=[each.key for each in figuresets.sets()])
    return list(known.select_related("population").order_by("-made_at")[:30])


def release_of(organisation: Organisation, pk: str) -> FiguresRelease | None:
    """One of these tables."""
    return next((row for row in released(organisation) if str(row.pk) == pk), None)


def title_of(row: FiguresRelease) -> str:
    """What a table is called, in the language of the moment."""
    of = figuresets.of(row.population.key)
    return of.wish_of(row.asked).title if of else ""


def unit_of(row: FiguresRelease) -> str:
    of = figuresets.of(row.population.key)
    return str(of.unit) if of else ""


def rows_of(told: Sequence[Mapping[str, Any]], lang: str) -> list[list[Row]]:
    """The numbers of several sections in one language, by two queries; none where a table is not in the register any more."""
    wanted = {UUID(each["release"]) for each in told if each.get("release")}
    tables = _tables(wanted)
    names = _places(tables.values(), lang)
    found = []
    for each in told:
        if each.get("release"):
            row = tables.get(UUID(each["release"]))
            found.append(_of_release(row, names, lang) if row else [])
        else:
            found.append([_printed(row, lang) for row in each.get("rows", ())])
    return found


def _tables(wanted: Iterable[UUID]) -> dict[UUID, FiguresRelease]:
    ids = list(wanted)
    if not ids:
        return {}
    rows = FiguresRelease.objects.filter(pk__in=ids, refusal="", audience=Audience.PUBLIC).select_related("population")
    return {row.pk: row for row in rows}


def _places(rows: Iterable[FiguresRelease], lang: str) -> dict[str, str]:
    keys = {
        leaf for row in rows for each in (row.table or {}).get("dimensions", ()) if each["name"] == "district"
        for leaf, _units in (*each["leaves"], *each["groups"])
    }  # fmt: skip
    if not keys:
        return {}
    units = AdminUnit.objects.filter(key__in=keys).values_list("key", "names")
    return {key: pick(names, lang).text for key, names in units}


def _of_release(row: FiguresRelease, places: Mapping[str, str], lang: str) -> list[Row]:
    """Along the first thing that a table tells people apart by; the sum of all stands last."""
    of, published = figuresets.of(row.population.key), Published.from_json(row.table or {})
    first, *others = published.shape.dimensions
    words = {ALL: _("All"), **(of.words(published.shape, lang) if of else {}), **places}
    rest = (ALL,) * len(others)
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
