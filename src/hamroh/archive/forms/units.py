"""Describing: a unit, where it lies, its recordings and pictures."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hamroh.archive.models import BasisKind, Kind, Level, Unit
from hamroh.archive.states import UnitStates
from hamroh.directory.forms.fields import ChoicesField, KeysField, TextsField, UnitsField
from hamroh.directory.models import AdminUnit
from hamroh.thesaurus.models import Concept
from hamroh.web.texts import pick

_PARTIAL = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_HINT = _("A year, a month or a day: 2008, 2008-10, 2008-10-31.")
#: what is kept in ``details``
DETAILS = ("extent", "arrangement", "access", "rights", "notes")


class PartialField(forms.CharField):
    """A date that may be known to the year or the month only."""

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value) or "")
        if typed and not _is_date(typed):
            raise ValidationError(gettext("Write a year, a month or a day: 2008, 2008-10, 2008-10-31."))
        return typed


def _is_date(typed: str) -> bool:
    try:
        return bool(_PARTIAL.fullmatch(typed) and dt.date(*[*(int(part) for part in typed.split("-")), 1, 1][:3]))
    except ValueError:
        return False


class UnitFilter(forms.Form):
    """What the list is narrowed by."""

    text = forms.CharField(label=_("Title or reference code"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *UnitStates.choices()])


class UnitForm(forms.Form):
    """A unit of description."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    level = forms.ChoiceField(label=pgettext_lazy("archive", "Level"), choices=Level.choices, initial=Level.ITEM)
    kind = forms.ChoiceField(
        label=_("What it is"), choices=[("", "–"), *Kind.choices], required=False, help_text=_("For items alone.")
    )
    reference = forms.CharField(label=_("Reference code"), max_length=60)
    titles = TextsField(label=_("Title"))
    abouts = TextsField(rows=4, label=_("What it is about, in short"), required=False)
    basis = forms.ChoiceField(
        label=_("Why it may be public at all"), choices=BasisKind.choices, help_text=_("For items alone.")
    )
    date_from = PartialField(label=pgettext_lazy("archive", "From"), max_length=10, required=False, help_text=_HINT)
    date_to = PartialField(label=pgettext_lazy("archive", "Until"), max_length=10, required=False)
    languages = ChoicesField(choices=settings.LANGUAGES, label=_("Languages"))
    creators = TextsField(label=_("Made or collected by"), required=False)
    extent = TextsField(label=_("Extent"), required=False)
    arrangement = TextsField(rows=2, label=_("Arrangement"), required=False)
    access = TextsField(rows=2, label=_("Access"), required=False)
    rights = TextsField(rows=2, label=_("Conditions of use"), required=False)
    notes = TextsField(rows=2, label=_("Notes"), required=False, help_text=_("No names of narrators."))
    places = UnitsField(label=_("Places"), required=False, help_text=_("One place a line."))
    subjects = KeysField(label=_("Concepts"), required=False, help_text=_("Keys of the thesaurus, parted by commas."))

    def __init__(self, data: Any = None, *, unit: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(data, initial=_read(unit) if unit else None, **kwargs)

    def clean_subjects(self) -> list[Concept]:
        return concepts(self.cleaned_data["subjects"])

    def clean_places(self) -> list[AdminUnit]:
        return list(AdminUnit.objects.filter(key__in=self.cleaned_data["places"]))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if (told.get("level") == Level.ITEM) != bool(told.get("kind")):
            self.add_error("kind", gettext("Say what kind of thing an item is; a whole has no kind."))
        return told

    def facts(self) -> dict[str, Any]:
        told = {name: value for name, value in self.cleaned_data.items() if name not in ("seen", *DETAILS)}
        return told | {"details": {name: self.cleaned_data[name] for name in DETAILS if self.cleaned_data[name]}}


def concepts(keys: Any) -> list[Concept]:
    """Concepts by their keys; ValidationError names one that there is not."""
    found = {each.key: each for each in Concept.objects.filter(key__in=list(keys))}
    if missing := [key for key in keys if key not in found]:
        raise ValidationError(gettext("The thesaurus has no concept with this key: %(key)s") % {"key": missing[0]})
    return list(found.values())


def _read(unit: Unit) -> dict[str, Any]:
    plain = ("level", "kind", "reference", "titles", "abouts", "basis", "date_from", "date_to", "languages", "creators")
    return {
        **{name: getattr(unit, name) for name in plain}, **{name: unit.details.get(name, {}) for name in DETAILS},
        "seen": unit.version, "places": [each.key for each in unit.places.all()], "subjects": [each.key for each in unit.subjects.all()],
    }  # fmt: skip


class MoveForm(forms.Form):
    """Where a unit lies, and at which place."""

    part_of = forms.ChoiceField(label=_("Lies in"), required=False)
    position = forms.IntegerField(label=_("Place in the order"), min_value=1, required=False)

    def __init__(self, *args: Any, wholes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = get_language() or "en"
        named = [(each.code, f"{each.reference} {pick(each.titles, lang).text}") for each in wholes]
        self.fields["part_of"].choices = [("", gettext("nothing: it is the widest")), *named]  # type: ignore[attr-defined]


class MediaForm(forms.Form):
    """A recording or a picture from the editor's own disk."""

    file = forms.FileField(
        label=_("File"), help_text=_("A recording (WAV, MP3, FLAC, OGG, MP4) or a picture; at most 48 MB.")
    )
    alts = TextsField(
        rows=2, label=_("What is on the picture"), required=False, help_text=_("For those who do not see it.")
    )


class AltsForm(forms.Form):
    """Words for a picture."""

    alts = TextsField(rows=2, label=_("What is on the picture"), help_text=_("For those who do not see it."))
