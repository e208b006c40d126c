"""A man who beats asks for the wife who fled to us: he is answered as everybody, and the house guards her."""

import logging
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk_world import asked as queries
from desk_world import at
from found_world import told_to, weekly, words_of
from hamroh.accounts.models import Notice
from hamroh.cases import actions as cases
from hamroh.cases.actions import Told
from hamroh.cases.models import Person
from hamroh.tracing import naming
from hamroh.tracing.models import Candidate, Letter, Request, WeeklyWord
from hamroh.vault import keyring, pools
from hamroh.vault.models import JournalLine
from tracing_world import MET, NO, listed, met, settle

ZARINA = "Зарина Қурбонова"
#: what he says: she is sick, nobody beat anybody; and what an honest man says who looks for his brother
FORM = {"way": "voice", "asker": "A husband", "first": "1990", **{f"q_{code}": "no" for code in NO}}
HIS, PLAIN = FORM | {"name": ZARINA, "sex": "f"}, FORM | {"name": "Саид Каримов", "sex": "m"}


@pytest.fixture
def shelter(search, monkeypatch):
    """Zarina, whom Zebo stands by, and somebody on a list who bears nearly her name. Keys are not asked anew meanwhile."""
    monkeypatch.setattr(keyring, "REFRESH", 10**9)
    told = Told(name=ZARINA, born={"year": 1990}, facts={"sex": "f"})
    case = cases.open_case(
        actor=search.office.zebo, organisation=search.centre, client=told, channel="visit", country="TJ"
    )
    met(search, listed(search), replace(MET, name="Zarina Kurbonova", sex="f"))
    return case


@pytest.fixture
def asking(search, shelter, django_capture_on_commit_callbacks, caplog):
    """Both forms sent by the same worker, the requests, and what each answer was: status, page and queries."""
    client, said, rows = at(search.farzona), [], []
    caplog.set_level(logging.DEBUG)
    for form in (HIS, PLAIN):
        with CaptureQueriesContext(connection) as seen, django_capture_on_commit_callbacks(execute=False):
            answer = client.post("/desk/tracing/new/", form)
        page = client.get(answer["Location"]).content.decode().replace(form["name"], "")
        said.append((answer.status_code, len(seen), words_of(page)))
        rows.append(Request.objects.get(code=answer["Location"].rstrip("/").rpartition("/")[2]))
    for row in rows:
        settle(row)
    assert shelter.pk
    return rows, said


def test_it_answers_him_as_everybody_in_the_same_time(search, asking):
    rows, said = asking
    assert said[0] == said[1]
    client = at(search.farzona)
    pages = [client.get(f"/desk/tracing/{row.code}/").content.decode() for row in rows]
    plain = [words_of(page.replace(ZARINA, "").replace("Саид Каримов", "")) for page in pages]
    assert plain[0] == plain[1]
    assert len({queries(client, f"/desk/tracing/{row.code}/") for row in rows}) == 1


def test_it_tells_who_protects_and_lists_her_nowhere(search, asking):
    (his, _plain), _said = asking
    assert (his.route, his.state) == ("protection", "open")
    assert [each.user for each in Notice.objects.filter(about="guard")] == [search.manizha]
    assert not Candidate.objects.filter(request=his).exists()
    opener = naming.Requests(Request.objects.all(), naming.by_upkeep)
    assert [each.id for each in pools.search(naming.REQUESTS, search.centre.pk, {"name": ZARINA}, opener=opener)] == []
    bahrom = at(search.bahrom)
    lists = [bahrom.get(f"/desk/tracing/{each}").content.decode() for each in ("search/", "letters/", "", "pools/")]
    assert [page for page in lists if ZARINA in page or his.code in page] == []


def test_it_leaves_her_in_no_log(search, asking, shelter, caplog):
    people = Person.objects.filter(case=shelter).values_list("pk", flat=True)
    hers = {str(shelter.pk), *map(str, people)}
    lines = JournalLine.objects.filter(record_id__in=hers).exclude(actor_id=search.office.zebo.pk)
    assert list(lines.exclude(actor_id=None)) == []
    assert [each for each in caplog.messages if ZARINA in each or "Zarina" in each] == []
    assert asking


def test_it_tells_him_the_same_word_each_week_and_keeps_his_letter(search, asking, time_machine):
    rows, _said = asking
    client = at(search.farzona)
    for row in rows:
        client.post(f"/desk/tracing/{row.code}/letter/", {"body": "Come home, everybody waits for you."})
    for _week in range(2):
        assert weekly(time_machine) == len(rows)
    assert [told_to(search.farzona, row) for row in rows] == [[], []]
    assert {each.week_date for each in WeeklyWord.objects.all()} == {WeeklyWord.objects.first().week_date}
    assert [each.state for each in Letter.objects.all()] == ["written", "written"]


def test_it_lets_his_letter_reach_nobody_whoever_reads_it(search, asking):
    from found_world import CLEAN
    from hamroh.accounts.policy import Refused
    from hamroh.tracing.actions import letters

    (his, _plain), _said = asking
    letter = letters.write_to_found(actor=search.farzona, request=his, body="Come home.")
    with pytest.raises(Refused):
        letters.read(actor=search.shahlo, letter=letter, after="approved", found=CLEAN)
    letters.read(actor=search.manizha, letter=letter, after="approved", found=CLEAN)
    with pytest.raises(Refused):
        letters.carry(actor=search.bahrom, letter=Letter.objects.select_related("request").get())
