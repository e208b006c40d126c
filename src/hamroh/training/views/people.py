"""Pages of people in a round: the list, one of them, who was there, tests, who signed up."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.training import actions, selectors
from hamroh.training.forms import people as forms
from hamroh.training.models import Here, Round
from hamroh.training.showing import gain_words, today_or
from hamroh.training.states import SignUpLife
from hamroh.training.views.frame import PAGE, asked, at, at_desk, done, may, require_form, written

PARTS = (1, 2)


@at_desk
@require_safe
def people(request: HttpRequest, code: str) -> HttpResponseBase:
    """Everybody in a round."""
    row, decision = selectors.round_of(actor=request.user, code=code, verb="learner.read")
    shares = selectors.shares(round=row)
    lines = [
        {"each": each, "share": shares.get(each.row.pk)} for each in selectors.roster(round=row, decision=decision)
    ]
    context = {"round": row, "lines": lines, "may": may(request, row, "learner.write"), "back": at("round", row)}
    return render(request, f"{PAGE}people.html", context)


@at_desk
@require_form
def new(request: HttpRequest, code: str) -> HttpResponseBase:
    """Somebody takes part; the page comes again for the next one."""
    row, _decision = selectors.round_of(actor=request.user, code=code, verb="learner.write")
    form = forms.PersonForm(request.POST or None)

    def act() -> str:
        actions.enrol(actor=request.user, round=row, told=form.told)
        return at("new-person", row) if "more" in request.POST else at("people", row)

    context = {
        "title": _("Somebody who takes part"),
        "back": at("people", row),
        "round": row,
        "template": "person_form.html",
    }
    return asked(request, form, act, said=_("Written down."), **context)


@at_desk
@require_form
def many(request: HttpRequest, code: str) -> HttpResponseBase:
    """A list from paper; all of it is written down, or none."""
    row, _decision = selectors.round_of(actor=request.user, code=code, verb="learner.write")
    form = forms.ManyForm(request.POST or None)

    def act() -> str:
        actions.enrol_many(actor=request.user, round=row, told=form.told)
        return at("people", row)

    return asked(request, form, act, title=_("A list of people"), back=at("people", row), round=row)


@at_desk
@require_safe
def person(request: HttpRequest, code: str, enrolment: UUID) -> HttpResponseBase:
    """One who takes part, and whether she is somebody of another round."""
    row, decision = selectors.round_of(actor=request.user, code=code, verb="learner.read")
    found, opened = selectors.person_of(round=row, pk=enrolment, decision=decision)
    context = {
        "round": row, "row": found, "opened": opened, "elsewhere": selectors.elsewhere(actor=request.user, row=found),
        "share": selectors.shares(round=row).get(found.pk), "may": may(request, row, "learner.write"), "back": at("people", row),
    }  # fmt: skip
    return render(request, f"{PAGE}person.html", context)


@at_desk
@require_form
def change(request: HttpRequest, code: str, enrolment: UUID) -> HttpResponseBase:
    """What is known of somebody now."""
    row, decision = selectors.round_of(actor=request.user, code=code, verb="learner.write")
    found, opened = selectors.person_of(round=row, pk=enrolment, decision=decision)
    plain = {name: getattr(found, name) for name in ("sex", "age", "agency", "country", "role")}
    form = forms.PersonForm(request.POST or None, initial=opened | plain)

    def act() -> str:
        actions.change_person(actor=request.user, round=row, enrolment=found, told=form.told)
        return at("person", row, enrolment=found.pk)

    return asked(
        request, form, act, title=_("Change what is known"), back=at("person", row, enrolment=found.pk), round=row
    )


@at_desk
@require_form
def leave(request: HttpRequest, code: str, enrolment: UUID) -> HttpResponseBase:
    """She does not come any more."""
    row, decision = selectors.round_of(actor=request.user, code=code, verb="learner.write")
    found, _opened = selectors.person_of(round=row, pk=enrolment, decision=decision)
    form = forms.Leave(request.POST or None, initial={"on_date": found.left_date or timezone.localdate()})

    def act() -> str:
        actions.leave_round(actor=request.user, round=row, enrolment=found, on_date=form.cleaned_data["on_date"])
        return at("person", row, enrolment=found.pk)

    return asked(
        request, form, act, title=_("She does not come any more"), back=at("person", row, enrolment=found.pk), round=row
    )


@at_desk
@require_POST
def press(request: HttpRequest, code: str, enrolment: UUID) -> HttpResponseBase:
    """One of the buttons of a person's page: forget her name, say that she is somebody, or is not."""
    row, decision = selectors.round_of(actor=request.user, code=code, verb="learner.write")
    found, _opened = selectors.person_of(round=row, pk=enrolment, decision=decision)
    return done(request, lambda: _pressed(request, row, found), at("person", row, enrolment=found.pk))


def _pressed(request: HttpRequest, row: Any, found: Any) -> None:
    what = request.POST.get("do", "")
    if what == "forget":
        actions.forget_name(actor=request.user, round=row, enrolment=found)
    elif what == "apart":
        actions.say_apart(actor=request.user, enrolment=found)
    elif what == "trains":
        actions.bring_trainer(actor=request.user, round=_where(request), learned=found)
    elif what == "same":
        others = selectors.elsewhere(actor=request.user, row=found)
        other = next((each["row"] for each in others if str(each["row"].pk) == request.POST.get("other")), None)
        if other is None:
            raise actions.NotNow(_("Choose one of these."))
        actions.say_same(actor=request.user, one=found, other=other)
    else:
        raise actions.NotNow(_("Choose one of these."))


