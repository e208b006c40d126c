"""The editors' desk of the library: editors per kind, edits that lose nothing, subjects, copies, files, strangers."""

import io
import re
from html import unescape
from typing import Any

import pytest

from hamroh.library import actions, selectors
from hamroh.library.models import Distribution, Record, RecordKind, Subject
from library_world import kept, published, special_issue

DESK = "/desk/library/"


@pytest.fixture
def desk(client: Any, cast: Any) -> Any:
    client.force_login(cast.zarina)
    return client


def typed(page: Any) -> dict[str, Any]:
    """What a browser would send back from the editor as it stands."""
    form = page.content.decode().partition('<input type="hidden" name="seen"')[2].partition("</form>")[0]
    form = '<input type="hidden" name="seen"' + form
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        at = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if at.get("type") in ("checkbox", "radio") and "checked" not in tag:
            continue
        sent.setdefault(at["name"], []).append(unescape(at.get("value", "on" if at.get("type") == "checkbox" else "")))
    for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        sent.setdefault(name, []).append(unescape(text).lstrip("\n"))
    for name, body in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        options = re.findall(r'<option value="([^"]*)"( selected)?', body)
        sent[name] = [unescape(v) for v in [value for value, on in options if on] or [options[0][0]]]
    return sent


@pytest.mark.parametrize("kind", RecordKind.values)
def test_it_asks_of_each_kind_what_it_has(desk: Any, kind: str) -> None:
    html = desk.get(f"{DESK}new/{kind}/").content.decode()
    assert ('name="act_adopted"' in html) == (kind in ("law", "instrument"))
    assert ('name="details_isbn"' in html) == (kind in ("issue", "publication"))
    assert ('name="details_hours"' in html) == (kind == "course")


def test_it_keeps_a_record_and_shows_it(desk: Any, cast: Any) -> None:
    sent = typed(desk.get(f"{DESK}new/publication/")) | {"titles_tg": "Роҳнамо", "date": "2024"}
    answer = desk.post(f"{DESK}new/publication/", sent)
    record = Record.objects.get()
    assert answer["Location"] == f"{DESK}{record.code}/"
    assert record.organisation == cast.centre


@pytest.mark.parametrize("path", ["", "new/law/"])
@pytest.mark.parametrize("who", ["temur", "rustam"])
def test_it_is_not_there_for_who_is_no_editor(client: Any, cast: Any, path: str, who: str) -> None:
    client.force_login(getattr(cast, who))
    assert client.get(DESK + path).status_code == 404


@pytest.mark.parametrize("tail", ["", "edit/", "subjects/", "files/", "copies/", "copies/sheet/"])
def test_it_hides_another_organisations_record_like_none(client: Any, cast: Any, tail: str) -> None:
    record = published(cast.zarina)
    client.force_login(cast.aygun)
    assert (
        client.get(f"{DESK}{record.code}/{tail}").status_code == client.get(f"{DESK}zzzzzzzz/{tail}").status_code == 404
    )


@pytest.mark.parametrize("tail", ["move/", "order/", "subjects/", "files/", "copies/"])
def test_it_lets_strangers_write_nothing(client: Any, cast: Any, tail: str) -> None:
    record = published(cast.zarina)
    client.force_login(cast.aygun)
    assert client.post(f"{DESK}{record.code}/{tail}", {"to": "withdrawn"}).status_code == 404
    assert Record.objects.get().state == "published"


