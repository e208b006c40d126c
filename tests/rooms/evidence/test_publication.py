"""Publication: approved by one and published by another, frozen, and told where somebody changes it."""

import datetime as dt
import json
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk_world import at, shown
from hamroh.accounts.policy import Refused
from hamroh.evidence import differences, findings, freezing
from hamroh.evidence.actions import editing, publishing, reviewing
from hamroh.evidence.actions.editing import EditRefused
from hamroh.evidence.actions.publishing import PublishingRefused
from hamroh.evidence.models import Block, Edition, FindingAnswer, FrozenEdition
from hamroh.evidence.presenting.manifest import manifest
from hamroh.evidence.selectors.answers import examined
from hamroh.vault.models import JournalLine

TODAY = timezone.localdate()


def answered_for(people: Any, edition: Any) -> None:
    """Somebody answers for every error that the rules find."""
    FindingAnswer.objects.bulk_create(
        FindingAnswer(
            edition=edition,
            fingerprint=each.fingerprint,
            rule=each.finding.rule,
            reason="As printed.",
            answered_by=people.nigina,
        )
        for each in examined(edition).blocking
    )


@pytest.fixture
def ready(people: Any, printed: Any, settings: Any, fresh_keys: None) -> Any:
    """The printed profile, every error answered for, approved by Nigina."""
    settings.IS_DEMO = True
    answered_for(people, printed)
    return publishing.approve(actor=people.nigina, edition=printed)


@pytest.fixture
def published(people: Any, ready: Any) -> Any:
    publishing.publish(actor=people.davlat, edition=ready)
    ready.refresh_from_db()
    return ready


