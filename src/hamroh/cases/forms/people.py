"""Forms of people: who somebody is, what two are to each other, which household."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.cases.actions import Told
from hamroh.cases.forms.dates import PartialDateField, as_typed
from hamroh.cases.models import Part, Side
from hamroh.cases.naming import SPECIAL
from hamroh.vault.rules import document_exact, phone_tail
from hamroh.web.fields import without_controls

#: characters of a name, and further spellings that are kept
LONGEST, SPELLINGS = 120, 8
OTHER = "spelling"
_OFF = {"autocomplete": "off"}
SEXES = [("", _("Not known yet")), ("f", pgettext_lazy("sex", "Female")), ("m", pgettext_lazy("sex", "Male"))]
LANGUAGES = [
    ("", _("Not known yet")), ("tg", _("Tajik")), ("az", _("Azerbaijani")), ("ru", _("Russian")), ("uz", _("Uzbek")),
    ("other", pgettext_lazy("language", "Another language")),
]  # fmt: skip
CITIZENSHIPS = [
    ("", _("Not known yet")), ("TJ", _("Tajikistan")), ("AZ", _("Azerbaijan")), ("RU", _("Russia")),
    ("UZ", _("Uzbekistan")), ("other", pgettext_lazy("citizenship", "Another country")),
    ("none", pgettext_lazy("citizenship", "None")),
]  # fmt: skip
FATES = [
    ("", _("Not known yet")), ("alive", pgettext_lazy("fate", "Alive")), ("missing", pgettext_lazy("fate", "Missing")),
    ("dead", pgettext_lazy("fate", "Died")),
]  # fmt: skip
DOCUMENTS = [
    ("", _("Not known yet")), ("passport", _("Passport")), ("travel", _("Passport for travel abroad")),
    ("birth", _("Birth certificate")), ("id", _("Identity card")), ("other", pgettext_lazy("document", "Another document")),
]  # fmt: skip
#: words of places that are asked, by their kind
PLACES = ("home", "birth", "now")


class Person(forms.Form):
    """Who somebody is. Only the name is asked for; everything else as far as it is known."""

    name = forms.CharField(
        label=_("Name, as it is written in a document or as she says it"), max_length=LONGEST,
        widget=forms.TextInput(attrs=_OFF),
        error_messages={"required": _("Write a name, or what she is called. One word is enough.")},
    )  # fmt: skip
    part = forms.ChoiceField(label=_("What is this person in the case?"), choices=())
    side = forms.ChoiceField(label=_("On which side?"), choices=Side.choices, widget=forms.RadioSelect)
    maiden = forms.CharField(label=_("Surname before marriage"), max_length=LONGEST, required=False, widget=forms.TextInput(attrs=_OFF))  # fmt: skip
    father = forms.CharField(label=_("Father’s name"), max_length=LONGEST, required=False, widget=forms.TextInput(attrs=_OFF))  # fmt: skip
    spellings = forms.CharField(
        label=_("Other names and spellings"), required=False, max_length=(LONGEST + 2) * SPELLINGS,
        widget=forms.Textarea(attrs={"rows": 2, **_OFF}),
        help_text=_("One a line: in Cyrillic and Latin letters, in Arabic script, what neighbours call her."),
    )  # fmt: skip
    born = PartialDateField(label=_("Born"), help_text=_("As far as it is known: 1992, 03.1992 or 14.03.1992."))
    sex = forms.ChoiceField(label=_("Sex"), choices=SEXES, required=False)
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel", **_OFF}),
        help_text=_("To tell people apart. It is not used to ring her: how she may be reached is asked on its own page."),
    )  # fmt: skip
    document_kind = forms.ChoiceField(label=_("Document"), choices=DOCUMENTS, required=False)
    document = forms.CharField(label=_("Number of the document"), max_length=40, required=False, widget=forms.TextInput(attrs=_OFF))  # fmt: skip
    home = forms.CharField(
        label=_("Home district or village"), max_length=LONGEST, required=False, widget=forms.TextInput(attrs=_OFF),
        help_text=_("Where the family is from. Write no street and no house here."),
    )  # fmt: skip
    birth = forms.CharField(label=_("Place of birth"), max_length=LONGEST, required=False, widget=forms.TextInput(attrs=_OFF))  # fmt: skip
    now = forms.CharField(
        label=_("Country or town where the person is now"), max_length=LONGEST, required=False,
        widget=forms.TextInput(attrs=_OFF), help_text=_("Where she hides is never written here."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False)
    citizenship = forms.ChoiceField(label=_("Citizenship"), choices=CITIZENSHIPS, required=False)
    fate = forms.ChoiceField(label=_("What is known of this person’s life?"), choices=FATES, required=False)
    fate_date = PartialDateField(label=_("Since when, or when?"))
    fate_source = forms.CharField(
        label=_("Who says so?"), max_length=200, required=False, widget=forms.TextInput(attrs=_OFF),
        help_text=_("A certificate, a court, a neighbour, a message."),
    )  # fmt: skip

    def __init__(self, *args: Any, is_client: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_client:
            del self.fields["part"], self.fields["side"]
        else:
            parts = [choice for choice in Part.choices if choice[0] != Part.CLIENT]
            self.fields["part"].choices = parts  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        return self._letters("name")

    def _letters(self, field: str) -> str:
        """A name with at least one letter, without signs that nobody sees."""
        name = without_controls(self.cleaned_data[field])
        if name and not any(map(str.isalpha, name)):
            raise forms.ValidationError(_("A name has letters."))
        if not name and self.fields[field].required:
            raise forms.ValidationError(self.fields[field].error_messages["required"])
        return name

    def clean_maiden(self) -> str:
        return self._letters("maiden")

    def clean_father(self) -> str:
        return self._letters("father")

    def clean_spellings(self) -> list[str]:
        lines = [without_controls(line) for line in self.cleaned_data["spellings"].splitlines()]
        kept = list(dict.fromkeys(line for line in lines if line))
        if len(kept) > SPELLINGS:
            raise forms.ValidationError(_("Write at most 8 other names."))
        if long := next((line for line in kept if len(line) > LONGEST), ""):
            raise forms.ValidationError(_("This name is too long: %(name)s"), params={"name": f"{long[:40]}…"})
        return kept

    def clean_phone(self) -> str:
        phone = without_controls(self.cleaned_data["phone"])
        if phone and phone_tail(phone) is None:
            raise forms.ValidationError(_("A telephone number has at least 6 digits."))
        return phone

    def clean_document(self) -> str:
        number = without_controls(self.cleaned_data["document"])
        if number and document_exact(number) is None:
            raise forms.ValidationError(_("The number of a document has at least 4 letters or digits."))
        return number

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("fate") in ("missing", "dead") and not told.get("fate_source"):
            self.add_error("fate_source", _("Say who says so. “She says so” is an answer, too."))
        return told

    def told(self, kept: Mapping[str, Any] | None = None) -> Told:
        """What was typed; ``kept`` are facts and names of before that this form does not ask for."""
        typed, before = self.cleaned_data, kept or {}
        names: list[Mapping[str, str]] = [{"kind": kind, "value": typed[kind]} for kind in SPECIAL if typed[kind]]
        names += [{"kind": OTHER, "value": each} for each in typed["spellings"]]
        places = [{"kind": kind, "key": "", "words": typed[kind]} for kind in PLACES if typed[kind]]
        facts = {key: typed[key] for key in ("sex", "language", "citizenship", "document_kind")}
        fate = {"what": typed["fate"], "date": typed["fate_date"], "source": typed["fate_source"]}
        facts["fate"] = {key: value for key, value in fate.items() if value} if typed["fate"] else None
        unasked = {key: value for key, value in (before.get("facts") or {}).items() if key not in facts}
        return Told(
            name=typed["name"], names=names, born=typed["born"], phone=typed["phone"] or None,
            document=typed["document"] or None, places=_with_keys(places, before.get("places") or ()),
            facts=unasked | {key: value for key, value in facts.items() if value},
        )  # fmt: skip


def _with_keys(places: Sequence[dict[str, str]], before: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Places keep the key of the gazetteer while their words stay; kinds that are not asked for stay as they were."""
    known = {(each.get("kind"), each.get("words")): each.get("key", "") for each in before}
    asked = [{**each, "key": known.get((each["kind"], each["words"]), "")} for each in places]
    return [*asked, *(dict(each) for each in before if each.get("kind") not in PLACES)]


def initial_of(values: Mapping[str, Any], part: str, side: str) -> dict[str, Any]:
    """What stands in the form of somebody who is known."""
    names, facts = values["names"] or (), values["facts"] or {}
    fate, places = facts.get("fate") or {}, {each["kind"]: each.get("words", "") for each in values["places"] or ()}
    special = {kind: next((each["value"] for each in names if each["kind"] == kind), "") for kind in SPECIAL}
    return {
        **special, "part": part, "side": side, "name": values["name"], "born": as_typed(values["born"]),
        "spellings": "\n".join(each["value"] for each in names if each["kind"] not in SPECIAL),
        "phone": values["phone"] or "", "document": values["document"] or "", "home": places.get("home", ""),
        "birth": places.get("birth", ""), "now": places.get("now", ""), "fate": fate.get("what", ""),
        "fate_date": as_typed(fate.get("date")), "fate_source": fate.get("source", ""),
        **{key: facts.get(key, "") for key in ("sex", "language", "citizenship", "document_kind")},
    }  # fmt: skip
