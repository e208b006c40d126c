"""People of a case are compared with those of other files by the installation itself, and a supervisor decides.

Who enters people must learn nothing of files that are shut to her, nor work for both sides. What she may notice is decided here, once:
docs/decisions/0018 says why.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Membership, Notice, Role, User
from hamroh.cases import naming
from hamroh.cases.actions.opening import compare_later
from hamroh.cases.likeness import banded
from hamroh.cases.models import Case, Conflict, ConflictEnd, ConflictKind, Judgement, Person, Same, Side, Whereabouts
from hamroh.vault import journal, opening, pools
from hamroh.vault.decisions import Upkeep

#: candidates that are looked at for each person, and how often a worker may notice within a time that a supervisor is asked
LIKELIEST, HINTS, WITHIN = 10, 5, dt.timedelta(days=7)
OPPOSITE = {Side.HERS: Side.AGAINST, Side.AGAINST: Side.HERS}
PURPOSE = "conflict check"


@dataclass(frozen=True)
class _Found:
    """Somebody of another file who may be the person, and on which grounds: name, phone, document."""

    other: Person
    grounds: tuple[str, ...]

    @property
    def weighty(self) -> bool:
        """More than a telephone, which a whole house may share."""
        return self.grounds != ("phone",)


class _House:
    """Opens people of the other files of an organisation, for the installation."""

    def __init__(self, case: Case) -> None:
        self._rows = Person.objects.filter(organisation_id=case.organisation_id).exclude(case=case)

    def known(self, ids: Sequence[str]) -> set[str]:
        return {str(pk) for pk in self._rows.filter(pk__in=ids).values_list("pk", flat=True)}

    def opened(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        return {
            str(row.pk): naming.record_of(row.pk, opening.open_to_score(row, naming.COMPARED, decision=_own(row)))
            for row in self._rows.filter(pk__in=ids)
        }


def _own(row: Person) -> Upkeep:
    return Upkeep(("cases.case", str(row.case_id)))


def compare(*, case: Case, asked_by: User) -> int:
    """Compare the people of a case that are new; how many questions to a supervisor stand since. It shows nothing to anybody."""
    people = list(Person.objects.filter(case=case, compared_at=None))
    found = {person: list(_alike(person, case)) for person in people}
    with transaction.atomic():
        asked = sum(
            _ask(case, person, each, asked_by) for person, others in found.items() for each in others[:LIKELIEST]
        )
        for person in people:  # who was corrected in the meantime is compared anew
            Person.objects.filter(pk=person.pk, row_seal=person.row_seal).update(compared_at=timezone.now())
    return asked


@transaction.atomic
def compare_again(*, actor: Any, case: Case) -> None:
    """Compare everybody of the case anew, in the background; what was found stays as it is decided."""
    policy.require(actor, "case.write", case)
    Person.objects.filter(case=case).update(compared_at=None)
    journal.record(actor=actor, verb="case.compare_again", about=case)
    compare_later(case, actor)


def _alike(person: Person, case: Case) -> Iterator[_Found]:
    """People of other files who are very likely the person, the likeliest first."""
    shown = opening.open_each(person, naming.COMPARED, decision=_own(person), purpose=PURPOSE)
    told = {name: None if isinstance(value, opening.Unshown) else value for name, value in shown.items()}
    named = _named(case, naming.record_of(person.pk, told))
    exact = {name: _by_number(case, name, told[name]) for name in ("document", "phone")}
    rows = {row.pk: row for row in _others(case).filter(pk__in={*named, *exact["document"], *exact["phone"]})}
    for pk in dict.fromkeys((*exact["document"], *named, *exact["phone"])):
        grounds = (("name", named), *exact.items())
        yield _Found(rows[pk], tuple(sorted(name for name, ids in grounds if pk in ids)))


def _others(case: Case) -> Any:
    return Person.objects.filter(organisation_id=case.organisation_id).exclude(case=case).select_related("case")


def _named(case: Case, record: Mapping[str, Any]) -> list[Any]:
    """Those whom the name engine calls strong candidates."""
    if "name" not in record:
        return []
    query = {key: value for key, value in record.items() if key != "id"}
    found = pools.search(naming.KIND, case.organisation_id, query, opener=_House(case), limit=LIKELIEST)
    strong = [each.id for each, band in banded(found, case.organisation_id) if band == "strong"]
    ids = dict(Person.objects.filter(pk__in=strong).values_list("pk", "pk"))
    return [pk for each in strong for pk in ids if str(pk) == each]


def _by_number(case: Case, name: str, value: str | None) -> list[Any]:
    """Those with the same telephone or document, by its blind index."""
    if not value:
        return []
    wanted = {f"{name}_index": value}
    rows = Person.objects.with_blind(organisation_id=case.organisation_id, **wanted).exclude(case=case)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:LIKELIEST])


# -- asking --------------------------------------------------------------------------------------------------------


def _ask(case: Case, person: Person, found: _Found, asked_by: User) -> bool:
    """Ask a supervisor about two people, where there is a question and it was not answered before."""
    kind = _kind(person, found, asked_by)
    if kind is None or _are_told_apart(person, found.other):
        return False
    row, new = Conflict.objects.get_or_create(
        person=person, other=found.other, kind=kind,
        defaults={
            "organisation_id": case.organisation_id, "case": case, "grounds": list(found.grounds), "asked_by": asked_by,
            "shown": _may_be_noticed(found, asked_by),
        },
    )  # fmt: skip
    if new:
        _tell(row)
        facts = {"question": str(row.pk), "kind": str(kind), "by": str(asked_by.pk), "shown": row.shown}
        for each in (case, found.other.case):
            journal.record(actor=None, verb="case.ask_supervisor", about=each, facts=facts)
    return new


def _tell(row: Conflict) -> None:
    """A notice for every supervisor who may approve of both files, about the one in which somebody was entered."""
    rows = Membership.objects.current().filter(organisation=row.organisation_id, role=Role.SUPERVISOR)
    people = {each.user_id: each.user for each in rows.select_related("user")}
    cases = (row.case, row.other.case)
    waiting = Notice.objects.filter(**_about(row), read_at=None).values_list("user_id", flat=True)
    told = [pk for pk, user in people.items() if all(policy.allowed(user, "case.approve", case) for case in cases)]
    Notice.objects.bulk_create(Notice(user_id=pk, **_about(row)) for pk in set(told) - set(waiting))


def _about(row: Conflict) -> dict[str, str]:
    return {"about": Notice.About.FILES, "record_kind": "cases.case", "record_id": str(row.case_id)}


def _kind(person: Person, found: _Found, asked_by: User) -> ConflictKind | None:
    """What the question is. Two files of one person are none where her worker may read both: he is shown them."""
    if OPPOSITE.get(Side(person.side)) == found.other.side:
        return ConflictKind.SIDES
    if found.weighty and person.side == found.other.side and not policy.allowed(asked_by, "case.read", found.other):
        return ConflictKind.TWICE
    return None


def _are_told_apart(person: Person, other: Person) -> bool:
    """Whether the newest judgement says that they are two."""
    one, two = sorted((person, other), key=lambda each: str(each.pk))
    newest = Judgement.objects.filter(one=one, other=two).order_by("-made_at", "-pk").first()
    return newest is not None and newest.answer == Same.DIFFERENT


def _may_be_noticed(found: _Found, asked_by: User) -> bool:
    """Whether the worker may learn that a supervisor is asked: never where he is shut out, nor by a telephone alone.

    Nor of a file whose woman's place only members know, nor more often than it happens to somebody who works in good faith.
    """
    ref = ("cases.case", str(found.other.case_id))
    if not found.weighty or ref in policy.standing(asked_by).blocked or _is_hidden(found.other.case_id):
        return False
    told = Conflict.objects.filter(asked_by=asked_by, shown=True, made_at__gt=timezone.now() - WITHIN)
    return told.count() < HINTS


def _is_hidden(case_id: Any) -> bool:
    """Whether somebody keeps a place of this case that only members know."""
    return Whereabouts.objects.filter(case=case_id).exists()


# -- deciding ------------------------------------------------------------------------------------------------------


@transaction.atomic
def decide(*, actor: Any, conflict: Conflict, end: str, words: str) -> None:
    """A supervisor of both files says what it is; one that was decided stays so. Two different people are judged so, too."""
    row = Conflict.objects.select_for_update(of=("self",)).select_related("case", "person__case", "other__case").get(
        pk=conflict.pk
    )  # fmt: skip
    policy.require(actor, "case.approve", row.case)
    policy.require(actor, "case.approve", row.other.case)
    if row.ended_at is not None:
        return
    row.ended_at, row.ended_by, row.end, row.words = timezone.now(), actor, end, words or None
    row.save()
    one, two = sorted((row.person, row.other), key=lambda each: str(each.pk))
    answer = Same.DIFFERENT if end == ConflictEnd.DIFFERENT else Same.SAME
    Judgement(
        organisation_id=row.organisation_id, case=row.case, one=one, other=two, answer=answer, words=words or None,
        made_by=actor,
    ).save()  # fmt: skip
    if not Conflict.objects.filter(case=row.case, ended_at=None).exists():
        Notice.objects.filter(**_about(row), read_at=None).update(read_at=row.ended_at)
    for case in (row.case, row.other.case):
        facts = {"question": str(row.pk), "end": str(end)}
        journal.record(actor=actor, verb="case.decide_conflict", about=case, facts=facts)
