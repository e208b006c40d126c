"""Sixty invented families, drawn by a fixed seed: every kind of matter at every stage, and a day's work for who sits at the desk."""

import datetime as dt
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.accounts.zones import local_date
from hamroh.cases import actions
from hamroh.cases.actions import Told, alimony, matters, moving, people, risk, team, working
from hamroh.cases.actions.consent import answer_consent
from hamroh.cases.actions.contact import set_contact
from hamroh.cases.actions.deadlines import remind, set_hearing
from hamroh.cases.actions.opening import monday_of
from hamroh.cases.actions.working import Done
from hamroh.cases.models import Case, Channel, Matter, MatterKind, Need, Part, Person, Place, Side
from hamroh.cases.selectors.districts import area_of
from hamroh.cases.states import AT_REST
from hamroh.directory.selectors import units_found
from hamroh.kernel import datafiles
from hamroh.kernel import matters as workflows
from hamroh.kernel.risk import tool
from hamroh.site.demo.between import load_applications, load_between
from hamroh.vault import journal

SEED = 20_261_123
FILE = "demo/families.yml"
#: workers of a house in the order in which cases are given to them, and who approves
WORKERS = {
    "support-centre": (("farzona", "farzona", "zebo"), "manizha", "nigora"),
    "gender-centre": (("nermin", "ayten"), "sevda", "gunel"),
}
#: how far cases are, in turn
STAGES = (
    "active",
    "active",
    "planned",
    "assessed",
    "active",
    "intake",
    "closed",
    "active",
    "on_hold",
    "closing",
    "reopened",
)
#: what leads to each stage
WAYS = {
    "intake": ("intake",),
    "assessed": ("intake", "assessed"),
    "planned": ("intake", "assessed", "planned"),
    "active": ("intake", "assessed", "planned", "active"),
    "on_hold": ("intake", "assessed", "planned", "active", "on_hold"),
    "closing": ("intake", "assessed", "planned", "active", "closing"),
    "closed": ("intake", "assessed", "planned", "active", "closing", "closed"),
    "reopened": ("intake", "assessed", "planned", "active", "closing", "closed", "reopened"),
}
#: answers of the questions about danger, from the gravest
DANGERS = (
    ("hit", "threat", "in_laws", "watched"), ("in_laws", "eviction", "money"), ("money", "alone"), ("money",), (), ("self_harm", "alone"),
)  # fmt: skip


@dataclass(frozen=True)
class Family:
    """One invented family: what is drawn for it."""

    number: int
    kind: str
    stage: str
    danger: tuple[str, ...]
    worker: User
    chance: random.Random


@dataclass(frozen=True)
class House:
    """An organisation, its people by user name, and its invented words."""

    organisation: Organisation
    staff: Mapping[str, User]
    told: Mapping[str, Any]

    @property
    def today(self) -> dt.date:
        """The day there."""
        return local_date(timezone.now(), self.organisation)

    @property
    def supervisor(self) -> User:
        return self.staff[WORKERS[self.organisation.code][1]]

    @property
    def psychologist(self) -> User:
        return self.staff[WORKERS[self.organisation.code][2]]


def load_families(tick: Callable[[], None]) -> None:
    """Open the cases of all families; each through the same actions as at the desk, by the people who sit there.

    All houses are loaded or none, for some send families on to others; where cases stand already nothing is done.
    """
    if not Case.objects.exists():
        with journal.openings("command"), transaction.atomic():
            for house in _houses():
                for family in _families(house):
                    with policy.remembered(), transaction.atomic():
                        _load(house, family)
                    tick()


def count() -> int:
    return sum(int(each["count"]) for each in datafiles.document(FILE)["houses"].values())


def _houses() -> Iterator[House]:
    for code, told in datafiles.document(FILE)["houses"].items():
        organisation = Organisation.objects.get(code=code)
        staff = {user.username: user for user in User.objects.filter(memberships__organisation=organisation)}
        yield House(organisation, staff, told)


def _families(house: House) -> Iterator[Family]:
    workers = WORKERS[house.organisation.code][0]
    kinds = ["alimony", *(kind.value for kind in MatterKind)]  # most come for alimony
    for number in range(house.told["count"]):
        yield Family(
            number, kinds[number % len(kinds)], STAGES[number % len(STAGES)], DANGERS[number % len(DANGERS)],
            house.staff[workers[number % len(workers)]], random.Random(f"{SEED} {house.organisation.code} {number}"),  # noqa: S311 - nothing secret hangs on it
        )  # fmt: skip


def _load(house: House, family: Family) -> None:
    case = _opened(house, family)
    _made_safe(house, family, case)
    _surrounded(house, family, case)
    needs = _needing(house, family, case)
    matter = _matter(house, family, case)
    _worked(house, family, case)
    _moved(house, family, case, needs)
    if matter and family.stage == "active":
        _dated(house, family, matter)
    if matter and family.kind == "alimony" and family.stage not in AT_REST:
        _owed(house, family, case, matter)
    if matter and family.kind == "support" and family.stage not in AT_REST:
        load_applications(house, family, matter)
    if family.stage == "active":
        load_between(house, family, case)
    _backdated(house, family, case)


