"""Keeps the public index in step with entries, inside the transaction that changes them."""

from collections.abc import Iterable

from hamroh.directory.models import Party, Service
from hamroh.directory.selectors.documents import PARTY, SERVICE, search_documents
from hamroh.search.actions import index_documents, remove_documents


def index_parties(parties: Iterable[Party]) -> None:
    """Write or take out parties with all their services, which carry the party's names and stand or fall with it."""
    rows = list(parties)
    services = Service.objects.filter(party__in=rows)
    _refresh({PARTY: [party.code for party in rows], SERVICE: list(services.values_list("code", flat=True))})


def index_services(services: Iterable[Service]) -> None:
    _refresh({SERVICE: [service.code for service in services]})


def _refresh(codes: dict[str, list[str]]) -> None:
    documents = list(search_documents([code for each in codes.values() for code in each]))
    index_documents(documents)
    shown = {document.record_id for document in documents}
    for kind, known in codes.items():
        if gone := [code for code in known if code not in shown]:
            remove_documents(kind, gone)
