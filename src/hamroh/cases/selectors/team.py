"""What a team looks at: the list with its filters, who carries how much, what is late, what is dangerous."""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from hamroh import vault
from hamroh.accounts import policy
from hamroh.accounts.models import CASE_WORKERS, ConflictBlock, Membership, Organisation, Role, Task, User
from hamroh.accounts.policy.facts import kind_of
from hamroh.accounts.zones import local_date
from hamroh.cases.models import Case, Deadline, DeadlineState, Risk, RiskScreen, SavedFilter
from hamroh.cases.states import AT_REST, CaseLife
from hamroh.vault.errors import VaultError

KIND = kind_of(Case)
WHOSE = {"mine": _("Mine"), "nobody": _("Nobody’s")}
OPEN = "open"
NEW = ("draft", "intake")
#: so many cases are given away at once at most
MOST_AT_ONCE = 500
_HEX = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True)
class Filter:
    """How the list is looked at: codes alone, so that it can stand in an address and be kept. Unknown codes count as none."""

    state: str = ""
    risk: str = ""
    whose: str = ""
    owner: str = ""
    late: bool = False
    unseen: bool = False
    nowhere: bool = False

    @classmethod
    def of(cls, query: Any) -> "Filter":
        """From an address or a kept one."""

        def one(name: str, known: Any) -> str:
            value = str(query.get(name, ""))
            return value if value in known else ""

        owner = str(query.get("owner", ""))
        return cls(
            state=one("state", {OPEN, *CaseLife.states}), risk=one("risk", Risk.values), whose=one("whose", WHOSE),
            owner=owner if _HEX.fullmatch(owner) else "", late=query.get("late") == "1",
            unseen=query.get("unseen") == "1", nowhere=query.get("nowhere") == "1",
        )  # fmt: skip

    @property
    def query(self) -> str:
        """The same as an address says it, in one order."""
        facts = QueryDict(mutable=True)
        told = {
            "state": self.state,
            "risk": self.risk,
            "whose": self.whose,
            "owner": self.owner,
            "late": "1" * self.late,
            "unseen": "1" * self.unseen,
            "nowhere": "1" * self.nowhere,
        }
        facts.update({name: value for name, value in told.items() if value})
        return facts.urlencode()

    @property
    def words(self) -> list[Any]:
        """What it asks for, said in the reader's language; a colleague is not named."""
        states = {OPEN: _("All that are open"), **{name: state.label for name, state in CaseLife.states.items()}}
        told = [states.get(self.state), dict(Risk.choices).get(self.risk), WHOSE.get(self.whose)]
        return [
            *filter(None, told),
            *([_("One colleague’s")] * bool(self.owner)),
            *([_("Overdue")] * self.late),
            *([_("Danger that no supervisor has looked at")] * self.unseen),
            *([_("Without a district")] * self.nowhere),
        ]


def filtered(*, actor: Any, organisation: Organisation, rows: QuerySet[Case], by: Filter) -> QuerySet[Case]:
    """The rows of a list that a filter leaves."""
    if by.state:
        rows = rows.exclude(status__in=AT_REST) if by.state == OPEN else rows.filter(status=by.state)
    if by.risk:
        rows = rows.filter(risk=by.risk)
    if by.whose:
        rows = rows.filter(owner=actor if by.whose == "mine" else None)
    if by.owner:
        rows = rows.filter(owner_id=UUID(by.owner))
    if by.unseen:
        rows = rows.filter(pk__in=unseen_screens(organisation).values("case"))
    if by.nowhere:
        rows = rows.filter(area="")
    return rows.filter(pk__in=overdue_cases(organisation)) if by.late else rows


def whole(rows: QuerySet[Case]) -> str:
    """A mark of a whole list: how many cases it has, and which are whose. Empty for one that is too long to be given away at once."""
    found = list(rows.order_by("code").values_list("code", "owner_id")[: MOST_AT_ONCE + 1])
    if len(found) > MOST_AT_ONCE:
        return ""
    told = " ".join(f"{code}:{owner or ''}" for code, owner in found)
    return f"{len(found)}:{salted_hmac('hamroh.cases.whole', told, algorithm='sha256').hexdigest()[:32]}"


def unseen_screens(organisation: Organisation) -> QuerySet[RiskScreen]:
    """Screens that a supervisor has to look at and has not."""
    return RiskScreen.objects.filter(organisation=organisation, look_by__isnull=False, looked_at=None)


def deadlines_ahead(*, actor: Any, organisation: Organisation) -> QuerySet[Deadline]:
    """Open days of matters that are over or come within the fortnight, the nearest first."""
    _today, last = soon(organisation)
    open_ = Deadline.objects.filter(organisation=organisation, state=DeadlineState.OPEN, due_date__lte=last)
    rows = policy.visible(actor, "case.list", open_).select_related("case", "matter")
    return rows.order_by("due_date", "pk")


