"""Fields that the room's forms share: lines, days that may be known to the month, places, partners of the directory."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from hamroh.cases.forms.people import without_controls
from hamroh.directory import selectors as directory
from hamroh.directory.forms.fields import UnitField
from hamroh.directory.models import AdminUnit, Party
from hamroh.kernel.text import fold
from hamroh.web.texts import pick

OFF = {"autocomplete": "off"}
LONG = 2000
_YEAR_FIRST, _DAY_FIRST = (
    re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?"),
    re.compile(r"(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})"),
)
_KEYED = re.compile(r"\[([0-9a-z]{8})\]\s*$")
_MOST_FOUND = 6


class Line(forms.CharField):
    """A text on one line, without signs that nobody sees."""

    def __init__(self, label: Any, *, length: int = 160, **more: Any) -> None:
        super().__init__(label=label, max_length=length, widget=forms.TextInput(attrs=OFF), **more)

    def clean(self, value: Any) -> str:
        return without_controls(super().clean(value) or "")


def paragraph(label: Any, *, required: bool = False, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONG, required=required, widget=forms.Textarea(attrs={"rows": rows, **OFF}), **more
    )


def day(label: Any, *, required: bool = True, **more: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(
        label=label, required=required, widget=widget, input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": _("Write the day like 23.11.2026.")}, **more,
    )  # fmt: skip


def whole(
    label: Any, *, least: int = 0, most: int = 100_000, required: bool = False, **more: Any
) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", **OFF})
    return forms.IntegerField(label=label, required=required, min_value=least, max_value=most, widget=widget, **more)


def choice(label: Any, choices: Any, *, radio: bool = False, empty: Any = None, **more: Any) -> forms.ChoiceField:
    """One of several; ``empty`` is the word for none of them, where that may be."""
    listed = [*([("", empty)] if empty is not None else []), *choices]
    widget = forms.RadioSelect if radio else forms.Select
    return forms.ChoiceField(
        label=label, choices=listed, required=more.pop("required", empty is None), widget=widget,
        error_messages={"required": _("Choose one of these.")}, **more,
    )  # fmt: skip


class PlaceField(UnitField):
    """A place of the directory, typed by name; the form's value is its unit."""

    def clean(self, value: Any) -> Any:
        key = super().clean(value)
        return AdminUnit.objects.filter(key=key).first() if key else None


class SomeDay(Line):
    """A day, or the month or year of it, past or to come; the value is ``2026``, ``2026-11`` or ``2026-11-23``."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(
            label, length=10, **{"help_text": _("A day, a month or a year: 23.11.2026, 11.2026, 2026."), **more}
        )

    def prepare_value(self, value: Any) -> Any:
        """Shown as it is typed: the day first."""
        return ".".join(reversed(str(value).split("-"))) if value and _YEAR_FIRST.fullmatch(str(value)) else value

    def clean(self, value: Any) -> str:
        typed = super().clean(value).strip()
        return _partial(typed) if typed else ""


def _partial(typed: str) -> str:
    if found := _YEAR_FIRST.fullmatch(typed):
        year, month, of_month = found.groups()
    elif found := _DAY_FIRST.fullmatch(typed):
        of_month, month, year = found.groups()
    else:
        raise ValidationError(said("Write a day, a month or a year: 23.11.2026, 11.2026, 2026."))
    try:
        dt.date(int(year), int(month or 1), int(of_month or 1))
    except ValueError:
        raise ValidationError(said("There is no such day in the calendar.")) from None
    return "-".join(f"{int(part):02}" for part in (year, month, of_month) if part)


class PartyField(Line):
    """An organisation or office of the directory, typed by name; the form's value is the party."""

    def prepare_value(self, value: Any) -> Any:
        return shown_party(value) if isinstance(value, Party) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        return _party(typed) if typed else None


def shown_party(row: Party) -> str:
    """An entry as the desk writes it: name and code, so that it is found again without doubt."""
    return f"{pick(row.names, get_language() or 'en')} [{row.code}]"


def _party(typed: str) -> Party:
    rows = directory.public_parties(actor=None, text="" if _KEYED.search(typed) else typed)
    if match := _KEYED.search(typed):
        rows = rows.filter(code=match[1])
    found = list(rows[: _MOST_FOUND + 1])
    whole = [row for row in found if fold(typed) in {fold(name) for name in row.names.values()}]
    found = whole if len(whole) == 1 else found
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValidationError(said("No entry of the directory has this name. Add the entry there first."))
    choices = ", ".join(map(shown_party, found[:_MOST_FOUND]))
    raise ValidationError(said("Several may be meant. Write one of these: %(choices)s") % {"choices": choices})


class PartiesField(forms.CharField):
    """Organisations of the directory, one a line; the value is a list of parties."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label=label, required=False, widget=forms.Textarea(attrs={"rows": 3, **OFF}), **more)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(shown_party, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[Party]:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        return list(dict.fromkeys(_party(line) for line in lines if line))
