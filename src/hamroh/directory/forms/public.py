"""The search of the public directory: words, and facets that narrow what they find."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamroh.directory.templatetags.finder import language_name

Choices = Mapping[str, Sequence[tuple[str, str, int, bool]]]


class DirectorySearch(forms.Form):
    """Several words, and one value of each facet that narrows what they find; an address may ask anything, none is refused."""

    use_required_attribute = False

    q = forms.CharField(
        label=_("Words to look for"),
        help_text=_("Names, kinds of help, subjects, places. In any of the four languages."),
        max_length=300,
    )
    kind = forms.ChoiceField(label=_("Kind"))
    place = forms.ChoiceField(label=_("Place"))
    subject = forms.ChoiceField(label=_("Subject"))
    speaks = forms.ChoiceField(label=_("Languages of help"))

    def __init__(self, data: Any, choices: Choices) -> None:
        super().__init__(data, auto_id="s_%s")
        for name, offered in choices.items():
            self.fields[name].choices = [("", _("all")), *_worded(name, offered)]  # type: ignore[attr-defined]


def _worded(name: str, offered: Sequence[tuple[str, str, int, bool]]) -> list[tuple[str, str]]:
    said = [(value, language_name(words) if name == "speaks" else words, count) for value, words, count, _on in offered]
    return [(value, f"{words} ({count})") for value, words, count in said]
