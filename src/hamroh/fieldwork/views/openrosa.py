"""What apps that speak OpenRosa ask: which forms there are, the forms, the files beside them, and that a filled one be taken."""

import hashlib
import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID
from xml.sax.saxutils import escape

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hamroh.accounts import limits, policy, rowsecurity
from hamroh.fieldwork import digestaccess, entering, posted
from hamroh.fieldwork.actions import receiving
from hamroh.fieldwork.models import Device, FormMedia, FormVersion
from hamroh.fieldwork.selectors import forms as reads
from hamroh.fieldwork.selectors import lists
from hamroh.web.room import is_full
from hamroh.web.texts import pick

#: what an app should put into one request; it sends the other files in further ones
ACCEPTED = 10 * 2**20
#: wrong names, passwords and tokens from one address
GUESSES = limits.Limit("field-device", 20, 30)
_XML = "text/xml; charset=utf-8"
_RESPONSE, _LIST, _MANIFEST = (
    f"http://openrosa.org/{each}" for each in ("http/response", "xforms/xformsList", "xforms/xformsManifest")
)
View = Callable[..., HttpResponseBase]
#: addresses that guessed too often lately, until when; the count itself stands in the database
_shut: dict[str, float] = {}


# -- who asks


def for_device(*methods: str) -> Callable[[View], View]:
    """A view for devices: it is given the one that asks, by digest access or by the token in the address."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @never_cache
        @require_http_methods(list(methods))
        @wraps(view)
        def guarded(request: HttpRequest, token: str = "", **kwargs: Any) -> HttpResponseBase:
            address = limits.address(request)
            if _shut.get(address, 0) > time.monotonic():
                return _dressed(_said(_("Too many wrong passwords. Wait a while."), 429))
            device = _entered(request, token)
            if not isinstance(device, Device):
                return _dressed(device)
            with rowsecurity.opened_for({device.organisation_id}), _in_language_of(request, device):
                request.field_token = token  # type: ignore[attr-defined]
                return _dressed(view(request, device, **kwargs))

        return guarded

    return decorate


def _entered(request: HttpRequest, token: str) -> Device | HttpResponse:
    """The device, or why not."""
    if token:
        device = entering.by_token(token)
        return device or _wrong(request, _said(_("There is no such device, or it was taken back."), 404))
    told = digestaccess.parsed(request.headers.get("Authorization", ""))
    if told is None or not digestaccess.is_ours(told.nonce):
        return _challenge()
    if not entering.is_asked(request.get_full_path(), told.uri):
        return _challenge()
    device = entering.by_digest(told, request.method or "")
    if device is None:
        return _wrong(request, _challenge())
    if not digestaccess.is_fresh(told.nonce) or not digestaccess.is_first(told):
        return _challenge(is_stale=True)
    return device


def _wrong(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Count a wrong guess; after too many nothing from this address is looked at for a minute."""
    address = limits.address(request)
    if limits.take(GUESSES, address):
        return answer
    if len(_shut) > 1000:
        _shut.clear()
    _shut[address] = time.monotonic() + 60
    return _said(_("Too many wrong passwords. Wait a while."), 429)


def _challenge(*, is_stale: bool = False) -> HttpResponse:
    answer = _said(_("Sign in with the name and the password of the device."), 401)
    answer["WWW-Authenticate"] = digestaccess.challenges(is_stale=is_stale)
    return answer


def _in_language_of(request: HttpRequest, device: Device) -> Any:
    """What the app asks for, else the language of its holder."""
    asked = request.headers.get("Accept-Language", "")
    return translation.override(translation.get_language() if asked else device.holder.language or "en")


# -- answers


def _said(words: str, status: int, nature: str = "") -> HttpResponse:
    """An OpenRosa envelope with a sentence for whoever holds the device."""
    kind = nature or ("submit_success" if status < 400 else "submit_failure" if status == 400 else "error")
    text = f'<message nature="{kind}">{escape(words)}</message>'
    return _xml(f'<OpenRosaResponse xmlns="{_RESPONSE}">{text}</OpenRosaResponse>', status)


def _xml(body: str, status: int = 200) -> HttpResponse:
    return HttpResponse(f'<?xml version="1.0" encoding="UTF-8"?>\n{body}', status=status, content_type=_XML)


def _dressed(answer: HttpResponseBase) -> HttpResponseBase:
    """What every answer says of itself."""
    answer["X-OpenRosa-Version"] = "1.0"
    answer["X-OpenRosa-Accept-Content-Length"] = str(ACCEPTED)
    answer["Date"] = http_date()
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _at(request: HttpRequest, name: str, **kwargs: Any) -> str:
    """An absolute address under the one that the device knows."""
    token = request.field_token  # type: ignore[attr-defined]
    more = {"token": token} if token else {}
    return request.build_absolute_uri(reverse(f"openrosa:{'token-' if token else ''}{name}", kwargs={**kwargs, **more}))


# -- forms


@for_device("GET", "HEAD")
def form_list(request: HttpRequest, device: Device) -> HttpResponseBase:
    """The forms that this device's holder is to fill."""
    versions = reads.forms_to_fill(device=device, with_closing=request.GET.get("listAllVersions") in ("true", "1"))
    if wanted := request.GET.get("formID", ""):
        versions = [each for each in versions if each.form.form_id == wanted]
    with_files = set(FormMedia.objects.filter(version__in=versions).values_list("version_id", flat=True))
    verbose = request.GET.get("verbose", "") in ("true", "1")
    lines = "".join(_listed(request, each, verbose=verbose, files=each.pk in with_files) for each in versions)
    return _xml(f'<xforms xmlns="{_LIST}">{lines}</xforms>')


