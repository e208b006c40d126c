"""What pages of the profile editor share."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from hamroh.accounts import policy, workplace
from hamroh.accounts.models import Organisation
from hamroh.evidence import freezing
from hamroh.evidence.actions import EditRefused, RecordingRefused
from hamroh.evidence.models import Concept, Edition, Indicator, Source
from hamroh.evidence.presenting.page import Page
from hamroh.evidence.presenting.presenter import present
from hamroh.vault import once
from hamroh.web.texts import LANGUAGES, pick

PAGE = "evidence/desk/"
NAMES = {"en": "English", "az": "Azərbaycanca", "ru": "Русский", "tg": "Тоҷикӣ"}


@dataclass(frozen=True)
class Tab:
    """A language in which an edition is written; ``lacks`` where something is said in another and not in it."""

    code: str
    name: str
    here: bool
    lacks: bool


def writing_in(request: HttpRequest, edition: Edition | None = None) -> str:
    """The language whose texts are written: as the address says, else the reader's, else the edition's first."""
    asked, mine = request.GET.get("in", ""), get_language() or "en"
    if asked in LANGUAGES:
        return asked
    languages = (edition.languages if edition else None) or list(LANGUAGES)
    return mine if mine in languages else str(languages[0])


def tabs(edition: Edition, here: str, lacking: Iterable[str]) -> list[Tab]:
    """The languages of an edition; all where it names none."""
    lacks = set(lacking)
    codes = [code for code in LANGUAGES if code in (edition.languages or LANGUAGES) or code == here]
    return [Tab(code, NAMES[code], code == here, code in lacks) for code in codes]


def house(request: HttpRequest) -> Organisation:
    """The organisation that somebody works for now."""
    found = workplace.current(request)
    if found is None:
        raise policy.Refused("no role anywhere")
    return found


def draft_page(edition: Edition) -> Page:
    """The edition as it is now, or as it was frozen, in the reader's language."""
    return present(freezing.manifest_of(edition), get_language() or "en", state=edition.state)


def may_edit(request: HttpRequest, edition: Edition) -> bool:
    return bool(policy.allowed(request.user, "evidence.edit", edition)) and not edition.is_frozen


def typed(request: HttpRequest) -> Any:
    """What was sent, None where the form is only asked for."""
    return request.POST if request.method == "POST" else None


def written(request: HttpRequest, form: Any, act: Callable[[], str]) -> str | None:
    """What an action answers, run once for the form; None where it refused, with its reason in the form."""
    try:
        return once.write(request, act)
    except (EditRefused, RecordingRefused) as refused:
        form.add_error(None, str(refused))
        return None


def ask(
    request: HttpRequest, form: Any, act: Callable[[], str], template: str = "form.html", **said: Any
) -> HttpResponse:
    """One form: asked, asked again with what is wrong and all that was typed, or written; ``act`` answers with the next address."""
    if form.is_bound and form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    return render(request, f"{PAGE}{template}", {"form": form, **said}, status=422 if form.errors else 200)


def suggestions(*names: str) -> dict[str, list[tuple[str, str]]]:
    """Lists that fields suggest from: what is counted, indicators, sources, each as what is sent and what is read."""
    lang = get_language() or "en"
    made = {
        "concepts": lambda: [(each.key, pick(each.names, lang).text) for each in Concept.objects.order_by("key")],
        "indicators": lambda: [(each.code, pick(each.names, lang).text) for each in Indicator.objects.order_by("code")],
        "sources": lambda: list(Source.objects.order_by("key").values_list("key", "title")),
    }
    return {name: made[name]() for name in names}
