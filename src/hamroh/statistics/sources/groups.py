"""Facts of groups: whoever joined one in a quarter. Groups that are made up do not count."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models import Organisation
from hamroh.cases.figuresets import Districts
from hamroh.groups.models import AgeBand, GroupKind, Member, Sex
from hamroh.statistics import facts
from hamroh.statistics.facts import DISTRICT, UNKNOWN, Fact, Variable
from hamroh.statistics.quarters import Quarter

VARIABLES = (
    Variable(DISTRICT, _("District"), is_sensitive=True), Variable("sex", _("Sex"), Sex.choices), Variable("age", _("Age"), AgeBand.choices),
    Variable("group", pgettext_lazy("figures", "Kind of group"), GroupKind.choices),
)  # fmt: skip


def joined(organisation: Organisation, quarter: Quarter) -> Iterator[Fact]:
    """Everybody who joined in a quarter; who left and came back under another number is another member."""
    units = Districts.of([organisation.country])
    rows = Member.objects.filter(
        organisation=organisation, joined_date__gte=quarter.start, joined_date__lt=quarter.end, group__is_invented=False
    )
    for pk, sex, age, kind, area in rows.values_list("pk", "sex", "age_band", "group__kind", "group__area"):
        yield Fact(pk, {DISTRICT: units.around(area) or UNKNOWN, "sex": sex or UNKNOWN, "age": age or UNKNOWN, "group": kind})  # fmt: skip


def there(ids: Sequence[UUID]) -> set[UUID]:
    """Members that are not erased."""
    return set(Member.objects.filter(pk__in=ids).values_list("pk", flat=True))


facts.declare(facts.FactSource(
    key="joined", place=30, title=_("Who joined a group"), unit=_("Members who joined"), register="groups", measure="members", time="joined",
    lead=_("Everybody who joined a group in a quarter, by the number that stays hers."), variables=VARIABLES, rows=joined, there=there,
))  # fmt: skip
