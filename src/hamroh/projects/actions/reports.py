"""Reports to donors: begun, written, proposed by one person, approved by another and frozen; corrected by a new version; given to a donor."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.models import Membership, Organisation, RecordGrant, Role, User
from hamroh.accounts.policy.facts import kind_of
from hamroh.kernel import reporting
from hamroh.projects.actions.frame import MEANWHILE, NotNow, guard
from hamroh.projects.models import DonorReport, FrozenReport, Project
from hamroh.projects.reports import gathering
from hamroh.projects.reports.templates import TEMPLATES, template
from hamroh.projects.states import ReportLife
from hamroh.vault import journal
from hamroh.web.texts import LANGUAGES

#: how many signs a section has in one language, and for how many days at most a report is lent
LONGEST, MOST_DAYS = 20_000, 1100
#: what a report is lent for
READ = "donorreport.read"
#: roles with which somebody of another organisation reads a report that was lent; in our own only a donor
READERS = (Role.DONOR, Role.PARTNER_GUEST, Role.PROGRAMME_MANAGER, Role.SUPERVISOR)


@dataclass(frozen=True)
class ReportTold:
    """What is said of a report when it is begun; ``starts`` and ``ends`` may be known to the month or year."""

    template: str
    starts: str
    ends: str
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Contents:
    """What stands in a report beside its words: stories and released tables by id, and what is left out of its template."""

    stories: tuple[str, ...]
    tables: tuple[str, ...]
    left_out: tuple[str, ...]


@transaction.atomic
def begin_report(*, actor: Any, project: Project, told: ReportTold) -> DonorReport:
    """A draft on a period of a project. What the project's risks are is left out until somebody puts it in."""
    guard(actor, "donorreport.write", project)
    _check_told(told)
    row = DonorReport.objects.create(
        organisation_id=project.organisation_id, project=project, made_by=actor, titles=project.titles,
        left_out=["risks"] if "risks" in template(told.template).draws else [], **_columns(told),
    )  # fmt: skip
    journal.record(
        actor=actor, verb="donorreport.begin", about=row, facts={"project": project.code, "template": told.template}
    )
    return row


@transaction.atomic
def change_report(*, actor: Any, report: DonorReport, told: ReportTold, seen: dt.datetime | None) -> None:
    """Another period, other languages or another template of a draft; words of sections that the new template lacks stay unseen."""
    row = _draft(actor, report, seen)
    _check_told(told)
    _save(row, **_columns(told))
    journal.record(actor=actor, verb="donorreport.change", about=row, facts={"template": told.template})


@transaction.atomic
def write_section(
    *, actor: Any, report: DonorReport, section: str, words: Mapping[str, str], seen: dt.datetime | None
) -> None:
    """The officer's own words of one section, by language."""
    row = _draft(actor, report, seen)
    if section not in {each.code for each in template(row.template).sections}:
        raise policy.Refused("no such section")
    said = {lang: text.strip() for lang, text in words.items() if lang in LANGUAGES and text.strip()}
    if any(len(text) > LONGEST for text in said.values()):
        raise NotNow(_("That is too long for one section."), "words")
    _save(row, words={**row.words, section: said})
    journal.record(
        actor=actor, verb="donorreport.write", about=row, facts={"section": section, "languages": sorted(said)}
    )


@transaction.atomic
def choose_contents(*, actor: Any, report: DonorReport, contents: Contents, seen: dt.datetime | None) -> None:
    """Which stories and released tables stand in a draft, and what is left out of it."""
    row = _draft(actor, report, seen)
    _save(row, **{name: list(each) for name, each in asdict(contents).items()})
    facts = {name: len(each) for name, each in asdict(contents).items()}
    journal.record(actor=actor, verb="donorreport.choose", about=row, facts=facts)


