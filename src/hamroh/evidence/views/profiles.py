"""The desk of country profiles: which there are, a new one, one edition with everything it consists of, slots by countries."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamroh.accounts import policy
from hamroh.evidence import actions, references
from hamroh.evidence.contents import lacking
from hamroh.evidence.forms.profiles import FrontForm, NewProfileForm, NextForm
from hamroh.evidence.models import Block, Edition
from hamroh.evidence.outline import Fill, numbered
from hamroh.evidence.selectors import completeness, editing
from hamroh.evidence.selectors.answers import Examined, examined
from hamroh.evidence.views.common import PAGE, ask, house, may_edit, tabs, typed, writing_in
from hamroh.web.texts import LANGUAGES

LINES = 50
#: how a slot stands, as a state of the look with its word
STATES = {
    Fill.FILLED: "done", Fill.OLD: "care", Fill.MISSING: "risk", Fill.FREE: "none", Fill.SEVERAL: "due",
}  # fmt: skip


def fill_word(state: Fill) -> str:
    """How a slot stands, in a word."""
    words = {
        Fill.FILLED: _("filled"), Fill.OLD: _("too old"), Fill.MISSING: _("missing"), Fill.FREE: _("empty"), Fill.SEVERAL: _("several"),
    }  # fmt: skip
    return words[state]


@login_required
@require_safe
def profiles(request: HttpRequest) -> HttpResponse:
    """Editions that are being written or reviewed, and those that are public, by country."""
    policy.require(request.user, "evidence.see_draft")
    page = Paginator(editing.editions_on_desk(actor=request.user), LINES).get_page(request.GET.get("page"))
    context = {"page": page, "may_begin": policy.allowed(request.user, "evidence.edit")}
    return render(request, f"{PAGE}profiles.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_profile(request: HttpRequest) -> HttpResponse:
    """A country whose profile is begun."""
    policy.require(request.user, "evidence.edit")
    form, mine = NewProfileForm(typed(request)), house(request)

    def act() -> str:
        return _address(actions.start_profile(actor=request.user, organisation=mine, **form.facts()))

    return ask(request, form, act, title=_("New profile"), does=_("Begin"))


@login_required
@require_safe
def edition(request: HttpRequest, code: str) -> HttpResponse:
    """One edition: sections with their slots, what stands in them, what is missing, what the rules found."""
    found = editing.edition_on_desk(actor=request.user, code=code)
    states, seen = completeness.contents(found), examined(found)
    old = completeness.old_blocks(found, states)
    may = may_edit(request, found)
    names = editing.figure_names(block for part in states for block in part.blocks)
    parts = [_part(part, found, seen, old, names) for part in states]
    context = {
        "edition": found, "parts": parts, "seen": seen, "may_edit": may, "blocking": len(seen.blocking) + len(seen.faults),
        "may_copy": policy.allowed(request.user, "evidence.edit", found), "old": len(old),
        "filled": sum(each.fill not in (Fill.MISSING, Fill.FREE) for part in states for each in part.slots if each.slot.required),
        "required": sum(each.slot.required for part in states for each in part.slots),
    }  # fmt: skip
    return render(request, f"{PAGE}edition.html", context)


def _part(
    part: completeness.PartState, edition: Edition, seen: Examined, old: set[str], names: Mapping[str, Any]
) -> dict[str, Any]:
    beside = seen.of_block()

    def line(block: Block) -> dict[str, Any]:
        found = beside.get(block.key, [])
        texts = block.content.get("texts", {}).values()
        return {
            "block": block, "title": block.content.get("title") or block.content.get("label") or names.get(block.content.get("obs", ""), {}), "old": block.key in old,
            "lacks": lacking(block.kind, block.content, edition.languages or LANGUAGES),
            "errors": sum(each.is_open_error for each in found), "found": sum(each.answer is None for each in found),
            "typed": sum(len(references.typed_numbers(text)) for text in texts),
        }  # fmt: skip

    slots = [
        {"slot": each.slot, "state": STATES[each.fill], "word": fill_word(each.fill), "lines": [line(block) for block in each.blocks],
         "open": each.slot.many or not each.blocks}
        for each in part.slots
    ]  # fmt: skip
    return {
        "code": part.code,
        "number": numbered(part.code) if part.titles else part.code,
        "titles": part.titles,
        "level": part.level,
        "slots": slots,
        "others": [line(block) for block in part.others],
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def front(request: HttpRequest, code: str) -> HttpResponse:
    """What frames an edition: title, foreword, acronyms, imprint."""
    found = editing.edition_on_desk(actor=request.user, code=code, verb="evidence.edit")
    lang, data = writing_in(request, found), typed(request)
    form = FrontForm(data, edition=found, lang=lang)
    here = request.get_full_path()

    def act() -> str:
        actions.edit_front(actor=request.user, edition=found, facts=form.facts(), seen=form.cleaned_data["seen"])
        return here

    answer = ask(request, form, act, "front.html", edition=found, tabs=tabs(found, lang, _without_title(found)))
    if answer.status_code != 422 or form.cleaned_data.get("seen") == found.updated_at.isoformat():
        return answer
    # who was told that somebody was quicker may save over it
    sent = request.POST.copy()
    sent["seen"] = found.updated_at.isoformat()
    form.data = sent
    context = {"form": form, "edition": found, "tabs": tabs(found, lang, _without_title(found)), "meanwhile": found}
    return render(request, f"{PAGE}front.html", context, status=422)


def _without_title(edition: Edition) -> list[str]:
    return [lang for lang in edition.languages or LANGUAGES if not edition.titles.get(lang)]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def next_edition(request: HttpRequest, code: str) -> HttpResponse:
    """The next edition, begun as a copy of this one."""
    found = editing.edition_on_desk(actor=request.user, code=code, verb="evidence.edit")
    form = NextForm(typed(request))

    def act() -> str:
        return _address(actions.copy_edition(actor=request.user, edition=found, **form.cleaned_data))

    says = _(
        "Everything that stands in this edition is copied. Figures stay those that were recorded; what is too old for its place is marked."
    )
    return ask(request, form, act, title=_("Begin the next edition"), does=_("Begin"), edition=found, says=says)


@login_required
@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Slots by countries: what is filled, too old, missing, or there several times."""
    policy.require(request.user, "evidence.see_draft")
    found = completeness.desk_matrix(actor=request.user, key=request.GET.get("template", ""))
    rows = [
        (part, [(slot, [(cell, STATES[cell.fill], fill_word(cell.fill)) for cell in cells]) for slot, cells in slots])
        for part, slots in (found.parts if found else ())
    ]
    heads = list(zip(found.editions, found.shares, strict=True)) if found else []
    return render(request, f"{PAGE}matrix.html", {"matrix": found, "rows": rows, "heads": heads})


def _address(edition: Edition) -> str:
    return reverse("evidence-desk:edition", kwargs={"code": edition.code})
