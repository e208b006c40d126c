"""Everything that writes in the library. Facts come in as values, problems go out as FactsRefused."""

from hamroh.directory.actions import FactsRefused, Problem
from hamroh.library.actions.moving import move_part, publish_record, restore_record, withdraw_record
from hamroh.library.actions.writing import EditedMeanwhile, edit_record, keep_record, write_facts
from hamroh.library.facts import (
    ActFacts,
    ArticleFacts,
    BoundFacts,
    ContributorFacts,
    LinkFacts,
    RecordFacts,
    SubjectFacts,
)

__all__ = [
    "ActFacts",
    "ArticleFacts",
    "BoundFacts",
    "ContributorFacts",
    "EditedMeanwhile",
    "FactsRefused",
    "LinkFacts",
    "Problem",
    "RecordFacts",
    "SubjectFacts",
    "edit_record",
    "keep_record",
    "move_part",
    "publish_record",
    "restore_record",
    "withdraw_record",
    "write_facts",
]
