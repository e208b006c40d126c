"""Forms of figures: one that is looked for, one that is recorded, a table that is pasted."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from hamroh.evidence.actions.placing import Cited, Sheet
from hamroh.evidence.areas import find_area
from hamroh.evidence.contents import Unfit
from hamroh.evidence.forms.blocks import line, words
from hamroh.evidence.models import Concept, Flag, Indicator, Missing, Qualifier, Source, SourceKind
from hamroh.evidence.pasting import MOST_PASTED, Pasted, guessed_role, read_sheet
from hamroh.evidence.selectors.picking import Looked, indicator_named
from hamroh.kernel.figures import Role
from hamroh.kernel.figures.periods import Period

_PERIOD = gettext_lazy("As 2006, 2006-12-31, 2003-05 or 2004/2007.")
ROLE_WORDS = {
    Role.ITEM: pgettext_lazy("row of a table", "One of many"), Role.TOTAL: pgettext_lazy("row of a table", "Total"),
    Role.SUBTOTAL: pgettext_lazy("row of a table", "Subtotal"), Role.OF_WHICH: pgettext_lazy("row of a table", "Part of the row above"),
    Role.REST: pgettext_lazy("row of a table", "The rest"), Role.SHARE: pgettext_lazy("row of a table", "Percentage"),
}  # fmt: skip
ROLES = [(role.value, said) for role, said in ROLE_WORDS.items()]


class Listed(forms.TextInput):
    """One line with suggestions: the id of the list that the page holds."""

    def __init__(self, of: str) -> None:
        super().__init__(attrs={"list": of, "autocomplete": "off"})


class LookForm(forms.Form):
    """What figures are looked for."""

    look_concept = forms.CharField(
        label=gettext_lazy("What it counts"), required=False, max_length=80, widget=Listed("concepts")
    )
    look_area = forms.CharField(label=gettext_lazy("Country"), required=False, max_length=60)
    look_period = forms.CharField(label=gettext_lazy("Time"), required=False, max_length=24)
    look_source = forms.CharField(label=gettext_lazy("Source"), required=False, max_length=120)

    def look(self) -> Looked:
        told = self.cleaned_data if self.is_valid() else {}
        return Looked(
            told.get("look_concept", ""),
            told.get("look_area", ""),
            told.get("look_period", ""),
            told.get("look_source", ""),
        )


class CitedForm(forms.Form):
    """Where figures come from."""

    source = forms.CharField(
        label=gettext_lazy("Source"), required=False, max_length=80, widget=Listed("sources"),
        help_text=gettext_lazy("The short name of a source that is known. For a new one leave this empty and give its title."),
    )  # fmt: skip
    source_title = line(gettext_lazy("Title of a new source"))
    source_kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=SourceKind.choices, required=False)
    source_issued = line(gettext_lazy("When it came out"), max_length=21, help_text=_PERIOD)
    locator = line(gettext_lazy("Place in it"), max_length=100, help_text=gettext_lazy("Page and table: p. 24, T6."))

    def clean_source_issued(self) -> str:
        return _period(self.cleaned_data["source_issued"])

    def clean_source(self) -> str:
        key = str(self.cleaned_data["source"]).strip()
        if key and not Source.objects.filter(key=key).exists():
            raise ValidationError(_("There is no source of this name. Give its title, and it is recorded."))
        return key

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("source") and not told.get("source_title") and "source" not in self.errors:
            self.add_error("source", _("Say where it comes from."))
        return told

    def cited(self) -> Cited:
        told = self.cleaned_data
        title = "" if told["source"] else told["source_title"]
        return Cited(
            told["source"], title, told["source_kind"] or "publication", told["source_issued"], told["locator"]
        )


class RecordForm(CitedForm):
    """A figure that is not recorded yet: what it counts, where, when, how much or why nothing."""

    indicator = forms.CharField(label=gettext_lazy("What it counts"), max_length=80, widget=Listed("indicators"))
    area = forms.CharField(label=gettext_lazy("Country"), max_length=60)
    period = line(gettext_lazy("Time"), max_length=24, help_text=_PERIOD)
    origin = line(gettext_lazy("From which country"), max_length=60)
    destination = line(gettext_lazy("To which country"), max_length=60)
    sex = forms.ChoiceField(
        label=gettext_lazy("Of whom"), required=False,
        choices=[("", pgettext_lazy("sex", "all")), ("F", gettext_lazy("women")), ("M", gettext_lazy("men"))],
    )  # fmt: skip
    printed = line(gettext_lazy("As it is printed"), max_length=120)
    value = forms.DecimalField(
        label=pgettext_lazy("figure", "Number"),
        required=False,
        max_digits=24,
        decimal_places=6,
        help_text=gettext_lazy("Digits, with a point before a fraction: 1234.5"),
    )
    low = forms.DecimalField(label=gettext_lazy("Or from"), required=False, max_digits=24, decimal_places=6)
    high = forms.DecimalField(label=gettext_lazy("to"), required=False, max_digits=24, decimal_places=6)
    qualifier = forms.ChoiceField(label=gettext_lazy("How exact"), required=False, choices=Qualifier.choices)
    missing = forms.ChoiceField(
        label=gettext_lazy("Why there is no number"),
        required=False,
        choices=[("", gettext_lazy("There is one")), *Missing.choices],
    )
    flags = forms.MultipleChoiceField(
        label=gettext_lazy("Marks"),
        required=False,
        choices=[each for each in Flag.choices if each[0] != "A"],
        widget=forms.CheckboxSelectMultiple,
    )
    definition = line(gettext_lazy("By which definition"), max_length=300)
    note = words(gettext_lazy("Note"), 2, max_length=2000)
    field_order = (
        "indicator", "area", "period", "printed", "value", "low", "high", "qualifier", "missing", "source", "locator", "source_title",
        "source_kind", "source_issued", "flags", "origin", "destination", "sex", "definition", "note",
    )  # fmt: skip

    def __init__(self, *args: Any, lang: str = "en", **kwargs: Any) -> None:
        self.lang = lang
        super().__init__(*args, **kwargs)

    def clean_indicator(self) -> Indicator:
        found = indicator_named(self.cleaned_data["indicator"])
        if found is None:
            raise ValidationError(_("Choose what it counts from the list."))
        return found

    def clean_period(self) -> str:
        return _period(self.cleaned_data["period"])

    def clean_area(self) -> str:
        return _area(self.cleaned_data["area"])

    def clean_origin(self) -> str:
        return _area(self.cleaned_data["origin"])

    def clean_destination(self) -> str:
        return _area(self.cleaned_data["destination"])

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        said = [told.get(name) for name in ("value", "low", "high")]
        if (
            all(each is None for each in said)
            and not told.get("missing")
            and not self.errors.keys() & {"value", "low", "high"}
        ):
            self.add_error("value", _("Give a number, or say why there is none."))
        return told

    def facts(self) -> dict[str, Any]:
        """What ``record_observation`` takes beside the citation."""
        told = self.cleaned_data
        facts = {
            name: told[name]
            for name in ("area", "period", "printed", "value", "low", "high", "qualifier", "missing", "flags")
        }
        facts["dims"] = {name: told[name] for name in ("origin", "destination", "sex") if told[name]}
        facts["notes"] = {self.lang: told["note"]} if told["note"] else {}
        return {**facts, "detail": {"definition": told["definition"]} if told["definition"] else {}}


class PasteForm(CitedForm):
    """A table out of a sheet, with what its cells count."""

    sheet = forms.CharField(
        label=gettext_lazy("The table"), max_length=MOST_PASTED, strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off", "wrap": "off"}),
        help_text=gettext_lazy("Copied from a sheet. The first line names the columns, the first column names the rows."),
    )  # fmt: skip
    title = line(gettext_lazy("Title"), required=True)
    concepts = forms.CharField(
        label=gettext_lazy("What it counts"),
        max_length=400,
        widget=Listed("concepts"),
        help_text=gettext_lazy("Where columns count different things: one name a column, parted by commas."),
    )
    area = forms.CharField(label=gettext_lazy("Country"), max_length=60)
    when = forms.ChoiceField(
        label=gettext_lazy("Time"),
        choices=[("columns", gettext_lazy("Columns are years")), ("rows", gettext_lazy("Rows are years")), ("one", gettext_lazy("One time for all, named below"))],
    )  # fmt: skip
    period = line(gettext_lazy("Time of all figures"), max_length=24, help_text=_PERIOD)
    rows_are = forms.ChoiceField(
        label=gettext_lazy("What the rows are"), required=False,
        choices=[("", gettext_lazy("Something else")), ("origin", gettext_lazy("Countries that people come from")), ("destination", gettext_lazy("Countries that people go to")), ("nationality", gettext_lazy("Nationalities"))],
    )  # fmt: skip
    decimal = forms.ChoiceField(
        label=gettext_lazy("Before a fraction stands"),
        choices=[(".", gettext_lazy("a point")), (",", gettext_lazy("a comma"))],
    )
    thousands = forms.TypedChoiceField(
        label=gettext_lazy("Numbers are"),
        coerce=int,
        required=False,
        empty_value="0",
        choices=[
            (0, gettext_lazy("as they stand")),
            (3, gettext_lazy("in thousands")),
            (6, gettext_lazy("in millions")),
        ],
    )
    nil = line(
        gettext_lazy("Sign for nothing"), max_length=8, help_text=gettext_lazy("As the table has it: a dash, N/A.")
    )
    missing = forms.ChoiceField(
        label=gettext_lazy("What an empty cell and that sign mean"),
        required=False,
        choices=[("", gettext_lazy("The table does not say")), *Missing.choices],
    )
    field_order = (
        "sheet", "title", "concepts", "area", "when", "period", "rows_are", "decimal", "thousands", "nil", "missing", "source", "locator",
        "source_title", "source_kind", "source_issued",
    )  # fmt: skip

    def clean_area(self) -> str:
        return _area(self.cleaned_data["area"])

    def clean_period(self) -> str:
        return _period(self.cleaned_data["period"])

    def clean_concepts(self) -> list[str]:
        keys = [each for each in re.split(r"[,\s]+", self.cleaned_data["concepts"]) if each]
        unknown = sorted(set(keys) - set(Concept.objects.filter(key__in=keys).values_list("key", flat=True)))
        if unknown:
            raise ValidationError(_("Nothing that is counted has this name: %(names)s") % {"names": ", ".join(unknown)})
        return keys

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("when") == "one" and not told.get("period") and "period" not in self.errors:
            self.add_error("period", _("Say of what time the figures are."))
        try:
            self.pasted = (
                read_sheet(told.get("sheet", ""), told.get("decimal", "."), told.get("nil", ""))
                if told.get("sheet")
                else None
            )
        except Unfit as unfit:
            self.pasted = None
            self.add_error("sheet", str(unfit))
        if self.pasted:
            self._fit(self.pasted, told)
        return told

    def _fit(self, pasted: Pasted, told: dict[str, Any]) -> None:
        """Faults of what was pasted, beside what was said of it."""
        if pasted.faults:
            self.add_error(
                "sheet", _("These cells are no numbers: %(cells)s") % {"cells": "; ".join(pasted.faults[:5])}
            )
        if len(told.get("concepts") or [""]) not in (1, len(pasted.columns)):
            self.add_error("concepts", _("Give one name for all columns, or as many as there are columns."))
        times = {"columns": pasted.columns, "rows": [row.label for row in pasted.rows]}.get(told.get("when", ""), ())
        wrong = [each for each in times if not _is_period(each)]
        if wrong:
            self.add_error("when", _("This is no time: %(words)s") % {"words": wrong[0][:40]})

    def roles(self) -> list[tuple[Any, str]]:
        """Each row with its role: as it was chosen, else as it is guessed."""
        assert self.pasted is not None
        chosen = (self.data.get(f"role_{at}", "") for at in range(len(self.pasted.rows)))
        return [
            (row, role if role in set(Role) else guessed_role(row.label))
            for row, role in zip(self.pasted.rows, chosen, strict=True)
        ]

    def as_sheet(self, lang: str) -> Sheet:
        told, pasted = self.cleaned_data, self.pasted
        assert pasted is not None
        by_rows = told["when"] == "rows"
        keys = [_key(row.label) if told["rows_are"] in ("origin", "destination") else "" for row in pasted.rows]
        return Sheet(
            pasted, {lang: told["title"]}, told["concepts"], told["area"], rows_are="period" if by_rows else told["rows_are"],
            time="" if told["when"] == "one" else told["when"], period=told["period"] if told["when"] == "one" else "",
            decimal=told["decimal"], nil=told["nil"], thousands=int(told["thousands"]), roles=[role for _row, role in self.roles()], keys=keys,
            missing=told["missing"], lang=lang,
        )  # fmt: skip


def _key(label: str) -> str:
    found = find_area(label)
    return found.code if found else ""


def _period(text: str) -> str:
    if text and not _is_period(text):
        raise ValidationError(_("This is no time: %(words)s") % {"words": text})
    return text


def _is_period(text: str) -> bool:
    try:
        Period.read(text)
    except ValueError:
        return False
    return True


def _area(text: str) -> str:
    """The code of a country that was named in any way."""
    if not text.strip():
        return ""
    found = find_area(text)
    if found is None:
        raise ValidationError(_("No country or region is called “%(words)s”.") % {"words": text[:60]})
    return found.code
