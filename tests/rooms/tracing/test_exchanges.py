"""Two organisations learn at their desks whom both have met: two people on each side, files in parts, pairs with reasons, the end."""

import datetime as dt
import json
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from desk_world import asked as queries
from desk_world import at
from exchanges_world import (
    PURPOSE,
    acquainted,
    answered,
    brought,
    came,
    file_of,
    gone_through,
    offered,
    our_list,
    pinned,
    signed_for,
    their_list,
    wished,
    worked,
)
from hamroh.accounts.policy import Refused
from hamroh.tracing import actions
from hamroh.tracing.actions import exchangekeys, exchangepairs, exchangework, exchanging
from hamroh.tracing.actions.exchangekeys import ExchangeRefused
from hamroh.tracing.exchanging import workroom
from hamroh.tracing.models import Exchange, ExchangePair, ExchangePart, ExchangeVerdict, Verdict
from hamroh.tracing.selectors import exchanges as reads
from hamroh.vault.models import JournalLine

WHY = "The partner's officer says that the father is the same."


def test_it_tells_both_sides_the_one_man_whom_both_have_met(pair):
    row, back, mine, yours = gone_through(pair)
    told = [list(ExchangePair.objects.filter(exchange=each).values_list("record", "number")) for each in (row, back)]
    assert told == [[(mine[0].pk, 1)], [(yours[0].pk, 1)]]
    assert (row.state, back.state, row.pairs_count, back.pairs_count) == ("matched", "matched", 1, 1)


def test_it_says_on_both_sides_what_a_pair_rests_on(pair):
    row, back, _mine, _yours = gone_through(pair)
    said = [reads.reasons(ExchangePair.objects.get(exchange=each).said) for each in (row, back)]
    assert said[0] == said[1]
    assert said[0][-2:] == ("the same year of birth", "the same home")
    assert "words of the name sound" in said[0][0]


def test_it_compares_nobody_who_did_not_agree(pair):
    """Jamshed is on both lists, and agreed to be on neither."""
    row, back, mine, yours = gone_through(pair)
    assert (row.our_people, back.our_people) == (2, 2)
    assert not ExchangePair.objects.filter(record__in=[mine[2], yours[2]]).exists()


def test_it_works_nothing_out_before_a_second_person_lets_it_go(pair):
    partner, _other = acquainted(pair)
    row = wished(pair, partner, our_list(pair)[0])
    with pytest.raises(ExchangeRefused):
        exchanging.release(actor=pair.search.manizha, row=_asked_by(row, pair.search.manizha))
    _asked_by(row, pair.search.bahrom)
    assert worked(row).state == "wished"
    with pytest.raises(Refused):
        exchanging.release(actor=pair.search.shahlo, row=row)
    assert not ExchangePart.objects.exists()


def _asked_by(row, who):
    Exchange.objects.filter(pk=row.pk).update(asked_by=who)
    row.refresh_from_db()
    return row


