"""What pages and papers show of codes and figures, in the reader's language."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from hamroh.emergencies.alerting import LABELS
from hamroh.emergencies.models import (
    Barn,
    Duty,
    Hazard,
    House,
    Level,
    MessageType,
    Plot,
    Sector,
    Severity,
    Source,
    Status,
)
from hamroh.emergencies.selectors.damage import SourceSays
from hamroh.emergencies.states import NeedLife
from hamroh.emergencies.words import EFFECT_WORDS, MEMBER_WORDS, SECTOR_WORDS
from hamroh.kernel.damage import EFFECTS
from hamroh.web import dates
from hamroh.web.texts import LANGUAGES, pick

#: how grave a severity is shown, by the look's states
STATE_OF = {"extreme": "risk", "severe": "risk", "moderate": "care", "minor": "now", "closed": "none"}


def lang() -> str:
    return get_language() or "en"


def said_total(number: int, *, at_least: bool, places: int) -> str:
    """A figure with how far it is known: 12, none, some (number not known), 12 and more."""
    if at_least:
        plain = dates.number(number, lang())
        return _("%(number)s and more") % {"number": plain} if number else _("some, number not known")
    return dates.number(number, lang()) if places else pgettext("damage", "none")


def _rows(totals: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Figures in the order of the card."""
    return [
        {
            "effect": EFFECT_WORDS[name],
            "number": said_total(each["number"], at_least=each["at_least"], places=each["places"]),
        }
        for name in EFFECTS
        if (each := totals.get(name)) is not None
    ]


def shown_sources(sources: Iterable[SourceSays]) -> list[dict[str, Any]]:
    """Each source by itself; nowhere a sum of two."""
    return [
        {
            "kind": Source(each.kind).label, "name": each.name, "until": each.said.until, "cards": each.said.cards,
            "covered": [unit.names for unit in each.covered],
            "rows": _rows({name: vars(total) for name, total in each.said.totals.items()}),
        }
        for each in sources
    ]  # fmt: skip


def shown_card(row: Any) -> dict[str, Any]:
    """A card with its counts in words."""
    totals = {
        name: {"number": each["value"], "at_least": each["known"] == "some", "places": each["known"] != "none"}
        for name, each in row.counts.items()
    }
    return {
        "card": row,
        "counts": _rows(totals),
        "sectors": [SECTOR_WORDS[name] for name in row.sectors if name in SECTOR_WORDS],
    }


def shown_household(shown: Mapping[str, Any]) -> dict[str, Any]:
    """A household with its codes in words."""
    losses = shown["losses"]
    kinds: tuple[tuple[str, Any, str], ...] = (
        ("house", House, pgettext("household", "House")), ("barn", Barn, pgettext("household", "Barn")), ("plot", Plot, _("How much of the plot is lost?")),
    )  # fmt: skip
    said = [(title, of(losses[name]).label) for name, of, title in kinds if losses.get(name) in of.values]
    said += [
        (title, losses[name])
        for name, title in (
            ("livestock", _("Livestock lost")),
            ("words", _("What else was lost, and what is needed most?")),
        )
        if losses.get(name)
    ]
    people = [(MEMBER_WORDS[name], number) for name, number in shown["members"].items() if name in MEMBER_WORDS]
    return {**shown, "losses_said": said, "people": people}


# -- reports ---------------------------------------------------------------------------------------------------------


def shown_report(content: Mapping[str, Any]) -> dict[str, Any]:
    """A frozen report in the words of the reader's language; what it holds stays as it was."""
    event = content["event"]
    return {
        "number": content["number"], "made_at": _moment(content["made_at"]), "is_exercise": event["is_exercise"],
        "title": pick(event["titles"], lang()), "hazard": Hazard(event["hazard"]).label, "glide": event["glide"],
        "started_at": _moment(event["started_at"]), "areas": [pick(names, lang()).text for names in event["areas"]],
        "words": [{"lang": each, "text": content["words"][each]} for each in _own_first(content["words"])],
        "incidents": [_incident(each) for each in content["incidents"]], "sources": [_source(each) for each in content["sources"]],
        "households": _households(content["households"]), "needs": [_need(each) for each in content["needs"]], "tasks": content["tasks"],
        "duty": [Duty(each).label for each in content["duty"]],
        "alerts": [
            {"status": Status(each["status"]).label, "kind": MessageType(each["kind"]).label, "headline": pick(each["headlines"], lang()).text,
             "sent_at": _moment(each["sent_at"])}
            for each in content["alerts"]
        ],
    }  # fmt: skip


