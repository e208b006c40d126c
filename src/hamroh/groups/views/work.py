"""Pages of what a group agreed, asked for, gave and applied for."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.groups import actions, selectors, showing
from hamroh.groups.forms import work as forms
from hamroh.groups.models import CommunityHelp, Group, Memorandum
from hamroh.groups.states import FundingLife, HelpLife, MemorandumLife
from hamroh.groups.views.frame import (
    PAGE,
    PAGE_LINES,
    asked,
    at,
    at_desk,
    decided,
    done,
    offered,
    require_form,
    rights,
    split,
    today,
)
from hamroh.vault import attachments


def _group(request: HttpRequest, code: str, verb: str = "group.see") -> Group:
    return selectors.group_of(actor=request.user, code=code, verb=verb)[0]


# -- memoranda -------------------------------------------------------------------------------------------------------


@at_desk
@require_safe
def memoranda(request: HttpRequest, code: str) -> HttpResponseBase:
    """What the group agreed with others, and what holds today."""
    row = _group(request, code)
    lines = showing.memoranda(selectors.memoranda(group=row), today())
    return render(request, f"{PAGE}memoranda.html", {"group": row, "lines": lines, "may": rights(request, row)})


def _agreed(told: dict[str, Any]) -> actions.Agreed:
    party, name = split(told["partner"])
    return actions.Agreed(
        partner_kind=told["partner_kind"], party=party, partner_name=name, signed=told["signed"], no_date=told["no_date"],
        from_date=told["from_date"], until_date=told["until_date"], review_date=told["review_date"], source=told["source"],
    )  # fmt: skip


@at_desk
@require_form
def new_memorandum(request: HttpRequest, code: str, renews: UUID | None = None) -> HttpResponseBase:
    """A memorandum is entered, one that renews another perhaps."""
    row = _group(request, code, "group.edit")
    old = selectors.memorandum_of(group=row, pk=renews) if renews else None
    first = {"partner": old.party or old.partner_name, "partner_kind": old.partner_kind} if old else {}
    form = forms.NewMemorandum(request.POST or None, initial=first)

    def act() -> str:
        told = form.cleaned_data
        made = actions.enter_memorandum(
            actor=request.user, group=row, told=_agreed(told), is_signed=told["stands"] == "signed", renews=old
        )
        return at("memorandum", row, memorandum=made.pk)

    title = _("A memorandum that renews the old one") if old else _("A memorandum")
    return asked(request, form, act, title=title, back=at("memoranda", row), group=row, parties=offered(request))


@at_desk
@require_form
def memorandum(request: HttpRequest, code: str, memorandum: UUID) -> HttpResponseBase:
    """One memorandum: whether it holds, what each side owes; something is added to that."""
    row = _group(request, code, "group.edit" if request.method == "POST" else "group.see")
    found = selectors.memorandum_of(group=row, pk=memorandum)
    form = forms.NewObligation(request.POST or None)

    def act() -> str:
        actions.add_obligation(actor=request.user, group=row, memorandum=found, **form.cleaned_data)
        return at("memorandum", row, memorandum=found.pk)

    owed = selectors.obligations(memorandum=found)
    moves = [after for after in MemorandumLife.moves(found.state) if after != "renewed"]
    context = {
        "group": row, "row": found, "line": showing.memorandum(found, today()), "sides": showing.sides(owed, today()),
        "moves": [(after, showing.MEMORANDUM_MOVES[after]) for after in moves], "has_scan": actions.scan_of(found) is not None,
        "may": rights(request, row), "title": _("A memorandum"), "back": at("memoranda", row),
    }  # fmt: skip
    return asked(request, form, act, template="memorandum.html", **context)


@at_desk
@require_form
def change_memorandum(request: HttpRequest, code: str, memorandum: UUID) -> HttpResponseBase:
    """What is known of a memorandum now."""
    row = _group(request, code, "group.edit")
    found = selectors.memorandum_of(group=row, pk=memorandum)
    first = {
        "partner": found.party or found.partner_name, "partner_kind": found.partner_kind, "signed": found.signed_date, "no_date": found.no_date,
        "from_date": found.from_date, "until_date": found.until_date, "review_date": found.review_date, "source": found.source,
    }  # fmt: skip
    form = forms.MemorandumForm(request.POST or None, initial=first)
    back = at("memorandum", row, memorandum=found.pk)

    def act() -> str:
        actions.change_memorandum(actor=request.user, group=row, memorandum=found, told=_agreed(form.cleaned_data))
        return back

    return asked(
        request, form, act, title=_("Change what is known"), back=back, group=row, parties=offered(request)
    )  # fmt: skip


@at_desk
@require_POST
def move_memorandum(request: HttpRequest, code: str, memorandum: UUID) -> HttpResponseBase:
    """It is signed, or ended before its day."""
    row = _group(request, code, "group.edit")
    found = selectors.memorandum_of(group=row, pk=memorandum)
    after, before = request.POST.get("after", ""), request.POST.get("before", "")
    return done(
        request, lambda: actions.move_memorandum(actor=request.user, group=row, memorandum=found, after=after, before=before),
        at("memorandum", row, memorandum=found.pk),
    )  # fmt: skip


@at_desk
@require_POST
def settle(request: HttpRequest, code: str, obligation: UUID) -> HttpResponseBase:
    """What one side owes is done, dropped, or open again."""
    row = _group(request, code, "group.edit")
    found = selectors.obligation_of(group=row, pk=obligation)
    how = request.POST.get("how", "")
    return done(
        request, lambda: actions.settle_obligation(actor=request.user, group=row, obligation=found, how=how),
        at("memorandum", row, memorandum=found.memorandum_id),
    )  # fmt: skip


@at_desk
@require_form
def scan(request: HttpRequest, code: str, memorandum: UUID) -> HttpResponseBase:
    """The paper is taken in."""
    row = _group(request, code, "group.edit")
    found = selectors.memorandum_of(group=row, pk=memorandum)
    form = forms.Scan(request.POST or None, request.FILES or None)
    back = at("memorandum", row, memorandum=found.pk)

    def act() -> str:
        file = form.cleaned_data["file"]
        actions.keep_scan(actor=request.user, group=row, memorandum=found, content=file, name=file.name)
        return back

    return asked(request, form, act, title=_("The paper"), back=back, group=row, template="scan.html")


@at_desk
@require_safe
def scan_file(request: HttpRequest, code: str, memorandum: UUID) -> HttpResponseBase:
    """The paper itself, under a name that says nothing."""
    row, decision = selectors.group_of(actor=request.user, code=code)
    file = actions.scan_of(_with(row, selectors.memorandum_of(group=row, pk=memorandum)))
    if file is None:
        raise policy.Refused("no paper of this memorandum")
    return attachments.attachment(file, decision=decision, purpose="paper of a memorandum")


def _with(group: Group, row: Memorandum) -> Memorandum:
    row.group = group
    return row


# -- help of the community -------------------------------------------------------------------------------------------


@at_desk
@require_safe
def helps(request: HttpRequest, code: str) -> HttpResponseBase:
    """Help that was asked for and given."""
    row = _group(request, code, "group.members")
    page = Paginator(selectors.helps(group=row), PAGE_LINES).get_page(request.GET.get("page"))
    return render(request, f"{PAGE}helps.html", {"group": row, "page": page, "may": rights(request, row)})


@at_desk
@require_form
def new_help(request: HttpRequest, code: str) -> HttpResponseBase:
    """Somebody is asked to help."""
    row = _group(request, code, "group.write")
    form = forms.NewHelp(request.POST or None, initial={"asked_date": today()})

    def act() -> str:
        made = actions.ask_help(actor=request.user, group=row, **form.cleaned_data)
        return at("help", row, help=made.pk)

    return asked(request, form, act, title=_("Help is asked for"), back=at("helps", row), group=row)


@at_desk
@require_form
def help_page(request: HttpRequest, code: str, help: UUID) -> HttpResponseBase:  # noqa: A002 - the name in its address
    """One help: who is asked, what came of it."""
    row, decision = selectors.group_of(
        actor=request.user, code=code, verb="group.write" if request.method == "POST" else "group.members"
    )
    found, reads = selectors.help_of(group=row, pk=help), decided(request, row, "group.members") or decision
    form = forms.Outcome(request.POST or None)

    def act() -> str:
        after, before = request.POST.get("after", ""), request.POST.get("before", "")
        actions.move_help(
            actor=request.user, group=row, help=found, after=after, before=before, outcome=form.cleaned_data["outcome"]
        )
        return at("help", row, help=found.pk)

    context = {
        "group": row, "row": found, **_words(found, reads), "moves": [(after, HelpLife.states[after].label) for after in HelpLife.moves(found.state)],
        "may": rights(request, row), "title": found.get_kind_display(), "back": at("helps", row),
    }  # fmt: skip
    return asked(request, form, act, template="help.html", **context)


def _words(row: CommunityHelp, decision: Any) -> dict[str, Any]:
    return selectors.opened(row, ("words", "outcome"), decision)


# -- to earn with ----------------------------------------------------------------------------------------------------


@at_desk
@require_safe
def supports(request: HttpRequest, code: str) -> HttpResponseBase:
    """What was given to earn with."""
    row = _group(request, code, "group.members")
    page = Paginator(selectors.supports(group=row), PAGE_LINES).get_page(request.GET.get("page"))
    return render(request, f"{PAGE}supports.html", {"group": row, "page": page, "may": rights(request, row)})


@at_desk
@require_form
def new_support(request: HttpRequest, code: str) -> HttpResponseBase:
    """Something is given to earn with."""
    row = _group(request, code, "group.write")
    reads = decided(request, row, "group.members")
    known = (
        [each for each in selectors.members(group=row, decision=reads) if each.row.left_date is None] if reads else []
    )
    whom = [(str(each.row.pk), f"{each.row.number}. {each.alias or '–'}") for each in known]
    form = forms.NewSupport(request.POST or None, whom=whom)

    def act() -> str:
        told, people = form.cleaned_data, {str(each.row.pk): each.row for each in known}
        giver, words = split(told["giver"])
        given = actions.Given(
            kind=told["kind"], terms=told["terms"], member=people.get(told["whom"]), on_date=told["on_date"], giver=giver, giver_words=words,
            value=told["value"], currency=told["currency"], no_value="" if told["value"] is not None else "not_asked", due=told["due"],
            share=told["share"], words=told["words"],
        )  # fmt: skip
        made = actions.give_support(actor=request.user, group=row, told=given)
        return at("support", row, support=made.pk)

    return asked(
        request, form, act, title=_("Something to earn with"), back=at("supports", row), group=row, parties=offered(request)
    )  # fmt: skip


@at_desk
@require_safe
def support(request: HttpRequest, code: str, support: UUID) -> HttpResponseBase:
    """One of them: to whom, what came back, how it goes."""
    row, decision = selectors.group_of(actor=request.user, code=code, verb="group.members")
    found = selectors.support_of(group=row, pk=support)
    shown = showing.earning(selectors.earning(support=found, decision=decision))
    return render(
        request, f"{PAGE}support.html", {"group": row, "row": found, "shown": shown, "may": rights(request, row)}
    )


@at_desk
@require_form
def repay(request: HttpRequest, code: str, support: UUID) -> HttpResponseBase:
    """Something is paid back."""
    row = _group(request, code, "group.write")
    found = selectors.support_of(group=row, pk=support)
    form = forms.NewRepayment(request.POST or None, initial={"on_date": today()})
    back = at("support", row, support=found.pk)

    def act() -> str:
        actions.repay(actor=request.user, group=row, support=found, **form.cleaned_data)
        return back

    return asked(request, form, act, title=_("Something is paid back"), back=back, group=row)


@at_desk
@require_form
def visit(request: HttpRequest, code: str, support: UUID) -> HttpResponseBase:
    """Somebody looked how it goes."""
    row = _group(request, code, "group.write")
    found = selectors.support_of(group=row, pk=support)
    form = forms.NewVisit(request.POST or None, initial={"on_date": today()})
    back = at("support", row, support=found.pk)

    def act() -> str:
        actions.visit(actor=request.user, group=row, support=found, **form.cleaned_data)
        return back

    return asked(request, form, act, title=_("A visit"), back=back, group=row)


@at_desk
@require_POST
def settle_support(request: HttpRequest, code: str, support: UUID) -> HttpResponseBase:
    """Nothing more is owed or looked after."""
    row = _group(request, code, "group.write")
    found = selectors.support_of(group=row, pk=support)
    return done(
        request, lambda: actions.settle_support(actor=request.user, group=row, support=found), at("support", row, support=found.pk)
    )  # fmt: skip


# -- funding ---------------------------------------------------------------------------------------------------------


@at_desk
@require_safe
def applications(request: HttpRequest, code: str) -> HttpResponseBase:
    """Money that the group asks for in its own name."""
    row = _group(request, code)
    context = {"group": row, "rows": selectors.applications(group=row), "may": rights(request, row), "today": today()}
    return render(request, f"{PAGE}applications.html", context)


def _asking(told: dict[str, Any]) -> actions.Asking:
    funder, name = split(told["funder"])
    return actions.Asking(
        title=told["title"], funder=funder, funder_name=name, asked=told["asked"], currency=told["currency"],
        deadline_date=told["deadline_date"], report_date=told["report_date"], words=told.get("words", ""),
    )  # fmt: skip


@at_desk
@require_form
def new_application(request: HttpRequest, code: str) -> HttpResponseBase:
    """The group begins to write an application."""
    row = _group(request, code, "group.edit")
    form = forms.ApplicationForm(request.POST or None, sees_words=rights(request, row)["group_write"])

    def act() -> str:
        made = actions.draft_application(actor=request.user, group=row, told=_asking(form.cleaned_data))
        return at("application", row, application=made.pk)

    return asked(
        request, form, act, title=_("An application"), back=at("applications", row), group=row, parties=offered(request)
    )  # fmt: skip


@at_desk
@require_form
def application(request: HttpRequest, code: str, application: UUID) -> HttpResponseBase:
    """One application: how far it is; it is sent, answered, reported on."""
    row = _group(request, code, "group.edit" if request.method == "POST" else "group.see")
    found = selectors.application_of(group=row, pk=application)
    after = request.POST.get("after", "")
    form = forms.Granted(request.POST or None) if after == "granted" else forms.Granted(None)
    if request.method == "POST" and after != "granted":
        return _moved(request, row, found, after)

    def act() -> str:
        _move(request, row, found, after, **form.cleaned_data)
        return at("application", row, application=found.pk)

    reads = decided(request, row, "group.members")
    context = {
        "group": row, "row": found, "words": selectors.opened(found, ("words",), reads)["words"] if reads else None, "may": rights(request, row),
        "moves": [(each, showing.FUNDING_MOVES[each]) for each in FundingLife.moves(found.state) if each != "granted"],
        "may_be_granted": "granted" in FundingLife.moves(found.state), "today": today(), "title": found.title, "back": at("applications", row),
    }  # fmt: skip
    return asked(request, form, act, template="application.html", **context)


def _move(request: HttpRequest, row: Group, found: Any, after: str, **more: Any) -> None:
    before = request.POST.get("before", "")
    actions.move_application(actor=request.user, group=row, application=found, after=after, before=before, **more)


def _moved(request: HttpRequest, row: Group, found: Any, after: str) -> HttpResponseBase:
    return done(request, lambda: _move(request, row, found, after), at("application", row, application=found.pk))


@at_desk
@require_form
def change_application(request: HttpRequest, code: str, application: UUID) -> HttpResponseBase:
    """What is known of an application now."""
    row = _group(request, code, "group.edit")
    found = selectors.application_of(group=row, pk=application)
    sees = rights(request, row)["group_write"]
    reads = decided(request, row, "group.members")
    first = {
        "title": found.title, "funder": found.funder or found.funder_name, "asked": found.asked, "currency": found.currency,
        "deadline_date": found.deadline_date, "report_date": found.report_date,
        "words": selectors.opened(found, ("words",), reads)["words"] if sees and reads else "",
    }  # fmt: skip
    form = forms.ApplicationForm(request.POST or None, sees_words=sees, initial=first)
    back = at("application", row, application=found.pk)

    def act() -> str:
        actions.change_application(actor=request.user, group=row, application=found, told=_asking(form.cleaned_data))
        return back

    return asked(
        request, form, act, title=_("Change what is known"), back=back, group=row, parties=offered(request)
    )  # fmt: skip
