"""Sealed fields: what goes in plain comes back only through the vault, and shows itself nowhere."""

import copy
import datetime as dt
import json
import pickle

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.forms import modelform_factory
from django.template import Context, Template

import hamroh.vault
from hamroh.vault import journal
from hamroh.vault.errors import OpeningRefused, PlaintextRefused, Tampered
from hamroh.vault.values import SHOWN
from sealedroom.cast import Said, make_matter
from sealedroom.models import Matter, Note

NAME = "Гулнора Ҳакимова"


def raw(matter, column: str):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM sealedroom_matter WHERE id = %s", [_key(matter)])
        found = cursor.fetchone()[0]
    return None if found is None else bytes(found)


def _key(matter):
    return matter.pk.hex if connection.vendor == "sqlite" else matter.pk


def test_it_gives_back_what_was_assigned(matter, opened) -> None:
    again = Matter.objects.get()
    assert (opened(again, "name"), opened(again, "story")) == (NAME, {"what": "нафақа"})


def test_it_keeps_a_date_a_date(cast, opened) -> None:
    assert opened(make_matter(cast, born=dt.date(1999, 2, 3)), "born") == dt.date(1999, 2, 3)


def test_it_tells_empty_from_absent(cast, opened) -> None:
    row = Matter.objects.get(pk=make_matter(cast, phone="", document=None).pk)
    assert (opened(row, "phone"), opened(row, "document")) == ("", None)


def test_it_stores_no_plaintext(matter) -> None:
    assert NAME.encode() not in raw(matter, "name")
    assert b"555" not in raw(matter, "phone_index")


def test_it_stores_lengths_in_steps(cast) -> None:
    lengths = {len(raw(make_matter(cast, name="н" * size), "name")) for size in range(1, 14)}
    assert lengths == {34 + 32}


def test_it_seals_in_bulk_create(cast, opened) -> None:
    rows = [Matter(organisation=cast.centre, opened_week=dt.date(2026, 1, 5), name=f"{n}") for n in range(3)]
    Matter.objects.bulk_create(rows)
    assert sorted(opened(row, "name") for row in Matter.objects.all()) == ["0", "1", "2"]


def test_it_seals_in_bulk_update(cast, opened) -> None:
    rows = [make_matter(cast), make_matter(cast)]
    for number, row in enumerate(rows):
        row.phone = f"90 000 000{number}"
    Matter.objects.bulk_update(rows, ["phone"])
    assert sorted(opened(row, "phone") for row in Matter.objects.all()) == ["90 000 0000", "90 000 0001"]
    assert Matter.objects.with_blind(organisation_id=cast.centre.pk, phone_index="900000001").count() == 1
    assert {opened(row, "name") for row in Matter.objects.all()} == {NAME}


def test_it_refuses_an_update_of_many_rows_at_once(matter) -> None:
    for value in ("plain", None, matter.phone):
        with pytest.raises(PlaintextRefused):
            Matter.objects.update(phone=value)


def test_it_lets_other_columns_be_updated(matter, opened) -> None:
    Matter.objects.update(team="north")
    assert opened(Matter.objects.get(team="north"), "name") == NAME


def test_it_changes_one_field_and_leaves_the_others(matter, opened) -> None:
    before = raw(matter, "name")
    again = Matter.objects.get()
    again.phone = "+994 50 000 00 00"
    again.save()
    assert raw(matter, "name") == before
    assert opened(Matter.objects.get(), "phone") == "+994 50 000 00 00"
    assert opened(Matter.objects.get(), "name") == NAME


def test_it_writes_only_named_fields(matter, opened) -> None:
    again = Matter.objects.get()
    again.phone, again.team = "1234567", "south"
    again.save(update_fields=["team"])
    assert opened(Matter.objects.get(), "phone") == "+992 93 555-00-12"
    again.save(update_fields=["phone"])
    assert opened(Matter.objects.get(), "phone") == "1234567"


