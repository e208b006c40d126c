"""Codes, numbers and days of a report's content in the words of a language."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from hamroh.kernel.reporting import Flaw, Why
from hamroh.projects.models import PartyRole, SourceKind
from hamroh.projects.reports.parts import Block, Cell
from hamroh.projects.states import WorkLife
from hamroh.training.models import Age, Sex
from hamroh.web import dates
from hamroh.web.texts import LANGUAGES, pick

Content = Mapping[str, Any]


def text(texts: Mapping[str, str] | None, lang: str) -> str:
    """The text in a language, else in that which its readers most likely read; names without a language stand under ``und``."""
    return str(pick(texts, lang))


def period(given: Mapping[str, str], lang: str) -> str:
    return days(given["starts"], given["ends"], lang)


def days(starts: str, ends: str, lang: str) -> str:
    """From when to when, as far as it is known."""
    first, last = (dates.partial(each, lang) if each else "" for each in (starts, ends))
    if first and last and first != last:
        return f"{first} – {last}"
    return first or (_("until %(day)s") % {"day": last} if last else "")


def number(value: Any, lang: str) -> str:
    """A number as the language writes it; what is no number stays; a star stands for one that is withheld."""
    plain = "" if value is None else str(value)
    if plain == "*":
        return pgettext("figure", "withheld")
    try:
        found = Decimal(plain)
    except InvalidOperation:
        return plain
    return dates.number(Decimal(f"{found.normalize():f}"), lang) if found.is_finite() else plain


def amount(value: Any, lang: str) -> str:
    """Money: whole, or with two digits after the point."""
    found = Decimal(str(value)) if value is not None else None
    if found is None or found == found.to_integral_value():
        return number(value, lang)
    return dates.number(found, lang, 2)


def figure(found: Mapping[str, Any] | None, lang: str) -> str:
    """What a figure says: a number with its unit, words, or that it is not known or withheld."""
    if found is None:
        return ""
    if found.get("withheld"):
        return pgettext("figure", "withheld")
    words = text(found.get("texts"), lang) if found.get("texts") else str(found.get("words") or "")
    unit = str(found.get("unit") or "")
    said = (amount if unit.isupper() else number)(found.get("value"), lang) or words
    if not said:
        return _("not known yet")
    said = f"{said}\N{NO-BREAK SPACE}{unit}" if unit else said
    return _("at least %(number)s") % {"number": said} if found.get("at_least") else said


def cell(found: Mapping[str, Any] | None, lang: str) -> Cell:
    """A figure in a table; where its source can be opened, it opens it."""
    return Cell(figure(found, lang), href=((found or {}).get("source") or {}).get("href", ""))


def withheld_why() -> str:
    return _("Withheld: one of the numbers is so small that somebody could be recognised.")


def parties(rows: Sequence[Mapping[str, Any]], lang: str) -> Iterator[tuple[str, str]]:
    """Organisations by what they are to the project, each role on a line."""
    for role, word in PartyRole.choices:
        names = [text(row["names"], lang) for row in rows if str(row["role"]) == role]
        if names:
            yield str(word), ", ".join(names)


def state(code: str) -> str:
    """How far an activity has come; nothing where it is simply done."""
    return "" if code == "done" or code not in WorkLife.states else str(WorkLife.states[code].label)


def grade(of_five: int) -> str:
    return _("%(number)s of 5") % {"number": of_five}


def code(given: str) -> str:
    """A sex or an age in words; what is neither stays as it was written."""
    words: dict[str, Any] = {str(key): label for key, label in (*Sex.choices, *Age.choices)}
    return str(words.get(given, given))


def why(code: str) -> str:
    words = {
        Why.NEW_PERIOD: _("A new period"), Why.LATE: _("Became known after the last report"), Why.CORRECTED: _("Corrected: a newer figure took its place"),
        Why.RECOUNTED: _("Counted anew at its source"), Why.TARGET: _("The target is another one"), Why.WITHHELD: _("Withheld, or not any more"),
        Why.GONE: _("No longer reported"),
    }  # fmt: skip
    return words[Why(code)]


def flaw(code: str) -> str:
    words = {
        Flaw.NO_ACTUAL: _("The period is over and no figure is there. The report says so."), Flaw.NO_SOURCE: _("The figure has no source."),
        Flaw.NOT_RELEASED: _("The figure was not released. Release its table first."), Flaw.NOT_CONFIRMED: _("Nobody has confirmed the figure yet."),
        Flaw.NO_WORDS: _("Words are missing."), Flaw.NO_CONSENT: _("A story may not be shown any more. Take it out."),
    }  # fmt: skip
    return words[Flaw(code)]


def source(found: Mapping[str, Any] | None, lang: str) -> str:
    """Where a figure comes from, in words."""
    if not found:
        return ""
    kinds: dict[str, Any] = dict(SourceKind.choices) | {
        "activities": pgettext("figure", "An activity"), "books": _("The books of the project"), "sum": pgettext("figure", "Added up"),
    }  # fmt: skip
    kind = str(kinds.get(str(found.get("kind")), ""))
    return ": ".join(filter(None, (kind, text(found.get("texts"), lang) or str(found.get("words") or ""))))


def reach(rows: Sequence[Mapping[str, Any]], figures: Mapping[str, Any], lang: str) -> str:
    """For whom an activity was, with how many where that may be told."""
    said = []
    for row in rows:
        told_number = figure(figures.get(row["figure"]), lang) if row["figure"] else ""
        said.append(": ".join(filter(None, (text(row["group"], lang), told_number))))
    return "; ".join(said)


def material(row: Mapping[str, Any], lang: str) -> str:
    copies = ""
    if row["copies"]:
        copies = ngettext("%(count)s copy", "%(count)s copies", row["copies"]) % {"count": number(row["copies"], lang)}
    return ", ".join(filter(None, (row["title"], copies)))


def reached(row: Mapping[str, Any], figures: Mapping[str, Any], lang: str) -> str:
    said = figure(figures.get(row["figure"]), lang)
    said = _("%(number)s a month") % {"number": said} if row["per_month"] else said
    return ", ".join(
        filter(None, (text(row["channel"], lang), text(row["where"], lang), said, text(row["how_known"], lang).lower()))
    )


def pictures(content: Content, lang: str, name: str) -> Iterator[Block]:
    """The picture of a name as it was drawn for this language."""
    found = content["pictures"].get(lang, {}).get(name)
    if found:
        yield Block("picture", title=found["title"], svg=found["svg"], alt=found["alt"])


def everywhere(said: Any) -> dict[str, str]:
    """A text of ours in all four languages, to be frozen; ``said`` is called in each of them."""
    found = {}
    for lang in LANGUAGES:
        with override(lang):
            found[lang] = str(said(lang))
    return found
