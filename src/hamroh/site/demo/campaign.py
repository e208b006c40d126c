"""Work in the field in the demonstration: a campaign of 25 areas and 15 organisations with its report, and two days of advice."""

import datetime as dt
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.accounts.zones import local_date
from hamroh.cases import figuresets
from hamroh.cases.actions import figures
from hamroh.directory.models import AdminUnit, Party, PartyKind
from hamroh.fieldwork import outcomes
from hamroh.fieldwork.actions import campaigns, carrying, days, equipping, forming, receiving, reviewing
from hamroh.fieldwork.actions.campaigns import Plan, Planned
from hamroh.fieldwork.exchange import xlsforms
from hamroh.fieldwork.models import Campaign, FieldDay, FormVersion, Purpose
from hamroh.fieldwork.selectors import campaigns as reads
from hamroh.kernel import datafiles
from hamroh.vault import journal

FILE = "demo/campaign.yml"
#: which question of the form fills which field of a visit
_FILLS = {"on_date": "/data/visit/visit_date", "kind": "/data/visit/kind", "interviews": "/data/pupil"}


@dataclass(frozen=True)
class _Field:
    """Who does it, where, and what the file says."""

    house: Organisation
    staff: Mapping[str, User]
    told: Mapping[str, Any]
    today: dt.date

    def who(self, part: str) -> User:
        return self.staff[self.told[part]]

    def ago(self, count: int) -> dt.date:
        return self.today - dt.timedelta(days=count)


def count() -> int:
    told = datafiles.document(FILE)
    return len(told["areas"]) + len(told["days"])


def load_campaign(tick: Callable[[], None]) -> None:
    """Through the room's own actions; a house that has a campaign already is left alone."""
    told = datafiles.document(FILE)
    house = Organisation.objects.get(code=told["house"])
    if Campaign.objects.filter(organisation=house).exists():
        return
    staff = {user.username: user for user in User.objects.filter(memberships__organisation=house)}
    field = _Field(house, staff, told, local_date(timezone.now(), house))
    with journal.openings("command"), policy.remembered(), transaction.atomic():
        version = _form(field)
        row = _planned(field, version)
        _visited(field, row, version, tick)
        _found(field, row)
        _ended(field, row, version)
        for each in told["days"]:
            _day(field, each)
            tick()


def _form(field: _Field) -> FormVersion:
    content = (files("hamroh.data") / "demo" / field.told["form"]).read_bytes()
    made = xlsforms.make(content)
    version = forming.bring(
        actor=field.who("planned_by"), organisation=field.house, brought=forming.Brought(made.xml, made.remarks, sheet=content),
        meant=forming.Meant(Purpose.VISIT, about_children=True, blurs_faces=True),
    )  # fmt: skip
    version.form.titles = dict(field.told["form_titles"])
    version.form.save(update_fields=["titles"])
    forming.move(actor=field.who("planned_by"), version=version, after="open")
    return version


def _planned(field: _Field, version: FormVersion) -> Campaign:
    told, planner = field.told, field.who("planned_by")
    texts = {name: told[name] for name in ("titles", "questions", "remarks")}
    plan = Plan(**texts, from_date=field.ago(told["began"]), until_date=field.ago(told["ended"]), asked=told["asked"])
    row = campaigns.plan_campaign(actor=planner, organisation=field.house, plan=plan, forms=[version.form])
    places = AdminUnit.objects.in_bulk(told["areas"], field_name="key")
    parties = _parties(told["organisations"], field.today)
    areas = [
        Planned(
            places[key], parties[at % len(parties)] if parties else None, told["visits_planned"], told["talks_planned"]
        )
        for at, key in enumerate(told["areas"])
    ]
    campaigns.set_areas(actor=planner, campaign=row, areas=areas)
    campaigns.set_team(actor=planner, campaign=row, people=[planner, field.who("monitor"), field.who("supervisor")])
    campaigns.move_campaign(actor=planner, campaign=row, after="running")
    outcome = outcomes.of("visit")
    assert outcome is not None
    carrying.keep_mapping(actor=field.who("supervisor"), form=version.form, outcome=outcome, fields=_FILLS)
    return Campaign.objects.get(pk=row.pk)


def _parties(wanted: int, today: dt.date) -> list[Party]:
    """Organisations of the directory in the country, as the directory has them: which ones went is said nowhere."""
    rows = Party.objects.public(today).filter(country__key="tj", kind=PartyKind.REGISTERED_NGO).order_by("code")
    return list(rows[:wanted])


def _visited(field: _Field, row: Campaign, version: FormVersion, tick: Callable[[], None]) -> None:
    """Filled forms as a device sends them, looked at and carried into the campaign."""
    chance = random.Random(field.told["seed"])  # noqa: S311 - the same invented numbers everywhere
    device = equipping.make_device(
        actor=field.who("supervisor"), organisation=field.house, holder=field.who("monitor"), label="Tablet 1"
    ).device
    outcome = outcomes.of("visit")
    assert outcome is not None
    for key in field.told["areas"]:
        for _turn in range(chance.choice((1, 1, 2, 2, 3))):
            day, pupils = field.ago(chance.randint(field.told["ended"], field.told["began"])), chance.randint(6, 11)
            kind = chance.choice(("school", "school", "field", "household"))
            xml = _filled(version, key, day, pupils, kind, chance)
            receipt = receiving.receive(device=device, xml=xml, files={})
            sent = reviewing.review(actor=field.who("supervisor"), submission=receipt.submission, after="approved")
            values = {"on_date": day.isoformat(), "kind": kind, "interviews": str(pupils)}
            carrying.carry(
                actor=field.who("supervisor"), submission=sent, outcome=outcome, values=values, chosen=row.code
            )
        tick()


