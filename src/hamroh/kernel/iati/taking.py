"""What an activity of somebody else's file says, as plain values that JSON can hold. What is no number or no day is left out."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: of texts, and of parts of one kind: more is a mistake or an attack
LONGEST, MOST = 20_000, 500
_DATES = {"1": "starts_planned", "2": "starts", "3": "ends_planned", "4": "ends"}
_LEVELS = {"1": "output", "2": "outcome", "3": "impact"}


def taken(node: Any, default_lang: str = "en") -> dict[str, Any]:
    """One activity of a file, an element of a tree."""
    lang = (node.get(_LANG) or default_lang)[:8].lower()
    currency = node.get("default-currency", "")
    abouts = {each.get("type", "1"): _texts(each, lang) for each in node.findall("description")[::-1]}
    return {
        "identifier": _line(node.findtext("iati-identifier")),
        "publisher": _body(node.find("reporting-org"), lang),
        "titles": _texts(node.find("title"), lang),
        "abouts": abouts.get("1") or next(iter(abouts.values()), {}),
        "objectives": abouts.get("2", {}),
        "status": _code(node.find("activity-status")),
        "dates": {
            _DATES[each.get("type")]: day
            for each in node.findall("activity-date")
            if each.get("type") in _DATES and (day := _day(each.get("iso-date")))
        },
        "countries": [
            {"code": each.get("code", "")[:10], "share": _number(each.get("percentage"))}
            for each in node.findall("recipient-country")[:MOST]
        ],
        "parties": [_body(each, lang) | {"role": each.get("role", "")[:1]} for each in node.findall("participating-org")[:MOST]],
        "sectors": [
            {
                "vocabulary": each.get("vocabulary", "1")[:4], "code": each.get("code", "")[:20],
                "names": _texts(each, lang), "share": _number(each.get("percentage")),
            }
            for each in node.findall("sector")[:MOST]
        ],
        "markers": [
            {"vocabulary": each.get("vocabulary", "1")[:4], "code": each.get("code", "")[:10], "significance": each.get("significance", "")[:2]}
            for each in node.findall("policy-marker")[:MOST]
        ],
        "budgets": [each for part in node.findall("budget")[:MOST] if (each := _budget(part, currency))],
        "papers": [_paper(each, lang) for each in node.findall("document-link")[:MOST]],
        "results": [each for part in node.findall("result")[:MOST] if (each := _result(part, lang))["titles"]],
    }  # fmt: skip


def _line(text: str | None, most: int = 200) -> str:
    return " ".join((text or "").split())[:most]


def _texts(node: Any, lang: str) -> dict[str, str]:
    """Narratives by language; the first one of a language counts."""
    found: dict[str, str] = {}
    for each in [] if node is None else node.findall("narrative"):
        text = (each.text or "").strip()[:LONGEST]
        if text:
            found.setdefault((each.get(_LANG) or lang)[:8].lower(), text)
    return found


def _body(node: Any, lang: str) -> dict[str, Any]:
    if node is None:
        return {"ref": "", "kind": "", "names": {}}
    return {"ref": _line(node.get("ref"), 120), "kind": node.get("type", "")[:2], "names": _texts(node, lang)}


def _code(node: Any) -> str:
    return "" if node is None else str(node.get("code", ""))[:10]


def _day(text: str | None) -> str:
    try:
        return dt.date.fromisoformat((text or "").strip()[:10]).isoformat()
    except ValueError:
        return ""


def _number(text: str | None) -> str | None:
    """A finite number of a size that money and people have."""
    try:
        number = Decimal((text or "").strip())
    except InvalidOperation:
        return None
    return format(round(number, 4), "f") if number.is_finite() and abs(number) < Decimal(10) ** 15 else None


def _budget(node: Any, currency: str) -> dict[str, Any] | None:
    value, days = node.find("value"), [_day_of(node, name) for name in ("period-start", "period-end")]
    amount = _number(value.text) if value is not None else None
    if amount is None or not all(days):
        return None
    return {
        "starts": days[0], "ends": days[1], "amount": amount, "currency": (value.get("currency") or currency)[:3].upper(),
        "value_date": _day(value.get("value-date")) or days[0], "is_revised": node.get("type") == "2", "is_committed": node.get("status") == "2",
    }  # fmt: skip


def _day_of(node: Any, name: str) -> str:
    found = node.find(name)
    return "" if found is None else _day(found.get("iso-date"))


def _paper(node: Any, lang: str) -> dict[str, Any]:
    return {
        "url": _line(node.get("url"), 500), "titles": _texts(node.find("title"), lang), "category": _code(node.find("category")),
        "language": _code(node.find("language"))[:5],
    }  # fmt: skip


def _result(node: Any, lang: str) -> dict[str, Any]:
    return {
        "level": _LEVELS.get(node.get("type", ""), "output"),
        "titles": _texts(node.find("title"), lang),
        "abouts": _texts(node.find("description"), lang),
        "indicators": [_indicator(each, lang) for each in node.findall("indicator")[:MOST]],
    }


def _indicator(node: Any, lang: str) -> dict[str, Any]:
    baseline = node.find("baseline")
    year = "" if baseline is None else baseline.get("year", "")
    return {
        "titles": _texts(node.find("title"), lang),
        "measure": {"2": "percent", "5": "words"}.get(node.get("measure", ""), "number"),
        "direction": "down" if node.get("ascending") in ("0", "false") else "up",
        "baseline_value": None if baseline is None else _number(baseline.get("value")),
        "baseline_year": int(year) if year.isascii() and year.isdecimal() and 1900 <= int(year[:4]) <= 2200 else None,
        "periods": [each for part in node.findall("period")[:MOST] if (each := _period(part, lang))],
    }


def _period(node: Any, lang: str) -> dict[str, Any] | None:
    days = [_day_of(node, name) for name in ("period-start", "period-end")]
    if not all(days):
        return None
    return {
        "starts": days[0], "ends": days[1],
        "targets": [_figure(each, lang) for each in node.findall("target")[:MOST]],
        "actuals": [_figure(each, lang) for each in node.findall("actual")[:MOST]],
    }  # fmt: skip


def _figure(node: Any, lang: str) -> dict[str, Any]:
    dimensions: Mapping[str, str] = {
        str(each.get("name", ""))[:40]: str(each.get("value", ""))[:80] for each in node.findall("dimension")[:20]
    }
    comment = _texts(node.find("comment"), lang)
    return {
        "value": _number(node.get("value")),
        "dimensions": dict(dimensions),
        "words": next(iter(comment.values()), "")[:300],
    }
