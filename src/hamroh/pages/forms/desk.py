"""Forms of the desk: a story with what its narrator allows, a picture, an old address."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from hamroh.pages.models import Allowed, Story
from hamroh.web.texts import LANGUAGES

NAMES = {"en": "English", "az": "Azərbaycanca", "ru": "Русский", "tg": "Тоҷикӣ"}
_FORGET = {"autocomplete": "off", "spellcheck": "false"}


class InLanguages(forms.Form):
    """A form that also asks for one text in each language, at least one of them."""

    label, most, rows = gettext_lazy("Text"), 20_000, 8

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for lang in LANGUAGES:
            widget = (
                forms.Textarea(attrs={"rows": self.rows, "lang": lang})
                if self.rows > 1
                else forms.TextInput(attrs={"lang": lang})
            )
            self.fields[f"text_{lang}"] = forms.CharField(
                label=f"{self.label}: {NAMES[lang]}", max_length=self.most, required=False, widget=widget
            )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if not any(told.get(f"text_{lang}") for lang in LANGUAGES):
            raise forms.ValidationError(_("Write it in at least one language."))
        return told

    @property
    def texts(self) -> dict[str, str]:
        return {lang: text for lang in LANGUAGES if (text := self.cleaned_data.get(f"text_{lang}"))}


class StoryForm(InLanguages):
    """A story; who told it is asked once, when it is recorded, and sealed."""

    label = gettext_lazy("Her story")
    allows = forms.MultipleChoiceField(
        label=gettext_lazy("What she allows"),
        choices=Allowed.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    given_date = forms.DateField(label=gettext_lazy("Asked on"), widget=forms.DateInput(attrs={"type": "date"}))
    until_date = forms.DateField(
        label=pgettext_lazy("consent", "Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    narrator = forms.CharField(
        label=gettext_lazy("Who she is and how she is reached"), required=False, max_length=500,
        widget=forms.TextInput(attrs=_FORGET),
        help_text=gettext_lazy("It is sealed. A supervisor can open it, so that she can be asked again."),
    )  # fmt: skip

    def __init__(self, *args: Any, story: Story | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if story is not None:
            del self.fields["narrator"], self.fields["given_date"]
            given = {f"text_{lang}": text for lang, text in story.texts.items()}
            self.initial = {**given, "allows": story.allows, "until_date": story.until_date}

    def clean_given_date(self) -> Any:
        day = self.cleaned_data["given_date"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class PictureForm(InLanguages):
    """A picture with what it shows."""

    label, most, rows = gettext_lazy("What it shows"), 300, 1
    file = forms.FileField(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy("JPEG, PNG or WebP, at most 12 MB. Nobody who was helped may be recognised."),
    )
    credit = forms.CharField(label=gettext_lazy("Made by"), max_length=200, required=False)


class ForwardForm(forms.Form):
    """An address that used to lead to the page."""

    path = forms.CharField(
        label=gettext_lazy("Old address, without the language"), max_length=300, widget=forms.TextInput(attrs=_FORGET)
    )
