"""A child's own data in what goes out of its mother's case: only on the yes of all who have to be asked, looked at when it goes.

Nothing of a child stands in a referral: its name and birth, and papers about it, are taken from the file when it is accepted, if the yes
still stands. Notes and papers of a discipline never go out of a case at all.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from hamroh.cases import referring
from hamroh.cases.models import Case, Part, Person, Purpose, Received, Referral
from hamroh.cases.reaching import today_there
from hamroh.cases.selectors.consents import childs_consent
from hamroh.vault import files, journal, opening
from hamroh.vault.decisions import Upkeep
from hamroh.vault.models import SealedFile

PURPOSE = "referral"
CHILDREN = "children"
#: what of a copy that was handed over says about which child it is
ABOUT = "about"
#: how the journal names what a child's no takes back from the other side
TAKEN_BACK = "referral.take_child_back"


def age_on(born: Any, today: dt.date) -> int | None:
    """Full years by what is known of a birth, as young as it may be; None where not even the year is."""
    if not isinstance(born, Mapping) or not born.get("year"):
        return None
    month, day = born.get("month") or 12, born.get("day") or 31
    return max(0, today.year - int(born["year"]) - ((today.month, today.day) < (month, day)))


def children_of(*, case: Case) -> list[Person]:
    return list(Person.objects.filter(case=case, part=Part.CHILD).order_by("pk"))


def may_go(*, case: Case, child: Person, decision: Any, organisation_id: UUID | None, transfer: bool = False) -> bool:
    """Whether a child's name and birth may go to an organisation: the guardian's yes, the child's own, or both, by its age."""
    born = opening.open_each(child, ("born",), decision=decision, purpose=PURPOSE)["born"]
    purpose = Purpose.TRANSFER if transfer else Purpose.SHARE
    age = age_on(born, today_there(case))
    return childs_consent(case=case, child=child, purpose=purpose, age=age, organisation_id=organisation_id)


def allowed(case: Case, decision: Any, ids: Iterable[Any], to: Any, *, transfer: bool = False) -> list[Person]:
    """Of these children of a case, those whose data may go to ``to`` (an organisation's id) today."""
    wanted = {str(pk) for pk in ids}
    rows = (row for row in children_of(case=case) if str(row.pk) in wanted)
    return [
        row for row in rows
        if to and may_go(case=case, child=row, decision=decision, organisation_id=to, transfer=transfer)
    ]  # fmt: skip


def given(referral: Referral, facts: Mapping[str, Any], by: Upkeep) -> list[dict[str, Any]]:
    """Name and birth of each child that was chosen, as the file has them now, where the yes to it stands now."""
    rows = allowed(
        referral.case, by, facts.get(CHILDREN, ()), referral.to_organisation_id, transfer=referral.is_transfer
    )
    told = ((row, opening.open_each(row, ("name", "born"), decision=by, purpose=PURPOSE)) for row in rows)
    return [
        {"id": str(row.pk), "name": values["name"], "born": values["born"]} for row, values in told if values["name"]
    ]


def take_back(*, actor: Any, case: Case, child: Person) -> int:
    """A yes about a child ended: what the other side was given of it and has not taken into a case of its own goes. How many copies."""
    by, found = Upkeep(record=("cases.case", str(case.pk)), actor_id=actor.pk, verb=TAKEN_BACK), 0
    for row in Referral.objects.filter(case=case, state="accepted", to_organisation__isnull=False):
        if allowed(case, by, [child.pk], row.to_organisation_id, transfer=row.is_transfer):
            continue
        with referring.across(row.organisation_id, row.to_organisation_id):
            theirs = Received.objects.select_for_update().filter(referral_id=row.pk).first()
            found += theirs is not None and _without(actor, theirs, str(child.pk))
    return found


def _without(actor: Any, theirs: Received, child: str) -> bool:
    by = Upkeep(record=("cases.received", str(theirs.pk)), actor_id=actor.pk, verb=TAKEN_BACK)
    payload = opening.open(theirs, "payload", decision=by, purpose=PURPOSE) or {}
    kept: Sequence[Any] = [each for each in payload.get(CHILDREN, ()) if each["id"] != child]
    gone: list[str] = [each["file"] for each in payload.get("copies", ()) if each.get(ABOUT) == child]
    if len(kept) == len(payload.get(CHILDREN, ())) and not gone:
        return False
    copies = [each for each in payload.get("copies", ()) if each["file"] not in gone]
    theirs.payload = {**payload, CHILDREN: kept, "copies": copies}
    theirs.save()
    for file in SealedFile.objects.filter(kind=referring.KIND, record_id=theirs.pk, pk__in=gone):
        files.remove(file, actor=actor)
    journal.record(actor=actor, verb=TAKEN_BACK, about=theirs)
    return True
