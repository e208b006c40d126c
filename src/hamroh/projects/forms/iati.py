"""Files that somebody brings: projects of the aid standard, the table of activities."""

from django import forms
from django.utils.translation import gettext_lazy as _

_ERRORS = {"required": _("Choose the file."), "empty": _("The file is empty.")}


class ActivitiesFile(forms.Form):
    file = forms.FileField(
        label=_("File of activities (IATI)"), help_text=_("XML of version 2, at most 20 MB and 1,000 activities."), error_messages=_ERRORS,
    )  # fmt: skip
    take_changes = forms.BooleanField(
        label=_("Take over what changed in projects that came from such a file before"), required=False,
    )  # fmt: skip


class TableFile(forms.Form):
    file = forms.FileField(
        label=_("Table of activities"), help_text=_("XLSX or CSV with the columns of the table, at most 5,000 rows."), error_messages=_ERRORS,
    )  # fmt: skip
