"""Forms for files of statistics: the file and what it is a release of, what each column is, the word to go on."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hamroh.evidence.exchange.values import read_period
from hamroh.evidence.models import Indicator, Source
from hamroh.web.codes import new_code
from hamroh.web.texts import pick

LARGEST_UPLOAD = 20 * 2**20
_NEW = "new"
_WHEN = re.compile(r"\d{4}(-\d{2}){0,2}")


class StatisticsFileForm(forms.Form):
    """A file, whose it is, and which release."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV, XLSX or SDMX-CSV, also packed (zip, gz), at most 20 MB."),
        error_messages={"required": gettext_lazy("Choose a file of at most 20 MB."), "empty": gettext_lazy("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.gz,.zip"}),
    )  # fmt: skip
    source = forms.ChoiceField(label=gettext_lazy("Source"))
    title = forms.CharField(label=gettext_lazy("Title of a new source"), max_length=400, required=False)
    label = forms.CharField(
        label=gettext_lazy("Release"), max_length=120, help_text=gettext_lazy("As the producer calls it, such as “2024 revision”, or its date.")
    )  # fmt: skip
    released = forms.CharField(
        label=gettext_lazy("Date of the release"), max_length=10, required=False, help_text=gettext_lazy("A year, a month or a day: 2024, 2024-05, 2024-05-16.")
    )  # fmt: skip
    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding of the letters"), required=False,
        choices=[("", gettext_lazy("Found by itself (UTF-8, UTF-16)")), ("cp1251", "Windows-1251 (Кириллица)"), ("cp1254", "Windows-1254 (Azərbaycanca)"), ("cp1252", "Windows-1252")],
    )  # fmt: skip

    def __init__(self, *args: Any, known: Mapping[str, Mapping[str, str]], kept: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known, self.kept = known, kept
        if kept:
            self.fields["file"].required = False
            self.fields["file"].help_text = _("%(name)s is kept. Choose a file only to take another one.") % {
                "name": kept
            }
        held = dict(
            Source.objects.filter(kind__in=("database", "publication")).order_by("title").values_list("key", "title")
        )
        named = {
            **{key: f"{said['publisher']}: {said['title']}" for key, said in known.items()},
            **{key: title for key, title in held.items() if key not in known},
        }
        self.fields["source"].choices = [*named.items(), (_NEW, _("A new source"))]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_UPLOAD:
            raise ValidationError(_("Choose a file of at most 20 MB."))
        return self.cleaned_data["file"]

    def clean_released(self) -> str:
        text = str(self.cleaned_data["released"]).strip()
        if text and not _WHEN.fullmatch(text):
            raise ValidationError(_("Write a year, a month or a day: 2024, 2024-05, 2024-05-16."))
        return text

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("source") == _NEW and not told.get("title"):
            self.add_error("title", _("Give the new source its title."))
        return told

    def facts(self) -> dict[str, str]:
        """What is kept of the file beside its content."""
        told = self.cleaned_data
        new = told["source"] == _NEW
        key = (slugify(told["title"])[:70] or f"source-{new_code()}") if new else told["source"]
        title = told["title"] if new else ""
        return {
            "key": key,
            "title": title,
            "label": told["label"],
            "released": told["released"],
            "encoding": told["encoding"],
            "name": (told["file"].name if told["file"] else self.kept)[:120],
        }


#: what a column can be, in words
def role_words() -> list[tuple[str, str]]:
    return [
        ("", _("Not read")), ("area", _("Country or region")), ("origin", _("Country of origin")), ("destination", _("Country of destination")),
        ("period", _("Time")), ("indicator", _("What is counted")), ("value", _("The figure")), ("low", _("At least")), ("high", _("At most")),
        ("sex", _("Sex")), ("age", _("Age")), ("residence", _("Town or country")), ("category", _("Category")), ("direction", _("Direction")),
        ("unit", _("Unit")), ("multiplier", _("Power of ten")), ("flag", _("Mark (SDMX status)")), ("note", _("Note")),
    ]  # fmt: skip


class ColumnsForm(forms.Form):
    """What each column is, and what holds for all figures. Columns that a year or an indicator heads are figures and are not asked for."""

    def __init__(
        self, *args: Any, header: Sequence[str], roles: Sequence[str], fixed: Mapping[int, str], settled: Mapping[str, Any], lang: str, **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.header, self.roles, self.fixed, self.settled = list(header), list(roles), fixed, dict(settled)
        choices = role_words()
        for at, title in enumerate(header[:60]):
            if at not in fixed and (title or roles[at]):
                known = choices if roles[at] in dict(choices) else [*choices, (roles[at], title)]
                self.fields[f"column-{at}"] = forms.ChoiceField(
                    label=title or str(at + 1), choices=known, initial=roles[at], required=False
                )
        self._ask_what_holds(lang)

    def _ask_what_holds(self, lang: str) -> None:
        named = [(each.code, pick(each.names, lang).text or each.code) for each in Indicator.objects.order_by("code")]
        said = self.settled
        self.fields["indicator"] = forms.ChoiceField(
            label=_("What is counted, where no column says it"), required=False, initial=said.get("indicator", ""),
            choices=[("", _("A column says it")), *((code, f"{name} ({code})" if name != code else code) for code, name in named)],
        )  # fmt: skip
        self.fields["period"] = forms.CharField(
            label=_("Time, where no column says it"), required=False, max_length=24, initial=said.get("period", ""), help_text=_("A year, a month or a day: 2024, 2024-05, 2024-05-16.")
        )  # fmt: skip
        self.fields["multiplier"] = forms.ChoiceField(
            label=_("Printed in"), initial=str(said.get("multiplier", 0)), choices=[("0", _("Whole numbers")), ("3", _("Thousands")), ("6", _("Millions")), ("9", _("Thousand millions"))]
        )  # fmt: skip
        self.fields["decimal"] = forms.ChoiceField(
            label=_("Before a fraction stands"), required=False, initial=said.get("decimal", ""),
            choices=[("", _("Found by itself")), (".", _("A point")), (",", _("A comma"))],
        )  # fmt: skip
        self.fields["counted_at"] = forms.ChoiceField(
            label=_("Movements are counted"), required=False, initial=said.get("counted_at", "destination"),
            choices=[("destination", _("in the country of destination")), ("origin", _("in the country of origin"))],
        )  # fmt: skip
        self.fields["remember"] = forms.CharField(
            label=_("Remember this for the next file with such a heading, as"), required=False, max_length=120, help_text=_("Leave it empty to remember nothing.")
        )  # fmt: skip

    def clean_period(self) -> str:
        text = str(self.cleaned_data["period"]).strip()
        if text and read_period(text) is None:
            raise ValidationError(_("Write a year, a month or a day: 2024, 2024-05, 2024-05-16."))
        return read_period(text) or ""

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.fixed and "value" not in self.chosen():
            raise ValidationError(_("Say which column holds the figures."))
        return told

    def chosen(self) -> list[str]:
        """The role of each column in order."""
        told = self.cleaned_data
        return [
            "value" if at in self.fixed else told.get(f"column-{at}", self.roles[at]) for at in range(len(self.header))
        ]

    def holds(self) -> dict[str, Any]:
        """What holds for all figures."""
        told = self.cleaned_data
        asked = {name: told[name] for name in ("indicator", "period", "decimal", "counted_at") if told.get(name)}
        kept = {
            name: value
            for name, value in self.settled.items()
            if name not in ("indicator", "period", "decimal", "counted_at", "multiplier")
        }
        ends = {"origin", "destination"} <= set(self.chosen())
        return {
            name: value
            for name, value in {**kept, **asked, "multiplier": int(told["multiplier"])}.items()
            if value and (ends or name != "counted_at")
        }


class TakeForm(forms.Form):
    """The word to go on; with a reason where a rule found something wrong."""

    despite = forms.CharField(
        label=gettext_lazy("Why it comes in nevertheless"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )  # fmt: skip
