"""The forms in which figures leave, by the word that addresses have for them."""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hamroh.evidence.exchange.citations import as_bibtex, as_ris
from hamroh.evidence.exchange.datapackage import as_datapackage
from hamroh.evidence.exchange.dataset import Dataset
from hamroh.evidence.exchange.jsonstat import as_jsonstat
from hamroh.evidence.exchange.sdmx.rows import as_sdmx_csv
from hamroh.evidence.exchange.tidy import as_csv
from hamroh.evidence.exchange.workbook import write_workbook

Write = Callable[[Dataset, str], Iterable[bytes]]
#: raised whenever a form changes, so that nobody keeps the old one
EDITION = 1
_IN_MEMORY, _CHUNK = 2**21, 64 * 1024


@dataclass(frozen=True, slots=True)
class Form:
    """``label`` is its own name, the same in all languages; ``about`` says what it is good for."""

    label: str
    about: str | Promise
    ending: str
    mime: str
    write: Write


def _encoded(lines: Iterable[str]) -> Iterator[bytes]:
    return (line.encode() for line in lines)


def _workbook(data: Dataset, lang: str) -> Iterator[bytes]:
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        write_workbook(data, lang, file)
        file.seek(0)
        yield from iter(lambda: file.read(_CHUNK), b"")


def _json(data: Dataset, lang: str) -> Iterator[bytes]:
    yield json.dumps(as_jsonstat(data, lang), ensure_ascii=False).encode()


_TEXT, _SDMX = "text/csv; charset=utf-8", "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RIS, _BIB = "application/x-research-info-systems; charset=utf-8", "application/x-bibtex; charset=utf-8"
FORMS = {
    "csv": Form("CSV", _("One figure a row, for any spreadsheet or program"), "csv", _TEXT, lambda data, lang: _encoded(as_csv(data, lang))),
    "xlsx": Form("XLSX", _("Tables as they were printed, all figures, sources"), "xlsx", _SHEET, _workbook),
    "sdmx-csv": Form("SDMX-CSV 2.0", _("For offices of statistics"), "sdmx.csv", _SDMX, lambda data, _lang: _encoded(as_sdmx_csv(data))),
    "json-stat": Form("JSON-stat 2.0", _("Tables as cubes, for charts"), "json", "application/json", _json),
    "data-package": Form("Data Package", _("A zip in which every column is described, and why a number is missing"), "zip", "application/zip", as_datapackage),
    "hxl": Form("CSV, HXL", _("CSV with a row of humanitarian tags"), "hxl.csv", _TEXT, lambda data, lang: _encoded(as_csv(data, lang, hxl=True))),
    "ris": Form("RIS", _("Sources, for reference managers"), "ris", _RIS, lambda data, _lang: _encoded(as_ris(data.sources.values()))),
    "bibtex": Form("BibTeX", _("Sources, for LaTeX"), "bib", _BIB, lambda data, _lang: _encoded(as_bibtex(data.sources.values()))),
}  # fmt: skip
