"""Forms of pools, of people on them, of files, and of verdicts."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.cases.forms.dates import EARLIEST
from hamroh.tracing.actions import Met
from hamroh.tracing.models import LENT_DAYS, MOST_DAYS, Basis, Origin, Same
from hamroh.tracing.rows import FIELDS
from hamroh.vault.rules import phone_tail
from hamroh.web.fields import without_controls

_OFF = {"autocomplete": "off"}
YES_NO = [("no", pgettext_lazy("answer", "No")), ("yes", pgettext_lazy("answer", "Yes"))]


def _line(label: Any, *, required: bool = False, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=120, required=required, widget=forms.TextInput(attrs=_OFF), **more)


class NewPool(forms.Form):
    name = _line(_("What is the list called here?"), required=True, help_text=_("Such as: met in Perm, autumn."))
    of_a_shelter = forms.ChoiceField(
        label=_("Is it a list of a shelter, a safe house, or of people who hide?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
    )
    origin = forms.ChoiceField(label=_("Where does it come from?"), choices=Origin.choices, widget=forms.RadioSelect)
    basis = forms.ChoiceField(
        label=_("On what ground may it be searched?"), choices=Basis.choices, widget=forms.RadioSelect
    )
    lent = forms.ChoiceField(label=_("Was it lent to us by somebody else?"), choices=YES_NO, widget=forms.RadioSelect)
    days = forms.IntegerField(
        label=_("For how many days?"), min_value=1, max_value=MOST_DAYS, initial=LENT_DAYS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", **_OFF}),
        help_text=_("After them everybody on it is wiped. A lent list stays for 90 days at most."),
    )  # fmt: skip
    lender = _line(_("From whom do we have it?"))
    contact = _line(_("Whom do we ask about somebody on it?"), help_text=_("An officer of whoever keeps the list."))
    terms = forms.CharField(
        label=_("What was agreed about it?"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def facts(self) -> dict[str, str]:
        told = {"from": "lender", "contact": "contact", "terms": "terms"}
        return {key: self.cleaned_data[name] for key, name in told.items() if self.cleaned_data[name]}


class NewRecord(forms.Form):
    """Somebody who was met."""

    name = _line(_("Name, as it was written or said"), required=True)
    father = _line(_("Father’s name"))
    spellings = forms.CharField(
        label=_("Other names and spellings"),
        required=False,
        max_length=900,
        widget=forms.Textarea(attrs={"rows": 2, **_OFF}),
    )
    first = forms.IntegerField(label=_("Year of birth"), required=False, min_value=EARLIEST, max_value=2100)
    sex = forms.ChoiceField(
        label=_("Sex"), required=False,
        choices=[("", _("Not known yet")), ("m", pgettext_lazy("sex", "Male")), ("f", pgettext_lazy("sex", "Female"))],
    )  # fmt: skip
    place = _line(_("Home district or village"), help_text=_("Where he is from, not where he is."))
    phone = _line(_("Telephone"))
    note = forms.CharField(
        label=_("Note"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read by those who search, never by whoever asks for him."),
    )  # fmt: skip
    agreed = forms.BooleanField(label=_("He agreed to be on this list"), required=False)
    sign = _line(_("How did he agree?"), help_text=_("By word, by signature, before whom."))

    def clean_name(self) -> str:
        name = without_controls(self.cleaned_data["name"])
        if not any(map(str.isalpha, name)):
            raise forms.ValidationError(_("A name has letters."))
        return name

    def clean_phone(self) -> str:
        phone = without_controls(self.cleaned_data["phone"])
        if phone and phone_tail(phone) is None:
            raise forms.ValidationError(_("A telephone number has at least 6 digits."))
        return phone

    def met(self) -> Met:
        typed = self.cleaned_data
        names: list[Mapping[str, str]] = [{"kind": "father", "value": typed["father"]}] if typed["father"] else []
        others = (without_controls(line) for line in typed["spellings"].splitlines())
        names += [{"kind": "spelling", "value": each} for each in others if each]
        year = typed["first"]
        return Met(
            name=typed["name"], names=names, born={"first": year, "last": year} if year else None, sex=typed["sex"],
            place=without_controls(typed["place"]), phone=typed["phone"], note=typed["note"].strip(),
            consent={"given": True, "sign": typed["sign"]} if typed["agreed"] else None,
        )  # fmt: skip


class ListFile(forms.Form):
    file = forms.FileField(
        label=_("The list"), help_text=_("CSV or XLSX, at most 20,000 rows and 20 MB. One person a row, titles in the first row."),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )  # fmt: skip


class Columns(forms.Form):
    """Which column of a file is which of ours."""

    def __init__(self, *args: Any, header: Sequence[str], mapping: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [(str(at), title[:60] or f"{at + 1}") for at, title in enumerate(header)]
        for name, label in FIELDS.items():
            self.fields[name] = forms.ChoiceField(
                label=label, choices=[("", _("none of them")), *titles], required=name == "name",
                initial=str(mapping[name]) if name in mapping else "",
                error_messages={"required": _("Say which column has the names.")},
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        chosen = [value for value in self.cleaned_data.values() if value]
        if len(set(chosen)) < len(chosen):
            raise forms.ValidationError(_("One column was chosen twice."))
        return self.cleaned_data

    def mapping(self) -> dict[str, int]:
        return {name: int(value) for name, value in self.cleaned_data.items() if value}


class Judging(forms.Form):
    """Whether two are one person, and why."""

    answer = forms.ChoiceField(label=_("What do you say?"), choices=Same.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Why?"), min_length=10, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What speaks for it and against it in your eyes. Others read it later."),
        error_messages={"min_length": _("Say a little more: at least 10 characters.")},
    )  # fmt: skip
