"""Lists of records into the library: what would become of each row, and that it does."""

from typing import Any

import pytest

import library_world

pytestmark = pytest.mark.django_db
HEAD = "key,kind,title_en,title_tg,authors,date,subjects,isbn,part_of\n"


@pytest.fixture
def place(cast: Any) -> Any:
    return cast


@pytest.fixture
def alimony(db: None) -> Any:
    """A concept that is called alimony in three languages."""
    from hamroh.kernel.vocabulary import spelling
    from hamroh.thesaurus.models import Concept, Label, Scheme

    scheme = Scheme.objects.create(code="small", uri="https://example.org/small", titles={"en": "Small"})
    concept = Concept.objects.create(scheme=scheme, key="alimony", uri="https://example.org/small/alimony")
    for lang, text in (("en", "Alimony"), ("tg", "Алимент"), ("ru", "Алименты")):
        Label.objects.create(concept=concept, scheme=scheme, lang=lang, kind="pref", text=text, **spelling(text, lang))
    return concept


def look(cast: Any, lines: str, head: str = HEAD, **options: Any) -> Any:
    from hamroh.library.exchange.bringing import look as looked

    return looked(
        actor=cast.zarina, organisation=cast.centre, name="list.csv", content=(head + lines).encode(), **options
    )


def take(cast: Any, lines: str, *, publish: bool = False, **options: Any) -> Any:
    from hamroh.library.exchange.bringing import take_in

    return take_in(actor=cast.zarina, organisation=cast.centre, looked=look(cast, lines, **options), publish=publish)


def fates(looked: Any) -> list[str]:
    return [str(each.fate) for each in looked.plan.outcomes]


def records() -> Any:
    from hamroh.library.models import Record

    return Record.objects.order_by("created_at", "pk")


def test_it_writes_nothing_while_it_only_looks(place: Any) -> None:
    looked = look(place, "1,publication,Women who stay,,Rahimova A.,2020,,,\n")
    assert (fates(looked), records().count()) == (["new"], 0)


def test_it_brings_in_a_draft_with_both_titles(place: Any) -> None:
    take(place, "1,publication,Women who stay,Занони монда,Rahimova A.,2020,,,\n")
    record = records().get()
    assert (record.titles, record.state, record.date) == (
        {"en": "Women who stay", "tg": "Занони монда"},
        "draft",
        "2020",
    )


def test_it_publishes_what_it_brings_in_when_that_is_said(place: Any) -> None:
    take(place, "1,publication,Women who stay,,,2020,,,\n", publish=True)
    record = records().get()
    assert (record.is_public, indexed(record)) == (True, 1)


def indexed(record: Any) -> int:
    from hamroh.search.models import Record as Indexed

    return Indexed.objects.filter(kind="record", record_id=record.code).count()


def test_it_changes_the_record_that_a_row_of_the_same_name_made(place: Any) -> None:
    take(place, "1,publication,Women who stay,,,2020,,,\n")
    take(place, "1,publication,Women who stayed,,,2020,,,\n")
    assert [each.titles for each in records()] == [{"en": "Women who stayed"}]


def test_it_says_what_a_row_changes_from_what_to_what(place: Any) -> None:
    take(place, "1,publication,Women who stay,,,2020,,,\n")
    looked = look(place, "1,publication,Women who stay,,,2021,,,\n")
    assert [(each.fate, each.changes) for each in looked.plan.outcomes] == [("changed", (("date", "2020", "2021"),))]


def test_it_tells_a_row_that_is_as_before(place: Any) -> None:
    line = "1,publication,Women who stay,Занони монда,Rahimova A.; Раҳимова А.,2020,,978-3-16-148410-0,\n"
    take(place, line)
    assert fates(look(place, line)) == ["same"]


def test_it_keeps_what_the_list_does_not_say(place: Any) -> None:
    from dataclasses import replace

    from hamroh.library.actions import edit_record
    from hamroh.library.selectors.facts import record_facts

    take(place, "1,publication,Women who stay,,,2020,,,\n")
    record = records().get()
    edit_record(actor=place.zarina, record=record, facts=replace(record_facts(record), abstracts={"en": "By hand"}))
    take(place, "1,publication,Women who stay,,,2021,,,\n")
    record.refresh_from_db()
    assert (record.abstracts, record.date) == ({"en": "By hand"}, "2021")


def test_it_keeps_two_lists_apart_that_both_begin_at_one(place: Any) -> None:
    take(place, "1,publication,Women who stay,,,2020,,,\n", catalogue="ours")
    take(place, "1,publication,Children of migrants,,,2020,,,\n", catalogue="theirs")
    assert records().count() == 2


