"""Which table somebody wants to see: everything is chosen from fixed lists, nothing is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.statistics.facts import DISTRICT, UNKNOWN, FactSource
from hamroh.statistics.quarters import Quarter
from hamroh.statistics.wishes import MOST_QUARTERS, MOST_VARIABLES, TIME, Wish
from hamroh.vault.models import Audience

#: in front of a field that narrows a variable, and of none chosen
ONLY = "only_"


class WhichTable(forms.Form):
    """The form of one source: its variables are its own."""

    first = forms.ChoiceField(label=_("From which quarter?"))
    last = forms.ChoiceField(label=_("To which quarter?"))
    by = forms.MultipleChoiceField(
        label=_("By what?"), widget=forms.CheckboxSelectMultiple, help_text=_("One to three."),
        error_messages={"required": _("Tick one to three.")},
    )  # fmt: skip
    coarse = forms.MultipleChoiceField(
        label=_("Less finely"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Regions for districts, half-years for quarters, broad groups for narrow ones."),
    )  # fmt: skip

    def __init__(self, data: Any, *, source: FactSource, today: Quarter, places: dict[str, str]) -> None:
        super().__init__(data)
        self.source = source
        quarters = [(each.code, str(each)) for each in Quarter.between(today.later(-MOST_QUARTERS), today)]
        titles = [
            (TIME, pgettext_lazy("statistics", "Quarter")),
            *((each.code, each.title) for each in source.variables),
        ]
        grouped = [each for each in titles if each[0] in (TIME, DISTRICT) or self._has_groups(each[0])]
        for name, choices in (("first", quarters), ("last", quarters), ("by", titles), ("coarse", grouped)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.initial = {"first": today.later(-2 - source.waits).code, "last": today.later(-1 - source.waits).code, "by": [source.variables[0].code]}  # fmt: skip
        for each in source.variables:
            known = places.items() if each.code == DISTRICT else (*each.group_words.items(), *each.choices)
            self.fields[f"{ONLY}{each.code}"] = forms.ChoiceField(
                label=each.title, required=False, choices=[("", _("All")), *known, (UNKNOWN, _("Not known"))]
            )

    def _has_groups(self, code: str) -> bool:
        found = self.source.variable(code)
        return bool(found and found.groups)

    @property
    def narrowing(self) -> list[Any]:
        """Fields that say whom it is about; they stand apart."""
        return [self[name] for name in self.fields if name.startswith(ONLY)]

    @property
    def asking(self) -> list[Any]:
        return [self[name] for name in ("first", "last", "by", "coarse")]

    @property
    def is_narrowed(self) -> bool:
        return any(bound.value() for bound in self.narrowing)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if "by" in facts and not 1 <= len(facts["by"]) <= MOST_VARIABLES:
            self.add_error("by", said("Tick one to three."))
        if not self.errors and not 1 <= len(self.wish.quarters) <= MOST_QUARTERS:
            self.add_error("last", said("Choose at most twelve quarters, the first one first."))
        if not self.errors and set(self.wish.by) & set(self.wish.only):
            self.add_error("by", said("A table is told by a variable or narrowed by it, not both."))
        return facts

    @property
    def wish(self) -> Wish:
        """What was chosen."""
        facts = self.cleaned_data
        only = {name.removeprefix(ONLY): (facts[name],) for name in self.fields if name.startswith(ONLY) and facts.get(name)}  # fmt: skip
        by = tuple(facts["by"])
        coarse = tuple(each for each in facts.get("coarse", ()) if each in by)
        return Wish(self.source.key, Quarter.of(facts["first"]), Quarter.of(facts["last"]), by, only, coarse)


class LetTableOut(forms.Form):
    audience = forms.ChoiceField(
        label=_("Who gets it?"), choices=Audience.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Say who gets it.")},
    )  # fmt: skip
    mark = forms.CharField(widget=forms.HiddenInput)


def query_of(wish: Wish) -> list[tuple[str, str]]:
    """A wish as an address carries it."""
    return [
        ("of", wish.source), ("first", wish.first.code), ("last", wish.last.code), *(("by", each) for each in wish.by),
        *(("coarse", each) for each in wish.coarse), *((f"{ONLY}{name}", chosen[0]) for name, chosen in wish.only.items()),
    ]  # fmt: skip
