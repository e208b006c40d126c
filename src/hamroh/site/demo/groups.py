"""Groups of the demonstration: four that an article tells of, with their memoranda, and one that is made up to show the work."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.accounts.zones import local_date
from hamroh.directory.models import AdminUnit, Party
from hamroh.groups import actions
from hamroh.groups.models import Group, Member
from hamroh.kernel import datafiles
from hamroh.vault import journal

FILE = "demo/groups.yml"
MONEY = "TJS"


@dataclass(frozen=True)
class Circle:
    """The house and its people, and the day from which days are counted back."""

    house: Organisation
    runs: User
    leads: User
    told: Mapping[str, Any]
    today: dt.date

    def day(self, back: int) -> dt.date:
        return self.today - dt.timedelta(days=back)


def load_groups() -> None:
    """Write them down through the room's own actions; a house that has groups already is left alone."""
    told = datafiles.document(FILE)
    house = Organisation.objects.get(code=told["house"])
    if Group.objects.filter(organisation=house).exists():
        return
    people = {user.username: user for user in User.objects.filter(memberships__organisation=house)}
    circle = Circle(house, people[told["runs"]], people[told["leads"]], told, local_date(timezone.now(), house))
    with journal.openings("command"), policy.remembered(), transaction.atomic():
        for each in told["groups"]:
            _printed(circle, each)
        _invented(circle, told["invented"])


def _opened(circle: Circle, each: Mapping[str, Any], **more: Any) -> Group:
    about = actions.About(
        kind="mutual_aid", names=each["names"], place=AdminUnit.objects.get(key=each["place"]), founded=each.get("founded", ""), **more
    )  # fmt: skip
    group = actions.open_group(actor=circle.leads, organisation=circle.house, about=about, facilitator=circle.runs)
    actions.move_group(actor=circle.leads, group=group, after="active", before="forming")
    return group


def _printed(circle: Circle, each: Mapping[str, Any]) -> None:
    """A group of the article: its memorandum is signed, and the article prints no date."""
    group = _opened(circle, each, words=circle.told["words"])
    council = Party.objects.filter(key=each["council"]).first()
    told = actions.Agreed(
        partner_kind="council", party=council, partner_name="" if council else each["council"], no_date="not_printed",
        source=circle.told["source"],
    )  # fmt: skip
    actions.enter_memorandum(actor=circle.leads, group=group, told=told, is_signed=True)


def _invented(circle: Circle, told: Mapping[str, Any]) -> None:
    group = _opened(circle, told, meets=told["meets"], words=told["words"], is_invented=True)
    members = [_member(circle, group, each) for each in told["members"]]
    for each in told["talks"]:
        facts = {name: each[name] for name in ("minutes", "came", "themes")}
        actions.note_session(actor=circle.runs, group=group, on_date=circle.day(each["days"]), **facts)
    for each in told["helps"]:
        _help(circle, group, each)
    for each in told["supports"]:
        _support(circle, group, members, each)
    _agreement(circle, group, told)
    for each in told["funding"]:
        _funding(circle, group, each)


def _member(circle: Circle, group: Group, each: Mapping[str, Any]) -> Member:
    row = actions.add_member(
        actor=circle.runs, group=group, alias=each["alias"], sex=each["sex"], age_band=each["age_band"], roles=each.get("roles", ()),
        joined_date=circle.day(each["days"]),
    )  # fmt: skip
    if "left" in each:
        actions.leave_group(actor=circle.runs, group=group, member=row, left_date=circle.day(each["left"]))
    return row


def _help(circle: Circle, group: Group, each: Mapping[str, Any]) -> None:
    row = actions.ask_help(
        actor=circle.runs, group=group, kind=each["kind"], helper=each["helper"], asked_date=circle.day(each["days"]),
        words=each["words"],
    )  # fmt: skip
    actions.move_help(
        actor=circle.runs, group=group, help=row, after=each["after"], before="asked", outcome=each.get("outcome", "")
    )


def _support(circle: Circle, group: Group, members: list[Member], each: Mapping[str, Any]) -> None:
    value = Decimal(each["value"]) if "value" in each else None
    given = actions.Given(
        kind=each["kind"], terms=each["terms"], member=members[each["member"] - 1], giver_words=each["giver"], value=value,
        currency=MONEY if value is not None else "", no_value="" if value is not None else "not_printed", words=each["words"],
        due=circle.day(each["days"]) if "days" in each else None,
    )  # fmt: skip
    row = actions.give_support(actor=circle.runs, group=group, told=given)
    for paid in each.get("back", ()):
        actions.repay(
            actor=circle.runs, group=group, support=row, on_date=circle.day(paid["days"]), amount=Decimal(paid["amount"]), currency=MONEY
        )  # fmt: skip
    for seen in each.get("visits", ()):
        actions.visit(
            actor=circle.runs, group=group, support=row, on_date=circle.day(seen["days"]), income=Decimal(seen["income"]), currency=MONEY,
            paid_for=seen["paid_for"], words=seen["words"],
        )  # fmt: skip


def _agreement(circle: Circle, group: Group, told: Mapping[str, Any]) -> None:
    each = told["memorandum"]
    agreed = actions.Agreed(
        partner_kind=each["kind"], partner_name=each["name"], signed=each["signed"], until_date=circle.day(each["until"]),
        review_date=circle.day(each["review"]),
    )  # fmt: skip
    row = actions.enter_memorandum(actor=circle.runs, group=group, told=agreed, is_signed=True)
    for owed in told["owed"]:
        line = actions.add_obligation(
            actor=circle.runs, group=group, memorandum=row, side=owed["side"], words=owed["words"], due_date=circle.day(owed["due"])
        )  # fmt: skip
        if owed.get("done"):
            actions.settle_obligation(actor=circle.runs, group=group, obligation=line, how="done")


def _funding(circle: Circle, group: Group, each: Mapping[str, Any]) -> None:
    asking = actions.Asking(
        title=each["title"], funder_name=each["funder"], asked=Decimal(each["asked"]), currency=MONEY,
        deadline_date=circle.day(each["deadline"]) if "deadline" in each else None,
    )  # fmt: skip
    row = actions.draft_application(actor=circle.runs, group=group, told=asking)
    if "granted" in each:
        actions.move_application(actor=circle.runs, group=group, application=row, after="sent", before="drafted")
        actions.move_application(
            actor=circle.runs, group=group, application=row, after="granted", before="sent", granted=Decimal(each["granted"]),
            report_date=circle.day(each["report"]),
        )  # fmt: skip
