"""A filled form about damage becomes a card of an emergency, once, by whoever may enter one."""

from collections.abc import Iterator

import pytest

from desk_world import NOW, TODAY
from emergency_world import places
from field_world import Field, open_field, sent_in
from hamroh.emergencies.actions import close_event, declare_event
from hamroh.emergencies.models import DamageCard, Event
from hamroh.fieldwork import outcomes
from hamroh.fieldwork.actions import carrying
from hamroh.fieldwork.outcomes import NotCarried
from hamroh.vault import journal
from vault_keys import settled

TOLD = {
    "on_date": str(TODAY), "source": "community", "source_name": "Council", "place": "Ayni [tj-su-ayni]", "dead": "0", "houses_damaged": "12", "livestock": "?",
}  # fmt: skip


@pytest.fixture
def field(db, fresh_keys, settings, time_machine) -> Iterator[Field]:
    settings.IS_DEMO = True
    time_machine.move_to(NOW)
    found = open_field()
    settled(found.centre, found.other)
    places()
    with journal.openings("task"):
        yield found


def event(field: Field, **more) -> Event:
    facts = {
        "actor": field.manizha,
        "organisation": field.centre,
        "hazard": "mudflow",
        "titles": {"en": "Mudflow"},
        "started_at": NOW,
        "areas": ["tj-su-ayni"],
    }
    return declare_event(**facts | more)


def carry(field: Field, chosen: str, **more):
    (row,) = sent_in(field)
    of = outcomes.of("damage")
    assert of is not None
    return carrying.carry(actor=field.manizha, submission=row, outcome=of, values=TOLD | more, chosen=chosen)


def test_it_becomes_a_card(field: Field) -> None:
    row = event(field)
    made = carry(field, row.code)
    card = DamageCard.objects.get()
    assert (made.kind, made.record_id, made.code) == ("emergencies.damagecard", str(card.pk), row.code)
    assert card.counts == {
        "dead": {"known": "none", "value": 0}, "houses_damaged": {"known": "number", "value": 12}, "livestock": {"known": "some", "value": 0},
    }  # fmt: skip
    assert card.origin.startswith("form:")


@pytest.mark.parametrize(
    "more",
    [
        {"dead": "many"},
        {"on_date": "soon"},
        {"place": "Nowhereland"},
        {"dead": "-3"},
        {"dead": "", "houses_damaged": "", "livestock": ""},
    ],
)
def test_it_says_what_cannot_be_carried(field: Field, more: dict[str, str]) -> None:
    row = event(field)
    with pytest.raises(NotCarried):
        carry(field, row.code, **more)
    assert not DamageCard.objects.exists()


@pytest.mark.parametrize("of", ["closed", "none", "unknown"])
def test_it_goes_to_no_emergency_that_is_not_open(field: Field, of: str) -> None:
    row = event(field)
    close_event(actor=field.manizha, event=row, words="Everybody is home.")
    with pytest.raises(NotCarried):
        carry(field, {"closed": row.code, "none": "", "unknown": "zzzzzzzz"}[of])
    assert not DamageCard.objects.exists()
