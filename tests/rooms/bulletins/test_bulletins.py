"""An issue from its first section to a letter, and what a story that is taken back takes with it."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from bulletins_world import ADDRESS, WORDS, article, begun, out, picture, reader, story, taken_back, with_story
from desk_world import at, page
from hamroh.accounts import policy
from hamroh.bulletins import actions, papers, proposals, telling
from hamroh.bulletins.actions import NotNow, Told
from hamroh.bulletins.models import Issue, Letter, Paper, Reader, Section
from hamroh.directory.models import AdminUnit
from hamroh.pages.models import Allowed
from hamroh.search.models import Content
from hamroh.vault.models import Audience, FiguresRelease, Population


def web(issue: Issue, lang: str = "en") -> str:
    return Client().get(f"/{lang}/bulletins/{issue.code}/").content.decode()


def test_it_comes_out_only_by_two_people(press) -> None:
    issue = begun(press)
    article(press, issue)
    issue.refresh_from_db()
    actions.ask_for_release(actor=press.zarina, issue=issue, seen=issue.version)
    with pytest.raises(NotNow):
        actions.release_issue(actor=press.zarina, issue=issue, seen=issue.version)
    actions.release_issue(actor=press.lola, issue=issue, seen=issue.version)
    assert "Lawyers drove out." in web(issue)


def test_it_lets_out_no_version_that_the_second_person_has_not_seen(press) -> None:
    issue = begun(press)
    row = article(press, issue)
    issue.refresh_from_db()
    seen = issue.version
    actions.ask_for_release(actor=press.zarina, issue=issue, seen=seen)
    actions.change_section(actor=press.zarina, issue=issue, section=row.pk, told=Told({"en": "Other"}), seen=seen)
    with pytest.raises(NotNow):
        actions.release_issue(actor=press.lola, issue=issue, seen=seen)


def test_it_is_nowhere_before_it_is_out(press) -> None:
    issue = begun(press)
    article(press, issue)
    assert [Client().get(f"/en/bulletins/{issue.code}/{end}").status_code for end in ("", "bulletin.pdf")] == [404, 404]
    assert not Content.objects.filter(address__contains=issue.code).exists()


def test_it_takes_a_story_only_where_its_narrator_allows_the_bulletin(press) -> None:
    issue = begun(press)
    shut = story(press, Allowed.PAGE, Allowed.QUOTE)
    assert [each for each in proposals.proposed(actor=press.zarina, issue=issue) if each.kind == "story"] == []
    with pytest.raises(NotNow):
        actions.take(actor=press.zarina, issue=issue, key=f"story:{shut.pk}")


def test_it_takes_no_story_that_names_a_place(press) -> None:
    AdminUnit.objects.create(key="tj-kulob", code=77, names={"en": "Kulob", "ru": "Куляб"}, level="city", certainty="B")
    issue = begun(press)
    told = story(press, texts={"en": "I came to the court.", "ru": "Я пришла в суд в Кулябе."})
    with pytest.raises(NotNow, match=r"Kulob|Куляб"):
        actions.take(actor=press.zarina, issue=issue, key=f"story:{told.pk}")


def test_it_gives_no_story_a_face(press) -> None:
    issue = begun(press)
    _told, row = with_story(press, issue)
    issue.refresh_from_db()
    with pytest.raises(NotNow):
        actions.change_section(
            actor=press.zarina,
            issue=issue,
            section=row.pk,
            told=Told({"en": "Hers"}, picture=picture(press)),
            seen=issue.version,
        )


def test_it_takes_a_story_back_from_web_paper_index_and_letters(press, settings) -> None:
    """Within the request that takes it back: the words are on no page, in no paper that is kept, no index and no letter."""
    issue = begun(press)
    article(press, issue)
    told, row = with_story(press, issue)
    out(press, issue)
    reader(press)
    before = papers.paper_of(issue, "en")
    assert WORDS in web(issue)
    assert WORDS.split()[0] in _all()
    taken_back(press, told)
    assert WORDS not in web(issue)
    assert not Paper.objects.filter(issue=issue).exists()
    assert papers.paper_of(issue, "en") != before
    assert WORDS.split()[0] not in _all()
    actions.send_issue(actor=press.lola, issue=issue)
    assert actions.send_due() == 1
    assert b"Zwqxstory" not in mail.outbox[0].message().as_bytes()
    row.refresh_from_db()
    assert (row.titles, row.texts, row.quotes) == ({}, {}, {})


def _all() -> str:
    return " ".join(str(row) for row in Content.objects.values())


def test_it_tells_the_editor_what_had_gone_out_with_a_story(press) -> None:
    issue = begun(press)
    told, _row = with_story(press, issue)
    out(press, issue)
    reader(press)
    actions.send_issue(actor=press.lola, issue=issue)
    actions.send_due()
    taken_back(press, told)
    assert "1 letter had gone out with it" in page(press.zarina, f"/desk/bulletins/{issue.code}/")


def test_it_lets_a_story_go_when_its_time_is_over(press, time_machine) -> None:
    issue = begun(press)
    told = story(press, until_date=dt.date(2026, 11, 30))
    actions.take(actor=press.zarina, issue=issue, key=f"story:{told.pk}")
    article(press, issue)
    out(press, issue)
    papers.paper_of(issue, "en")
    time_machine.move_to(dt.datetime(2026, 12, 2, tzinfo=dt.UTC))
    assert WORDS not in web(issue)
    assert (actions.follow_time(), actions.follow_time()) == (1, 0)
    assert not Paper.objects.exists()


def test_it_takes_numbers_only_where_they_are_printed(press) -> None:
    issue = begun(press)
    rows = [{"names": {"en": "women"}, "number": 450, "at_least": True}]
    with pytest.raises(NotNow):
        article(press, issue, figures={"look": "band", "rows": rows})
    article(press, issue, figures={"look": "band", "rows": rows}, source="Newsletter, line 98")
    assert telling.told(issue, "en").band.rows[0].text == "450+"


def released(press, audience: str = Audience.PUBLIC) -> FiguresRelease:
    """Nine women and a number of men that is withheld."""
    people = Population.objects.create(organisation_id=press.house.pk, key="training", turn=1)
    leaves = [[code, [code]] for code in ("f", "m")]
    table = {
        "dimensions": [{"name": "sex", "leaves": leaves, "groups": []}], "about": {}, "measure": "training", "careful": False,
        "cells": [90, None, None],
    }  # fmt: skip
    return FiguresRelease.objects.create(
        organisation_id=press.house.pk, population=people, turn=1, asked={"half": "2026-1", "by": "sex"}, audience=audience,
        made_at=timezone.now(), made_by_id=uuid.uuid4(), table=table, digest="0" * 64,
    )  # fmt: skip


def test_it_shows_of_a_table_what_left_and_nothing_else(press) -> None:
    issue, row = begun(press), released(press)
    actions.take(actor=press.zarina, issue=issue, key=f"figures:{row.pk}")
    chart = telling.told(issue, "en").parts[0].chart
    assert [(each.text, each.value) for each in chart.rows if each.value is not None] == [("90", 90)]
    assert {each.text for each in chart.rows if each.value is None} == {"×"}


def test_it_proposes_a_table_of_statistics_by_its_title(press) -> None:
    row = released(press)
    row.population.key, row.asked = (
        "cases",
        {"facts": "came", "first": "2026-q1", "last": "2026-q2", "by": ["sex"], "only": {}, "coarse": []},
    )
    row.population.save()
    row.save()
    found = [each for each in proposals.proposed(actor=press.zarina, issue=begun(press)) if each.kind == "figures"]
    assert [each.titles["en"].startswith("People who came") for each in found] == [True]


def test_it_proposes_no_table_that_left_for_a_donor(press) -> None:
    released(press, Audience.DONOR)
    assert [each for each in proposals.proposed(actor=press.zarina, issue=begun(press)) if each.kind == "figures"] == []


def test_it_moves_sections(press) -> None:
    issue = begun(press)
    article(press, issue, "One")
    two = article(press, issue, "Two")
    actions.move_section(actor=press.zarina, issue=issue, section=two.pk, up=True)
    assert [part.title for part in telling.told(issue, "en").parts] == ["Two", "One"]


def test_it_drops_a_section_of_an_issue_that_is_out(press) -> None:
    issue = begun(press)
    row = article(press, issue, text="Zwqxmistake")
    article(press, issue, "Another")
    out(press, issue)
    actions.drop_section(actor=press.zarina, issue=issue, section=row.pk)
    assert "Zwqxmistake" not in web(issue)
    assert "Zwqxmistake" not in _all()


def test_it_is_gone_when_it_is_taken_back(press) -> None:
    issue = begun(press)
    article(press, issue)
    out(press, issue)
    reader(press)
    actions.send_issue(actor=press.lola, issue=issue)
    actions.withdraw_issue(actor=press.zarina, issue=issue)
    assert Client().get(f"/en/bulletins/{issue.code}/").status_code == 404
    assert (actions.send_due(), Letter.objects.count()) == (0, 0)


@pytest.mark.parametrize("lang", ["en", "tg"])
def test_it_prints_at_most_twelve_pages(press, lang: str) -> None:
    issue = begun(press)
    for number in range(10):
        article(press, issue, f"Article {number}", "Lawyers drove out to the villages and listened. " * 40)
    made = papers.pdf(telling.told(issue, lang), timezone.now())
    assert made.startswith(b"%PDF")
    assert 2 <= papers.pages_of(made) <= papers.MOST_PAGES


def test_it_asks_nobody_about_a_paper_that_is_too_long(press) -> None:
    issue = begun(press)
    for number in range(12):
        article(press, issue, f"Article {number}", "Lawyers drove out to the villages and listened. " * 160)
    issue.refresh_from_db()
    answer = at(press.zarina).post(
        f"/desk/bulletins/{issue.code}/step/", {"do": "ask", "seen": issue.version}, follow=True
    )
    assert "more than 12 pages" in answer.content.decode()
    issue.refresh_from_db()
    assert issue.state == "draft"


def test_it_reads_an_issue_by_as_many_queries_however_many_sections(press, django_assert_max_num_queries: Any) -> None:
    issue = begun(press)
    for number in range(12):
        article(press, issue, f"Article {number}", picture=picture(press) if number < 2 else None)
    with_story(press, issue)
    out(press, issue)
    with django_assert_max_num_queries(9):
        web(issue)


def test_it_shows_no_issue_to_another_organisation(press) -> None:
    issue = begun(press)
    with pytest.raises(policy.Refused):
        actions.ask_for_release(actor=press.aygun, issue=issue, seen=issue.version)


def test_it_keeps_what_was_typed_where_numbers_and_names_differ(press) -> None:
    issue = begun(press)
    typed = {"kind": "article", "titles_en": "Zwqxtitle", "numbers": "450+\n6", "look": "bars", "source": "x"}
    answer = at(press.zarina).post(f"/desk/bulletins/{issue.code}/write/", typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert ("450+\n6" in page, "Zwqxtitle" in page) == (True, True)
    assert not Section.objects.exists()


def test_it_erases_a_reader_that_somebody_names(press) -> None:
    reader(press)
    actions.drop_address(actor=press.zarina, organisation=press.house, address=ADDRESS.upper())
    assert not Reader.objects.exists()
