"""Fields that the room's forms share: lines, days that may be known to the month, places, partners, themes, amounts."""

import datetime as dt
import re
from decimal import Decimal
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
from hamroh.thesaurus.models import Concept
from hamroh.thesaurus.selectors import concept_lookup, names
from hamroh.web.texts import pick

OFF = {"autocomplete": "off"}
NOT_SAID = _("not said")
_YEAR_FIRST = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})")
_KEYED = re.compile(r"\[([0-9a-z]{8})\]\s*$")
_CONCEPT = re.compile(r"\[([^\[\]\s]{1,120})\]\s*$")
_MOST_FOUND = 6


class Line(forms.CharField):
    """A text on one line, without signs that nobody sees."""

    def __init__(self, label: Any, *, length: int = 160, **more: Any) -> None:
        super().__init__(label=label, max_length=length, widget=forms.TextInput(attrs=OFF), **more)

    def clean(self, value: Any) -> str:
        return without_controls(super().clean(value) or "")


def day(label: Any, *, required: bool = True, **more: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(
        label=label, required=required, widget=widget, input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": _("Write the day like 23.11.2026.")}, **more,
    )  # fmt: skip


def whole(
    label: Any, *, least: int = 0, most: int = 2_000_000_000, required: bool = False, **more: Any
) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", **OFF})
    return forms.IntegerField(label=label, required=required, min_value=least, max_value=most, widget=widget, **more)


class Amount(forms.DecimalField):
    """A number as people write it: 1 250,50 and 1250.50 are one. An exponent is no amount."""

    def __init__(self, label: Any, *, digits: int = 20, places: int = 4, **more: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", **OFF})
        super().__init__(label=label, max_digits=digits, decimal_places=places, widget=widget, **more)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        typed = re.sub(r"[\s\u00a0\u202f]", "", str(value)) if value not in (None, "") else ""
        if typed and not re.fullmatch(r"[-−]?\d{1,24}(?:[.,]\d{1,8})?", typed):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(typed.replace(",", ".").replace("−", "-"))

    def prepare_value(self, value: Any) -> Any:
        """Without the noughts that a table adds."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


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
        found = AdminUnit.objects.filter(key=key).first() if key else None
        if key and found is None:
            raise ValidationError(said("No place has this name. Check the spelling, or write the district it lies in."))
        return found


class SomeDay(Line):
    """A day, or the month or year of it; the value is ``2026``, ``2026-11`` or ``2026-11-23``."""

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

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label, length=300, **more)

    def prepare_value(self, value: Any) -> Any:
        return shown_party(value) if isinstance(value, Party) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        return _party(typed) if typed else None


def shown_party(row: Party) -> str:
    """An entry as the desk writes it: name and code, so that it is found again without doubt."""
    return f"{pick(row.names, get_language() or 'en')} [{row.code}]"


def _party(typed: str) -> Party:
    match = _KEYED.search(typed)
    rows = directory.public_parties(actor=None, text="" if match else typed)
    rows = rows.filter(code=match[1]) if match else rows
    found = list(rows[: _MOST_FOUND + 1])
    exact = [row for row in found if fold(typed) in {fold(name) for name in row.names.values()}]
    found = exact if len(exact) == 1 else found
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValidationError(said("No entry of the directory has this name. Add the entry there first."))
    choices = ", ".join(map(shown_party, found[:_MOST_FOUND]))
    raise ValidationError(said("Several may be meant. Write one of these: %(choices)s") % {"choices": choices})


class ThemesField(forms.CharField):
    """Themes of the thesaurus, one a line, by a name in any language; the value is a list of concepts."""

    def __init__(self, label: Any, **more: Any) -> None:
        more = {"help_text": _("Words of the thesaurus in any language, one a line."), **more}
        super().__init__(
            label=label, required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3, **OFF}), **more
        )

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list | tuple):
            return value
        called = names([each.pk for each in value], get_language() or "en")
        return "\n".join(f"{called[each.pk].text} [{each.key}]" if each.pk in called else each.key for each in value)

    def clean(self, value: Any) -> list[Concept]:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        return list(dict.fromkeys(_concept(line) for line in lines if line))


def _concept(typed: str) -> Concept:
    key = match[1] if (match := _CONCEPT.search(typed)) else ""
    if not key:
        found = concept_lookup(typed, get_language() or "en", limit=_MOST_FOUND)
        exact = [each for each in found if fold(each.label) == fold(typed)]
        keys = {each.key for each in exact or found}
        if len(keys) > 1:
            listed = ", ".join(f"{each.title} [{each.key}]" for each in found)
            raise ValidationError(said("Several may be meant. Write one of these: %(choices)s") % {"choices": listed})
        key = keys.pop() if keys else ""
    row = Concept.objects.filter(key=key).order_by("pk").first() if key else None
    if row is None:
        raise ValidationError(said("The thesaurus does not know “%(words)s”.") % {"words": typed[:80]})
    return row


class PairsField(forms.CharField):
    """Dimensions of a figure, one a line: ``sex: f``. The value is ``{name: code}``."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(
            label=label, required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2, **OFF}), **more
        )

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(f"{name}: {code}" for name, code in value.items()) if isinstance(value, dict) else value

    def clean(self, value: Any) -> dict[str, str]:
        pairs: dict[str, str] = {}
        for line in filter(None, (line.strip() for line in super().clean(value).splitlines())):
            name, colon, code = (part.strip() for part in line.partition(":"))
            if not colon or not name or not code or name in pairs:
                raise ValidationError(said("Write one a line, like sex: f."))
            pairs[name] = code
        return pairs


class Currency(Line):
    """Three capital letters: TJS, AZN, USD."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label, length=3, help_text=_("Three letters: TJS, AZN, USD, EUR."), **more)

    def clean(self, value: Any) -> str:
        typed = super().clean(value).upper()
        if not re.fullmatch(r"[A-Z]{3}", typed):
            raise ValidationError(said("Three letters: TJS, AZN, USD, EUR."))
        return typed


class Address(forms.URLField):
    """An address on the internet that opens in a browser: nothing else is ever made a link."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(
            label=label, required=False, max_length=500, assume_scheme="https", widget=forms.URLInput(attrs=OFF), **more
        )

    def clean(self, value: Any) -> str:
        address = str(super().clean(value))
        if address and not address.startswith(("https://", "http://")):
            raise ValidationError(said("Write an address that begins with https:// or http://."))
        return address
