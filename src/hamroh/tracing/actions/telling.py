"""The weekly word: on one day a week every request is looked through, and the seeker's side is told what may be told.

The row of every request that goes on for its seeker is sealed anew, whether there is anything to tell or not: of those that were not
found, refused, are asked still, are guarded, or ended inside, nothing tells which. What differs is told with his consent.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.models import Notice, Organisation
from hamroh.accounts.zones import local_date
from hamroh.cases.actions import outgoing
from hamroh.cases.models import ContactWay, Outgoing
from hamroh.tracing import naming
from hamroh.tracing.actions import matching
from hamroh.tracing.actions.approaching import turn
from hamroh.tracing.actions.asking import request_for_work
from hamroh.tracing.actions.moving import CannotMove
from hamroh.tracing.models import Choice, Letter, Request, Towards, WeeklyWord, Wish
from hamroh.tracing.selectors import found as reads
from hamroh.tracing.selectors.requests import going_on
from hamroh.tracing.weekly import last_hour
from hamroh.vault import journal, opening

PURPOSE = "weekly word"
#: ways in which it is told by mouth
SPOKEN_WAYS = (ContactWay.CALL, ContactWay.VISIT)
NO_CASE = _("She has no case: she is told when she comes by.")


def tell_all(moment: dt.datetime) -> int:
    """Look through whatever was not looked through since the last declared hour, house by house; how many requests."""
    return sum(tell_house(house, last_hour(moment, house)) for house in Organisation.objects.order_by("pk"))


def tell_house(house: Organisation, hour: dt.datetime) -> int:
    """Every request of an organisation that went on for its seeker at that hour, in the order of its random id. Interrupted, it goes on."""
    week, rows = hour.date(), going_on(house, local_date(timezone.now(), house)).filter(made_at__lt=hour)
    done = WeeklyWord.objects.filter(organisation=house, week_date__gte=week).values("request")
    ids = list(rows.exclude(pk__in=done).order_by("pk").values_list("pk", flat=True))
    for pk in ids:
        _tell(pk, week)
    if ids:
        with transaction.atomic():
            journal.record(actor=None, verb="tracing.tell_weekly", about=house, facts={"requests": len(ids)})
    return len(ids)


@transaction.atomic
def _tell(pk: UUID, week: dt.date) -> None:
    row = request_for_work(pk)
    if row is None:
        return
    word = WeeklyWord.objects.select_for_update().filter(request=row).first()
    before = list(_body(word).get("told", ())) if word is not None else []
    word = word or WeeklyWord(organisation_id=row.organisation_id, request=row, body={})
    new = _news(row, {each["of"] for each in before}, week)
    word.body, word.week_date = {"told": [*new, *before]}, week
    word.save()
    if new:
        matching.tell(word, [row.owner_id], Notice.About.WORD)
        journal.record(actor=None, verb="tracing.tell", about=row, facts={"told": [each["of"] for each in new]})


def _body(word: WeeklyWord) -> Mapping[str, Any]:
    found = opening.open(word, "body", decision=naming.by_upkeep(word), purpose=PURPOSE)
    return found if isinstance(found, Mapping) else {}


def _news(row: Request, known: set[str], week: dt.date) -> list[dict[str, Any]]:
    """What may be told of a held request and was not yet: the same questions are asked for every one."""
    agreed = reads.in_force(row, reads.today_of(row))
    letters = list(Letter.objects.select_for_update().filter(request=row).order_by("-made_at", "-pk"))
    found = [_of_choice(agreed[wish]) for wish in (Wish.ALIVE, Wish.CONTACT) if wish in agreed]
    for letter in letters:
        if letter.towards == Towards.SEEKER and letter.state == "approved" and _may_go(letter, agreed):
            found.append({"kind": "letter", "letter": str(letter.pk), "text": _opened(letter, "body")})
            if str(letter.pk) not in known:
                turn(letter, "out")
        elif letter.towards == Towards.FOUND and letter.state in ("returned", "refused"):
            found.append({"kind": letter.state, "letter": str(letter.pk), "text": _opened(letter, "words")})
    told = ({**each, "of": each.get("letter") or each["of"], "on": week.isoformat()} for each in found)
    return [each for each in told if each["of"] not in known]


def _of_choice(choice: Choice) -> dict[str, Any]:
    terms = opening.open(choice, "terms", decision=naming.by_upkeep(choice), purpose=PURPOSE) or {}
    return {"kind": choice.wish, "of": str(choice.pk), **({"terms": dict(terms)} if terms else {})}


def _may_go(letter: Letter, agreed: Mapping[str, Choice]) -> bool:
    """He agrees to a message still, and it is he who wrote it, as the judgements stand now."""
    choice = agreed.get(Wish.MESSAGE)
    if choice is None or letter.approach_id is None:
        return False
    return letter.approach is not None and letter.approach.record_id == choice.approach.record_id


def _opened(letter: Letter, field: str) -> str:
    return str(opening.open(letter, field, decision=naming.by_upkeep(letter), purpose=PURPOSE) or "")


# -- what she does with it -----------------------------------------------------------------------------------------


def _item(word: WeeklyWord | None, of: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    told = [dict(each) for each in _body(word).get("told", ())] if word is not None else []
    item = next((each for each in told if each["of"] == of), None)
    if item is None:
        raise policy.Refused("nothing of this was told")
    return told, item


def _held_word(actor: Any, request: Request) -> tuple[Request, WeeklyWord | None]:
    row = request_for_work(request.pk)
    if row is None:
        raise policy.Refused("no such request")
    policy.require(actor, "tracing.ask", row)
    return row, WeeklyWord.objects.select_for_update().filter(request=row).first()


@transaction.atomic
def given(*, actor: Any, request: Request, of: str) -> None:
    """Whoever misses him has heard or read it: the day stands beside it. A letter of his has arrived."""
    row, word = _held_word(actor, request)
    told, item = _item(word, of)
    assert word is not None
    if not item.get("given"):
        item["given"] = local_date(timezone.now(), row.organisation).isoformat()
        word.body = {"told": told}
        word.save()
        letter = Letter.objects.select_for_update().filter(pk=item.get("letter"), request=row, state="out").first()
        if letter is not None:
            turn(letter, "delivered")
        journal.record(actor=actor, verb="tracing.given", about=row, facts={"of": of})
    waiting = Notice.objects.filter(user=actor, about=Notice.About.WORD, record_id=str(word.pk), read_at=None)
    waiting.update(read_at=timezone.now())


@transaction.atomic
def reach_her(*, actor: Any, request: Request, of: str, way: str) -> Outgoing:
    """She is called or visited through the one door out of her case, which asks her rule now. CannotMove for a walk-in, who has no case.

    His words do not go out by it: a letter of his on a telephone says more than any rule of hers allows a message to say.
    """
    row, word = _held_word(actor, request)
    _item(word, of)
    if row.case is None or way not in SPOKEN_WAYS:
        raise CannotMove(NO_CASE)
    journal.record(actor=actor, verb="tracing.reach_her", about=row, facts={"of": of})
    return outgoing.send(actor=actor, case=row.case, way=way)
