"""The small forms of the library's desk: filters, files, copies, a subject."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.directory.forms.fields import TextsField, UnitField
from hamroh.library.forms.fields import PartyField
from hamroh.library.models import FileUse, RecordKind
from hamroh.library.states import RecordStates

LANGUAGE_CHOICES = [("", "–"), *settings.LANGUAGES]


class RecordFilter(forms.Form):
    """What the list of records is narrowed by; every part may be empty."""

    text = forms.CharField(label=_("Words of the title"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *RecordKind.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *RecordStates.choices()])


class FileForm(forms.Form):
    """A file from the editor's own disk."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, Word (docx), OpenDocument text, EPUB, plain text, or a picture; at most 50 MB."),
    )
    use = forms.ChoiceField(label=_("What it is"), choices=FileUse.choices)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGE_CHOICES, required=False)
    titles = TextsField(label=_("Title of the file"), required=False)


class CopiesForm(forms.Form):
    """Printed copies that went to a region on a day."""

    unit = UnitField(label=_("Region or district"))
    on_date = forms.DateField(
        label=_("Day"), initial=timezone.localdate, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    copies = forms.IntegerField(label=_("Copies"), min_value=1, max_value=1_000_000)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    receiver = PartyField(
        label=_("Who received them"), required=False, help_text=_("An entry of the directory: a word of its name.")
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=300, help_text=_("No names of people."))

    def clean(self) -> dict[str, Any]:
        return super().clean() or {}