def _opened(house: House, family: Family) -> Case:
    told, chance = house.told, family.chance
    home = chance.choice(told["places"])
    client = Told(
        name=f"{chance.choice(told['women'])} {_surname(house, family, female=True)}", born={"year": chance.randint(1984, 2001)},
        phone=phone_of(house, family), document=f"{told['document']}{1000 + family.number:06d}",
        places=[{"kind": "home", "key": "", "words": home}], facts={"sex": "f", "language": told["lang"]},
    )  # fmt: skip
    return actions.open_case(
        actor=family.worker, organisation=house.organisation, client=client, channel=chance.choice(Channel.values),
        country=told["country"], story=told["stories"][family.kind], area=_area(house, home) if family.number % 6 else "",
    )  # fmt: skip


def _area(house: House, home: str) -> str:
    """The district that a place of the story lies in; of some families nobody asked."""
    found = units_found(actor=None, text=home, limit=1)
    return area_of(found[0].unit.key, country=house.told["country"]) if found else ""


def _surname(house: House, family: Family, *, female: bool, wifes: bool = True) -> str:
    """She and he have different surnames more often than not."""
    surnames = house.told["surnames"]
    surname = surnames[(family.number * 5 + (0 if wifes else 3)) % len(surnames)]
    return f"{surname}{('a' if house.told['country'] == 'AZ' else 'а') if female else ''}"


def phone_of(house: House, family: Family) -> str:
    """A number far too short for any network."""
    return f"{house.told['phone']} {family.number + 10:02d}"


def _made_safe(house: House, family: Family, case: Case) -> None:
    """Consent, a safe way to reach her, the questions about danger."""
    answer_consent(
        actor=family.worker, case=case, purpose="service", answer="given", way="signature", lang=house.told["lang"]
    )
    terms = {
        "shares": ["in_laws"] if family.number % 3 == 0 else ["nobody"], "days": [0, 1, 2, 3, 4], "first": "10:00",
        "last": "16:00", "most": "NOTHING" if family.number % 3 == 0 else "NEUTRAL", "leave_message": False,
    }  # fmt: skip
    until = house.today + dt.timedelta(days=30 + family.number)
    set_contact(
        actor=family.worker, case=case, way="call", value=phone_of(house, family), terms=terms, until_date=until
    )
    if family.stage != "intake":
        said = {question.code: "yes" if question.code in family.danger else "no" for question in tool().questions}
        risk.screen_risk(actor=family.worker, case=case, answers=said)


def _surrounded(house: House, family: Family, case: Case) -> None:
    """Her husband, their children, his mother; what they are to each other; the house."""
    told, chance, worker = house.told, family.chance, family.worker
    client = Person.objects.get(case=case, part=Part.CLIENT)
    his = _surname(house, family, female=False, wifes=False)
    husband = actions.add_person(
        actor=worker, case=case, part=Part.HUSBAND, side=Side.AGAINST,
        told=Told(name=f"{chance.choice(told['men'])} {his}", born={"year": chance.randint(1978, 1997)}, facts={"sex": "m"}),
    )  # fmt: skip
    nikoh = family.kind == "paternity"
    ties = {
        "kind": "wife",
        "social": "nikoh" if nikoh else "left",
        "legal": "not_registered" if nikoh else "registered",
    }
    people.relate(actor=worker, case=case, first=client, second=husband, facts=ties)
    for age in sorted(chance.sample(range(2, 17), chance.randint(1, 3))):
        born = {"year": timezone.now().year - age, "month": chance.randint(1, 12), "day": chance.randint(1, 28)}
        child = actions.add_person(
            actor=worker, case=case, part=Part.CHILD, side=Side.HERS, told=Told(name=f"{chance.choice(told['children'])} {his}", born=born),
        )  # fmt: skip
        facts = {"kind": "mother", "legal": "recorded"}
        people.relate(actor=worker, case=case, first=client, second=child, facts=facts)
    if "in_laws" in family.danger:
        actions.add_person(
            actor=worker,
            case=case,
            part=Part.IN_LAW,
            side=Side.AGAINST,
            told=Told(name=f"{told['mother_in_law']} {his}"),
        )
    stopped = {"year": 2026, "month": 1 + family.number % 9}
    sent = {"amount": "5000", "currency": told["currency"], "often": "12", "rate": "90", "stopped": stopped}
    people.keep_household(actor=worker, case=case, facts=sent)


def _needing(house: House, family: Family, case: Case) -> list[Need]:
    """Needs with her goals; before the plan, needs alone."""
    domains = ["legal", "safety" if len(family.danger) > 2 else "livelihood"]
    planned = family.stage not in ("intake", "assessed")
    goals = house.told["goals"]
    return [
        working.add_need(actor=family.worker, case=case, domain=domain, goal=goals[domain] if planned else "")
        for domain in domains
    ]


