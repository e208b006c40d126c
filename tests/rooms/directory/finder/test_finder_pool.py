"""The facts in memory follow every write: what changes is read anew, the rest is not."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from finder_world import KULOB, MONEY, NOW, TODAY

from hamroh.directory import actions
from hamroh.directory.finder_codes import Choice
from hamroh.directory.selectors import finder
from hamroh.directory.selectors.finder_pool import pool


def keys():
    question = finder.asked(Choice(needs=(MONEY,), place=KULOB), actor=None, now=NOW)
    return [one.key for one in finder.find(question, actor=None, now=NOW).found]


def test_it_finds_a_service_that_was_just_verified(world, cast):
    service = world.service("lawyer", at=KULOB, verified_date=None)
    before = keys()
    actions.verify_entry(actor=cast.zarina, entry=service)
    assert (before, keys()) == ([], [service.pk])


@pytest.mark.parametrize("change", [actions.unlist_entry, actions.archive_entry])
def test_it_forgets_a_service_that_was_taken_down(world, cast, change):
    service = world.service("lawyer", at=KULOB)
    before = keys()
    change(actor=cast.zarina, entry=service)
    assert (before, keys()) == ([service.pk], [])


def test_it_forgets_the_services_of_a_party_that_was_taken_down(world, cast):
    service = world.service("lawyer", at=KULOB)
    before = keys()
    actions.unlist_entry(actor=cast.zarina, entry=service.party)
    assert (before, keys()) == ([service.pk], [])


def test_it_reads_only_what_changed(world, cast):
    changed, same = world.service("changed", at=KULOB), world.service("same", at=KULOB)
    before = pool(TODAY).facts
    actions.verify_entry(actor=cast.zarina, entry=changed)
    after = pool(TODAY).facts
    assert after[same.pk] is before[same.pk]
    assert after[changed.pk] is not before[changed.pk]


def test_it_asks_two_small_questions_when_nothing_changed(world):
    world.service("lawyer", at=KULOB)
    pool(TODAY)
    with CaptureQueriesContext(connection) as asked:
        pool(TODAY)
    assert len(asked) == 2
