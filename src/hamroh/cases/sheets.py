"""A reckoning in the words of one language: what a page, a printed sheet and a table show alike."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hamroh.cases.alimony import Reckoning, Told, Untold, reckon, stated_no_more
from hamroh.cases.models import AlimonyPart as Part
from hamroh.kernel.law import Audience, Ground, Line, Missing, resting, switches
from hamroh.kernel.law.dates import end_of
from hamroh.kernel.law.packs import pack_day
from hamroh.kernel.law.reasons import phrase
from hamroh.web import dates

Cell = str | Decimal
#: letters after which a word may be broken: a column is narrower than some words that people type
LONG_WORD = re.compile(r"\S{18}")


@dataclass(frozen=True)
class Table:
    """A table: columns are words with ``num`` for figures; sums are decimals, everything else is text."""

    code: str
    title: str
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Paper:
    """A sheet in words. ``grounds`` are numbered, as the tables name them, in groups; ``notes`` must stand beneath."""

    lang: str
    title: str
    head: Sequence[tuple[str, str]]
    result: str
    tables: Sequence[Table]
    grounds: Sequence[tuple[str, Sequence[tuple[int, str]]]]
    notes: Sequence[str]


@dataclass(frozen=True)
class Outcome:
    """A reckoning, or why there is none, in words."""

    reckoning: Reckoning | None
    why_not: Sequence[str] = ()

    @property
    def open(self) -> list[Ground]:
        """What it rests on and may not stand in a document, because nobody has seen it and nobody answers for it."""
        if self.reckoning is None:
            return []
        on = self.reckoning.footing.on
        return [each for each in self.reckoning.grounds if not resting([each], Audience.DOCUMENT, on).allowed]

    def refused(self, lang: str) -> list[str]:
        """Why no document can be made of it."""
        if self.reckoning is None:
            return list(self.why_not)
        showing = resting(self.reckoning.grounds, Audience.DOCUMENT, self.reckoning.footing.on)
        return [reason.said(lang) for reason in showing.refused]


def worked_out(told: Told, lang: str) -> Outcome:
    """The reckoning of what is told, or everything that is missing, in words."""
    try:
        return Outcome(reckon(told))
    except Untold as untold:
        return Outcome(None, [str(untold.args[0])])
    except Missing as missing:
        return Outcome(None, [reason.said(lang) for reason in missing.reasons])
    except (ValueError, OverflowError, ArithmeticError):
        with translation.override(lang):
            return Outcome(
                None, [_("Two things that are told do not fit together, or the time is too long. Look through them.")]
            )


def paper(reckoning: Reckoning, told: Told, lang: str, *, code: str, names: tuple[str, str] = ("", "")) -> Paper:
    """The sheet in a language; ``names`` are who asks and who owes."""
    with translation.override(lang):
        writer = _Writer(reckoning, told, lang)
        return Paper(
            lang=lang, title=_("Calculation of alimony arrears"), head=list(writer.head(code, names)), result=writer.result(),
            tables=[table for table in writer.tables() if table.rows], grounds=list(writer.grounds()),
            notes=list(writer.notes()),
        )  # fmt: skip


def span_said(first: dt.date, last: dt.date, lang: str) -> str:
    """Days in words: January 2026; 15–31 January 2026; 1 November 2025 – 3 February 2026."""
    if first.day == 1 and last == end_of(first):
        return dates.month(first, lang)
    if (first.year, first.month) == (last.year, last.month):
        return dates.day(last, lang) if first == last else f"{first.day}–{dates.day(last, lang)}"
    return f"{dates.day(first, lang)} – {dates.day(last, lang)}"


def breakable(text: str) -> str:
    """The text with places at which its long words may be broken."""
    return LONG_WORD.sub(lambda found: f"{found.group()}\N{ZERO WIDTH SPACE}", text)


def localised(working: str, lang: str) -> str:
    """A working with the decimal sign of the language."""
    return working if lang == "en" else re.sub(r"(?<=\d)\.(?=\d)", ",", working)


@dataclass(frozen=True)
class _Writer:
    """Says each part of a reckoning in the language that is active."""

    reckoning: Reckoning
    told: Told
    lang: str

    @property
    def numbers(self) -> Mapping[Ground, int]:
        return {ground: number for number, ground in enumerate(self.reckoning.grounds, 1)}

    def head(self, code: str, names: tuple[str, str]) -> Iterator[tuple[str, str]]:
        sheet = self.reckoning.sheet
        yield _("Case"), code
        if names[0]:
            yield _("She asks"), names[0]
        if names[1]:
            yield _("He owes"), names[1]
        yield _("By the law of"), phrase(f"state/{self.told.state}")[self.lang]
        yield _("Period"), span_said(sheet.first, sheet.last, self.lang)
        yield _("Day of the reckoning"), dates.day(sheet.on, self.lang)
        yield _("Currency"), sheet.currency
        yield _("Rules of law"), self.law_read()
        if born := [
            dates.day(dt.date.fromisoformat(each["born"]), self.lang)
            for each in self.told.of(Part.CHILD)
            if each.get("born")
        ]:
            yield _("Children born"), ", ".join(born)

    def law_read(self) -> str:
        """Which text of the law it was worked out by: the day of the pack, and the last change beside it."""
        packed = _("pack of %(day)s") % {"day": dates.partial(pack_day(self.told.state), self.lang)}
        edition = self.told.book.edition
        return ", ".join((packed, _("changes up to %(edition)s") % {"edition": edition})) if edition else packed

    def result(self) -> str:
        sheet = self.reckoning.sheet
        if sheet.credit:
            return _("Nothing is owed: %(sum)s more was paid.") % {"sum": self.money(sheet.credit)}
        return _("Owed: %(sum)s") % {"sum": self.money(sheet.owed)}

    def money(self, amount: Decimal) -> str:
        return f"{dates.number(amount, self.lang, 2)} {self.reckoning.sheet.currency}"

    def tables(self) -> Iterator[Table]:
        rests = (_("Rests on"), "")
        amount = (_("Sum"), "num")
        yield Table("totals", _("Summary"), [("", ""), amount], list(self._totals()))
        yield Table(
            "lines", _("What was due"), [(_("Period"), ""), (_("Working"), ""), amount, (_("Certainty"), ""), rests],
            [self._line(line) for line in self.reckoning.sheet.lines],
        )  # fmt: skip
        yield Table(
            "payments", _("Payments"), [(_("Day"), ""), (_("Working"), ""), amount, rests], list(self._payments())
        )  # fmt: skip
        yield Table(
            "months", _("Month by month"),
            [(_("Month"), ""), *((word, "num") for word in (_("Due"), _("Paid in it"), _("Left of it"), _("Balance")))],
            [[dates.month(each.month, self.lang), each.due, each.received, each.left, each.balance] for each in self.reckoning.sheet.months],
        )  # fmt: skip
        yield Table(
            "reliefs", _("Arrears forgiven"), [(_("Day"), ""), (_("Working"), ""), amount, rests],
            [[dates.day(each.relief.on, self.lang), self.text(each.working), each.amount, self.refs(each.grounds)] for each in self.reckoning.sheet.reliefs],
        )  # fmt: skip
        yield Table(
            "penalty", _("Penalty for delay"), [(_("Month"), ""), (_("Days"), ""), (_("Working"), ""), amount, rests],
            [[dates.month(each.month, self.lang), span_said(each.first, each.last, self.lang), self.text(each.working), each.amount, self.refs(each.grounds)] for each in self.reckoning.penalty],
        )  # fmt: skip

    def _totals(self) -> Iterator[Sequence[Cell]]:
        sheet = self.reckoning.sheet
        yield _("Due"), sheet.due
        yield _("Paid"), sheet.paid
        if sheet.reliefs:
            yield _("Forgiven"), sheet.forgiven
        if sheet.credit:
            yield _("Paid beyond what was due"), sheet.credit
        yield _("Owed"), sheet.owed
        if self.reckoning.penalty:
            yield _("Penalty for delay"), sum((line.amount for line in self.reckoning.penalty), Decimal("0.00"))

    def _line(self, line: Line) -> Sequence[Cell]:
        period = span_said(line.first, line.last, self.lang)
        return [period, self.text(line.working), line.amount, str(line.certainty or ""), self.refs(line.grounds)]

    def _payments(self) -> Iterator[Sequence[Cell]]:
        for each in self.reckoning.outside:
            early = each.on < self.reckoning.sheet.first
            why = (
                _("Before the time that is worked out. Not counted.")
                if early
                else _("After the day of the reckoning. Not counted.")
            )
            yield [dates.day(each.on, self.lang), why, Decimal("0.00"), ""]
        for paid in self.reckoning.sheet.payments:
            working = paid.why_not.said(self.lang) if paid.why_not else self.text(paid.working)
            yield [dates.day(paid.payment.on, self.lang), working, paid.amount, self.refs(paid.grounds)]

    def text(self, working: str) -> str:
        return localised(working, self.lang)

    def refs(self, grounds: Iterable[Ground]) -> str:
        numbers = self.numbers
        return ", ".join(str(number) for number in sorted(numbers[each] for each in grounds))

    def grounds(self) -> Iterator[tuple[str, Sequence[tuple[int, str]]]]:
        """What it rests on, by kind: acts, papers, choices and what a lawyer states."""
        titles = {
            "law": pgettext("grounds", "Acts"), "paper": pgettext("grounds", "Papers of the case"),
            "choice": pgettext("grounds", "Choices and what the lawyer states"),
        }  # fmt: skip
        for kind, title in titles.items():
            if found := [
                (number, _in_full(each, self.lang)) for each, number in self.numbers.items() if _kind(each) == kind
            ]:
                yield title, found

    def notes(self) -> Iterator[str]:
        yield from (note.said(self.lang) for note in self.reckoning.sheet.notes)
        yield _(
            "Certainty: A the text of the act was seen, B a named source states it, C nobody has seen it: then it stands here as what the lawyer states under her name."
        )
        for each in stated_no_more(self.told):
            name = self.told.book.rules[each.about].names[self.lang]
            yield _("%(rule)s: its text was seen since, so what %(name)s stated of it no longer counts.") % {
                "rule": name, "name": each.by,
            }  # fmt: skip
        showing = resting(self.reckoning.grounds, Audience.STAFF, self.reckoning.footing.on)
        yield from (mark.said(self.lang) for mark in showing.marks if mark.code in ("said_by", "stale", "pair"))


def _in_full(ground: Ground, lang: str) -> str:
    """A ground in words; a rule that somebody saw with what it says."""
    said = ground.said(lang)
    told = ground.rule.told(lang) if ground.rule and _kind(ground) == "law" and not ground.open else ""
    return f"{said}. {told}" if told else said


def _kind(ground: Ground) -> str:
    if ground.paper:
        return "paper"
    return "choice" if ground.assumed or ground.about in switches() or ground.open else "law"
