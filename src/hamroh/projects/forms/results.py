"""Forms of periods and figures."""

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.directory.forms.fields import TextsField
from hamroh.directory.forms.named import PlaceField
from hamroh.projects.actions import Aimed, Reached
from hamroh.projects.forms.fields import Amount, PairsField
from hamroh.projects.models import Indicator, Measure, Project, SourceKind
from hamroh.projects.selectors import choices_of
from hamroh.web.fields import Line, choice, day

_MONTHS = {"quarter": 3, "half": 6, "year": 12}
_MOST = 60
#: sources whose figure is read where it stands
READ_THERE = (SourceKind.RELEASE, SourceKind.TRAINING, SourceKind.CAMPAIGN)
DOCUMENT_OR_TYPED = [(kind.value, kind.label) for kind in (SourceKind.DOCUMENT, SourceKind.TYPED)]


class PeriodsForm(forms.Form):
    """Several periods at once, one behind the other."""

    starts_date, ends_date = day(_("From")), day(_("To"))
    length = choice(
        _("How long is one?"),
        [("whole", _("All of it is one period")), ("year", _("A year")), ("half", _("Half a year")), ("quarter", _("A quarter"))],
        radio=True, initial="year",
    )  # fmt: skip
    value = Amount(_("What is to be reached in each?"), required=False)
    words = Line(_("Or in words"), length=300, required=False)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        first, last = told.get("starts_date"), told.get("ends_date")
        if first and last and last < first:
            self.add_error("ends_date", said("It cannot end before it begins."))
        elif first and last and len(list(spans(first, last, told.get("length", "whole")))) > _MOST:
            self.add_error("ends_date", said("That is more periods than a plan can hold."))
        return told

    @property
    def periods(self) -> list[Aimed]:
        told = self.cleaned_data
        cut = spans(told["starts_date"], told["ends_date"], told["length"])
        return [Aimed(first, last, told["value"], told["words"]) for first, last in cut]


def spans(first: dt.date, last: dt.date, length: str) -> Iterator[tuple[dt.date, dt.date]]:
    """The time from a day to another, cut after so many months; the last piece is as long as is left."""
    months, start, number = _MONTHS.get(length, 0), first, 0
    while start <= last and number <= _MOST:
        number += 1
        following = _later(first, months * number) if months else last + dt.timedelta(days=1)
        yield start, min(following - dt.timedelta(days=1), last)
        start = following


def _later(day_: dt.date, months: int) -> dt.date:
    year, month = divmod(day_.year * 12 + day_.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day_.day, calendar.monthrange(year, month + 1)[1]))


class PeriodForm(forms.Form):
    value = Amount(_("What is to be reached?"), required=False)
    words = Line(_("Or in words"), length=300, required=False)
    missing = TextsField(label=_("If no figure will come: why?"), required=False)


class SourceForm(forms.Form):
    source_kind = choice(_("Whence is it known?"), SourceKind.choices, radio=True)


class FigureForm(forms.Form):
    """A figure from one kind of source: chosen where the system has it, typed with its paper otherwise."""

    value = Amount(pgettext_lazy("figure", "How many?"), required=False)
    at_least = forms.BooleanField(label=_("There were more than that"), required=False)
    words = Line(_("What was reached?"), length=300, required=False)
    source_ref = forms.ChoiceField(
        label=_("Which one?"), widget=forms.RadioSelect, error_messages={"required": _("Choose one of these.")}
    )
    source_words = Line(
        _("Which paper, page or reason?"),
        length=300,
        help_text=_("So that somebody else finds it again. Name no person."),
    )
    place = PlaceField(label=_("Only at this place"), required=False)
    dimensions = PairsField(_("Only these people"), help_text=_("One a line, like sex: f. Empty: everybody."))

    def __init__(
        self, *args: Any, actor: Any, project: Project, indicator: Indicator, kind: str, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        in_words, read_there = indicator.measure == Measure.WORDS, kind in READ_THERE
        drop = {"words"} if not in_words else {"value", "at_least", "source_ref"}
        drop |= {"value", "at_least", "source_words"} if read_there else {"source_ref"}
        if in_words and read_there:
            drop = {"value", "at_least", "source_ref", "source_words"}
        for name in drop:
            self.fields.pop(name, None)
        if "source_ref" in self.fields:
            found = choices_of(actor=actor, project=project, kind=kind)
            self.fields["source_ref"].choices = [  # type: ignore[attr-defined]
                (each.ref, f"{each.value}: {each.words}") for each in found
            ]
            self.is_empty = not found

    is_empty = False

    @property
    def reached(self) -> Reached:
        return Reached(source_kind=self.kind, **self.cleaned_data)


class WithdrawForm(forms.Form):
    why = Line(_("Why does it not count?"), length=300)


class FillForm(forms.Form):
    """All indicators of one span of time in one table: what is typed is written, what stays empty is not touched."""

    source_kind = choice(_("Whence is it known?"), DOCUMENT_OR_TYPED, radio=True, initial="document")
    source_words = Line(
        _("Which paper, page or reason?"),
        length=300,
        help_text=_("So that somebody else finds it again. Name no person."),
    )

    def __init__(self, *args: Any, lines: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines = list(lines)
        for indicator, line in self.lines:
            whole = line.whole
            name = f"v_{line.row.pk}"
            if indicator.row.measure == Measure.WORDS:
                self.fields[name] = Line(
                    pgettext_lazy("figure", "Reached"), length=300, required=False, initial=whole.words if whole else ""
                )
            else:
                self.fields[name] = Amount(
                    pgettext_lazy("figure", "Reached"), required=False, initial=whole.value if whole else None
                )
            self.fields[f"b_{line.row.pk}"] = forms.UUIDField(
                required=False, widget=forms.HiddenInput, initial=whole.pk if whole else None
            )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(True for _each in self.typed):
            raise ValidationError(said("Nothing was changed."))
        return told

    @property
    def typed(self) -> Iterator[tuple[Any, Reached, Any]]:
        """Period, figure and the figure before, for each that was typed anew."""
        for _indicator, line in self.lines:
            value, whole = self.cleaned_data.get(f"v_{line.row.pk}"), line.whole
            if value in (None, "") or (whole and value in (whole.value, whole.words)):
                continue
            given = {"words": value} if isinstance(value, str) else {"value": value}
            source = {name: self.cleaned_data.get(name, "") for name in ("source_kind", "source_words")}
            yield line.row, Reached(**source, **given), self.cleaned_data.get(f"b_{line.row.pk}")

    @property
    def cells(self) -> list[tuple[Any, Any, Any, Any]]:
        """Indicator, period, field and hidden field of each line, for the table."""
        return [(one, line, self[f"v_{line.row.pk}"], self[f"b_{line.row.pk}"]) for one, line in self.lines]
