"""Pages of damage: what each source says, cards from a file and as a file, households by alias."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.emergencies import actions, exchange, selectors
from hamroh.emergencies.forms import damage as forms
from hamroh.emergencies.selectors.damage import household_rows
from hamroh.emergencies.showing import shown_card, shown_household, shown_sources
from hamroh.emergencies.views.frame import PAGE, PAGE_LINES, asked, at, at_desk, decided, may, require_form, written
from hamroh.vault import opening


@at_desk
@require_safe
def damage(request: HttpRequest, code: str) -> HttpResponseBase:
    """What each source says, and the cards behind it."""
    row, _decision = selectors.event_of(actor=request.user, code=code)
    page = Paginator(selectors.cards(event=row), PAGE_LINES).get_page(request.GET.get("page"))
    context = {
        "event": row, "sources": shown_sources(selectors.sources(event=row)), "page": page,
        "cards": [shown_card(each) for each in page.object_list], "may": may(request, row, "damage.enter"),
    }  # fmt: skip
    return render(request, f"{PAGE}damage.html", context)


@at_desk
@require_form
def new_card(request: HttpRequest, code: str) -> HttpResponseBase:
    """What one source says of one place."""
    row, _decision = selectors.event_of(actor=request.user, code=code, verb="damage.enter")
    form = forms.NewCard(request.POST or None)

    def act() -> str:
        actions.enter_card(actor=request.user, event=row, told=form.told())
        return at("damage", row)

    return asked(
        request, form, act, template="card_form.html", title=_("What a source says"), back=at("damage", row), event=row
    )


@at_desk
@require_safe
def card(request: HttpRequest, code: str, card: UUID) -> HttpResponseBase:
    """One card as it was written."""
    row, _decision = selectors.event_of(actor=request.user, code=code)
    found = selectors.cards(event=row).filter(pk=card).first()
    if found is None:
        raise policy.Refused("no such card of this event")
    decision = decided(request, row, "event.read_log")
    words = opening.open_each(found, ("words",), decision=decision, purpose="page")["words"] if decision else None
    return render(
        request, f"{PAGE}card.html", {"event": row, **shown_card(found), "words": words, "is_shut": decision is None}
    )


@at_desk
@require_safe
def file(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    """The cards as a file with the columns of DesInventar: counts by source, and no word that somebody wrote."""
    row, _decision = selectors.event_of(actor=request.user, code=code)
    body = exchange.written(row, list(selectors.cards(event=row)), form)
    answer = HttpResponse(body, content_type=exchange.TYPES[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="damage-{row.code}.{form}"'
    return answer


@at_desk
@require_form
def bring(request: HttpRequest, code: str) -> HttpResponseBase:
    """Cards from a file: what would become of each row is shown before anything is written."""
    row, _decision = selectors.event_of(actor=request.user, code=code, verb="damage.enter")
    form = forms.CardsFile(request.POST or None, request.FILES or None)
    fates: list[exchange.Fate] = []
    if form.is_valid():
        content = form.cleaned_data["file"]
        try:
            fates = exchange.read(content.name, content.read())
        except exchange.FileRefused as fault:
            form.add_error("file", str(fault))
        if fates and request.POST.get("do") == "write" and not any(each.fault for each in fates):
            told = [each.told for each in fates if each.told]

            def act() -> str:
                actions.enter_many(actor=request.user, event=row, cards=told)
                return at("damage", row)

            if address := written(request, form, act):
                return redirect(address)
    context = {"event": row, "form": form, "fates": fates, "wrong": any(each.fault for each in fates)}
    return render(request, f"{PAGE}bring.html", context, status=422 if form.errors else 200)


# -- households ------------------------------------------------------------------------------------------------------


@at_desk
@require_safe
def households(request: HttpRequest, code: str) -> HttpResponseBase:
    """Households that were hit, by alias."""
    row, decision = selectors.event_of(actor=request.user, code=code, verb="household.read")
    page = Paginator(household_rows(event=row), PAGE_LINES).get_page(request.GET.get("page"))
    lines = selectors.households(rows=list(page.object_list), decision=decision)
    return render(request, f"{PAGE}households.html", {"event": row, "page": page, "lines": lines})


@at_desk
@require_form
def new_household(request: HttpRequest, code: str) -> HttpResponseBase:
    """A household that was hit."""
    row, _decision = selectors.event_of(actor=request.user, code=code, verb="household.write")
    form = forms.HouseholdForm(request.POST or None)
    reads = may(request, row, "household.read")["household_read"]

    def act() -> str:
        made = actions.enter_household(actor=request.user, event=row, hit=form.hit())
        return at("household", row, household=made.pk) if reads else at("event", row)

    back = at("households", row) if reads else at("event", row)
    return asked(
        request,
        form,
        act,
        said=_("Written down."),
        template="household_form.html",
        title=_("A household that was hit"),
        back=back,
        event=row,
    )


@at_desk
@require_safe
def household(request: HttpRequest, code: str, household: UUID) -> HttpResponseBase:
    """One household: what it lost, received, was offered and answered."""
    row, decision = selectors.event_of(actor=request.user, code=code, verb="household.read")
    shown = selectors.household_of(event=row, pk=household, decision=decision)
    return render(request, f"{PAGE}household.html", {"event": row, **shown_household(shown)})


@at_desk
@require_form
def change_household(request: HttpRequest, code: str, household: UUID) -> HttpResponseBase:
    """What is known of a household now."""
    row, decision = selectors.event_of(actor=request.user, code=code, verb="household.read")
    policy.require(request.user, "household.write", row)
    shown = selectors.household_of(event=row, pk=household, decision=decision)
    found = shown["row"]
    seen = request.POST.get("seen", found.changed_at.isoformat() if found.changed_at else "")
    form = forms.HouseholdForm(request.POST or None, initial=forms.initial_of(shown))

    def act() -> str:
        actions.change_household(actor=request.user, event=row, household=found, hit=form.hit(), seen=_moment(seen))
        return at("household", row, household=found.pk)

    back = at("household", row, household=found.pk)
    return asked(
        request,
        form,
        act,
        template="household_form.html",
        title=_("Change what is known"),
        back=back,
        event=row,
        seen=seen,
        keeps_seen=True,
    )


def _moment(text: str) -> Any:
    """The moment of a hidden field; something that equals no moment where it was tampered with."""
    if not text:
        return None
    try:
        return parse_datetime(text) or text
    except ValueError:
        return text


@at_desk
@require_form
def aid(request: HttpRequest, code: str, household: UUID) -> HttpResponseBase:
    """What a household received."""
    row, decision = selectors.event_of(actor=request.user, code=code, verb="household.read")
    policy.require(request.user, "household.write", row)
    found = selectors.household_of(event=row, pk=household, decision=decision)["row"]
    form = forms.NewAid(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        actions.give_aid(
            actor=request.user,
            event=row,
            household=found,
            kind=told["kind"],
            on_date=told["on_date"],
            facts=form.facts(),
        )
        return at("household", row, household=found.pk)

    return asked(
        request, form, act, title=_("What it received"), back=at("household", row, household=found.pk), event=row
    )


@at_desk
@require_form
def offer(request: HttpRequest, code: str, household: UUID) -> HttpResponseBase:
    """A place that it was offered, and its answer."""
    row, decision = selectors.event_of(actor=request.user, code=code, verb="household.read")
    policy.require(request.user, "household.write", row)
    found = selectors.household_of(event=row, pk=household, decision=decision)["row"]
    form = forms.NewOffer(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        actions.note_offer(
            actor=request.user, event=row, household=found, place=told["place"], on_date=told["on_date"], answer=told["answer"],
            facts=form.facts(),
        )  # fmt: skip
        return at("household", row, household=found.pk)

    return asked(
        request, form, act, title=_("An offer to move"), back=at("household", row, household=found.pk), event=row
    )
