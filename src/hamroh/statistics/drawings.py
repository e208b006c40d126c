"""Pictures of boards: bars of what the table beside them says, and regions as tiles."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hamroh.evidence.charts import Drawing, Point, Series, Tile, drawn, drawn_map
from hamroh.evidence.charts.tiles import region_names
from hamroh.kernel.datafiles import document
from hamroh.web.templatetags.hamroh import number

#: a picture of more bars than these is read by nobody; the table has them all
MOST = 12
_TILES, _AREAS = "profile/tiles.yml", {"tj": "TJK", "az": "AZE"}


def bars(title: str, told: Sequence[tuple[str, int]]) -> SafeString | str:
    """One bar for each count; nothing where all are nought."""
    shown = [(name, count) for name, count in told if count][:MOST]
    if not shown:
        return ""
    points = tuple(Point(str(number(count)), Decimal(count)) for _name, count in shown)
    alt = _("Bars: %(rows)s") % {"rows": "; ".join(f"{name}: {number(count)}" for name, count in shown)}
    lang = get_language() or "en"
    return drawn(Drawing("bar", title, alt, lang, tuple(name for name, _count in shown), (Series(title, points),)))


def regions(title: str, country: str, told: Mapping[str, int | None]) -> SafeString | str:
    """Regions of a country by ISO 3166-2, each with its count; nothing where we have no tiles of it or none of these is known."""
    area = _AREAS.get(country.lower(), "")
    grid = document(_TILES).get(area)
    known = {
        code: count for code, count in told.items() if count is not None and code.startswith(f"{country.upper()}-")
    }
    if not grid or not known:
        return ""
    lang = get_language() or "en"
    names, ours = region_names(lang), country.upper()
    tiles = tuple(
        Tile(letters, names.get(f"{ours}-{letters}", letters), row, column, _point(known.get(f"{ours}-{letters}")))
        for row, line in enumerate(grid)
        for column, letters in enumerate(line.split())
        if letters != "."
    )
    alt = "; ".join(f"{names.get(code, code)}: {number(count)}" for code, count in sorted(known.items()))
    return drawn_map(tiles, lang, title, alt)


def _point(count: int | None) -> Point | None:
    return None if count is None else Point(str(number(count)), Decimal(count))
