"""Forms of meetings and savings: each works without script, on a telephone, for every member at once."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.groups.forms import fields
from hamroh.groups.forms.fields import Amount, number
from hamroh.groups.models import Attended
from hamroh.groups.selectors.books import Known
from hamroh.groups.wording import FUNDS, KINDS, minor_of
from hamroh.kernel.savings import Fund, Kind, Terms
from hamroh.kernel.savings import Line as Entered
from hamroh.web.fields import Line, choice, day, paragraph

#: lines that are written one by one
SINGLE = (Kind.FINE, Kind.INCOME, Kind.EXPENSE, Kind.WITHDRAWAL)


class CycleForm(forms.Form):
    starts_date = day(_("First day"))
    currency = fields.currency(required=True)
    share_value = Amount(label=_("What does one share cost?"))
    most_shares = number(_("How many shares may a member buy in one meeting?"), least=1, most=100, initial=5)
    loan_multiple = number(
        _("How many times her savings may a member borrow?"), least=0, most=100, initial=3,
        help_text=_("3 lends three times what she saved; 0 lends nothing."),
    )  # fmt: skip
    charge = forms.DecimalField(
        label=_("What does a loan cost a month, in per cent of what was lent?"), min_value=Decimal(0), max_value=Decimal(100),
        decimal_places=1, initial=0, widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip
    fund_paid = Amount(label=_("What does each pay into the social fund in a meeting?"), initial=0)
    shares_social = forms.BooleanField(label=_("The social fund is divided too when the cycle ends"), required=False)

    def clean_share_value(self) -> Decimal:
        value: Decimal = self.cleaned_data["share_value"]
        if not value:
            raise forms.ValidationError(_("Write an amount like 250 or 12.50."))
        return value

    def terms(self) -> Terms:
        typed = self.cleaned_data
        return Terms(
            share_value=minor_of(typed["share_value"]), most_shares=typed["most_shares"], loan_multiple=typed["loan_multiple"] * 10,
            charge_permille=int(typed["charge"] * 10), fund_paid=minor_of(typed["fund_paid"]), shares_social=typed["shares_social"],
        )  # fmt: skip


class MeetingForm(forms.Form):
    held_date = day(_("On which day?"))


class AttendanceForm(forms.Form):
    """How each member attends; one button says that everybody who was not marked is here."""

    def __init__(self, data: Any = None, *, members: Sequence[Known], kept: dict[str, str] | None = None) -> None:
        super().__init__(data)
        self.members, self.all_here = members, bool(data and data.get("all"))
        for each in members:
            name = f"m{each.number}"
            self.fields[name] = choice(
                each.called, Attended.choices, radio=True, required=False, initial=(kept or {}).get(str(each.number))
            )
            if self.all_here:
                self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        for each in self.members:
            name = f"m{each.number}"
            if not typed.get(name) and name not in self.errors:
                if self.all_here:
                    typed[name] = str(Attended.PRESENT)
                else:
                    self.add_error(name, _("Choose one of these."))
        return typed

    def attendance(self) -> dict[int, str]:
        return {each.number: self.cleaned_data[f"m{each.number}"] for each in self.members}


class MoneyForm(forms.Form):
    """What each member brings: shares, her part of the social fund, what she pays back."""

    def __init__(self, data: Any = None, *, members: Sequence[Known], terms: Terms, owing: set[int]) -> None:
        super().__init__(data)
        self.members, self.terms = members, terms
        for each in members:
            self.fields[f"s{each.number}"] = number(_("Shares"), most=terms.most_shares, required=False)
            self.fields[f"f{each.number}"] = Amount(label=FUNDS[Fund.SOCIAL], required=False)
            if each.number in owing:
                self.fields[f"r{each.number}"] = Amount(label=KINDS[Kind.REPAYMENT], required=False)

    @property
    def rows(self) -> list[tuple[Known, list[Any]]]:
        """Each member with her fields."""
        return [
            (
                each,
                [
                    self[name]
                    for name in (f"s{each.number}", f"f{each.number}", f"r{each.number}")
                    if name in self.fields
                ],
            )
            for each in self.members
        ]

    def lines(self) -> list[Entered]:
        found = []
        for each in self.members:
            typed = {kind: self.cleaned_data.get(f"{kind}{each.number}") for kind in "sfr"}
            amounts = (
                (Kind.SHARE, (typed["s"] or 0) * self.terms.share_value), (Kind.FUND, minor_of(typed["f"])),
                (Kind.REPAYMENT, minor_of(typed["r"])),
            )  # fmt: skip
            found += [Entered("", kind, amount, each.number) for kind, amount in amounts if amount]
        return found


def _member(members: Sequence[Known], *, empty: Any = None) -> forms.ChoiceField:
    return choice(pgettext_lazy("group", "Member"), [(str(each.number), each.called) for each in members], empty=empty)


class LoanForm(forms.Form):
    amount = Amount(label=_("How much?"))
    months = number(_("For how many months?"), least=1, most=24, initial=3)

    def __init__(self, data: Any = None, *, members: Sequence[Known]) -> None:
        super().__init__(data)
        self.fields["member"] = _member(members)
        self.order_fields(["member", "amount", "months"])


class LineForm(forms.Form):
    kind = choice(_("What was it?"), [(kind.value, KINDS[kind]) for kind in SINGLE], radio=True)
    fund = choice(
        _("Which bag?"), [(str(fund), word) for fund, word in FUNDS.items()], radio=True, initial=Fund.SAVINGS.value
    )
    amount = Amount(label=_("How much?"))

    def __init__(self, data: Any = None, *, members: Sequence[Known]) -> None:
        super().__init__(data)
        self.fields["member"] = _member(members, empty=pgettext_lazy("group", "The whole group"))
        self.order_fields(["kind", "fund", "member", "amount"])

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("kind") in (Kind.FINE, Kind.WITHDRAWAL) and not typed.get("member"):
            self.add_error("member", _("Say whose it is."))
        return typed

    def line(self) -> Entered:
        typed = self.cleaned_data
        kind = Kind(typed["kind"])
        fund = Fund.SAVINGS if kind is Kind.WITHDRAWAL else Fund(typed["fund"])
        member = int(typed["member"]) if typed["member"] else None
        return Entered("", kind, minor_of(typed["amount"]), member, fund=fund)


class DecisionForm(forms.Form):
    words = paragraph(_("What was decided?"), required=True, rows=2)
    f_for = number(pgettext_lazy("vote", "For"), required=False, most=500)
    f_against = number(pgettext_lazy("vote", "Against"), required=False, most=500)
    f_abstained = number(pgettext_lazy("vote", "Abstained"), required=False, most=500)

    def __init__(self, data: Any = None, *, members: Sequence[Known]) -> None:
        super().__init__(data)
        self.fields["member"] = _member(members, empty=pgettext_lazy("group", "Nobody"))
        self.fields["member"].label = _("Who takes it on?")

    def told(self) -> dict[str, Any]:
        typed = self.cleaned_data
        votes = {
            name: typed[f"f_{name}"] for name in ("for", "against", "abstained") if typed.get(f"f_{name}") is not None
        }
        task = {"member": int(typed["member"])} if typed["member"] else {}
        return {"words": typed["words"].strip(), **votes, **task}


class AgendaForm(forms.Form):
    agenda = paragraph(_("Agenda"), help_text=_("One point a line."), rows=6)

    def lines(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["agenda"].splitlines()]


class CloseForm(forms.Form):
    box = Amount(label=_("Counted in the bag of savings"))
    social = Amount(label=_("Counted in the social fund"))
    why = Line(_("If it differs from the book: why?"), required=False, length=300)

    def __init__(self, data: Any = None, *, has_money: bool) -> None:
        super().__init__(data)
        if not has_money:
            self.fields.clear()

    def counted(self) -> dict[str, int]:
        return {bag: minor_of(self.cleaned_data.get(bag)) for bag in ("box", "social")}


class WhyForm(forms.Form):
    why = Line(_("Why?"), length=300)


class TakeForm(forms.Form):
    """The PIN stays on the telephone: these fields have no name, so no browser sends them."""

    label = Line(_("What do you call this telephone?"), required=False, length=60)


class SettleForm(forms.Form):
    """One choice for each thing that two records say otherwise."""

    def __init__(self, data: Any = None, *, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        choices = [("ours", _("What is here")), ("theirs", _("What the telephone says")), ("both", _("Both happened"))]
        for key, title in keys:
            self.fields[key] = choice(
                title, choices[:2] if key.startswith(("attendance", "cash")) else choices, radio=True
            )

    def choices(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in self.fields}


class WhichForm(forms.Form):
    def __init__(self, data: Any = None, *, meetings: Sequence[tuple[int, dt.date]]) -> None:
        super().__init__(data)
        from hamroh.groups.wording import meeting_called

        listed = [(str(at), meeting_called(at, on)) for at, on in meetings]
        self.fields["which"] = choice(
            _("Which meeting was this?"), [*listed, ("new", _("Another one, which is not here yet"))], radio=True
        )

    def number(self) -> int | None:
        which = self.cleaned_data["which"]
        return None if which == "new" else int(which)