def test_it_gives_every_word_back_with_what_is_wrong(desk: Any) -> None:
    sent = typed(desk.get(f"{DESK}new/publication/"))
    sent |= {
        "titles_az": "Bələdçi",
        "date": "spring",
        "contributors-0-names_az": "Sevil",
        "contributors-0-party": "nobody",
    }
    answer = desk.post(f"{DESK}new/publication/", sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert all(word in html for word in ("Bələdçi", "spring", "Sevil", "nobody"))
    assert not Record.objects.exists()


def test_it_adds_a_row_without_script(desk: Any) -> None:
    sent = typed(desk.get(f"{DESK}new/law/")) | {"titles_tg": "Қонун", "more": "articles"}
    html = desk.post(f"{DESK}new/law/", sent).content.decode()
    assert 'name="articles-1-number"' in html
    assert "Қонун" in html


def test_it_changes_nothing_that_no_field_shows_by_an_untouched_edit(desk: Any, cast: Any, words: None) -> None:
    from hamroh.thesaurus.models import Concept

    concept = Concept.objects.in_use().order_by("key")[0]
    who = actions.ContributorFacts(names={"tg": "Ширин"}, role="editor")
    given = {"contributors": (who,), "subjects": (actions.SubjectFacts(concept=concept.uri),), "units": ("tj-kt",)}
    record = kept(cast.zarina, "law", act=actions.ActFacts(country="tj", adopted="1998"), **given)
    before = selectors.record_facts(record)
    page = desk.get(f"{DESK}{record.code}/edit/")
    assert desk.post(f"{DESK}{record.code}/edit/", typed(page)).status_code == 302
    assert selectors.record_facts(Record.objects.get()) == before


def test_it_tells_who_comes_second_and_loses_nothing(desk: Any, cast: Any) -> None:
    record = kept(cast.zarina)
    sent = typed(desk.get(f"{DESK}{record.code}/edit/")) | {"titles_tg": "Сухани ман"}
    actions.edit_record(actor=cast.zarina, record=record, facts=selectors.record_facts(record))
    first = desk.post(f"{DESK}{record.code}/edit/", sent)
    assert first.status_code == 422
    assert "Сухани ман" in first.content.decode()
    assert desk.post(f"{DESK}{record.code}/edit/", typed(first) | {"titles_tg": "Сухани ман"}).status_code == 302


def test_it_names_what_may_be_the_same_and_does_not_stop(desk: Any, cast: Any) -> None:
    first = published(cast.aygun, titles={"az": "Qadınlar və miqrasiya"})
    again = kept(cast.zarina, titles={"az": "QADINLAR  və miqrasiya"})
    assert first.code in desk.get(f"{DESK}{again.code}/").content.decode()


def test_it_looks_for_the_same_while_one_writes(desk: Any, cast: Any) -> None:
    first = kept(cast.zarina)
    sent = typed(desk.get(f"{DESK}new/publication/")) | {"titles_tg": "занон ва МУҲОҶИРАТ", "date": "2026", "look": "1"}
    html = desk.post(f"{DESK}new/publication/", sent).content.decode()
    assert first.code in html
    assert Record.objects.count() == 1


def test_it_tells_no_draft_of_others_where_something_may_be_the_same(desk: Any, cast: Any) -> None:
    hidden = kept(cast.aygun)
    mine = kept(cast.zarina)
    assert hidden.code not in desk.get(f"{DESK}{mine.code}/").content.decode()


def test_it_suggests_subjects_out_of_the_words(desk: Any, cast: Any, words: None) -> None:
    record = kept(cast.zarina, titles={"tg": "Алимент"}, abstracts={"tg": "Алимент барои кӯдак. Алимент дар суд."})
    html = desk.get(f"{DESK}{record.code}/subjects/").content.decode()
    add = re.search(r'name="add" value="([^"]+)"', html)
    assert add is not None
    desk.post(f"{DESK}{record.code}/subjects/", {"add": add[1], "how": "suggested"})
    assert Subject.objects.get(record=record).suggested


def test_it_takes_a_subject_that_was_looked_for(desk: Any, cast: Any, words: None) -> None:
    record = kept(cast.zarina)
    html = desk.get(f"{DESK}{record.code}/subjects/", {"q": "алимент"}).content.decode()
    add = re.findall(r'name="add" value="([^"]+)"', html)
    desk.post(f"{DESK}{record.code}/subjects/", {"add": add[-1]})
    row = Subject.objects.get(record=record)
    desk.post(f"{DESK}{record.code}/subjects/", {"remove": row.pk})
    assert not Subject.objects.exists()


def test_it_adds_an_article_inside_the_issue(desk: Any, cast: Any) -> None:
    issue, _articles = special_issue(cast.zarina)
    page = desk.get(f"{DESK}new/article/", {"in": issue.code})
    desk.post(f"{DESK}new/article/", typed(page) | {"titles_tg": "Мақолаи сеюм"})
    third = Record.objects.get(titles__tg="Мақолаи сеюм")
    assert (third.part_of, third.position) == (issue, 2)


def test_it_moves_articles_up_and_down(desk: Any, cast: Any) -> None:
    issue, (first, second) = special_issue(cast.zarina)
    desk.post(f"{DESK}{second.code}/order/", {"to": "up"})
    assert list(issue.parts.order_by("position")) == [second, first]


def test_it_sums_copies_by_region(desk: Any, cast: Any, places: None) -> None:
    issue, _articles = special_issue(cast.zarina)
    for copies in (400, 150):
        sent = {"unit": "[tj-kt]", "on_date": "2026-05-01", "copies": copies, "language": "tg"}
        assert desk.post(f"{DESK}{issue.code}/copies/", sent).status_code == 302
    region = selectors.copies_by_region(issue)[0]
    assert (region.unit.key, region.total) == ("tj-kt", 550)
    assert "550" in desk.get(f"{DESK}{issue.code}/copies/sheet/").content.decode()


def test_it_hands_out_no_copies_tomorrow(desk: Any, cast: Any, places: None) -> None:
    record = kept(cast.zarina)
    sent = {"unit": "[tj-kt]", "on_date": "2199-05-01", "copies": 4, "language": "tg"}
    assert desk.post(f"{DESK}{record.code}/copies/", sent).status_code == 422
    assert not Distribution.objects.exists()


def test_it_takes_a_file_and_says_why_not(desk: Any, cast: Any) -> None:
    record = kept(cast.zarina)
    good, bad = io.BytesIO("Сухан".encode()), io.BytesIO(b"<html>")
    good.name, bad.name = "a.txt", "b.txt"
    assert desk.post(f"{DESK}{record.code}/files/", {"file": good, "use": "text"}).status_code == 302
    assert desk.post(f"{DESK}{record.code}/files/", {"file": bad, "use": "text"}).status_code == 422
    assert record.attachments.count() == 1


def test_it_lists_with_as_many_queries_for_many_as_for_one(desk: Any, cast: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    kept(cast.zarina)
    desk.get(DESK)
    with CaptureQueriesContext(connection) as one:
        desk.get(DESK)
    for _n in range(4):
        kept(cast.zarina)
    with CaptureQueriesContext(connection) as many:
        desk.get(DESK)
    assert len(many) == len(one)


def test_it_narrows_its_list(desk: Any, cast: Any) -> None:
    wanted, other = kept(cast.zarina, "research", titles={"tg": "Тобистон"}), kept(cast.zarina)
    html = desk.get(DESK, {"kind": "research", "text": "тобист", "state": "draft"}).content.decode()
    assert wanted.code in html
    assert other.code not in html
