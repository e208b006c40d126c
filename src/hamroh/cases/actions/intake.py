"""An intake, step by step: each answer is sealed on the server as it is given, and a case is made of them at the end."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from hamroh import vault
from hamroh.accounts import policy
from hamroh.accounts.models import CASE_WORKERS, Membership, Organisation, Role
from hamroh.cases.actions.consent import answer_consent
from hamroh.cases.actions.contact import set_contact, shut_way
from hamroh.cases.actions.moving import move
from hamroh.cases.actions.opening import Told, add_person, open_case
from hamroh.cases.actions.risk import screen_risk
from hamroh.cases.actions.working import add_need
from hamroh.cases.models import Answer, Case, ContactWay, Draft, Part, Purpose, Side
from hamroh.cases.models.drafts import KEPT_FOR
from hamroh.cases.reaching import today_there
from hamroh.cases.selectors.districts import area_of, reach_of
from hamroh.vault import journal

PURPOSE = "intake"
#: how long her word on how to reach her counts, before she is asked again
CONTACT_COUNTS = dt.timedelta(days=30)
#: how often each step was written, beside the steps
TURNS = "_turns"


class AnsweredMeanwhile(Exception):
    """The same question was answered in another window since this page was made; ``turn`` is where it stands now."""

    def __init__(self, turn: int) -> None:
        super().__init__("answered in another window")
        self.turn = turn


class Incomplete(ValueError):
    """The case cannot be opened yet; ``step`` is what is missing."""

    def __init__(self, step: str) -> None:
        super().__init__(f"{step} is not answered")
        self.step = step


@dataclass(frozen=True)
class Begun:
    """A draft with its answers by step, and how often each was written."""

    row: Draft
    answers: Mapping[str, Mapping[str, Any]]
    turns: Mapping[str, int]


@transaction.atomic
def begin_intake(*, actor: Any, organisation: Organisation, channel: str) -> Draft:
    """An intake of the actor's own; nothing of it is a case yet."""
    team, area = reach_of(actor=actor, verb="case.open", organisation=organisation)
    policy.require(actor, "case.open", Case(organisation=organisation, owner=actor, team=team, area=area))
    now = timezone.now()
    row = Draft(
        organisation=organisation,
        owner=actor,
        team=team,
        area=area,
        answers={"channel": {"answer": channel}},
        expires_at=now + KEPT_FOR,
    )
    policy.require(actor, "case.draft", row)
    row.save()
    journal.record(actor=actor, verb="case.begin_intake", about=row)
    return row


def read_intake(*, actor: Any, pk: Any) -> Begun:
    """The draft of an id, opened; Refused where there is none of the actor's own. One that became a case has no answers any more."""
    rows = Draft.objects.filter(pk=pk, expires_at__gt=timezone.now()).select_related("organisation", "case")
    row, decision = policy.fetch(actor, "case.draft", rows)
    kept = vault.open(row, "answers", decision=decision, purpose=PURPOSE) or {}
    return Begun(row, {step: told for step, told in kept.items() if step != TURNS}, kept.get(TURNS, {}))


@transaction.atomic
def answer_step(*, actor: Any, pk: Any, step: str, told: Mapping[str, Any], seen: int) -> Begun:
    """Keep the answer to one step; the others stay as they are. AnsweredMeanwhile where it was written since ``seen``."""
    Draft.objects.select_for_update().filter(pk=pk).first()
    begun = read_intake(actor=actor, pk=pk)
    turn = begun.turns.get(step, 0)
    if turn != seen and dict(begun.answers.get(step, {})) != dict(told):
        raise AnsweredMeanwhile(turn)
    if begun.row.case_id is None:
        turns = {**begun.turns, step: turn + 1}
        begun.row.answers = {**begun.answers, step: dict(told), TURNS: turns}
        begun.row.changed_at = timezone.now()
        begun.row.save()
        journal.record(actor=actor, verb="case.answer_step", about=begun.row)
    return begun


@transaction.atomic
def drop_intake(*, actor: Any, pk: Any) -> None:
    """She does not go on, or said no: nothing of it stays."""
    begun = read_intake(actor=actor, pk=pk)
    if begun.row.case_id is None:
        journal.record(actor=actor, verb="case.drop_intake", about=begun.row)
        begun.row.delete()


