"""Pages of meetings: the list, one meeting with all that is written in it, and its forms, one question group at a time."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.groups import meetingshown as shown
from hamroh.groups.actions import meetings as actions
from hamroh.groups.actions import savings as ledger
from hamroh.groups.forms import meetings as forms
from hamroh.groups.models import Group
from hamroh.groups.selectors import books
from hamroh.groups.views.frame import asked, at_desk, done, require_form, today
from hamroh.groups.wording import minor_of

FOLDER = "meetings/"


def to(name: str, group: Group, **more: Any) -> str:
    return reverse(f"meetings:{name}", kwargs={"code": group.code, **more})


def may_write(request: HttpRequest, group: Group) -> bool:
    return bool(policy.allowed(request.user, "savings.write", group)) and group.state != "closed"


def form_page(
    request: HttpRequest, group: Group, form: Any, act: Callable[[], str], *, title: str, back: str, template: str = "form.html", **more: Any
) -> HttpResponseBase:  # fmt: skip
    return asked(request, form, act, template=f"{FOLDER}{template}", title=title, back=back, group=group, **more)


@at_desk
@require_safe
def meetings(request: HttpRequest, code: str) -> HttpResponseBase:
    """The meetings of a group, and what its savings come to."""
    group, decision = books.group_of(actor=request.user, code=code)
    cycle = books.cycle_of(group)
    now = today()
    context = {
        "group": group, "cycle": cycle, "rows": list(books.meetings_of(group)[:60]), "may_write": may_write(request, group),
        "may_carry": bool(policy.allowed(request.user, "savings.carry", group)),
        "totals": shown.totals(books.book_now(group, decision), cycle), "terms": shown.terms(cycle),
        "waiting": list(books.parcels_of(group).filter(state="waiting")), "year": now.year, "quarter": (now.month + 2) // 3,
        "members": books.members_on(group, decision, now),
    }  # fmt: skip
    return render(request, f"groups/{FOLDER}list.html", context)


@at_desk
@require_form
def new_cycle(request: HttpRequest, code: str) -> HttpResponseBase:
    """A cycle of savings on terms that the group agreed."""
    group, _decision = books.group_of(actor=request.user, code=code, verb="savings.write")
    form = forms.CycleForm(request.POST or None, initial={"starts_date": today(), "currency": "TJS"})

    def act() -> str:
        typed = form.cleaned_data
        ledger.open_cycle(
            actor=request.user, group=group, terms=form.terms(), currency=typed["currency"], starts_date=typed["starts_date"]
        )  # fmt: skip
        return to("list", group)

    return form_page(request, group, form, act, title=_("A new cycle of savings"), back=to("list", group))


@at_desk
@require_form
def new(request: HttpRequest, code: str) -> HttpResponseBase:
    """The next meeting."""
    group, _decision = books.group_of(actor=request.user, code=code, verb="savings.write")
    form = forms.MeetingForm(request.POST or None, initial={"held_date": today()})

    def act() -> str:
        row = actions.open_meeting(actor=request.user, group=group, held_date=form.cleaned_data["held_date"])
        return to("attendance", group, number=row.number)

    return form_page(request, group, form, act, title=_("The next meeting"), back=to("list", group))


@at_desk
@require_safe
def meeting(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """One meeting on a page: who came, what was paid, what was decided, what was counted."""
    group, decision = books.group_of(actor=request.user, code=code)
    row = books.meeting_of(group, number)
    last = books.last_meeting(group)
    context = {
        "group": group, "row": row, "is_last": last is not None and last.pk == row.pk, "may_write": may_write(request, group),
        **shown.meeting(row, decision), "waiting": list(books.parcels_of(group).filter(meeting=row, state="waiting")),
    }  # fmt: skip
    return render(request, f"groups/{FOLDER}meeting.html", context)


def _opened(request: HttpRequest, code: str, number: int) -> tuple[Group, Any, Any]:
    """The group to write in, the meeting, and the decision that opens it."""
    group, _write = books.group_of(actor=request.user, code=code, verb="savings.write")
    return group, books.meeting_of(group, number), policy.require(request.user, "savings.read", group)


@at_desk
@require_form
def attendance(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """Who came."""
    group, row, decision = _opened(request, code, number)
    kept = books.document(row, "attendance", decision)
    form = forms.AttendanceForm(
        request.POST or None, members=books.members_on(group, decision, row.held_date), kept=kept
    )

    def act() -> str:
        actions.note_attendance(actor=request.user, group=group, number=number, attendance=form.attendance())
        return to("meeting", group, number=number)

    return form_page(
        request, group, form, act, title=_("Who came?"), back=to("meeting", group, number=number), template="attendance.html"
    )  # fmt: skip


@at_desk
@require_form
def money(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """Shares, the social fund and what is paid back, for every member at once."""
    group, row, decision = _opened(request, code, number)
    if row.cycle is None:
        raise policy.Refused("no savings in this meeting")
    members, book = books.members_on(group, decision, row.held_date), books.book_of(row, decision)
    owing = {each.number for each in members if book.debt(each.number)}
    terms = books.terms_of(row.cycle)
    form = forms.MoneyForm(request.POST or None, members=members, terms=terms, owing=owing)

    def act() -> str:
        ledger.enter(actor=request.user, group=group, number=number, lines=form.lines())
        return to("meeting", group, number=number)

    return form_page(
        request, group, form, act, title=_("Savings of this meeting"), back=to("meeting", group, number=number), template="money.html",
        terms=shown.terms(row.cycle),
    )  # fmt: skip


@at_desk
@require_form
def loan(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """A loan out of the bag of savings."""
    group, row, decision = _opened(request, code, number)
    if row.cycle is None:
        raise policy.Refused("no savings in this meeting")
    form = forms.LoanForm(request.POST or None, members=books.members_on(group, decision, row.held_date))
    terms = books.terms_of(row.cycle)

    def act() -> str:
        typed = form.cleaned_data
        lines = ledger.lent(terms, int(typed["member"]), minor_of(typed["amount"]), typed["months"], row.held_date)
        ledger.enter(actor=request.user, group=group, number=number, lines=lines)
        return to("meeting", group, number=number)

    return form_page(
        request, group, form, act, title=pgettext("ledger", "Loan"), back=to("meeting", group, number=number)
    )


@at_desk
@require_form
def line(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """One other line: a fine, money that came in or was spent, savings taken back."""
    group, row, decision = _opened(request, code, number)
    form = forms.LineForm(request.POST or None, members=books.members_on(group, decision, row.held_date))

    def act() -> str:
        ledger.enter(actor=request.user, group=group, number=number, lines=[form.line()])
        return to("meeting", group, number=number)

    return form_page(request, group, form, act, title=_("Another line"), back=to("meeting", group, number=number))


@at_desk
@require_POST
def correct(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """Undo a line by a counter line."""
    group, _row, _decision = _opened(request, code, number)
    undone = request.POST.get("line", "")[:40]

    def act() -> Any:
        return ledger.correct(actor=request.user, group=group, number=number, line=undone)

    return done(
        request, act, to("meeting", group, number=number), _("Undone by a counter line. Both stay in the book.")
    )


@at_desk
@require_POST
def bring_over(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """Begin with what the last share-out kept."""
    group, _row, _decision = _opened(request, code, number)

    def act() -> Any:
        return ledger.bring_over(actor=request.user, group=group, number=number)

    return done(request, act, to("meeting", group, number=number), _("Written down."))


@at_desk
@require_form
def decide(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """A decision, with its votes where they were counted."""
    group, row, decision = _opened(request, code, number)
    form = forms.DecisionForm(request.POST or None, members=books.members_on(group, decision, row.held_date))

    def act() -> str:
        actions.note_minutes(actor=request.user, group=group, number=number, decision=form.told())
        return to("meeting", group, number=number)

    return form_page(request, group, form, act, title=_("A decision"), back=to("meeting", group, number=number))


@at_desk
@require_form
def agenda(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """What is to be talked about."""
    group, row, decision = _opened(request, code, number)
    kept = books.document(row, "minutes", decision) or {}
    form = forms.AgendaForm(request.POST or None, initial={"agenda": "\n".join(kept.get("agenda", []))})

    def act() -> str:
        actions.note_minutes(actor=request.user, group=group, number=number, agenda=form.lines())
        return to("meeting", group, number=number)

    return form_page(request, group, form, act, title=_("Agenda"), back=to("meeting", group, number=number))


@at_desk
@require_form
def close(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """Count both bags and close the meeting."""
    group, row, decision = _opened(request, code, number)
    form = forms.CloseForm(request.POST or None, has_money=row.cycle is not None)
    if request.method == "POST" and not form.fields:
        form.is_bound = True

    def act() -> str:
        why = form.cleaned_data.get("why", "")
        actions.close_meeting(actor=request.user, group=group, number=number, counted=form.counted(), why=why)
        return to("meeting", group, number=number)

    book = books.book_of(row, decision) if row.cycle else None
    return form_page(
        request, group, form, act, title=_("Close the meeting"), back=to("meeting", group, number=number), template="close.html",
        totals=shown.bags(book, row.cycle),
    )  # fmt: skip


@at_desk
@require_form
def reopen(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """Open the last meeting again, with a reason."""
    group, _row, _decision = _opened(request, code, number)
    form = forms.WhyForm(request.POST or None)

    def act() -> str:
        actions.reopen_meeting(actor=request.user, group=group, number=number, why=form.cleaned_data["why"])
        return to("meeting", group, number=number)

    return form_page(request, group, form, act, title=_("Open it again"), back=to("meeting", group, number=number))
