"""Identifiers of SDMX: of texts, times and structures."""

import calendar
import datetime as dt
import hashlib
import re

from hamroh.kernel.figures.periods import Period

#: two numbers in a version mean that lists of codes may grow
AGENCY, FLOW, VERSION = "HAMROH", "EVIDENCE", "1.0"
#: the code of a dimension along which a figure is not told apart
NONE = "_Z"
_ID = re.compile(r"[A-Za-z0-9@$-][A-Za-z0-9_@$-]*")
_BEFORE = ".."


def coded(text: str) -> str:
    """The text itself where SDMX takes it as an identifier, else one made of it; ``_Z`` for none."""
    if not text:
        return NONE
    if _ID.fullmatch(text):
        return text
    plain = re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_")[:40] or "X"
    return f"{plain}_{hashlib.sha256(text.encode()).hexdigest()[:6]}"


def urn(kind: str, name: str, item: str = "") -> str:
    """The name of an artefact in the whole world of SDMX."""
    package = {"Codelist": "codelist", "Code": "codelist", "Concept": "conceptscheme", "ConceptScheme": "conceptscheme"}
    held = f"urn:sdmx:org.sdmx.infomodel.{package.get(kind, 'datastructure')}.{kind}={AGENCY}:{name}({VERSION})"
    return f"{held}.{item}" if item else held


def time_of(period: str, issued: str, recorded: str) -> tuple[str, str]:
    """The time of a figure as SDMX writes it, and where it comes from.

    ``S``: said; ``U``: said until when, not since when; ``I``: not said, the day of the source; ``R``: not said, the day it was recorded.
    """
    if period.startswith(_BEFORE):
        return period.partition("/")[2], "U"
    if period:
        return _span(Period.read(period)) if "/" in period else period, "S"
    return (_first_part(issued), "I") if issued else (recorded or "1900", "R")


def _span(period: Period) -> str:
    """``2004-01-01/P4Y``: the first day, and how long."""
    after = period.last + dt.timedelta(days=1)
    months = (after.year - period.first.year) * 12 + after.month - period.first.month
    if period.first.day != 1 or period.last.day != calendar.monthrange(period.last.year, period.last.month)[1]:
        return f"{period.first}/P{(after - period.first).days}D"
    return f"{period.first}/P{months // 12}Y" if months % 12 == 0 else f"{period.first}/P{months}M"


def _first_part(issued: str) -> str:
    return issued.partition("/")[0]