def _listed(request: HttpRequest, version: FormVersion, *, verbose: bool, files: bool) -> str:
    name = pick(version.form.titles, translation.get_language() or "en").text or version.form.form_id
    parts = [
        ("formID", version.form.form_id), ("name", name), ("version", version.version), ("hash", f"md5:{version.md5}"),
        *([("descriptionText", str(version.form.get_purpose_display()))] if verbose else []),
        ("downloadUrl", _at(request, "form", pk=version.pk)), *([("manifestUrl", _at(request, "manifest", pk=version.pk))] if files else []),
    ]  # fmt: skip
    return f"<xform>{''.join(f'<{tag}>{escape(words)}</{tag}>' for tag, words in parts)}</xform>"


@for_device("GET", "HEAD")
def form(request: HttpRequest, device: Device, pk: UUID) -> HttpResponseBase:  # noqa: ARG001 - the device asks
    """The XForm, word for word."""
    version = reads.version_to_fill(device=device, pk=pk)
    return _xml_of(version) if version else _missing()


def _xml_of(version: FormVersion) -> HttpResponse:
    return HttpResponse(version.xml.encode(), content_type=_XML)


def _missing() -> HttpResponse:
    return _said(_("There is no such form here, or not in this version."), 404)


@for_device("GET", "HEAD")
def manifest(request: HttpRequest, device: Device, pk: UUID) -> HttpResponseBase:
    """The files beside a form, with their hashes."""
    version = reads.version_to_fill(device=device, pk=pk)
    if version is None:
        return _missing()
    lines = [_file(request, version, each) for each in reads.media_of(version=version) if each.md5]
    for name, pk_of_media in lists.asked_for(version=version):
        content = lists.as_csv(device=device, version=version, name=name)
        lines.append(_line(f"{name}.csv", hashlib.md5(content, usedforsecurity=False).hexdigest(),
                           _at(request, "media", pk=version.pk, media=pk_of_media), "entityList"))  # fmt: skip
    return _xml(f'<manifest xmlns="{_MANIFEST}">{"".join(lines)}</manifest>')


def _file(request: HttpRequest, version: FormVersion, media: FormMedia) -> str:
    return _line(media.name, media.md5, _at(request, "media", pk=version.pk, media=media.pk))


def _line(name: str, md5: str, address: str, kind: str = "") -> str:
    said = f' type="{kind}"' if kind else ""
    return (
        f"<mediaFile{said}><filename>{escape(name)}</filename><hash>md5:{md5}</hash>"
        f"<downloadUrl>{escape(address)}</downloadUrl></mediaFile>"
    )


@for_device("GET", "HEAD")
def media(request: HttpRequest, device: Device, pk: UUID, media: UUID) -> HttpResponseBase:  # noqa: ARG001 - the device asks
    """One file beside a form; a list that grows by what is filled is written as it stands."""
    version = reads.version_to_fill(device=device, pk=pk)
    row = FormMedia.objects.filter(version=version, pk=media).first() if version else None
    if version is None or row is None:
        return _missing()
    if row.content is not None:
        return HttpResponse(bytes(row.content), content_type=row.kind or "application/octet-stream")
    name = row.name.removesuffix(".csv")
    if name not in dict(lists.asked_for(version=version)):
        return _missing()
    return HttpResponse(lists.as_csv(device=device, version=version, name=name), content_type="text/csv; charset=utf-8")


# -- what was filled


@for_device("HEAD", "GET", "POST")
def submission(request: HttpRequest, device: Device) -> HttpResponseBase:
    """Say where filled forms are sent and how much at once; take one in."""
    if request.method != "POST":
        answer = HttpResponse(status=204)
        answer["Location"] = _at(request, "submission")
        return answer
    try:
        sent = posted.read(request)
        receipt = receiving.receive(
            device=device, xml=sent.xml, files=sent.files, user_agent=request.headers.get("User-Agent", "")
        )
    except posted.Cut as fault:
        return _said(_CUT[fault.code](), 411 if fault.code == "no_length" else 400)
    except receiving.NotTaken as fault:
        return _said(str(fault), fault.status)
    except policy.Refused:
        return _said(_("This person may not fill forms here."), 403)
    except (DatabaseError, OSError) as fault:
        if not is_full(fault):
            raise
        return _said(_("There is no room here now, and nothing was taken. Keep the form and send it again later."), 507)
    receiving.note_seen(device=device)
    answer = _said(*_became(receipt.outcome))
    answer["Location"] = _at(request, "submission")
    return answer


_CUT: dict[str, Callable[[], str]] = {
    "cut": lambda: _("It broke off on the way. Send it again."),
    "broken": lambda: _("What was sent cannot be read as a filled form."),
    "no_form": lambda: _("What was sent cannot be read as a filled form."),
    "many": lambda: _("Too many files came in one request. Send them in several."),
    "no_length": lambda: _("What was sent does not say how long it is."),
}


def _became(outcome: str) -> tuple[str, int]:
    """What is told of a form that was taken, and how. One that clashes is kept, and somebody has to look: 202."""
    if outcome == receiving.CLASH:
        return _("Taken, but another form of the same name came before. Your office will look at both."), 202
    if outcome == receiving.KNOWN:
        return _("It was here already. Nothing is lost."), 201
    return _("Taken. Thank you."), 201
