"""The form for a file of entries."""

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST_UPLOAD = 10 * 2**20


class ImportForm(forms.Form):
    """A file that is tried before anything is written."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV in UTF-8, XLSX or HSDS JSON, at most 10 MB."),
        error_messages={
            "required": _("Choose a file of at most 10 MB."),
            "empty": _("The file is empty."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.json"}),
    )
