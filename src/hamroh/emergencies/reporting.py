"""What a situation report says: figures by source as they stand, in codes that every language has words for; and what changed between two."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone

from hamroh.directory.models import AdminUnit
from hamroh.emergencies.models import Event
from hamroh.emergencies.selectors import (
    SourceSays,
    area_names,
    current_alerts,
    household_figures,
    incidents,
    needs,
    on_duty,
    sources,
    tasks,
)
from hamroh.emergencies.selectors.work import OPEN_TASKS

#: how the content is laid out: a reader of an old report knows by it what to expect
FORM = 1


def composed(event: Event, number: int, words: Mapping[str, str], now: dt.datetime | None = None) -> dict[str, Any]:
    """The content of a report as it would be frozen now."""
    moment = now or timezone.now()
    return {
        "form": FORM, "number": number, "made_at": moment.isoformat(), "words": {lang: text for lang, text in words.items() if text},
        "event": _event(event), "incidents": [_incident(row) for row in incidents(event=event)],
        "sources": [_source(each) for each in sources(event=event)], "households": household_figures(event=event),
        "needs": [_need(row) for row in needs(event=event)], "tasks": _tasks(event, moment),
        "duty": [row.duty for row in on_duty(event=event, now=moment)],
        "alerts": [
            {"identifier": row.identifier, "status": row.status, "kind": row.kind, "sent_at": row.sent_at.isoformat(),
             "headlines": {lang: text["headline"] for lang, text in row.content["texts"].items()}}
            for row in current_alerts(now=moment, event=event)
        ],
    }  # fmt: skip


def digest_of(content: Mapping[str, Any]) -> str:
    """The SHA-256 of a content, whatever the order in which a database gives its parts back."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _event(event: Event) -> dict[str, Any]:
    names = area_names([event])
    return {
        "code": event.code, "hazard": event.hazard, "glide": event.glide, "titles": event.titles, "is_exercise": event.is_exercise,
        "started_at": event.started_at.isoformat(), "ended_date": event.ended_date.isoformat() if event.ended_date else None,
        "areas": [names[key] for key in event.areas if key in names],
    }  # fmt: skip


def _incident(row: Any) -> dict[str, Any]:
    return {
        "id": str(row.pk), "place": row.place.names, "spot": row.spot, "lead": row.lead, "severity": row.severity, "level": row.level,
        "is_open": row.closed_at is None,
    }  # fmt: skip


def _source(each: SourceSays) -> dict[str, Any]:
    return {
        "kind": each.kind, "name": each.name, "until": each.said.until.isoformat(), "cards": each.said.cards,
        "covered": [_names(unit) for unit in each.covered],
        "totals": {
            effect: {"number": total.number, "at_least": total.at_least, "places": total.places}
            for effect, total in each.said.totals.items()
        },
    }  # fmt: skip


def _names(unit: AdminUnit) -> dict[str, str]:
    return dict(unit.names)


def _need(row: Any) -> dict[str, Any]:
    return {
        "id": str(row.pk), "sector": row.sector, "item": row.item, "place": row.place.names, "quantity": row.quantity,
        "delivered": row.delivered, "promised": row.promised, "state": row.state, "by": row.by_date.isoformat() if row.by_date else None,
    }  # fmt: skip


def _tasks(event: Event, now: dt.datetime) -> dict[str, int]:
    rows = list(tasks(event=event).values_list("state", "due_at"))
    is_open = [due for state, due in rows if state in OPEN_TASKS]
    return {
        "open": len(is_open),
        "late": sum(due < now for due in is_open),
        "done": sum(state == "done" for state, _due in rows),
    }


# -- what changed ----------------------------------------------------------------------------------------------------


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What one report says otherwise than an earlier one: figures of a source, incidents, needs. Sources are never mixed."""
    return [
        *_figures(before, after),
        *_rows("incident", before, after, "severity"),
        *_rows("need", before, after, "state"),
    ]


def _figures(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    was, now = (
        {(each["kind"], each["name"]): each["totals"] for each in content["sources"]} for content in (before, after)
    )
    for source in sorted(was.keys() | now.keys()):
        old, new = was.get(source, {}), now.get(source, {})
        for effect in sorted(old.keys() | new.keys()):
            if old.get(effect) != new.get(effect):
                yield {
                    "of": "figure",
                    "source": source,
                    "effect": effect,
                    "before": old.get(effect),
                    "after": new.get(effect),
                }


def _rows(of: str, before: Mapping[str, Any], after: Mapping[str, Any], name: str) -> Iterator[dict[str, Any]]:
    was, now = ({each["id"]: each for each in content[f"{of}s"]} for content in (before, after))
    for key in sorted(was.keys() | now.keys()):
        old, new = was.get(key), now.get(key)
        told = (_said(old, name), _said(new, name))
        if told[0] != told[1]:
            yield {"of": of, "row": new or old, "before": told[0], "after": told[1]}


def _said(row: Mapping[str, Any] | None, name: str) -> str | None:
    if row is None:
        return None
    return "closed" if row.get("is_open") is False else str(row[name])
