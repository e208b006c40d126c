"""Two installations of Hamroh give each other records: one provides, the other harvests, each a process with a home of its own."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from forked import Forked
from service import Service

PEOPLE = """
from hamroh.accounts.models import Membership, Organisation, Role, User
house = Organisation.objects.create(code="{code}", names={{"en": "{name}"}}, country="tj")
editor = User.objects.create_user("{code}-editor", "a long walk to the river", display_name="Editor")
Membership.objects.create(user=editor, organisation=house, role=Role.EDITOR)
"""
WRITE = """
from hamroh.accounts.models import User
from hamroh.library.actions import ContributorFacts, RecordFacts, keep_record, publish_record
editor = User.objects.get(username="giver-editor")
for title in ("Zanon va mehnat", "Qadinlar ve emek", "Canary of the valley"):
    facts = RecordFacts(kind="publication", titles={"en": title, "tg": "Занон"}, date="2020",
        contributors=(ContributorFacts(names={"tg": "Раҳимова А."}, role="translator"),))
    publish_record(actor=editor, record=keep_record(actor=editor, facts=facts))
"""
CHANGE = """
from dataclasses import replace
from hamroh.accounts.models import User
from hamroh.library.actions import edit_record, withdraw_record
from hamroh.library.models import Record
from hamroh.library.selectors.facts import record_facts
editor = User.objects.get(username="giver-editor")
one = Record.objects.get(titles__en="Zanon va mehnat")
edit_record(actor=editor, record=one, facts=replace(record_facts(one), date="2021"))
withdraw_record(actor=editor, record=Record.objects.get(titles__en="Canary of the valley"))
"""
ADD = """
from hamroh.accounts.models import User
from hamroh.library.actions import add_centre
from hamroh.library.exchange.harvesting import first_look
editor = User.objects.get(username="taker-editor")
house = editor.memberships.get().organisation
about, rows = first_look(actor=editor, organisation=house, base_url="{url}")
assert about.prefix == "mods" and len(rows) == 3, (about, rows)
add_centre(actor=editor, organisation=house, names={{"en": "Giver"}}, base_url="{url}", prefix=about.prefix, told=about.as_json())
"""
SHOW = """
import json
from hamroh.library.models import Record
rows = Record.objects.exclude(origin=None).order_by("titles__en")
print(json.dumps([[r.titles["en"], r.titles["tg"], r.date, r.state, [[c.role, c.names] for c in r.contributions.all()]] for r in rows]))
"""


@pytest.fixture
def giver(tmp_path: Path, blank_home: Callable[..., Path]) -> Iterator[tuple[Forked, str]]:
    """An installation that serves, with the address of its provider."""
    home = blank_home(tmp_path / "giver")
    with Forked(home) as commands:
        done(commands.script(PEOPLE.format(code="giver", name="Giver") + WRITE))
        service = Service(home)
        service.start()
        yield commands, f"http://127.0.0.1:{service.port}/oai"
        service.kill()


@pytest.fixture
def taker(tmp_path: Path, blank_home: Callable[..., Path]) -> Iterator[Forked]:
    with Forked(blank_home(tmp_path / "taker")) as commands:
        done(commands.script(PEOPLE.format(code="taker", name="Taker")))
        yield commands


def done(process: Any) -> str:
    assert process.returncode == 0, process.stderr
    return str(process.stdout)


def test_it_brings_an_edit_and_a_withdrawal_to_the_other_at_the_next_run(
    giver: tuple[Forked, str], taker: Forked
) -> None:
    theirs, url = giver
    done(taker.script(ADD.format(url=url)))
    first = json.loads(done(taker.hamroh("harvest", "giver", "--json")))
    came = json.loads(done(taker.script(SHOW)))
    done(theirs.script(CHANGE))
    second = json.loads(done(taker.hamroh("harvest", "giver", "--json")))
    held = json.loads(done(taker.script(SHOW)))
    said = [["translator", {"tg": "Раҳимова А."}]]
    assert (first["counts"], [each[0] for each in came]) == (
        {"new": 3},
        ["Canary of the valley", "Qadinlar ve emek", "Zanon va mehnat"],
    )
    assert (second["counts"]["changed"], second["counts"]["gone"]) == (1, 1)
    assert held == [
        ["Qadinlar ve emek", "Занон", "2020", "published", said],
        ["Zanon va mehnat", "Занон", "2021", "published", said],
    ]
    assert b"Canary" not in (taker.home / "hamroh.sqlite3").read_bytes()
