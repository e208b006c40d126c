"""Forms of the page that a service without an account reads."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Code(forms.Form):
    """What was told by voice."""

    code = forms.CharField(
        label=_("The code that we tell you by telephone"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": _("Type the six digits.")},
    )  # fmt: skip


class Seen(forms.Form):
    """What a service tells of her: as little as it wants."""

    words = forms.CharField(
        label=_("What do you want to tell?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who sent it reads this. Name nobody."),
    )  # fmt: skip
