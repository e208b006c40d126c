"""Projects as the desk reads them, and the search that the desk and the public page share."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from hamroh.accounts import policy, rowsecurity
from hamroh.accounts.models import Membership, Organisation, Role, User
from hamroh.directory.models import AdminUnit, Party
from hamroh.kernel.projects import Dates, Status, status
from hamroh.kernel.text import fold
from hamroh.projects.models import (
    Budget,
    Project,
    ProjectDay,
    ProjectPaper,
    ProjectParty,
    ProjectPlace,
    ProjectSector,
    Risk,
    Transaction,
    Visible,
)
from hamroh.thesaurus.selectors import concept_lookup

SHARED = (Visible.PUBLIC, Visible.NETWORK)
_MOST_CONCEPTS = 5


@dataclass(frozen=True)
class Wish:
    """What is looked for; what is empty does not narrow. ``status`` is of today."""

    text: str = ""
    theme: str = ""
    organisation: str = ""
    since: int | None = None
    until: int | None = None
    status: str = ""
    scope: str = ""
    place: AdminUnit | None = None

    @property
    def is_empty(self) -> bool:
        return self == Wish()


def status_of(row: Project) -> Status:
    """Where a project stands today, and why."""
    dates = Dates(row.starts_planned, row.ends_planned, row.starts, row.ends, row.stopped_date)
    return status(dates, timezone.localdate())


def seen(actor: Any, rows: QuerySet[Project], verb: str = "project.see") -> QuerySet[Project]:
    """The projects that she may do the verb to: those of her organisation, and of a team's own those that she works on or guides."""
    mine = policy.visible(actor, verb, rows)
    teams = policy.visible(actor, "project.team", Project.objects.filter(visibility=Visible.TEAM))
    return mine.filter(~Q(visibility=Visible.TEAM) | Q(pk__in=teams.values("pk")))


def projects(*, actor: Any, organisation_id: UUID, wish: Wish = Wish(), lang: str = "en") -> list[Project]:
    """Projects of an organisation that answer to a wish, the newest first."""
    rows = narrowed(seen(actor, Project.objects.filter(organisation_id=organisation_id)), wish, lang, outside=False)
    return of_status(rows.order_by("-first_year", "-made_at", "pk"), wish.status)


def shared_with_network(*, actor: Any, organisation_id: UUID, wish: Wish, lang: str) -> list[Project]:
    """What other organisations let the network read."""
    policy.require(actor, "project.see")
    with rowsecurity.opened_for_all():
        rows = Project.objects.filter(visibility__in=SHARED).exclude(organisation_id=organisation_id)
        found = narrowed(rows.select_related("organisation"), wish, lang, outside=True)
        return of_status(found.order_by("-first_year", "-made_at", "pk"), wish.status)


def network_project(*, actor: Any, code: str) -> Project:
    """A project of another organisation that the network may read; Refused otherwise."""
    policy.require(actor, "project.see")
    with rowsecurity.opened_for_all():
        row = Project.objects.filter(code=code, visibility__in=SHARED).select_related("organisation").first()
    if row is None:
        raise policy.Refused("no such project")
    return row


def of_status(rows: Iterable[Project], name: str) -> list[Project]:
    """Those that stand so today: a status is never stored, so that no night has to renew it."""
    return [row for row in rows if not name or status_of(row).name == name]


def narrowed(rows: QuerySet[Project], wish: Wish, lang: str, *, outside: bool) -> QuerySet[Project]:
    """The rows that answer to a wish. ``outside`` looks for no partner and no place that is hidden."""
    if wish.text:
        rows = rows.filter(_says(wish.text, lang))
    if wish.theme:
        rows = rows.filter(_about(wish.theme, lang))
    if wish.organisation:
        rows = rows.filter(Exists(_borne_by(wish.organisation, outside=outside)))
    if wish.place:
        at = ProjectPlace.objects.filter(project=OuterRef("pk"), place__ancestry__ancestor=wish.place)
        rows = rows.filter(Exists(at.filter(is_hidden=False) if outside else at))
    if wish.since:
        rows = rows.filter(Q(last_year__gte=wish.since) | Q(last_year=None, first_year__isnull=False))
    if wish.until:
        rows = rows.filter(first_year__lte=wish.until)
    return rows.filter(scope=wish.scope) if wish.scope else rows


