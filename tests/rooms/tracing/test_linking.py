"""Whole lists are compared: who may be one person waits to be judged, nobody is matched, and nothing of it touches a disk."""

import datetime as dt
import re
import tempfile
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from django.urls import reverse

from desk_world import asked as queries
from desk_world import at, employ
from hamroh.accounts.models import Notice, Role
from hamroh.accounts.policy import Refused
from hamroh.kernel.linkage.registers import rows_of
from hamroh.tracing import actions, bulk, selectors
from hamroh.tracing.actions import PoolRefused, linking
from hamroh.tracing.models import Candidate, Linkage, Pair, PairVerdict, Verdict
from hamroh.tracing.selectors.judging import cluster_nodes
from hamroh.vault.models import JournalLine
from tracing_world import MET, again, asked, judged, listed, met

#: the same man as ``MET``, as another list writes him, and one who is nobody's double
SAME = replace(MET, name="Қурбонов Зафар Раҳимович", born={"first": 1988, "last": 1988}, place="Кӯлоб", note="")
OTHER = replace(MET, name="Nodir Saidzoda", born={"first": 1971, "last": 1971}, place="Istaravshan", note="")
WHY = "The father and the year are the same."


@pytest.fixture
def two(search):
    """Two lists that have one man in common, and a stranger each."""
    one, other = listed(search), listed(search, name="A register of Kazan", origin="register")
    records = [met(search, one, MET), met(search, other, SAME)]
    met(search, one, OTHER)
    met(search, other, replace(OTHER, name="Rustam Boboev", born={"first": 1994, "last": 1994}, place="Khujand"))
    return one, other, *records


def compared(search, one, other=None):
    """A linkage with its work done."""
    row = actions.link(actor=search.bahrom, pool=one, beside=other)
    linking.work_off(row.pk)
    row.refresh_from_db()
    return row


def people(*names, year=1988):
    return [{"id": str(at), "name": name, "year": year, "place": "Кӯлоб"} for at, name in enumerate(names)]


def rows(records):
    return [row for record in records for row in rows_of(record)]


def quiet(_done, _whole):
    pass


# -- pairs ---------------------------------------------------------------------------------------------------------


def test_it_finds_one_man_on_two_lists_in_another_script(search, two):
    one, other, mine, theirs = two
    row = compared(search, one, other)
    assert (row.state, row.proposed, row.new) == ("done", 1, 1)
    assert {frozenset(pair) for pair in Pair.objects.values_list("record", "beside")} == {
        frozenset({mine.pk, theirs.pk})
    }


def test_it_matches_nobody_by_itself(search, two):
    asked(search)
    compared(search, *two[:2])
    compared(search, two[0])
    assert not Verdict.objects.exists()
    assert not PairVerdict.objects.exists()


def test_it_finds_nobody_twice_when_it_is_begun_anew(search, two):
    compared(search, *two[:2])
    assert compared(search, two[1], two[0]).new == 0
    assert Pair.objects.count() == 1


def test_it_compares_a_list_with_all_who_are_looked_for(search, two):
    request = asked(search)
    Candidate.objects.all().delete()
    row = compared(search, two[0])
    found = Candidate.objects.get()
    assert (row.new, found.request, found.record, found.chance >= 50) == (1, request, two[2], True)
    assert Notice.objects.filter(about=Notice.About.LIKELY, user=search.bahrom).exists()


def test_it_tells_a_candidate_that_waits_what_the_whole_list_says(search, two):
    asked(search)
    record = met(search, two[0], replace(MET, name="Zafar Qurbonov"))
    Candidate.objects.filter(record=record).update(chance=None)
    compared(search, two[0])
    assert not Candidate.objects.filter(record=record, chance=None).exists()


def test_it_never_reads_a_request_that_is_not_searched(search, two):
    guarded = asked(
        search, answers={**dict.fromkeys(("violence", "protection", "threat", "afraid"), "no"), "hidden": "yes"}
    )
    assert again(guarded.pk).route == "protection"
    assert compared(search, two[0]).proposed == 0
    assert not Candidate.objects.exists()


def test_it_never_reads_somebody_who_was_taken_off(search, two):
    actions.withdraw_record(actor=search.bahrom, record=two[3])
    assert compared(search, *two[:2]).proposed == 0