def overdue_cases(organisation: Organisation) -> list[str]:
    """Ids of the cases about which something was to be done before today by somebody who works there."""
    people = Membership.objects.current().filter(organisation=organisation).values_list("user_id", flat=True)
    today = local_date(timezone.now(), organisation)
    late = Task.objects.filter(assignee__in=list(people), done_at=None, due_date__lt=today, record_kind=KIND)
    return list(late.values_list("record_id", flat=True).distinct())


def kept_filters(*, actor: Any, organisation: Organisation) -> list[tuple[SavedFilter, Filter]]:
    """Her own filters, the oldest first."""
    rows = SavedFilter.objects.filter(user=actor, organisation=organisation).order_by("made_at")
    return [(row, Filter.of(QueryDict(row.query))) for row in rows]


def kept_filter(*, actor: Any, pk: UUID) -> SavedFilter:
    """One of her own filters; Refused where it is none of hers."""
    row: SavedFilter | None = SavedFilter.objects.filter(user=actor, pk=pk).first()
    if row is None:
        raise policy.Refused("no such filter of hers")
    return row


def workers(*, organisation: Organisation) -> QuerySet[User]:
    """Who may own a case there."""
    held = Membership.objects.current().filter(organisation=organisation, role__in=CASE_WORKERS)
    return User.objects.filter(pk__in=held.values("user_id")).order_by("display_name", "username")


def colleagues(*, case: Case) -> QuerySet[User]:
    """Who may read a case by a role: three queries, however many work there."""
    roles = [*CASE_WORKERS, Role.SUPERVISOR]
    rows = Membership.objects.current().filter(organisation=case.organisation_id, role__in=roles)
    held: dict[Any, set[policy.Held]] = {}
    for user_id, role, team, area in rows.values_list("user_id", "role", "team", "area"):
        held.setdefault(user_id, set()).add(policy.Held(case.organisation_id, role, team, tuple(area)))
    facts = policy.facts_of(case)
    shut = set(ConflictBlock.objects.filter(record_kind=KIND, record_id=str(case.pk)).values_list("user_id", flat=True))
    able = [
        user_id
        for user_id, roles_ in held.items()
        if user_id not in shut
        and policy.judge(policy.Standing.known(user_id, held=frozenset(roles_)), "case.read", facts)
    ]
    return User.objects.filter(pk__in=able).order_by("display_name", "username")


@dataclass(frozen=True)
class Errand:
    """A task about a case: its words where it is the reader's own, else who has it."""

    task: Task
    words: str | None
    is_mine: bool
    is_late: bool


def errands(*, actor: Any, case: Case) -> list[Errand]:
    """What is to be done about a case, the earliest first; others' words stay theirs."""
    rows = Task.objects.filter(
        assignee__in=colleagues(case=case), done_at=None, record_kind=KIND, record_id=str(case.pk)
    )
    today = local_date(timezone.now(), case.organisation)
    found = rows.select_related("assignee").order_by("due_date", "made_at")
    return [
        Errand(row, _words(actor, row), row.assignee_id == actor.pk, row.due_date < today) for row in found
    ]  # fmt: skip


def _words(actor: Any, task: Task) -> str | None:
    if task.assignee_id != actor.pk:
        return None
    try:
        return str(vault.open(task, "words", decision=policy.require(actor, "desk.task", task), purpose="page"))
    except VaultError:
        return None


@dataclass(frozen=True)
class Load:
    """What somebody carries: open cases, those of high risk, those that wait for approval, tasks that are late."""

    owner: User | None
    open: int
    high: int
    closing: int
    late: int


def load(*, actor: Any, organisation: Organisation) -> list[Load]:
    """How much each worker carries, who carries most first; nobody's cases last. Three queries."""
    rows = policy.visible(actor, "case.assign", Case.objects.filter(organisation=organisation))
    counts = {
        row["owner"]: row
        for row in rows.exclude(status__in=AT_REST).values("owner").annotate(
            open=Count("pk"), high=Count("pk", filter=Q(risk=Risk.HIGH)), closing=Count("pk", filter=Q(status="closing"))
        )
    }  # fmt: skip
    people = list(workers(organisation=organisation))
    today = local_date(timezone.now(), organisation)
    late = Counter(
        Task.objects.filter(assignee__in=people, done_at=None, due_date__lt=today, record_kind=KIND)
        .values_list("assignee_id", flat=True)
    )  # fmt: skip
    known = {each.pk: each for each in people}
    gone = User.objects.in_bulk([pk for pk in counts if pk and pk not in known])
    found = [_load(each, counts.get(each.pk), late[each.pk]) for each in [*people, *gone.values()]]
    nobodys = [_load(None, counts[None], 0)] if None in counts else []
    return [*sorted(found, key=lambda each: -each.open), *nobodys]


def _load(owner: User | None, counts: dict[str, Any] | None, late: int) -> Load:
    counted = counts or {"open": 0, "high": 0, "closing": 0}
    return Load(owner, counted["open"], counted["high"], counted["closing"], late)


def soon(organisation: Organisation, days: int = 14) -> tuple[dt.date, dt.date]:
    """Today there, and the last day of the fortnight."""
    today = local_date(timezone.now(), organisation)
    return today, today + dt.timedelta(days=days)