def _own_first(words: Mapping[str, str]) -> list[str]:
    return sorted(words, key=lambda each: (each != lang(), LANGUAGES.index(each)))


def _moment(text: str) -> dt.datetime | None:
    return parse_datetime(text)


def _incident(each: Mapping[str, Any]) -> dict[str, Any]:
    state = each["severity"] if each["is_open"] else "closed"
    return {
        "place": pick(each["place"], lang()).text, "spot": each["spot"], "lead": each["lead"], "severity": Severity(each["severity"]).label,
        "level": Level(each["level"]).label, "is_open": each["is_open"], "state": STATE_OF[state],
    }  # fmt: skip


def _source(each: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": Source(each["kind"]).label, "name": each["name"], "until": dt.date.fromisoformat(each["until"]), "cards": each["cards"],
        "covered": [pick(names, lang()).text for names in each["covered"]], "rows": _rows(each["totals"]),
    }  # fmt: skip


def _need(each: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **each, "sector": Sector(each["sector"]).label, "place": pick(each["place"], lang()).text, "state": NeedLife.states[each["state"]].label,
        "by": dt.date.fromisoformat(each["by"]) if each["by"] else None, "code": each["state"],
    }  # fmt: skip


def _households(figures: Mapping[str, int | None]) -> list[dict[str, Any]]:
    titles = {
        "households": _("Households that we know"), "aided": _("Of them, received something"), "offered": _("Of them, offered to move"),
        "accepted": _("Accepted the offer"), "refused": _("Refused the offer"), "undecided": _("Have not decided"),
    }  # fmt: skip
    if not figures.get("households") and figures.get("households") is not None:
        return []
    return [
        {
            "title": title,
            "number": _("too few to be told")
            if figures.get(name) is None
            else dates.number(figures[name] or 0, lang()),
        }
        for name, title in titles.items()
    ]


def shown_changes(changes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What changed between two reports, a line each."""
    return [_change(each) for each in changes]


def _change(each: Mapping[str, Any]) -> dict[str, Any]:
    if each["of"] == "figure":
        kind, name = each["source"]
        about = f"{Source(kind).label}, {name}: {EFFECT_WORDS[each['effect']]}"
        return {"about": about, "before": _figure(each["before"]), "after": _figure(each["after"])}
    row = each["row"]
    place = pick(row["place"], lang()).text
    about = f"{place}: {row['item']}" if each["of"] == "need" else f"{place}: {row['lead']}"
    return {"about": about, "before": _state(each["of"], each["before"]), "after": _state(each["of"], each["after"])}


def _figure(total: Mapping[str, Any] | None) -> str:
    if total is None:
        return _("not said")
    return said_total(total["number"], at_least=total["at_least"], places=total["places"])


def _state(of: str, code: str | None) -> Any:
    if code is None:
        return _("not there yet")
    if code == "closed":
        return pgettext("event", "Closed")
    return NeedLife.states[code].label if of == "need" else Severity(code).label


def shown_alert(facts: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """What is the same in every language of an alert, in words."""
    said = [
        (_("How soon must people act?"), "urgency"),
        (_("How severe is it?"), "severity"),
        (_("How certain is it?"), "certainty"),
    ]
    found = [(title, LABELS[name].get(facts.get(name, ""), "")) for title, name in said]
    does = ", ".join(
        str(LABELS["response"][each]) for each in facts.get("responses") or () if each in LABELS["response"]
    )
    return [*found, *([(_("What are people to do?"), does)] if does else [])]
