"""Who is in a round, opened for who may read it; who was there; what tests showed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.kernel.gains import Gain, gain
from hamroh.training.models import Certificate, Counted, Enrolment, Here, Mended, Round, Session, SignUp, Trainer
from hamroh.vault import opening


@dataclass(frozen=True)
class Shown:
    """Somebody as a page of who may read her shows her."""

    row: Any
    name: str
    phone: str = ""


def roster(*, round: Round, decision: Decision) -> list[Shown]:  # noqa: A002 - the field's word
    """Everybody in a round by number, names opened for a list."""
    rows = Enrolment.objects.filter(round=round).order_by("number")
    return [
        Shown(row, _name(row, opening.open_each(row, ("name", "alias"), decision=decision, purpose="list")))
        for row in rows
    ]


def _name(row: Any, opened: Mapping[str, Any]) -> str:
    return str(opened.get("name") or opened.get("alias") or row.number)


def person_of(*, round: Round, pk: UUID, decision: Decision) -> tuple[Enrolment, dict[str, str]]:  # noqa: A002
    """One who is in this very round, opened; Refused otherwise."""
    row = Enrolment.objects.filter(round=round, pk=pk).first()
    if row is None:
        raise policy.Refused("nobody of this round")
    opened = opening.open_each(row, ("name", "alias", "phone"), decision=decision, purpose="page")
    return row, {name: str(value or "") for name, value in opened.items()}


def elsewhere(*, actor: Any, row: Enrolment) -> list[dict[str, Any]]:
    """The same person, and who has the same name, in other rounds that the actor may read."""
    others = policy.visible(actor, "learner.read", Enrolment.objects.filter(organisation=row.organisation_id)).exclude(
        pk=row.pk
    )
    same = others.filter(person=row.person)
    alike = others.filter(name_index=row.name_index).exclude(person=row.person) if row.name_index else others.none()
    found = [(each, True) for each in same.select_related("round__course")[:20]]
    found += [(each, False) for each in alike.exclude(round=row.round_id).select_related("round__course")[:20]]
    return [{"row": each, "is_same": is_same} for each, is_same in found]


def trainer_names(*, rows: Sequence[Trainer], decision: Decision | None) -> list[dict[str, Any]]:
    """Who trains; names from outside open to who may read who is in the round, others see that there is somebody."""
    found = []
    for row in rows:
        name = str(row.user) if row.user else ""
        if not row.user and decision:
            opened = opening.open_each(row, ("name",), decision=decision, purpose="page")
            name = str(opened["name"] or "")
        found.append({"row": row, "name": name})
    return found


# -- attendance --------------------------------------------------------------------------------------------------------


def sessions(*, round: Round) -> list[dict[str, Any]]:  # noqa: A002
    """Every half-day of a round with how many were there, the newest first."""
    rows = Session.objects.filter(round=round).select_related("made_by").order_by("-on_date", "-part")
    return [
        {
            "row": row,
            "there": sum(mark != Here.AWAY for mark in row.marks.values()) + (row.heads or 0),
            "of": len(row.marks),
        }
        for row in rows
    ]


def session_on(*, round: Round, on_date: Any, part: int) -> Session | None:  # noqa: A002
    """One half of a day, None where nobody wrote it down yet."""
    return Session.objects.filter(round=round, on_date=on_date, part=part).first()


def mends(*, session: Session) -> QuerySet[Mended]:
    """What was put right in a session, the newest first."""
    return Mended.objects.filter(session=session).select_related("made_by").order_by("-made_at", "pk")


def shares(*, round: Round) -> dict[UUID, tuple[int, int]]:  # noqa: A002
    """Of how many half-days each was there, and of how many it was written down."""
    there: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for marks in Session.objects.filter(round=round).values_list("marks", flat=True):
        for key, mark in marks.items():
            told[key] += 1
            there[key] += mark != Here.AWAY
    return {UUID(key): (there[key], told[key]) for key in told}


# -- tests -------------------------------------------------------------------------------------------------------------


def round_gain(*, round: Round) -> Gain:  # noqa: A002
    """What people knew before and after."""
    rows = Enrolment.objects.filter(round=round).values_list("before", "after")
    people = [(_fraction(one), _fraction(two)) for one, two in rows]
    counted = {name: _scores(round.scores.get(name)) for name in ("before", "after")}
    return gain(people, round.most_points or 0, counted["before"], counted["after"])


def _fraction(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _scores(told: Mapping[str, int] | None) -> dict[Fraction, int]:
    return {Fraction(score): number for score, number in (told or {}).items()}


# -- sign-ups and certificates -----------------------------------------------------------------------------------------


def sign_ups(*, round: Round, decision: Decision) -> list[dict[str, Any]]:  # noqa: A002
    """Who signed up, opened, those who wait first."""
    order = {"waiting": 0, "listed": 1, "confirmed": 2, "declined": 3}
    rows = sorted(SignUp.objects.filter(round=round), key=lambda row: (order[row.state], row.number))
    return [
        {"row": row, **opening.open_each(row, ("name", "way_back"), decision=decision, purpose="list")} for row in rows
    ]


def sign_up_of(*, round: Round, pk: UUID) -> SignUp:  # noqa: A002
    """One of this very round; Refused otherwise."""
    row: SignUp | None = SignUp.objects.filter(round=round, pk=pk).first()
    if row is None:
        raise policy.Refused("no such sign-up of this round")
    return row


def certificates(*, round: Round) -> dict[UUID, Certificate]:  # noqa: A002
    """The newest certificate of each, by enrolment."""
    rows = Certificate.objects.filter(round=round).order_by("issued_date", "state")
    return {row.enrolment_id: row for row in rows}


def papers(*, round: Round, decision: Decision) -> list[dict[str, str]]:  # noqa: A002
    """What is printed on each valid certificate: name and code, opened to be printed."""
    rows = (
        Certificate.objects.filter(round=round, state="valid").select_related("enrolment").order_by("enrolment__number")
    )
    found = []
    for row in rows:
        name = opening.open_each(row.enrolment, ("name",), decision=decision, purpose="print")["name"]
        code = opening.open_each(row, ("code",), decision=decision, purpose="print")["code"]
        if isinstance(name, str) and isinstance(code, str):
            found.append({"name": name, "code": code, "issued": row.issued_date.isoformat()})
    return found


def counts(*, round: Round) -> list[dict[str, Any]]:  # noqa: A002
    """Everybody of a round as numbers by sex, age, agency, country and role: those with a name and those counted together."""
    keys = ("sex", "age", "agency", "country", "role")
    found: Counter[tuple[str, ...]] = Counter()
    for row in Enrolment.objects.filter(round=round).values_list(*keys):
        found[row] += 1
    for *row, number in Counted.objects.filter(round=round).values_list(*keys, "number"):
        found[tuple(row)] += number
    return [dict(zip(keys, key, strict=True)) | {"number": number} for key, number in sorted(found.items())]
