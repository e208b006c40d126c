"""The composer of alerts at the desk: write, look at what is wrong, sign, update, take back."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.emergencies import actions, alerting, selectors
from hamroh.emergencies.actions.alerts import SIGNATURES
from hamroh.emergencies.forms import alerts as forms
from hamroh.emergencies.models import Alert, Event, MessageType, Status
from hamroh.emergencies.showing import shown_alert
from hamroh.emergencies.views.frame import PAGE, PAGE_LINES, asked, at_desk, done, here, require_form
from hamroh.kernel import alerts as cap


def at(name: str, alert: Any) -> str:
    return reverse(f"emergencies:{name}", kwargs={"alert": alert.code})


@at_desk
@require_safe
def alerts(request: HttpRequest) -> HttpResponseBase:
    """Alerts of the organisation, the newest first."""
    policy.require(request.user, "alert.see")
    rows = selectors.alerts(actor=request.user, organisation=here(request))
    page = Paginator(rows, PAGE_LINES).get_page(request.GET.get("page"))
    context = {"page": page, "may_write": bool(policy.allowed(request.user, "alert.write"))}
    return render(request, f"{PAGE}alerts.html", context)


def _event(request: HttpRequest) -> Event | None:
    """The event that the address names; Refused for one that she does not see."""
    code = request.GET.get("event", "")
    return selectors.event_of(actor=request.user, code=code[:12])[0] if code else None


@at_desk
@require_form
def new(request: HttpRequest) -> HttpResponseBase:
    """A draft, with the event's places and hazard where it begins at one."""
    policy.require(request.user, "alert.write")
    event = _event(request)
    begun: dict[str, Any] = {"hazard": event.hazard, "areas": tuple(event.areas)} if event else {}
    form = forms.AlertForm(request.POST or None, event=event, initial=begun)

    def act() -> str:
        organisation = event.organisation if event else here(request)
        return at("alert", actions.compose_alert(actor=request.user, organisation=organisation, draft=form.draft()))

    return asked(
        request,
        form,
        act,
        template="alert_form.html",
        title=_("A new alert"),
        back=reverse("emergencies:alerts"),
        event=event,
    )


@at_desk
@require_safe
def alert(request: HttpRequest, alert: str) -> HttpResponseBase:
    """One alert: its words, what is wrong with it, who has signed."""
    row, _decision = selectors.alert_of(actor=request.user, code=alert)
    is_open = row.state in ("draft", "signing")
    faults = alerting.faults_of(row, timezone.now()) if is_open else []
    signed = [each for each in row.signatures.all() if each.version == row.version]
    context = {
        "alert": row, "faults": [{"words": alerting.words_of(each), "must": each.must} for each in faults],
        "blocks": any(each.must for each in faults), "missing": alerting.missing_languages(row), "facts": shown_alert(row.facts),
        "places": [unit.names for unit in alerting.units_of(row.areas).values()], "signed": signed, "wanted": SIGNATURES,
        "has_signed": any(each.made_by_id == request.user.pk for each in signed), "is_real": row.status == Status.ACTUAL,
        "issued": selectors.issued_of(code=row.code) if row.state == "issued" else None, "is_open": is_open,
        "expires": forms.initial_of(row).get("expires"), "texts": _texts(row),
        "may_write": bool(policy.allowed(request.user, "alert.write", row)), "may_sign": bool(policy.allowed(request.user, "alert.sign", row)),
    }  # fmt: skip
    return render(request, f"{PAGE}alert.html", context)


def _texts(row: Alert) -> list[dict[str, str]]:
    return [
        {"lang": lang, **text, "headline": alerting.marked(row.status, lang, text.get("headline", ""))}
        for lang, text in row.texts.items()
    ]


@at_desk
@require_form
def change(request: HttpRequest, alert: str) -> HttpResponseBase:
    """Another wording: signatures that were given are for the one before."""
    row, _decision = selectors.alert_of(actor=request.user, code=alert, verb="alert.write")
    if row.state not in ("draft", "signing"):
        raise policy.Refused("what went out is not changed")
    seen = request.POST.get("seen", str(row.version))
    form = forms.AlertForm(request.POST or None, event=row.event, alert=row, initial=forms.initial_of(row))

    def act() -> str:
        actions.change_alert(actor=request.user, alert=row, draft=form.draft(), seen=_number(seen))
        return at("alert", row)

    return asked(
        request,
        form,
        act,
        template="alert_form.html",
        title=_("Change the alert"),
        back=at("alert", row),
        event=row.event,
        seen=seen,
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else -1


@at_desk
@require_POST
def step(request: HttpRequest, alert: str) -> HttpResponseBase:
    """Ask for signatures, sign, or throw the draft away."""
    do, seen = request.POST.get("do", ""), _number(request.POST.get("seen", ""))
    verb = "alert.sign" if do == "sign" else "alert.write"
    row, _decision = selectors.alert_of(actor=request.user, code=alert, verb=verb)
    steps = {
        "ask": lambda: actions.ask_for_signatures(actor=request.user, alert=row, seen=seen),
        "sign": lambda: actions.sign_alert(
            actor=request.user, alert=row, seen=seen, really=request.POST.get("really") == "yes"
        ),
        "drop": lambda: actions.drop_alert(actor=request.user, alert=row),
    }
    if do not in steps:
        raise policy.Refused("no such step of an alert")
    return done(request, steps[do], reverse("emergencies:alerts") if do == "drop" else at("alert", row))


@at_desk
@require_POST
def refer(request: HttpRequest, alert: str) -> HttpResponseBase:
    """A draft that updates or takes back what went out."""
    row, _decision = selectors.alert_of(actor=request.user, code=alert, verb="alert.write")
    kind = request.POST.get("kind", "")
    if kind not in (MessageType.UPDATE, MessageType.CANCEL):
        raise policy.Refused("no such kind of alert")
    made: list[Alert] = []
    answer = done(
        request, lambda: made.append(actions.refer_to(actor=request.user, alert=row, kind=kind)), at("alert", row)
    )
    return redirect(at("change-alert", made[0])) if made else answer


@at_desk
@require_safe
def file(request: HttpRequest, alert: str) -> HttpResponseBase:
    """A draft as the XML that it would be."""
    row, _decision = selectors.alert_of(actor=request.user, code=alert)
    answer = HttpResponse(
        cap.written(alerting.message_of(row, timezone.now())), content_type="application/xml; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="draft-{row.code}.xml"'
    return answer
