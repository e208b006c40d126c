"""SDMX-CSV 2.0, written by hand: one figure a row, its key, its value, what stands beside it."""

import json
from collections.abc import Callable, Iterable, Iterator

from hamroh.evidence.exchange import words
from hamroh.evidence.exchange.cells import csv_lines
from hamroh.evidence.exchange.dataset import DIMENSIONS, Cited, Dataset, Datum, number_text
from hamroh.evidence.exchange.sdmx.naming import AGENCY, FLOW, NONE, VERSION, coded, time_of

HEAD = ("STRUCTURE", "STRUCTURE_ID", "ACTION")
TIME, VALUE = "TIME_PERIOD", "OBS_VALUE"
#: what the standard writes where there is no number on purpose: why not stands beside it
NOT_A_NUMBER = "NaN"
#: dimensions before that of time, in the order of a series key
KEY = ("INDICATOR", "REF_AREA", *(name.upper() for name in DIMENSIONS), "SOURCE", "RELEASE", "TIME_BASIS", "VARIANT")
#: by our sign: its code in ``CL_QUALIFIER``
_QUALIFIERS = {"~": "ABOUT", "<": "BELOW", ">": "ABOVE", "<=": "UP_TO", ">=": "FROM"}
_UNITS = {"%": "PT", "per 1000": "PER_1000"}


def coded_unit(unit: str) -> str:
    return _UNITS.get(unit) or coded(unit)


def _texts(figure: Datum) -> str:
    """As JSON what dimensions say whose text is no identifier; all others are told by their code."""
    said = {name: text for name, text in figure.dims.items() if name in DIMENSIONS and text and coded(text) != text}
    return json.dumps(said, ensure_ascii=False, sort_keys=True) if said else ""


#: what stands beside a figure, and what it is read from
BESIDE: dict[str, Callable[[Datum], str]] = {
    "OBS_STATUS": lambda each: words.status(each.flags, each.missing),
    "OBS_FLAGS": lambda each: " ".join(each.flags),
    "MISSING_REASON": lambda each: each.missing,
    "OBS_LOW": lambda each: number_text(each.low),
    "OBS_HIGH": lambda each: number_text(each.high),
    "OBS_QUALIFIER": lambda each: _QUALIFIERS.get(each.qualifier, ""),
    "OBS_PRINTED": lambda each: each.printed,
    "REF_PERIOD": lambda each: each.period,
    "UNIT_MEASURE": lambda each: coded_unit(each.unit),
    "DEFINITION": lambda each: each.definition,
    "LOCATOR": lambda each: each.locator,
    "QUOTED_IN": lambda each: each.quoted_in,
    "RELEASE_LABEL": lambda each: each.vintage,
    "SOURCE_INDICATOR": lambda each: each.indicator,
    "TEXT_DIMS": _texts,
    "FIGURE": lambda each: each.code,
    "PRINTED_TABLE": lambda each: each.table,
    "PRINTED_ROW": lambda each: each.row,
    "PRINTED_COLUMN": lambda each: each.column,
    "RECORDED": lambda each: each.recorded,
}
#: the same in a whole set
OVERALL = ("LICENCE", "AS_OF", "NOTICE")
COLUMNS = (*HEAD, *KEY, TIME, VALUE, *BESIDE, *OVERALL)


def as_sdmx_csv(data: Dataset) -> Iterator[str]:
    """The figures as SDMX-CSV 2.0 of the data flow ``HAMROH:EVIDENCE(1.0)``; the same in every language."""
    return csv_lines(_lines(data))


def _lines(data: Dataset) -> Iterator[Iterable[str]]:
    yield COLUMNS
    head = ("dataflow", f"{AGENCY}:{FLOW}({VERSION})", "I")
    for each in data.rows():
        source = data.sources.get(each.source, Cited("", ""))
        time, basis = time_of(each.period, source.issued, each.recorded)
        beside = (tell(each) for tell in BESIDE.values())
        yield (
            *head,
            *key_of(each, basis),
            time,
            number_text(each.value) or NOT_A_NUMBER,
            *beside,
            source.licence,
            data.as_of,
            "BORDERS",
        )


def key_of(figure: Datum, basis: str) -> tuple[str, ...]:
    """The values of its dimensions, in the order of ``KEY``."""
    along = (coded(figure.dims.get(name, "")) for name in DIMENSIONS)
    return (
        figure.concept,
        coded(figure.area),
        *along,
        figure.source or NONE,
        coded(figure.vintage),
        basis,
        str(figure.variant),
    )