def _where(request: HttpRequest) -> Round:
    """The later round of a typed code in which she may write; NotNow where there is none."""
    rows = policy.visible(
        request.user, "learner.write", Round.objects.filter(code=request.POST.get("code", "").strip().lower())
    )
    row: Round | None = rows.first()
    if row is None:
        raise actions.NotNow(_("There is no round of this code that you may see."))
    return row


# -- attendance --------------------------------------------------------------------------------------------------------


@at_desk
@require_safe
def attendance(request: HttpRequest, code: str) -> HttpResponseBase:
    """Every half-day that was written down, and the next one to write."""
    row, _decision = selectors.round_of(actor=request.user, code=code, verb="learner.read")
    context = {
        "round": row, "lines": selectors.sessions(round=row), "today": timezone.localdate(), "parts": PARTS, "may": may(request, row, "learner.write"),
        "back": at("round", row),
    }  # fmt: skip
    return render(request, f"{PAGE}attendance.html", context)


@at_desk
@require_form
def take(request: HttpRequest, code: str) -> HttpResponseBase:
    """Who is here: one page with big targets, all present by one press, then the exceptions. It needs no script."""
    row, decision = selectors.round_of(actor=request.user, code=code, verb="learner.write")
    asked_of = request.POST if request.method == "POST" else request.GET
    day = min(today_or(asked_of.get("day", ""), timezone.localdate()), timezone.localdate())
    part = 2 if asked_of.get("part") == "2" else 1
    session = selectors.session_on(round=row, on_date=day, part=part)
    if request.method == "POST":
        if address := written(request, None, lambda: _taken(request, row, day, part)):
            return redirect(address)
        marks = _marks(request.POST)
    else:
        marks = session.marks if session else {}
    people = [
        each
        for each in selectors.roster(round=row, decision=decision)
        if not each.row.left_date or each.row.left_date > day
    ]
    every = Here.HERE if "all" in request.GET else ""
    lines = [{"each": each, "mark": every or marks.get(str(each.row.pk), "")} for each in people]
    context = {
        "round": row, "lines": lines, "day": day, "part": part, "session": session, "marks": Here.choices, "back": at("attendance", row),
        "seen": request.POST.get("seen", session.version if session else 0), "heads": session.heads if session else None,
        "mends": list(selectors.mends(session=session)[:10]) if session else [], "title": _("Who is here?"),
    }  # fmt: skip
    return render(request, f"{PAGE}take.html", context)


def _marks(posted: QueryDict) -> dict[str, str]:
    return {key.removeprefix("p-"): str(value) for key, value in posted.items() if key.startswith("p-")}


def _taken(request: HttpRequest, row: Any, day: dt.date, part: int) -> str:
    """Write down what the page says; NotNow where nobody was marked."""
    heads = request.POST.get("heads", "").strip()
    seen = request.POST.get("seen", "0")
    marks = {pk: mark for key, mark in _marks(request.POST).items() if (pk := _uuid(key)) is not None}
    if not marks and not heads:
        raise actions.NotNow(_("Nobody is marked yet."))
    if heads and not (heads.isascii() and heads.isdecimal() and int(heads) <= 10_000):
        raise actions.NotNow(_("Write a number of people."))
    actions.take_attendance(
        actor=request.user, round=row, on_date=day, part=part, marks=marks, heads=int(heads) if heads else None,
        seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else -1,
    )  # fmt: skip
    return at("attendance", row)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


# -- tests and sign-ups ------------------------------------------------------------------------------------------------


@at_desk
@require_form
def tests(request: HttpRequest, code: str) -> HttpResponseBase:
    """Points before and after, and what they show."""
    row, decision = selectors.round_of(actor=request.user, code=code, verb="learner.write")
    people = selectors.roster(round=row, decision=decision)
    counted = {f"counted_{when}": forms.shown_counted(row.scores.get(when)) for when in ("before", "after")}
    form = forms.ScoresForm(request.POST or None, people=people, initial={"most": row.most_points, **counted})

    def act() -> str:
        actions.enter_scores(
            actor=request.user, round=row, most=form.cleaned_data["most"], scores=form.scores, counted=form.counted
        )
        return at("tests", row)

    said = gain_words(selectors.round_gain(round=row))
    context = {
        "title": _("Tests before and after"),
        "back": at("round", row),
        "round": row,
        "gain": said,
        "template": "tests.html",
    }
    return asked(request, form, act, said=_("Written down."), **context)


@at_desk
@require_safe
def sign_ups(request: HttpRequest, code: str) -> HttpResponseBase:
    """Who wants to take part."""
    row, decision = selectors.round_of(actor=request.user, code=code, verb="learner.read")
    lines = [
        {**each, "moves": _answers(each["row"].state)} for each in selectors.sign_ups(round=row, decision=decision)
    ]
    context = {
        "round": row,
        "lines": lines,
        "full": selectors.is_full(row),
        "may": may(request, row, "learner.write"),
        "back": at("round", row),
    }
    return render(request, f"{PAGE}sign_ups.html", context)


def _answers(state: str) -> list[tuple[str, Any]]:
    words = {"confirmed": _("Confirm"), "listed": _("On the waiting list"), "declined": _("Decline")}
    return [(name, words[name]) for name in SignUpLife.moves(state)]


@at_desk
@require_POST
def answer(request: HttpRequest, code: str, sign_up: UUID) -> HttpResponseBase:
    """Confirm, put on the list, or decline."""
    row, _decision = selectors.round_of(actor=request.user, code=code, verb="learner.write")
    found = selectors.sign_up_of(round=row, pk=sign_up)
    after, before = request.POST.get("after", ""), request.POST.get("before", "")

    def act() -> None:
        if after not in SignUpLife.states:
            raise actions.NotNow(_("Choose one of these."))
        actions.answer_sign_up(actor=request.user, round=row, sign_up=found, after=after, before=before)

    return done(request, act, at("sign-ups", row))
