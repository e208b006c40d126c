"""What another organisation referred to us: looked at, accepted or declined, a case of our own opened from it, and what came of it."""

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Notice
from hamroh.cases import childhood, notices, reaching, referring
from hamroh.cases.actions import transferring
from hamroh.cases.actions.contact import set_contact, shut_way
from hamroh.cases.actions.evidence import file_of, take_evidence
from hamroh.cases.actions.opening import Told, add_person, open_case
from hamroh.cases.actions.referrals import CONTACT, PURPOSE, CannotRefer
from hamroh.cases.models import Case, Channel, Evidence, Part, Person, Received, Referral, Side
from hamroh.cases.selectors import evidence as papers
from hamroh.kernel.states import MoveRefused
from hamroh.vault import files, journal, opening
from hamroh.vault.decisions import Upkeep
from hamroh.vault.models import SealedFile

#: how the journal of the case that it came from names the handing over
HAND_OVER = "referral.hand_over"
#: moves of which who sent it is told; that somebody looked stands on the page
TOLD = ("accepted", "declined", "in_service", "completed")


@transaction.atomic
def note_seen(*, actor: Any, received: Received) -> None:
    """Somebody there looked at the envelope; who sent it sees when."""
    policy.require(actor, "referral.look", received)
    if received.state == "sent":
        _moved(actor, received, "seen")


@transaction.atomic
def accept(*, actor: Any, received: Received) -> None:
    """Take it on: everything that she agreed to is handed over now. CannotRefer where it is not open any more."""
    policy.require(actor, "referral.answer", received)
    with referring.across(received.organisation_id, received.from_organisation_id):
        referral = _open_still(received)
        theirs = _move(actor, referral, "accepted")
        theirs.owner = actor
        theirs.payload = _handed_over(actor, referral, theirs)
        theirs.save()
    received.refresh_from_db()


def _open_still(received: Received) -> Referral:
    """The referral behind it, while it may be accepted: its day is not over, and the yes that it stands on does."""
    referral = referring.locked(received.referral_id)
    if referral is None or referring.is_past(referral) or not referring.has_yes(referral):
        raise CannotRefer(_("This is not open any more. Nothing more is handed over."))
    return referral


def _handed_over(actor: Any, referral: Referral, theirs: Received) -> dict[str, Any]:
    """The payload with how she is reached now and with copies of evidence, opened on the installation's word that it was accepted."""
    by = hand_over_by(referral, actor.pk)
    payload = given(referral, by)
    children = {child["id"] for child in payload.get(childhood.CHILDREN, ())}
    rows = papers.to_go_out(case=referral.case).filter(pk__in=payload.pop("copies", ()))
    going = [each for each in rows if each.about_id is None or str(each.about_id) in children]
    payload["copies"] = [_copied(actor, each, theirs, by) for each in going]
    return payload


def hand_over_by(referral: Referral, actor_id: Any = None) -> Upkeep:
    """The installation's decision that hands over what stands in her case; ``actor_id`` is who accepted, where it is somebody known here."""
    return Upkeep(record=("cases.case", str(referral.case_id)), actor_id=actor_id, verb=HAND_OVER)


def given(referral: Referral, by: Upkeep) -> dict[str, Any]:
    """What was chosen, with how she is reached as it stands now; ``copies`` are ids."""
    facts = opening.open(referral, "facts", decision=by, purpose=PURPOSE)
    payload = dict(facts["payload"])
    if CONTACT in facts["chosen"]:
        payload[CONTACT] = [_contact(line, by) for line in _current(referral.case, by)]
    if children := childhood.given(referral, facts, by):
        payload[childhood.CHILDREN] = children
    return payload


def _current(case: Case, by: Upkeep) -> list[reaching.Line]:
    """Every line that counts today: ways that she forbade go along, too."""
    today = reaching.today_there(case)
    return [line for line in reaching.lines(case=case, decision=by) if line.row.until_date >= today]


def _contact(line: reaching.Line, by: Upkeep) -> dict[str, Any]:
    """One way with her rule: the number is never handed over without it, and of a way that she forbade there is none."""
    told = {"way": line.row.way, "is_safe": line.row.is_safe, "until": line.row.until_date.isoformat()}
    if not line.row.is_safe:
        return told
    value = opening.open(line.row, "value", decision=by, purpose=PURPOSE)
    return {**told, "value": value, "terms": dict(line.terms)}


def _copied(actor: Any, copy: Evidence, theirs: Received, by: Upkeep) -> dict[str, str]:
    file = file_of(copy)
    content = io.BytesIO(b"".join(files.read(file, decision=by, purpose=PURPOSE)))
    words = opening.open(copy, "facts", decision=by, purpose=PURPOSE).get("words", "")
    record = (referring.KIND, str(theirs.pk))
    kept = files.store(
        content, name="copy", organisation_id=theirs.organisation_id, record=record, actor=actor, as_it_came=True
    )
    about = {childhood.ABOUT: str(copy.about_id)} if copy.about_id else {}
    return {"file": str(kept.pk), "kind": copy.kind, "words": words, **about}


