"""A private exchange of the demonstration, from both keys to the pairs: two of its organisations learn whom both have met."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.kernel import datafiles
from hamroh.site.demo.searches import FILE
from hamroh.tracing import actions
from hamroh.tracing.actions import Met, exchangekeys, exchangework, exchanging
from hamroh.tracing.models import Exchange, ExchangePartner, Pool
from hamroh.vault import journal


def load_exchanges() -> None:
    """Through the room's own actions, by two people on each side; a house that has exchanged already is left alone."""
    with journal.openings("command"):
        for told in datafiles.document(FILE).get("exchanges", ()):
            ours, theirs = (Organisation.objects.get(code=told[side]["of"]) for side in ("offers", "answers"))
            if not Exchange.objects.filter(organisation=ours).exists():
                with policy.remembered():
                    _exchanged(ours, theirs, told)


def _exchanged(ours: Organisation, theirs: Organisation, told: Mapping[str, Any]) -> None:
    one, other = _Side(ours, told["offers"]), _Side(theirs, told["answers"])
    partner = one.trusts(other, told["agreed"])
    other.trusts(one, told["agreed"])
    wish = exchanging.Wish(pool=one.pool(), purpose=told["purpose"], most_theirs=200, told=True)
    row = exchanging.ask(actor=one.officer, organisation=ours, partner=partner, wish=wish)
    exchanging.release(actor=one.boss, row=row)
    offer = _worked(row)
    back = exchangework.take_in(actor=other.officer, organisation=theirs, content=offer)
    exchanging.agree(actor=other.officer, row=back, pool=other.pool(), told=True)
    exchanging.release(actor=other.boss, row=back)
    exchangework.bring(actor=one.officer, row=row, content=_worked(back))
    exchangework.bring(actor=other.officer, row=back, content=_worked(row))
    _worked(back)


def _worked(row: Exchange) -> bytes:
    """What the worker does of a step, and the file that comes of it for the other side."""
    exchangework.work_off(row.pk)
    row.refresh_from_db()
    return exchangework.our_file(row)


class _Side:
    """An organisation with an officer and a supervisor, and the list that it compares."""

    def __init__(self, house: Organisation, told: Mapping[str, Any]) -> None:
        self.house, self.told = house, told
        self.officer, self.boss = (User.objects.get(username=told[who]) for who in ("officer", "boss"))
        self.key = (exchangekeys.key_of(house.pk) or exchangekeys.make_key(actor=self.boss, organisation=house)).public

    def trusts(self, other: "_Side", agreed: str) -> ExchangePartner:
        told = exchangekeys.Told(name=self.told["calls"], key=other.key, terms=agreed)
        row = exchangekeys.pin(actor=self.boss, organisation=self.house, told=told)
        exchangekeys.check(actor=self.officer, partner=row)
        row.refresh_from_db()
        return row

    @transaction.atomic
    def pool(self) -> Pool:
        """A list of people who agreed to it, made for this."""
        row = actions.make_pool(
            actor=self.officer, organisation=self.house, name=self.told["list"], origin="own", basis="consent", of_a_shelter=False,
            is_lent=False, days=300, facts={"from": self.told["from"]},
        )  # fmt: skip
        for name, year, place in self.told["people"]:
            met = Met(
                name=name, born={"first": year, "last": year}, sex="m", place=place,
                consent={"given": True, "sign": self.told["said"]},
            )  # fmt: skip
            actions.add_record(actor=self.officer, pool=row, met=met)
        return row
