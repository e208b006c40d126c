"""A table that stands in an edition: its title, its columns, its rows, and which figure stands in which cell."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hamroh.evidence.forms.blocks import BlockForm, known_source, line
from hamroh.evidence.forms.figures import ROLES
from hamroh.evidence.forms.lines import LinesField

_EMPTY = "-"


class TableForm(BlockForm):
    """Title, columns and source; a line of fields for each row. A cell holds the name of a figure, or a dash."""

    title = line(gettext_lazy("Title"))
    columns = LinesField(
        label=gettext_lazy("Names of the columns"),
        help_text=gettext_lazy("One a line, in their order. Years need none."),
    )
    source = line(
        gettext_lazy("Source"),
        max_length=80,
        help_text=gettext_lazy("Its short name; look for it in the list of sources."),
    )
    spoken: ClassVar = {"title": "title"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for at, row in enumerate(self.old.get("rows", ())):
            self._add_row(at, row)

    def _add_row(self, at: int, row: Mapping[str, Any]) -> None:
        said = {"number": at + 1}
        label = line(_("Row %(number)s") % said, initial=self._label(row))
        label.widget.attrs["lang"] = self.lang
        cells = line(
            _("Figures of row %(number)s") % said,
            max_length=8000,
            initial=" ".join(code or _EMPTY for code in row["cells"]),
        )
        role = forms.ChoiceField(
            label=_("Role of row %(number)s") % said, choices=ROLES, initial=row.get("role", "item")
        )
        group = line(_("Group of row %(number)s") % said, max_length=80, initial=row.get("group", ""))
        self.fields |= {f"r{at}_label": label, f"r{at}_role": role, f"r{at}_group": group, f"r{at}_cells": cells}

    def _label(self, row: Mapping[str, Any]) -> str:
        labels = row.get("labels") or {}
        return str(labels.get(self.lang) or (row.get("label", "") if self.lang == "en" else ""))

    def read(self, old: Mapping[str, Any]) -> dict[str, Any]:
        frame = old.get("frame") or {}
        columns = [each.get(self.lang, "") for each in frame.get("column_labels", ())]
        return super().read(old) | {"source": frame.get("source", ""), "columns": columns if any(columns) else []}

    def rows(self) -> list[dict[str, Any]]:
        """Rows with their fields, as the page sets them, and how they are called in other languages."""
        return [
            {
                "said": row.get("label", ""),
                **{name: self[f"r{at}_{name}"] for name in ("label", "role", "group", "cells")},
            }
            for at, row in enumerate(self.old.get("rows", ()))
        ]

    def front(self) -> list[Any]:
        """The fields above the rows."""
        return [self[name] for name in ("title", "columns", "source")]

    def clean_source(self) -> str:
        return known_source(self.cleaned_data["source"])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        names = self.old.get("frame", {}).get("columns", ())
        if told.get("columns") and len(told["columns"]) != len(names):
            self.add_error(
                "columns", _("There are %(columns)s columns: give as many names, or none.") % {"columns": len(names)}
            )
        return told

    def content(self) -> dict[str, Any]:
        made, frame = super().content(), dict(self.old.get("frame") or {})
        frame["source"] = self.cleaned_data["source"]
        frame["column_labels"] = self._columns(frame)
        return made | {"frame": frame, "rows": [self._row(at, row) for at, row in enumerate(self.old.get("rows", ()))]}

    def _columns(self, frame: Mapping[str, Any]) -> list[dict[str, str]]:
        typed = self.cleaned_data["columns"] or [""] * len(frame.get("columns", ()))
        before = list(frame.get("column_labels", ())) or [{}] * len(typed)
        made = [{**old, self.lang: said} for old, said in zip(before, typed, strict=False)]
        return made if any(any(each.values()) for each in made) else []

    def _row(self, at: int, row: Mapping[str, Any]) -> dict[str, Any]:
        told = {name: self.cleaned_data[f"r{at}_{name}"] for name in ("label", "role", "group", "cells")}
        cells = [None if each == _EMPTY else each for each in told.pop("cells").split()]
        label = told.pop("label")
        same = label == self._label(row)
        labels = dict(row.get("labels") or {}) if same else {**(row.get("labels") or {}), self.lang: label}
        return {**row, **told, "labels": labels, "label": row.get("label") or label, "cells": cells}
