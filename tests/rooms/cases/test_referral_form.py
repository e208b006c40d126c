"""The form between agencies on paper: her name only where that was chosen, never how she is reached."""

import pytest

from cases_links import drafted as to_a_service
from cases_referrals import DISTRICT, agreed, drafted, official, out
from cases_safety import NUMBER, contact
from cases_world import GULNORA, gulnoras
from desk_world import at, page
from hamroh.cases import referralform, selectors
from hamroh.cases.selectors import referrals as reads
from hamroh.vault import journal
from hamroh.vault.models import JournalLine

STORY = "He sold the cow and went."


@pytest.fixture
def case(office):
    case = gulnoras(office, story=STORY)
    contact(office, case)
    return case


@pytest.fixture(autouse=True)
def written_down(db):
    with journal.openings("task"):
        yield


def referred(office, case, **facts):
    agreed(office, case)
    return drafted(office, case, **facts)


def told(office, row, *, with_name: bool) -> str:
    """Everything that stands on the form."""
    decision = selectors.case_of(actor=office.farzona, code=row.case.code)[1]
    shown = reads.one(case=row.case, pk=row.pk, decision=decision)
    return repr(referralform.parts(shown, "en", with_name=with_name))


@pytest.mark.parametrize("lang", ["az", "en", "ru", "tg"])
def test_it_is_a_file_in_every_language(office, case, lang):
    row = referred(office, case)
    answer = at(office.farzona).post(out(row, "form/"), {"language": lang, "with_name": "on"})
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize("with_name", [True, False])
def test_it_bears_her_name_only_where_that_was_chosen(office, case, with_name):
    text = told(office, referred(office, case), with_name=with_name)
    assert (GULNORA.name in text, DISTRICT in text) == (with_name, True)


def test_it_bears_no_name_that_is_not_handed_over(office, case):
    row = referred(office, case, chosen=("matters",))
    assert GULNORA.name not in told(office, row, with_name=True)
    assert "with_name" not in page(office.farzona, out(row, "form/"))


def test_it_never_bears_how_she_is_reached_nor_her_story(office, case):
    text = told(office, referred(office, case), with_name=True)
    assert [word in text for word in (NUMBER, STORY, case.code)] == [False, False, False]


def test_it_says_to_whom_whoever_it_is(office, case):
    rows = (referred(office, case), to_a_service(office, case), official(office, case))
    names = ("Women’s organisation", "Crisis room, Bonuvon", "The police")
    assert [name in told(office, row, with_name=False) for row, name in zip(rows, names, strict=True)] == [True] * 3


def test_it_reads_nothing_as_markup(office, case):
    """What somebody typed stands there as it was typed."""
    row = referred(office, case, district='#image("x") $a$ ]')
    assert at(office.farzona).post(out(row, "form/"), {"language": "tg"}).status_code == 200


def test_it_writes_down_who_took_it(office, case):
    row = referred(office, case)
    at(office.farzona).post(out(row, "form/"), {"language": "ru"})
    line = JournalLine.objects.get(verb="case.print_referral")
    assert (line.actor_id, line.facts["with_name"], line.facts["language"]) == (office.farzona.pk, False, "ru")
