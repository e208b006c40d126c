"""Hours, distances and reasons of the help finder in words."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from django import template
from django.utils.formats import time_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from hamroh.directory.finder_codes import Choice, Filter
from hamroh.directory.selectors.finder import Wider
from hamroh.directory.selectors.finder_cards import Card, Number, Site, Visit
from hamroh.directory.selectors.finder_words import Meant
from hamroh.kernel import hours
from hamroh.kernel.helpfinder import Why
from hamroh.kernel.hours import Line, Moment
from hamroh.web import dates
from hamroh.web.templatetags.hamroh import day, text
from hamroh.web.texts import pick

register = template.Library()
_MIDNIGHT = dt.time(0)
_NEXT_VISITS = 4
_FEW_KM = 5  # within a town a straight line says little


def said_line(line: Line) -> str:
    """A line of the week: Monday–Friday, 8:00–12:00, 13:00–17:00."""
    return ", ".join(filter(None, [said_days(line), said_hours(line)]))


def said_days(line: Line) -> str:
    """Monday to Friday as a stretch, single days by name; the first in capitals as a line begins."""
    if len(line.days) == 7:
        return _("Every day")
    stretches = [_stretch(first, last) for first, last in hours.runs(line.days)]
    text = ", ".join(stretches)
    return text[:1].upper() + text[1:]


def _stretch(first: int, last: int) -> str:
    one, other = _weekday(first), _weekday(last)
    if first == last:
        return one
    return f"{one}, {other}" if last == first + 1 else f"{one}–{other}"


def _weekday(number: int) -> str:
    return dates.weekday(number, get_language() or "en")


def said_hours(line: Line) -> str:
    """Hours of a line of the week; day and night where it never closes."""
    if line.spans == ((_MIDNIGHT, _MIDNIGHT),):
        return _("day and night")
    return ", ".join(said_span(opens, closes) for opens, closes in line.spans)


def said_span(opens: dt.time, closes: dt.time | None) -> str:
    if closes is None:
        return _("from %(time)s") % {"time": _clock(opens)}
    return f"{_clock(opens)}–{_clock(closes)}"


def _clock(time: dt.time) -> str:
    return time_format(time, "G:i")


@register.filter
def said_now(card: Card) -> str:
    """What the hours say about this moment; empty where nothing certain can be said."""
    moment, at = card.situation.moment, card.situation.at
    if moment is Moment.OPEN and _never_closes(card):
        return _("Open now")
    if at is None or (moment is Moment.LATER and not card.week):  # single dates are listed as such
        return ""
    words = {
        Moment.OPEN: _("Open now, until %(time)s"),
        Moment.TODAY: _("Closed now, opens today at %(time)s"),
        Moment.LATER: _("Closed now. Opens next: %(day)s, %(time)s"),
        Moment.THIS_DAY: _("Open today; the hours are not stated"),
    }
    return words[moment] % {"time": _clock(at.time()), "day": _weekday(at.weekday())}


def _never_closes(card: Card) -> bool:
    return [said for line in card.week for said in line.spans] == [(_MIDNIGHT, _MIDNIGHT)] and len(
        card.week[0].days
    ) == 7


@register.filter
def said_why(card: Card) -> list[str]:
    """Why this result is here, as short words; what the card says elsewhere is not said twice."""
    words = {
        Why.HERE: _("in the place you chose"),
        Why.SERVES: _("for people from your place"),
        Why.NEAR: _("near the place you chose"),
        Why.BY_PHONE: _("helps by phone from anywhere in the country"),
        Why.WHOLE_COUNTRY: _("for the whole country"),
        Why.SPEAKS: _("speaks your language"),
        Why.LANGUAGE_NOT_STATED: _("languages not stated: ask when you call"),
    }
    said = [words[why] for why in card.why if why in words]
    return [*said, *filter(None, [_distance(card)])]


def _distance(card: Card) -> str:
    """About how far, from the middle of one place to the middle of the other; empty where it says nothing."""
    if card.km is None or card.km < _FEW_KM or Why.BY_PHONE in card.why:
        return ""
    return _("about %(km)d km") % {"km": round(card.km, -1) if card.km > 20 else round(card.km)}


class Way(NamedTuple):
    """A line of how to reach somebody: a drawing, the word that is read aloud for it, what it says."""

    icon: str
    word: str
    said: SafeString | str
    opens: bool = False  # the first line of the hours, where the page says what they mean now


@register.filter
def ways(card: Card) -> Iterator[Way]:
    """How and when to reach them: numbers, hours, addresses, languages."""
    yield from numbers(card)
    yield from times(card)
    yield from whereabouts(card)


@register.filter
def contact(card: Card) -> Iterator[Way]:
    """The same without the hours."""
    yield from numbers(card)
    yield from whereabouts(card)


def numbers(card: Card) -> Iterator[Way]:
    for number in card.numbers:
        yield Way("phone", _("Phone"), said_number(number))


def whereabouts(card: Card) -> Iterator[Way]:
    if card.ask_hotline:
        words = _("The place is secret. Ask on the telephone; nobody tells it otherwise.")
        yield Way("lock", _("Address"), words)
    for site in card.sites:
        yield Way("pin", _("Address"), said_site(site))
    if card.service.languages:
        yield Way("talk", _("Languages"), ", ".join(map(language_name, card.service.languages)))


@register.filter
def times(card: Card) -> Iterator[Way]:
    """The hours of the week, and the next days on which a mobile consultation comes."""
    if card.week:
        lines = format_html_join(mark_safe("<br>"), "{}", ((said_line(line),) for line in card.week))
        yield Way("clock", _("Opening hours"), lines, opens=True)
    for place, visit in enumerate(card.visits[:_NEXT_VISITS]):
        yield Way("dia", _("Comes on"), said_visit(visit), opens=not card.week and place == 0)


def said_number(number: Number) -> SafeString:
    """A number to press where it may be dialled; otherwise plain, with where it comes from."""
    shape = '<a class="tel" href="{0}" rel="nofollow">{1}</a>' if number.href else '<span class="nowrap">{1}</span>'
    origin = [_("fax")] if number.kind == "fax" else []
    if number.printed:
        origin.append(_("printed: %(where)s, not checked") % {"where": number.printed})
    elif number.invented:
        origin.append(_("invented"))
    safe = {"no": _("Others may answer or see this number."), "yes": _("They first ask whether you can talk.")}
    lines = [safe.get(number.safe, ""), text(number.note)]
    return format_html(
        shape + "{2}{3}",
        number.href,
        number.shown,
        format_html_join("", ' <span class="soft small">({})</span>', ((words,) for words in origin)),
        format_html_join("", '<br><span class="small">{}</span>', ((line,) for line in lines if line)),
    )


def said_site(site: Site) -> SafeString:
    parts = [text(part) for part in (site.address, site.unit) if part]
    sentences = [format_html_join(", ", "{}", ((part,) for part in parts))]
    if site.told == "phone_first":
        sentences.append(mark_safe(escape(_("They tell the address when you call."))))  # noqa: S308 - escaped
    if site.directions:
        sentences.append(text(site.directions))
    printed = _("printed: %(where)s, not checked") % {"where": site.printed} if site.printed else ""
    return format_html(
        "{}{}",
        format_html_join(". ", "{}", ((sentence,) for sentence in sentences if sentence)),
        format_html(' <span class="soft small">({})</span>', printed) if printed else "",
    )


def said_visit(visit: Visit) -> SafeString:
    when = [day(visit.date), said_span(visit.opens, visit.closes) if visit.opens else ""]
    where = [text(words) for words in (visit.unit, visit.note) if words]
    return format_html(
        "{}{}{}",
        format_html_join(", ", "{}", ((part,) for part in when if part)),
        ": " if where else "",
        format_html_join(". ", "{}", ((part,) for part in where)),
    )


@register.filter
def step(choice: Choice, number: int) -> str:
    """The address of a question that is to be answered anew."""
    return choice.change().query(d=number)


@register.filter
def filter_name(wanted: Filter) -> str:
    return {
        Filter.WOMAN_SPECIALIST: _("Woman specialist"),
        Filter.COMES_TO_VILLAGES: _("Comes to villages"),
        Filter.OPEN_TODAY: _("Open today"),
        Filter.CHILDREN_WELCOME: _("Children may come along"),
    }[wanted]


@register.filter
def said_name(meant: Meant) -> str:
    """By which name a place was found, where that is not what it is called today."""
    name, since = meant.name, meant.name.from_year
    if name.kind == "former":
        words = _("called %(name)s until %(year)s") if name.to_year else _("formerly called %(name)s")
        return words % {"name": name.text, "year": name.to_year}
    return _("called so since %(year)s") % {"year": since} if since else ""


@register.filter
def said_wider(wider: Wider) -> str:
    """A wider choice by what it gives up."""
    place = pick(wider.unit.names, get_language() or "en").text if wider.unit else ""
    return {
        "filters": _("Without the further wishes"),
        "language": _("In any language"),
        "place": _("Anywhere in: %(place)s") % {"place": place},
        "anywhere": _("In every country"),
        "help": _("Any help in the place you chose"),
    }[wider.why]


@register.filter
def language_name(code: str) -> str:
    """The name of a language for reading within a line; its code where we have no word for it."""
    return _LANGUAGE_NAMES.get(code, lambda: code)()


_LANGUAGE_NAMES = {
    "tg": lambda: pgettext("language", "Tajik"),
    "ru": lambda: pgettext("language", "Russian"),
    "az": lambda: pgettext("language", "Azerbaijani"),
    "en": lambda: pgettext("language", "English"),
    "uz": lambda: pgettext("language", "Uzbek"),
    "ky": lambda: pgettext("language", "Kyrgyz"),
    "kk": lambda: pgettext("language", "Kazakh"),
    "fa": lambda: pgettext("language", "Persian or Dari"),
    "tr": lambda: pgettext("language", "Turkish"),
    "lez": lambda: pgettext("language", "Lezgian"),
    "tly": lambda: pgettext("language", "Talysh"),
    "av": lambda: pgettext("language", "Avar"),
    "ka": lambda: pgettext("language", "Georgian"),
    "sgh": lambda: pgettext("language", "Shughni"),
}
