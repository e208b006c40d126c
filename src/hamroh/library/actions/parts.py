"""The rows that belong to a record: who made it, what it is about, what it leads to, its legal side."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hamroh.directory.actions.check import plain, save_rows
from hamroh.library.actions.checking import RecordCheck
from hamroh.library.facts import ActFacts, RecordFacts
from hamroh.library.models import (
    LEGAL_KINDS,
    Act,
    ActArticle,
    BoundBy,
    Contribution,
    Record,
    RecordLink,
    Subject,
)


@dataclass(frozen=True)
class Parts:
    """The checked rows of a record, before they are stored."""

    contributions: list[Contribution]
    subjects: list[Subject]
    links: list[RecordLink]
    act: Act | None
    articles: list[ActArticle]
    parties: list[BoundBy]

    @classmethod
    def read(cls, check: RecordCheck, record: Record, facts: RecordFacts) -> "Parts":
        """Look up what the facts name; problems go to ``check``."""
        legal = (facts.act or ActFacts()) if facts.kind in LEGAL_KINDS else None
        act = _act(check, record, legal) if legal else None
        return cls(
            contributions=_contributions(check, record, facts),
            subjects=subject_rows(check, record, facts),
            links=_links(check, record, facts),
            act=act,
            articles=_articles(check, act, legal) if act and legal else [],
            parties=_parties(check, act, legal) if act and legal else [],
        )

    def save(self, record: Record) -> None:
        """Make the stored rows equal to these."""
        save_rows(record.contributions.all(), self.contributions, lambda row: (row.role, row.position))
        save_rows(record.subjects.all(), self.subjects, lambda row: row.concept_id)
        save_rows(record.links.all(), self.links, lambda row: (row.kind, row.target_id))
        if self.act is None:
            return
        self.act.save()
        save_rows(ActArticle.objects.filter(act=self.act), self.articles, lambda row: row.number)
        save_rows(BoundBy.objects.filter(act=self.act), self.parties, lambda row: row.country_id)


def _contributions(check: RecordCheck, record: Record, facts: RecordFacts) -> list[Contribution]:
    rows = []
    for place, one in enumerate(facts.contributors):
        field = f"contributors.{place}"
        party = check.party(f"{field}.party", one.party) if one.party else None
        row = Contribution(record=record, role=one.role, position=place, names=plain(one.names), is_body=one.is_body)
        row.party = party
        rows.append(check.checked(field, row))
    return rows


def subject_rows(check: RecordCheck, record: Record, facts: RecordFacts) -> list[Subject]:
    """Subjects in the order of the facts, each once."""
    by_name: dict[str, Any] = {}
    for concept in check.concepts("subjects", [each.concept for each in facts.subjects]):
        by_name[concept.key], by_name[concept.uri] = concept, concept
    rows: dict[Any, Subject] = {}
    for each in facts.subjects:
        meant = by_name.get(each.concept)
        if meant is not None:
            made = Subject(record=record, concept=meant, is_main=each.is_main, suggested=each.suggested)
            rows.setdefault(meant.pk, made)
    return list(rows.values())


def _links(check: RecordCheck, record: Record, facts: RecordFacts) -> list[RecordLink]:
    rows: dict[Any, RecordLink] = {}
    for place, each in enumerate(facts.links):
        target = check.record(f"links.{place}.target", each.target, record.organisation)
        if target is not None and target.pk != record.pk:
            row = RecordLink(source=record, target=target, kind=each.kind, position=place)
            rows.setdefault((each.kind, target.pk), check.checked(f"links.{place}", row))
    return list(rows.values())


def _act(check: RecordCheck, record: Record, facts: ActFacts) -> Act:
    act = Act(record=record)
    plain_ = ("number", "adopted", "signed", "in_force", "repealed", "status", "status_date", "certainty", "official_url", "law")  # fmt: skip
    for name in plain_:
        setattr(act, name, plain(getattr(facts, name)))
    act.country = check.unit("act.country", facts.country)
    check.address("act.official_url", act.official_url)
    return check.checked("act", act)


def _articles(check: RecordCheck, act: Act, facts: ActFacts) -> list[ActArticle]:
    rows = [check.row(f"articles.{n}", ActArticle, each, act=act, position=n) for n, each in enumerate(facts.articles)]
    return list(_each_once(rows, lambda row: row.number))


def _parties(check: RecordCheck, act: Act, facts: ActFacts) -> list[BoundBy]:
    rows = []
    for place, each in enumerate(facts.parties):
        if country := check.unit(f"parties.{place}.country", each.country):
            rows.append(check.row(f"parties.{place}", BoundBy, each, act=act, country=country))
    return list(_each_once(rows, lambda row: row.country_id))


def _each_once(rows: Iterable[Any], name: Any) -> Iterable[Any]:
    return {name(row): row for row in rows}.values()
