"""The choice among estimates: one of the figures or none, and why, in at least one language."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

NONE = "none"
_LONGEST = 2000


class PreferForm(forms.Form):
    """``figures`` are pairs of a code and words, as they stand on the page."""

    def __init__(self, data: Any, figures: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["preferred"] = forms.ChoiceField(
            label=_("Which figure do you prefer?"), widget=forms.RadioSelect,
            choices=[*figures, (NONE, _("None: nobody can say which is right"))],
        )  # fmt: skip
        own = get_language() or "en"
        for lang, name in sorted(settings.LANGUAGES, key=lambda each: each[0] != own):
            self.fields[f"reason_{lang}"] = forms.CharField(
                label=_("Why, in words that readers see (%(language)s)") % {"language": name}, max_length=_LONGEST, required=False,
                widget=forms.Textarea({"rows": 3, "lang": lang}),
            )  # fmt: skip

    @property
    def reasons(self) -> dict[str, str]:
        """The reason per language."""
        said = {lang: self.cleaned_data.get(f"reason_{lang}", "").strip() for lang, _name in settings.LANGUAGES}
        return {lang: text for lang, text in said.items() if text}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.reasons:
            self.add_error(f"reason_{get_language() or 'en'}", _("Say why: a choice without a reason helps nobody."))
        return cleaned