def test_it_lets_two_writers_change_two_fields(matter, opened) -> None:
    one, other = Matter.objects.get(), Matter.objects.get()
    one.phone = "111 111 111"
    other.story = {"what": "paternity"}
    one.save()
    other.save()
    found = Matter.objects.get()
    assert (opened(found, "phone"), opened(found, "story")) == ("111 111 111", {"what": "paternity"})


def test_it_empties_a_field(matter, opened) -> None:
    matter.phone = None
    matter.save()
    found = Matter.objects.get()
    assert opened(found, "phone") is None
    assert found.phone_index is None
    assert Matter.objects.filter(phone__isnull=True).exists()


@pytest.mark.django_db(transaction=True)
def test_it_asks_for_a_transaction_to_change_a_row(matter) -> None:
    matter.phone = "1"
    with pytest.raises(RuntimeError, match="transaction"):
        matter.save()
    with transaction.atomic():
        matter.save()


@pytest.mark.parametrize("shown", [str, repr, "{:>40}".format, lambda value: f"{value!r:>9}", "%s".__mod__])
def test_it_shows_dots(cast, shown) -> None:
    row = Matter(name=NAME)
    stored = make_matter(cast)
    for value in (row.name, stored.name, Matter.objects.get().name):
        assert SHOWN in shown(value)
        assert "Гулнора" not in shown(value)


def test_it_shows_dots_in_templates(matter) -> None:
    page = Template("{{ m.name }} {{ m.name|safe }} {{ m.name|upper }} {{ m.name|pprint }} {{ m.story.what }}")
    shown = page.render(Context({"m": Matter(name=NAME, story={"what": "нафақа"})}))
    assert "Гулнора" not in shown.title()
    assert "нафақа" not in shown


def test_it_does_not_pickle_what_is_not_sealed() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(Matter(name=NAME))


def test_it_pickles_ciphertext_only(matter) -> None:
    assert NAME.encode() not in pickle.dumps(Matter.objects.get())


def test_it_copies_without_opening(matter, opened) -> None:
    assert opened(copy.deepcopy(Matter.objects.get()), "name") == NAME
    assert "Гулнора" not in repr(copy.copy(Matter(name=NAME)).__dict__)


def test_it_is_no_json(matter) -> None:
    with pytest.raises(TypeError):
        json.dumps({"name": matter.name}, cls=DjangoJSONEncoder)


def test_it_serializes_dots(matter) -> None:
    assert f'"name": "{SHOWN}"' in serializers.serialize("json", [matter], ensure_ascii=False)


def test_it_gives_opaque_values(matter) -> None:
    assert [str(value) for value in Matter.objects.values_list("name", flat=True)] == [SHOWN]
    assert NAME not in str(list(Matter.objects.values()))


@pytest.mark.parametrize("lookup", ["", "__exact", "__in", "__contains", "__icontains", "__gt", "__regex", "__range"])
def test_it_refuses_lookups(matter, lookup) -> None:
    with pytest.raises(FieldError):
        list(Matter.objects.filter(**{f"name{lookup}": [NAME] if lookup == "__in" else NAME}))


def test_it_refuses_lookups_into_a_document(matter) -> None:
    with pytest.raises(FieldError):
        list(Matter.objects.filter(story__what="нафақа"))


def test_it_opens_a_deferred_field(matter, opened) -> None:
    assert opened(Matter.objects.only("team").get(), "name") == NAME


def test_it_saves_a_row_with_deferred_fields(matter, opened) -> None:
    row = Matter.objects.only("team").get()
    row.name = "Other"
    row.save()
    assert opened(Matter.objects.get(), "name") == "Other"
    assert opened(Matter.objects.get(), "phone") == "+992 93 555-00-12"


def test_it_refreshes(matter, opened) -> None:
    matter.name = "Other"
    matter.refresh_from_db()
    assert opened(matter, "name") == NAME


def test_it_stays_out_of_forms() -> None:
    assert "name" not in modelform_factory(Matter, fields="__all__").base_fields


def test_it_validates_without_showing(cast) -> None:
    Matter(organisation=cast.centre, opened_week=dt.date(2026, 1, 5), name=NAME).full_clean(exclude=["owner", "team"])


