"""How far the indicators of a project have come: a table for each result, a picture of what has a number and a target, and the parts of a figure."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hamroh.kernel.reporting import plain
from hamroh.projects.reports import told
from hamroh.projects.reports.parts import Block, Cell, note, table
from hamroh.projects.reports.told import Content


def blocks(content: Content, lang: str) -> Iterator[Block]:
    """Tables by result, then the picture, then parts."""
    for result in content["progress"]:
        rows = [row for indicator in result["indicators"] for row in _rows(indicator, content["figures"], lang)]
        if rows:
            title = " ".join(
                filter(None, (level(result["level"]), result["number"] + ".", told.text(result["titles"], lang)))
            )
            head = (
                _("Indicator"),
                pgettext("indicator", "Baseline"),
                pgettext("indicator", "Target"),
                _("Achieved"),
                pgettext("indicator", "How far"),
                pgettext("figure", "Source"),
            )
            yield table(title, head, rows, right=(1, 2, 3))
    yield from told.pictures(content, lang, "progress")
    for result in content["progress"]:
        for indicator in result["indicators"]:
            yield from _parts(indicator, content["figures"], lang)


def level(code: str) -> str:
    words = {
        "outcome": pgettext("result", "Outcome"),
        "output": pgettext("result", "Output"),
        "impact": pgettext("result", "Impact"),
    }
    return words.get(code, "")


def _rows(indicator: Mapping[str, Any], figures: Mapping[str, Any], lang: str) -> Iterator[tuple[Cell, ...]]:
    for key in indicator["figures"]:
        found = figures[key]
        if found.get("earlier"):
            continue
        name = told.text(indicator["titles"], lang)
        when = _("since the beginning") if found.get("running") else told.days(found["starts"], found["ends"], lang)
        yield (
            Cell(" ".join(filter(None, (indicator["code"], name))), soft=when),
            Cell(_baseline(indicator, lang)),
            Cell(told.number(found.get("target"), lang)),
            told.cell(found, lang),
            Cell(how_far(found, indicator["direction"])),
            Cell(told.source(found.get("source"), lang), href=(found.get("source") or {}).get("href", "")),
        )


def _baseline(indicator: Mapping[str, Any], lang: str) -> str:
    value, year = told.number(indicator["baseline"], lang), indicator["baseline_year"]
    return f"{value} ({year})" if value and year else value


def how_far(found: Mapping[str, Any], direction: str) -> str:
    """Reached or not, in words; the share of the target where more is better. A share of nought is not worked out."""
    value, target = _decimal(found.get("value")), _decimal(found.get("target"))
    if found.get("withheld") or value is None or target is None:
        return ""
    if value >= target if direction != "down" else value <= target:
        return pgettext("target", "reached")
    if direction == "down" or target <= 0 or value < 0:
        return pgettext("target", "not reached yet")
    return _("%(share)s %% of the target") % {"share": int(value * 100 / target)}


def _decimal(value: Any) -> Decimal | None:
    text = plain(value)
    try:
        found = Decimal(text)
    except ArithmeticError:
        return None
    return found if found.is_finite() else None


def _parts(indicator: Mapping[str, Any], figures: Mapping[str, Any], lang: str) -> Iterator[Block]:
    """A figure by place, sex, age and whatever it was counted by; all of it withheld where a part is small."""
    for part in indicator["parts"]:
        title = _("%(indicator)s, in parts: %(period)s") % {
            "indicator": told.text(indicator["titles"], lang), "period": told.days(part["starts"], part["ends"], lang),
        }  # fmt: skip
        found = [figures[key] for key in part["figures"]]
        if any(each.get("withheld") for each in found):
            yield note(f"{title}. {told.withheld_why()}")
            continue
        rows = [(Cell(told.text(each["part"], lang)), told.cell(each, lang)) for each in found]
        yield table(title, (pgettext("figure", "Part"), _("Achieved")), rows, right=(1,))
