"""Facts as a file of the standard: every part where the standard wants it, so that nothing that is written is misbuilt."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement, tostring

from hamroh.kernel.iati.facts import (
    Activity,
    Baseline,
    Body,
    Budget,
    Figure,
    Indicator,
    Money,
    Paper,
    Period,
    Publisher,
    Result,
    Share,
    Span,
    Texts,
    Transfer,
)

VERSION = "2.03"
_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_EARTH = "http://www.opengis.net/def/crs/EPSG/0/4326"
#: signs that no XML may hold
_UNSAYABLE = {*range(0x20), 0x7F, *range(0x80, 0xA0), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)} - {0x09, 0x0A, 0x0D}
_SAYABLE = dict.fromkeys(_UNSAYABLE)


def activities_file(activities: Sequence[Activity], made_at: str) -> bytes:
    """The file of these activities; there must be one at least, which an empty file of the standard cannot say."""
    root = Element("iati-activities", {"version": VERSION, "generated-datetime": made_at})
    for each in activities:
        root.append(activity_element(each))
    return _HEAD + bytes(tostring(root, encoding="utf-8")) + b"\n"


def organisations_file(publishers: Sequence[Publisher], made_at: str) -> bytes:
    """The file of these organisations."""
    root = Element("iati-organisations", {"version": VERSION, "generated-datetime": made_at})
    for each in publishers:
        root.append(_organisation(each))
    return _HEAD + bytes(tostring(root, encoding="utf-8")) + b"\n"


def activity_element(of: Activity) -> Element:
    """One activity, its parts in the order of the standard."""
    marks = {"last-updated-datetime": of.changed_at, _LANG: of.language, "default-currency": of.currency}
    node = Element("iati-activity", _said({**marks, "humanitarian": "0", "hierarchy": "1"}))
    SubElement(node, "iati-identifier").text = of.identifier.translate(_SAYABLE)
    _body(node, "reporting-org", of.reporter)
    _texts(SubElement(node, "title"), of.titles)
    for kind, about in of.abouts:
        _texts(SubElement(node, "description", {"type": kind}), about)
    for party in of.parties:
        _body(node, "participating-org", party)
    _code(node, "activity-status", of.status)
    for kind, day, note in of.dates:
        _texts(SubElement(node, "activity-date", {"type": kind, "iso-date": day}), note)
    _code(node, "activity-scope", of.scope)
    _where(node, of)
    _worth(node, of)
    for result in of.results:
        _result(node, result)
    return node


def _where(node: Element, of: Activity) -> None:
    for country in of.countries:
        SubElement(node, "recipient-country", _said({"code": country.code, "percentage": _share(country)}))
    for place in of.places:
        within = SubElement(node, "location", _said({"ref": place.ref}))
        _code(within, "location-reach", "1")
        _texts(SubElement(within, "name"), place.names)
        if place.point:
            point = SubElement(within, "point", {"srsName": _EARTH})
            SubElement(point, "pos").text = f"{place.point[0]:.3f} {place.point[1]:.3f}"
            _code(within, "exactness", "2")
    for sector in of.sectors:
        marks = {"vocabulary": sector.vocabulary or "1", "code": sector.code, "percentage": _share(sector)}
        _texts(SubElement(node, "sector", _said(marks)), sector.names)
    for code, significance in of.markers:
        SubElement(node, "policy-marker", {"vocabulary": "1", "code": code, "significance": significance})


def _worth(node: Element, of: Activity) -> None:
    for budget in of.budgets:
        _budget(node, "budget", budget)
    for transfer in of.transfers:
        _transfer(node, transfer)
    for paper in of.papers:
        _paper(node, paper)


def _organisation(of: Publisher) -> Element:
    node = Element("iati-organisation", _said({"last-updated-datetime": of.changed_at, _LANG: of.language}))
    SubElement(node, "organisation-identifier").text = of.body.ref.translate(_SAYABLE)
    _texts(SubElement(node, "name"), of.body.names)
    _body(node, "reporting-org", of.body)
    for budget in of.budgets:
        _budget(node, "total-budget", budget)
    return node


def _said(marks: Mapping[str, str]) -> dict[str, str]:
    """What is not known is left out: an empty mark would say something."""
    return {name: value.translate(_SAYABLE) for name, value in marks.items() if value}


def _texts(node: Element, texts: Texts) -> None:
    for lang, text in texts.items():
        if tidy := text.translate(_SAYABLE).strip():
            SubElement(node, "narrative", {_LANG: lang}).text = tidy


def _code(node: Element, name: str, code: str) -> None:
    if code:
        SubElement(node, name, {"code": code})


def _body(node: Element, name: str, body: Body) -> None:
    _texts(SubElement(node, name, _said({"ref": body.ref, "type": body.kind, "role": body.role})), body.names)


def _span(node: Element, span: Span) -> None:
    SubElement(node, "period-start", {"iso-date": span.starts})
    SubElement(node, "period-end", {"iso-date": span.ends})


def _money(node: Element, money: Money) -> None:
    marks = {"currency": money.currency, "value-date": money.value_date}
    SubElement(node, "value", _said(marks)).text = plain(money.amount)


def plain(number: Decimal) -> str:
    """A number without an exponent and without noughts that say nothing."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _share(of: Share) -> str:
    return "" if of.percentage is None else plain(of.percentage)


