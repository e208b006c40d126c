"""One figure a row: CSV for spreadsheets and programs, with a row of HXL tags where it is asked for."""

from collections.abc import Iterator

from hamroh.evidence.exchange import words
from hamroh.evidence.exchange.cells import csv_lines
from hamroh.evidence.exchange.dataset import DIMENSIONS, Cited, Dataset, Datum, number_text

#: columns with their tags of the Humanitarian Exchange Language
COLUMNS = {
    "figure": "#meta+id", "table": "#meta+table", "row": "#meta+row+printed", "column": "#meta+column+printed",
    "concept": "#indicator+code", "concept_name": "#indicator+name", "indicator": "#indicator+code+source",
    "area": "#country+code", "area_name": "#country+name", "period": "#date+period",
    **{name: f"#indicator+{name}" for name in DIMENSIONS},
    "value": "#indicator+value+num", "low": "#indicator+min+num", "high": "#indicator+max+num", "qualifier": "#indicator+qualifier",
    "unit": "#indicator+unit", "printed": "#indicator+printed", "missing": "#meta+missing+code", "missing_reason": "#meta+missing",
    "flags": "#meta+flags", "status": "#status+code", "definition": "#description+definition", "source": "#meta+source+code",
    "source_title": "#meta+source", "source_issued": "#meta+source+date", "vintage": "#meta+vintage", "locator": "#meta+locator",
    "quoted_in": "#meta+source+quoted", "licence": "#meta+license", "recorded": "#date+recorded", "as_of": "#date+asof",
    "notice": "#meta+notice",
}  # fmt: skip
#: where one column is a number
NUMBERS = ("value", "low", "high")


def as_csv(data: Dataset, lang: str, *, hxl: bool = False) -> Iterator[str]:
    """The figures as a table of texts; the mark at its beginning is left out where tags of HXL follow."""
    return csv_lines(_lines(data, lang, hxl=hxl), mark=not hxl)


def _lines(data: Dataset, lang: str, *, hxl: bool) -> Iterator[list[str]]:
    yield list(COLUMNS)
    if hxl:
        yield list(COLUMNS.values())
    teller = Teller(data, lang)
    for each in data.rows():
        yield list(teller.told(each).values())


class Teller:
    """Tells figures of one set in one language; words that return are found once."""

    def __init__(self, data: Dataset, lang: str) -> None:
        self.data, self.lang = data, lang
        self._notice, self._licence = words.notice(lang), words.licence(lang)
        self._areas: dict[str, str] = {}
        self._missing: dict[str, str] = {}

    def told(self, figure: Datum) -> dict[str, str]:
        """A figure by columns, in their order."""
        source = self.data.sources.get(figure.source, Cited("", ""))
        said = {
            "figure": figure.code, "concept_name": words.measure_name(self.data, figure.concept, self.lang),
            "area_name": self._area(figure.area), "flags": " ".join(figure.flags), "missing_reason": self._reason(figure.missing),
            "status": words.status(figure.flags, figure.missing), "source_title": source.title, "source_issued": source.issued,
            "licence": source.licence or self._licence, "as_of": self.data.as_of, "notice": self._notice,
            **{name: figure.dims.get(name, "") for name in DIMENSIONS},
            **{name: number_text(getattr(figure, name)) for name in NUMBERS},
        }  # fmt: skip
        return {name: said[name] if name in said else getattr(figure, name) for name in COLUMNS}

    def _area(self, code: str) -> str:
        if code not in self._areas:
            self._areas[code] = words.area_words(code, self.lang)
        return self._areas[code]

    def _reason(self, code: str) -> str:
        if code not in self._missing:
            self._missing[code] = words.missing_words(code, self.lang)
        return self._missing[code]
