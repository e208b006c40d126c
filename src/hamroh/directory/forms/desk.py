"""The small forms of the desk: filters, checks, moves, consents, reports."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamroh.directory.forms.fields import UnitField
from hamroh.directory.models import AdminUnit, PartyKind
from hamroh.directory.states import EntryStates, ReportStates


class DeskFilter(forms.Form):
    """What the list of entries is narrowed by; every part may be empty."""

    text = forms.CharField(label=_("Words of the name"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *PartyKind.choices])
    state = forms.ChoiceField(label=_("State"), required=False)
    place = UnitField(label=_("Place"), required=False)
    overdue = forms.BooleanField(label=_("Only those to be checked"), required=False)
    mine = forms.BooleanField(label=_("Only those of my organisation"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(name, _(label)) for name, label in EntryStates.choices()]
        self.fields["state"].choices = [("", _("all")), *states]  # type: ignore[attr-defined]

    def clean_place(self) -> AdminUnit | None:
        return AdminUnit.objects.filter(key=self.cleaned_data["place"]).first()


class VerifyForm(forms.Form):
    """Somebody has checked the entry today."""

    next_review_date = forms.DateField(
        label=_("Check again by"),
        required=False,
        help_text=_("Left empty: in six months with a phone, otherwise in twelve."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class MoveForm(forms.Form):
    """Where an entry goes: listed, back to draft, archived."""

    to = forms.ChoiceField(choices=EntryStates.choices())


class ReportStep(forms.Form):
    """What became of a report."""

    to = forms.ChoiceField(choices=ReportStates.choices())


class ConsentForm(forms.Form):
    """That a person or a group without registration chose to be listed."""

    how = forms.CharField(label=_("How was it given?"), max_length=60, help_text=_("For example: in person, by phone."))
    text_version = forms.CharField(label=_("Which text was read to them?"), max_length=40)
    given_date = forms.DateField(label=_("Given on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    expires_date = forms.DateField(
        label=_("Ends on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Two years at most."),
    )
