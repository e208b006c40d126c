"""Forms of the desk: a workbook, a file beside a form, who is to fill it where, a device, a key."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models import User
from hamroh.directory.models import AdminUnit
from hamroh.fieldwork.actions.forming import LARGEST, Meant
from hamroh.fieldwork.models import FormKey, Purpose

_OFF = {"autocomplete": "off"}
_CHOOSE = {"required": _("Choose the file.")}


class Workbook(forms.Form):
    """A form as a workbook, and what it is for."""

    file = forms.FileField(
        label=_("The form"), error_messages=_CHOOSE, widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.xml"}),
        help_text=_("A workbook in the XLSForm way (xlsx), at most 5 MB. Macros and formulas are not run."),
    )  # fmt: skip
    purpose = forms.ChoiceField(label=_("What becomes of the answers?"), choices=Purpose.choices, initial=Purpose.OTHER)
    about_children = forms.BooleanField(
        label=_("It is about children"), required=False,
        help_text=_("Their answers are shown without names, small counts are held back."),
    )  # fmt: skip
    blurs_faces = forms.BooleanField(label=_("Blur faces in its pictures"), required=False)
    key = forms.ChoiceField(
        label=_("Seal what is filled on the device?"), required=False,
        help_text=_("Then a stolen telephone shows nothing of what was filled. The browser seals always."),
    )  # fmt: skip

    def __init__(self, *args: Any, keys: Sequence[FormKey] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys = {each.code: each for each in keys}
        self.fields["key"].choices = [  # type: ignore[attr-defined]
            ("", pgettext_lazy("key of a form", "No")),
            *((code, _("To the key %(code)s") % {"code": code}) for code in self._keys),
        ]

    def meant(self) -> Meant:
        told = self.cleaned_data
        return Meant(told["purpose"], told["about_children"], told["blurs_faces"])

    @property
    def chosen(self) -> FormKey | None:
        return self._keys.get(self.cleaned_data["key"])


class Beside(forms.Form):
    """A file that a form asks for, by its name."""

    name = forms.ChoiceField(label=_("Which file?"))
    file = forms.FileField(
        label=_("The file"),
        error_messages=_CHOOSE,
        help_text=_("A list (csv, geojson, xml), a picture or a sound, at most 5 MB."),
    )

    def __init__(self, *args: Any, names: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = [(each, each) for each in names]  # type: ignore[attr-defined]

    def content(self) -> bytes:
        content: bytes = self.cleaned_data["file"].read(LARGEST + 1)
        return content


class Assigning(forms.Form):
    """Who is to fill a form where, how often, until when."""

    person = forms.ChoiceField(label=_("Who?"), required=False)
    place = forms.ChoiceField(label=_("Where?"), required=False)
    quota = forms.IntegerField(
        label=_("How often?"), required=False, min_value=1, max_value=100_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", **_OFF}), help_text=_("Leave it empty where it does not matter."),
    )  # fmt: skip
    until = forms.DateField(label=_("Until when?"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(
        self, *args: Any, people: Sequence[tuple[User, str]], places: Sequence[tuple[AdminUnit, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(each.pk): each for each, _name in people}
        self._places = {str(each.pk): each for each, _name in places}
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", _("whoever goes there")), *((str(each.pk), name) for each, name in people),
        ]  # fmt: skip
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            ("", _("anywhere")), *((str(each.pk), name) for each, name in places),
        ]  # fmt: skip

    def facts(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            "person": self._people.get(told["person"]), "place": self._places.get(told["place"]), "quota": told["quota"],
            "until_date": told["until"],
        }  # fmt: skip


class Equipping(forms.Form):
    """A device for somebody."""

    holder = forms.ChoiceField(label=_("Who holds it?"))
    label = forms.CharField(
        label=_("What is it called?"), required=False, max_length=60, widget=forms.TextInput(attrs=_OFF),
        help_text=_("As it says on its back: Tablet 3. No name of a person."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[tuple[User, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(each.pk): each for each, _name in people}
        self.fields["holder"].choices = [  # type: ignore[attr-defined]
            ("", _("choose one")), *((str(each.pk), name) for each, name in people),
        ]  # fmt: skip

    @property
    def who(self) -> User:
        return self._people[self.cleaned_data["holder"]]


class KeyMaking(forms.Form):
    """Where the private key is kept."""

    kept = forms.ChoiceField(
        label=_("Where is the private key kept?"), widget=forms.RadioSelect, initial="here",
        choices=[
            ("here", _("Here, sealed: what comes in is opened and read at the desk")),
            ("away", _("With us alone: it is handed over once, and what comes in stays shut here")),
        ],
    )  # fmt: skip
