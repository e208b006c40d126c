"""Pages of a review: what I was asked to read, the draft, comments and what became of them, rounds."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamroh.accounts import policy
from hamroh.evidence import freezing
from hamroh.evidence.actions import postponing
from hamroh.evidence.actions import publishing as publishes
from hamroh.evidence.actions import reviewing as actions
from hamroh.evidence.actions.editing import EditRefused
from hamroh.evidence.forms import review as forms
from hamroh.evidence.models import Edition, Round
from hamroh.evidence.presenting.page import Number, Page, PageBlock
from hamroh.evidence.selectors import reviewing as reads
from hamroh.evidence.views.common import draft_page
from hamroh.evidence.views.drafting import place
from hamroh.vault import once
from hamroh.web.texts import pick

require_form = require_http_methods(["GET", "HEAD", "POST"])
PAGE, LINES = "evidence/review/", 40


def at(name: str, edition: Edition, **more: Any) -> str:
    return reverse(f"evidence-review:{name}", kwargs={"code": edition.code, **more})


def lang_of() -> str:
    return get_language() or "en"


def written(request: HttpRequest, form: Any, act: Callable[[], str]) -> str:
    """What the action answers; empty where it is refused, which the form or the next page says."""
    return once.write_or_tell(
        request, form, act, refusals=(actions.ReviewRefused, publishes.PublishingRefused, EditRefused)
    )


def shown(request: HttpRequest, template: str, edition: Edition, form: Any = None, **more: Any) -> HttpResponseBase:
    """A page about an edition, with its form where it has one."""
    context = {"edition": edition, "form": form, **more}
    return render(request, f"{PAGE}{template}.html", context, status=422 if form is not None and form.errors else 200)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponseBase:
    """What I was asked to review, and what of ours is in review."""
    policy.require(request.user, "evidence.see_draft")
    context = {"asked": reads.asked_of(actor=request.user), "ours": reads.under_review(actor=request.user)}
    return render(request, f"{PAGE}mine.html", context)


@login_required
@require_safe
def edition(request: HttpRequest, code: str) -> HttpResponseBase:
    """The way of one edition: its rounds, comments, moves, who stands behind it, what was found wrong later."""
    row = reads.edition_in_review(actor=request.user, code=code)
    found = reads.exchanges(actor=request.user, edition=row)
    may = {name: bool(policy.allowed(request.user, f"evidence.{name}", row)) for name in _MAY}
    frozen, backed = reads.frozen_of(row), reads.endorsements_of(row)
    rounds = reads.rounds_of(actor=request.user, edition=row)
    is_free = row.state in ("draft", "review") and not any(each.state == "open" for each in rounds)
    context = {
        "rounds": rounds, "may": may, "may_open": may["hold_round"] and is_free, "is_free": is_free, "frozen": frozen,
        "inside": reads.is_inside(request.user, row), "open": sum(not each.is_settled for each in found), "all": len(found),
        "hindered": publishes.hindrances(row) if may["approve"] and row.state in ("draft", "review", "approved") else [],
        "faults": freezing.verify(row) if frozen else [], "endorsements": backed,
        "errata": reads.errata_of(row), "others": reads.comparable(actor=request.user, edition=row),
        "is_own_approval": row.approved_by_id == request.user.pk, "digest": freezing.digest_now(row) if backed else "",
    }  # fmt: skip
    return shown(request, "edition", row, **context)


_MAY = ("comment", "hold_round", "approve", "publish", "endorse", "correct", "edit")


# -- commenting -----------------------------------------------------------------------------------------------------


@login_required
@require_form
def say(request: HttpRequest, code: str) -> HttpResponseBase:
    """A comment on a block, on a figure in it, or on the whole edition."""
    row = reads.edition_in_review(actor=request.user, code=code, verb="evidence.comment")
    page = draft_page(row)
    block = _block(page, request.GET.get("block", ""))
    figures = figures_in(block) if block is not None and block.kind != "chart" else []
    form = forms.Say(request.POST or None, figures=figures, initial={"figure": request.GET.get("figure", "")})
    key = block.key if block is not None else ""

    def act() -> str:
        told = form.cleaned_data
        actions.comment(
            actor=request.user, edition=row, text=told["text"], block_key=key, figure=told.get("figure", "")
        )
        return place(row, page, key)

    if form.is_valid() and (address := written(request, form, act)):
        messages.success(request, _("Your comment is kept."))
        return redirect(address)
    return shown(request, "say", row, form, part=block, back=place(row, page, key))


def _block(page: Page, key: str) -> PageBlock | None:
    return next((block for section in page.sections for block in section.blocks if block.key == key), None)


def figures_in(block: PageBlock) -> list[tuple[str, str]]:
    """The figures of a block by their codes, each with where it stands: row, column, number."""
    found = dict[str, str]()
    if block.table is not None:
        for row in block.table.rows:
            for at_, number in enumerate(row.cells):
                column = block.table.columns[at_] if at_ < len(block.table.columns) else ""
                found.setdefault(number.code, _said(number, row.label, column))
    for number in _numbers(block):
        found.setdefault(number.code, _said(number))
    return [(code, said) for code, said in found.items() if code]


def _numbers(block: PageBlock) -> list[Number]:
    """Figures outside of tables."""
    inside = [run.number for paragraph in block.paragraphs for run in paragraph if run.number]
    return [*([block.number] if block.number else []), *inside, *(line.number for line in block.lines if line.number)]


def _said(number: Number, *where: str) -> str:
    return ": ".join(part for part in (", ".join(filter(None, where)), number.text or number.missing) if part)


@login_required
@require_safe
def comments(request: HttpRequest, code: str) -> HttpResponseBase:
    """Comments by block, those that are not settled first."""
    row = reads.edition_in_review(actor=request.user, code=code)
    only_open = request.GET.get("show", "open") != "all"
    found = reads.exchanges(actor=request.user, edition=row, only_open=only_open)
    order = {
        block.key: at_
        for at_, block in enumerate(block for section in draft_page(row).sections for block in section.blocks)
    }
    found.sort(key=lambda each: order.get(each.comment.block_key, -1))
    page = Paginator(found, LINES).get_page(request.GET.get("page"))
    return shown(request, "comments", row, page=page, only_open=only_open, inside=reads.is_inside(request.user, row))


@login_required
@require_form
def exchange(request: HttpRequest, code: str, remark: UUID) -> HttpResponseBase:
    """One comment with its answers; an answer is written here."""
    row = reads.edition_in_review(actor=request.user, code=code)
    found = reads.exchange_of(actor=request.user, edition=row, pk=remark)
    if request.method == "POST":
        policy.require(request.user, "evidence.comment", row)
    form = forms.Reply(request.POST or None)

    def act() -> str:
        actions.comment(actor=request.user, edition=row, text=form.cleaned_data["text"], parent=found.comment)
        return at("exchange", row, remark=remark)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    return _exchange_page(request, row, found, reply=form)


def _exchange_page(
    request: HttpRequest, row: Edition, found: reads.Exchange, *, reply: Any = None, settle: Any = None
) -> HttpResponseBase:
    settles = policy.allowed(request.user, "evidence.hold_round", row) and not row.is_frozen
    replies = policy.allowed(request.user, "evidence.comment", row) and found.comment.round.state == "open"
    form = settle if settle is not None else reply
    page = draft_page(row)
    part = _block(page, found.comment.block_key)
    return shown(
        request, "exchange", row, form, found=found, part=part, back=place(row, page, found.comment.block_key), settles=settles, replies=replies,
        reply=reply if reply is not None else forms.Reply(), settle=settle if settle is not None else forms.Settle(),
    )  # fmt: skip


@login_required
@require_POST
def settle(request: HttpRequest, code: str, remark: UUID) -> HttpResponseBase:
    """What becomes of a comment."""
    row = reads.edition_in_review(actor=request.user, code=code, verb="evidence.hold_round")
    found = reads.exchange_of(actor=request.user, edition=row, pk=remark)
    form = forms.Settle(request.POST)

    def act() -> str:
        actions.resolve(actor=request.user, comment=found.comment, **form.cleaned_data)
        return at("exchange", row, remark=remark)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    return _exchange_page(request, row, found, settle=form)


@login_required
@require_POST
def finish(request: HttpRequest, code: str) -> HttpResponseBase:
    """The reviewer has said what there was to say."""
    row = reads.edition_in_review(actor=request.user, code=code, verb="evidence.comment")

    def act() -> str:
        actions.finish(actor=request.user, edition=row)
        return at("edition", row)

    if written(request, None, act):
        messages.success(request, _("Thank you. The authors are told that you have finished."))
    return redirect(at("edition", row))


# -- rounds --------------------------------------------------------------------------------------------------------


@login_required
@require_form
def open_round(request: HttpRequest, code: str) -> HttpResponseBase:
    row = reads.edition_in_review(actor=request.user, code=code, verb="evidence.hold_round")
    form = forms.OpenRound(request.POST or None)

    def act() -> str:
        made = actions.open_round(actor=request.user, edition=row, **form.cleaned_data)
        return at("ask", row, number=made.number)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    return shown(request, "form", row, form, title=_("Open a round of review"), button=_("Open the round"))


@login_required
@require_form
def ask(request: HttpRequest, code: str, number: str) -> HttpResponseBase:
    """Ask one more person."""
    row, held = _round(request, code, number)
    houses = [(each, str(pick(each.names, lang_of())) or each.code) for each in reads.can_be_asked_for()]
    form = forms.AskReviewer(request.POST or None, organisations=houses)

    def act() -> str:
        told = form.cleaned_data
        actions.ask(
            actor=request.user, round=held, username=told["username"], organisation=form.house, role=told["role"]
        )
        return at("edition", row)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    return shown(request, "form", row, form, title=_("Ask somebody to review"), button=_("Ask"))


@login_required
@require_form
def move_deadline(request: HttpRequest, code: str, number: str) -> HttpResponseBase:
    """Give the reviewers of a round until another day."""
    row, held = _round(request, code, number)
    form = forms.MoveDeadline(request.POST or None, initial={"deadline_date": held.deadline_date})

    def act() -> str:
        postponing.move_deadline(actor=request.user, round=held, **form.cleaned_data)
        return at("edition", row)

    if form.is_valid() and (address := written(request, form, act)):
        messages.success(request, _("The day is moved, and the reviewers are told."))
        return redirect(address)
    return shown(request, "form", row, form, title=_("Move the last day of the round"), button=_("Move the day"))


@login_required
@require_POST
def excuse(request: HttpRequest, code: str, number: str) -> HttpResponseBase:
    """Excuse one reviewer."""
    row, held = _round(request, code, number)
    asked = request.POST.get("reviewer", "")
    reviewer = next((each for each in held.reviewers.select_related("round") if str(each.pk) == asked), None)
    if reviewer is None:
        raise policy.Refused("no such reviewer")

    def act() -> str:
        postponing.excuse(actor=request.user, reviewer=reviewer)
        return at("edition", row)

    if written(request, None, act):
        messages.success(request, _("Excused. What was said stays; the draft is no longer lent."))
    return redirect(at("edition", row))


@login_required
@require_POST
def close_round(request: HttpRequest, code: str, number: str) -> HttpResponseBase:
    row, held = _round(request, code, number)

    def act() -> str:
        actions.close_round(actor=request.user, round=held)
        return at("edition", row)

    written(request, None, act)
    return redirect(at("edition", row))


def _round(request: HttpRequest, code: str, number: str) -> tuple[Edition, Round]:
    row = reads.edition_in_review(actor=request.user, code=code, verb="evidence.hold_round")
    held = row.rounds.select_related("edition__organisation").filter(number=int(number)).first()
    if held is None:
        raise policy.Refused("no such round")
    return row, held
