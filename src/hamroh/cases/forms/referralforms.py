"""The form between agencies: what is asked before it is printed."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class Printed(forms.Form):
    """The form between agencies, on paper."""

    language = forms.ChoiceField(label=_("In which language?"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    with_name = forms.BooleanField(
        label=_("Her name stands on it"), required=False,
        help_text=_("Else the number of the referral. Paper is found: ask her."),
    )  # fmt: skip

    def __init__(self, *args: Any, has_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_name:
            del self.fields["with_name"]
