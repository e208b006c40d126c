"""Pages of pools: the lists, one list, the people on it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.accounts.workplace import here
from hamroh.tracing import actions, selectors
from hamroh.tracing.forms import pools as forms
from hamroh.tracing.showing import facts_of
from hamroh.tracing.views.requests import PAGE, PAGE_LINES, at, doors, require_form, written


@login_required
@require_safe
def pools(request: HttpRequest) -> HttpResponseBase:
    """Every list, those in force first."""
    policy.require(request.user, "pool.read")
    rows = selectors.pools(actor=request.user, organisation=here(request))
    return render(request, f"{PAGE}pools/list.html", {"rows": rows, **doors(request)})


@login_required
@require_form
def new(request: HttpRequest) -> HttpResponseBase:
    """A list, with the ground on which it may be searched."""
    policy.require(request.user, "pool.write")
    form = forms.NewPool(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        row = actions.make_pool(
            actor=request.user, organisation=here(request), name=told["name"], origin=told["origin"], basis=told["basis"],
            of_a_shelter=told["of_a_shelter"] == "yes", is_lent=told["lent"] == "yes", days=told["days"], facts=form.facts(),
        )  # fmt: skip
        return at("pool", row)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    return render(request, f"{PAGE}pools/new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_safe
def pool(request: HttpRequest, code: str) -> HttpResponseBase:
    """One list: its rule, its files, its people."""
    row, decision = selectors.pool_of(actor=request.user, code=code)
    page = Paginator(selectors.records(pool=row), PAGE_LINES).get_page(request.GET.get("page"))
    context = {
        "row": row, "told": selectors.pool_facts(actor=request.user, pool=row), "page": page,
        "people": selectors.people(rows=list(page.object_list), decision=decision),
        "files": selectors.files(pool=row, decision=decision),
    }  # fmt: skip
    return render(request, f"{PAGE}pools/pool.html", context)


@login_required
@require_form
def add(request: HttpRequest, code: str) -> HttpResponseBase:
    """Somebody who was met."""
    row, _decision = selectors.pool_of(actor=request.user, code=code, verb="pool.write")
    form = forms.NewRecord(request.POST or None)

    def act() -> str:
        actions.add_record(actor=request.user, pool=row, met=form.met())
        return at("pool", row)

    if form.is_valid() and (address := written(request, form, act)):
        messages.success(request, _("Entered. Requests are compared with it now."))
        return redirect(address)
    return render(request, f"{PAGE}pools/add.html", {"row": row, "form": form}, status=422 if form.errors else 200)


@login_required
@require_safe
def record(request: HttpRequest, code: str, record: UUID) -> HttpResponseBase:
    """Somebody on a list, or that he was."""
    row, decision = selectors.pool_of(actor=request.user, code=code)
    found = selectors.record_of(pool=row, pk=record)
    values = selectors.record_details(record=found, decision=decision)
    context = {"row": row, "record": found, "name": values["name"], "facts": facts_of(values)}
    return render(request, f"{PAGE}pools/record.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest, code: str, record: UUID) -> HttpResponseBase:
    """Take somebody off the list, at once."""
    row, _decision = selectors.pool_of(actor=request.user, code=code, verb="pool.write")
    found = selectors.record_of(pool=row, pk=record)

    def act() -> str:
        actions.withdraw_record(actor=request.user, record=found)
        return at("pool", row)

    if written(request, None, act):
        messages.success(request, _("Taken off the list. No search finds this person any more."))
    return redirect(at("pool", row))


@login_required
@require_form
def end(request: HttpRequest, code: str) -> HttpResponseBase:
    """The list goes back, with everybody on it."""
    row, _decision = selectors.pool_of(actor=request.user, code=code, verb="pool.write")

    def act() -> str:
        actions.end_pool(actor=request.user, pool=row)
        return at("pool", row)

    if request.method == "POST" and (address := written(request, None, act)):
        return redirect(address)
    return render(request, f"{PAGE}pools/end.html", {"row": row, "count": selectors.records(pool=row).count()})
