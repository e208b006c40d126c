"""Everything that writes in the library. Facts come in as values, problems go out as FactsRefused."""

from hamroh.directory.actions import FactsRefused, Problem
from hamroh.library.actions.copies import record_copies, remove_copies
from hamroh.library.actions.filing import FileRefused, add_file, open_file, remove_file, take_words
from hamroh.library.actions.harvesting import (
    Arrival,
    HarvestRefused,
    add_centre,
    begin_run,
    change_centre,
    end_run,
    hide_record,
    show_record,
    stop_run,
    take_page,
)
from hamroh.library.actions.importing import (
    Delivery,
    ImportRefused,
    Incoming,
    import_records,
    in_order,
    may_hold,
    write_one,
)
from hamroh.library.actions.moving import move_part, publish_record, restore_record, withdraw_record
from hamroh.library.actions.subjects import add_subject, remove_subject
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
    "Arrival",
    "ArticleFacts",
    "BoundFacts",
    "ContributorFacts",
    "Delivery",
    "EditedMeanwhile",
    "FactsRefused",
    "FileRefused",
    "HarvestRefused",
    "ImportRefused",
    "Incoming",
    "LinkFacts",
    "Problem",
    "RecordFacts",
    "SubjectFacts",
    "add_centre",
    "add_file",
    "add_subject",
    "begin_run",
    "change_centre",
    "edit_record",
    "end_run",
    "hide_record",
    "import_records",
    "in_order",
    "keep_record",
    "may_hold",
    "move_part",
    "open_file",
    "publish_record",
    "record_copies",
    "remove_copies",
    "remove_file",
    "remove_subject",
    "restore_record",
    "show_record",
    "stop_run",
    "take_page",
    "take_words",
    "withdraw_record",
    "write_facts",
    "write_one",
]
