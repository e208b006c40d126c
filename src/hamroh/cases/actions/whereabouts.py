"""Where somebody is, is written down and changed; the earlier place stays beside it under the same key."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from hamroh.accounts import policy
from hamroh.cases.actions import keyed, outgoing
from hamroh.cases.actions.contact import UNKNOWN
from hamroh.cases.actions.moving import awake
from hamroh.cases.models import Part, Person, Whereabouts
from hamroh.vault import journal, opening

PURPOSE = "change"
#: earlier places that are kept
KEPT = 12


@dataclass(frozen=True)
class Place:
    """Where, since when, and what else those must know who open it."""

    address: str
    since: dt.date
    words: str = ""


@transaction.atomic
def hide(*, actor: Any, person: Person, place: Place) -> Whereabouts:
    """Write down where somebody is. What waited to go out to her is cancelled: she has moved."""
    row = Whereabouts(
        organisation_id=person.organisation_id, case=person.case, person=person, owner=actor, address=place.address,
        facts={"since": place.since.isoformat(), "words": place.words, "earlier": []},
    )  # fmt: skip
    keyed.begin(actor=actor, row=row, verb="case.hide")
    _moved(actor, row)
    return row


@transaction.atomic
def move_to(*, actor: Any, row: Whereabouts, place: Place, old_is_safe: str = UNKNOWN) -> None:
    """She is elsewhere now; ``old_is_safe`` answers whether the earlier place may still be used."""
    decision = policy.require(actor, "case.hide", row)
    awake(row.case)
    fresh = Whereabouts.objects.select_for_update().get(pk=row.pk)
    address = opening.open(fresh, "address", decision=decision, purpose=PURPOSE)
    facts = opening.open(fresh, "facts", decision=decision, purpose=PURPOSE) or {}
    left = {"address": address, "since": facts.get("since"), "until": place.since.isoformat(), "safe": old_is_safe}
    fresh.address = place.address
    fresh.facts = {
        "since": place.since.isoformat(), "words": place.words, "earlier": [left, *facts.get("earlier", ())][:KEPT]
    }  # fmt: skip
    fresh.save()
    journal.record(actor=actor, verb="case.hide_elsewhere", about=fresh)
    fresh.case, fresh.person = row.case, row.person
    _moved(actor, fresh)


def _moved(actor: Any, row: Whereabouts) -> None:
    if row.person.part == Part.CLIENT:
        outgoing.cancel_waiting(actor=actor, case=row.case)
