"""Zafar was met in Perm, two people say that it is he, and he is asked."""

import datetime as dt
import re
from typing import Any

from desk_world import TODAY
from hamroh.accounts.models import Membership, Role, User
from hamroh.cases.actions.matters import open_matter
from hamroh.cases.models import Matter
from hamroh.tracing.actions import approaching, letters, places, telling
from hamroh.tracing.actions.approaching import Talked, Wished
from hamroh.tracing.actions.places import Order
from hamroh.tracing.models import Approach, Letter, PlaceRelease, PoolRecord, Request
from hamroh.tracing.reading import CHECKS
from hamroh.vault import journal
from tracing_world import Search, again, asked, judged, listed, met

#: written down of the talk and of where he is: the seeker's side reads none of them anywhere
TALKED_AT, HIS_PROOF, ADDRESS = "Zwqxtalk: the tea house", "Zwqxproof: the name of her goat", "Zwqxaddress 7, Perm"
#: the number that he names for the family, once he agrees to that
HIS_PHONE = "+7 921 000-77-11"
NEWS = "Ман саломатам. Ба модарам салом расонед."
ANSWER = "Духтарат ба мактаб рафт. Мо туро ёд мекунем."
CLEAN = dict.fromkeys(CHECKS, False)
WEEK = dt.timedelta(days=7)


def verified(search: Search, row: Request | None = None) -> tuple[Request, PoolRecord]:
    """A request and the record of which two people say the same."""
    row = row or asked(search)
    record = met(search, listed(search))
    for who in (search.bahrom, search.shahlo):
        judged(who, again(row.pk), record)
    return again(row.pk), record


def talked(search: Search, row: Request, record: PoolRecord, outcome: str = "spoken") -> Approach:
    told = Talked(outcome=outcome, on=TODAY, way="visit", place=TALKED_AT, proof=HIS_PROOF, words="He was calm.")
    return approaching.talk(actor=search.bahrom, request=again(row.pk), record=record, told=told)


def wished(search: Search, row: Request, *yes: str, **more: Any) -> Request:
    """He says yes to these wishes and no to the others, until a month from now."""
    terms = {"phone": HIS_PHONE, "words": "in the evening"} if "contact" in yes else {}
    facts = {"way": "voice", "on": TODAY, "until": TODAY + dt.timedelta(days=30), "terms": terms} | more
    approaching.choose(actor=search.bahrom, request=again(row.pk), wished=Wished(frozenset(yes), **facts), lang="tg")
    return again(row.pk)


def answered(search: Search, *yes: str, row: Request | None = None) -> Request:
    """A request whose person was found, spoken with and says yes to these."""
    row, record = verified(search, row)
    talked(search, row, record)
    return wished(search, row, *yes)


def his_letter(search: Search, row: Request, body: str = NEWS, after: str = "approved", words: str = "") -> Letter:
    """A letter of his that Bahrom wrote down and Shahlo read."""
    letter = letters.write_to_seeker(actor=search.bahrom, request=again(row.pk), body=body)
    return read(letter, search.shahlo, after, words)


def her_letter(search: Search, row: Request, body: str = ANSWER) -> Letter:
    return letters.write_to_found(actor=search.farzona, request=again(row.pk), body=body)


def read(letter: Letter, who: User, after: str = "approved", words: str = "") -> Letter:
    if after:
        letters.read(actor=who, letter=letter, after=after, found=CLEAN, words=words)
    return Letter.objects.get(pk=letter.pk)


def weekly(time_machine: Any) -> int:
    """The next declared hour strikes, and the worker does its work."""
    from django.utils import timezone

    time_machine.shift(WEEK)
    with journal.openings("task"):
        return telling.tell_all(timezone.now())


def told_to(who: User, row: Request) -> list[dict[str, Any]]:
    """What the seeker's side has been told, as she opens it."""
    from hamroh.accounts import policy
    from hamroh.tracing.selectors import found

    fresh = again(row.pk)
    return [dict(each) for each in found.told(request=fresh, decision=policy.require(who, "tracing.own", fresh)).items]


def matter_of(search: Search) -> Matter:
    found = Matter.objects.filter(case=search.case).first()
    return found or open_matter(actor=search.farzona, case=search.case, kind="alimony", country="TJ")


def advocate(search: Search) -> User:
    """A lawyer who may read the case and does not work on it."""
    from desk_world import employ

    found = User.objects.filter(username="jamila").first()
    user = found or employ("jamila", search.centre, Role.LAWYER)
    Membership.objects.filter(user=user).update(team="kulob")
    search.case.team = "kulob"
    search.case.save()
    return user


def released(search: Search, row: Request, *, ground: str = "court", lawyer: User | None = None) -> PlaceRelease:
    order = Order(ground, "2-114", "Court of Kulob", TODAY) if ground != "consent" else Order(ground)
    return places.wish_release(
        actor=search.bahrom,
        request=again(row.pk),
        matter=matter_of(search),
        lawyer=lawyer or search.farzona,
        order=order,
    )


def words_of(page: str) -> str:
    """A page without what is of one request or one moment."""
    page = re.sub(r"/desk/tracing/[0-9a-z]{8}/|[0-9a-z]{8}(?=</span>|<)|nonce=\S+|value=\S+|Female|Male", "", page)
    return re.sub(r"<time.*?</time>|<title>.*?</title>", "", page, flags=re.DOTALL)
