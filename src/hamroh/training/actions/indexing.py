"""Keeps the public index in step with rounds that are announced and gatherings that are public, inside the transaction that changes them."""

from hamroh.search.actions import index_documents, remove_documents
from hamroh.training.models import Gathering, Round
from hamroh.training.selectors.documents import GATHERING, ROUND, gathering_documents, round_documents


def index_round(row: Round) -> None:
    """Write it where it is announced, take it out otherwise."""
    if documents := list(round_documents([row.code])):
        index_documents(documents)
    else:
        remove_documents(ROUND, [row.code])


def index_gathering(row: Gathering) -> None:
    """Write it where it is public, take it out otherwise."""
    if documents := list(gathering_documents([row.code])):
        index_documents(documents)
    else:
        remove_documents(GATHERING, [row.code])
