"""Lists ask as many questions with many rows as with few."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from world import World

FEW, MANY = 5, 15
#: what a list may ask more for more rows: one, where a batch of rows begins
SLACK = 1
PUBLIC = (
    "/en/directory/", "/en/directory/list/", "/en/directory/list/?kind=media", "/en/directory/?q=gazette",
    "/en/search/?q=gazette", "/en/info/?a=0&b=0", "/en/thesaurus/hamroh/a-z/?in=en&letter=G",
    "/en/thesaurus/hamroh/tree/", "/api/hsds/organizations?per_page=100", "/api/hsds/organizations?per_page=100&full=true",
    "/api/hsds/services?per_page=100", "/api/hsds/locations?per_page=100", "/api/hsds/service_at_locations?per_page=100",
    "/api/v1/parties?per_page=100", "/api/v1/services?per_page=100", "/api/hsds/datapackage.zip",
)  # fmt: skip
DESK = ("/desk/", "/desk/directory/", "/desk/directory/party/", "/desk/directory/service/")


def add(first: int, count: int) -> None:
    """Papers with an office, a number, a source and a legal service, and concepts beside them; all listed and checked."""
    from hamroh.accounts.models import User
    from hamroh.directory import actions
    from hamroh.directory.actions import LocationFacts, PartyFacts, PhoneFacts, ScheduleFacts, ServiceFacts, SourceFacts

    editor = User.objects.get(username="zarina")
    for number in range(first, first + count):
        office = LocationFacts(
            confidentiality="public", unit="tj", address={"en": f"House {number}"}, key=f"office-{number}"
        )
        facts = PartyFacts(
            kind="media", names={"en": f"Gazette {number}"}, country="tj", locations=(office,), subjects=("hm0063",),
            phones=(PhoneFacts(number=f"2-00-{number:02d}", printed="2008"),), sources=(SourceFacts(title="A list"),),
        )  # fmt: skip
        party = actions.list_entry(actor=editor, entry=actions.create_party(actor=editor, facts=facts))
        service = ServiceFacts(
            names={"en": f"Gazette letters {number}"}, kinds=("hm0064",), areas=("tj",), locations=(f"office-{number}",),
            languages=("tg",), schedules=(ScheduleFacts(days=("MO",)),),
        )  # fmt: skip
        made = actions.create_service(actor=editor, party=party, facts=service)
        actions.list_entry(actor=editor, entry=made)
        actions.verify_entry(actor=editor, entry=made)
        actions.report_problem(entry=made, reason="moved")
    _add_concepts(first, count)


def _add_concepts(first: int, count: int) -> None:
    from hamroh.thesaurus.models import Concept, Label, Scheme

    scheme = Scheme.objects.get(code="hamroh")
    for number in range(first, first + count):
        concept = Concept.objects.create(scheme=scheme, key=f"g{number}", uri=f"https://example.org/g{number}")
        Label.of(concept, "en", f"Gazette {number}").save()


def asked(client: Client, address: str) -> int:
    """Queries of a second look, when what processes keep in memory is warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer: Any = client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
    assert (answer.status_code, bool(body)) == (200, True)
    return len(queries)


@pytest.fixture(scope="module")
def counts(miniature: World, django_db_blocker: Any) -> Iterator[dict[str, tuple[int, int]]]:
    """Queries of every list with few rows and with many."""
    from hamroh.accounts.models import User

    with django_db_blocker.unblock(), transaction.atomic():
        client, editor = Client(), Client()
        editor.force_login(User.objects.get(username="zarina"))
        lists = [*((client, address) for address in PUBLIC), *((editor, address) for address in DESK)]
        add(1, FEW)
        few = [asked(who, address) for who, address in lists]
        add(1 + FEW, MANY - FEW)
        many = [asked(who, address) for who, address in lists]
        yield {address: pair for (_who, address), pair in zip(lists, zip(few, many, strict=True), strict=True)}
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("address", [*PUBLIC, *DESK])
def test_it_asks_no_more_for_more_rows(counts: dict[str, tuple[int, int]], address: str) -> None:
    few, many = counts[address]
    assert many <= few + SLACK
