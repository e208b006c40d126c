"""Who keeps the register in tests: Lola plans and works on the project, Manizha supervises, Ozoda plans, too; Firuz only reads."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cases_world import Office, open_office
from desk_world import employ
from hamroh.accounts.models import Organisation, Role, User
from hamroh.directory.models import AdminUnit, Party, UnitAncestor
from hamroh.projects import actions
from hamroh.projects.actions import Aimed, ProjectTold, Reached
from hamroh.projects.models import Actual, Indicator, Period, Project
from hamroh.thesaurus.models import Concept, ConceptAncestor, Label, Scheme

#: told of a project, so that it is found where it may be read and nowhere else
SECRET, HIDDEN_PARTY, HIDDEN_PLACE = "Zwqxsecretaim", "Zwqxhiddengroup", "Zwqxhiddenplace"


@dataclass(frozen=True)
class Programme:
    """An office with who plans and who reads; a donor and an unregistered group of the directory; a manager elsewhere."""

    office: Office
    lola: User  #: programme manager, begins the projects
    ozoda: User  #: programme manager, too
    firuz: User  #: analyst
    vusal: User  #: programme manager of the other organisation
    khatlon: AdminUnit
    vose: AdminUnit
    donor: Party
    group: Party
    work: Concept
    skills: Concept

    @property
    def house(self) -> Organisation:
        return self.office.centre

    @property
    def manizha(self) -> User:
        return self.office.manizha


def open_programme() -> Programme:
    office = open_office()
    khatlon = _unit("tj-kt", 701, {"en": "Khatlon", "tg": "Хатлон"})
    vose = _unit("tj-kt-vose", 702, {"en": HIDDEN_PLACE}, khatlon)
    donor = Party.objects.create(
        kind="funder", names={"en": "Government of Norway", "ru": "Правительство Норвегии"}, state="listed",
        folded_names="government of norway | правительство норвегии",
    )  # fmt: skip
    group = Party.objects.create(
        kind="unregistered_group", names={"en": HIDDEN_PARTY}, state="listed", folded_names=HIDDEN_PARTY.lower()
    )
    work, skills = _concepts()
    return Programme(
        office, employ("lola", office.centre, Role.PROGRAMME_MANAGER), employ("ozoda", office.centre, Role.PROGRAMME_MANAGER),
        employ("firuz", office.centre, Role.ANALYST), employ("vusal", office.other, Role.PROGRAMME_MANAGER), khatlon, vose, donor, group,
        work, skills,
    )  # fmt: skip


def _unit(key: str, code: int, names: dict[str, str], above: AdminUnit | None = None) -> AdminUnit:
    unit = AdminUnit.objects.create(key=key, code=code, names=names, level="district", parent=above, certainty="B")
    UnitAncestor.objects.create(unit=unit, ancestor=unit, distance=0)
    if above:
        UnitAncestor.objects.create(unit=unit, ancestor=above, distance=1)
    return unit


def _concepts() -> tuple[Concept, Concept]:
    """Work, and skills, which are narrower."""
    scheme = Scheme.objects.create(code="themes", uri="https://example.org/themes", titles={"en": "Themes"})
    found = []
    for key, label in (("work", "Work"), ("skills", "Skills and trades")):
        concept = Concept.objects.create(scheme=scheme, key=key, uri=f"https://example.org/{key}")
        Label.objects.create(concept=concept, scheme=scheme, lang="en", text=label, kind="preferred")
        ConceptAncestor.objects.create(concept=concept, ancestor=concept, distance=0)
        found.append(concept)
    ConceptAncestor.objects.create(concept=found[1], ancestor=found[0], distance=1)
    return found[0], found[1]


def project(there: Programme, *, actor: Any = None, **more: Any) -> Project:
    """Two years of help for families, begun by Lola unless somebody else does."""
    told = {
        "reference": f"AID-{Project.objects.count() + 1}", "titles": {"en": "Legal aid for families", "tg": "Ёрии ҳуқуқӣ ба оилаҳо"},
        "objectives": {"en": SECRET}, "starts": "2025-01", "ends_planned": "2026-12",
    }  # fmt: skip
    return actions.make_project(actor=actor or there.lola, organisation=there.house, told=ProjectTold(**told | more))


def noted(there: Programme, row: Project, what: str, **told: Any) -> Any:
    return actions.note_part(actor=there.lola, project=row, what=what, told=told)


def indicator(there: Programme, row: Project, **more: Any) -> Indicator:
    """Women who were helped, one outcome and one indicator."""
    number = f"{Indicator.objects.filter(project=row).count() + 1}"
    result = noted(there, row, "result", level="outcome", number=number, titles={"en": "Women know their rights"})
    told = {"code": f"{number}a", "titles": {"en": "Women who were helped"}, "units": {"en": "women"}}
    return noted(there, row, "indicator", result=result, **told | more)


def period(there: Programme, of: Indicator, year: int = 2026, value: int | None = 100) -> Period:
    aimed = Aimed(dt.date(year, 1, 1), dt.date(year, 12, 31), None if value is None else Decimal(value))
    return actions.plan_periods(actor=there.lola, project=of.project, indicator=of.pk, periods=[aimed])[0]


def reached(
    there: Programme, of: Period, value: int = 40, *, actor: Any = None, before: Any = None, **more: Any
) -> Actual:
    told = {"source_kind": "document", "value": Decimal(value), "source_words": "Report, p. 3"}
    return actions.write_actual(
        actor=actor or there.lola, project=of.project, period=of.pk, reached=Reached(**told | more), before=before
    )


def approved(there: Programme, of: Period, value: int = 40, **more: Any) -> Actual:
    row = reached(there, of, value, **more)
    actions.approve_actual(actor=there.manizha, project=of.project, actual=row.pk)
    row.refresh_from_db()
    return row
