"""Forms of an alimony matter: one thing each; what they hold is told as ``facts`` in the shapes of ``cases.alimony``."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.cases.forms.decisions import Decided
from hamroh.cases.forms.facts import KNOWN, LINE, Fact, Page, a_day, choice, lang, line, ordered
from hamroh.cases.forms.matters import Day
from hamroh.cases.forms.numbers import Share, Sum, share_of
from hamroh.cases.models import AlimonyPart as Part
from hamroh.kernel.law import Role, switches
from hamroh.kernel.law.reasons import phrase

MOST_LINES = 200
CURRENCIES = [(code, code) for code in ("TJS", "AZN", "RUB", "USD", "EUR", "KZT", "UZS", "TRY")]
#: what a lawyer may state, and in which form its value is: no form, where only the article counts
STATED: Mapping[Role, str] = {
    Role.AVERAGE_WAGE: "sum", Role.MINIMUM_WAGE: "sum", Role.SUBSISTENCE_CHILD: "sum", Role.PENALTY: "sum",
    Role.SHARES: "share", Role.CLAIM_LOOKBACK: "years", Role.WRIT_LOOKBACK: "years", Role.END: "years", Role.FIXED: "",
    Role.START: "", Role.FAULT: "", Role.UNPROVED_INCOME: "", Role.PARTIAL_MONTH: "", Role.EXCHANGE: "", Role.INDEX: "",
}  # fmt: skip
#: what stands for the value where only the article counts
AS_STATED = {Role.INDEX: str(Role.MINIMUM_WAGE)}


class Terms(Fact):
    currency = forms.ChoiceField(label=_("In which currency is alimony owed?"), choices=CURRENCIES, widget=forms.Select)
    due_day = forms.IntegerField(
        label=_("On which day of the month is it due?"), min_value=1, max_value=31, required=False,
        help_text=_("Only if the decision says it."),
    )  # fmt: skip
    last = a_day(_("What is the last day of all?"), help_text=_("Only if the decision says it."))

    def prepare(self) -> None:
        self.fields["currency"].initial = self.owed_in


class Period(Fact):
    how = choice(
        _("Which time is worked out?"),
        [
            ("", _("From when alimony began, or from the first day below")),
            ("claim", _("As far back before a claim as the law allows")),
            ("writ", _("As far back before the writ was presented as the law allows")),
        ],
        required=False,
    )
    first = a_day(_("First day"))
    last = a_day(_("Last day"), help_text=_("Empty: the end of the last whole month."))
    on = a_day(_("On which day is it reckoned?"), help_text=_("Empty: today. Later payments are not counted."))
    claim = a_day(_("On which day was the claim brought?"))
    took_steps = choice(_("Did she do something to get alimony before?"), KNOWN, required=False)
    evaded = choice(_("Did he evade paying?"), KNOWN, required=False)
    presented = a_day(_("On which day was the writ presented?"))
    fault = choice(_("Is it his fault that nothing was paid?"), KNOWN, required=False)

    @property
    def pages(self) -> list[Page]:
        first: dict[str, list[Page]] = {"claim": [("claim",), ("took_steps",), ("evaded",)], "writ": [("presented",)]}
        how = self["how"].value() or ""
        days = ("last",) if how == "claim" else ("first", "last")
        return [("how",), *first.get(how, []), days, ("on",), ("fault",)]

    def clean(self) -> dict[str, Any]:
        ordered(self)
        needed = {"claim": "claim", "writ": "presented"}.get(self.cleaned_data.get("how", ""), "")
        if needed and needed not in self.errors and not self.cleaned_data.get(needed):
            self.add_error(needed, _("This day is needed to know how far back it goes."))
        return self.cleaned_data


class AlimonyChild(Fact):
    person = forms.ChoiceField(label=_("Which child?"), widget=forms.RadioSelect)
    last = a_day(
        _("Until which day?"),
        help_text=_("Only if it ends for another reason than coming of age: adopted, married."),
    )

    def prepare(self) -> None:
        self.fields["person"].choices = [(str(pk), name) for pk, name in self.children]  # type: ignore[attr-defined]


class OfMoney(Fact):
    """A sum; in another currency than the obligation's only with a rate, its day and where it was read."""

    rate = Sum(label=_("Exchange rate"), places=6, required=False)
    rate_date = a_day(_("Of which day is the rate?"))
    rate_source = line(_("Where was the rate read?"))

    def prepare(self) -> None:
        self.fields["currency"].initial = self.owed_in
        self.fields["rate"].help_text = _("Only if it is not in %(currency)s: how many %(currency)s is one worth?") % {
            "currency": self.owed_in
        }

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        foreign = bool(told.get("amount")) and told.get("currency") not in (None, self.owed_in)
        for name in ("rate", "rate_date", "rate_source"):
            if not foreign:
                told.pop(name, None)
            elif name not in self.errors and not told.get(name):
                self.add_error(name, _("Another currency needs its rate, the day of the rate and where it was read."))
        if foreign and told.get("rate") and not Decimal(told["rate"]):
            self.add_error("rate", _("A rate is more than nothing."))
        return told


