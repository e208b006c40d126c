"""Forms for lists of records and for other centres."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from hamroh.library.exchange.tabular import COLUMNS, PEOPLE
from hamroh.library.forms.records import RecordForm
from hamroh.library.models import ContributorRole
from hamroh.library.rules import DETAIL_LABELS

LARGEST_UPLOAD = 20 * 2**20
_NAMES = {"en": "English", "az": "Azərbaycanca", "ru": "Русский", "tg": "Тоҷикӣ"}
_ENCODINGS = [
    ("", gettext_lazy("Found by itself (UTF-8, UTF-16)")), ("cp1251", "Windows-1251 (Кириллица)"), ("cp1254", "Windows-1254 (Azərbaycanca)"),
    ("cp1252", "Windows-1252"),
]  # fmt: skip


class RecordsFileForm(forms.Form):
    """A list, and whose it is."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A table (CSV, XLSX), RIS, BibTeX, MARCXML, MODS or Dublin Core, at most 20 MB."),
        error_messages={"required": gettext_lazy("Choose a file of at most 20 MB."), "empty": gettext_lazy("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ris,.bib,.xml,.mrx"}),
    )  # fmt: skip
    catalogue = forms.CharField(
        label=gettext_lazy("Name of the list"), max_length=60,
        help_text=gettext_lazy("The same name the next time: then rows change the records that they made, and make no second ones."),
    )  # fmt: skip
    encoding = forms.ChoiceField(label=gettext_lazy("Encoding of the letters"), required=False, choices=_ENCODINGS)

    def clean_file(self) -> Any:
        if self.cleaned_data["file"].size > LARGEST_UPLOAD:
            raise ValidationError(_("Choose a file of at most 20 MB."))
        return self.cleaned_data["file"]


def role_words() -> list[tuple[str, str]]:
    """What a column can be, in words."""
    return [("", _("Not read")), *((name, _word(name)) for name in COLUMNS)]


def _word(name: str) -> str:
    stem, _line, lang = name.rpartition("_")
    asked = {"title": "titles", "abstract": "abstracts", "rights": "rights"}
    if stem in asked and lang in _NAMES:
        return f"{_label(asked[stem])} ({_NAMES[lang]})"
    if name in PEOPLE:
        return str(ContributorRole(PEOPLE[name]).label)
    if name in DETAIL_LABELS:
        return str(DETAIL_LABELS[name])
    own = {
        "key": _("The row's own name"), "kind": _("Kind of record"), "printed_in": _("Printed in (a journal that is no record here)"),
        "subjects": _("Subjects"), "country": _label("act_country"), "law_number": _label("act_number"), "adopted": _label("act_adopted"),
        "signed": _label("act_signed"), "in_force": pgettext("law", "In force since"), "repealed": pgettext("law", "Repealed"),
        "official_url": _label("act_official_url"), "publisher": _label("publisher_text"),
    }  # fmt: skip
    return str(own.get(name) or _label(name))


def _label(name: str) -> str:
    return str(RecordForm.base_fields[name].label)


class ColumnsForm(forms.Form):
    """What each column is."""

    def __init__(self, *args: Any, heading: Sequence[str], roles: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heading, self.roles = list(heading), list(roles)
        for at, title in enumerate(heading[:60]):
            if title or roles[at]:
                self.fields[f"column-{at}"] = forms.ChoiceField(
                    label=title or str(at + 1), choices=role_words(), initial=roles[at], required=False
                )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        chosen = [role for role in self.chosen() if role]
        if not any(role.startswith("title_") for role in chosen):
            raise ValidationError(_("Say which column holds the title."))
        if len(chosen) != len(set(chosen)):
            raise ValidationError(_("Two columns cannot be the same."))
        return told

    def chosen(self) -> list[str]:
        return [self.cleaned_data.get(f"column-{at}", "") for at in range(len(self.heading))]


class AcceptForm(forms.Form):
    """The word to go on."""

    despite_twins = forms.BooleanField(
        label=gettext_lazy("Bring in also what seems to be here already"), required=False
    )
    publish = forms.BooleanField(label=gettext_lazy("Publish new records at once"), required=False)


class CentreForm(forms.Form):
    """Where another centre lets its records be harvested."""

    base_url = forms.CharField(
        label=gettext_lazy("Address for harvesting (OAI-PMH)"), max_length=400,
        help_text=gettext_lazy("The other centre tells it; of an installation of Hamroh it is its web address with /oai at the end."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )  # fmt: skip
    only_set = forms.CharField(
        label=gettext_lazy("Only this set"), max_length=120, required=False,
        help_text=gettext_lazy("The word of the set, such as library:law; left empty for everything."),
    )  # fmt: skip


class CentreNameForm(forms.Form):
    """What a centre is called here."""

    name = forms.CharField(label=gettext_lazy("What the centre is called here"), max_length=200)
    is_active = forms.BooleanField(label=gettext_lazy("Harvest it every night"), required=False)
