"""What an issue may tell of, found where it happened: proposed, never taken by itself. Only what the editor may read herself is proposed."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from hamroh.accounts import policy
from hamroh.bulletins import figures
from hamroh.bulletins.models import Issue, Kind, Look, Section
from hamroh.directory import selectors as directory
from hamroh.emergencies.models import IssuedAlert, Status
from hamroh.fieldwork.models import Campaign
from hamroh.groups.models import Memorandum
from hamroh.pages.models import Allowed, Story
from hamroh.projects.models import PartyRole, Project, ProjectParty, Visible
from hamroh.statistics.released import ReleasedTable
from hamroh.training.models import Bearing, Borne, Gathering, Round
from hamroh.web import dates
from hamroh.web.texts import LANGUAGES, pick

MOST = 60


@dataclass(frozen=True)
class Proposal:
    """A section that may be taken. ``ref`` names what it grew from; ``hint`` is for the editor alone."""

    kind: str
    ref: str
    titles: Mapping[str, str]
    texts: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    story: Any = None
    hint: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.ref}"

    @property
    def kind_word(self) -> str:
        return str(Kind(self.kind).label)


def proposed(*, actor: Any, issue: Issue) -> list[Proposal]:
    """Everything that is not in the issue yet, in the order in which a bulletin tells it."""
    policy.require(actor, "bulletin.see", issue)
    taken = set(Section.objects.filter(issue=issue).values_list("kind", "ref"))
    found = (each for find in _WAYS for each in find(actor, issue))
    return [each for each in found if (each.kind, each.ref) not in taken][:MOST]


def proposal_of(*, actor: Any, issue: Issue, key: str) -> Proposal | None:
    """One of them; None where it is proposed no more."""
    return next((each for each in proposed(actor=actor, issue=issue) if each.key == key), None)


def _within(issue: Issue, value: str) -> bool:
    """Whether a day, a month or a year touches the period."""
    if not value:
        return False
    first, last = f"{issue.from_date:%Y-%m-%d}"[: len(value)], f"{issue.until_date:%Y-%m-%d}"[: len(value)]
    return first <= value <= last


def _rounds(actor: Any, issue: Issue) -> Iterator[Proposal]:
    rows = policy.visible(actor, "round.see", Round.objects.filter(organisation=issue.organisation, state="held"))
    for row in rows.select_related("course", "place").order_by("starts", "pk"):
        if _within(issue, row.ends or row.starts):
            texts = {lang: _round_words(row, lang) for lang in LANGUAGES}
            yield Proposal(Kind.TRAINING, row.code, row.course.names, texts, source=row.source)


def _round_words(row: Round, lang: str) -> str:
    """What was taught, where and when. How many came is a figure, and leaves as one."""
    place = str(pick(row.place.names, lang)) if row.place else row.spot
    when = dates.partial(row.ends or row.starts, lang)
    about = str(pick(row.course.objectives, lang))
    return "\n".join(part for part in (", ".join(filter(None, (place, when))) + ".", about) if part.strip(". "))


def _gatherings(_actor: Any, issue: Issue) -> Iterator[Proposal]:
    public = Gathering.objects.filter(organisation=issue.organisation, is_public=True)
    for row in public.select_related("place").order_by("on_date", "pk"):
        if _within(issue, row.on_date):
            yield Proposal(Kind.GATHERING, row.code, row.titles, row.abouts, source=row.source)


def _campaigns(actor: Any, issue: Issue) -> Iterator[Proposal]:
    rows = Campaign.objects.filter(
        organisation=issue.organisation, from_date__lte=issue.until_date, until_date__gte=issue.from_date
    )
    for row in policy.visible(actor, "campaign.see", rows).order_by("from_date", "pk"):
        yield Proposal(Kind.CAMPAIGN, row.code, row.titles, row.questions)


def _memoranda(actor: Any, issue: Issue) -> Iterator[Proposal]:
    """How many were signed, by no name: a group may not want to be found."""
    rows = Memorandum.objects.filter(organisation=issue.organisation).exclude(signed_date="")
    days = policy.visible(actor, "group.see", rows).values_list("signed_date", flat=True)
    if count := sum(_within(issue, day) for day in days):
        titles, texts = {}, {}
        for lang in LANGUAGES:
            with override(lang):
                titles[lang] = _("What groups agreed")
                texts[lang] = ngettext(
                    "Mutual-aid groups signed %(count)s memorandum with councils and offices near them.",
                    "Mutual-aid groups signed %(count)s memoranda with councils and offices near them.", count,
                ) % {"count": dates.number(count, lang)}  # fmt: skip
        yield Proposal(Kind.GROUPS, "memoranda", titles, texts)


def _exercises(_actor: Any, issue: Issue) -> Iterator[Proposal]:
    rows = IssuedAlert.objects.filter(
        organisation=issue.organisation,
        status=Status.EXERCISE,
        sent_at__date__range=(issue.from_date, issue.until_date),
    )
    for row in rows.order_by("sent_at"):
        texts = row.content.get("texts", {})
        yield Proposal(
            Kind.EXERCISE, row.code, {lang: each.get("headline", "") for lang, each in texts.items()},
            {lang: each.get("description", "") for lang, each in texts.items()},
        )  # fmt: skip


def _tables(_actor: Any, issue: Issue) -> Iterator[Proposal]:
    for row in figures.released(issue.organisation):
        titles, unit = {}, {}
        for lang in LANGUAGES:
            with override(lang):
                table = ReleasedTable.of(row)
                titles[lang], unit[lang] = table.title, table.unit
        told = {"look": Look.BARS, "release": str(row.pk), "unit": unit}
        yield Proposal(Kind.FIGURES, str(row.pk), titles, figures=told, hint=row.digest[:12])


def _stories(_actor: Any, issue: Issue) -> Iterator[Proposal]:
    """Stories of the house whose narrators allow it today; the words themselves stay where they are."""
    rows = Story.objects.filter(organisation=issue.organisation, withdrawn_at=None).order_by("-made_at")[:100]
    for row in rows:
        if row.may_be_used(Allowed.BULLETIN):
            words = str(pick(row.texts, "en"))
            yield Proposal(Kind.STORY, str(row.pk), {}, story=row.pk, hint=words[:80])


def _projects(_actor: Any, issue: Issue) -> Iterator[Proposal]:
    """Public ones that began or ended."""
    for row in _public_projects(issue).order_by("first_year", "pk"):
        if _within(issue, row.starts) or _within(issue, row.ends):
            yield Proposal(Kind.PROJECT, row.code, row.titles, row.abouts, source=row.source)


def _public_projects(issue: Issue) -> Any:
    return Project.objects.filter(organisation=issue.organisation, visibility=Visible.PUBLIC, stopped_date="")


def _donors(_actor: Any, issue: Issue) -> Iterator[Proposal]:
    """Who pays for rounds of the period and for public projects that went on in it; who is hidden there is not named here."""
    rows = Borne.objects.filter(round__organisation=issue.organisation, bearing=Bearing.DONOR, round__state="held")
    parties = {
        row.party.pk: row.party for row in rows.select_related("party", "round").order_by("pk")
        if _within(issue, row.round.ends or row.round.starts)
    }  # fmt: skip
    going_on = (
        _public_projects(issue)
        .filter(first_year__lte=issue.until_date.year)
        .exclude(last_year__lt=issue.from_date.year)
    )
    funding = ProjectParty.objects.filter(
        project__in=going_on, role=PartyRole.FUNDING, is_hidden=False, party__isnull=False
    )
    parties |= {row.party.pk: row.party for row in funding.select_related("party").order_by("pk") if row.party}
    if parties:
        yield Proposal(Kind.DONORS, "donors", _in_each("Who pays for it"), _names(parties.values()))


def _names(parties: Any) -> dict[str, str]:
    rows = list(parties)
    return {lang: "\n".join(str(pick(each.names, lang)) for each in rows) for lang in LANGUAGES}


def _in_each(which: str) -> dict[str, str]:
    found = {}
    for lang in LANGUAGES:
        with override(lang):
            found[lang] = {"Who pays for it": _("Who pays for it"), "Contacts": _("How to reach us")}[which]
    return found


def _contacts(actor: Any, issue: Issue) -> Iterator[Proposal]:
    """The organisation's own public entry of the directory."""
    row = directory.public_parties(actor=actor).filter(tenant=issue.organisation).prefetch_related("channels").first()
    if row is not None:
        lines = "\n".join(each.value for each in row.channels.all())
        yield Proposal(
            Kind.CONTACTS, "contacts", _in_each("Contacts"),
            {lang: f"{pick(row.names, lang)}\n{lines}".strip() for lang in LANGUAGES},
        )  # fmt: skip


_WAYS = (_rounds, _gatherings, _campaigns, _projects, _memoranda, _exercises, _tables, _stories, _donors, _contacts)


def today_half(today: dt.date) -> tuple[dt.date, dt.date]:
    """The last half-year that is over: what a new issue is proposed to tell of."""
    if today.month > 6:
        return dt.date(today.year, 1, 1), dt.date(today.year, 6, 30)
    return dt.date(today.year - 1, 7, 1), dt.date(today.year - 1, 12, 31)
