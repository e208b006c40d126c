"""Issues at the desk: begin, take what happened, write, look at it as readers will, let out, send."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.bulletins import actions, letters, papers, proposals, selectors, telling
from hamroh.bulletins.forms.desk import AddressForm, IssueForm, SectionForm
from hamroh.bulletins.models import Issue, Section
from hamroh.bulletins.views.frame import PAGE, asked, at, at_desk, done, here, may, number, require_form
from hamroh.web.texts import LANGUAGES

PAGE_LINES = 25


@at_desk
@require_safe
def issues(request: HttpRequest) -> HttpResponseBase:
    """Issues of the organisation, the newest first."""
    policy.require(request.user, "bulletin.see")
    rows = selectors.issues(actor=request.user, organisation=here(request))
    context = {"page": Paginator(rows, PAGE_LINES).get_page(request.GET.get("page"))}
    return render(request, f"{PAGE}issues.html", context)


@at_desk
@require_form
def new(request: HttpRequest) -> HttpResponseBase:
    """A new issue; the last half-year that is over is proposed."""
    policy.require(request.user, "bulletin.edit")
    first = IssueForm.proposed(*proposals.today_half(timezone.localdate()))
    form = IssueForm(request.POST or None, initial=first)

    def act() -> str:
        return at(actions.begin_issue(actor=request.user, organisation=here(request), **form.cleaned_data))

    return asked(request, form, act, title=_("A new bulletin"), back=reverse("bulletins:issues"))


@at_desk
@require_safe
def issue(request: HttpRequest, code: str) -> HttpResponseBase:
    """One issue: its sections, what else happened, and how far it is."""
    row, _decision = selectors.issue_of(actor=request.user, code=code)
    is_open = row.state in ("draft", "asked")
    told = telling.told(row, get_language() or "en")
    states = selectors.letters_by_state(issue=row) if row.state == "out" else {}
    context = {
        "issue": row, "sections": _lines(row, told), "proposals": proposals.proposed(actor=request.user, issue=row) if is_open else [],
        "is_open": is_open, "letters": states, "languages": settings.LANGUAGES, "period": told.period,
        "missing": [name for lang, name in settings.LANGUAGES if not row.titles.get(lang)], "relay": actions.waits_for_relay(),
        "asked_by_me": row.asked_by_id == request.user.pk, "may": may(request, row, "bulletin.edit", "bulletin.release"),
        "gone": selectors.gone_stories(issue=row), "back": reverse("bulletins:issues"),
    }  # fmt: skip
    return render(request, f"{PAGE}issue.html", context)


def _lines(row: Issue, told: telling.Told) -> list[dict[str, Any]]:
    """Sections as a list shows them; ``shut`` ones may not be told today."""
    shown = {part.key: part for part in told.parts}
    rows = [each for each in selectors.sections(issue=row) if each.gone_at is None]
    return [
        {"row": each, "part": shown.get(str(each.pk)[-8:]), "missing": _missing(each), "first": at == 0, "last": at == len(rows) - 1}
        for at, each in enumerate(rows)
    ]  # fmt: skip


def _missing(row: Section) -> str:
    """Languages in which a section says less than in others."""
    wanted = [texts for texts in (row.titles, row.texts) if texts]
    return ", ".join(lang.upper() for lang in LANGUAGES if any(not texts.get(lang) for texts in wanted))


@at_desk
@require_form
def change(request: HttpRequest, code: str) -> HttpResponseBase:
    """Another title, lead or period."""
    row = _open(request, code)
    seen = request.POST.get("seen", str(row.version))
    form = IssueForm(request.POST or None, initial=IssueForm.of(row))

    def act() -> str:
        actions.change_issue(actor=request.user, issue=row, seen=number(seen), **form.cleaned_data)
        return at(row)

    return asked(request, form, act, title=_("Change title and period"), back=at(row), issue=row, seen=seen)


def _open(request: HttpRequest, code: str) -> Issue:
    row, _decision = selectors.issue_of(actor=request.user, code=code, verb="bulletin.edit")
    if row.state not in ("draft", "asked"):
        raise policy.Refused("what is out is not written any more")
    return row


@at_desk
@require_POST
def take(request: HttpRequest, code: str) -> HttpResponseBase:
    """Take what is proposed."""
    row, _decision = selectors.issue_of(actor=request.user, code=code, verb="bulletin.edit")
    key = request.POST.get("what", "")[:120]
    return done(request, lambda: actions.take(actor=request.user, issue=row, key=key), at(row))


@at_desk
@require_form
def write(request: HttpRequest, code: str) -> HttpResponseBase:
    """A section of one's own."""
    row = _open(request, code)
    form = SectionForm(request.POST or None, pictures=selectors.pictures(organisation=row.organisation))

    def act() -> str:
        actions.write_section(actor=request.user, issue=row, told=form.told)
        return at(row)

    return asked(request, form, act, title=_("A section of your own"), back=at(row), issue=row)