@transaction.atomic
def propose_report(*, actor: Any, report: DonorReport, seen: dt.datetime | None) -> None:
    """Ask a second person to approve; refused while something stands in the way."""
    row = _draft(actor, report, seen)
    if any(each.stops for each in findings(row, gathering.composed(row, actor=actor))):
        raise NotNow(_("Something still stands in the way. It is listed above."))
    _move(row, "proposed", proposed_by=actor, proposed_at=timezone.now(), sent_back="")
    journal.record(actor=actor, verb="donorreport.propose", about=row, facts={})


@transaction.atomic
def send_back(*, actor: Any, report: DonorReport, words: str) -> None:
    """Back to who writes it, with a word why; also how a proposal is taken back by who made it."""
    row = _held(actor, report, "donorreport.approve")
    _move(row, "draft", proposed_by=None, proposed_at=None, sent_back=words.strip()[:500])
    journal.record(actor=actor, verb="donorreport.send_back", about=row, facts={})


@transaction.atomic
def approve_report(*, actor: Any, report: DonorReport, mark: str) -> FrozenReport:
    """Freeze what was read: ``mark`` is the digest of the content that the second person had before her."""
    row = _held(actor, report, "donorreport.approve")
    if row.proposed_by_id == actor.pk:
        raise NotNow(_("Somebody else must approve what you proposed."))
    content = gathering.composed(row, actor=actor)
    if any(each.stops for each in findings(row, content)):
        raise NotNow(_("Something still stands in the way. It is listed above."))
    plain = reporting.canonical(content)
    if mark != reporting.digest(plain):
        raise NotNow(_("A figure or a word changed while you were reading. Read it once more, then approve."))
    now = timezone.now()
    _move(row, "approved", approved_by=actor, approved_at=now, titles=content["project"]["titles"])
    frozen = FrozenReport(
        organisation_id=row.organisation_id, report=row, content=plain, digest=reporting.digest(plain), frozen_at=now
    )
    frozen.save()
    if row.corrects_id:
        DonorReport.objects.filter(pk=row.corrects_id, state="approved").update(state="replaced", changed_at=now)
    journal.record(
        actor=actor, verb="donorreport.approve", about=row, facts={"version": row.version, "digest": frozen.digest}
    )
    return frozen


@transaction.atomic
def drop_report(*, actor: Any, report: DonorReport) -> None:
    """Give a draft up."""
    row = _held(actor, report, "donorreport.write")
    _move(row, "dropped")
    journal.record(actor=actor, verb="donorreport.drop", about=row, facts={})


@transaction.atomic
def correct_report(*, actor: Any, report: DonorReport) -> DonorReport:
    """The next version of an approved report, as a draft with the same words; the approved one stays as it is until the new one is approved."""
    row = _held(actor, report, "donorreport.write")
    if row.state != "approved":
        raise NotNow(MEANWHILE)
    try:
        with transaction.atomic():
            made = DonorReport.objects.create(
                organisation_id=row.organisation_id, project_id=row.project_id, code=row.code, version=row.version + 1, corrects=row,
                template=row.template, starts=row.starts, ends=row.ends, languages=row.languages, words=row.words, stories=row.stories,
                tables=row.tables, left_out=row.left_out, titles=row.titles, made_by=actor,
            )  # fmt: skip
    except IntegrityError:
        raise NotNow(_("A correction of this report was begun already.")) from None
    journal.record(actor=actor, verb="donorreport.correct", about=made, facts={"version": made.version})
    return made


