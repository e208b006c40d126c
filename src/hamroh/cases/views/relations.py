"""What two people of a case are to each other."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.accounts.zones import local_date
from hamroh.cases import kinship, lawbook, selectors
from hamroh.cases.actions.opening import CLOSED, AtRest
from hamroh.cases.actions.people import RelatedAlready, edit_relationship, relate
from hamroh.cases.forms import relations as forms
from hamroh.cases.forms import seen
from hamroh.cases.forms.dates import as_text
from hamroh.cases.models import Case, Person, Relationship
from hamroh.cases.selectors import sameness
from hamroh.vault import once, opening

require_form = require_http_methods(["GET", "HEAD", "POST"])


def kept(request: HttpRequest, form: Form, act: Callable[[], str]) -> str:
    """Where to go once it is written; empty where it is not, which the form then says, field by field where somebody else wrote meanwhile."""
    try:
        return once.write(request, lambda: str(seen.unless_changed(form, act)))
    except seen.ChangedMeanwhile:
        seen.say_changed(form)
    except AtRest:
        form.add_error(None, str(CLOSED))
    return ""


def _page_of(person: Person, case: Case) -> str:
    return reverse("cases:person", kwargs={"code": case.code, "person": person.pk})


def related(case: Case, decision: Decision, person: Person | None = None) -> list[dict[str, Any]]:
    """What people of the case are to each other, with what follows from it in its country."""
    rows = list(Relationship.objects.filter(case=case).select_related("first", "second").order_by("pk"))
    if person is not None:
        rows = [row for row in rows if person.pk in (row.first_id, row.second_id)]
    people = {each.pk: each for row in rows for each in (row.first, row.second)}
    names = {
        pk: opening.open_each(each, ("name",), decision=decision, purpose="page")["name"] for pk, each in people.items()
    }
    today = local_date(timezone.now(), case.organisation)
    found = []
    for row in rows:
        facts = opening.open_each(row, ("facts",), decision=decision, purpose="page")["facts"]
        told = facts if isinstance(facts, dict) else {}
        found.append({
            "row": row, "first": names[row.first_id], "second": names[row.second_id], "facts": told,
            "kind": kinship.KINDS.get(told.get("kind", "")), "social": kinship.SOCIAL.get(told.get("social", "")),
            "legal": kinship.legal_words(told), "since": as_text(told.get("since")), "until": as_text(told.get("until")),
            "follows": [_cited(each, today) for each in kinship.follows(told, case.country, today, lawbook.book(today))],
        })  # fmt: skip
    return found


def names_of(case: Case, decision: Decision) -> list[tuple[str, str]]:
    rows = Person.objects.filter(case=case).order_by("part", "pk")
    return [
        (str(row.pk), f"{opening.open_each(row, ('name',), decision=decision, purpose='form')['name']}, {row.get_part_display()}")
        for row in rows
    ]  # fmt: skip


def _cited(found: kinship.Follows, today: dt.date) -> dict[str, Any]:
    """A sentence of what follows, with what stands beside every word of law."""
    rule = found.rule
    return {
        "said": found.said, "rule": rule, "cited": rule.cited(get_language() or "en"), "stale": rule.stale(today),
        "source": rule.source.title if rule.source else "",
    }  # fmt: skip


@login_required
@require_form
def add_relation(request: HttpRequest, code: str) -> HttpResponseBase:
    """What two people of the case are to each other."""
    case, decision = selectors.case_of(actor=request.user, code=code)
    policy.require(request.user, "case.write", case)
    people = names_of(case, decision)
    form = forms.Relation(request.POST or None, people=people)
    if form.is_valid():
        try:
            return redirect(once.write(request, _relating(request, case, form)))
        except RelatedAlready:
            form.add_error("second", _("There is a line about these two already. Change that one."))
        except AtRest:
            form.add_error(None, str(CLOSED))
    context = {"case": case, "form": form, "few": len(people) < 2}
    return render(request, "cases/people/relation.html", context, status=422 if form.errors else 200)


def _relating(request: HttpRequest, case: Case, form: forms.Relation) -> Callable[[], str]:
    def write() -> str:
        pair = [sameness.person_of(case=case, pk=UUID(form.cleaned_data[name])) for name in ("first", "second")]
        relate(actor=request.user, case=case, first=pair[0], second=pair[1], facts=form.facts())
        return _page_of(pair[0], case)

    return write


@login_required
@require_form
def relation(request: HttpRequest, code: str, relationship: UUID) -> HttpResponseBase:
    """The same two people, told of anew."""
    case, decision = selectors.case_of(actor=request.user, code=code)
    policy.require(request.user, "case.write", case)
    row = Relationship.objects.filter(case=case, pk=relationship).select_related("case", "first", "second").first()
    if row is None:
        raise policy.Refused("no such relationship in this case")

    def stands() -> dict[str, Any]:
        now = Relationship.objects.get(pk=row.pk)
        facts = opening.open_each(now, ("facts",), decision=decision, purpose="form")["facts"]
        return forms.initial_of(facts if isinstance(facts, dict) else {})

    form = forms.Statuses(request.POST or None, initial=stands())
    seen.watch(form, case, stands)
    if form.is_valid() and (to := kept(request, form, _telling(request, case, row, form))):
        return redirect(to)
    lines = [each for each in related(case, decision) if each["row"].pk == row.pk]
    context = {"case": case, "row": row, "form": form, "lines": lines}
    return render(request, "cases/people/relation.html", context, status=422 if form.errors else 200)


def _telling(request: HttpRequest, case: Case, row: Relationship, form: forms.Statuses) -> Callable[[], str]:
    def write() -> str:
        edit_relationship(actor=request.user, relationship=row, facts=form.facts())
        return _page_of(row.first, case)

    return write