def test_it_keeps_in_the_store_that_two_people_let_it_go(pair):
    partner, _other = acquainted(pair)
    row = wished(pair, partner, our_list(pair)[0])
    for wrong in ({"state": "building"}, {"state": "building", "released_by": pair.search.bahrom}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Exchange.objects.filter(pk=row.pk).update(**wrong)


def test_it_exchanges_with_nobody_whose_signs_were_not_compared(pair):
    key = signed_for(pair.umed, pair.somon)
    signed_for(pair.search.manizha, pair.search.centre)
    told = exchangekeys.Told("Somon", key, "agreed")
    row = exchangekeys.pin(actor=pair.search.manizha, organisation=pair.search.centre, told=told)
    with pytest.raises(ExchangeRefused):
        wished(pair, row, our_list(pair)[0])
    with pytest.raises(ExchangeRefused, match="somebody else"):
        exchangekeys.check(actor=pair.search.manizha, partner=row)


def test_it_takes_no_offer_of_a_stranger(pair):
    partner, other = acquainted(pair)
    row = offered(pair, partner, our_list(pair)[0])
    exchangekeys.unpin(actor=pair.umed, partner=other)
    with pytest.raises(ExchangeRefused):
        came(pair, file_of(row))


def test_it_takes_no_offer_that_was_changed_on_its_way(pair):
    partner, _other = acquainted(pair)
    whole = bytearray(file_of(offered(pair, partner, our_list(pair)[0])))
    whole[-900] ^= 1
    with pytest.raises(ExchangeRefused):
        came(pair, bytes(whole))
    assert not Exchange.objects.filter(organisation=pair.somon).exists()


def test_it_takes_an_offer_in_once(pair):
    partner, _other = acquainted(pair)
    content = file_of(offered(pair, partner, our_list(pair)[0]))
    assert came(pair, content).pk == came(pair, content).pk


def test_it_shows_the_terms_before_anybody_agrees(pair):
    partner, _other = acquainted(pair)
    row = offered(pair, partner, our_list(pair)[0], fields=("name", "year"), days=9)
    found = came(pair, file_of(row))
    decision = reads.exchange_of(actor=pair.aziz, code=found.code)[1]
    told = reads.exchange_facts(actor=pair.aziz, row=found, decision=decision)
    assert (told["purpose"], told["partner"], list(map(str, told["fields"]))) == (
        PURPOSE,
        "The centre",
        ["name", "year of birth"],
    )
    assert (found.state, found.until_date, found.number) == ("came", row.until_date, row.number)


def test_it_compares_nobody_before_the_people_on_the_list_were_told(pair):
    partner, _other = acquainted(pair)
    pool, _people = our_list(pair)
    with pytest.raises(ExchangeRefused, match="Ask the people"):
        wished(pair, partner, pool, told=False)
    found = came(pair, file_of(offered(pair, partner, pool)))
    with pytest.raises(ExchangeRefused, match="Ask the people"):
        exchanging.agree(actor=pair.aziz, row=found, pool=their_list(pair)[0], told=False)


def test_it_finds_him_by_name_and_year_alone_where_no_more_was_agreed(pair):
    row, _back, mine, _yours = gone_through(pair, fields=("name", "year"))
    (found,) = ExchangePair.objects.filter(exchange=row)
    assert found.record_id == mine[0].pk
    assert not any(code.startswith("place/") for code in found.said)


def test_it_refuses_a_list_longer_than_agreed(pair):
    partner, _other = acquainted(pair)
    found = came(pair, file_of(offered(pair, partner, our_list(pair)[0], most_theirs=2)))
    with pytest.raises(ExchangeRefused, match="allow 2 people"):
        exchanging.agree(actor=pair.aziz, row=found, pool=their_list(pair)[0], told=True)


def test_it_lets_four_go_with_one_partner_in_thirty_days(pair):
    partner, _other = acquainted(pair)
    pool, _people = our_list(pair)
    rows = [wished(pair, partner, pool) for _turn in range(exchanging.MOST_OFTEN + 1)]
    for row in rows[:-1]:
        exchanging.release(actor=pair.search.manizha, row=row)
    with pytest.raises(ExchangeRefused, match="trying names"):
        exchanging.release(actor=pair.search.manizha, row=rows[-1])


def test_it_ends_where_somebody_was_taken_off_the_list_meanwhile(pair):
    partner, _other = acquainted(pair)
    pool, people = our_list(pair)
    row = offered(pair, partner, pool)
    back = answered(pair, came(pair, file_of(row)), their_list(pair)[0])
    actions.withdraw_record(actor=pair.search.bahrom, record=people[0])
    brought(row, file_of(back), pair.search.bahrom)
    assert (row.state, row.fault, ExchangePair.objects.count()) == ("failed", "changed", 0)
    with pytest.raises(ExchangeRefused):
        exchanging.again(actor=pair.search.bahrom, row=row)


def test_it_goes_on_where_somebody_was_entered_meanwhile(pair):
    from exchanges_world import OTHERS
    from hamroh.tracing.actions import add_record

    partner, _other = acquainted(pair)
    pool, people = our_list(pair)
    row = offered(pair, partner, pool)
    back = answered(pair, came(pair, file_of(row)), their_list(pair)[0])
    add_record(actor=pair.search.bahrom, pool=pool, met=OTHERS[1])
    brought(row, file_of(back), pair.search.bahrom)
    assert [each.record_id for each in ExchangePair.objects.filter(exchange=row)] == [people[0].pk]


def test_it_tells_the_other_side_of_nobody_who_was_taken_off_its_list(pair):
    partner, _other = acquainted(pair)
    (pool, _mine), (other, yours) = our_list(pair), their_list(pair)
    row = offered(pair, partner, pool)
    back = answered(pair, came(pair, file_of(row)), other)
    brought(row, file_of(back), pair.search.bahrom)
    actions.withdraw_record(actor=pair.aziz, record=yours[0])
    brought(back, file_of(row), pair.aziz)
    assert (back.state, back.pairs_count, ExchangePair.objects.filter(exchange=back).count()) == ("matched", 0, 0)


def test_it_shows_no_pair_of_somebody_who_was_taken_off_afterwards(pair):
    row, _back, mine, _yours = gone_through(pair)
    actions.withdraw_record(actor=pair.search.bahrom, record=mine[0])
    assert list(reads.pairs(actor=pair.search.bahrom, exchange=row)) == []


def test_it_matches_nobody_by_itself(pair):
    row, _back, _mine, _yours = gone_through(pair)
    found = ExchangePair.objects.get(exchange=row)
    exchangepairs.judge(actor=pair.search.bahrom, pair=found, answer="same", words=WHY)
    exchangepairs.judge(actor=pair.search.shahlo, pair=found, answer="same", words=WHY)
    assert ExchangeVerdict.objects.filter(pair=found).count() == 2
    assert not Verdict.objects.exists()


def test_it_shreds_everything_at_its_end_and_keeps_what_was_told_to_whom(pair):
    row, _back, _mine, _yours = gone_through(pair)
    exchangepairs.judge(
        actor=pair.search.bahrom, pair=ExchangePair.objects.get(exchange=row), answer="unsure", words=WHY
    )
    exchanging.end(actor=pair.search.bahrom, row=row)
    row.refresh_from_db()
    assert (row.state, bytes(row.__dict__["secret"] or b""), row.pairs_count) == ("ended", b"", 1)
    assert [each.objects.filter(exchange=row).count() for each in (ExchangePart, ExchangePair, ExchangeVerdict)] == [
        0,
        0,
        0,
    ]
    (line,) = reads.lines(
        actor=pair.search.bahrom,
        rows=list(reads.exchanges(actor=pair.search.bahrom, organisation=pair.search.centre)),
    )
    assert (line["row"], line["name"], line["row"].released_by) == (row, "Somon", pair.search.manizha)


def test_it_ends_by_itself_when_its_terms_do(pair):
    partner, _other = acquainted(pair)
    row = offered(pair, partner, our_list(pair)[0], days=1)
    assert exchanging.expire_exchanges() == 0
    Exchange.objects.filter(pk=row.pk).update(until_date=timezone.now().date() - dt.timedelta(days=1))
    assert exchanging.expire_exchanges() == 1
    row.refresh_from_db()
    assert (row.state, ExchangePart.objects.filter(exchange=row).count()) == ("ended", 0)


def test_it_is_in_the_journal_of_both_sides_and_names_nobody_there(pair):
    gone_through(pair)
    lines = JournalLine.objects.filter(verb__startswith="exchange.")
    verbs = {
        house: set(lines.filter(organisation_id=house.pk).values_list("verb", flat=True))
        for house in (pair.somon, pair.search.centre)
    }
    assert verbs[pair.search.centre] >= {
        "exchange.ask",
        "exchange.release",
        "exchange.make",
        "exchange.bring",
        "exchange.match",
    }
    assert verbs[pair.somon] >= {
        "exchange.came",
        "exchange.agree",
        "exchange.release",
        "exchange.make",
        "exchange.match",
    }
    whole = json.dumps([line.facts for line in lines], ensure_ascii=False)
    assert not [word for word in ("Зафар", "Zafar", PURPOSE, "Somon") if word in whole]


def test_it_leaves_no_folder_behind(pair):
    before = set(workroom._where().glob("hamroh-exchange-*"))
    gone_through(pair)
    assert set(workroom._where().glob("hamroh-exchange-*")) == before


def test_it_works_in_memory_where_the_machine_shows_some(pair):
    with workroom.workroom() as folder:
        assert folder.parent == Path("/dev/shm")
        assert folder.stat().st_mode & 0o077 == 0


def test_it_says_that_something_went_wrong_and_begins_anew(pair, monkeypatch):
    partner, _other = acquainted(pair)
    row = wished(pair, partner, our_list(pair)[0])
    exchanging.release(actor=pair.search.manizha, row=row)
    with monkeypatch.context() as broken:
        broken.setattr(exchangework, "_offer", lambda *_given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            worked(row)
    row.refresh_from_db()
    assert (row.state, row.fault) == ("failed", "fault")
    exchanging.again(actor=pair.search.bahrom, row=row)
    assert worked(row).state == "waiting"


def test_it_notes_a_key_of_an_organisation_and_nothing_else():
    for wrong in ("", "abc", "{}", '{"name": 1}', "g" * 64, '{"name": "x", "key": 5}', "[1]"):
        with pytest.raises(ExchangeRefused):
            exchangekeys.read_key(wrong)
    assert exchangekeys.read_key('{"name": "Somon", "key": "%s"}' % ("a" * 64)) == ("Somon", "a" * 64)


def test_it_pins_no_key_of_its_own_and_none_twice(pair):
    partner, _other = acquainted(pair)
    ours = signed_for(pair.search.manizha, pair.search.centre)
    for key in (partner.key, ours):
        with pytest.raises(ExchangeRefused):
            pinned(pair.search.manizha, pair.search.bahrom, pair.search.centre, key)


def test_it_asks_as_often_for_many_pairs_as_for_one(pair):
    row, _back, _mine, _yours = gone_through(pair)
    client, where = at(pair.search.bahrom), f"/desk/tracing/exchanges/{row.code}/"
    client.get(where)
    few = queries(client, where)
    found = ExchangePair.objects.get(exchange=row)
    for number in range(2, 12):
        more = ExchangePair(exchange=row, organisation_id=row.organisation_id, record_id=found.record_id, number=number)
        more.bits = 20
        more.save()
    assert queries(client, where) == few
