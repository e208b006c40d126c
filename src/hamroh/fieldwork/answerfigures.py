"""Tables of answers and of days in the villages, as they may leave: once a form is closed or a half-year is over, through the one register.

Who answers a form that is closed is counted in every table of it alike, so two tables about the same form count the same people.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.cases import figuresets
from hamroh.cases.models import TOPICS
from hamroh.fieldwork import showing
from hamroh.fieldwork.models import CampaignArea, DayTally, Form, FormVersion, Submission, Who
from hamroh.fieldwork.selectors.results import answers_of, questions_of
from hamroh.kernel.disclosure import Box, Dimension, Published, Refusal, Rules, Shape, Table
from hamroh.vault.decisions import Upkeep
from hamroh.web.texts import pick

POPULATION, DAYS = "answers", "field-days"
UNKNOWN, NONE = "unknown", "none"
#: states that count: what was refused or has issues does not
COUNTED = ("approved", "edited")


@dataclass(frozen=True)
class Wish:
    """Which question of which form, by district or not; without a question how many answered in each district."""

    form: str
    question: str = ""
    by_place: bool = False

    @property
    def codes(self) -> dict[str, Any]:
        return {"form": self.form, "question": self.question, "by_place": self.by_place}

    @classmethod
    def of(cls, codes: Mapping[str, Any]) -> "Wish":
        return cls(str(codes["form"]), str(codes.get("question") or ""), bool(codes.get("by_place")))

    @property
    def title(self) -> str:
        form, lang = Form.objects.filter(code=self.form).first(), get_language() or "en"
        if form is None:
            return self.form
        asked = [each.label for each in showing.columns(questions_of(form), lang) if each.path == self.question]
        what = asked[0] if asked else said("How many answered")
        return f"{pick(form.titles, lang).text or form.form_id}: {what}"

    @property
    def rules(self) -> Rules:
        """Five; ten where a place and an answer meet."""
        return Rules(threshold=10 if self.by_place and self.question else 5)


def table_of(_actor: Any, wish: Wish, organisation_id: UUID, _turn: int) -> Table:
    """The table of a wish, counted by the installation: nobody sees an answer for it."""
    form = _form(wish, organisation_id)
    column = next((each for each in showing.columns(questions_of(form), "en") if each.path == wish.question), None)
    repeat = column.repeat if column else _asked_most(form)
    rows = Submission.objects.filter(form=form, state__in=COUNTED, is_shut=False).select_related("place")
    places = _places(form, rows)
    counts: Counter[tuple[str, ...]] = Counter()
    for row in rows.order_by("pk"):
        answers = answers_of(row=row, decision=Upkeep(("fieldwork.submission", str(row.pk))), purpose="figures")
        place = row.place.key if row.place and row.place.key in places else UNKNOWN
        for each in showing.rows_of(answers, repeat) if repeat else [answers]:
            counts[_cell(wish, column, each, place)] += 1
    return Table(
        _shape(_dimensions(wish, column, places), {"form": frozenset({form.code})}, _measure(form, repeat)), counts
    )


def _shape(dimensions: tuple[Dimension, ...], about: Box, measure: str) -> Shape:
    """Whoever answered a form stands in one category of each of its questions: readers know it."""
    return Shape(dimensions, about, measure, whole=frozenset(each.name for each in dimensions))


def _form(wish: Wish, organisation_id: UUID) -> Form:
    found: Form | None = Form.objects.filter(code=wish.form, organisation_id=organisation_id).first()
    if found is None or (wish.question and not _countable(found, wish.question)):
        raise policy.Refused("no such form or question of this house")
    return found


def _countable(form: Form, path: str) -> bool:
    """Only choices of one are counted, and nothing that tells who somebody is."""
    asked = (each for each in showing.columns(questions_of(form), "en") if each.path == path)
    return any(each.kind == "select_one" and each.choices and not each.is_personal for each in asked)


def _measure(form: Form, repeat: str) -> str:
    """Who is counted: those who filled it, or those of one of its repeats. Two measures are two populations."""
    return f"{POPULATION}-{form.code}{repeat}"


def _asked_most(form: Form) -> str:
    """Without a question: the first repeat, whose rows are the people that were asked, else the form itself."""
    return next(iter(showing.repeats(questions_of(form), "en")), "")


def _places(form: Form, rows: Any) -> list[str]:
    """Where somebody meant to go, whether anybody answered there or not; else where answers came from."""
    planned = CampaignArea.objects.filter(campaign__forms=form).values_list("place__key", flat=True).distinct()
    return sorted(planned) or sorted(set(rows.exclude(place=None).values_list("place__key", flat=True)))


def _cell(wish: Wish, column: showing.Column | None, answers: Mapping[str, Any], place: str) -> tuple[str, ...]:
    found: list[str] = []
    if column is not None:
        value = answers.get(column.path)
        found.append(str(value) if value is not None and str(value) in column.choices else NONE)
    return (*found, place) if wish.by_place or column is None else tuple(found)


def _dimensions(wish: Wish, column: showing.Column | None, places: Sequence[str]) -> tuple[Dimension, ...]:
    found = []
    if column is not None:
        found.append(Dimension.of(f"answer {column.path}", [*column.choices, NONE]))
    if wish.by_place or column is None:
        found.append(Dimension.of("district", [*places, UNKNOWN]))
    return tuple(found)


def bars(wish: Wish, organisation_id: UUID) -> Refusal | None:
    """Nothing of a form that still takes answers: what comes tomorrow would be the difference of two tables."""
    open_ = FormVersion.objects.filter(form__code=wish.form, form__organisation_id=organisation_id)
    return Refusal.NOTHING_LEFT if open_.filter(state__in=("draft", "open", "closing")).exists() else None


def nothing_by_nature(_tables: Sequence[Published]) -> list[Box]:
    return []


def variable(name: str) -> str:
    if name == "district":
        return said("District")
    return str(_WHO.get(name) or pgettext_lazy("figures", "Answer"))


_WHO = {"topic": pgettext_lazy("figures", "Asked about"), "who": pgettext_lazy("figures", "Who came")}


def words(shape: Shape, lang: str) -> dict[str, str]:
    fixed = {UNKNOWN: said("Not known"), NONE: said("Not answered")}
    for code in shape.about.get("form", ()):
        form = Form.objects.filter(code=code).first()
        asked = {f"answer {each.path}" for each in showing.columns(questions_of(form), lang)} if form else set()
        for each in showing.columns(questions_of(form), lang) if form else ():
            if f"answer {each.path}" in asked & {dimension.name for dimension in shape.dimensions}:
                fixed |= each.choices
    return fixed


class WhichAnswers(forms.Form):
    """Asked by code and path, as links on the page of a form's answers bring them: a list of forms would be of every house."""

    form = forms.SlugField(
        label=_("Code of the form"),
        help_text=_("It stands on the page of its answers. Only a form that takes no answers any more is counted, of what was approved."),
    )  # fmt: skip
    question = forms.CharField(
        label=_("Which question?"), required=False, max_length=250,
        help_text=_("As links from the answers fill it in. Empty: how many answered in each district."),
    )  # fmt: skip
    by_place = forms.BooleanField(label=_("By district"), required=False)

    @property
    def wish(self) -> Wish:
        return Wish.of(self.cleaned_data)


