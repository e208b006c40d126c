"""What pages show of projects, in the words of the reader."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from hamroh.kernel.projects import Progress, Reason, Status
from hamroh.projects.models import Budget, PartyRole, Project, ProjectParty, Transaction
from hamroh.projects.states import STATUSES
from hamroh.web import dates
from hamroh.web.texts import pick


def lang() -> str:
    return get_language() or "en"


def said_day(partial: str) -> str:
    """A day, a month or a year, as far as it is known."""
    return dates.partial(partial, lang()) if partial else ""


def number(value: Decimal | int | None) -> str:
    """A number without the noughts that a table adds."""
    if value is None:
        return ""
    plain = Decimal(value).normalize()
    places = max(0, -int(plain.as_tuple().exponent)) if plain.is_finite() else 0
    return dates.number(plain, lang(), min(places, 4))


def period(row: Project) -> str:
    """From when to when, by what happened and otherwise by what was planned; what is not known is said."""
    first, last = row.starts or row.starts_planned, row.stopped_date or row.ends or row.ends_planned
    if first and last:
        begun, ended = said_day(first), said_day(last)
        return begun if begun == ended else f"{begun} – {ended}"
    if first:
        return _("since %(day)s") % {"day": said_day(first)}
    return _("until %(day)s") % {"day": said_day(last)} if last else _("period not known")


def status_word(found: Status) -> str:
    return str(dict(STATUSES)[found.name])


#: how a status looks, by the states of the look
LOOKS = {
    "pipeline": "none", "active": "now", "finalisation": "care", "closed": "done", "cancelled": "none", "unknown": "none",
    "planned": "none", "ongoing": "now", "done": "done", "stopped": "none", "open": "care", "happened": "risk", "over": "done",
    "reached": "done", "on_the_way": "now", "behind": "care", "missed": "risk", "not_begun": "none",
}  # fmt: skip


def status_reason(reason: Reason) -> str:
    """Why a project stands where it does."""
    said = {
        "no_dates": _("No day of it is known."), "stopped": _("It was stopped: %(day)s."), "ended": _("It ended: %(day)s."),
        "begun": _("It began: %(day)s."), "ends_later": _("Its end is written down already: %(day)s."),
        "no_end": _("Nobody wrote down when it ends."), "end_passed": _("Its planned end has passed (%(day)s), and nobody wrote that it ended."),
        "ends_planned": _("It is planned to end: %(day)s."), "begins": _("It is to begin: %(day)s."),
        "never_told": _("Its planned end has passed (%(day)s), and nobody wrote whether it ever began."),
        "start_passed": _("It should have begun (%(day)s), and nobody wrote that it did."),
    }[reason.code]  # fmt: skip
    return said % {"day": said_day(reason.of)} if reason.of else said


def verdict_word(found: Progress) -> str:
    return {
        "reached": pgettext("verdict", "Reached"), "on_the_way": pgettext("verdict", "On the way"), "behind": pgettext("verdict", "Behind"),
        "missed": pgettext("verdict", "Not reached in time"), "unknown": pgettext("verdict", "Not known"),
        "not_begun": pgettext("verdict", "Not begun"),
    }[found.verdict]  # fmt: skip


def progress_words(found: Progress) -> str:
    """How far an indicator is, in one sentence: the number, what it is to be, and the part of the way."""
    if found.value is None:
        return ""
    value = number(found.value)
    value = _("%(number)s or more") % {"number": value} if found.at_least else value
    if found.target is None:
        return value
    said = _("%(number)s of %(target)s") % {"number": value, "target": number(found.target)}
    return f"{said} ({number(round(found.percent))} %)" if found.percent is not None else said


def progress_reason(reason: Reason) -> str:
    """What must be known to read a progress rightly."""
    said = {
        "no_period": _("No period is planned yet."), "begins_later": _("Its first period has not begun."),
        "in_words": _("It is told in words; nobody but a reader can judge it."), "no_figure": _("No figure counts yet."),
        "no_target": _("Nobody wrote down what is to be reached."), "only_parts": _("There are figures of parts alone, which cannot be added."),
        "parts_added": _("Figures of %(number)s parts were added."), "not_approved": _("Figures that wait for a second person: %(number)s."),
        "not_put_together": _("Periods are never put together here: this is the last one."),
    }[reason.code]  # fmt: skip
    return said % {"number": reason.of} if reason.of else said


def shown_status(row: Project) -> dict[str, Any]:
    """Word, look and reasons of the status of a project today."""
    from hamroh.projects.selectors import status_of

    found = status_of(row)
    return {
        "name": found.name, "word": status_word(found), "look": LOOKS[found.name], "reasons": [status_reason(each) for each in found.reasons]
    }  # fmt: skip


def shown_progress(found: Progress) -> dict[str, Any]:
    """Word, look, figures and reasons of an indicator, and the periods that say nothing."""
    missing = [f"{dates.day(each.starts, lang())} – {dates.day(each.ends, lang())}" for each in found.missing]
    return {
        "verdict": found.verdict, "word": verdict_word(found), "look": LOOKS.get(found.verdict, "none"), "said": progress_words(found),
        "reasons": [progress_reason(each) for each in found.reasons], "missing": missing,
    }  # fmt: skip


def party_name(row: ProjectParty) -> str:
    return pick(row.party.names, lang()).text if row.party else row.name


def by_role(rows: Iterable[ProjectParty]) -> list[tuple[str, list[ProjectParty]]]:
    """Partners under what they are to the project."""
    listed = list(rows)
    found = [(str(role.label), [row for row in listed if row.role == role]) for role in PartyRole]
    return [(label, some) for label, some in found if some]


def sums(rows: Sequence[Budget]) -> list[str]:
    """What is planned in each currency, later budgets in place of earlier ones. Currencies are never put together."""
    revised = {(row.currency, row.starts_date) for row in rows if row.is_revised}
    found: dict[str, Decimal] = {}
    for row in rows:
        if row.is_revised or (row.currency, row.starts_date) not in revised:
            found[row.currency] = found.get(row.currency, Decimal(0)) + row.amount
    return [f"{number(found[each])} {each}" for each in sorted(found)]


def flows(rows: Sequence[Transaction]) -> list[tuple[str, str]]:
    """What moved, by what it was and by currency."""
    found: dict[tuple[str, str], Decimal] = {}
    for row in rows:
        key = (str(row.get_kind_display()), row.currency)
        found[key] = found.get(key, Decimal(0)) + row.amount
    return [(kind, f"{number(found[kind, currency])} {currency}") for kind, currency in sorted(found)]
