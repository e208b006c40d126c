"""A date as far as it is known: a year, a month, a day."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.vault.rules import digits

EARLIEST = 1900
_DAYS_FIRST = re.compile(r"(?:(?:(\d{1,2})[./-])?(\d{1,2})[./-])?(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})(?:[./-](\d{1,2}))?(?:[./-](\d{1,2}))?")
#: the day begins so much earlier in the east than in UTC
_EAST = dt.timedelta(hours=14)


class PartialDateField(forms.CharField):
    """``1992``, ``03.1992`` or ``14.03.1992`` (or year first) as ``{"year", "month", "day"}`` as far as given, None where it is empty.

    A date after today is refused.
    """

    default_error_messages = {
        "no_date": _("Write a year, a month with its year, or a day: 1992, 03.1992 or 14.03.1992."),
        "no_such_day": _("There is no such day in the calendar."),
        "too_early": _("Write a year from 1900 on."),
        "to_come": _("This day has not come yet."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 20, "required": False, **options})
        self.widget.attrs.setdefault("autocomplete", "off")

    def to_python(self, value: Any) -> Any:
        typed = str(super().to_python(value) or "").strip()
        if not typed:
            return None
        year, month, day = self._read(typed)
        if year < EARLIEST:
            raise forms.ValidationError(self.error_messages["too_early"], code="too_early")
        try:
            first = dt.date(year, 1 if month is None else month, 1 if day is None else day)
        except ValueError:
            raise forms.ValidationError(self.error_messages["no_such_day"], code="no_such_day") from None
        if first > (timezone.now() + _EAST).date():
            raise forms.ValidationError(self.error_messages["to_come"], code="to_come")
        return {key: part for key, part in (("year", year), ("month", month), ("day", day)) if part}

    def _read(self, typed: str) -> tuple[int, int | None, int | None]:
        plain = re.sub(r"\d", lambda sign: digits(sign.group()), typed)
        if found := _DAYS_FIRST.fullmatch(plain):
            day, month, year = found.groups()
        elif found := _YEAR_FIRST.fullmatch(plain):
            year, month, day = found.groups()
        else:
            raise forms.ValidationError(self.error_messages["no_date"], code="no_date")
        return int(year), int(month) if month is not None else None, int(day) if day is not None else None

    def validate(self, value: Any) -> None:
        forms.Field.validate(self, value)

    def run_validators(self, value: Any) -> None:
        """What was read is no text any more; its length was bounded by the patterns."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(initial != data)


def as_typed(known: Mapping[str, int] | None) -> str:
    """A partial date as somebody would type it: 14.03.1992."""
    if not known or "year" not in known:
        return ""
    parts = [f"{known[key]:02}" for key in ("day", "month") if key in known]
    return ".".join([*parts, str(known["year"])])


def as_text(known: Mapping[str, int] | None) -> str:
    """A partial date in the form that pages write in words: 1992-03-14."""
    if not known or "year" not in known:
        return ""
    return "-".join([str(known["year"]), *(f"{known[key]:02}" for key in ("month", "day") if key in known)])


def order_of(known: Mapping[str, int]) -> tuple[int, int, int]:
    """What partial dates are put in order by: an unknown part is the least."""
    return known["year"], known.get("month", 0), known.get("day", 0)
