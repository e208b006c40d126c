"""Somebody who writes to the tables: every change is refused and told of, and the rest of the row still opens."""

import pytest
from django.db import connection

from hamroh.vault import journal, keyring, selectors
from hamroh.vault.errors import Tampered
from hamroh.vault.models import OrganisationKey
from sealedroom.cast import make_matter
from sealedroom.models import Matter, Note


def raw(obj, column: str) -> bytes:
    return bytes(_ask(f"SELECT {column} FROM {obj._meta.db_table} WHERE id = %s", obj)[0])


def put(obj, **columns) -> None:
    for column, value in columns.items():
        _ask(f"UPDATE {obj._meta.db_table} SET {column} = %s WHERE id = %s", obj, value)


def _ask(sql: str, obj, *values):
    key = obj.pk.hex if connection.vendor == "sqlite" else obj.pk
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, key])
        return cursor.fetchone() if cursor.description else None


def refused(opened, obj, field: str) -> None:
    with pytest.raises(Tampered):
        opened(type(obj).objects.get(pk=obj.pk), field)
    assert journal.history(obj).filter(verb="vault.tampered").count() == 1
    assert opened(type(obj).objects.get(pk=obj.pk), "story") == {"what": "нафақа"}


@pytest.mark.parametrize("at", [0, 3, 8, 20, -1])
def test_it_refuses_a_flipped_bit(matter, opened, at) -> None:
    content = bytearray(raw(matter, "name"))
    content[at] ^= 1
    put(matter, name=bytes(content))
    refused(opened, matter, "name")


@pytest.mark.parametrize("length", [0, 1, 20, 33, 60])
def test_it_refuses_a_cut_value(matter, opened, length) -> None:
    put(matter, name=raw(matter, "name")[:length])
    refused(opened, matter, "name")


def test_it_refuses_an_emptied_column(matter, opened) -> None:
    put(matter, phone=None)
    refused(opened, matter, "phone")


def test_it_refuses_a_value_of_another_row(matter, cast, opened) -> None:
    put(matter, name=raw(make_matter(cast, name="Another"), "name"))
    refused(opened, matter, "name")


def test_it_refuses_a_value_of_another_column(matter, opened) -> None:
    put(matter, name=raw(matter, "phone"))
    refused(opened, matter, "name")


def test_it_refuses_a_value_of_another_organisation(matter, cast, opened) -> None:
    put(matter, name=raw(make_matter(cast, organisation=cast.gender_centre), "name"))
    refused(opened, matter, "name")


def test_it_refuses_an_older_value_of_the_same_field(matter, opened) -> None:
    old = raw(matter, "phone")
    matter.phone = "+992 90 000-00-01"
    matter.save()
    put(matter, phone=old)
    refused(opened, matter, "phone")


def test_it_refuses_an_older_seal(matter, opened) -> None:
    old = raw(matter, "row_seal")
    matter.phone = "+992 90 000-00-01"
    matter.save()
    put(matter, row_seal=old)
    refused(opened, matter, "phone")


def test_it_refuses_a_row_given_to_another_organisation(matter, cast, opened) -> None:
    Matter.objects.update(organisation=cast.gender_centre)
    keyring.active(cast.gender_centre.pk)
    with pytest.raises(Tampered):
        opened(Matter.objects.get(), "name")


def test_it_refuses_a_row_without_its_seal(matter, opened) -> None:
    put(matter, row_seal=b"")
    with pytest.raises(Tampered):
        opened(Matter.objects.get(), "name")


def test_it_refuses_a_note_moved_to_another_matter(matter, cast, opened) -> None:
    note = Note.objects.create(organisation=cast.centre, matter=matter, text="called her")
    Note.objects.update(matter=make_matter(cast))
    with pytest.raises(Tampered):
        opened(Note.objects.get(pk=note.pk), "text")


def test_it_does_not_launder_a_changed_value_by_saving_the_row(matter, opened) -> None:
    put(matter, name=raw(matter, "phone"))
    row = Matter.objects.get()
    row.story = {"what": "нафақа"}
    row.save()
    refused(opened, matter, "name")


def test_it_does_not_take_an_exchanged_key(matter, cast, opened) -> None:
    other = make_matter(cast, organisation=cast.gender_centre)
    keys = {key.organisation_id: key for key in OrganisationKey.objects.all()}
    theirs = keys[other.organisation_id].wrapped
    OrganisationKey.objects.filter(organisation_id=matter.organisation_id).update(wrapped=theirs)
    keyring.forget()
    with pytest.raises(Tampered):
        opened(Matter.objects.get(pk=matter.pk), "name")


def test_it_finds_a_whole_row_that_was_put_back(matter, cast, opened) -> None:
    old = {column: raw(matter, column) for column in ("name", "phone", "phone_index", "story", "row_seal")}
    matter.phone = "+992 90 000-00-01"
    matter.save()
    journal.record(actor=cast.zarina, verb="test.write", about=matter)
    assert list(selectors.unsound_rows(cast.centre.pk)) == []
    put(matter, **old)
    assert opened(Matter.objects.get(), "phone") == "+992 93 555-00-12"  # it proves itself: only the journal tells
    assert list(selectors.unsound_rows(cast.centre.pk)) == [(matter, "older")]


def test_it_finds_rows_whose_seal_does_not_hold(matter, cast) -> None:
    put(matter, row_seal=raw(make_matter(cast), "row_seal"))
    assert list(selectors.unsound_rows(cast.centre.pk)) == [(matter, "broken")]
