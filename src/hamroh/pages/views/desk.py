"""The desk's pages of what editors write: all pages with their languages, translation side by side, pictures."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hamroh.accounts import policy, workplace
from hamroh.accounts.models import Organisation
from hamroh.pages import actions, selectors
from hamroh.pages.forms.desk import ForwardForm, PictureForm
from hamroh.pages.models import Picture
from hamroh.pages.selectors import beside
from hamroh.vault import once

require_form = require_http_methods(["GET", "HEAD", "POST"])


def house(request: HttpRequest, verb: str = "pages.edit") -> Organisation:
    """The organisation that she works for now, where she may do this for it."""
    found = workplace.current(request)
    if found is None or not policy.allowed(request.user, verb, found):
        raise policy.Refused("no role there")
    return found


def editor_of(pk: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[pk])


@login_required
@require_GET
def pages(request: HttpRequest) -> HttpResponse:
    """All pages of her organisations with the state of each language."""
    policy.require(request.user, "pages.see_drafts")
    sheet, lines = selectors.page_lines(actor=request.user, number=request.GET.get("page"))
    return render(request, "pages/desk/pages.html", {"sheet": sheet, "lines": lines, "languages": settings.LANGUAGES})


@login_required
@require_POST
def new(request: HttpRequest) -> HttpResponseBase:
    """The empty page of the editors' tool, in the language that was chosen."""
    lang = request.POST.get("lang", "")
    sections = actions.ensure_sections(house(request))
    section = sections.get(lang) or sections["en"]
    return redirect(reverse("wagtailadmin_pages:add", args=["pages", "article", section.pk]))


@login_required
@require_GET
def page(request: HttpRequest, code: str) -> HttpResponse:
    """One page: its languages, and what can be done with each."""
    return _page(request, code, ForwardForm())


def _page(request: HttpRequest, code: str, form: ForwardForm) -> HttpResponse:
    line = beside.line(actor=request.user, code=code)
    return render(request, "pages/desk/page.html", {"line": line, "form": form, "forwards": beside.forwards(code)})


@login_required
@require_POST
def begin(request: HttpRequest, code: str, lang: str) -> HttpResponseBase:
    """Begin the page in another language, and open it beside its source."""
    line = beside.line(actor=request.user, code=code)
    try:
        actions.begin_translation(actor=request.user, page=line.source, lang=lang)
    except actions.CannotTranslate:
        messages.info(request, _("There is a page in this language already."))
    return redirect(reverse("pages-desk:beside", args=[code, lang]))


@login_required
@require_GET
def side(request: HttpRequest, code: str, lang: str) -> HttpResponse:
    """Source and translation side by side, with what was changed in the source since."""
    both = beside.both(actor=request.user, code=code, lang=lang)
    return render(request, "pages/desk/beside.html", {"both": both, "editor": editor_of(both.page.pk)})


@login_required
@require_POST
def up_to_date(request: HttpRequest, code: str, lang: str) -> HttpResponseBase:
    """Say that the translation says what its source says now."""
    found = selectors.own_article(actor=request.user, code=code, lang=lang)
    actions.mark_translated(actor=request.user, page=found)
    return redirect(reverse("pages-desk:beside", args=[code, lang]))


@login_required
@require_POST
def take_down(request: HttpRequest, code: str, lang: str) -> HttpResponseBase:
    """Out of the public side at once."""
    found = selectors.own_article(actor=request.user, code=code, lang=lang, verb="pages.publish")
    actions.take_down(actor=request.user, page=found)
    messages.success(request, _("It is not public any more."))
    return redirect(reverse("pages-desk:page", args=[code]))


@login_required
@require_POST
def forward(request: HttpRequest, code: str) -> HttpResponseBase:
    """Let an old address lead to the page."""
    form, line = ForwardForm(request.POST), beside.line(actor=request.user, code=code)
    if form.is_valid():
        try:
            actions.forward(actor=request.user, page=line.source, path=form.cleaned_data["path"])
        except actions.CannotForward as error:
            form.add_error("path", str(error))
        else:
            return redirect(reverse("pages-desk:page", args=[code]))
    return _page(request, code, form)


@login_required
@require_form
def pictures(request: HttpRequest) -> HttpResponseBase:
    """Pictures of the organisation, and one more."""
    own = house(request)
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (code := _added(request, own, form)):
        messages.success(request, _("The picture is kept. Its code is %(code)s.") % {"code": code})
        return redirect(reverse("pages-desk:pictures"))
    rows = Picture.objects.filter(organisation=own).defer("small", "large").order_by("-made_at")[:60]
    return render(request, "pages/desk/pictures.html", {"form": form, "pictures": rows})


@login_required
@require_GET
def choose_picture(request: HttpRequest) -> HttpResponse:
    """The pictures of her organisations as a part of a page, to choose one from in the editors' tool."""
    policy.require(request.user, "pages.edit")
    rows = selectors.own_pictures(actor=request.user)
    return render(request, "pages/desk/_choose_picture.html", {"pictures": rows})


def _added(request: HttpRequest, own: Organisation, form: PictureForm) -> str:
    told: dict[str, Any] = form.cleaned_data

    def add() -> str:
        content = told["file"].read()
        return actions.add_picture(
            actor=request.user, organisation=own, content=content, alts=form.texts, credit=told["credit"]
        ).code

    try:
        return once.write(request, add)
    except actions.NoPicture as error:
        form.add_error("file", str(error))
        return ""
