"""The household budget: worked out on the page, or by the server where there is no script. Nothing is kept and nothing is written down."""

import json
from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamroh.accounts import limits
from hamroh.kernel import budgets
from hamroh.training import budgettelling
from hamroh.training.actions import workshops as actions
from hamroh.training.forms.budget import LONGEST, OPEN, ROWS, BudgetForm
from hamroh.training.forms.workshops import ShareForm
from hamroh.web.decorators import sensitive, wordless
from hamroh.web.middleware import CONTENT
from hamroh.web.views import plain_page

neutral = sensitive(title=gettext_lazy("Places and opening hours"))
"""The title of the help finder: neither history nor the list of tabs tells one from the other."""
OWN_MONEY = {"az": "AZN"}
#: shares and guesses of codes from one address: a room behind one line shares together, a phone that stuffs or guesses does not get far
TRIES = limits.Limit("workshop", 20, 60)
SHARED = ("currency", *budgets.Shared)
STYLE, SCRIPTS = (
    "training/budget/budget.css",
    ("training/budget/reckon.js", "training/budget/page.js", "training/budget/keep.js"),
)


@csrf_exempt  # it writes nothing, and a cookie against forgery would be a trace
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@wordless
@neutral
def page(request: HttpRequest) -> HttpResponseBase:
    """The questions; where there is no script, the answer under them."""
    if is_too_long(request):
        return plain_page(413)
    on = timezone.localdate()
    start = (on.year, on.month)
    own = OWN_MONEY.get(get_language() or "", "TJS")
    form = BudgetForm(request.POST if request.method == "POST" else None, main=own)
    facts: dict[str, Any] = {"form": form, "rows": _rows(form), "words": budgettelling.for_script(start, on)}
    facts |= {"top": [form["m"], form["h"], form["k"]], "kinds": [form["g1a"], form["g1m"]]}
    facts["shared_names"] = [(name, "") for name in SHARED]
    if form.is_valid():
        plan = form.plan(start)
        facts |= {"blocks": budgettelling.answer(plan, form.scenario(), on), **_sharing(budgettelling.shared(plan))}
    response = render(request, "training/budget/page.html", facts, status=422 if form.errors else 200)
    # one script of our own may be made a worker, when she asks to open the page without a line
    response["Content-Security-Policy"] = f"{CONTENT.format(nonce=request.csp_nonce)}; worker-src 'self'"  # type: ignore[attr-defined]
    return response


def _sharing(shared: dict[str, Any]) -> dict[str, Any]:
    """The classes as they are sent and as they are read."""
    said = {name: budgettelling.band_said(shared[name], shared["currency"]) for name in SHARED[1:]}
    return {"shared": shared, "shared_names": list(shared.items()), "shared_said": said}


def is_too_long(request: HttpRequest) -> bool:
    """Whether more was sent than anybody types here; asked before anything reads it."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LONGEST:
        return True
    try:
        return len(request.POST) > len(BudgetForm().fields) + 2
    except SuspiciousOperation:
        return True


def _rows(form: BudgetForm) -> dict[str, dict[str, Any]]:
    """The rows of each kind that stand open, and the more that are folded away."""
    found: dict[str, dict[str, Any]] = {}
    for kind, count in ROWS.items():
        rows = [form.row(kind, number) for number in range(1, count + 1)]
        first = OPEN.get(kind, count)
        found[kind] = {"open": rows[:first], "more": rows[first:], "told": form.is_told(kind, first + 1)}
    return found


@csrf_exempt  # anonymous, and a cookie against forgery would be a trace
@require_POST
@sensitive_post_parameters()
@wordless
@neutral
def share(request: HttpRequest) -> HttpResponseBase:
    """Classes of a plan for a workshop whose code she was told: it is taken, or the code is asked for again."""
    if is_too_long(request):
        return plain_page(413)
    form, sender = ShareForm(request.POST), limits.address(request)
    if not limits.take(TRIES, sender):
        said, status = _("Too many tries. Wait a little, and try again."), HTTPStatus.TOO_MANY_REQUESTS
    elif form.is_valid() and share_plan(form):
        said, status = _("It was added. Thank you. Nobody can tell that it was you."), HTTPStatus.OK
    else:
        said, status = _("This code is not open. Ask the trainer."), HTTPStatus.UNPROCESSABLE_ENTITY
    if request.headers.get("X-Asked"):
        return JsonResponse({"said": said}, status=status)
    return render(request, "training/budget/shared.html", {"said": said}, status=status)


def share_plan(form: ShareForm) -> bool:
    told = form.cleaned_data
    return actions.share(code=told["code"], currency=told["currency"], classes=form.classes())


@require_safe
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """The worker that keeps this page for when there is no line: only who asks for it on the page ever fetches it."""
    fonts = [static(f"web/hamroh-{lang}.woff2") for lang in ("az", "tg")]
    files = [static("web/hamroh.css"), static("web/exit.js"), static(STYLE), *map(static, SCRIPTS), *fonts]
    head = f"const PAGE = {json.dumps(reverse('budget:page'))}, FILES = {json.dumps(files)};\n"
    response = HttpResponse(head + WORKER, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = "default-src 'none'; connect-src 'self'"
    return response


WORKER = """\
addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open("n").then((kept) => kept.addAll([PAGE, ...FILES])));
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const path = new URL(event.request.url).pathname;
  if (path !== PAGE && !FILES.includes(path)) return;
  event.respondWith(fetch(event.request).catch(() => caches.match(path === PAGE ? PAGE : event.request)));
});
"""
