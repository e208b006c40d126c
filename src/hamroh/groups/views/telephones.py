"""A group on a telephone: taking it along, calling it back, and settling what two records say otherwise."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import devices, policy
from hamroh.groups import wording
from hamroh.groups.actions import carrying, joining
from hamroh.groups.actions.frame import NotNow
from hamroh.groups.forms import meetings as forms
from hamroh.groups.models import Attended, Group, Parcel
from hamroh.groups.selectors import books
from hamroh.groups.views.frame import at_desk, done, require_form
from hamroh.groups.views.meetings import FOLDER, form_page, may_write, to
from hamroh.kernel.savings import Difference
from hamroh.web.middleware import CONTENT

COOKIE, LASTS = "meeting", 90 * 86_400


@never_cache
@at_desk
@require_form
def take(request: HttpRequest, code: str) -> HttpResponseBase:
    """Take the group along: the page's script asks for it, seals it under a PIN and keeps it there."""
    group, _decision = books.group_of(actor=request.user, code=code, verb="savings.carry")
    form = forms.TakeForm(
        request.POST or None, initial={"label": devices.rough_name(request.META.get("HTTP_USER_AGENT", ""))}
    )
    if request.method == "POST" and form.is_valid():
        return _taken(request, group, form.cleaned_data["label"])
    scripts = [static(f"groups/phone/{name}") for name in ("store.js", "lock.js", "take.js")]
    response = render(request, f"groups/{FOLDER}take.html", {"group": group, "form": form, "scripts": scripts})
    own = CONTENT.format(nonce=request.csp_nonce)  # type: ignore[attr-defined]
    response.headers["Content-Security-Policy"] = f"{own}; worker-src 'self'"
    return response


def _taken(request: HttpRequest, group: Group, label: str) -> HttpResponseBase:
    try:
        row, token, held = carrying.take_along(actor=request.user, group=group, label=label)
    except NotNow as fault:
        return JsonResponse({"says": str(fault)}, status=409)
    answer = JsonResponse(held)
    answer.set_cookie(
        COOKIE, token, max_age=LASTS, path=reverse("meetings:phone-api", kwargs={"carried": row.code}), httponly=True, samesite="Strict",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )  # fmt: skip
    return answer


@at_desk
@require_safe
def telephones(request: HttpRequest, code: str) -> HttpResponseBase:
    """Telephones on which the group is, and what they brought."""
    group, _decision = books.group_of(actor=request.user, code=code)
    context = {
        "group": group, "rows": list(books.telephones_of(group)[:60]), "parcels": list(books.parcels_of(group)[:60]), "now": timezone.now(),
        "may_revoke": bool(policy.allowed(request.user, "savings.revoke", group)), "may_write": may_write(request, group),
    }  # fmt: skip
    return render(request, f"groups/{FOLDER}telephones.html", context)


@at_desk
@require_POST
def revoke(request: HttpRequest, code: str, carried: UUID) -> HttpResponseBase:
    """Call a telephone back."""
    group, _decision = books.group_of(actor=request.user, code=code, verb="savings.revoke")
    said = _("Called back. It is wiped when it next has a line, and what it sends is refused.")
    return done(
        request,
        lambda: carrying.revoke(actor=request.user, group=group, carried=carried),
        to("telephones", group),
        said,
    )


@at_desk
@require_form
def settle(request: HttpRequest, code: str, parcel: UUID) -> HttpResponseBase:
    """Two records of one meeting side by side: each line that differs is settled by itself."""
    group, _write = books.group_of(actor=request.user, code=code, verb="savings.write")
    decision = policy.require(request.user, "savings.read", group)
    row = books.parcels_of(group).filter(pk=parcel, state="waiting").first()
    if row is None:
        raise policy.Refused("no such parcel of this group")
    told = carrying.told_of(row, decision)
    if row.meeting is None:
        return _which(request, group, row, told)
    meeting = row.meeting
    meeting.group = group
    names, currency = books.called(group, decision), meeting.cycle.currency if meeting.cycle else ""
    found = joining.differences(row, told, decision)
    form = forms.SettleForm(request.POST or None, keys=[(each.key, _title(each, names)) for each in found])
    if request.method == "POST" and not found:
        form.is_bound = True

    def act() -> str:
        carrying.settle(actor=request.user, group=group, parcel=parcel, choices=form.choices())
        return to("meeting", group, number=meeting.number)

    lines = [{"field": form[each.key], "title": _title(each, names), "ours": _said(each, each.ours, currency), "theirs": _said(each, each.theirs, currency)} for each in found]  # fmt: skip
    return form_page(
        request, group, form, act, title=_("Two records of one meeting"), back=to("telephones", group), template="settle.html", lines=lines,
        parcel=row, meeting=meeting,
    )  # fmt: skip


def _which(request: HttpRequest, group: Group, row: Parcel, told: Any) -> HttpResponseBase:
    near = [(each.number, each.held_date) for each in books.meetings_of(group)[:6]]
    form = forms.WhichForm(request.POST or None, meetings=near)

    def act() -> str:
        settled = carrying.settle_meeting(actor=request.user, group=group, parcel=row.pk, number=form.number())
        return to("settle", group, parcel=row.pk) if settled.differs else to("list", group)

    said = wording.meeting_called(told.number, told.held)
    return form_page(
        request, group, form, act, title=_("A telephone recorded a meeting that is not known here"), back=to("telephones", group),
        template="which.html", said=said, parcel=row,
    )  # fmt: skip


def _title(each: Difference, names: dict[int, str]) -> str:
    about = wording.about(each.kind)
    return f"{names.get(each.member, f'№ {each.member}')}: {about}" if each.member is not None else about


def _said(each: Difference, values: tuple[str, ...], currency: str) -> str:
    """What one record says, in words."""
    if not values:
        return pgettext("record", "Nothing")
    if each.kind == "attendance":
        return str(dict(Attended.choices)[values[0]])
    if each.kind in ("decision", "agenda"):
        return "; ".join(values)
    amounts = [value.split(" ") for value in values]
    return ", ".join(" → ".join([wording.amount(int(number), currency), *due]) for number, *due in amounts)
