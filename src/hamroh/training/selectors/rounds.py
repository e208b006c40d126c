"""Courses and rounds as the desk reads them: nobody by name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.accounts.policy import Decision
from hamroh.training.models import (
    Borne,
    Certificate,
    Counted,
    Course,
    Enrolment,
    Grown,
    Material,
    Round,
    SignUp,
    Trainer,
)


def courses(*, actor: Any, organisation: Organisation) -> QuerySet[Course]:
    """Courses of an organisation with how many rounds each has."""
    rows = policy.visible(actor, "course.see", Course.objects.filter(organisation=organisation))
    found: QuerySet[Course] = rows.annotate(rounds_count=Count("rounds")).order_by("kind", "made_at", "pk")
    return found


def course_of(*, actor: Any, code: str, verb: str = "course.see") -> tuple[Course, Decision]:
    """The course of a code; Refused otherwise."""
    return policy.fetch(actor, verb, Course.objects.select_related("organisation").filter(code=code))


def rounds(*, actor: Any, organisation: Organisation, state: str = "", course: Course | None = None) -> QuerySet[Round]:
    """Rounds that she may see, the next and newest first: a trainer's own, all of the house for who plans."""
    rows = policy.visible(actor, "round.see", Round.objects.filter(organisation=organisation))
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(course=course) if course else rows
    return rows.select_related("course", "place").order_by("-starts", "-number", "-made_at", "pk")


def round_of(*, actor: Any, code: str, verb: str = "round.see") -> tuple[Round, Decision]:
    """The round of a code with the decision that opens its rows; Refused otherwise."""
    return policy.fetch(
        actor, verb, Round.objects.select_related("organisation", "course", "place", "made_by").filter(code=code)
    )


@dataclass(frozen=True)
class Heads:
    """How many were in a round; ``is_open`` where some number was written as "more than"."""

    number: int
    is_open: bool = False


def heads(*, rows: Sequence[Round]) -> dict[UUID, Heads]:
    """How many were in each round, by name, by alias or counted; three queries for all. A round of which nothing is known is left out."""
    ids = [row.pk for row in rows]
    found: Counter[UUID] = Counter()
    for model, what in ((Enrolment, Count("pk")), (Counted, Sum("number"))):
        for pk, number in (
            model.objects.filter(round__in=ids).values("round").annotate(n=what).values_list("round", "n")
        ):
            found[pk] += number
    more = set(Counted.objects.filter(round__in=ids, at_least=True).values_list("round", flat=True))
    return {pk: Heads(number, pk in more) for pk, number in found.items()}


@dataclass(frozen=True)
class Beside:
    """What stands beside a round: who bears it, what it grew from, what was given, who was counted, who trains."""

    borne: list[Borne]
    grown: list[Grown]
    materials: list[Material]
    counted: list[Counted]
    trainers: list[Trainer]
    enrolled: int
    waiting: int
    certificates: int

    @property
    def heads(self) -> int:
        return self.enrolled + sum(row.number for row in self.counted)

    @property
    def is_open(self) -> bool:
        """Whether some number was written as "more than"."""
        return any(row.at_least for row in self.counted)


def beside(*, round: Round) -> Beside:  # noqa: A002 - the field's word
    """Everything of a round that names nobody."""
    of: dict[str, Any] = {"round": round}
    return Beside(
        borne=list(Borne.objects.filter(**of).select_related("party").order_by("bearing", "pk")),
        grown=list(Grown.objects.filter(**of).select_related("parent__course", "parent__place").order_by("pk")),
        materials=list(Material.objects.filter(**of).order_by("made_at", "pk")),
        counted=list(Counted.objects.filter(**of).order_by("made_at", "pk")),
        trainers=list(Trainer.objects.filter(**of).select_related("user", "party", "learned__round").order_by("made_at", "pk")),
        enrolled=Enrolment.objects.filter(**of).count(), waiting=SignUp.objects.filter(state__in=("waiting", "listed"), **of).count(),
        certificates=Certificate.objects.filter(state="valid", **of).count(),
    )  # fmt: skip


def who_can_train(*, organisation: Organisation) -> list[User]:
    """Everybody who facilitates in the organisation."""
    from hamroh.accounts.models import Membership, Role

    rows = Membership.objects.current().filter(organisation=organisation, role=Role.FACILITATOR).select_related("user")
    return sorted({row.user_id: row.user for row in rows}.values(), key=str)


def takes_people(row: Round) -> bool:
    """Whether one can sign up: the round is announced, wants it, and has not begun."""
    return row.state == "announced" and row.takes_sign_ups and not is_past(row.starts)


def is_past(day: str) -> bool:
    """Whether a day, month or year is over; what is not known is not."""
    return bool(day) and day < timezone.localdate().isoformat()[: len(day)]


def is_full(row: Round) -> bool:
    """Whether as many take part or wait for an answer as there are places."""
    if row.places is None:
        return False
    waiting = SignUp.objects.filter(round=row, state="waiting").count()
    return Enrolment.objects.filter(round=row, left_date=None).count() + waiting >= row.places


def unknown_heads(*, round: Round, beside: Beside) -> int:  # noqa: A002
    """Those of a round who were only counted, and those of whom nothing but an alias is known."""
    aliases = Enrolment.objects.filter(round=round, name_index__isnull=True).count()
    return aliases + sum(row.number for row in beside.counted)
