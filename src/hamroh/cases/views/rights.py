"""The pages for everybody about rights: what one can do, and what alimony would be. Nothing is kept and nothing is written down."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from hamroh.cases import lawbook
from hamroh.cases.forms.rights import MONEY, OwedForm
from hamroh.cases.selectors import rights
from hamroh.directory.finder_codes import Choice
from hamroh.directory.selectors import finder
from hamroh.kernel import owed
from hamroh.kernel.law import Book
from hamroh.kernel.rights import Guide, Matter
from hamroh.web import dates
from hamroh.web.decorators import sensitive, wordless
from hamroh.web.views import plain_page

neutral = sensitive(title=gettext_lazy("Places and opening hours"))
"""The title of the help finder: neither history nor the list of tabs tells one from the other."""
ALIMONY = 1
_FIRST_CHILDREN = 3  # whose fields stand open
_YES = "yes"  # shows a part of the answer that has no gap of its own
_LONGEST = 16 * 1024  # bytes of a form that was typed by hand


@require_safe
@neutral
def start(request: HttpRequest) -> HttpResponse:
    """What happened, in plain sentences; before it, in which country."""
    return _start(request)


def _start(request: HttpRequest, status: int = 200) -> HttpResponse:
    return _page(request, "start", _place(request), status=status, matters=rights.all_matters())


@require_safe
@neutral
def matter(request: HttpRequest, number: int) -> HttpResponse:
    """What the law of her country gives her in a matter, what to do and who helps."""
    found = rights.matter_of(number, timezone.localdate())
    if found is None:
        return _start(request, status=404)
    return _matter(request, found, _place(request))


@csrf_exempt  # it writes nothing, and a cookie against forgery would be a trace
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@wordless
@neutral
def alimony(request: HttpRequest) -> HttpResponse:
    """The same for alimony, with what she would get; a script answers on the page, and this where there is none."""
    if _is_too_long(request):
        return plain_page(413)
    found, place = rights.matter_of(ALIMONY, timezone.localdate()), _place(request)
    assert found is not None
    if not place.state:
        return _matter(request, found, place)
    return _asked(request, found, place)


def _is_too_long(request: HttpRequest) -> bool:
    """Whether more was sent than anybody types here; asked before anything reads it."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > _LONGEST:
        return True
    try:
        return len(request.POST) > len(OwedForm.base_fields) + owed.MOST_CHILDREN + 1
    except SuspiciousOperation:
        return True


def _asked(request: HttpRequest, found: Matter, place: rights.Place) -> HttpResponse:
    on, lang = timezone.localdate(), get_language() or "en"
    guide = rights.guide_of(found, place.state, on)
    law = lawbook.book(on)
    terms = _terms(guide, place.state, on, law)
    if terms is None:
        return _matter(request, found, place)
    form = OwedForm(request.POST if request.method == "POST" else None, state=place.state)
    answer = owed.owed(told := form.told(), terms, law, on) if form.is_valid() else None
    slots = said(told, answer, lang) if answer else {}
    again = request.path + place.query if form.errors else ""
    facts = {
        "form": form,
        "more": any(field.value() for field in form.births[_FIRST_CHILDREN:]),
        "slots": slots,
        "children": [_gaps(slots, f"born{number}", f"end{number}") for number in range(1, owed.MOST_CHILDREN + 1)],
        "script": _for_script(terms, on, lang),
        "again": again,
    }
    return _matter(request, found, place, status=422 if again else 200, **facts)


def _gaps(slots: dict[str, str], *names: str) -> list[dict[str, str]]:
    return [{"name": name, "said": slots.get(name, "")} for name in names]


def _terms(guide: Guide, state: str, on: dt.date, law: Book) -> owed.Terms | None:
    age = (
        next((rule.parameters["until_age"] for rule in guide.owed["until"].rules), None)
        if "until" in guide.owed
        else None
    )
    return owed.terms(law, state, age if isinstance(age, int) else None, on) if "share" in guide.owed else None


def said(told: owed.Told, answer: owed.Owed, lang: str) -> dict[str, str]:
    """The answer as the words that the page's gaps take; what is not known has no word. The page's script says the same."""

    def money(amount: Decimal | None) -> str:
        return "" if amount is None else dates.number(amount, lang, 2)

    found = {
        "share": str(answer.share),
        "count": str(len(told.births)),
        "money": str(dict(MONEY)[told.currency]),
        "income": money(told.income),
        "monthly": money(answer.monthly),
        "unknown": "" if told.income else _YES,
        "foreign": _YES if told.income and told.currency != owed.CURRENCIES[told.state] else "",
    }
    for number, (born, end) in enumerate(zip(told.births, answer.ends, strict=False), 1):
        found |= {f"born{number}": dates.month(born, lang), f"end{number}": dates.month(end, lang)}
    if past := answer.past:
        found |= {
            "first": dates.month(past.first, lang),
            "last": dates.month(past.last, lang),
            "months": str(past.count),
        }
        found |= {
            "due": money(past.due),
            "paid": money(told.paid),
            "left": money(past.left),
            "cut": _YES if past.cut else "",
        }
    return found


def _for_script(terms: owed.Terms, on: dt.date, lang: str) -> dict[str, Any]:
    """What the law gives and how the language writes, for the script that reckons on the page; months are counted from year nought."""
    sample = dates.number(Decimal(1000), lang, 1)
    return {
        "shares": " ".join(map(str, terms.shares)),
        "age": terms.until_age or "",
        "now": _ordinal(on),
        "back": _ordinal(terms.back_to) if terms.back_to else "",
        "group": sample[1],
        "point": sample[-2],
        "months": "|".join(dates.month(dt.date(2000, month, 1), lang).removesuffix(" 2000") for month in range(1, 13)),
    }


def _ordinal(month: dt.date) -> int:
    return month.year * 12 + month.month - 1


def _place(request: HttpRequest) -> rights.Place:
    code = Choice.from_codes({"b": request.GET.get("b", "")}).place
    return rights.place_of(code, actor=request.user, now=timezone.now())


def _matter(
    request: HttpRequest, found: Matter, place: rights.Place, *, status: int = 200, **facts: Any
) -> HttpResponse:
    now, lang = timezone.now(), get_language() or "en"
    on = timezone.localdate(now)
    if place.state:
        facts["told"] = rights.told(rights.guide_of(found, place.state, on), lang, on)
        facts["help"] = rights.help_for(found, place, actor=request.user, now=now)
        facts |= {"query": facts["help"].query, "live": True}  # for the cards: what links carry, hours as of now
    return _page(request, "matter", place, status=status, matter=found, on=on, **facts)


def _page(request: HttpRequest, name: str, place: rights.Place, *, status: int = 200, **facts: Any) -> HttpResponse:
    lang = get_language() or "en"
    context = {
        "place": place,
        "states": rights.states(lang),
        "routes": finder.danger_routes(place.near, actor=request.user, lang=lang),
        "back": reverse("rights:start") + place.query,
        **facts,
    }
    return render(request, f"cases/rights/{name}.html", context, status=status)