def test_it_refuses_another_type_without_saying_the_value() -> None:
    with pytest.raises(TypeError) as refused:
        Matter(name=["Гулнора"])
    assert "Гулнора" not in str(refused.value)


def test_it_finds_by_phone(matter, cast) -> None:
    for typed in ("93 555 00 12", "+992935550012", "٩٣ ٥٥٥ ٠٠ ١٢", "۰۰۹۹۲۹۳۵۵۵۰۰۱۲"):
        assert Matter.objects.with_blind(organisation_id=cast.centre.pk, phone_index=typed).get() == matter


def test_it_finds_nothing_for_another_organisation(matter, cast) -> None:
    other = make_matter(cast, organisation=cast.gender_centre)
    assert other.phone_index != matter.phone_index
    found = Matter.objects.with_blind(organisation_id=cast.gender_centre.pk, phone_index="935550012")
    assert list(found) == [other]


def test_it_takes_no_plaintext_for_an_index(matter) -> None:
    with pytest.raises(PlaintextRefused):
        list(Matter.objects.filter(phone_index="935550012"))


def test_it_refuses_a_row_copied_with_its_sealed_values(matter) -> None:
    twin = Matter.objects.get()
    twin.pk = None
    twin._state.adding = True
    with pytest.raises(PlaintextRefused):
        twin.save()


def test_it_refuses_a_sealed_value_of_another_row(matter, cast) -> None:
    with pytest.raises(PlaintextRefused):
        make_matter(cast, name=matter.name)


def test_it_saves_again_after_a_failure(cast, opened) -> None:
    row = Matter(organisation=cast.centre, name=NAME)
    with pytest.raises(Exception, match="opened_week"), transaction.atomic():
        row.save()
    row.opened_week = dt.date(2026, 1, 5)
    row.save()
    assert opened(Matter.objects.get(), "name") == NAME


# -- opening -------------------------------------------------------------------------------------------------------


def test_it_opens_only_with_a_yes_about_this_record_and_field(matter, cast) -> None:
    record = ("sealedroom.matter", str(matter.pk))
    refused = [
        Said(cast.zarina.pk, record, yes=False),
        Said(cast.zarina.pk, None),
        Said(cast.zarina.pk, ("sealedroom.matter", "other")),
        Said(cast.zarina.pk, record, field="phone"),
    ]
    with journal.openings("task"):
        for decision in refused:
            with pytest.raises(OpeningRefused):
                hamroh.vault.open(matter, "name", decision=decision, purpose="test")
        with pytest.raises(OpeningRefused):
            hamroh.vault.open(matter, "name", decision=Said(cast.zarina.pk, record), purpose=" ")


def test_it_opens_a_note_under_its_matter(matter, cast) -> None:
    note = Note.objects.create(organisation=cast.centre, matter=matter, text="called her")
    decision = Said(cast.zarina.pk, ("sealedroom.matter", str(matter.pk)))
    with journal.openings("task"):
        assert hamroh.vault.open(note, "text", decision=decision, purpose="test") == "called her"


def test_it_writes_the_opening_down(matter, opened, cast) -> None:
    opened(matter, "name")
    line = journal.history(matter).get(verb="matter.read")
    assert (line.actor_id, line.purpose, line.facts["fields"]) == (cast.zarina.pk, "test", ["name"])


def test_it_opens_nothing_that_no_journal_would_hold(matter, cast) -> None:
    with pytest.raises(RuntimeError):
        hamroh.vault.open(
            matter, "name", decision=Said(cast.zarina.pk, ("sealedroom.matter", str(matter.pk))), purpose="x"
        )


def test_it_reports_a_broken_field_and_opens_the_others(matter, opened) -> None:
    _write_raw(matter, "name", b"H1" + bytes(60))
    found = Matter.objects.get()
    with pytest.raises(Tampered):
        opened(found, "name")
    assert opened(found, "phone") == "+992 93 555-00-12"
    assert journal.history(matter).filter(verb="vault.tampered").exists()


def _write_raw(matter, column, value) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE sealedroom_matter SET {column} = %s WHERE id = %s", [value, _key(matter)])
