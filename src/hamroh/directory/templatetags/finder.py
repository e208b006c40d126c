"""Hours, distances and reasons of the help finder in words."""

import datetime as dt
import functools
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_noop, pgettext
from django.utils.translation import gettext as _

from hamroh.directory.finder_codes import Choice, Filter
from hamroh.directory.models import Channel
from hamroh.directory.models.entries import Entry
from hamroh.directory.selectors.finder import Wider
from hamroh.directory.selectors.finder_cards import Card, Visit
from hamroh.directory.selectors.finder_rows import Contact, Number, Site
from hamroh.directory.selectors.finder_words import Meant
from hamroh.kernel import hours
from hamroh.kernel.helpfinder import Why
from hamroh.kernel.hours import Line, Moment
from hamroh.web import dates
from hamroh.web.templatetags.hamroh import day, icon, text
from hamroh.web.texts import pick

register = template.Library()
_MIDNIGHT = dt.time(0)
_NEXT_VISITS = 4
_ON_THE_WEB = (Channel.Kind.WEB, Channel.Kind.FACEBOOK, Channel.Kind.INSTAGRAM)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_FEW_KM = 5  # within a town a straight line says little


def said_line(line: Line) -> str:
    """A line of the week: Monday–Friday, 8:00–12:00, 13:00–17:00."""
    return _line_in(line, get_language() or "en")


@functools.lru_cache(maxsize=1024)
def _line_in(line: Line, lang: str) -> str:  # noqa: ARG001 - the language is part of what is kept
    """Many services keep the same hours."""
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
    return _weekday_in(number, get_language() or "en")


@functools.cache
def _weekday_in(number: int, lang: str) -> str:
    """Seven names a language, which are slow to look up."""
    return dates.weekday(number, lang)


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
    return f"{time.hour}:{time.minute:02}"


def said_now(card: Card) -> str:
    """What the hours say about this moment; empty where nothing certain can be said."""
    moment, at = card.situation.moment, card.situation.at
    if moment is Moment.OPEN and _never_closes(card):
        return _("Open now")
    if at is None or (moment is Moment.LATER and not card.week):  # single dates are listed as such
        return ""
    facts = {"time": _clock(at.time()), "day": _weekday(at.weekday())}
    return _(_MOMENTS[moment]) % facts


_MOMENTS = {
    Moment.OPEN: gettext_noop("Open now, until %(time)s"),
    Moment.TODAY: gettext_noop("Closed now, opens today at %(time)s"),
    Moment.LATER: gettext_noop("Closed now. Opens next: %(day)s, %(time)s"),
    Moment.THIS_DAY: gettext_noop("Open today; the hours are not stated"),
}


def _never_closes(card: Card) -> bool:
    return [said for line in card.week for said in line.spans] == [(_MIDNIGHT, _MIDNIGHT)] and len(
        card.week[0].days
    ) == 7


def said_why(card: Card) -> list[str]:
    """Why this result is here, as short words; what the card says elsewhere is not said twice."""
    said = [_(_REASONS[why]) for why in card.why if why in _REASONS]
    return [*said, *filter(None, [_distance(card)])]


_REASONS = {
    Why.HERE: gettext_noop("in the place you chose"),
    Why.SERVES: gettext_noop("for people from your place"),
    Why.NEAR: gettext_noop("near the place you chose"),
    Why.BY_PHONE: gettext_noop("helps by phone from anywhere in the country"),
    Why.WHOLE_COUNTRY: gettext_noop("for the whole country"),
    Why.SPEAKS: gettext_noop("speaks your language"),
    Why.LANGUAGE_NOT_STATED: gettext_noop("languages not stated: ask when you call"),
}


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


@register.inclusion_tag("directory/finder/_card.html", takes_context=True)
def place_card(context: Context, card: Card) -> dict[str, Any]:
    """One result. Its template gets ready words: the cards are most of what a page of results has to write."""
    service, query = card.service, context["query"]
    return {
        "code": service.code,
        "name": text(service.names),
        "kind": text(card.kinds[0]) if card.kinds else "",
        "party": text(service.party.names),
        "alert": text(service.alert),
        "description": text(service.description),
        "traits": (card.cost, *card.traits),
        "why": " · ".join(said_why(card)),
        "is_checked": service.verified_date is not None,
        "checked": checked(context, service, overdue=card.overdue),
        "more": reverse("finder:entry", args=[service.code]) + query,
        "wrong": reverse("finder:report", args=[service.code]) + query,
        "ways": ways(context, card, live="live" in context),
    }


@register.inclusion_tag("directory/finder/_party.html", takes_context=True)
def party_card(context: Context, contact: Contact, today: dt.date) -> dict[str, Any]:
    """Somebody who was found by name and for whom no service stands: who they are and how to reach them."""
    party = contact.party
    lines = [*numbers(contact), *_sites(contact), *map(_channel, contact.channels)]
    return {
        "code": party.code,
        "name": text(party.names),
        "kind": party.get_kind_display(),
        "description": text(party.description),
        "checked": checked(context, party, overdue=party.is_overdue(today)),
        "ways": _list(context, lines) if lines else "",
    }


