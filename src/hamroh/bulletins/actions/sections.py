"""Sections are taken from what happened, written, moved and taken out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.bulletins import proposals
from hamroh.bulletins.actions.following import index_issue
from hamroh.bulletins.actions.frame import MEANWHILE, NotNow, held
from hamroh.bulletins.actions.issues import changed, open_issue
from hamroh.bulletins.figures import release_of
from hamroh.bulletins.models import Issue, Kind, Section
from hamroh.bulletins.telling import allowed_stories
from hamroh.directory.models import AdminUnit
from hamroh.kernel.text import fold
from hamroh.pages.models import Picture
from hamroh.vault import journal

MOST_SECTIONS = 30
_WORD = re.compile(r"\w+", re.UNICODE)
_SHORTEST = 4


@dataclass(frozen=True)
class Told:
    """What is written in a section; ``figures`` are those of ``Section``."""

    titles: Mapping[str, str]
    texts: Mapping[str, str] = field(default_factory=dict)
    quotes: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    picture: Picture | None = None
    figures: Mapping[str, Any] = field(default_factory=dict)
    kind: str = Kind.ARTICLE


@transaction.atomic
def take(*, actor: Any, issue: Issue, key: str) -> Section:
    """Take a section that is proposed. NotNow where it is proposed no more, or a story may not be told."""
    row = open_issue(actor, issue)
    found = proposals.proposal_of(actor=actor, issue=row, key=key)
    if found is None:
        raise NotNow(MEANWHILE)
    if found.story:
        _require_story(found.story)
    section = _added(
        row, kind=found.kind, ref=found.ref, titles=dict(found.titles), texts=dict(found.texts), figures=dict(found.figures),
        source=found.source, story=found.story,
    )  # fmt: skip
    journal.record(actor=actor, verb="bulletin.take", about=row, facts={"kind": found.kind})
    return section


@transaction.atomic
def write_section(*, actor: Any, issue: Issue, told: Told) -> Section:
    """Something of one's own: a foreword, an article, figures that a printed source says."""
    row = open_issue(actor, issue)
    _require_own(row, told)
    section = _added(
        row, kind=told.kind, titles=dict(told.titles), texts=dict(told.texts), quotes=dict(told.quotes), source=told.source,
        picture=told.picture, figures=_figures(row, told),
    )  # fmt: skip
    journal.record(actor=actor, verb="bulletin.write", about=row, facts={"kind": told.kind})
    return section


@transaction.atomic
def change_section(*, actor: Any, issue: Issue, section: UUID, told: Told, seen: int) -> None:
    """Other words. A story keeps its own: only its title is the editor's, and it has no picture."""
    row = open_issue(actor, issue, seen)
    found = _section(row, section)
    _require_own(row, told)
    found.titles = dict(told.titles)
    if found.story is None:
        found.texts, found.quotes, found.source = dict(told.texts), dict(told.quotes), told.source
        found.picture = told.picture
        if not found.figures.get("release"):
            found.figures = _figures(row, told)
    elif told.picture is not None:
        raise NotNow(_("A story stands without a picture: nobody may be recognised."), "picture")
    found.save()
    changed(row)
    journal.record(actor=actor, verb="bulletin.write", about=row, facts={"kind": found.kind})


@transaction.atomic
def move_section(*, actor: Any, issue: Issue, section: UUID, up: bool) -> None:
    """One place up or down."""
    row = open_issue(actor, issue)
    rows = list(Section.objects.select_for_update().filter(issue=row).order_by("place", "pk"))
    at = next((at for at, each in enumerate(rows) if each.pk == section), None)
    if at is None:
        raise policy.Refused("no such section of this issue")
    to = at - 1 if up else at + 1
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
    for place, each in enumerate(rows):
        each.place = place
    Section.objects.bulk_update(rows, ["place"])
    changed(row)
    journal.record(actor=actor, verb="bulletin.move", about=row)


@transaction.atomic
def drop_section(*, actor: Any, issue: Issue, section: UUID) -> None:
    """Take it out, also of an issue that is out: what must not stand there goes at once."""
    row = held(actor, issue, "bulletin.edit")
    if row.state == "withdrawn":
        raise NotNow(MEANWHILE)
    _section(row, section).delete()
    if row.state == "out":
        row.version, row.changed_at = row.version + 1, timezone.now()
        row.save()
        index_issue(row)
    else:
        changed(row)
    journal.record(actor=actor, verb="bulletin.drop", about=row, facts={"out": row.state == "out"})


def _section(of: Issue, pk: UUID) -> Section:
    row = Section.objects.select_for_update(of=("self",)).filter(issue=of, pk=pk).first()
    if row is None:
        raise policy.Refused("no such section of this issue")
    return row


def _added(of: Issue, **columns: Any) -> Section:
    rows = Section.objects.filter(issue=of)
    if rows.count() >= MOST_SECTIONS:
        raise NotNow(_("A bulletin has at most %(count)s sections.") % {"count": MOST_SECTIONS})
    place = (rows.aggregate(last=Max("place"))["last"] or 0) + 1
    columns.setdefault("ref", f"own-{place}")
    section = Section.objects.create(organisation_id=of.organisation_id, issue=of, place=place, **columns)
    changed(of)
    return section


def _require_own(of: Issue, told: Told) -> None:
    """Pictures of the own house alone, each with words for who does not see it."""
    if told.picture is not None and (told.picture.organisation_id != of.organisation_id or not told.picture.alts):
        raise policy.Refused("no such picture of the house")


def _figures(of: Issue, told: Told) -> dict[str, Any]:
    """Numbers of our own people leave through the register alone; others say where they are printed."""
    if told.figures.get("release") and release_of(of.organisation, str(told.figures["release"])) is None:
        raise policy.Refused("no such table that was let out")
    if told.figures.get("rows") and not told.source.strip():
        raise NotNow(_("Say where these numbers are printed: document and line."), "source")
    return dict(told.figures)


def _require_story(story: UUID) -> None:
    """She allows it, and it names no place by which she is found."""
    found = allowed_stories([story]).get(story)
    if found is None:
        raise NotNow(_("She does not allow that the bulletin tells this story."))
    if named := places_in(found.texts):
        raise NotNow(
            _("This story names a place: %(place)s. Whoever lives there knows who is meant. Leave the place out first.")
            % {"place": named}
        )


def places_in(texts: Mapping[str, str]) -> str:
    """A place below a region that the texts name, in whatever form of the word; empty where none."""
    words = {fold(word) for text in texts.values() for word in _WORD.findall(text) if word[:1].isupper()}
    #: a word and what is left of it without an ending of up to three letters
    stems = {word[: len(word) - cut] for word in words for cut in range(4) if len(word) - cut >= _SHORTEST}
    if not stems:
        return ""
    for names in AdminUnit.objects.exclude(level__in=("country", "region")).values_list("names", flat=True).iterator():
        for name in names.values():
            if _stem(fold(name)) in stems:
                return str(name)
    return ""


def _stem(name: str) -> str:
    """A name without the vowel that its forms change: Кулоб, Истаравшан, Восе."""
    return name[:-1] if len(name) > 5 and name[-1] in "аяеьыи" else name