def _budget(node: Element, name: str, budget: Budget) -> None:
    marks = {"type": "2" if budget.is_revised else "1"} if name == "budget" else {}
    within = SubElement(node, name, {**marks, "status": "2" if budget.is_committed else "1"})
    _span(within, budget.span)
    _money(within, budget.money)


def _transfer(node: Element, transfer: Transfer) -> None:
    within = SubElement(node, "transaction")
    _code(within, "transaction-type", transfer.kind)
    SubElement(within, "transaction-date", {"iso-date": transfer.on_date})
    _money(within, transfer.money)
    if any(transfer.about.values()):
        _texts(SubElement(within, "description"), transfer.about)
    for name, body in (("provider-org", transfer.provider), ("receiver-org", transfer.receiver)):
        if body:
            _body(within, name, body)


def _paper(node: Element, paper: Paper) -> None:
    within = SubElement(node, "document-link", {"url": paper.url, "format": paper.format})
    _texts(SubElement(within, "title"), paper.titles)
    _code(within, "category", paper.category)
    for lang in paper.languages:
        _code(within, "language", lang)
    if paper.on_date:
        SubElement(within, "document-date", {"iso-date": paper.on_date})


def _result(node: Element, result: Result) -> None:
    within = SubElement(node, "result", {"type": result.kind, "aggregation-status": "0"})
    _texts(SubElement(within, "title"), result.titles)
    if any(result.about.values()):
        _texts(SubElement(within, "description"), result.about)
    for indicator in result.indicators:
        _indicator(within, indicator)


def _indicator(node: Element, indicator: Indicator) -> None:
    marks = {"measure": indicator.measure, "ascending": _flag(yes=indicator.is_up)}
    within = SubElement(node, "indicator", {**marks, "aggregation-status": _flag(yes=indicator.is_summed)})
    _texts(SubElement(within, "title"), indicator.titles)
    if any(indicator.about.values()):
        _texts(SubElement(within, "description"), indicator.about)
    if indicator.baseline:
        _baseline(within, indicator.baseline)
    for period in indicator.periods:
        _period(within, period)


def _flag(*, yes: bool) -> str:
    return "1" if yes else "0"


def _baseline(node: Element, baseline: Baseline) -> None:
    within = SubElement(node, "baseline", _said({"year": str(baseline.year), "value": baseline.value}))
    _comment(within, baseline.comment)


def _period(node: Element, period: Period) -> None:
    within = SubElement(node, "period")
    _span(within, period.span)
    for name, figure in _figures(period):
        _figure(within, name, figure)


def _figures(period: Period) -> Iterator[tuple[str, Figure]]:
    yield from (("target", each) for each in period.targets)
    yield from (("actual", each) for each in period.actuals)


def _figure(node: Element, name: str, figure: Figure) -> None:
    within = SubElement(node, name, _said({"value": figure.value}))
    if figure.place:
        SubElement(within, "location", {"ref": figure.place})
    for dimension, value in figure.dimensions.items():
        SubElement(within, "dimension", _said({"name": dimension, "value": value}))
    _comment(within, figure.comment)


def _comment(node: Element, texts: Texts) -> None:
    if any(texts.values()):
        _texts(SubElement(node, "comment"), texts)
