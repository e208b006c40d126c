"""Writing an edition: blocks that are added, changed, moved, taken out; two who write at once; what is frozen."""

from types import SimpleNamespace
from typing import Any

import pytest

from hamroh.accounts.policy import Refused
from hamroh.evidence import actions
from hamroh.evidence.actions import EditedMeanwhile, EditRefused
from hamroh.evidence.models import Block, Edition, Profile, Template
from hamroh.evidence.selectors import kernel_profile
from hamroh.vault.models import JournalLine

TEXT = {"texts": {"en": "Remittances fell."}}


@pytest.fixture
def draft(people: Any) -> Edition:
    """An edition without blocks."""
    template, _made = Template.objects.get_or_create(key="short", version="1")
    return actions.start_profile(
        actor=people.nigina, organisation=people.centre, template=template, area="TJK", key="tajikistan",
        names={"en": "Tajikistan", "tg": "Тоҷикистон"}, label="2026",
    )  # fmt: skip


@pytest.fixture
def text(people: Any, draft: Edition) -> Block:
    return actions.add_block(actor=people.nigina, edition=draft, kind="narrative", section="1", content=TEXT)


def frozen(edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(state="published")


WRITES = {
    "front": lambda who, block: actions.edit_front(actor=who, edition=block.edition, facts={"titles": {"en": "x"}}),
    "add": lambda who, block: actions.add_block(actor=who, edition=block.edition, kind="narrative", section="1", content=TEXT),
    "edit": lambda who, block: actions.edit_block(actor=who, block=block, content={"texts": {"en": "x"}}, seen=block.version),
    "move": lambda who, block: actions.move_block(actor=who, block=block, up=True),
    "place": lambda who, block: actions.place_block(actor=who, block=block, section="2", slot=""),
    "remove": lambda who, block: actions.remove_block(actor=who, block=block, seen=block.version),
    "answer": lambda who, block: actions.answer_finding(actor=who, edition=block.edition, fingerprint="x", reason="x"),
    "take back": lambda who, block: actions.take_answer_back(actor=who, edition=block.edition, fingerprint="x"),
}  # fmt: skip


@pytest.mark.parametrize("write", WRITES)
def test_it_is_written_by_analysts_of_its_organisation_alone(people, text, write) -> None:
    for somebody in (people.leyla, people.davlat, people.kamran):
        with pytest.raises(Refused):
            WRITES[write](somebody, text)


@pytest.mark.parametrize("write", WRITES)
def test_it_refuses_every_write_to_a_frozen_edition(people, text, write) -> None:
    frozen(text.edition)
    with pytest.raises(EditRefused, match="published"):
        WRITES[write](people.nigina, text)


def test_it_restores_nothing_in_a_frozen_edition(people, text) -> None:
    now = actions.edit_block(actor=people.nigina, block=text, content={"texts": {"en": "Other."}}, seen=1)
    frozen(text.edition)
    with pytest.raises(EditRefused, match="published"):
        actions.restore_block(actor=people.nigina, block=now, version=1, seen=2)


def test_it_copies_only_for_analysts_of_its_organisation(people, draft) -> None:
    for somebody in (people.leyla, people.davlat, people.kamran):
        with pytest.raises(Refused):
            actions.copy_edition(actor=somebody, edition=draft, label="2027")


def test_it_starts_no_profile_for_another_organisation(people, draft) -> None:
    with pytest.raises(Refused):
        actions.start_profile(
            actor=people.nigina, organisation=people.gender_centre, template=draft.template, area="AZE", key="theirs",
            names={"en": "Azerbaijan"}, label="2026",
        )  # fmt: skip


def test_it_keeps_what_a_block_said_before(people, text) -> None:
    actions.edit_block(actor=people.nigina, block=text, content={"texts": {"en": "Remittances rose."}}, seen=1)
    text.refresh_from_db()
    assert (text.version, text.content["texts"]["en"]) == (2, "Remittances rose.")
    assert [(old.version, old.content) for old in text.versions.all()] == [(1, TEXT)]


def test_it_tells_the_second_of_two_and_loses_nothing(people, text) -> None:
    actions.edit_block(actor=people.nigina, block=text, content={"texts": {"en": "First."}}, seen=1)
    with pytest.raises(EditedMeanwhile) as told:
        actions.edit_block(actor=people.nigina, block=text, content={"texts": {"en": "Second."}}, seen=1)
    assert told.value.block.content["texts"]["en"] == "First."
    text.refresh_from_db()
    assert text.content["texts"]["en"] == "First."


def test_it_makes_no_version_where_nothing_changes(people, text) -> None:
    actions.edit_block(actor=people.nigina, block=text, content=TEXT, seen=1)
    text.refresh_from_db()
    assert (text.version, text.versions.count()) == (1, 0)


def test_it_restores_an_earlier_version_and_keeps_the_later(people, text) -> None:
    block = actions.edit_block(actor=people.nigina, block=text, content={"texts": {"en": "Other."}}, seen=1)
    block = actions.restore_block(actor=people.nigina, block=block, version=1, seen=2)
    assert (block.version, block.content) == (3, TEXT)
    assert [old.content["texts"]["en"] for old in block.versions.order_by("version")] == ["Remittances fell.", "Other."]


def test_it_takes_no_block_out_that_changed_meanwhile(people, text) -> None:
    actions.edit_block(actor=people.nigina, block=text, content={"texts": {"en": "New."}}, seen=1)
    with pytest.raises(EditedMeanwhile):
        actions.remove_block(actor=people.nigina, block=text, seen=1)
    actions.remove_block(actor=people.nigina, block=text, seen=2)
    assert not Block.objects.filter(pk=text.pk).exists()


def test_it_moves_a_block_past_its_neighbour(people, draft) -> None:
    for _each in range(3):
        actions.add_block(actor=people.nigina, edition=draft, kind="narrative", section="1", content=TEXT)
    first, second, third = draft.blocks.order_by("position")
    actions.move_block(actor=people.nigina, block=third, up=True)
    assert list(draft.blocks.order_by("position")) == [first, third, second]
    actions.move_block(actor=people.nigina, block=first, up=True)
    assert list(draft.blocks.order_by("position")) == [first, third, second]


def test_it_names_each_block_once(people, draft) -> None:
    made = [
        actions.add_block(actor=people.nigina, edition=draft, kind=kind, section="2.1", content=content).key
        for kind, content in (("narrative", TEXT), ("narrative", TEXT), ("table", {}), ("table", {}))
    ]
    assert made == ["n-2.1", "n-2.1.1", "T1", "T2"]


def test_it_begins_the_next_edition_with_the_same_figures(people, printed) -> None:
    made = actions.copy_edition(actor=people.nigina, edition=printed, label="2009")
    assert made.copied_from == printed
    assert (made.state, made.template) == ("draft", printed.template)
    said = [
        list(each.blocks.order_by("position", "key").values_list("key", "content", "section"))
        for each in (printed, made)
    ]
    assert said[0] == said[1]
    assert made.printed_notes.count() == printed.printed_notes.count() > 0


def test_it_leaves_the_copied_edition_alone(people, printed) -> None:
    made = actions.copy_edition(actor=people.nigina, edition=printed, label="2009")
    block = made.blocks.get(key="BF1")
    actions.remove_block(actor=people.nigina, block=block, seen=1)
    assert printed.blocks.filter(key="BF1").exists()


def test_it_copies_a_published_edition(people, printed) -> None:
    frozen(printed)
    assert actions.copy_edition(actor=people.nigina, edition=printed, label="2009").state == "draft"


def test_it_writes_each_change_into_the_journal_without_its_words(people, text) -> None:
    actions.edit_block(actor=people.nigina, block=text, content={"texts": {"en": "Secret words."}}, seen=1)
    lines = JournalLine.objects.filter(verb__startswith="evidence.").order_by("written_at")
    assert [line.verb for line in lines] == ["evidence.start_profile", "evidence.add_block", "evidence.edit_block"]
    assert "Secret" not in str([line.facts for line in lines])


def test_it_keeps_profiles_of_one_name_apart(people, draft) -> None:
    with pytest.raises(EditRefused):
        actions.start_profile(
            actor=people.nigina, organisation=people.centre, template=draft.template, area="TJK", key="tajikistan",
            names={"en": "Tajikistan"}, label="2026",
        )  # fmt: skip
    assert Profile.objects.count() == 1


BAD: dict[str, SimpleNamespace] = {
    "no figure": SimpleNamespace(kind="figure", content={"obs": ""}),
    "a figure's name with a tag": SimpleNamespace(kind="figure", content={"obs": "<script>"}),
    "a row too short": SimpleNamespace(kind="table", content={"frame": {"columns": ["2005", "2006"]}, "rows": [{"label": "x", "cells": ["a"]}]}),
    "a role that is none": SimpleNamespace(kind="table", content={"rows": [{"label": "x", "role": "king", "cells": []}]}),
    "too many rows": SimpleNamespace(kind="table", content={"rows": [{"label": "x", "cells": []}] * 401}),
    "a huge text": SimpleNamespace(kind="narrative", content={"texts": {"en": "x" * 40_001}}),
    "a shape that is none": SimpleNamespace(kind="chart", content={"of": "T1", "shape": "cake"}),
    "a chart of nothing": SimpleNamespace(kind="chart", content={}),
    "an address with a script": SimpleNamespace(kind="laws", content={"items": [{"title": {"en": "x"}, "url": "javascript:alert(1)"}]}),
    "a state that is none": SimpleNamespace(kind="recommendation", content={"status": "maybe"}),
    "a day that is none": SimpleNamespace(kind="directory", content={"as_of": "yesterday"}),
}  # fmt: skip


@pytest.mark.parametrize("bad", BAD)
def test_it_refuses_what_a_block_cannot_hold(people, draft, bad) -> None:
    with pytest.raises(EditRefused):
        actions.add_block(actor=people.nigina, edition=draft, kind=BAD[bad].kind, section="1", content=BAD[bad].content)
    assert not draft.blocks.exists()


def test_it_keeps_the_printed_tables_whole(people, printed) -> None:
    from hamroh.evidence.contents import cleaned

    before = kernel_profile(printed)
    for block in printed.blocks.all():
        Block.objects.filter(pk=block.pk).update(content=cleaned(block.kind, block.content))
    assert kernel_profile(printed) == before
