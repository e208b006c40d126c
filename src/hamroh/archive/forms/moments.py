"""Moments of the timeline, and trees of descriptions from other houses."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hamroh.archive.forms.units import PartialField
from hamroh.archive.models import Moment
from hamroh.directory.forms.fields import TextsField
from hamroh.web.texts import LANGUAGES, pick

#: what a name stands for: how sure a moment is
CERTAINTIES = [
    ("A", _("Printed, and compared with the source")), ("B", _("Printed, and not compared yet")), ("C", _("To be verified")),
]  # fmt: skip
_PLAIN = ("date", "date_to", "titles", "texts", "source", "sources", "locator", "certainty")


class MomentForm(forms.Form):
    """Something that happened in public, with where it is printed."""

    date = PartialField(
        label=pgettext_lazy("archive", "From"),
        max_length=10,
        help_text=_("A year, a month or a day: 2008, 2008-10, 2008-10-31."),
    )
    date_to = PartialField(label=pgettext_lazy("archive", "Until"), max_length=10, required=False)
    titles = TextsField(label=_("What happened"))
    texts = TextsField(rows=3, label=_("More about it"), required=False)
    people = TextsField(
        rows=2,
        label=_("Who acted in public"),
        required=False,
        help_text=_("One name a line, in the same order in each language: only names that the source prints."),
    )
    source = forms.CharField(label=_("Printed source"), max_length=300, help_text=_("Its title as it is printed."))
    sources = TextsField(label=_("What the source is called in other languages"), required=False)
    locator = forms.CharField(label=_("Place in it"), max_length=120, required=False)
    certainty = forms.ChoiceField(label=_("How sure it is"), choices=CERTAINTIES, initial="C")
    unit = forms.ChoiceField(label=_("Told in"), required=False, help_text=_("A unit of your archive."))

    def __init__(self, *args: Any, units: Any, moment: Moment | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = _read(moment) if moment else None
        super().__init__(*args, **kwargs)
        self.units, lang = units, get_language() or "en"
        named = [(each.code, f"{each.reference} {pick(each.titles, lang).text}") for each in units]
        self.fields["unit"].choices = [("", "–"), *named]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        told = self.cleaned_data
        unit = next((each for each in self.units if each.code == told["unit"]), None)
        return {name: told[name] for name in _PLAIN} | {"people": _people(told["people"] or {}), "unit": unit}


def _people(told: dict[str, str]) -> list[dict[str, str]]:
    """The first lines of all languages are one name, the second ones the next."""
    lines = {lang: text.splitlines() for lang, text in told.items()}
    most = max(map(len, lines.values()), default=0)
    rows = [
        {lang: each[at].strip() for lang, each in lines.items() if at < len(each) and each[at].strip()}
        for at in range(most)
    ]
    return [row for row in rows if row]


def _read(moment: Moment) -> dict[str, Any]:
    people = {lang: "\n".join(each.get(lang, "") for each in moment.people) for lang in LANGUAGES}
    return {name: getattr(moment, name) for name in _PLAIN} | {
        "people": {lang: text for lang, text in people.items() if text.strip()}, "unit": moment.unit.code if moment.unit else "",
    }  # fmt: skip


class TreeForm(forms.Form):
    """A file of descriptions."""

    file = forms.FileField(label=_("File"), help_text=_("EAD3, at most 4 MB."))
    lang = forms.ChoiceField(
        label=_("Language of texts that say none"),
        choices=settings.LANGUAGES,
        help_text=_("Each text may say its own."),
    )
    only_try = forms.BooleanField(
        label=_("Only try it: say what would come in, and keep nothing"), required=False, initial=True
    )
