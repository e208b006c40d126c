"""The demonstration's searches: through the room's own actions, at every step, and six found in a half-year; once, however often it starts."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from time_machine import travel

from desk_world import NOW
from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.cases.actions import figures as actions
from hamroh.cases.models import TraffickingScreen, Whereabouts
from hamroh.directory.phones import is_undialable
from hamroh.kernel import datafiles
from hamroh.site.demo import families, hidden, missed, partners, searches
from hamroh.site.demo.people import load_people
from hamroh.tracing.figures import Sort, Wish
from hamroh.tracing.halves import Half
from hamroh.tracing.models import Candidate, Letter, Partnership, Pool, Request, Shown, Verdict, WeeklyWord
from hamroh.tracing.requestfigures import REQUESTS
from hamroh.vault import journal, keyring, members, opening
from hamroh.vault.errors import MemberLocked
from hamroh.vault.models import JournalLine
from vault_keys import settled

HOUSE = "support-centre"


def few(monkeypatch) -> None:
    """One house with eight families, and of its searches those that differ."""
    files = (families.FILE, searches.FILE, hidden.FILE)
    told = {name: datafiles.document(name)["houses"][HOUSE] for name in files}
    told[families.FILE] |= {"count": 3}
    told[searches.FILE] |= {
        "half_year": told[searches.FILE]["half_year"][:12],
        "cases": told[searches.FILE]["cases"][:1],
    }
    told[hidden.FILE] |= {"kind": "alimony"}
    agreed = datafiles.document(searches.FILE)["partners"]
    monkeypatch.setattr(datafiles, "document", lambda name: {"houses": {HOUSE: told[name]}, "partners": agreed})


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker) -> Iterator[Organisation]:
    """The organisation with its families and searches, loaded once for all tests and taken back after them."""
    everything = transaction.atomic()
    everything._from_testcase = True  # what must commit by itself goes on in it, as in the transaction of a test
    with django_db_blocker.unblock(), everything, pytest.MonkeyPatch.context() as patch:
        keyring.forget()
        few(patch)
        with override_settings(IS_DEMO=True), travel(NOW):
            load_people()
            settled(*Organisation.objects.all())
            families.load_families(lambda: None)
            searches.load_searches(lambda: None)
        yield Organisation.objects.get(code=HOUSE)
        transaction.set_rollback(True)
    keyring.forget()


@pytest.fixture
def loaded(house, db, settings, time_machine) -> Organisation:
    settings.IS_DEMO = True
    time_machine.move_to(NOW + dt.timedelta(hours=1))  # loading took its time
    return house


def test_it_has_requests_at_every_step_and_six_found_in_a_half_year(loaded):
    rows = Request.objects.filter(organisation=loaded)
    states = set(rows.values_list("state", flat=True))
    assert states == {
        "open",
        "searching",
        "candidate",
        "verified",
        "asked",
        "answer",
        "contact",
        "declined",
        "deceased",
        "closed",
    }
    assert rows.count() == searches.count() == JournalLine.objects.filter(verb="tracing.ask").count()
    assert set(rows.values_list("route", flat=True)) == {"search", "protection"}
    assert rows.exclude(case=None).count() == 1
    assert set(Verdict.objects.values_list("answer", flat=True)) == {"same", "unsure"}
    assert len(set(Verdict.objects.filter(answer="same").values_list("made_by", flat=True))) == 2
    assert Candidate.objects.filter(seen_at=None).exists()
    assert Letter.objects.get().state == "out"
    assert set(Pool.objects.values_list("origin", flat=True)) == {"diaspora", "hospital", "own"}
    wish = Wish(Half.around(NOW.date()).later(-2), Sort.RESULT)
    firuz = User.objects.get(username="firuz")
    with journal.openings("test"):
        values = actions.judged(actor=firuz, organisation=loaded, of=REQUESTS, wish=wish).protected.table.values
    assert (values["found",], values["touch",], values["*",]) == (6, 4, 12)


def test_it_says_a_weekly_word_to_every_family_alike(loaded):
    """Also to those of whom nothing can be told: a row that is missing would tell."""
    half = Half.around(NOW.date()).later(-2)
    rows = Request.objects.filter(
        organisation=loaded, made_at__date__lt=half.later(1).end, made_at__date__gte=half.start
    )
    silent = rows.exclude(pk__in=WeeklyWord.objects.values("request"))
    assert set(silent.values_list("end", flat=True)) <= {"wish"}


def test_it_is_loaded_once(loaded):
    before = Request.objects.count(), JournalLine.objects.filter(verb="pool.make").count()
    searches.load_searches(lambda: None)
    assert (Request.objects.count(), JournalLine.objects.filter(verb="pool.make").count()) == before


def test_it_has_two_partners_one_of_whom_sees_what_three_families_agreed_to(loaded):
    partners.load_partners()
    partners.load_partners()
    assert [row.state for row in Partnership.objects.all()] == ["in_force", "in_force"]
    assert set(Shown.objects.values_list("organisation__code", flat=True)) == {"diaspora-group"}
    assert Shown.objects.count() == 3


def test_it_keeps_one_place_that_its_writer_alone_opens(loaded):
    hidden.load_hidden()
    hidden.load_hidden()
    row = Whereabouts.objects.select_related("owner", "case").get()
    decision = policy.require(row.owner, "case.hide", row)
    with journal.openings("test"), pytest.raises(MemberLocked):
        opening.open(row, "address", decision=decision, purpose="test")
    private = members.unlock(row.owner.pk, datafiles.document(hidden.FILE)["houses"][HOUSE]["passphrase"])
    with journal.openings("test"), members.unlocked(private, user_id=row.owner.pk):
        assert "Умед" in opening.open(row, "address", decision=decision, purpose="test")
    assert TraffickingScreen.objects.get().finished_at is not None


def test_it_gives_numbers_that_nobody_can_dial():
    numbers = [missed.phone_of(number) for number in range(40)]
    assert [number for number in numbers if not is_undialable(number, "RU")] == []