ANSWERS = figuresets.FigureSet(
    key=POPULATION, place=30, title=_("Figures of our forms"),
    lead=_("Answers of a form that is closed, counted. What is small is withheld, and so is what would give it away."),
    unit=pgettext_lazy("figures", "Answers"), form=WhichAnswers, wish_of=Wish.of, table_of=table_of, empty=nothing_by_nature,
    variable=variable, words=words, bars=bars, is_quiet=True,
)  # fmt: skip
figuresets.declare(ANSWERS)


# -- days in the villages ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DaysWish:
    """Who came and what about on the days of one half-year."""

    half: str

    @property
    def codes(self) -> dict[str, Any]:
        return {"half": self.half}

    @classmethod
    def of(cls, codes: Mapping[str, Any]) -> "DaysWish":
        return cls(str(codes["half"]))

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        year, part = (int(each) for each in self.half.split("-"))
        return (
            (dt.date(year, 1, 1), dt.date(year, 6, 30)) if part == 1 else (dt.date(year, 7, 1), dt.date(year, 12, 31))
        )

    @property
    def title(self) -> str:
        first, last = self.span
        return said("Who came and what about, %(first)s to %(last)s") % {
            "first": f"{first:%Y-%m}",
            "last": f"{last:%Y-%m}",
        }

    @property
    def rules(self) -> Rules:
        return Rules(threshold=5)


def table_of_days(_actor: Any, wish: DaysWish, organisation_id: UUID, _turn: int) -> Table:
    first, last = wish.span
    rows = DayTally.objects.filter(
        organisation_id=organisation_id, day__on_date__range=(first, last), day__state="closed"
    )
    counts: Counter[tuple[str, ...]] = Counter()
    for topic, who, count in rows.values_list("topic", "who", "count"):
        counts[topic, who] += count
    shape = Shape(
        (Dimension.of("topic", [code for code, _label in TOPICS]), Dimension.of("who", Who.values)), {"half": frozenset({wish.half})}, DAYS,
        whole=frozenset({"topic", "who"}),
    )  # fmt: skip
    return Table(shape, counts)


def bars_days(wish: DaysWish, organisation_id: UUID) -> Refusal | None:  # noqa: ARG001 - the face of a set
    """A half-year that is over, since a day more would be the difference of two tables."""
    return Refusal.NOTHING_LEFT if wish.span[1] >= timezone.now().date() else None


def words_of_days(_shape: Shape, _lang: str) -> dict[str, str]:
    return {code: str(label) for code, label in [*TOPICS, *Who.choices]}


def _halves(today: dt.date, count: int = 6) -> Iterable[str]:
    year, part = today.year, 1 if today.month < 7 else 2
    for _turn in range(count):
        year, part = (year, 1) if part == 2 else (year - 1, 2)
        yield f"{year}-{part}"


class WhichDays(forms.Form):
    half = forms.ChoiceField(
        label=_("Days of which half-year?"), help_text=_("Only one that is over is counted, of days that were closed.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["half"].choices = [(each, each) for each in _halves(timezone.now().date())]  # type: ignore[attr-defined]

    @property
    def wish(self) -> DaysWish:
        return DaysWish.of(self.cleaned_data)


FIELD_DAYS = figuresets.FigureSet(
    key=DAYS, place=40, title=_("Figures of days in the villages"),
    lead=_("Who came on days of advice and what about: counts that nobody stands behind. What is small is withheld all the same."),
    unit=_("People who came"), form=WhichDays, wish_of=DaysWish.of, table_of=table_of_days, empty=nothing_by_nature,
    variable=variable, words=words_of_days, bars=bars_days, is_quiet=True,
)  # fmt: skip
figuresets.declare(FIELD_DAYS)
