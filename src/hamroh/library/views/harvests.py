"""Other centres: add one after a first look, see how its harvests went, hide a record of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamroh.accounts import policy
from hamroh.library import actions
from hamroh.library.exchange import harvesting
from hamroh.library.exchange.fetching import Unreachable
from hamroh.library.forms.exchange import CentreForm, CentreNameForm
from hamroh.library.models import Centre, Run
from hamroh.library.selectors import exchanges
from hamroh.library.views.imports import house
from hamroh.vault import once
from hamroh.web.texts import pick

PAGE, LINES, RUNS = "library/desk/centres/", 50, 10


@login_required
@require_safe
def centres(request: HttpRequest) -> HttpResponse:
    """Other centres that we harvest."""
    policy.require(request.user, "library.harvest")
    rows = [(each, _last(each)) for each in exchanges.centres(actor=request.user)]
    return render(request, f"{PAGE}centres.html", {"rows": rows})


def _last(centre: Centre) -> Run | None:
    return max(centre.runs.all(), key=lambda run: run.began_at, default=None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Give an address: first a look at its first ten records, then the word to begin."""
    policy.require(request.user, "library.harvest", Centre(organisation=house(request)))
    form, looked = CentreForm(request.POST or None), {}
    if form.is_valid():
        try:
            looked = _looked(request, form)
            if request.POST.get("do") == "add":
                return redirect(once.write(request, lambda: _added(request, form, looked["about"])))
        except Unreachable as fault:
            form.add_error("base_url", str(fault))
        except actions.HarvestRefused as refused:
            form.add_error(None, str(refused))
    return render(request, f"{PAGE}add.html", {"form": form, **looked}, status=422 if form.errors else 200)


def _looked(request: HttpRequest, form: CentreForm) -> dict[str, Any]:
    about, rows = harvesting.first_look(actor=request.user, organisation=house(request), **form.cleaned_data)
    return {"about": about, "rows": rows}


def _added(request: HttpRequest, form: CentreForm, about: Any) -> str:
    centre = actions.add_centre(
        actor=request.user, organisation=house(request), names={get_language() or "en": about.name}, prefix=about.prefix, told=about.as_json(),
        **form.cleaned_data,
    )  # fmt: skip
    harvesting.start(actor=request.user, centre=centre)
    return reverse("library-desk:centre", kwargs={"key": centre.key})


@login_required
@require_safe
def centre(request: HttpRequest, key: str) -> HttpResponse:
    """One centre: its harvests, what was left out and why, its records."""
    found = exchanges.centre(actor=request.user, key=key)
    page = Paginator(exchanges.harvested(found), LINES).get_page(request.GET.get("page"))
    runs = [(run, _counts(run)) for run in exchanges.runs(found)[:RUNS]]
    name = CentreNameForm(
        initial={"name": pick(found.names, get_language() or "en").text, "is_active": found.is_active}
    )
    context = {"centre": found, "page": page, "runs": runs, "form": name, "forgets": found.told.get("deleted") == "no"}
    return render(request, f"{PAGE}centre.html", context)


@login_required
@require_POST
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Call it otherwise, harvest it no more or again, or harvest it now."""
    found = exchanges.centre(actor=request.user, key=key)
    form = CentreNameForm(request.POST)
    if request.POST.get("do") == "harvest":
        harvesting.start(actor=request.user, centre=found)
        messages.success(request, _("The harvest has begun. It goes on by itself."))
    elif form.is_valid():
        names = {**found.names, get_language() or "en": form.cleaned_data["name"].strip()}
        actions.change_centre(actor=request.user, centre=found, names=names, is_active=form.cleaned_data["is_active"])
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Give the centre a name."))
    return redirect("library-desk:centre", key=key)


@login_required
@require_POST
def show(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Hide a record of a centre, or show it again."""
    found = exchanges.harvested_record(actor=request.user, key=key, code=code)
    turn = actions.hide_record if request.POST.get("do") == "hide" else actions.show_record
    turn(actor=request.user, record=found)
    messages.success(request, _("Saved."))
    return redirect("library-desk:centre", key=key)


def _counts(run: Run) -> list[tuple[str, int]]:
    words = {
        "new": _("New"),
        "changed": _("Changed"),
        "gone": _("Taken back there, erased here"),
        "same": _("As before"),
        "left_out": _("Left out"),
    }
    return [(word, run.counts[name]) for name, word in words.items() if run.counts.get(name)]
