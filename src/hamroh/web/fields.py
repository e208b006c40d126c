"""Fields that forms of many rooms share: lines, paragraphs, days, numbers, one of several."""

import datetime as dt
import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

OFF = {"autocomplete": "off"}
LONG = 2000
_UNSEEN, _JOINERS = ("Cc", "Cf", "Co", "Cs"), "\u200c\u200d"
_YEAR_FIRST = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})")


def without_controls(typed: str) -> str:
    """A text on one line without signs that nobody sees and that turn others round; joiners of Arabic script stay."""
    plain = unicodedata.normalize("NFC", " ".join(typed.split()))
    return "".join(sign for sign in plain if sign in _JOINERS or unicodedata.category(sign) not in _UNSEEN).strip()


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


def whole(label: Any, *, most: int, least: int = 0, required: bool = False, **more: Any) -> forms.IntegerField:
    """A whole number; ``most`` is what could still be true, so that a slip of the finger is caught."""
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