def test_it_drops_pairs_of_somebody_who_is_taken_off(search, two):
    compared(search, *two[:2])
    actions.withdraw_record(actor=search.bahrom, record=two[3])
    assert not Pair.objects.exists()


def test_it_proposes_no_pair_that_somebody_has_judged(search, two):
    compared(search, *two[:2])
    actions.judge_pair(actor=search.bahrom, pair=Pair.objects.get(), answer="different", words=WHY)
    Pair.objects.all().delete()
    assert compared(search, *two[:2]).new == 0


def test_it_keeps_the_ten_likeliest_of_everybody():
    found = {("a", str(number)): number / 100 for number in range(50, 70)}
    assert sorted(linking.fewer(found)) == sorted(("a", str(number)) for number in range(60, 70))


def test_it_writes_one_line_a_list_and_nobody_by_name(search, two):
    before = JournalLine.objects.count()
    row = compared(search, *two[:2])
    told = list(JournalLine.objects.order_by("pk")[before:])
    assert any(str(row.pk) in str(each.facts) for each in told)
    assert "Zafar" not in str([each.facts for each in told])


# -- what is said of a pair ----------------------------------------------------------------------------------------


def test_it_takes_two_people_to_make_a_pair_one_person(search, two):
    compared(search, *two[:2])
    request, pair = asked(search), Pair.objects.get()
    for who in (search.bahrom, search.shahlo):
        judged(who, again(request.pk), two[2])
    actions.judge_pair(actor=search.bahrom, pair=pair, answer="same", words=WHY)
    assert ("record", two[3].pk) not in cluster_nodes(("request", request.pk))[0]
    actions.judge_pair(actor=search.shahlo, pair=pair, answer="same", words=WHY)
    assert ("record", two[3].pk) in cluster_nodes(("request", request.pk))[0]


def test_it_undoes_a_pair_by_a_new_verdict(search, two):
    compared(search, *two[:2])
    pair = Pair.objects.get()
    for who, answer in ((search.bahrom, "same"), (search.shahlo, "same"), (search.bahrom, "different")):
        actions.judge_pair(actor=who, pair=pair, answer=answer, words=WHY)
    assert cluster_nodes(("record", two[2].pk))[0] == {("record", two[2].pk)}


def test_it_judges_no_pair_without_a_reason(search, two):
    compared(search, *two[:2])
    with pytest.raises(actions.CannotJudge):
        actions.judge_pair(actor=search.bahrom, pair=Pair.objects.get(), answer="same", words="yes")


def test_it_shows_what_both_comparisons_say(search, two):
    compared(search, *two[:2])
    Pair.objects.update(chance=55)
    both = selectors.two_of_lists(actor=search.bahrom, pair=Pair.objects.get())
    assert (both.said.engine, both.said.whole, both.said.differ) == ("strong", "possible", True)
    assert any("zafar" in reason for reason in both.reasons)


def test_it_says_why_even_where_the_search_finds_nobody(search, two):
    request = asked(search)
    stranger = two[0]
    record = met(search, stranger, replace(OTHER, name="Nodir Qurbonzoda"))
    decision = selectors.request_of(actor=search.bahrom, code=request.code, verb="tracing.search")[1]
    both = selectors.beside(actor=search.bahrom, request=request, decision=decision, record=record)
    assert (both.said.word, bool(both.reasons)) == (None, True)


# -- begin, stop, go on --------------------------------------------------------------------------------------------


def test_it_compares_no_list_with_itself(search, two):
    with pytest.raises(PoolRefused):
        actions.link(actor=search.bahrom, pool=two[0], beside=two[0])


def test_it_compares_no_list_that_has_ended(search, two):
    actions.end_pool(actor=search.bahrom, pool=two[1])
    with pytest.raises(PoolRefused):
        actions.link(actor=search.bahrom, pool=two[0], beside=two[1])


def test_it_compares_no_list_of_another_house(search, two):
    stranger = employ("davlat", search.office.other, Role.TRACING_OFFICER)
    with pytest.raises(Refused):
        actions.link(actor=stranger, pool=two[0], beside=two[1])


