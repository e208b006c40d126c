"""Changes of the law: nothing counts before a second person released it, and then it counts everywhere at once."""

import datetime as dt
import re
from fractions import Fraction
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases_world import gulnoras
from desk_world import at, employ
from hamroh.accounts.models import Notice, Role
from hamroh.accounts.policy import Refused
from hamroh.cases import lawbook
from hamroh.cases.actions import deadlines, law, matters
from hamroh.cases.actions.matters import NotNow
from hamroh.cases.models import ChangeSort, Deadline, LawChange, LawVerdict, VerdictKind
from hamroh.kernel.law import load
from hamroh.kernel.law.changes import cell_of
from hamroh.kernel.matters import terms
from hamroh.vault import journal

SHARES, OBJECTION = "az.fc.76_1.shares", "az.cpc.282.objection"
SEEN = {"verified_by": "Zarina Davlatova", "verified_on": "2026-11-01"}


@pytest.fixture(autouse=True)
def written_down(db):
    with journal.openings("task"):
        yield


def cell(rule: str, **values: str) -> dict[str, str]:
    parts = dict(part.split("=") for part in cell_of(load().rules[rule].parameters).split("; "))
    return {"parameters": "; ".join(f"{name}={value}" for name, value in (parts | values).items())}


def proposed(office, rule: str = SHARES, actor=None, **more) -> LawChange:
    told = {"sort": ChangeSort.CORRECTED, "values": cell(SHARES, share_1="1/5") | SEEN, "why": "Gazette 5"} | more
    return law.propose(actor=actor or office.farzona, organisation=office.centre, about=rule, **told)


def share() -> Fraction:
    return lawbook.book().rules[SHARES].parameters["share_1"]


@pytest.fixture
def change(office) -> LawChange:
    return proposed(office)


def test_it_counts_nowhere_before_a_second_person_released_it(office, change):
    assert share() == Fraction(1, 4)
    law.release(actor=office.manizha, change=change)
    assert share() == Fraction(1, 5)


def test_it_lets_nobody_release_her_own_not_through_another_role_nor_house(office):
    employ("manizha2", office.centre, Role.PROGRAMME_MANAGER)
    own = proposed(office, actor=office.manizha)
    from hamroh.accounts.models import Membership

    for house in (office.centre, office.other):
        Membership.objects.create(user=office.manizha, organisation=house, role=Role.PROGRAMME_MANAGER)
    with pytest.raises(NotNow):
        law.release(actor=office.manizha, change=own)
    with pytest.raises(NotNow):
        law.refuse(actor=office.manizha, change=own, words="no")
    assert share() == Fraction(1, 4)


def test_it_keeps_the_two_apart_in_the_database_itself(office, change):
    for kind, by in ((VerdictKind.RELEASED, office.farzona), (VerdictKind.WITHDRAWN, office.manizha)):
        with pytest.raises(IntegrityError), transaction.atomic():
            LawVerdict.objects.create(change=change, kind=kind, by=by, proposed_by=office.farzona)


def test_it_lets_a_lawyer_release_nothing_and_a_programme_manager_propose_nothing(office, change):
    lola = employ("lola", office.centre, Role.PROGRAMME_MANAGER)
    with pytest.raises(Refused):
        law.release(actor=office.nermin, change=change)
    with pytest.raises(Refused):
        proposed(office, actor=lola)
    law.release(actor=lola, change=change)
    assert share() == Fraction(1, 5)


def test_it_decides_once(office, change):
    law.refuse(actor=office.manizha, change=change, words="Not the gazette of this year")
    for act in (law.release, law.withdraw):
        actor = office.farzona if act is law.withdraw else office.manizha
        with pytest.raises(NotNow):
            act(actor=actor, change=change)
    assert share() == Fraction(1, 4)


def test_it_releases_one_of_two_that_were_written_against_the_same_text(office, change):
    other = proposed(office, values=cell(SHARES, share_1="1/6") | SEEN)
    law.release(actor=office.manizha, change=change)
    with pytest.raises(NotNow, match="changed since"):
        law.release(actor=office.manizha, change=other)
    assert share() == Fraction(1, 5)


