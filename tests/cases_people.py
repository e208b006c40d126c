"""What addresses of people name: a husband, his marriage, somebody in another file, a question to a supervisor."""

from typing import Any

from cases_world import THERE, ZAFAR, Office, gulnoras, with_husband
from hamroh.cases.actions.people import relate
from hamroh.cases.models import Case, Conflict, Part, Person


def husband_of(office: Office, case: Case) -> Person:
    """The husband of a case, entered where he is not yet."""
    found = Person.objects.filter(case=case, part=Part.HUSBAND).select_related("case").first()
    return found or with_husband(office, case)


def elsewhere(office: Office, case: Case) -> Person:
    """Zafar as the client of another case of the same lawyer's."""
    found = Person.objects.filter(part=Part.CLIENT, case__owner=office.farzona).exclude(case=case).first()
    return found or Person.objects.get(case=gulnoras(office, told=ZAFAR), part=Part.CLIENT)


def married(office: Office, case: Case, **facts: Any) -> Any:
    wife = Person.objects.select_related("case").get(case=case, part=Part.CLIENT)
    told = {"kind": "wife", "social": "nikoh", "legal": "not_registered"} | facts
    return relate(actor=office.farzona, case=case, first=wife, second=husband_of(office, case), facts=told)


def in_question(office: Office, case: Case, **facts: Any) -> Conflict:
    """A question about the husband of the case, who is a client elsewhere."""
    told = {"kind": "sides", "grounds": ["name"], "shown": True, "asked_by": office.farzona} | facts
    person, other = husband_of(office, case), elsewhere(office, case)
    return Conflict.objects.create(organisation=office.centre, case=case, person=person, other=other, **told)


THERE |= {
    "person": lambda office, case: husband_of(office, case).pk,
    "other": lambda office, case: elsewhere(office, case).pk,
    "relationship": lambda office, case: married(office, case).pk,
    "conflict": lambda office, case: in_question(office, case).pk,
}
