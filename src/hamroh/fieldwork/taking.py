"""Answers as files: JSON, XLSX, CSV and GeoJSON in one parcel, with who took them out and what for; no cell is ever a formula."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import parse_qsl

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hamroh.cases import parcels
from hamroh.fieldwork import showing
from hamroh.fieldwork.models import AnswersFile
from hamroh.fieldwork.selectors import results
from hamroh.fieldwork.selectors.results import Filters, Opened
from hamroh.fieldwork.states import ReviewStates

#: what a spreadsheet takes for the beginning of a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HEAD = (
    ("code", _("Code")), ("state", pgettext_lazy("submission", "State")), ("place", _("Place")), ("filled", _("Filled on")),
    ("received", _("Came in")),
)  # fmt: skip


def filters_of(file: AnswersFile) -> Filters:
    """What was asked for of the form."""
    return Filters.of(dict(parse_qsl(file.query)))


def files(*, actor: Any, file: AnswersFile, at: dt.datetime) -> dict[str, bytes]:
    """The files of a wish, by names that say nothing."""
    lang = get_language() or "en"
    rows = results.of_form(actor=actor, form=file.form, filters=filters_of(file))
    found = results.opened(actor=actor, rows=rows, purpose="answers file")
    questions = results.questions_of(file.form)
    made = list(_tables(found, questions, lang))
    parcel = parcels.Parcel(_mark(actor, file, at), made)
    texts = {f"table-{number}.csv": as_csv(table) for number, table in enumerate(made, 1)}
    return {**parcels.packed(parcel), **texts, "places.geojson": as_geojson(found, lang)}


def _mark(actor: Any, file: AnswersFile, at: dt.datetime) -> list[tuple[str, Any, str]]:
    """What the file says of itself."""
    return [
        ("file", _("File"), file.code), ("organisation", _("Organisation"), file.organisation.code),
        ("by", _("Taken out by"), str(actor)), ("at", _("At"), f"{at:%Y-%m-%d %H:%M} UTC"),
        ("released_by", _("Let go by"), str(file.released_by or "-")),
    ]  # fmt: skip


def _tables(found: Sequence[Opened], questions: Sequence[Any], lang: str) -> Iterator[parcels.Table]:
    """The form's own answers, then each repeat; columns are named by their paths."""
    asked = [each for each in showing.columns(questions, lang) if not each.is_file]
    titles = {"": _("Answers"), **showing.repeats(questions, lang)}
    for repeat, title in titles.items():
        inner = [each for each in asked if each.repeat == repeat]
        heads = (*_HEAD, *((each.path, each.label) for each in inner))
        lines = [
            [*_facts(each, lang), *(_cell(one, answers, lang) for one in inner)]
            for each in found
            for answers in (showing.rows_of(each.answers, repeat) if repeat else [each.answers])
        ]
        if inner and (lines or not repeat):
            yield parcels.Table(repeat.rpartition("/")[2][:24] or "answers", title, heads, lines)


def _facts(each: Opened, lang: str) -> list[Any]:
    row = each.row
    state = parcels.Word(row.state, str(ReviewStates.states[row.state].label))
    filled = row.filled_date.isoformat() if row.filled_date else ""
    return [row.code, state, results.name_of(row.place, lang), filled, row.received_at.date().isoformat()]


def _cell(column: showing.Column, answers: Any, lang: str) -> Any:
    value = answers.get(column.path)
    if value is None:
        return ""
    if column.kind in showing.CHOSEN:
        codes = value if isinstance(value, list) else [value]
        return parcels.Word(" ".join(map(str, codes)), showing.said(column, value, lang))
    return showing.said(column, value, lang) if column.kind in showing.TRACKS else _plain(value)


def _plain(value: Any) -> Any:
    return value if isinstance(value, int) and not isinstance(value, bool) else str(value)


def as_csv(table: parcels.Table) -> bytes:
    """A table with codes, a mark of UTF-8 in front; what a spreadsheet would take for a formula is quoted as text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_unformed(code) for code, _said in table.columns])
    writer.writerows([_unformed(each) for each in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def _unformed(value: Any) -> Any:
    plain = value.code if isinstance(value, parcels.Word) else value
    return f"'{plain}" if isinstance(plain, str) and plain.startswith(_FORMULA) else plain


def as_geojson(found: Sequence[Opened], lang: str) -> bytes:
    """One point a place, in the middle of its district, with how many forms came from there; nobody’s home and no track."""
    counts: dict[str, tuple[Any, int]] = {}
    for each in found:
        place = each.row.place
        if place is not None and place.latitude is not None:
            counts[place.key] = (place, counts.get(place.key, (place, 0))[1] + 1)
    features = [
        {
            "type": "Feature", "geometry": {"type": "Point", "coordinates": [round(place.longitude, 2), round(place.latitude, 2)]},
            "properties": {"place": key, "name": results.name_of(place, lang), "forms": count},
        }
        for key, (place, count) in sorted(counts.items())
    ]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()
