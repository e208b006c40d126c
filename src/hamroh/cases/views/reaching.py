"""How she may be reached, changed by her word; and the door through which anything goes out to her."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hamroh.accounts import policy
from hamroh.cases import reaching, selectors
from hamroh.cases.actions import contact as actions
from hamroh.cases.actions import outgoing as door
from hamroh.cases.forms.safety import ContactForm, Done, ReachForm
from hamroh.cases.models import Case, Outgoing, SafeContact
from hamroh.cases.selectors import contacts
from hamroh.kernel.datafiles import document
from hamroh.vault import once

require_form = require_http_methods(["GET", "HEAD", "POST"])
ASKED_AGAIN = dt.timedelta(days=30)


def bodies(lang: str) -> list[tuple[str, str]]:
    """Messages that give nothing away, in a language."""
    known = document("safety/bodies.yml")["bodies"]
    return [(code, texts.get(lang) or texts["en"]) for code, texts in known.items()]


def _case(request: HttpRequest, code: str) -> tuple[Case, policy.Decision]:
    return selectors.case_of(actor=request.user, code=code, verb="case.write")


def _of(case: Case, rows: Any, pk: UUID) -> Any:
    """A row of this case; Refused where there is none."""
    found = rows.filter(case=case, pk=pk).first()
    if found is None:
        raise policy.Refused("no such row in this case")
    return found


@login_required
@require_form
def reach(request: HttpRequest, code: str) -> HttpResponseBase:
    """What her rule says, a wish to reach her, and what went out so far."""
    case, decision = _case(request, code)
    known = contacts.ways(case=case, decision=decision)
    ways = list(dict.fromkeys(way.line.row.way for way in known))
    form = ReachForm(request.POST or None, bodies=bodies(get_language() or "en"), ways=ways)
    if form.is_valid():
        told = form.cleaned_data

        def send() -> str:
            row = door.send(
                actor=request.user, case=case, way=told["way"], body=form.said, leaves_message=told["leaves_message"]
            )
            return str(row.pk)

        return redirect("cases:outgoing", code=code, outgoing=once.write(request, send))
    outs = contacts.outgoings(case=case, decision=decision)
    context = {"case": case, "ways": known, "form": form, "outs": outs, "now": reaching.now_there(case)}
    return render(request, "cases/reaching/reach.html", context, status=422 if form.errors else 200)


@login_required
@require_form
def outgoing(request: HttpRequest, code: str, outgoing: UUID) -> HttpResponseBase:
    """One wish to reach her. The number and the words are shown by a press, when the rule allows them at that moment."""
    case, decision = _case(request, code)
    row = _of(case, Outgoing.objects.select_related("made_by"), outgoing)
    form, handed = Done(request.POST if request.POST.get("do") == "done" else None), None
    if request.POST.get("do") == "open":
        handed = door.hand_over(actor=request.user, case=case, outgoing=row)
        row.refresh_from_db()
    elif request.POST.get("do") == "cancel":
        door.cancel(actor=request.user, case=case, outgoing=row)
        return redirect("cases:reach", code=code)
    elif form.is_valid():
        return _finished(request, case, row, form)
    out = contacts.outgoing(case=case, decision=decision, row=row)
    context = {"case": case, "out": out, "handed": handed, "form": form}
    return render(request, "cases/reaching/outgoing.html", context, status=422 if form.errors else 200)


def _finished(request: HttpRequest, case: Case, row: Outgoing, form: Done) -> HttpResponseBase:
    if row.state == "released":
        door.finish(actor=request.user, case=case, outgoing=row, words=form.cleaned_data["words"])
        messages.success(request, _("Written down."))
    return redirect("cases:reach", code=case.code)


@login_required
@require_form
def new_contact(request: HttpRequest, code: str) -> HttpResponseBase:
    return _contact(request, code)


@login_required
@require_form
def change_contact(request: HttpRequest, code: str, contact: UUID) -> HttpResponseBase:
    """A new line in the place of an old one: the page asks whether the old one is still safe."""
    return _contact(request, code, contact)


def _contact(request: HttpRequest, code: str, contact: UUID | None = None) -> HttpResponseBase:
    case, decision = _case(request, code)
    current = SafeContact.objects.filter(ended_at__isnull=True)
    # what was typed about a line that somebody ended meanwhile is not lost: the form comes back and says so
    rows = SafeContact.objects.all() if request.method == "POST" else current
    old = _of(case, rows, contact) if contact else None
    today = reaching.today_there(case)
    initial = {"until_date": today + ASKED_AGAIN} | (_terms_of(case, decision, old) if old else {})
    form = ContactForm(request.POST or None, today=today, replaces=old is not None, initial=initial)
    if form.is_valid() and _kept(request, case, form, old):
        messages.success(request, _("Written down. What still waited to go out was cancelled."))
        return redirect("cases:case", code=code)
    context = {"case": case, "form": form, "old": old}
    return render(request, "cases/reaching/contact.html", context, status=422 if form.errors else 200)


def _terms_of(case: Case, decision: policy.Decision, old: SafeContact) -> dict[str, Any]:
    """What the old line said, without its number: a new one is typed anew."""
    lines = reaching.lines(case=case, decision=decision)
    terms = next((line.terms for line in lines if line.row.pk == old.pk), {})
    return {"way": old.way, **terms, "days": [str(day) for day in terms.get("days", ())]}


def _kept(request: HttpRequest, case: Case, form: ContactForm, old: SafeContact | None) -> bool:
    told = form.cleaned_data

    def keep() -> str:
        line = actions.set_contact(
            actor=request.user, case=case, way=told["way"], value=told["value"], terms=form.terms(),
            until_date=told["until_date"], replaces=old, old_is_safe=told.get("old_is_safe", actions.UNKNOWN),
        )  # fmt: skip
        return str(line.pk)

    try:
        once.write(request, keep)
    except actions.WasUnsafe as fault:
        form.add_error("value", str(fault))
        return False
    except actions.EndedMeanwhile as fault:
        form.add_error(None, str(fault))
        return False
    return True


@login_required
@require_POST
def end_contact(request: HttpRequest, code: str, contact: UUID) -> HttpResponseBase:
    case, _decision = _case(request, code)
    actions.end_contact(actor=request.user, case=case, contact=_of(case, SafeContact.objects, contact))
    messages.success(request, _("Ended. What still waited to go out was cancelled."))
    return redirect("cases:case", code=code)
