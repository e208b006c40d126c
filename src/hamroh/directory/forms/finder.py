"""The two fields of the help finder and the fixed choices of a report; browsers are asked to remember none of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hamroh.directory.models import Report

_FORGET = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class WordsForm(forms.Form):
    w = forms.CharField(
        label=_("In your own words"),
        max_length=200,
        widget=forms.TextInput(attrs=_FORGET),
        error_messages={"required": _("Write a word or two, or choose a sentence.")},
    )


class PlaceForm(forms.Form):
    v = forms.CharField(
        label=_("Write the name of a place"),
        max_length=100,
        widget=forms.TextInput(attrs=_FORGET),
        error_messages={"required": _("Write the name of a place, or choose one from the list.")},
    )


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=Report.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong."), "invalid_choice": _("Choose what is wrong.")},
    )