def _says(text: str, lang: str) -> Q:
    """Every word is somewhere in its texts, in any language; or the words are a theme, and it is about that or something narrower."""
    words = Q()
    for word in fold(text).split():
        words &= Q(words__contains=word)
    return words | _about(text, lang)


def _about(theme: str, lang: str) -> Q:
    """About a concept of the thesaurus, named by a label in any language or by its key, or about anything narrower."""
    keys = {theme.strip()} | {found.key for found in concept_lookup(theme, lang, limit=_MOST_CONCEPTS)}
    links = Project.subjects.through._default_manager.filter(concept__ancestry__ancestor__key__in=keys)  # noqa: SLF001
    return Q(pk__in=links.values("project"))


def _borne_by(name: str, *, outside: bool) -> QuerySet[ProjectParty]:
    """Partners of this name in any spelling that the directory knows."""
    parties = Party.objects.public(timezone.localdate()) if outside else Party.objects.all()
    named, typed = Q(), Q()
    for word in fold(name).split():
        named &= Q(folded_names__contains=word)
        typed &= Q(name__icontains=word)
    rows = ProjectParty.objects.filter(project=OuterRef("pk"))
    rows = rows.filter(is_hidden=False) if outside else rows
    return rows.filter(Q(party__in=parties.filter(named).values("pk")) | (typed & Q(party=None)))


def project_of(*, actor: Any, code: str, verb: str = "project.see") -> Project:
    """The project of a code that she may do the verb to; Refused otherwise."""
    rows = Project.objects.select_related("organisation", "part_of", "made_by").filter(code=code)
    row: Project | None = seen(actor, rows, verb).first()
    if row is None:
        raise policy.Refused("no such project for this person")
    return row


@dataclass(frozen=True)
class Beside:
    """What stands beside a project."""

    parties: list[ProjectParty]
    places: list[ProjectPlace]
    sectors: list[ProjectSector]
    budgets: list[Budget]
    money: list[Transaction]
    papers: list[ProjectPaper]
    days: list[ProjectDay]
    risks: list[Risk]


def beside(*, project: Project) -> Beside:
    """Everything of a project but its results, in a constant number of queries."""
    of: dict[str, Any] = {"project": project}
    return Beside(
        parties=list(ProjectParty.objects.filter(**of).select_related("party").order_by("role", "made_at", "pk")),
        places=list(ProjectPlace.objects.filter(**of).select_related("place").order_by("pk")),
        sectors=list(ProjectSector.objects.filter(**of).order_by("vocabulary", "code")),
        budgets=list(Budget.objects.filter(**of).order_by("starts_date", "pk")),
        money=list(Transaction.objects.filter(**of).select_related("provider", "receiver").order_by("on_date", "pk")),
        papers=list(ProjectPaper.objects.filter(**of).order_by("made_at", "pk")),
        days=list(ProjectDay.objects.filter(**of).order_by("on_date", "pk")),
        risks=list(Risk.objects.filter(**of).select_related("owner").order_by("state", "-likelihood", "pk")),
    )  # fmt: skip


def part_of(*, project: Project, model: Any, pk: UUID) -> Any:
    """A row of this very project; Refused otherwise."""
    row = model.objects.filter(project=project, pk=pk).first()
    if row is None:
        raise policy.Refused("no such row of this project")
    return row


def colleagues(*, organisation: Organisation) -> list[User]:
    """Who plans in the organisation, by name."""
    rows = Membership.objects.current().filter(
        organisation=organisation, role__in=(Role.PROGRAMME_MANAGER, Role.SUPERVISOR)
    )
    return sorted({row.user_id: row.user for row in rows.select_related("user")}.values(), key=str)
