"""Quizzes work one question at a time without script, and keep no more than how often an answer was chosen."""

from typing import Any

import pytest
from django.test import Client

from hamroh.pages.models import QuizTotal
from hamroh.pages.quizzes import quizzes
from hamroh.pages.selectors import quiz_totals
from hamroh.web.texts import LANGUAGES

ADDRESS = "/tg/rights/quiz/gender-equality-az/"


def right() -> dict[str, str]:
    return {each.key: each.right for each in quizzes()["gender-equality-az"].questions}


@pytest.mark.parametrize("key", sorted(quizzes()))
def test_it_says_everything_in_four_languages(key: str) -> None:
    quiz = quizzes()[key]
    texts: list[Any] = [quiz.titles, quiz.about]
    for each in quiz.questions:
        texts += [each.texts, each.why, each.law, *(answer.texts for answer in each.answers)]
        assert each.right in {answer.key for answer in each.answers}
    assert [sorted(each) for each in texts if sorted(each) != sorted(LANGUAGES)] == []


@pytest.mark.django_db
def test_it_asks_the_next_question(client: Client) -> None:
    shown = client.post(ADDRESS, {"q1": "a", "asked": "q1"}).content.decode()
    assert ('name="q1" value="a"' in shown, 'name="q2"' in shown) == (True, True)


@pytest.mark.django_db
def test_it_adds_answers_up_and_sets_no_cookie(client: Client) -> None:
    answer = client.post(ADDRESS, right())
    assert (
        QuizTotal.objects.count(),
        set(QuizTotal.objects.values_list("times", flat=True)),
        dict(answer.cookies),
    ) == (5, {1}, {})


@pytest.mark.django_db
def test_it_shows_nothing_of_few_answers(client: Client) -> None:
    for _each in range(19):
        client.post(ADDRESS, right())
    few = quiz_totals("gender-equality-az")
    client.post(ADDRESS, right())
    assert (few, quiz_totals("gender-equality-az")["q1"]) == ({}, {"a": 100})


@pytest.mark.django_db
def test_it_counts_nothing_that_is_no_answer(client: Client) -> None:
    client.post(ADDRESS, right() | {"q3": "<b>"})
    assert QuizTotal.objects.count() == 0