def _matter(house: House, family: Family, case: Case) -> Matter | None:
    """The matter she came for, with some of its steps taken."""
    if family.stage in ("intake", "assessed"):
        return None
    matter = matters.open_matter(actor=family.worker, case=case, kind=family.kind, country=house.told["country"])
    steps = workflows.workflows()[family.kind].of(matter.country)
    done = [step for step in steps if step.ask is None][: 1 + family.number % 3]
    today = house.today
    for at, step in enumerate(done):
        on = today - dt.timedelta(days=40 - 9 * at)
        matters.mark_step(actor=family.worker, matter=matter, code=step.code, state="done", on=on)
    matters.tell_court(
        actor=family.worker,
        matter=matter,
        told={"court": house.told["court"], "number": f"2-{100 + family.number}/2026"},
    )
    return matter


def _worked(house: House, family: Family, case: Case) -> None:
    """Meetings, a note of the psychologist, tasks around today."""
    today = house.today
    for at, words in enumerate(house.told["met"][: 1 + family.number % 4]):
        done = Done(today - dt.timedelta(days=60 - 13 * at), 30 + 15 * (at % 3), words)
        place = Place.PHONE if at == 1 else Place.OFFICE
        working.add_encounter(actor=family.worker, case=case, place=place, done=done)
    if family.stage in ("active", "planned"):
        words = house.told["tasks"][family.number % len(house.told["tasks"])]
        due = today + dt.timedelta(days=family.number % 9 - 2)
        team.hand_task(actor=family.worker, case=case, assignee=family.worker, words=words, due_date=max(due, today))


def _moved(house: House, family: Family, case: Case, needs: list[Need]) -> None:
    for after in WAYS[family.stage]:
        if after == "closing":
            for need in needs:
                working.settle_need(actor=family.worker, case=case, need=need, outcome="met")
        actor = house.supervisor if after == "closed" else family.worker
        words = house.told["closing"] if after in moving.ASKS_WORDS else ""
        moving.move(actor=actor, case=case, after=after, words=words)


def _owed(house: House, family: Family, case: Case, matter: Matter) -> None:
    """A court order of last year, what he earns as far as it is known, and the few payments that came."""
    today, actor = house.today, family.worker
    filed = dt.date(today.year - 1, 1 + family.number % 9, 12)
    children = list(Person.objects.filter(case=case, part=Part.CHILD))
    for child in children:
        alimony.tell(actor=actor, matter=matter, part="child", facts={"person": str(child.pk)})
    share = {1: "1/4", 2: "1/3"}.get(len(children), "1/2")
    order = {"paper": f"2-{100 + family.number}/{filed.year}", "basis": "judgment", "how": "share", "share": share}
    days = {
        "filed": filed.isoformat(),
        "since": filed.isoformat(),
        "in_force": (filed + dt.timedelta(days=40)).isoformat(),
    }
    alimony.tell(actor=actor, matter=matter, part="decision", facts=order | days)
    currency = {"TJ": "TJS", "AZ": "AZN"}[matter.country]
    wage = {"TJ": "2400", "AZ": "750"}[matter.country]
    income = {
        "first": filed.replace(day=1).isoformat(), "last": today.isoformat(), "situation": "known", "amount": wage,
        "currency": currency, "paper": house.told["income"],
    }  # fmt: skip
    alimony.tell(actor=actor, matter=matter, part="income", facts=income)
    paid = [
        {"on": (filed + dt.timedelta(days=60 + 31 * at)).isoformat(), "amount": f"{int(wage) // 6}", "currency": currency, "kind": "transfer"}
        for at in range(family.number % 4)
    ]  # fmt: skip
    alimony.tell_many(actor=actor, matter=matter, part="payment", told=paid)


def _dated(house: House, family: Family, matter: Matter) -> None:
    """A hearing and a day of our own in the next weeks."""
    now, today = timezone.now(), house.today
    if family.number % 2 == 0:
        starts = (now + dt.timedelta(days=2 + family.number % 12)).replace(hour=5, minute=30, second=0, microsecond=0)
        set_hearing(
            actor=family.worker, matter=matter, starts_at=starts, told={"court": house.told["court"], "room": "3"}
        )
    due = today + dt.timedelta(days=1 + family.number % 13)
    remind(
        actor=family.worker, matter=matter, due=due, words=house.told["tasks"][family.number % len(house.told["tasks"])]
    )


def _backdated(house: House, family: Family, case: Case) -> None:
    """The case was opened some weeks ago, not in this minute."""
    week = monday_of(house.today - dt.timedelta(days=20 + 11 * (family.number % 25)))
    changed = timezone.now() - dt.timedelta(hours=7 * family.number)
    Case.objects.filter(pk=case.pk).update(opened_week=week, changed_at=changed)