class Earned(OfMoney):
    """The debtor's income."""

    first = a_day(_("From which day?"), required=True)
    last = a_day(_("To which day?"), required=True)
    situation = choice(
        _("What is known of it?"),
        [
            ("known", pgettext_lazy("income", "It is known")),
            ("no_papers", pgettext_lazy("income", "There are no papers")),
            ("not_working", pgettext_lazy("income", "He does not work")),
        ],
    )
    amount = Sum(label=_("How much a month?"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES, widget=forms.Select)
    paper = line(_("Which paper proves it?"))
    rare = ("rate", "rate_date", "rate_source")
    field_order = ["first", "last", "situation", "amount", "currency", "paper", "rate", "rate_date", "rate_source"]

    def clean(self) -> dict[str, Any]:
        ordered(self)
        if self.cleaned_data.get("situation") != "known":
            self.cleaned_data["amount"] = ""
        else:
            for name in ("amount", "paper"):
                if name not in self.errors and not self.cleaned_data.get(name):
                    self.add_error(name, _("A known income needs its amount and the paper that proves it."))
        return super().clean()


class Paid(OfMoney):
    """A payment."""

    on = a_day(_("On which day did it come?"), required=True)
    amount = Sum(label=_("How much?"))
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES, widget=forms.Select)
    kind = choice(
        _("How was it paid?"),
        [
            ("receipt", pgettext_lazy("payment", "By hand, with a receipt")),
            ("transfer", pgettext_lazy("payment", "A transfer")),
            ("in_kind", pgettext_lazy("payment", "In kind: food, clothes, school")),
        ],
    )
    paper = line(
        _("Which slip or statement says that it was alimony?"), help_text=_("Without one it is listed and not counted.")
    )
    valued_by = line(_("Who accepted the value?"), help_text=_("Only if it was paid in kind."))
    sent = a_day(_("On which day was it sent?"))
    rare = ("valued_by", "rate", "rate_date", "rate_source", "sent")
    field_order = [
        "on", "amount", "currency", "kind", "paper", "valued_by", "rate", "rate_date", "rate_source", "sent",
    ]  # fmt: skip


class Forgiven(Fact):
    """Relief: a share of the arrears or a sum."""

    on = a_day(_("Of which day is the decision?"), required=True)
    paper = line(_("Which paper, of which day?"), required=True)
    share = Share(label=_("Which share of the arrears is forgiven?"), required=False, help_text=_("As 1/4 or 25%."))
    amount = Sum(label=_("Or which sum?"), required=False)

    def clean(self) -> dict[str, Any]:
        if not self.errors and bool(self.cleaned_data.get("share")) == bool(self.cleaned_data.get("amount")):
            self.add_error("share", _("Write a share or a sum, one of the two."))
        return self.cleaned_data


