"""Days of advice: the list, one with its tally, and whether the evening's counts agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.accounts.policy import Decision
from hamroh.cases.models import TOPICS, Draft
from hamroh.fieldwork.models import Carried, DayMember, DayTalk, DayTally, FieldDay, Said, Submission, Who
from hamroh.vault import opening


def days(*, actor: Any, organisation: Organisation) -> QuerySet[FieldDay]:
    """The days that the actor may see, the newest first, with how many came. Where exactly is not opened for it."""
    rows = policy.visible(actor, "day.see", FieldDay.objects.filter(organisation=organisation))
    found: QuerySet[FieldDay] = (
        rows.select_related("place").annotate(came=Sum("tallies__count")).order_by("-on_date", "-pk")
    )
    return found


def day_of(*, actor: Any, code: str, verb: str = "day.see") -> tuple[FieldDay, Decision]:
    """The day of a code with the decision that opens it; Refused otherwise."""
    return policy.fetch(actor, verb, FieldDay.objects.filter(code=code).select_related("organisation", "place", "form"))


def told(*, day: FieldDay, decision: Decision) -> dict[str, Any]:
    """Where exactly, and what the evening said."""
    return opening.open_each(day, ("spot", "words"), decision=decision, purpose="page")


def team(*, day: FieldDay) -> list[User]:
    return list(User.objects.filter(pk__in=day.team.values("person")).order_by("display_name"))


def is_of_team(*, day: FieldDay, person: Any) -> bool:
    return day.team.filter(person=person).exists()


@dataclass(frozen=True)
class TopicLine:
    """A topic with a count for each who came."""

    topic: str
    label: str
    counts: Sequence[tuple[str, str, int]]

    @property
    def all(self) -> int:
        return sum(count for _code, _label, count in self.counts)


def tally(*, day: FieldDay) -> list[TopicLine]:
    """Every topic, with noughts."""
    found = {(row.topic, row.who): row.count for row in DayTally.objects.filter(day=day)}
    return [
        TopicLine(code, str(label), [(who, str(said), found.get((code, who), 0)) for who, said in Who.choices])
        for code, label in TOPICS
    ]


def talks(*, day: FieldDay) -> list[tuple[str, int]]:
    """How often each thing was said."""
    rows = DayTalk.objects.filter(day=day).values_list("said").annotate(Sum("count")).order_by()
    counts = dict(rows)
    return [(str(label), counts.get(code) or 0) for code, label in Said.choices]


def last_tap(*, day: FieldDay, person: Any) -> tuple[str, str] | None:
    """Her last tap in words."""
    member = DayMember.objects.filter(day=day, person=person).first()
    if member is None or not member.last:
        return None
    topic, who = dict(TOPICS).get(member.last["topic"], ""), dict(Who.choices).get(member.last["who"], "")
    return str(topic), str(who)


@dataclass(frozen=True)
class Evening:
    """What the evening holds beside each other: who was counted, whose case was taken up, which first talks came in, what became of them."""

    came: int
    taken_up: int
    talks_in: int
    not_whole: int
    not_looked_at: int
    carried: int
    cases: int

    @property
    def missing(self) -> int:
        """First talks that were counted and have not come in."""
        return max(0, self.taken_up - self.talks_in)

    @property
    def uncarried(self) -> int:
        """First talks that came in and became no intake."""
        return max(0, self.talks_in - self.carried)

    @property
    def unopened(self) -> int:
        """Intakes that are no case yet."""
        return max(0, self.carried - self.cases)

    @property
    def agrees(self) -> bool:
        return not (self.missing or self.uncarried or self.unopened or self.not_whole) and self.talks_in <= max(
            self.taken_up, self.talks_in
        )


def evening(*, day: FieldDay) -> Evening:
    """Counts alone, by few queries; no answer is opened for it."""
    came = DayTally.objects.filter(day=day).aggregate(n=Sum("count"))["n"] or 0
    taken = DayTalk.objects.filter(day=day, said=Said.CASE).aggregate(n=Sum("count"))["n"] or 0
    rows = Submission.objects.none()
    if day.form_id:
        sent = Submission.objects.filter(form_id=day.form_id, sent_by__in=day.team.values("person")).exclude(
            state="rejected"
        )
        rows = sent.filter(filled_date=day.on_date)
    made = Carried.objects.filter(submission__in=rows, outcome="intake", undone_at=None)
    drafts = [pk for pk in made.values_list("record_id", flat=True) if pk]
    cases = Draft.objects.filter(pk__in=drafts).exclude(case=None).count()
    facts = list(rows.values_list("state", "is_whole"))
    return Evening(
        came, taken, len(facts), sum(not whole for _state, whole in facts), sum(state == "received" for state, _whole in facts),
        len(drafts), cases,
    )  # fmt: skip
