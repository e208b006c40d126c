"""Forms of what stands beside a project, one for each kind of row."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models import User
from hamroh.directory.forms.fields import SPOKEN, TextsField
from hamroh.directory.forms.named import PartyField, PlaceField
from hamroh.projects.forms.fields import NOT_SAID, Address, Amount, Currency
from hamroh.projects.models import (
    Aggregation,
    DayKind,
    Direction,
    Flow,
    Level,
    Measure,
    PaperKind,
    PartyRole,
    Project,
    Result,
)
from hamroh.projects.states import RiskLife
from hamroh.web.fields import Line, SomeDay, choice, day, whole
from hamroh.web.texts import pick

_DIRECTORY = _("As the directory names it.")
_SHARE = _("Per cent of the whole, where it is known.")
FIVE = [(each, str(each)) for each in range(1, 6)]


class PartForm(forms.Form):
    """A row beside a project: what is typed becomes the columns of the row."""

    def __init__(self, *args: Any, project: Project, people: Callable[[], list[User]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.project = project
        self.settle(people)

    def settle(self, people: Callable[[], list[User]]) -> None:
        """Choices that depend on the project."""

    @classmethod
    def of(cls, row: Any) -> dict[str, Any]:
        return {name: getattr(row, name) for name in cls.base_fields if hasattr(row, name)} | cls.more_of(row)

    @classmethod
    def more_of(cls, row: Any) -> dict[str, Any]:  # noqa: ARG003 - for forms whose fields are no columns
        return {}

    @property
    def told(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class PartyForm(PartForm):
    party = PartyField(_("Which organisation?"), required=False, help_text=_DIRECTORY)
    name = Line(_("Or who is not in the directory"), length=200, required=False)
    role = choice(_("What is it to the project?"), PartyRole.choices, radio=True)
    may_be_named = forms.BooleanField(
        label=_("It may be named outside"), required=False,
        help_text=_("Leave this empty for a group without registration, and wherever being named may harm somebody."),
    )  # fmt: skip
    remark = Line(pgettext_lazy("project", "Remark"), length=300, required=False)

    @classmethod
    def more_of(cls, row: Any) -> dict[str, Any]:
        return {"may_be_named": not row.is_hidden}

    @property
    def told(self) -> dict[str, Any]:
        told = super().told
        return told | {"is_hidden": not told.pop("may_be_named")}


class PlaceForm(PartForm):
    place = PlaceField(label=_("Where?"), help_text=_("A district or a country. Never where somebody stays in safety."))
    share = Amount(_("Share"), digits=5, places=2, required=False, help_text=_SHARE, min_value=0, max_value=100)
    is_hidden = forms.BooleanField(label=_("Never told outside"), required=False)

    @classmethod
    def more_of(cls, row: Any) -> dict[str, Any]:
        return {"place": row.place.key}


class SectorForm(PartForm):
    vocabulary = choice(
        _("Whose list of codes?"),
        [("1", _("Sectors of aid, five digits")), ("2", _("Sectors of aid, three digits")), ("99", _("Our own list"))],
    )
    code = Line(pgettext_lazy("sector", "Code"), length=20)
    names = TextsField(label=pgettext_lazy("sector", "What it means"), required=False)
    share = Amount(_("Share"), digits=5, places=2, required=False, help_text=_SHARE, min_value=0, max_value=100)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        length = {"1": 5, "2": 3}.get(told.get("vocabulary", ""))
        if length and not (told.get("code", "").isdigit() and len(told["code"]) == length):
            self.add_error("code", said("A code of this list has %(number)s digits.") % {"number": length})
        return told


class BudgetForm(PartForm):
    starts_date, ends_date = day(_("From")), day(_("To"), help_text=_("A year at most."))
    amount = Amount(_("How much?"), digits=18, places=2, min_value=0)
    currency = Currency(_("Currency"))
    value_date = day(_("Day of this value"), required=False, help_text=_("Empty: the first day."))
    is_revised = forms.BooleanField(label=_("It takes the place of an earlier budget"), required=False)
    is_committed = forms.BooleanField(label=_("It is promised in writing"), required=False)

    @property
    def told(self) -> dict[str, Any]:
        told = super().told
        return told | {"value_date": told["value_date"] or told["starts_date"]}


class MoneyForm(PartForm):
    kind = choice(pgettext_lazy("money", "What is it?"), Flow.choices)
    amount = Amount(_("How much?"), digits=18, places=2)
    currency = Currency(_("Currency"))
    on_date = day(_("When?"))
    value_date = day(_("Day of this value"), required=False, help_text=_("Empty: the same day."))
    provider = PartyField(_("Who gave it?"), required=False, help_text=_DIRECTORY)
    provider_name = Line(_("Or who is not in the directory"), length=200, required=False)
    receiver = PartyField(_("Who received it?"), required=False, help_text=_DIRECTORY)
    receiver_name = Line(_("Or who is not in the directory"), length=200, required=False)
    abouts = TextsField(label=_("What for?"), required=False, help_text=_("Name no person."))
    source = Line(_("Which paper shows it?"), length=300, required=False)

    @property
    def told(self) -> dict[str, Any]:
        told = super().told
        return told | {"value_date": told["value_date"] or told["on_date"]}


class PaperForm(PartForm):
    titles = TextsField(label=_("What is it called?"), help_text=_("In one language at least. Name no person."))
    kind = choice(_("What kind of document?"), PaperKind.choices)
    record_code = Line(_("Its code in the library"), length=20, required=False)
    url = Address(_("Or its address on the internet"))
    language = choice(_("In which language?"), SPOKEN, empty=NOT_SAID)
    on_date = SomeDay(_("When?"), required=False)
    is_hidden = forms.BooleanField(label=_("Never told outside"), required=False)


class DayForm(PartForm):
    kind = choice(pgettext_lazy("day of a project", "What is due?"), DayKind.choices, radio=True)
    titles = TextsField(label=pgettext_lazy("day of a project", "What exactly?"), required=False)
    on_date = day(_("On which day?"))
    done_date = day(_("Day on which it was done"), required=False)


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg] # generic for the checker alone
    """A row of the project, named by its number and title."""

    def label_from_instance(self, row: Any) -> str:
        from django.utils.translation import get_language

        return f"{getattr(row, 'number', '') or getattr(row, 'code', '')} {pick(row.titles, get_language() or 'en')}"


class ResultForm(PartForm):
    level = choice(pgettext_lazy("result", "What is it?"), Level.choices, radio=True)
    number = Line(pgettext_lazy("result", "Number"), length=12, help_text=_("As in your plan: 1, 1.1, 2."))
    parent = RowField(queryset=Result.objects.none(), required=False, label=_("Under which result?"))
    titles = TextsField(label=_("What is to change?"), help_text=_("In one language at least."))
    abouts = TextsField(label=_("More about it"), required=False, rows=3)

    def settle(self, people: Callable[[], list[User]]) -> None:  # noqa: ARG002
        rows = Result.objects.filter(project=self.project).exclude(level=Level.OUTPUT).order_by("number")
        self.fields["parent"].queryset = rows  # type: ignore[attr-defined]


class IndicatorForm(PartForm):
    result = RowField(queryset=Result.objects.none(), label=_("Of which result?"))
    code = Line(pgettext_lazy("indicator", "Code"), length=16, help_text=_("Short: 1.1a."))
    titles = TextsField(label=_("How will one know?"), help_text=_("In one language at least."))
    units = TextsField(label=_("The number of what?"), required=False)
    measure = choice(_("How is it measured?"), Measure.choices, radio=True, initial="number")
    direction = choice(_("Which way is better?"), Direction.choices, radio=True, initial="up")
    aggregation = choice(_("How do several periods become one?"), Aggregation.choices, radio=True, initial="sum")
    baseline_value = Amount(_("Where it began"), required=False)
    baseline_words = Line(_("Or in words"), length=300, required=False)
    baseline_year = whole(_("In which year?"), least=1990, most=2100)
    baseline_notes = TextsField(label=_("If that is not known: why?"), required=False)
    abouts = TextsField(label=_("How is it counted?"), required=False, rows=2)
    is_public = forms.BooleanField(
        label=_("Anybody may read it"), required=False,
        help_text=_("Once the project is public, with figures that a second person approved."),
    )  # fmt: skip

    def settle(self, people: Callable[[], list[User]]) -> None:  # noqa: ARG002
        rows = Result.objects.filter(project=self.project).order_by("number")
        self.fields["result"].queryset = rows  # type: ignore[attr-defined]


class RiskForm(PartForm):
    texts = TextsField(label=_("What can go wrong?"), rows=2, help_text=_("In one language at least. Name no person."))
    likelihood = forms.TypedChoiceField(
        label=_("How likely is it?"), choices=FIVE, coerce=int, widget=forms.RadioSelect, help_text=_("1 hardly, 5 almost surely.")
    )  # fmt: skip
    harm = forms.TypedChoiceField(
        label=_("How bad would it be?"), choices=FIVE, coerce=int, widget=forms.RadioSelect, help_text=_("1 hardly, 5 somebody is harmed.")
    )  # fmt: skip
    doings = TextsField(label=_("What is done about it?"), required=False, rows=2)
    owner = forms.ModelChoiceField(queryset=User.objects.none(), required=False, label=_("Who watches it?"))
    review_date = day(_("When is it looked at again?"), required=False)
    state = choice(_("How does it stand?"), RiskLife.choices(), radio=True, initial="open")

    def settle(self, people: Callable[[], list[User]]) -> None:
        rows = User.objects.filter(pk__in=[each.pk for each in people()]).order_by("display_name")
        self.fields["owner"].queryset = rows  # type: ignore[attr-defined]


#: kind of a row -> its form, what a new one is called, what a change is called
FORMS: dict[str, tuple[type[PartForm], Any, Any]] = {
    "party": (PartyForm, _("A partner"), _("Change a partner")), "place": (PlaceForm, _("A place"), _("Change a place")),
    "sector": (SectorForm, _("A sector"), _("Change a sector")), "budget": (BudgetForm, _("A budget"), _("Change a budget")),
    "money": (MoneyForm, _("Money that moved"), _("Change money that moved")), "paper": (PaperForm, _("A document"), _("Change a document")),
    "day": (DayForm, _("A day not to miss"), _("Change a day")), "result": (ResultForm, _("A result"), _("Change a result")),
    "indicator": (IndicatorForm, _("An indicator"), _("Change an indicator")), "risk": (RiskForm, _("A risk"), _("Change a risk")),
}  # fmt: skip