@register.simple_tag(takes_context=True)
def checked(context: Context, entry: Entry, *, overdue: bool) -> SafeString:
    """When somebody last made sure of it, as a state; what nobody ever did says since when it is known."""
    kind, shape = ("care", "glass") if overdue else ("done", "check")
    if entry.verified_date is None:
        year = _year_of_source(entry)
        said = format_html(
            "{}", _("Never checked. Printed in %(year)s.") % {"year": year} if year else _("Never checked")
        )
    else:
        words = _("Last checked on %(day)s. Call before you go.") if overdue else _("Checked on %(day)s")
        said = format_html(words.replace("%(day)s", "{}"), day(entry.verified_date))
    return format_html('<span class="st {}">{}<span>{}</span></span>', kind, icon(context, shape), said)


def _year_of_source(entry: Entry) -> str:
    """The last year that its sources name."""
    years = (year for source in entry.sources for year in _YEAR.findall(source.get("as_of", "")))
    return max(years, default="")


@register.simple_tag(takes_context=True)
def ways(context: Context, card: Card, *, live: bool = False) -> SafeString:
    """How and when to reach them: numbers, hours, addresses, languages; ``live`` says what the hours mean now."""
    lines = [*numbers(card), *times(card), *whereabouts(card), *_advice(card)]
    now = said_now(card) if live else ""
    return _list(context, (way._replace(said=_with_now(way.said, now)) if now and way.opens else way for way in lines))


@register.simple_tag(takes_context=True)
def contact(context: Context, card: Card) -> SafeString:
    """The same without the hours and without advice, as a sheet has room for."""
    return _list(context, [*numbers(card), *whereabouts(card)])


def _list(context: Context, lines: Iterable[Way]) -> SafeString:
    line = '<div><dt>{}<span class="vh">{}</span></dt><dd>{}</dd></div>\n'
    rows = format_html_join("", line, ((icon(context, way.icon), way.word, way.said) for way in lines))
    return format_html('<dl class="ways">{}</dl>', rows)


def _with_now(said: SafeString | str, now: str) -> SafeString:
    return format_html('{}<br><b class="small">{}</b>', said, now)


def _advice(card: Card) -> Iterator[Way]:
    """What she should know before she calls."""
    if card.service.when_calling:
        yield Way("talk", _("When you call"), text(card.service.when_calling))
    if card.service.do_not:
        yield Way("no", _("What not to do"), text(card.service.do_not))


def numbers(card: Card | Contact) -> Iterator[Way]:
    for number in card.numbers:
        yield Way("phone", _("Phone"), said_number(number))


def whereabouts(card: Card) -> Iterator[Way]:
    if card.ask_hotline:
        words = _("The place is secret. Ask on the telephone; nobody tells it otherwise.")
        yield Way("lock", _("Address"), words)
    yield from _sites(card)
    if card.service.languages:
        yield Way("talk", _("Languages"), ", ".join(map(language_name, card.service.languages)))


def _sites(card: Card | Contact) -> Iterator[Way]:
    for site in card.sites:
        yield Way("pin", _("Address"), said_site(site))


def _channel(channel: Any) -> Way:
    """An address on the web to press, unless it is only printed somewhere."""
    kind, value = Channel.Kind(channel.kind), channel.value
    drawing = "mail" if kind is Channel.Kind.EMAIL else "web"
    if channel.printed:
        origin = _("printed: %(where)s, not checked") % {"where": channel.printed}
        said = format_html('{} <span class="soft small">({})</span>', value, origin)
    elif kind is Channel.Kind.EMAIL:
        said = format_html('<a href="mailto:{0}" rel="nofollow">{0}</a>', value)
    elif kind in _ON_THE_WEB:
        said = format_html('<a href="{0}" rel="noopener noreferrer nofollow external">{0}</a>', value)
    else:
        said = format_html("{}", value)
    return Way(drawing, str(kind.label), said)


@register.filter
def times(card: Card) -> Iterator[Way]:
    """The hours of the week, and the next days on which a mobile consultation comes."""
    if card.week:
        lines = format_html_join(SafeString("<br>"), "{}", ((said_line(line),) for line in card.week))
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
    lines = [_(_SAFETY[number.safe]) if number.safe in _SAFETY else "", text(number.note)]
    return format_html(
        shape + "{2}{3}",
        number.href,
        number.shown,
        format_html_join("", ' <span class="soft small">({})</span>', ((words,) for words in origin)),
        format_html_join("", '<br><span class="small">{}</span>', ((line,) for line in lines if line)),
    )


_SAFETY = {
    "no": gettext_noop("Others may answer or see this number."),
    "yes": gettext_noop("They first ask whether you can talk."),
}


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
        "help": _("Any help in the place you chose") if wider.choice.place else _("Any help"),
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
