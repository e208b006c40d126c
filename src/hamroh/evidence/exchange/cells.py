"""Cells of exported tables: numbers stay numbers, nothing else may run as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from hamroh.directory.exchange.cells import RISKY, safe_cell

#: a number as printed, with any sign between thousands: "-9,5", "- 5,1", "+9", "-", and no second number to reckon with
_NUMBER = re.compile(r"[+-] ?(?:\d[\d ,.\u00a0\u202f]*)? ?%?")
_AT_ONCE = 500


def cell(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet could run it; printed numbers and a lone dash stay as they are."""
    return safe_cell(text) if text.startswith(RISKY) and not _NUMBER.fullmatch(text) else text


def bare(text: str) -> str:
    """What ``cell`` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(RISKY) and not _NUMBER.fullmatch(text[1:]) else text


def csv_lines(rows: Iterable[Iterable[str]], *, mark: bool = False) -> Iterator[str]:
    """Rows as CSV after RFC 4180, some hundred lines at a time; with ``mark`` the sign by which spreadsheets know UTF-8."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    held.write("\ufeff" if mark else "")
    for at, row in enumerate(rows, 1):
        writer.writerow([cell(each) for each in row])
        if at % _AT_ONCE == 0:
            yield _taken(held)
    yield _taken(held)


def _taken(held: io.StringIO) -> str:
    text = held.getvalue()
    held.seek(0)
    held.truncate()
    return text
