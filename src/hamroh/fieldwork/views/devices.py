"""Devices and keys at the desk: made, shown once, taken back."""

import base64
import json
import zlib

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.accounts.workplace import here
from hamroh.fieldwork.actions import equipping
from hamroh.fieldwork.forms import forms
from hamroh.fieldwork.selectors import forms as reads
from hamroh.fieldwork.selectors import people
from hamroh.fieldwork.views.forms import PAGE_LINES, at, doors, require_form
from hamroh.vault import attachments
from hamroh.web import squares

PAGE = "fieldwork/devices/"


@login_required
@require_safe
def devices(request: HttpRequest) -> HttpResponseBase:
    """The devices of the organisation: who holds them, when they were last heard of."""
    policy.require(request.user, "device.manage")
    rows = reads.devices(actor=request.user, organisation=here(request))
    page = Paginator(rows, PAGE_LINES).get_page(request.GET.get("page"))
    return render(request, f"{PAGE}list.html", {"page": page, **doors(request)})


@never_cache
@login_required
@require_form
def make(request: HttpRequest) -> HttpResponseBase:
    """Make a device; its name, its password and a code for the app are shown now and never again."""
    policy.require(request.user, "device.manage")
    house = here(request)
    form = forms.Equipping(request.POST or None, people=people.who_fills(organisation=house))
    if form.is_valid():
        try:
            made = equipping.make_device(
                actor=request.user, organisation=house, holder=form.who, label=form.cleaned_data["label"]
            )
        except equipping.CannotEquip as fault:
            form.add_error(None, str(fault))
        else:
            return render(request, f"{PAGE}made.html", _told(request, made))
    return render(request, f"{PAGE}make.html", {"form": form}, status=422 if form.errors else 200)


def _told(request: HttpRequest, made: equipping.Equipped) -> dict[str, object]:
    """What is told of a device once."""
    server = request.build_absolute_uri("/openrosa")
    return {
        "row": made.device, "server": server, "password": made.password, "under_token": f"{server}/t/{made.token}",
        "square": _square(server, made),
    }  # fmt: skip


def _square(server: str, made: equipping.Equipped) -> SafeString:
    """The settings of the app in the form in which it reads them from a square: JSON, packed, as text."""
    settings = {
        "general": {"server_url": server, "username": made.device.code, "password": made.password, "form_update_mode": "match_exactly"},
        "admin": {}, "project": {"name": "Hamroh", "icon": "H"},
    }  # fmt: skip
    packed = base64.b64encode(zlib.compress(json.dumps(settings).encode(), 9)).decode()
    return squares.drawn(packed, _("Settings for the app"))


@login_required
@require_POST
def revoke(request: HttpRequest, code: str) -> HttpResponseBase:
    """Take a device back."""
    row = reads.device_of(actor=request.user, code=code)
    equipping.revoke_device(actor=request.user, device=row)
    return redirect(at("devices"))


@never_cache
@login_required
@require_form
def keys(request: HttpRequest) -> HttpResponseBase:
    """The keys of the organisation; a new one, whose private part is kept here or handed over now."""
    policy.require(request.user, "form_key.manage")
    house = here(request)
    form = forms.KeyMaking(request.POST or None)
    if form.is_valid():
        key, pem = equipping.make_key(
            actor=request.user, organisation=house, is_kept_here=form.cleaned_data["kept"] == "here"
        )
        return attachments.parcel(pem, f"key-{key.code}.pem") if pem else redirect(at("keys"))
    rows = reads.keys(actor=request.user, organisation=house)
    return render(request, f"{PAGE}keys.html", {"rows": rows, "form": form}, status=422 if form.errors else 200)


@login_required
@require_POST
def retire(request: HttpRequest, code: str) -> HttpResponseBase:
    """Let no new form seal to a key."""
    equipping.retire_key(actor=request.user, key=reads.key_of(actor=request.user, code=code))
    return redirect(at("keys"))