def test_it_compares_one_thing_at_a_time(search, two):
    actions.link(actor=search.bahrom, pool=two[0], beside=two[1])
    with pytest.raises(PoolRefused):
        actions.link(actor=search.shahlo, pool=two[0])


def test_it_stops_where_somebody_says_so(search, two):
    row = actions.link(actor=search.bahrom, pool=two[0], beside=two[1])

    def stop(_done, _whole):
        if Linkage.objects.filter(pk=row.pk, state="running").exists():
            actions.stop(actor=search.shahlo, row=row)

    assert linking.work_off(row.pk, stop) == 0
    assert (Linkage.objects.get().state, Pair.objects.count()) == ("stopped", 0)


def test_it_goes_on_after_it_was_stopped(search, two):
    row = actions.link(actor=search.bahrom, pool=two[0], beside=two[1])
    actions.stop(actor=search.bahrom, row=row)
    actions.go_on(actor=search.bahrom, row=Linkage.objects.get())
    assert linking.work_off(row.pk) == 1


def test_it_begins_nothing_anew_that_is_going_on(search, two, time_machine):
    row = actions.link(actor=search.bahrom, pool=two[0], beside=two[1])
    with pytest.raises(PoolRefused):
        actions.go_on(actor=search.bahrom, row=row)
    time_machine.shift(linking.STILL + dt.timedelta(seconds=1))
    actions.go_on(actor=search.bahrom, row=row)
    assert linking.work_off(row.pk) == 1


def test_it_says_what_to_install_where_it_is_missing(search, two, monkeypatch):
    monkeypatch.setattr(bulk, "find_spec", lambda _name: None)
    with pytest.raises(PoolRefused, match="hamroh link"):
        actions.link(actor=search.bahrom, pool=two[0], beside=two[1])


def test_it_says_so_where_the_memory_is_too_small(search, two, monkeypatch):
    monkeypatch.setattr(bulk, "memory", lambda: 1)
    row = compared(search, *two[:2])
    assert (row.state, row.fault) == ("failed", "memory")


def test_it_keeps_no_words_of_a_fault(search, two, monkeypatch):
    def broken(*_given, **_named):
        raise duckdb.InvalidInputException("Zafar Kurbonov cannot be converted")

    monkeypatch.setattr(bulk, "_pairs", broken)
    row = compared(search, *two[:2])
    assert (row.state, row.fault) == ("failed", "fault")


# -- memory alone --------------------------------------------------------------------------------------------------


def crowd(count, seed):
    from itertools import islice

    from hamroh.site.benches.names.sets import crowd as made

    return [{**each, "id": f"{seed}-{at}"} for at, each in enumerate(islice(made(), seed, seed + count))]


def written(folder):
    return [path for path in Path(folder).rglob("*") if path.is_file()]


def test_it_refuses_what_does_not_fit_and_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    many = rows(crowd(1200, 0)), rows(crowd(1200, 600))
    with pytest.raises(bulk.TooMuch):
        bulk.linked(*many, least=0.5, tell=quiet, limit=12)
    assert written(tmp_path) == []


def test_it_would_have_written_with_a_folder(tmp_path):
    """What the refusal is worth: the very same work spills where DuckDB has somewhere to spill to."""
    database = duckdb.connect(
        ":memory:", config={"temp_directory": str(tmp_path), "memory_limit": "12MiB", "threads": 1}
    )
    database.execute(
        "CREATE TABLE people AS SELECT range AS number, repeat('Zwqx', 50) || range AS name FROM range(200000)"
    )
    assert written(tmp_path)


def test_it_opens_no_file_while_it_links():
    def files():
        found = (str(each.readlink()) for each in Path("/proc/self/fd").iterdir() if each.is_symlink())
        return {name for name in found if name.startswith("/") and not name.startswith(("/dev", "/proc"))}

    before, seen = files(), []
    bulk.linked(
        rows(people("Zafar Kurbonov")),
        rows(people("Зафар Қурбонов")),
        least=0.5,
        tell=lambda *_far: seen.append(files() - before),
    )
    assert seen
    assert set().union(*seen) == set()


