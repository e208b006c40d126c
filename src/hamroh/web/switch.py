"""The same page in another language."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse

SHORT = {"en": "EN", "az": "AZ", "ru": "РУ", "tg": "ТҶ"}
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


@dataclass(frozen=True)
class Way:
    """One language of the switch: a link, or a small form where ``fields`` must travel with it."""

    lang: str
    name: str
    short: str
    current: bool
    href: str
    fields: tuple[tuple[str, str], ...] = ()


def ways(request: HttpRequest, current: str) -> list[Way]:
    """The page that was asked for, in every language."""
    path = request.get_full_path()
    if translate(path, current) is None:
        fields, here = _chosen(request, path), reverse("language")
        return [_way(lang, name, current, here, (("language", lang), *fields)) for lang, name in settings.LANGUAGES]
    typed = _posted(request)
    return [_way(lang, name, current, translate(path, lang) or path, typed) for lang, name in settings.LANGUAGES]


def _way(lang: str, name: str, current: str, href: str, fields: tuple[tuple[str, str], ...]) -> Way:
    return Way(lang, name, SHORT[lang], lang == current, href, fields)


def _chosen(request: HttpRequest, path: str) -> tuple[tuple[str, str], ...]:
    """What goes along to the choice of a language, the same for each: to make a token takes longer than all the rest."""
    return ("next", "/" if request.method == "POST" else path), (TOKEN, get_token(request))


def translate(path: str, lang: str) -> str | None:
    """``/tg/info/?n=4`` in ``lang``; None for a page that stands outside the languages, as the desk does."""
    head, slash, rest = path.removeprefix("/").partition("/")
    if not head:
        return f"/{lang}/"
    return f"/{lang}{slash}{rest}" if head in SHORT else None


def _posted(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """What was typed goes along by POST, so that no word is lost and none stands in the address."""
    if request.method != "POST":
        return ()
    kept = [(name, value) for name, values in request.POST.lists() if name != TOKEN for value in values]
    return (*kept, (TOKEN, get_token(request))) if TOKEN in request.POST else tuple(kept)
