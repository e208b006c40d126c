"""Alerts are written, signed by two different people, and sent out; what went out is only updated or taken back by another."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Notice, Organisation
from hamroh.emergencies import alerting
from hamroh.emergencies.actions.frame import MEANWHILE, NotNow, read_notices, tell
from hamroh.emergencies.helpers import who_may
from hamroh.emergencies.models import Alert, Event, IssuedAlert, MessageType, Signature, Status
from hamroh.kernel import alerts as cap
from hamroh.vault import journal
from hamroh.web.texts import LANGUAGES

#: people who stand by an alert before it goes out
SIGNATURES = 2


@dataclass(frozen=True)
class Draft:
    """What is written at the desk; the shapes are those of ``Alert``."""

    hazard: str
    facts: Mapping[str, Any]
    areas: Sequence[str]
    texts: Mapping[str, Mapping[str, str]]
    status: str = Status.EXERCISE
    event: Event | None = field(default=None)

    def columns(self) -> dict[str, Any]:
        return {
            "hazard": self.hazard, "facts": dict(self.facts), "areas": list(self.areas), "status": self.status, "event": self.event,
            "texts": {lang: dict(text) for lang, text in self.texts.items() if lang in LANGUAGES and any(text.values())},
        }  # fmt: skip


def _allowed_status(draft: Draft) -> None:
    """Nothing real goes out of a demonstration or an exercise."""
    if draft.status not in Status.values:
        raise policy.Refused("no such status")
    if draft.status == Status.ACTUAL and settings.IS_DEMO:
        raise NotNow(_("This is a demonstration: nothing real goes out from here."))
    if draft.status == Status.ACTUAL and draft.event is not None and draft.event.is_exercise:
        raise NotNow(_("This is an exercise: its alerts are exercises or tests."))


@transaction.atomic
def compose_alert(*, actor: Any, organisation: Organisation, draft: Draft) -> Alert:
    """A draft that nobody outside sees."""
    _allowed_status(draft)
    row = Alert(organisation=organisation, made_by=actor, **draft.columns())
    policy.require(actor, "alert.write", row)
    if draft.event is not None:
        policy.require(actor, "event.see", draft.event)
    row.save()
    journal.record(actor=actor, verb="alert.compose", about=row, facts={"status": row.status})
    return row


@transaction.atomic
def refer_to(*, actor: Any, alert: Alert, kind: str) -> Alert:
    """A draft that updates or takes back an alert that went out; it begins with the words of that one."""
    was = _held(actor, alert, "alert.write")
    issued = IssuedAlert.objects.filter(code=was.code, superseded_at=None).first()
    if (
        was.state != "issued"
        or issued is None
        or kind not in (MessageType.UPDATE, MessageType.CANCEL)
        or was.kind == MessageType.CANCEL
    ):
        raise NotNow(MEANWHILE)
    if issued.expires_at <= timezone.now():
        raise NotNow(_("This alert is over: there is nothing to update or take back."))
    over = {"responses": ["AllClear"], "urgency": "Past"} if kind == MessageType.CANCEL else {}
    texts = {lang: {"headline": text.get("headline", "")} for lang, text in was.texts.items()} if over else was.texts
    row = Alert(
        organisation=was.organisation, made_by=actor, event=was.event, status=was.status, kind=kind, refers_to=issued, hazard=was.hazard,
        facts=was.facts | over, areas=was.areas, texts=texts,
    )  # fmt: skip
    row.save()
    journal.record(actor=actor, verb="alert.compose", about=row, facts={"status": row.status, "kind": kind})
    return row


def _held(actor: Any, alert: Alert, verb: str) -> Alert:
    rows = Alert.objects.select_for_update(of=("self",)).select_related("organisation", "refers_to", "event")
    row: Alert | None = rows.filter(pk=alert.pk).first()
    if row is None:
        raise policy.Refused("no such alert")
    policy.require(actor, verb, row)
    return row


@transaction.atomic
def change_alert(*, actor: Any, alert: Alert, draft: Draft, seen: int) -> None:
    """Another wording. Whoever has signed has signed the one before: it is a draft again. NotNow where it was changed after ``seen``."""
    row = _held(actor, alert, "alert.write")
    if row.version != seen or row.state not in ("draft", "signing"):
        raise NotNow(MEANWHILE)
    columns = draft.columns()
    if row.refers_to is not None:
        columns |= {"status": row.status, "event": row.event}
    else:
        _allowed_status(draft)
    for name, value in columns.items():
        setattr(row, name, value)
    row.version, row.state, row.changed_at = row.version + 1, "draft", timezone.now()
    row.save()
    journal.record(actor=actor, verb="alert.change", about=row, facts={"version": row.version, "status": row.status})


@transaction.atomic
def drop_alert(*, actor: Any, alert: Alert) -> None:
    """A draft is thrown away."""
    row = _held(actor, alert, "alert.write")
    if row.state not in ("draft", "signing"):
        raise NotNow(MEANWHILE)
    row.state, row.changed_at = "dropped", timezone.now()
    row.save()
    journal.record(actor=actor, verb="alert.drop", about=row)


@transaction.atomic
def ask_for_signatures(*, actor: Any, alert: Alert, seen: int) -> None:
    """The wording is done; whoever may sign is told. NotNow where something in it has to be put right."""
    row = _held(actor, alert, "alert.write")
    if row.version != seen or row.state != "draft":
        raise NotNow(MEANWHILE)
    _require_faultless(row)
    row.state, row.changed_at = "signing", timezone.now()
    row.save()
    tell(Notice.About.SIGN, row, (user for user in who_may("alert.sign", row) if user.pk != actor.pk))
    journal.record(actor=actor, verb="alert.ask", about=row, facts={"version": row.version})


def _require_faultless(row: Alert) -> None:
    faults = [fault for fault in alerting.faults_of(row, timezone.now()) if fault.must]
    if faults:
        raise NotNow(_("Something has to be put right first: %(fault)s") % {"fault": alerting.words_of(faults[0])})


@transaction.atomic
def sign_alert(*, actor: Any, alert: Alert, seen: int, really: bool = False) -> IssuedAlert | None:
    """Stand by one version of an alert; with the second person's signature it goes out. A real one asks for ``really``."""
    row = _held(actor, alert, "alert.sign")
    if row.version != seen or row.state != "signing":
        raise NotNow(MEANWHILE)
    if row.status == Status.ACTUAL and (not really or settings.IS_DEMO):
        raise NotNow(_("This goes out for real. Say that you mean it."))
    given = Signature.objects.filter(alert=row, version=row.version)
    if given.filter(made_by=actor).exists():
        raise NotNow(_("You have signed this already: another person has to."))
    Signature(organisation_id=row.organisation_id, alert=row, version=row.version, made_by=actor).save()
    read_notices(actor, row, Notice.About.SIGN)
    journal.record(actor=actor, verb="alert.sign", about=row, facts={"version": row.version, "status": row.status})
    return _issue(actor, row) if given.count() >= SIGNATURES else None