def _filled(version: FormVersion, key: str, day: dt.date, pupils: int, kind: str, chance: random.Random) -> bytes:  # noqa: PLR0917
    enrolled = chance.randint(22, 31)
    present = enrolled - chance.choice((0, 1, 2, 2, 3, 5, 9))
    asked = "".join(_pupil(chance) for _turn in range(pupils))
    absent = (
        f"<absent_reason>{chance.choice(('ill', 'home', 'cotton', 'cotton ill'))}</absent_reason>"
        if present < enrolled
        else ""
    )
    name = UUID(int=chance.getrandbits(128), version=4)
    return (
        f'<?xml version="1.0"?><data id="cotton_visit" version="{version.version}" xmlns:orx="http://openrosa.org/xforms">'
        f"<start>{day}T08:00:00.000+05:00</start><end>{day}T11:00:00.000+05:00</end><today>{day}</today>"
        f"<visit><visit_date>{day}</visit_date><kind>{kind}</kind><district>{key}</district></visit>"
        f"<field><at_field>yes</at_field><adults>{chance.randint(8, 40)}</adults><children>{chance.choice((0, 0, 0, 1, 2, 4))}</children></field>"
        f"<school><enrolled>{enrolled}</enrolled><present>{present}</present>{absent}</school>{asked}"
        f"<n_pupils>{pupils}</n_pupils><followup>no</followup>"
        f"<orx:meta><orx:instanceID>uuid:{name}</orx:instanceID></orx:meta></data>"
    ).encode()


def _pupil(chance: random.Random) -> str:
    if chance.random() < 0.07:  # their parents were not there to be asked
        return f"<pupil><sex>{chance.choice('fm')}</sex><age>{chance.randint(11, 17)}</age><consent>child</consent></pupil>"
    need = chance.choices(("always", "some", "no", "unknown"), (14, 37, 41, 8))[0]
    picked = chance.random() < {"always": 0.6, "some": 0.3}.get(need, 0.05)
    days = (
        f"<days>{chance.randint(1, 14)}</days><who_made>{chance.choice(('self', 'parent', 'parent', 'farm'))}</who_made>"
        if picked
        else ""
    )
    return (
        f"<pupil><sex>{chance.choice('fm')}</sex><age>{chance.randint(11, 17)}</age><consent>both</consent><need_help>{need}</need_help>"
        f"<picked>{'yes' if picked else 'no'}</picked>{days}</pupil>"
    )


def _found(field: _Field, row: Campaign) -> None:
    for told in field.told["findings"]:
        place = AdminUnit.objects.get(key=told["area"])
        finding = campaigns.add_finding(
            actor=field.who("monitor"), campaign=row, severity=told["severity"], words=told["words"], place=place
        )
        if "done" in told:
            follow = campaigns.follow_up(
                actor=field.who("supervisor"), campaign=row, words=told["done"], person=field.who("monitor"),
                until_date=field.ago(-10), finding=finding,
            )  # fmt: skip
            if told.get("ended"):
                campaigns.end_follow_up(actor=field.who("monitor"), follow=follow)


def _ended(field: _Field, row: Campaign, version: FormVersion) -> None:
    """The form is closed, the answers to its question are let out as figures, the report is frozen."""
    planner = field.who("planned_by")
    for after in ("closing", "closed"):
        forming.move(actor=planner, version=FormVersion.objects.get(pk=version.pk), after=after)
    campaigns.move_campaign(actor=planner, campaign=row, after="over")
    _let_out(field, {"form": version.form.code, "question": field.told["asked"]})
    done = Campaign.objects.select_related("organisation").get(pk=row.pk)
    campaigns.freeze_report(actor=planner, campaign=done, content=reads.report_content(campaign=done))


def _let_out(field: _Field, codes: Mapping[str, Any]) -> None:
    """The answers to a question, through the register of figures."""
    of, who = figuresets.of("answers"), field.who("supervisor")
    assert of is not None
    wish = of.wish_of(codes)
    judged = figures.judged(actor=who, organisation=field.house, of=of, wish=wish)
    figures.release_figures(actor=who, organisation=field.house, of=of, wish=wish, mark=judged.mark, audience="public")


def _day(field: _Field, told: Mapping[str, Any]) -> None:
    lead = field.staff[told["by"]]
    team = [field.staff[name] for name in told["with"]]
    place = AdminUnit.objects.get(key=told["place"])
    day = days.plan_day(
        actor=lead, organisation=field.house, place=place, spot=told["spot"], on_date=field.ago(told["ago"]), team=team
    )
    days.begin_day(actor=lead, day=day)
    for topic, who in _taps(told["tally"]):
        days.tap(actor=lead, day=day, topic=topic, who=who)
    for code, times in told["said"].items():
        for _turn in range(times):
            days.talk(actor=lead, day=day, topic="other", said=[code])
    if told["close"]:
        days.close_day(actor=lead, day=FieldDay.objects.get(pk=day.pk))


def _taps(tally: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[str, str]]:
    return ((topic, who) for topic, counts in tally.items() for who, times in counts.items() for _turn in range(times))
