"""What anybody opens: issues that are out, on the web and as a paper, a feed; and how one asks for letters and leaves."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from hamroh.accounts import limits, rowsecurity
from hamroh.accounts.models import Organisation
from hamroh.bulletins import actions, papers, selectors, telling
from hamroh.bulletins.forms.public import AskForm
from hamroh.bulletins.models import Issue
from hamroh.bulletins.tokens import KEY
from hamroh.bulletins.views.desk import paper_answer
from hamroh.vault.errors import VaultSealed
from hamroh.web import atom
from hamroh.web.decorators import sensitive, wordless
from hamroh.web.views import See

#: asked from one household: three at once, then one in ten minutes
FROM_ONE = limits.Limit("bulletin-ask", 3, 600)
#: links that one address opens: a mail program's server opens many, a machine that guesses more
LINKS = limits.Limit("bulletin-link", 60, 5)
#: papers that are printed for one address
PAPERS = limits.Limit("bulletin-paper", 20, 10)
PAGE = "bulletins/public/"
_TITLE = gettext_lazy("Information")


@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    """Issues that are out, the newest first."""
    lang = _lang()
    rows = [(row, telling.period(row.from_date, row.until_date, lang)) for row in selectors.out()]
    feed = reverse("bulletins-public:feed")
    return render(request, f"{PAGE}issues.html", {"rows": rows, "feed": feed, "may_ask": bool(rows)})


@require_safe
@never_cache  # what a story's narrator takes back is gone with the next request
def issue(request: HttpRequest, code: str) -> HttpResponse:
    """One issue that is out."""
    row = _out(code)
    with rowsecurity.opened_for_all():
        told = telling.told(row, _lang())
    return render(request, f"{PAGE}issue.html", {"issue": row, "told": told, "lang": _lang()})


@require_safe
@never_cache
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """The same as a paper."""
    row = _out(code)
    if not limits.take(PAPERS, limits.address(request)):
        return HttpResponse(status=429)
    with rowsecurity.opened_for_all():
        return paper_answer(papers.paper_of(row, _lang()), row, _lang())


def _out(code: str) -> Issue:
    row = selectors.out_of(code=code)
    if row is None:
        raise Http404
    return row


def _lang() -> str:
    return get_language() or settings.LANGUAGE_CODE


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Issues as they come out."""
    lang = _lang()
    entries = [_entry(row, lang) for row in selectors.newest(atom.MOST) if row.titles.get(lang)]
    title = pgettext("room", "Bulletin")
    return atom.answer(request, atom.Feed(title, lang, reverse("bulletins-public:issues"), entries))


def _entry(row: Issue, lang: str) -> atom.Entry:
    """Title and lead alone: what a reader of feeds has fetched nobody takes back."""
    return atom.Entry(
        ident=atom.absolute(f"/id/bulletin/{row.code}/{lang}"), title=row.titles[lang], summary=row.leads.get(lang, ""),
        path=reverse("bulletins-public:issue", kwargs={"code": row.code}), changed_at=row.changed_at, published_at=row.released_at,
    )  # fmt: skip


@csrf_exempt  # anybody may ask without a cookie, which would be a trace
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive(title=_TITLE)
@wordless
def ask(request: HttpRequest) -> HttpResponseBase:
    """An address and a language. What is answered is the same whether the address was known or not."""
    houses = selectors.houses()
    if not houses:
        raise Http404
    form = AskForm(request.POST if request.method == "POST" else None, houses=houses, lang=_lang())
    if request.method == "POST" and form.is_valid():
        if form.is_from_a_machine or _asked(request, form, houses):
            return See(reverse("bulletins-public:asked"))
    elif request.method == "POST":
        form = form.once_more()
    return render(request, f"{PAGE}ask.html", {"form": form}, status=422 if form.errors else 200)


def _asked(request: HttpRequest, form: AskForm, houses: list[Organisation]) -> bool:
    told = form.cleaned_data
    house = next(each for each in houses if each.code == told["to"])
    if not limits.take(FROM_ONE, limits.address(request)):
        form.add_error(
            None, _("So many asked from where you are that no more are taken for now. Try again in ten minutes.")
        )
        return False
    try:
        actions.ask_for_it(organisation=house, address=told["address"], lang=told["lang"])
    except (actions.TooMany, VaultSealed):
        form.add_error(None, _("Nobody can ask for it now. What you wrote was not kept. Try again tomorrow."))
        return False
    return True


@require_safe
@sensitive(title=_TITLE)
def asked(request: HttpRequest) -> HttpResponse:
    """The same words for everybody: the page does not know what was written."""
    return render(request, f"{PAGE}asked.html")


@csrf_exempt  # the link itself shows who it is, and no cookie is needed
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive(title=_TITLE)
@wordless
def confirm(request: HttpRequest) -> HttpResponseBase:
    """A button, since programs open links before people do; pressed, she is a reader."""
    token = request.GET.get(KEY, "")
    if not limits.take(LINKS, limits.address(request)):
        return HttpResponse(status=429)
    said = ""
    if request.method == "POST":
        said = "yes" if actions.confirm(token=token) else "late"
    return render(request, f"{PAGE}confirm.html", {"said": said, "token": token})


@csrf_exempt  # a mail program leaves for its reader by one POST, RFC 8058, without a cookie
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive(title=_TITLE)
@wordless
def leave(request: HttpRequest) -> HttpResponseBase:
    """A button, or one POST of a mail program: the address is erased at once. Nobody is asked why, and a link of nobody hears the same."""
    if request.method == "POST":
        actions.leave(token=request.GET.get(KEY, ""))
    return render(request, f"{PAGE}leave.html", {"left": request.method == "POST"})
