"""People of cases found by their sealed names, in any spelling."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from hamroh.accounts import policy
from hamroh.cases.models import Person
from hamroh.vault import opening, pools
from hamroh.vault.decisions import Upkeep

KIND = "cases.person"
#: what of a person is compared
COMPARED = ("name", "names", "born", "phone", "document", "places", "facts")
#: kinds of further names that the engine takes as what they are
SPECIAL = ("maiden", "father")
#: the kind of place that says where somebody is now and not where she is from
NOW = "now"


def record_of(pk: Any, shown: Mapping[str, Any]) -> dict[str, Any]:
    """A person as a record of the name engine: what is not known is left out."""
    born, facts = shown["born"] or {}, shown["facts"] or {}
    names = {kind: [each["value"] for each in shown["names"] or () if each["kind"] == kind] for kind in SPECIAL}
    record = {
        "id": str(pk), "name": shown["name"], "maiden": next(iter(names["maiden"]), None),
        "father": next(iter(names["father"]), None),
        "names": [each["value"] for each in shown["names"] or () if each["kind"] not in SPECIAL],
        "year": born.get("year"), "sex": facts.get("sex"), "phone": shown["phone"], "document": shown["document"],
        "place": next((each["words"] for each in shown["places"] or () if each.get("words") and each["kind"] != NOW), None),
    }  # fmt: skip
    return {key: value for key, value in record.items() if value}


def put(person: Person, told: Mapping[str, Any]) -> None:
    """Enter a person, or enter her anew, with the values that were just written."""
    pools.put(KIND, person.organisation_id, [record_of(person.pk, dict.fromkeys(COMPARED) | dict(told))])


def again(organisation_id: UUID, ids: Sequence[UUID]) -> Iterator[Mapping[str, Any]]:
    """People of cases, for their entries to be made anew."""
    for row in Person.objects.filter(organisation_id=organisation_id, pk__in=ids):
        decision = Upkeep(("cases.case", str(row.case_id)))
        yield record_of(row.pk, opening.open_each(row, COMPARED, decision=decision, purpose="name index"))


class Opener:
    """Opens the people of the cases that an actor may read."""

    def __init__(self, actor: Any) -> None:
        self.actor = actor
        self._rows = policy.visible(actor, "case.read", Person.objects.all())

    def known(self, ids: Sequence[str]) -> set[str]:
        return {str(pk) for pk in self._rows.filter(pk__in=ids).values_list("pk", flat=True)}

    def opened(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        rows = self._rows.filter(pk__in=ids).select_related("case")
        decided = ((row, policy.allowed(self.actor, "case.read", row)) for row in rows)
        return {
            str(row.pk): record_of(row.pk, opening.open_to_score(row, COMPARED, decision=decision))
            for row, decision in decided
            if decision.yes
        }


pools.declare(KIND, again)
