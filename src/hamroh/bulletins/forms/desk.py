"""Forms of an issue and its sections."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from hamroh.bulletins.actions import Told
from hamroh.bulletins.models import Issue, Kind, Look, Section
from hamroh.directory.forms.fields import TextsField
from hamroh.pages.models import Picture
from hamroh.web.texts import LANGUAGES, pick

_LONGEST, MOST_NUMBERS = 8000, 12


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(
        label=label, widget=widget, input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": _("Write the day like 23.11.2026.")},
    )  # fmt: skip


class Texts(TextsField):
    """A text per language that is not longer than a bulletin bears."""

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if any(len(text) > _LONGEST for text in found.values()):
            raise forms.ValidationError(
                said("This is too long for a bulletin: at most %(count)s signs.") % {"count": _LONGEST}
            )
        return found


class IssueForm(forms.Form):
    titles = Texts(label=_("What is it called?"), help_text=_("In one language at least. Name no person."))
    leads = Texts(label=_("What is it about, in a sentence?"), required=False, rows=2)
    from_date = _day(_("First day of the period"))
    until_date = _day(_("Last day of the period"))

    @classmethod
    def of(cls, row: Issue) -> dict[str, Any]:
        return {name: getattr(row, name) for name in cls.base_fields}

    @classmethod
    def proposed(cls, first: dt.date, last: dt.date) -> dict[str, Any]:
        return {"from_date": first, "until_date": last}


#: what an editor may begin herself; the rest is taken from what happened
OWN = (
    Kind.ARTICLE,
    Kind.FOREWORD,
    Kind.PROJECT,
    Kind.TRAINING,
    Kind.CAMPAIGN,
    Kind.FIGURES,
    Kind.DONORS,
    Kind.CONTACTS,
)


class SectionForm(forms.Form):
    """A section. Fields that mean nothing to it are not asked."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("section", "What is it?"), choices=[(each.value, each.label) for each in OWN]
    )
    titles = Texts(label=_("Its title"), required=False, help_text=_("Name no person who was helped."))
    texts = Texts(label=_("Its text"), required=False, rows=6, help_text=_("A line is a paragraph."))
    quotes = Texts(
        label=_("A sentence to be set large"),
        required=False,
        help_text=_("Of somebody who speaks for an organisation, or of the text."),
    )
    picture = forms.ChoiceField(
        label=_("Picture"), required=False,
        help_text=_("One of the house's pictures. Nobody who was helped may be recognised."),
    )  # fmt: skip
    numbers = forms.CharField(
        label=_("Numbers that are printed somewhere, one a line"), required=False, max_length=400,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=_("Like 450+ where it was at least so many. Numbers of our own people are taken from tables that were let out."),
    )  # fmt: skip
    names = Texts(label=_("What each number counts, one a line"), required=False, rows=3)
    look = forms.ChoiceField(label=_("How are they shown?"), choices=Look.choices, required=False)
    unit = Texts(label=pgettext_lazy("figures", "Unit"), required=False)
    source = forms.CharField(
        label=_("Where is this told?"), max_length=300, required=False,
        help_text=_("Document, page or line."), widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, pictures: Iterable[Picture], section: Section | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self._pictures = {row.code: row for row in pictures}
        lang = get_language() or "en"
        choices = [("", _("No picture")), *((code, str(pick(row.alts, lang))) for code, row in self._pictures.items())]
        self.fields["picture"].choices = choices  # type: ignore[attr-defined]
        if section is not None:
            self._of(section)

    def _of(self, row: Section) -> None:
        """What a story, or a table that was let out, does not ask."""
        drop = ["kind"]
        if row.story:
            drop += ["texts", "quotes", "picture", "numbers", "names", "look", "unit", "source"]
        elif row.figures.get("release"):
            drop += ["numbers", "names", "unit"]
        for name in drop:
            del self.fields[name]
        rows = row.figures.get("rows", ())
        self.initial = {
            "titles": row.titles, "texts": row.texts, "quotes": row.quotes, "source": row.source, "look": row.figures.get("look", Look.BARS),
            "picture": row.picture.code if row.picture else "", "unit": row.figures.get("unit", {}),
            "numbers": "\n".join(f"{each['number']}{'+' if each.get('at_least') else ''}" for each in rows),
            "names": {lang: "\n".join(each["names"].get(lang, "") for each in rows) for lang in LANGUAGES} if rows else {},
        }  # fmt: skip

    def clean_numbers(self) -> list[dict[str, Any]]:
        found = []
        for line in str(self.cleaned_data["numbers"]).splitlines():
            plain = "".join(line.replace("\N{NO-BREAK SPACE}", "").split())
            if not plain:
                continue
            digits = plain.removesuffix("+")
            if not digits.isascii() or not digits.isdecimal() or len(digits) > 12:
                raise forms.ValidationError(said("Write whole numbers, one a line, like 450+."))
            found.append({"number": int(digits), "at_least": plain.endswith("+")})
        if len(found) > MOST_NUMBERS:
            raise forms.ValidationError(said("At most %(count)s numbers.") % {"count": MOST_NUMBERS})
        return found

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        numbers, names = told.get("numbers") or [], told.get("names") or {}
        lines = {lang: [line.strip() for line in text.splitlines() if line.strip()] for lang, text in names.items()}
        if "numbers" in self.fields and not self.errors and (numbers or names):
            if not lines or any(len(each) != len(numbers) for each in lines.values()):
                self.add_error("names", said("In each language there are as many lines as numbers."))
            for at, each in enumerate(numbers):
                each["names"] = {lang: of[at] for lang, of in lines.items() if at < len(of)}
        if not any(told.get(name) for name in ("titles", "texts", "numbers")) and not self.errors:
            raise forms.ValidationError(said("Write a title or a text."))
        return told

    @property
    def told(self) -> Told:
        get = self.cleaned_data.get
        rows = get("numbers") or []
        figures = {"look": get("look") or Look.BARS, "unit": get("unit") or {}, "rows": rows} if rows else {}
        return Told(
            titles=get("titles") or {}, texts=get("texts") or {}, quotes=get("quotes") or {}, source=get("source") or "",
            picture=self._pictures.get(get("picture") or ""), figures=figures, kind=get("kind") or Kind.ARTICLE,
        )  # fmt: skip


class AddressForm(forms.Form):
    """An address that somebody wants out, or that letters come back from. It is looked for sealed, and never shown."""

    address = forms.EmailField(
        label=_("E-mail address"),
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    do = forms.ChoiceField(
        label=_("What is to be done?"), widget=forms.RadioSelect,
        choices=[("drop", _("Take it out: she asks for it")), ("bounce", _("Note that a letter came back"))],
    )  # fmt: skip
