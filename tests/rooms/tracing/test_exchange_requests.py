"""Those who are missed, offered in a private exchange: to a partner that their families agreed to, and to no other."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk_world import asked as queries
from desk_world import at, shown
from exchanges_world import (
    PURPOSE,
    acquainted,
    answered,
    brought,
    came,
    file_of,
    our_list,
    pinned,
    signed_for,
    their_list,
    wished,
    worked,
)
from hamroh.cases.models import Answer
from hamroh.tracing.actions import exchanging
from hamroh.tracing.actions.exchangekeys import ExchangeRefused
from hamroh.tracing.exchanging import parts
from hamroh.tracing.models import Exchange, ExchangePair, Request
from partners_world import Pair, said
from tracing_world import NO, ZAFAR, asked

OTHER = replace(ZAFAR, name="Nodir Saidzoda", names=(), born={"first": 1971, "last": 1971}, home="Istaravshan")


@pytest.fixture
def missed(pair: Pair) -> list[Request]:
    """Zafar, whose wife agreed to Somon's search, and Nodir, whose wife agreed to ours alone."""
    rows = [asked(pair.search), asked(pair.search, sought=OTHER)]
    said(pair, rows[0])
    return rows


def known(pair: Pair, **more: Any) -> Any:
    return acquainted(pair, **{"known_as": pair.somon} | more)[0]


def let_go(pair: Pair) -> Exchange:
    row = wished(pair, known(pair), None)  # type: ignore[arg-type]
    exchanging.release(actor=pair.search.manizha, row=row)
    return worked(row)


def gone_through(pair: Pair) -> tuple[Exchange, Exchange]:
    row = let_go(pair)
    back = answered(pair, came(pair, file_of(row)), their_list(pair)[0])
    brought(row, file_of(back), pair.search.bahrom)
    return row, brought(back, file_of(row), pair.aziz)


def test_it_tells_both_sides_who_is_missed_and_was_met(pair, missed):
    row, back = gone_through(pair)
    (ours,), (theirs,) = (ExchangePair.objects.filter(exchange=each) for each in (row, back))
    assert (ours.request_id, ours.record_id, theirs.number) == (missed[0].pk, None, ours.number)
    assert theirs.record is not None


def test_it_offers_nobody_whose_family_did_not_agree_to_this_partner(pair, missed):
    assert let_go(pair).our_people == 1
    said(pair, missed[1])
    assert wished(pair, Exchange.objects.get().partner, None).our_people == 2


def test_it_offers_nobody_to_a_partner_that_nobody_could_agree_to(pair, missed):
    with pytest.raises(ExchangeRefused):
        wished(pair, known(pair, known_as=None), None)


def test_it_offers_nobody_whose_search_is_guarded(pair, missed):
    guarded = asked(pair.search, sought=OTHER, answers=NO | {"violence": "yes"})
    said(pair, guarded)
    assert guarded.route == "protection"
    assert let_go(pair).our_people == 1


def test_it_refuses_where_nobody_agreed(pair):
    asked(pair.search)
    with pytest.raises(ExchangeRefused):
        wished(pair, known(pair), None)


def test_it_leaves_out_who_took_the_consent_back_before_it_was_let_go(pair, missed):
    row = wished(pair, known(pair), None)
    said(pair, missed[0], Answer.WITHDRAWN)
    exchanging.release(actor=pair.search.manizha, row=row)
    assert (worked(row).state, row.fault) == ("failed", "empty")


def test_it_ends_where_a_consent_was_taken_back_meanwhile(pair, missed):
    row = let_go(pair)
    back = answered(pair, came(pair, file_of(row)), their_list(pair)[0])
    said(pair, missed[0], Answer.WITHDRAWN)
    assert (brought(row, file_of(back), pair.search.bahrom).state, row.fault) == ("failed", "changed")


def test_it_shows_no_pair_once_the_consent_is_taken_back(pair, missed):
    row, _back = gone_through(pair)
    found = ExchangePair.objects.get(exchange=row)
    client, page = at(pair.search.bahrom), reverse("exchanges:pair", args=[row.code, found.pk])
    assert client.get(page).status_code == 200
    said(pair, missed[0], Answer.WITHDRAWN)
    assert client.get(page).status_code == 404
    assert "Zafar" not in client.get(reverse("exchanges:one", args=[row.code])).content.decode()


def test_it_shows_no_pair_to_who_stands_beside_whoever_misses_him(pair, missed):
    row, _back = gone_through(pair)
    pair.search.case.owner = pair.search.bahrom
    pair.search.case.save()
    page = reverse("exchanges:pair", args=[row.code, ExchangePair.objects.get(exchange=row).pk])
    assert [at(who).get(page).status_code for who in (pair.search.bahrom, pair.search.shahlo)] == [404, 200]


