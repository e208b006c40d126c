"""The search of the public directory: words, and facets that narrow what they find."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamroh.directory.templatetags.finder import language_name

Choices = Mapping[str, Sequence[tuple[str, str, int, bool]]]


class DirectorySearch(forms.Form):
    """Several words, and one value of each facet that narrows what they find."""

    q = forms.CharField(
        label=_("Words to look for"),
        help_text=_("Names, kinds of help, subjects, places. In any of the four languages."),
        required=False,
        max_length=300,
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    subject = forms.ChoiceField(label=_("Subject"), required=False)
    speaks = forms.ChoiceField(label=_("Languages of help"), required=False)

    def __init__(self, data: Any, choices: Choices) -> None:
        super().__init__(data, auto_id="s_%s")
        for name, offered in choices.items():
            self.fields[name].choices = [("", _("all")), *_worded(name, offered)]  # type: ignore[attr-defined]


def _worded(name: str, offered: Sequence[tuple[str, str, int, bool]]) -> list[tuple[str, str]]:
    said = [(value, language_name(words) if name == "speaks" else words, count) for value, words, count, _on in offered]
    return [(value, f"{words} ({count})") for value, words, count in said]
