"""Security headers and the protection of forms."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware

from hamroh.web import logs
from hamroh.web.views import plain_page

CONTENT = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FEATURES = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone")
HEADERS = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in (*FEATURES, "payment", "usb", "browsing-topics")),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class SecurityHeaders:
    """Every answer says what a page may do: own files only, scripts only with the nonce of this answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.csp_nonce = secrets.token_urlsafe(16)  # type: ignore[attr-defined]
        with logs.about_request(request=secrets.token_hex(6)):
            response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT.format(nonce=request.csp_nonce))  # type: ignore[attr-defined]
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class BodyLimit:
    """A request that says it is larger than anything that is taken here is refused before it is read.

    One that does not say how long it is has no body to Django, so there is nothing to refuse.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.BODY_MAX:
            logs.security("request.too_large")
            return plain_page(413)
        return self.get_response(request)


class ProgramsOverTls:
    """Interfaces for programs answer over TLS alone: a program that was led on would go on sending in the open first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if (
            settings.SECURE_SSL_REDIRECT
            and not request.is_secure()
            and request.path.startswith(("/api/", "/openrosa/"))
        ):
            return HttpResponse("Ask by https.\n", status=403, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


class FormProtection(CsrfViewMiddleware):
    """Django's form protection, which also knows our own pages that send no referrer.

    Such a page posts with the origin ``null``; the browser itself then says that the post comes from the same site.
    """

    def _origin_verified(self, request: HttpRequest) -> bool:
        if request.META.get("HTTP_ORIGIN") == "null":
            return request.headers.get("Sec-Fetch-Site") == "same-origin"
        return bool(super()._origin_verified(request))  # type: ignore[misc]
