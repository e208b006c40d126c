"""The page of a case: a list of its sections at its head, what waits for nobody folded, what is said of danger and contact never."""

import re

import pytest

from cases_addresses import there
from cases_evidence import a_message
from cases_people import in_question
from cases_referrals import sent
from cases_safety import contact
from cases_work import DONE, consent, need, write
from desk_world import page
from hamroh.cases import actions, panels
from hamroh.site.home import Home
from hamroh.vault import journal

NEVER_FOLDED = {"far", "contact", "danger", "errands"}


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """Sealed files lie in a folder of the test."""
    settings.HOME = Home(tmp_path)
    settings.HOME.settle("demo")


@pytest.fixture(autouse=True)
def written_down(db):
    with journal.openings("task"):
        yield


def shown(office, case) -> str:
    return page(office.farzona, f"/desk/cases/{case.code}/")


def folded(text: str) -> set[str]:
    return set(re.findall(r'<details class="fold[^"]*" id="s-(\w+)">', text))


def test_it_leads_to_every_section_from_its_head(office, case):
    text = shown(office, case)
    head = text[text.index('class="mt jump') : text.index("</nav>", text.index('class="mt jump'))]
    led = re.findall(r'href="#s-(\w+)"', head)
    assert sorted(led) == sorted(each.code for each in panels._panels.values() if each.title)
    assert all(text.count(f'id="s-{code}"') == 1 for code in led)


def test_it_folds_what_is_empty(office, case):
    assert folded(shown(office, case)) >= {
        "matters",
        "notes",
        "evidence",
        "letters",
        "mediation",
        "trafficking",
        "referrals",
    }


def test_it_folds_nothing_of_danger_contact_and_what_is_to_be_done(office, case):
    assert not folded(shown(office, case)) & NEVER_FOLDED


def test_it_keeps_open_where_something_waits(office, case):
    there(office, case)
    need(office, case)
    write(office.farzona, case)
    a_message(office, case)
    contact(office, case)
    sent(office, case)
    assert not folded(shown(office, case)) & {"needs", "notes", "evidence", "referrals", "matters"}


def test_it_folds_consents_only_while_all_of_them_stand(office, case):
    found = ["consents" in folded(shown(office, case))]
    for answer in ("given", "withdrawn"):
        consent(office, case, answer)
        found.append("consents" in folded(shown(office, case)))
    assert found == [False, True, False]


def test_it_folds_no_people_about_whom_a_supervisor_is_asked(office, case):
    before = "people" in folded(shown(office, case))
    in_question(office, case)
    assert (before, "people" in folded(shown(office, case))) == (True, False)


def test_it_folds_goals_that_have_their_outcome(office, case):
    planned = need(office, case)
    assert "needs" not in folded(shown(office, case))
    actions.settle_need(actor=office.farzona, case=case, need=planned, outcome="met")
    assert "needs" in folded(shown(office, case))


def test_it_folds_the_place_where_she_is_alike_for_all(office, case):
    text = shown(office, case)
    there(office, case)
    assert {"places"} <= folded(text) & folded(shown(office, case))


def lines(text: str, code: str) -> tuple[int, int]:
    """How many lines of a section stand open, and how many under a fold."""
    part = text[text.index(f'id="s-{code}"') :]
    part = part[: part.index("</section>")]
    inside = "".join(re.findall(r"<details>.*?</details>", part, re.DOTALL))
    return part.count(DONE.words) - inside.count(DONE.words), inside.count(DONE.words)


def test_it_shows_the_two_newest_talks_and_folds_the_others(office, case):
    for _time in range(5):
        actions.add_encounter(actor=office.farzona, case=case, place="office", done=DONE)
    assert lines(shown(office, case), "encounters") == (2, 3)


def test_it_folds_nothing_on_paper(office, case):
    for _time in range(4):
        actions.add_encounter(actor=office.farzona, case=case, place="office", done=DONE)
        planned = need(office, case)
        actions.settle_need(actor=office.farzona, case=case, need=planned, outcome="met")
    text = page(office.farzona, f"/desk/cases/{case.code}/print/")
    main = text[text.index("<main") : text.index("</main>")]
    assert "<details" not in main
    assert main.count(DONE.words) >= 4
