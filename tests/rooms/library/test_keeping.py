"""Keeping records: facts in, rows out; who may; what is refused; nobody's words are lost."""

from typing import Any

import pytest

from hamroh.accounts.policy import Refused
from hamroh.kernel.states import MoveRefused
from hamroh.library import actions
from hamroh.library.models import Record, SameKey
from hamroh.search.selectors import results
from hamroh.vault.models import JournalLine
from library_world import facts, kept, law, published, special_issue


def _found(word: str) -> list[str]:
    return [hit.record_id for hit in results(query=word, language="tg", facets={"room": ["library"]}).hits]


def test_it_keeps_what_the_facts_say(cast: Any) -> None:
    who = actions.ContributorFacts(names={"tg": "Ширин Набиева"}, role="editor")
    record = kept(cast.zarina, details={"isbn": "978-3-16-148410-0"}, contributors=(who,), languages=("tg",))
    assert record.state == "draft"
    assert record.organisation == cast.centre
    assert record.sort_date.isoformat() == "2026-05-01"
    assert record.contributions.get().names == {"tg": "Ширин Набиева"}


def test_it_is_written_by_editors_only(cast: Any) -> None:
    with pytest.raises(Refused):
        actions.keep_record(actor=cast.temur, facts=facts(), organisation=cast.centre)


def test_it_is_edited_by_its_own_organisation_only(cast: Any) -> None:
    record = kept(cast.zarina)
    with pytest.raises(Refused):
        actions.edit_record(actor=cast.aygun, record=record, facts=facts())


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"titles": {}}, "titles"),
        ({"date": "spring"}, "date"),
        ({"details": {"isbn": "978-3-16-148410-1"}}, "details.isbn"),
        ({"details": {"doi": "ten"}}, "details.doi"),
        ({"details": {"url": "javascript:alert(1)"}}, "details.url"),
        ({"details": {"hours": "4"}}, "details.hours"),
        ({"titles": {"title": "x"}}, "titles"),
        ({"part_of": "zzzzzzzz"}, "part_of"),
        ({"publisher": "nobody"}, "publisher"),
        ({"units": ("nowhere",)}, "units.0"),
    ],
)
def test_it_says_what_is_wrong_and_where(cast: Any, given: Any, field: str) -> None:
    with pytest.raises(actions.FactsRefused) as refused:
        kept(cast.zarina, **given)
    assert field in {problem.field for problem in refused.value.problems}
    assert not Record.objects.exists()


def test_it_lies_only_in_what_holds_it(cast: Any) -> None:
    issue = kept(cast.zarina, "issue")
    with pytest.raises(actions.FactsRefused):
        kept(cast.zarina, "law", part_of=issue.code)


def test_it_does_not_lie_in_another_organisations_issue(cast: Any) -> None:
    issue = kept(cast.aygun, "issue")
    with pytest.raises(actions.FactsRefused):
        kept(cast.zarina, "article", part_of=issue.code)


def test_it_leads_to_no_draft_of_others(cast: Any) -> None:
    other = kept(cast.aygun)
    with pytest.raises(actions.FactsRefused):
        kept(cast.zarina, links=(actions.LinkFacts(kind="cites", target=other.code),))


def test_it_tells_the_second_editor_and_writes_nothing(cast: Any) -> None:
    record = kept(cast.zarina)
    actions.edit_record(actor=cast.zarina, record=record, facts=facts(date="2025"), seen=record.version)
    with pytest.raises(actions.EditedMeanwhile):
        actions.edit_record(actor=cast.zarina, record=record, facts=facts(date="2024"), seen=record.version)
    assert Record.objects.get().date == "2025"


def test_it_is_found_from_publication_to_withdrawal(cast: Any) -> None:
    record = kept(cast.zarina, titles={"tg": "Канори"})
    before = _found("канори")
    actions.publish_record(actor=cast.zarina, record=record)
    public = _found("канори")
    actions.withdraw_record(actor=cast.zarina, record=record)
    assert (before, public, _found("канори")) == ([], [record.code], [])


def test_it_moves_only_as_the_graph_says(cast: Any) -> None:
    record = kept(cast.zarina)
    with pytest.raises(MoveRefused):
        actions.withdraw_record(actor=cast.zarina, record=record)


def test_it_lets_articles_stand_and_fall_with_the_issue(cast: Any) -> None:
    issue, articles = special_issue(cast.zarina)
    there = set(Record.objects.public())
    actions.withdraw_record(actor=cast.zarina, record=issue)
    assert there == {issue, *articles}
    assert not Record.objects.public().exists()
    assert _found("нафақа") == []


def test_it_keeps_the_order_of_articles(cast: Any) -> None:
    issue, (first, second) = special_issue(cast.zarina)
    actions.move_part(actor=cast.zarina, record=second, up=True)
    assert list(issue.parts.order_by("position")) == [second, first]


def test_it_knows_records_by_their_identifiers(cast: Any) -> None:
    record = kept(cast.zarina, details={"doi": "https://doi.org/10.1000/ABC"})
    assert SameKey.objects.filter(record=record, key="doi:10.1000/abc").exists()


def test_it_keeps_the_legal_side(cast: Any, places: None) -> None:
    act = law(cast.zarina).act
    assert (act.country.key, act.adopted, act.law) == ("tj", "1998-05-21", "tj.crim")


def test_it_writes_every_change_into_the_journal(cast: Any) -> None:
    record = published(cast.zarina)
    actions.edit_record(actor=cast.zarina, record=record, facts=facts())
    verbs = set(JournalLine.objects.filter(record_id=str(record.pk)).values_list("verb", flat=True))
    assert {"library.keep_record", "library.move_to_published", "library.edit_record"} <= verbs
