"""Groups, who runs them, their members, talks among peers."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from hamroh.accounts import policy
from hamroh.accounts.models import Membership, Organisation, Role, User
from hamroh.accounts.policy import Decision
from hamroh.groups.models import Facilitating, Group, Member, MemberRole, PeerSession
from hamroh.vault import opening


def groups(*, actor: Any, organisation: Organisation) -> QuerySet[Group]:
    """Groups that the actor runs or leads, those that meet first; with how many members each has now."""
    rows = policy.visible(actor, "group.see", Group.objects.filter(organisation=organisation))
    return rows.select_related("place").order_by("state", "place__key", "code")


def counts_of(*, rows: list[Group]) -> Mapping[UUID, int]:
    """How many members each of these groups has now, by one query."""
    found = Member.objects.filter(group__in=[row.pk for row in rows], left_date=None).values("group")
    return {each["group"]: each["number"] for each in found.annotate(number=Count("pk")).order_by()}


def group_of(*, actor: Any, code: str, verb: str = "group.see") -> tuple[Group, Decision]:
    """The group of a code with the decision that opens it and its rows; Refused otherwise."""
    rows = Group.objects.select_related("organisation", "place", "made_by").filter(code=code)
    return policy.fetch(actor, verb, rows)


def facts(*, group: Group, decision: Decision | None) -> dict[str, str]:
    """Where and when it meets, and what else is known; empty where it stays shut."""
    if decision is None or group.facts is None:
        return {}
    told = opening.open_each(group, ("facts",), decision=decision, purpose="page")["facts"]
    return told if isinstance(told, dict) else {}


def staff(*, group: Group) -> list[Facilitating]:
    """Who ran the group from when until when, those who run it now first."""
    rows = Facilitating.objects.filter(group=group).select_related("person")
    return sorted(rows, key=lambda row: (row.until_date is not None, -row.from_date.toordinal(), str(row.pk)))


def facilitators(*, organisation: Organisation) -> list[User]:
    """Everybody who could run a group here."""
    rows = Membership.objects.current().filter(organisation=organisation, role=Role.FACILITATOR)
    return list(User.objects.filter(pk__in=rows.values("user")).order_by("display_name", "username"))


# -- members ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """A member as a page shows her: alias and what she is now."""

    row: Member
    alias: Any
    roles: list[MemberRole]


def members(*, group: Group, decision: Decision, purpose: str = "list") -> list[Known]:
    """Members by number, those who are there first; every alias is opened and written down as one batch."""
    current = Prefetch("roles", MemberRole.objects.filter(until_date=None).order_by("from_date", "pk"), "current_roles")
    rows = list(Member.objects.filter(group=group).prefetch_related(current).order_by("number"))
    for row in rows:
        row.group = group
    shown = sorted(rows, key=lambda row: (row.left_date is not None, row.number))
    return [_known(row, decision, purpose) for row in shown]


def _known(row: Any, decision: Decision, purpose: str) -> Known:
    return Known(row, alias_of(member=row, decision=decision, purpose=purpose), list(row.current_roles))


def alias_of(*, member: Member, decision: Decision, purpose: str = "page") -> Any:
    """Her alias; None where it was erased."""
    return opening.open_each(member, ("alias",), decision=decision, purpose=purpose)["alias"]


def member_of(*, group: Group, pk: UUID) -> Member:
    """A member of this very group; Refused otherwise."""
    row: Member | None = Member.objects.filter(group=group, pk=pk).first()
    if row is None:
        raise policy.Refused("no such member of this group")
    row.group = group
    return row


def roles(*, member: Member) -> list[MemberRole]:
    """What she is and was in the group, the newest first."""
    return list(MemberRole.objects.filter(member=member).order_by("-from_date", "-made_at", "pk"))


def make_up(*, group: Group) -> dict[str, int]:
    """How many members there are now, and how many of them are women and men; nothing is opened."""
    counted = Member.objects.filter(group=group, left_date=None).aggregate(
        members=Count("pk"), women=Count("pk", filter=Q(sex="f")), men=Count("pk", filter=Q(sex="m"))
    )
    return {name: int(number) for name, number in counted.items()}


# -- talks among peers -----------------------------------------------------------------------------------------------


def sessions(*, group: Group) -> QuerySet[PeerSession]:
    """Talks among peers, the newest first."""
    rows: QuerySet[PeerSession] = PeerSession.objects.filter(group=group)
    return rows.order_by("-week_date", "-made_at", "pk")


def session_of(*, group: Group, pk: UUID) -> PeerSession:
    """A talk of this very group; Refused otherwise."""
    row: PeerSession | None = PeerSession.objects.filter(group=group, pk=pk).first()
    if row is None:
        raise policy.Refused("no such talk of this group")
    row.group = group
    return row


def themes(*, group: Group, since: dt.date) -> list[tuple[str, int]]:
    """In how many talks since a day each theme came up, the most frequent first."""
    rows = PeerSession.objects.filter(group=group, week_date__gte=since).values_list("themes", flat=True)
    return Counter(theme for told in rows for theme in told).most_common()