@transaction.atomic
def finish_intake(*, actor: Any, pk: Any, lang: str) -> Case:
    """The case, with everything that was answered, in one transaction; the draft is wiped. A second time gives the same case."""
    Draft.objects.select_for_update().filter(pk=pk).first()
    begun = read_intake(actor=actor, pk=pk)
    if begun.row.case is not None:
        return begun.row.case
    told = begun.answers
    for step in ("channel", "consent", "name"):
        if not told.get(step):
            raise Incomplete(step)
    case = _open(actor, begun.row, told)
    _enter_family(actor, case, told)
    answer_consent(
        actor=actor, case=case, purpose=Purpose.SERVICE, answer=Answer.GIVEN, way=told["consent"]["answer"],
        lang=told["consent"].get("lang", lang),
    )  # fmt: skip
    _enter_contact(actor, case, told)
    _enter_needs(actor, case, told.get("needs", {}))
    if told.get("risk", {}).get("answers"):
        screen_risk(actor=actor, case=case, answers=told["risk"]["answers"])
    move(actor=actor, case=case, after="intake")
    begun.row.answers, begun.row.case = None, case
    begun.row.save()
    return case


def _open(actor: Any, draft: Draft, told: Mapping[str, Any]) -> Case:
    """The case with its client. The place for a look at possible duplicates is before this, on the page of the name."""
    name, organisation = told["name"], draft.organisation
    client = Told(
        name=name["name"], born={"year": name["born"]} if name.get("born") else None, facts={"sex": "f"},
        phone=told.get("reach", {}).get("value") if told.get("way", {}).get("answer") in _BY_NUMBER else None,
        places=[{"kind": "home", "key": "", "words": name["home"]}] if name.get("home") else [],
    )  # fmt: skip
    needs = told.get("needs", {})
    words = (told.get("story", {}).get("words", ""), "" if needs.get("domains") else needs.get("words", ""))
    return open_case(
        actor=actor, organisation=organisation, client=client, channel=told["channel"]["answer"],
        country=organisation.country.upper(), team=draft.team,
        area=area_of(name.get("district", ""), country=organisation.country) or draft.area, story="\n\n".join(each for each in words if each) or None,
    )  # fmt: skip


_BY_NUMBER = (ContactWay.CALL, ContactWay.SMS, ContactWay.MESSENGER)


def _enter_family(actor: Any, case: Case, told: Mapping[str, Any]) -> None:
    for child in told.get("children", {}).get("children", ()):
        born = {"year": child["born"]} if child.get("born") else None
        add_person(actor=actor, case=case, part=Part.CHILD, side=Side.HERS, told=Told(name=child["name"], born=born))
    husband = told.get("husband", {})
    if husband.get("name"):
        facts = {"sex": "m", "country": husband.get("country"), "no_word_since": husband.get("since")}
        known = {key: value for key, value in facts.items() if value}
        person = Told(name=husband["name"], facts=known)
        add_person(actor=actor, case=case, part=Part.HUSBAND, side=Side.AGAINST, told=person)


def _enter_needs(actor: Any, case: Case, needs: Mapping[str, Any]) -> None:
    """Her words are the goal of the first thing that it is about; without one they stand in her story."""
    for number, domain in enumerate(needs.get("domains", ())):
        add_need(actor=actor, case=case, domain=domain, goal="" if number else needs.get("words", ""))


def _enter_contact(actor: Any, case: Case, told: Mapping[str, Any]) -> None:
    way, reach = told.get("way", {}).get("answer"), told.get("reach", {})
    until = today_there(case) + CONTACT_COUNTS
    if way == "none":
        for each in ContactWay.values:
            shut_way(actor=actor, case=case, way=each, until_date=until)
    elif way and reach.get("value"):
        terms = {key: value for key, value in reach.items() if key != "value"}
        set_contact(actor=actor, case=case, way=way, value=reach["value"], terms=terms, until_date=until)


@transaction.atomic
def wipe_expired() -> int:
    """Intakes whose time is over are deleted, and those of who takes nobody in there any more; every night. Returns how many."""
    held = Membership.objects.current().filter(organisation=OuterRef("organisation"), user=OuterRef("owner"))
    is_nobodys = ~Exists(held.filter(role__in=[*CASE_WORKERS, Role.SUPERVISOR]))
    rows = Draft.objects.filter(Q(expires_at__lte=timezone.now()) | Q(is_nobodys, case=None))
    for row in rows:
        journal.record(actor=None, verb="case.wipe_intake", about=row)
    return rows.delete()[0]