def test_it_takes_back_by_two_people_what_nothing_stands_on(office, change):
    law.release(actor=office.manizha, change=change)
    edition = lawbook.book().rules[SHARES].edition
    later = proposed(office, base=edition, values={"review": "2028-01-01"})
    law.release(actor=office.manizha, change=later)
    with pytest.raises(NotNow, match="later change"):
        law.take_back(actor=office.farzona, organisation=office.centre, change=change, why="wrong")
    for each in (later, change):
        back = law.take_back(actor=office.farzona, organisation=office.centre, change=each, why="wrong")
        law.release(actor=office.manizha, change=back)
    assert lawbook.book().rules[SHARES] is load().rules[SHARES]
    with pytest.raises(NotNow, match="only once"):
        law.take_back(actor=office.farzona, organisation=office.centre, change=change, why="again")


def test_it_proposes_nothing_about_a_rule_that_is_not_there(office):
    with pytest.raises(NotNow, match="no such rule"):
        proposed(office, "az.no.such.rule")
    assert not LawChange.objects.exists()


def test_it_goes_on_where_a_released_change_fits_the_packs_no_more(office, change):
    law.release(actor=office.manizha, change=change)
    LawChange.objects.filter(pk=change.pk).update(about="az.gone")
    LawVerdict.objects.filter(change=change).update(at=timezone.now() + dt.timedelta(1))
    lawbook._read.cache_clear()
    assert lawbook.book().rules.keys() == load().rules.keys()


def test_it_reads_the_law_through_one_face_alone():
    room = Path(lawbook.__file__).parent
    packs = re.compile(r"(?<![\w.])(law\.)?load\(\)|(?<![\w.])(Calendar\(\"|terms\(\))")
    past = {str(path.relative_to(room)) for path in room.rglob("*.py") if packs.search(path.read_text())}
    assert past - {"lawbook.py"} == set()


# -- what rests on it ----------------------------------------------------------------------------------------------


@pytest.fixture
def day(office):
    """An objection within ten days, counted in a case of Azerbaijan."""
    case = gulnoras(office, country="AZ")
    matter = matters.open_matter(actor=office.farzona, case=case, kind="alimony", country="AZ")
    return deadlines.count_term(
        actor=office.farzona, matter=matter, code="az_order_objection", base=dt.date(2026, 11, 20)
    )


def test_it_counts_open_days_anew_and_leaves_settled_ones(office, day):
    assert day.due_date == dt.date(2026, 11, 30)
    change = proposed(office, OBJECTION, values=cell(OBJECTION, days="15") | SEEN)
    law.release(actor=office.manizha, change=change)
    assert law.recount(change) == 1
    day.refresh_from_db()
    assert day.due_date == dt.date(2026, 12, 5)
    assert law.recount(change) == 0


def test_it_uses_days_off_at_once_that_were_announced(office, day):
    values = {
        "state": "AZ", "year": 2026, "source": "Cabinet, 20 November 2026", "certainty": "A", "holidays": [],
        "off": ["2026-11-30", "2026-12-01"], "working": [],
    }  # fmt: skip
    change = proposed(office, "AZ 2026", sort=ChangeSort.DAYS, values=values)
    assert law.recount(change) == 0
    law.release(actor=office.manizha, change=change)
    assert law.recount(change) == 1
    day.refresh_from_db()
    assert (day.due_date, day.last_date) == (dt.date(2026, 11, 30), dt.date(2026, 12, 2))
    with pytest.raises(NotNow, match="announced already"):
        proposed(office, "AZ 2026", sort=ChangeSort.DAYS, values=values)


def days_off(office) -> LawChange:
    """Four days off around the day of the appeal, released by a second person."""
    values = {
        "state": "TJ", "year": 2026, "source": "Decree of 20 November 2026", "certainty": "A", "holidays": [],
        "off": ["2026-11-30", "2026-12-01"], "working": [],
    }  # fmt: skip
    change = proposed(office, "TJ 2026", sort=ChangeSort.DAYS, values=values)
    law.release(actor=office.manizha, change=change)
    return change