def _issue(actor: Any, row: Alert) -> IssuedAlert:
    """Send out: from now on it is public, and nothing of it changes."""
    _require_faultless(row)
    now = timezone.now().replace(microsecond=0)
    if row.refers_to is not None:
        _supersede(row.refers_to, now)
    message = alerting.message_of(row, now)
    body = cap.written(message)
    issued = IssuedAlert.objects.create(
        organisation_id=row.organisation_id, code=row.code, identifier=message.identifier, reference=cap.reference(message),
        references=list(message.references), status=row.status, kind=row.kind, hazard=row.hazard, sent_at=now,
        expires_at=dt.datetime.fromisoformat(row.facts["expires"]), content=_content(row, message), xml=body.decode(),
        digest=hashlib.sha256(body).hexdigest(),
    )  # fmt: skip
    row.state, row.changed_at = "issued", now
    row.save()
    journal.record(actor=actor, verb="alert.issue", about=row, facts={"status": row.status, "digest": issued.digest})
    return issued


def _supersede(issued: IssuedAlert, now: dt.datetime) -> None:
    changed = IssuedAlert.objects.filter(pk=issued.pk, superseded_at=None).update(superseded_at=now)
    if not changed:
        raise NotNow(_("The alert that this one means was updated or taken back meanwhile."))


def _content(row: Alert, message: cap.Message) -> dict[str, Any]:
    """What the pages show: the same words as the XML."""
    said = {
        info.lang: {
            "event": info.event, "headline": info.headline, "description": info.description, "instruction": info.instruction,
            "area": "; ".join(area.words for area in info.areas), "sender": info.sender_name,
        }
        for info in message.infos
    }  # fmt: skip
    kept = ("category", "responses", "urgency", "severity", "certainty", "onset", "contact")
    return {"texts": said, **{name: row.facts.get(name) for name in kept}}
