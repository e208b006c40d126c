"""Who works with groups in tests: a mutual-aid group near Vakhsh that Sitora runs, with members known by alias."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cases_trafficking import unlocked, with_keys
from cases_world import Office, open_office
from desk_world import TODAY, employ
from hamroh.accounts.models import Organisation, Role, User
from hamroh.directory.models import AdminUnit, UnitAncestor
from hamroh.groups import actions
from hamroh.groups.actions import places as shelter
from hamroh.groups.models import (
    Application,
    CommunityHelp,
    Group,
    Member,
    Memorandum,
    Obligation,
    PeerSession,
    ShelterPlace,
    Support,
)

#: told in a group, so that it must be found where it is read and nowhere else
ALIAS, MEETS, LINE = "Zwqxalias", "Zwqxmeets: at the mill, on Fridays", "Zwqxline: he came back at night"
#: told of a place to stay, so that it must be found in no other place at all
HOST, WHERE, TOLD, STAYED = "Zwqxhost", "Zwqxwhere: the blue door", "Zwqxtold: knock twice", "Zwqxstayed: two children"


@dataclass(frozen=True)
class Circle:
    """An office with two facilitators, a monitor and a programme manager; a facilitator of another organisation."""

    office: Office
    sitora: User  #: facilitator of the group
    parvina: User  #: facilitator of no group yet
    daler: User  #: monitor
    lola: User  #: programme manager
    vusala: User  #: facilitator of the other organisation
    vakhsh: AdminUnit
    khatlon: AdminUnit

    @property
    def house(self) -> Organisation:
        return self.office.centre

    @property
    def manizha(self) -> User:
        """Supervisor."""
        return self.office.manizha

    @property
    def zebo(self) -> User:
        """Social worker."""
        return self.office.zebo

    @property
    def farzona(self) -> User:
        """Lawyer."""
        return self.office.farzona


def places() -> tuple[AdminUnit, AdminUnit]:
    """A district in its region, as the gazetteer has them."""
    known = {"level": "region", "certainty": "B"}
    khatlon = AdminUnit.objects.create(
        key="tj-kt", code=4120, names={"en": "Khatlon", "tg": "Хатлон"}, iso="TJ-KT", **known
    )
    vakhsh = AdminUnit.objects.create(
        key="tj-kt-vakhsh", code=5820, names={"en": "Vakhsh", "tg": "Вахш", "ru": "Вахш"}, parent=khatlon, latitude=37.71, longitude=68.83,
        **known | {"level": "district"},
    )  # fmt: skip
    for unit, ancestor, distance in ((khatlon, khatlon, 0), (vakhsh, vakhsh, 0), (vakhsh, khatlon, 1)):
        UnitAncestor.objects.create(unit=unit, ancestor=ancestor, distance=distance)
    return vakhsh, khatlon


def open_circle() -> Circle:
    office = open_office()
    Organisation.objects.update(zone="Asia/Dushanbe")
    office.centre.refresh_from_db()
    office.other.refresh_from_db()
    vakhsh, khatlon = places()
    return Circle(
        office, employ("sitora", office.centre, Role.FACILITATOR), employ("parvina", office.centre, Role.FACILITATOR),
        employ("daler", office.centre, Role.MONITOR), employ("lola", office.centre, Role.PROGRAMME_MANAGER),
        employ("vusala", office.other, Role.FACILITATOR), vakhsh, khatlon,
    )  # fmt: skip


def gathered(circle: Circle, *, actor: Any = None, **more: Any) -> Group:
    """The group that Sitora runs; it meets."""
    about = {
        "kind": "mutual_aid", "names": {"en": "Women of the mill", "tg": "Занони осиёб"}, "place": circle.vakhsh, "founded": "2023",
        "meets": MEETS, "words": LINE,
    }  # fmt: skip
    who = actor or circle.sitora
    house = more.pop("organisation", circle.house)
    group = actions.open_group(actor=who, organisation=house, about=actions.About(**about | more))
    actions.move_group(actor=who, group=group, after="active", before="forming")
    group.refresh_from_db()
    return group


def joined(circle: Circle, group: Group, alias: str = ALIAS, **more: Any) -> Member:
    facts = {"sex": "f", "age_band": "30_44", "joined_date": TODAY - dt.timedelta(days=90)}
    return actions.add_member(actor=circle.sitora, group=group, alias=alias, **facts | more)


def with_members(circle: Circle, count: int = 5, **more: Any) -> tuple[Group, list[Member]]:
    """A group with so many members; the first is its treasurer."""
    group = gathered(circle, **more)
    return group, [
        joined(circle, group, f"{ALIAS}{number}", roles=["treasurer"] if number == 1 else [])
        for number in range(1, count + 1)
    ]


def talked(circle: Circle, group: Group, **more: Any) -> PeerSession:
    facts = {"on_date": TODAY, "minutes": 90, "came": 7, "themes": ["alimony", "grief"]}
    return actions.note_session(actor=circle.sitora, group=group, **facts | more)


def agreed(
    circle: Circle, group: Group, *, is_signed: bool = True, renews: Memorandum | None = None, **more: Any
) -> Memorandum:
    facts = {
        "partner_kind": "council", "partner_name": "Council of Vakhsh", "signed": "2023-05", "from_date": dt.date(2023, 6, 1),
        "until_date": dt.date(2027, 5, 31), "review_date": TODAY + dt.timedelta(days=10),
    }  # fmt: skip
    told = actions.Agreed(**facts | more)
    return actions.enter_memorandum(actor=circle.sitora, group=group, told=told, is_signed=is_signed, renews=renews)


def owed(circle: Circle, group: Group, memorandum: Memorandum, **more: Any) -> Obligation:
    facts = {"side": "theirs", "words": "A room for the meetings", "due_date": TODAY - dt.timedelta(days=3)}
    return actions.add_obligation(actor=circle.sitora, group=group, memorandum=memorandum, **facts | more)


def asked(circle: Circle, group: Group, **more: Any) -> CommunityHelp:
    facts = {"kind": "house", "helper": "police", "asked_date": TODAY, "words": LINE}
    return actions.ask_help(actor=circle.sitora, group=group, **facts | more)


def given(circle: Circle, group: Group, member: Member | None = None, **more: Any) -> Support:
    facts = {
        "kind": "greenhouse", "terms": "loan", "member": member, "on_date": "2024-03", "giver_words": "A farmer", "value": Decimal(1200),
        "currency": "TJS", "words": LINE,
    }  # fmt: skip
    return actions.give_support(actor=circle.sitora, group=group, told=actions.Given(**facts | more))


def applied(circle: Circle, group: Group, **more: Any) -> Application:
    facts = {
        "title": "A greenhouse for the group", "funder_name": "A fund", "asked": Decimal("25000.50"), "currency": "TJS",
        "deadline_date": TODAY + dt.timedelta(days=7), "words": LINE,
    }  # fmt: skip
    return actions.draft_application(actor=circle.sitora, group=group, told=actions.Asking(**facts | more))


def sheltered(circle: Circle, *, actor: Any = None, group: str = "", capacity: int = 3) -> ShelterPlace:
    """A place that opens to its writer alone."""
    who = actor or circle.sitora
    with_keys(circle.office, who)
    room = shelter.Room(host=HOST, capacity=capacity, where=WHERE, group=group, words=TOLD)
    with unlocked(who):
        return shelter.hide_place(actor=who, organisation=circle.house, room=room)


def stays(circle: Circle, place: ShelterPlace, referral: str, *, people: int = 2, actor: Any = None) -> None:
    """Somebody is taken in on a referral."""
    who = actor or circle.sitora
    staying = shelter.Staying(referral=referral, people=people, from_date=TODAY, words=STAYED)
    with unlocked(who):
        shelter.begin_stay(actor=who, place=place, staying=staying)