@transaction.atomic
def decline(*, actor: Any, received: Received, reason: str) -> None:
    """Say no, and why; the envelope is emptied."""
    policy.require(actor, "referral.answer", received)
    if not reason.strip():
        raise CannotRefer(_("Say why, so that they can look elsewhere for her."))
    _moved(actor, received, "declined", reason)


@transaction.atomic
def open_own_case(*, actor: Any, received: Received, note: str) -> Case:
    """A case of our own with what was handed over, begun; ``note`` is what stands in its story about where it came from.

    Her yes to our own work is not handed over: the new case asks for it before anything else.
    """
    decision = policy.require(actor, "referral.read", received)
    policy.require(actor, "referral.work", received)
    with referring.across(received.organisation_id, received.from_organisation_id):
        referral = referring.locked(received.referral_id)
        received.refresh_from_db()
        if received.state != "accepted":
            raise CannotRefer(_("Meanwhile something happened to this referral. Look at how far it is now."))
        payload = opening.open(received, "payload", decision=decision, purpose=PURPOSE)
        case = _case_from(actor, received, payload, note)
        if referral is not None:
            theirs = _move(actor, referral, "in_service")
            if referral.is_transfer:
                transferring.hand_over(actor=actor, referral=referral)
        else:
            referring.moved_there(actor=actor, theirs=received, after="in_service")
            theirs = received
        theirs.became_id = case.pk
        theirs.save()
    received.refresh_from_db()
    journal.record(actor=actor, verb="referral.open_case", about=case, facts={"received": str(received.pk)})
    return case


def _case_from(actor: Any, received: Received, payload: Mapping[str, Any], note: str) -> Case:
    client = Told(name=payload.get("name") or received.code, born=payload.get("born"), facts={"sex": "f"})
    story = "\n\n".join(filter(None, (note, payload.get("story"))))
    house = received.organisation
    case = open_case(
        actor=actor, organisation=house, client=client, channel=Channel.REFERRAL, country=house.country.upper(), story=story
    )  # fmt: skip
    for way in payload.get(CONTACT, ()):
        _take_way(actor, case, way)
    children: dict[str, Person] = {}
    for child in payload.get(childhood.CHILDREN, ()):
        told = Told(name=child["name"], born=child["born"])
        children[child["id"]] = add_person(actor=actor, case=case, part=Part.CHILD, side=Side.HERS, told=told)
    for copy in payload.get("copies", ()):
        _take_copy(actor, case, received, copy, about=children.get(copy.get(childhood.ABOUT, "")))
    return case


def _take_way(actor: Any, case: Case, told: Mapping[str, Any]) -> None:
    until = dt.date.fromisoformat(told["until"])
    if told["is_safe"]:
        value, terms = told["value"] or "", told["terms"]
        set_contact(actor=actor, case=case, way=told["way"], value=value, terms=terms, until_date=until)
    else:
        shut_way(actor=actor, case=case, way=told["way"], until_date=until)


def _take_copy(
    actor: Any, case: Case, received: Received, copy: Mapping[str, str], *, about: Person | None
) -> None:  # fmt: skip
    decision = policy.require(actor, "referral.read", received)
    file = SealedFile.objects.get(pk=copy["file"], kind=referring.KIND, record_id=received.pk)
    content = io.BytesIO(b"".join(files.read(file, decision=decision, purpose=PURPOSE)))
    told = {"words": copy["words"], "given_by": received.from_organisation.code}
    take_evidence(actor=actor, case=case, content=content, name="copy", kind=copy["kind"], told=told, about=about)


@transaction.atomic
def complete(*, actor: Any, received: Received, feedback: str) -> None:
    """What came of it, for who sent it; what is said goes to them and should be what she agrees to."""
    policy.require(actor, "referral.work", received)
    if not feedback.strip():
        raise CannotRefer(_("Say in a sentence what came of it."))
    _moved(actor, received, "completed", feedback)


def _moved(actor: Any, received: Received, after: str, answer: str = "") -> None:
    with referring.across(received.organisation_id, received.from_organisation_id):
        referral = referring.locked(received.referral_id)
        if referral is None:
            raise CannotRefer(_("This is not open any more. Nothing more is handed over."))
        _move(actor, referral, after, answer)
    received.refresh_from_db()


def _move(actor: Any, referral: Referral, after: str, answer: str = "") -> Received:
    try:
        theirs = referring.move(actor=actor, referral=referral, after=after, answer=answer)
    except MoveRefused:
        raise CannotRefer(_("Meanwhile something happened to this referral. Look at how far it is now.")) from None
    if theirs is None:
        raise policy.Refused("no such referral")
    if after in TOLD:
        notices.tell_sender(referral, Notice.About.ANSWERED)
    return theirs
