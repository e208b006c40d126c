"""Facts of trainings: places taken in rounds that were held, in the quarter in which the round was closed.

Places and not people, as the half-yearly figures of trainings count them: both stand in one register and are audited together.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models import Organisation
from hamroh.cases.figuresets import Districts
from hamroh.statistics import facts
from hamroh.statistics.facts import DISTRICT, UNKNOWN, Fact, Variable
from hamroh.statistics.quarters import Quarter
from hamroh.training.models import Age, Counted, CourseKind, Enrolment, Round, Sex

#: the register of the half-yearly figures of trainings
POPULATION = "training"
VARIABLES = (
    Variable("course", pgettext_lazy("figures", "Course"), CourseKind.choices), Variable("sex", pgettext_lazy("figures", "Sex"), Sex.choices),
    Variable("age", pgettext_lazy("figures", "Age"), Age.choices), Variable(DISTRICT, _("District"), is_sensitive=True),
)  # fmt: skip


def trained(organisation: Organisation, quarter: Quarter) -> Iterator[Fact]:
    """Every place taken in rounds that were held and closed in a quarter, by name or only counted."""
    units = Districts.of([organisation.country])
    rounds = Round.objects.filter(
        organisation=organisation, state="held", closed_date__gte=quarter.start, closed_date__lt=quarter.end
    )
    held = {pk: (kind, units.by_area.get(place or "", UNKNOWN)) for pk, kind, place in rounds.values_list("pk", "course__kind", "place__key")}  # fmt: skip
    rows = Enrolment.objects.filter(round__in=held).values_list("pk", "round_id", "sex", "age")
    for pk, of, sex, age in rows:
        yield _fact(pk, held[of], sex, age)
    for pk, of, sex, age, number in Counted.objects.filter(round__in=held).values_list("pk", "round_id", "sex", "age", "number"):  # fmt: skip
        for _head in range(number):
            yield _fact(pk, held[of], sex, age)


def _fact(record: UUID, held: tuple[str, str], sex: str, age: str) -> Fact:
    course, district = held
    return Fact(record, {"course": course, DISTRICT: district or UNKNOWN, "sex": sex or UNKNOWN, "age": age or UNKNOWN})


def there(ids: Sequence[UUID]) -> set[UUID]:
    """Places that are not erased."""
    return {
        pk for model in (Enrolment, Counted) for pk in model.objects.filter(pk__in=ids).values_list("pk", flat=True)
    }


facts.declare(facts.FactSource(
    key="trained", place=40, title=_("Who was trained"), unit=_("People who took part"), register=POPULATION, measure=POPULATION, time="quarter",
    lead=_("Places taken in rounds that were held, in the quarter in which the round was closed. Who came twice is counted twice."),
    variables=VARIABLES, rows=trained, there=there, units=facts.of_itself,
))  # fmt: skip
