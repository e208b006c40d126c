"""Words in time, and the index of parts."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hamroh.archive.forms.consents import milliseconds
from hamroh.archive.forms.units import concepts
from hamroh.archive.models import Segment
from hamroh.directory.forms.fields import KeysField, TextsField, UnitField
from hamroh.directory.models import AdminUnit

_CLOCK = re.compile(r"(?:\d{1,2}:)?\d{1,3}:[0-5]\d(?:[.,]\d{1,3})?")


class ClockField(forms.CharField):
    """A moment: 1:02, 1:02.5 or 1:02:03; kept in milliseconds."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=14, widget=forms.TextInput(attrs={"size": 9, "inputmode": "numeric"}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        seconds, rest = divmod(value, 1000)
        clock = f"{seconds // 60}:{seconds % 60:02}"
        return f"{clock}.{rest:03}" if rest else clock

    def clean(self, value: Any) -> int | None:
        typed = str(super().clean(value) or "").strip()
        if not typed:
            return None
        if not _CLOCK.fullmatch(typed):
            raise ValidationError(gettext("Write a moment like this: 1:02 or 1:02:03"))
        whole, _dot, rest = typed.replace(",", ".").partition(".")
        return milliseconds(whole) + int(rest.ljust(3, "0") if rest else 0)


class BringForm(forms.Form):
    """A transcript from a file or pasted: WebVTT, OHMS, or plain text with times."""

    lang = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    is_original = forms.BooleanField(label=_("This is the language she speaks in the recording"), required=False)
    text = forms.CharField(
        label=_("Text with times"), required=False, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("WebVTT, or lines such as: 0:12 Nigora: what she says"), max_length=2_000_000, strip=False,
    )  # fmt: skip
    file = forms.FileField(
        label=_("or a file"), required=False, help_text=_("WebVTT (.vtt), OHMS (.xml) or plain text.")
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if bool(told.get("text", "").strip()) == bool(told.get("file")):
            raise ValidationError(gettext("Paste the text, or choose a file."))
        return told


class CueForm(forms.Form):
    """One row of the table; without words it is taken out."""

    start = ClockField(label=pgettext_lazy("recording", "From"), required=False)
    end = ClockField(label=pgettext_lazy("recording", "To"), required=False)
    speaker = forms.CharField(label=_("Who speaks"), max_length=120, required=False)
    text = forms.CharField(label=_("Words"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("text") and not self.errors:
            if told.get("start") is None or told.get("end") is None:
                raise ValidationError(gettext("Say from when to when it is said."))
            if told["end"] <= told["start"]:
                raise ValidationError(gettext("A part has to end after it begins."))
        return told


CueRows = forms.formset_factory(CueForm, extra=3, max_num=200, absolute_max=200)


class SegmentForm(forms.Form):
    """A part of a recording."""

    start = ClockField(label=pgettext_lazy("recording", "From"))
    end = ClockField(label=pgettext_lazy("recording", "To"), required=False, help_text=_("Empty: until the next part."))
    titles = TextsField(label=_("Title"))
    synopses = TextsField(rows=3, label=_("What is told"), required=False)
    keywords = TextsField(label=_("Keywords"), required=False, help_text=_("Parted by semicolons."))
    concepts = KeysField(label=_("Concepts"), required=False, help_text=_("Keys of the thesaurus, parted by commas."))
    place = UnitField(label=_("Place"), required=False)

    def __init__(self, data: Any = None, *, segment: Segment | None = None, **kwargs: Any) -> None:
        super().__init__(data, initial=_read(segment) if segment else None, **kwargs)

    def clean_concepts(self) -> list[Any]:
        return concepts(self.cleaned_data["concepts"])

    def clean_place(self) -> AdminUnit | None:
        return AdminUnit.objects.filter(key=self.cleaned_data["place"]).first()

    def clean_keywords(self) -> dict[str, list[str]]:
        told = self.cleaned_data["keywords"]
        return {lang: [word.strip() for word in text.split(";") if word.strip()] for lang, text in told.items()}

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("end") is not None and told.get("start") is not None and told["end"] <= told["start"]:
            self.add_error("end", gettext("A part has to end after it begins."))
        return told


def _read(segment: Segment) -> dict[str, Any]:
    return {
        "start": segment.start, "end": segment.end, "titles": segment.titles, "synopses": segment.synopses,
        "keywords": {lang: "; ".join(words) for lang, words in segment.keywords.items()},
        "concepts": [each.key for each in segment.concepts.all()], "place": segment.place.key if segment.place else "",
    }  # fmt: skip


class SetForm(forms.Form):
    """A set for lessons."""

    titles = TextsField(label=_("Title"))
    abouts = TextsField(rows=3, label=_("What it is about, in short"), required=False)


class LineForm(forms.Form):
    """A thing of a set."""

    unit = forms.CharField(
        label=_("Code of the item"), max_length=8, help_text=_("The eight signs at the end of its address.")
    )
    start = ClockField(label=pgettext_lazy("recording", "From"), required=False)
    end = ClockField(label=pgettext_lazy("recording", "To"), required=False)
    questions = TextsField(rows=2, label=_("To talk about"), required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if (told.get("start") is None) != (told.get("end") is None):
            raise ValidationError(gettext("Say from when to when it is said."))
        return told
