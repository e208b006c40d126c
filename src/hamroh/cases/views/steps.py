"""A long form as one question at a time: what was answered travels in the page, and is written at the end, without any script."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from hamroh.cases.forms.facts import Fact, Page
from hamroh.cases.views.matters import ask
from hamroh.web import dates

#: fields of a page: the question that was asked, and where its reader wants to go instead of on
AT, TO, BACK = "at", "to", "back"


def stepped(request: HttpRequest, form: Fact, act: Callable[[], Any], to: Any, **said: Any) -> HttpResponseBase:
    """The next question; after the last one it is written, and then ``to``. A form without questions is asked as a whole.

    An answer that is wrong is asked again before anything after it. What names no question was sent whole.
    """
    pages = form.pages
    if not pages:
        return ask(request, form, act, to, **said)
    if request.method != "POST":
        return _asked(request, form, 0, **said)
    last = len(pages) - 1
    at = next((number for number, page in enumerate(pages) if page[0] == request.POST.get(AT, "")), None)
    if at is not None and (wanted := request.POST.get(TO)):
        return _asked(request, form, _wanted(pages, at, wanted), keep=0, **said)
    until = last if at is None else at
    wrong = next(
        (number for number, page in enumerate(pages[: until + 1]) if any(name in form.errors for name in page)), None
    )
    if wrong is not None:
        return _asked(request, form, wrong, keep=until + 1, **said)
    if until < last:
        return _asked(request, form, until + 1, keep=0, **said)
    return ask(request, form, act, to, **said, **page_of(form, last, request.LANGUAGE_CODE))


def _wanted(pages: list[Page], at: int, wanted: str) -> int:
    if wanted == BACK:
        return max(at - 1, 0)
    return next((number for number, page in enumerate(pages) if page[0] == wanted), at)


def _asked(request: HttpRequest, form: Fact, number: int, *, keep: int = 0, **said: Any) -> HttpResponseBase:
    """One question, with the faults of the first ``keep`` questions: nobody is told of what she was not asked yet."""
    known = {name for page in form.pages[:keep] for name in page}
    for name in set(form.errors) - known:
        del form.errors[name]
    context = {"form": form, **said, **page_of(form, number, request.LANGUAGE_CODE)}
    return render(request, said["template"], context, status=422 if form.errors else 200)


def page_of(form: Fact, number: int, lang: str) -> dict[str, Any]:
    """What the template shows of one question: its fields, those that travel, and on the last page what was answered."""
    pages = form.pages
    page, is_last = pages[number], number == len(pages) - 1
    before = [(each[0], form[name]) for each in pages[:number] for name in each] if is_last else []
    return {
        "page": [form[name] for name in page], "carried": [form[name] for name in form.fields if name not in page],
        "at": page[0], "number": number + 1, "total": len(pages), "is_last": is_last,
        "answered": [(key, bound.label, words) for key, bound in before if (words := _said(bound, lang))],
    }  # fmt: skip


def _said(bound: forms.BoundField, lang: str) -> str:
    """An answer as it is read: the words of a choice, a day in words, what was typed."""
    value = bound.value()
    if isinstance(bound.field, forms.ChoiceField):
        words = {str(key): str(word) for key, word in bound.field.widget.choices}
        return ", ".join(words.get(str(each), "") for each in (value if isinstance(value, list) else [value or ""]))
    if isinstance(bound.field, forms.DateField) and value:
        return str(dates.partial(str(value), lang))
    return str(value or "")