@at_desk
@require_form
def section(request: HttpRequest, code: str, section: UUID) -> HttpResponseBase:
    """Other words in a section."""
    row = _open(request, code)
    found = selectors.section_of(issue=row, pk=section)
    seen = request.POST.get("seen", str(row.version))
    form = SectionForm(request.POST or None, pictures=selectors.pictures(organisation=row.organisation), section=found)

    def act() -> str:
        actions.change_section(actor=request.user, issue=row, section=found.pk, told=form.told, seen=number(seen))
        return at(row)

    return asked(request, form, act, title=found.get_kind_display(), back=at(row), issue=row, seen=seen)


@at_desk
@require_POST
def move(request: HttpRequest, code: str, section: UUID) -> HttpResponseBase:
    """One place up or down, or out."""
    row, _decision = selectors.issue_of(actor=request.user, code=code, verb="bulletin.edit")
    do = request.POST.get("do", "")
    if do == "drop":
        return done(request, lambda: actions.drop_section(actor=request.user, issue=row, section=section), at(row))
    if do not in ("up", "down"):
        raise policy.Refused("no such step of a section")
    act = lambda: actions.move_section(actor=request.user, issue=row, section=section, up=do == "up")  # noqa: E731
    return done(request, act, at(row))


@at_desk
@require_POST
def step(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask for the second person, let out, take back, send, and settle letters that nobody knows of."""
    row, _decision = selectors.issue_of(actor=request.user, code=code)
    do, seen = request.POST.get("do", ""), number(request.POST.get("seen", ""))
    who: dict[str, Any] = {"actor": request.user, "issue": row}
    steps = {
        "ask": lambda: _ask(row, who, seen), "release": lambda: actions.release_issue(**who, seen=seen),
        "withdraw": lambda: actions.withdraw_issue(**who), "send": lambda: actions.send_issue(**who),
        "again": lambda: actions.settle(**who, again=True), "let-be": lambda: actions.settle(**who, again=False),
    }  # fmt: skip
    if do not in steps:
        raise policy.Refused("no such step of an issue")
    policy.require(request.user, "bulletin.edit" if do == "ask" else "bulletin.release", row)
    return done(request, steps[do], at(row))


def _ask(row: Issue, who: dict[str, Any], seen: int) -> None:
    """Before anybody else looks: it fits on its pages."""
    for lang in LANGUAGES:
        if (
            row.titles.get(lang)
            and papers.pages_of(papers.pdf(telling.told(row, lang), timezone.now())) > papers.MOST_PAGES
        ):
            raise actions.NotNow(
                _("The paper has more than %(count)s pages in one of its languages. Shorten it.")
                % {"count": papers.MOST_PAGES}
            )
    actions.ask_for_release(**who, seen=seen)


@at_desk
@require_safe
def preview(request: HttpRequest, code: str, lang: str) -> HttpResponseBase:
    """The issue as its page on the web will be."""
    row, _decision = selectors.issue_of(actor=request.user, code=code)
    _require_language(lang)
    with translation.override(lang):
        return render(request, f"{PAGE}preview.html", {"issue": row, "told": telling.told(row, lang), "lang": lang})


@at_desk
@require_safe
def paper(request: HttpRequest, code: str, lang: str) -> HttpResponseBase:
    """The issue as a paper."""
    row, _decision = selectors.issue_of(actor=request.user, code=code)
    _require_language(lang)
    return paper_answer(papers.paper_of(row, lang), row, lang)


def paper_answer(content: bytes, row: Issue, lang: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{papers.name_of(row, lang)}"'
    return answer


@at_desk
@require_safe
def letter(request: HttpRequest, code: str, lang: str) -> HttpResponseBase:
    """The issue as a letter to nobody, for one's own mail program."""
    row, _decision = selectors.issue_of(actor=request.user, code=code)
    _require_language(lang)
    with translation.override(lang):
        leave = request.build_absolute_uri(reverse("bulletins-public:leave"))
        made = letters.issue_letter(row, lang, leave)
    content = letters.written(made, row.organisation, "reader@example.org", lang, leave=leave, ident=row.pk.hex)
    answer = HttpResponse(content.as_bytes(), content_type="message/rfc822")
    answer["Content-Disposition"] = f'attachment; filename="letter-{row.code}.{lang}.eml"'
    return answer


def _require_language(lang: str) -> None:
    if lang not in LANGUAGES:
        raise Http404


@at_desk
@require_form
def readers(request: HttpRequest) -> HttpResponseBase:
    """How many readers there are, and an address that is to be taken out. Whether it was there is not said."""
    house = here(request)
    lines = selectors.readers_by_language(actor=request.user, organisation=house)
    form = AddressForm(request.POST or None)

    def act() -> str:
        write = {"drop": actions.drop_address, "bounce": actions.note_bounce}[form.cleaned_data["do"]]
        write(actor=request.user, organisation=house, address=form.cleaned_data["address"])
        return reverse("bulletins:readers")

    named = [(dict(settings.LANGUAGES).get(lang, lang), line) for lang, line in lines.items()]
    return asked(
        request, form, act, template="readers.html", title=_("Readers"), back=reverse("bulletins:issues"), lines=named,
        said=_("Done, if the address was among the readers."),
    )  # fmt: skip
