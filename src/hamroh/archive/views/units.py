"""The desk of the archive: units, where they lie, their recordings and pictures."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.archive import actions, words
from hamroh.archive.forms.units import AltsForm, MediaForm, MoveForm, UnitFilter, UnitForm
from hamroh.archive.models import Media, Unit
from hamroh.archive.selectors import desk, public_of
from hamroh.archive.states import UnitStates
from hamroh.archive.views.common import PAGE, ask, at, house, require_form, sent, typed

LINES = 50
#: a state in the look
STATES = {"draft": "now", "released": "done", "closed": "care", "erased": "none"}
_MOVES = {"released": actions.release_unit, "closed": actions.close_unit, "draft": actions.reopen_unit}


@login_required
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """Units by their reference codes."""
    policy.require(request.user, "archive.see_draft")
    form = UnitFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    page = Paginator(desk.units(actor=request.user, **asked), LINES).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "states": STATES, "may": policy.allowed(request.user, "archive.edit")}
    return render(request, f"{PAGE}units.html", context)


@login_required
@require_form
def new_unit(request: HttpRequest) -> HttpResponse:
    """A unit that is described for the first time; ``?in=`` is what it lies in."""
    policy.require(request.user, "archive.edit")
    code = request.GET.get("in", "")
    whole = desk.unit(actor=request.user, code=code, verb="archive.edit") if code else None
    form, mine = UnitForm(typed(request)), whole.organisation if whole else house(request)

    def act() -> str:
        return at(actions.add_unit(actor=request.user, organisation=mine, facts=form.facts(), part_of=whole))

    return ask(request, form, act, title=_("New unit"), does=_("Begin"), unit=whole)


@login_required
@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit with all that belongs to it, and what of it is public and why."""
    found = desk.unit(actor=request.user, code=code)
    public = public_of(found)
    context = {
        "unit": found, "answers": words.answers(public), "until": public.until, "state": STATES[found.state],
        "moves": [(name, UnitStates.states[name].label) for name in UnitStates.moves(found.state) if name in _MOVES],
        "may": policy.allowed(request.user, "archive.edit", found), "voices": _voices(found), "transcripts": desk.transcripts(found),
        "segments": found.segments.all(), "parts": found.parts.order_by("position", "reference"), "states": STATES,
    }  # fmt: skip
    return render(request, f"{PAGE}unit.html", context)


def _voices(unit: Unit) -> list[dict[str, Any]]:
    return [
        {"voice": each, "consent": each.consents.all().last(), "taken_back": each.withdrawals.all().last()} for each in unit.voices.all()
    ]  # fmt: skip


@login_required
@require_form
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Describe a unit; who was slower reads what is saved now, and may save over it."""
    found = desk.unit(actor=request.user, code=code, verb="archive.edit")
    form = UnitForm(typed(request), unit=found)

    def act() -> str:
        actions.edit_unit(actor=request.user, unit=found, facts=form.facts(), seen=form.cleaned_data["seen"] or 0)
        return at(found)

    answer = ask(request, form, act, title=_("Describe"), does=_("Save"), unit=found)
    if answer.status_code != 422 or str(request.POST.get("seen")) == str(found.version):
        return answer
    again = request.POST.copy()
    again["seen"] = str(found.version)
    form.data = again
    context = {"form": form, "unit": found, "title": _("Describe"), "does": _("Save"), "meanwhile": found}
    return render(request, f"{PAGE}form.html", context, status=422)


@login_required
@require_form
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Put a unit into another one, or at another place."""
    found = desk.unit(actor=request.user, code=code, verb="archive.edit")
    wholes = desk.wholes(actor=request.user).filter(organisation=found.organisation).exclude(pk=found.pk)
    start = {"part_of": found.part_of.code if found.part_of else "", "position": found.position}
    form = MoveForm(typed(request), initial=start, wholes=wholes)

    def act() -> str:
        whole = wholes.filter(code=form.cleaned_data["part_of"]).first()
        place = form.cleaned_data["position"]
        actions.move_unit(actor=request.user, unit=found, part_of=whole, position=place - 1 if place else None)
        return at(found)

    return ask(request, form, act, title=_("Where it lies"), does=_("Move"), unit=found)


@login_required
@require_POST
def change_state(request: HttpRequest, code: str) -> HttpResponse:
    """Release a unit, close it, or take it back to a draft."""
    found = desk.unit(actor=request.user, code=code, verb="archive.publish")
    action = _MOVES.get(request.POST.get("to", ""))
    if action is None:
        raise Http404
    try:
        action(actor=request.user, unit=found)
    except actions.ArchiveRefused as refused:
        messages.warning(request, str(refused))
    return redirect(at(found))


# -- recordings and pictures ---------------------------------------------------------------------------------------


@login_required
@require_form
def add_media(request: HttpRequest, code: str) -> HttpResponse:
    """Take a recording or a picture in."""
    found = desk.unit(actor=request.user, code=code, verb="archive.edit")
    form = MediaForm(typed(request), sent(request))

    def act() -> str:
        told = form.cleaned_data
        actions.add_media(
            actor=request.user, unit=found, content=told["file"], name=told["file"].name, alts=told["alts"]
        )
        return at(found, "media")

    says = _(
        "The original is sealed. What everybody hears or sees is a copy, made without what the file tells of place, device and owner."
    )
    return ask(
        request,
        form,
        act,
        title=_("Add a recording or a picture"),
        does=_("Take in"),
        unit=found,
        says=says,
        files=True,
    )


@login_required
@require_form
def media(request: HttpRequest, code: str, pk: Any) -> HttpResponse:
    """Words for a picture; or take a recording or a picture out."""
    found = desk.unit(actor=request.user, code=code, verb="archive.edit")
    row = _media(found, pk)
    form = AltsForm(typed(request) if request.POST.get("does") != "remove" else None, initial={"alts": row.alts})
    if request.POST.get("does") == "remove":
        actions.remove_media(actor=request.user, media=row)
        return redirect(at(found, "media"))

    def act() -> str:
        actions.describe_media(actor=request.user, media=row, alts=form.cleaned_data["alts"])
        return at(found, "media")

    return ask(request, form, act, "media.html", unit=found, media=row)


@login_required
@require_safe
def original(request: HttpRequest, code: str, pk: Any) -> HttpResponse:
    """The original as an attachment, for those who edit; it stands in the journal."""
    found = desk.unit(actor=request.user, code=code, verb="archive.edit")
    row = _media(found, pk)
    answer = HttpResponse(actions.original(request.user, row), content_type=row.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="original-{row.pk.hex[-8:]}"'
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _media(unit: Unit, pk: Any) -> Media:
    row = Media.objects.filter(unit=unit, pk=pk).select_related("unit").first()
    if row is None:
        raise Http404
    return row
