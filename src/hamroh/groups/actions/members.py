"""Members by alias, what they are in the group, and talks among peers."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts.zones import local_date
from hamroh.groups.actions.frame import MEANWHILE, NotNow, held, locked, new, of_group
from hamroh.groups.models import Group, Member, MemberRole, PeerSession, Theme
from hamroh.vault import journal

MOST_MEMBERS = 500
#: with fewer than so many who came, a theme would tell of whom it was
THEMES_FROM = 3
LONGEST_TALK = 480


def _about(member: Member) -> dict[str, int]:
    return {"member": member.number}


@transaction.atomic
def add_member(
    *, actor: Any, group: Group, alias: str, sex: str = "", age_band: str = "", joined_date: dt.date | None = None,
    roles: Sequence[str] = (),
) -> Member:  # fmt: skip
    """Somebody joins, under an alias that she chooses and the next free number."""
    of = held(actor, group, "group.write")
    if not alias.strip():
        raise NotNow(_("Write the alias under which she is known in the group."), "alias")
    row: Member = new(
        Member, actor, of, number=_next_number(of), alias=alias.strip(), sex=sex, age_band=age_band, joined_date=joined_date
    )  # fmt: skip
    row.save()
    for role in dict.fromkeys(roles):
        _give(actor, of, row, role, joined_date or local_date(timezone.now(), of.organisation))
    journal.record(actor=actor, verb="group.add_member", about=of, facts=_about(row))
    return row


def _next_number(group: Group) -> int:
    """One more than the highest that was ever given: numbers are not given twice."""
    last = Member.objects.filter(group=group).aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_MEMBERS:
        raise NotNow(_("A group has at most 500 members."))
    return int(last) + 1


@transaction.atomic
def change_member(*, actor: Any, group: Group, member: Member, alias: str, sex: str, age_band: str) -> None:
    """What is known of a member now."""
    of = held(actor, group, "group.write")
    row = of_group(Member, of, member.pk)
    if not alias.strip():
        raise NotNow(_("Write the alias under which she is known in the group."), "alias")
    row.alias, row.sex, row.age_band, row.alias_erased_at = alias.strip(), sex, age_band, None
    row.save()
    journal.record(actor=actor, verb="group.change_member", about=of, facts=_about(row))


@transaction.atomic
def forget_alias(*, actor: Any, group: Group, member: Member) -> None:
    """On her wish her alias is erased; her number stays, so that the group's book still adds up. A closed group does so, too."""
    of = locked(actor, group, "group.write")
    row = of_group(Member, of, member.pk)
    row.alias, row.alias_erased_at = None, timezone.now()
    row.save()
    journal.record(actor=actor, verb="group.forget_alias", about=of, facts=_about(row))


@transaction.atomic
def leave_group(*, actor: Any, group: Group, member: Member, left_date: dt.date) -> None:
    """A member leaves; what she was in the group ends with it."""
    of = held(actor, group, "group.write")
    row = of_group(Member, of, member.pk)
    if row.left_date is not None:
        raise NotNow(MEANWHILE)
    _check_day(of, left_date, row.joined_date)
    row.left_date = left_date
    row.save()
    for role in MemberRole.objects.filter(member=row, until_date=None):
        role.until_date = max(left_date, role.from_date)
        role.save()
    journal.record(actor=actor, verb="group.leave", about=of, facts=_about(row))


@transaction.atomic
def come_back(*, actor: Any, group: Group, member: Member) -> None:
    """A member who left is in the group again, under her number."""
    of = held(actor, group, "group.write")
    row = of_group(Member, of, member.pk)
    if row.left_date is None:
        raise NotNow(MEANWHILE)
    row.left_date = None
    row.save()
    journal.record(actor=actor, verb="group.come_back", about=of, facts=_about(row))


def _check_day(group: Group, day: dt.date, earliest: dt.date | None) -> None:
    if day > local_date(timezone.now(), group.organisation):
        raise NotNow(_("This day has not come yet."))
    if earliest is not None and day < earliest:
        raise NotNow(_("This is before it began."))


@transaction.atomic
def give_role(*, actor: Any, group: Group, member: Member, role: str, from_date: dt.date) -> MemberRole:
    """A member is something in the group from a day on: treasurer, peer counsellor ..."""
    of = held(actor, group, "group.write")
    row = of_group(Member, of, member.pk)
    if row.left_date is not None:
        raise NotNow(_("She has left the group."))
    _check_day(of, from_date, None)
    if MemberRole.objects.filter(member=row, role=role, until_date=None).exists():
        raise NotNow(_("She is this already."), "role")
    line = _give(actor, of, row, role, from_date)
    journal.record(actor=actor, verb="group.give_role", about=of, facts={**_about(row), "role": role})
    return line


def _give(actor: Any, group: Group, member: Member, role: str, from_date: dt.date) -> MemberRole:
    line: MemberRole = new(MemberRole, actor, group, member=member, role=role, from_date=from_date)
    line.save()
    return line


@transaction.atomic
def end_role(*, actor: Any, group: Group, line: MemberRole) -> None:
    """A member is no longer this in the group."""
    of = held(actor, group, "group.write")
    row = of_group(MemberRole, of, line.pk)
    if row.until_date is not None:
        raise NotNow(MEANWHILE)
    row.until_date = max(row.from_date, local_date(timezone.now(), of.organisation))
    row.save()
    journal.record(actor=actor, verb="group.end_role", about=of, facts={"role": row.role})


# -- talks among peers -----------------------------------------------------------------------------------------------


@transaction.atomic
def note_session(
    *, actor: Any, group: Group, on_date: dt.date, minutes: int, came: int, themes: Sequence[str] = ()
) -> PeerSession:
    """A talk among peers took place: its week, how long, how many came, what about. Never who, and no word of it."""
    of = held(actor, group, "group.write")
    row: PeerSession = new(PeerSession, actor, of, week_date=_week(of, on_date), minutes=minutes, came=came)
    row.themes = _themes(came, themes)
    row.save()
    journal.record(actor=actor, verb="group.note_session", about=of)
    return row


@transaction.atomic
def change_session(
    *, actor: Any, group: Group, session: PeerSession, on_date: dt.date, minutes: int, came: int, themes: Sequence[str] = ()
) -> None:  # fmt: skip
    """What was written down of a talk is put right."""
    of = held(actor, group, "group.write")
    row = of_group(PeerSession, of, session.pk)
    row.week_date, row.minutes, row.came, row.themes = _week(of, on_date), minutes, came, _themes(came, themes)
    row.save()
    journal.record(actor=actor, verb="group.change_session", about=of)


def _week(group: Group, on_date: dt.date) -> dt.date:
    _check_day(group, on_date, None)
    return on_date - dt.timedelta(days=on_date.weekday())


def _themes(came: int, themes: Sequence[str]) -> list[str]:
    known = [theme for theme in Theme.values if theme in set(themes)]
    if known and came < THEMES_FROM:
        raise NotNow(
            _("With so few, a theme would tell of whom it was. Leave the themes out where fewer than three came."),
            "themes",
        )
    return known
