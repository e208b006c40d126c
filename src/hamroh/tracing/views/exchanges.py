"""Private exchanges at the desk: partners by their keys, the wish, the second person, files, pairs with reasons, the end."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from hamroh.accounts import policy, recency
from hamroh.accounts.workplace import here
from hamroh.tracing import selectors
from hamroh.tracing.actions import exchangekeys as keys
from hamroh.tracing.actions import exchangepairs, exchangework, exchanging
from hamroh.tracing.actions.exchangekeys import ExchangeRefused
from hamroh.tracing.exchanging import parts
from hamroh.tracing.forms import exchanges as forms
from hamroh.tracing.forms.pools import Judging
from hamroh.tracing.selectors import exchanges as reads
from hamroh.tracing.showing import facts_of
from hamroh.tracing.verdicts import weigh
from hamroh.tracing.views.passing import houses
from hamroh.tracing.views.requests import PAGE_LINES, doors, require_form
from hamroh.vault import once

PAGE = "tracing/exchanges/"


class InMemory(MemoryFileUploadHandler):
    """Keeps an upload in memory whatever its size."""

    def handle_raw_input(self, *given: Any, **_named: Any) -> None:
        _input, _meta, length, *_rest = given
        self.activated = length <= forms.LARGEST + 2**16


def at(name: str, **more: Any) -> str:
    return reverse(f"exchanges:{name}", kwargs=more)


def written(request: HttpRequest, form: Any, act: Callable[[], str]) -> str:
    """What the action answers; empty where it is refused, which the form or the next page says."""
    return once.write_or_tell(request, form, act, refusals=ExchangeRefused)


# -- keys and partners -----------------------------------------------------------------------------------------------


@login_required
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """Our key, the partners, and every exchange with what came of it."""
    policy.require(request.user, "exchange.see")
    house = here(request)
    page = Paginator(reads.exchanges(actor=request.user, organisation=house), PAGE_LINES).get_page(
        request.GET.get("page")
    )
    context = {
        "key": keys.key_of(house.pk), "partners": reads.partners(actor=request.user, organisation=house), "page": page,
        "lines": reads.lines(actor=request.user, rows=list(page.object_list)),
        "may_pin": policy.allowed(request.user, "exchange.pin"), **doors(request),
    }  # fmt: skip
    return render(request, f"{PAGE}list.html", context)


@login_required
@require_POST
def make_key(request: HttpRequest) -> HttpResponseBase:
    """The key by which we sign, once."""
    policy.require(request.user, "exchange.pin")
    house = here(request)

    def act() -> str:
        keys.make_key(actor=request.user, organisation=house)
        return at("list")

    written(request, None, act)
    return redirect(at("list"))


@login_required
@require_GET
def public_key(request: HttpRequest) -> HttpResponseBase:
    """What partners get: our name and our public key."""
    policy.require(request.user, "exchange.see")
    row = keys.key_of(here(request).pk)
    if row is None:
        raise policy.Refused("no key yet")
    response = HttpResponse(keys.public_file(row), content_type="application/octet-stream")
    response["Content-Disposition"] = 'attachment; filename="public.key"'
    return response


@login_required
@require_form
def pin(request: HttpRequest) -> HttpResponseBase:
    """Note a partner by its key."""
    policy.require(request.user, "exchange.pin")
    house = here(request)
    form = forms.NewPartner(request.POST or None, houses=[each for each in houses() if each[0].pk != house.pk])

    def act() -> str:
        return at("partner", partner=keys.pin(actor=request.user, organisation=house, told=form.told()).code)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    return render(request, f"{PAGE}pin.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_safe
def partner(request: HttpRequest, partner: str) -> HttpResponseBase:
    """One partner: its signs, what was agreed, who compared them."""
    row, decision = reads.partner_of(actor=request.user, code=partner)
    context = {
        "row": row, "told": reads.partner_facts(row=row, decision=decision), "stands": keys.stands(row),
        "may_check": row.checked_by_id is None and row.made_by_id != request.user.pk,
        "may_pin": policy.allowed(request.user, "exchange.pin", row), "key": keys.key_of(row.organisation_id),
        "house": next((name for each, name in houses() if each.pk == row.known_as_id), ""),
    }  # fmt: skip
    return render(request, f"{PAGE}partner.html", context)


@login_required
@require_POST
def decide_partner(request: HttpRequest, partner: str) -> HttpResponseBase:
    """The signs are the same; or nothing more is exchanged with this partner."""
    is_end = request.POST.get("do") == "end"
    row, _decision = reads.partner_of(
        actor=request.user, code=partner, verb="exchange.pin" if is_end else "exchange.ask"
    )

    def act() -> str:
        if is_end:
            for each in keys.unpin(actor=request.user, partner=row):
                exchanging.end(actor=request.user, row=each)
        else:
            keys.check(actor=request.user, partner=row)
        return at("partner", partner=row.code)

    written(request, None, act)
    return redirect(at("partner", partner=row.code))


# -- an exchange -----------------------------------------------------------------------------------------------------


@login_required
@require_form
def new(request: HttpRequest) -> HttpResponseBase:
    """Wish for an exchange."""
    policy.require(request.user, "exchange.ask")
    house = here(request)
    known = reads.partners(actor=request.user, organisation=house)
    partners = [(each["row"], each["name"]) for each in known if keys.stands(each["row"])]
    lists = selectors.pools(actor=request.user, organisation=house)
    form = forms.NewExchange(request.POST or None, partners=partners, lists=lists)

    def act() -> str:
        row = exchanging.ask(actor=request.user, organisation=house, partner=form.to, wish=form.wish())
        return at("one", code=row.code)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    context = {"form": form, "partners": partners}
    return render(request, f"{PAGE}new.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_safe
def one(request: HttpRequest, code: str) -> HttpResponseBase:
    """How far an exchange is, what may be done now, and the pairs."""
    row, decision = reads.exchange_of(actor=request.user, code=code)
    exchanging.read_notices(request.user, row)
    page = Paginator(reads.pairs(actor=request.user, exchange=row), PAGE_LINES).get_page(request.GET.get("page"))
    is_mine = row.asked_by_id == request.user.pk
    context = {
        "row": row, "told": reads.exchange_facts(actor=request.user, row=row, decision=decision), "page": page,
        "lines": reads.pair_lines(actor=request.user, exchange=row, rows=list(page.object_list)), "is_mine": is_mine,
        "may_release": not is_mine and bool(policy.allowed(request.user, "exchange.release", row)),
        "still": exchanging.stands_still(row), "going": row.state in ("building", "opening"),
    }  # fmt: skip
    return render(request, f"{PAGE}one.html", context)


@login_required
@require_form
def agree(request: HttpRequest, code: str) -> HttpResponseBase:
    """Agree to an offer with a list of ours."""
    row, decision = reads.exchange_of(actor=request.user, code=code, verb="exchange.ask")
    form = forms.OurList(request.POST or None, lists=selectors.pools(actor=request.user, organisation=row.organisation))

    def act() -> str:
        exchanging.agree(actor=request.user, row=row, pool=form.chosen, told=form.cleaned_data["told"])
        return at("one", code=row.code)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    told = reads.exchange_facts(actor=request.user, row=row, decision=decision)
    return render(
        request, f"{PAGE}agree.html", {"row": row, "told": told, "form": form}, status=422 if form.errors else 200
    )


#: what the page of an exchange can ask for, with the verb that it needs
DOING: dict[str, tuple[str, Callable[..., None]]] = {
    "release": ("exchange.release", exchanging.release), "end": ("exchange.ask", exchanging.end),
    "again": ("exchange.ask", exchanging.again), "carry": ("exchange.ask", exchanging.carry),
}  # fmt: skip


@login_required
@require_POST
def decide(request: HttpRequest, code: str) -> HttpResponseBase:
    """Let it go, go on, carry files over the line now, or end and shred."""
    verb, act = DOING.get(request.POST.get("do", ""), ("exchange.ask", None))
    row, _decision = reads.exchange_of(actor=request.user, code=code, verb=verb)
    if act is exchanging.release and not recency.recently_confirmed(request):
        return recency.ask_to_confirm(request, back_to=at("one", code=row.code))
    if act is not None:

        def do() -> str:
            act(actor=request.user, row=row)
            return at("one", code=row.code)

        written(request, None, do)
    return redirect(at("one", code=row.code))


# -- files -----------------------------------------------------------------------------------------------------------


@never_cache
@login_required
@require_GET
def our_file(request: HttpRequest, code: str) -> HttpResponseBase:
    """Our file for the partner: whoever finds it learns nothing of anybody."""
    row, _decision = reads.exchange_of(actor=request.user, code=code, verb="exchange.ask")
    kind = parts.ours(row)
    size = parts.size(row, kind) if row.state in ("waiting", "matched") else 0
    if not size:
        raise policy.Refused("no file of ours now")
    exchanging.hand_out(actor=request.user, row=row, kind=kind)
    response = StreamingHttpResponse(iter(list(parts.stream(row, kind))), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{row.code}.{kind}"'
    response["Content-Length"] = str(size)
    return response


@csrf_exempt
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponseBase:
    """The form token is checked one step in, since reading it reads the file."""
    request.upload_handlers = [InMemory(request)]
    return _take_in(request)


@csrf_protect
def _take_in(request: HttpRequest) -> HttpResponseBase:
    policy.require(request.user, "exchange.ask")
    house = here(request)
    form = forms.TheirFile(request.POST or None, request.FILES or None)

    def act() -> str:
        content = form.cleaned_data["file"].read()
        return at("one", code=exchangework.take_in(actor=request.user, organisation=house, content=content).code)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    return render(request, f"{PAGE}take_in.html", {"form": form}, status=422 if form.errors else 200)


@csrf_exempt
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, code: str) -> HttpResponseBase:
    """The same for the file that an exchange waits for."""
    request.upload_handlers = [InMemory(request)]
    return _bring(request, code)


@csrf_protect
def _bring(request: HttpRequest, code: str) -> HttpResponseBase:
    row, decision = reads.exchange_of(actor=request.user, code=code, verb="exchange.ask")
    form = forms.TheirFile(request.POST or None, request.FILES or None)

    def act() -> str:
        exchangework.bring(actor=request.user, row=row, content=form.cleaned_data["file"].read())
        return at("one", code=row.code)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    told = reads.exchange_facts(actor=request.user, row=row, decision=decision)
    return render(
        request, f"{PAGE}bring.html", {"row": row, "told": told, "form": form}, status=422 if form.errors else 200
    )


# -- pairs -----------------------------------------------------------------------------------------------------------


@login_required
@require_form
def pair(request: HttpRequest, code: str, pair: UUID) -> HttpResponseBase:
    """Our person of a pair, what it rests on, and what is said of it."""
    row, decision = reads.exchange_of(actor=request.user, code=code)
    found = reads.pair_of(actor=request.user, exchange=row, pk=pair)
    form = Judging(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        exchangepairs.judge(actor=request.user, pair=found, answer=told["answer"], words=told["words"])
        return at("pair", code=row.code, pair=found.pk)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    judged = reads.verdicts_on(actor=request.user, pair=found)
    context = {
        "row": row, "pair": found, "form": form, "told": reads.exchange_facts(actor=request.user, row=row, decision=decision),
        "facts": facts_of(reads.our_person(actor=request.user, pair=found)), "reasons": reads.reasons(found.said), "judged": judged,
        "weight": weigh((each["row"].made_by_id, each["row"].answer) for each in reversed(judged)),
    }  # fmt: skip
    return render(request, f"{PAGE}pair.html", context, status=422 if form.errors else 200)
