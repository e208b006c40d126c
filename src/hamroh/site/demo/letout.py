"""A table of the demonstration that left: who joined invented groups in a quarter that is over, let out through the audit."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.accounts.zones import local_date
from hamroh.directory.models import AdminUnit
from hamroh.groups import actions as groups
from hamroh.kernel import datafiles
from hamroh.statistics import actions, facts
from hamroh.statistics.actions import WAITS
from hamroh.statistics.facts import DISTRICT
from hamroh.statistics.models import KeptTable
from hamroh.statistics.quarters import Quarter
from hamroh.statistics.wishes import Wish
from hamroh.vault import journal

FILE, SOURCE = "demo/letout.yml", "joined"


def load_table() -> None:
    """One counts and keeps the table, another looks at it as it would leave and lets it out; a house that keeps a table is left alone."""
    told = datafiles.document(FILE)
    house = Organisation.objects.get(code=told["house"])
    if KeptTable.objects.filter(organisation=house).exists():
        return
    quarter = Quarter.around(local_date(timezone.now(), house) - WAITS).later(-1)
    with journal.openings("command"), policy.remembered(), transaction.atomic():
        for each in told["groups"]:
            _group(house, told, each, quarter)
        _book(house, quarter)
        _let_out(house, told, Wish(SOURCE, quarter, quarter, (DISTRICT,), coarse=(DISTRICT,)))


def _group(house: Organisation, told: Mapping[str, Any], each: Mapping[str, Any], quarter: Quarter) -> None:
    leads, runs = (User.objects.get(username=told[name]) for name in ("leads", "runs"))
    place = AdminUnit.objects.get(key=each["place"])
    about = groups.About(kind="mutual_aid", names=each["names"], place=place, words=told["words"])
    group = groups.open_group(actor=leads, organisation=house, about=about, facilitator=runs)
    for sex, age, count in each["joined"]:
        for number in range(count):
            alias = f"{told['alias']} {age} {number + 1}"
            groups.add_member(actor=runs, group=group, alias=alias, sex=sex, age_band=age, joined_date=quarter.start)


def _book(house: Organisation, quarter: Quarter) -> None:
    """Written and closed as on any night after the quarter."""
    source = facts.of(SOURCE)
    if source is not None:
        actions.book_now(organisation=house, source=source, quarter=quarter, day=local_date(timezone.now(), house))


def _let_out(house: Organisation, told: Mapping[str, Any], wish: Wish) -> None:
    keeps, lets_out = (User.objects.get(username=told[name]) for name in ("keeps", "lets_out"))
    actions.keep_table(actor=keeps, organisation=house, wish=wish)
    mark = actions.judged(actor=lets_out, organisation=house, wish=wish).mark
    actions.release_table(actor=lets_out, organisation=house, wish=wish, mark=mark, audience=told["audience"])
