"""A stored record as the facts that made it: what an editor opens, what an import compares with."""

from hamroh.library.facts import (
    ActFacts,
    ArticleFacts,
    BoundFacts,
    ContributorFacts,
    LinkFacts,
    RecordFacts,
    SubjectFacts,
)
from hamroh.library.models import LEGAL_KINDS, Act, Record


def record_facts(record: Record) -> RecordFacts:
    """Everything that can be typed about the record, as it stands now."""
    return RecordFacts(
        kind=record.kind, titles=record.titles, abstracts=record.abstracts, languages=tuple(record.languages),
        date=record.date, part_of=record.part_of.code if record.part_of else "", place=record.place,
        publisher=record.publisher.code if record.publisher else "", publisher_text=record.publisher_text,
        details=record.details, licence=record.licence, rights=record.rights, source=record.source,
        units=tuple(record.units.order_by("key").values_list("key", flat=True)),
        contributors=_contributors(record), subjects=_subjects(record), links=_links(record),
        act=_act(record) if record.kind in LEGAL_KINDS else None,
    )  # fmt: skip


def _contributors(record: Record) -> tuple[ContributorFacts, ...]:
    rows = record.contributions.select_related("party").order_by("position", "pk")
    return tuple(
        ContributorFacts(names=row.names, role=row.role, is_body=row.is_body, party=row.party.code if row.party else "")
        for row in rows
    )


def _subjects(record: Record) -> tuple[SubjectFacts, ...]:
    rows = record.subjects.select_related("concept").order_by("pk")
    return tuple(SubjectFacts(concept=row.concept.uri, is_main=row.is_main, suggested=row.suggested) for row in rows)


def _links(record: Record) -> tuple[LinkFacts, ...]:
    rows = record.links.select_related("target").order_by("position", "pk")
    return tuple(LinkFacts(kind=row.kind, target=row.target.code) for row in rows)


def _act(record: Record) -> ActFacts:
    act = Act.objects.select_related("country").filter(record=record).first() or Act(record=record)
    articles = act.articles.order_by("position", "pk") if act.pk else ()
    parties = act.parties.select_related("country").order_by("pk") if act.pk else ()
    return ActFacts(
        country=act.country.key if act.country else "", number=act.number, adopted=act.adopted, signed=act.signed,
        in_force=act.in_force, repealed=act.repealed, status=act.status, status_date=act.status_date,
        certainty=act.certainty, official_url=act.official_url, law=act.law,
        articles=tuple(
            ArticleFacts(id=str(row.pk), number=row.number, titles=row.titles, says=row.says, certainty=row.certainty)
            for row in articles
        ),
        parties=tuple(
            BoundFacts(
                country=row.country.key, signed=row.signed, bound=row.bound, how=row.how, reservations=row.reservations,
                certainty=row.certainty,
            )
            for row in parties
        ),
    )  # fmt: skip
