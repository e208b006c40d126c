"""Imports: each row has a fate, nothing is half-imported, and no address of a hidden place is repeated anywhere."""

import datetime as dt
import json
import logging
from pathlib import Path
from typing import Any

import pytest

CANARY = "Kucha Canary 77"


def _csv(*rows: str) -> bytes:
    return "\n".join(rows).encode()


def _read(content: bytes, name: str = "parties.csv") -> Any:
    from hamroh.directory.exchange.files import read_file

    return read_file(name, content).rows


def _dry(actor: Any, content: bytes, name: str = "parties.csv") -> list[Any]:
    from hamroh.directory.exchange.importing import dry_run

    return list(dry_run(actor=actor, rows=_read(content, name)).outcomes)


def _take(actor: Any, content: bytes, name: str = "parties.csv", *, only_good: bool = False) -> Any:
    from hamroh.directory.exchange.files import digest_of, take_in

    return take_in(actor=actor, rows=_read(content, name), digest=digest_of(content), only_good=only_good)


MIXED = _csv(
    "record,key,party,kind,name_en,name_tg,place,confidentiality,address_en,number,service,location,kinds,locations,"
    "schedules,cost,languages,seat,safe_to_call",
    "party,centre-vakhsh,,registered_ngo,Centre in Vakhsh,Марказ дар Вахш,,,,,,,,,,,,tj-kt-vakhsh,",
    "location,centre-office,centre-vakhsh,physical,Office,,tj-kt-vakhsh,public,Rudaki 5,,,,,,,,,,",
    "service,centre-advice,centre-vakhsh,,Advice,Машварат,,,,,,,legal aid,centre-office,MO-FR 09:00-17:00 | 2026-12-01"
    " 10:00-12:00 in tj-kt-bokhtar,free,tg | ru,,",
    "phone,,centre-vakhsh,hotline,,,,,,+992 44 600 01 23,,,,,,,tg,,yes",
    "phone,,centre-vakhsh,,,,,,,+992 44 600 01 24,centre-advice,,,,,,,,",
    "phone,,centre-vakhsh,,,,,,,+992 44 600 01 25,,centre-office,,,,,,,",
)


@pytest.fixture
def taken(cast, units, concepts):
    return _take(cast.zarina, MIXED, "directory.csv")


def _fates(outcomes: list[Any]) -> dict[int, str]:
    return {outcome.number: str(outcome.fate) for outcome in outcomes}


def test_it_tries_a_file_and_leaves_nothing_behind(cast, units, concepts):
    from hamroh.directory.models import Location, Party, Phone, Service
    from hamroh.vault.models import JournalLine

    assert set(_fates(_dry(cast.zarina, MIXED, "directory.csv")).values()) == {"new"}
    assert not [model for model in (Party, Service, Location, Phone, JournalLine) if model.objects.exists()]


def test_it_takes_in_an_organisation_with_all_that_hangs_on_it(taken):
    from hamroh.directory.models import Party, Service

    party = Party.objects.get(key="centre-vakhsh")
    service = Service.objects.get(key="centre-advice")
    assert party.names == {"en": "Centre in Vakhsh", "tg": "Марказ дар Вахш"}
    assert party.state == "draft"
    assert party.seat.key == "tj-kt-vakhsh"
    assert service.party == party
    assert [kind.key for kind in service.kinds.all()] == ["hm0063"]
    assert service.at_locations.get().location.address == {"en": "Rudaki 5"}
    weekly, once = service.schedules.order_by("date")
    rows = {tuple(row.days): row for row in (weekly, once)}
    assert rows[("MO", "TU", "WE", "TH", "FR")].opens_at == dt.time(9)
    assert rows[()].date == dt.date(2026, 12, 1)
    assert {phone.number: (phone.service_id, phone.location_id) for phone in party.phones.all()} == {
        "+992446000123": (None, None),
        "+992446000124": (service.id, None),
        "+992446000125": (None, party.locations.get().id),
    }


def test_it_finds_every_row_unchanged_the_second_time(cast, taken):
    assert set(_fates(_dry(cast.zarina, MIXED, "directory.csv")).values()) == {"unchanged"}


def test_it_says_what_a_row_changes_from_what_to_what(cast, taken):
    changed = MIXED.replace(b"Advice", b"Better advice").replace(b",free,", b",paid,")
    outcome = next(each for each in _dry(cast.zarina, changed, "directory.csv") if each.fate == "changed")
    assert {(each.column, each.before, each.after) for each in outcome.changes} == {
        ("name_en", "Advice", "Better advice"),
        ("cost", "free", "paid"),
    }


