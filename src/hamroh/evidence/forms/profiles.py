"""Forms of profiles and editions: a new one, what frames it, the next one; an answer to a finding."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hamroh.evidence.areas import area_name, countries
from hamroh.evidence.forms.blocks import day, line, words
from hamroh.evidence.forms.lines import LinesField
from hamroh.evidence.models import Edition, Template
from hamroh.web.texts import LANGUAGES, pick

_NAMES = (("en", "English"), ("az", "Azərbaycanca"), ("ru", "Русский"), ("tg", "Тоҷикӣ"))
_LANGUAGES = gettext_lazy("Languages of the edition")


class NewProfileForm(forms.Form):
    """A country and how its first edition is called."""

    area = forms.ChoiceField(label=gettext_lazy("Country"))
    template = forms.ModelChoiceField(
        label=gettext_lazy("Template"), queryset=Template.objects.none(), empty_label=None
    )
    label = forms.CharField(
        label=gettext_lazy("Edition"), max_length=40, help_text=gettext_lazy("Mostly a year: 2026.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = get_language() or "en"
        named = sorted((area_name(each.code, lang), each.code) for each in countries())
        self.fields["area"].choices = [(code, name) for name, code in named]  # type: ignore[attr-defined]
        template = self.fields["template"]
        template.queryset = Template.objects.order_by("key", "-version")  # type: ignore[attr-defined]
        template.label_from_instance = lambda each: f"{pick(each.names, lang) or each.key} {each.version}"  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        told = self.cleaned_data
        names = {lang: area_name(told["area"], lang) for lang in LANGUAGES}
        return {**told, "names": names, "key": slugify(names["en"])[:60] or told["area"].lower()}


class NextForm(forms.Form):
    """How the next edition is called."""

    label = forms.CharField(
        label=gettext_lazy("Edition"), max_length=40, help_text=gettext_lazy("Mostly a year: 2026.")
    )


class FrontForm(forms.Form):
    """What frames an edition, in one language at a time where it is kept so."""

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    title = line(gettext_lazy("Title"))
    foreword = words(gettext_lazy("Foreword"))
    disclaimer = words(gettext_lazy("Disclaimer"), 4)
    acronyms = LinesField(
        label=gettext_lazy("Acronyms"),
        rows=6,
        help_text=gettext_lazy("One a line: the short form, a bar, the long one. IDP | internally displaced person"),
    )
    languages = forms.MultipleChoiceField(label=_LANGUAGES, choices=_NAMES, widget=forms.CheckboxSelectMultiple)
    as_of = day(gettext_lazy("As of"), help_text=gettext_lazy("The age of figures is judged by this day."))
    authors = line(gettext_lazy("Authors"))
    editor = line(gettext_lazy("Editor"))
    publisher = line(gettext_lazy("Publisher"))
    isbn = line(gettext_lazy("ISBN"), max_length=40)

    def __init__(self, data: Any = None, *, edition: Edition, lang: str) -> None:
        self.edition, self.lang = edition, lang
        super().__init__(data, initial=self._read())
        for name in ("title", "foreword", "disclaimer", "acronyms"):
            self.fields[name].widget.attrs["lang"] = lang

    def _read(self) -> dict[str, Any]:
        said = self.edition.apparatus
        plain = {name: _plain(said.get(name), self.lang) for name in ("authors", "editor", "publisher", "isbn")}
        spoken = {name: _spoken(said.get(name)).get(self.lang, "") for name in ("foreword", "disclaimer")}
        acronyms = [
            [short, _spoken(long).get(self.lang, "")] for short, long in sorted((said.get("acronyms") or {}).items())
        ]
        return {
            "seen": self.edition.updated_at.isoformat(), "title": self.edition.titles.get(self.lang, ""), "acronyms": acronyms,
            "languages": self.edition.languages or list(LANGUAGES), "as_of": self.edition.as_of, **plain, **spoken,
        }  # fmt: skip

    def clean_acronyms(self) -> dict[str, str]:
        pairs = [[part.strip() for part in each.partition("|")[::2]] for each in self.cleaned_data["acronyms"]]
        if any(not short or len(short) > 20 for short, _long in pairs):
            raise ValidationError(_("A short form has at most 20 letters."))
        return dict(pairs)

    def facts(self) -> dict[str, Any]:
        told, said = self.cleaned_data, dict(self.edition.apparatus)
        for name in ("foreword", "disclaimer"):
            said[name] = _with(said.get(name), self.lang, told[name])
        for name in ("authors", "editor", "publisher", "isbn"):
            if told[name] != _plain(said.get(name), self.lang):
                said[name] = told[name]
        before = said.get("acronyms") or {}
        said["acronyms"] = {
            short: _with(before.get(short), self.lang, long) for short, long in told["acronyms"].items()
        }
        titles = _with(self.edition.titles, self.lang, told["title"])
        kept = {name: value for name, value in said.items() if value}
        return {"titles": titles, "languages": told["languages"], "as_of": told["as_of"], "apparatus": kept}


class AnswerForm(forms.Form):
    """Why figures that a rule names may stay as they are."""

    fingerprint = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, named = get_language() or "en", dict(_NAMES)
        self.languages = [first, *(each for each in LANGUAGES if each != first)]
        for lang in self.languages:
            self.fields[f"reason_{lang}"] = words(named[lang], 3, max_length=2000)

    @property
    def typed(self) -> list[str]:
        """What was written in any language, as it was sent."""
        return [said for lang in self.languages if (said := str(self[f"reason_{lang}"].value() or "").strip())]

    @property
    def reasons(self) -> dict[str, str]:
        """What was written, by language."""
        return {lang: self.cleaned_data.get(f"reason_{lang}", "") for lang in self.languages}


class PlaceForm(forms.Form):
    """Where a block stands: a section, or a slot of one."""

    place = forms.ChoiceField(label=gettext_lazy("Section and slot"))

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]


def _spoken(said: Any) -> dict[str, str]:
    return dict(said) if isinstance(said, Mapping) else {lang: str(said) for lang in LANGUAGES if said}


def _plain(said: Any, lang: str) -> str:
    return pick(said, lang).text if isinstance(said, Mapping) else str(said or "")


def _with(said: Any, lang: str, text: str) -> dict[str, str]:
    return {code: each for code, each in {**_spoken(said), lang: text}.items() if each}
