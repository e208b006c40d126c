"""The search of the library: words, and facets that narrow what they find."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.library.selectors.searching import Choices


class LibrarySearch(forms.Form):
    """Several words, and one value of each facet; an address may ask anything, none is refused."""

    use_required_attribute = False

    q = forms.CharField(label=_("Words to look for"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind"))
    subject = forms.ChoiceField(label=_("Subject"))
    language = forms.ChoiceField(label=pgettext_lazy("library", "Written in"))
    year = forms.ChoiceField(label=_("Year"))
    place = forms.ChoiceField(label=_("Place"))

    def __init__(self, data: Any, choices: Choices) -> None:
        super().__init__(data, auto_id="s_%s")
        for name, offered in choices.items():
            shown = [(value, f"{words} ({count})") for value, words, count, _on in offered]
            self.fields[name].choices = [("", _("all")), *shown]  # type: ignore[attr-defined]
