"""Forms of private exchanges."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models import Organisation
from hamroh.kernel.exchange.terms import FIELDS, LEAST_BITS, MOST_BITS
from hamroh.library.exchange import fetching
from hamroh.tracing.actions.exchangekeys import LONGEST, MOST_MONTHS, ExchangeRefused, Told, read_key
from hamroh.tracing.actions.exchanging import MOST_DAYS, MOST_PEOPLE, Wish
from hamroh.tracing.models import ExchangePartner, Pool

#: bytes of a file that is brought by hand; longer ones go over the line or through the shell
LARGEST = 40 * 2**20
_OFF = {"autocomplete": "off", "spellcheck": "false"}
COMPARED = [("year", pgettext_lazy("exchange", "Year of birth")), ("place", pgettext_lazy("exchange", "Home"))]


def _whole(**limits: Any) -> forms.IntegerField:
    return forms.IntegerField(widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}), **limits)


class NewPartner(forms.Form):
    """A partner by the key that it signs with."""

    name = forms.CharField(
        label=_("What is the organisation called?"), max_length=LONGEST, widget=forms.TextInput(attrs=_OFF)
    )
    key = forms.CharField(
        label=_("Its key"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2, **_OFF}),
        help_text=_("What its file public.key says: 64 signs, or the whole line."),
    )  # fmt: skip
    address = forms.CharField(
        label=_("The address of its Hamroh"), required=False, max_length=300, widget=forms.TextInput(attrs=_OFF),
        help_text=_("With https://. Leave it empty where files go to and fro on a stick."),
    )  # fmt: skip
    terms = forms.CharField(
        label=_("What did both agree to?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who agreed on each side, on which day, for what the pairs may be used."),
    )  # fmt: skip
    months = _whole(label=_("For how many months?"), min_value=1, max_value=MOST_MONTHS, initial=12)
    known_as = forms.ChoiceField(
        label=_("Which organisation of this Hamroh is it?"), required=False,
        help_text=_("Needed to offer it those who are missed: whoever misses somebody agrees organisation by organisation."),
    )  # fmt: skip
    field_order = ("name", "known_as", "key", "address", "terms", "months")

    def __init__(self, *args: Any, houses: Sequence[tuple[Organisation, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._houses = {str(each.pk): each for each, _name in houses}
        none = [("", pgettext_lazy("organisation", "None of these"))]
        self.fields["known_as"].choices = [*none, *((str(each.pk), name) for each, name in houses)]  # type: ignore[attr-defined]

    def clean_key(self) -> str:
        try:
            return read_key(self.cleaned_data["key"])[1]
        except ExchangeRefused as fault:
            raise forms.ValidationError(str(fault)) from None

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"]).strip().rstrip("/")
        if address:
            try:
                where = fetching.checked(address)
            except fetching.Unreachable as fault:
                raise forms.ValidationError(str(fault)) from None
            if where.scheme != "https" and not settings.HARVEST_NEAR:
                raise forms.ValidationError(_("Write a web address with https:// before it."))
        return address

    def told(self) -> Told:
        known = self.cleaned_data
        house = self._houses.get(known["known_as"])
        return Told(known["name"], known["key"], known["terms"], known["address"], known["months"], house)


class OurList(forms.Form):
    """Which list of ours is compared."""

    pool = forms.ChoiceField(label=_("Which list of ours?"), error_messages={"required": _("Choose a list.")})
    told = forms.BooleanField(
        label=_("The people on this list were told that partners may learn whom both have met, and whoever said no is not on it"),
        error_messages={"required": _("Ask the people on the list first.")},
    )  # fmt: skip

    def __init__(self, *args: Any, lists: Sequence[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lists = {each["row"].code: each["row"] for each in lists if each["row"].ended_date is None}
        names = [
            (each["row"].code, f"{each['name']} ({each['count']})") for each in lists if each["row"].code in self._lists
        ]
        self.fields["pool"].choices = [("", _("Choose")), *names]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Pool:
        found: Pool = self._lists[self.cleaned_data["pool"]]
        return found


#: the choice of those who are missed, which is no code of a list
MISSED = "missed"


class NewExchange(OurList):
    """With whom, what for, what is compared, how many people."""

    told = forms.BooleanField(
        label=OurList.base_fields["told"].label, required=False,
        help_text=_("Not asked for those who are missed: whoever misses them has agreed to this partner, each for himself."),
    )  # fmt: skip
    partner = forms.ChoiceField(label=_("With whom?"), error_messages={"required": _("Choose the partner.")})
    purpose = forms.CharField(
        label=_("What will the pairs be used for?"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The partner reads it and agrees to it. Name nobody."),
    )  # fmt: skip
    fields_told = forms.MultipleChoiceField(
        label=_("What is compared, besides the names?"), choices=COMPARED, required=False, initial=["year", "place"],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    most_theirs = _whole(
        label=_("How many people may their list have?"), min_value=1, max_value=MOST_PEOPLE, initial=1000,
        help_text=_("A longer list than agreed is refused."),
    )  # fmt: skip
    days = _whole(label=_("For how many days do the terms hold?"), min_value=1, max_value=MOST_DAYS, initial=30)
    width = forms.ChoiceField(
        label=_("How readily are people opened?"), widget=forms.RadioSelect, initial="narrow",
        choices=[
            ("narrow", _("Narrowly: hardly a stranger is opened, a few pairs are missed")),
            ("wide", _("Widely: hardly a pair is missed, more strangers are opened")),
        ],
    )  # fmt: skip
    least_bits = forms.FloatField(
        label=_("From how many bits on is a pair told?"), required=False, min_value=LEAST_BITS, max_value=MOST_BITS,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.5", "autocomplete": "off"}),
        help_text=_("Leave it empty for what lists of this length need."),
    )  # fmt: skip
    field_order = ("partner", "pool", "purpose", "fields_told", "most_theirs", "days", "width", "least_bits", "told")

    def __init__(self, *args: Any, partners: Sequence[tuple[ExchangePartner, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._partners = {row.code: row for row, _name in partners}
        choices = [("", _("Choose")), *((row.code, name) for row, name in partners)]
        self.fields["partner"].choices = choices  # type: ignore[attr-defined]
        if any(row.known_as_id for row, _name in partners):
            lists = self.fields["pool"].choices  # type: ignore[attr-defined]
            missed = (MISSED, _("Those who are missed, as far as whoever misses them agreed to this partner"))
            self.fields["pool"].choices = [*lists[:1], missed, *lists[1:]]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("pool") and told["pool"] != MISSED and not told.get("told"):
            self.add_error("told", _("Ask the people on the list first."))
        return told

    @property
    def to(self) -> ExchangePartner:
        return self._partners[self.cleaned_data["partner"]]

    def wish(self) -> Wish:
        told = self.cleaned_data
        return Wish(
            pool=None if told["pool"] == MISSED else self.chosen, purpose=told["purpose"], most_theirs=told["most_theirs"], days=told["days"],
            fields=tuple(each for each in FIELDS if each in ("name", *told["fields_told"])), is_wide=told["width"] == "wide",
            least_bits=told["least_bits"], told=told["told"],
        )  # fmt: skip


class TheirFile(forms.Form):
    """A file of the partner, as it came on a stick."""

    file = forms.FileField(
        label=_("The file of the partner"), help_text=_("At most 40 MB."),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than %(size)d MB.") % {"size": LARGEST // 2**20})
        return file
