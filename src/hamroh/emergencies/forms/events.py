"""Forms of events, incidents and the log."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models import User
from hamroh.directory.forms.fields import TextsField, UnitsField
from hamroh.directory.forms.named import PlaceField
from hamroh.emergencies.forms.fields import Person, line, moment
from hamroh.emergencies.models import Hazard, Level, LogKind, Severity
from hamroh.web.fields import choice, day, paragraph

MOST_AREAS = 60
REALITY = [("exercise", _("An exercise")), ("real", _("It is real"))]


class _Titled(forms.Form):
    """What every form of an event asks."""

    def clean_titles(self) -> dict[str, str]:
        titles: dict[str, str] = self.cleaned_data["titles"]
        if any(len(text) > 160 for text in titles.values()):
            raise forms.ValidationError(_("A title has at most 160 signs."))
        return titles

    def clean_areas(self) -> tuple[str, ...]:
        areas: tuple[str, ...] = self.cleaned_data["areas"]
        if len(areas) > MOST_AREAS:
            raise forms.ValidationError(_("Name a wider place instead of so many."))
        return areas


def _titles() -> TextsField:
    return TextsField(label=_("What is it called?"), help_text=_("In one language at least. Name no person."))


def _areas() -> UnitsField:
    return UnitsField(label=_("Where?"), help_text=_("Districts or towns, one a line."))


def _glide() -> forms.CharField:
    return line(
        _("GLIDE number"), required=False, length=20, help_text=_("Such as MS-2010-000158-TJK, where one was given.")
    )


class NewEvent(_Titled):
    reality = choice(
        _("Is it real?"), REALITY, radio=True,
        help_text=_("This never changes afterwards. An exercise is marked on every page, report and alert."),
    )  # fmt: skip
    hazard = choice(_("What happened?"), Hazard.choices)
    titles = _titles()
    areas = _areas()
    started_at = moment(_("Since when?"))
    glide = _glide()
    note = paragraph(_("Note for those who lead"))


class ChangedEvent(_Titled):
    titles = _titles()
    areas = _areas()
    ended_date = day(_("Last day of the hazard"), required=False)
    glide = _glide()
    note = paragraph(_("Note for those who lead"))


class _Assessing(forms.Form):
    severity = choice(_("How severe is it?"), Severity.choices, radio=True)
    level = choice(_("Who can cope with it?"), Level.choices, radio=True)


class NewIncident(_Assessing):
    place = PlaceField(label=_("Place"))
    spot = line(_("Where there?"), required=False, help_text=_("A street, bridge or field. No house of anybody."))
    started_at = moment(_("Since when?"))
    lead = line(_("Which organisation leads there?"), length=160)
    commander = Person(_("Who of us commands?"), required=False)
    words = paragraph(_("Why is it seen so?"))
    field_order = ["place", "spot", "started_at", "lead", "commander", "severity", "level", "words"]

    def __init__(self, *args: Any, people: list[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["commander"].among(people)  # type: ignore[attr-defined]


class Assessed(_Assessing):
    commander = Person(_("Who of us commands?"), required=False)
    words = paragraph(_("Why is it seen so now?"), required=True)
    field_order = ["severity", "level", "commander", "words"]

    def __init__(self, *args: Any, people: list[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["commander"].among(people)  # type: ignore[attr-defined]


class Reason(forms.Form):
    words = paragraph(_("Why?"), required=True, min_length=10)


class NewLine(forms.Form):
    kind = choice(_("What is it?"), [each for each in LogKind.choices if each[0] != LogKind.DONE])
    happened_at = moment(_("When was it?"), required=False, help_text=_("Empty: now."))
    words = paragraph(pgettext_lazy("log", "What was said, learned or decided?"), required=True, min_length=3)
