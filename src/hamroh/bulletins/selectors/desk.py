"""Issues and readers, for the desk. Whom it goes to is a number here."""

from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.bulletins.models import BOUNCES, Issue, Letter, Reader, Section
from hamroh.pages.models import Picture


def issues(*, actor: Any, organisation: Organisation) -> QuerySet[Issue]:
    """Issues of an organisation, the newest first."""
    rows = policy.visible(actor, "bulletin.see", Issue.objects.filter(organisation=organisation))
    found: QuerySet[Issue] = rows.order_by("-until_date", "-made_at")
    return found


def issue_of(*, actor: Any, code: str, verb: str = "bulletin.see") -> tuple[Issue, Decision]:
    """The issue of a code; Refused otherwise."""
    rows = Issue.objects.select_related("organisation", "asked_by", "released_by", "made_by")
    return policy.fetch(actor, verb, rows.filter(code=code))


def sections(*, issue: Issue) -> list[Section]:
    """Its sections in their order, those whose story is gone among them."""
    rows = Section.objects.filter(issue=issue).select_related("picture").defer("picture__small", "picture__large")
    return list(rows.order_by("place", "pk"))


def section_of(*, issue: Issue, pk: UUID) -> Section:
    """One of this very issue that still says something; Refused otherwise."""
    row = Section.objects.select_related("picture").filter(issue=issue, pk=pk, gone_at=None).first()
    if row is None:
        raise policy.Refused("no such section of this issue")
    return row


def gone_stories(*, issue: Issue) -> list[Section]:
    """Stories that were taken back, with how many letters had gone out with them."""
    return list(Section.objects.filter(issue=issue, gone_at__isnull=False).order_by("gone_at"))


def pictures(*, organisation: Organisation) -> QuerySet[Picture]:
    """Pictures of the house that have words for who does not see them."""
    return Picture.objects.filter(organisation=organisation).defer("small", "large").order_by("-made_at")


def letters_by_state(*, issue: Issue) -> dict[str, int]:
    """How many letters of an issue stand where."""
    rows = Letter.objects.filter(issue=issue).values_list("state").annotate(count=Count("pk")).order_by()
    return dict(rows)


def readers_by_language(*, actor: Any, organisation: Organisation) -> dict[str, dict[str, int]]:
    """How many readers there are by language: who said yes, who has not yet, whose letters came back."""
    policy.require(actor, "reader.count", Reader(organisation=organisation, address=""))
    rows = Reader.objects.filter(organisation=organisation).values_list("lang", "confirmed_date", "bounces")
    found: dict[str, dict[str, int]] = {}
    for lang, confirmed, bounces in rows.iterator():
        line = found.setdefault(lang, {"yes": 0, "asked": 0, "back": 0})
        line["back" if bounces >= BOUNCES else "yes" if confirmed else "asked"] += 1
    return dict(sorted(found.items()))
