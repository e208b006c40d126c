"""What stands under a key of its own: listed and opened for its members alone; to everybody else these pages are empty."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts.policy import Decision
from hamroh.cases import selectors
from hamroh.cases.actions import CannotMove, keyed
from hamroh.cases.forms.whereabouts import LetIn, Why
from hamroh.cases.models import As, Case, Identification, Keyed, Part, Person, Side, Whereabouts
from hamroh.cases.selectors import keyed as reads
from hamroh.cases.states import AT_REST
from hamroh.cases.views.reaching import require_form
from hamroh.vault import once, opening


@dataclass(frozen=True)
class Kind:
    """One kind of such records: its model, what is opened of it, and the names of its pages."""

    model: type[Keyed]
    fields: tuple[str, ...]
    purpose: str
    list: str
    page: str
    add: str
    templates: str


PLACE = Kind(Whereabouts, ("address", "facts"), "whereabouts", "places", "place", "new-place", "cases/whereabouts/")
FOUND = Kind(
    Identification,
    ("facts",),
    "identification",
    "identified-people",
    "identified",
    "new-identified",
    "cases/identified/",
)


def of(
    request: HttpRequest, code: str, kind: Kind, pk: Mapping[str, UUID], verb: str = "case.read"
) -> tuple[Case, Decision, Any]:  # fmt: skip
    """The case, the decision that opens it, and the record, by what its address names; Refused for who is no member of it."""
    case, decision = selectors.case_of(actor=request.user, code=code, verb=verb)
    return case, decision, reads.one(actor=request.user, case=case, model=kind.model, pk=pk[kind.page])


def people(case: Case, decision: Decision) -> list[tuple[str, str]]:
    """Whom such a record can be about: those on her side, she first."""
    rows = Person.objects.filter(case=case, side=Side.HERS) | Person.objects.filter(case=case, part=Part.CHILD)
    named = [(row, opening.open_each(row, ("name",), decision=decision, purpose="page")["name"]) for row in rows]
    first = sorted(named, key=lambda each: (each[0].part != Part.CLIENT, str(each[1])))
    return [(str(row.pk), f"{name}, {row.get_part_display()}") for row, name in first]


@login_required
@require_safe
def overview(request: HttpRequest, code: str, kind: Kind) -> HttpResponseBase:
    """What opens to the reader; the page of who is no member is the page of a case that has none."""
    case, decision = selectors.case_of(actor=request.user, code=code)
    rows = list(reads.mine(actor=request.user, case=case, model=kind.model))
    for row in rows:
        row.person.case = case
    context = {
        "case": case, "kind": kind, "rows": [(row, reads.name_of(row=row, decision=decision)) for row in rows],
        "may_write": case.status not in AT_REST,
    }  # fmt: skip
    return render(request, f"{kind.templates}list.html", context)


@login_required
@never_cache
@require_form
def page(request: HttpRequest, code: str, kind: Kind, **pk: UUID) -> HttpResponseBase:
    """Who may open it, and after she said why, what stands there."""
    case, decision, row = of(request, code, kind, pk)
    form = Why(request.POST or None)
    shown = None
    if form.is_valid():
        purpose = f"{kind.purpose}: {form.cleaned_data['why']}"
        shown = reads.opened(actor=request.user, row=row, fields=kind.fields, purpose=purpose)
    context = {
        "case": case, "kind": kind, "row": row, "name": reads.name_of(row=row, decision=decision), "form": form,
        "shown": shown, "inside": reads.inside(row=row), "may_write": case.status not in AT_REST, "as_": _as_what(shown),
    }  # fmt: skip
    return render(request, f"{kind.templates}page.html", context, status=422 if form.errors else 200)


def _as_what(shown: dict[str, Any] | None) -> Any:
    """As what somebody was identified, in words."""
    facts = (shown or {}).get("facts")
    return dict(As.choices).get(facts.get("as", ""), "") if isinstance(facts, dict) else ""


def _back(case: Case, kind: Kind, row: Keyed) -> HttpResponseBase:
    return redirect(f"cases:{kind.page}", case.code, row.pk)


@login_required
@require_form
def let_in(request: HttpRequest, code: str, kind: Kind, **pk: UUID) -> HttpResponseBase:
    """Somebody else may open it from now on."""
    case, _decision, row = of(request, code, kind, pk, verb="case.write")
    others = {str(each.pk): each for each in reads.inside(row=row).others}
    form = LetIn(request.POST or None, people=[(pk, str(each)) for pk, each in others.items()])

    def act() -> str:
        keyed.let_in(actor=request.user, row=row, user=others[form.cleaned_data["user"]])
        return str(row.pk)

    if form.is_valid():
        once.write(request, act)
        messages.success(request, _("She can open it from now on."))
        return _back(case, kind, row)
    context = {"case": case, "kind": kind, "row": row, "form": form, "nobody": not others}
    return render(request, "cases/whereabouts/let_in.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def shut_out(request: HttpRequest, code: str, kind: Kind, user: UUID, **pk: UUID) -> HttpResponseBase:
    """Somebody opens it no more."""
    case, _decision, row = of(request, code, kind, pk, verb="case.write")
    try:
        keyed.shut_out(actor=request.user, row=row, user_id=user)
    except CannotMove as refused:
        messages.error(request, str(refused.args[0]))
    return _back(case, kind, row)


@login_required
@require_form
def take_away(request: HttpRequest, code: str, kind: Kind, **pk: UUID) -> HttpResponseBase:
    """It is no longer kept; asked once more before it goes."""
    case, decision, row = of(request, code, kind, pk, verb="case.write")
    if request.method == "POST":
        keyed.take_away(actor=request.user, row=row)
        messages.success(request, _("It is taken away, with its key. Nobody can open it any more."))
        return redirect(reverse(f"cases:{kind.list}", args=(case.code,)))
    context = {"case": case, "kind": kind, "row": row, "name": reads.name_of(row=row, decision=decision)}
    return render(request, "cases/whereabouts/take_away.html", context)
