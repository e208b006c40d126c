"""Who was found is asked first, alone, and decides; his letters are read by somebody else before they go."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from desk_world import TODAY, at, employ
from found_world import (
    ANSWER,
    CLEAN,
    HIS_PROOF,
    NEWS,
    TALKED_AT,
    answered,
    her_letter,
    his_letter,
    read,
    talked,
    told_to,
    verified,
    weekly,
    wished,
)
from hamroh.accounts.models import Notice, Role
from hamroh.accounts.policy import Refused
from hamroh.kernel import consents
from hamroh.tracing import actions
from hamroh.tracing.actions import approaching, letters, moving
from hamroh.tracing.actions.pools import expire_pools
from hamroh.tracing.models import Approach, Choice, Letter, Wish
from hamroh.tracing.reading import CHECKS, seen_in
from hamroh.tracing.selectors import found
from tracing_world import MET, NO, ZAFAR, again, asked, judged, listed, met


def agreed(row) -> set[str]:
    fresh = again(row.pk)
    return set(found.in_force(fresh, found.today_of(fresh)))


# -- talks ---------------------------------------------------------------------------------------------------------


def test_it_moves_to_asked_by_a_talk_alone(search):
    row, record = verified(search)
    for outcome in ("company", "unproven", "missed"):
        talked(search, row, record, outcome)
    assert again(row.pk).state == "verified"
    talked(search, row, record)
    assert again(row.pk).state == "asked"


@pytest.mark.parametrize("who", ["farzona", "manizha", "temur", "zebo"])
def test_it_lets_nobody_but_a_tracing_officer_speak_with_him(search, who):
    row, record = verified(search)
    told = approaching.Talked("spoken", TODAY, "visit", proof=HIS_PROOF)
    with pytest.raises(Refused):
        approaching.talk(actor=getattr(search.office, who), request=row, record=record, told=told)


def test_it_lets_no_tracing_officer_who_asked_herself_speak_with_him(search):
    row = asked(search, actor=search.bahrom, case=None)
    record = met(search, listed(search))
    for who in (search.bahrom, search.shahlo, search.manizha):
        judged(who, again(row.pk), record)
    search.case.owner = search.bahrom
    search.case.save()
    row.case, row.owner = search.case, search.bahrom
    row.save()
    with pytest.raises(Refused):
        talked(search, row, record)


def test_it_speaks_with_nobody_before_two_people_say_who_he_is(search):
    row, record = asked(search), met(search, listed(search))
    judged(search.bahrom, row, record)
    with pytest.raises(actions.CannotMove):
        talked(search, row, record)


def test_it_changes_no_line_of_what_he_said(search):
    row = answered(search, "alive")
    for log in (Approach, Choice):
        with pytest.raises(Exception, match="never changed"):
            log.objects.filter(request=row).first().save()


# -- what he wishes ------------------------------------------------------------------------------------------------


def test_it_writes_a_line_for_each_wish_with_what_was_read_to_him(search):
    row = answered(search, "alive", "message")
    rows = {each.wish: each for each in Choice.objects.filter(request=row)}
    assert {wish: each.answer for wish, each in rows.items()} == {
        "alive": "given", "message": "given", "contact": "refused", "address": "refused"
    }  # fmt: skip
    text = consents.current("found_alive")
    assert (rows["alive"].text_version, rows["alive"].text_digest) == (text.version_in("tg"), text.digest("tg"))
    assert rows["contact"].until_date is None


def test_it_takes_no_wish_where_he_was_not_alone(search):
    row, record = verified(search)
    talked(search, row, record, "company")
    with pytest.raises(actions.CannotMove):
        wished(search, row, "alive")


def test_it_ends_what_he_agreed_to_on_its_day(search, time_machine):
    row = answered(search, "alive")
    time_machine.shift(dt.timedelta(days=30))
    assert agreed(row) == {"alive"}
    time_machine.shift(dt.timedelta(days=1))
    assert agreed(row) == set()


def test_it_lets_no_consent_stand_longer_than_a_year(search):
    row, record = verified(search)
    talked(search, row, record)
    wished(search, row, "alive", until=TODAY + dt.timedelta(days=4000))
    assert Choice.objects.get(request=row, wish="alive").until_date == dt.date(2027, 11, 23)
    with pytest.raises(IntegrityError), transaction.atomic():
        Choice.objects.filter(wish="alive").update(until_date=None)


@pytest.mark.parametrize(("yes", "state"), [((), "declined"), (("alive",), "answer"), (("contact",), "answer")])
def test_it_follows_what_he_says(search, yes, state):
    assert answered(search, *yes).state == state


def test_it_lets_him_change_his_mind_both_ways(search):
    row = answered(search)
    assert (row.state, agreed(row)) == ("declined", set())
    assert (wished(search, row, "message").state, agreed(row)) == ("answer", {"message"})
    assert (wished(search, row).state, agreed(row)) == ("declined", set())


def test_it_compares_again_with_what_arrives_once_he_thinks_otherwise(search):
    from hamroh.tracing import naming
    from hamroh.tracing.models import Request
    from hamroh.vault import pools

    row = answered(search)

    def is_there() -> bool:
        opener = naming.Requests(Request.objects.all(), naming.by_upkeep)
        return bool(pools.search(naming.REQUESTS, search.centre.pk, {"name": ZAFAR.name}, opener=opener))

    assert not is_there()
    wished(search, row, "alive")
    assert is_there()


def test_it_takes_everything_back_by_one_word(search):
    row = answered(search, "alive", "message")
    letter = his_letter(search, row)
    approaching.take_back(actor=search.shahlo, request=again(row.pk), words="He rang and said so.")
    assert (agreed(row), again(row.pk).state) == (set(), "declined")
    assert Letter.objects.get(pk=letter.pk).state == "withdrawn"


def test_it_tells_nothing_more_of_him_who_was_taken_for_somebody_else(search):
    """What one man agreed to is no consent of another, who is judged to be the one later."""
    row = answered(search, "alive")
    first = Approach.objects.get(request=row).record
    judged(search.shahlo, again(row.pk), first, "different", "He has a scar on the other hand.")
    assert (agreed(row), again(row.pk).state) == (set(), "searching")
    other = met(search, listed(search), replace(MET, name="Zafar Qurbonov"))
    for who in (search.bahrom, search.shahlo):
        judged(who, again(row.pk), other)
    talked(search, row, other)
    assert again(row.pk).state == "asked"
    assert agreed(row) == set()


def test_it_keeps_to_his_word_when_the_list_runs_out(search, time_machine):
    row = answered(search, "alive")
    Choice.objects.filter(request=row, wish="alive").update(until_date=TODAY + dt.timedelta(days=200))
    time_machine.shift(dt.timedelta(days=31))
    assert expire_pools() == 1
    assert (again(row.pk).state, agreed(row)) == ("answer", {"alive"})


def test_it_stops_where_he_left_the_list(search):
    row = answered(search, "alive")
    actions.withdraw_record(actor=search.bahrom, record=Approach.objects.get(request=row).record)
    assert (again(row.pk).state, agreed(row)) == ("searching", set())


def test_it_rests_each_move_on_what_is_written_down(search, time_machine):
    row, record = verified(search)
    assert "asked" not in moving.open_moves(row)
    talked(search, row, record)
    assert moving.open_moves(again(row.pk)) == ["deceased"]
    row = wished(search, row, "contact")
    assert "contact" not in moving.open_moves(row)
    weekly(time_machine)
    assert {"contact", "declined"} & set(moving.open_moves(again(row.pk))) == {"contact"}
    actions.move(actor=search.bahrom, request=again(row.pk), after="contact", words="They spoke on Sunday.")
    assert again(row.pk).state == "contact"
    assert wished(search, row).state == "declined"


# -- letters -------------------------------------------------------------------------------------------------------


def test_it_writes_no_letter_of_his_without_his_consent(search):
    row = answered(search, "alive")
    with pytest.raises(actions.CannotMove):
        his_letter(search, row)


def test_it_lets_nobody_read_what_she_wrote_down_herself(search):
    row = answered(search, "message")
    letter = his_letter(search, row, after="")
    with pytest.raises(Refused):
        read(letter, search.bahrom)
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(read_by=search.bahrom)


@pytest.mark.parametrize("who", ["farzona", "zebo", "temur", "nermin"])
def test_it_gives_letters_to_nobody_but_who_searches(search, who):
    letter = his_letter(search, answered(search, "message"), after="")
    with pytest.raises(Refused):
        read(letter, getattr(search.office, who))


@pytest.mark.parametrize("code", CHECKS)
def test_it_lets_no_letter_go_in_which_something_was_found(search, code):
    letter = his_letter(search, answered(search, "message"), after="")
    with pytest.raises(actions.CannotMove):
        letters.read(actor=search.shahlo, letter=letter, after="approved", found=CLEAN | {code: True})
    assert Letter.objects.get().state == "written"


@pytest.mark.parametrize(
    "body",
    ["Занг зан: 8 (912) 555-44-33", "٠٩١٢٥٥٥٤٤٣٣", "Ин ҷо нависед: zafar@mail.ru", "@zafar_perm", "wa.me/79125554433"],
)
def test_it_lets_no_number_and_no_link_go_whatever_the_reader_says(search, body):
    letter = his_letter(search, answered(search, "message"), body=body, after="")
    with pytest.raises(actions.CannotMove):
        read(letter, search.shahlo)
    assert seen_in(body)


def test_it_finds_nothing_in_family_news():
    assert seen_in(NEWS + ANSWER + " Соли 2019 мо 12 кас будем. Додарам 1988 таваллуд шуд.") == []


def test_it_sends_back_with_a_reason_only(search):
    letter = his_letter(search, answered(search, "message"), after="")
    with pytest.raises(actions.CannotMove):
        read(letter, search.shahlo, "returned", "no")
    assert read(letter, search.shahlo, "returned", "It names the market.").state == "returned"


def test_it_reads_a_letter_once(search):
    letter = his_letter(search, answered(search, "message"))
    with pytest.raises(actions.CannotMove):
        read(letter, search.manizha, "refused", "It frightens her, I think.")


def test_it_carries_hers_in_a_talk_alone_and_tells_nobody(search, time_machine):
    row, record = verified(search)
    letter = read(her_letter(search, row), search.shahlo)
    with pytest.raises(actions.CannotMove):
        letters.carry(actor=search.bahrom, letter=letter)
    talked(search, row, record)
    letters.carry(actor=search.bahrom, letter=Letter.objects.select_related("request").get(pk=letter.pk))
    assert Letter.objects.get(pk=letter.pk).state == "carried"
    weekly(time_machine)
    assert told_to(search.farzona, row) == []


def test_it_writes_three_letters_a_week_whatever_became_of_them(search, time_machine):
    rows = [answered(search, "message"), asked(search, answers=NO | {"hidden": "yes"})]
    for row in rows:
        for _number in range(3):
            her_letter(search, row)
    for letter in Letter.objects.filter(request=rows[0]):
        read(letter, search.shahlo)
    for row in rows:
        with pytest.raises(actions.CannotMove):
            her_letter(search, row)
    time_machine.shift(dt.timedelta(days=8))
    assert all(her_letter(search, row) for row in rows)


def test_it_tells_who_reads_letters_of_each_kind(search):
    searched, guarded = (
        her_letter(search, row) for row in (asked(search), asked(search, answers=NO | {"hidden": "yes"}))
    )
    for letter in (searched, guarded):
        letters.tell_readers(letter.pk)
    notices = Notice.objects.filter(about="letter").select_related("user")
    assert {(each.user.username, each.record_id) for each in notices} == {
        ("bahrom", str(searched.pk)), ("shahlo", str(searched.pk)), ("manizha", str(searched.pk)), ("manizha", str(guarded.pk))
    }  # fmt: skip
    lists = {who: list(found.to_read(actor=who, organisation=search.centre)) for who in (search.bahrom, search.manizha)}
    assert [len(each) for each in lists.values()] == [1, 2]
    assert f"/desk/tracing/letters/{searched.pk}/" in at(search.bahrom).get("/desk/notices/").content.decode()
    read(searched, search.shahlo)
    assert not notices.filter(record_id=str(searched.pk), read_at=None).exists()


def test_it_has_no_letters_for_another_house(search):
    her_letter(search, asked(search))
    there = employ("sevda", search.office.other, Role.TRACING_OFFICER)
    assert list(found.to_read(actor=there, organisation=search.centre)) == []


# -- pages ---------------------------------------------------------------------------------------------------------


def fields(page: str) -> dict[str, str]:
    import re

    return dict(re.findall(r'type="hidden" name="(record)" value="([^"]+)"', page))


def test_it_goes_from_the_talk_to_his_letter_by_its_pages(search):
    row, _record = verified(search)
    client, base = at(search.bahrom), f"/desk/tracing/{row.code}/person/"
    assert "Talks, what he wishes, letters" in client.get(f"/desk/tracing/{row.code}/found/").content.decode()
    first = client.get(f"{base}talk/").content.decode()
    told = fields(first) | {
        "outcome": "spoken", "on_date": "2026-11-23", "way": "visit", "place": TALKED_AT, "proof": HIS_PROOF,
    }  # fmt: skip
    assert client.post(f"{base}talk/", told)["Location"] == base
    wishes = {f"w_{wish}": "no" for wish in Wish.values} | {
        "w_message": "yes", "way": "voice", "on_date": "2026-11-23", "until_date": "2027-02-01",
    }  # fmt: skip
    assert client.post(f"{base}wishes/", wishes)["Location"] == base
    assert client.post(f"{base}letter/", {"body": NEWS})["Location"] == base
    page = client.get(base).content.decode()
    assert (TALKED_AT in page, HIS_PROOF in page, "Waits to be read" in page) == (True, True, True)
    letter = Letter.objects.get()
    told = {"after": "approved", **{f"c_{code}": "no" for code in CHECKS}}
    assert at(search.shahlo).post(f"/desk/tracing/letters/{letter.pk}/", told)["Location"] == "/desk/tracing/letters/"
    assert Letter.objects.get().state == "approved"


@pytest.mark.parametrize(
    ("part", "told", "kept"),
    [
        ("talk", {"outcome": "spoken", "on_date": "2026-11-23", "way": "visit", "place": TALKED_AT}, TALKED_AT),
        ("wishes", {"w_contact": "yes", "phone": "12", "terms": "in the evening"}, "in the evening"),
        ("letter", {"body": "Ring 8 912 555 44 33, dear"}, "Ring 8 912 555 44 33, dear"),
        ("take-back", {"words": "too few"}, "too few"),
    ],
)  # fmt: skip
def test_it_keeps_what_was_typed_in_a_form_that_lacks_something(search, part, told, kept):
    row = answered(search, "message")
    answer = at(search.bahrom).post(f"/desk/tracing/{row.code}/person/{part}/", told)
    assert (answer.status_code, kept in answer.content.decode()) == (422, True)


def test_it_shows_the_found_page_in_as_many_queries_with_more_of_everything(search):
    from desk_world import asked as queries

    row = answered(search, "alive", "message")
    client, base = at(search.bahrom), f"/desk/tracing/{row.code}/person/"

    def more() -> int:
        his_letter(search, row)
        talked(search, row, Approach.objects.filter(request=row).first().record)
        return queries(client, base)

    first = more()
    assert more() == first


def test_it_lists_letters_in_as_many_queries_with_more_of_them(search):
    from desk_world import asked as queries

    her_letter(search, asked(search))
    first = queries(at(search.bahrom), "/desk/tracing/letters/")
    her_letter(search, asked(search))
    assert queries(at(search.bahrom), "/desk/tracing/letters/") == first
