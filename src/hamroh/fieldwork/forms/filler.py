"""The form that brings a browser in."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hamroh.accounts.models import Organisation

#: bytes of a file that is carried by hand
LARGEST = 40 * 2**20


class BringIn(forms.Form):
    """Whose forms this browser fills, and what the desk calls it."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label=_("For which organisation?"), widget=forms.RadioSelect,
        empty_label=None,
    )  # fmt: skip
    label = forms.CharField(
        label=_("What should the desk call this device?"), max_length=60, required=False,
        help_text=_("So that the right one is revoked when it is lost. No name of a person is needed."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["organisation"]
        field.queryset = organisations
        if len(organisations) == 1:
            field.initial = organisations[0]
            field.widget = field.hidden_widget()
            field.widget.choices = field.choices


class BringFile(forms.Form):
    """A file of sealed forms."""

    file = forms.FileField(label=_("The file"), help_text=_("It was saved in the filler by “Save to a file”."))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("This file is too large."))
        return file