class Chosen(Fact):
    """A choice where the law is silent."""

    about = choice(_("Which way is it worked out?"), ())

    def prepare(self) -> None:
        options = (
            (f"{key}={value}", row[lang()]) for key, values in switches().items() for value, row in values.items()
        )
        self.fields["about"].choices = list(options)  # type: ignore[attr-defined]

    def get_initial_for_field(self, _field: forms.Field, _field_name: str) -> Any:
        return f"{self.initial['about']}={self.initial['value']}" if self.initial.get("about") else None

    @property
    def facts(self) -> dict[str, Any]:
        about, _equals, value = self.cleaned_data["about"].partition("=")
        return {"about": about, "value": value}


class Stated(Fact):
    """What a lawyer states in the place of what nobody has seen."""

    about = forms.ChoiceField(label=_("What about?"), widget=forms.Select)
    value = line(_("Which value?"), help_text=_("A sum, a share such as 1/3, years, or per cent a day for a penalty."))
    article = line(_("Which act and article, or which source?"), required=True)
    first = a_day(_("First day"), help_text=_("Only if it holds for a time."))
    last = a_day(_("Last day"))

    def prepare(self) -> None:
        self.fields["about"].choices = [(str(role), phrase(f"role/{role}")[lang()]) for role in STATED]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        ordered(self)
        told = self.cleaned_data
        if told.get("about") and "value" in told:
            try:
                told["value"] = _value(Role(told["about"]), told["value"])
            except forms.ValidationError as fault:
                self.add_error("value", fault)
        return told

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        value = super().get_initial_for_field(field, field_name)
        return "" if field_name == "value" and not STATED.get(self.initial.get("about", ""), "x") else value


def _value(role: Role, typed: str) -> str:
    """A value as the engine takes it."""
    shape = STATED[role]
    if not shape:
        return AS_STATED.get(role, "stated")
    if shape == "share":
        read = share_of(typed)
    elif shape == "years":
        read = str(forms.IntegerField(min_value=1, max_value=99, required=False).clean(typed) or "")
    else:
        read = str(Sum(places=6, required=False).clean(typed))
    if not read:
        raise forms.ValidationError(_("This needs a value."))
    return read


FORMS: dict[str, type[Fact]] = {
    Part.TERMS: Terms, Part.PERIOD: Period, Part.CHILD: AlimonyChild, Part.DECISION: Decided, Part.INCOME: Earned, Part.PAYMENT: Paid,
    Part.RELIEF: Forgiven, Part.CHOICE: Chosen, Part.ASSUMPTION: Stated,
}  # fmt: skip


class ManyPaid(forms.Form):
    """Payments in the obligation's currency, one a line: the day, the sum, and the slip in words."""

    lines = forms.CharField(
        label=_("Payments, one a line"), widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}), max_length=50_000,
        help_text=_("The day, the sum, and which slip says that it was alimony: 2026-02-20 300 bank slip"),
    )  # fmt: skip
    kind = Paid.base_fields["kind"]

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    def clean_lines(self) -> list[dict[str, Any]]:
        typed = [
            (number, each) for number, each in enumerate(self.cleaned_data["lines"].splitlines(), 1) if each.strip()
        ]
        if len(typed) > MOST_LINES:
            raise forms.ValidationError(_("At most %(most)d lines at once, please.") % {"most": MOST_LINES})
        faults: list[forms.ValidationError] = []
        found = []
        for number, each in typed:
            try:
                found.append(_paid_line(each))
            except forms.ValidationError as fault:
                faults += [
                    forms.ValidationError(_("Line %(number)d: %(fault)s") % {"number": number, "fault": words})
                    for words in fault.messages
                ]
        if faults:
            raise forms.ValidationError(faults)
        return found

    @property
    def told(self) -> Iterator[dict[str, Any]]:
        """The facts of each payment."""
        for each in self.cleaned_data["lines"]:
            yield each | {"currency": self.currency, "kind": self.cleaned_data["kind"]}


def _paid_line(typed: str) -> dict[str, Any]:
    day, _space, rest = typed.strip().partition(" ")
    amount, _space, paper = rest.strip().partition(" ")
    if len(paper) > LINE:
        raise forms.ValidationError(_("These words are too long."))
    told = {"on": Day(label="").clean(day).isoformat(), "amount": Sum().clean(amount)}
    return told | ({"paper": paper.strip()} if paper.strip() else {})