def test_it_warns_of_a_record_that_is_here_already_by_its_isbn(place: Any) -> None:
    library_world.kept(place.zarina, details={"isbn": "9783161484100"})
    looked = look(place, "9,publication,Another title,,,2020,,978-3-16-148410-0,\n")
    assert (fates(looked), looked.plan.outcomes[0].code) == (["twin"], records().get().code)


def test_it_warns_of_a_row_that_repeats_another(place: Any) -> None:
    looked = look(
        place,
        "1,publication,Women who stay,,,2020,,,\n2,publication,Women who stay!,,,2020,,,\n3,publication,Women who stay,,,2020,,,\n",
    )
    assert [each.line for each in looked.plan.outcomes] == [0, 0, 2]


def test_it_brings_in_twins_when_that_is_said(place: Any) -> None:
    library_world.kept(place.zarina, details={"isbn": "9783161484100"})
    assert fates(look(place, "9,publication,Another title,,,2020,,978-3-16-148410-0,\n", despite_twins=True)) == ["new"]


def test_it_finds_the_concept_of_a_word_in_any_language(place: Any, alimony: Any) -> None:
    take(place, "1,publication,Women who stay,,,2020,АЛИМЕНТ; alimony; nonsense word,,\n")
    assert records().get().subjects.count() == 1


def test_it_says_which_words_no_concept_is_called(place: Any, alimony: Any) -> None:
    looked = look(place, "1,publication,Women who stay,,,2020,alimony; nonsense word,,\n")
    assert looked.plan.words == [("nonsense word", 1)]


def test_it_puts_an_article_into_the_issue_of_the_same_list_whatever_their_order(place: Any) -> None:
    take(place, "2,article,The article here,,,2020,,,1\n1,issue,The special issue,,,2020,,,\n")
    article = records().get(kind="article")
    assert article.part_of.titles == {"en": "The special issue"}


def test_it_refuses_a_row_that_lies_in_nothing(place: Any) -> None:
    looked = look(place, "2,article,The article here,,,2020,,,77\n")
    assert (fates(looked), looked.plan.outcomes[0].reasons[0][0]) == (["refused"], "part_of")


def test_it_refuses_a_row_without_a_title_and_takes_the_others(place: Any) -> None:
    batch = take(place, "1,publication,,,,2020,,,\n2,publication,Women who stay,,,2020,,,\n")
    assert (records().count(), [(each["line"], each["key"]) for each in batch.left_out]) == (1, [(2, "1")])


def test_it_leaves_out_a_wrong_isbn_and_says_so(place: Any) -> None:
    looked = look(place, "1,publication,Women who stay,,,2020,,9783161484101,\n")
    assert [each[0] for each in looked.plan.outcomes[0].left_out] == ["isbn"]


def test_it_brings_in_nothing_for_who_edits_elsewhere(place: Any) -> None:
    from hamroh.accounts import policy
    from hamroh.library.exchange.bringing import look as looked

    with pytest.raises(policy.Refused):
        looked(
            actor=place.aygun,
            organisation=place.centre,
            name="list.csv",
            content=(HEAD + "1,,A book here,,,,,,\n").encode(),
        )


def test_it_never_touches_the_record_of_another_house(place: Any) -> None:
    from hamroh.library.models import Record

    theirs = library_world.published(place.aygun, details={"isbn": "9783161484100"})
    take(place, "9,publication,Another title,,,2020,,978-3-16-148410-0,\n", despite_twins=True)
    assert Record.objects.get(pk=theirs.pk).version == theirs.version


def test_it_writes_all_or_nothing_when_the_database_fails_in_the_middle(place: Any, monkeypatch: Any) -> None:
    from hamroh.library.actions import importing

    def cut(_records: Any) -> None:
        raise OSError("disk")

    monkeypatch.setattr(importing, "index_records", cut)
    with pytest.raises(OSError, match="disk"):
        take(place, "1,publication,Women who stay,,,2020,,,\n2,publication,Children left,,,2020,,,\n")
    assert records().count() == 0


def test_it_remembers_how_the_columns_of_a_list_were_read(place: Any) -> None:
    from hamroh.library.exchange.tabular import Layout

    head, line = "eins,zwei\n", "Women who stay,2020\n"
    take(place, line, head=head, layout=Layout(("eins", "zwei"), ("title_en", "date")))
    assert look(place, "Children of migrants,2021\n", head=head).opened.layout.roles == ("title_en", "date")