@pytest.mark.parametrize(
    "reach",
    ["COPY (SELECT 1) TO '{}/out.csv'", "ATTACH '{}/other.db'", "SET temp_directory = '{}'", "SET enable_external_access = true",
     "INSTALL httpfs"],
)  # fmt: skip
def test_it_cannot_reach_a_file(tmp_path, reach):
    database = bulk._database(64)
    with pytest.raises(duckdb.Error):
        database.execute(reach.format(tmp_path))
    assert written(tmp_path) == []


def test_it_knows_one_person_by_a_telephone():
    ours = [{"id": "a", "name": "Zafar Kurbonov", "phone": ["+992 93 555-00-12"]}]
    theirs = [{"id": "b", "name": "Zafar Mirzoev", "phone": ["93 555 0012"]}]
    without = [{**theirs[0], "phone": []}]
    assert bulk.linked(rows(ours), rows(theirs), least=0.0001, tell=quiet)
    assert not bulk.linked(rows(ours), rows(without), least=0.0001, tell=quiet)


def test_it_tells_brothers_apart():
    found = bulk.linked(
        rows(people("Зафар Қурбонов")),
        rows(people("Zafar Kurbonov", "Nodir Kurbonov", year=1988)),
        least=0.01,
        tell=quiet,
    )
    assert found[("0", "0")] > 0.5 > found.get(("0", "1"), 0)


# -- pages ---------------------------------------------------------------------------------------------------------


def test_it_is_done_at_the_desk(search, two):
    one, other = two[:2]
    client = at(search.bahrom)
    page = client.get(reverse("tracing:link", args=[one.code])).content.decode()
    assert "A register of Kazan" in page
    answer = client.post(reverse("tracing:link", args=[one.code]), {"beside": other.code})
    assert answer.status_code == 302
    row = Linkage.objects.get()
    assert "refresh" in client.get(answer.url).content.decode()
    linking.work_off(row.pk)
    page = client.get(answer.url).content.decode()
    address = reverse("tracing:pair", args=[Pair.objects.get().pool.code, Pair.objects.get().pk])
    assert address in page
    assert "refresh" not in page
    page = client.get(address).content.decode()
    assert re.search("zafar = зафар|зафар = zafar", page)
    client.post(address, {"answer": "same", "words": WHY})
    assert PairVerdict.objects.get().made_by == search.bahrom
    assert address not in client.get(reverse("tracing:searches")).content.decode()


def test_it_lists_pairs_among_what_waits(search, two):
    compared(search, *two[:2])
    assert "/pair/" in at(search.shahlo).get(reverse("tracing:searches")).content.decode()


def test_it_asks_the_form_again_where_nothing_was_chosen(search, two):
    answer = at(search.bahrom).post(reverse("tracing:link", args=[two[0].code]), {"beside": ""})
    assert answer.status_code == 422


def test_it_asks_as_often_for_many_pairs_as_for_one(search, two):
    row = compared(search, *two[:2])
    client = at(search.bahrom)
    address = reverse("tracing:linkage", args=[two[0].code, row.pk])
    few = queries(client, address)
    for number in range(4):
        mine, theirs = met(search, two[0], replace(MET, name=f"Karim Saidov {number}")), met(search, two[1], SAME)
        pair = sorted((mine, theirs), key=lambda each: str(each.pk))
        Pair.objects.create(
            organisation=search.centre, pool=pair[0].pool, record=pair[0], beside=pair[1], band="weak", chance=60
        )
    assert queries(client, address) == few


def test_it_asks_as_often_for_many_who_are_looked_for(search, two):
    request = asked(search)
    row = compared(search, two[0])
    client = at(search.bahrom)
    address = reverse("tracing:linkage", args=[two[0].code, row.pk])
    few = queries(client, address)
    for number in range(4):
        record = met(search, two[0], replace(OTHER, name=f"Karim Saidov {number}"))
        Candidate.objects.create(organisation=search.centre, request=request, record=record, band="weak", chance=60)
    assert queries(client, address) == few


def test_it_is_erased_with_its_list(search, two):
    from hamroh.tracing.keeping import POOLS
    from hamroh.vault import erasure

    compared(search, *two[:2])
    actions.judge_pair(actor=search.bahrom, pair=Pair.objects.get(), answer="same", words=WHY)
    for each in two[:2]:
        erasure.erase(POOLS, each)
    assert [model.__name__ for model in (Linkage, Pair, PairVerdict) if model.objects.exists()] == []
