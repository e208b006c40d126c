"""A form that is sent twice is written once."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import RequestFactory
from django.utils import timezone

from hamroh.accounts.models import Organisation
from hamroh.vault import once
from hamroh.vault.models import TakenForm


def sent(cast: Any, key: str = "k1", who: str = "zarina", path: str = "/desk/x/") -> Any:
    request = RequestFactory().post(path, {"form_key": key} if key else {})
    request.user = getattr(cast, who)
    return request


def found(code: str) -> Any:
    def action() -> str:
        return Organisation.objects.create(code=f"{code}-{Organisation.objects.count()}", country="tj").code

    return action


def test_it_answers_a_repeated_form_as_the_first(cast: Any) -> None:
    assert once.write(sent(cast), found("a")) == once.write(sent(cast), found("a"))
    assert Organisation.objects.filter(code__startswith="a-").count() == 1


@pytest.mark.parametrize("other", [{"key": "k2"}, {"who": "temur"}, {"path": "/desk/y/"}, {"key": ""}])
def test_it_writes_another_form(cast: Any, other: dict[str, str]) -> None:
    assert once.write(sent(cast), found("a")) != once.write(sent(cast, **other), found("a"))


def test_it_takes_a_form_again_whose_write_was_refused(cast: Any) -> None:
    def refused() -> str:
        raise ValueError

    with pytest.raises(ValueError):
        once.write(sent(cast), refused)
    assert once.write(sent(cast), found("a"))


def test_it_hides_no_other_clash(cast: Any) -> None:
    with pytest.raises(IntegrityError):
        once.write(sent(cast), lambda: Organisation.objects.create(code="centre", country="tj").code)


@pytest.mark.django_db(transaction=True)
def test_it_writes_once_when_two_come_at_the_same_time(cast: Any) -> None:
    answers: list[str] = []
    ready = threading.Barrier(4)

    def work() -> None:
        try:
            ready.wait(10)
            answers.append(once.write(sent(cast), found("a")))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (len(answers), len(set(answers))) == (4, 1)
    assert Organisation.objects.filter(code__startswith="a-").count() == 1


def test_it_forgets_keys_after_a_week(cast: Any) -> None:
    TakenForm.objects.create(digest="old", taken_at=timezone.now() - dt.timedelta(days=8))
    TakenForm.objects.create(digest="new", taken_at=timezone.now())
    assert (once.forget(), TakenForm.objects.get().digest) == (1, "new")
