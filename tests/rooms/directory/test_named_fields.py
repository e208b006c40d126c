"""Fields that many rooms share: lines and days as people write them, places and entries of the directory by name."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from hamroh.directory.forms.named import PartiesField, PartyField, PlaceField
from hamroh.web.fields import Line, SomeDay, whole


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("2026", "2026"), ("11.2026", "2026-11"), ("3.1.2026", "2026-01-03"), ("2026-11-23", "2026-11-23")],
)
def test_it_keeps_as_much_of_a_day_as_was_typed(typed, kept):
    assert SomeDay("When?").clean(typed) == kept


@pytest.mark.parametrize("typed", ["31.02.2026", "2026-13", "yesterday", "12/2026"])
def test_it_refuses_a_day_that_there_is_not(typed):
    with pytest.raises(ValidationError):
        SomeDay("When?").clean(typed)


def test_it_shows_a_day_as_it_was_typed():
    assert SomeDay("When?").prepare_value("2026-11-23") == "23.11.2026"


def test_it_says_in_her_language_that_a_day_is_wrong():
    with translation.override("tg"), pytest.raises(ValidationError) as fault:
        SomeDay("When?").clean("31.02.2026")
    assert fault.value.messages == ["Дар тақвим чунин рӯз нест."]


def test_it_drops_signs_that_turn_a_line_round():
    assert Line("What?").clean("a\u202eb \n c") == "ab c"


def test_it_refuses_a_number_that_cannot_be_true():
    with pytest.raises(ValidationError):
        whole("How many?", most=50).clean("51")


@pytest.mark.django_db
@pytest.mark.parametrize("field", [PartyField("Who?"), PartiesField("Who?"), PlaceField(label="Where?")])
@pytest.mark.parametrize("typed", ["Nobody is called so", "Nobody is called so [zzzzzzzz]"])
def test_it_refuses_a_name_or_a_code_that_nothing_has(field, typed):
    with pytest.raises(ValidationError):
        field.clean(typed)
