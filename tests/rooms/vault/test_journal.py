"""The journal commits with the write it tells of and finds changed lines."""

import pytest
from django.db import transaction
from django.test import TransactionTestCase

from hamroh.vault import journal
from hamroh.vault.models import JournalLine


def _write(cast, verb: str = "test.write", **facts: object) -> JournalLine:
    with transaction.atomic():
        return journal.record(actor=cast.zarina, verb=verb, about=cast.centre, facts=facts)


def test_it_says_who_did_what_to_which_record(cast) -> None:
    line = _write(cast, kind="x")
    assert (line.actor_id, line.verb, line.record_kind, line.record_id) == (
        cast.zarina.pk,
        "test.write",
        "accounts.organisation",
        str(cast.centre.pk),
    )


def test_it_takes_back_a_line_with_its_write(cast) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        journal.record(actor=cast.zarina, verb="test.write", about=cast.centre)
        1 / 0
    assert not JournalLine.objects.exists()


def test_it_lists_a_record_newest_first(cast) -> None:
    _write(cast, "test.first")
    _write(cast, "test.second")
    assert [line.verb for line in journal.history(cast.centre)] == ["test.second", "test.first"]


@pytest.mark.parametrize(
    "fact", [b"sealed", object(), float("nan"), {1: "x"}, ["a", b"b"], type("Opened", (str,), {})("Зарина")]
)
def test_it_refuses_facts_that_are_not_plain(cast, fact: object) -> None:
    with pytest.raises(TypeError, match="plain JSON"):
        _write(cast, kind=fact)


def test_it_takes_plain_facts_of_every_kind(cast) -> None:
    facts = {"names": ["Ҳамроҳ", "Həmrah"], "count": 3, "share": 0.5, "done": True, "none": None, "in": {"a": [1]}}
    assert JournalLine.objects.get(pk=_write(cast, **facts).pk).facts == facts


class OutsideATransaction(TransactionTestCase):
    def test_it_refuses_to_write_alone(self) -> None:
        from hamroh.accounts.models import Organisation

        organisation = Organisation.objects.create(code="alone", country="tj")
        with pytest.raises(RuntimeError, match="transaction"):
            journal.record(actor=None, verb="test.write", about=organisation)
