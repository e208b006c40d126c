"""What the public index is told of projects that anybody may read."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils import timezone

from hamroh.directory.models import Party, UnitAncestor
from hamroh.projects.models import Project, ProjectParty, ProjectPlace
from hamroh.search.documents import Document, Part, Passage
from hamroh.thesaurus.selectors import keys_above

PROJECT, ROOM = "project", "projects"
FIRST_YEAR, LONGEST = 1990, 60
_QUALITY = 0.5


def search_documents() -> Iterator[Document]:
    """Documents of all that is public here."""
    return project_documents()


def project_documents(codes: Iterable[str] | None = None) -> Iterator[Document]:
    """Public projects: all, or those with these codes."""
    rows = Project.objects.filter(visibility="public")
    rows = rows if codes is None else rows.filter(code__in=list(codes))
    for row in rows.order_by("pk").prefetch_related("subjects__labels"):
        yield _document(row)


def _document(row: Project) -> Document:
    concepts = list(row.subjects.all())
    places = list(ProjectPlace.objects.filter(project=row, is_hidden=False).select_related("place"))
    units = UnitAncestor.objects.filter(unit__in=[each.place_id for each in places])
    facets = {
        "room": [ROOM], "kind": [PROJECT], "place": sorted(set(units.values_list("ancestor__key", flat=True))),
        "subject": keys_above(each.key for each in concepts) if concepts else [], "year": _years(row), "language": sorted(row.titles),
    }  # fmt: skip
    passages = [
        *_said(Part.TITLE, row.titles),
        *(each for texts in (row.abouts, row.objectives, row.for_whom) for each in _said(Part.BODY, texts)),
        *(Passage(Part.SUBJECT, label.lang, label.text) for each in concepts for label in each.labels.all()),
        *(each for party in _partners(row) for each in _said(Part.NAME, party)),
        *(each for at in places for each in _said(Part.BODY, at.place.names)),
    ]
    return Document(
        kind=PROJECT, record_id=row.code, address=f"/{{lang}}/projects/{row.code}/", titles=row.titles,
        passages=list(dict.fromkeys(passages)), summaries=row.abouts or row.objectives, facets=facets, quality=_QUALITY,
    )  # fmt: skip


def _partners(row: Project) -> Iterator[Mapping[str, str]]:
    """Names of partners that may be told."""
    shown = Party.objects.public(timezone.localdate())
    rows = ProjectParty.objects.filter(project=row, is_hidden=False, party__in=shown).select_related("party")
    yield from (each.party.names for each in rows if each.party)


def _years(row: Project) -> list[str]:
    """Every year of its time, as far as that is known."""
    if row.first_year is None:
        return []
    last = min(row.last_year or row.first_year, row.first_year + LONGEST)
    return [str(year) for year in range(max(row.first_year, FIRST_YEAR), last + 1)]


def _said(part: Part, texts: Mapping[str, str]) -> Iterator[Passage]:
    return (Passage(part, lang, text) for lang, text in texts.items() if text)
