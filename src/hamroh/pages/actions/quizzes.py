"""Answers to a quiz are added up, and nothing else is kept of them."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from hamroh.pages.models import QuizTotal


@transaction.atomic
def count_answers(*, quiz: str, answers: Mapping[str, str]) -> None:
    """Add one to each answer that was chosen."""
    for question, answer in sorted(answers.items()):
        QuizTotal.objects.get_or_create(quiz=quiz, question=question, answer=answer)
        QuizTotal.objects.filter(quiz=quiz, question=question, answer=answer).update(times=F("times") + 1)