def test_it_updates_by_key_and_leaves_columns_that_the_file_lacks(cast, taken):
    from hamroh.directory.models import Party

    _take(cast.zarina, _csv("key,name_en", "centre-vakhsh,New name"))
    party = Party.objects.get()
    assert party.names == {"en": "New name", "tg": "Марказ дар Вахш"}
    assert party.phones.count() == 3


def test_it_remembers_the_import_and_not_the_values(taken):
    from hamroh.directory.models import ImportBatch
    from hamroh.vault.models import JournalLine

    batch = ImportBatch.objects.get()
    assert batch.counts == {"new": 6, "changed": 0, "unchanged": 0, "refused": 0}
    assert "Rudaki" not in str(batch.rows)
    assert JournalLine.objects.get(verb="directory.import").record_id == str(batch.pk)


def test_it_writes_nothing_when_a_row_is_refused(cast, units, concepts):
    from hamroh.directory.models import ImportBatch, Party
    from hamroh.vault.models import JournalLine

    content = _csv("key,kind,name_en", "good,media,Good", "bad,no such kind,Bad")
    taken = _take(cast.zarina, content)
    assert taken.batch is None
    assert not [model for model in (Party, ImportBatch, JournalLine) if model.objects.exists()]
    assert _fates(taken.imported.outcomes) == {2: "new", 3: "refused"}


def test_it_takes_only_the_good_rows_if_asked(cast, units, concepts):
    from hamroh.directory.models import Party

    content = _csv("key,kind,name_en", "good,media,Good", "bad,no such kind,Bad")
    assert _take(cast.zarina, content, only_good=True).batch.counts["refused"] == 1
    assert Party.objects.get().key == "good"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("x,unknown,Name,,,", "kind"),
        ("x,media,,,,", "name"),
        (",media,Name,,,", "key"),
        ("x,media,Name,tj-nowhere,,", "seat"),
        ("x,media,Name,,not a day,", "founded"),
        ("x,media,Name,,,not-an-address", "email"),
    ],
)
def test_it_says_which_cell_is_wrong_and_not_what_it_held(cast, units, concepts, row, column):
    (outcome,) = _dry(cast.zarina, _csv("key,kind,name_en,seat,founded,email", row))
    assert [fault.column for fault in outcome.faults] == [column]
    held = [cell for cell in row.split(",") if len(cell) > 5]
    assert not [cell for cell in held if cell in outcome.faults[0].message]


def test_it_refuses_a_person_who_was_not_asked(cast, units, concepts):
    (outcome,) = _dry(cast.zarina, _csv("key,kind,name_en", "someone,poet,Somebody"))
    assert outcome.faults[0].column == "consent_how"


def test_it_takes_in_a_person_with_her_consent(cast, units, concepts):
    from django.utils import timezone

    from hamroh.directory.models import ListingConsent, Party

    today = timezone.localdate()
    ends = today + dt.timedelta(365)
    head = "key,kind,name_en,state,consent_how,consent_text_version,consent_given,consent_expires"
    content = _csv(head, f"someone,poet,Somebody,listed,in person,v1,{today},{ends}")
    _take(cast.zarina, content)
    assert Party.objects.public(today).get().key == "someone"
    assert ListingConsent.objects.get().expires_date == ends
    assert set(_fates(_dry(cast.zarina, content)).values()) == {"unchanged"}


@pytest.mark.parametrize(
    ("place", "key"),
    [
        ("tj-kt-bokhtar", "tj-kt-bokhtar"),
        ('"Bokhtar, Khatlon @2026"', "tj-kt-bokhtar"),
        ('"Курган-Тюбе, Хатлон @2010"', "tj-kt-bokhtar"),
    ],
)
def test_it_reads_a_place_by_key_or_by_name_parent_and_date(cast, units, concepts, place, key):
    from hamroh.directory.models import Party

    _take(cast.zarina, _csv("key,kind,name_en,seat", f"x,media,Name,{place}"))
    assert Party.objects.get().seat.key == key


@pytest.mark.parametrize("place", ["Bokhtar", '"Bokhtar, Khatlon"', "Bokhtar @2010"])
def test_it_takes_no_place_by_name_alone_and_tells_candidates(cast, units, concepts, place):
    (outcome,) = _dry(cast.zarina, _csv("key,kind,name_en,seat", f"x,media,Name,{place}"))
    assert outcome.faults[0].column == "seat"
    assert "tj-kt-" in outcome.faults[0].message


