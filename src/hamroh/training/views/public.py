"""What anybody opens: rounds that are announced, signing up, gatherings that are public, and whether a certificate is valid."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from hamroh.accounts import limits
from hamroh.training import actions, selectors
from hamroh.training.forms.people import CheckForm, SignUpForm
from hamroh.training.models import Round
from hamroh.vault.errors import VaultSealed
from hamroh.web.decorators import sensitive, wordless
from hamroh.web.views import See

#: sign-ups from one household: three at once, then one in ten minutes
FROM_ONE = limits.Limit("training-sign-up", 3, 600)
#: certificates that one address checks: an employer has a few, a machine that guesses has many
CHECKS = limits.Limit("training-check", 20, 20)
_TITLE = gettext_lazy("Information")


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """Rounds that are announced, the next first, and gatherings that are public."""
    context = {"rounds": selectors.announced(), "gatherings": selectors.public_gatherings()}
    return render(request, "training/public/rounds.html", context)


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One round that is announced."""
    found = selectors.announced_of(code=code)
    if found is None:
        raise Http404
    row, borne = found
    takes = selectors.takes_people(row)
    context = {"round": row, "borne": borne, "takes": takes, "free": takes and selectors.takes_more(round=row)}
    return render(request, "training/public/round.html", context)


@require_safe
def gathering(request: HttpRequest, code: str) -> HttpResponse:
    """One gathering that is public: what it asked of whom, and what became of that."""
    found = selectors.public_gathering(code=code)
    if found is None:
        raise Http404
    row, parties, asked = found
    return render(request, "training/public/gathering.html", {"gathering": row, "parties": parties, "asked": asked})


@csrf_exempt  # anybody may sign up without a cookie, which would be a trace
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, code: str) -> HttpResponseBase:
    """A name and a way to answer. Nothing is asked about why."""
    found = selectors.announced_of(code=code)
    if found is None or not selectors.takes_people(found[0]):
        raise Http404
    return _sign_up(request, found[0])


@sensitive_post_parameters()
@sensitive_variables()
@sensitive(title=_TITLE)
@wordless
def _sign_up(request: HttpRequest, row: Round) -> HttpResponse:
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.is_from_a_machine or _taken(request, form, row):
            return See(reverse("training-public:sent", kwargs={"code": row.code}))
    elif request.method == "POST":
        form = form.once_more()
    context = {"form": form, "round": row, "free": selectors.takes_more(round=row)}
    return render(request, "training/public/sign_up.html", context, status=422 if form.errors else 200)


def _taken(request: HttpRequest, form: SignUpForm, row: Round) -> bool:
    if not limits.take(FROM_ONE, limits.address(request)):
        form.add_error(
            None,
            _("So many people signed up from where you are that no more are taken for now. Try again in ten minutes."),
        )
        return False
    told = form.cleaned_data
    try:
        actions.sign_up(round=row, name=told["name"], way_back=told["way_back"], lang=get_language() or "en")
    except actions.NotNow as refused:
        form.add_error(None, str(refused))
        return False
    except (actions.TooMany, VaultSealed):
        form.add_error(None, _("Nobody can sign up now. What you wrote was not kept. Try again tomorrow."))
        return False
    return True


@require_safe
@sensitive(title=_TITLE)
def sent(request: HttpRequest, code: str) -> HttpResponse:
    """The same words for everybody: the page does not know what was written."""
    return render(request, "training/public/sent.html", {"code": code})


@csrf_exempt  # nothing is written, and no cookie is needed to ask
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive(title=_TITLE)
@wordless
def verify(request: HttpRequest) -> HttpResponse:
    """Whether a certificate is valid. A code is typed, or comes from a printed square: then nobody's initials are told."""
    typed = request.POST.get("code", "") if request.method == "POST" else request.GET.get("k", "")
    form = CheckForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form, "asked": bool(typed.strip())}
    status = 200
    if typed.strip() and len(typed) <= 60:
        if limits.take(CHECKS, limits.address(request)):
            context["found"] = selectors.checked(code=typed, by_hand=request.method == "POST")
        else:
            context["waits"], status = True, 429
    elif request.method == "POST":
        form.is_valid()
        status = 422
    return render(request, "training/public/verify.html", context, status=status)


@require_safe
def verify_root(request: HttpRequest) -> HttpResponse:
    """The short address on papers leads to the page of the reader's language."""
    question = f"?{request.GET.urlencode()}" if request.GET else ""
    return See(reverse("training-public:verify") + question)
