"""Quizzes: one question a page, the answers so far in the form; at the end what was right, why, and what to read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hamroh.pages import actions, quizzes, selectors
from hamroh.web.decorators import exit_button


@csrf_exempt  # nothing is done in anybody's name, and a cookie would be a trace
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@exit_button
def quiz(request: HttpRequest, key: str) -> HttpResponse:
    """The next question, or the result once the last was answered."""
    found = quizzes.quizzes().get(key)
    if found is None:
        raise Http404
    answers = found.answered(request.POST)
    question = found.next_after(answers)
    if question is None:
        return _result(request, found, answers)
    context = {
        "quiz": found, "question": question, "answers": answers, "number": len(answers) + 1, "of": len(found.questions),
        "missing": request.method == "POST" and request.POST.get("asked") == question.key,
    }  # fmt: skip
    return render(request, "pages/public/question.html", context)


def _result(request: HttpRequest, found: quizzes.Quiz, answers: dict[str, str]) -> HttpResponse:
    actions.count_answers(quiz=found.key, answers=answers)
    totals = selectors.quiz_totals(found.key)
    lines = [
        {"question": each, "chosen": each.text_of(answers[each.key]), "right": each.text_of(each.right),
         "is_right": answers[each.key] == each.right, "others": totals.get(each.key, {}).get(each.right)}
        for each in found.questions
    ]  # fmt: skip
    context = {"quiz": found, "lines": lines, "right": found.right_in(answers), "of": len(lines)}
    return render(request, "pages/public/result.html", context)
