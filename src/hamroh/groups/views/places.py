"""Places to stay: listed and opened for their members alone; to everybody else these pages are empty."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.groups.actions import places as actions
from hamroh.groups.forms import places as forms
from hamroh.groups.models import ShelterPlace
from hamroh.groups.selectors import places as reads
from hamroh.groups.views.frame import PAGE, asked, at_desk, done, here, require_form, today

FORM = "places/form.html"


def _at(name: str, place: ShelterPlace, **more: Any) -> str:
    return reverse(f"groups:{name}", kwargs={"place": place.pk, **more})


@at_desk
@never_cache
@require_safe
def places(request: HttpRequest) -> HttpResponseBase:
    """Places that open to her, by the day on which they were written down; nothing of them is opened."""
    policy.require(request.user, "place.begin")
    rows = reads.places(actor=request.user, organisation=here(request))
    return render(request, f"{PAGE}places/list.html", {"rows": list(rows)})


def _room(form: Any) -> actions.Room:
    told = form.cleaned_data
    return actions.Room(told["host"], told["capacity"], told["where"], told["group"], told["words"])


@at_desk
@never_cache
@require_form
def new(request: HttpRequest) -> HttpResponseBase:
    """A place that at first only its writer opens."""
    policy.require(request.user, "place.begin")
    form = forms.Place(request.POST or None)

    def act() -> str:
        return _at("place", actions.hide_place(actor=request.user, organisation=here(request), room=_room(form)))

    return asked(
        request, form, act, template=FORM, title=_("A place to stay"), back=reverse("groups:places"),
        note=_("At first it opens to you alone. On its page you let others in."),
    )  # fmt: skip


@at_desk
@never_cache
@require_form
def place(request: HttpRequest, place: UUID) -> HttpResponseBase:
    """Who may open it, and after she said why, what stands there."""
    row = reads.place_of(actor=request.user, pk=place)
    form, shown = forms.Why(request.POST or None), None
    if form.is_valid():
        shown = reads.opened_place(actor=request.user, place=row, purpose=f"place: {form.cleaned_data['why']}")
    context = {"row": row, "form": form, "shown": shown, "inside": reads.inside(place=row)}
    return render(request, f"{PAGE}places/page.html", context, status=422 if form.errors else 200)


@at_desk
@never_cache
@require_form
def change(request: HttpRequest, place: UUID) -> HttpResponseBase:
    """What is known of a place now."""
    row = reads.place_of(actor=request.user, pk=place)
    facts = reads.opened_place(actor=request.user, place=row, purpose="change")["facts"]
    form = forms.Place(request.POST or None, initial=facts if isinstance(facts, dict) else {})

    def act() -> str:
        actions.change_place(actor=request.user, place=row, room=_room(form))
        return _at("place", row)

    return asked(request, form, act, template=FORM, title=_("A place to stay"), back=_at("place", row))


@at_desk
@never_cache
@require_form
def take_in(request: HttpRequest, place: UUID) -> HttpResponseBase:
    """Somebody is taken in."""
    row = reads.place_of(actor=request.user, pk=place)
    form = forms.Stay(request.POST or None, initial={"from_date": today()})

    def act() -> str:
        told = form.cleaned_data
        staying = actions.Staying(told["referral"], told["people"], told["from_date"], told["words"])
        actions.begin_stay(actor=request.user, place=row, staying=staying)
        return _at("place", row)

    return asked(request, form, act, template=FORM, title=_("Somebody is taken in"), back=_at("place", row))


@at_desk
@require_POST
def let_go(request: HttpRequest, place: UUID, stay: str) -> HttpResponseBase:
    """Whoever stayed has left."""
    row = reads.place_of(actor=request.user, pk=place)
    return done(request, lambda: actions.end_stay(actor=request.user, place=row, key=stay), _at("place", row))


@at_desk
@never_cache
@require_form
def let_in(request: HttpRequest, place: UUID) -> HttpResponseBase:
    """Somebody else may open it from now on."""
    row = reads.place_of(actor=request.user, pk=place)
    others = {str(each.pk): each for each in reads.inside(place=row).others}
    form = forms.LetIn(request.POST or None, people=[(pk, str(each)) for pk, each in others.items()])

    def act() -> str:
        actions.let_in(actor=request.user, place=row, user=others[form.cleaned_data["user"]])
        return _at("place", row)

    note = "" if others else _("There is nobody yet. A colleague makes her key in her account, under My own key.")
    context = {"title": _("Let somebody in"), "back": _at("place", row), "note": note, "is_empty": not others}
    return asked(request, form, act, template=FORM, said=_("She can open it from now on."), **context)


@at_desk
@require_POST
def shut_out(request: HttpRequest, place: UUID, user: UUID) -> HttpResponseBase:
    """Somebody opens it no more."""
    row = reads.place_of(actor=request.user, pk=place)
    return done(request, lambda: actions.shut_out(actor=request.user, place=row, user_id=user), _at("place", row))


@at_desk
@require_POST
def give_up(request: HttpRequest, place: UUID) -> HttpResponseBase:
    """Nobody is taken in here any more."""
    row = reads.place_of(actor=request.user, pk=place)
    return done(request, lambda: actions.give_up_place(actor=request.user, place=row), _at("place", row))


@at_desk
@never_cache
@require_form
def take_away(request: HttpRequest, place: UUID) -> HttpResponseBase:
    """It is no longer kept; asked once more before it goes."""
    row = reads.place_of(actor=request.user, pk=place)
    if request.method == "POST":
        actions.take_place_away(actor=request.user, place=row)
        return redirect("groups:places")
    return render(request, f"{PAGE}places/take_away.html", {"row": row, "back": _at("place", row)})
