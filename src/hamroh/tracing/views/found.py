"""The searching side, once somebody was found: talks, what he wishes, his letters, and where he is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.cases.models import Matter
from hamroh.kernel import consents
from hamroh.tracing.actions import approaching, letters, places
from hamroh.tracing.forms import found as forms
from hamroh.tracing.forms.requests import Reasoned
from hamroh.tracing.models import Letter, PlaceRelease, Request, Towards, Wish
from hamroh.tracing.selectors import found as reads
from hamroh.tracing.selectors.requests import faced, is_careful, request_of
from hamroh.tracing.views.requests import PAGE, asked, at, lang_of, require_form, written


def _searched(request: HttpRequest, code: str, verb: str = "tracing.search") -> tuple[Request, Decision]:
    return request_of(actor=request.user, code=code, verb=verb)


@login_required
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponseBase:
    """Everything about who was found, but where he is."""
    row, decision = _searched(request, code)
    may = faced(request.user, approaching.VERB).filter(pk=row.pk).exists()
    known = reads.told(request=row, decision=decision)
    said = reads.choices(request=row, decision=decision)
    context = {
        "row": row, "talks": reads.talks(request=row, decision=decision), "choices": said, "known": known,
        "letters": reads.letters(request=row, decision=decision), "releases": reads.releases(request=row, decision=decision),
        "may": may and row.state in approaching.FOUND, "spoken": bool(reads.spoken(row)),
        "message": any(each["counts"] and each["row"].wish == Wish.MESSAGE for each in said),
        "careful": is_careful(request=row, decision=decision), "found": row.state in places.FOUND,
    }  # fmt: skip
    return render(request, f"{PAGE}found/page.html", context)


@login_required
@require_form
def talk(request: HttpRequest, code: str) -> HttpResponseBase:
    """One try to speak with him."""
    row, _decision = _searched(request, code, approaching.VERB)
    records = {str(each.pk): each for each in reads.whom_to_ask(actor=request.user, request=row)}
    named = [(pk, each.pool.get_origin_display()) for pk, each in records.items()]
    form = forms.TalkForm(request.POST or None, records=named, today=reads.today_of(row))

    def act() -> str:
        record = records[form.cleaned_data["record"]]
        approaching.talk(actor=request.user, request=row, record=record, told=form.talked())
        return at("person", row)

    words = consents.current("found").read_in(lang_of())[0]
    return _asked(request, row, form, act, title=_("Speak with him"), words=words, template="talk")


@login_required
@require_form
def wishes(request: HttpRequest, code: str) -> HttpResponseBase:
    """His answer to every wish."""
    row, _decision = _searched(request, code, approaching.VERB)
    form = forms.WishForm(request.POST or None, today=reads.today_of(row))

    def act() -> str:
        approaching.choose(actor=request.user, request=row, wished=form.wished(), lang=lang_of())
        return at("person", row)

    words = {wish: consents.current(f"found_{wish}").read_in(lang_of())[0] for wish in Wish.values}
    more = {"questions": form.asked(words), "words": consents.current("found").read_in(lang_of())[0]}
    return _asked(request, row, form, act, title=_("What he wishes"), template="wishes", **more)


def _asked(
    request: HttpRequest, row: Request, form: Any, act: Any, *, title: str, template: str, **more: Any
) -> HttpResponseBase:
    if form.is_valid() and (address := written(request, form, act)):
        messages.success(request, _("Written down."))
        return redirect(address)
    context = {"row": row, "form": form, "title": title, **more}
    return render(request, f"{PAGE}found/{template}.html", context, status=422 if form.errors else 200)


@login_required
@require_form
def take_back(request: HttpRequest, code: str) -> HttpResponseBase:
    """He takes back whatever he agreed to."""
    row, _decision = _searched(request, code, approaching.VERB)
    form = Reasoned(request.POST or None)

    def act() -> str:
        approaching.take_back(actor=request.user, request=row, words=form.cleaned_data["words"])
        return at("person", row)

    return asked(request, row, form, act, _("He takes everything back"), back="person")


@login_required
@require_form
def letter(request: HttpRequest, code: str) -> HttpResponseBase:
    """His letter, written down by whoever spoke with him."""
    row, _decision = _searched(request, code, approaching.VERB)
    form = forms.LetterForm(request.POST or None)

    def act() -> str:
        letters.write_to_seeker(actor=request.user, request=row, body=form.cleaned_data["body"])
        return at("person", row)

    return asked(request, row, form, act, _("A letter from him"), back="person")


@login_required
@require_POST
def carry(request: HttpRequest, code: str, letter: UUID) -> HttpResponseBase:
    """Her letter was given or read out to him."""
    row, _decision = _searched(request, code, approaching.VERB)
    found = Letter.objects.filter(pk=letter, request=row, towards=Towards.FOUND).select_related("request").first()
    if found is None:
        raise policy.Refused("no such letter of this search")

    def act() -> str:
        letters.carry(actor=request.user, letter=found)
        return at("person", row)

    written(request, None, act)
    return redirect(at("person", row))


# -- where he is ---------------------------------------------------------------------------------------------------


@login_required
@require_form
def release(request: HttpRequest, code: str) -> HttpResponseBase:
    """Wish that a lawyer learns where he is."""
    row, _decision = _searched(request, code, places.VERB)
    matters = {str(each.pk): each for each in Matter.objects.filter(case=row.case, ended_date=None)} if row.case else {}
    people = {str(each.pk): each for each in places.lawyers(row) if each != request.user}
    form = forms.ReleaseForm(
        request.POST or None, matters=[(pk, each.get_kind_display()) for pk, each in matters.items()],
        lawyers=[(pk, str(each)) for pk, each in people.items()],
    )  # fmt: skip

    def act() -> str:
        told = form.cleaned_data
        places.wish_release(
            actor=request.user,
            request=row,
            matter=matters[told["matter"]],
            lawyer=people[told["lawyer"]],
            order=form.order(),
        )
        return at("person", row)

    return asked(request, row, form, act, _("Tell a lawyer where he is"), back="person")


def _release(row: Request, pk: UUID) -> PlaceRelease:
    rows = PlaceRelease.objects.filter(pk=pk, request=row).select_related("request", "lawyer", "made_by", "agreed_by")
    found: PlaceRelease | None = rows.first()
    if found is None:
        raise policy.Refused("no such release of this search")
    return found


@login_required
@require_POST
def settle(request: HttpRequest, code: str, release: UUID) -> HttpResponseBase:
    """A second person agrees or refuses; whoever wished it takes it back."""
    row, _decision = _searched(request, code, places.VERB)
    found, after = _release(row, release), request.POST.get("do", "")

    def act() -> str:
        places.settle_release(actor=request.user, release=found, after=after)
        return at("person", row)

    if after in ("agreed", "refused", "withdrawn"):
        written(request, None, act)
    return redirect(at("person", row))


@login_required
@never_cache
@require_form
def write_place(request: HttpRequest, code: str, release: UUID) -> HttpResponseBase:
    """Where he is, sealed for the lawyer."""
    row, _decision = _searched(request, code, places.VERB)
    found = _release(row, release)
    form = forms.PlaceForm(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        places.write_place(actor=request.user, release=found, address=told["address"], words=told["words"])
        return at("person", row)

    return asked(request, row, form, act, _("Write the place down for the lawyer"), back="person")
