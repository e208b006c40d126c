"""What everybody reads: the shelves, one record with all around it, the laws of a country, what is new."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from hamroh.directory.models import AdminUnit, Party
from hamroh.library.models import (
    LEGAL_KINDS,
    Act,
    ActArticle,
    Attachment,
    BoundBy,
    Contribution,
    FileUse,
    LinkKind,
    Record,
    RecordKind,
    RecordLink,
    Subject,
)
from hamroh.library.selectors.citing_rules import CitingRule, rules_citing
from hamroh.library.selectors.desk import Copies, copies_by_region
from hamroh.thesaurus.models import Concept
from hamroh.thesaurus.selectors.names import ConceptLine, lines
from hamroh.web.texts import pick

_MOST_MORE, _NEWEST = 6, 8


@dataclass(frozen=True)
class Shelf:
    """A kind of records with the number of public ones."""

    kind: str
    label: str
    count: int


@dataclass(frozen=True)
class Made:
    """Somebody who made a record; ``party`` is the code of her public entry, empty where she has none."""

    contribution: Contribution
    party: str


@dataclass(frozen=True)
class Link:
    """Another record that this one leads to, or that leads to this one."""

    record: Record
    label: str
    inwards: bool
    is_item: bool = False


@dataclass(frozen=True)
class RecordPage:
    """Everything that the page of a record shows."""

    record: Record
    made: Sequence[Made]
    subjects: Sequence[ConceptLine]
    parts: Sequence[Record]
    files: Sequence[Attachment]
    cover: Attachment | None
    links: Sequence[Link]
    more: Sequence[Record]
    copies: Sequence[Copies]
    units: Sequence[AdminUnit]
    act: Act | None
    articles: Sequence[ActArticle]
    parties: Sequence[BoundBy]
    rules: Sequence[CitingRule]
    publisher: str


def public_records() -> QuerySet[Record]:
    """Published records, with what their line in a list shows."""
    return Record.objects.public().select_related("part_of__part_of", "publisher", "act__country", "origin")


def shelves() -> list[Shelf]:
    """The kinds that public records have, in the order of RecordKind; parts of issues are counted by their own kind."""
    rows = Record.objects.public().values("kind").annotate(count=Count("pk")).order_by()
    counts = {row["kind"]: row["count"] for row in rows}
    return [Shelf(kind.value, str(kind.label), counts[kind]) for kind in RecordKind if kind in counts]


def newest(kind: str = "", concept: Concept | None = None, limit: int = _NEWEST) -> list[Record]:
    """What was published last; about a concept and everything narrower, where one is given."""
    rows = public_records()
    if kind:
        rows = rows.filter(kind=kind)
    if concept is not None:
        rows = rows.filter(pk__in=Subject.objects.filter(concept__ancestry__ancestor=concept).values("record"))
    return list(rows.order_by("-published_at", "code")[:limit])


def of_kind(kind: str, country: str = "") -> QuerySet[Record]:
    """Public records of a kind, the newest first; laws of one country where one is named."""
    rows = public_records().filter(kind=kind)
    if country:
        rows = rows.filter(act__country__key=country)
    return rows.prefetch_related("contributions").order_by("-sort_date", "code")


def law_countries() -> list[tuple[AdminUnit, int]]:
    """Countries with public laws, and how many."""
    rows = Record.objects.public().filter(kind=RecordKind.LAW, act__country__isnull=False)
    counts = dict(rows.values_list("act__country").annotate(count=Count("pk")).order_by())
    units = AdminUnit.objects.filter(pk__in=counts).order_by("key")
    return [(unit, counts[unit.pk]) for unit in units]


def laws_of(country: str, as_of: dt.date) -> list[dict[str, Any]]:
    """Laws of a country that were passed by a day and had not lapsed, the oldest first: ``title`` with number, ``date``, ``code``.

    ``country`` is the key of the place or the country's two letters, which are the same.
    """
    day = as_of.isoformat()
    rows = Record.objects.public().filter(kind=RecordKind.LAW, act__country__key=country.lower()).select_related("act")
    found = []
    for record in rows.order_by("sort_date", "code"):
        adopted, repealed = record.act.adopted or record.date, record.act.repealed
        if adopted and adopted <= day and not (repealed and repealed <= day):
            found.append({"title": _numbered(record), "date": adopted, "code": record.code})
    return found


def _numbered(record: Record) -> Mapping[str, str]:
    number = record.act.number
    return {lang: f"{title}, {number}" if number else title for lang, title in record.titles.items() if title}


def record_page(code: str, lang: str) -> RecordPage | None:
    """The page of a public record; None where there is none."""
    record = public_records().filter(code=code).first()
    if record is None:
        return None
    act = _act(record)
    subjects = subjects_of(record, lang)
    files = list(record.attachments.filter(is_open=True).order_by("position"))
    return RecordPage(
        record=record,
        made=_made(record),
        subjects=subjects,
        parts=list(_parts(record)),
        files=[file for file in files if file.use != FileUse.COVER],
        cover=next((file for file in files if file.use == FileUse.COVER), None),
        links=_links(record),
        more=_more(record),
        copies=copies_by_region(record),
        units=list(record.units.order_by("key")),
        act=act,
        articles=list(act.articles.order_by("position", "pk")) if act else (),
        parties=_parties(act, lang) if act else (),
        rules=rules_citing(act.law, lang) if act and act.law else (),
        publisher=_public_code(record.publisher),
    )


def _act(record: Record) -> Act | None:
    return getattr(record, "act", None) if record.kind in LEGAL_KINDS else None


def _parts(record: Record) -> QuerySet[Record]:
    rows = Record.objects.public().filter(part_of=record).prefetch_related("contributions")
    return rows.order_by("position", "created_at")


def _made(record: Record) -> list[Made]:
    rows = record.contributions.select_related("party").order_by("position", "pk")
    return [Made(row, _public_code(row.party)) for row in rows]


def _public_code(party: Party | None) -> str:
    """The code of an entry that everybody may see; names of others stay without a link."""
    if party is None:
        return ""
    found = Party.objects.public(timezone.localdate()).filter(pk=party.pk).values_list("code", flat=True).first()
    return str(found or "")


def subjects_of(record: Record, lang: str = "en") -> list[ConceptLine]:
    """What the record is about, in the order of the alphabet."""
    return lines(Concept.objects.filter(pk__in=record.subjects.values("concept")).select_related("scheme"), lang)


def _links(record: Record) -> list[Link]:
    public = Record.objects.public()
    out = record.links.filter(target__in=public).select_related("target").order_by("position", "pk")
    back = RecordLink.objects.filter(target=record, source__in=public).select_related("source").order_by("pk")
    return [
        *(
            Link(row.target, str(row.get_kind_display()), inwards=False, is_item=row.kind == LinkKind.TEACHES)
            for row in out
        ),
        *(Link(row.source, str(row.get_kind_display()), inwards=True) for row in back),
    ]


def _more(record: Record) -> list[Record]:
    """Others on the same subjects: those that share the most, then the newest."""
    concepts = record.subjects.values("concept")
    beside = Q(pk=record.pk) | Q(part_of=record.pk) | Q(pk=record.part_of_id)
    rows = public_records().exclude(beside).filter(subjects__concept__in=concepts)
    return list(rows.annotate(shared=Count("subjects")).order_by("-shared", "-sort_date", "code")[:_MOST_MORE])


def _parties(act: Act, lang: str) -> list[BoundBy]:
    rows = act.parties.select_related("country")
    return sorted(rows, key=lambda row: pick(row.country.names, lang).text)


def open_file(*, code: str, file: UUID) -> Attachment | None:
    """An open file of a public record."""
    rows = Attachment.objects.filter(pk=file, is_open=True, record__in=Record.objects.public().filter(code=code))
    return rows.select_related("record").first()


def citable(code: str) -> Record | None:
    """A public record with what its citation names."""
    return public_records().prefetch_related(_contributions()).filter(code=code).first()


def citables(records: Iterable[UUID]) -> list[Record]:
    """Public records with what their citations name."""
    return list(public_records().prefetch_related(_contributions()).filter(pk__in=list(records)).order_by("code"))


def _contributions() -> Prefetch[Any, Any, Any]:
    return Prefetch("contributions", Contribution.objects.order_by("position", "pk"))
