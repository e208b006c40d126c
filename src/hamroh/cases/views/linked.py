"""The page that a service without an account reads: what is asked of it, its answer, and everything else for the code told by voice.

It needs no cookie: whoever has the link's secret may do what the page does, and nobody else can name it.
"""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hamroh.accounts import limits
from hamroh.cases.actions import links as actions
from hamroh.cases.actions.links import Looked
from hamroh.cases.forms.links import Code, Seen
from hamroh.cases.forms.referrals import Reason
from hamroh.cases.selectors import linking
from hamroh.cases.selectors.referrals import Shown
from hamroh.cases.views.links import KEY
from hamroh.web.decorators import wordless

PAGE = "cases/links/"
#: from one address: an office behind one line reads several letters, a machine that guesses tries more
LETTERS, CODES = limits.Limit("letter-link", 40, 15), limits.Limit("letter-code", 10, 120)


@csrf_exempt  # a forged post needs the secret, and a cookie against forgery would be a trace
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@wordless
def letter(request: HttpRequest) -> HttpResponseBase:
    """The referral of a link; what is unknown, over, dead or taken back is answered alike."""
    request.neutral_title = gettext_lazy("A letter")  # type: ignore[attr-defined]
    secret, where = request.POST.get(KEY) or request.GET.get(KEY, ""), limits.address(request)
    if not secret:
        return _page(request, "number")
    do = _ACTS.get(request.POST.get("do", ""), _look)
    if not limits.take(LETTERS, where) or (do is _open and not limits.take(CODES, where)):
        return _page(request, "number", status=429, said=_("Too many tries from here. Wait a little, then try again."))
    return do(request, secret)


def _page(request: HttpRequest, name: str, status: int = 200, **facts: Any) -> HttpResponse:
    """An answer that nobody keeps and that sends no address on."""
    answer = render(request, f"{PAGE}{name}.html", facts, status=status)
    answer["Cache-Control"], answer["Referrer-Policy"] = "no-store", "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _nothing(request: HttpRequest) -> HttpResponse:
    said = _(
        "Nothing opens under this number, or not any more. Look whether it is typed right, or ring those who gave it to you."
    )
    return _page(request, "number", status=404, said=said)


def _told(request: HttpRequest, secret: str, looked: Looked | None, form: Form | None = None) -> HttpResponse:
    """The page as it stands; ``form`` is one that came back with a fault."""
    if looked is None:
        return _nothing(request)
    row, payload = looked.referral, looked.payload
    shown = Shown(row, {"envelope": looked.envelope, "payload": payload or {}})
    forms = {of.__name__.lower(): form if isinstance(form, of) else of() for of in (Reason, Code, Seen)}
    facts = {
        "secret": secret, "row": row, "link": looked.link, "shown": shown, "opened": payload is not None,
        "ways": linking.ways(payload or {}), "accepted": row.state == "accepted", **forms,
    }  # fmt: skip
    return _page(request, "open", status=422 if form else 200, **facts)


def _look(request: HttpRequest, secret: str) -> HttpResponse:
    return _told(request, secret, actions.look(secret=secret))


def _accept(request: HttpRequest, secret: str) -> HttpResponse:
    return _told(request, secret, actions.accept(secret=secret))


def _decline(request: HttpRequest, secret: str) -> HttpResponse:
    return _said(request, secret, Reason(request.POST), lambda words: actions.decline(secret=secret, reason=words))


def _seen(request: HttpRequest, secret: str) -> HttpResponse:
    return _said(request, secret, Seen(request.POST), lambda words: actions.tell_seen(secret=secret, words=words))


def _said(request: HttpRequest, secret: str, form: Form, act: Callable[[str], bool]) -> HttpResponse:
    if not form.is_valid():
        return _told(request, secret, actions.look(secret=secret), form)
    return _page(request, "thanks") if act(form.cleaned_data["words"]) else _look(request, secret)


def _open(request: HttpRequest, secret: str) -> HttpResponse:
    form = Code(request.POST)
    if not form.is_valid():
        return _told(request, secret, actions.look(secret=secret), form)
    try:
        return _told(request, secret, actions.open_payload(secret=secret, code=form.cleaned_data["code"]))
    except actions.WrongCode:
        form.add_error(
            "code",
            _("That is not the code. Ask for it again by telephone; after five wrong ones the letter is closed."),
        )
        return _told(request, secret, actions.look(secret=secret), form)


_ACTS: dict[str, Callable[[HttpRequest, str], HttpResponse]] = {
    "accept": _accept, "decline": _decline, "seen": _seen, "open": _open,
}  # fmt: skip