def test_it_knows_that_a_name_meant_another_place_before(cast):
    from hamroh.directory.exchange.lookups import unit_key

    assert unit_key("Bokhtar, Khatlon @2026") == "tj-kt-bokhtar"
    assert unit_key("Bokhtar, Khatlon @2010") == "tj-kt-kushoniyon"


def test_it_reads_kinds_by_label_in_any_language_and_tells_doubts(cast, taken, concepts):
    from hamroh.thesaurus.models import Concept, Label

    twin = Concept.objects.create(scheme=concepts["hm0063"].scheme, key="twin", uri="https://example.org/twin")
    Label.of(twin, "tg", "машварати ҳуқуқӣ").save()
    head = "key,party,kinds"
    assert _dry(cast.zarina, _csv(head, "centre-advice,centre-vakhsh,hüquqi yardım"), "services.csv")[0].faults == ()
    (outcome,) = _dry(cast.zarina, _csv(head, "centre-advice,centre-vakhsh,машварати ҳуқуқӣ"), "services.csv")
    assert "twin" in outcome.faults[0].message


def test_it_reads_headers_in_other_words(cast, units, concepts):
    from hamroh.directory.models import Party

    content = "Ключ;Вид;Название (русский);Ном (тоҷикӣ);Чужое\nк1;media;Газета;Рӯзнома;x".encode()
    from hamroh.directory.exchange.files import read_file

    assert read_file("организации.csv", content).ignored == ("Чужое",)
    _take(cast.zarina, content, "организации.csv")
    assert Party.objects.get(key="к1").names == {"ru": "Газета", "tg": "Рӯзнома"}


def test_it_refuses_a_place_of_an_organisation_that_is_refused(cast, units, concepts):
    content = _csv("record,key,party,kind,name_en,place", "party,p,,wrong,P,", "location,l,p,,,tj-kt-vakhsh")
    assert _fates(_dry(cast.zarina, content, "x.csv")) == {2: "refused", 3: "refused"}


def test_it_keeps_the_good_place_beside_a_bad_one(cast, units, concepts):
    head = "record,key,party,kind,name_en,place,confidentiality,address_en"
    rows = [
        "party,p,,media,P,,,",
        "location,one,p,,,tj-kt-vakhsh,,",
        "location,two,p,,,tj-kt-vakhsh,area_only,Street 1",
    ]
    outcomes = _dry(cast.zarina, _csv(head, *rows), "x.csv")
    assert _fates(outcomes) == {2: "new", 3: "new", 4: "refused"}


def test_it_does_not_touch_what_another_organisation_keeps(cast, taken):
    (outcome,) = _dry(cast.aygun, _csv("key,name_en", "centre-vakhsh,Taken over"))
    assert outcome.fate == "refused"


def test_it_lets_only_editors_import(cast, units, concepts):
    from hamroh.accounts.policy import Refused

    for actor in (cast.rustam, cast.temur, None):
        with pytest.raises(Refused):
            _dry(actor, _csv("key,kind,name_en", "x,media,Name"))


SHELTERS = {
    "a place that says it is secret": (
        "record,key,party,kind,name_en,confidentiality,address_en,secret_place,kinds,locations",
        "party,p,,registered_ngo,P,,,,,",
        f"location,l,p,,,secret,{CANARY},,,",
    ),
    "a public place of a service that is secret": (
        "record,key,party,kind,name_en,confidentiality,address_en,secret_place,kinds,locations",
        "party,p,,registered_ngo,P,,,,,",
        f"location,l,p,,,public,{CANARY},,,",
        "service,s,p,,Help,,,yes,,l",
    ),
    "a public place of a service that is a shelter by kind": (
        "record,key,party,kind,name_en,confidentiality,address_en,secret_place,kinds,locations",
        "party,p,,registered_ngo,P,,,,,",
        f"location,l,p,,,public,{CANARY},,,",
        "service,s,p,,Help,,,,shelter for a night,l",
    ),
    "a place whose name says it": (
        "record,key,party,kind,name_tg,confidentiality,address_tg,secret_place,kinds,locations",
        "party,p,,registered_ngo,P,,,,,",
        f"location,l,p,,Паноҳгоҳи занон,public,{CANARY},,,",
    ),
    "a place of which only the district is told": (
        "record,key,party,kind,name_en,confidentiality,address_en,secret_place,kinds,locations",
        "party,p,,registered_ngo,P,,,,,",
        f"location,l,p,,,phone_first,{CANARY},,,",
    ),
    "a service with an address": (
        "record,key,party,kind,name_en,confidentiality,address_en,secret_place,kinds,locations",
        "party,p,,registered_ngo,P,,,,,",
        f"service,s,p,,Shelter,,{CANARY},yes,,",
    ),
}


