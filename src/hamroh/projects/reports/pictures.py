"""Pictures of a report as SVG in each of its languages: indicators beside their targets, and the regions where the project works."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from hamroh.evidence.charts import Drawing, Point, Series, Tile, drawn, drawn_map
from hamroh.evidence.charts.tiles import region_names
from hamroh.kernel.datafiles import document
from hamroh.projects.reports import told
from hamroh.projects.reports.told import Content

#: a picture of more bars than these is read by nobody; the table has them all
MOST = 12
TILES, COUNTRIES = "profile/tiles.yml", {"TJK": "TJ", "AZE": "AZ"}
Picture = Mapping[str, str]


def drawn_in(content: Content, lang: str) -> dict[str, Picture]:
    """All pictures of a content in a language; what there is nothing to show of is left out."""
    with override(lang):
        found = {"progress": _progress(content, lang), "map": _map(content, lang)}
    return {name: picture for name, picture in found.items() if picture}


def _progress(content: Content, lang: str) -> Picture:
    """Shares of the targets, so that indicators of different units stand beside each other."""
    rows = []
    for result in content["progress"]:
        for indicator in result["indicators"]:
            share = _share(indicator, content["figures"])
            if share is not None:
                name = " ".join(filter(None, (indicator["code"], told.text(indicator["titles"], lang))))
                rows.append((name, share))
    if not rows:
        return {}
    title = _("Progress towards the targets, in % of the target")
    shown = rows[:MOST]
    points = tuple(Point(f"{share}\N{NO-BREAK SPACE}%", Decimal(share)) for _name, share in shown)
    alt = _("Bars: %(rows)s") % {"rows": "; ".join(f"{name}: {share} %" for name, share in shown)}
    return _said(
        title,
        alt,
        drawn(Drawing("bar", title, alt, lang, tuple(name for name, _share in shown), (Series(title, points),))),
    )


def _share(indicator: Mapping[str, Any], figures: Mapping[str, Any]) -> int | None:
    """Of the newest figure that has a number and a target, where more is better."""
    for key in reversed(indicator["figures"]):
        found = figures[key]
        if (
            found.get("earlier")
            or found.get("running")
            or found.get("withheld")
            or not found.get("value")
            or not found.get("target")
        ):
            continue
        target, value = Decimal(found["target"]), Decimal(found["value"])
        if indicator["direction"] != "down" and target > 0 and value >= 0:
            return int(value * 100 / target)
    return None


def _map(content: Content, lang: str) -> Picture:
    """Regions with the number of activities in each."""
    area, values = content["map"].get("area", ""), content["map"].get("values", {})
    grid = document(TILES).get(area)
    if not grid or not values:
        return {}
    names, country = region_names(lang), COUNTRIES[area]
    title = _("Where the project works: activities by region")
    tiles = tuple(
        Tile(
            letters,
            names.get(f"{country}-{letters}", letters),
            row,
            column,
            _point(values.get(f"{country}-{letters}"), lang),
        )
        for row, line in enumerate(grid)
        for column, letters in enumerate(line.split())
        if letters != "."
    )
    alt = "; ".join(f"{names.get(code, code)}: {number}" for code, number in sorted(values.items()))
    return _said(title, alt, drawn_map(tiles, lang, title, alt))


def _point(number: int | None, lang: str) -> Point | None:
    return Point(told.number(number, lang), Decimal(number)) if number else None


def _said(title: str, alt: str, svg: str) -> Picture:
    return {"title": title, "alt": alt, "svg": str(svg)}
