"""What pages show of codes: next steps, the story of a group, how memoranda stand, in the reader's language."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from hamroh.groups.models import (
    CommunityHelp,
    Facilitating,
    Group,
    Memorandum,
    NoDate,
    Obligation,
    PaidFor,
    Side,
    Support,
    Theme,
)
from hamroh.groups.selectors.work import Earning, Step, standing_of
from hamroh.kernel.memoranda import Standing
from hamroh.web import dates
from hamroh.web.texts import pick

#: buttons of moves
MOVES: dict[str, Any] = {
    "active": gettext_lazy("It meets"), "resting": gettext_lazy("It rests for a while"), "closed": gettext_lazy("Close the group"), "forming": gettext_lazy("It gathers"),
}  # fmt: skip
MEMORANDUM_MOVES: dict[str, Any] = {
    "signed": gettext_lazy("It is signed"),
    "ended": gettext_lazy("It is ended before its day"),
}
FUNDING_MOVES: dict[str, Any] = {
    "sent": gettext_lazy("It is sent"), "refused": gettext_lazy("It is refused"), "reported": gettext_lazy("The report is sent"), "dropped": gettext_lazy("Give it up"),
}  # fmt: skip
#: how a memorandum stands: the look's state and the word
STANDINGS: dict[Standing, tuple[str, Any]] = {
    Standing.HOLDS: ("done", pgettext_lazy("memorandum", "In force")),
    Standing.HOLDS_UNDATED: ("done", pgettext_lazy("memorandum", "In force, day not known")),
    Standing.PERHAPS: ("care", pgettext_lazy("memorandum", "Perhaps in force already")),
    Standing.UNSIGNED: ("none", pgettext_lazy("memorandum", "Not signed yet")),
    Standing.NOT_YET: ("now", pgettext_lazy("memorandum", "Begins later")),
    Standing.RUN_OUT: ("risk", pgettext_lazy("memorandum", "Run out")),
    Standing.ENDED: ("none", pgettext_lazy("memorandum", "Ended")),
    Standing.RENEWED: ("none", pgettext_lazy("memorandum", "Renewed by another one")),
}


def lang() -> str:
    return get_language() or "en"


def money(value: Decimal | None, currency: str) -> str:
    """An amount as the language writes it, with its money; empty where there is none."""
    if value is None:
        return ""
    places = None if value == value.to_integral_value() else 2
    plain = value.to_integral_value() if places is None else value
    return f"{dates.number(plain, lang(), places)}{dates.NBSP}{currency}"


def partner(row: Any) -> str:
    """With whom a memorandum is, or who is asked for money."""
    party = getattr(row, "party", None) or getattr(row, "funder", None)
    words = getattr(row, "partner_name", "") or getattr(row, "funder_name", "")
    return pick(party.names, lang()).text if party else words


# -- next steps ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownStep:
    said: str
    href: str
    due: dt.date | None
    is_late: bool


def _said(step: Step) -> str:
    row = step.row
    if step.what == "help":
        return f"{row.get_kind_display()}: {row.get_helper_display()}, {row.get_state_display()}"
    if step.what == "owed":
        return f"{row.get_side_display()}: {row.words}"
    words = {
        "sign": _("Have the memorandum signed: %(whom)s"), "review": _("Look at the memorandum again: %(whom)s"),
        "run_out": _("The memorandum runs out: %(whom)s"), "date": _("Ask on which day the memorandum was signed: %(whom)s"),
        "send": _("Send the application: %(whom)s"), "report": _("Report on the grant: %(whom)s"),
    }  # fmt: skip
    return words[step.what] % {"whom": partner(row)}


def _at(step: Step, code: str) -> str:
    name, pk = {
        "help": ("help", step.row.pk),
        "send": ("application", step.row.pk),
        "report": ("application", step.row.pk),
    }.get(step.what, ("memorandum", getattr(step.row, "memorandum_id", step.row.pk)))
    return reverse(f"groups:{name}", kwargs={"code": code, name: pk})


def steps(found: Iterable[Step], today: dt.date, *, sees_help: bool, code: str) -> list[ShownStep]:
    """What comes next, what is late first; help only for who may read it."""
    return [
        ShownStep(_said(step), _at(step, code), step.due, step.is_late(today))
        for step in found
        if sees_help or step.what != "help"
    ]


# -- the story -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Moment:
    """Something that happened; ``when`` may be partial, and ``order`` sorts it."""

    when: Any
    said: str
    order: str


def story(group: Group, *, sees_members: bool) -> list[Moment]:
    """What happened to a group, the newest first. Nothing sealed is opened, and no member is in it."""
    found = [*_beginnings(group), *_agreements(group)]
    if sees_members:
        found += _helps(group)
    return sorted(found, key=lambda each: each.order, reverse=True)


def _moment(when: Any, said: str) -> Moment:
    return Moment(when, said, when if isinstance(when, str) else when.isoformat())


def _beginnings(group: Group) -> Iterable[Moment]:
    if group.founded_date:
        yield _moment(group.founded_date, _("The group began."))
    for row in Facilitating.objects.filter(group=group).select_related("person"):
        yield _moment(row.from_date, _("%(who)s runs the group.") % {"who": row.person})
        if row.until_date:
            yield _moment(row.until_date, _("%(who)s no longer runs the group.") % {"who": row.person})
    if group.closed_date:
        yield _moment(group.closed_date, _("The group was closed."))


def _agreements(group: Group) -> Iterable[Moment]:
    for row in Memorandum.objects.filter(group=group).select_related("party"):
        if row.signed_date:
            yield _moment(row.signed_date, _("A memorandum was signed: %(whom)s.") % {"whom": partner(row)})
    done = Obligation.objects.filter(group=group, done_date__isnull=False)
    for each in done:
        yield _moment(each.done_date, f"{each.get_side_display()}: {each.words}")


def _helps(group: Group) -> Iterable[Moment]:
    for row in CommunityHelp.objects.filter(group=group, state__in=("given", "refused")):
        day = row.settled_date or row.asked_date
        yield _moment(day, f"{row.get_kind_display()}: {row.get_helper_display()}, {row.get_state_display()}")
    for each in Support.objects.filter(group=group).exclude(on_date=""):
        yield _moment(each.on_date, f"{each.get_kind_display()}, {each.get_terms_display()}")


# -- memoranda -------------------------------------------------------------------------------------------------------


def memoranda(rows: Iterable[Memorandum], today: dt.date) -> list[dict[str, Any]]:
    """Each memorandum with how it stands today and how much of what is owed is late."""
    return [
        {**memorandum(row, today), "late": sum(_is_late(each, today) for each in getattr(row, "owed", ()))}
        for row in rows
    ]


def memorandum(row: Memorandum, today: dt.date) -> dict[str, Any]:
    """A memorandum in words: with whom, how it stands, why a date is missing."""
    kind, word = STANDINGS[standing_of(row, today)]
    return {
        "row": row, "partner": partner(row), "state": kind, "word": word, "no_date": NoDate(row.no_date).label if row.no_date else "",
        "to_review": bool(row.review_date and row.review_date <= today and row.state == "signed"),
    }  # fmt: skip


def _is_late(row: Obligation, today: dt.date) -> bool:
    return bool(row.due_date and row.due_date < today and not row.done_date and not row.dropped_date)


def sides(owed: Sequence[Obligation], today: dt.date) -> list[dict[str, Any]]:
    """What each side owes, with how far it is."""
    return [
        {"side": side.label, "rows": [{"row": row, **_state(row, today)} for row in owed if row.side == side]}
        for side in Side
    ]


def _state(row: Obligation, today: dt.date) -> dict[str, Any]:
    if row.done_date:
        return {"state": "done", "word": _("Done"), "is_open": False}
    if row.dropped_date:
        return {"state": "none", "word": _("Not needed any more"), "is_open": False}
    if _is_late(row, today):
        return {"state": "risk", "word": _("Late"), "is_open": True}
    return {"state": "now", "word": _("To be done"), "is_open": True}


# -- talks, and what helps to earn -----------------------------------------------------------------------------------


def talk(row: Any) -> dict[str, Any]:
    """A talk with its themes in words."""
    known = dict(Theme.choices)
    return {"row": row, "themes": [known[each] for each in row.themes if each in known]}


def earning(found: Earning) -> dict[str, Any]:
    """What was given to earn with, in words."""
    facts = found.facts
    return {
        "alias": found.alias, "words": facts.get("words", ""), "giver": pick(found.row.giver.names, lang()).text if found.row.giver else facts.get("giver", ""),
        "value": money(found.value, facts.get("currency", "")), "no_value": NoDate(facts["no_value"]).label if facts.get("no_value") in NoDate.values else "",
        "share": facts.get("share"), "due": _day(facts.get("due")), "left": money(found.left, facts.get("currency", "")),
        "back": [{**each, "amount": money(Decimal(each["facts"]["amount"]), each["facts"].get("currency", ""))} for each in found.back],
        "visits": [_visit(each) for each in found.visits],
    }  # fmt: skip


def _day(text: Any) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _visit(each: dict[str, Any]) -> dict[str, Any]:
    facts, known = each["facts"], dict(PaidFor.choices)
    income = Decimal(facts["income"]) if facts.get("income") else None
    paid = ", ".join(str(known[code]) for code in facts.get("paid_for", ()) if code in known)
    return {
        **each,
        "income": money(income, facts.get("currency", "")),
        "paid_for": paid,
        "words": facts.get("words", ""),
    }