@pytest.mark.parametrize("rows", SHELTERS.values(), ids=SHELTERS)
@pytest.mark.usefixtures("units", "concepts")
@pytest.mark.parametrize("only_good", [False, True], ids=["whole", "only good rows"])
def test_it_refuses_an_address_of_a_hidden_place_and_repeats_it_nowhere(cast, rows, only_good, caplog):
    from django.core import serializers

    from hamroh.directory.models import ImportBatch, Location, Party, Service
    from hamroh.vault.models import JournalLine

    caplog.set_level(logging.DEBUG)
    content = _csv(*rows)
    outcomes = [
        *_dry(cast.zarina, content, "x.csv"),
        *_take(cast.zarina, content, "x.csv", only_good=only_good).imported.outcomes,
    ]
    assert [outcome for outcome in outcomes if outcome.fate == "refused"]
    kept = [row for model in (Party, Service, Location, ImportBatch, JournalLine) for row in model.objects.all()]
    told = json.dumps([outcome.as_json() for outcome in outcomes], ensure_ascii=False)
    assert CANARY not in told + serializers.serialize("json", kept, ensure_ascii=False)
    assert "Canary" not in caplog.text


def test_it_refuses_an_address_for_a_stored_shelter(cast, taken):
    from hamroh.directory.models import Location

    secret = _csv("key,party,secret_place", "centre-advice,centre-vakhsh,yes")
    (refused,) = _dry(cast.zarina, secret, "services.csv")
    assert refused.fate == "refused"
    bare = _csv("record,key,party,secret_place,locations", "service,centre-advice,centre-vakhsh,yes,")
    _take(cast.zarina, bare, "x.csv")
    both = _csv(
        "record,key,party,confidentiality,address_en,locations",
        f"location,new-place,centre-vakhsh,public,{CANARY},",
        "service,centre-advice,centre-vakhsh,,,new-place",
    )
    assert _fates(_dry(cast.zarina, both, "x.csv"))[2] == "refused"
    _take(cast.zarina, both, "x.csv", only_good=True)
    assert not Location.objects.filter(address__icontains="Canary").exists()


def test_it_comes_back_from_its_own_hsds_export_unchanged(cast, taken):
    from django.utils import timezone

    from hamroh.directory import actions
    from hamroh.directory.exchange.hsds.whole import as_document
    from hamroh.directory.models import Party, Service

    for row in (*Party.objects.all(), *Service.objects.all()):
        actions.list_entry(actor=cast.zarina, entry=row)
    document = json.dumps(as_document("en", timezone.localdate(), "")).encode()
    outcomes = _dry(cast.zarina, document, "hsds.json")
    assert not [outcome for outcome in outcomes if outcome.fate != "unchanged"]


def test_it_writes_no_line_for_what_does_not_change(cast, taken):
    from hamroh.vault.models import JournalLine

    before = JournalLine.objects.count()
    _take(cast.zarina, MIXED, "directory.csv")
    assert JournalLine.objects.count() == before


def test_it_takes_no_invented_number_from_hsds(cast, units, concepts):
    number = {"id": "a", "number": "+99244600", "dialable": False}
    document = {"organizations": [{"id": "o", "name": "O", "phones": [number]}]}
    (outcome,) = _dry(cast.zarina, json.dumps(document).encode(), "hsds.json")
    assert (outcome.sheet, outcome.fate) == ("parties", "new")


def test_it_reads_hsds_of_others(cast, units, concepts):
    from hamroh.directory.models import Location, Party, Service

    path = Path(__file__).parents[2] / "data" / "hsds-elsewhere.json"
    assert not [outcome.faults for outcome in _dry(cast.zarina, path.read_bytes(), "hsds.json") if outcome.faults]
    _take(cast.zarina, path.read_bytes(), "hsds.json")
    party = Party.objects.get()
    assert party.names == {"en": "Advice Bureau"}
    assert Service.objects.get().minimum_age == 18
    assert Location.objects.get().confidentiality == "public"
    assert json.loads(path.read_text("utf-8"))["organizations"][0]["id"] in party.key
    assert {outcome.fate for outcome in _dry(cast.zarina, path.read_bytes(), "hsds.json")} == {"unchanged"}
