"""A request on paper: what she said, her choices, lines to sign; the same for every request, and nothing of what came of it."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from desk_world import at, page
from hamroh.tracing import requestform, selectors
from hamroh.tracing.models import Route
from hamroh.vault.models import JournalLine
from tracing_passing import agreed
from tracing_world import MET, NO, NOTE, PLACE, ZAFAR, again, asked, judged, listed, met

ON = dt.date(2026, 11, 23)


def parts(search, row, lang="en"):
    found, decision = selectors.request_of(actor=row.owner, code=row.code)
    told = selectors.details(request=found, decision=decision)
    return requestform.parts(found, told, selectors.agreed(request=found), lang)


def words(search, row):
    return repr(parts(search, row))


def address(row):
    return f"/desk/tracing/{row.code}/form/"


@pytest.mark.parametrize("lang", ["az", "en", "ru", "tg"])
def test_it_is_a_file_in_every_language(search, lang):
    answer = at(search.farzona).post(address(asked(search)), {"language": lang})
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert re.fullmatch(r'attachment; filename="[0-9a-z]+\.pdf"', answer["Content-Disposition"])


def test_it_bears_what_she_said(search):
    told = words(search, asked(search))
    assert [
        each in told
        for each in ("Зафар Қурбонов", "Раҳим", "1986–1989", "Кӯлоб", "a cousin", "555-44-33", "March 2024")
    ] == [True] * 7


def test_it_bears_neither_her_name_nor_how_she_is_reached_nor_the_case(search):
    told = words(search, asked(search))
    assert [each for each in ("Gulnora", "Гулнора", search.case.code) if each in told] == []


def test_it_ticks_what_she_agreed_to_and_leaves_the_rest_to_her(search):
    row = asked(search)
    agreed(search, row)
    agreed(search, row, "withdrawn")
    boxes = parts(search, row)[-1].boxes
    assert [ticked for _word, ticked in boxes] == [True, False, False, False]


def test_it_bears_nothing_of_what_came_of_it(search):
    row = asked(search)
    before = words(search, row)
    record = met(search, listed(search), replace(MET, place=PLACE, note=NOTE))
    for who in (search.bahrom, search.shahlo):
        judged(who, again(row.pk), record)
    assert again(row.pk).state == "verified"
    assert words(search, row) == before


@pytest.mark.parametrize("how", ["a woman", "somebody who hides"])
def test_it_is_for_a_guarded_request_as_for_every_other(search, how):
    more = (
        {"answers": NO | {"hidden": "yes"}}
        if how == "somebody who hides"
        else {"sought": replace(ZAFAR, facts={**ZAFAR.facts, "sex": "f"})}
    )
    plain, guarded = asked(search), asked(search, **more)
    assert [again(row.pk).route for row in (plain, guarded)] == [Route.SEARCH, Route.PROTECTION]
    told = [words(search, row).replace("Female", "Male") for row in (plain, guarded)]
    assert told[0] == told[1]
    answers = [at(search.farzona).post(address(row), {"language": "tg"}) for row in (plain, guarded)]
    assert len({(each.status_code, each["Content-Type"], len(each.headers)) for each in answers}) == 1


def test_it_opens_to_her_side_alone(search):
    row = asked(search)
    assert [
        at(who).get(address(row)).status_code for who in (search.bahrom, search.office.nigora, search.office.nermin)
    ] == [404] * 3
    assert "The request on paper" in page(search.farzona, f"/desk/tracing/{row.code}/")


def test_it_writes_down_that_it_was_printed_and_in_which_language(search):
    row = asked(search)
    at(search.farzona).post(address(row), {"language": "ru"})
    (line,) = JournalLine.objects.filter(verb="tracing.print")
    assert (line.actor_id, line.facts["language"]) == (search.farzona.pk, "ru")


def test_it_reads_nothing_that_she_typed_as_markup(search):
    row = asked(search, sought=replace(ZAFAR, name='Zafar #read("/etc/passwd") *x* "]'))
    answer = at(search.farzona).post(address(row), {"language": "en"})
    assert answer.content[:5] == b"%PDF-"