@pytest.fixture
def stated(office):
    """An appeal for which Farzona states ten days: it ends on a Monday."""
    case = gulnoras(office, country="TJ")
    matter = matters.open_matter(actor=office.farzona, case=case, kind="alimony", country="TJ")
    return deadlines.count_term(
        actor=office.farzona, matter=matter, code="tj_appeal", base=dt.date(2026, 11, 20),
        stated=deadlines.Stated(10, "Civil Procedure Code"),
    )  # fmt: skip


def test_it_counts_days_that_a_lawyer_states_anew_too(office, stated):
    before = (stated.due_date, stated.last_date)
    assert law.recount(days_off(office)) == 1
    stated.refresh_from_db()
    assert (stated.was_date, stated.was_last_date) == before
    assert stated.last_date == dt.date(2026, 12, 2)


def test_it_leaves_a_stated_day_that_is_settled(office, stated):
    deadlines.settle(actor=office.farzona, deadline=stated, state="done")
    assert law.recount(days_off(office)) == 0


def test_it_tells_the_lawyer_once_that_days_moved(office, stated):
    change = days_off(office)
    law.recount(change)
    law.recount(change)
    told = Notice.objects.get(about=Notice.About.MOVED)
    assert (told.user_id, told.record_id) == (office.farzona.pk, str(stated.case_id))


def test_it_tells_the_supervisor_where_the_case_is_nobodys(office, stated):
    type(stated.case).objects.filter(pk=stated.case_id).update(owner=None)
    law.recount(days_off(office))
    assert set(Notice.objects.filter(about="moved").values_list("user", flat=True)) == {office.manizha.pk}


def test_it_tells_nobody_where_nothing_moved(office, stated):
    Deadline.objects.filter(pk=stated.pk).update(state="dropped", settled_date="2026-11-23")
    law.recount(days_off(office))
    assert not Notice.objects.filter(about="moved").exists()


def test_it_says_on_the_matter_which_day_it_was(office, stated):
    law.recount(days_off(office))
    where = f"/desk/cases/{stated.case.code}/matters/{stated.matter_id}/"
    for part in ("", f"days/{stated.pk}/"):
        text = at(office.farzona).get(f"{where}{part}").content.decode()
        assert "Counted anew" in text
        assert 'datetime="2026-12-02"' in text


def test_it_says_so_no_more_once_the_lawyer_counts_the_day_herself(office, stated):
    law.recount(days_off(office))
    deadlines.move_base(actor=office.farzona, deadline=stated, base=dt.date(2026, 11, 10))
    stated.refresh_from_db()
    assert (stated.was_date, stated.moved_at) == (None, None)


def test_it_states_nothing_in_the_place_of_what_was_seen_since(office):
    case = gulnoras(office, country="TJ")
    matter = matters.open_matter(actor=office.farzona, case=case, kind="alimony", country="TJ")
    row = deadlines.count_term(
        actor=office.farzona, matter=matter, code="tj_appeal", base=dt.date(2026, 11, 20),
        stated=deadlines.Stated(10, "Civil Procedure Code"),
    )  # fmt: skip
    term = terms()["tj_appeal"]
    parts = {name: "20" if name == term.parameter else value for name, value in _parts(term.rule.id)}
    values = {
        "parameters": "; ".join(f"{name}={value}" for name, value in parts.items()), "certainty": "A",
        "source_title": "Gazette 7", **SEEN,
    }  # fmt: skip
    law.release(actor=office.manizha, change=proposed(office, term.rule.id, values=values))
    page = at(office.farzona).get(f"/desk/cases/{case.code}/matters/{matter.pk}/days/{row.pk}/")
    assert page.status_code == 200
    assert "20" in page.content.decode()


def _parts(rule: str) -> list[list[str]]:
    return [part.split("=") for part in cell_of(load().rules[rule].parameters).split("; ")]


def test_it_changes_what_everybody_reads_at_once(office, change):
    public = at(office.farzona)
    where = "/en/info/r/1?b=6294"
    assert "1/4" in public.get(where).content.decode()
    law.release(actor=office.manizha, change=change)
    page = public.get(where).content.decode()
    assert "1/5" in page
    assert "1/4" not in page
