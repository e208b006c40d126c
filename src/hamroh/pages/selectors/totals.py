"""What was answered in quizzes, as shares; where few have answered, nothing."""

from django.db.models import Sum

from hamroh.pages.models import QuizTotal

#: fewer answers than this say too much of single people
FEWEST = 20


def quiz_totals(quiz: str) -> dict[str, dict[str, int]]:
    """Of each question the share of each answer, in whole tenths of the hundred; without questions that few have answered."""
    sums = dict(QuizTotal.objects.filter(quiz=quiz).values_list("question").annotate(all=Sum("times")))
    found: dict[str, dict[str, int]] = {}
    for row in QuizTotal.objects.filter(quiz=quiz):
        if sums[row.question] >= FEWEST:
            found.setdefault(row.question, {})[row.answer] = round(10 * row.times / sums[row.question]) * 10
    return found