def raw(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def pk(row: Any) -> str:
    return str(row.pk) if connection.vendor == "postgresql" else row.pk.hex


# -- the way -------------------------------------------------------------------------------------------------------


def test_it_is_not_approved_with_errors_that_nobody_answers_for(people, printed) -> None:
    with pytest.raises(PublishingRefused, match="not answered for"):
        publishing.approve(actor=people.nigina, edition=printed)


def test_it_is_not_approved_while_a_round_is_open(people, printed) -> None:
    answered_for(people, printed)
    reviewing.open_round(actor=people.nigina, edition=printed, deadline_date=TODAY + dt.timedelta(days=9))
    with pytest.raises(PublishingRefused, match="open"):
        publishing.approve(actor=people.nigina, edition=printed)


def test_it_is_not_published_by_whoever_approved_it(people, printed) -> None:
    answered_for(people, printed)
    edition = publishing.approve(actor=people.davlat, edition=printed)
    with pytest.raises(PublishingRefused, match="somebody else"):
        publishing.publish(actor=people.davlat, edition=edition)


def test_it_is_published_by_a_programme_manager_alone(people, ready) -> None:
    for somebody in (people.nigina, people.leyla, people.kamran):
        with pytest.raises(Refused):
            publishing.publish(actor=somebody, edition=ready)


def test_it_publishes_nothing_else_than_was_approved(people, ready) -> None:
    block = ready.blocks.get(key="T1")
    editing.edit_block(actor=people.nigina, block=block, content={**block.content, "title": {"en": "Other"}}, seen=1)
    with pytest.raises(PublishingRefused, match="changed after it was approved"):
        publishing.publish(actor=people.davlat, edition=ready)


def test_it_is_not_published_twice(people, published) -> None:
    with pytest.raises(PublishingRefused):
        publishing.publish(actor=people.davlat, edition=published)
    assert FrozenEdition.objects.count() == 1


def test_it_loses_its_approval_when_it_is_sent_back(people, ready) -> None:
    edition = publishing.send_back(actor=people.nigina, edition=ready)
    assert (edition.state, edition.approved_by, edition.approved_digest) == ("draft", None, "")


# -- frozen --------------------------------------------------------------------------------------------------------


def test_it_freezes_all_of_it(published) -> None:
    frozen = FrozenEdition.objects.get()
    content = json.loads(bytes(frozen.manifest))
    assert len(content["figures"]) == 403
    assert freezing.digest(bytes(frozen.manifest)) == frozen.digest
    assert freezing.verify(published) == []


def test_it_is_the_same_bytes_each_time(published) -> None:
    again = freezing.canonical(json.loads(json.dumps(manifest(published))))
    assert freezing.digest(again) == published.frozen.digest


def test_it_tells_the_journal_what_was_published(published) -> None:
    assert JournalLine.objects.get(verb="evidence.publish").facts == {"digest": published.frozen.digest}


def test_it_refuses_every_action_that_would_change_it(people, published) -> None:
    block = published.blocks.get(key="T1")
    with pytest.raises(EditRefused):
        editing.edit_block(actor=people.nigina, block=block, content=block.content, seen=block.version)
    with pytest.raises(EditRefused):
        reviewing.open_round(actor=people.nigina, edition=published, deadline_date=TODAY + dt.timedelta(days=9))
    with pytest.raises(PublishingRefused):
        publishing.send_back(actor=people.nigina, edition=published)


CHANGES = (
    "UPDATE evidence_block SET content = '{}' WHERE edition_id = %s",
    "UPDATE evidence_block SET section = '9' WHERE edition_id = %s",
    "UPDATE evidence_edition SET label = '2010' WHERE id = %s",
    "UPDATE evidence_edition SET apparatus = '{}' WHERE id = %s",
    "UPDATE evidence_edition SET state = 'draft' WHERE id = %s",
    "UPDATE evidence_printednote SET number = number + 500 WHERE edition_id = %s",
    "UPDATE evidence_findinganswer SET reason = 'Quite right.' WHERE edition_id = %s",
    "UPDATE evidence_findinganswer SET reasons = '{}' WHERE edition_id = %s",
    "UPDATE evidence_frozenedition SET digest = '0' WHERE edition_id = %s",
)


@pytest.mark.parametrize("change", CHANGES)
def test_it_refuses_a_change_in_the_database_itself(published, change: str) -> None:
    with pytest.raises(DatabaseError, match="never changed"):
        raw(change, pk(published))


def test_it_refuses_a_new_block_in_the_database_itself(published) -> None:
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Block.objects.create(edition=published, key="new", section="1", kind="narrative")


def test_it_lets_a_draft_be_changed_in_the_database(printed) -> None:
    raw("UPDATE evidence_edition SET label = '2010' WHERE id = %s", pk(printed))
    assert Edition.objects.get().label == "2010"


def test_it_names_what_somebody_changed_behind_the_guards(published) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        on = " ON evidence_block" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER evidence_block_published_stays{on}")
        cursor.execute("UPDATE evidence_block SET content = '{}' WHERE key = 'T1'")
        found = [each.says for each in findings.frozen_editions()]
        transaction.set_rollback(True)
    assert any("block T1 was changed" in says for says in found)


def test_it_names_a_copy_that_does_not_match_its_digest(published) -> None:
    frozen = FrozenEdition.objects.get()
    frozen.manifest = bytes(frozen.manifest).replace(b"686", b"687", 1)
    assert not freezing.is_intact(frozen)


def test_it_names_a_digest_that_was_never_published(published) -> None:
    JournalLine.objects.filter(verb="evidence.publish").delete()
    assert freezing.verify(published) == ["the journal tells of no publication with this digest"]


def test_it_names_a_published_edition_without_a_copy(printed) -> None:
    Edition.objects.update(state="published")
    printed.refresh_from_db()
    assert freezing.verify(printed) == ["it has no frozen copy"]


def test_it_names_a_figure_that_somebody_changed(published) -> None:
    content = json.loads(bytes(published.frozen.manifest))
    content["figures"]["aze08-BF1"]["printed"] = "another"
    del content["figures"]["aze08-T1-1-1"]
    content["figures"]["gone"] = {}
    told = list(freezing._changed_figures(content))
    assert told == ["figure aze08-BF1 was changed", "figure gone is gone"]


def test_it_finds_nothing_where_nothing_was_changed(published) -> None:
    assert list(findings.frozen_editions()) == []


def test_it_does_not_lose_a_block_unnoticed(published) -> None:
    """PostgreSQL refuses; SQLite, which empties tables by deleting, tells."""
    try:
        raw("DELETE FROM evidence_block WHERE edition_id = %s AND key = 'T1'", pk(published))
    except DatabaseError:
        return
    assert freezing.verify(published) == ["block T1 is gone"]


def test_it_gives_everybody_the_bytes_of_its_digest(published) -> None:
    answer = Client().get(reverse("evidence:frozen", args=(published.code,)))
    assert freezing.digest(answer.content) == published.frozen.digest


def test_it_gives_nobody_the_bytes_of_a_draft(printed) -> None:
    assert Client().get(reverse("evidence:frozen", args=(printed.code,))).status_code == 404


def test_it_says_to_readers_that_it_was_checked(published) -> None:
    page = Client().get(reverse("evidence:edition", args=(published.code,))).content.decode()
    assert "what stands here has this digest" in page


def test_it_warns_readers_of_a_copy_that_was_changed(published) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        on = " ON evidence_frozenedition" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER evidence_frozenedition_stays{on}")
        changed = bytes(published.frozen.manifest).replace(b'"printed":"', b'"printed":"9', 1)
        cursor.execute("UPDATE evidence_frozenedition SET manifest = %s", [changed])
        page = Client().get(reverse("evidence:edition", args=(published.code,))).content.decode()
        transaction.set_rollback(True)
    freezing.is_as_published.cache_clear()
    assert "This edition is no longer what was published." in page


# -- beside it -----------------------------------------------------------------------------------------------------


def test_it_is_corrected_beside_itself_alone(people, published) -> None:
    publishing.correct(actor=people.nigina, edition=published, texts={"en": "Read 10."}, block_key="T1")
    assert freezing.verify(published) == []
    for texts, block in (({"en": " "}, "T1"), ({"en": "Read 10."}, "nowhere")):
        with pytest.raises(PublishingRefused):
            publishing.correct(actor=people.nigina, edition=published, texts=texts, block_key=block)


def test_it_is_withdrawn_with_a_reason_and_stays_frozen(people, published) -> None:
    with pytest.raises(PublishingRefused):
        publishing.withdraw(actor=people.davlat, edition=published, texts={})
    edition = publishing.withdraw(actor=people.davlat, edition=published, texts={"en": "A wrong table."})
    assert (edition.state, freezing.verify(edition), edition.errata.count()) == ("withdrawn", [], 1)


def test_it_knows_what_an_endorsement_was_given_to(people, ready) -> None:
    made = publishing.endorse(
        actor=people.davlat, edition=ready, body="Council of Ministers", endorsed_date=TODAY, document="No. 12"
    )
    publishing.publish(actor=people.davlat, edition=ready)
    assert made.digest == FrozenEdition.objects.get().digest


def test_it_tells_an_endorsement_of_an_earlier_text(people, printed, settings, fresh_keys) -> None:
    settings.IS_DEMO = True
    publishing.endorse(actor=people.nigina, edition=printed, body="A council", endorsed_date=TODAY)
    block = printed.blocks.get(key="T1")
    editing.edit_block(actor=people.nigina, block=block, content={**block.content, "title": {"en": "Other"}}, seen=1)
    page = at(people.nigina).get(reverse("evidence-review:edition", args=(printed.code,))).content.decode()
    assert "To an earlier text" in page


def test_it_records_no_endorsement_of_tomorrow(people, printed) -> None:
    with pytest.raises(PublishingRefused):
        publishing.endorse(
            actor=people.nigina, edition=printed, body="A council", endorsed_date=TODAY + dt.timedelta(days=2)
        )


# -- pages ---------------------------------------------------------------------------------------------------------


def test_it_is_published_from_its_page(people, ready) -> None:
    client, there = shown(at(people.davlat)), reverse("evidence-review:edition", args=(ready.code,))
    assert 'value="publish"' in client.get(there).content.decode()
    client.post(reverse("evidence-review:move", args=(ready.code,)), {"do": "publish"})
    page = client.get(there).content.decode()
    assert FrozenEdition.objects.get().digest in page
    assert "checked just now" in page


def test_it_asks_who_publishes_to_show_who_they_are(people, ready) -> None:
    answer = at(people.davlat).post(reverse("evidence-review:move", args=(ready.code,)), {"do": "publish"})
    assert "/accounts/" in answer["Location"]
    assert not FrozenEdition.objects.exists()


# -- differences ---------------------------------------------------------------------------------------------------


@pytest.fixture
def next_one(people: Any, published: Any) -> Any:
    """The next edition, begun as a copy: a figure replaced, one gone, one block new."""
    made = editing.copy_edition(actor=people.nigina, edition=published, label="2010")
    block = made.blocks.get(key="T1")
    rows = [dict(row, cells=list(row["cells"])) for row in block.content["rows"]]
    rows[0]["cells"][0], rows[0]["cells"][1] = "aze08-T1-2-1", None
    editing.edit_block(actor=people.nigina, block=block, content={**block.content, "rows": rows}, seen=1)
    editing.add_block(
        actor=people.nigina, edition=made, kind="narrative", section="1", key="news", content={"texts": {"en": "New."}}
    )
    return made


def test_it_tells_figure_by_figure_what_differs(published, next_one) -> None:
    found = differences.difference(manifest(published), manifest(next_one))
    told = {(each.block, each.kind, each.before, each.after) for each in found.moved_figures}
    assert told == {
        ("T1", "changed", "aze08-T1-1-1", "aze08-T1-2-1"), ("T1", "removed", "aze08-T1-1-2", ""),
    }  # fmt: skip
    assert {(each.key, each.kind) for each in found.blocks} == {("T1", "changed"), ("news", "added")}
    assert len(found.figures) == 403


def test_it_tells_by_how_much_a_figure_moved() -> None:
    def made(value: str) -> dict[str, Any]:
        figure = {"value": value, "period": "2006", "indicator": "x", "area": "AZE", "dims": {}}
        block = {"key": "f", "kind": "figure", "content": {"obs": "a"}}
        return {"sections": [{"code": "1", "blocks": [block]}], "figures": {"a": figure}}

    found = differences.difference(made("-200"), made("-150")).figures[0]
    assert (found.kind, str(found.percent)) == ("changed", "25.0")


def test_it_shows_what_differs_as_a_page_and_as_a_table(people, published, next_one) -> None:
    client = at(people.nigina)
    page = client.get(reverse("evidence-review:difference", args=(next_one.code, published.code))).content.decode()
    assert "2 figures differ." in page
    lines = (
        client.get(reverse("evidence-review:difference-csv", args=(next_one.code, published.code)))
        .content.decode("utf-8-sig")
        .splitlines()
    )
    assert len(lines) == 404
    assert lines[0].startswith("block,place,change,before,after")


def test_it_compares_with_no_edition_that_does_not_open(people, published, next_one, settings) -> None:
    address = reverse("evidence-review:difference", args=(next_one.code, published.code))
    for somebody in (people.leyla, people.kamran):
        assert at(somebody).get(address).status_code == 404