# -- donors ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def give_report(
    *, actor: Any, report: DonorReport, username: str, organisation: Organisation, until: dt.date
) -> RecordGrant:
    """Lend an approved report to one person, of another organisation or a donor in ours, until the end of a day."""
    row = _held(actor, report, "donorreport.write")
    if not row.is_frozen:
        raise NotNow(_("Only an approved report is given to anybody."))
    today = timezone.localdate()
    if not today <= until <= today + dt.timedelta(days=MOST_DAYS):
        raise NotNow(_("Choose a day that is yet to come, at most three years from now."), "until")
    user = _reader(username, organisation, row)
    if user is None:
        raise NotNow(_("Nobody of this user name can read reports for that organisation."), "username")
    ends_at = timezone.make_aware(dt.datetime.combine(until + dt.timedelta(days=1), dt.time.min))
    grant = RecordGrant.objects.create(
        record_kind=kind_of(row), record_id=str(row.pk), organisation_id=row.organisation_id, to_organisation=organisation, to_user=user,
        verbs=[READ], ends_at=ends_at,
    )  # fmt: skip
    facts = {"grant": str(grant.pk), "to": str(organisation.pk), "verbs": [READ], "until": ends_at.isoformat()}
    journal.record(actor=actor, verb="access.grant", about=row, facts=facts)
    policy.forget()
    return grant


@transaction.atomic
def take_report_back(*, actor: Any, report: DonorReport, grant: UUID) -> None:
    """The report opens no more for whom it was lent to."""
    row = _held(actor, report, "donorreport.write")
    rows = RecordGrant.objects.filter(pk=grant, record_kind=kind_of(row), record_id=str(row.pk), revoked_at=None)
    if rows.update(revoked_at=timezone.now()):
        journal.record(actor=actor, verb="access.take_back", about=row, facts={"grant": str(grant)})
    policy.forget()


def _reader(username: str, organisation: Organisation, row: DonorReport) -> User | None:
    """Somebody whose role there opens what is lent: in our own organisation a donor's alone, the others read it anyhow."""
    roles = (Role.DONOR,) if organisation.pk == row.organisation_id else READERS
    held = Membership.objects.current().filter(organisation=organisation, role__in=roles)
    found: User | None = User.objects.filter(
        username=username.strip(), is_active=True, pk__in=held.values("user")
    ).first()
    return found


# -- what they share -------------------------------------------------------------------------------------------------


def findings(report: DonorReport, content: Mapping[str, Any]) -> list[reporting.Finding]:
    """What stands between a report and its approval, and what it has to say aloud."""
    needed = template(report.template).needs_words
    return reporting.findings(content, needs_words=needed, today=timezone.localdate().isoformat())


def _check_told(told: ReportTold) -> None:
    if told.template not in TEMPLATES:
        raise NotNow(_("Choose one of these."), "template")
    if not set(told.languages) or not set(told.languages) <= set(LANGUAGES):
        raise NotNow(_("Choose a language at least."), "languages")
    if reporting.first_day(told.starts) > reporting.last_day(told.ends):
        raise NotNow(_("It cannot end before it begins."), "ends")


def _columns(told: ReportTold) -> dict[str, Any]:
    return {**asdict(told), "languages": [lang for lang in LANGUAGES if lang in told.languages]}


def _held(actor: Any, report: DonorReport, verb: str) -> DonorReport:
    """The report as it stands now, held, where the actor may do the verb to it and sees its project."""
    rows = DonorReport.objects.select_for_update(of=("self",)).select_related("organisation", "project")
    row: DonorReport | None = rows.filter(pk=report.pk).first()
    if row is None:
        raise policy.Refused("no such report")
    guard(actor, verb, row)
    return row


def _draft(actor: Any, report: DonorReport, seen: dt.datetime | None) -> DonorReport:
    row = _held(actor, report, "donorreport.write")
    if row.state != "draft" or row.changed_at != seen:
        raise NotNow(MEANWHILE)
    return row


def _move(row: DonorReport, after: str, **columns: Any) -> None:
    if after not in ReportLife.moves(row.state):
        raise NotNow(MEANWHILE)
    _save(row, state=after, **columns)


def _save(row: DonorReport, **columns: Any) -> None:
    for name, value in {**columns, "changed_at": timezone.now()}.items():
        setattr(row, name, value)
    row.save(update_fields=[*columns, "changed_at"])


def ids(given: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Those of the given ids that are known, in the order in which they are known."""
    return tuple(each for each in known if each in set(given))
