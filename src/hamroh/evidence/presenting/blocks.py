"""Blocks of a manifest in one language, kind by kind."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import override

from hamroh.evidence import charts
from hamroh.evidence.areas import area_name
from hamroh.evidence.presenting import figures
from hamroh.evidence.presenting.citing import Notes
from hamroh.evidence.presenting.naming import period_words, places, unit_words
from hamroh.evidence.presenting.page import Line, Mark, Number, PageBlock, PageRow, PageTable, Run
from hamroh.web import dates
from hamroh.web.texts import Text, pick

_REFERENCE = re.compile(r"\{\{\s*obs:([\w.\-]+)\s*\}\}")
_MARKED = "findings"
Said = Mapping[str, Any]


class _Look(NamedTuple):
    """The power of ten that a table is printed in, and how many digits its numbers have behind the point at least."""

    scale: int = 0
    least: int = 0


class BlockPresenter:
    """Presents the blocks of one manifest in order, and numbers tables and charts as they come."""

    def __init__(self, made: Said, lang: str, notes: Notes) -> None:
        self.made, self.lang, self.notes = made, lang, notes
        self.figures: Mapping[str, Said] = made["figures"]
        self._counts = Counter[str]()
        self._tables = {block["key"]: block for section in made["sections"] for block in section["blocks"] if block["kind"] == "table"}  # fmt: skip
        self._marks = _marks(made, lang)

    def block(self, said: Said) -> PageBlock | None:
        """One block; None where it has nothing to show, such as a claim without a text."""
        facts = getattr(self, f"_{said['kind']}")(said["content"], said)
        if facts is None:
            return None
        title = self._pick(said["content"].get("title") or said["content"].get("label"))
        facts = {"title": str(title), "lang": "" if title.lang == self.lang else title.lang, **facts}
        return PageBlock(key=said["key"], kind=said["kind"], marks=tuple(self._marks.get(said["key"], ())), **facts)

    def _pick(self, texts: Any) -> Text:
        return pick(texts if isinstance(texts, Mapping) else {}, self.lang)

    def _figure(self, content: Said, _said: Said) -> dict[str, Any] | None:
        figure = self.figures.get(content.get("obs", ""))
        if figure is None:
            return None
        note = self.notes.number(figure["source"])
        title = self._pick(content.get("label")) if content.get("label") else self._pick(figure["names"])
        return {
            "title": str(title) or figure["concept"], "lang": "" if title.lang == self.lang else title.lang, "note": note,
            "number": figures.alone(content["obs"], figure, self.lang, note), "caption": self._when(figure, content),
        }  # fmt: skip

    def _when(self, figure: Said, content: Said) -> str:
        """The time of a figure, and what it means by its words where it says so in the reader's language; a label of its own says it already."""
        meant = str(self._pick(figure["notes"]))
        meant = meant or ("" if content.get("label") or self.lang != "en" else figure.get("definition", ""))
        parts = (period_words(figure["period"], self.lang) if figure["period"] else "", meant)
        return "; ".join(part for part in parts if part)

    def _table(self, content: Said, said: Said) -> dict[str, Any] | None:
        if not content.get("rows"):
            return None
        return {
            "label": self._numbered("table"), "table": self.table_of(said["content"]),
            "note": self.notes.number(content.get("frame", {}).get("source", "")),
        }  # fmt: skip

    def table_of(self, content: Said, wanted: list[int] | None = None) -> PageTable:
        """A table block as a table; of the rows in ``wanted`` only, where that is given."""
        frame, rows = content.get("frame", {}), list(content["rows"])
        columns = tuple(self._columns(frame))
        shown = [rows[at] for at in wanted] if wanted is not None else rows
        look = self._look(rows, int(frame.get("thousands") or 0))
        return PageTable(columns, tuple(self._row(row, look) for row in shown), unit=self._unit(shown, look.scale))

    def _look(self, rows: Sequence[Said], scale: int) -> _Look:
        """How the cells of a table are written: all numbers of it with as many digits behind the point."""
        shown = [self.figures[code] for row in rows for code in row["cells"] if code in self.figures]
        least = [
            places(value.scaleb(-scale))
            for each in shown
            if each["unit"] != "%" and (value := figures.amount(each)) is not None
        ]
        return _Look(scale, max(least, default=0))

    def _columns(self, frame: Said) -> Iterator[str]:
        labels = frame.get("column_labels") or ()
        for at, column in enumerate(frame.get("columns", ())):
            said = str(self._pick(labels[at])) if at < len(labels) else ""
            yield said or (period_words(column, self.lang) if re.fullmatch(r"\d{4}(-\d\d)*", column) else column)

    def _row(self, row: Said, look: _Look) -> PageRow:
        label = str(self._pick(row.get("labels"))) or self._place(row) or row.get("label", "")
        return PageRow(label, row.get("role", "item"), tuple(self._cell(code, look) for code in row["cells"]))

    def _place(self, row: Said) -> str:
        """The name of the country that a row stands for."""
        key = row.get("key", "")
        return area_name(key, self.lang) if key and area_name(key, self.lang) != key else ""

    def _cell(self, code: str | None, look: _Look) -> Number:
        figure = self.figures.get(code or "")
        if code is None or figure is None:
            return Number("", "")
        own = _Look() if figure["unit"] == "%" else look
        return figures.in_table(code, figure, self.lang, own.scale, own.least)

    def _unit(self, rows: Sequence[Said], scale: int) -> str:
        """The unit of all cells, with the power of ten in which they are printed; nothing where rows differ."""
        units = {self.figures[code]["unit"] for row in rows for code in row["cells"] if code in self.figures}
        if len(units) != 1:
            return ""
        with override(self.lang):
            powers = {3: _("thousand"), 6: _("million"), 9: _("billion")}
        return " ".join(part for part in (powers.get(scale, ""), unit_words(units.pop(), self.lang)) if part)

    def _numbered(self, kind: str) -> str:
        self._counts[kind] += 1
        with override(self.lang):
            said = {"table": _("Table %(number)s"), "chart": _("Chart %(number)s"), "map": _("Map %(number)s")}[kind]
            return said % {"number": self._counts[kind]}

    def _chart(self, content: Said, _said: Said) -> dict[str, Any] | None:
        table = self._drawn(content)
        if table is None:
            return None
        title, alt = str(self._pick(content.get("title"))), str(self._pick(content.get("alt")))
        source = (
            self._tables[content["of"]]["content"].get("frame", {}).get("source", "")
            if content.get("of") in self._tables
            else ""
        )
        drawn = charts.chart(content, table, self.figures, self.lang, title=title, alt=alt)
        return {
            "label": self._numbered("chart"),
            "svg": drawn,
            "alt": alt,
            "table": table,
            "note": self.notes.number(source),
        }

    def _drawn(self, content: Said) -> PageTable | None:
        """The figures of a chart as a table: rows of another block, or pairs of a label and a figure."""
        if content.get("of") in self._tables:
            source = self._tables[content["of"]]["content"]
            return self.table_of(source, charts.rows_to_draw(content, source["rows"]))
        pairs = [(label, code) for label, code in content.get("obs", ()) if code in self.figures]
        if not pairs:
            return None
        rows = [{"label": _label(label, self.lang), "role": "item", "cells": [code]} for label, code in pairs]
        scale = min(int(self.figures[code].get("thousands") or 0) for _name, code in pairs)
        look = self._look(rows, scale)
        return PageTable(("",), tuple(self._row(row, look) for row in rows), unit=self._unit(rows, scale))

    def _map(self, content: Said, _said: Said) -> dict[str, Any] | None:
        values = {unit: code for unit, code in content.get("values", {}).items() if code in self.figures}
        if not values:
            return None
        title, alt = str(self._pick(content.get("title"))), str(self._pick(content.get("alt")))
        rows = tuple(
            PageRow(area_name(unit, self.lang), "item", (self._cell(code, _Look()),)) for unit, code in values.items()
        )
        table = PageTable(("",), rows, unit=self._unit([{"cells": [code]} for code in values.values()], 0))
        drawn = charts.map_of(content, table, self.figures, self.lang, title=title, alt=alt)
        return {"label": self._numbered("map"), "svg": drawn, "alt": alt, "table": table}

    def _narrative(self, content: Said, _said: Said) -> dict[str, Any] | None:
        text = self._pick(content.get("texts"))
        if not text.text:
            return None
        return {"lang": "" if text.lang == self.lang else text.lang, "paragraphs": tuple(self._paragraphs(text.text))}

    _caveat = _narrative

    def _paragraphs(self, text: str) -> Iterator[tuple[Run, ...]]:
        for paragraph in re.split(r"\n\s*\n", text.strip()):
            yield tuple(run for run in self._runs(" ".join(paragraph.split("\n"))) if run.text or run.number)

    def _runs(self, text: str) -> Iterator[Run]:
        for at, part in enumerate(_REFERENCE.split(text)):
            figure = self.figures.get(part) if at % 2 else None
            if figure is None:
                yield Run(part)
            else:
                number = figures.in_prose(part, figure, self.lang, self.notes.number(figure["source"]))
                yield Run(number.text, number)

    def _ranked(self, content: Said, _said: Said) -> dict[str, Any] | None:
        lines = tuple(self._item(each) for each in content.get("items", ()))
        return {"lines": lines, "note": self.notes.number(content.get("source", ""))} if lines else None

    def _item(self, item: Said) -> Line:
        label = self._pick(item.get("label"))
        text = label.text or (area_name(item["area"], self.lang) if item.get("area") else "")
        code = item.get("obs", "")
        figure = self.figures.get(code)
        number = figures.in_prose(code, figure, self.lang, self.notes.number(figure["source"])) if figure else None
        return Line(text, "" if label.lang == self.lang else label.lang, number=number)

    def _directory(self, content: Said, said: Said) -> dict[str, Any] | None:
        rows = self.made["lists"].get(said["key"], ())
        lines = tuple(Line(str(self._pick(row["names"])), self._pick(row["names"]).lang, url=f"/{self.lang}/directory/{row['code']}/") for row in rows)  # fmt: skip
        return {"lines": lines, "caption": self._as_of(content)}

    def _laws(self, content: Said, _said: Said) -> dict[str, Any] | None:
        lines = tuple(
            Line(str(self._pick(each["title"])), self._pick(each["title"]).lang, _day(each.get("date", ""), self.lang), each.get("url", ""))
            for each in content.get("items", ())
        )  # fmt: skip
        return {"lines": lines, "caption": self._as_of(content)} if lines else None

    def _as_of(self, content: Said) -> str:
        day = content.get("as_of") or self.made["edition"]["as_of"]
        with override(self.lang):
            return _("As of %(day)s") % {"day": _day(str(day), self.lang)} if day else ""

    def _recommendation(self, content: Said, said: Said) -> dict[str, Any] | None:
        told = self._narrative(content, said)
        if told is None:
            return None
        addressee = content.get("addressee")
        return {
            **told, "addressee": str(self._pick(addressee)) if isinstance(addressee, Mapping) else str(addressee or ""),
            "status": content.get("status", "open"), "caption": _day(content.get("status_date", ""), self.lang),
        }  # fmt: skip


def _marks(made: Said, lang: str) -> dict[str, list[Mark]]:
    """Findings that were answered for, by the key of the block that they stand beside."""
    found: dict[str, list[Mark]] = defaultdict(list)
    for each in made["answers"]:
        for key in dict.fromkeys(where.partition("/")[0] for where in each["where"]):
            reason = str(pick(each["reasons"], lang)) if each.get("reasons") else each["reason"]
            found[key].append(Mark(_MARKED, each["said"][lang], reason))
    return found


def _label(said: Any, lang: str) -> str:
    """A label that is kept per language, or one that names a time or a place."""
    if isinstance(said, Mapping):
        return str(pick(said, lang))
    return area_name(said, lang) if area_name(said, lang) != said else said


def _day(text: str, lang: str) -> str:
    return dates.partial(text, lang) if re.fullmatch(r"\d{4}(-\d{2}){0,2}", text or "") else text or ""
