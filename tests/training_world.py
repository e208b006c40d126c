"""Who trains in tests: Dilbar and Safar facilitate, Lola plans, Manizha supervises; a course on household budgets in Khorog."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cases_world import Office, open_office
from desk_world import NOW, TODAY, employ
from hamroh.accounts.models import Organisation, Role, User
from hamroh.directory.models import AdminUnit, Party, UnitAncestor
from hamroh.training import actions
from hamroh.training.actions import Ask, CourseTold, GatheringTold, Group, RoundTold, Told
from hamroh.training.models import Course, Enrolment, Gathering, Recommendation, Round

#: told in a training, so that it must be found where it is read and nowhere else
NAME, PHONE, ALIAS, WAY = "Zwqxlearner Karimova", "+992 93 700-22-33", "Zwqxbyname", "zwqxway@example.org"


@dataclass(frozen=True)
class School:
    """An office with two facilitators and a programme manager; a facilitator of another organisation."""

    office: Office
    dilbar: User  #: facilitator, trains
    safar: User  #: facilitator, trains elsewhere
    lola: User  #: programme manager
    vusal: User  #: facilitator of the other organisation
    khorog: AdminUnit
    ministry: Party

    @property
    def house(self) -> Organisation:
        return self.office.centre

    @property
    def manizha(self) -> User:
        return self.office.manizha

    @property
    def zebo(self) -> User:
        return self.office.zebo


def open_school() -> School:
    office = open_office()
    Organisation.objects.update(zone="Asia/Dushanbe")
    office.centre.refresh_from_db()
    office.other.refresh_from_db()
    khorog = AdminUnit.objects.create(
        key="tj-gb-khorugh",
        code=5818,
        names={"en": "Khorog", "tg": "Хоруғ", "ru": "Хорог"},
        level="city",
        certainty="B",
    )
    UnitAncestor.objects.create(unit=khorog, ancestor=khorog, distance=0)
    ministry = Party.objects.create(
        kind="state_agency",
        names={"en": "Ministry of Transport", "tg": "Вазорати нақлиёт"},
        state="listed",
        folded_names="ministry of transport",
    )
    return School(
        office, employ("dilbar", office.centre, Role.FACILITATOR), employ("safar", office.centre, Role.FACILITATOR),
        employ("lola", office.centre, Role.PROGRAMME_MANAGER), employ("vusal", office.other, Role.FACILITATOR), khorog, ministry,
    )  # fmt: skip


def course(school: School, **more: Any) -> Course:
    facts = {
        "kind": "budget", "names": {"en": "Household budgeting", "tg": "Буҷети оила"}, "objectives": {"en": "To plan a month."},
        "outline": [{"title": "Money in and out", "hours": 4}], "hours": 16, "languages": ["tg"],
    }  # fmt: skip
    return actions.make_course(actor=school.lola, organisation=school.house, told=CourseTold(**facts | more))


def planned(school: School, of: Course | None = None, **more: Any) -> Round:
    """A round of four days that began on Friday, of which Dilbar is a trainer."""
    facts = {
        "number": 6,
        "of_number": 12,
        "place": school.khorog,
        "starts": "2026-11-20",
        "ends": "2026-11-26",
        "language": "tg",
    }
    row = actions.plan_round(actor=school.lola, course=of or course(school), told=RoundTold(**facts | more))
    actions.name_trainer(actor=school.lola, round=row, user=school.dilbar)
    row.refresh_from_db()
    return row


def moved(school: School, row: Round, *states: str) -> Round:
    for after in states:
        actions.move_round(actor=school.lola, round=row, after=after, before=row.state)
        row.refresh_from_db()
    return row


def held(school: School, of: Course | None = None, **more: Any) -> Round:
    return moved(school, planned(school, of, **more), "running", "held")


def somebody(school: School, row: Round, name: str = NAME, **more: Any) -> Enrolment:
    facts = {"name": name, "phone": PHONE, "sex": "f", "age": "30-59", "agency": "Guli Surkh fund", "country": "tj"}
    return actions.enrol(actor=more.pop("actor", school.dilbar), round=row, told=Told(**facts | more))


def crowd(school: School, row: Round, number: int, **more: Any) -> list[Enrolment]:
    """So many people, each with a name and a telephone of her own."""
    return [somebody(school, row, f"Person {at:03}", phone=f"93 555 {at:04}", **more) for at in range(number)]


def counted(school: School, row: Round, number: int, **more: Any) -> None:
    actions.count_people(actor=school.dilbar, round=row, group=Group(number, **more))


def roundtable(school: School, **more: Any) -> Gathering:
    facts = {
        "kind": "roundtable",
        "titles": {"en": "HIV on transport routes"},
        "on_date": "2026-06",
        "is_public": True,
        "parties": [school.ministry],
    }
    return actions.note_gathering(actor=school.lola, organisation=school.house, told=GatheringTold(**facts | more))


def asked(school: School, gathering: Gathering, **more: Any) -> Recommendation:
    facts = {
        "kind": "recommendation", "texts": {"en": "Found a working group."}, "addressee": school.ministry,
        "due_date": TODAY + dt.timedelta(days=10),
    }  # fmt: skip
    return actions.recommend(actor=school.lola, gathering=gathering, ask=Ask(**facts | more))


__all__ = ["NOW"]
