"""Suggestions for their readers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hamroh.thesaurus.models import Remark, Suggestion, Vote
from hamroh.thesaurus.selectors.names import Name, names, title


@dataclass(frozen=True)
class SuggestionLine:
    """A suggestion in a list: what it is about, what is proposed, how many are for and against."""

    row: Suggestion
    name: Name | None
    scheme: str
    votes_for: int
    votes_against: int
    remarks: int


@dataclass(frozen=True)
class SuggestionPage:
    row: Suggestion
    name: Name | None
    other: Name | None
    made: Name | None
    scheme: str
    votes: tuple[tuple[str, int], ...]
    own_vote: str
    remarks: tuple[Remark, ...]


def suggestion_lines(rows: Iterable[Suggestion], lang: str) -> list[SuggestionLine]:
    """Lines of a list, in a number of queries that does not grow."""
    held = list(rows)
    called = names({row.concept_id for row in held if row.concept_id}, lang)
    ids = [row.pk for row in held]
    votes = Counter(Vote.objects.filter(suggestion__in=ids).values_list("suggestion_id", "choice"))
    remarks = Counter(Remark.objects.filter(suggestion__in=ids).values_list("suggestion_id", flat=True))
    return [
        SuggestionLine(
            row,
            called.get(row.concept_id) if row.concept_id else None,
            title(row.scheme.titles, lang) or row.scheme.code,
            votes[row.pk, Vote.Choice.FOR.value],
            votes[row.pk, Vote.Choice.AGAINST.value],
            remarks[row.pk],
        )
        for row in held
    ]


def suggestion_page(row: Suggestion, *, actor: Any, lang: str) -> SuggestionPage:
    """One suggestion; of votes only the numbers and one's own."""
    called = names({pk for pk in (row.concept_id, row.other_id, row.made_id) if pk}, lang)
    choices = dict(Vote.objects.filter(suggestion=row).values_list("voter_id", "choice"))
    counted = Counter(choices.values())
    return SuggestionPage(
        row,
        called.get(row.concept_id) if row.concept_id else None,
        called.get(row.other_id) if row.other_id else None,
        called.get(row.made_id) if row.made_id else None,
        title(row.scheme.titles, lang) or row.scheme.code,
        tuple((str(choice.label), counted[choice.value]) for choice in Vote.Choice),
        choices.get(actor.pk, ""),
        tuple(row.remarks.select_related("said_by", "organisation").order_by("said_at", "pk")),
    )
