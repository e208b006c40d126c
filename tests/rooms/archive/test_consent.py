"""What is public follows from what was allowed, in every answer at once."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.storage import default_storage

import archive_world as world
from hamroh.archive import actions
from hamroh.archive.models import Media, Unit
from hamroh.archive.selectors import public_of, shown_unit, told, with_facts
from hamroh.kernel.consented import Scope, Why
from hamroh.search.models import Record

pytestmark = pytest.mark.django_db


def public(item: Any, today: dt.date | None = None) -> Any:
    return public_of(with_facts(Unit.objects.filter(pk=item.pk)).get(), today)


def copy(made: Any) -> bytes:
    name = Media.objects.get(pk=made.media.pk).public_name
    return default_storage.open(name).read() if name else b""


def test_it_makes_a_copy_only_of_what_may_be_heard_by_everybody(cast: Any) -> None:
    assert copy(world.history(cast))
    assert not copy(world.history(cast, ("catalogue", "on_site")))


def test_it_makes_no_copy_before_it_is_released(cast: Any) -> None:
    assert not copy(world.history(cast, release=False))


def test_it_takes_what_is_shut_out_of_the_copy(cast: Any) -> None:
    made = world.history(cast, cuts=[{"start": 2000, "end": 4000, "scopes": ["online"]}])
    heard = copy(made)
    assert world.silent_in(heard, 2000, 4000)
    assert not world.silent_in(heard, 0, 1999)


def test_it_shows_no_words_of_what_is_shut(cast: Any) -> None:
    made = world.history(cast, cuts=[{"start": 2500, "end": 3000, "scopes": ["online"]}])
    found = told(shown_unit(made.item.code), "ru")
    assert [cue.start for cue in found.cues] == [0, 4000]
    assert [span.start for _segment, span in found.segments] == [0, 4000]


def test_it_cuts_anew_when_she_shuts_another_part(cast: Any) -> None:
    made = world.history(cast)
    world.agree(cast, made.voice, cuts=[{"start": 0, "end": 1000, "scopes": ["online"]}])
    assert world.silent_in(copy(made), 0, 1000)
    assert public(made.item).may(Scope.ONLINE)


def test_it_ends_on_the_day_after_the_last_without_anybody_doing_anything(cast: Any) -> None:
    made = world.history(cast, until=dt.date(2026, 12, 31))
    assert public(made.item, dt.date(2026, 12, 31)).may(Scope.ONLINE)
    assert public(made.item, dt.date(2027, 1, 1)).why(Scope.CATALOGUE) == Why.ENDED


def test_it_asks_every_narrator(cast: Any) -> None:
    made = world.history(cast)
    actions.add_voice(actor=cast.zarina, unit=made.item, name="B", pseudonyms={"en": "A neighbour"})
    assert public(made.item).why(Scope.CATALOGUE) == Why.NOBODY_ASKED
    assert not copy(made)


def test_it_leaves_the_index_when_she_takes_it_back(cast: Any) -> None:
    made = world.history(cast)
    assert Record.objects.filter(kind="archive", record_id=made.item.code).exists()
    actions.withdraw(actor=cast.zarina, voice=made.voice)
    assert not Record.objects.filter(kind="archive", record_id=made.item.code).exists()
    assert shown_unit(made.item.code) is None


def test_it_holds_a_new_consent_after_one_that_was_taken_back(cast: Any) -> None:
    made = world.history(cast)
    actions.withdraw(actor=cast.zarina, voice=made.voice)
    world.agree(cast, made.voice)
    assert shown_unit(made.item.code) is not None


def test_it_never_changes_an_answer(cast: Any) -> None:
    made = world.history(cast)
    consent = made.voice.consents.get()
    consent.scopes = ["catalogue"]
    with pytest.raises(TypeError):
        consent.save()


def test_it_hides_what_lies_in_a_closed_whole(cast: Any) -> None:
    tree = world.tree(cast)
    made = world.history(cast, part_of=tree.series)
    assert shown_unit(made.item.code)
    actions.close_unit(actor=cast.zarina, unit=tree.fonds)
    assert shown_unit(made.item.code) is None
    assert not Record.objects.filter(kind="archive").exists()


def test_it_calls_her_by_the_name_that_she_chose(cast: Any) -> None:
    made = world.history(cast)
    made.voice.own_names = {"en": "Muhabbat Rahimova"}
    made.voice.save()
    assert shown_unit(made.item.code).names == [{"tg": "Нигора", "en": "Nigora"}]
    world.agree(cast, made.voice, names_her=True)
    assert shown_unit(made.item.code).names == [{"en": "Muhabbat Rahimova"}]
