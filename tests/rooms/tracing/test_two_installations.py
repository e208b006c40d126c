"""Two installations exchange over the line: one serves, the other carries, each a process with a home of its own."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from forked import Forked
from service import Service

BEGIN = """
from django.conf import settings
from hamroh.accounts import policy
from hamroh.vault import journal
settings.HARVEST_NEAR = True  # the other installation is on this machine
"""
PEOPLE = """
import json
from hamroh.accounts.models import Membership, Organisation, Role, User
from hamroh.tracing import actions
from hamroh.tracing.actions import exchangekeys
from hamroh.tracing.met import Met
house = Organisation.objects.create(code="{code}", names={{"en": "{code}"}}, country="tj")
roles = {{"boss": Role.SUPERVISOR, "officer": Role.TRACING_OFFICER}}
who = {{name: User.objects.create_user("{code}-" + name, "a long walk to the river", display_name=name) for name in roles}}
for name, role in roles.items():
    Membership.objects.create(user=who[name], organisation=house, role=role)
pool = actions.make_pool(actor=who["officer"], organisation=house, name="Book", origin="own", basis="consent",
    of_a_shelter=False, is_lent=False, days=90)
for name, year, place in {people}:
    actions.add_record(actor=who["officer"], pool=pool, met=Met(name=name, born={{"first": year, "last": year}}, sex="m",
        place=place, consent={{"given": True, "sign": "by word"}}))
print(exchangekeys.make_key(actor=who["boss"], organisation=house).public)
"""
HOUSE = """
from hamroh.accounts.models import Organisation, User
from hamroh.tracing.actions import exchangekeys, exchangeline, exchangework, exchanging
from hamroh.tracing.models import Exchange, ExchangePair, ExchangePart, ExchangePartner, Pool
house = Organisation.objects.get()
boss, officer = (User.objects.get(username=house.code + "-" + name) for name in ("boss", "officer"))
"""
PIN = """
told = exchangekeys.Told("The other", "{key}", "agreed on 2 March", "{address}")
row = exchangekeys.pin(actor=boss, organisation=house, told=told)
exchangekeys.check(actor=officer, partner=row)
"""
OFFER = """
wish = exchanging.Wish(pool=Pool.objects.get(), purpose="Zwqxpurpose", most_theirs=100, is_wide=True, told=True)
row = exchanging.ask(actor=officer, organisation=house, partner=ExchangePartner.objects.get(), wish=wish)
exchanging.release(actor=boss, row=row)
with journal.openings("task"):
    exchangework.work_off(row.pk)
"""
ANSWER = """
row = Exchange.objects.get()
exchanging.agree(actor=officer, row=row, pool=Pool.objects.get(), told=True)
exchanging.release(actor=boss, row=row)
"""
WORK = """
row = Exchange.objects.get()
with journal.openings("task"):
    exchangework.work_off(row.pk)
"""
CARRY = """
row = Exchange.objects.get()
with journal.openings("task"):
    print(exchangeline.carry(row.pk))
"""
SHOW = """
import json
from hamroh.vault import opening
from hamroh.tracing import naming
row = Exchange.objects.get()
names = []
with journal.openings("task"):
    for each in ExchangePair.objects.filter(exchange=row).order_by("number"):
        names.append([each.number, str(opening.open(each.record, "name", decision=naming.by_upkeep(each.record), purpose="test"))])
kinds = sorted(set(ExchangePart.objects.values_list("kind", flat=True)))
print(json.dumps([row.state, row.fault, names, kinds, row.given_at is not None]))
"""
VERBS = """
from hamroh.vault.models import JournalLine
print(json.dumps(sorted(JournalLine.objects.filter(verb__startswith="exchange.").values_list("verb", flat=True))))
"""


@dataclass
class Side:
    """An installation with a supervisor, an officer and a list."""

    at: Forked
    key: str = ""

    def does(self, *codes: str) -> str:
        done = self.at.script("import json\n" + BEGIN + "".join(codes))
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def works(self, *codes: str) -> str:
        return self.does(HOUSE, *codes)

    def shown(self):
        return json.loads(self.works(SHOW))


@pytest.fixture
def sides(tmp_path: Path, blank_home: Callable[..., Path]) -> Iterator[tuple[Side, Side, Service]]:
    """The one that offers, the one that answers and serves, each with the other's key."""
    homes = [blank_home(tmp_path / name) for name in ("asks", "answers")]
    service = Service(homes[1])
    with Forked(homes[0]) as one, Forked(homes[1]) as other:
        asks, answers = Side(one), Side(other)
        ours = [("Зафар Қурбонов", 1988, "Кӯлоб"), ("Nodir Saidzoda", 1971, "Istaravshan")]
        theirs = [("Zafar Kurbonov", 1988, "Kulyab"), ("Rustam Boboev", 1994, "Khujand")]
        asks.key = asks.does(PEOPLE.format(code="asks", people=ours))
        answers.key = answers.does(PEOPLE.format(code="answers", people=theirs))
        service.start()
        asks.works(PIN.format(key=answers.key, address=f"http://127.0.0.1:{service.port}"))
        answers.works(PIN.format(key=asks.key, address=""))
        yield asks, answers, service
        service.kill()


@pytest.mark.long
def test_it_exchanges_between_two_installations_over_the_line(sides):
    asks, answers, _service = sides
    asks.works(OFFER)
    assert asks.works(CARRY) == "waiting"
    assert answers.shown()[:2] == ["came", ""]
    answers.works(ANSWER, WORK)
    assert asks.works(CARRY) == "fetched"
    asks.works(WORK)
    assert asks.works(CARRY) == "sent"
    answers.works(WORK)
    assert asks.shown() == ["matched", "", [[1, "Зафар Қурбонов"]], ["result"], True]
    assert answers.shown()[:3] == ["matched", "", [[1, "Zafar Kurbonov"]]]
    for side in (asks, answers):
        assert {"exchange.release", "exchange.make", "exchange.bring", "exchange.match"} <= set(
            json.loads(side.works(VERBS))
        )


@pytest.mark.long
def test_it_goes_on_where_the_line_broke(sides):
    asks, answers, service = sides
    asks.works(OFFER)
    service.kill()
    assert asks.works(CARRY) == "line"
    assert asks.shown()[:2] == ["waiting", "line"]
    service.start()
    assert asks.works(CARRY) == "waiting"
    assert asks.shown()[1] == ""
    assert answers.shown()[0] == "came"


@pytest.mark.long
def test_it_tells_who_offered_that_the_other_side_does_not_agree(sides):
    asks, answers, _service = sides
    asks.works(OFFER, CARRY)
    answers.works("exchanging.end(actor=officer, row=Exchange.objects.get())")
    assert asks.works(CARRY) == "declined"
    assert asks.shown()[:2] == ["failed", "declined"]


@pytest.mark.long
def test_it_writes_nothing_of_an_exchange_into_the_home_in_the_clear(sides):
    asks, answers, _service = sides
    asks.works(OFFER, CARRY)
    answers.works(ANSWER, WORK)
    asks.works(CARRY)
    for side in (asks, answers):
        files = [path for path in side.at.home.rglob("*") if path.is_file()]
        whole = b"".join(path.read_bytes() for path in files)
        assert not re.search("Zwqxpurpose|Қурбонов|Kurbonov".encode(), whole)
        assert not [path for path in files if "exchange" in path.parts[-2:]]
