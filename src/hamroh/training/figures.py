"""Who was trained, as figures may leave: of a half-year that is over, through the one register, small numbers withheld.

Places taken are counted, as everybody stands in one half-year's rounds: who came twice is counted twice here, and once in the cascade.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.cases import figuresets
from hamroh.kernel.disclosure import Box, Dimension, Published, Refusal, Rules, Shape, Table
from hamroh.training.models import Age, Counted, CourseKind, Enrolment, Sex

POPULATION = "training"
UNKNOWN = "unknown"
BY = {"sex": ("sex",), "age": ("age",), "sex_age": ("sex", "age")}


@dataclass(frozen=True)
class Wish:
    """Who was trained in a half-year by kind of course and by sex, age or both."""

    half: str
    by: str

    @property
    def codes(self) -> dict[str, Any]:
        return {"half": self.half, "by": self.by}

    @classmethod
    def of(cls, codes: Mapping[str, Any]) -> "Wish":
        return cls(str(codes["half"]), str(codes["by"]))

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        year, part = (int(each) for each in self.half.split("-"))
        return (
            (dt.date(year, 1, 1), dt.date(year, 6, 30)) if part == 1 else (dt.date(year, 7, 1), dt.date(year, 12, 31))
        )

    @property
    def quarters(self) -> frozenset[str]:
        """The quarters of the half-year: tables of quarters count the same people, and are audited together with it."""
        year, part = self.half.split("-")
        return frozenset(f"{year}-q{each}" for each in ((1, 2) if part == "1" else (3, 4)))

    @property
    def title(self) -> str:
        first, last = self.span
        return said("Who was trained, %(first)s to %(last)s") % {"first": f"{first:%Y-%m}", "last": f"{last:%Y-%m}"}

    @property
    def rules(self) -> Rules:
        """Five; ten where age stands beside sex."""
        return Rules(threshold=10 if self.by == "sex_age" else 5)


def table_of(_actor: Any, wish: Wish, organisation_id: UUID, _turn: int) -> Table:
    """Those with a name and those who were counted, of rounds that were held and are over."""
    first, last = wish.span
    of = {
        "organisation_id": organisation_id, "round__state": "held", "round__closed_date__range": (first, last),
    }  # fmt: skip
    names = BY[wish.by]
    counts: Counter[tuple[str, ...]] = Counter()
    for kind, *told in Enrolment.objects.filter(**of).values_list("round__course__kind", *names):
        counts[kind, *(each or UNKNOWN for each in told)] += 1
    for kind, number, *told in Counted.objects.filter(**of).values_list("round__course__kind", "number", *names):
        counts[kind, *(each or UNKNOWN for each in told)] += number
    leaves = {"sex": [*Sex.values, UNKNOWN], "age": [*Age.values, UNKNOWN]}
    dimensions = (Dimension.of("course", CourseKind.values), *(Dimension.of(name, leaves[name]) for name in names))
    return Table(
        Shape(dimensions, {"quarter": wish.quarters}, POPULATION, whole=frozenset({"course", "sex", "age"})), counts
    )


def bars(wish: Wish, _organisation_id: UUID) -> Refusal | None:
    """A half-year that is over, since a round more would be the difference of two tables."""
    return Refusal.NOTHING_LEFT if wish.span[1] >= timezone.now().date() else None


def nothing_by_nature(_tables: Sequence[Published]) -> list[Box]:
    return []


def variable(name: str) -> str:
    words: dict[str, Any] = {
        "course": pgettext_lazy("figures", "Course"), "sex": pgettext_lazy("figures", "Sex"), "age": pgettext_lazy("figures", "Age"),
    }  # fmt: skip
    return str(words.get(name, name))


def words(_shape: Shape, _lang: str) -> dict[str, str]:
    known = {code: str(label) for code, label in (*CourseKind.choices, *Sex.choices, *Age.choices)}
    return known | {UNKNOWN: said("Not known")}


def _halves(today: dt.date, count: int = 10) -> Iterable[str]:
    year, part = today.year, 1 if today.month < 7 else 2
    for _turn in range(count):
        year, part = (year, 1) if part == 2 else (year - 1, 2)
        yield f"{year}-{part}"


class WhichRounds(forms.Form):
    half = forms.ChoiceField(
        label=_("Rounds of which half-year?"),
        help_text=_("Only one that is over is counted, of rounds that were held."),
    )
    by = forms.ChoiceField(
        label=pgettext_lazy("figures", "By what?"),
        choices=[
            ("sex", pgettext_lazy("figures", "By sex")), ("age", pgettext_lazy("figures", "By age")),
            ("sex_age", pgettext_lazy("figures", "By sex and age")),
        ],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["half"].choices = [(each, each) for each in _halves(timezone.now().date())]  # type: ignore[attr-defined]

    @property
    def wish(self) -> Wish:
        return Wish.of(self.cleaned_data)


TRAINED = figuresets.FigureSet(
    key=POPULATION, place=50, title=_("Figures of trainings"),
    lead=_("Places taken in rounds that were held, by kind of course. What is small is withheld, and so is what would give it away."),
    unit=_("People who took part"), form=WhichRounds, wish_of=Wish.of, table_of=table_of, empty=nothing_by_nature,
    variable=variable, words=words, bars=bars, is_quiet=True,
)  # fmt: skip
figuresets.declare(TRAINED)
