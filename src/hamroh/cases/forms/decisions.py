"""The form of a decision or an agreement about alimony: one question at a time."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.cases.forms.facts import Fact, Page, a_day, choice, lang, line
from hamroh.cases.forms.numbers import Share, Sum, share_of
from hamroh.kernel.law.obligation import REFERENCES
from hamroh.kernel.law.reasons import phrase

#: how a decision fixes the amount, with its words and the fields that say how much
WAYS: Mapping[str, tuple[Any, Page]] = {
    "share": (_("A share of his income"), ("share",)),
    "by_law": (_("The share of the law for the number of children"), ()),
    "steps": (_("Shares by number of children, as the decision says"), ("steps",)),
    "fixed": (_("A fixed sum a month"), ("fixed",)),
    "mixed": (_("A share and a fixed sum"), ("share", "fixed")),
    "multiple": (_("A multiple of a value of the state"), ("times", "unit")),
}
_AMOUNTS = ("share", "steps", "fixed", "times", "unit")


class Decided(Fact):
    """A decision or an agreement: what is owed, for whom, from when. The amounts of other ways than the chosen one are not asked."""

    how = choice(
        _("What is owed?"), [(way, words) for way, (words, _names) in WAYS.items()],
        error_messages={"required": _("Choose what the decision says. Where it says something else, ask a lawyer.")},
    )  # fmt: skip
    whom = forms.MultipleChoiceField(
        label=_("For which children?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Those who are entered already are not asked for again."),
    )  # fmt: skip

    basis = choice(
        _("What is it?"),
        [
            ("judgment", pgettext_lazy("alimony", "A judgment or order")),
            ("agreement", pgettext_lazy("alimony", "An agreement")),
            ("claim", pgettext_lazy("alimony", "A claim that is not decided yet")),
        ],
    )
    paper = line(_("Which paper, of which day?"), required=True)
    share = Share(label=_("Which share of his income?"), help_text=_("As 1/4 or 25%."))
    steps = line(
        _("Which share for how many children?"),
        required=True,
        help_text=_("As the decision says: 3: 1/2, 2: 1/3, 1: 1/4"),
    )
    fixed = Sum(label=_("How much a month?"))
    times = Sum(label=_("How many times?"), places=6, help_text=_("Such as 0.5 or 2."))
    unit = forms.ChoiceField(label=_("Of which value?"), widget=forms.RadioSelect)
    since = a_day(_("From which day, if it says so?"))
    filed = a_day(_("On which day was it asked for?"))
    in_force = a_day(_("On which day did it enter into force?"))

    def prepare(self) -> None:
        self.fields["whom"].choices = [(str(pk), name) for pk, name in self.children]  # type: ignore[attr-defined]
        if not self.children:
            del self.fields["whom"]
        for name in set(_AMOUNTS) - set(self.amounts):
            del self.fields[name]
        if "unit" in self.fields:
            self.fields["unit"].choices = [(str(role), phrase(f"role/{role}")[lang()]) for role in REFERENCES]  # type: ignore[attr-defined]

    @property
    def amounts(self) -> Page:
        """The fields of the amount in the way that is chosen."""
        found = self["how"].value()
        return WAYS[found][1] if found in WAYS else ()

    @property
    def pages(self) -> list[Page]:
        whom: list[Page] = [("whom",)] if "whom" in self.fields else []
        return [
            ("how",),
            *([self.amounts] if self.amounts else []),
            *whom,
            ("since", "filed", "in_force"),
            ("basis", "paper"),
        ]

    def clean_steps(self) -> Any:
        steps = dict(
            _step(part) for part in re.split(r"[,;]\s*(?=\d+\s*:)", self.cleaned_data["steps"].strip()) if part
        )
        return [[count, share] for count, share in steps.items()]

    def clean(self) -> dict[str, Any]:
        if not any(self.cleaned_data.get(name) or name in self.errors for name in ("since", "filed", "in_force")):
            self.add_error("since", _("At least one of the three days is needed: from when does it run?"))
        return self.cleaned_data

    @property
    def facts(self) -> dict[str, Any]:
        told = super().facts
        told.pop("whom", None)
        return told | ({"by_law": True} if told["how"] == "by_law" else {})

    @property
    def for_whom(self) -> list[str]:
        """The children who are entered with it."""
        return list(self.cleaned_data.get("whom", ()))

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        value = super().get_initial_for_field(field, field_name)
        if field_name == "steps" and isinstance(value, list):
            return ", ".join(f"{count}: {share}" for count, share in value)
        return value


def _step(part: str) -> tuple[int, str]:
    count, _colon, share = part.partition(":")
    if not count.strip().isdecimal() or not 0 < int(count) <= 20 or not (read := share_of(share.strip(" ,;"))):
        raise forms.ValidationError(_("Write each number of children with its share: 3: 1/2, 2: 1/3, 1: 1/4"))
    return int(count), read