def test_it_tells_the_seekers_side_nothing(pair, missed):
    before = _hers(pair, missed[0])
    gone_through(pair)
    assert _hers(pair, missed[0]) == before


def _hers(pair: Pair, row: Request) -> list[Any]:
    """What she reads on each page of hers, without what changes by itself."""
    import re

    pages = [reverse("tracing:list"), reverse("tracing:request", args=[row.code])]
    plain = [at(pair.search.farzona).get(each).content.decode() for each in pages]
    return [re.sub(r'(nonce|name="(csrfmiddlewaretoken|form_key)" value)="[^"]*"', "", each) for each in plain]


def test_it_never_takes_those_who_are_missed_for_an_answer(pair, missed):
    """Who answers is opened where a key meets: that is for people who were met and told so."""
    row = let_go(pair)
    with pytest.raises(IntegrityError), transaction.atomic():
        Exchange.objects.filter(pk=row.pk).update(is_ours=False)


def test_it_keeps_in_the_table_that_a_pair_is_of_one_of_ours(pair, missed):
    row, _back = gone_through(pair)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExchangePair.objects.filter(exchange=row).update(request=None)


def test_it_is_asked_for_at_the_desk(pair, missed):
    partner, client = known(pair), shown(at(pair.search.bahrom))
    wish = {
        "partner": partner.code, "pool": "missed", "purpose": PURPOSE, "fields_told": ["year", "place"], "most_theirs": "50",
        "days": "20", "width": "wide",
    }  # fmt: skip
    page = client.get(client.post(reverse("exchanges:new"), wish)["Location"]).content.decode()
    assert "as far as whoever misses them agreed to this partner" in page
    assert Exchange.objects.get().of_requests


def test_it_still_asks_that_people_on_a_list_were_told(pair, missed):
    partner, pool = known(pair), our_list(pair)[0]
    wish = {
        "partner": partner.code,
        "pool": pool.code,
        "purpose": PURPOSE,
        "most_theirs": "50",
        "days": "20",
        "width": "wide",
    }
    page = at(pair.search.bahrom).post(reverse("exchanges:new"), wish)
    assert (page.status_code, "Ask the people on the list first." in page.content.decode()) == (422, True)


def test_it_offers_no_choice_of_those_who_are_missed_where_no_partner_is_known(pair, missed):
    acquainted(pair)
    page = at(pair.search.bahrom).get(reverse("exchanges:new")).content.decode()
    assert 'value="missed"' not in page


def test_it_notes_which_organisation_a_partner_is(pair):
    client = shown(at(pair.search.manizha))
    signed_for(pair.search.manizha, pair.search.centre)
    told = {
        "name": "Somon of Perm", "key": signed_for(pair.umed, pair.somon), "terms": "Agreed on 2 March.", "months": "6",
        "known_as": str(pair.somon.pk),
    }  # fmt: skip
    where = client.post(reverse("exchanges:pin"), told)["Location"]
    assert "Which organisation of this Hamroh is it?</dt><dd>Somon of Perm" in client.get(where).content.decode()


def test_it_knows_no_partner_as_ourselves(pair):
    with pytest.raises(ExchangeRefused):
        key = signed_for(pair.umed, pair.somon)
        signed_for(pair.search.manizha, pair.search.centre)
        centre = pair.search.centre
        pinned(pair.search.manizha, pair.search.bahrom, centre, key, known_as=centre)


def test_it_asks_as_often_for_many_who_are_missed_as_for_one(pair, missed):
    row, _back = gone_through(pair)
    page = reverse("exchanges:one", args=[row.code])
    first = queries(at(pair.search.bahrom), page)
    for number in range(2, 8):
        one = asked(pair.search)
        said(pair, one)
        made = ExchangePair(exchange=row, organisation=row.organisation, request=one, number=number, bits=20, said=[])
        made.save()
    assert queries(at(pair.search.bahrom), page) == first


def test_it_leaves_no_name_of_who_is_missed_in_the_file(pair, missed):
    row = let_go(pair)
    content = b"".join(parts.stream(row, parts.ours(row)))
    assert not [word for word in ("Zafar", "Зафар", "Кӯлоб", "1988") if word.encode() in content]


def test_it_goes_with_the_request_when_that_is_erased(pair, missed):
    row, _back = gone_through(pair)
    Request.objects.filter(pk=missed[0].pk).update(closed_date=timezone.now().date(), state="closed", end="wish")
    missed[0].delete()
    assert not ExchangePair.objects.filter(exchange=row).exists()


def test_it_asks_visitors_to_sign_in():
    assert Client().get(reverse("exchanges:new")).status_code == 302
