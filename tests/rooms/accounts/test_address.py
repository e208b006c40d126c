"""The address for letters: set by a code that came there, told to the one before, and how it is without a relay."""

import re
from datetime import timedelta

import pytest
import time_machine
from click.testing import CliRunner
from django.core import mail
from django.utils import timezone

from door import CONFIRM
from hamroh.accounts import limits
from hamroh.site.commands.users import email
from hamroh.vault import journal

PAGE, NEW, OLD = "/accounts/security/address/", "rustam@example.org", "old@example.net"


@pytest.fixture(autouse=True)
def relay(settings) -> None:
    settings.EMAIL_HOST_SET = True


def later(**span):
    return time_machine.travel(timezone.now() + timedelta(**span), tick=False)


def code() -> str:
    return re.search(r"\d{8}", mail.outbox[-1].body)[0]


def address_of(user) -> str:
    user.refresh_from_db()
    return user.email


def test_it_sets_an_address_by_the_code_that_came_there(inside, lawyer) -> None:
    assert "quarter of an hour" in inside.post(PAGE, {"email": NEW}).content.decode()
    assert (mail.outbox[0].to, address_of(lawyer)) == ([NEW], "")
    inside.post(PAGE, {"code": code()})
    assert address_of(lawyer) == NEW
    assert (journal.history(lawyer).first().verb, journal.history(lawyer).first().facts) == ("accounts.set_email", {})


def test_it_tells_the_address_before_and_names_nothing(inside, lawyer) -> None:
    lawyer.email = OLD
    lawyer.save()
    inside.post(PAGE, {"email": NEW})
    inside.post(PAGE, {"code": code()})
    letter = mail.outbox[-1]
    whole = f"{letter.subject} {letter.body}".casefold()
    assert letter.to == [OLD]
    assert not [word for word in (NEW, lawyer.username, lawyer.display_name.casefold(), "hamroh") if word in whole]


@pytest.mark.parametrize("typed", ["", "0", "00000000"])
def test_it_sets_nothing_by_another_code(inside, lawyer, typed) -> None:
    inside.post(PAGE, {"email": NEW})
    assert code() != typed
    assert inside.post(PAGE, {"code": typed}).status_code == 422
    assert address_of(lawyer) == ""


def test_it_sets_nothing_where_nothing_waits(inside, lawyer) -> None:
    assert inside.post(PAGE, {"code": ""}).status_code == 422
    assert address_of(lawyer) == ""


def test_it_takes_a_code_once_and_for_a_quarter_of_an_hour(inside, lawyer, cast) -> None:
    inside.post(PAGE, {"email": NEW})
    with later(minutes=9):
        inside.post("/accounts/here/")
    with later(minutes=16):
        inside.post(CONFIRM, {"password": cast.password})
        assert inside.post(PAGE, {"code": code()}).status_code == 422
    assert address_of(lawyer) == ""


def test_it_looks_at_few_codes(inside, lawyer) -> None:
    inside.post(PAGE, {"email": NEW})
    for _each in range(limits.CODE_ON_DEVICE.at_once):
        inside.post(PAGE, {"code": "1"})
    assert inside.post(PAGE, {"code": code()}).status_code == 422
    assert address_of(lawyer) == ""


def test_it_asks_who_is_there_first(inside, lawyer) -> None:
    with later(minutes=6):
        assert inside.get(PAGE)["Location"].startswith(CONFIRM)
        assert inside.post(PAGE, {"email": NEW})["Location"].startswith(CONFIRM)
    assert mail.outbox == []


def test_it_sends_few_letters(inside) -> None:
    for _each in range(limits.LETTER.at_once + 2):
        answer = inside.post(PAGE, {"email": NEW})
    assert (len(mail.outbox), answer.status_code) == (limits.LETTER.at_once, 422)


def test_it_says_so_where_no_letter_can_be_sent(inside, settings) -> None:
    settings.EMAIL_HOST_SET = False
    text = inside.get(PAGE).content.decode()
    assert "No letters are sent from here" in text
    assert 'name="email"' not in text
    inside.post(PAGE, {"email": NEW})
    assert mail.outbox == []


def test_it_says_so_where_the_relay_does_not_answer(inside, settings) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 9
    settings.EMAIL_HOST = "127.0.0.1"
    assert "could not be sent" in inside.post(PAGE, {"email": NEW}).content.decode()


def test_it_keeps_the_new_address_out_of_the_database_until_then(inside) -> None:
    from hamroh.accounts.models import Session

    inside.post(PAGE, {"email": NEW})
    assert not [row for row in Session.objects.all() if NEW.encode() in bytes(row.payload)]


@pytest.mark.parametrize(
    ("given", "kept"), [("zarina@example.org", "zarina@example.org"), ("-", ""), ("no address", OLD)]
)
def test_it_is_set_from_the_shell(cast, given, kept) -> None:
    cast.zarina.email = OLD
    cast.zarina.save()
    done = CliRunner().invoke(email, ["zarina", given])
    assert (address_of(cast.zarina), done.exit_code == 0) == (kept, kept != OLD)
