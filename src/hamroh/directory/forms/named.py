"""Fields of other rooms that take a place or an entry of the directory by its name; the form's value is the row itself."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hamroh.directory import selectors
from hamroh.directory.forms.fields import UnitField
from hamroh.directory.models import AdminUnit, Party
from hamroh.kernel.text import fold
from hamroh.web.fields import OFF, Line
from hamroh.web.texts import pick

_CODED = re.compile(r"\[([0-9a-z]{8})\]\s*$")
_MOST_FOUND = 6


class PlaceField(UnitField):
    """A place of the directory, typed by name; the form's value is its unit. A key that nothing has is refused."""

    def clean(self, value: Any) -> Any:
        key = super().clean(value)
        found = AdminUnit.objects.filter(key=key).first() if key else None
        if key and found is None:
            raise ValidationError(_("No place has this name. Check the spelling, or write the district it lies in."))
        return found


class PartyField(Line):
    """An organisation or office of the directory, typed by name; the form's value is the party."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label, length=300, **more)

    def prepare_value(self, value: Any) -> Any:
        return shown_party(value) if isinstance(value, Party) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        return party_named(typed) if typed else None


class PartiesField(forms.CharField):
    """Organisations of the directory, one a line; the value is a list of parties."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label=label, required=False, widget=forms.Textarea(attrs={"rows": 3, **OFF}), **more)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(shown_party, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[Party]:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        return list(dict.fromkeys(party_named(line) for line in lines if line))


def shown_party(row: Party) -> str:
    """An entry as the desk writes it: name and code, so that it is found again without doubt."""
    return f"{pick(row.names, get_language() or 'en')} [{row.code}]"


def party_named(typed: str) -> Party:
    """The public entry that was typed; ValidationError names the entries that it may be."""
    match = _CODED.search(typed)
    rows = selectors.public_parties(actor=None, text="" if match else typed)
    found = list((rows.filter(code=match[1]) if match else rows)[: _MOST_FOUND + 1])
    exact = [row for row in found if fold(typed) in {fold(name) for name in row.names.values()}]
    found = exact if len(exact) == 1 else found
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValidationError(_("No entry of the directory has this name. Add the entry there first."))
    choices = ", ".join(map(shown_party, found[:_MOST_FOUND]))
    raise ValidationError(_("Several may be meant. Write one of these: %(choices)s") % {"choices": choices})
