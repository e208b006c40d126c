"""Pictures of boards: bars of what the table beside them says, and regions as tiles."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hamroh.evidence.charts import Drawing, Point, Series, Tile, drawn, drawn_map
from hamroh.evidence.charts.tiles import region_names
from hamroh.kernel.datafiles import document
from hamroh.statistics.layout import WITHHELD
from hamroh.statistics.rates import by_region
from hamroh.statistics.released import ReleasedTable
from hamroh.web.templatetags.hamroh import number

#: a picture of more bars than these is read by nobody; the table has them all
MOST = 12
_TILES, _AREAS = "profile/tiles.yml", {"TJ": "TJK", "AZ": "AZE"}
#: one region alone is no map
_LEAST = 2


def bars(title: str, told: Sequence[tuple[str, int]]) -> SafeString | str:
    """One bar for each count; nothing where all are nought."""
    shown = [(name, count) for name, count in told if count][:MOST]
    if not shown:
        return ""
    points = tuple(Point(str(number(count)), Decimal(count)) for _name, count in shown)
    alt = _("Bars: %(rows)s") % {"rows": "; ".join(f"{name}: {number(count)}" for name, count in shown)}
    lang = get_language() or "en"
    return drawn(Drawing("bar", title, alt, lang, tuple(name for name, _count in shown), (Series(title, points),)))


def regions(table: ReleasedTable) -> SafeString | str:
    """A released table as tiles of its regions, × where a count is withheld; nothing where it tells no two regions of a country that we have tiles of."""
    told = by_region(table)
    ours = {iso.partition("-")[0] for iso in told}
    grid = document(_TILES).get(_AREAS.get(next(iter(ours), ""), "")) if len(ours) == 1 else None
    if not grid or sum(count is not None for count in told.values()) < _LEAST:
        return ""
    lang = get_language() or "en"
    names, country = region_names(lang), ours.pop()
    tiles = tuple(
        Tile(letters, names.get(f"{country}-{letters}", letters), row, column, _point(told, f"{country}-{letters}"))
        for row, line in enumerate(grid)
        for column, letters in enumerate(line.split())
        if letters != "."
    )
    alt = _("Regions: %(rows)s") % {"rows": "; ".join(f"{names.get(iso, iso)}: {_said(told[iso])}" for iso in sorted(told))}  # fmt: skip
    return drawn_map(tiles, lang, table.title, alt)


def _point(told: Mapping[str, int | None], iso: str) -> Point | None:
    if iso not in told:
        return None
    count = told[iso]
    return Point(_said(count), None if count is None else Decimal(count))


def _said(count: int | None) -> str:
    return WITHHELD if count is None else str(number(count))
